"""The search for a mentor in messages: the card of whoever looks, and the invitation of whoever is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.mentor_search import places_form, words
from handlers.mentorships import words as mentorship_words
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.mentor_search.wish import MentorWish, PassedOn, SuggestedMentor
from relationships.mentorships.agreement import Agreement

ASK = "mentor.ask"
WITHDRAW = "mentor.withdraw"
YES = "mentor.yes"
NO = "mentor.no"
Names = Mapping[PersonId, str]


@dataclass(frozen=True, slots=True)
class _Suggested:
    """The names of who is suggested, and who of them has left."""

    names: Names
    gone: frozenset[PersonId]


def card(wish: MentorWish, names: Names, desk: Desk, gone: frozenset[PersonId] = frozenset()) -> Picture:
    """The card of whoever looks. It knocks when it is their turn again. Of who was asked *gone* have left."""
    shown = _BY_STATE[wish.state](wish, _Suggested(names, gone), desk)
    if wish.state in ("choosing", "waiting"):
        return knock(f"{wish.state}:{len(wish.tried)}:{len(wish.suggested)}", shown, closing="")
    is_run_out = wish.state == "ended" and wish.ended_at is not None and wish.ended_at >= wish.looked_until
    return knock("run_out", shown, closing="") if is_run_out else quiet(wish.state, shown)


def asked(value: str) -> tuple[str, PersonId]:
    """The wish, and who is to be asked, that a button stands for."""
    return payload.words(tuple[Id, Someone], value)


def _choosing(wish: MentorWish, people: _Suggested, desk: Desk) -> list[Block]:
    refused = _refused(wish, people)
    head = words.whom_next(refused) if refused else words.WHOM
    return [
        blocks.section(head),
        texts.reminder(wish.wants),
        *(_suggested(wish, it, people.names, desk) for it in wish.left),
        *blocks.actions([_stop(wish)]),
        blocks.context(words.NOBODY_BEFORE),
    ]


def _suggested(wish: MentorWish, it: SuggestedMentor, names: Names, desk: Desk) -> Block:
    why = reasons.for_asker(it.reasons, lambda topic: texts.label(desk.topics, topic))
    ask = blocks.button(words.ask(names.get(it.mentor_id, words.THEM)), ASK, f"{wish.id} {it.mentor_id}")
    return blocks.section(words.suggested(mrkdwn.mention(it.mentor_id), why), ask)


def _stop(wish: MentorWish) -> Element:
    return blocks.button(words.STOP_LOOKING, WITHDRAW, wish.id)


def _asked(wish: MentorWish, people: _Suggested, desk: Desk) -> list[Block]:
    who = mrkdwn.mention(wish.asked_id or "")
    until = mrkdwn.weekday_moment(wish.answer_by) if wish.answer_by else None
    return [
        blocks.section(words.have_asked(who, until)),
        texts.reminder(wish.wants),
        *blocks.actions([_stop(wish)]),
    ]


def _waiting(wish: MentorWish, people: _Suggested, desk: Desk) -> list[Block]:
    looked_until = mrkdwn.weekday(wish.looked_until)
    return [
        blocks.section(words.nobody_has_room(looked_until, _refused(wish, people))),
        texts.reminder(wish.wants),
        *blocks.actions([_stop(wish)]),
    ]


def _refused(wish: MentorWish, people: _Suggested) -> str | None:
    """What became of whoever was asked last."""
    if wish.refused_id is None:
        return None
    return words.cannot(mrkdwn.mention(wish.refused_id), has_left=wish.refused_id in people.gone)


def _met(wish: MentorWish, people: _Suggested, desk: Desk) -> list[Block]:
    return [blocks.section(words.said_yes(mrkdwn.mention(wish.asked_id or "")))]


def _ended(wish: MentorWish, people: _Suggested, desk: Desk) -> list[Block]:
    is_run_out = wish.ended_at is not None and wish.ended_at >= wish.looked_until
    said = words.FOUND_NO_MENTOR if is_run_out else words.STOPPED
    return [blocks.section(said), texts.reminder(wish.wants)]


_BY_STATE: Mapping[str, Callable[[MentorWish, _Suggested, Desk], list[Block]]] = {
    "choosing": _choosing,
    "asked": _asked,
    "waiting": _waiting,
    "met": _met,
    "ended": _ended,
}


def invitation(wish: MentorWish, to: PersonId, desk: Desk, *, has_left: bool = False) -> Picture:
    """What somebody sees who is asked to be a mentor, or was; *has_left* says that whoever asks has."""
    who = mrkdwn.mention(wish.person_id)
    if wish.asked_id == to and wish.state == "asked":
        return knock("asked", _invited(wish, who, to, desk), closing="")
    said = next((it.answer for it in wish.suggested if it.mentor_id == to), None)
    if wish.asked_id == to and wish.state == "met":
        return quiet("met", [blocks.section(words.you_said_yes(who))])
    if said == "no":
        return quiet("no", [blocks.section(words.you_said_no(who))])
    return quiet("over", [blocks.section(words.no_answer_needed(who, has_left=has_left))])


def _invited(wish: MentorWish, who: str, to: PersonId, desk: Desk) -> list[Block]:
    why = reasons.for_helper(
        wish.reasons_for(to), lambda topic: texts.label(desk.topics, topic), anonymous=False
    )
    usual = mentorship_words.rhythm(Agreement(purpose=""))
    until = mrkdwn.weekday_moment(wish.answer_by) if wish.answer_by else None
    return [
        blocks.section(words.would_like_you(who)),
        texts.reminder(wish.wants, blocks.LABELED),
        *(_passed_on(wish.passed_on) if wish.passed_on else []),
        blocks.section(words.terms(why, usual, until, agreeing=words.AGREE_FIRST)),
        *blocks.actions([*answers(wish), places_form.open_button()]),
        blocks.context(words.no_reason_needed(who)),
    ]


def answers(wish: MentorWish) -> list[Element]:
    """The two answers of whoever is asked."""
    return [
        blocks.button(words.YES, YES, wish.id, style="primary"),
        blocks.button(labels.NOT_NOW, NO, wish.id),
    ]


def _passed_on(passed: PassedOn) -> list[Block]:
    goals = [(words.GOAL, texts.quoted(goal, mrkdwn.QUOTED)) for goal in passed.goals]
    notes = [(words.NOTE, texts.quoted(note, mrkdwn.QUOTED)) for note in passed.notes]
    said = words.pass_on_to_you(mrkdwn.mention(passed.by))
    return [blocks.section(said), *([blocks.lines([*goals, *notes])] if goals or notes else [])]

"""The search for a mentor in messages: the card of whoever looks, and the invitation of whoever is asked."""

from collections.abc import Callable, Mapping

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.mentor_search import places_form
from handlers.mentorships import texts as words
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.mentor_search.wish import MentorWish, PassedOn, Suggested
from relationships.mentorships.agreement import Agreement

ASK = "mentor.ask"
WITHDRAW = "mentor.withdraw"
YES = "mentor.yes"
NO = "mentor.no"
Names = Mapping[PersonId, str]


def card(wish: MentorWish, names: Names, desk: Desk) -> Picture:
    """Return the card of whoever looks. It knocks when it is their turn again."""
    shown = _BY_STATE[wish.state](wish, names, desk)
    if wish.state in ("choosing", "waiting"):
        return knock(f"{wish.state}:{len(wish.tried)}:{len(wish.suggested)}", shown, closing="")
    is_run_out = wish.state == "ended" and wish.ended_at is not None and wish.ended_at >= wish.looked_until
    return knock("run_out", shown, closing="") if is_run_out else quiet(wish.state, shown)


def asked(value: str) -> tuple[str, PersonId]:
    """Return the wish, and who is to be asked, that a button stands for."""
    return payload.words(tuple[Id, Someone], value)


def _choosing(wish: MentorWish, names: Names, desk: Desk) -> list[Block]:
    head = "*Who would you like to ask?*"
    if wish.refused_id:
        no = f"*{mrkdwn.mention(wish.refused_id)} can't take this on right now.*"
        head = f"{no} Who would you like to ask next?"
    return [
        blocks.section(head),
        texts.reminder(wish.wants),
        *(_suggested(wish, it, names, desk) for it in wish.left),
        *blocks.actions([_stop(wish)]),
        blocks.context("I won't ask anyone before you pick, and then only one person at a time."),
    ]


def _suggested(wish: MentorWish, it: Suggested, names: Names, desk: Desk) -> Block:
    why = reasons.for_asker(it.reasons, lambda topic: texts.label(desk.topics, topic))
    ask = blocks.button(f"Ask {names.get(it.mentor_id, 'them')}", ASK, f"{wish.id} {it.mentor_id}")
    said = f"{mrkdwn.mention(it.mentor_id)}: they {why}." if why else mrkdwn.mention(it.mentor_id)
    return blocks.section(said, ask)


def _stop(wish: MentorWish) -> Element:
    return blocks.button("Stop looking", WITHDRAW, wish.id)


def _asked(wish: MentorWish, names: Names, desk: Desk) -> list[Block]:
    who = mrkdwn.mention(wish.asked_id or "")
    by = f" They have until {mrkdwn.weekday_moment(wish.answer_by)} to answer." if wish.answer_by else ""
    return [
        blocks.section(f"*I've asked {who} to be your mentor.*{by}"),
        texts.reminder(wish.wants),
        *blocks.actions([_stop(wish)]),
    ]


def _waiting(wish: MentorWish, names: Names, desk: Desk) -> list[Block]:
    no = f"*{mrkdwn.mention(wish.refused_id)} can't take this on right now.* " if wish.refused_id else ""
    until = mrkdwn.weekday(wish.looked_until)
    nobody = "Nobody else who fits has room" if wish.refused_id else "*Nobody who fits has room right now.*"
    rest = ", so" if wish.refused_id else ""
    return [
        blocks.section(f"{no}{nobody}{rest} I'll look again every week until {until}, and tell you."),
        texts.reminder(wish.wants),
        *blocks.actions([_stop(wish)]),
    ]


def _met(wish: MentorWish, names: Names, desk: Desk) -> list[Block]:
    return [
        blocks.section(
            f"*{mrkdwn.mention(wish.asked_id or '')} said yes.* It continues in a separate message."
        )
    ]


def _ended(wish: MentorWish, names: Names, desk: Desk) -> list[Block]:
    is_run_out = wish.ended_at is not None and wish.ended_at >= wish.looked_until
    said = "*I didn't find a mentor for this.*" if is_run_out else "*You've stopped looking for a mentor.*"
    return [blocks.section(said), texts.reminder(wish.wants)]


_BY_STATE: Mapping[str, Callable[[MentorWish, Names, Desk], list[Block]]] = {
    "choosing": _choosing,
    "asked": _asked,
    "waiting": _waiting,
    "met": _met,
    "ended": _ended,
}


def invitation(wish: MentorWish, to: PersonId, desk: Desk) -> Picture:
    """Return what somebody sees who is asked to be a mentor, or was."""
    who = mrkdwn.mention(wish.person_id)
    if wish.asked_id == to and wish.state == "asked":
        return knock("asked", _invited(wish, who, to, desk), closing="")
    said = next((it.answer for it in wish.suggested if it.mentor_id == to), None)
    if wish.asked_id == to and wish.state == "met":
        return quiet("met", [blocks.section(f"You said yes to {who}. It continues in a separate message.")])
    if said == "no":
        return quiet(
            "no", [blocks.section(f"You said “Not now”. {who} only sees that it doesn't work right now.")]
        )
    return quiet("over", [blocks.section(f"{who}'s question has expired. You don't need to do anything.")])


def _invited(wish: MentorWish, who: str, to: PersonId, desk: Desk) -> list[Block]:
    why = reasons.for_helper(
        wish.reasons_for(to), lambda topic: texts.label(desk.topics, topic), anonymous=False
    )
    usual = words.rhythm(Agreement(purpose=""))
    because = f"Why you: {why}. " if why else ""
    by = f" Please answer by {mrkdwn.weekday_moment(wish.answer_by)}." if wish.answer_by else ""
    return [
        blocks.section(f"*{who} would like you as their mentor.*"),
        texts.reminder(wish.wants, blocks.LABELED),
        *(_passed_on(wish.passed_on) if wish.passed_on else []),
        blocks.section(f"{because}Usually {usual}; you two agree on it first.{by}"),
        *blocks.actions([*answers(wish), places_form.open_button()]),
        blocks.context(f"You don't have to say why: {who} only sees that it doesn't work right now."),
    ]


def answers(wish: MentorWish) -> list[Element]:
    """Return the two answers of whoever is asked."""
    return [
        blocks.button("Yes, let's meet", YES, wish.id, style="primary"),
        blocks.button("Not now", NO, wish.id),
    ]


def _passed_on(passed: PassedOn) -> list[Block]:
    goals = [("Goal:", texts.quoted(goal, mrkdwn.QUOTED)) for goal in passed.goals]
    notes = [("Note:", texts.quoted(note, mrkdwn.QUOTED)) for note in passed.notes]
    said = f"{mrkdwn.mention(passed.by)} was their mentor before. They pass on to you:"
    return [blocks.section(said), *([blocks.lines([*goals, *notes])] if goals or notes else [])]

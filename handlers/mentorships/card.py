"""The card that each of the two has while a mentorship lives: news, a question, the next talk, four facts.

It changes in place where its reader pressed; what the other did, or the clock, brings it as a new message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from coaching.sprints.sprint import Sprint
from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock
from handlers.mentorships import practice, reverse_words, words
from handlers.pairing.words import why_you_two
from kernel.values import PersonId
from relationships.mentorships.calendar import REOPENED_WITHIN, SILENCE_ENDS
from relationships.mentorships.course import silent_at
from relationships.mentorships.health import facts
from relationships.mentorships.meeting_times import still_ahead
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import AppQuestion
from relationships.mentorships.talk import MentorTalk

AGREE = "mentorship.agree"
CHANGE = "mentorship.change"
SWAP = "mentorship.swap"
PICK = "mentorship.pick"
OTHER_TIME = "mentorship.other_time"
MOVE = "mentorship.move"
MET = "mentorship.met"
MOVED = "mentorship.moved"
NOT_HELD = "mentorship.not_held"
NOTES = "mentorship.notes"
STEP_DONE = "mentorship.step_done"
ANSWER = "mentorship.answer"
PAUSE = "mentorship.pause"
RESUME = "mentorship.resume"
CLOSE = "mentorship.close"
REOPEN = "mentorship.reopen"
GAINED = "mentorship.gained"
STANDS = "mentorship.stands"
PASS_ON = "mentorship.pass_on"
NEXT_MENTOR = "mentorship.next_mentor"
MORE = "mentorship.more"
DISCUSS = "mentorship.discuss"
LEARN_AGAIN = "reverse.again"
VOICE = "reverse.voice"
QUESTIONS = "mentorship.questions"

Way = Literal["change", "pause", "hand_over", "close"]
_LAST_DAYS = timedelta(days=8)  # before the end, in which there may be no time left to offer
_LABEL = 40  # characters of a next step on a button


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks: their zone, and what the other is called; *suggested* is the name of a next mentor, if any.

    *sprint* is the one in which they practise their next step; *can_practise*: there are sprints here.
    *label* is a topic's name, safe in mrkdwn.
    """

    me: PersonId
    zone: str
    called: str
    now: datetime
    suggested: str = ""
    has_other_left: bool = False
    sprint: Sprint | None = None
    can_practise: bool = False
    label: Callable[[str], str] = str


def card(mentorship: Mentorship, sight: Sight) -> Picture:
    """The card as one of the two sees it."""
    shown = _BY_STATE[mentorship.state](mentorship, sight)
    return knock(f"{mentorship.knocks.get(sight.me, 0)}", shown, closing="")


def picked(value: str) -> tuple[str, int, int]:
    """The mentorship, the number of the talk, and the time in seconds that a button stands for."""
    return payload.words(tuple[Id, Number, int], value)


def numbered(value: str) -> tuple[str, int]:
    """The mentorship, and the number of the talk or step that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def answered(value: str) -> tuple[str, str, str]:
    """The mentorship, the question and the answer that a button stands for."""
    return payload.words(tuple[Id, Id, Id], value)


def chosen(value: str) -> tuple[Way, str]:
    """What was chosen of the menu behind three dots, and the mentorship."""
    return payload.words(tuple[Way, Id], value)


def _agreeing(it: Mentorship, sight: Sight) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    role = "mentor" if sight.me == it.mentor_id else "mentee"
    heads = {"changed": words.changed(other), "swapped": words.swapped(other)}
    first = words.proposed(other) if it.is_proposed else words.about_to_begin(other)
    head = heads.get(it.news.get(sight.me, ""), first)
    swap = None if it.is_proposed else blocks.button(words.SWAP_ROLES, SWAP, it.id)
    change = blocks.button(words.CHANGE_IT, CHANGE, it.id)
    if sight.me in it.agreed:
        said = words.youve_agreed(role, other)
        buttons = [change]
    else:
        said = words.agree_first(role)
        buttons = [blocks.button(words.AGREE, AGREE, it.id, style="primary"), change]
    return [
        blocks.section(f"{head}\n{said}"),
        *([blocks.section(_why(it, sight, other))] if it.reasons else []),
        blocks.lines(words.agreed_on(it.agreement)),
        *blocks.actions([*buttons, swap, _call_off(it)]),
    ]


def _why(it: Mentorship, sight: Sight, other: str) -> str:
    return why_you_two(it.reasons, other, sight.label, is_mentor=sight.me == it.mentor_id)


def _going(it: Mentorship, sight: Sight) -> list[Block]:
    return [
        blocks.section(_news(it, sight)),
        *(blocks.lines(words.agreed_on(it.agreement)) for _ in _if(_tells_terms(it, sight.me))),
        *_handing_over(it, sight),
        *question(it, sight),
        *_noted(it, sight),
        *_talk(it, sight),
        *_footer(it, sight),
    ]


def _tells_terms(it: Mentorship, me: PersonId) -> bool:
    news = it.news.get(me)
    return news == "changed" or (it.is_reverse and news == "agreed")


def _if(holds: bool) -> tuple[None, ...]:
    return (None,) if holds else ()


def _news(it: Mentorship, sight: Sight) -> str:
    other = mrkdwn.mention(it.other(sight.me))
    news = it.news.get(sight.me)
    said = words.NEWS.get(news, "") if news else ""
    said = words.REVERSE_BEGINS if it.is_reverse and news == "agreed" else said
    role = reverse_words.role(it, sight.me)
    at = it.talk.at if it.talk and it.talk.at else it.made_at
    until = mrkdwn.weekday(it.ends_at) if it.ends_at else ""
    told = said.format(other=other, at=mrkdwn.weekday_moment(at), until=until)
    return told or words.you_and(other, role)


def _handing_over(it: Mentorship, sight: Sight) -> list[Block]:
    """What follows where the mentor can't go on: the mentee's choice."""
    if it.hand_over is None:
        return []
    mentor, mentee = mrkdwn.mention(it.mentor_id), mrkdwn.mention(it.mentee_id)
    if sight.me == it.mentor_id:
        return [blocks.section(words.youve_told(mentee))]
    named = it.hand_over.suggested if sight.suggested else None
    suggested = mrkdwn.mention(named) if named else None
    label = words.choose_for(sight.suggested) if named else words.FIND_ANOTHER
    return [
        blocks.section(words.cannot_continue(mentor, suggested)),
        *([texts.reminder(it.hand_over.word)] if it.hand_over.word else []),
        *blocks.actions(
            [blocks.button(label, PASS_ON, it.id, style="primary"), _close_button(it.id, words.CLOSE_HERE)]
        ),
    ]


def question(it: Mentorship, sight: Sight) -> list[Block]:
    """What this one is asked now, with its answers; nothing where nothing is asked."""
    found = it.question_to(sight.me)
    return _QUESTIONS[found[1].about](it, sight, *found) if found else []


def _noted(it: Mentorship, sight: Sight) -> list[Block]:
    """What follows from an answer of this one's, until it has followed."""
    said = it.said_of_the_end(sight.me)
    if it.is_deciding(sight.me):
        return [blocks.context(words.STILL_DECIDING)]
    if it.said_fine(sight.me):
        again = silent_at(it)
        return [blocks.context(words.fine_noted(mrkdwn.weekday(again) if again else None))]
    if said is None or it.ends_at is None:
        return []
    other, until = mrkdwn.mention(it.other(sight.me)), mrkdwn.weekday(it.ends_at)
    return [blocks.context(words.end_noted(said, other, until))]


def asked_now(it: Mentorship, sight: Sight) -> list[Block]:
    """What waits for this one: whether the two talked, else a question."""
    is_over = it.talk is not None and it.talk.asked_at is not None and it.hand_over is None
    return _talk(it, sight) if is_over else question(it, sight)


def _fit(it: Mentorship, sight: Sight, key: str, asked: AppQuestion) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    ends = blocks.confirmation(*words.NOT_A_FIT)
    return [
        blocks.section(words.good_fit(other)),
        *blocks.actions(
            [
                _answer(it, key, "good", words.GOOD, style="primary"),
                _answer(it, key, "deciding", words.DECIDING),
                _answer(it, key, "not_good", words.NOT_GOOD, confirm=ends),
            ]
        ),
        blocks.context(words.unseen(other)),
    ]


def _quality(it: Mentorship, sight: Sight, key: str, asked: AppQuestion) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    return [
        blocks.section(words.still_worth(other)),
        *blocks.actions(
            [
                _answer(it, key, "yes", words.YES, style="primary"),
                _answer(it, key, "better", words.BETTER),
                _answer(it, key, "no", words.NO),
            ]
        ),
        blocks.context(words.unseen(other)),
    ]


def _silence(it: Mentorship, sight: Sight, key: str, asked: AppQuestion) -> list[Block]:
    other, last = mrkdwn.mention(it.other(sight.me)), it.held[-1].at if it.held else None
    since = mrkdwn.weekday(last) if last else None
    closes = min(asked.asked.values()) + SILENCE_ENDS
    return [
        blocks.section(words.silent(other, since)),
        *blocks.actions([_answer(it, key, "fine", words.WERE_FINE, style="primary"), *ways_on(it)]),
        blocks.context(words.closes(mrkdwn.weekday(closes))),
    ]


def _ending(it: Mentorship, sight: Sight, key: str, asked: AppQuestion) -> list[Block]:
    other, until = mrkdwn.mention(it.other(sight.me)), mrkdwn.weekday(it.ends_at or sight.now)
    return [
        blocks.section(words.ends_on(other, until)),
        *blocks.actions(
            [
                _answer(it, key, "more", words.MORE, style="primary"),
                _answer(it, key, "end", words.LET_IT_END),
            ]
        ),
        blocks.context(words.heard_if_both(other)),
    ]


def ways_on(it: Mentorship) -> list[Element]:
    """What can be changed where it doesn't go well: a break, another rhythm, a kind end."""
    return [
        blocks.button(words.TAKE_A_BREAK, PAUSE, it.id),
        blocks.button(words.CHANGE_RHYTHM, CHANGE, it.id),
        _close_button(it.id, words.CLOSE_KINDLY),
    ]


def _answer(
    it: Mentorship, key: str, said: str, label: str, *, style: str = "", confirm: Element | None = None
) -> Element:
    return blocks.button(label, f"{ANSWER}.{said}", f"{it.id} {key} {said}", style=style, confirm=confirm)


def _call_off(it: Mentorship) -> Element:
    sure = blocks.confirmation(*words.CALL_OFF_SURE)
    return blocks.button(words.NOT_AFTER_ALL, CLOSE, it.id, confirm=sure)


def _close_button(mentorship_id: str, label: str) -> Element:
    sure = blocks.confirmation(*words.CLOSE_SURE)
    return blocks.button(label, CLOSE, mentorship_id, confirm=sure)


def _talk(it: Mentorship, sight: Sight) -> list[Block]:
    talk = it.talk
    if talk is None or it.hand_over:
        return []
    if talk.at is None:
        return _to_book(it, talk, sight)
    if talk.asked_at:
        return [] if sight.me in it.reported_by else _over(it, talk, sight)
    return _booked(it, talk, sight)


def _to_book(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    ahead = still_ahead(talk.times, sight.now)
    if not ahead:
        why = _no_time(it, talk, sight)
        other = blocks.button(words.PICK_A_TIME, OTHER_TIME, f"{it.id} {talk.number}", style="primary")
        return [blocks.section(words.agree_on_time(why)), *blocks.actions([other])]
    buttons = [
        blocks.button(words.at_clock(at, sight.zone), f"{PICK}.{place}", _pick(it, talk, at))
        for place, at in enumerate(ahead)
    ]
    another = blocks.button(words.ANOTHER_TIME, OTHER_TIME, f"{it.id} {talk.number}")
    said = words.when(talk.minutes, is_first=not it.held)
    return [blocks.section(said), *blocks.actions([*buttons, another])]


def _no_time(it: Mentorship, talk: MentorTalk, sight: Sight) -> str:
    if talk.times:
        return words.TIMES_PASSED
    if it.ends_at and it.ends_at < sight.now + _LAST_DAYS:
        return words.ends_soon(mrkdwn.weekday(it.ends_at))
    return words.NO_OVERLAP


def _pick(it: Mentorship, talk: MentorTalk, at: datetime) -> str:
    return f"{it.id} {talk.number} {int(at.timestamp())}"


def _booked(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    told = words.is_told(mrkdwn.inert(sight.called))
    sure = blocks.confirmation(words.MOVE_SURE, told, words.MOVE_IT, labels.KEEP_IT)
    move = blocks.button(words.MOVE_IT, MOVE, f"{it.id} {talk.number}", confirm=sure)
    ready = reverse_words.preparation(it, sight.me)
    agenda = [blocks.lines(words.agenda(it, sight.called, sight.me)), *ready] if talk.is_announced else []
    is_told = it.news.get(sight.me) in ("booked", "talk")
    at = mrkdwn.weekday_moment(talk.at) if talk.at and not is_told else None
    return [
        blocks.section(words.next_talk(talk.minutes, at)),
        *agenda,
        *blocks.actions([_prepare(it, talk, sight), move]),
    ]


def _prepare(it: Mentorship, talk: MentorTalk, sight: Sight) -> Element | None:
    """The mentee's way to think before a talk, and to let the mentor read some of it."""
    if sight.me != it.mentee_id:
        return None
    return blocks.button(words.THREE_QUESTIONS, QUESTIONS, f"{it.id} {talk.number}")


def _over(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    value = f"{it.id} {talk.number}"
    return [
        blocks.section(words.did_you_talk(mrkdwn.mention(it.other(sight.me)))),
        *blocks.actions(
            [
                blocks.button(words.TALKED, MET, value, style="primary"),
                blocks.button(words.MOVED, MOVED, value),
                blocks.button(words.NOT_HELD, NOT_HELD, value),
            ]
        ),
    ]


def _footer(it: Mentorship, sight: Sight) -> list[Block]:
    mine = practice.first_open(it, sight.me)
    done = words.done(mrkdwn.nested(mine.text, _LABEL)) if mine else ""
    row = [
        blocks.button(words.ADD_NOTES, NOTES, it.id) if it.held else None,
        blocks.button(done, STEP_DONE, f"{it.id} {mine.number}") if mine else None,
        practice.button(it, mine, sight.sprint) if mine and sight.can_practise else None,
        blocks.button(words.HOW_WERE_DOING, STANDS, it.id),
        blocks.overflow(MORE, _menu(it, sight)),
    ]
    next_at, *stands = words.standing(it, facts(it, sight.now), sight.me)
    is_said_above = it.talk is not None and it.hand_over is None
    shown = stands if is_said_above else [next_at, *stands]
    return [*practice.line(sight.sprint), blocks.context(" · ".join(shown)), *blocks.actions(row)]


def _menu(it: Mentorship, sight: Sight) -> list[Element]:
    is_mentor = sight.me == it.mentor_id
    ways = [(words.CHANGE_AGREEMENT, "change"), (words.TAKE_A_BREAK, "pause")]
    ways += [(words.HAND_OVER_TO, "hand_over")] if is_mentor and not it.is_reverse else []
    leaves = is_mentor and it.is_reverse
    close = words.FINISH_HERE_SILENTLY if leaves else words.CLOSE_KINDLY
    return [blocks.option(label, f"{what} {it.id}") for label, what in [*ways, (close, "close")]]


def _paused(it: Mentorship, sight: Sight) -> list[Block]:
    other, until = mrkdwn.mention(it.other(sight.me)), mrkdwn.weekday(it.back_at or sight.now)
    row = [
        blocks.button(words.GO_ON_NOW, RESUME, it.id, style="primary"),
        blocks.button(words.CHANGE_THE_DAY, PAUSE, it.id),
        _close_button(it.id, words.CLOSE_KINDLY),
    ]
    said = words.on_a_break(other, until)
    return [blocks.section(said), *_handing_over(it, sight), *blocks.actions(row)]


def _ended(it: Mentorship, sight: Sight) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    left = words.HAS_LEFT if sight.has_other_left else words.STEPPED_BACK
    # Closed before both had agreed, there was nothing that could be complete.
    end = "never_agreed" if it.end == "closed" and it.began_at is None else it.end or "closed"
    if end == "handed_over" and sight.me == it.mentee_id:
        end = "finished"
    ended = words.TAKEN_BACK if it.is_taken_back else words.ENDS.get(end, left)
    head = reverse_words.over(it, other) or ended.format(other=other)
    return [
        blocks.section(head),
        *(_came_of_it(it, sight) if it.held else []),
        *reverse_words.asked_at_the_end(it, sight.me, is_other_out=sight.has_other_left),
        *_reopening(it, sight),
        *blocks.actions(_after_the_end(it, sight)),
    ]


def _came_of_it(it: Mentorship, sight: Sight) -> list[Block]:
    verb = words.TOOK if it.is_reverse else words.GAINED
    heads = {
        sight.me: words.came_of_it(words.YOU, verb),
        it.other(sight.me): words.came_of_it(sight.called, verb),
    }
    gained = [blocks.labeled(heads[who], text) for who, text in it.gained.items() if text]
    return [blocks.lines([(words.IN_ALL, words.summed_up(it)), *words.listed_goals(it.goals)]), *gained]


def _reopening(it: Mentorship, sight: Sight) -> list[Block]:
    if not it.can_reopen(sight.me, sight.now):
        return []
    if it.reopen_by is None:
        until = mrkdwn.day((it.ended_at or sight.now) + REOPENED_WITHIN)
        return [blocks.context(words.can_open_again(until))]
    if it.reopen_by == sight.me:
        return [blocks.context(words.have_asked(mrkdwn.mention(it.other(sight.me))))]
    return [blocks.section(words.would_go_on(mrkdwn.mention(it.reopen_by)))]


def _after_the_end(it: Mentorship, sight: Sight) -> list[Element | None]:
    is_asked = it.reopen_by not in (None, sight.me)
    label = labels.GO_ON if is_asked else words.OPEN_AGAIN
    can = it.can_reopen(sight.me, sight.now) and it.reopen_by != sight.me
    another = blocks.button(words.FIND_ANOTHER, NEXT_MENTOR, it.id)
    if it.is_reverse:
        another = blocks.button(words.LEARN_FROM_ANOTHER, LEARN_AGAIN, it.id)
    gained = words.SAY_TOOK if it.is_reverse else words.SAY_GAINED
    return [
        blocks.button(gained, GAINED, it.id) if it.held else None,
        voice_button(it, sight.me),
        blocks.button(label, REOPEN, it.id, style="primary" if is_asked else "") if can else None,
        another if sight.me == it.mentee_id and it.end != "handed_over" else None,
    ]


def voice_button(it: Mentorship, me: PersonId) -> Element | None:
    """The way to say what talking with the senior is like: the junior's, once they have talked."""
    if not it.is_reverse or me != it.mentor_id or not it.held:
        return None
    return blocks.button(words.WHAT_ITS_LIKE, VOICE, it.id)


_BY_STATE: Mapping[str, Callable[[Mentorship, Sight], list[Block]]] = {
    "agreeing": _agreeing,
    "going": _going,
    "paused": _paused,
    "ended": _ended,
}
_QUESTIONS: Mapping[str, Callable[[Mentorship, Sight, str, AppQuestion], list[Block]]] = {
    "fit": _fit,
    "quality": _quality,
    "silence": _silence,
    "ending": _ending,
}

"""The card that each of the two has while a mentorship lives: news, a question, the next talk, four facts.

It changes in place where its reader pressed; what the other did, or the clock, brings it as a new message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from coaching.sprints.sprint import Sprint
from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock
from handlers.mentorships import practice, reverse_words
from handlers.mentorships import texts as words
from kernel.values import PersonId
from relationships.mentorships.calendar import REOPENED_WITHIN, SILENCE_ENDS
from relationships.mentorships.health import facts
from relationships.mentorships.meeting_times import still_ahead
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import End, News, Question
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
    """Who looks: their zone, and what the other is called; *suggested* is what a next mentor is called.

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
    """Return the card as one of the two sees it."""
    shown = _BY_STATE[mentorship.state](mentorship, sight)
    return knock(f"{mentorship.knocks.get(sight.me, 0)}", shown, closing="")


def picked(value: str) -> tuple[str, int, int]:
    """Return the mentorship, the number of the talk, and the time in seconds that a button stands for."""
    return payload.words(tuple[Id, Number, int], value)


def numbered(value: str) -> tuple[str, int]:
    """Return the mentorship, and the number of the talk or step that a button stands for."""
    return payload.words(tuple[Id, Number], value)


def answered(value: str) -> tuple[str, str, str]:
    """Return the mentorship, the question and the answer that a button stands for."""
    return payload.words(tuple[Id, Id, Id], value)


def chosen(value: str) -> tuple[Way, str]:
    """Return what was chosen of the menu behind three dots, and the mentorship."""
    return payload.words(tuple[Way, Id], value)


def _agreeing(it: Mentorship, sight: Sight) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    role = "mentor" if sight.me == it.mentor_id else "mentee"
    heads = {
        "changed": f"*{other} changed the agreement.*",
        "swapped": f"*{other} swapped your roles.*",
    }
    first = f"*You and {other} are about to begin.*"
    if it.is_proposed:
        first = f"*You and {other} are proposed as a pair.*"
    head = heads.get(it.news.get(sight.me, ""), first)
    swap = None if it.is_proposed else blocks.button("Swap roles", SWAP, it.id)
    change = blocks.button("Change it", CHANGE, it.id)
    if sight.me in it.agreed:
        said = f"You'd be the {role}, and you've agreed. I'll tell you when {other} has."
        buttons = [change]
    else:
        said = f"You'd be the {role}. Both of you agree on this first:"
        buttons = [blocks.button("Agree", AGREE, it.id, style="primary"), change]
    return [
        blocks.section(f"{head}\n{said}"),
        *([blocks.section(words.why_you_two(it, sight.me, sight.label))] if it.reasons else []),
        blocks.lines(words.agreed_on(it.agreement)),
        *blocks.actions([*buttons, swap, _close_button(it.id, "Not after all")]),
    ]


def _going(it: Mentorship, sight: Sight) -> list[Block]:
    return [
        blocks.section(_news(it, sight)),
        *(blocks.lines(words.agreed_on(it.agreement)) for _ in _if(_tells_terms(it, sight.me))),
        *_handing_over(it, sight),
        *question(it, sight),
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
    said = _NEWS.get(news, "") if news else ""
    said = reverse_words.BEGINS if it.is_reverse and news == "agreed" else said
    role = reverse_words.role(it, sight.me)
    at = it.talk.at if it.talk and it.talk.at else it.made_at
    until = mrkdwn.weekday(it.ends_at) if it.ends_at else ""
    plain = f"*You and {other}* ({role})"
    return said.format(other=other, at=mrkdwn.weekday_moment(at), until=until) or plain


_NEWS: Mapping[News, str] = {
    "changed": "*{other} changed the agreement.* Here's what applies now:",
    "agreed": "*{other} has agreed, too, so you two can begin.*",
    "booked": "*Your next talk with {other} is on {at}.*",
    "moved": "*{other} moved your talk.*",
    "not_held": "*{other} says that your talk didn't happen.* That's fine.",
    "talk": "*You talk with {other} on {at}.*",
    "more": "*You both want more time: it now runs until {until}.*",
    "back": "*Welcome back: your break with {other} is over.*",
    "reopened": "*You and {other} go on.*",
}


def _handing_over(it: Mentorship, sight: Sight) -> list[Block]:
    """Return what follows where the mentor can't go on: the mentee's choice."""
    if it.hand_over is None:
        return []
    mentor, mentee = mrkdwn.mention(it.mentor_id), mrkdwn.mention(it.mentee_id)
    if sight.me == it.mentor_id:
        return [
            blocks.section(f"You've told {mentee} that you can't continue. What happens next is up to them.")
        ]
    named = it.hand_over.suggested
    suggests = f", and suggests {mrkdwn.mention(named)}" if named else ""
    label = f"Choose what {sight.suggested} may see" if named else "Find another mentor"
    return [
        blocks.section(f"*{mentor} can't continue as your mentor{suggests}.*"),
        *([texts.reminder(it.hand_over.word)] if it.hand_over.word else []),
        *blocks.actions(
            [blocks.button(label, PASS_ON, it.id, style="primary"), _close_button(it.id, "Close it here")]
        ),
    ]


def question(it: Mentorship, sight: Sight) -> list[Block]:
    """Return what this one is asked now, with its answers; nothing where nothing is asked."""
    found = it.question_to(sight.me)
    return _QUESTIONS[found[1].about](it, sight, *found) if found else []


def asked_now(it: Mentorship, sight: Sight) -> list[Block]:
    """Return what waits for this one: whether the two talked, else a question."""
    is_over = it.talk is not None and it.talk.asked_at is not None and it.hand_over is None
    return _talk(it, sight) if is_over else question(it, sight)


def _fit(it: Mentorship, sight: Sight, key: str, asked: Question) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    ends = blocks.confirmation(
        "Not a fit?",
        "It ends here for you both, and nobody is blamed. The other person isn't told that you said so.",
        "End it",
        "Keep going",
    )
    return [
        blocks.section(f"*Are you and {other} a good fit?*"),
        *blocks.actions(
            [
                _answer(it, key, "good", "Good fit", style="primary"),
                _answer(it, key, "deciding", "Still deciding"),
                _answer(it, key, "not_good", "Not a fit", confirm=ends),
            ]
        ),
        blocks.context(f"{other} doesn't see your answer."),
    ]


def _quality(it: Mentorship, sight: Sight, key: str, asked: Question) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    return [
        blocks.section(f"*Are your talks with {other} still worth your time?*"),
        *blocks.actions(
            [
                _answer(it, key, "yes", "Yes", style="primary"),
                _answer(it, key, "better", "It could be better"),
                _answer(it, key, "no", "Not any more"),
            ]
        ),
        blocks.context(f"{other} doesn't see your answer."),
    ]


def _silence(it: Mentorship, sight: Sight, key: str, asked: Question) -> list[Block]:
    other, last = mrkdwn.mention(it.other(sight.me)), it.held[-1].at if it.held else None
    since = f"haven't talked since {mrkdwn.weekday(last)}" if last else "haven't talked yet"
    closes = min(asked.asked.values()) + SILENCE_ENDS
    return [
        blocks.section(f"*You and {other} {since}.* What would suit you?"),
        *blocks.actions([_answer(it, key, "fine", "We're fine", style="primary"), *ways_on(it)]),
        blocks.context(f"If neither of you answers, I'll close it on {mrkdwn.weekday(closes)}."),
    ]


def _ending(it: Mentorship, sight: Sight, key: str, asked: Question) -> list[Block]:
    other, until = mrkdwn.mention(it.other(sight.me)), mrkdwn.weekday(it.ends_at or sight.now)
    return [
        blocks.section(f"*Your mentorship with {other} ends on {until}.* Would you like more time?"),
        *blocks.actions(
            [
                _answer(it, key, "more", "Three more months", style="primary"),
                _answer(it, key, "end", "Let it end"),
            ]
        ),
        blocks.context(f"{other} only hears about your answer if you both want more."),
    ]


def ways_on(it: Mentorship) -> list[Element]:
    """Return what can be changed where it doesn't go well: a break, another rhythm, a kind end."""
    return [
        blocks.button("Take a break", PAUSE, it.id),
        blocks.button("Change the rhythm", CHANGE, it.id),
        _close_button(it.id, "Close it kindly"),
    ]


def _answer(
    it: Mentorship, key: str, said: str, label: str, *, style: str = "", confirm: Element | None = None
) -> Element:
    return blocks.button(label, f"{ANSWER}.{said}", f"{it.id} {key} {said}", style=style, confirm=confirm)


def _close_button(mentorship_id: str, label: str) -> Element:
    sure = blocks.confirmation(
        "Close this mentorship?",
        "It ends for both of you. You won't be asked why, and what you wrote stays yours for a year.",
        "Close it",
        "Keep it",
    )
    return blocks.button(label, CLOSE, mentorship_id, confirm=sure)


def _talk(it: Mentorship, sight: Sight) -> list[Block]:
    talk = it.talk
    if talk is None or it.hand_over:
        return []
    if talk.at is None:
        return _to_book(it, talk, sight)
    if talk.asked_at:
        return _over(it, talk, sight)
    return _booked(it, talk, sight)


def _to_book(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    ahead = still_ahead(talk.times, sight.now)
    if not ahead:
        why = _no_time(it, talk, sight)
        other = blocks.button("Pick a time", OTHER_TIME, f"{it.id} {talk.number}", style="primary")
        return [blocks.section(f"{why} Agree on a time, and note it here."), *blocks.actions([other])]
    buttons = [
        blocks.button(words.at_clock(at, sight.zone), f"{PICK}.{place}", _pick(it, talk, at))
        for place, at in enumerate(ahead)
    ]
    another = blocks.button("Another time", OTHER_TIME, f"{it.id} {talk.number}")
    asks = "When do you two talk next?" if it.held else "When is your first talk?"
    said = f"*{asks}* {talk.minutes} minutes, when you're both at work (your time):"
    return [blocks.section(said), *blocks.actions([*buttons, another])]


def _no_time(it: Mentorship, talk: MentorTalk, sight: Sight) -> str:
    if talk.times:
        return "These times have passed."
    if it.ends_at and it.ends_at < sight.now + _LAST_DAYS:
        return f"Your mentorship ends on {mrkdwn.weekday(it.ends_at)}."
    return "Your working hours don't overlap in the next three weeks."


def _pick(it: Mentorship, talk: MentorTalk, at: datetime) -> str:
    return f"{it.id} {talk.number} {int(at.timestamp())}"


def _booked(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    sure = blocks.confirmation(
        "Move this talk?",
        f"{mrkdwn.inert(sight.called)} is told, and both of you see new times.",
        "Move it",
        "Keep it",
    )
    move = blocks.button("Move it", MOVE, f"{it.id} {talk.number}", confirm=sure)
    ready = reverse_words.preparation(it, sight.me)
    agenda = [blocks.lines(words.agenda(it, sight.called, sight.me)), *ready] if talk.is_announced else []
    is_told = it.news.get(sight.me) in ("booked", "talk")
    at = f"Next talk: {mrkdwn.weekday_moment(talk.at)}, " if talk.at and not is_told else ""
    return [
        blocks.section(f"{at}{talk.minutes} minutes."),
        *agenda,
        *blocks.actions([_prepare(it, talk, sight), move]),
    ]


def _prepare(it: Mentorship, talk: MentorTalk, sight: Sight) -> Element | None:
    """The mentee's way to think before a talk, and to let the mentor read some of it."""
    if sight.me != it.mentee_id:
        return None
    return blocks.button("Three questions first", QUESTIONS, f"{it.id} {talk.number}")


def _over(it: Mentorship, talk: MentorTalk, sight: Sight) -> list[Block]:
    value = f"{it.id} {talk.number}"
    return [
        blocks.section(f"*Did you and {mrkdwn.mention(it.other(sight.me))} talk?*"),
        *blocks.actions(
            [
                blocks.button("Yes, we talked", MET, value, style="primary"),
                blocks.button("We moved it", MOVED, value),
                blocks.button("It didn't happen", NOT_HELD, value),
            ]
        ),
    ]


def _footer(it: Mentorship, sight: Sight) -> list[Block]:
    mine = practice.first_open(it, sight.me)
    done = f"Done: {mrkdwn.nested(mine.text, _LABEL)}" if mine else ""
    row = [
        blocks.button("Add notes", NOTES, it.id) if it.held else None,
        blocks.button(done, STEP_DONE, f"{it.id} {mine.number}") if mine else None,
        practice.button(it, mine, sight.sprint) if mine and sight.can_practise else None,
        blocks.button("How we're doing", STANDS, it.id),
        blocks.overflow(MORE, _menu(it, sight)),
    ]
    next_at, *stands = words.standing(it, facts(it, sight.now), sight.me)
    is_said_above = it.talk is not None and it.hand_over is None
    shown = stands if is_said_above else [next_at, *stands]
    return [*practice.line(sight.sprint), blocks.context(" · ".join(shown)), *blocks.actions(row)]


def _menu(it: Mentorship, sight: Sight) -> list[Element]:
    is_mentor = sight.me == it.mentor_id
    ways = [("Change the agreement", "change"), ("Take a break", "pause")]
    ways += [("Hand over to another mentor", "hand_over")] if is_mentor and not it.is_reverse else []
    leaves = is_mentor and it.is_reverse
    close = "Finish here, without a word" if leaves else "Close it kindly"
    return [blocks.option(label, f"{what} {it.id}") for label, what in [*ways, (close, "close")]]


def _paused(it: Mentorship, sight: Sight) -> list[Block]:
    other, until = mrkdwn.mention(it.other(sight.me)), mrkdwn.weekday(it.back_at or sight.now)
    row = [
        blocks.button("Go on now", RESUME, it.id, style="primary"),
        blocks.button("Change the day", PAUSE, it.id),
        _close_button(it.id, "Close it kindly"),
    ]
    said = (
        f"*You and {other} take a break until {until}.* I won't ask anything before then, and the "
        "end date moves by the same amount of time."
    )
    return [blocks.section(said), *_handing_over(it, sight), *blocks.actions(row)]


def _ended(it: Mentorship, sight: Sight) -> list[Block]:
    other = mrkdwn.mention(it.other(sight.me))
    left = _LEFT if sight.has_other_left else _STEPPED_BACK
    # Closed before both had agreed, there was nothing that could be complete.
    end = "never_agreed" if it.end == "closed" and it.began_at is None else it.end or "closed"
    head = reverse_words.over(it, other) or _ENDS.get(end, left).format(other=other)
    return [
        blocks.section(head),
        *(_came_of_it(it, sight) if it.held else []),
        *reverse_words.asked_at_the_end(it, sight.me),
        *_reopening(it, sight),
        *blocks.actions(_after_the_end(it, sight)),
    ]


_NO_MATCH = (
    "*You and {other} aren't the right match, so this ends here.* That happens, and it's nobody's fault."
)
_LEFT = "*{other} isn't a member here any more, so this ends here.*"
_STEPPED_BACK = "*Only members can be mentors here, so your mentorship with {other} ends here.*"
_ENDS: Mapping[End, str] = {
    "finished": "*Your mentorship with {other} is complete.*",
    "closed": "*Your mentorship with {other} is complete.*",
    "silent": "*It has been quiet for a while, so your mentorship with {other} is complete.*",
    "handed_over": "*Your mentorship with {other} is complete.* The mentee is continuing with somebody else.",
    "no_fit": _NO_MATCH,
    "apart": _NO_MATCH,
    "line": "*One of you now leads the other, so your mentorship with {other} ends here.* That's a rule.",
    "never_agreed": "*You and {other} didn't both agree, so nothing begins.* That's fine.",
}


def _came_of_it(it: Mentorship, sight: Sight) -> list[Block]:
    verb = "took from it" if it.is_reverse else "gained"
    heads = {sight.me: f"You {verb}:", it.other(sight.me): f"{sight.called} {verb}:"}
    gained = [blocks.labeled(heads[who], text) for who, text in it.gained.items() if text]
    return [blocks.lines([("In all:", words.summed_up(it)), *words.listed_goals(it.goals)]), *gained]


def _reopening(it: Mentorship, sight: Sight) -> list[Block]:
    if not it.can_reopen(sight.me, sight.now):
        return []
    if it.reopen_by is None:
        until = mrkdwn.day((it.ended_at or sight.now) + REOPENED_WITHIN)
        return [blocks.context(f"You can open it again until {until}, if you both want to.")]
    if it.reopen_by == sight.me:
        return [blocks.context(f"I've asked {mrkdwn.mention(it.other(sight.me))} whether to go on.")]
    return [blocks.section(f"*{mrkdwn.mention(it.reopen_by)} would like to go on after all.*")]


def _after_the_end(it: Mentorship, sight: Sight) -> list[Element | None]:
    is_asked = it.reopen_by not in (None, sight.me)
    label = "Go on" if is_asked else "Open it again"
    can = it.can_reopen(sight.me, sight.now) and it.reopen_by != sight.me
    another = blocks.button("Find another mentor", NEXT_MENTOR, it.id)
    if it.is_reverse:
        another = blocks.button("Learn from somebody else", LEARN_AGAIN, it.id)
    gained = "Say what you took" if it.is_reverse else "Say what you gained"
    return [
        blocks.button(gained, GAINED, it.id) if it.held else None,
        voice_button(it, sight.me),
        blocks.button(label, REOPEN, it.id, style="primary" if is_asked else "") if can else None,
        another if sight.me == it.mentee_id and it.end != "handed_over" else None,
    ]


def voice_button(it: Mentorship, me: PersonId) -> Element | None:
    """Return the way to say what talking with the senior is like: the junior's, once they have talked."""
    if not it.is_reverse or me != it.mentor_id or not it.held:
        return None
    return blocks.button("What it's like to talk with them", VOICE, it.id)


_BY_STATE: Mapping[str, Callable[[Mentorship, Sight], list[Block]]] = {
    "agreeing": _agreeing,
    "going": _going,
    "paused": _paused,
    "ended": _ended,
}
_QUESTIONS: Mapping[str, Callable[[Mentorship, Sight, str, Question], list[Block]]] = {
    "fit": _fit,
    "quality": _quality,
    "silence": _silence,
    "ending": _ending,
}

"""The small forms and windows of a mentorship: a time, a break, handing over, the end, how it stands."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number, Someone
from handlers.mentorships import card, words
from handlers.mentorships import words_of_forms as forms
from handlers.mentorships.card import Sight
from kernel.values import PersonId
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.health import Balance, balance, facts
from relationships.mentorships.meeting_times import still_ahead
from relationships.mentorships.mentorship import Mentorship

OTHER_TIME = "mentorship.other_time_form"
PAUSE = "mentorship.pause_form"
HAND_OVER = "mentorship.hand_over_form"
GAINED = "mentorship.gained_form"
CLOSE = "mentorship.close_form"
time_problems = refusals.under("at")
pause_problems = refusals.under("until")
hand_over_problems = refusals.under("suggested")
gained_problems = refusals.under("gained")
_BREAK = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class Filled:
    """What one of the forms was opened with, and what stands in those of its fields that it has."""

    mentorship_id: Id
    number: Number = 0
    at: AwareDatetime | None = None
    until: AwareDatetime | None = None
    suggested: Someone | None = None
    word: str = ""
    gained: str = ""


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def other_time(mentorship: Mentorship, number: int, called: str, now: datetime) -> View:
    """The picker of a time that was not offered: it begins with the last that was, or a day from now."""
    offered = still_ahead(mentorship.talk.times, now) if mentorship.talk else ()
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    begins = offered[-1] if offered else soon
    field = blocks.field("at", forms.WHEN_TO_TALK, blocks.date_time_picker(begins))
    told = blocks.context(forms.told_and_can_move(mrkdwn.inert(called)))
    metadata = _metadata(mentorship.id, number=number)
    return blocks.modal(
        OTHER_TIME, words.ANOTHER_TIME, [field, told], submit=forms.BOOK_IT, metadata=metadata
    )


def pause(mentorship: Mentorship, called: str, now: datetime) -> View:
    """The question for the day on which a break is over."""
    at = mentorship.back_at or now.replace(minute=0, second=0, microsecond=0) + _BREAK
    field = blocks.field("until", forms.WHEN_AGAIN, blocks.date_time_picker(at))
    said = forms.break_rules(mrkdwn.inert(called))
    return blocks.modal(
        PAUSE,
        words.TAKE_A_BREAK,
        [field, blocks.context(said)],
        submit=forms.TAKE_IT,
        metadata=_metadata(mentorship.id),
    )


def hand_over(mentorship: Mentorship, called: str) -> View:
    """The form in which a mentor says that they can't go on."""
    fields = [
        blocks.field(
            "suggested",
            forms.WHO_TAKES_OVER,
            blocks.person_menu(),
            hint=forms.decides(called),
            optional=True,
        ),
        blocks.field(
            "word",
            forms.a_word_to(called),
            blocks.text_input(multiline=True, at_most=LONGEST),
            optional=True,
        ),
    ]
    metadata = _metadata(mentorship.id)
    return blocks.modal(HAND_OVER, forms.HAND_OVER, fields, submit=forms.tell(called)[:24], metadata=metadata)


def gained(mentorship: Mentorship, called: str, before: str, *, is_other_out: bool = False) -> View:
    """The form for what somebody takes from it; *is_other_out*: the other is no member now."""
    field = blocks.field(
        "gained",
        forms.WHAT_YOU_TAKE,
        blocks.text_input(initial=before, multiline=True, at_most=LONGEST),
        hint=forms.reads_it(called, may_be_gone=is_other_out),
    )
    return blocks.modal(
        GAINED, forms.WHAT_YOU_GAINED, [field], submit=forms.SEND, metadata=_metadata(mentorship.id)
    )


def close(mentorship: Mentorship, called: str, me: PersonId) -> View:
    """The question before an end."""
    name, is_reverse = mrkdwn.inert(called), mentorship.is_reverse
    is_asked = not is_reverse or me == mentorship.mentor_id
    said = forms.ends_for(name, is_reverse=is_reverse, can_reopen=is_asked)
    ways = {True: (forms.FINISH_HERE, forms.FINISH_IT), False: (words.CLOSE_KINDLY, forms.CLOSE_IT)}
    title, submit = ways[is_reverse]
    metadata = _metadata(mentorship.id)
    return blocks.modal(CLOSE, title, [blocks.section(said)], submit=submit, metadata=metadata)


def stands(mentorship: Mentorship, sight: Sight) -> View:
    """How it stands: four facts and, once there were enough talks, what each side did."""
    lines = words.standing(mentorship, facts(mentorship, sight.now), sight.me)
    until = mrkdwn.weekday(mentorship.ends_at) if mentorship.ends_at else ""
    about = [forms.runs_until(until)] if until and mentorship.is_open else []
    discuss = blocks.button(forms.TALK_ABOUT_IT, card.DISCUSS, mentorship.id)
    ways = [discuss, *card.ways_on(mentorship)] if mentorship.state == "going" else []
    return blocks.modal(
        "window",
        words.HOW_WERE_DOING,
        [
            blocks.section("\n".join([*lines, *about])),
            *_sides(mentorship, sight),
            *blocks.actions([*ways, card.voice_button(mentorship, sight.me)]),
            blocks.context(forms.ONLY_YOU_TWO),
        ],
    )


def _sides(mentorship: Mentorship, sight: Sight) -> list[Block]:
    other = mentorship.other(sight.me)
    mine, theirs = balance(mentorship, sight.me), balance(mentorship, other)
    if mine is None or theirs is None:
        return []
    sides: list[tuple[str, str, Balance]] = [
        (words.YOU, forms.YOURS, mine),
        (mrkdwn.mention(other), forms.THEIRS, theirs),
    ]
    return [blocks.section("\n".join(words.balanced(*side) for side in sides))]


def what_would_help(mentorship: Mentorship) -> View:
    """What can be done where it could be better: talk about it, or change something."""
    discuss = blocks.button(forms.TALK_ABOUT_IT, card.DISCUSS, mentorship.id, style="primary")
    return blocks.modal(
        "window",
        forms.WHAT_WOULD_HELP,
        [
            blocks.section(forms.NOBODY_IS_TOLD),
            *blocks.actions([discuss, *card.ways_on(mentorship)]),
            blocks.context(forms.FIRST_ON_AGENDA),
        ],
    )


def _metadata(mentorship_id: str, **more: int) -> str:
    return json.dumps({"mentorship_id": mentorship_id, **more})

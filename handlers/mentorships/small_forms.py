"""The small forms and windows of a mentorship: a time, a break, handing over, the end, how it stands."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from handlers.block_kit import blocks, mrkdwn, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id, Number, Someone
from handlers.mentorships import card
from handlers.mentorships import texts as words
from handlers.mentorships.card import Sight
from kernel.values import PersonId
from relationships.mentorships.agreement import LONGEST
from relationships.mentorships.health import Balance, balance, facts
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
    """Return what was submitted."""
    return payload.filled(Filled, view)


def other_time(mentorship_id: str, number: int, called: str, now: datetime) -> View:
    """Return the picker of a time that was not offered."""
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    field = blocks.field("at", "When do you two talk? (your time)", blocks.date_time_picker(soon))
    told = blocks.context(f"{mrkdwn.inert(called)} is told, and can move it.")
    metadata = _metadata(mentorship_id, number=number)
    return blocks.modal(OTHER_TIME, "Another time", [field, told], submit="Book it", metadata=metadata)


def pause(mentorship: Mentorship, called: str, now: datetime) -> View:
    """Return the question for the day on which a break is over."""
    at = mentorship.back_at or now.replace(minute=0, second=0, microsecond=0) + _BREAK
    field = blocks.field("until", "When will you two pick it up again?", blocks.date_time_picker(at))
    said = (
        "I won't ask anything until then, and the end date moves by the same amount of time. "
        f"{mrkdwn.inert(called)} is told. Either of you can go on sooner."
    )
    return blocks.modal(
        PAUSE,
        "Take a break",
        [field, blocks.context(said)],
        submit="Take it",
        metadata=_metadata(mentorship.id),
    )


def hand_over(mentorship: Mentorship, called: str) -> View:
    """Return the form in which a mentor says that they can't go on."""
    fields = [
        blocks.field(
            "suggested",
            "Who could take over as their mentor?",
            blocks.person_menu(),
            hint=f"{called} decides. Nobody else hears about it before then.",
            optional=True,
        ),
        blocks.field(
            "word",
            f"A word to {called}",
            blocks.text_input(multiline=True, at_most=LONGEST),
            optional=True,
        ),
    ]
    metadata = _metadata(mentorship.id)
    return blocks.modal(HAND_OVER, "Hand over", fields, submit=f"Tell {called}"[:24], metadata=metadata)


def gained(mentorship: Mentorship, called: str, before: str) -> View:
    """Return the form for what somebody takes from it."""
    field = blocks.field(
        "gained",
        "What do you take from it?",
        blocks.text_input(initial=before, multiline=True, at_most=LONGEST),
        hint=f"{called} reads it.",
    )
    return blocks.modal(GAINED, "What you gained", [field], submit="Send", metadata=_metadata(mentorship.id))


def close(mentorship: Mentorship, called: str, me: PersonId) -> View:
    """Return the question before an end."""
    name, is_reverse = mrkdwn.inert(called), mentorship.is_reverse
    finished = f" For {name} it shows as finished, whichever of you ends it." if is_reverse else ""
    is_asked = not is_reverse or me == mentorship.mentor_id
    again = " For two weeks you can open it again, if you both want to." if is_asked else ""
    said = f"It ends for you and {name}. You won't be asked why.{finished}{again}"
    title, submit = ("Finish here", "Finish it") if is_reverse else ("Close it kindly", "Close it")
    metadata = _metadata(mentorship.id)
    return blocks.modal(CLOSE, title, [blocks.section(said)], submit=submit, metadata=metadata)


def stands(mentorship: Mentorship, sight: Sight) -> View:
    """Return how it stands: four facts and, once there were enough talks, what each side did."""
    lines = words.standing(mentorship, facts(mentorship, sight.now), sight.me)
    until = mrkdwn.weekday(mentorship.ends_at) if mentorship.ends_at else ""
    about = [f"It runs until {until}."] if until and mentorship.is_open else []
    discuss = blocks.button("Talk about it next time", card.DISCUSS, mentorship.id)
    ways = [discuss, *card.ways_on(mentorship)] if mentorship.state == "going" else []
    return blocks.modal(
        "window",
        "How we're doing",
        [
            blocks.section("\n".join([*lines, *about])),
            *_sides(mentorship, sight),
            *blocks.actions([*ways, card.voice_button(mentorship, sight.me)]),
            blocks.context("Only you two see this."),
        ],
    )


def _sides(mentorship: Mentorship, sight: Sight) -> list[Block]:
    other = mentorship.other(sight.me)
    mine, theirs = balance(mentorship, sight.me), balance(mentorship, other)
    if mine is None or theirs is None:
        return []
    sides: list[tuple[str, str, Balance]] = [("You", "Your", mine), (mrkdwn.mention(other), "Their", theirs)]
    return [blocks.section("\n".join(words.balanced(*side) for side in sides))]


def what_would_help(mentorship: Mentorship) -> View:
    """Return what can be done where it could be better: talk about it, or change something."""
    discuss = blocks.button("Talk about it next time", card.DISCUSS, mentorship.id, style="primary")
    return blocks.modal(
        "window",
        "What would help?",
        [
            blocks.section("*What would help?* Nobody is told that you chose this."),
            *blocks.actions([discuss, *card.ways_on(mentorship)]),
            blocks.context("“Talk about it” puts it first on the agenda of your next talk."),
        ],
    )


def _metadata(mentorship_id: str, **more: int) -> str:
    return json.dumps({"mentorship_id": mentorship_id, **more})

"""What people say about their own help: the invitation, what a list entered, the end of the Home tab."""

from datetime import datetime

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview, drawn
from handlers.interactions.sub_words import SubWord
from handlers.profile import form as profile_form
from handlers.profile import profile
from mentoring.features import PEOPLE as FEATURE
from mentoring.model.check import THANKS
from mentoring.model.person import ENROLLED, PROFILE_INVITE, Person

_GUEST = "You are a guest in this workspace: ask as much as you like. Helping is for its members."


def _section(overview: Overview) -> list[Block]:
    person = overview.person
    if person is not None and person.standing == "guest":
        return [blocks.header("Helping others"), blocks.section(_GUEST)]
    if person is None or person.enrolled_at is None:
        invite = blocks.button("Choose my topics", profile_form.OPEN, "home")
        return [blocks.header("Helping others"), blocks.section("I'm not asking you for help yet.", invite)]
    paused = person.is_paused(overview.now)
    until = f"{_away(person, person.back_at)} " if paused and person.back_at else ""
    buttons = [
        blocks.button("Change", profile_form.OPEN, "home"),
        *profile_form.pause_buttons(paused),
        profile_form.stop_button(),
    ]
    had = "" if paused else _had_enough(person, overview)
    said = mrkdwn.cut(until + had + profile_form.summary(person, overview.desk), mrkdwn.SECTION)
    return [
        blocks.header("Helping others"),
        blocks.section(said),
        *blocks.actions(buttons),
        *_impact(overview.total(THANKS)),
    ]


def _away(person: Person, until: datetime) -> str:
    if until == person.vacation_until and until != person.paused_until:
        return f"*You're not asked until {mrkdwn.moment(until)}: your Slack status shows a vacation.*"
    return f"*You are paused until {mrkdwn.moment(until)}.*"


def _had_enough(person: Person, overview: Overview) -> str:
    """Return that somebody has had the questions of their week, and until when they are asked no more."""
    limit = person.questions_per_week
    again = overview.load.asked_again_at(limit, overview.now) if overview.load else None
    if again is None:
        return ""
    had = "question" if limit == 1 else f"{limit} questions"
    return f"*You've had your {had} for this week.* I won't ask you again before {mrkdwn.moment(again)}. "


def _impact(used: int) -> list[Block]:
    times = f"{used} time{'s' if used > 1 else ''}"
    return [blocks.context(f"Your advice was used {times} that I know of.")] if used else []


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(profile.register,),
    painters={
        PROFILE_INVITE: drawn(Person, lambda person, _read, at: profile_form.invitation(person, at.desk)),
        ENROLLED: drawn(Person, lambda person, _read, at: profile_form.enrolled(person, at.desk)),
    },
    home=(HomePart(name="profile", counts=(THANKS,), section=_section, stands_at=90),),
    ask_words={
        "profile": SubWord(
            help="`/ask-mentor profile` sets what you can help with, and how much.",
            answer=profile.called,
            also=("settings",),
        ),
    },
    field_refusals={
        ("until", "past"): "This moment has passed already. Choose one that is still to come.",
        ("until", "too_long"): "A pause lasts {limit} days at most.",
    },
)

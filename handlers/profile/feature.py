"""What people say about their own help: the invitation, what a list entered, the end of the Home tab."""

from datetime import datetime

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview, SubWord, drawn
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
        return [blocks.header("Helping others"), blocks.section("You are not asked by anyone yet.", invite)]
    paused = person.is_paused(overview.now)
    until = f"{_away(person, person.back_at)} " if paused and person.back_at else ""
    buttons = [
        blocks.button("Change", profile_form.OPEN, "home"),
        *profile_form.pause_buttons(paused),
        profile_form.stop_button(),
    ]
    said = mrkdwn.cut(until + profile_form.summary(person, overview.desk), mrkdwn.SECTION)
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
        "pause": SubWord(
            help=(
                "`/ask-mentor pause 2d` or `pause until monday` takes you off for a while; "
                "`resume` brings you back."
            ),
            answer=profile.pause_called,
            takes_rest=True,
            also=("stop",),
        ),
        "resume": SubWord(answer=profile.resume_called, also=("unpause",)),
    },
    field_refusals={
        ("until", "past"): "This moment has passed already. Choose one that is still to come.",
        ("until", "too_long"): "A pause lasts {limit} days at most.",
    },
)

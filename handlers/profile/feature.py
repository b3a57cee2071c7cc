"""What people say about their own help: the invitation, what a list entered, the end of the Home tab."""

from datetime import datetime

from handlers.block_kit import blocks, labels, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.interactions.conversation import Conversation, HomePart, Overview, drawn
from handlers.interactions.sub_words import SubWord
from handlers.profile import form as profile_form
from handlers.profile import profile, words
from mentoring.features import PEOPLE as FEATURE
from mentoring.model.check import THANKS
from mentoring.model.person import ENROLLED, PROFILE_INVITE, Person


def _section(overview: Overview) -> list[Block]:
    person = overview.person
    if person is not None and person.standing == "guest":
        return [blocks.header(words.HELPING_OTHERS), blocks.section(words.GUEST)]
    if person is None or person.enrolled_at is None:
        invite = blocks.button(words.CHOOSE_TOPICS, profile_form.OPEN, "home")
        return [blocks.header(words.HELPING_OTHERS), blocks.section(words.NOT_ASKED, invite)]
    paused = person.is_paused(overview.now)
    until = f"{_away(person, person.back_at)} " if paused and person.back_at else ""
    buttons = [
        blocks.button(labels.CHANGE, profile_form.OPEN, "home"),
        *profile_form.pause_buttons(paused),
        profile_form.stop_button(),
    ]
    had = "" if paused else _had_enough(person, overview)
    said = mrkdwn.cut(until + had + profile_form.summary(person, overview.desk), mrkdwn.SECTION)
    return [
        blocks.header(words.HELPING_OTHERS),
        blocks.section(said),
        *blocks.actions(buttons),
        *_impact(overview.total(THANKS)),
    ]


def _away(person: Person, until: datetime) -> str:
    if until == person.vacation_until and until != person.paused_until:
        return words.on_vacation(mrkdwn.moment(until))
    return words.paused(mrkdwn.moment(until))


def _had_enough(person: Person, overview: Overview) -> str:
    """Say that somebody has had the questions of their week, and until when they are asked no more."""
    limit = person.questions_per_week
    again = overview.load.asked_again_at(limit, overview.now) if overview.load else None
    if again is None or limit is None:
        return ""
    had = "question" if limit == 1 else words.questions(limit)
    return words.had_enough(had, mrkdwn.moment(again))


def _impact(used: int) -> list[Block]:
    times = words.times(used)
    return [blocks.context(words.impact(times))] if used else []


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
            help=words.HELP_LINE,
            answer=profile.called,
            also=("settings",),
        ),
    },
    field_refusals=words.FIELD_REFUSALS,
)

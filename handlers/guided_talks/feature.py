"""Guided talks: their cards, the rows of the Home tab, and the steps that were planned in them."""

from dataclasses import replace
from datetime import datetime

from coaching.forms import FORMS
from coaching.guide import talks
from coaching.guide.feature import FEATURE
from coaching.guide.talk import CUE, NEXT_STEPS, OPEN_GUIDED_TALKS, TURN, GuidedTalk
from coaching.guide.talk_state import Heard
from handlers.block_kit import blocks, labels, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import outcome as talk_outcome
from handlers.guided_talks import plan_buttons, plan_form, stop_button, words
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn_aside
from handlers.interactions.threads import Rewritten, Standing, Thread, WrittenMessage
from handlers.triage import mind_form
from kernel.desk import Desk
from kernel.values import PersonId
from sensing.safety.safety import Finding

LINE = 120  # what a row shows of a text


async def _turn(reader: Reader) -> Picture | None:
    talk_id, number = reader.numbered
    support = reader.desk.policy.support
    paint = drawn_aside(GuidedTalk, lambda talk, _reader: talk_card.turn(talk, number, support))
    return await paint(replace(reader, id=talk_id))


def _section(overview: Overview) -> list[Block]:
    rows = [_open(talk) for talk in overview.of(OPEN_GUIDED_TALKS, GuidedTalk)]
    return [blocks.header(words.MY_TALKS), *rows] if rows else []


def _open(talk: GuidedTalk) -> Block:
    said = f"{FORMS[talk.form].title}: {texts.quoted(talk.opening)}"
    if talk.state == "paused":
        return blocks.row(words.row_resting(said), blocks.button(labels.GO_ON, talk_card.RESUME, talk.id))
    stop = blocks.button(words.STOP, talk_card.STOP, talk.id)
    return blocks.row(words.row_waiting(said), stop)


def _waits(talk: GuidedTalk, now: datetime) -> bool:
    """Whether something is to be said or done now: a yes, a day, or the step whose moment has come."""
    return talk.is_asked_back or talk.remind_at is None or talk.remind_at <= now


def _due_steps(overview: Overview) -> list[Block]:
    due = [talk for talk in overview.of(NEXT_STEPS, GuidedTalk) if _waits(talk, overview.now)]
    return [row for talk in due for row in _step(talk)]


def _step(talk: GuidedTalk) -> list[Block]:
    asked = [talk_card.keep_button(talk), *talk_card.plan_buttons(talk)]
    return [
        texts.reminder(talk_outcome.line(talk), LINE),
        blocks.section(_when(talk)),
        *blocks.actions(asked if talk.is_asked_back else talk_card.step_buttons(talk)),
    ]


def _when(talk: GuidedTalk) -> str:
    """What is asked about a step, or that its moment has come."""
    if talk.is_asked_back:
        return words.right(talk_outcome.labelled(Heard(talk))["moment"])
    return words.NO_DAY_YET if talk.remind_at is None else words.TIME_HAS_COME


def _standing(talk: GuidedTalk, me: PersonId) -> Standing:
    if talk.state == "going":
        return "going"
    return "resting" if talk.state == "paused" else "closed"


async def _answer(call: Call, talk_id: str, message: WrittenMessage, finding: Finding) -> None:
    is_beside = message.root is None
    written = {"text": message.text, "event_id": message.id}
    await talks.reply(call.desk, talk_id, call.me, call.now, **written, is_beside=is_beside, finding=finding)


async def _follow(desk: Desk, edit: Rewritten, now: datetime) -> None:
    if edit.after:
        await talks.reword(desk, edit.id, edit.by, before=edit.before, after=edit.after)
    else:
        await talks.erase(desk, edit.id, edit.by, now)


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(stop_button.register, plan_buttons.register),
    field_refusals=plan_form.REFUSED,
    painters={
        "talk": drawn_aside(GuidedTalk, lambda talk, _reader: talk_card.card(talk)),
        TURN: _turn,
        CUE: drawn_aside(GuidedTalk, lambda talk, reader: talk_card.cue(talk, reader.now)),
    },
    home=(
        HomePart(name="guided talks", lists={OPEN_GUIDED_TALKS: GuidedTalk}, section=_section, stands_at=30),
        HomePart(
            name="steps",
            lists={NEXT_STEPS: GuidedTalk},
            waiting=_due_steps,
            waits_at=40,
        ),
    ),
    threads={
        "talk": Thread(
            document=GuidedTalk,
            listed_in=OPEN_GUIDED_TALKS,
            standing=_standing,
            answer=_answer,
            follow=_follow,
            hears_danger=True,
            is_private=True,
        )
    },
    answers_itself=frozenset({mind_form.FORM}),
)

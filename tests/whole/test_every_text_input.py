"""Wherever somebody can type: danger to a life is answered with whom to turn to, and kept nowhere."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import test_every_view
import test_sprint_cards
from app_world import HELP_LINE, World, start_world, with_support
from redis_servers import everything_in

from handlers import safety_gate
from handlers.conversations import ALL
from handlers.interactions.screening import Screening
from handlers.reports import form as report_form
from handlers.requests import form as request_form
from handlers.triage import mind_form
from mentoring.model.request import Request
from playground.acting.composing import checked_view
from playground.acting.talk import actor
from playground.line import payloads
from playground.line.envelopes import Sending
from playground.workspace.messages import Message
from playground.workspace.people import SlackUser
from playground.workspace.view_state import elements
from sensing.safety import safety
from sensing.safety.safety import NOTHING

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
DANGER = "I don't want to live anymore"
QUESTION = "How do I profile asyncio? #python #anonymous"
WORDS = ("", "peer", "sprint", "plan", "insights", "profile", "status", "edit", "topics", "help", "stop")
TYPED = {"plain_text_input", "rich_text_input", "email_text_input", "url_text_input", "number_input"}


class Listed:
    """What Bolt would be told: the forms and commands that the app answers."""

    def __init__(self) -> None:
        self.forms: set[str] = set()

    def view(self, form: Any) -> Any:
        self.forms |= {form} if isinstance(form, str) else set()
        return lambda listener: listener

    def command(self, _: object) -> Any:
        return lambda listener: listener

    shortcut = action = options = event = command

    def error(self, listener: Any) -> Any:
        return listener

    def middleware(self, *_: object) -> None:
        return None


def forms() -> dict[str, dict[str, Any]]:
    """One of each form of the app, by its callback id, with as much in it as can be."""
    drawn = [
        *test_every_view.views("How?"),
        *test_sprint_cards.views("How?"),
        mind_form.form("cause"),
    ]
    return {view["callback_id"]: view for view in reversed(drawn) if "submit" in view}


def typed(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the blocks in which somebody can type, with what they type into."""
    yield from ((block, element) for block, element in elements(blocks) if element["type"] in TYPED)


FIELDS = [(form, block["block_id"]) for form, view in forms().items() for block, _ in typed(view["blocks"])]


def test_every_form_that_the_app_answers_is_walked_over():
    app = Listed()
    ALL.register(app)

    assert app.forms <= set(forms())
    assert len(FIELDS) >= 30


def test_text_is_typed_into_forms_alone_and_goes_out_when_they_are_submitted():
    shown = [*test_every_view.homes("How?")]
    shown += [{"blocks": picture.blocks} for picture in test_every_view.pictures("How?")]
    shown += [{"blocks": picture.blocks} for picture in test_sprint_cards.pictures("How?")]

    assert not [view for view in shown if list(typed(view["blocks"]))]
    for view in forms().values():
        for block, element in typed(view["blocks"]):
            assert element["type"] == "plain_text_input"
            assert not block.get("dispatch_action")


@pytest.fixture
async def cared(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


def said_in(place: str) -> str:
    return f"{DANGER}, says {place}"


async def submitted(world: World, person: SlackUser, form: dict[str, Any], block_id: str, text: str) -> Any:
    """Submit a form with a text in one field; return what the app answers."""
    slack = world.slack.slack
    slack.views.clear(person.id)
    opened = slack.views.open(person.id, checked_view(form, "modal"))
    [action_id] = [at["action_id"] for block, at in typed(opened.blocks) if block["block_id"] == block_id]
    answer = {"type": "plain_text_input", "value": text}
    filled = slack.views.fill(opened, {block_id: {action_id: answer}})
    parts = {"trigger_id": slack.triggers.issue(person.id), "view": filled.payload(), "response_urls": []}
    sent = Sending("interactive", payloads.interaction("view_submission", person, **parts))
    return (await slack.link.send(sent)).body


async def test_danger_in_any_field_of_any_form_is_answered_in_its_place_and_kept_nowhere(
    cared: World, redis_url: str
):
    maya, drawn = actor(cared.slack.slack, MAYA), forms()
    for form, block_id in FIELDS:
        if form == report_form.FORM:  # what is reported goes to the admins, by its writer's choice
            continue
        answer = await submitted(cared, maya, drawn[form], block_id, said_in(f"{form} {block_id}"))

        assert answer["response_action"] == "update", (form, block_id)
        assert HELP_LINE in str(answer["view"]), (form, block_id)
        assert "Nobody has been told" in str(answer["view"]), (form, block_id)
    await cared.settle()

    assert DANGER not in everything_in(redis_url)


async def test_what_is_kept_would_have_been_found(cared: World, redis_url: str):
    await cared.slack.command(MAYA, "/ask-mentor", "Something that is kept #python")
    await cared.slack.say(MAYA, "Something else that is kept")
    await cared.settle()

    assert "Something that is kept" in everything_in(redis_url)
    assert "Something else that is kept" in everything_in(redis_url)


async def relayed(world: World) -> None:
    """Let Maya and Priya talk through the app."""
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", QUESTION)
    offer = await world.slack.message(PRIYA, containing="profile asyncio")
    await world.slack.press(PRIYA, offer, "I can help")
    await world.settle()


def heads(world: World, person: str) -> list[Message]:
    """The messages of the app in whose threads a person can write."""
    return [it for it in world.slack.dm(person) if it.bot and it.thread_ts in (None, it.ts)]


@pytest.mark.parametrize(("writer", "other"), [(MAYA, PRIYA), (PRIYA, MAYA)])
async def test_danger_in_any_thread_is_answered_and_reaches_nobody_else(
    cared: World, redis_url: str, writer: str, other: str
):
    await relayed(cared)
    answer = await cared.slack.command(writer, "/coach-me", "I keep putting off a hard talk with my manager")
    await cared.slack.choose(writer, answer.shown, "more", "Think it through")
    await cared.settle()
    threads = [None, *(head.ts for head in heads(cared, writer))]
    assert len(threads) >= 3

    for number, thread in enumerate(threads):
        before = len([it for it in cared.slack.dm(writer) if HELP_LINE in it.words])
        await cared.slack.say(writer, said_in(f"thread {number}"), thread_ts=thread)
        await cared.settle()

        assert len([it for it in cared.slack.dm(writer) if HELP_LINE in it.words]) > before, number
    assert not [it for it in cared.slack.dm(other) if DANGER in it.words]
    assert not [it for it in cared.slack.dm(writer) if it.bot and DANGER in it.words]
    assert DANGER not in everything_in(redis_url)


async def test_danger_after_any_word_of_a_command_is_answered_and_kept_nowhere(cared: World, redis_url: str):
    for command in ("/ask-mentor", "/coach-me"):
        for word in WORDS:
            answer = await cared.slack.command(MAYA, command, f"{word} {said_in(f'{command} {word}')}")

            assert answer.shown is not None, (command, word)
            assert HELP_LINE in answer.shown.words, (command, word)
    await cared.settle()

    assert DANGER not in everything_in(redis_url)


async def test_danger_in_a_message_that_a_shortcut_is_used_on_is_answered_and_not_quoted(
    cared: World, redis_url: str
):
    long = f"{DANGER}. " + "So it goes on and on. " * 200
    written = await cared.slack.say(PRIYA, long, "C0GENERAL")

    await cared.slack.shortcut(MAYA, "ask_about_message", written)
    await cared.settle()

    shown = cared.slack.modal(MAYA)
    assert shown is not None
    assert HELP_LINE in shown.words
    assert "whoever wrote it" in shown.words
    assert DANGER not in str(shown.body)
    assert DANGER not in everything_in(redis_url)
    desk = await cared.desk()
    assert not [await cared.find(Request, id) for id in await desk.store.ids(f"requests-of:{MAYA}")]


async def test_where_no_window_opens_contacts_come_as_a_message(cared: World):
    written = await cared.slack.say(PRIYA, DANGER, "C0GENERAL")
    cared.slack.faults.fail("views.open")

    await cared.slack.shortcut(MAYA, "ask_about_message", written)
    await cared.settle()

    [told] = [it for it in cared.slack.messages(MAYA, "C0GENERAL") if HELP_LINE in it.words]
    assert told.ephemeral


def test_an_edit_is_read_where_a_person_changed_the_words():
    def read(now: dict[str, Any], before: dict[str, Any]) -> list[str]:
        event = {"type": "message", "subtype": "message_changed", "message": now, "previous_message": before}
        return [*safety_gate.texts({"event": event})]

    assert read({"user": MAYA, "text": DANGER}, {"text": "Fine"}) == [DANGER]
    assert read({"user": MAYA, "text": DANGER}, {"text": DANGER}) == [""]
    assert read({"bot_id": "B1", "text": DANGER}, {"text": "Fine"}) == [""]


# Slack sends what stands between the two words as letters of its own, over which no phrase reaches.
MARKED = "I don't want to > live anymore"


async def test_danger_is_found_also_where_slack_marks_up_what_was_typed(cared: World, redis_url: str):
    written = await cared.slack.say(PRIYA, MARKED, "C0GENERAL")
    await cared.slack.shortcut(MAYA, "ask_about_message", written)
    shown = cared.slack.modal(MAYA)
    asked = await cared.slack.command(MAYA, "/ask-mentor", f"{MARKED} #python")
    coached = await cared.slack.command(MAYA, "/coach-me", MARKED)
    await cared.slack.say(MAYA, MARKED)
    await cared.slack.message(MAYA, containing=HELP_LINE)
    await cared.settle()

    for answer in (shown, asked.shown, coached.shown):
        assert answer is not None
        assert HELP_LINE in answer.words
    assert "live anymore" not in everything_in(redis_url)


@contextmanager
def readings() -> Iterator[tuple[Counter[str], Counter[str]]]:
    """Count how often each text is read for safety, and its topics sought.

    Only what is called on the loop is counted: cards of guided talks are drawn beside it.
    """
    found = {safety.read.__code__: Counter[str](), request_form.guesses.__code__: Counter[str]()}
    begun: set[FrameType] = set()  # a coroutine is called again whenever it goes on

    def called(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in found and frame not in begun:
            begun.add(frame)
            found[frame.f_code][frame.f_locals["text"]] += 1

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        safe, topics = found.values()
        yield safe, topics
    finally:
        sys.setprofile(before)


async def test_whatever_comes_in_is_read_and_its_topics_are_sought_once_on_its_way(cared: World):
    await relayed(cared)
    maya, slack, form = actor(cared.slack.slack, MAYA), cared.slack, forms()["request.ask"]
    with readings() as (found, sought):
        await slack.command(MAYA, "/ask-mentor", "What do I index first? #python")
        await slack.command(MAYA, "/ask-mentor", "Which index makes this query fast?")
        await slack.command(MAYA, "/coach-me", "How do I get on with it")
        await submitted(cared, maya, form, "question", "Why does a query stall?")
        await slack.say(PRIYA, "Have you tried py-spy?")
        await cared.settle()

    asked = (
        "What do I index first? #python",
        "Which index makes this query fast?",
        "How do I get on with it",
        "Why does a query stall?",
        "Have you tried py-spy?",
    )
    assert {text: found[text] for text in asked} == dict.fromkeys(asked, 1)
    assert sought == dict.fromkeys(asked[:2], 1)


async def test_an_answer_in_a_guided_talk_is_read_by_the_gate_alone(cared: World):
    answer = await cared.slack.command(MAYA, "/coach-me", "I keep putting off a hard talk with my manager")
    await cared.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await cared.settle()

    with readings() as (found, _):
        await cared.slack.say(MAYA, "A talk that is fair to both of us")
        await cared.settle()

    assert found["A talk that is fair to both of us"] == 1


@pytest.mark.parametrize("text", [DANGER, "How do I profile asyncio?", "", MARKED])
def test_a_text_that_nobody_read_letter_by_letter_is_read(text: str):
    others = Screening({f"{text} ": NOTHING, text.upper() + "!": NOTHING})

    assert others.of(text) == Screening.by_reading(text).of(text) == safety.read(text)

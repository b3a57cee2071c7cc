"""While a long text is read, everybody else gets their turn."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import make
import pytest
from app_world import World, start_world, with_support
from make import ASKER, NOW

from coaching.guide.engine import Guide, next_reply
from coaching.guide.talk import GuidedTalk
from coaching.language.commands import steering
from handlers.conversations import ALL
from handlers.interactions.screening import UNSCREENED
from handlers.requests import ask_line
from handlers.requests import form as request_form
from handlers.safety_gate import SafetyGate
from handlers.triage import triage_step
from kernel.desk import Desk
from kernel.reading import SHORT, aside
from matching.topics.tokens import atoms_of
from sensing.text.wording import normal

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)
LONG = "I wonder how others plan their week when every day has its own surprises. " * 540
MAYA = "U0MAYA"
READERS = (normal, atoms_of, ask_line.read, steering, next_reply)


@pytest.fixture
async def coached(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def turns_during(doing: Awaitable[Any]) -> int:
    """How many turns somebody else gets on the loop until it is done."""
    turns, task = 0, asyncio.ensure_future(doing)
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    await task
    return turns


async def nothing() -> None:
    return None


def through_the_gate(text: str) -> Awaitable[Any]:
    body = {"command": "/ask-mentor", "text": text}
    return SafetyGate(frozenset()).gate({"desk": DESK, "me": ASKER, "now": NOW}, body, nothing)


def next_turn(text: str) -> Awaitable[Any]:
    talk = GuidedTalk(
        id="T1", person_id=ASKER, form="grow", opening=text[:3_000], begun_at=NOW, spoken_at=NOW
    )
    return Guide().next_turn(talk)


@pytest.mark.parametrize(
    "reading",
    [
        through_the_gate,
        partial(triage_step.reading, UNSCREENED),
        lambda text: request_form.guesses(text, DESK),
        lambda text: aside(partial(ask_line.read, words=ALL.ask_words), text),
        next_turn,
    ],
)
async def test_others_get_their_turns_while_a_long_text_is_read(reading: Callable[[str], Awaitable[Any]]):
    # Of several, since on a busy machine the other thread may be done before the loop comes to its turn.
    assert max([await turns_during(reading(LONG)) for _ in range(5)]) > 20


async def test_a_short_text_is_read_at_once():
    assert await turns_during(aside(normal, "x" * SHORT)) <= 2


@contextmanager
def read_on_the_loop() -> Iterator[set[str]]:
    """Collect what reads a long text in the thread of the loop."""
    codes, found = {reader.__code__ for reader in READERS}, set[str]()

    def called(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in codes:
            given = next(iter(frame.f_locals.values()))
            if not isinstance(given, str) or len(given) > SHORT:
                found.add(frame.f_code.co_name)

    sys.setprofile(called)
    try:
        yield found
    finally:
        sys.setprofile(None)


async def test_a_long_message_is_read_beside_the_loop(socket_world: World):
    with read_on_the_loop() as found:
        await socket_world.slack.say(MAYA, LONG)
        await socket_world.settle(60)

    assert not found
    assert await socket_world.slack.message(MAYA, containing="Nobody has seen it so far")


@pytest.mark.parametrize("command", ["/ask-mentor", "/coach-me"])
async def test_a_long_command_is_read_beside_the_loop(socket_world: World, command: str):
    with read_on_the_loop() as found:
        await socket_world.slack.command(MAYA, command, LONG[:7_900])
        await socket_world.settle(60)

    assert not found


async def test_a_long_answer_is_read_beside_the_loop_and_its_writer_told_what_is_kept(coached: World):
    answer = await coached.slack.command(MAYA, "/coach-me", "I keep putting off a talk with my manager")
    assert answer.shown is not None
    await coached.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await coached.settle()
    asked = next(it for it in reversed(coached.slack.dm(MAYA)) if "Skip" in it.words)

    with read_on_the_loop() as found:
        await coached.slack.say(MAYA, LONG, thread_ts=asked.thread_ts)
        await coached.settle(60)

    assert not found
    assert await coached.slack.message(MAYA, containing="I keep the first 3,000 characters")

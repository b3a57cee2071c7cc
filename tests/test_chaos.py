"""`kill -9` of the app between every two steps of a conversation: nothing is lost or said twice."""

import asyncio
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import MANIFEST, environment_for, start_world
from make_storage import SECRET
from redis import Redis

from playground.driver import Playground
from playground.messages import Message
from slackapp.workspaces import ROSTER
from storage import Stores

PROGRAM = Path(__file__).with_name("app_process.py")
MAYA, RAJ = "U0MAYA", "U0RAJ"
PATIENCE = 30.0

pytestmark = pytest.mark.chaos


@dataclass
class Victim:
    """The app as a process that can be killed; *nursery* starts one for each line that it reads."""

    slack: Playground
    nursery: asyncio.subprocess.Process
    deaths: int = 0
    _now: int = 0

    async def start(self) -> None:
        """Start the app, and return when it is connected."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write(b"go\n")
        await self.nursery.stdin.drain()
        self._now = int(await self.nursery.stdout.readline())
        await self.slack.connected(PATIENCE)

    async def kill(self) -> None:
        """Kill it without a word, and start it again."""
        os.kill(self._now, signal.SIGKILL)
        self.deaths += 1
        await self.slack.until(lambda: not self.slack.slack.link.connected, PATIENCE)
        await self.start()

    async def end(self) -> None:
        """Kill everything that was started."""
        if self._now:
            os.kill(self._now, signal.SIGKILL)
        self.nursery.kill()
        await self.nursery.wait()

    async def has_called(self, times: int, within: float = 1.0) -> None:
        """Return when the app has called Slack so often from now on, or has had the time to."""
        seen = self.slack.slack.journal.last
        with suppress(TimeoutError):
            await self.slack.until(lambda: self.slack.slack.journal.last >= seen + times, within)

    async def rest(self) -> None:
        """Return when the app has been silent for a while."""
        while await self._speaks():
            pass

    async def _speaks(self, silence: float = 1.5) -> bool:
        seen = self.slack.slack.journal.last
        try:
            await self.slack.until(lambda: self.slack.slack.journal.last > seen, silence)
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def victim(folder: Path, redis_url: str) -> AsyncIterator[Victim]:
    """A workspace in which Raj helps with Python, and an app that can be killed."""
    async with start_world(folder, redis_url) as world:
        await world.enrol(RAJ, topics={"python": 3})
        await world.settle()
        await world.stop()
        given = environment_for(world.slack, redis_url, "socket", MANIFEST)
        nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            str(PROGRAM),
            str(folder / "clock"),
            env=os.environ | given | {"WAYMARK_LOG": "error"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        app = Victim(world.slack, nursery)
        try:
            await app.start()
            yield app
        finally:
            await app.end()


@dataclass
class Conversation:
    """Each step does what a person does; *seen* then returns when its effect can be seen."""

    slack: Playground

    def steps(self) -> list[tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[object]]]]:
        """Return the steps in order, each with what shows that it has had its effect."""
        return [
            (self.ask, lambda: self.shown(RAJ, "Can you help")),
            (self.accept, self.room),
            (self.wrap_up, lambda: self.shown(MAYA, "is over")),
            (self.skip_to_feedback, lambda: self.shown(MAYA, "Did it help?")),
            (self.give_feedback, lambda: self.shown(RAJ, "profiler")),
            (self.skip_to_follow_up, lambda: self.shown(MAYA, "Did you use")),
            (self.follow_up, lambda: self.shown(RAJ, "used")),
        ]

    async def shown(self, person: str, words: str) -> Message:
        return await self.slack.message(person, containing=words, within=PATIENCE)

    async def room(self) -> Message:
        return await self.slack.until(self._room, PATIENCE)

    def _room(self) -> Message | None:
        rooms = [place for place in self.slack.conversations(RAJ) if place.kind == "mpim"]
        said = [message for place in rooms for message in self.slack.messages(RAJ, place.id)]
        return said[0] if said else None

    async def ask(self) -> None:
        answer = await self.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
        assert answer.ok

    async def accept(self) -> None:
        assert (await self.slack.press(RAJ, await self.shown(RAJ, "Can you help"), "I can help")).ok

    async def wrap_up(self) -> None:
        await self.slack.press(RAJ, await self.room(), "Wrap up")
        assert (await self.slack.submit(RAJ)).closed

    async def skip_to_feedback(self) -> None:
        await self.slack.skip(timedelta(hours=2))

    async def give_feedback(self) -> None:
        for person, words, said in (
            (MAYA, "Did it help?", {"helped": "yes", "thanks": "The profiler showed it at once."}),
            (RAJ, "How was it", {"thanks": "A good question."}),
        ):
            await self.slack.press(person, await self.shown(person, words), "Answer in 20 seconds")
            assert (await self.slack.submit(person, said)).closed

    async def skip_to_follow_up(self) -> None:
        await self.slack.skip(timedelta(days=2))

    async def follow_up(self) -> None:
        assert (await self.slack.press(MAYA, await self.shown(MAYA, "Did you use"), "Yes, I used it")).ok


def said(slack: Playground) -> dict[str, Counter[str]]:
    """Count what the app has said to each of the two, by first lines without their numbers."""
    return {
        person: Counter(
            re.sub(r"\d+", "0", message.text.splitlines()[0])
            for place in slack.conversations(person)
            if place.kind in ("app", "mpim")
            for message in slack.messages(person, place.id)
            if message.bot and not message.ephemeral
        )
        for person in (MAYA, RAJ)
    }


@pytest.fixture
async def undisturbed(tmp_path: Path, redis_url: str) -> dict[str, Counter[str]]:
    """What is said when nothing is ever killed."""
    (tmp_path / "calm").mkdir()
    async with start_world(tmp_path / "calm", redis_url) as world:
        await world.enrol(RAJ, topics={"python": 3})
        for act, effect in Conversation(world.slack).steps():
            await act()
            await effect()
            await world.settle()
        return said(world.slack)


async def test_killed_between_any_two_steps_it_says_what_it_would_have_said_and_once(
    undisturbed, tmp_path, redis_server
):
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
    async with victim(tmp_path, redis_server) as app:
        for act, effect in Conversation(app.slack).steps():
            await act()
            await effect()
            await app.rest()
            await app.kill()
        await app.rest()

        assert app.deaths == 7
        assert said(app.slack) == undisturbed


@pytest.mark.parametrize("calls", [0, 1, 3])
async def test_killed_amid_what_follows_each_answer_nothing_is_lost(tmp_path, redis_url, calls):
    """*calls* is how often the app has called Slack since its answer, when it is killed."""
    async with victim(tmp_path, redis_url) as app:
        for act, effect in Conversation(app.slack).steps():
            await act()
            await app.has_called(calls)
            await app.kill()
            await effect()
        await app.rest()
        stores = await Stores.open(redis_url, ROSTER, secret=SECRET, timeout=30)
        maybe_doubled = await stores.notices.taken_over()
        await stores.close()

        counts = [count for person in said(app.slack).values() for count in person.values()]
        assert sum(count - 1 for count in counts) <= maybe_doubled

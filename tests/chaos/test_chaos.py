"""`kill -9` of the app between every two steps of a conversation: nothing is lost or said twice."""

import asyncio
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import environment_for, start_world, with_support
from chaos_crew import Single
from chaos_run import SHORT, chaos, idle
from make_storage import SECRET
from patience import PATIENCE
from redis import Redis
from test_conversation_sprints import FORM

from playground.driver import Playground
from playground.workspace.messages import Message
from slackapp.workspaces.workspaces import ROSTER, AppStores
from storage import Stores

PROGRAM = Path(__file__).parents[1] / "support" / "app_process.py"
MAYA, RAJ = "U0MAYA", "U0RAJ"

CALM: dict[type["Conversation"], dict[str, Counter[str]]] = {}

pytestmark = pytest.mark.chaos


@dataclass
class Victim:
    """The app as a process that can be killed; *nursery* starts one for each line that it reads."""

    slack: Playground
    stores: AppStores
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
        await self.slack.connected()

    async def kill(self) -> None:
        """Kill it without a word, and start it again."""
        os.kill(self._now, signal.SIGKILL)
        self.deaths += 1
        await self.slack.until(lambda: not self.slack.slack.link.connected)
        await self.start()

    async def end(self) -> None:
        """Kill everything that was started."""
        if self._now:
            os.kill(self._now, signal.SIGKILL)
        self.nursery.kill()
        await self.nursery.wait()

    async def has_called(self, times: int, within: float = 0.3) -> None:
        """When the app has called Slack so often from now on, or has had the time to."""
        seen = self.slack.slack.journal.last
        with suppress(TimeoutError):
            await self.slack.until(lambda: self.slack.slack.journal.last >= seen + times, within)

    async def rest(self) -> None:
        """When nothing is due, undelivered or on its way, and nothing more was said meanwhile."""
        seen = -1
        async with asyncio.timeout(PATIENCE):
            while not await self._is_idle() or self.slack.slack.journal.last != seen:
                seen = self.slack.slack.journal.last
                await asyncio.sleep(0.05)

    async def _is_idle(self) -> bool:
        return self.slack.slack.link.quiet and await idle(self.stores, self.slack)


@asynccontextmanager
async def victim(folder: Path, redis_url: str, lease: float) -> AsyncIterator[Victim]:
    """A workspace in which Raj helps with Python, and an app that can be killed.

    After so many seconds of *lease* the next one takes over what a killed one had begun.
    """
    manifest = with_support(folder)
    async with start_world(folder, redis_url, manifest=manifest) as world:
        await world.enrol(RAJ, topics={"python": 3})
        await world.settle()
        await world.stop()
        given = environment_for(world.slack, redis_url, "socket", manifest)
        nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            str(PROGRAM),
            *(str(folder / "clock"), str(lease), str(PATIENCE)),
            env=os.environ | given | {"WAYMARK_LOG": "error"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        stores = await Stores.open(redis_url, ROSTER, secret=SECRET, timeout=30)
        app = Victim(world.slack, stores, nursery)
        try:
            await app.start()
            yield app
        finally:
            await app.end()
            await stores.close()


@dataclass
class Conversation:
    """Each step does what a person does; *seen* then returns when its effect can be seen."""

    slack: Playground

    def steps(self) -> list[tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[object]]]]:
        """The steps in order, each with what shows that it has had its effect."""
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
        return await self.slack.message(person, containing=words)

    async def room(self) -> Message:
        return await self.slack.until(self._room)

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
        for person, asked, answered, thanks in (
            (MAYA, "Did it help?", "You said it helped", "The profiler showed it at once."),
            (RAJ, "Was it worth your time?", "You said it was", "A good question."),
        ):
            await self.slack.press(person, await self.shown(person, asked), "Yes")
            await self.slack.press(person, await self.shown(person, answered), "Add a note for them")
            assert (await self.slack.submit(person, {"thanks": thanks})).closed

    async def skip_to_follow_up(self) -> None:
        await self.slack.skip(timedelta(days=2))

    async def follow_up(self) -> None:
        assert (await self.slack.press(MAYA, await self.shown(MAYA, "Did you use"), "Yes, I used it")).ok


class Practice(Conversation):
    """A skill sprint of two weeks with a partner, from its form to the look back two weeks after it."""

    def steps(self) -> list[tuple[Callable[[], Awaitable[None]], Callable[[], Awaitable[object]]]]:
        """The steps in order, each with what shows that it has had its effect."""
        return [
            (self.plan, lambda: self.shown(RAJ, "would like you as a partner")),
            (self.agree, lambda: self.shown(MAYA, "sees your check-ins")),
            (self.skip(days=1, hours=6), lambda: self.nudged("Done")),
            (self.rehearse, self.card),
            (self.skip(days=2), lambda: self.nudged("Not today")),
            (self.check_in, lambda: self.shown(RAJ, "Now at 0:")),
            (self.skip(days=4), lambda: self.nudged("Say it from memory")),
            (self.skip(days=1), lambda: self.nudged("Not today")),
            (self.skip(days=2), lambda: self.nudged("Not today")),
            (self.skip(days=4), lambda: self.nudged("Look back")),
            (self.look_back, self.picture),
            (self.skip(days=15), lambda: self.nudged("Now and then")),
            (self.say_it_lasts, lambda: self.shown(MAYA, "it is still there")),
        ]

    async def nudged(self, label: str) -> Message:
        """The newest message to Maya with a button that is called so."""
        return await self.slack.until(lambda: self._with(label))

    def _with(self, label: str) -> Message | None:
        return next((it for it in reversed(self.slack.dm(MAYA)) if label in it.words.splitlines()), None)

    async def card(self) -> Message:
        """Maya's card, which a rehearsal leaves as it is."""
        return await self.shown(MAYA, "Your skill sprint")

    def skip(self, days: int, hours: int = 0) -> Callable[[], Awaitable[None]]:
        """The step that moves time ahead, so far that one thing is due."""
        return lambda: self.slack.skip(timedelta(days=days, hours=hours))

    async def picture(self) -> Message:
        """The message that brings the sprint's picture."""
        return await self.slack.until(
            lambda: next((it for it in self.slack.dm(MAYA) if it.files), None), PATIENCE
        )

    async def plan(self) -> None:
        await self.slack.command(MAYA, "/coach-me", "sprint-form")
        assert (await self.slack.submit(MAYA, {**FORM, "partner": RAJ})).closed

    async def agree(self) -> None:
        asked = await self.shown(RAJ, "would like you as a partner")
        assert (await self.slack.press(RAJ, asked, "Yes, gladly")).ok

    async def rehearse(self) -> None:
        assert (await self.slack.press(MAYA, await self.nudged("Done"), "Done")).ok

    async def check_in(self) -> None:
        await self.slack.press(MAYA, await self.nudged("Not today"), "Check in")
        done = await self.slack.submit(MAYA, {"level": "0", "minutes": "20"})
        assert done.view is not None
        await self.slack.close(MAYA, all_views=True)

    async def look_back(self) -> None:
        await self.slack.press(MAYA, await self.nudged("Look back"), "Look back")
        said = {"level": "1", "confidence": "8", "lesson": "Small steps"}
        assert (await self.slack.submit(MAYA, said)).closed

    async def say_it_lasts(self) -> None:
        asked = await self.nudged("Still doing it")
        assert (await self.slack.press(MAYA, asked, "Still doing it")).ok


def said(slack: Playground) -> dict[str, Counter[str]]:
    """Count what the app has said to each of the two, and in their room, by first lines without numbers."""
    heard = {"Maya": (MAYA, "app"), "Raj": (RAJ, "app"), "both": (MAYA, "mpim")}
    return {
        name: Counter(
            re.sub(r"\d+", "0", message.text.partition("\n")[0])
            for place in slack.conversations(person)
            if place.kind == kind
            for message in slack.messages(person, place.id)
            if message.bot and not message.ephemeral
        )
        for name, (person, kind) in heard.items()
    }


async def undisturbed(kind: type[Conversation], folder: Path, redis_url: str) -> dict[str, Counter[str]]:
    """What is said when nothing is ever killed, heard once for all tests of a process."""
    if kind not in CALM:
        folder.mkdir()
        async with start_world(folder, redis_url, manifest=with_support(folder)) as world:
            await world.enrol(RAJ, topics={"python": 3})
            for act, effect in kind(world.slack).steps():
                await act()
                await effect()
                await world.settle()
            CALM[kind] = said(world.slack)
    return CALM[kind]


@pytest.mark.parametrize(("kind", "steps"), [(Conversation, 7), (Practice, 13)])
async def test_killed_between_any_two_steps_it_says_what_it_would_have_said_and_once(
    tmp_path: Path, redis_server: str, kind: type[Conversation], steps: int
):
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
        calm = await undisturbed(kind, tmp_path / "calm", redis_server)
        redis.flushall()
    async with victim(tmp_path, redis_server, lease=5) as app:
        for act, effect in kind(app.slack).steps():
            await act()
            await effect()
            await app.rest()
            await app.kill()
        await app.rest()

        assert app.deaths == steps
        assert said(app.slack) == calm


@pytest.mark.parametrize(
    ("kind", "calls"), [(Conversation, 0), (Conversation, 1), (Conversation, 3), (Practice, 0), (Practice, 2)]
)
async def test_killed_amid_what_follows_each_answer_nothing_is_lost(
    tmp_path: Path, redis_server: str, kind: type[Conversation], calls: int
):
    """*calls* is how often the app has called Slack since its answer, when it is killed."""
    calm = await undisturbed(kind, tmp_path / "calm", redis_server)
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
    async with victim(tmp_path, redis_server, lease=1) as app:
        for act, effect in kind(app.slack).steps():
            await act()
            await app.has_called(calls)
            await app.kill()
            await effect()
        await app.rest()
        maybe_doubled = await app.stores.notices.maybe_doubled()

        more = {name: count - calm[name] for name, count in said(app.slack).items()}
        assert sum(count.total() for count in more.values()) <= maybe_doubled, more


async def test_what_people_were_told_is_true_while_everything_breaks_at_random(tmp_path: Path):
    with Single.begun(tmp_path) as server:
        report = await chaos(tmp_path, server, replace(SHORT, seed=20_261_129))

    assert report.faults == {}, str(report)
    assert report.acknowledged["asked"] > 0, str(report)
    assert set(report.trouble) >= {"killed", "Redis restarted", "answers lost"}, str(report)

"""What goes wrong, drawn at random: processes, Redis, Slack, its events, the clock and the manifest."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from chaos_crew import Crew, Server

from playground.driver import Playground

METHODS = ("chat.postMessage", "chat.update", "chat.delete", "conversations.open", "views.publish", "*")
LOST = ("chat.postMessage", "chat.postMessage", "chat.update", "conversations.open", "*")


@dataclass
class Trouble:
    """Makes it, one kind after the other. *hang* and *slow* are the longest times, in seconds.

    The app has answered *between* of Slack's requests from one trouble to the next.
    """

    slack: Playground
    crew: Crew
    server: Server
    manifest: Path
    seed: int
    pause: float
    hang: float
    slow: float
    between: int
    made: Counter[str] = field(default_factory=Counter)

    async def go_on(self, until: asyncio.Event) -> None:
        """Make trouble until then, and each kind of it at least once."""
        draw, good = Random(f"{self.seed} trouble"), self.manifest.read_text("utf-8")
        kinds: dict[str, Callable[[Random], Awaitable[None]]] = {
            "killed": lambda draw: self._end(signal.SIGKILL, draw),
            "stopped": lambda draw: self._end(signal.SIGTERM, draw),
            "Redis restarted": lambda _: self.server.restart(),
            "Redis hung": lambda draw: self.server.hang(draw.uniform(0.5, self.hang)),
            "429": self._limit,
            "500": self._fail,
            "answers lost": self._lose,
            "Slack slow": self._slow,
            "sockets cut": lambda _: self.slack.drop_socket(),
            "sockets asked to come again": lambda _: self.slack.refresh_socket(),
            "events repeated and reordered": self._shuffle,
            "clock ahead": self._jump,
            "manifest edited": lambda draw: self._edit(good, draw),
        }
        while not until.is_set():
            for name in draw.sample(list(kinds), len(kinds)):
                await kinds[name](draw)
                self.made[name] += 1
                await asyncio.sleep(draw.uniform(0, 2 * self.pause))
                await self._answered(self.between)

    async def _answered(self, times: int) -> None:
        """When the app has answered so many requests from now on; people never stop making them."""
        seen = self.slack.slack.journal.last
        while times > 0:
            await asyncio.sleep(0.05)
            entries = self.slack.log(seen)
            seen = entries[-1].n if entries else seen
            times -= sum(entry.sender == "slack" and entry.summary == "acked" for entry in entries)

    def heal(self) -> None:
        """Let Slack be well."""
        faults = self.slack.faults
        faults.slow(0)
        faults.limit = faults.error = faults.lost = None
        faults.repeat_events, faults.late_ms = False, 0

    async def _end(self, number: signal.Signals, draw: Random) -> None:
        worker = draw.choice(self.crew.workers)
        await worker.end(number)
        await asyncio.sleep(draw.uniform(0, self.pause))
        await self.crew.start(worker)

    async def _limit(self, draw: Random) -> None:
        self.slack.faults.rate_limit(draw.choice(METHODS), times=draw.randint(1, 8), retry_after=1)

    async def _fail(self, draw: Random) -> None:
        self.slack.faults.fail(draw.choice(METHODS), times=draw.randint(1, 8))

    async def _lose(self, draw: Random) -> None:
        self.slack.faults.lose(draw.choice(LOST), times=draw.randint(1, 8))

    async def _slow(self, draw: Random) -> None:
        self.slack.faults.slow(int(1000 * draw.choice((0.2, 0.5, self.slow))))
        await asyncio.sleep(self.pause)
        self.slack.faults.slow(0)

    async def _shuffle(self, draw: Random) -> None:
        self.slack.faults.repeat_events = not self.slack.faults.repeat_events
        self.slack.faults.late_ms = draw.choice((0, 200, 1000))

    async def _jump(self, draw: Random) -> None:
        await self.slack.skip(timedelta(minutes=draw.choice((1, 10, 45, 90))))

    async def _edit(self, good: str, draw: Random) -> None:
        """Write a manifest with another label, or one that cannot be read; then the first again."""
        old, new = draw.choice((("label: Python", "label: Snakes"), ("topics:", "topcis:")))
        self.manifest.write_text(good.replace(old, new), "utf-8")
        try:
            await asyncio.sleep(draw.uniform(0, 2 * self.pause))
        finally:
            self.manifest.write_text(good, "utf-8")

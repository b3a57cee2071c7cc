"""The line from Slack to the app: Socket Mode or signed HTTP, its log, and events with their retries."""

import asyncio
import random
import time
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from playground.foundation.clock import PlaygroundClock
from playground.foundation.feed import Feed
from playground.foundation.wall import Wall
from playground.line.envelopes import Ack, Sending
from playground.line.faults import Faults
from playground.line.journal import Journal
from playground.line.payloads import event_callback
from playground.line.signed_http import SignedHttp
from playground.line.sockets import Sockets

# docs.slack.dev/apis/events-api: at once, after a minute, after five; then the event is given up.
RETRY_DELAYS = (0.0, 60.0, 300.0)


class AppLink:
    """Delivers envelopes to the app. With *url* set they go over HTTP, else over an open socket."""

    def __init__(
        self,
        clock: PlaygroundClock,
        journal: Journal,
        faults: Faults,
        feed: Feed,
        wall: Wall,
        *,
        secret: str,
        delays: Sequence[float],
    ) -> None:
        self.url: str | None = None
        self.sockets = Sockets(lambda: feed.publish({"type": "world"}), wall)
        self._http = SignedHttp(secret, wall)
        self._clock = clock
        self._journal = journal
        self._faults = faults
        self._feed = feed
        self._delays = delays
        self._tasks: set[asyncio.Task[object]] = set()
        self._under_way = 0

    @property
    def connected(self) -> bool:
        """Whether a delivery has somewhere to go."""
        return self.url is not None or self.sockets.count > 0

    @property
    def quiet(self) -> bool:
        """Whether no event is on its way; those that wait for their next retry do not count."""
        return self._under_way == 0

    async def send(self, envelope: Sending) -> Ack:
        """Deliver once, wait for the acknowledgement, and write both into the log."""
        started = time.perf_counter()
        ack = await (self._http.send(envelope, self.url) if self.url else self.sockets.send(envelope))
        self._journal.write(
            "slack",
            "http" if self.url else "socket",
            envelope.name,
            ack.outcome if ack.ok else f"{ack.outcome}: {ack.reason}",
            status=ack.status,
            ms=(time.perf_counter() - started) * 1_000,
            request=envelope.payload,
            response=ack.body,
            headers=ack.headers,
            retry=envelope.retry or None,
        )
        self._feed.wake()
        return ack

    def emit(self, event: dict[str, Any], event_id: str) -> None:
        """Send an event in the background, with three retries until the app acknowledges it."""
        envelope = Sending("events_api", event_callback(event, event_id, self._clock.now()))
        self._start(self._deliver(envelope))
        if self._faults.repeat_events:
            self._start(self._attempt(replace(envelope, retry=1, reason="http_timeout")))

    async def close(self) -> None:
        """Stop what is on its way, and close all connections."""
        # Asked until they are gone: a cancellation that meets the end of a wait can get lost.
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=0.1)
        await self.sockets.close()
        await self._http.close()

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._under_way += 1

    async def _deliver(self, envelope: Sending) -> None:
        ack = await self._attempt(envelope)
        for number, delay in enumerate(self._delays, start=1):
            if ack.ok or ack.reason == "no_retry":
                return
            # The retries wait on the playground's clock, so that a skip brings them at once.
            await self._clock.reach(self._clock.now() + timedelta(seconds=delay))
            self._under_way += 1
            ack = await self._attempt(replace(envelope, retry=number, reason=ack.reason))

    async def _attempt(self, envelope: Sending) -> Ack:
        try:
            if self._faults.late_ms:  # each takes another time, so that they come in another order
                await asyncio.sleep(random.uniform(0, self._faults.late_ms / 1_000))
            return await self.send(envelope)
        finally:
            self._under_way -= 1
            self._feed.wake()

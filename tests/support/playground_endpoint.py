"""A bare HTTP endpoint that plays the app: it keeps what Slack delivers and answers as a test says."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_sdk.signature import SignatureVerifier


@dataclass(frozen=True)
class Delivery:
    """One request from Slack."""

    headers: dict[str, str]
    body: str

    def event(self) -> dict[str, Any]:
        """The event of an Events API delivery."""
        event: dict[str, Any] = json.loads(self.body)["event"]
        return event


@dataclass
class Endpoint:
    """What was delivered, and what is answered next."""

    url: str = ""
    deliveries: list[Delivery] = field(default_factory=list)
    answer: Callable[[Delivery], web.Response] = lambda _: web.Response()

    async def receive(self, request: web.Request) -> web.Response:
        """Keep a delivery, and answer it."""
        delivery = Delivery(dict(request.headers), await request.text())
        self.deliveries.append(delivery)
        return self.answer(delivery)

    def all_signed(self, secret: str) -> bool:
        """Whether Slack's own verifier accepts every delivery."""
        verifier = SignatureVerifier(secret)
        return all(verifier.is_valid_request(each.body, each.headers) for each in self.deliveries)


@asynccontextmanager
async def endpoint() -> AsyncIterator[Endpoint]:
    """Listen on a free port for as long as the block lasts."""
    found = Endpoint()
    app = web.Application()
    app.router.add_post("/slack/events", found.receive)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        yield found
    finally:
        await runner.cleanup()

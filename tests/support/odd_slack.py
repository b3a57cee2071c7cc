"""A server in Slack's place that answers as a test says: as a proxy on the way, or Slack on a bad day."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(frozen=True)
class Odd:
    """One answer."""

    status: int = 200
    body: bytes = b'{"ok": true}'
    headers: Mapping[str, str] = field(default_factory=dict)


@asynccontextmanager
async def odd_slack(answers: Mapping[str, Odd]) -> AsyncIterator[str]:
    """Answer by the last part of the path until the block ends; yield the address of the API."""

    async def answer(request: web.Request) -> web.Response:
        odd = answers[request.path.rpartition("/")[2]]
        return web.Response(
            status=odd.status, body=odd.body, headers={"Content-Type": "application/json", **odd.headers}
        )

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/api/"
    finally:
        await runner.cleanup()

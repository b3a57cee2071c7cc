"""A server of a stranger's: it takes down who connected and what was posted, and may send on elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Sink:
    """What came in at a port of its own."""

    port: int
    onward: str | None = None
    posted: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of a page there."""
        return f"http://127.0.0.1:{self.port}/sink"

    async def take(self, request: web.Request) -> web.Response:
        """Take down what came."""
        self.posted.append(await request.text())
        return web.Response(status=307, headers={"location": self.onward}) if self.onward else web.Response()


@asynccontextmanager
async def sink(onward: str | None = None) -> AsyncIterator[Sink]:
    """Listen until the block ends; *onward* is where every request is redirected to."""
    opened = Sink(0, onward)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", opened.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    opened.port = runner.addresses[0][1]
    try:
        yield opened
    finally:
        await runner.cleanup()

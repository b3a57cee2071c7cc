"""The web server: Slack's requests by HTTP, the install pages, and what operators ask.

Bolt checks the signature and refuses what is older than five minutes. An answer other than 200 to an event
makes Slack send it again, so what could not be saved is answered with 500.
"""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from slackapp.errors import PortTaken
from slackapp.metrics import Metrics

LARGEST = 4 * 1024 * 1024
Ready = Callable[[], Awaitable[str | None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def web_app(metrics: Metrics, ready: Ready) -> web.Application:
    """Return the pages that every mode has. *ready* returns None, or a sentence about what is missing."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_: web.Request) -> web.Response:
        missing = await ready()
        return web.json_response({"ok": missing is None, "missing": missing}, status=503 if missing else 200)

    async def figures(_: web.Request) -> web.Response:
        return web.Response(body=metrics.text(), content_type="text/plain", charset="utf-8")

    app = web.Application(client_max_size=LARGEST)
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", figures)])
    return app


def slack_events(bolt: AsyncApp, metrics: Metrics) -> Handler:
    """Return what answers POST /slack/events: commands, interactions, options and events."""

    async def answer(request: web.Request) -> web.StreamResponse:
        started = perf_counter()
        bolt_request = await to_bolt_request(request)
        response = await bolt.async_dispatch(bolt_request)
        metrics.acks.labels(kind_of(bolt_request.body)).observe(perf_counter() - started)
        if response.status != 200:
            metrics.refused.labels(response.status).inc()
        return await to_aiohttp_response(response)

    return answer


def kind_of(payload: Mapping[str, Any]) -> str:
    """Return what kind of request this is, as the figures name it."""
    return str(payload.get("type") or ("command" if "command" in payload else "other"))


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve *app* until the block ends, and give the port; requests under way are finished first."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=3.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise _taken(error, host, port) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _taken(error: OSError, host: str, port: int) -> Exception:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(f"Another program listens on {host}:{port}: set PORT to a free one.")
    if error.errno == errno.EACCES:
        return PortTaken(f"Port {port} needs more rights than this process has: set PORT to one above 1023.")
    return error

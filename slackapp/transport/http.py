"""The web server: Slack's requests by HTTP, the install pages, and what operators ask.

Nothing of a request is looked at before its signature holds. Whoever has not signed gets one answer and is
hung up on. An answer other than 200 to an event makes Slack send it again, so what could not be saved is
answered with 500.
"""

import asyncio
import errno
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware
from slack_bolt.adapter.aiohttp import to_aiohttp_response

from slackapp.process.errors import MalformedPayload, PortTaken, Stop
from slackapp.process.metrics import Metrics
from slackapp.process.settings import Settings
from slackapp.transport import envelopes
from slackapp.transport.connections import Connection, ConnectionLimits, SiteConnections
from slackapp.transport.envelopes import Envelope
from slackapp.transport.intake import Intake
from slackapp.transport.signatures import Signatures

log = structlog.get_logger()

# A form of Slack's holds at most 250 kB, which can grow threefold when it is sent as a field.
LARGEST = 1024 * 1024
CHARSETS = ("utf-8", "utf8")
LAST_SECONDS = 2.5  # for requests under way when the listener closes; Slack waits no longer than three
Ready = Callable[[], Awaitable[str | None]]
Counted = Callable[[], Awaitable[None]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SIGNED = web.RequestKey("signed", bool)


def web_app(
    metrics: Metrics, ready: Ready, is_stopping: Callable[[], bool] = lambda: False
) -> web.Application:
    """The pages that every mode has. *ready* returns None, or a sentence about what is missing.

    While the app *is_stopping* every answer ends its connection, so that the next request goes elsewhere.
    """

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def readyz(_: web.Request) -> web.Response:
        missing = await ready()
        return web.json_response({"ok": missing is None, "missing": missing}, status=503 if missing else 200)

    app = web.Application(client_max_size=LARGEST, middlewares=[_one_answer(metrics, is_stopping)])
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz)])
    return app


def metrics_app(metrics: Metrics, counted: Counted | None = None) -> web.Application:
    """The page that Prometheus reads, for a port of its own; *counted* first looks up what it says."""

    async def figures(_: web.Request) -> web.Response:
        if counted is not None:
            await counted()
        return web.Response(
            body=await asyncio.to_thread(metrics.text), content_type="text/plain", charset="utf-8"
        )

    app = web.Application(middlewares=[_one_answer(metrics, lambda: False)])
    app.router.add_get("/metrics", figures)
    return app


def slack_events(intake: Intake, signatures: Signatures) -> Handler:
    """What answers POST /slack/events: commands, interactions, options and events."""

    async def answer(request: web.Request) -> web.StreamResponse:
        body = await _whole(request)
        if not signatures.hold(request, body):
            return web.json_response({"error": "invalid request"}, status=401)
        request[SIGNED] = True
        connection = _connection(request)
        connection.room.trust(connection)
        return await to_aiohttp_response(await intake.answer(_opened(request, body), request.headers))

    return answer


def _one_answer(metrics: Metrics, is_stopping: Callable[[], bool]) -> Middleware:
    """What stands around every page: who has not signed is hung up on, and refusals are counted."""

    @web.middleware
    async def around(request: web.Request, handler: Handler) -> web.StreamResponse:
        connection = _connection(request)
        if request.method == "GET":
            connection.room.show_page(connection)
        try:
            with connection.room.working():
                response = await handler(request)
        except web.HTTPException as refusal:
            _finish(request, refusal, metrics)
            raise
        _finish(request, response, metrics)
        if is_stopping():
            response.force_close()
        return response

    return around


def _finish(request: web.Request, response: web.StreamResponse, metrics: Metrics) -> None:
    metrics.refuse(response.status)
    if SIGNED not in request:
        response.force_close()
        connection = _connection(request)
        connection.room.answered(connection)


def _connection(request: web.Request) -> Connection:
    connection = request.protocol
    assert isinstance(connection, Connection)
    return connection


async def _whole(request: web.Request) -> bytes:
    """The body as it was sent; one that is too large is not read to its end, often not at all."""
    if (size := request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, size)
    try:
        return await request.read()
    except (web.RequestPayloadError, ConnectionError) as error:
        raise web.HTTPBadRequest from error


def _opened(request: web.Request, body: bytes) -> Envelope:
    """What a signed body holds. Slack sends forms and JSON, never compressed, always in UTF-8."""
    is_plain = request.headers.get("Content-Encoding", "identity") == "identity"
    is_known = request.content_type in (envelopes.FORM, envelopes.JSON)
    if not (is_plain and is_known and (request.charset or "utf-8").lower() in CHARSETS):
        raise web.HTTPUnsupportedMediaType
    try:
        return envelopes.opened(body, request.content_type)
    except MalformedPayload as error:
        log.warning("malformed request")
        raise web.HTTPBadRequest from error


@asynccontextmanager
async def listening(
    app: web.Application,
    host: str,
    port: int,
    metrics: Metrics | None = None,
    *,
    limits: ConnectionLimits | None = None,
    variable: str = "PORT",
) -> AsyncIterator[int]:
    """Serve *app* until the block ends, and give the port; requests under way are finished first.

    *variable* is what the port is set by, for the sentence that says that it is taken.
    """
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    assert runner.server is not None
    limits = limits or ConnectionLimits()
    counts = metrics or Metrics()
    room = SiteConnections(limits, lambda why: counts.cut.labels(why).inc())
    new = partial(Connection, runner.server, room, limits, counts.refuse)
    try:
        try:
            server = await asyncio.get_running_loop().create_server(new, host, port)
        except (OSError, UnicodeError) as error:
            raise _refused(error, host, port, variable) from error
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            # aiohttp's own shutdown reads no further: a body that is still coming would never be whole.
            await room.quiet(LAST_SECONDS)
    finally:
        await runner.cleanup()


@asynccontextmanager
async def scraped(
    settings: Settings, metrics: Metrics, counted: Counted | None = None
) -> AsyncIterator[int | None]:
    """Serve /metrics until the block ends, and give the port; None where it is not served."""
    async with AsyncExitStack() as stack:
        port = settings.metrics_port
        if port is not None:
            host, site = settings.metrics_host, metrics_app(metrics, counted)
            served = listening(site, host, port, metrics, variable="METRICS_PORT")
            try:
                port = await stack.enter_async_context(served)
            except PortTaken as error:
                if settings.is_metrics_port_set:
                    raise
                log.warning("no metrics", problem=error.sentence)
                port = None
        yield port


def _refused(error: OSError | UnicodeError, host: str, port: int, variable: str) -> Stop:
    """Why nothing can be served there; *variable* is what the port is set by."""
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return PortTaken(f"Another program listens on {host}:{port}: set {variable} to a free one.")
    if code == errno.EACCES:
        return PortTaken(
            f"Port {port} needs more rights than this process has: set {variable} to one above 1023."
        )
    place = variable.replace("PORT", "HOST")
    return Stop(f"{host} is no address of this machine: set {place} to one, or to 0.0.0.0 for all.")

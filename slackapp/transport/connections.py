"""Who may keep the app waiting: strangers, for ten seconds, and only as many as there is room for.

A connection is a stranger's until its request turns out to be signed by Slack; then it may stay for the next
one. Where room runs out, the stranger who has waited longest makes it, so that a crowd of them never keeps
Slack out.
"""

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web

MOST_CONNECTIONS = 4096


def places() -> int:
    """How many connections may be open: half of the files that may be, within reason."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if files == resource.RLIM_INFINITY else min(files // 2, MOST_CONNECTIONS)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How much is put up with. Times are in seconds."""

    places: int = field(default_factory=places)
    held: int = 64 * 1024 * 1024  # bytes of strangers' requests, all together
    wait: float = 10.0  # for a whole request, from its first byte (or the connection's begin) to its last
    page: float = 30.0  # for an open page: one that installs asks Slack for something
    idle: float = 75.0  # between two requests of Slack's: longer than the 60 s of common proxies
    linger: float = 2.0  # in which what follows a refusal is read away, so that the refusal can be read


@dataclass(slots=True)
class _Stranger:
    timer: asyncio.TimerHandle
    held: int = 0
    is_answered: bool = False


class SiteConnections:
    """The open connections of a site; *cut* hears why one is ended: `late` or `full`."""

    def __init__(self, limits: ConnectionLimits, cut: Callable[[str], object]) -> None:
        self._limits, self._cut = limits, cut
        self._here: set[Connection] = set()
        self._strangers: dict[Connection, _Stranger] = {}  # who has waited longest comes first
        self._held = 0
        self._under_way = 0
        self._ended = asyncio.Event()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count a request as under way."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._ended.set()

    async def quiet(self, within: float) -> None:
        """When no request is under way, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._under_way:
                    self._ended.clear()
                    await self._ended.wait()

    def enter(self, connection: "Connection") -> None:
        """Let a new connection in; where none leaves for it, it does not stay itself."""
        self._here.add(connection)
        self._begin(connection)
        while len(self._here) > self._limits.places:
            self._make_room()

    def hear(self, connection: "Connection", size: int) -> None:
        """Note that so many bytes of a request came in, perhaps the first ones after an earlier request."""
        stranger = self._strangers.get(connection) or self._begin(connection)
        if not stranger.is_answered:
            stranger.held += size
            self._held += size
        while self._held > self._limits.held:
            self._make_room()

    def show_page(self, connection: "Connection") -> None:
        """Have more patience with a stranger: now it is the app that takes its time."""
        if stranger := self._strangers.get(connection):
            stranger.timer.cancel()
            stranger.timer = self._timer(connection, self._limits.page)

    def answered(self, connection: "Connection") -> None:
        """Hold nothing more of a stranger's request: what still comes is read away."""
        if stranger := self._strangers.get(connection):
            self._held -= stranger.held
            stranger.held, stranger.is_answered = 0, True

    def trust(self, connection: "Connection") -> None:
        """Take a connection for Slack's, until its next request begins."""
        if stranger := self._strangers.pop(connection, None):
            stranger.timer.cancel()
            self._held -= stranger.held

    def leave(self, connection: "Connection") -> None:
        """Forget a connection."""
        self.trust(connection)
        self._here.discard(connection)

    def _begin(self, connection: "Connection") -> _Stranger:
        stranger = self._strangers[connection] = _Stranger(self._timer(connection, self._limits.wait))
        return stranger

    def _timer(self, connection: "Connection", seconds: float) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, self._end, connection, "late")

    def _make_room(self) -> None:
        self._end(next(iter(self._strangers)), "full")

    def _end(self, connection: "Connection", why: str) -> None:
        self.leave(connection)
        self._cut(why)
        connection.abort()


class Connection(web.RequestHandler):
    """One connection of a site, which tells its room what it does."""

    __slots__ = ("_refused", "room")

    def __init__(
        self,
        server: web.Server,
        room: SiteConnections,
        limits: ConnectionLimits,
        refused: Callable[[int], object],
    ) -> None:
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # none is written
            auto_decompress=False,  # the signature is over what was sent
            keepalive_timeout=limits.idle,
            lingering_time=limits.linger,
        )
        self.room, self._refused = room, refused

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, as long as there is room."""
        super().connection_made(transport)
        self.room.enter(self)

    def data_received(self, data: bytes) -> None:
        """Take what came in."""
        if data:  # aiohttp also calls this with nothing, to go on with what it has
            self.room.hear(self, len(data))
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        self.room.leave(self)
        super().connection_lost(exc)

    def abort(self) -> None:
        """Hang up at once, whatever was still to be sent."""
        if self.transport is not None:
            self.transport.abort()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is no HTTP without a log line: anyone can send any number of it."""
        self._refused(status)
        if status != 400:
            return super().handle_error(request, status, exc, message)
        response = web.Response(status=400, text="This is not HTTP.")
        response.force_close()
        return response

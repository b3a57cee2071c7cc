"""Socket Mode: one-use WebSocket addresses, up to ten connections, envelopes and their acknowledgements."""

import asyncio
import json
import random
import secrets
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from aiohttp import WSMsgType, web

from playground.foundation.wall import Wall
from playground.line.envelopes import ACK_SECONDS, Ack, Sending
from playground.workspace.messages import APP_ID

# docs.slack.dev/apis/events-api/using-socket-mode: ten connections, each for about an hour.
MOST_CONNECTIONS = 10
LIFETIME = 3_600


class Sockets:
    """The app's open connections. Each envelope goes to any one of them."""

    def __init__(self, on_change: Callable[[], None], wall: Wall) -> None:
        self._on_change = on_change
        self._wall = wall
        self._tickets: set[str] = set()
        self._open: dict[web.WebSocketResponse, asyncio.WriteTransport] = {}
        self._leaving: WeakSet[web.WebSocketResponse] = WeakSet()
        self._ending: set[asyncio.Task[None]] = set()
        self.ends_renewed = True  # a Slack that forgets to leaves it to the app
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Any]]] = {}

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def ticket(self) -> str:
        """A fresh ticket: the secret part of a WebSocket address that works once."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection for as long as it lasts."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized(text="invalid_ticket")
        self._tickets.remove(ticket)
        # Slack's clients take a connection without pings for dead.
        socket = web.WebSocketResponse(heartbeat=20, timeout=1)
        await socket.prepare(request)
        if self.count >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        if isinstance(request.transport, asyncio.WriteTransport):
            await self._hold(socket, request.transport)
        return socket

    async def send(self, envelope: Sending) -> Ack:
        """Send an envelope over one of the connections, and wait three seconds for its acknowledgement.

        Nothing is waited for on a connection that breaks; what was sent over one that was asked to come again
        may be acknowledged over the next.
        """
        if not self._open:
            return Ack("unreachable", status=0, reason="connection_failed")
        envelope_id = secrets.token_hex(16)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        # Slack promises no pattern, so none is offered: an app that relies on one is found out.
        socket = random.choice([each for each in self._open if each not in self._leaving] or list(self._open))
        self._waiting[envelope_id] = socket, answer
        try:
            async with self._wall.within(ACK_SECONDS):
                await socket.send_str(_frame(envelope_id, envelope))
                return Ack("acked", body=await answer)
        except TimeoutError:
            return Ack("timeout", status=0, reason="timeout")
        except ConnectionError:
            return Ack("unreachable", status=0, reason="connection_failed")
        finally:
            del self._waiting[envelope_id]

    async def drop(self) -> None:
        """Cut every connection without a word, as a broken network does."""
        for transport in list(self._open.values()):
            transport.abort()

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask each connection to come again, as Slack does at times; it ends when a newer one stands."""
        for socket in list(self._open):
            self._leaving.add(socket)
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
            )

    async def close(self) -> None:
        """Close every connection."""
        for socket in list(self._open):
            await socket.close()

    async def _hold(self, socket: web.WebSocketResponse, transport: asyncio.WriteTransport) -> None:
        await socket.send_json(_hello(self.count + 1))
        self._open[socket] = transport
        self._on_change()
        if self.ends_renewed and self._leaving:
            ending = asyncio.create_task(self._end(list(self._leaving)))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT or not self._receive(message.data):
                    break
        finally:
            del self._open[socket]
            for used, answer in self._waiting.values():
                if used is socket and socket not in self._leaving and not answer.done():
                    answer.set_exception(ConnectionResetError())
            self._on_change()

    async def _end(self, leaving: list[web.WebSocketResponse]) -> None:
        sent = [answer for used, answer in self._waiting.values() if used in leaving]
        if sent:
            await asyncio.wait(sent, timeout=ACK_SECONDS)
        for socket in leaving:
            await socket.close()

    def _receive(self, text: str) -> bool:
        """Hand an acknowledgement to whoever waits for it; return whether it was one."""
        try:
            ack = json.loads(text)
            waiting = self._waiting.get(ack["envelope_id"])
        except (ValueError, KeyError, TypeError):
            return False
        if waiting is not None and not waiting[1].done():
            waiting[1].set_result(ack.get("payload") or None)
        return True


def _hello(connections: int) -> dict[str, Any]:
    return {
        "type": "hello",
        "num_connections": connections,
        "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": LIFETIME},
        "connection_info": {"app_id": APP_ID},
    }


def _frame(envelope_id: str, envelope: Sending) -> str:
    frame: dict[str, Any] = {
        "envelope_id": envelope_id,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.kind != "events_api",
    }
    if envelope.kind == "events_api":
        frame |= {"retry_attempt": envelope.retry, "retry_reason": envelope.reason}
    return json.dumps(frame)

"""Slack's requests by WebSocket: no public address is needed. Slack's client reconnects by itself."""

import asyncio
from time import time

import structlog
from aiohttp import ClientWebSocketResponse, WSMessage, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.process.errors import MalformedPayload, SlackAway, SlackRefused, SlackSays, TokenRefused
from slackapp.transport import envelopes
from slackapp.transport.intake import Intake
from slackapp.workspaces.slack_calls import answered, part

log = structlog.get_logger()

APP_TOKEN_REFUSED = frozenset(["not_allowed_token_type", "missing_scope", "no_permission", "access_denied"])
PING_SECONDS = 3.0
ENVELOPE = '"envelope_id"'  # what asks for an answer has one
LULL_SECONDS = 1.0  # in which a moment is awaited when nothing is on its way
LAST_SECONDS = 2.0  # for what was received by then
OVERLAP_SECONDS = 15.0  # in which Slack ends a connection that it asked to be replaced
ENDED = frozenset([WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR])


async def ask_where(client: AsyncWebClient, app_token: str) -> str:
    """Where to connect with an app token; raise SlackRefused, or SlackAway."""
    try:
        answer = await answered(client.apps_connections_open(app_token=app_token))
    except SlackSays as error:
        if isinstance(error, TokenRefused) or error.code in APP_TOKEN_REFUSED:
            raise SlackRefused(
                f"Slack does not accept SLACK_APP_TOKEN ({error.code}): make one with connections:write "
                "in Basic Information, App-Level Tokens."
            ) from error
        raise SlackAway(error.code) from error
    return part(answer, "url", str)


class OverlappingClient(SocketModeClient):
    """Slack's client, which opens the next connection before the last one ends.

    Slack asks for a new one every few hours and sends over the old one meanwhile. The client as it comes
    closes the old one first: what Slack sends until the new one stands has nowhere to go then.
    """

    overlap = OVERLAP_SECONDS
    _ending: frozenset[asyncio.Task[None]] = frozenset()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Connect anew; where Slack asks for it (*force*), go on reading what stood until Slack ends it."""
        # Slack may ask twice at once: each renewal begins with what the one before it has left.
        async with self.connect_operation_lock:
            last, reader = self.current_session, self.message_receiver
            if force and last is not None and not last.closed and reader is not None:
                await self._renew(last, reader)
                return
        await super().connect_to_new_endpoint(force)

    async def _renew(self, last: ClientWebSocketResponse, reader: asyncio.Future[None]) -> None:
        self.wss_uri = await self.issue_new_wss_url()
        self.current_session = await self.aiohttp_client_session.ws_connect(
            self.wss_uri,
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=self.proxy,
            ssl=True if self.web_client.ssl is None else self.web_client.ssl,
        )
        self.last_ping_pong_time = None
        if self.current_session_monitor is not None:
            self.current_session_monitor.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        reader.cancel()
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        ending = asyncio.create_task(self._read_on(last, reader))
        self._ending = frozenset(it for it in self._ending if not it.done()) | {ending}

    async def close(self) -> None:
        """Hang up."""
        for ending in self._ending:
            ending.cancel()
        if self._ending:
            await asyncio.wait(self._ending)
        await super().close()  # type: ignore[no-untyped-call]

    async def _read_on(self, last: ClientWebSocketResponse, reader: asyncio.Future[None]) -> None:
        try:
            await asyncio.wait([reader])
            async with asyncio.timeout(self.overlap):
                while (message := await last.receive()).type not in ENDED:
                    if message.type is WSMsgType.PING:
                        await last.pong(message.data)
                    elif message.type is WSMsgType.TEXT and ENVELOPE in message.data:
                        await self.enqueue_message(message.data)
                        for listener in self.on_message_listeners:
                            await listener(message)
        except (TimeoutError, ConnectionError):
            pass  # what Slack still had to send over it is sent again
        finally:
            await last.close()


class Socket:
    """One connection to Slack. What was received is counted until it is answered, so that a stop can wait."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, intake: Intake) -> None:
        self.client = OverlappingClient(
            app_token, app.logger, web_client=web_client, ping_interval=PING_SECONDS
        )
        self.client.socket_mode_request_listeners.append(self.handle)
        self._intake = intake
        self._handling = self._waiting = 0
        self._changed = asyncio.Event()
        # Between the two a message waits in the client's queue.
        self.client.on_message_listeners.append(self._received)
        self.client.message_listeners.append(self._begun)

    async def open(self) -> None:
        """Connect, or raise SlackRefused when Slack does not take the app token."""
        # Asked for here once, since the client's own loop would ask for ever with a token that is wrong.
        try:
            self.client.wss_uri = await ask_where(self.client.web_client, self.client.app_token)
        except SlackAway as away:
            log.warning("slack away", why=away.code)
        await self.client.connect()  # type: ignore[no-untyped-call]

    @property
    def answering(self) -> int:
        """How many requests are being answered now."""
        return self._handling

    async def is_connected(self) -> bool:
        """Whether Slack can reach the app now."""
        return await self.client.is_connected()

    async def line(self) -> object:
        """The connection that stands now, or None."""
        return self.client.current_session if await self.is_connected() else None

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Answer one request, and count it while that lasts."""
        self._handling += 1
        try:
            await self._answer(client, req)
        finally:
            self._handling -= 1
            self._changed.set()

    async def _received(self, message: WSMessage) -> None:
        self._waiting += ENVELOPE in message.data

    async def _begun(self, _client: object, _message: object, raw: str | None) -> None:
        self._waiting -= ENVELOPE in (raw or "")
        self._changed.set()

    async def _answer(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Answer a payload of Slack's shape; of another one nothing is made, as of a refused HTTP request."""
        started = time()
        try:
            envelope = envelopes.checked(req.payload)
        except MalformedPayload:
            log.warning("malformed request")
            return
        response = await self._intake.answer(envelope, build_headers(req) or {})
        await send_async_response(client, req, response, started)

    async def close(self) -> None:
        """Finish what was received, then hang up; in a moment when nothing is on its way, if one comes."""
        if not await self._done(LULL_SECONDS):
            if self.client.message_receiver is not None:
                self.client.message_receiver.cancel()
            if not await self._done(LAST_SECONDS):
                log.warning("hung up while answering", requests=self._handling + self._waiting)
        await self.client.close()

    async def _done(self, within: float) -> bool:
        """Wait until all that was received is answered, and say whether it was."""
        try:
            async with asyncio.timeout(within):
                while self._handling + self._waiting:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True

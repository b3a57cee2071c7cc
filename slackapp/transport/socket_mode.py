"""Slack's requests by WebSocket: no public address is needed. Bolt's client reconnects by itself."""

import asyncio
from time import time

import structlog
from aiohttp import WSMessage
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.process.errors import MalformedPayload, SlackAway, SlackRefused
from slackapp.process.logs import slack_code
from slackapp.transport import envelopes
from slackapp.transport.intake import Intake
from slackapp.workspaces.slack_calls import AWAY, REFUSED

log = structlog.get_logger()

APP_TOKEN_REFUSED = frozenset(["not_allowed_token_type", "missing_scope", "no_permission", "access_denied"])
PING_SECONDS = 3.0
ENVELOPE = '"envelope_id"'  # what asks for an answer has one
LULL_SECONDS = 1.0  # in which a moment is awaited when nothing is on its way
LAST_SECONDS = 2.0  # for what was received by then


async def ask_where(client: AsyncWebClient, app_token: str) -> str:
    """Return where to connect with an app token; raise SlackRefused, or SlackAway."""
    try:
        answer = await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        code = slack_code(error)
        if code in REFUSED or code in APP_TOKEN_REFUSED:
            raise SlackRefused(
                f"Slack does not accept SLACK_APP_TOKEN ({code}): make one with connections:write "
                "in Basic Information, App-Level Tokens."
            ) from error
        raise SlackAway(code) from error
    except AWAY as error:
        raise SlackAway(type(error).__name__) from error
    return str(answer["url"])


class Socket(AsyncSocketModeHandler):
    """One connection to Slack. What was received is counted until it is answered, so that a stop can wait."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, intake: Intake) -> None:
        super().__init__(app, app_token, web_client=web_client, ping_interval=PING_SECONDS)
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
        """Return how many requests are being answered now."""
        return self._handling

    async def is_connected(self) -> bool:
        """Return whether Slack can reach the app now."""
        return await self.client.is_connected()

    async def line(self) -> object:
        """Return the connection that stands now, or None."""
        return self.client.current_session if await self.is_connected() else None

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
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

    async def _answer(self, client: SocketModeClient, req: SocketModeRequest) -> None:
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
        await self.client.close()  # type: ignore[no-untyped-call]

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

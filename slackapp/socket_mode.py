"""Slack's requests by WebSocket: no public address is needed. Bolt's client reconnects by itself."""

import asyncio
from time import time

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from slackapp import envelopes
from slackapp.errors import Malformed, SlackRefused
from slackapp.intake import Intake
from slackapp.logs import slack_code

log = structlog.get_logger()

PING_SECONDS = 3.0


class Socket(AsyncSocketModeHandler):
    """One connection to Slack. What is being answered is counted, so that a stop can wait for it."""

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, intake: Intake) -> None:
        super().__init__(app, app_token, web_client=web_client, ping_interval=PING_SECONDS)
        self._intake = intake
        self._handling = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def open(self) -> None:
        """Connect, or raise SlackRefused when Slack does not take the app token."""
        # Asked for here once, since the client's own loop would ask for ever with a token that is wrong.
        try:
            self.client.wss_uri = await self.client.issue_new_wss_url()
        except aiohttp.ClientError as error:
            log.warning("slack away", exc_info=error)
        except SlackApiError as error:
            if (code := slack_code(error)) in ("invalid_auth", "not_authed", "not_allowed_token_type"):
                raise SlackRefused(
                    f"Slack does not accept SLACK_APP_TOKEN ({code}): make one with connections:write "
                    "in Basic Information, App-Level Tokens."
                ) from error
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
        self._idle.clear()
        try:
            await self._answer(client, req)
        finally:
            self._handling -= 1
            if not self._handling:
                self._idle.set()

    async def _answer(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        """Answer a payload of Slack's shape; of another one nothing is made, as of a refused HTTP request."""
        started = time()
        try:
            envelope = envelopes.checked(req.payload)
        except Malformed:
            log.warning("malformed request")
            return
        response = await self._intake.answer(envelope, build_headers(req) or {})
        await send_async_response(client, req, response, started)

    async def close(self, within: float = 3.0) -> None:
        """Finish what is being answered, then hang up."""
        try:
            async with asyncio.timeout(within):
                await self._idle.wait()
        except TimeoutError:
            log.warning("hung up while answering", requests=self._handling)
        await self.client.close()  # type: ignore[no-untyped-call]

"""HTTP delivery: each request signed with the app's signing secret, as Slack signs it."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from playground.foundation.wall import Wall
from playground.line.envelopes import ACK_SECONDS, Ack, Sending

FORM = "application/x-www-form-urlencoded"


def signed(secret: str, body: str, timestamp: int) -> dict[str, str]:
    """Slack's two signature headers for *body*."""
    base = f"v0:{timestamp}:{body}"
    digest = hmac.new(secret.encode(), base.encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def encoded(envelope: Sending) -> tuple[str, str]:
    """The body of a delivery and its content type."""
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload), "application/json"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload), FORM
    return urlencode({"payload": json.dumps(envelope.payload)}), FORM


class SignedHttp:
    """Posts deliveries to the app's request URL. The session is opened at the first one."""

    def __init__(self, secret: str, wall: Wall) -> None:
        self._secret = secret
        self._wall = wall
        self._session: aiohttp.ClientSession | None = None

    def headers(self, envelope: Sending, body: str, content_type: str) -> dict[str, str]:
        """What Slack's request carries, retry headers included."""
        retry = {"X-Slack-Retry-Num": str(envelope.retry), "X-Slack-Retry-Reason": envelope.reason}
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            # Signed by the wall: a skipped clock must not make an honest request look like a replay.
            **signed(self._secret, body, int(time.time())),
            **(retry if envelope.retry else {}),
        }

    async def send(self, envelope: Sending, url: str) -> Ack:
        """Post an envelope, and wait three seconds for the answer."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        body, content_type = encoded(envelope)
        headers = self.headers(envelope, body, content_type)
        try:
            async with (
                self._wall.within(ACK_SECONDS),
                self._session.post(url, data=body, headers=headers, max_redirects=2) as response,
            ):
                return _ack(response, await response.text(), headers)
        except TimeoutError:
            return Ack("timeout", status=0, reason="http_timeout", headers=headers)
        except aiohttp.TooManyRedirects:
            return Ack("unreachable", status=0, reason="too_many_redirects", headers=headers)
        except aiohttp.ClientError:
            return Ack("unreachable", status=0, reason="connection_failed", headers=headers)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _ack(response: aiohttp.ClientResponse, text: str, sent: dict[str, str]) -> Ack:
    if response.status >= 300:
        final = response.headers.get("x-slack-no-retry") == "1"
        reason = "no_retry" if final else "http_error"
        return Ack("refused", response.status, text, reason, headers=sent)
    return Ack("acked", response.status, _parsed(text), headers=sent)


def _parsed(text: str) -> object:
    try:
        return json.loads(text) if text.strip() else None
    except ValueError:
        return text

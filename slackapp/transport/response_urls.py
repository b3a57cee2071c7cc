"""Where Slack lets an answer be sent later: its own addresses alone are followed, and lead nowhere else.

A `response_url` is part of what came in. Whoever could choose it could have the app call any machine that it
reaches, so what is not Slack's is taken out before a listener sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

log = structlog.get_logger()

HOOKS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")
SLACK = ("slack.com", "slack-gov.com")


@dataclass(frozen=True, slots=True)
class Respond:
    """What listeners find as `respond`: Bolt's own would follow redirects."""

    url: str
    session: aiohttp.ClientSession
    proxy: str | None

    async def __call__(
        self,
        text: str = "",
        blocks: Sequence[dict[str, Any]] | None = None,
        *,
        replace_original: bool | None = None,
    ) -> None:
        """Send an answer to the one who acted; raise aiohttp's ClientError where Slack does not take it."""
        optional = {"blocks": blocks, "replace_original": replace_original}
        message = {"text": text} | {name: value for name, value in optional.items() if value is not None}
        posting = self.session.post(self.url, json=message, proxy=self.proxy, allow_redirects=False)
        async with posting as answer:
            answer.raise_for_status()


class ResponseUrls:
    """The addresses that may be answered to: Slack's, and those of a stand-in that takes Slack's place."""

    def __init__(self, api_url: str, session: aiohttp.ClientSession, proxy: str | None = None) -> None:
        self._session, self._proxy = session, proxy
        self._beginnings = (*HOOKS, *_stand_in(api_url))

    def allow(self, url: str) -> bool:
        """Whether an address may be answered to.

        The beginnings hold scheme, host, port and the slash after them, so no parser can read another host.
        """
        return url.startswith(self._beginnings)

    def without_others(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A payload of Slack's shape, with the addresses in it that are Slack's."""
        kept = dict(payload)
        if not self.allow(kept.get("response_url", HOOKS[0])):
            del kept["response_url"]
        if "response_urls" in kept:
            kept["response_urls"] = [
                entry for entry in kept["response_urls"] if self.allow(entry["response_url"])
            ]
        if kept != payload:
            log.warning("response_url left out: it is not Slack's")
        return kept

    def respond(self, url: str) -> Respond:
        """The way to answer to an address that is allowed."""
        return Respond(url, self._session, self._proxy)


def _stand_in(api_url: str) -> tuple[str, ...]:
    parts = urlsplit(api_url)
    host = parts.hostname or ""
    is_slack = any(host == own or host.endswith(f".{own}") for own in SLACK)
    return () if is_slack else (f"{parts.scheme}://{parts.netloc}/",)

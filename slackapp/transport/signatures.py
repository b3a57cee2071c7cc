"""Slack's signature under a request: checked on the bytes that came in, before anything is made of them."""

import hmac
import re
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

TIMESTAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
WITHIN = 300  # seconds by which Slack lets a request be old
SECONDS = re.compile(r"[0-9]{1,12}")  # as Slack writes them: int() also takes "+1", " 1 ", "1_0" and "١٢"


class Signatures:
    """Tells Slack's requests from all others. *wall* is the real time."""

    def __init__(self, secret: str, wall: Callable[[], datetime]) -> None:
        self._key, self._wall = secret.encode(), wall

    def hold(self, request: web.BaseRequest, body: bytes) -> bool:
        """Whether Slack signed this body within the last five minutes. Never raises."""
        stamp, signature = _only(request, TIMESTAMP), _only(request, SIGNATURE)
        if not SECONDS.fullmatch(stamp) or abs(self._wall().timestamp() - int(stamp)) > WITHIN:
            return False
        expected = hmac.new(self._key, b"v0:%s:%s" % (stamp.encode(), body), "sha256").hexdigest()
        given = signature.encode("utf-8", "surrogateescape")
        return hmac.compare_digest(f"v0={expected}".encode(), given)


def _only(request: web.BaseRequest, name: str) -> str:
    """A header that stands there once; twice is as good as not at all."""
    values = request.headers.getall(name, [])
    return values[0] if len(values) == 1 else ""

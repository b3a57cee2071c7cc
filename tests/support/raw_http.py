"""Requests written byte by byte, for what no client library would send."""

import asyncio
import hashlib
import hmac
import re
import time
from collections.abc import Sequence

Header = tuple[str, str | bytes]


def now() -> str:
    """The time as Slack writes it."""
    return str(int(time.time()))


def signature(secret: str, stamp: str | bytes, body: bytes) -> str:
    """What Slack would sign a body with, whatever stands for the time."""
    seconds = stamp.encode() if isinstance(stamp, str) else stamp
    return "v0=" + hmac.new(secret.encode(), b"v0:%s:%s" % (seconds, body), hashlib.sha256).hexdigest()


def signed(secret: str, body: bytes, stamp: str | None = None) -> list[Header]:
    """The two headers of a request that Slack signed."""
    stamp = stamp or now()
    return [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", signature(secret, stamp, body))]


def request(
    method: str, path: str, headers: Sequence[Header], body: bytes = b"", *, chunked: bool = False
) -> bytes:
    """A whole request; its length, or its chunks, are told rightly."""
    framing: Header = ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(body)))
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: 127.0.0.1"]
    lines += [name.encode() + b": " + _bytes(value) for name, value in (*headers, framing)]
    chunk = b"%x\r\n%s\r\n" % (len(body), body) if body else b""
    sent = chunk + b"0\r\n\r\n" if chunked else body
    return b"\r\n".join(lines) + b"\r\n\r\n" + sent


async def send(port: int, sent: bytes) -> tuple[int, str]:
    """Send bytes and return status and text of the answer; status 0 where there is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        text = await reader.readexactly(int(length[1]) if length else 0)
        return int(head.split()[1]), text.decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return 0, ""
    finally:
        writer.close()


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()

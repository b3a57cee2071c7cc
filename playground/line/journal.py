"""What Slack and the app said to each other: the last 2,000 exchanges, tokens shortened."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Slack's tokens by their beginnings, and signatures.
TOKEN = re.compile(r"(xox[a-z]|xapp|v0=)[-\w.]+")
KEPT_HEADERS = ("authorization", "content-type", "user-agent", "retry-after")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One exchange. *sender* is `slack` or `app`; *kind* http, socket, web_api or response_url."""

    n: int
    at: datetime
    sender: str
    kind: str
    name: str
    summary: str
    status: int
    ms: float
    request: Any = None
    response: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    retry: int | None = None

    def payload(self) -> dict[str, Any]:
        """The entry as the page shows it, with tokens shortened."""
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "from": self.sender,
            "kind": self.kind,
            "name": self.name,
            "summary": self.summary,
            "headers": {key: shortened(value) for key, value in self.headers.items() if _kept(key)},
            "status": self.status,
            "ms": round(self.ms, 1),
            "retry": self.retry,
            "request": shortened(self.request),
            "response": shortened(self.response),
        }


class Journal:
    """A ring of exchanges, numbered from 1."""

    def __init__(self, now: Callable[[], datetime], size: int = 2_000) -> None:
        self._now = now
        self._entries: deque[LogEntry] = deque(maxlen=size)
        self.last = 0

    def write(self, sender: str, kind: str, name: str, summary: str = "", **facts: Any) -> LogEntry:
        """Add an exchange: status and ms are needed, the other fields of an entry as they apply."""
        self.last += 1
        entry = LogEntry(
            n=self.last, at=self._now(), sender=sender, kind=kind, name=name, summary=summary, **facts
        )
        self._entries.append(entry)
        return entry

    def after(self, number: int) -> list[LogEntry]:
        """The entries later than *number*, oldest first."""
        return [entry for entry in self._entries if entry.n > number]


def shortened(value: Any) -> Any:
    """*value* with every token cut to its first characters."""
    if isinstance(value, str):
        return TOKEN.sub(lambda match: match.group()[:9] + "…", value)
    if isinstance(value, Mapping):
        return {key: shortened(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [shortened(each) for each in value]
    return value


def _kept(header: str) -> bool:
    return header.lower() in KEPT_HEADERS or header.lower().startswith("x-slack-")

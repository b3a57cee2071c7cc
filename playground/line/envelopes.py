"""What goes from Slack to the app, and how the app answered. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["acked", "refused", "timeout", "unreachable"]
ACK_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Sending:
    """One delivery: *kind* in Slack's words for Socket Mode, and for events which retry it is and why."""

    kind: Literal["events_api", "slash_commands", "interactive"]
    payload: dict[str, Any]
    retry: int = 0
    reason: str = ""

    @property
    def name(self) -> str:
        """What the log calls it: the event's type, the command, or the interaction's type."""
        if self.kind == "events_api":
            return str(self.payload["event"]["type"])
        return str(self.payload.get("command") or self.payload["type"])


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer. *body* is JSON or text, None when empty; *reason* is Slack's word for a failure."""

    outcome: Outcome
    status: int = 200
    body: Any = None
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.outcome == "acked"

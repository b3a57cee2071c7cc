"""What the listeners are given besides the domain: a way to register, and which message shows what."""

from collections.abc import Awaitable, Callable
from re import Pattern
from typing import Any, Protocol, TypeAlias

Listener: TypeAlias = Callable[..., Awaitable[Any]]
Registrar: TypeAlias = Callable[[Listener], Listener | None]
Matched: TypeAlias = str | Pattern[str]


class App(Protocol):
    """The part of Bolt's AsyncApp on which listeners are registered."""

    def command(self, command: Matched, /) -> Registrar:
        """Register for a slash command."""

    def shortcut(self, constraints: Matched, /) -> Registrar:
        """Register for a global or message shortcut."""

    def action(self, constraints: Matched, /) -> Registrar:
        """Register for a button or a menu."""

    def options(self, constraints: Matched, /) -> Registrar:
        """Register for the choices of a type-ahead menu."""

    def view(self, constraints: Matched, /) -> Registrar:
        """Register for a submitted form."""

    def event(self, event: str, /) -> Registrar:
        """Register for an event."""

    def error(self, func: Listener, /) -> Listener:
        """Register what answers when a listener fails."""

    def middleware(self, *args: Listener) -> Listener | None:
        """Register what runs before every listener."""


class Shown(Protocol):
    """A card as it stands in Slack: *thing* is `<kind>:<id>`, *to* whoever sees it."""

    @property
    def thing(self) -> str:
        """What the card shows."""

    @property
    def to(self) -> str:
        """Whom it is shown to."""

    @property
    def ts(self) -> str:
        """Which message shows it now."""

    @property
    def state(self) -> str:
        """The state of the picture that it shows."""


class Notices(Protocol):
    """Which message shows which thing."""

    async def card_at(self, workspace: str, channel: str, ts: str, /) -> Shown | None:
        """The card that a message is, or None."""


class Response(Protocol):
    """What goes back to Slack over HTTP."""

    status: int
    body: str
    headers: dict[str, Any]

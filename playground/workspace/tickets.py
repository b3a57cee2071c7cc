"""What lives for a short while: trigger ids (3 seconds, one use) and response URLs (30 minutes, 5 uses)."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from playground.foundation.clock import PlaygroundClock
from playground.foundation.errors import SlackError
from playground.foundation.wall import Wall

# docs.slack.dev/interactivity/handling-user-interaction: what a trigger id and a response URL are good for.
TRIGGER_LIFE = 3.0
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    """Leave to open one view before *user*, until the wall says *ends*."""

    user: str
    ends: float
    spent: bool = False


class Triggers:
    """The trigger ids that were sent. They live by *wall*: skipping the clock does not end them."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        """A fresh trigger id for what *user* just did."""
        self._forget_old()
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, ends=self._wall.now() + TRIGGER_LIFE)
        return trigger_id

    def spend(self, trigger_id: str) -> str:
        """Use a trigger id up, and return whose it was."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.spent:
            raise SlackError("exchanged_trigger_id")
        if trigger.ends < self._wall.now():
            raise SlackError("expired_trigger_id")
        self._issued[trigger_id] = replace(trigger, spent=True)
        return trigger.user

    def _forget_old(self) -> None:
        """Keep the last twenty thousand: old ones are refused as invalid, not as expired."""
        while len(self._issued) > 20_000:
            self._issued.pop(next(iter(self._issued)))


@dataclass(frozen=True, slots=True)
class IssuedResponseUrl:
    """Where the app may answer what *user* did, and the message that an answer can replace."""

    conversation: str
    user: str
    ends: datetime
    original: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class IssuedResponseUrls:
    """The response URLs that were sent, by the last part of their path."""

    def __init__(self, clock: PlaygroundClock) -> None:
        self._clock = clock
        self._issued: dict[str, IssuedResponseUrl] = {}

    def issue(
        self, conversation: str, user: str, original: str | None = None, thread_ts: str | None = None
    ) -> str:
        """The key of a fresh response URL."""
        while len(self._issued) > 20_000:
            self._issued.pop(next(iter(self._issued)))
        key = secrets.token_urlsafe(18)
        ends = self._clock.now() + RESPONSE_LIFE
        self._issued[key] = IssuedResponseUrl(conversation, user, ends, original, thread_ts)
        return key

    def spend(self, key: str) -> IssuedResponseUrl:
        """Count one use; `used_url` after five, `expired_url` after 30 minutes."""
        found = self._issued.get(key)
        if found is None or found.ends < self._clock.now():
            raise SlackError("expired_url")
        if found.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        self._issued[key] = replace(found, uses=found.uses + 1)
        return found

    def shown(self, key: str, original: str) -> None:
        """Remember the message that the next answer can replace."""
        if found := self._issued.get(key):
            self._issued[key] = replace(found, original=original)

"""Whether people can be reached this moment, as Slack shows it."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from pydantic import AwareDatetime

from kernel.values import PersonId, Value

Seen = Literal["active", "away", "dnd", "unknown"]


class Available(Value):
    """How reachable a person is this moment; *until* is when do-not-disturb ends."""

    state: Seen = "unknown"
    until: AwareDatetime | None = None


UNKNOWN = Available()


class Presence(Protocol):
    """Whether people are reachable right now; a slow and limited source, so asked for the few best only."""

    async def look(self, ids: Sequence[PersonId]) -> Mapping[PersonId, Available]:
        """What is known of these people; those of whom nothing is known may be missing."""

"""Who is at their desk: Slack's presence and do-not-disturb, for the few best helpers only.

Answers are kept for a minute and calls are counted, because Slack allows few. Whatever is not known in time
is unknown: a ranking goes on without it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from kernel.presence import UNKNOWN, Available
from kernel.values import PersonId
from slackapp.process.errors import RateLimited, SlackSays
from slackapp.workspaces.slack_calls import ask

T = TypeVar("T")
log = structlog.get_logger()

KEPT = 4096
ASKED_AT_ONCE = 10
WITHIN = 1.0  # seconds that each of the two questions may take from a ranking


class SlackPresence:
    """Looks people up in one workspace. *budget* is how many calls may be made in a minute."""

    def __init__(
        self,
        client: AsyncWebClient,
        now: Callable[[], datetime],
        *,
        keep: timedelta = timedelta(minutes=1),
        budget: int = 40,
    ) -> None:
        self._client, self._now, self._keep, self._budget = client, now, keep, budget
        self._seen: dict[PersonId, tuple[datetime, Available]] = {}
        self._spent: list[datetime] = []
        self._closed_until = datetime.min.replace(tzinfo=UTC)

    async def look(self, ids: Sequence[PersonId]) -> Mapping[PersonId, Available]:
        """How reachable each person is; who could not be looked up in time is missing."""
        now = self._now()
        wanted = [id for id in ids[:ASKED_AT_ONCE] if self._stale(id, now)]
        if wanted and now >= self._closed_until:
            await self._refresh(wanted, now)
        return {id: self._seen[id][1] for id in ids if not self._stale(id, now)}

    def _stale(self, id: PersonId, now: datetime) -> bool:
        return id not in self._seen or not timedelta(0) <= now - self._seen[id][0] < self._keep

    async def _refresh(self, ids: Sequence[PersonId], now: datetime) -> None:
        if not self._affordable(1 + len(ids), now):
            return
        if len(self._seen) > KEPT:
            self._seen.clear()
        quiet, present = await asyncio.gather(
            self._in_time(self._quiet(ids, now), now),
            asyncio.gather(*(self._in_time(self._present(id), now) for id in ids)),
        )
        for id, state in zip(ids, present, strict=True):
            # Do-not-disturb counts for more than the green dot: who works through a pause still wants none.
            if known := (quiet or {}).get(id, state):
                self._seen[id] = (now, known)

    async def _in_time(self, asking: Awaitable[T], now: datetime) -> T | None:
        """What Slack says; None where it refuses or is slow, which takes nothing from what else it says."""
        try:
            async with asyncio.timeout(WITHIN):
                return await asking
        except (SlackSays, TimeoutError) as error:
            self._back_off(error, now)
            return None

    def _affordable(self, calls: int, now: datetime) -> bool:
        self._spent = [at for at in self._spent if now - timedelta(minutes=1) < at <= now]
        if len(self._spent) + calls > self._budget:
            return False
        self._spent += [now] * calls
        return True

    async def _quiet(self, ids: Sequence[PersonId], now: datetime) -> Mapping[PersonId, Available]:
        answer = await ask(self._client, "dnd.teamInfo", {"users": ",".join(ids)})
        told = answer.get("users") or {}
        return {PersonId(id): seen for id, facts in told.items() if (seen := _dnd(facts, now))}

    async def _present(self, id: PersonId) -> Available:
        answer = await ask(self._client, "users.getPresence", {"user": id})
        return Available(state="active" if answer.get("presence") == "active" else "away")

    def _back_off(self, error: Exception, now: datetime) -> None:
        after = error.after if isinstance(error, RateLimited) else 5.0
        self._closed_until = now + timedelta(seconds=after)
        log.info("presence unknown", why=str(error) or type(error).__name__)


class NoPresence:
    """Knows nothing of anyone: for commands that run without Slack."""

    async def look(self, ids: Sequence[PersonId]) -> Mapping[PersonId, Available]:
        """Everyone is unknown."""
        return dict.fromkeys(ids, UNKNOWN)


def _dnd(facts: Mapping[str, Any], now: datetime) -> Available | None:
    """Do-not-disturb with its end, when *now* is inside it."""
    start, end = facts.get("next_dnd_start_ts") or 0, facts.get("next_dnd_end_ts") or 0
    if not facts.get("dnd_enabled") or not start <= now.timestamp() < end:
        return None
    return Available(state="dnd", until=datetime.fromtimestamp(end, UTC))

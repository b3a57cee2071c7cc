"""The heartbeat, and the agenda's entries on their way to the domain.

APScheduler only beats: what is due, and whether it was done, is known to the agenda alone. So nothing is lost
on a restart, and a beat that comes late does the work of all that were missed.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from kernel.errors import LockedOut, NotFound, NotInstalled, Superseded, Undeclared, Unreadable
from kernel.features import check_done_by
from kernel.kinds import AgendaKind
from kernel.store import Due
from kernel.values import WorkspaceId
from slackapp.background.pump import Pump
from slackapp.process.errors import (
    LearnerFailed,
    NotShownYet,
    RateLimited,
    SlackAway,
    SlackSays,
    TokenRefused,
    UnknownKind,
)
from slackapp.workspaces.holding import held
from slackapp.workspaces.worker import Worker
from storage.connection.errors import StorageAway
from storage.connection.keys import ShardKeys

log = structlog.get_logger()

AT_ONCE = 16
AWAY_FOR = timedelta(minutes=1)
Own = Callable[[Due], Awaitable[None]]


def heartbeat(beat: Callable[[], Awaitable[object]], seconds: float = 1.0) -> AsyncIOScheduler:
    """A scheduler that beats until it is shut down: late beats become one, never two at a time."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        beat, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return scheduler


class Duties:
    """Performs what is due. *own* are the kinds that the program does itself: they need Slack or a process.

    Raise Undeclared where one of these is missing, or done by another function than its kind says.
    """

    def __init__(self, worker: Worker, own: Mapping[AgendaKind, Own]) -> None:
        self._worker = worker
        self._by_program: Mapping[str, Own] = {str(kind): do for kind, do in own.items()}
        self._features = worker.conversations.features
        self._kinds = {*own, *self._features.agenda}
        for kind, do in own.items():
            check_done_by(kind, do)
        if missing := self._features.by_program.keys() - own.keys():
            raise Undeclared(f"agenda entry {min(missing)}: nothing does it")
        self._agenda, self._clock = worker.stores.agenda, worker.clock
        self._in_hand: set[tuple[WorkspaceId, str]] = set()

    def pump(self) -> Pump[Due]:
        """The pump that performs the agenda."""
        return Pump("agenda", self.take, self.perform, self._agenda.wake, at_once=AT_ONCE)

    async def take(self, limit: int, shards: Sequence[ShardKeys]) -> Sequence[Due]:
        """What is due now and belongs to nobody yet.

        Work that the whole process was too slow to hold comes back as left lying: it is in hand still.
        """
        await self._agenda.tick(self._clock.now(), shards)
        taken = await self._agenda.take(self._worker.name, limit, shards)
        return [due for due in taken if _entry(due) not in self._in_hand]

    async def perform(self, due: Due) -> None:
        """Do one entry; one that fails comes back later, one that has become pointless is taken off.

        While Slack is away an entry waits, and is done within a minute of its return.
        """
        outcome = "done"
        self._in_hand.add(_entry(due))
        try:
            await self._do(due)
        except (Superseded, NotFound, NotInstalled) as error:
            outcome = type(error).__name__
            await self._agenda.done(due)
        except (RateLimited, SlackAway) as error:
            outcome = "waiting"
            log.warning("slack away", kind=due.kind, thing=due.thing, waits=due.waits, why=error.code)
            await self._agenda.wait(due, self._clock.now() + _pause(error), error.code)
        except NotShownYet as error:
            outcome = type(error).__name__
            log.info("not yet", kind=due.kind, thing=due.thing, why=error.code)
            await self._agenda.retry(due, self._clock.now(), error.code)
        except LockedOut as error:  # which the log has said once
            outcome = type(error).__name__
            await self._agenda.retry(due, self._clock.now(), outcome)
        except TokenRefused as error:  # the app was removed, or installed anew: look before the next try
            outcome = type(error).__name__
            self._worker.workspaces.forget(due.workspace)
            log.warning("token refused", kind=due.kind, workspace=due.workspace, why=error.code)
            await self._agenda.retry(due, self._clock.now(), error.code)
        except (Unreadable, UnknownKind) as error:
            outcome = type(error).__name__
            log.warning("left for a newer release", kind=due.kind, thing=due.thing, attempt=due.attempt)
            await self._agenda.retry(due, self._clock.now(), outcome)
        except StorageAway:
            raise
        except Exception as error:  # the outermost edge: the agenda tries again, then keeps a dead letter
            outcome = "failed"
            log.error("duty failed", kind=due.kind, thing=due.thing, attempt=due.attempt, exc_info=error)
            await self._agenda.retry(due, self._clock.now(), _code(error))
        finally:
            self._in_hand.discard(_entry(due))
            kind = due.kind if due.kind in self._kinds else "unknown"
            self._worker.metrics.duties.labels(kind, outcome).inc()

    async def _do(self, due: Due) -> None:
        if own := self._by_program.get(due.kind):
            # Slack may take longer than it is until another worker takes over what seems left lying.
            async with held(self._worker, due):
                await own(due)
            return
        place = await self._worker.workspaces.at(due.workspace)
        if not await self._features.perform(place.desk, due, self._clock.now()):
            raise UnknownKind(due.kind)


def _entry(due: Due) -> tuple[WorkspaceId, str]:
    return due.workspace, due.entry


def _pause(error: SlackSays) -> timedelta:
    """How long Slack is left alone: as long as it says, else a minute."""
    return timedelta(seconds=max(error.after, 1.0)) if isinstance(error, RateLimited) else AWAY_FOR


def _code(error: Exception) -> str:
    """What may be kept of an error: never its text, which may quote people."""
    return error.code if isinstance(error, SlackSays | LearnerFailed) else type(error).__name__

"""What people wrote while the app was away: looked for in open sessions and guided talks, heard in order.

Slack sends an event again for some minutes only. Whoever has one open that goes through the app is looked at
once it is back: what they wrote meanwhile takes the way of an event, so that what was heard already has no
effect. Where Slack lets nothing be read, both sides are told when the app was away.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

import structlog

from coaching.guide.talk import OPEN_GUIDED_TALKS, GuidedTalk
from kernel.errors import LockedOut, NotInstalled, Unreadable
from kernel.kinds import AgendaKind
from kernel.store import NONE, Changes, Due, Later, Show
from kernel.values import PersonId, WorkspaceId
from mentoring.model.session import AWAY, OPEN_SESSIONS, Session
from slackapp.background.pump import ended
from slackapp.process.errors import RateLimited, SlackAway, SlackSays
from slackapp.transport.envelopes import Envelope
from slackapp.transport.intake import Intake
from slackapp.workspaces import history
from slackapp.workspaces.slack_calls import ask
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place
from storage.connection.errors import StorageAway
from storage.queues.listening import Listened, listened, listens

log = structlog.get_logger()

CATCH_UP = AgendaKind("catch_up", "slackapp.background.catching_up.CatchingUp.perform")
MOST = 1_000  # people with a session or guided talk open, and messages of each
OVERLAP = timedelta(minutes=6)  # in which Slack may have tried in vain to bring what was written before
REMEMBERED = timedelta(hours=24)  # what was heard is known again for a little longer than this
Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which nothing may have been heard, and how old what is looked for may be."""

    oldest: datetime
    since: datetime
    until: datetime

    @classmethod
    def after(cls, known: Listened, now: datetime) -> Self:
        """The gap since the app last listened; nothing is older than the first time it did."""
        oldest = known.last - OVERLAP if now - known.last < REMEMBERED else known.last
        return cls(max(known.first, oldest), known.last, now)

    @classmethod
    def read(cls, text: str) -> Self:
        """A gap from how it is written."""
        return cls(*(datetime.fromisoformat(each) for each in text.split(" ")))

    def __str__(self) -> str:
        """The three moments."""
        return " ".join(each.isoformat() for each in (self.oldest, self.since, self.until))


class CatchingUp:
    """Notes that the app listens, sees when it did not, and looks for what was written meanwhile.

    *line* names the connection by which Slack reaches the app, or is None while there is none.
    """

    def __init__(self, worker: Worker, intake: Intake, line: Callable[[], Awaitable[object]]) -> None:
        self._worker, self._intake, self._line = worker, intake, line
        self._known: Listened | None = None

    @asynccontextmanager
    async def listening(
        self, workspaces: Callable[[], Awaitable[Iterable[WorkspaceId]]], seconds: float
    ) -> AsyncIterator[None]:
        """Look for what came before, and watch the line until the block ends."""
        self._known = await listened(self._worker.stores.wire)
        task = asyncio.create_task(self._watch(workspaces, seconds))
        try:
            yield
        finally:
            await ended([task])

    async def _watch(
        self, workspaces: Callable[[], Awaitable[Iterable[WorkspaceId]]], seconds: float
    ) -> None:
        before: object = None
        while True:
            with suppress(StorageAway):
                line = await self._line()
                if line is not None and line != before:
                    await self._look_back(await workspaces())
                if line is not None:
                    self._known = await listens(
                        self._worker.stores.wire, self._known, self._worker.clock.now()
                    )
                before = line
            await asyncio.sleep(seconds)

    async def _look_back(self, workspaces: Iterable[WorkspaceId]) -> None:
        """Plan a look at everybody who had one open while nothing was heard."""
        if self._known is None:
            return
        gap = Gap.after(self._known, self._worker.clock.now())
        for workspace in workspaces:
            with suppress(NotInstalled, LockedOut, Unreadable):
                place = await self._worker.workspaces.at(workspace)
                await plan(place, gap)

    async def perform(self, due: Due) -> None:
        """Look at what one person wrote; what is not taken is brought again later."""
        place, now = await self._worker.workspaces.at(due.workspace), self._worker.clock.now()
        person_id, _, span = due.thing.partition(" ")
        gap = Gap.read(span)
        try:
            missed = await self._missed(place, PersonId(person_id), gap)
        except (RateLimited, SlackAway):
            raise
        except SlackSays as error:
            log.warning("not caught up", workspace=due.workspace, why=error.code)
            return await _tell(place, due, PersonId(person_id), gap)
        for message in missed:
            answer = await self._intake.answer(_event(place, message), {})
            if answer.status != 200:
                await self._worker.stores.agenda.retry(due, now, f"answered_{answer.status}")
                return None
        await place.desk.store.commit(lambda _: (None, NONE), due=due)
        return None

    async def _missed(self, place: Place, person_id: PersonId, gap: Gap) -> list[dict[str, Any]]:
        """What a person wrote to the app since then, oldest first, in the open and in threads."""
        roots = await self._roots(place, person_id)
        found: dict[str, dict[str, Any]] = {}
        for channel in dict.fromkeys(channel for channel, _ in roots):
            found |= await _written(place, channel, gap.oldest)
        for channel, ts in roots:
            found |= await _written(place, channel, gap.oldest, ts)
        return [found[ts] for ts in sorted(found) if found[ts].get("user") == person_id]

    async def _roots(self, place: Place, person_id: PersonId) -> list[tuple[str, str]]:
        """Where the threads of a person's open sessions and guided talks begin: channel and ts."""
        notices, found = self._worker.stores.notices, []
        for talk in await open_talks(place, person_id):
            thing = talk.card_of(person_id) if isinstance(talk, Session) else talk.thing
            card = await notices.card(place.workspace, person_id, thing)
            if card is not None and card.ts:
                found.append((card.channel, card.ts))
        return found


async def plan(place: Place, gap: Gap) -> None:
    """Put a look at everybody with a session or guided talk open on the agenda."""
    store = place.desk.store
    relayed, guided = await store.ids("relayed", limit=MOST), await store.ids("guided", limit=MOST)
    sessions = await store.look(lambda read: read.all(Session, relayed))
    talks = await store.look(lambda read: read.all(GuidedTalk, guided))
    both = [person for session in sessions for person in (session.asker_id, session.helper_id)]
    people = dict.fromkeys([*both, *(talk.person_id for talk in talks)])
    later = [Later(CATCH_UP, f"{person_id} {gap}", gap.until) for person_id in people]
    await store.commit(lambda _: (None, Changes(later=later)))


async def open_talks(place: Place, person_id: PersonId) -> list[Session | GuidedTalk]:
    """The sessions and guided talks of a person in which the app is written to."""
    store = place.desk.store
    found, own = (
        await store.ids(OPEN_SESSIONS.of(person_id)),
        await store.ids(OPEN_GUIDED_TALKS.of(person_id)),
    )
    sessions = await store.look(lambda read: read.all(Session, found))
    talks = await store.look(lambda read: read.all(GuidedTalk, own))
    return [
        *(session for session in sessions if session.is_open and session.room == "relay"),
        *(talk for talk in talks if talk.is_open),
    ]


async def _written(
    place: Place, channel: str, oldest: datetime, thread_ts: str | None = None
) -> dict[str, dict[str, Any]]:
    """The messages of a conversation or thread by their ts, each as an event would bring it."""
    found: dict[str, dict[str, Any]] = {}
    messages = history.since(partial(ask, place.client), channel, oldest.timestamp(), thread_ts)
    async for message in messages:
        found[message["ts"]] = {**message, "channel": channel, "channel_type": "im"}
        if len(found) == MOST:
            break
    return found


def _event(place: Place, message: Message) -> Envelope:
    """A message as Slack would have sent it."""
    here = place.installation
    owner = {
        "team_id": None if here.is_enterprise else here.workspace,
        "enterprise_id": here.enterprise_id or (here.workspace if here.is_enterprise else None),
        "is_enterprise_install": here.is_enterprise,
    }
    granted = {**owner, "user_id": here.bot_user_id, "is_bot": True}
    id = f"missed-{message['channel']}-{message['ts']}"
    body = {**owner, "type": "event_callback", "event_id": id, "event": message, "authorizations": [granted]}
    return Envelope("event_callback", body)


async def _tell(place: Place, due: Due, person_id: PersonId, gap: Gap) -> None:
    """Tell a person, and whom they are in session with, when the app was away: words may be missing."""
    talks = await open_talks(place, person_id)
    others = [talk.other(person_id) for talk in talks if isinstance(talk, Session)]
    thing = AWAY.of(f"{int(gap.since.timestamp())}.{int(gap.until.timestamp())}")
    shows = [Show(thing, to=each) for each in dict.fromkeys([person_id, *others])]
    await place.desk.store.commit(lambda _: (None, Changes(show=shows)), due=due)

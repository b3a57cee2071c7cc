"""A workspace for the domain's tests: the real store, presence set by the test, an agenda that it runs."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import make

from coaching.aims import feature as aims_feature
from coaching.guide import feature as guide_feature
from coaching.guide import talks
from coaching.guide.engine import Guide
from coaching.guide.talk import TALK_TURN
from coaching.plans import feature as plans_feature
from coaching.sprints import feature as sprints_feature
from handlers.conversations import ALL
from kernel.desk import Desk, Experience
from kernel.errors import Superseded
from kernel.features import Features
from kernel.policy import Policy
from kernel.presence import Available
from kernel.store import Changes, Due
from kernel.topics import Catalogue
from kernel.values import Document, PersonId, WorkspaceId
from mentoring.features import MENTORING
from mentoring.model.load import Load
from mentoring.model.person import Person
from mentoring.requests.requests import file
from relationships.another_angle import feature as another_angle_feature
from relationships.answer_cards import feature as answer_cards_feature
from relationships.board import feature as board_feature
from relationships.circles import feature as circles_feature
from relationships.cohorts import feature as programmes_feature
from relationships.growth_plan import feature as growth_plan_feature
from relationships.hybrid import feature as hybrid_feature
from relationships.mentor_search import feature as mentor_search_feature
from relationships.mentorships import feature as mentorships_feature
from relationships.reverse_mentoring import feature as reverse_mentoring_feature
from relationships.second_opinions import feature as second_opinions_feature
from relationships.sponsorships import feature as sponsorships_feature
from storage import Roster, Stores
from storage.connection.keys import keys_of

D = TypeVar("D", bound=Document)
FEATURES = Features(MENTORING)
COACHING = Features(
    [guide_feature.FEATURE, sprints_feature.FEATURE, plans_feature.FEATURE, aims_feature.FEATURE]
)
RELATIONSHIPS = Features(
    [
        mentor_search_feature.FEATURE,
        mentorships_feature.FEATURE,
        growth_plan_feature.FEATURE,
        second_opinions_feature.FEATURE,
        sponsorships_feature.FEATURE,
        board_feature.FEATURE,
        another_angle_feature.FEATURE,
        answer_cards_feature.FEATURE,
        reverse_mentoring_feature.FEATURE,
        hybrid_feature.FEATURE,
        programmes_feature.FEATURE,
        circles_feature.FEATURE,
    ]
)


async def do_coaching(desk: Desk, due: Due, now: datetime, engine: Guide | None = None) -> bool:
    """Do what coaching has due, its talks led by *engine*; return False where it is nothing of coaching's."""
    if due.kind != TALK_TURN:
        return await COACHING.perform(desk, due, now)
    with suppress(Superseded):
        await talks.speak(desk, (engine or Guide()).at(desk, now), due.thing, now, due)
    return True


@dataclass
class Desks:
    """Presence as a test says it is; everyone else is unknown."""

    seen: dict[PersonId, Available] = field(default_factory=dict)
    asked: list[PersonId] = field(default_factory=list)

    async def look(self, ids: Sequence[PersonId]) -> Mapping[PersonId, Available]:
        self.asked += ids
        return {id: self.seen[id] for id in ids if id in self.seen}


@dataclass
class Office:
    """One workspace with the use cases' desk."""

    stores: Stores[Person, Load]
    workspace: WorkspaceId
    policy: Policy = make.POLICY
    topics: Catalogue = make.TOPICS
    presence: Desks = field(default_factory=Desks)
    experience: Experience | None = None

    @property
    def desk(self) -> Desk:
        """What every use case takes first."""
        store, directory = self.stores.of(self.workspace), self.stores.directory.of(self.workspace)
        known = ALL.features
        own = {"belongings": known.belongings, "ties": known.ties, "first_looks": known.first_looks}
        own |= {"separations": known.separations, "departures": known.departures}
        return Desk(store, self.topics, self.policy, directory, self.presence, self.experience, **own)

    async def put(self, *documents: Document) -> None:
        """Write documents as they are."""
        await self.desk.store.commit(lambda _: (None, Changes(put=documents)))

    async def get(self, type: type[D], id: str) -> D:
        """A document as it is now."""
        return await self.desk.store.look(lambda read: read.get(type, id))

    async def find(self, type: type[D], id: str) -> D | None:
        """A document as it is now, or None."""
        return await self.desk.store.look(lambda read: read.find(type, id))

    async def carried(self, id: PersonId) -> Load:
        """What a person carries."""
        return await self.find(Load, id) or Load(id=id)

    async def asked(self, *helpers: Person, now: datetime = make.NOW, **said: object) -> None:
        """Put these helpers there, file the request R1, and route it."""
        await self.put(make.person(), *helpers)
        await file(self.desk, make.ASKER, make.new_request(**said), make.R1, now)
        await self.run(now)

    async def run(self, now: datetime) -> list[str]:
        """Do everything that is due; return the kinds in order."""
        shards, done = [keys_of(self.workspace).shard], list[str]()
        while await self.stores.agenda.tick(now, shards):
            for due in await self.stores.agenda.take("office", shards=shards):
                done.append(due.kind)
                if not await FEATURES.perform(self.desk, due, now):
                    await self.stores.agenda.done(due)
        return done

    async def deliver(self) -> int:
        """Show every card that is behind in a message of its own; return how many there were."""
        notices, shown = self.stores.notices, 0
        while found := await notices.take("office", shards=[keys_of(self.workspace).shard]):
            for notice in found:
                lease = await notices.lease(notice)
                while lease:
                    shown += 1
                    ts = f"{uuid4().hex}.{notice.thing}"
                    facts = {
                        "channel": f"{'G' if ':' in notice.to else 'D'}{notice.to}",
                        "ts": ts,
                        "state": "",
                        "digest": "x",
                    }
                    lease = await notices.shown(lease, revision=lease.card.wanted, **facts)
        return shown

    async def keys(self) -> set[str]:
        """The names of the workspace's keys."""
        all = keys_of(self.workspace).everything
        return {key.removeprefix(all[:-1]) for key in await self.stores.wire.find(all)}

    async def reads(self) -> int:
        """How often documents were read so far, be it one or many at once."""
        stats = await self.stores.wire.call("INFO", "commandstats")
        return int(stats["cmdstat_mget"]["calls"])

    async def planned(self) -> dict[tuple[str, str], datetime]:
        """What stands on the agenda, and when."""
        return {
            (due.kind, due.thing): due.at for due in await self.stores.agenda.upcoming(self.workspace, 500)
        }

    async def times_shown(self, thing: str, to: str) -> int:
        """How often a thing was wanted on a card."""
        card = await self.stores.notices.card(self.workspace, to, thing)
        return card.wanted if card else 0


@asynccontextmanager
async def open_office(url: str, workspace: WorkspaceId, secret: str) -> AsyncIterator[Office]:
    """Open a workspace on a Redis until the block ends."""
    stores = await Stores.open(
        url, Roster(Person, Load, Person.as_helper, cards=ALL.features.cards), secret=secret, timeout=30
    )
    yield Office(stores, workspace)
    await stores.close()

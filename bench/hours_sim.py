"""Who is asked at night, and how soon does somebody say yes? A month of 40 people in nine zones, simulated.

    python bench/hours_sim.py

The app's own use cases run on a private Redis, step by step. Everyone works office hours in their own zone
and knows three of six topics; each asks about once in three working days. Who is asked answers after a while
at work (40 minutes in the mean): half say yes, 30 % not now, the others nothing. `in working hours` is the
default policy; `at any hour` is the same with *offers_outside_hours*. Both take some minutes.
"""

import asyncio
import heapq
import json
import random
import statistics
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from cryptography.fernet import Fernet

from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.features import Features
from kernel.policy import Policy
from kernel.store import Changes
from kernel.topics import Catalogue, Topic
from kernel.values import OfferId, PersonId, RequestId, SessionId, TopicId, WorkspaceId
from kernel.working_hours import OFFICE, add_working, is_open
from kernel.working_time import Span
from matching.values import Urgency
from mentoring.features import MENTORING
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest
from mentoring.model.offer import Offer, offer_id
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import WrapUp
from mentoring.requests.requests import file
from mentoring.routing.offers import accept, decline
from mentoring.sessions.sessions import wrap_up
from slackapp.workspaces.presence import NoPresence
from storage import Roster, Stores
from storage.connection.keys import keys_of
from storage.server.embedded import embedded

ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
)
TOPICS = tuple(TopicId(f"topic-{number}") for number in range(6))
CATALOGUE = Catalogue(tuple(Topic(id=id, label=id.title()) for id in TOPICS))
BEGIN, DAYS, PEOPLE = datetime(2026, 11, 2, tzinfo=UTC), 28, 40
ASKS_A_DAY, YES, NO, ANSWERS_AFTER = 1 / 3, 0.5, 0.3, 40
POLICIES = {
    "in working hours": Policy(),
    "at any hour": Policy(offers_outside_hours=True),
}
FEATURES = Features(MENTORING)
Step = Callable[[datetime], Awaitable[None]]


@dataclass
class Month:
    """One workspace whose month goes by under a policy; the same draws lead it under each."""

    stores: Stores[Person, Load]
    workspace: WorkspaceId
    policy: Policy
    draw: random.Random = field(default_factory=lambda: random.Random(7))
    asks: dict[RequestId, datetime] = field(default_factory=dict)
    offers: dict[OfferId, bool] = field(default_factory=dict)
    waits: dict[RequestId, float] = field(default_factory=dict)
    steps: list[tuple[datetime, int, Step]] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """What the use cases work with."""
        store, directory = self.stores.of(self.workspace), self.stores.directory.of(self.workspace)
        return Desk(store, CATALOGUE, self.policy, directory, NoPresence())

    async def live(self) -> dict[str, float]:
        """Let the month go by, and return its figures."""
        people = list(self._people())
        await self.desk.store.commit(lambda _: (None, Changes(put=people)))
        for person in people:
            for number, at in enumerate(self._asking(person)):
                self._later(at, partial(self._ask, person, number))
        while self.steps:
            await self._go_on()
        waits = [self.waits.get(id, float("inf")) for id in self.asks]
        return {
            "asks": len(self.asks),
            "offers": len(self.offers),
            "outside": round(sum(not offer for offer in self.offers.values()) / len(self.offers), 3),
            "answered with yes": round(len(self.waits) / len(self.asks), 3),
            "median h to yes": round(statistics.median_low(waits), 2),
        }

    async def _go_on(self) -> None:
        """Do the next thing that somebody does, after all that is on the agenda before it."""
        at, _, step = heapq.heappop(self.steps)
        upcoming = await self.stores.agenda.upcoming(self.workspace, 1)
        if upcoming and upcoming[0].at <= at:
            self._later(at, step)
            await self._due(max(upcoming[0].at, BEGIN))
        else:
            await step(at)
            await self._due(at)
            await self._look(at)

    async def _due(self, now: datetime) -> None:
        shards = [keys_of(self.workspace).shard]
        while await self.stores.agenda.tick(now, shards):
            for due in await self.stores.agenda.take("bench", shards=shards):
                if not await FEATURES.perform(self.desk, due, now):
                    await self.stores.agenda.done(due)
        await self._look(now)

    async def _look(self, now: datetime) -> None:
        """Have everyone who was just asked answer some time."""
        ids = [id for id in self.asks if id not in self.waits]
        requests = await self.desk.store.look(lambda read: read.all(Request, ids))
        for request in requests:
            for approach in request.asked:
                id = offer_id(request.id, approach.helper_id)
                if id not in self.offers:
                    await self._asked(id, approach.helper_id, now)

    async def _asked(self, id: OfferId, helper_id: PersonId, now: datetime) -> None:
        helper = await self.desk.get(Person, helper_id)
        self.offers[id] = is_open(helper.hours, helper.zone, now)
        chance = random.Random(id)
        minutes = 1 + min(int(chance.expovariate(1 / ANSWERS_AFTER)), 400)
        says, at = (
            chance.random(),
            add_working(helper.hours, helper.zone, now, Span.parse(f"{minutes}m")),
        )
        if says < YES + NO and at:
            self._later(at, partial(self._answer, id, helper_id, says < YES))

    async def _answer(self, id: OfferId, me: PersonId, is_yes: bool, now: datetime) -> None:
        offer = await self.desk.get(Offer, id)
        with suppress(Refusal):
            if not is_yes:
                await decline(self.desk, id, me, now)
                return
            talk = await accept(self.desk, id, me, now)
            self.waits[offer.request_id] = (now - self.asks[offer.request_id]) / timedelta(hours=1)
            self._later(now + timedelta(minutes=25), partial(self._end, talk.id, offer.asker_id))

    async def _end(self, talk: SessionId, me: PersonId, now: datetime) -> None:
        await wrap_up(self.desk, talk, me, WrapUp(minutes=25), now)

    async def _ask(self, person: Person, number: int, now: datetime) -> None:
        id = RequestId(f"R{person.id}-{number}")
        chance = random.Random(id)
        urgency = chance.choices(list(Urgency), (1, 6, 3))[0]
        new = NewRequest(question=f"How, {id}?", topics=(chance.choice(TOPICS),), urgency=urgency)
        with suppress(Refusal):
            await file(self.desk, person.id, new, id, now)
            self.asks[id] = now

    def _people(self) -> Iterator[Person]:
        for number in range(PEOPLE):
            knows = {topic: self.draw.randint(1, 3) for topic in self.draw.sample(TOPICS, 3)}
            yield Person(
                id=PersonId(f"U{number}"),
                standing="active",
                zone=ZONES[number % len(ZONES)],
                level=self.draw.randint(2, 5),
                topics=knows,
                enrolled_at=BEGIN,
                seen_at=BEGIN,
            )

    def _asking(self, person: Person) -> Iterator[datetime]:
        """Yield when somebody asks: at work."""
        for day in range(DAYS):
            at = BEGIN + timedelta(days=day, minutes=self.draw.randrange(1440))
            if self.draw.random() < 3 * ASKS_A_DAY and is_open(OFFICE, person.zone, at):
                yield at

    def _later(self, at: datetime, step: Step) -> None:
        if at < BEGIN + timedelta(days=DAYS + 7):
            heapq.heappush(self.steps, (at, len(self.steps) + self.draw.getrandbits(32), step))


async def main() -> None:
    """Print the figures of each policy."""
    roster = Roster(Person, Load, Person.as_helper)
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            stores = await Stores.open(url, roster, secret=Fernet.generate_key().decode(), timeout=30)
            for number, (name, policy) in enumerate(POLICIES.items()):
                month = Month(stores, WorkspaceId(f"BENCH{number}"), policy)
                print(name, json.dumps(await month.live()), flush=True)
            await stores.close()


if __name__ == "__main__":
    asyncio.run(main())

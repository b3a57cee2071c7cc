"""What Redis keeps of a request once its time is over: `python bench/retention.py`.

On the private server. Each request is asked, offered to a helper and taken; one in ten is declined first. The
talk is held, both give feedback, and whether advice was used is asked and answered. Every card is shown. Then
`retention.request_days` pass. Memory is `used_memory` of Redis; the first requests are not counted, since
they make what all share (people, lists, streams, scripts). There are so many people that nobody is sent more
in a week than comes unasked.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from command_line import print_figures
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from kernel.desk import Desk
from kernel.features import Features
from kernel.policy import Policy
from kernel.presence import Available
from kernel.store import Changes
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId, RequestId, SessionId, TopicId, WorkspaceId
from mentoring.features import MENTORING
from mentoring.model.check import check_id
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest
from mentoring.model.offer import offer_id
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import WrapUp
from mentoring.requests.requests import file
from mentoring.routing.offers import accept, decline
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check
from mentoring.sessions.sessions import wrap_up
from storage import Roster, Stores
from storage.connection.keys import keys_of
from storage.documents.tidying import tidy
from storage.server.embedded import embedded

FEATURES = Features(MENTORING)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE, PYTHON = WorkspaceId("BENCH"), TopicId("python")
FIRST, PEOPLE, YEAR_LATER = 250, 250, timedelta(weeks=60)
OPEN = Policy(weekly_minutes=600, open_sessions=10, open_offers=10)


class Everyone:
    """Nobody is known to be away."""

    async def look(self, ids: Sequence[PersonId]) -> Mapping[PersonId, Available]:
        """Nothing: nobody was looked up."""
        return {}


@dataclass
class Lives:
    """A workspace whose time goes by."""

    stores: Stores[Person, Load]
    people: int
    now: datetime = NOW

    @property
    def desk(self) -> Desk:
        """What the use cases work with."""
        topics = Catalogue((Topic(id=PYTHON, label="Python"),))
        store, directory = self.stores.of(HERE), self.stores.directory.of(HERE)
        return Desk(store, topics, OPEN, directory, Everyone())

    async def until(self, moment: datetime) -> None:
        """Do what falls due by then, as late as that, and show what is to be shown."""
        self.now = moment
        shards = [keys_of(HERE).shard]
        await self.stores.agenda.tick(self.now, shards)
        while found := await self.stores.agenda.take("bench", shards=shards):
            for due in found:
                if not await FEATURES.perform(self.desk, due, self.now):
                    await self.stores.agenda.done(due)
            await self.stores.agenda.tick(self.now, shards)
        await self.show()

    async def show(self) -> None:
        """Deliver every card that is behind, in a message of its own."""
        notices = self.stores.notices
        while found := await notices.take("bench", shards=[keys_of(HERE).shard]):
            for notice in found:
                lease = await notices.lease(notice)
                while lease:
                    ts = f"17644{lease.token:>05}.{lease.card.wanted:06}"
                    kind = "G" if notice.to.startswith("room:") else "D"
                    facts = {"channel": kind + notice.to, "ts": ts, "state": "open", "digest": "0" * 24}
                    lease = await notices.shown(lease, revision=lease.card.wanted, **facts)

    async def a_year(self) -> None:
        """Let time go by until all is forgotten, with the tidying that comes once a day."""
        await self.until(self.now + YEAR_LATER)
        await tidy(self.stores.wire, self.stores.owners, datetime.now(UTC) + YEAR_LATER)

    async def go_through(self, numbers: range) -> None:
        """Let requests go their way: asked and talked about on one morning, answered for some days later."""
        talks = [await self.ask(number) for number in numbers]
        await self.until(self.now + timedelta(hours=2))
        for talk, asker, helper in talks:
            for person in (asker, helper):
                await answer(self.desk, feedback_id(talk, person), person, Answer(helped="yes"), self.now)
        await self.until(self.now + timedelta(days=7))
        for talk, asker, _ in talks:
            await answer_check(self.desk, check_id(talk, "d7"), asker, "used", self.now)
        await self.until(self.now)

    async def ask(self, number: int) -> tuple[SessionId, PersonId, PersonId]:
        """Ask and talk; return the talk and its two."""
        asker, id = PersonId(f"U0ASKER{number % self.people}"), RequestId(f"{number:032x}")
        question = f"How do I find out why query {number} is slow, and what can be done about it?"
        await file(self.desk, asker, NewRequest(question=question, topics=(PYTHON,)), id, self.now)
        await self.until(self.now)
        if number % 10 == 0:
            await decline(self.desk, offer_id(id, await self.asked(id)), await self.asked(id), self.now)
            await self.until(self.now)
        helper = await self.asked(id)
        talk = await accept(self.desk, offer_id(id, helper), helper, self.now)
        await wrap_up(self.desk, talk.id, asker, WrapUp(minutes=10), self.now)
        return talk.id, asker, helper

    async def asked(self, id: RequestId) -> PersonId:
        """Who is asked now."""
        request = await self.desk.store.look(lambda read: read.get(Request, id))
        return request.asked[-1].helper_id


async def used(raw: Redis) -> int:
    """The bytes that Redis uses for its data."""
    facts = await raw.info("memory")
    return int(facts["used_memory"])


def everyone(people: int) -> list[Person]:
    """So many who ask, and as many who help."""
    facts = {"standing": "active", "seen_at": NOW, "minutes_per_week": 600}
    helps = {"topics": {PYTHON: 3}, "enrolled_at": NOW}
    askers = [Person(id=PersonId(f"U0ASKER{number}"), **facts) for number in range(people)]
    return [
        *askers,
        *(Person(id=PersonId(f"U0HELPER{number}"), **facts, **helps) for number in range(people)),
    ]


async def measure(count: int, first: int = FIRST, people: int = PEOPLE) -> dict[str, float | int]:
    """The figures of one run over so many requests."""
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url, Redis.from_url(url) as raw:
            roster = Roster(Person, Load, Person.as_helper)
            stores = await Stores.open(url, roster, secret=Fernet.generate_key().decode(), timeout=30)
            lives = Lives(stores, people)
            await lives.desk.store.commit(lambda _: (None, Changes(put=everyone(people))))
            await lives.go_through(range(first))
            await lives.a_year()
            before, keys_before = await used(raw), await raw.dbsize()
            await lives.go_through(range(first, first + count))
            full, keys_full = await used(raw), await raw.dbsize()
            await lives.a_year()
            after, keys_after = await used(raw), await raw.dbsize()
            await stores.close()
    return {
        "requests": count,
        "bytes_per_request_before_its_end": round((full - before) / count),
        "keys_per_request_before_its_end": round((keys_full - keys_before) / count, 1),
        "bytes_per_request_after": round((after - before) / count),
        "keys_left": keys_after - keys_before,
    }


if __name__ == "__main__":
    print_figures(
        __doc__,
        measure,
        requests=(1000, "how many requests are counted"),
        first=(FIRST, "how many are not counted, before them"),
        people=(PEOPLE, "how many ask, and as many help"),
    )

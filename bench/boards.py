"""How often is there an empty seat to bring up, and what comes of it? Half a year of 32 people, simulated.

    python bench/boards.py

The app's own use cases run on a private Redis, day by day. Everyone asks once in twelve days, three times in
four somebody of their own team; half open their board on the first day. **These people are assumed**, and so
is what a prompt does to them: WILLING of them ask for what it names, as many say not now, the rest do
nothing, and who is asked answers with a chance of one half. What is measured: how often a prompt comes,
whether the app finds somebody from another team to ask, and how many voices the boards are at the end.
`without prompts` is the same half-year with `ask_every_days: 0`. It takes some minutes.
"""

import asyncio
import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from coaching.insights.measures import hill_number
from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.policy import Policy
from kernel.store import Changes
from kernel.topics import Catalogue, Topic
from kernel.values import Document, PersonId, RequestId, SessionId, TopicId, WorkspaceId
from kernel.working_hours import parse_hours
from matching.values import Lane, Urgency
from mentoring.model.load import Load
from mentoring.model.new_request import NewRequest
from mentoring.model.offer import offer_id
from mentoring.model.person import Person
from mentoring.model.request import Approach, Request, Wish
from mentoring.model.session import Session, WrapUp
from mentoring.requests.requests import file
from mentoring.routing.offers import accept
from mentoring.sessions.sessions import wrap_up
from relationships.board import boards
from relationships.board.board import Board, BoardRules, Gap
from relationships.mentor_search import wishes
from relationships.second_opinions import second_opinions, views
from relationships.second_opinions.second_opinion import SecondOpinion
from relationships.second_opinions.second_opinions import NewSecondOpinion
from slackapp.workspaces.presence import NoPresence
from storage import Roster, Stores
from storage.connection.keys import keys_of
from storage.server.embedded import embedded

PEOPLE, TEAM, DAYS, BEFORE = 32, 4, 182, 182
BEGIN, DAY = datetime(2026, 1, 5, 10, tzinfo=UTC), timedelta(days=1)
ASKS_A_DAY, OWN_TEAM, WILLING, ANSWERS = 1 / 12, 0.75, 0.3, 0.5
TOPICS = tuple(TopicId(f"topic-{number}") for number in range(6))
CATALOGUE = Catalogue(tuple(Topic(id=id, label=id.title()) for id in TOPICS))
LANES: dict[Gap, Wish] = {"advice": "senior", "reverse": "reverse", "craft": "any", "peer_coach": "peer"}


@dataclass
class HalfYear:
    """One workspace whose half-year goes by; the same draws lead it with prompts and without."""

    stores: Stores[Person, Load]
    workspace: WorkspaceId
    policy: Policy
    draw: random.Random = field(default_factory=lambda: random.Random(5))
    willing: random.Random = field(default_factory=lambda: random.Random(6))
    people: dict[PersonId, Person] = field(default_factory=dict)
    seen: Counter[PersonId] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def desk(self) -> Desk:
        """What the use cases work with."""
        store, directory = self.stores.of(self.workspace), self.stores.directory.of(self.workspace)
        return Desk(store, CATALOGUE, self.policy, directory, NoPresence(), ties=ALL.features.ties)

    async def live(self) -> dict[str, float]:
        """Let the half-year go by, and return its figures."""
        self.people = {each.id: each for each in self._everyone()}
        past = [talk for day in range(-BEFORE, 0) for talk in self._talks(BEGIN + day * DAY)]
        await self.desk.store.commit(lambda _: (None, Changes(put=[*self.people.values(), *past])))
        owners = list(self.people)[::2]
        for me in owners:
            await boards.open_board(self.desk, me, BEGIN)
        first = await self._voices(owners, BEGIN)
        for number in range(1, DAYS):
            now = BEGIN + number * DAY
            talks = list(self._talks(now))
            await self.desk.store.commit(lambda _, put=talks: (None, Changes(put=put)))
            await self._due(now)
            for me in owners:
                await self._heed(me, now)
        last = await self._voices(owners, BEGIN + DAYS * DAY)
        return {**self.counts, "voices at first": first, "voices at the end": last}

    async def _voices(self, owners: list[PersonId], now: datetime) -> float:
        """The median of the effective number of teams."""
        looks = [await boards.look(self.desk, me, now) for me in owners]
        teams = [Counter(member.arenas["team"] for member in look.there) for look in looks]
        return round(statistics.median(hill_number(team.values()) for team in teams), 2)

    async def _heed(self, me: PersonId, now: datetime) -> None:
        """Do something about a prompt that is new, or nothing."""
        board = await self.desk.get(Board, me)
        if board.prompt is None or board.prompt.number == self.seen[me]:
            return
        self.seen[me] = board.prompt.number
        self.counts["prompts"] += 1
        self.counts[f"about {board.prompt.gap}"] += 1
        mood = self.willing.random()
        if mood < 2 * WILLING:
            await boards.answer(self.desk, me, board.prompt.number, now, taken=mood < WILLING)
        if mood < WILLING:
            with suppress(Refusal):
                await self._ask(me, board.prompt.gap, f"{me}-{board.prompt.number}", now)
                self.counts["asks that came of them"] += 1

    async def _ask(self, me: PersonId, gap: Gap, id: str, now: datetime) -> None:
        topic = self.willing.choice(TOPICS)
        if gap == "role_model":
            await wishes.wish(self.desk, me, now, id=id, wants="Learn from somebody", topics=(topic,))
        elif gap == "arena":
            await second_opinions.ask(
                self.desk, me, NewSecondOpinion(question="Which?", topics=(topic,)), id, now
            )
            await self._due(now)
            await self._views(me, id, now)
        else:
            new = NewRequest(question="How?", topics=(topic,), urgency=Urgency.TODAY, lane=LANES[gap])
            await file(self.desk, me, new, RequestId(id), now)
            await self._due(now)
            await self._helped(me, RequestId(id), now)

    async def _views(self, me: PersonId, id: str, now: datetime) -> None:
        seats = (await self.desk.get(SecondOpinion, id)).waiting
        self._found(me, [each.person_id for each in seats])
        for seat in seats:
            if self.willing.random() < ANSWERS:
                await views.answer(self.desk, id, seat.person_id, now, text="This one.")
                self.counts["answers to them"] += 1

    async def _helped(self, me: PersonId, id: RequestId, now: datetime) -> None:
        asked = [approach.helper_id for approach in (await self.desk.get(Request, id)).asked]
        self._found(me, asked)
        if asked and self.willing.random() < ANSWERS:
            talk = await accept(self.desk, offer_id(id, asked[0]), asked[0], now)
            await wrap_up(self.desk, talk.id, me, WrapUp(minutes=25), now)
            self.counts["answers to them"] += 1

    def _found(self, me: PersonId, asked: list[PersonId]) -> None:
        self.counts["asks that reached another team"] += any(
            self.people[helper_id].team != self.people[me].team for helper_id in asked
        )

    async def _due(self, now: datetime) -> None:
        shards = [keys_of(self.workspace).shard]
        while await self.stores.agenda.tick(now, shards):
            for due in await self.stores.agenda.take("bench", shards=shards):
                if not await ALL.features.perform(self.desk, due, now):
                    await self.stores.agenda.done(due)

    def _everyone(self) -> Iterator[Person]:
        for number in range(PEOPLE):
            team = number // TEAM
            yield Person(
                id=PersonId(f"U{number:03}"),
                standing="active",
                hours=parse_hours("always"),
                level=self.draw.randint(2, 6),
                topics={topic: self.draw.randint(1, 3) for topic in self.draw.sample(TOPICS, 3)},
                team=f"Team {team}",
                function=f"Function {team // 4}",
                site=f"Site {team % 2}",
                enrolled_at=BEGIN,
                seen_at=BEGIN,
            )

    def _talks(self, at: datetime) -> Iterator[Document]:
        """Yield the talks of a day by habit."""
        for me, person in self.people.items():
            if self.draw.random() < ASKS_A_DAY:
                is_own = self.draw.random() < OWN_TEAM
                others = [
                    other
                    for other in self.people.values()
                    if (other.team == person.team) == is_own and other.id != me
                ]
                yield from _talk(person, self.draw.choice(others), at)


def _talk(me: Person, helper: Person, at: datetime) -> Iterator[Document]:
    apart = helper.level - me.level
    lane = Lane.SENIOR if apart >= 2 else Lane.REVERSE if apart < -1 else Lane.PEER
    id = RequestId(f"T{me.id}{at:%j%y}")
    talk, over = SessionId(offer_id(id, helper.id)), at + timedelta(minutes=25)
    yield Request(
        id=id,
        asker_id=me.id,
        question="How?",
        tried="This and that.",
        topics=(TOPICS[0],),
        asked_at=at,
        needed_by=over,
        state="resolved",
        asked=(Approach(helper_id=helper.id, lane=lane, offered_at=at, wave=1),),
        helper_id=helper.id,
        session_id=talk,
        accepted_at=at,
        ended_at=over,
    )
    yield Session(
        id=talk,
        request_id=id,
        asker_id=me.id,
        helper_id=helper.id,
        lane=lane,
        minutes=25,
        began_at=at,
        ends_at=over,
        state="wrapped",
        ended_at=over,
    )


async def main() -> None:
    """Print the figures with prompts and without."""
    roster = Roster(Person, Load, Person.as_helper, cards=ALL.features.cards)
    policies = {"with prompts": BoardRules(), "without prompts": BoardRules(ask_every_days=0)}
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            stores = await Stores.open(url, roster, secret=Fernet.generate_key().decode(), timeout=30)
            for number, (name, rules) in enumerate(policies.items()):
                policy = ALL.features.policy(board=rules)
                print(name, await HalfYear(stores, WorkspaceId(f"BENCH{number}"), policy).live(), flush=True)
            await stores.close()


if __name__ == "__main__":
    asyncio.run(main())

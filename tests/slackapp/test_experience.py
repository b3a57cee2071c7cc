"""What was learned is used: by rankings, by topics, up to date, and not at all where admins say so."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import make
from make import ADA, BEN, CY, DAY, DEE, HOUR, MINUTE, NOW, PYTHON, SQL
from make_past import past_talk
from office import Office

from kernel.desk import Desk
from kernel.policy import LearningRules, Policy
from kernel.store import Key
from kernel.values import WorkspaceId
from matching.learning.learned import Learned
from matching.learning.memory import Memory
from matching.ranking.priors import DECLARED
from matching.topics.tagging import sure
from matching.values import Match, ReasonKind
from mentoring.learning.retraining import keep, packed, skip
from mentoring.learning.training import study
from mentoring.model.learned import LEARNING, Learning
from mentoring.routing.shortlist import shortlist
from slackapp.workspaces.experience import Experiences, LearnedExperience
from storage import RedisStore

BEGAN = NOW - 100 * DAY


async def lived(office: Office, talks: int = 30) -> None:
    """Have Ben help so often, a day apart, and let this process hold experience."""
    office.experience = LearnedExperience()
    office.policy = Policy(learning=LearningRules(explore=0))
    await office.put(make.person(), make.helper(ADA), make.helper(BEN, {PYTHON: 1}), make.helper(CY))
    for number in range(talks):
        await office.put(*past_talk(f"R-{number}", BEGAN + number * DAY, BEN))


async def learn(office: Office, now: datetime = NOW) -> Learning:
    found = await study(office.desk, Memory(), now)
    return await keep(office.desk, found, packed(found), now)


async def listed(office: Office, now: datetime = NOW) -> list[Match]:
    return list((await shortlist(office.desk, make.request(), make.person(), now)).matches)


async def model(office: Office, now: datetime = NOW) -> Learned:
    found = await office.desk.experience.model(office.desk, now)
    assert isinstance(found, Learned)
    return found


async def test_until_something_was_learned_profiles_decide(office: Office):
    await lived(office)

    assert await office.experience.model(office.desk, NOW) is DECLARED
    assert (await listed(office))[-1].helper_id == BEN


async def test_once_it_was_learned_who_helped_comes_first_and_the_reason_says_so(office: Office):
    await lived(office)
    await learn(office)

    first, *_ = await listed(office)

    assert first.helper_id == BEN
    assert ReasonKind.ANSWERED in {reason.kind for reason in first.reasons if reason.value > 0}


async def test_a_reason_that_was_learned_can_be_kept_with_an_offer(office: Office):
    await lived(office)
    await learn(office)
    first, *_ = await listed(office)

    offer = make.offer(BEN, reasons=first.reasons)
    await office.put(offer)

    assert [reason.kind for reason in (await office.get(type(offer), offer.id)).reasons] == [
        reason.kind for reason in first.reasons
    ]


async def test_admins_can_switch_it_off_at_once(office: Office):
    await lived(office)
    await learn(office)

    office.policy = Policy(learning=LearningRules(enabled=False))

    assert (await listed(office))[-1].helper_id == BEN


async def test_what_is_learned_next_is_found_within_a_minute(office: Office):
    await lived(office)
    before = await office.experience.model(office.desk, NOW)
    await learn(office)

    early = await office.experience.model(office.desk, NOW + 59 * timedelta(seconds=1))
    late = await office.experience.model(office.desk, NOW + MINUTE)

    assert (before, early) == (DECLARED, DECLARED)
    assert isinstance(late, Learned)


async def test_what_was_forgotten_is_used_no_longer(office: Office):
    await lived(office)
    await learn(office)
    await model(office)

    await skip(office.desk, "switched_off", NOW)

    assert await office.experience.model(office.desk, NOW + MINUTE) is DECLARED


async def test_a_talk_of_this_morning_counts_before_the_next_night_and_once(office: Office):
    await lived(office)
    await learn(office)
    held = (await model(office)).history
    before = len(held.answers)

    await office.put(*past_talk("R-today", NOW + HOUR, CY))
    for minutes in (1, 2, 3):
        await model(office, NOW + 2 * HOUR + minutes * MINUTE)

    assert (await model(office, NOW + 3 * HOUR)).history is held
    assert len(held.answers) == before + 1
    assert held.active.told(held.people[CY])[0] == 1


async def test_another_process_learns_and_this_one_begins_from_there(office: Office):
    await lived(office)
    await learn(office)
    before = (await model(office)).history
    await office.put(*past_talk("R-today", NOW + HOUR, CY))
    await learn(office, NOW + DAY)

    after = (await model(office, NOW + DAY)).history

    assert after is not before
    assert len(after.answers) == 31


async def test_a_memory_of_another_release_leaves_it_to_the_profiles(office: Office):
    await lived(office)
    await office.put(make.request())
    found = await study(office.desk, Memory(), NOW)
    await keep(office.desk, found, ["bm90aGluZw=="], NOW)

    assert await office.experience.model(office.desk, NOW) is DECLARED
    assert office.experience.topics is None


async def test_topics_are_guessed_from_past_requests_once_they_are_at_hand(office: Office):
    office.experience = LearnedExperience()
    await office.put(make.person())
    for number in range(60):
        topic, question = ((PYTHON, "my service stalls"), (SQL, "the report takes hours"))[number % 2]
        await office.put(*past_talk(f"R-{number}", BEGAN + number * HOUR, topic=topic, question=question))
    await learn(office)
    text = "why does the report take so long?"
    before = office.desk.guessed_topics(text)

    await office.experience.model(office.desk, NOW)

    assert sure(before) == ()
    surest = office.desk.guessed_topics(text)[0]
    assert surest.topic_id == SQL
    assert surest.confidence > before[0].confidence
    office.policy = Policy(learning=LearningRules(enabled=False))
    assert office.desk.guessed_topics(text) == before


@dataclass
class Counting:
    """A store that counts how often something is looked at."""

    store: RedisStore
    looks: list[Key] = field(default_factory=list)

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    async def look(self, view, *, load=()):
        self.looks += load
        return await self.store.look(view, load=load)


async def test_a_ranking_looks_for_news_once_a_minute_at_most(office: Office):
    await lived(office, 3)
    store = Counting(office.desk.store)
    desk = Desk(store, make.TOPICS, office.policy, office.desk.directory, office.presence, office.experience)

    for seconds in range(0, 120, 10):
        await desk.experience.model(desk, NOW + timedelta(seconds=seconds))

    assert store.looks == [Key(Learning, LEARNING)] * 2


def test_the_least_used_workspace_is_forgotten_first():
    held = Experiences(capacity=2)
    one, two = held.of(WorkspaceId("T1")), held.of(WorkspaceId("T2"))
    held.of(WorkspaceId("T1"))

    held.of(WorkspaceId("T3"))

    assert held.of(WorkspaceId("T1")) is one
    assert held.of(WorkspaceId("T2")) is not two


async def test_a_newcomer_is_asked_first_now_and_then_and_always_for_the_same_asks(office: Office):
    await lived(office, 0)
    await office.put(make.helper(BEN, {SQL: 3}), make.helper(DEE, {SQL: 3}), make.helper(CY, {PYTHON: 2}))
    for number in range(30):
        await office.put(
            *past_talk(f"R-{number}", BEGAN + number * DAY, BEN, topic=SQL, question="the report")
        )
    await learn(office)
    requests = [make.request(id=f"R{number}") for number in range(12)]

    async def asked_first(share: float) -> list[str]:
        office.policy = Policy(learning=LearningRules(explore=share))
        return [
            (await shortlist(office.desk, it, make.person(), NOW)).matches[0].helper_id for it in requests
        ]

    assert set(await asked_first(0)) == {ADA}
    assert set(await asked_first(0.5)) == {ADA, CY}
    assert await asked_first(0.5) == await asked_first(0.5)

"""Whoever leaves the workspace leaves none of their coaching there; whoever is back in time finds it."""

from datetime import datetime

import make
from make import ADA, ASKER, DAY, NOW
from make_sprint import plan
from office import FEATURES, Office, do_coaching

from coaching.guide import consent, talks
from coaching.guide.consent import Consent
from coaching.guide.model import Terms
from coaching.plans import plans
from coaching.plans.action_plan import PlanWish, action_plan
from coaching.sprints import sprints
from coaching.sprints.sprint import Sprint
from kernel.nudges import Unasked
from kernel.values import PersonId
from mentoring.model.load import Load
from mentoring.model.person import FORGET_BELONGINGS, Person, SlackFacts, Standing
from mentoring.people import people
from mentoring.people.preferences import Habits, record_choice
from sensing.triage.triage import Choice
from storage.connection.keys import keys_of

TERMS = Terms(provider="openai", host="models.example", model="one")
LISTS = {"coach-talks-of", "sprints-of", "two-weeks-of"}
MONTH = 30 * DAY


async def coached(office: Office, me: PersonId) -> None:
    """Let somebody have a talk, a sprint, a plan and a word on a model."""
    await talks.begin(office.desk, me, NOW, opening="Something", form="grow", talk_id=f"T{me}")
    await sprints.plan(office.desk, me, plan(), NOW, sprint_id=f"S{me}")
    made = action_plan(PlanWish(goal="explain a query"), make.person().hours, NOW.date())
    await plans.propose(office.desk, me, NOW, goal="explain a query", plan=made, plan_id=f"P{me}")
    await plans.keep(office.desk, f"P{me}", me, NOW)
    await consent.agree(office.desk, me, TERMS, NOW)


async def seen(office: Office, standing: Standing, now: datetime) -> None:
    await people.meet(office.desk, SlackFacts(id=ASKER, name="Asker", standing=standing), now)


async def pass_to(office: Office, now: datetime) -> None:
    """Do what of coaching is due by then."""
    shards = [keys_of(office.workspace).shard]
    await office.stores.agenda.tick(now, shards)
    for due in await office.stores.agenda.take("office", shards=shards):
        if due.kind == FORGET_BELONGINGS:
            assert await FEATURES.perform(office.desk, due, now)
        else:
            await do_coaching(office.desk, due, now)


async def kept(office: Office, me: PersonId) -> set[str]:
    found = {name for name in LISTS if await office.desk.store.ids(f"{name}:{me}")}
    return found | ({"consent"} if await office.find(Consent, me) else set())


async def test_whoever_leaves_is_nobodys_partner_and_their_own_partner_hears_it(office: Office):
    await office.put(make.person(), make.person(ADA))
    for me, partner in ((ADA, ASKER), (ASKER, ADA)):
        await sprints.plan(office.desk, me, plan(partner_id=partner), NOW, sprint_id=f"S{me}")
        await sprints.agree(office.desk, f"S{me}", partner, NOW)
    shown = await office.times_shown(f"sprint-partner:S{ASKER}", ADA)

    await seen(office, "left", NOW)
    await pass_to(office, NOW)

    sprint = await office.get(Sprint, f"S{ADA}")
    assert (sprint.consent, sprint.has_partner_left) == ("no", True)
    assert await office.times_shown(f"sprint-partner:S{ASKER}", ADA) == shown + 1


async def test_what_was_theirs_alone_goes_a_month_after_they_left_and_nobody_elses(office: Office):
    await office.put(make.person(), make.person(ADA))
    for me in (ASKER, ADA):
        await coached(office, me)
    await seen(office, "left", NOW)
    assert len(await kept(office, ASKER)) == len(LISTS) + 1

    await pass_to(office, NOW + MONTH)

    assert await kept(office, ASKER) == set()
    assert len(await kept(office, ADA)) == len(LISTS) + 1


async def test_whoever_is_back_within_the_month_finds_everything(office: Office):
    await office.put(make.person())
    await coached(office, ASKER)
    await seen(office, "left", NOW)
    await seen(office, "active", NOW + DAY)

    await pass_to(office, NOW + MONTH)

    assert len(await kept(office, ASKER)) == len(LISTS) + 1


async def test_the_profile_goes_with_it_and_who_they_were_once_their_talks_are_forgotten(office: Office):
    apart = frozenset({ADA})
    await office.put(make.helper(ASKER, email="a@x", do_not_match=apart), make.load(ASKER), Unasked(id=ASKER))
    await record_choice(office.desk, ASKER, Choice.COACH, Choice.ASK)
    await seen(office, "left", NOW)

    await pass_to(office, NOW + MONTH)

    left = await office.get(Person, ASKER)
    assert (left.standing, left.do_not_match, left.name) == ("left", apart, "Asker")
    assert (left.topics, left.email, left.enrolled_at) == ({}, None, None)
    assert [await office.find(kind, ASKER) for kind in (Habits, Unasked)] == [None, None]
    assert await office.find(Load, ASKER)

    await office.run(NOW + MONTH + 365 * DAY)

    assert [await office.find(kind, ASKER) for kind in (Person, Load)] == [None, None]


async def test_nobody_who_came_back_is_forgotten(office: Office):
    await office.put(make.person())
    await seen(office, "left", NOW)
    await pass_to(office, NOW + MONTH)
    await seen(office, "active", NOW + MONTH + DAY)

    await office.run(NOW + MONTH + 365 * DAY)

    assert (await office.get(Person, ASKER)).standing == "active"

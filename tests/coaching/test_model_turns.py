"""How many turns with a model a day has, for a person and for the whole workspace, whoever asks at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import make
import pytest
from make_storage import SECRET
from office import Office, open_office

from coaching.guide import consent
from coaching.guide.consent import WORKSPACE, CoachingRules, Leave, ModelDay
from coaching.guide.model import Terms
from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.policy import Contact
from kernel.values import PersonId, WorkspaceId

TERMS = Terms(provider="openai", host="models.example", model="one")
TODAY = make.NOW.date()
PEOPLE = [PersonId(f"U{number}") for number in range(8)]


def with_limits(office: Office, person: int, everyone: int) -> Desk:
    rules = CoachingRules(model="allowed", turns_per_day=person, workspace_turns_per_day=everyone)
    policy = ALL.features.policy(coaching=rules, support=(Contact(name="Line", how="dial 4711"),))
    return replace(office.desk, policy=policy)


@pytest.fixture
async def neighbour(redis_url: str, workspace: WorkspaceId) -> AsyncIterator[Office]:
    """The same workspace as another worker has it."""
    async with open_office(redis_url, workspace, SECRET) as opened:
        yield opened


async def reserved(desks: list[Desk], times: int) -> Counter[Leave]:
    """Have everybody take so many turns at once, each time by another worker."""
    for me in PEOPLE:
        await consent.agree(desks[0], me, TERMS, make.NOW)
    takes = [
        consent.reserve(desks[(place + turn) % len(desks)], me, TERMS, TODAY)
        for place, me in enumerate(PEOPLE)
        for turn in range(times)
    ]
    return Counter(await asyncio.gather(*takes))


async def test_two_workers_at_once_never_pass_the_workspaces_limit(office: Office, neighbour: Office):
    desks = [with_limits(it, person=5, everyone=13) for it in (office, neighbour)]

    given = await reserved(desks, times=4)

    assert given == {"granted": 13, "shared_cap": 19}
    assert (await office.get(ModelDay, WORKSPACE)).turns == 13


async def test_two_workers_at_once_never_pass_a_persons_limit(office: Office, neighbour: Office):
    desks = [with_limits(it, person=2, everyone=1000) for it in (office, neighbour)]

    given = await reserved(desks, times=4)

    assert given == {"granted": 16, "capped": 16}


async def test_the_next_day_begins_anew_for_all(office: Office):
    desk = with_limits(office, person=1, everyone=1)
    await consent.agree(desk, PEOPLE[0], TERMS, make.NOW)
    await consent.reserve(desk, PEOPLE[0], TERMS, TODAY)

    assert await consent.reserve(desk, PEOPLE[0], TERMS, TODAY) == "capped"
    assert await consent.reserve(desk, PEOPLE[0], TERMS, TODAY + timedelta(days=1)) == "granted"


async def test_whoever_agrees_has_the_names_read_that_are_to_be_hidden(office: Office):
    await consent.agree(office.desk, PEOPLE[0], TERMS, make.NOW)

    assert ("read_members", "workspace") in await office.planned()

"""The agenda's kinds: each is done once, and one whose document has vanished has no effect."""

import asyncio

import make
import pytest
from make import ADA, ASKER, DAY, HOUR, NOW, R1, offer_to
from office import FEATURES, Office

from kernel.store import Changes, Due, Later
from kernel.values import WorkspaceId
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from storage.connection.keys import keys_of


async def due_of(office: Office, kind: str, thing: str) -> Due:
    """An entry as a worker holds it."""
    later = Changes(later=[Later(kind, thing, NOW)])
    await office.desk.store.commit(lambda _: (None, later))
    shards = [keys_of(office.workspace).shard]
    await office.stores.agenda.tick(NOW, shards)
    return next(iter(await office.stores.agenda.take("test", shards=shards)))


@pytest.mark.parametrize("kind", sorted(FEATURES.agenda))
async def test_a_duty_for_something_that_is_gone_is_done_without_effect(office: Office, kind: str):
    due = await due_of(office, kind, "gone.U0GONE.d2")

    assert await FEATURES.perform(office.desk, due, NOW)

    shards = [keys_of(office.workspace).shard]
    assert await office.planned() == {}
    assert await office.stores.agenda.take("test", shards=shards) == []
    assert await office.stores.notices.take("test", shards=shards) == []


async def test_a_kind_of_somebody_else_is_left_to_them(office: Office):
    due = Due(WorkspaceId(office.workspace), "meet", ADA, 1, 1, "1-0")

    assert not await FEATURES.perform(office.desk, due, NOW)


async def test_a_duty_done_by_two_workers_takes_effect_once(office: Office):
    await office.put(make.person(), make.helper(ADA), make.helper("U0BEN"), make.request())
    due = await due_of(office, "route", R1)

    assert await asyncio.gather(*(FEATURES.perform(office.desk, due, NOW) for _ in range(3))) == [True] * 3

    assert len((await office.get(Request, R1)).asked) == 1


async def test_a_duty_that_was_replaced_has_no_effect(office: Office):
    await office.asked(make.helper(ADA))
    due = await due_of(office, "offer_expires", offer_to(ADA))
    replaced = Changes(later=[Later("offer_expires", offer_to(ADA), NOW + HOUR)])
    await office.desk.store.commit(lambda _: (None, replaced))

    assert await FEATURES.perform(office.desk, due, NOW)

    assert (await office.get(Offer, offer_to(ADA))).state == "pending"
    assert (await office.planned())["offer_expires", offer_to(ADA)] == NOW + HOUR


async def test_a_duty_that_puts_itself_off_comes_back(office: Office):
    await office.put(make.person(), make.request(is_waiting=True))
    due = await due_of(office, "route", R1)

    await FEATURES.perform(office.desk, due, NOW)

    assert await office.planned() == {("route", R1): NOW + 4 * HOUR}
    assert await office.run(NOW + 4 * HOUR) == ["route"]


async def test_everything_that_use_cases_plan_can_be_done(office: Office):
    """Every kind on the agenda has its duty, but the one that needs Slack."""
    await office.asked(make.helper(ADA))
    kinds = set()
    for days in (0, 1, 10, 400):
        kinds |= {kind for kind, _ in await office.planned()}
        await office.run(NOW + days * DAY)

    assert kinds <= FEATURES.agenda.keys() | {"meet"}
    assert await office.planned() == {}
    assert (await office.carried(ASKER)).open_requests == ()

"""Alerts reach every admin once, and stay until one of them closes them."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, HOUR, NOW
from office import Office

from mentoring.admins import admins_of
from mentoring.alerts import Alert, close_alert, raise_alert
from mentoring.errors import NotFound, NotYours
from mentoring.policy import Policy
from mentoring.values import PersonId

BOSS, CHIEF = PersonId("U0BOSS"), PersonId("U0CHIEF")


async def raised(office: Office) -> Alert:
    await office.put(make.person(BOSS, is_admin=True), make.person(CHIEF, is_admin=True))
    await raise_alert(office.desk, "manifest", "bad_manifest", {"line": 7}, NOW)
    return await office.get(Alert, "manifest")


async def test_admins_are_those_of_slack_and_those_of_the_policy(office: Office):
    office.policy = Policy(admins={ADA})
    await office.put(make.person(BOSS, is_admin=True), make.person(CHIEF, is_admin=True, standing="left"))

    assert await admins_of(office.desk) == (ADA, BOSS)


async def test_every_admin_is_told(office: Office):
    alert = await raised(office)

    assert (alert.about, alert.facts, alert.told) == ("bad_manifest", {"line": 7}, (BOSS, CHIEF))
    assert [await office.times_shown("alert:manifest", to) for to in alert.told] == [1, 1]
    assert await office.desk.store.ids("alerts") == ["manifest"]


async def test_an_alert_that_is_open_is_not_raised_again(office: Office):
    first = await raised(office)

    await raise_alert(office.desk, "manifest", "bad_manifest", {"line": 9}, NOW + HOUR)

    assert await office.get(Alert, "manifest") == first


async def test_one_admin_closes_it_for_all(office: Office):
    await raised(office)

    for by in (BOSS, CHIEF):
        alert = await close_alert(office.desk, "manifest", by, NOW)

    assert (alert.closed_by, alert.closed_at) == (BOSS, NOW)
    assert await office.times_shown("alert:manifest", CHIEF) == 2
    assert await office.desk.store.ids("alerts") == []


async def test_a_closed_alert_can_be_raised_anew(office: Office):
    await raised(office)
    await close_alert(office.desk, "manifest", BOSS, NOW)

    await raise_alert(office.desk, "manifest", "bad_manifest", {"line": 9}, NOW + HOUR)

    assert (await office.get(Alert, "manifest")).facts == {"line": 9}


async def test_only_admins_close_and_only_what_there_is(office: Office):
    await raised(office)

    with pytest.raises(NotYours):
        await close_alert(office.desk, "manifest", ADA, NOW)
    with pytest.raises(NotFound):
        await close_alert(office.desk, "other", BOSS, NOW)


@given(st.lists(st.sampled_from([BOSS, CHIEF]), min_size=1, max_size=5))
def test_the_first_to_close_it_is_remembered(row: list[PersonId]):
    alert = Alert(id="a", about="x", facts={}, raised_at=NOW, told=())
    for by in row:
        alert = alert.close(by, NOW)

    assert alert.closed_by == row[0]
    assert alert.lists() == {}

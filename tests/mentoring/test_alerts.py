"""Alerts reach every admin once, and stay until one of them closes them."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, HOUR, NOW
from office import Office

from kernel.errors import NotFound, NotYours
from kernel.policy import Policy
from kernel.values import PersonId
from mentoring.admins.admins import Admins, admins_of
from mentoring.admins.alerts import (
    close_alert,
    hand_back,
    raise_alert,
    reach,
    reopen,
    take_on,
    undeliverable_id,
    undelivered,
    withdraw,
)
from mentoring.model.alert import Alert, Report
from mentoring.model.person import SlackFacts
from mentoring.people.people import meet

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


async def test_admins_who_are_found_later_are_told_of_what_is_open_and_of_nothing_else(office: Office):
    for id in ("open", "closed"):
        await raise_alert(office.desk, id, "bad_manifest", {}, NOW)
    await office.put(make.person(BOSS, is_admin=True))
    await close_alert(office.desk, "closed", BOSS, NOW)

    for _ in range(2):
        await reach(office.desk, NOW)

    assert (await office.get(Alert, "open")).told == (BOSS,)
    assert await office.desk.store.ids(f"alerts-of:{BOSS}") == ["open"]
    assert await office.times_shown("alert:open", BOSS) == 1
    assert await office.times_shown("alert:closed", BOSS) == 0


async def test_an_admin_whom_the_app_meets_is_told_of_what_is_open(office: Office):
    await raise_alert(office.desk, "manifest", "bad_manifest", {}, NOW)

    await meet(office.desk, SlackFacts(id=BOSS, name="Boss", is_admin=True), NOW)
    await office.run(NOW)

    assert (await office.get(Alert, "manifest")).told == (BOSS,)


async def test_a_report_of_an_earlier_release_is_kept_from_the_two_all_the_same(office: Office):
    made = Report(
        id="R1.U0ADA.U0ADA",
        session_id=make.session().id,
        reporter_id=ADA,
        about_id=ASKER,
        text="x",
        made_at=NOW,
        unmasked=False,
        told=(),
    )
    facts = {"report_id": made.id}
    await office.put(made, Alert(id=f"report.{made.id}", about="report", facts=facts, raised_at=NOW))
    await office.put(*(make.person(id, is_admin=True) for id in (ADA, ASKER, BOSS)))

    await reach(office.desk, NOW)

    assert (await office.get(Alert, f"report.{made.id}")).told == (BOSS,)
    with pytest.raises(NotYours):
        await close_alert(office.desk, f"report.{made.id}", ASKER, NOW)


async def test_taking_on_leaves_it_open_and_only_whoever_took_it_hands_it_back(office: Office):
    await raised(office)

    taken = await take_on(office.desk, "manifest", BOSS, NOW)
    same = await hand_back(office.desk, "manifest", CHIEF)
    over = await take_on(office.desk, "manifest", CHIEF, NOW)
    back = await hand_back(office.desk, "manifest", CHIEF)

    assert [it.taken_by for it in (taken, same, over, back)] == [BOSS, BOSS, CHIEF, None]
    assert all(it.is_open for it in (taken, same, over, back))


async def test_what_is_withdrawn_is_neither_closed_nor_opened_again(office: Office):
    await raised(office)

    await withdraw(office.desk, "undeliverable", NOW)
    assert (await office.get(Alert, "manifest")).is_open
    await withdraw(office.desk, "bad_manifest", NOW)

    closed = await close_alert(office.desk, "manifest", BOSS, NOW)
    opened = await reopen(office.desk, "manifest", BOSS, NOW)
    assert (closed.closed_at, opened.withdrawn_at, opened.is_open) == (None, NOW, False)
    assert await office.desk.store.ids("alerts") == []


async def test_whoever_steers_no_more_is_shown_nothing_and_is_on_nothing(office: Office):
    await raised(office)
    await take_on(office.desk, "manifest", BOSS, NOW)

    await meet(office.desk, SlackFacts(id=BOSS, name="Boss", standing="active"), NOW)
    await office.run(NOW)

    alert = await office.get(Alert, "manifest")
    assert (alert.told, alert.taken_by) == ((CHIEF,), None)
    assert await office.desk.store.ids(f"alerts-of:{BOSS}") == []
    assert await office.times_shown("alert:manifest", BOSS) == 3


async def test_as_long_as_nobody_is_listed_those_who_are_not_known_keep_it(office: Office):
    await raise_alert(office.desk, "manifest", "bad_manifest", {}, NOW)
    alert = (await office.get(Alert, "manifest")).tell([BOSS])
    await office.put(alert, Admins(read_at=NOW), make.person(CHIEF, is_admin=True))

    await reach(office.desk, NOW)

    assert (await office.get(Alert, "manifest")).told == (BOSS, CHIEF)


async def test_of_whoever_has_left_no_admin_hears_that_nothing_reaches_them(office: Office):
    await office.put(make.person(BOSS, is_admin=True), make.person(ADA), make.person(ASKER, standing="left"))
    for who in (ADA, ASKER):
        await undelivered(office.desk, who, "channel_not_found", NOW)
    [open_one] = await office.desk.store.ids("alerts")

    await meet(office.desk, SlackFacts(id=ADA, name="Ada", standing="left"), NOW)
    await office.run(NOW)

    assert open_one == undeliverable_id(ADA, "channel_not_found")
    assert (await office.get(Alert, open_one)).withdrawn_at == NOW

"""What people do about themselves, and what follows for whoever waits for them."""

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, NOW
from office import Office

from kernel.errors import Invalid
from kernel.values import WORKSPACE, PersonId
from kernel.working_hours import parse_hours
from mentoring.model.alert import REACH_ADMINS
from mentoring.model.person import Person, Profile, SlackFacts
from mentoring.people.people import (
    LEFT_KEPT,
    ask_again,
    bring_together,
    enrol,
    keep_apart,
    leave,
    look_up,
    meet,
    open_to_anything,
    pause,
    resume,
)

PROFILE = Profile(topics={make.PYTHON: 2}, level=4, hours=parse_hours("mon-fri 8-12"), minutes_per_week=45)


async def test_who_is_met_is_known_by_name_and_zone(office: Office):
    facts = SlackFacts(id=ADA, name="Ada", zone="Europe/Paris", email="ada@example.org", is_admin=True)

    person = await meet(office.desk, facts, NOW)

    assert (person.name, person.zone, person.standing, person.seen_at) == (
        "Ada",
        "Europe/Paris",
        "active",
        NOW,
    )
    assert await office.desk.store.ids("admins") == [ADA]
    assert await office.planned() == {(REACH_ADMINS, WORKSPACE): NOW}


async def test_who_is_found_to_have_left_has_everything_handed_over(office: Office):
    await office.put(make.helper(ADA))

    await meet(office.desk, SlackFacts(id=ADA, name="Ada", standing="left"), NOW)

    at_once = {(kind, ADA): NOW for kind in ("hand_over", "leave_sprints", "leave_mentorships")}
    assert await office.planned() == {**at_once, ("forget_coaching", ADA): NOW + LEFT_KEPT}
    assert (await office.desk.directory.index()).get(ADA) is None


async def test_who_enrols_can_be_found_at_once(office: Office):
    await meet(office.desk, SlackFacts(id=ADA, name="Ada"), NOW)

    person = await enrol(office.desk, ADA, PROFILE, NOW)

    helper = (await office.desk.directory.index()).get(ADA)
    assert (person.is_helper, person.enrolled_at) == (True, NOW)
    assert helper is not None
    assert (helper.level, helper.minutes_per_week) == (4, 45)


async def test_a_stranger_who_enrols_is_looked_up_and_helps_from_then_on(office: Office):
    await enrol(office.desk, ADA, PROFILE, NOW)

    assert (await office.planned())["meet", ADA] == NOW
    assert not (await office.get(Person, ADA)).is_helper
    assert (await meet(office.desk, SlackFacts(id=ADA, name="Ada"), NOW)).is_helper


@pytest.mark.parametrize(
    ("profile", "field", "problem"),
    [
        (PROFILE.model_copy(update={"topics": {}}), "topics", "empty"),
        (PROFILE.model_copy(update={"topics": {"haskell": 1}}), "topics", "unknown"),
        (PROFILE.model_copy(update={"learns": ("haskell",)}), "learns", "unknown"),
        (PROFILE.model_copy(update={"topics": {f"t{n}": 1 for n in range(51)}}), "topics", "too_many"),
    ],
)
async def test_a_profile_that_is_wrong_is_refused(office: Office, profile: Profile, field: str, problem: str):
    with pytest.raises(Invalid) as refused:
        await enrol(office.desk, ADA, profile, NOW)

    assert (refused.value.field, refused.value.problem) == (field, problem)


async def test_a_pause_hands_over_and_ends_when_one_comes_back(office: Office):
    await office.put(make.helper(ADA))

    paused = await pause(office.desk, ADA, NOW + DAY, NOW)
    assert (await office.planned())["hand_over", ADA] == NOW
    back = await resume(office.desk, ADA, NOW + HOUR)

    assert (paused.is_paused(NOW), back.is_paused(NOW)) == (True, False)


@pytest.mark.parametrize(("days", "problem"), [(0, "past"), (-1, "past"), (367, "too_long")])
async def test_a_pause_ends_in_the_future_and_within_a_year(office: Office, days: int, problem: str):
    with pytest.raises(Invalid) as refused:
        await pause(office.desk, ADA, NOW + days * DAY, NOW)

    assert refused.value.problem == problem


async def test_ask_me_again_asks_again_and_not_before(office: Office):
    await office.put(make.person())
    await ask_again(office.desk, ASKER, NOW + 14 * DAY, NOW)

    assert await office.run(NOW + 13 * DAY) == []
    await office.run(NOW + 14 * DAY)

    assert await office.times_shown(f"profile-invite:{ASKER}", ASKER) == 1
    assert (await office.get(Person, ASKER)).ask_again_at is None


async def test_who_has_enrolled_meanwhile_is_not_asked_again(office: Office):
    await office.put(make.person(ADA))
    await ask_again(office.desk, ADA, NOW + 14 * DAY, NOW)

    await enrol(office.desk, ADA, PROFILE, NOW + DAY)

    assert await office.run(NOW + 14 * DAY) == []


async def test_who_stops_helping_is_not_found_and_keeps_what_they_wrote(office: Office):
    await office.put(make.helper(ADA))

    person = await leave(office.desk, ADA, NOW)

    assert (person.is_helper, person.topics) == (False, {make.PYTHON: 3})
    assert (await office.desk.directory.index()).get(ADA) is None
    assert (await office.planned())["hand_over", ADA] == NOW


async def test_people_stay_apart_until_it_is_taken_back(office: Office):
    await office.put(make.person(), make.helper(ADA))

    apart = await keep_apart(office.desk, ASKER, ADA, NOW)
    together = await bring_together(office.desk, ASKER, ADA, NOW)

    assert (apart.do_not_match, together.do_not_match) == ({ADA}, frozenset())


async def test_a_colleague_who_was_never_met_can_be_looked_up(office: Office):
    await office.put(make.person(ADA))

    for id in (ADA, BEN):
        await look_up(office.desk, id, NOW)

    assert await office.planned() == {("meet", BEN): NOW}


async def test_of_those_who_take_anything_only_whom_one_may_be_matched_with_count(office: Office):
    boss, apart = PersonId("U0BOSS"), PersonId("U0APART")
    managed = [make.helper(BEN, managers=(boss,))]
    takers = [make.helper(id, anything=True) for id in (ADA, boss, apart)]
    asker = make.helper(ASKER, anything=True, managers=(BEN,), do_not_match=frozenset({apart}))
    await office.put(asker, *managed, *takers)

    assert await open_to_anything(office.desk, ASKER) == 1

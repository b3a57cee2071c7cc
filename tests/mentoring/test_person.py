"""A person: who helps, who is paused, who is never brought together, and what a ranking is told."""

import make
import pytest
from make import ADA, ASKER, BEN, DAY, NOW

from kernel.errors import CannotHelp
from kernel.values import PersonId, SessionId
from kernel.working_hours import parse_hours
from matching.values import Lane, Limits
from mentoring.model.load import Booking
from mentoring.model.person import Person, Profile, SlackFacts, check_can_help


def refused(helper: Person, asker: Person | None = None) -> str:
    with pytest.raises(CannotHelp) as refusal:
        check_can_help(asker or make.person(), helper, NOW)
    assert refusal.value.person_id == helper.id
    return refusal.value.why


def test_a_helper_has_enrolled_has_topics_and_still_works_here():
    assert make.helper().is_helper
    assert not make.person().is_helper
    assert not make.helper(standing="left").is_helper
    assert not make.helper().model_copy(update={"topics": {}}).is_helper


@pytest.mark.parametrize("standing", ["guest", "left", "outside", "bot", "unknown"])
def test_only_active_people_can_be_asked(standing: str):
    assert refused(make.helper(standing=standing)) == standing


def test_oneself_cannot_be_asked():
    assert refused(make.helper(ASKER)) == "self"


def test_a_pause_ends_by_itself():
    paused = make.helper(paused_until=NOW + DAY)

    assert refused(paused) == "paused"
    assert not paused.is_paused(NOW + DAY)
    assert not paused.resume().is_paused(NOW)


@pytest.mark.parametrize(
    ("asker", "helper"),
    [
        ({"do_not_match": {ADA}}, {}),
        ({}, {"do_not_match": {ASKER}}),
        ({"managers": (BEN, ADA)}, {}),
        ({}, {"managers": (ASKER,)}),
    ],
)
def test_people_kept_apart_look_like_people_who_were_asked_before(
    asker: dict[str, object], helper: dict[str, object]
):
    assert refused(make.helper(**helper), make.person(**asker)) == "asked"


def test_anyone_at_work_can_be_asked_by_name():
    check_can_help(make.person(), make.person(BEN), NOW)


def test_slack_is_believed_about_names_and_the_person_about_their_help():
    before = make.helper(email="ada@example.org", zone="Europe/Berlin")

    after = before.met(SlackFacts(id=ADA, name="Ada L", zone="Asia/Tokyo", is_admin=True), NOW + DAY)

    assert (after.name, after.zone, after.email, after.seen_at) == (
        "Ada L",
        "Asia/Tokyo",
        "ada@example.org",
        NOW + DAY,
    )
    assert (after.topics, after.level, after.enrolled_at) == (before.topics, before.level, NOW)


def test_a_zone_that_does_not_exist_is_taken_for_utc():
    assert make.person().met(SlackFacts(id=ASKER, name="A", zone="Mars/Crater"), NOW).zone == "UTC"


def test_enrolling_again_changes_the_profile_and_keeps_the_day_of_the_first():
    profile = Profile(topics={make.SQL: 2}, level=5, minutes_per_week=30, hours=parse_hours("mon 9-12"))

    again = make.helper(ask_again_at=NOW).enrol(profile, NOW + DAY)

    assert (again.topics, again.level, again.minutes_per_week) == ({make.SQL: 2}, 5, 30)
    assert (again.enrolled_at, again.ask_again_at) == (NOW, None)


def test_a_ranking_is_told_hours_in_the_persons_zone_and_their_load():
    booked = Booking(session_id=SessionId("S1"), minutes=25, at=NOW)
    load = make.load(
        open_offers=("O1",), open_sessions=("S1",), bookings=(booked,), helped={ASKER: 2}, last_helped_at=NOW
    )

    helper = make.helper(zone="Asia/Tokyo", lanes={Lane.SENIOR}).as_helper(load)

    assert helper is not None
    assert (helper.minutes_booked, helper.open_offers, helper.open_sessions) == (25, 1, 1)
    assert (helper.helped, helper.last_helped_at, helper.lanes) == ({ASKER: 2}, NOW, {Lane.SENIOR})
    assert helper.hours.zone == "Asia/Tokyo"


def test_a_ranking_is_not_told_of_those_who_do_not_help():
    assert make.person().as_helper() is None


def test_the_fewer_minutes_of_profile_and_policy_count():
    assert make.helper(minutes_per_week=30).limits(Limits()).minutes_per_week == 30
    assert make.helper(minutes_per_week=600).limits(Limits()).minutes_per_week == 60


def test_people_are_found_as_helpers_admins_and_by_their_address():
    everyone = make.helper(email="Ada@Example.org", is_admin=True)

    assert set(everyone.lists()) == {"people", "helpers", "admins", "people-by-email:ada@example.org"}
    assert set(make.helper(standing="left", is_admin=True).lists()) == {"people"}


def test_a_stored_person_reads_back_the_same():
    person = make.helper(do_not_match={BEN}, managers=(BEN,), lanes={Lane.PEER}, learns=(make.SQL,))

    assert Person.model_validate_json(person.model_dump_json()) == person
    assert person.id == PersonId(ADA)


def test_a_pause_and_a_vacation_last_until_the_later_of_both_and_resuming_ends_them():
    facts = SlackFacts(id=ADA, name="Ada", vacation_until=NOW + 2 * DAY)
    away = make.helper(ADA, paused_until=NOW + DAY).met(facts, NOW)

    assert (away.back_at, away.is_paused(NOW + DAY)) == (NOW + 2 * DAY, True)
    helper = away.as_helper()
    assert helper
    assert helper.paused_until == NOW + 2 * DAY
    back = away.resume()
    assert back.back_at is None
    assert back.met(facts, NOW).back_at is None
    longer = facts.model_copy(update={"vacation_until": NOW + 3 * DAY})
    assert back.met(longer, NOW).back_at == NOW + 3 * DAY
    assert away.met(facts.model_copy(update={"vacation_until": None}), NOW).back_at == NOW + DAY

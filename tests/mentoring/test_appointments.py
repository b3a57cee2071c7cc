"""Two who said yes find a time, and what follows when they don't."""

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.errors import Ended, Invalid, NotYours
from kernel.values import PersonId
from mentoring.model.appointment import Appointment
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.offboarding import break_off
from mentoring.requests.retries import someone_else
from mentoring.routing.offers import accept
from mentoring.sessions import relay
from mentoring.sessions.appointments import (
    call_off,
    choose,
    in_an_hour,
    lapse,
    propose,
    run_late,
    start,
    suggested,
    talked,
)
from mentoring.sessions.sessions import remind, wrap_up

TALK = talk_with(ADA)
TIMES = [NOW + HOUR, NOW + 4 * HOUR, NOW + DAY]
CLOCKS = {"remind_end", "auto_close", "meet_soon", "times_lapse", "ask_talked", "turn_over"}


async def talking(office: Office, helper: Person | None = None, **said: object) -> None:
    """Have Ada accept the request R1."""
    await office.asked(helper or make.helper(ADA), **said)
    await accept(office.desk, offer_to(ADA), ADA, NOW)


async def clocks(office: Office) -> dict[str, object]:
    """Which clocks of the talk run, and until when from now."""
    return {
        kind: at - NOW for (kind, id), at in (await office.planned()).items() if id == TALK and kind in CLOCKS
    }


async def meeting(office: Office) -> Appointment:
    return (await office.get(Session, TALK)).appointment or Appointment()


async def times_shown(office: Office) -> list[int]:
    """How often each card was shown from the yes on."""
    shown = [await office.times_shown(*it) for it in ((f"request:{R1}", ASKER), (f"offer:{TALK}", ADA))]
    return [shown[0] - 2, shown[1] - 1]


async def both_start(office: Office, now=NOW) -> Session:
    await start(office.desk, TALK, ADA, now)
    return await start(office.desk, TALK, ASKER, now)


async def test_a_talk_does_not_run_before_both_are_there(office: Office):
    await talking(office)
    assert await clocks(office) == {"auto_close": 25 * MINUTE + DAY, "ask_talked": 30 * MINUTE}

    first = await start(office.desk, TALK, ADA, NOW + 5 * MINUTE)
    begun = await start(office.desk, TALK, ASKER, NOW + 8 * MINUTE)

    assert (first.has_begun, begun.has_begun, begun.ends_at) == (False, True, NOW + 33 * MINUTE)
    assert await clocks(office) == {"auto_close": 33 * MINUTE + DAY, "remind_end": 28 * MINUTE}
    assert await times_shown(office) == [3, 3]


async def test_starting_twice_waits_for_the_other_all_the_same(office: Office):
    await talking(office)

    for minutes in (1, 2):
        await start(office.desk, TALK, ADA, NOW + minutes * MINUTE)

    assert not (await office.get(Session, TALK)).has_begun
    assert await times_shown(office) == [2, 2]


async def test_a_yes_outside_the_askers_hours_expects_the_talk_when_both_are_at_work(office: Office):
    await office.asked(make.helper(ADA))
    await office.put(make.person(zone="America/New_York"))

    session = await accept(office.desk, offer_to(ADA), ADA, NOW + HOUR)

    # Eleven in the morning is six in New York, where the day begins at 14:00 UTC.
    assert session.starts_at == NOW.replace(hour=14)
    assert (await clocks(office))["ask_talked"] == 4 * HOUR + 30 * MINUTE


async def test_proposed_times_wait_for_the_asker_two_hours_of_their_work(office: Office):
    await talking(office)

    session = await propose(office.desk, TALK, ADA, TIMES, NOW)

    assert session.appointment
    assert session.appointment.times == tuple(TIMES)
    assert await clocks(office) == {"auto_close": 2 * DAY + 25 * MINUTE, "times_lapse": 2 * HOUR}
    assert await times_shown(office) == [2, 2]


async def test_a_chosen_time_sets_the_clocks_and_is_announced_to_both(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)

    session = await choose(office.desk, TALK, ASKER, TIMES[1], NOW + HOUR)
    again = await choose(office.desk, TALK, ASKER, TIMES[1], NOW + HOUR)

    assert session == again
    assert session.starts_at == TIMES[1]
    assert await clocks(office) == {
        "meet_soon": 4 * HOUR - 10 * MINUTE,
        "ask_talked": 4 * HOUR + 30 * MINUTE,
        "auto_close": 4 * HOUR + 25 * MINUTE + DAY,
    }
    assert await office.run(TIMES[1] - 10 * MINUTE) == [*["meeting_file"] * 2, "meet_soon"]
    assert (await meeting(office)).announced_at == TIMES[1] - 10 * MINUTE
    assert await times_shown(office) == [4, 4]


async def test_a_time_that_is_not_offered_any_more_is_refused(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)
    await propose(office.desk, TALK, ASKER, [NOW + 2 * DAY], NOW)

    with pytest.raises(Invalid, match="not_offered"):
        await choose(office.desk, TALK, ASKER, TIMES[0], NOW)
    await choose(office.desk, TALK, ADA, NOW + 2 * DAY, NOW)


async def test_without_a_word_in_time_the_search_goes_on_without_that_helper(office: Office):
    await talking(office)
    await office.put(make.helper(BEN))
    await propose(office.desk, TALK, ADA, TIMES, NOW)

    done = await office.run(NOW + 2 * HOUR)

    session, request, load = (
        await office.get(Session, TALK),
        await office.get(Request, R1),
        await office.carried(ADA),
    )
    assert done[:2] == ["times_lapse", "route"]
    assert (session.state, session.spent_minutes) == ("closed", 0)
    assert session.appointment
    assert session.appointment.unmet == "no_time"
    assert (request.state, request.unmet, request.helper_id) == ("offered", "no_time", None)
    assert request.asked[-1].helper_id == BEN
    assert ADA in request.excluded
    assert (load.open_sessions, load.minutes_booked(NOW + 2 * HOUR), load.helped) == ((), 0, {})
    assert await clocks(office) == {}
    assert ("ask_feedback", TALK) not in await office.planned()
    with pytest.raises(Ended):
        await choose(office.desk, TALK, ASKER, TIMES[1], NOW + 2 * HOUR)


async def test_what_an_earlier_release_has_set_too_early_has_no_effect(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)

    await lapse(office.desk, TALK, NOW + HOUR)
    await remind(office.desk, TALK, NOW + HOUR)

    session = await office.get(Session, TALK)
    assert (session.is_open, session.reminded_at) == (True, None)
    assert await times_shown(office) == [2, 2]


async def test_times_that_were_proposed_anew_get_their_own_two_hours(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)
    await propose(office.desk, TALK, ASKER, TIMES[1:], NOW + HOUR)

    await office.run(NOW + 2 * HOUR)

    assert (await clocks(office))["times_lapse"] == 3 * HOUR
    assert (await office.get(Session, TALK)).is_open


async def test_the_next_yes_leaves_nothing_of_why_the_last_talk_came_to_nothing(office: Office):
    await talking(office)
    await office.put(make.helper(BEN))
    await call_off(office.desk, TALK, ADA, NOW)
    await office.run(NOW)
    assert (await office.get(Request, R1)).unmet == "by_helper"

    await accept(office.desk, offer_to(BEN), BEN, NOW)

    assert (await office.get(Request, R1)).unmet is None


async def test_in_an_hour_is_a_time_for_both_at_once(office: Office):
    await talking(office)

    session = await in_an_hour(office.desk, TALK, ADA, NOW + 2 * MINUTE)
    again = await in_an_hour(office.desk, TALK, ADA, NOW + 20 * MINUTE)

    assert session.starts_at == again.starts_at == NOW + 65 * MINUTE
    assert (await clocks(office))["meet_soon"] == 55 * MINUTE


async def test_running_late_moves_the_clocks_and_tells_the_other(office: Office):
    await talking(office)
    await in_an_hour(office.desk, TALK, ADA, NOW)

    session = await run_late(office.desk, TALK, ASKER, NOW + HOUR)

    assert (session.starts_at, session.appointment and session.appointment.late) == (
        NOW + 70 * MINUTE,
        (ASKER,),
    )
    assert (await clocks(office))["ask_talked"] == 100 * MINUTE
    assert await times_shown(office) == [3, 3]


async def test_who_has_not_started_is_asked_whether_they_talked(office: Office):
    await talking(office)

    assert await office.run(NOW + 30 * MINUTE) == ["ask_talked"]

    assert (await meeting(office)).asked == {ASKER, ADA}
    assert await times_shown(office) == [2, 2]
    assert await clocks(office) == {"auto_close": 25 * MINUTE + DAY}


async def test_each_is_asked_whether_they_talked_in_their_own_working_hours(office: Office):
    await talking(office)
    await office.put(make.person(zone="America/New_York"))

    await office.run(NOW + 30 * MINUTE)
    assert (await meeting(office)).asked == {ADA}
    assert await times_shown(office) == [1, 2]

    await office.run(NOW.replace(hour=14))
    assert (await meeting(office)).asked == {ASKER, ADA}
    assert await times_shown(office) == [2, 2]


async def test_nobody_who_has_begun_or_waits_for_a_word_is_asked_whether_they_talked(office: Office):
    await talking(office)
    await both_start(office)

    assert "ask_talked" not in await office.run(NOW + HOUR)


async def test_a_talk_that_was_held_without_start_takes_what_was_booked(office: Office):
    await talking(office)
    await office.run(NOW + 30 * MINUTE)

    session = await talked(office.desk, TALK, ASKER, NOW + 40 * MINUTE)

    assert (session.state, session.spent_minutes) == ("wrapped", 25)
    assert ("ask_feedback", TALK) in await office.planned()


async def test_a_helper_who_calls_off_leaves_the_search_to_go_on_at_once(office: Office):
    await talking(office)

    session = await call_off(office.desk, TALK, ADA, NOW + MINUTE)
    again = await call_off(office.desk, TALK, ADA, NOW + MINUTE)

    request = await office.get(Request, R1)
    assert session == again
    assert session.state == "closed"
    assert (request.state, request.unmet) == ("open", "by_helper")
    assert (await office.planned())["route", R1] == NOW + MINUTE
    assert (await office.carried(ADA)).minutes_booked(NOW + MINUTE) == 0


async def test_an_asker_who_calls_off_is_told_nothing_that_they_know(office: Office):
    await talking(office)

    await call_off(office.desk, TALK, ASKER, NOW)

    assert (await office.get(Request, R1)).unmet is None


async def messages(office: Office) -> dict[PersonId, int]:
    """How often each was told in a message of its own."""
    found = {me: await office.times_shown(f"meeting:{TALK}", me) for me in (ASKER, ADA)}
    return {me: times for me, times in found.items() if times}


async def test_only_who_has_to_know_gets_a_message_of_its_own_and_it_follows_from_then_on(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)
    assert await messages(office) == {ASKER: 1}

    await propose(office.desk, TALK, ASKER, TIMES[1:], NOW + HOUR)
    assert await messages(office) == {ASKER: 2, ADA: 1}
    await wrap_up(office.desk, TALK, ADA, WrapUp(minutes=5), NOW + HOUR)
    assert await messages(office) == {ASKER: 3, ADA: 2}


async def test_whoever_has_just_been_told_of_the_yes_gets_no_second_message(office: Office):
    await talking(office)

    await start(office.desk, TALK, ADA, NOW + 4 * MINUTE)
    assert await messages(office) == {}
    await propose(office.desk, TALK, ADA, TIMES, NOW + 4 * MINUTE)
    await choose(office.desk, TALK, ASKER, TIMES[1], NOW + 5 * MINUTE)
    await start(office.desk, TALK, ASKER, NOW + 6 * MINUTE)

    assert await messages(office) == {ASKER: 3, ADA: 2}


async def test_nobody_is_told_of_times_before_they_are_at_work(office: Office):
    await talking(office)
    await office.put(make.person(zone="America/New_York"))

    await propose(office.desk, TALK, ADA, TIMES[1:], NOW)
    assert await messages(office) == {}
    await office.run(NOW.replace(hour=14))

    assert await messages(office) == {ASKER: 1}


async def test_who_is_not_at_work_is_told_at_once_of_a_talk_that_is_before_that(office: Office):
    await talking(office)
    await in_an_hour(office.desk, TALK, ADA, NOW)
    await office.put(make.person(zone="America/New_York"))

    await run_late(office.desk, TALK, ADA, NOW)

    assert await messages(office) == {ASKER: 1}


async def test_who_was_told_by_day_is_not_called_at_night(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES[1:], NOW)
    assert await messages(office) == {ASKER: 1}
    await office.put(make.person(zone="America/New_York"))

    await propose(office.desk, TALK, ADA, TIMES[2:], NOW)
    assert await messages(office) == {ASKER: 1}
    await office.run(NOW.replace(hour=14))

    assert await messages(office) == {ASKER: 2}


async def test_a_helper_is_told_that_a_talk_at_a_time_is_off(office: Office):
    await talking(office)
    await in_an_hour(office.desk, TALK, ADA, NOW)

    await someone_else(office.desk, ASKER, R1, NOW + MINUTE)

    assert await messages(office) == {ADA: 1}


@pytest.mark.parametrize("doing", [start, run_late, call_off, in_an_hour, talked])
async def test_a_stranger_has_no_say_in_an_appointment(office: Office, doing):
    await talking(office)

    with pytest.raises(NotYours):
        await doing(office.desk, TALK, BEN, NOW)
    with pytest.raises(NotYours):
        await suggested(office.desk, TALK, BEN, NOW)


async def test_a_talk_that_is_over_has_no_appointment_to_change(office: Office):
    await talking(office)
    await wrap_up(office.desk, TALK, ADA, WrapUp(minutes=5), NOW)

    for doing in (start, run_late, in_an_hour, suggested):
        with pytest.raises(Ended):
            await doing(office.desk, TALK, ADA, NOW)
    with pytest.raises(Ended):
        await propose(office.desk, TALK, ADA, TIMES, NOW)


async def test_times_are_suggested_beside_the_other_talks_of_both(office: Office):
    await talking(office)
    other = make.session(id="R2.U0CY", helper_id=PersonId("U0CY"), ends_at=NOW + 85 * MINUTE)
    await office.put(other)

    times = await suggested(office.desk, TALK, ADA, NOW)

    assert times == [
        NOW.replace(hour=11, minute=30),
        NOW.replace(hour=14, minute=30),
        NOW + DAY + 30 * MINUTE,
    ]


async def test_in_a_relay_the_clock_begins_when_both_have_written(office: Office):
    await talking(office, anonymous=True)

    await relay.say(office.desk, TALK, ADA, NOW + MINUTE, text="Hello", event_id="E1")
    await relay.say(office.desk, TALK, ADA, NOW + 2 * MINUTE, text="Are you there?", event_id="E2")
    assert not (await office.get(Session, TALK)).has_begun
    await relay.say(office.desk, TALK, ASKER, NOW + 3 * MINUTE, text="Yes!", event_id="E3")

    assert (await office.get(Session, TALK)).ends_at == NOW + 28 * MINUTE
    assert await clocks(office) == {"auto_close": 28 * MINUTE + DAY, "remind_end": 23 * MINUTE}


async def test_what_is_written_long_before_the_agreed_time_does_not_begin_a_relayed_talk(office: Office):
    await talking(office, anonymous=True)
    await propose(office.desk, TALK, ADA, TIMES, NOW)
    await choose(office.desk, TALK, ASKER, TIMES[1], NOW)

    for number, me in enumerate((ADA, ASKER)):
        await relay.say(office.desk, TALK, me, NOW + MINUTE, text="See you then", event_id=f"E{number}")

    assert (await meeting(office)).here == frozenset()


async def test_who_moves_on_before_the_talk_takes_no_minutes_of_the_helper(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)

    await someone_else(office.desk, ASKER, R1, NOW + MINUTE)

    assert (await office.carried(ADA)).minutes_booked(NOW + MINUTE) == 0
    assert await clocks(office) == {}


async def test_who_leaves_before_the_talk_leaves_no_clock_running(office: Office):
    await talking(office)
    await propose(office.desk, TALK, ADA, TIMES, NOW)
    await choose(office.desk, TALK, ASKER, TIMES[2], NOW)

    await break_off(office.desk, TALK, ADA, NOW + MINUTE)

    assert await clocks(office) == {}
    assert (await office.get(Request, R1)).gap == "helper_left"


async def test_a_talk_of_the_release_before_runs_from_the_yes(office: Office):
    await talking(office)
    before = (await office.get(Session, TALK)).model_copy(update={"appointment": None})
    await office.put(before)

    assert before.has_begun
    assert before.close(NOW + 10 * MINUTE).spent_minutes == 10
    assert await office.run(NOW + 30 * MINUTE) == ["ask_talked"]
    assert await times_shown(office) == [1, 1]
    proposed = await propose(office.desk, TALK, ADA, [NOW + DAY], NOW + 30 * MINUTE)
    assert not proposed.has_begun

"""What happens in a talk, and everything that its end sets in motion."""

import asyncio

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.errors import Invalid, NotYours
from kernel.values import SessionId
from mentoring.model.load import Booking
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import NextStep, Session, WrapUp
from mentoring.routing.offers import accept
from mentoring.sessions.appointments import start
from mentoring.sessions.feedback import Feedback, feedback_id
from mentoring.sessions.sessions import fall_back_to_relay, more_time, opened_room, plan, wrap_up

TALK = talk_with(ADA)
CARDS = (("request:R1", ASKER), (f"offer:{TALK}", ADA))
END = NOW + 20 * MINUTE
STEP = NextStep(cue="after stand-up", action="I will profile one endpoint", at=NOW + DAY)


async def talking(office: Office, helper: Person | None = None) -> None:
    """Have Ada accept the request R1."""
    await office.asked(helper or make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)


async def begun(office: Office) -> None:
    """Have Ada accept the request R1, and both be there."""
    await talking(office)
    for me in (ADA, ASKER):
        await start(office.desk, TALK, me, NOW)


async def test_the_end_of_a_talk_resolves_the_request_and_corrects_the_booking(office: Office):
    await talking(office)

    session = await wrap_up(office.desk, TALK, ADA, WrapUp(minutes=40), END)

    request, load = await office.get(Request, R1), await office.carried(ADA)
    assert (session.state, request.state, request.ended_at) == ("wrapped", "resolved", END)
    assert (load.open_sessions, load.minutes_booked(END)) == ((), 40)
    assert (await office.carried(ASKER)).open_requests == ()
    assert await office.times_shown("request:R1", ASKER) == 4


async def test_the_end_of_a_talk_sets_its_follow_ups(office: Office):
    await talking(office)

    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10, next_step=STEP), END)

    planned = await office.planned()
    assert {
        name: at - END for name, at in planned.items() if name[0] == "check" and name[1] != f"{TALK}.cue"
    } == {
        ("check", f"{TALK}.d2"): 2 * DAY,
        ("check", f"{TALK}.d7"): 7 * DAY,
        ("check", f"{TALK}.d30"): 30 * DAY,
    }
    assert planned["check", f"{TALK}.cue"] == STEP.at
    assert planned["ask_feedback", TALK] == END
    assert planned["forget_request", R1] == END + 365 * DAY
    assert not {("remind_end", TALK), ("auto_close", TALK)} & planned.keys()


async def test_checks_wait_for_the_askers_working_hours(office: Office):
    await talking(office)
    await office.put(make.person(zone="America/New_York"))

    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), END)

    # Ten in the morning in UTC is five in New York: it is asked at nine, there 14:00 UTC.
    assert (await office.planned())["check", f"{TALK}.d2"] == NOW.replace(hour=14) + 2 * DAY


async def test_both_wrap_up_at_once_and_it_counts_once(office: Office):
    await talking(office)
    both = [wrap_up(office.desk, TALK, me, WrapUp(minutes=n), END) for me, n in ((ASKER, 10), (ADA, 20))]

    results = await asyncio.gather(*both)

    assert len({session.spent_minutes for session in results}) == 1
    assert (await office.carried(ADA)).minutes_booked(END) == results[0].spent_minutes


async def test_the_other_may_add_the_step_when_it_is_over(office: Office):
    await talking(office)
    await wrap_up(office.desk, TALK, ADA, WrapUp(minutes=10), END)

    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=99, next_step=STEP), END)

    assert (await office.get(Session, TALK)).next_step == STEP
    assert (await office.planned())["check", f"{TALK}.cue"] == STEP.at


async def test_a_step_without_a_time_takes_the_reminder_off_again(office: Office):
    await talking(office)
    await plan(office.desk, TALK, ASKER, STEP, NOW)

    await plan(office.desk, TALK, ASKER, STEP.model_copy(update={"at": None}), NOW)

    assert ("check", f"{TALK}.cue") not in await office.planned()


async def test_a_stranger_cannot_end_a_talk(office: Office):
    await talking(office)

    with pytest.raises(NotYours):
        await wrap_up(office.desk, TALK, BEN, WrapUp(minutes=1), END)


async def test_more_time_moves_the_clocks_and_books_the_minutes(office: Office):
    await begun(office)

    session = await more_time(office.desk, TALK, ASKER, END)

    planned = await office.planned()
    assert session.ends_at == NOW + 35 * MINUTE
    assert planned["remind_end", TALK] == NOW + 30 * MINUTE
    assert planned["auto_close", TALK] == session.ends_at + DAY
    assert (await office.carried(ADA)).minutes_booked(END) == 35


async def test_an_asker_cannot_take_more_than_the_helpers_week_has_but_the_helper_can_give_it(office: Office):
    await talking(office, make.helper(ADA, minutes_per_week=30))

    with pytest.raises(Invalid, match="no_room"):
        await more_time(office.desk, TALK, ASKER, END)
    await more_time(office.desk, TALK, ADA, END)

    assert (await office.carried(ADA)).minutes_booked(END) == 35


async def test_more_time_has_its_bound(office: Office):
    await talking(office)
    for _ in range(3):
        await more_time(office.desk, TALK, ADA, END)

    with pytest.raises(Invalid):
        await more_time(office.desk, TALK, ADA, END)


async def test_a_room_makes_it_a_session(office: Office):
    await talking(office)

    session = await opened_room(office.desk, TALK, "G0ROOM", NOW)

    assert (session.room, session.channel) == ("group", "G0ROOM")
    assert (await office.get(Request, R1)).state == "in_session"


async def test_without_a_room_the_words_are_passed_on(office: Office):
    await talking(office)

    session = await fall_back_to_relay(office.desk, TALK, NOW)

    assert (session.room, (await office.get(Request, R1)).state) == ("relay", "in_session")
    assert await office.times_shown("request:R1", ASKER) == 4


async def test_being_told_of_the_same_room_twice_shows_nothing_new(office: Office):
    await talking(office)
    for _ in range(2):
        await opened_room(office.desk, TALK, "G0ROOM", NOW)

    assert await office.times_shown("request:R1", ASKER) == 4


async def test_a_talk_that_is_over_gets_no_room(office: Office):
    await talking(office)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=1), NOW)

    assert (await opened_room(office.desk, TALK, "G0ROOM", NOW)).channel is None


async def test_both_are_reminded_before_the_end(office: Office):
    await begun(office)

    done = await office.run(NOW + 20 * MINUTE)

    assert done == ["remind_end"]
    assert (await office.get(Session, TALK)).reminded_at == NOW + 20 * MINUTE
    assert [await office.times_shown(thing, to) for thing, to in CARDS] == [6, 5]


async def test_both_see_that_time_is_up_when_it_is(office: Office):
    await begun(office)
    await office.run(NOW + 20 * MINUTE)

    done = await office.run(NOW + 25 * MINUTE)

    assert done == ["remind_end"]
    assert [await office.times_shown(thing, to) for thing, to in CARDS] == [7, 6]
    assert ("remind_end", TALK) not in await office.planned()


async def test_a_talk_that_nobody_wrapped_up_closes_itself_after_a_day(office: Office):
    await talking(office)
    closing = NOW + 25 * MINUTE + DAY

    await office.run(closing)

    session, request = await office.get(Session, TALK), await office.get(Request, R1)
    assert (session.state, session.spent_minutes, request.state) == ("closed", 25, "resolved")
    assert await office.find(Feedback, feedback_id(TALK, ASKER)) is not None


async def test_more_time_asked_for_late_keeps_the_talk_open(office: Office):
    await talking(office)
    late = NOW + 20 * HOUR
    await more_time(office.desk, TALK, ADA, late)

    await office.run(NOW + 25 * MINUTE + DAY)

    assert (await office.get(Session, TALK)).state == "open"


async def test_minutes_whose_week_is_over_are_forgotten_and_the_helper_is_found_again(office: Office):
    old = Booking(session_id=SessionId("S0"), minutes=30, at=NOW - 3 * DAY)
    await office.put(make.load(ADA, bookings=(old,)))
    await talking(office)
    assert (await office.planned())["free_up", ADA] == NOW + 4 * DAY
    assert (await office.desk.directory.index()).get(ADA).minutes_booked == 55

    await office.run(NOW + 4 * DAY)

    assert (await office.desk.directory.index()).get(ADA).minutes_booked == 25
    assert (await office.planned())["free_up", ADA] == NOW + 7 * DAY

"""When a talk is held: every move, in any order, leaves an appointment that says one thing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, DAY, HOUR, MINUTE, NOW

from kernel.errors import Invalid, Refusal
from mentoring.model.appointment import DELAY, FARTHEST, Appointment

Move = Callable[[Appointment, datetime], Appointment]
OPEN = Appointment()
LATER = [NOW + HOUR, NOW + 3 * HOUR, NOW + DAY]
PROPOSED = OPEN.propose(LATER, ADA, NOW + 2 * HOUR, NOW)
AGREED = PROPOSED.choose(LATER[1], ASKER, NOW)
OTHER = {ASKER: ADA, ADA: ASKER}
WHO = st.sampled_from([ASKER, ADA])
AHEAD = st.integers(-2, 6).map(lambda hours: hours * HOUR)


def moves() -> st.SearchStrategy[Move]:
    return st.one_of(
        st.builds(
            lambda me, ahead: lambda it, now: it.propose([now + at for at in ahead], me, now + 2 * HOUR, now),
            WHO,
            st.lists(AHEAD, max_size=5),
        ),
        st.builds(lambda me: lambda it, now: it.choose(max(it.times, default=now), me, now), WHO),
        st.builds(lambda ahead: lambda it, now: it.fix(now + ahead, ADA, now), AHEAD),
        st.builds(lambda me: lambda it, now: it.arrive(me, OTHER[me], now), WHO),
        st.builds(lambda me: lambda it, now: it.come_later(me, now), WHO),
        st.sampled_from([lambda it, now: it.begin(now), lambda it, now: it.announce(now)]),
    )


@given(st.lists(st.tuples(moves(), st.integers(0, 90)), max_size=15))
def test_an_appointment_is_open_or_proposed_or_agreed_on_or_begun(row: list[tuple[Move, int]]):
    meeting, now = OPEN, NOW
    for move, minutes in row:
        now += minutes * MINUTE
        try:
            meeting = move(meeting, now)
        except Refusal:
            continue

        assert (
            meeting.is_open
            + bool(meeting.times)
            + bool(meeting.at and not meeting.begun_at)
            + bool(meeting.begun_at)
            == 1
        )
        assert bool(meeting.times) == (meeting.proposed_by is not None) == (meeting.answer_by is not None)
        assert list(meeting.times) == sorted(set(meeting.times))
        assert len(meeting.times) <= 4
        assert meeting.answer_by is None or meeting.answer_by <= meeting.times[-1]
        assert (meeting.here == {ASKER, ADA}) <= (meeting.begun_at is not None)
        assert len(meeting.late) <= 3
        assert Appointment.model_validate_json(meeting.model_dump_json()) == meeting


def test_the_other_chooses_and_the_one_who_proposed_does_not():
    assert (AGREED.at, AGREED.times, AGREED.answer_by) == (LATER[1], (), None)
    with pytest.raises(Invalid, match="not_offered"):
        PROPOSED.choose(LATER[1], ADA, NOW)
    with pytest.raises(Invalid, match="not_offered"):
        PROPOSED.choose(NOW + 2 * HOUR, ASKER, NOW)
    with pytest.raises(Invalid, match="past"):
        PROPOSED.choose(LATER[0], ASKER, LATER[0])


def test_choosing_the_same_time_again_changes_nothing():
    assert AGREED.choose(LATER[1], ASKER, NOW + MINUTE) == AGREED


def test_times_that_cannot_be_are_refused_each_under_its_field():
    with pytest.raises(Invalid) as refused:
        OPEN.propose([NOW, NOW + HOUR, NOW + FARTHEST], ADA, NOW + HOUR, NOW)

    assert [(it.field, it.problem) for it in (refused.value, *refused.value.others)] == [
        ("first", "past"),
        ("third", "too_far"),
    ]
    with pytest.raises(Invalid, match="empty"):
        OPEN.propose([], ADA, NOW + HOUR, NOW)


def test_proposed_times_wait_for_no_word_when_the_last_of_them_has_come():
    assert PROPOSED.answer_by == NOW + 2 * HOUR
    assert OPEN.propose([NOW + HOUR], ADA, NOW + 2 * HOUR, NOW).answer_by == NOW + HOUR


def test_proposing_another_time_ends_what_was_agreed_on():
    again = AGREED.arrive(ADA, ASKER, NOW).propose([NOW + DAY], ASKER, NOW + HOUR, NOW)

    assert (again.at, again.here, again.times, again.proposed_by) == (None, frozenset(), (NOW + DAY,), ASKER)


def test_a_time_is_said_only_where_nothing_was_said_before():
    assert OPEN.fix(NOW + HOUR, ADA, NOW).at == NOW + HOUR
    assert AGREED.fix(NOW + HOUR, ADA, NOW) == AGREED


def test_the_clock_begins_with_the_second_who_is_there():
    waiting = AGREED.arrive(ADA, ASKER, NOW)
    assert waiting.begun_at is None
    assert waiting.arrive(ADA, ASKER, NOW + MINUTE) == waiting

    begun = waiting.arrive(ASKER, ADA, NOW + 2 * MINUTE)

    assert begun.begun_at == NOW + 2 * MINUTE == begun.expected_at
    assert begun.arrive(ADA, ASKER, NOW + HOUR) == begun == begun.begin(NOW + HOUR)


def test_running_late_moves_the_time_on_three_times_at_most():
    once = AGREED.come_later(ASKER, NOW)
    overdue = once.come_later(ADA, LATER[1] + HOUR)

    assert (once.at, overdue.at) == (LATER[1] + DELAY, LATER[1] + HOUR + DELAY)
    there = AGREED.arrive(ADA, ASKER, NOW).come_later(ADA, NOW)
    assert there.arrive(ASKER, ADA, NOW).begun_at is None, "who comes later is not there yet"
    with pytest.raises(Invalid, match="too_late"):
        overdue.come_later(ASKER, NOW).come_later(ASKER, NOW)
    with pytest.raises(Invalid, match="not_offered"):
        PROPOSED.come_later(ASKER, NOW)


@pytest.mark.parametrize(("ahead", "announced"), [(HOUR, 50 * MINUTE), (15 * MINUTE, None)])
def test_a_talk_is_announced_unless_it_was_agreed_on_just_before(
    ahead: timedelta, announced: timedelta | None
):
    assert OPEN.fix(NOW + ahead, ADA, NOW).announce_at == (announced and NOW + announced)


def test_what_is_written_long_before_the_time_is_no_part_of_the_talk():
    assert OPEN.hears(NOW)
    assert not PROPOSED.hears(NOW)
    assert not AGREED.hears(LATER[1] - HOUR)
    assert AGREED.hears(LATER[1] - 15 * MINUTE)


def test_what_a_newer_release_has_added_stays():
    newer = Appointment.model_validate({"place": "Room 4"})

    assert newer.fix(NOW + HOUR, ADA, NOW).model_extra == {"place": "Room 4"}

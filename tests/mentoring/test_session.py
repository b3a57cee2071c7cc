"""A talk: who may end it, how long it lasts, when names are shown, and the asker's next step."""

from collections.abc import Callable

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, MINUTE, NOW

from kernel.errors import Ended, Invalid, NotYours, Refusal
from kernel.values import PersonId
from mentoring.model.session import EXTENSIONS, NextStep, Session, WrapUp

Move = Callable[[Session], Session]

STEP = NextStep(cue="after Tuesday's stand-up", action="I will profile one endpoint", at=NOW + DAY)
WHO = st.sampled_from([ASKER, ADA])


def moves() -> st.SearchStrategy[Move]:
    return st.one_of(
        st.builds(
            lambda me, minutes: lambda it: it.wrap_up(WrapUp(minutes=minutes), me, NOW),
            WHO,
            st.integers(-5, 999),
        ),
        st.builds(lambda me: lambda it: it.plan(STEP, me, NOW), WHO),
        st.builds(lambda me: lambda it: it.propose_reveal(me), WHO),
        st.sampled_from(
            [
                lambda it: it.close(NOW + 10 * MINUTE),
                lambda it: it.more_time(10, NOW),
                lambda it: it.remind(NOW),
                lambda it: it.opened("G1"),
                lambda it: it.fall_back(),
            ]
        ),
    )


def tried(session: Session, move: Move) -> Session:
    try:
        return move(session)
    except Refusal:
        return session


@given(st.booleans(), st.lists(moves(), max_size=20))
def test_a_talk_ends_once_and_its_end_stays(anonymous: bool, row: list[Move]):
    session = make.session(anonymous=anonymous, room="relay" if anonymous else "wanted")
    for move in row:
        after = tried(session, move)

        assert session.is_open or (after.state, after.spent_minutes, after.ends_at) == (
            session.state,
            session.spent_minutes,
            session.ends_at,
        )
        assert after.is_open == (after.ended_at is None) == (after.spent_minutes is None)
        session = after


@given(st.lists(moves(), max_size=20))
def test_a_talk_keeps_its_bounds(row: list[Move]):
    session = make.session()
    for move in row:
        session = tried(session, move)

    assert session.minutes == 25 + 10 * session.extended <= 25 + 10 * EXTENSIONS
    assert session.spent_minutes is None or 0 <= session.spent_minutes <= 240
    assert (session.channel is not None) == (session.room == "group")
    assert set(session.lists()) >= {"sessions-of:U0ASKER", "sessions-of:U0ADA"}
    assert ("talks-of:U0ADA" in session.lists()) == session.is_open
    assert Session.model_validate_json(session.model_dump_json()) == session


@given(st.lists(moves(), max_size=20))
def test_names_are_hidden_until_both_agree(row: list[Move]):
    session = make.session(anonymous=True, room="relay")
    for move in row:
        session = tried(session, move)

    assert session.is_hidden == (session.reveal != {ASKER, ADA})
    assert session.room == "relay"


def test_a_name_is_taken_back_until_the_other_agrees_and_then_no_more():
    one = make.session(anonymous=True, room="relay").propose_reveal(ASKER)
    both = one.propose_reveal(ADA)

    assert one.take_back_reveal(ASKER).propose_reveal(ADA).is_hidden
    assert both.take_back_reveal(ASKER) == both


def test_nobody_else_has_a_say_in_a_talk():
    for move in (lambda it: it.wrap_up(WrapUp(minutes=5), BEN, NOW), lambda it: it.plan(STEP, BEN, NOW)):
        with pytest.raises(NotYours):
            move(make.session())


def test_the_first_wrap_up_counts_and_the_second_may_add_the_step():
    wrapped = make.session().wrap_up(WrapUp(minutes=12), ADA, NOW)

    again = wrapped.wrap_up(WrapUp(minutes=40, next_step=STEP), ASKER, NOW)

    assert (again.state, again.spent_minutes, again.next_step) == ("wrapped", 12, STEP)


def test_a_step_that_the_asker_wrote_is_theirs_to_change():
    mine = make.session().plan(STEP, ASKER, NOW)
    other = STEP.model_copy(update={"action": "I will ask again"})

    assert mine.plan(other, ADA, NOW).next_step == STEP
    assert mine.plan(other, ASKER, NOW).next_step == other


@pytest.mark.parametrize(
    ("step", "field", "problem"),
    [
        (NextStep(cue="then", action="  "), "action", "empty"),
        (NextStep(cue="c" * 501, action="a"), "cue", "too_long"),
        (NextStep(cue="c", action="a" * 501), "action", "too_long"),
        (NextStep(cue="c", action="a", at=NOW), "at", "past"),
        (NextStep(cue="c", action="a", at=NOW + 400 * DAY), "at", "too_far"),
    ],
)
def test_a_step_that_cannot_be_is_refused(step: NextStep, field: str, problem: str):
    with pytest.raises(Invalid) as refused:
        make.session().plan(step, ASKER, NOW)

    assert (refused.value.field, refused.value.problem) == (field, problem)


def test_a_step_is_kept_without_stray_blanks():
    step = NextStep(cue=" after lunch ", action=" I will try ")

    assert make.session().plan(step, ASKER, NOW).next_step == NextStep(cue="after lunch", action="I will try")


def test_more_time_counts_from_now_once_the_end_has_passed():
    late = NOW + 40 * MINUTE

    assert make.session().more_time(10, NOW).ends_at == NOW + 35 * MINUTE
    assert make.session().more_time(10, late).ends_at == late + 10 * MINUTE


def test_more_time_is_given_a_few_times_only():
    session = make.session()
    for _ in range(EXTENSIONS):
        session = session.more_time(10, NOW)

    with pytest.raises(Invalid) as refused:
        session.more_time(10, NOW)

    assert refused.value.problem == "too_often"


def test_more_time_brings_a_new_reminder():
    assert make.session(reminded_at=NOW).more_time(10, NOW).reminded_at is None


def test_a_talk_that_is_over_gets_no_more_time():
    with pytest.raises(Ended):
        make.session().close(NOW).more_time(10, NOW)


@pytest.mark.parametrize(("passed", "spent"), [(-1, 0), (0, 0), (10, 10), (500, 25)])
def test_a_talk_that_closes_itself_took_what_passed_as_far_as_it_was_booked(passed: int, spent: int):
    assert make.session().close(NOW + passed * MINUTE).spent_minutes == spent


def test_a_relayed_talk_has_no_room_to_be_shown_in():
    assert [it.to for it in make.session().shows()] == [ASKER, ADA, "room:R1.U0ADA"]
    assert [it.to for it in make.session().fall_back().shows()] == [ASKER, ADA]


def test_a_room_that_opens_too_late_does_not_end_the_relay():
    assert make.session().fall_back().opened("G1").room == "relay"


def test_an_open_request_becomes_an_anonymous_talk_through_the_app():
    session = Session.begin(make.request(anonymous=True), make.offer(), NOW)

    assert (session.room, session.is_hidden, session.other(PersonId(ASKER))) == ("relay", True, ADA)


def test_a_talk_in_turns_has_begun_with_the_first_whenever_it_ends():
    talk = make.session(way="peer_coaching").next_turn(0, 10, NOW + 5 * MINUTE)

    assert talk.has_begun
    assert talk.next_turn(1, 10, NOW + 9 * MINUTE).starts_at == NOW + 5 * MINUTE


def test_a_talk_was_held_where_it_began_or_somebody_says_so_or_its_time_went_by():
    talk = make.session()
    ends = {
        "closed at once": talk.close(NOW),
        "begun": make.begun().close(NOW),
        "wrapped": talk.wrap_up(WrapUp(minutes=5), ADA, NOW),
        "by time": talk.close(NOW + DAY),
    }

    assert not talk.was_held
    assert {name: it.was_held for name, it in ends.items()} == {
        "closed at once": False,
        "begun": True,
        "wrapped": True,
        "by time": True,
    }

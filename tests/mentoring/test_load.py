"""What a person carries never exceeds its limits where something is begun, and records what happened."""

from dataclasses import replace

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from make import ADA, ASKER, BEN, DAY, MINUTE, NOW

from kernel.errors import HelperFull, TooManyOpen
from kernel.values import OfferId, PersonId, RequestId, SessionId
from matching.values import Limits
from mentoring.model.load import REMEMBERED, WEEK, Load

LIMITS = Limits(open_sessions=2, open_offers=2, minutes_per_week=60)
NUMBERS = st.integers(0, 6)


class Carrying(RuleBasedStateMachine):
    """Someone is asked, accepts and ends talks in any order while time passes; a plain model keeps count."""

    def __init__(self) -> None:
        super().__init__()
        self.load = Load(id=ADA)
        self.now = NOW
        self.requests: set[str] = set()
        self.offers: set[str] = set()
        self.talks: set[str] = set()
        self.begun: list[tuple[object, int]] = []

    @rule(number=NUMBERS)
    def ask(self, number: int) -> None:
        id = RequestId(f"R{number}")
        try:
            self.load = self.load.with_request(id, 3)
            self.requests.add(id)
        except TooManyOpen:
            assert len(self.requests) == 3

    @rule(number=NUMBERS)
    def end_request(self, number: int) -> None:
        self.load = self.load.without_request(RequestId(f"R{number}"))
        self.requests.discard(f"R{number}")

    @rule(number=NUMBERS)
    def be_asked(self, number: int) -> None:
        id = OfferId(f"O{number}")
        try:
            self.load = self.load.with_offer(id, LIMITS, self.now)
            self.offers.add(id)
        except HelperFull:
            assert len(self.offers) == LIMITS.open_offers

    @rule(number=NUMBERS)
    def answer(self, number: int) -> None:
        self.load = self.load.without_offer(OfferId(f"O{number}"))
        self.offers.discard(f"O{number}")

    @rule(number=st.integers(0, 50), minutes=st.sampled_from([15, 25]))
    def begin(self, number: int, minutes: int) -> None:
        id = SessionId(f"S{number}")
        if id in self.talks or self.load.minutes_of(id):
            return
        try:
            self.load = self.load.book(id, ASKER, minutes, LIMITS, self.now)
            self.talks.add(id)
            self.begun.append((self.now, minutes))
        except HelperFull:
            free = LIMITS.minutes_per_week - self.load.minutes_booked(self.now)
            assert len(self.talks) == LIMITS.open_sessions or minutes > free

    @rule(number=st.integers(0, 50))
    def end(self, number: int) -> None:
        self.load = self.load.release(SessionId(f"S{number}"))
        self.talks.discard(f"S{number}")

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours: int) -> None:
        self.now += hours * 60 * MINUTE

    @rule()
    def forget(self) -> None:
        self.load = self.load.forget_old(self.now)

    @invariant()
    def never_exceeds_its_limits(self) -> None:
        assert len(self.load.open_requests) <= 3
        assert len(self.load.open_offers) <= LIMITS.open_offers
        assert len(self.load.open_sessions) <= LIMITS.open_sessions
        assert self.load.minutes_booked(self.now) <= LIMITS.minutes_per_week

    @invariant()
    def agrees_with_what_happened(self) -> None:
        assert set(self.load.open_requests) == self.requests
        assert set(self.load.open_offers) == self.offers
        assert set(self.load.open_sessions) == self.talks
        recent = sum(minutes for at, minutes in self.begun if at > self.now - WEEK)  # type: ignore[operator]
        assert self.load.minutes_booked(self.now) == recent


TestCarrying = Carrying.TestCase
TestCarrying.settings = settings(max_examples=40, stateful_step_count=30)


@given(st.lists(st.sampled_from(["R1", "R2", "R3"]), max_size=12))
def test_the_same_request_again_changes_nothing(ids: list[str]):
    load = make.load()
    for id in ids:
        load = load.with_request(RequestId(id), 3)

    assert len(load.open_requests) == len(set(ids))


def test_the_sixth_open_request_is_refused_with_the_limit():
    load = make.load(open_requests=tuple(f"R{number}" for number in range(5)))

    with pytest.raises(TooManyOpen) as refused:
        load.with_request(RequestId("R9"), 5)

    assert refused.value.limit == 5


def test_a_third_session_is_refused_even_with_minutes_to_spare():
    load = make.load(open_sessions=("S1", "S2"))

    with pytest.raises(HelperFull) as refused:
        load.book(SessionId("S3"), ASKER, 15, LIMITS, NOW)

    assert refused.value.helper_id == ADA


def test_minutes_count_for_168_hours_and_not_a_minute_longer():
    load = make.load().book(SessionId("S1"), ASKER, 25, LIMITS, NOW)

    assert load.minutes_booked(NOW + WEEK - MINUTE) == 25
    assert load.minutes_booked(NOW + WEEK) == 0


def test_what_a_talk_really_took_is_recorded_even_beyond_the_week():
    load = make.load().book(SessionId("S1"), ASKER, 25, LIMITS, NOW).correct(SessionId("S1"), 90)

    assert load.minutes_booked(NOW) == 90
    assert not load.has_room(15, LIMITS, NOW)


def test_ending_a_talk_frees_the_place_and_keeps_the_minutes():
    load = make.load().book(SessionId("S1"), ASKER, 25, LIMITS, NOW).release(SessionId("S1"))

    assert (load.open_sessions, load.minutes_booked(NOW)) == ((), 25)


def test_more_minutes_are_refused_where_the_week_has_none_left():
    load = make.load().book(SessionId("S1"), ASKER, 25, LIMITS, NOW).extend(SessionId("S1"), 35, LIMITS, NOW)

    with pytest.raises(HelperFull):
        load.extend(SessionId("S1"), 1, LIMITS, NOW)


ONE_A_WEEK = replace(LIMITS, questions_per_week=1)


def test_a_second_question_of_the_week_is_refused_where_one_was_wanted_and_fits_a_week_later():
    load = make.load().with_offer(OfferId("O1"), ONE_A_WEEK, NOW).without_offer(OfferId("O1"))

    with pytest.raises(HelperFull):
        load.with_offer(OfferId("O2"), ONE_A_WEEK, NOW + WEEK - MINUTE)
    assert load.with_offer(OfferId("O2"), LIMITS, NOW + MINUTE).open_offers == ("O2",)
    assert load.with_offer(OfferId("O2"), ONE_A_WEEK, NOW + WEEK).open_offers == ("O2",)


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(1, 4))
def test_no_168_hours_hold_more_questions_than_were_wanted(days: list[int], limit: int):
    limits = replace(LIMITS, questions_per_week=limit)
    load, put = make.load(), []
    for number, day in enumerate(sorted(days)):
        now = NOW + day * DAY
        again = load.asked_again_at(limit, now)
        try:
            load = load.with_offer(OfferId(f"O{number}"), limits, now).without_offer(OfferId(f"O{number}"))
            put.append(now)
        except HelperFull:
            assert again is not None
            assert load.asked_again_at(limit, again) is None

    assert all(sum(at <= it < at + WEEK for it in put) <= limit for at in put)


def test_questions_of_an_older_week_are_forgotten_and_then_the_helper_is_found_again():
    load = make.load().with_offer(OfferId("O1"), ONE_A_WEEK, NOW)

    assert load.next_forgotten_at() == NOW + WEEK
    assert load.has_all_questions(1)
    assert not load.has_all_questions(None)
    assert not load.forget_old(NOW + WEEK).has_all_questions(1)


def test_whom_one_helped_is_counted_and_the_oldest_forgotten():
    load = make.load()
    for number in range(REMEMBERED + 5):
        load = load.book(SessionId(f"S{number}"), PersonId(f"U{number}"), 1, Limits(99, 9, 999), NOW)
    load = load.book(SessionId("again"), PersonId("U20"), 1, Limits(99, 9, 999), NOW + DAY)

    assert (len(load.helped), load.helped[PersonId("U20")], "U0" in load.helped) == (REMEMBERED, 2, False)
    assert load.last_helped_at == NOW + DAY
    assert list(load.helped)[-1] == "U20"


def test_only_the_latest_answers_are_remembered():
    load = make.load()
    for reply in ("none", *["yes"] * 10, *["no"] * 10, None):
        load = load.with_reply(reply)

    assert load.replies == ("yes",) * 10 + ("no",) * 10
    assert load.answered == 15


def test_a_stored_load_reads_back_the_same():
    load = make.load().book(SessionId("S1"), BEN, 25, LIMITS, NOW).with_offer(OfferId("O1"), LIMITS, NOW)

    assert Load.model_validate_json(load.model_dump_json()) == load

"""A sponsorship as a value: its moves, its ladder, and when what is asked; nothing leads anywhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import get_args

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, HOUR, NOW
from make_sponsorship import PROTEGE, SPONSOR, confirmed, done, going, wish

from kernel.errors import Ended, Invalid, NotYours, Refusal, UndoOver
from kernel.policy import Policy
from mentoring.model.undo import UNDO_FOR
from relationships.mentorships.pair import Pair
from relationships.sponsorships.act import LADDER, OLDEST, STEPS, Deed, act, furthest
from relationships.sponsorships.advice import tells_of_advice
from relationships.sponsorships.course import MONTH, advance, next_moment
from relationships.sponsorships.sponsorship import (
    ACTS_FOR,
    MOVES,
    NOT_AGAIN,
    OPEN_SPONSORSHIPS,
    SPONSORSHIPS,
    UNANSWERED,
    Sponsorship,
    State,
    one_line,
    sponsorship_id,
)

BOTH = (SPONSOR, PROTEGE)
PAIR = Pair(make.person(SPONSOR), make.person(PROTEGE), Policy())
Move = Callable[[Sponsorship, datetime], Sponsorship]
OF_ANYONE: dict[str, Move] = {
    **{f"accept {who}": lambda it, now, who=who: it.accept(who, now) for who in (*BOTH, BEN)},
    **{f"decline {who}": lambda it, now, who=who: it.decline(who, now) for who in BOTH},
    **{f"withdraw {who}": lambda it, now, who=who: it.withdraw(who, now) for who in BOTH},
    **{f"ask {who}": lambda it, now, who=who: it.ask_again(who, "more", "", now + DAY, now) for who in BOTH},
    **{f"note {who}": lambda it, now, who=who: it.note(who, done("spoke", now), now) for who in BOTH},
    **{f"yes {who}": lambda it, now, who=who: it.confirm(who, it.noted, "yes", now) for who in BOTH},
    **{f"no {who}": lambda it, now, who=who: it.confirm(who, it.noted, "no", now) for who in BOTH},
    **{f"unsay {who}": lambda it, now, who=who: it.unsay(who, it.noted, now) for who in BOTH},
    **{f"back {who}": lambda it, now, who=who: it.take_back(who, it.noted, now) for who in BOTH},
    **{f"came {who}": lambda it, now, who=who: it.come_to(who, 1, "happened", now) for who in BOTH},
    **{f"open {who}": lambda it, now, who=who: it.come_to(who, 1, "pending", now) for who in BOTH},
    **{f"line {who}": lambda it, now, who=who: it.write_line(who, "line", now) for who in BOTH},
    **{f"nothing {who}": lambda it, now, who=who: it.nothing_new(who, now) for who in BOTH},
    **{f"talk {who}": lambda it, now, who=who: it.offer_talk(who, "it", now) for who in BOTH},
    **{f"leave talk {who}": lambda it, now, who=who: it.settle_talk(who, now) for who in BOTH},
    **{f"finish {who}": lambda it, now, who=who: it.close("closed", now, by=who) for who in BOTH},
    "left": lambda it, now: it.close("left", now),
    "apart": lambda it, now: it.close("apart", now),
    "erase": lambda it, now: it.without_words_of_sponsor(),
    "clock": lambda it, now: advance(it, PAIR, {}, now).sponsorship,
    "clock, full week": lambda it, now: advance(it, PAIR, {SPONSOR: now + DAY}, now).sponsorship,
}


@given(st.lists(st.tuples(st.sampled_from(sorted(OF_ANYONE)), st.integers(0, 40)), max_size=40))
def test_whatever_anyone_does_whenever_it_moves_by_the_table_alone(steps: list[tuple[str, int]]):
    it, now = wish(), NOW
    for name, days in steps:
        before, now = it, now + days * DAY
        try:
            it = OF_ANYONE[name](it, now)
        except Refusal:
            continue
        assert it.state == before.state or it.state in MOVES[before.state]
        assert (it.ended_at is not None) == (it.end is not None) == (it.state == "ended")
        assert it.state == "asked" or it.answer_by is None
        assert 0 <= it.unanswered <= UNANSWERED
        assert it.state == "going" or (it.question_at, it.talk, it.waiting) == (None, None, ())
        assert all(act.counts for act in it.waiting)
        assert len({act.number for act in it.acts}) == len(it.acts)
        for old in before.acts:
            same = [one for one in it.acts if one.number == old.number]
            assert same or (old.word == "open" and name.startswith("back")), "what was answered stays"
            stands = not same or old.word in ("open", same[0].word)
            assert stands or name.startswith("unsay"), "a word once said stands, or is taken back"
        upcoming = next_moment(it, PAIR, now)
        assert (upcoming is None) == (it.state == "ended")
        for who in BOTH:
            assert it.knocks.get(who, 0) >= before.knocks.get(who, 0)


def test_every_state_is_in_the_table_and_every_act_on_the_ladder():
    assert set(MOVES) == set(get_args(State))
    assert set(LADDER) == set(get_args(Deed))
    assert set(LADDER.values()) == set(range(1, STEPS + 1))


def test_a_word_once_said_stands_and_what_was_done_a_year_ago_is_taken():
    noted, today = done("spoke", NOW), NOW.date()
    said = noted.confirm("no", NOW)

    assert said.confirm("no", NOW + DAY) == said
    with pytest.raises(Ended):
        said.confirm("yes", NOW + DAY)
    a_year_ago = act(1, "spoke", noted.audience, today - OLDEST, "At the board", today=today, now=NOW)
    assert a_year_ago.on == today - OLDEST
    with pytest.raises(Invalid):
        act(1, "spoke", noted.audience, today - OLDEST - DAY, "At the board", today=today, now=NOW)


def test_a_word_is_taken_back_for_ten_minutes_and_all_that_followed_goes_with_it():
    it = confirmed(NOW).ask_outcomes(NOW + 30 * DAY).come_to(PROTEGE, 1, "happened", NOW)
    within, after = NOW + UNDO_FOR - timedelta(seconds=1), NOW + UNDO_FOR

    assert it.just_said(within) == it.acts
    assert it.just_said(after) == ()
    [act] = it.unsay(PROTEGE, 1, within).acts
    assert act == confirmed(NOW).unsay(PROTEGE, 1, NOW).acts[0]
    assert (act.word, act.outcome, act.asked, act.waits) == ("open", "pending", 0, False)
    assert act.confirm("no", within).word == "no"
    assert act.unsay(after) == act
    with pytest.raises(UndoOver):
        it.unsay(PROTEGE, 1, after)
    with pytest.raises(NotYours):
        it.unsay(SPONSOR, 1, NOW)
    with pytest.raises(Ended):
        it.unsay(PROTEGE, 2, NOW)


def test_only_what_is_confirmed_counts_and_the_most_public_is_the_furthest():
    it = confirmed(NOW, "told", "stretch").note(SPONSOR, done("spoke"), NOW)
    unknown = it.confirm(PROTEGE, 3, "no", NOW)

    assert (len(it.confirmed), it.furthest) == (2, LADDER["stretch"])
    assert unknown.furthest == LADDER["stretch"]
    assert it.confirm(PROTEGE, 3, "yes", NOW).furthest == STEPS
    assert furthest(()) == 0


@given(st.lists(st.tuples(st.sampled_from(sorted(LADDER)), st.booleans()), max_size=12))
def test_one_more_act_never_takes_a_pair_down_the_ladder(acts: list[tuple[str, bool]]):
    it, before = going(), 0
    for deed, is_known in acts:
        it = it.note(SPONSOR, done(deed), NOW)
        it = it.confirm(PROTEGE, it.noted, "yes" if is_known else "no", NOW)
        assert it.furthest == max([before, *([LADDER[deed]] if is_known else [])])  # type: ignore[index]
        before = it.furthest


@pytest.mark.parametrize(("days", "is_alike"), [(0, True), (3, True), (4, False)])
def test_the_same_within_three_days_is_noticed(days: int, is_alike: bool):
    it = going().note(SPONSOR, done("nominated"), NOW)

    assert (it.alike("nominated", NOW.date() + days * DAY) is not None) == is_alike
    assert it.alike("spoke", NOW.date()) is None
    assert it.confirm(PROTEGE, 1, "no", NOW).alike("nominated", NOW.date()) is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": NOW.date() + DAY}, "acted_on"),
        ({"on": NOW.date() - 367 * DAY}, "acted_on"),
        ({"what": ""}, "deed_words"),
        ({"what": "x" * 301}, "deed_words"),
    ],
)
def test_an_act_of_tomorrow_of_long_ago_or_without_words_is_refused(changed: dict[str, object], field: str):
    with pytest.raises(Invalid) as refused:
        done(**changed)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_each_does_what_is_theirs_alone():
    it = going().note(SPONSOR, done(), NOW)

    for move in (
        lambda: it.note(PROTEGE, done(), NOW),
        lambda: it.confirm(SPONSOR, 1, "yes", NOW),
        lambda: it.write_line(SPONSOR, "line", NOW),
        lambda: it.nothing_new(PROTEGE, NOW),
        lambda: wish().accept(PROTEGE, NOW),
        lambda: wish().withdraw(SPONSOR, NOW),
        lambda: it.check_one_of(BEN),
    ):
        with pytest.raises(NotYours):
            move()
    with pytest.raises(Ended):
        it.confirm(PROTEGE, 1, "yes", NOW).take_back(SPONSOR, 1, NOW)
    assert it.take_back(SPONSOR, 1, NOW).acts == ()


def test_whoever_got_a_no_waits_and_whoever_said_it_does_not():
    no, later = wish().decline(SPONSOR, NOW), NOW + NOT_AGAIN
    over = going().close("closed", NOW, by=SPONSOR)

    for ended in (no, wish().lapse(NOW), over):
        assert ended.is_barred(PROTEGE, later - HOUR)
        assert not ended.is_barred(PROTEGE, later)
    assert not no.is_barred(SPONSOR, NOW)
    assert not over.is_barred(SPONSOR, NOW)
    assert not going().close("silent", NOW).is_barred(PROTEGE, NOW)


def test_what_comes_back_keeps_what_was_done():
    over = confirmed(NOW, "spoke").write_line(PROTEGE, "line", NOW).close("silent", NOW)

    again = over.ask_again(PROTEGE, "once more", "", NOW + 7 * DAY, NOW + DAY).accept(SPONSOR, NOW + DAY)

    assert (again.furthest, again.brief, again.wants) == (STEPS, "line", "once more")
    assert again.began_at == NOW + DAY


def test_the_month_counts_from_the_sponsors_last_word_and_three_silent_ones_finish_it():
    it, asked = going(), []
    now = NOW
    while it.is_open:
        due = next_moment(it, PAIR, now)
        assert due
        assert due > now
        now = due
        it = advance(it, PAIR, {}, now).sponsorship
        asked.append((it.unanswered, (now.date() - NOW.date()).days))

    assert asked == [(1, 30), (2, 60), (3, 91), (3, 105)], "day 90 is a Sunday"
    assert (it.end, it.knocks[PROTEGE]) == ("silent", 2)


def test_a_word_of_the_sponsor_begins_the_month_anew():
    asked = advance(going(), PAIR, {}, NOW + MONTH).sponsorship
    said = asked.nothing_new(SPONSOR, NOW + MONTH + HOUR)

    assert (asked.unanswered, said.unanswered, said.question_at) == (1, 0, None)
    assert next_moment(said, PAIR, NOW + MONTH + HOUR) == NOW + 2 * MONTH + HOUR
    assert said.knocks.get(PROTEGE) == asked.knocks.get(PROTEGE), "the other never hears of it"


def test_it_is_asked_after_30_and_90_days_and_never_again():
    it = confirmed()
    for days, is_asked in ((29, False), (30, True), (31, False), (89, False), (91, True), (400, False)):
        now = NOW + days * DAY + HOUR
        before = it.acts[0].asked
        it = advance(it.nothing_new(SPONSOR, now), PAIR, {}, now).sponsorship
        assert (it.acts[0].asked > before) == is_asked, days
        it = it.come_to(PROTEGE, 1, "pending", now) if is_asked else it
    assert it.acts[0].asked == 2


def test_what_happened_is_news_to_the_sponsor_once_and_what_came_to_nothing_is_not():
    it = confirmed(NOW, "spoke", "nominated")
    nothing, good = it.come_to(PROTEGE, 1, "no", NOW), it.come_to(PROTEGE, 2, "happened", NOW)

    assert nothing.knocks == it.knocks
    assert good.knocks[SPONSOR] == it.knocks[SPONSOR] + 1
    assert good.come_to(PROTEGE, 2, "happened", NOW).knocks == good.knocks


def test_on_holiday_or_at_night_nothing_is_asked():
    away = Pair(make.person(SPONSOR, paused_until=NOW + MONTH + 7 * DAY), make.person(PROTEGE), Policy())
    night = NOW + MONTH + 12 * HOUR

    assert next_moment(going(), away, NOW) == NOW + MONTH + 7 * DAY
    assert advance(going(), PAIR, {}, night).sponsorship == going()
    morning = next_moment(going(), PAIR, night)
    assert morning == datetime(2026, 12, 24, 9, tzinfo=NOW.tzinfo)


def test_it_stands_in_the_lists_of_both_and_what_counts_in_one_list_more():
    noted = going().note(SPONSOR, done(), NOW)
    known = noted.confirm(PROTEGE, 1, "yes", NOW + HOUR)

    assert set(noted.lists()) == {name.of(who) for name in (SPONSORSHIPS, OPEN_SPONSORSHIPS) for who in BOTH}
    assert known.lists()[ACTS_FOR.of(PROTEGE)] == NOW + HOUR
    assert OPEN_SPONSORSHIPS.of(SPONSOR) not in known.close("closed", NOW).lists()


def test_its_id_is_one_for_a_pair_and_names_nobody():
    assert sponsorship_id(ADA, ASKER) == sponsorship_id(ADA, ASKER) != sponsorship_id(ASKER, ADA)
    assert ADA not in sponsorship_id(ADA, ASKER)


def test_the_line_is_one_line_that_can_be_said():
    assert one_line("Cut the import\n from six  hours to one ") == "Cut the import from six hours to one"
    with pytest.raises(Invalid):
        one_line("x" * 141)


@pytest.mark.parametrize(
    ("what", "is_advice"),
    [
        ("I advised her to apply", True),
        ("Gave him feedback on his slides", True),
        ("Today I told them to speak up more", True),
        ("Put her name forward for the review", False),
        ("Told the board that they led the migration", False),
        ("gave her the review to lead, with advice from the board", False),
    ],
)
def test_advice_is_recognised_in_the_words_of_an_act(what: str, is_advice: bool):
    assert tells_of_advice(what) == is_advice


def test_erased_as_a_sponsor_only_what_was_done_stays():
    it = confirmed(NOW, "spoke").offer_talk(SPONSOR, "secret", NOW).without_words_of_sponsor()

    assert "platform review" not in it.model_dump_json()
    assert "secret" not in it.model_dump_json()
    assert (it.furthest, it.acts[0].on) == (STEPS, NOW.date())


def test_what_was_only_asked_ends_as_a_no_would_when_one_wishes_to_be_kept_apart():
    apart, late = wish().close("apart", NOW), wish().lapse(NOW)

    assert apart == late


def test_after_its_end_nothing_waits_for_an_answer():
    asks = confirmed(NOW).ask_outcomes(NOW + 30 * DAY)

    assert asks.waiting == asks.acts
    assert asks.close("closed", NOW + 31 * DAY, by=SPONSOR).waiting == ()

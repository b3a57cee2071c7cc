"""The moves of a mentorship: each is legal or refused, and whatever comes, the record stays in order."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from make import BEN, DAY, HOUR, NOW, person
from make_mentorship import MENTEE, MENTOR, agreed, mentor

from kernel.errors import Ended, Invalid, NotYours, Refusal
from kernel.policy import Policy
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.course import advance, next_moment, with_times
from relationships.mentorships.health import balance, facts
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair
from relationships.mentorships.record import MOVES, AppQuestion, HandOver

PAIR = Pair(mentor(), person(MENTEE), Policy())
LATER = timedelta(days=92)
Walk = Callable[[Mentorship, str, datetime], Mentorship]


def number(it: Mentorship) -> int:
    return it.talks[-1].number if it.talks else 1


def asked(it: Mentorship, me: str, answer: dict[str, str]) -> Mentorship:
    found = it.question_to(me)
    return it.answer(found[0], me, answer.get(found[1].about, ""), NOW) if found else it


STEPS: dict[str, Walk] = {
    "agree": lambda it, me, now: it.agree(me, now, now + LATER),
    "change": lambda it, me, now: it.change(me, Agreement(purpose="More", minutes=45), now, now + LATER),
    "swap": lambda it, me, now: it.swap(me),
    "book": lambda it, me, now: it.book(me, number(it), now + DAY, now),
    "move": lambda it, me, now: it.move(me, number(it), (now + DAY,), now),
    "met": lambda it, me, now: it.met(me, number(it), now),
    "not held": lambda it, me, now: it.not_held(me, number(it), now),
    "note": lambda it, me, now: it.note(me, now, ours="Said", step="Do it", goals=("One",)),
    "finish": lambda it, me, now: it.finish_step(me, 1, now),
    "good": lambda it, me, now: asked(it, me, {"fit": "good", "quality": "yes", "silence": "fine"}),
    "deciding": lambda it, me, now: asked(it, me, {"fit": "deciding", "quality": "better"}),
    "more": lambda it, me, now: asked(it, me, {"ending": "more", "fit": "good"}),
    "not good": lambda it, me, now: asked(it, me, {"fit": "not_good"}),
    "discuss": lambda it, me, now: it.discuss(me, now),
    "pause": lambda it, me, now: it.pause(me, now + 10 * DAY, now),
    "resume": lambda it, me, now: it.resume(now, by=me),
    "hand over": lambda it, me, now: it.offer_hand_over(me, HandOver(at=now), now),
    "extend": lambda it, me, now: it.extend(me, (it.ends_at or now) + LATER),
    "close": lambda it, me, now: it.close("closed", now, but=me),
    "reopen": lambda it, me, now: it.reopen(me, now, now + LATER),
    "gain": lambda it, me, now: it.gain(me, "A lot"),
    "time goes by": lambda it, me, now: advance(it, PAIR, {}, now).mentorship,
}


def walked(it: Mentorship, step: str, me: str, now: datetime) -> Mentorship:
    try:
        return with_times(STEPS[step](it, me, now), PAIR, now)
    except Refusal:
        return it


@given(
    st.lists(
        st.tuples(st.sampled_from(list(STEPS)), st.sampled_from((MENTOR, MENTEE)), st.integers(0, 40)),
        max_size=60,
    ),
    st.booleans(),
)
@example([("close", MENTOR, 0), ("reopen", MENTOR, 0), ("reopen", MENTEE, 0)], False)
def test_any_walk_leaves_a_mentorship_in_order(steps: list[tuple[str, str, int]], is_reverse: bool):
    terms = Agreement(purpose="Grow")
    it = begun("M1", MENTOR, MENTEE, terms, NOW, told=(MENTEE,), is_reverse=is_reverse)
    now = NOW
    for step, me, days in steps:
        before, now = it, now + timedelta(days=days / 4)
        it = walked(it, step, me, now)
        assert it.state == before.state or it.state in MOVES[before.state]
        assert (it.ended_at is None) == (it.end is None) == it.is_open
        assert (it.began_at is None) == (it.ends_at is None) == (it.agreed != set(it.both))
        assert (it.state == "paused") == (it.back_at is not None and it.is_open)
        assert [talk.number for talk in it.talks] == sorted({talk.number for talk in it.talks})
        assert all(talk.came is not None for talk in it.talks[:-1])
        assert len(it.notes) >= len(before.notes)
        assert all(it.knocks.get(who, 0) >= times for who, times in before.knocks.items())
        assert not is_reverse or it.end in (None, "finished", "silent")
        assert not is_reverse or it.reopen_by != MENTEE or before.reopen_by == MENTOR
        assert not is_reverse or it.hand_over is None
        assert Mentorship.model_validate_json(it.model_dump_json()) == it


@given(st.lists(st.tuples(st.sampled_from(list(STEPS)), st.integers(0, 40)), max_size=40))
def test_time_alone_brings_every_walk_to_an_end(steps: list[tuple[str, int]]):
    it, now = agreed(), NOW
    for step, days in steps:
        now += timedelta(days=days / 4)
        it = walked(it, step, MENTEE, now)

    rounds = 0
    while (at := next_moment(it, PAIR)) is not None:
        now = max(now, at)
        after = advance(it, PAIR, {}, now).mentorship
        following = next_moment(after, PAIR)
        assert following is None or following > now, "what is due is done, and not due again at once"
        it, rounds = after, rounds + 1
        assert rounds < 3_000

    assert it.state == "ended"


def test_it_begins_with_the_second_yes():
    fresh = begun("M1", MENTOR, MENTEE, Agreement(purpose="Grow"), NOW)

    one = fresh.agree(MENTEE, NOW, NOW + LATER)
    both = one.agree(MENTOR, NOW, NOW + LATER)

    assert (one.state, both.state) == ("agreeing", "going")
    assert both.news == {MENTEE: "agreed"}
    assert both.talk is not None
    assert both.talk.minutes == 45


def test_whoever_changes_the_agreement_has_agreed_and_the_other_is_asked_anew():
    one = begun("M1", MENTOR, MENTEE, Agreement(purpose="Grow"), NOW).agree(MENTEE, NOW, NOW + LATER)

    changed = one.change(MENTOR, Agreement(purpose="Grow", minutes=45), NOW, None)

    assert changed.agreed == {MENTOR}
    assert changed.news[MENTEE] == "changed"


def test_whoever_swaps_the_roles_has_agreed_and_the_other_is_asked_anew():
    one = begun("M1", MENTOR, MENTEE, Agreement(purpose="Grow"), NOW).agree(MENTEE, NOW, NOW + LATER)

    swapped = one.swap(MENTOR)

    assert (swapped.mentor_id, swapped.mentee_id, swapped.agreed) == (MENTEE, MENTOR, {MENTOR})


def test_a_stranger_may_do_nothing():
    with pytest.raises(NotYours):
        agreed().check_one_of(BEN)


def test_two_who_press_not_a_fit_at_once_end_it_once():
    it = agreed().book(MENTEE, 1, NOW + HOUR, NOW).met(MENTOR, 1, NOW + 2 * HOUR)

    one = it.answer("fit:1", MENTEE, "not_good", NOW + 3 * HOUR)
    both = one.answer("fit:1", MENTOR, "not_good", NOW + 3 * HOUR)

    assert (both.state, both.end) == ("ended", "no_fit")
    assert both.ended_at == one.ended_at
    assert one.news[MENTOR] == "ended"


def test_who_still_decides_is_asked_once_more_and_the_other_is_not():
    it = agreed().book(MENTEE, 1, NOW + HOUR, NOW).met(MENTEE, 1, NOW + 2 * HOUR)

    it = it.answer("fit:1", MENTEE, "deciding", NOW).answer("fit:1", MENTOR, "good", NOW)
    again = it.book(MENTEE, 2, NOW + DAY, NOW).met(MENTOR, 2, NOW + 2 * DAY)
    done = again.answer("fit:2", MENTEE, "deciding", NOW + 2 * DAY)

    assert again.questions["fit:2"].waits_for() == (MENTEE,)
    assert again.questions["fit:2"].due_at == NOW + 2 * DAY
    assert set(done.questions) == set(again.questions)


def test_a_newer_question_takes_the_place_of_an_older_one():
    it = agreed().book(MENTEE, 1, NOW + HOUR, NOW).met(MENTEE, 1, NOW + 2 * HOUR)
    fit = it.asked("fit:1", MENTOR, NOW + 3 * HOUR)

    quality = fit.ask("quality:1", AppQuestion(about="quality", due_at=NOW, who=fit.both))
    newer = quality.asked("quality:1", MENTOR, NOW + 30 * DAY)
    done = newer.answer("quality:1", MENTOR, "yes", NOW + 30 * DAY)

    assert [it.question_to(MENTOR) and it.question_to(MENTOR)[0] for it in (fit, newer, done)] == [  # type: ignore[index]
        "fit:1",
        "quality:1",
        None,
    ]


def test_a_talk_is_met_by_the_word_of_either_and_the_second_changes_nothing():
    it = agreed().book(MENTEE, 1, NOW + HOUR, NOW)

    one = it.met(MENTEE, 1, NOW + 2 * HOUR)

    assert one.met(MENTOR, 1, NOW + 3 * HOUR) == one
    assert one.talk is not None
    assert (one.talk.number, one.talk.minutes) == (2, 30)


def test_a_talk_that_has_not_begun_can_not_be_over():
    with pytest.raises(Invalid):
        agreed().book(MENTEE, 1, NOW + HOUR, NOW).met(MENTEE, 1, NOW)


def test_a_late_press_about_an_earlier_talk_does_nothing_to_the_one_ahead():
    it = agreed().book(MENTEE, 1, NOW + HOUR, NOW).met(MENTEE, 1, NOW + 2 * HOUR)

    with pytest.raises(Ended):
        it.not_held(MENTOR, 1, NOW + 3 * HOUR)


def test_a_break_moves_the_end_by_as_long_as_it_lasted():
    it = agreed()

    rests = it.pause(MENTEE, NOW + 30 * DAY, NOW + DAY)
    back = rests.resume(NOW + 11 * DAY, by=MENTOR)
    longer = rests.pause(MENTOR, NOW + 60 * DAY, NOW + 5 * DAY)

    assert it.ends_at is not None
    assert back.ends_at == it.ends_at + 10 * DAY
    assert longer.resume(NOW + 11 * DAY, by=MENTOR).ends_at == back.ends_at, "it began when it began"
    assert back.news[MENTEE] == "back"


@pytest.mark.parametrize(("days", "problem"), [(-1, "past"), (181, "long_break")])
def test_a_break_ends_on_a_day_to_come(days: int, problem: str):
    with pytest.raises(Invalid) as refused:
        agreed().pause(MENTEE, NOW + days * DAY, NOW)

    assert (refused.value.field, refused.value.problem) == ("until", problem)


def test_only_both_open_it_again_and_only_within_two_weeks():
    over = agreed().close("closed", NOW, but=MENTEE)

    asked_for = over.reopen(MENTEE, NOW + 3 * DAY, NOW + LATER)
    again = asked_for.reopen(MENTOR, NOW + 4 * DAY, NOW + LATER)

    assert (asked_for.state, again.state) == ("ended", "going")
    assert asked_for.reopen(MENTEE, NOW + 3 * DAY, NOW + LATER) == asked_for
    soon = asked_for.reopen(MENTOR, NOW + 4 * DAY, NOW + 10 * DAY)
    assert over.ends_at is not None
    assert over.ends_at > NOW + 10 * DAY
    assert soon.ends_at == over.ends_at, "its own time goes on"
    with pytest.raises(Ended):
        over.reopen(MENTEE, NOW + 15 * DAY, NOW + LATER)


@pytest.mark.parametrize("end", ["no_fit", "left", "line", "apart", "never_agreed", "handed_over"])
def test_what_ended_for_a_cause_is_not_opened_again(end: str):
    assert not agreed().close(end, NOW).can_reopen(MENTEE, NOW)


def test_only_the_mentor_hands_over():
    with pytest.raises(NotYours):
        agreed().offer_hand_over(MENTEE, HandOver(at=NOW), NOW)


def test_only_its_writer_finishes_a_step():
    it = agreed().note(MENTEE, NOW, ours="", step="Read it", goals=None)

    with pytest.raises(NotYours):
        it.finish_step(MENTOR, 1, NOW)
    assert facts(it, NOW).step is not None
    assert facts(it.finish_step(MENTEE, 1, NOW), NOW).step is None


def test_facts_say_what_is_and_judge_nothing():
    it = agreed()
    first = facts(it, NOW)
    once = it.book(MENTEE, 1, NOW + HOUR, NOW).met(MENTEE, 1, NOW + 2 * HOUR)
    booked = once.book(MENTOR, 2, NOW + 14 * DAY, NOW + DAY)

    assert (first.next_at, first.last_at, first.gap, first.is_rhythm_kept) == (None, None, None, None)
    assert facts(booked, NOW + DAY).is_rhythm_kept is True
    assert facts(once, NOW + 30 * DAY).is_rhythm_kept is False


def test_a_balance_is_said_from_three_talks_on():
    it, now = agreed(), NOW
    for talk in (1, 2, 3):
        assert balance(it, MENTEE) is None
        it = it.book(MENTEE if talk < 3 else MENTOR, talk, now + HOUR, now)
        if talk == 2:
            it = it.move(MENTOR, talk, (), now).book(MENTEE, talk, now + 2 * HOUR, now)
        it, now = it.met(MENTEE, talk, now + 3 * HOUR), now + DAY
    it = it.note(MENTEE, now, ours="", step="One", goals=None).finish_step(MENTEE, 1, now)

    mine, theirs = balance(it, MENTEE), balance(it, MENTOR)

    assert mine is not None
    assert theirs is not None
    assert (mine.picked, mine.moved, mine.talks, mine.done, mine.steps) == (2, 0, 3, 1, 1)
    assert (theirs.picked, theirs.moved, theirs.steps) == (1, 1, 0)


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("purpose", {"purpose": " "}),
        ("purpose", {"purpose": "x" * 501}),
        ("rules", {"rules": "x" * 501}),
        ("minutes", {"minutes": 31}),
        ("every_weeks", {"every_weeks": 9}),
        ("months", {"months": 0}),
    ],
)
def test_an_agreement_says_which_field_is_wrong(field: str, changed: dict[str, object]):
    with pytest.raises(Invalid) as refused:
        Agreement(**{"purpose": "Grow", **changed}).checked()

    assert refused.value.field == field

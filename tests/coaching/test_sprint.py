"""The moves of a sprint: each is legal or refused, and whatever comes, the record stays in order."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, NOW
from make_sprint import check_in, plan, sprint

from coaching.sprints.calendar import end_after_pause, moved_end
from coaching.sprints.sprint import EXTENSIONS, MOVES, IfThen, Review, Sprint
from kernel.errors import Ended, Invalid, NotYours, Refusal

REVIEW = Review(level=1, confidence=8, lesson="Small steps", next="Teach it")
STEPS = {
    "check in": lambda it, now: it.check_in(check_in(now)),
    "rehearse": lambda it, now: it.rehearse(now),
    "recall": lambda it, now: it.recall("I open a query", now),
    "remind": lambda it, now: it.nudge("check_in", now) if it.state == "going" else it,
    "stop reminding": lambda it, now: it.stop_reminding(now) if it.state == "going" else it,
    "adjust": lambda it, now: it.adjust(plan(days=(0, 2))),
    "pause": lambda it, now: it.pause(now),
    "resume": lambda it, now: it.resume(end_after_pause(it, now), now),
    "extend": lambda it, now: it.extend(moved_end(it, 7)),
    "come to review": lambda it, now: it.come_to_review(),
    "end": lambda it, now: it.end(now),
    "review": lambda it, now: it.reviewed(REVIEW, now),
    "say that it lasts": lambda it, now: it.lasted("w2", "yes"),
    "agree": lambda it, now: it.agree(ADA, "yes"),
    "decline": lambda it, now: it.agree(ADA, "no"),
}


def walked(going: Sprint, step: str, now: datetime) -> Sprint:
    try:
        return STEPS[step](going, now)
    except Refusal:
        return going


@given(st.lists(st.sampled_from(list(STEPS)), max_size=60))
def test_any_walk_leaves_a_sprint_in_order(steps: list[str]):
    going = sprint(partner_id=ADA)
    for number, step in enumerate(steps):
        before, now = going, NOW + number * DAY
        going = walked(going, step, now)
        assert going.state == before.state or going.state in reached_from(before.state, step)
        assert going.ends_at >= before.ends_at
        assert len(going.check_ins) >= len(before.check_ins)
        assert [pause.to is None for pause in going.pauses[:-1]].count(True) == 0
        assert (going.state == "paused") == bool(going.pauses and going.state != "ended" and _rests(going))
        assert (going.ended_at is None) == going.is_open
        assert (going.review is not None) == (going.state == "done")
        assert (going.plan.goal, going.plan.scale) == (before.plan.goal, before.plan.scale)
        assert Sprint.model_validate_json(going.model_dump_json()) == going


def reached_from(state: str, step: str) -> set[str]:
    """Where one step may lead; a review of what still goes on takes two moves at once."""
    direct = set(MOVES[state])
    return direct | {"done"} if step == "review" and "review" in direct else direct


def _rests(going: Sprint) -> bool:
    return going.pauses[-1].to is None


@given(st.lists(st.sampled_from(list(STEPS)), max_size=60))
def test_nobody_sees_a_record_who_has_not_said_yes(steps: list[str]):
    going = sprint(partner_id=ADA)
    said = refused = False
    for number, step in enumerate(steps):
        before = going
        going = walked(going, step, NOW + number * DAY)
        if step in ("agree", "decline") and before.is_open:
            refused = refused or step == "decline"
            said = not refused
        if going.partner_id != ADA:
            said = refused = False
        assert (f"partnered-sprints-of:{ADA}" in going.lists()) == (said and going.is_open)


def test_only_the_partner_may_agree():
    with pytest.raises(NotYours):
        sprint(partner_id=ADA).agree(BEN, "yes")


def test_a_new_partner_is_asked_and_the_old_yes_is_gone():
    agreed = sprint(partner_id=ADA).agree(ADA, "yes")

    changed = agreed.adjust(plan(partner_id=BEN))

    assert (changed.partner_id, changed.consent) == (BEN, "asked")


def test_an_adjustment_keeps_the_goal_and_its_scale_as_they_were_written():
    other = plan(goal="Something easier", if_then=IfThen(cue="lunch", action="read one plan"))

    changed = sprint().adjust(other)

    assert changed.plan.goal == sprint().plan.goal
    assert changed.plan.if_then.cue == "lunch"


def test_reminders_that_are_ignored_are_counted_in_a_row():
    going = sprint()
    for number in range(4):
        going = going.nudge("check_in", NOW + number * DAY)

    assert going.ignored == 3
    assert going.check_in(check_in()).ignored == 0


def test_a_recap_or_rehearsal_without_an_answer_is_not_an_ignored_reminder():
    going = sprint().nudge("check_in", NOW).nudge("recap", NOW).nudge("recap", NOW)

    assert going.ignored == 0


def test_a_sprint_can_be_extended_twice():
    going = sprint()
    for _ in range(EXTENSIONS):
        going = going.extend(moved_end(going, 7))

    with pytest.raises(Invalid):
        going.extend(moved_end(going, 7))


def test_a_sprint_that_has_ended_takes_no_check_in():
    with pytest.raises(Ended):
        sprint().end(NOW).check_in(check_in())


def test_a_sprint_can_be_reviewed_before_its_time_is_over():
    assert sprint().reviewed(REVIEW, NOW).state == "done"


@pytest.mark.parametrize("minutes", [-1, 1441])
def test_minutes_that_no_day_has_are_refused(minutes: int):
    with pytest.raises(Invalid):
        sprint().check_in(check_in(minutes=minutes))


def test_a_sprint_is_nobody_elses():
    with pytest.raises(NotYours):
        sprint(me=ASKER).check_owner(ADA)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        ("going", {"paused", "review", "ended"}),
        ("paused", {"going", "ended"}),
        ("review", {"going", "done", "ended"}),
        ("done", set()),
        ("ended", set()),
    ],
)
def test_the_legal_moves_are_these(state: str, to: set[str]):
    assert MOVES[state] == to


def test_a_sprint_at_rest_is_not_reviewed_before_it_goes_on():
    with pytest.raises(Ended):
        sprint().pause(NOW).reviewed(REVIEW, NOW)

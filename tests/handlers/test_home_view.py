"""What the Home tab says waits for somebody, and what it says when nothing does."""

from datetime import timedelta
from typing import Any

import make
import pytest
from make import ADA, ASKER, DAY, MINUTE, NOW
from make_home import home_tab
from make_sprint import sprint
from test_every_view import guided_talk

from coaching.guide.turn import PlannedAction
from coaching.plans.two_weeks import Action, TwoWeeks
from handlers.plans import card as plan_card
from handlers.sessions import feedback_card
from handlers.sprints import card as sprint_card
from kernel.desk import Desk
from mentoring.model.check import CUE, Check

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)
NOTHING = "Nobody is waiting for you, and nothing is due."
TALK = (make.begun(), make.request())


def waiting(**changed: Any) -> str:
    """The part of the tab on what waits, as it is sent."""
    totals = {"requests": 1, **changed.pop("totals", {})}
    shown = home_tab(DESK, person=make.person(), totals=totals, **changed)["blocks"]
    heads = [number for number, block in enumerate(shown) if block["type"] == "header"]
    return str(shown[heads[0] : heads[1]])


def two_weeks(*days: int) -> TwoWeeks:
    planned = PlannedAction(behaviour="Write it down", cue="lunch is over", evidence="a note", on=NOW.date())
    actions = tuple(
        Action(**{**planned.model_dump(), "on": NOW.date() + timedelta(days=day)}) for day in days
    )
    return TwoWeeks(id="P1", person_id=ASKER, goal="Explain it", actions=actions, made_at=NOW).keep()


def step(at: Any) -> Any:
    return guided_talk("grow", "Something", "done").model_copy(update={"remind_at": at})


def test_nothing_waits_where_nothing_does():
    assert NOTHING in waiting()


@pytest.mark.parametrize(
    ("due", "ahead"),
    [
        ({"steps": [step(NOW - MINUTE)]}, {"steps": [step(NOW + DAY)]}),
        ({"plans": [two_weeks(0, 3)]}, {"plans": [two_weeks(1, 3)]}),
        ({"sprints": [sprint().come_to_review()]}, {"sprints": [sprint()]}),
        ({"invitations": [sprint(me=ADA, partner_id=ASKER)]}, {"partnered": [sprint(me=ADA)]}),
    ],
    ids=["a step", "a plan", "a sprint", "a partner"],
)
def test_what_is_due_waits_and_what_lies_ahead_does_not(due: dict[str, Any], ahead: dict[str, Any]):
    assert NOTHING not in waiting(**due)
    assert NOTHING in waiting(**ahead)


def test_a_partner_who_is_asked_sees_no_goal_before_a_yes():
    asked = waiting(invitations=[sprint(me=ADA, partner_id=ASKER, goal="Stop panicking")])

    assert sprint_card.AGREE in asked
    assert "panicking" not in asked


@pytest.mark.parametrize("label", ["d2", CUE])
def test_whether_it_was_used_has_every_answer_and_names_the_other(label: str):
    shown = waiting(checks=[(Check.begin(make.session(), label, NOW), *TALK)])

    assert all(action in shown for action in feedback_card.CHECK_ANSWERS)
    assert f"with <@{ADA}>" in shown


def test_what_does_not_fit_is_counted():
    checks = [(Check.begin(make.session(), "d2", NOW), *TALK)] * 5

    invited = [sprint(me=ADA, partner_id=ASKER)] * 5

    assert "and 22 more" in waiting(checks=checks, totals={"checks": 25, "offers": 0, "feedback": 2})
    assert "and 2 more" in waiting(invitations=invited, totals={"invitations": 7})
    assert waiting(totals={"alerts": 3, "offers": 2}).count(" more, in your messages") == 1
    assert "more, in your messages" not in waiting(checks=checks, totals={"checks": 5})


def test_a_talk_whose_time_is_up_says_so():
    open_talk: dict[str, Any] = {"person": make.person(), "talks": [TALK], "totals": {"sessions": 1}}

    assert "time's up since" in str(home_tab(DESK, NOW + DAY, **open_talk))
    assert "time's up" not in str(home_tab(DESK, NOW, **open_talk))


def test_an_action_whose_day_is_over_is_not_called_the_next():
    late = plan_card.line(two_weeks(-3, 1), NOW.date())

    assert "Open since Fri 20 Nov" in late
    assert "Next, Tue 24 Nov" in plan_card.line(two_weeks(1), NOW.date())


def test_a_reminder_says_what_was_left_open_before_and_where_an_action_went():
    plan = two_weeks(-3, 0).remind(1)
    moved = plan.move(1, NOW.date(), [NOW.date() + DAY])

    first, then = (plan_card.nudge(it, [NOW.date() + DAY], make.POLICY.nudges) for it in (plan, moved))

    assert first is not None
    assert "Still open from earlier days. I'll only ask this once:" in first.text
    assert "Fri 20 Nov" in first.text
    assert then is not None
    assert "Tue 24 Nov: “Write it down”" in then.text


def test_a_proposal_promises_no_button_that_it_does_not_have():
    shown = str(plan_card.proposed(two_weeks(1), with_sprint=True))

    assert "Once you keep it, you can move an action" in shown


def test_what_waits_stands_in_one_order_and_below_it_what_is_ones_own():
    due = {"steps": [step(NOW - MINUTE)], "plans": [two_weeks(0, 3)], "sprints": [sprint().come_to_review()]}
    asked = {
        "offers": [(make.offer(), make.request())],
        "invitations": [sprint(me=ADA, partner_id=ASKER)],
        "checks": [(Check.begin(make.session(), "d2", NOW), *TALK)],
    }
    rows = waiting(**due, **asked)
    places = [
        rows.index(said)
        for said in (
            "asks about",
            "as a partner",
            "It's time for your next step",
            "Write it down",
            "its time is up",
            "Did you use",
        )
    ]

    going = {"steps": [step(NOW + DAY)], "plans": [two_weeks(1, 3)], "sprints": [sprint()], "talks": [TALK]}
    tab = home_tab(DESK, person=make.person(), totals={"requests": 1, "sessions": 1}, **going)

    assert places == sorted(places)
    assert [block["text"]["text"] for block in tab["blocks"] if block["type"] == "header"] == [
        *("Waiting for you", "My questions", "My talks"),
        *("My next steps", "My sprints", "For the longer run", "Helping others"),
    ]

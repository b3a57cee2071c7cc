"""Plans for two weeks on the real store: reminders when work begins, and no more than heeded."""

from datetime import UTC, date, datetime

import make
import pytest
from make import ADA, ASKER, DAY, NOW
from office import Office, do_coaching

from coaching.insights.insights import actions_done
from coaching.plans import plans
from coaching.plans.action_plan import PlanWish, action_plan
from coaching.plans.two_weeks import TwoWeeks
from kernel.errors import Ended, NotYours
from kernel.working_hours import OFFICE, parse_hours, work_begins
from storage.connection.keys import keys_of

GOAL = "explain a query plan without help"


async def kept(office: Office, **person: object) -> TwoWeeks:
    someone = make.person(**person)
    await office.put(someone, make.person(ADA))
    plan = action_plan(PlanWish(goal=GOAL), someone.hours, NOW.date())
    await plans.propose(office.desk, ASKER, NOW, goal=GOAL, plan=plan, plan_id="P1")
    return await plans.keep(office.desk, "P1", ASKER, NOW)


async def now_is(office: Office) -> TwoWeeks:
    return await office.get(TwoWeeks, "P1")


async def run(office: Office, until: datetime) -> list[tuple[str, datetime]]:
    """Do what comes due, each at its own moment, up to and with *until*."""
    shards = [keys_of(office.workspace).shard]
    done = list[tuple[str, datetime]]()
    while upcoming := [it for it in await office.stores.agenda.upcoming(office.workspace) if it.at <= until]:
        await office.stores.agenda.tick(upcoming[0].at, shards)
        for due in await office.stores.agenda.take("office", shards=shards):
            done.append((due.kind, upcoming[0].at))
            assert await do_coaching(office.desk, due, upcoming[0].at)
    return done


async def test_each_action_is_reminded_of_when_work_begins_on_its_day(office: Office):
    plan = await kept(office, zone="Asia/Kolkata", hours=parse_hours("mon-fri 08:15-16:00"))
    for number in range(len(plan.actions)):
        on = plan.actions[number].on
        done = await run(office, datetime(on.year, on.month, on.day, 2, 45, tzinfo=UTC))
        assert done[-1] == ("two_weeks_remind", datetime(on.year, on.month, on.day, 2, 45, tzinfo=UTC))
        await plans.mark(office.desk, "P1", ASKER, done[-1][1], number=number, state="done")

    assert (await now_is(office)).done == len(plan.actions)


async def test_a_reminder_that_comes_late_waits_until_work_begins(office: Office):
    plan = await kept(office)
    on = plan.actions[0].on
    evening, morning = (
        datetime(on.year, on.month, on.day, 21, tzinfo=UTC),
        work_begins(on + DAY, OFFICE, "UTC"),
    )
    shards = [keys_of(office.workspace).shard]
    await office.stores.agenda.tick(evening, shards)
    for due in await office.stores.agenda.take("office", shards=shards):
        assert await do_coaching(office.desk, due, evening)
    waits = await now_is(office)
    done = await run(office, morning)

    assert waits.reminded is None
    assert done == [("two_weeks_remind", morning)]
    assert (await now_is(office)).reminded is not None


async def test_nothing_is_reminded_of_that_was_not_kept(office: Office):
    plan = action_plan(PlanWish(goal=GOAL), OFFICE, NOW.date())
    await plans.propose(office.desk, ASKER, NOW, goal=GOAL, plan=plan, plan_id="P1")

    done = await run(office, NOW + 40 * DAY)

    assert [kind for kind, _ in done] == ["forget_two_weeks"]
    assert await office.find(TwoWeeks, "P1") is None


@pytest.mark.parametrize(
    ("zone", "today", "before", "after"),
    [
        ("Europe/Berlin", date(2026, 3, 26), 8, 7),
        ("Europe/Berlin", date(2026, 10, 22), 7, 8),
        ("America/New_York", date(2026, 10, 29), 13, 14),
    ],
)
def test_a_change_of_the_clocks_moves_no_reminder(zone: str, today: date, before: int, after: int):
    days = [action.on for action in action_plan(PlanWish(goal=GOAL), OFFICE, today).actions]
    hours = [work_begins(day, OFFICE, zone).hour for day in days]

    assert (hours[0], hours[-1]) == (before, after)


@pytest.mark.parametrize("hours", ["always", "never"])
def test_who_names_no_beginning_is_reminded_at_nine(hours: str):
    assert work_begins(date(2026, 11, 30), parse_hours(hours), "UTC").hour == 9


async def test_reminders_that_are_ignored_become_half_as_many(office: Office):
    plan = await kept(office)

    done = await run(office, NOW + 30 * DAY)

    reminders = [at.date() for kind, at in done if kind == "two_weeks_remind"]
    days = [action.on for action in plan.actions]
    assert reminders == [*days[:3], days[4]]
    assert (await now_is(office)).state == "over"


async def test_what_was_missed_is_asked_about_once_with_the_next_reminder_and_after_the_last_day(
    office: Office,
):
    plan = await kept(office)
    days = sorted(action.on for action in plan.actions)

    await run(office, work_begins(days[1], OFFICE, "UTC"))
    second = (await now_is(office)).missed
    await plans.mark(office.desk, "P1", ASKER, NOW + 2 * DAY, number=1, state="done")
    await run(office, work_begins(days[2], OFFICE, "UTC"))
    third = (await now_is(office)).missed
    for number in range(2, 5):
        await plans.mark(office.desk, "P1", ASKER, NOW + 3 * DAY, number=number, state="done")
    await run(office, work_begins(days[-1], OFFICE, "UTC") + 5 * DAY)
    at_the_end = await now_is(office)
    await run(office, work_begins(days[-1], OFFICE, "UTC") + 15 * DAY)

    assert (second, third) == ((0,), ())
    assert (at_the_end.state, at_the_end.missed, at_the_end.is_last) == ("going", (5,), True)
    assert (await now_is(office)).state == "over"


async def test_a_plan_of_which_all_is_settled_ends_without_a_word(office: Office):
    plan = await kept(office)
    for number in range(len(plan.actions)):
        await plans.mark(office.desk, "P1", ASKER, NOW, number=number, state="done")

    await run(office, NOW + 30 * DAY)

    ended = await now_is(office)
    assert (ended.state, ended.reminded) == ("over", None)


async def test_a_plan_that_a_sprint_leads_reminds_of_nothing_itself(office: Office):
    await kept(office)

    await plans.lead(office.desk, "P1", ASKER, NOW, sprint_id="S1")
    await plans.lead(office.desk, "gone", ASKER, NOW, sprint_id="S1")

    assert {kind for kind, _ in await office.planned()} == {"two_weeks_over", "forget_two_weeks"}
    done = await run(office, NOW + 30 * DAY)
    assert "two_weeks_remind" not in {kind for kind, _ in done}


async def test_after_too_many_none_comes_until_the_person_wishes_it(office: Office):
    rules = office.policy.nudges.model_copy(update={"stop_after": 1, "halve_after": 20})
    office.policy = office.policy.model_copy(update={"nudges": rules})
    plan = await kept(office)

    done = await run(office, NOW + 7 * DAY)
    assert [kind for kind, _ in done] == ["two_weeks_remind"] * 2
    assert (await now_is(office)).is_hushed

    await plans.remind_again(office.desk, "P1", ASKER, NOW + 7 * DAY)
    assert (await office.planned())["two_weeks_remind", "P1"].date() in {action.on for action in plan.actions}


async def test_an_action_that_is_put_off_goes_to_a_working_day_of_its_own(office: Office):
    plan = await kept(office)
    first = plan.actions[0].on

    moved = await plans.put_off(office.desk, "P1", ASKER, NOW, number=0, on=first)

    assert moved.actions[0].on > first
    assert moved.actions[0].on.weekday() < 5
    assert len({action.on for action in moved.actions}) == len(moved.actions)


async def test_an_action_goes_to_the_day_that_was_chosen_unless_that_is_taken_meanwhile(office: Office):
    plan = await kept(office)
    first, last = plan.actions[0].on, plan.actions[-1].on
    free = await office.desk.store.look(lambda read: list(plans.free_days(read, plan, NOW)))

    chosen = await plans.put_off(office.desk, "P1", ASKER, NOW, number=5, on=last, to=free[0])
    instead = await plans.put_off(office.desk, "P1", ASKER, NOW, number=0, on=first, to=free[0])

    assert NOW.date() < free[0] < last
    assert chosen.actions[5].on == free[0]
    assert first < instead.actions[0].on != free[0]


async def test_pressing_twice_puts_an_action_off_once(office: Office):
    first = (await kept(office)).actions[0].on
    moved = await plans.put_off(office.desk, "P1", ASKER, NOW, number=0, on=first)

    again = await plans.put_off(office.desk, "P1", ASKER, NOW, number=0, on=first)

    assert again == moved


async def test_what_was_done_can_be_opened_again_until_the_plan_is_over(office: Office):
    await kept(office)
    await plans.mark(office.desk, "P1", ASKER, NOW, number=0, state="done")
    opened = await plans.mark(office.desk, "P1", ASKER, NOW, number=0, state="open")
    assert opened.done == 0

    await plans.let_go(office.desk, "P1", ASKER, NOW)

    with pytest.raises(Ended):
        await plans.mark(office.desk, "P1", ASKER, NOW, number=0, state="done")
    assert {kind for kind, _ in await office.planned()} == {"forget_two_weeks"}


async def test_who_moved_to_another_zone_is_reminded_by_its_clocks(office: Office):
    plan = await kept(office)
    await office.put(make.person(zone="America/New_York"))
    on = plan.actions[0].on

    done = await run(office, datetime(on.year, on.month, on.day, 14, tzinfo=UTC))

    assert [at.hour for kind, at in done if kind == "two_weeks_remind"] == [9, 14]
    reminded = (await now_is(office)).reminded
    assert reminded is not None
    assert reminded.number == 1


async def test_a_plan_that_is_forgotten_leaves_nothing(office: Office):
    await kept(office)

    await plans.discard(office.desk, "P1", ASKER)
    await plans.discard(office.desk, "P1", ASKER)

    assert await office.find(TwoWeeks, "P1") is None
    assert not await office.planned()


async def test_a_person_in_danger_is_reminded_of_nothing(office: Office):
    await kept(office)

    await plans.rest_all(office.desk, ASKER, NOW)

    assert (await now_is(office)).is_hushed
    assert {kind for kind, _ in await office.planned()} == {"two_weeks_over", "forget_two_weeks"}


async def test_nobody_else_can_touch_a_plan(office: Office):
    await kept(office)

    with pytest.raises(NotYours):
        await plans.mark(office.desk, "P1", ADA, NOW, number=0, state="done")
    with pytest.raises(NotYours):
        await plans.discard(office.desk, "P1", ADA)


async def test_what_came_of_planned_actions_is_counted_once_their_days_have_passed(office: Office):
    plan = await kept(office)
    assert actions_done([plan], NOW) is None

    done = await plans.mark(office.desk, "P1", ASKER, NOW, number=0, state="done")
    found = actions_done([done], NOW + 30 * DAY)

    assert found is not None
    assert (found.done, found.planned) == (1, len(plan.actions))
    assert found.low < found.done / found.planned < found.high

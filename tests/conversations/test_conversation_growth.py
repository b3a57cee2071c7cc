"""A growth plan through a year in the whole of Waymark: set, served, asked about, shared, exported."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from app_world import World, start_world, with_support

from coaching.plans.two_weeks import TwoWeeks
from handlers.growth_plan.words import day
from kernel.errors import NotYours
from kernel.values import PersonId
from mentoring import own_data
from relationships.growth_plan.goal import GOAL_DAY, GOALS, Goal
from relationships.growth_plan.goals import add_step
from relationships.growth_plan.growth_plan import GrowthPlan
from relationships.growth_plan.served import SERVED, Served
from relationships.growth_plan.shared_version import SHARED_BY, SharedVersion
from relationships.growth_plan.sharing import open_shared

MAYA, PRIYA, TOM = PersonId("U0MAYA"), PersonId("U0PRIYA"), PersonId("U0TOMAS")
TITLE = "Read query plans without help"
STEP = "Find a sponsor"
QUESTION = "How do I read the query plan of this slow report? #sql"
DAY = timedelta(days=1)


@pytest.fixture
async def grown(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def opened(world: World, who: PersonId = MAYA) -> str:
    await world.slack.command(who, "/coach-me", "goals")
    return words(world, who)


def words(world: World, who: PersonId = MAYA) -> str:
    shown = world.slack.modal(who)
    assert shown is not None
    return shown.words


async def press(world: World, button: str, who: PersonId = MAYA) -> str:
    await world.slack.press(who, world.slack.modal(who), button)
    return words(world, who)


async def set_goal(world: World, title: str = TITLE, **said: Any) -> Goal:
    await opened(world)
    await press(world, "New goal")
    done = await world.slack.submit(MAYA, {"goal_title": title, **said})
    assert not done.errors
    await world.settle()
    return next(it for it in await all_goals(world) if it.title == title)


async def all_goals(world: World) -> list[Goal]:
    desk = await world.desk()
    ids = await desk.store.ids(GOALS.of(MAYA))
    return [await world.get(Goal, id) for id in ids]


async def lines(world: World) -> list[Served]:
    desk = await world.desk()
    return [await world.get(Served, id) for id in await desk.store.ids(SERVED.of(MAYA))]


async def shared_with(world: World, reader: PersonId) -> None:
    """Have Maya share what the form shows, once she has seen it."""
    assert not (await world.slack.submit(MAYA, {"reader": reader})).errors
    assert not (await world.slack.submit(MAYA)).errors
    await world.settle()


async def shared_one(world: World) -> SharedVersion:
    desk = await world.desk()
    [*_, latest] = reversed(await desk.store.ids(SHARED_BY.of(MAYA)))
    return await world.get(SharedVersion, latest)


async def asked(world: World, question: str = QUESTION) -> None:
    """Maya asks, and Priya is asked."""
    await world.enrol(PRIYA, topics={"sql": 3})
    await world.slack.command(MAYA, "/ask-mentor", question)
    await world.settle()


async def helped(world: World, about: str = "slow report") -> None:
    """Priya helps, and the talk ends with a step of Maya's."""
    offer = await world.slack.message(PRIYA, containing=about)
    await world.slack.press(PRIYA, offer, "I can help")
    await world.settle()
    card = await world.slack.message(MAYA, containing="Wrap up")
    await world.slack.press(MAYA, card, "Wrap up")
    await world.slack.submit(MAYA, {"action": "explain one plan to Tom", "cue": "the stand-up"})
    await world.settle()


async def talked(world: World) -> None:
    await asked(world)
    await helped(world)


async def test_without_a_goal_the_window_says_what_one_is(grown: World):
    shown = await opened(grown)

    assert "You have no goals yet." in shown
    assert "No setting lets an admin see it." in shown


async def test_a_goal_is_set_and_what_is_wrong_is_said_at_its_field(grown: World):
    await opened(grown)
    await press(grown, "New goal")

    refused = await grown.slack.submit(MAYA, {"goal_title": " ", "goal_by": grown.now.date().isoformat()})
    assert refused.errors == {
        "goal_title": "Write what you want to get better at; a few words are enough.",
        "goal_by": "This day has come already. Choose one from tomorrow on.",
    }
    done = await grown.slack.submit(
        MAYA, {"goal_title": TITLE, "goal_why": "I own the reports", "goal_by": "2027-03-01"}
    )

    assert not done.errors
    shown = words(grown)
    assert TITLE in shown
    assert "by Mon 1 Mar 2027" in shown
    assert "I own the reports" in shown


async def test_a_fourth_goal_is_refused_and_keeps_what_was_typed(grown: World):
    for title in ("One thing", "Another thing", "A third thing"):
        await set_goal(grown, title)
    await press(grown, "New goal")

    refused = await grown.slack.submit(MAYA, {"goal_title": "A fourth thing"})

    assert refused.errors == {
        "goal_title": "You have 3 open goals, and that's the most. Reach one or let one go first."
    }
    await opened(grown)
    await press(grown, "I got there")
    await press(grown, "New goal")
    assert not (await grown.slack.submit(MAYA, {"goal_title": "A fourth thing"})).errors


async def test_a_talk_is_suggested_added_by_one_tap_with_its_step_and_taken_out_again(grown: World):
    goal = await set_goal(grown)
    await talked(grown)
    await grown.skip(DAY)  # what the night finds stands on Home, and no message comes

    await grown.slack.open_home(MAYA)
    await grown.settle()
    home = grown.slack.home(MAYA)
    assert home is not None
    assert "Does your talk “How do I read the query plan" in home.words
    assert "set Mon 23 Nov" in home.words
    assert not [it for it in grown.slack.dm(MAYA) if "count towards" in it.words]

    await opened(grown)
    assert "Not added to “" in await press(grown, "No")
    assert "Does your talk “" in await press(grown, "Undo")
    assert "Added to “" in await press(grown, "Yes")
    shown = await press(grown, "Undo")
    assert "Does your talk “" in shown
    assert await lines(grown) == []
    shown = await press(grown, "Yes")
    assert "1 talk" in shown
    assert "count towards “" not in shown  # not of the question as well that the talk came of
    assert "After the stand-up: explain one plan to Tom" in shown
    [line] = await lines(grown)
    assert (line.goal_id, line.what, line.title) == (goal.id, "talk", QUESTION.removesuffix(" #sql"))

    await press(grown, "History")
    assert "Nothing here yet" in await press(grown, "Not part of it")
    shown = await opened(grown)
    assert "count towards “" not in shown
    assert "explain one plan" not in shown
    assert await lines(grown) == []


async def test_the_talk_that_comes_of_a_question_in_the_plan_joins_it_by_itself(grown: World):
    await set_goal(grown)
    await asked(grown)
    await opened(grown)
    await press(grown, "Yes")
    assert [(it.what, it.by_itself) for it in await lines(grown)] == [("ask", False)]

    await helped(grown)
    await grown.skip(DAY)

    assert {(it.what, it.by_itself) for it in await lines(grown)} == {("ask", False), ("talk", True)}
    shown = await opened(grown)
    assert "1 question, 1 talk" in shown
    assert "explain one plan to Tom" in shown


async def test_what_has_ended_is_added_from_its_own_card(grown: World):
    await talked(grown)
    card = await grown.slack.message(MAYA, containing="Did it help?")
    await grown.slack.press(MAYA, card, "Add to a goal")
    assert "Which goal does your talk “How do I read" in words(grown)

    await press(grown, "New goal")
    assert not (await grown.slack.submit(MAYA, {"goal_title": TITLE})).errors

    shown = words(grown)
    assert "1 talk" in shown
    assert "After the stand-up: explain one plan to Tom" in shown
    card = await grown.slack.message(PRIYA, containing="Add to a goal")
    await grown.slack.press(PRIYA, card, "Add to a goal")
    assert "slow report" not in words(grown, PRIYA)
    assert "SQL" in words(grown, PRIYA)


async def test_steps_of_goals_and_plans_are_one_list_here_and_on_home(grown: World):
    await set_goal(grown)
    await press(grown, "Add a step")
    refused = await grown.slack.submit(MAYA, {"goal_step": " "})
    assert refused.errors == {"goal_step": "Write one thing that you will do."}
    assert not (await grown.slack.submit(MAYA, {"goal_step": "Read one plan with Priya"})).errors
    await grown.slack.choose(MAYA, grown.slack.modal(MAYA), "goal.menu", "Plan two weeks")
    assert not (await grown.slack.submit(MAYA, {})).errors
    await grown.settle()

    shown = words(grown)
    assert "1 two-week plan" in shown
    assert shown.index("My next steps") < shown.index("Read one plan with Priya")
    await grown.slack.open_home(MAYA)
    await grown.settle()
    home = grown.slack.home(MAYA)
    assert home is not None
    assert home.words.count("My next steps") == 1
    assert "Read one plan with Priya" in home.words
    assert "My plans" not in home.words
    assert home.words.count(f"for “{TITLE}”") == 2

    await grown.slack.press(MAYA, home, "Done")  # of the plan's first action
    await grown.settle()
    [plan_id] = (await all_goals(grown))[0].plans
    assert (await grown.get(TwoWeeks, plan_id)).done == 1
    home = grown.slack.home(MAYA)
    await grown.slack.press(MAYA, home, "Another day")
    assert (await grown.slack.submit(MAYA, {"day": "2026-12-09"})).closed
    await grown.settle()
    await grown.slack.press(MAYA, grown.slack.home(MAYA), "Change")
    empty = await grown.slack.submit(MAYA, {"behaviour": "  "})
    assert empty.errors == {"behaviour": "Say in a few words what you will do."}
    assert (await grown.slack.submit(MAYA, {"behaviour": "Ask Tom for a plan to read"})).closed
    await grown.settle()
    moved = (await grown.get(TwoWeeks, plan_id)).actions
    assert "2026-12-09" in [it.on.isoformat() for it in moved]
    assert "Ask Tom for a plan to read" in [it.behaviour for it in moved]
    await grown.slack.press(MAYA, grown.slack.home(MAYA), "Drop it")
    await grown.settle()
    assert "dropped" in [it.state for it in (await grown.get(TwoWeeks, plan_id)).actions]
    await opened(grown)
    await grown.slack.press(MAYA, grown.slack.modal(MAYA), "goal.step_done")
    assert "Done: “Read one plan with Priya”" in words(grown)
    assert "1 of 1 step done" in words(grown)
    assert "0 of 1 step done" in await press(grown, "Reopen")


async def test_who_says_no_to_a_question_is_not_asked_about_the_talk_that_comes_of_it(grown: World):
    await set_goal(grown)
    await asked(grown)
    await opened(grown)
    await press(grown, "No")

    await helped(grown)
    await grown.skip(DAY)

    assert "count towards “" not in await opened(grown)
    assert await lines(grown) == []


async def test_words_after_the_command_become_a_goal_and_its_steps_have_days(grown: World):
    slack = grown.slack
    await slack.command(MAYA, "/coach-me", f"goal: {TITLE}")
    assert not (await slack.submit(MAYA, {})).errors
    await press(grown, "Add a step")
    past = {"goal_step": "Read one plan", "step_on": "2026-11-01"}
    assert (await slack.submit(MAYA, past)).errors == {
        "step_on": "This day has passed. Choose one from today on."
    }
    assert not (await slack.submit(MAYA, {"step_on": None})).errors
    await press(grown, "Add a step")
    assert not (await slack.submit(MAYA, {"goal_step": "Ask Tom", "step_on": "2026-12-04"})).errors
    await slack.open_home(MAYA)
    await grown.settle()
    home = slack.home(MAYA)
    assert home is not None
    assert home.words.index("Fri 4 Dec: “Ask Tom”") < home.words.index("Read one plan")

    await slack.press(MAYA, home, "Pick a day")
    assert (await slack.submit(MAYA, {"step_on": "2026-12-02"})).closed
    await grown.settle()
    home = slack.home(MAYA)
    assert home is not None
    assert home.words.index("Wed 2 Dec: “Read one plan”") < home.words.index("Ask Tom")
    await slack.press(MAYA, home, "Change")
    assert (await slack.submit(MAYA, {"goal_step": " "})).errors == {
        "goal_step": "Write one thing that you will do."
    }
    assert (await slack.submit(MAYA, {"goal_step": "Read two plans", "step_on": "2026-12-09"})).closed
    await grown.settle()
    home = slack.home(MAYA)
    assert home is not None
    assert home.words.index("Fri 4 Dec") < home.words.index("Wed 9 Dec: “Read two plans”")
    await slack.press(MAYA, home, "Drop it")
    await grown.settle()
    [goal] = await all_goals(grown)
    assert [(it.text, it.state) for it in goal.steps] == [("Read two plans", "open"), ("Ask Tom", "dropped")]

    worry = await slack.command(MAYA, "/coach-me", "goals planning next week, I dread it")
    assert worry.shown is not None
    assert "The guided talk “Think it through” seems to fit best" in worry.shown.words
    long = "explain what a slow query does to a colleague, " * 5 + "without help"
    await slack.command(MAYA, "/coach-me", f"goal {long}")
    assert not (await slack.submit(MAYA, {})).errors
    [goal] = [it for it in await all_goals(grown) if it.title != TITLE]
    assert goal.why == long  # the title holds its beginning, and nothing that was typed is lost
    assert long.startswith(goal.title)


async def test_a_goal_asks_on_its_day_and_a_new_day_asks_anew(grown: World):
    await set_goal(grown, goal_by="2026-12-15")
    await grown.skip(timedelta(days=23))
    asked = await grown.slack.message(MAYA, containing="You wanted to look at a goal on Tue 15 Dec")

    await grown.slack.press(MAYA, asked, "Choose a new day")
    assert not (await grown.slack.submit(MAYA, {"goal_by": "2027-01-12"})).errors
    await grown.settle()

    assert "your new day is Tue 12 Jan 2027" in (await grown.slack.message(MAYA, containing=TITLE)).words
    await grown.skip(timedelta(days=30))
    again = await grown.slack.message(MAYA, containing="You wanted to look at a goal on Tue 12 Jan")
    await grown.slack.press(MAYA, again, "I got there")
    await grown.settle()
    assert [it.state for it in await all_goals(grown)] == ["reached"]


async def test_each_quarter_it_looks_back_once_and_stops_where_nobody_answers(grown: World):
    await set_goal(grown)
    await set_goal(grown, "Lead my first team")
    await grown.skip(timedelta(days=95))

    asked = await grown.slack.message(MAYA, containing="Your goals over three months")
    assert "Nothing since Mon 23 Nov" in asked.words
    await grown.slack.press(MAYA, asked, "Still on it")
    await grown.settle()
    asked = await grown.slack.message(MAYA, containing="Your goals over three months")
    await grown.slack.press(MAYA, asked, "Let it go")
    await grown.settle()
    assert await grown.slack.message(MAYA, containing="You looked back at your goals.")

    looks = 0
    for _ in range(4):
        await grown.skip(timedelta(days=92))
        looks = (await grown.get(GrowthPlan, MAYA)).looked.number  # type: ignore[union-attr]

    assert looks == 3
    assert "so I stopped asking" in await opened(grown)
    assert "nothing since" in words(grown)


async def test_a_frozen_copy_is_read_by_one_person_who_sees_what_changed(grown: World):
    await set_goal(grown)
    await press(grown, "Share")
    assert (await grown.slack.submit(MAYA, {"reader": MAYA})).errors == {
        "reader": "These are your own goals. Pick somebody else."
    }
    assert not (await grown.slack.submit(MAYA, {"reader": PRIYA})).errors
    assert f"<@{PRIYA}> will read this" in words(grown)
    assert STEP not in words(grown)
    # The goal changes while she looks: she sees that first.
    [looked_at] = await all_goals(grown)
    await add_step(await grown.desk(), MAYA, looked_at.id, STEP, grown.now, once="meanwhile")
    assert not (await grown.slack.submit(MAYA)).errors
    await grown.settle()
    assert STEP in words(grown)
    assert await copies(grown) == []
    assert not (await grown.slack.submit(MAYA)).errors
    await grown.settle()
    assert "Not opened yet." in words(grown)

    card = await grown.slack.message(PRIYA, containing="shared goals with you")
    await grown.slack.press(PRIYA, card, "Open")
    assert TITLE in words(grown, PRIYA)
    assert STEP in words(grown, PRIYA)
    goal = (await all_goals(grown))[0]
    await opened(grown)
    await grown.slack.choose(MAYA, grown.slack.modal(MAYA), "goal.menu", "Change it")
    await grown.slack.submit(MAYA, {"goal_title": "Tune any query alone"})
    await grown.settle()
    await grown.slack.press(PRIYA, card, "Open")
    assert "Tune any query alone" not in words(grown, PRIYA)
    assert (await shared_one(grown)).times == 2

    await press(grown, "Who saw it")
    assert "Opened 2 times, last" in words(grown)
    await grown.skip(31 * DAY)
    assert (
        "aren't shared with you any more" in (await grown.slack.message(PRIYA, containing="any more")).words
    )
    assert not (await shared_one(grown)).is_open

    await opened(grown)
    await press(grown, "Share")
    await shared_with(grown, PRIYA)
    card = await grown.slack.message(PRIYA, containing="shared goals with you")
    await grown.slack.press(PRIYA, card, "Open")
    assert "What changed since you read it" in words(grown, PRIYA)
    assert "New wording: “Tune any query alone”" in words(grown, PRIYA)

    await press(grown, "Stop sharing")
    await grown.settle()
    await grown.slack.press(PRIYA, card, "Open")
    assert await grown.slack.message(PRIYA, containing="These goals aren't shared with you any more.")
    assert goal.reworded == 0


async def test_nobody_else_can_open_a_copy_whatever_they_are(grown: World):
    await set_goal(grown)
    await press(grown, "Share")
    await shared_with(grown, PRIYA)
    card = await grown.slack.message(PRIYA, containing="shared goals with you")

    await grown.slack.change_person(TOM, is_admin=True)
    await grown.settle()
    desk, shared = await grown.desk(), await shared_one(grown)
    for who in (TOM, MAYA):
        with pytest.raises(NotYours):
            await open_shared(desk, who, shared.id, grown.now)
        for thing in (shared.thing, *(GOAL_DAY.of(it.id) for it in await all_goals(grown))):
            assert await grown.conversations.paint(desk, thing, who, grown.now) is None
    assert (await shared_one(grown)).times == 0
    assert "Open" in card.words


@pytest.mark.parametrize(
    ("button", "end"), [("Text (Markdown)", "md"), ("Data (JSON)", "json"), ("Page to print (HTML)", "html")]
)
async def test_it_is_exported_as_a_file_and_the_log_says_so(grown: World, button: str, end: str):
    await set_goal(grown)
    await press(grown, "Export")
    await press(grown, button)
    await grown.settle()
    await grown.skip(timedelta(minutes=5))

    [sent] = [it for it in grown.slack.dm(MAYA) if it.files]
    assert sent.files[0]["name"] == f"growth-plan-2026-11-23.{end}"
    await press(grown, "Back to my goals")
    assert f"Exported by you: {button}" in await press(grown, "Who saw it")


async def test_without_the_scope_an_export_comes_as_messages(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path), scopes=scopes) as world:
        await set_goal(world)
        await press(world, "Export")
        await press(world, "Data (JSON)")
        await world.settle()
        await world.skip(timedelta(minutes=5))

        assert not [it for it in world.slack.dm(MAYA) if it.files]
        text = (await world.slack.message(MAYA, containing="made_at")).words
        assert TITLE in text


async def test_a_goal_is_forgotten_whole_after_one_question(grown: World):
    await set_goal(grown)
    await grown.slack.choose(MAYA, grown.slack.modal(MAYA), "goal.menu", "Forget it")
    assert "This can't be undone." in words(grown)
    await grown.slack.submit(MAYA, {})
    await grown.settle()

    assert "You have no goals yet." in words(grown)
    assert await all_goals(grown) == []


async def test_erasing_takes_goals_and_copies_and_a_reader_who_is_erased_becomes_someone(grown: World):
    desk, features = await grown.desk(), grown.conversations.features
    for number, who in enumerate((PRIYA, TOM)):
        await set_goal(grown, f"Goal number {number}")
        await press(grown, "Share")
        await shared_with(grown, who)
    exported = await own_data.export(desk, features, PRIYA, grown.now)
    assert [set(it) for it in exported["data"]["goals shared by a colleague"]] == [
        {"owner_id", "shared_at", "until", "ended_at", "opened", "times"}
    ]

    await own_data.erase(desk, features, PRIYA, grown.now)
    await grown.settle()
    await opened(grown)
    assert "Someone, from" in await press(grown, "Who saw it")
    assert PRIYA not in json.dumps([it.model_dump(mode="json") for it in await copies(grown)])

    await own_data.erase(desk, features, MAYA, grown.now)
    assert (await all_goals(grown), await copies(grown)) == ([], [])
    assert await grown.find(GrowthPlan, MAYA) is None


async def copies(world: World) -> list[SharedVersion]:
    desk = await world.desk()
    return [await world.get(SharedVersion, id) for id in await desk.store.ids(SHARED_BY.of(MAYA))]


async def test_a_reader_who_left_reads_nothing_and_the_log_says_so(grown: World):
    await set_goal(grown)
    await press(grown, "Share")
    await shared_with(grown, PRIYA)
    await grown.slack.change_person(PRIYA, deleted=True)
    await grown.settle()

    await opened(grown)

    assert "They don't work here any more, so nobody reads this." in await press(grown, "Who saw it")
    await press(grown, "Back to my goals")
    await press(grown, "Share")
    refused = await grown.slack.submit(MAYA, {"reader": PRIYA})
    assert refused.errors == {"reader": "This person doesn't work here any more. Pick somebody else."}


def test_the_day_is_written_with_its_year_where_that_is_another():
    assert day(date(2026, 12, 3), date(2026, 11, 23)) == "Thu 3 Dec"
    assert day(date(2027, 3, 1), date(2026, 11, 23)) == "Mon 1 Mar 2027"

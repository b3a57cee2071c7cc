"""`/coach-me plan` and `/coach-me insights` through the whole of Waymark."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world, with_support
from test_conversation_home import home
from test_conversation_sprints import FORM

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
COACH = "/coach-me"
GOAL = "explain a query plan without help"


@pytest.fixture
async def coached(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def words(world: World, line: str) -> str:
    answer = await world.slack.command(MAYA, COACH, line)
    assert answer.shown is not None
    return answer.shown.words


async def test_a_plan_is_made_of_a_goal_and_becomes_a_sprint(coached: World):
    answer = await coached.slack.command(MAYA, COACH, f"plan {GOAL}")
    assert answer.shown is not None
    assert f"A two-week plan for:\n> {GOAL}" in answer.shown.words
    assert "to show for it:" in answer.shown.words

    await coached.slack.press(MAYA, answer.shown, "Plan a sprint with it")

    await coached.settle()
    assert GOAL in (await coached.slack.message(MAYA, containing="as expected?")).words


async def test_without_a_goal_the_open_sprint_is_taken_or_one_is_asked_for(coached: World):
    assert "A plan for what?" in await words(coached, "plan")

    await coached.slack.command(MAYA, COACH, "sprint-form")
    await coached.slack.submit(MAYA, FORM)
    await coached.settle()

    said = await words(coached, "plan")
    assert FORM["goal"] in said
    assert FORM["action"] in said


async def test_a_newcomer_hears_when_there_will_be_something(coached: World):
    assert "Nothing yet." in await words(coached, "insights")


async def test_a_sprint_whose_check_ins_were_missed_can_have_other_days(coached: World):
    await coached.slack.command(MAYA, COACH, "sprint-form")
    await coached.slack.submit(MAYA, FORM)
    await coached.settle()
    await coached.skip(timedelta(days=9))

    answer = await coached.slack.command(MAYA, COACH, "insights")

    assert answer.shown is not None
    assert "You kept 0 of" in answer.shown.words
    assert "Wilson" not in answer.shown.words
    await coached.slack.press(MAYA, answer.shown, "How is this computed?")
    computed = coached.slack.modal(MAYA)
    assert computed is not None
    assert "Wilson 1927" in computed.words
    await coached.slack.close(MAYA, all_views=True)
    await coached.slack.press(MAYA, answer.shown, "Change the days")
    assert coached.slack.modal(MAYA) is not None


async def test_talks_with_one_person_alone_bring_up_another_voice(coached: World):
    await coached.enrol(PRIYA, topics={"python": 3}, minutes=600)
    for number in range(5):
        await coached.slack.command(MAYA, "/ask-mentor", f"How do I profile asyncio {number}? #python")
        await coached.settle()
        card = await coached.slack.message(PRIYA, containing=f"asyncio {number}")
        await coached.slack.press(PRIYA, card, "I can help")
        await coached.settle()
        talk = await coached.slack.message(MAYA, containing="Your talk with")
        await coached.slack.press(MAYA, talk, "Wrap up")
        await coached.slack.submit(MAYA, {"minutes": "5"})
        await coached.skip(timedelta(days=8))

    said = await words(coached, "insights")

    assert "5 talks in 90 days, all with one person" in said


async def test_a_plan_that_is_kept_reminds_and_is_ticked_off(coached: World):
    answer = await coached.slack.command(MAYA, COACH, f"plan {GOAL}")
    assert answer.shown is not None
    await coached.slack.press(MAYA, answer.shown, "Keep it and remind me")
    await coached.settle()
    card = await coached.slack.message(MAYA, containing="Your two-week plan for")
    assert "0 of 6 done" in card.words

    await coached.skip(timedelta(days=3))
    reminder = await coached.slack.message(MAYA, containing="When: “I begin my working day”")
    await coached.slack.press(MAYA, reminder, "Done")
    await coached.settle()

    card = await coached.slack.message(MAYA, containing="Your two-week plan for")
    assert "1 of 6 done" in card.words
    assert await home(coached, MAYA, "1 of 6 done")


async def test_an_action_is_moved_to_a_day_of_ones_choice(coached: World):
    answer = await coached.slack.command(MAYA, COACH, f"plan {GOAL}")
    assert answer.shown is not None
    await coached.slack.press(MAYA, answer.shown, "Keep it and remind me")
    await coached.settle()
    await coached.skip(timedelta(days=3))
    reminder = next(it for it in reversed(coached.slack.dm(MAYA)) if "Another day" in str(it.blocks))

    await coached.slack.choose(MAYA, reminder, "plan.later", "Tue 1 Dec")
    await coached.settle()

    card = await coached.slack.message(MAYA, containing="Your two-week plan for")
    assert "Tue 1 Dec: “Work on that case for 25 minutes, on my own”" in card.words
    answered = next(it for it in coached.slack.dm(MAYA) if it.ts == reminder.ts)
    assert "Another day" not in str(answered.blocks)


async def test_a_plan_that_is_forgotten_leaves_nothing(coached: World):
    answer = await coached.slack.command(MAYA, COACH, f"plan {GOAL}")
    assert answer.shown is not None

    await coached.slack.press(MAYA, answer.shown, "Forget it")
    await coached.settle()

    assert not [it for it in coached.slack.dm(MAYA) if GOAL in it.words]
    await coached.slack.press(MAYA, answer.shown, "Keep it and remind me")
    await coached.settle()
    assert not [it for it in coached.slack.dm(MAYA) if GOAL in it.words]


async def test_from_every_message_of_a_plan_a_person_is_one_press_away_with_the_goal_in_the_form(
    coached: World,
):
    answer = await coached.slack.command(MAYA, COACH, "plan I want to read query plans without help")
    assert answer.shown is not None
    await coached.slack.press(MAYA, answer.shown, "Keep it and remind me")
    await coached.settle()
    await coached.skip(timedelta(days=1))

    card = await coached.slack.message(MAYA, containing="Your two-week plan")
    reminder = next(it for it in reversed(coached.slack.dm(MAYA)) if "Drop it" in it.words.splitlines())
    for message in (card, reminder):
        await coached.slack.press(MAYA, message, "Ask a colleague instead")
        form = coached.slack.modal(MAYA)
        assert form is not None
        assert "read query plans without help" in str(form.body["blocks"])
        await coached.slack.close(MAYA, all_views=True)

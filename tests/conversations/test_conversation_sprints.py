"""Sprints through the whole of Waymark: one form, check-ins, a partner who sees them, a look back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from app_world import HELP_LINE, World, start_world, whole_help, with_support
from make_sprint import SCALE

from coaching.sprints.sprint import Sprint
from playground.driver import Message

MAYA, PRIYA, TOM = "U0MAYA", "U0PRIYA", "U0TOM"
COACH = "/coach-me"
DANGER = "I don't want to live anymore"
GOAL = "Read query plans without help"
FORM = {
    "goal": GOAL,
    "topics": ["SQL and databases"],
    **SCALE.model_dump(),
    "cue": "the stand-up is over",
    "action": "open one slow query",
    "confidence": "7",
}
TYPED = ("goal", "measure", "baseline", "expected", "more", "much_more", "less", "much_less", "cue", "action")


@pytest.fixture
async def coached(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def opened(world: World) -> None:
    await world.slack.command(MAYA, COACH, "sprint-form")
    assert world.slack.modal(MAYA) is not None


async def begun(world: World, **changed: Any) -> Sprint:
    await opened(world)
    done = await world.slack.submit(MAYA, {**FORM, **changed})
    assert not done.errors
    await world.settle()
    return await only_sprint(world)


async def only_sprint(world: World) -> Sprint:
    desk = await world.desk()
    [sprint] = [await world.get(Sprint, id) for id in await desk.store.ids(f"sprints-of:{MAYA}")]
    return sprint


async def card(world: World, containing: str = "Your skill sprint") -> Message:
    return await world.slack.message(MAYA, containing=containing)


async def checked_in(world: World, level: str = "0", **said: Any) -> None:
    await world.slack.press(MAYA, await card(world), "Check in")
    await world.slack.submit(MAYA, {"level": level, "minutes": "20", **said})
    await world.settle()


async def to_review(world: World) -> Message:
    sprint = await only_sprint(world)
    await world.skip_to(sprint.ends_at)
    return await card(world, "Your sprint's time is up")


async def test_one_form_begins_a_sprint_with_a_card_of_its_own(coached: World):
    await begun(coached)

    shown = await card(coached)
    assert GOAL in shown.words
    assert "When the stand-up is over, then I will open one slow query." in shown.words
    assert "on Tuesday and Thursday at 16:00" in shown.words
    assert "Nobody else sees this" in shown.words
    assert "Ask a colleague instead" in shown.words


async def test_help_lists_sprints(coached: World):
    assert "/coach-me sprint" in await whole_help(coached, MAYA, COACH)


async def test_without_a_contact_sprints_are_off(socket_world: World):
    answer = await socket_world.slack.command(MAYA, COACH, "sprint")

    assert answer.shown is not None
    assert "switched off" in answer.shown.words
    assert socket_world.slack.modal(MAYA) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("expected", " "), ("more", "Two queries  explained alone"), ("action", "   "), ("partner", MAYA)],
)
async def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(
    coached: World, field: str, value: str
):
    await opened(coached)

    refused = await coached.slack.submit(MAYA, {**FORM, field: value})

    assert list(refused.errors) == [field]
    fixed = await coached.slack.submit(MAYA, {field: None if field == "partner" else "Quite another thing"})
    assert not fixed.errors
    await coached.settle()
    assert (await only_sprint(coached)).plan.goal == GOAL


async def test_all_that_is_wrong_is_said_at_once(coached: World):
    await opened(coached)

    refused = await coached.slack.submit(MAYA, {**FORM, "goal": " ", "cue": " ", "action": " ", "less": " "})

    assert set(refused.errors) == {"goal", "cue", "action", "less"}
    assert refused.errors["cue"].startswith("Write the moment")


async def test_a_suggested_sprint_is_not_offered_on_top_of_another(coached: World):
    await opened(coached)

    await coached.slack.choose(MAYA, coached.slack.modal(MAYA), "sprint.template", "Read query plans")

    shown = coached.slack.modal(MAYA)
    assert shown is not None
    assert "Or start from a suggestion" not in shown.words


async def test_a_form_sent_twice_begins_one_sprint(coached: World):
    await opened(coached)
    view = coached.slack.modal(MAYA)
    await coached.slack.submit(MAYA, {**FORM, "action": " "}, view)

    await coached.slack.submit(MAYA, FORM, view)
    await coached.settle()

    assert (await only_sprint(coached)).plan.goal == GOAL


async def test_a_suggested_sprint_fills_the_form(coached: World):
    await opened(coached)
    await coached.slack.choose(MAYA, coached.slack.modal(MAYA), "sprint.template", "Read query plans")

    done = await coached.slack.submit(MAYA, {"confidence": "8"})
    await coached.settle()

    assert not done.errors
    assert coached.slack.modal(MAYA) is None
    assert (await only_sprint(coached)).plan.goal == "Explain the plan of a slow query without help"


async def test_a_check_in_changes_the_card_in_place(coached: World):
    await begun(coached)
    before = await card(coached)
    messages = len(coached.slack.dm(MAYA))

    await coached.slack.press(MAYA, before, "Check in")
    done = await coached.slack.submit(MAYA, {"level": "-1", "minutes": "25 min", "confidence": "6"})
    await coached.settle()

    after = await card(coached)
    assert done.view is not None
    assert "One query explained with help" in done.view.words
    assert after.ts == before.ts
    assert "25 minutes of practice" in after.words
    assert "Now at −1: “One query explained with help”" in after.words.replace("*", "")
    assert len(coached.slack.dm(MAYA)) == messages


@pytest.mark.parametrize("minutes", ["half an hour", "-5", "2000", "1e3", "½"])
async def test_minutes_that_are_no_number_are_refused_at_their_field(coached: World, minutes: str):
    await begun(coached)
    await coached.slack.press(MAYA, await card(coached), "Check in")

    refused = await coached.slack.submit(MAYA, {"level": "0", "minutes": minutes})

    assert list(refused.errors) == ["minutes"]
    assert not (await only_sprint(coached)).check_ins


async def test_what_is_in_the_way_becomes_a_question_with_its_context(coached: World):
    await begun(coached)
    await coached.slack.press(MAYA, await card(coached), "Check in")
    done = await coached.slack.submit(MAYA, {"level": "0", "blocker": "I can't read nested loops"})

    await coached.slack.press(MAYA, done.view, "Ask a mentor about it")

    form = coached.slack.modal(MAYA)
    assert form is not None
    filled = str(form.body["blocks"])
    for words in ("I can't read nested loops", GOAL, "when the stand-up is over", "SQL and databases"):
        assert words in filled
    await coached.slack.submit(MAYA)
    await coached.settle()
    assert await (await coached.desk()).store.ids(f"requests-of:{MAYA}")


async def test_two_weeks_bring_a_rehearsal_reminders_a_recap_and_a_review(coached: World):
    await begun(coached)
    await coached.skip(timedelta(days=1, hours=6))
    rehearsal = await coached.slack.message(MAYA, containing="open one slow query")
    assert "Done" in rehearsal.words
    await coached.slack.press(MAYA, rehearsal, "Done")
    await coached.settle()

    await coached.skip(timedelta(days=2))
    reminder = next(it for it in reversed(coached.slack.dm(MAYA)) if "Not today" in it.words)
    await coached.slack.press(MAYA, reminder, "Check in")
    await coached.slack.submit(MAYA, {"level": "-1", "minutes": "30"})
    await coached.settle()

    await coached.skip(timedelta(days=4))
    recap = await coached.slack.message(MAYA, containing="Without looking")
    assert "1 of 2 planned ones made" in recap.words
    await coached.slack.press(MAYA, recap, "Say it from memory")
    modal = coached.slack.modal(MAYA)
    assert modal is not None
    assert "stand-up" not in str(modal.body["blocks"])
    done = await coached.slack.submit(MAYA, {"text": "After stand-up, a slow query"})
    assert done.view is not None
    assert "When the stand-up is over" in done.view.words

    await coached.slack.close(MAYA, all_views=True)
    review = await to_review(coached)
    await coached.slack.press(MAYA, review, "Look back")
    await coached.slack.submit(
        MAYA, {"level": "1", "confidence": "8", "lesson": "Small <steps>", "next": "Teach"}
    )
    await coached.settle()

    closed = await coached.slack.message(MAYA, containing="How your sprint went")
    assert "You did better than you expected." in closed.words
    assert "60" not in closed.words
    await coached.slack.press(MAYA, closed, "How is this computed?")
    computed = coached.slack.modal(MAYA)
    assert computed is not None
    assert "60, where 50 is all as expected" in computed.words
    await coached.slack.close(MAYA, all_views=True)
    assert "Small" in closed.words
    assert (await only_sprint(coached)).state == "done"
    [drawn] = [it for it in coached.slack.dm(MAYA) if it.files]
    assert "Levels so far: −1, +1; the last one is the review's" in drawn.files[0]["alt_txt"]
    assert "Levels so far: −1, +1; the last one is the review's" in closed.words

    await coached.skip(timedelta(days=15))
    asked = next(it for it in reversed(coached.slack.dm(MAYA)) if "Now and then" in it.words)
    await coached.slack.press(MAYA, asked, "Still doing it")
    await coached.settle()
    assert (await only_sprint(coached)).lasting == {"w2": "yes"}


async def test_without_the_scope_the_chart_is_text_and_nothing_is_left_to_do(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path), scopes=scopes) as world:
        await begun(world)
        await checked_in(world)
        await world.slack.press(MAYA, await to_review(world), "Look back")
        await world.slack.submit(MAYA, {"level": "1", "confidence": "8"})
        await world.settle()

        closed = await world.slack.message(MAYA, containing="How your sprint went")
        assert "You reached +1:" in closed.words
        assert not [it for it in world.slack.dm(MAYA) if it.files]


@pytest.mark.parametrize(("reads", "pictures", "counted"), [(["im:history"], 1, 0), ([], 2, 1)])
async def test_a_picture_whose_answer_was_lost_is_looked_for(
    tmp_path: Path, redis_url: str, reads: list[str], pictures: int, counted: int
):
    scopes = ["commands", "chat:write", "users:read", "files:write", *reads]
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path), scopes=scopes) as world:
        await begun(world)
        await checked_in(world)
        await world.slack.press(MAYA, await to_review(world), "Look back")
        world.slack.faults.lose("files.completeUploadExternal", times=1)
        await world.slack.submit(MAYA, {"level": "1", "confidence": "8"})
        await world.settle()
        await world.skip(timedelta(minutes=1))

        assert len([it for it in world.slack.dm(MAYA) if it.files]) == pictures
        assert await world.app.worker.stores.notices.maybe_doubled() == counted


async def test_a_partner_is_asked_first_and_sees_nothing_before_a_yes(coached: World):
    await begun(coached, partner=PRIYA)
    asked = await coached.slack.message(PRIYA, containing="would like you as a partner")
    assert GOAL not in asked.words
    await checked_in(coached)
    assert not [it for it in coached.slack.dm(PRIYA) if GOAL in it.words]

    await coached.slack.press(PRIYA, asked, "Yes, gladly")
    await coached.settle()

    record = await coached.slack.message(PRIYA, containing=GOAL)
    assert "Now at 0:" in record.words
    assert "sees your check-ins" in (await card(coached)).words
    await coached.skip(timedelta(days=8))
    digest = await coached.slack.message(PRIYA, containing="Stop being the partner")
    assert digest.ts != record.ts
    await coached.slack.press(PRIYA, digest, "Stop being the partner")
    await coached.settle()
    assert not [it for it in coached.slack.dm(PRIYA) if GOAL in it.words]


async def test_a_partner_who_declines_is_never_shown_the_goal(coached: World):
    await begun(coached, partner=PRIYA)
    asked = await coached.slack.message(PRIYA, containing="would like you as a partner")

    await coached.slack.press(PRIYA, asked, "Not this time")
    await checked_in(coached)

    assert not [it for it in coached.slack.dm(PRIYA) if GOAL in it.words]
    assert "can't be your partner this time" in (await card(coached)).words


async def test_pause_go_on_adjust_extend_and_end(coached: World):
    sprint = await begun(coached)
    await coached.slack.press(MAYA, await card(coached), "Pause")
    await coached.settle()
    await coached.skip(timedelta(days=3))
    resting = await card(coached, "Your sprint is paused")
    await coached.slack.press(MAYA, resting, "Continue")
    await coached.settle()
    going = await card(coached)
    assert going.ts == resting.ts
    assert (await only_sprint(coached)).ends_at == sprint.ends_at + timedelta(days=3)

    await coached.slack.press(MAYA, going, "Adjust")
    done = await coached.slack.submit(MAYA, {"cue": "lunch is over", "days": ["Wednesday"]})
    assert not done.errors
    await coached.settle()
    assert "When lunch is over" in (await card(coached)).words

    await coached.slack.press(MAYA, await card(coached), "One more week")
    await coached.settle()
    assert (await only_sprint(coached)).ends_at == sprint.ends_at + timedelta(days=10)

    await coached.slack.press(MAYA, await card(coached), "End it")
    await coached.settle()
    ended = await card(coached, "This sprint has ended")
    assert "what you learned stays yours" in ended.words
    await coached.skip(timedelta(days=60))
    assert not [it for it in coached.slack.dm(MAYA) if "Not today" in it.words]


async def test_silence_stops_the_reminders_and_that_is_said(coached: World):
    await begun(coached, weeks="4", days=["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])
    for _ in range(21):
        await coached.skip(timedelta(days=1))

    stopped = await coached.slack.message(MAYA, containing="*I've stopped reminding you*")
    assert not [it for it in coached.slack.dm(MAYA) if "Not today" in it.words and not it.deleted]
    assert len([it for it in coached.slack.dm(MAYA) if not it.deleted]) <= 3
    await coached.slack.press(MAYA, stopped, "Remind me again")
    await coached.settle()

    assert not (await only_sprint(coached)).is_hushed


async def test_a_sprint_goes_on_after_a_restart(coached: World):
    sprint = await begun(coached)
    await coached.stop()
    await coached.slack.skip(timedelta(days=3, hours=6))
    await coached.start()
    await coached.settle()

    assert [it for it in coached.slack.dm(MAYA) if "Not today" in it.words]
    after = await only_sprint(coached)
    assert after.nudged is not None
    assert (await coached.get(Sprint, sprint.id)).unanswered == 1


async def test_advice_plans_a_sprint_with_the_words_in_it(coached: World):
    text = "I want to get better at presenting over the next weeks with regular practice"
    answer = await coached.slack.command(MAYA, COACH, text)
    assert answer.shown is not None

    await coached.slack.press(MAYA, answer.shown, "Plan a skill sprint")

    await coached.settle()
    asked = await coached.slack.message(MAYA, containing="as expected?")
    assert text in asked.words
    await coached.slack.press(MAYA, asked, "All in one form")
    await coached.slack.submit(MAYA, {name: value for name, value in FORM.items() if name != "goal"})
    await coached.settle()
    assert (await only_sprint(coached)).plan.goal == text
    assert not await (await coached.desk()).store.ids(f"drafts-of:{MAYA}")


async def test_a_goal_scale_written_in_a_talk_becomes_a_sprint(coached: World):
    answer = await coached.slack.command(MAYA, COACH, "I want to read query plans without help")
    assert answer.shown is not None
    await coached.slack.choose(MAYA, answer.shown, "more", "Write a goal scale")
    await coached.settle()
    for said in (*(f"Something of my own, number {number}" for number in range(8)), "On Friday, at 4 pm"):
        asked = next(it for it in reversed(coached.slack.dm(MAYA)) if "Skip" in it.words)
        await coached.slack.say(MAYA, said, thread_ts=asked.thread_ts)
        await coached.settle()

    done = await coached.slack.message(MAYA, containing="Here's what I have. Is that right?")
    await coached.slack.press(MAYA, done, "Begin a sprint with this")
    await coached.settle()
    for answer in ("Monday to Friday", "4 weeks", "Begin"):
        await coached.slack.press(MAYA, await planning(coached), answer)
        await coached.settle()

    scale = (await only_sprint(coached)).plan.scale
    assert (scale.expected, scale.much_less) == (
        "Something of my own, number 3",
        "Something of my own, number 7",
    )


async def planning(world: World) -> Message:
    return await world.slack.message(MAYA, containing="Only you see this")


async def test_five_questions_and_one_text_begin_a_sprint_on_one_card_also_after_a_kill(coached: World):
    slack = coached.slack

    async def press(label: str) -> None:
        await slack.press(MAYA, await planning(coached), label)
        await coached.settle()

    told = await slack.command(MAYA, COACH, "sprint")
    await coached.settle()
    first = await planning(coached)
    await press("Write my own")
    refused = await slack.submit(MAYA, {"goal": " "})
    await slack.submit(MAYA, {"goal": GOAL})
    await coached.settle()

    assert told.shown is not None
    assert "Read query plans" in first.words
    assert "which skill" in refused.errors["goal"]
    assert "Question 2 of 5" in (await planning(coached)).words

    await press("Three times, on my own")
    await coached.restart()
    assert "+1: “Four times, on my own”" in (await planning(coached)).words.replace("*", "")
    await press("Change them")
    same = await slack.submit(MAYA, {"less": "three times,  on my own"})
    await slack.submit(MAYA, {"less": "Twice, with help"})
    await coached.settle()
    await press("Tuesday and Thursday")
    await press("Back")
    await press("Monday, Wednesday and Friday")
    await press("1 week")
    await slack.choose(MAYA, await planning(coached), "outline.sure", "7 of 10 sure")
    await coached.settle()
    last = await planning(coached)

    assert list(same.errors) == ["less"]
    assert last.ts == first.ts
    assert "Twice, with help" in last.words
    assert "When my working day begins, then I will work on it for 25 minutes." in last.words
    assert not await (await coached.desk()).store.ids(f"sprints-of:{MAYA}")

    await press("Begin")

    plan = (await only_sprint(coached)).plan
    assert (plan.goal, plan.topic, plan.days, plan.weeks) == (GOAL, "sql", (0, 2, 4), 1)
    assert (plan.scale.much_less, plan.scale.expected, plan.confidence) == (
        "At most once",
        "Three times, on my own",
        7,
    )
    [begun] = [it for it in slack.dm(MAYA) if it.ts == first.ts]
    assert "has begun" in begun.words
    assert GOAL not in begun.words
    assert GOAL in (await card(coached)).words


async def test_a_suggestion_begins_with_two_taps_and_a_plan_can_be_dropped(coached: World):
    slack = coached.slack
    await coached.enrol(MAYA, topics={"sql": 1}, level=2)
    await slack.command(MAYA, COACH, "sprint")
    await coached.settle()
    first = await planning(coached)
    await slack.command(MAYA, COACH, "sprint")
    await coached.settle()
    anew = await planning(coached)
    await slack.press(MAYA, anew, "Read query plans")
    await coached.settle()
    await slack.press(MAYA, await planning(coached), "Begin")
    await coached.settle()

    assert anew.ts != first.ts
    assert (await only_sprint(coached)).plan.goal == "Explain the plan of a slow query without help"

    worry = await slack.command(MAYA, COACH, "sprint planning next week, I dread it")
    await slack.command(MAYA, COACH, "sprint speak early in meetings")
    await coached.settle()
    named = await planning(coached)
    await slack.press(MAYA, named, "Drop it")
    await coached.settle()
    await slack.press(MAYA, named, "Three times, on my own")

    assert worry.shown is not None
    assert "The guided talk “Think it through” seems to fit best" in worry.shown.words
    assert "Question 2 of 5" in named.words
    assert "speak early in meetings" in named.words
    assert not [it for it in slack.dm(MAYA) if "speak early" in it.words]
    assert len(await (await coached.desk()).store.ids(f"sprints-of:{MAYA}")) == 1


async def test_a_check_in_outside_the_plan_counts_and_that_is_said(coached: World):
    await begun(coached)
    await coached.slack.press(MAYA, await card(coached), "Check in")
    early = await coached.slack.submit(MAYA, {"level": "0"})
    await coached.settle()
    assert "1 check-in · 1 outside the plan" in (await card(coached)).words
    await coached.skip(timedelta(days=3, hours=8))
    await coached.slack.press(MAYA, await card(coached), "Check in")
    planned = await coached.slack.submit(MAYA, {"level": "1"})
    await coached.settle()

    assert early.view is not None
    assert "It counts all the same" in early.view.words
    assert planned.view is not None
    assert "It counts all the same" not in planned.view.words
    assert "2 check-ins · 1 of 1 planned ones made · 1 outside the plan" in (await card(coached)).words


async def test_a_sprint_begun_from_a_plan_takes_its_actions_along_and_reminds_alone(coached: World):
    answer = await coached.slack.command(MAYA, COACH, f"plan {GOAL}")
    assert answer.shown is not None
    await coached.slack.press(MAYA, answer.shown, "Keep it and remind me")
    await coached.settle()
    await coached.slack.press(MAYA, answer.shown, "Plan a sprint with it")
    await coached.settle()
    await coached.slack.press(MAYA, await card(coached, "All in one form"), "All in one form")
    modal = coached.slack.modal(MAYA)
    assert modal is not None
    assert "small enough for an hour" in str(modal.body["blocks"])

    sent = await coached.slack.submit(MAYA, FORM)
    await coached.settle()
    assert not sent.errors
    assert (
        "Your sprint's reminders already cover these" in (await card(coached, "Your two-week plan for")).words
    )

    await coached.skip(timedelta(days=3, hours=6))
    told = [it.words for it in coached.slack.dm(MAYA)]
    assert any("Not today" in it and "Next in your two weeks:" in it for it in told)
    assert not any("Another day" in it for it in told)


@pytest.mark.parametrize("field", TYPED)
async def test_danger_in_any_field_of_the_form_is_answered_and_begins_nothing(coached: World, field: str):
    await opened(coached)

    done = await coached.slack.submit(MAYA, {**FORM, field: DANGER})

    assert done.view is not None
    assert HELP_LINE in done.view.words
    assert not await (await coached.desk()).store.ids(f"sprints-of:{MAYA}")


async def test_danger_in_a_check_in_keeps_nothing_and_lets_the_sprint_rest(coached: World):
    await begun(coached)
    await coached.slack.press(MAYA, await card(coached), "Check in")

    done = await coached.slack.submit(MAYA, {"level": "0", "blocker": DANGER})
    await coached.settle()

    assert done.view is not None
    assert HELP_LINE in done.view.words
    sprint = await only_sprint(coached)
    assert (sprint.state, sprint.check_ins) == ("paused", ())


async def test_nobody_else_can_use_the_buttons_of_a_sprint(coached: World):
    sprint = await begun(coached, partner=PRIYA)
    asked = await coached.slack.message(PRIYA, containing="would like you as a partner")
    await coached.slack.press(PRIYA, asked, "Yes, gladly")
    await coached.settle()

    record = await coached.slack.message(PRIYA, containing=GOAL)
    assert not {"Check in", "Adjust", "End it", "Look back"} & set(record.words.split("\n"))
    assert sprint.person_id == MAYA


async def test_the_home_tab_shows_what_is_being_practised(coached: World):
    await begun(coached, partner=PRIYA)
    asked = await coached.slack.message(PRIYA, containing="would like you as a partner")
    await coached.slack.press(PRIYA, asked, "Yes, gladly")
    for person in (MAYA, PRIYA):
        await coached.slack.open_home(person)
    await coached.settle()

    mine, theirs = coached.slack.home(MAYA), coached.slack.home(PRIYA)
    assert mine is not None
    assert theirs is not None
    assert "My sprints" in mine.words
    assert GOAL in mine.words
    assert GOAL in theirs.words


async def test_whoever_is_kept_apart_sees_no_check_in_any_more(coached: World):
    await begun(coached, partner=PRIYA)
    asked = await coached.slack.message(PRIYA, containing="would like you as a partner")
    await coached.slack.press(PRIYA, asked, "Yes, gladly")
    await coached.settle()
    await coached.slack.command(MAYA, "/ask-mentor", "profile")
    await coached.slack.submit(MAYA, {"topics_3": ["Python"], "apart": [PRIYA]})
    await coached.settle()

    await checked_in(coached, blocker="Something for nobody else")

    assert not [it for it in coached.slack.dm(PRIYA) if "nobody else" in it.words or GOAL in it.words]

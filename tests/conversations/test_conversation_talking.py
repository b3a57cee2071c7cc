"""Talking: the room, relayed words, more time, names, a report, the wrap-up, and what comes afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from app_world import HELP_LINE, MONDAY, World, start_world, with_support

from kernel.values import PersonId
from mentoring.model.person import Person, SlackFacts
from mentoring.model.said import Said
from mentoring.model.session import Session
from mentoring.people.people import meet
from playground.workspace.messages import Message

MAYA, PRIYA, LENA = "U0MAYA", "U0PRIYA", "U0LENA"
DAY = timedelta(days=1)


async def talk(
    world: World, words: str = "How do I profile asyncio? #python", helper: str = PRIYA
) -> Session:
    """Ask, say yes, and return the talk."""
    await world.enrol(helper, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", words)
    card = await world.slack.message(helper, containing="Can you help")
    await world.slack.press(helper, card, "I can help")
    await world.settle()
    desk = await world.desk()
    return await world.get(Session, (await desk.store.ids(f"sessions-of:{MAYA}"))[0])


async def begun(world: World) -> Session:
    """Have both be there for their talk."""
    session = await talk(world)
    for me, label in ((PRIYA, "Start now"), (MAYA, "Start")):
        await world.slack.press(me, await card_of(world, me), label)
        await world.settle()
    return session


async def card_of(world: World, person: str) -> Message:
    return await world.slack.message(person, containing="Your talk with")


def relayed(world: World, person: str, words: str) -> list[Message]:
    return [it for it in world.slack.dm(person) if it.bot and words in it.words]


async def test_the_two_get_a_room_with_what_they_need(world: World):
    session = await talk(world)

    assert session.room == "group"
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)
    assert "How do I profile asyncio?" in root.words
    assert "What do you want to walk away with?" in root.words
    assert root in world.slack.messages(PRIYA, session.channel)
    assert (await world.slack.press(MAYA, await card_of(world, MAYA), "Open the conversation")).ok


async def test_without_the_scope_the_app_relays_in_a_thread(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        session = await talk(world)
        assert session.room == "relay"
        root, other = await card_of(world, MAYA), await card_of(world, PRIYA)

        await world.slack.say(MAYA, "It hangs in <gather> & I don't know why", thread_ts=root.ts)
        await world.settle()

        [said] = relayed(world, PRIYA, "It hangs in")
        assert said.thread_ts == other.ts
        assert "It hangs in &lt;gather&gt; &amp; I don't know why" in said.words
        assert "<@U0MAYA>" in said.words
        [kept] = [
            await world.get(Said, id) for id in await (await world.desk()).store.ids(f"said-in:{session.id}")
        ]
        assert kept.text == ""


async def test_the_anonymous_stay_so_until_both_agree(socket_world: World):
    world = socket_world
    await talk(world, "How do I profile asyncio? #python #anonymous")
    root = await card_of(world, MAYA)
    await world.slack.say(MAYA, "Here I am", thread_ts=root.ts)
    await world.settle()
    [said] = relayed(world, PRIYA, "Here I am")
    assert "The person who asked" in said.words
    assert not [it for it in world.slack.dm(PRIYA) if MAYA in it.words]
    assert not [it for it in world.slack.dm(MAYA) if PRIYA in it.words]

    for person, label in (
        (MAYA, "Show names"),
        (MAYA, "Keep my name hidden"),
        (PRIYA, "Show names"),
        (PRIYA, "Keep my name hidden"),
        (MAYA, "Show names"),
    ):
        await world.slack.press(person, await card_of(world, person), label)
        await world.settle()
        assert not [it for it in world.slack.dm(PRIYA) if MAYA in it.words]
    await world.slack.press(PRIYA, await card_of(world, PRIYA), "Show names (they agree)")
    await world.settle()

    assert MAYA in (await card_of(world, PRIYA)).words
    assert PRIYA in (await card_of(world, MAYA)).words


async def test_more_time_is_added_and_refused_when_it_is_too_much(socket_world: World):
    world = socket_world
    session = await begun(world)
    card = await card_of(world, PRIYA)

    for _ in range(3):
        await world.slack.press(PRIYA, card, "Need more time")
    await world.slack.press(PRIYA, card, "Need more time")
    await world.settle()

    assert (await world.get(Session, session.id)).minutes == session.minutes + 30
    assert (await world.slack.message(PRIYA, containing="added time 3 times")).ephemeral


async def test_both_are_reminded_of_the_end_in_place(socket_world: World):
    world = socket_world
    session = await begun(world)

    await world.skip(timedelta(minutes=21))

    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)
    assert "A few minutes are left" in root.words


async def test_the_wrap_up_keeps_an_if_then_plan_and_reminds_of_it(socket_world: World):
    world = socket_world
    session = await talk(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")

    at = int((MONDAY + DAY).timestamp())
    done = await world.slack.submit(
        MAYA,
        {"minutes": "About 15 minutes", "cue": "Tuesday's stand-up", "action": "run the profiler", "at": at},
    )
    await world.settle()

    assert done.closed
    ended = await world.get(Session, session.id)
    assert (ended.state, ended.spent_minutes) == ("wrapped", 15)
    assert "After Tuesday's stand-up, I will run the profiler" in (await card_of(world, MAYA)).words
    assert "run the profiler" not in (await card_of(world, PRIYA)).words
    await world.skip_to(MONDAY + DAY + timedelta(minutes=1))
    assert "run the profiler" in (await world.slack.message(MAYA, containing="time for your next step")).words


async def test_a_step_without_an_action_is_asked_for(socket_world: World):
    world = socket_world
    await talk(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")

    done = await world.slack.submit(MAYA, {"cue": "Tuesday's stand-up"})

    assert "one small thing" in done.errors["action"]


async def test_the_step_can_be_written_after_the_helper_wrapped_up(socket_world: World):
    world = socket_world
    session = await talk(world)
    await world.slack.press(PRIYA, await card_of(world, PRIYA), "Wrap up")
    form = world.slack.modal(PRIYA)
    assert form is not None
    assert [block["block_id"] for block in form.blocks] == ["minutes"]
    await world.slack.submit(PRIYA, {})
    await world.settle()

    await world.slack.press(MAYA, await card_of(world, MAYA), "Write down your next step")
    done = await world.slack.submit(MAYA, {"cue": "lunch", "action": "try it"})

    assert done.closed
    step = (await world.get(Session, session.id)).next_step
    assert step is not None
    assert (step.cue, step.action) == ("lunch", "try it")


async def test_both_answer_blind_and_then_hear_each_other(socket_world: World):
    world = socket_world
    await talk(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.skip(timedelta(hours=2))

    for person, asked, said in (
        (MAYA, "Did it help?", "The flame graph <3"),
        (PRIYA, "Was it worth your time?", "Good question!"),
    ):
        assert not [it for it in world.slack.dm(MAYA) if "Good question!" in it.words]
        card = await world.slack.message(person, containing=asked)
        await world.slack.press(person, card, "Yes")
        await world.settle()
        await world.slack.press(person, await card_of(world, person), "Add a note for them")
        assert (await world.slack.submit(person, {"thanks": said})).closed
        await world.settle()

    assert "The flame graph &lt;3" in (await world.slack.message(PRIYA, containing="A note from")).words
    assert "Good question!" in (await world.slack.message(MAYA, containing="A note from")).words


@pytest.mark.parametrize(
    ("button", "said", "thanked"),
    [
        ("Yes, I used it", "You used it", True),
        ("Not yet", "Not yet", False),
        ("It was no use", "no use", False),
    ],
)
async def test_one_tap_says_whether_it_was_used(socket_world: World, button: str, said: str, thanked: bool):
    world = socket_world
    await talk(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.skip(2 * DAY + timedelta(hours=1))

    card = await world.slack.message(MAYA, containing="Did you use")
    await world.slack.press(MAYA, card, button)
    await world.settle()

    assert await world.slack.message(MAYA, containing=said)
    assert bool([it for it in world.slack.dm(PRIYA) if "Your advice was used" in it.words]) is thanked


async def test_a_report_of_a_threat_reaches_the_admins_and_says_whom_else_to_turn_to(
    tmp_path: Path, redis_url: str
):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await meet(await world.desk(), SlackFacts(id=PersonId(LENA), name="Lena", is_admin=True), world.now)
        await talk(world, "How do I profile asyncio? #python #anonymous")
        await world.slack.press(MAYA, await card_of(world, MAYA), "Something is wrong")

        done = await world.slack.submit(MAYA, {"text": "He said that he is going to kill me tonight"})
        await world.settle()

        assert done.view is not None
        assert "Your report is with" in done.view.words
        assert "emergency number" in done.view.words
        assert HELP_LINE in done.view.words
        alert = await world.slack.message(LENA, containing="reports something about a talk")
        assert "going to kill me tonight" in alert.words


async def test_a_report_reaches_the_admins_only_when_it_is_sent(socket_world: World):
    world = socket_world
    desk = await world.desk()
    facts = SlackFacts(id=PersonId(LENA), name="Lena", is_admin=True)
    await meet(desk, facts, world.now)
    await talk(world, "How do I profile asyncio? #python #anonymous")
    await world.slack.press(MAYA, await card_of(world, MAYA), "Something is wrong")
    assert not [it for it in world.slack.dm(LENA) if it.bot]

    done = await world.slack.submit(MAYA, {"text": "They were rude & loud."})
    await world.settle()

    assert done.view is not None
    assert "Your report is with" in done.view.words
    alert = await world.slack.message(LENA, containing="reports something about a talk")
    assert "They were rude &amp; loud." in alert.words
    assert MAYA in alert.words
    assert PRIYA in alert.words
    assert not [it for it in world.slack.dm(PRIYA) if "rude" in it.words]
    await world.slack.press(LENA, alert, "Close it")
    await world.settle()
    assert await world.slack.message(LENA, containing="Closed by")
    assert (await world.get(Person, LENA)).is_admin

"""Peer coaching through the whole of Waymark: the pairing, two turns with a script, and no one twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world

from kernel.values import PersonId
from mentoring import own_data
from mentoring.model.check import CHECKS_ASKED, Check, Thanks
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.people.people import Profile, enrol
from playground.driver import Message

MAYA, PRIYA, JONAS, LENA = (PersonId(f"U0{name}") for name in ("MAYA", "PRIYA", "JONAS", "LENA"))
COACH = "/coach-me"
TORN = "I can't decide whether to lead the python migration"


async def peers(world: World, *people: str) -> None:
    for person in (MAYA, *people):
        await world.enrol(person, topics={"python": 2})


async def sought(world: World) -> Request:
    await world.slack.command(MAYA, COACH, f"peer {TORN}")
    await world.slack.submit(MAYA, {})
    await world.settle()
    desk = await world.desk()
    return await world.get(Request, (await desk.store.ids(f"requests-of:{MAYA}"))[0])


async def paired(world: World, with_whom: str = PRIYA) -> Session:
    await sought(world)
    card = await world.slack.message(with_whom, containing="coach each other?")
    await world.slack.press(with_whom, card, "Yes, let's")
    await world.settle()
    desk = await world.desk()
    return await world.get(Session, (await desk.store.ids(f"peer-coaching-of:{MAYA}"))[0])


async def test_a_peer_is_asked_in_words_of_its_own(socket_world: World):
    await peers(socket_world, PRIYA)

    request = await sought(socket_world)

    assert (request.way, request.lane, request.minutes) == ("peer_coaching", "peer", 20)
    card = await socket_world.slack.message(PRIYA, containing="coach each other?")
    assert "10 minutes each" in card.words
    assert TORN in card.words
    assert await socket_world.slack.message(MAYA, containing="Looking for a coaching partner")


async def in_their_room(world: World) -> tuple[Session, Message]:
    """Let two be paired; their talk, and the first message in its room."""
    await peers(world, PRIYA)
    session = await paired(world)
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)
    return session, root


async def test_both_turns_are_kept_by_the_clock_in_the_room(world: World):
    session, root = await in_their_room(world)

    await world.slack.press(PRIYA, root, "We're both here: start")
    await world.settle()
    first = world.slack.messages(MAYA, session.channel)[-1]
    assert f"<@{PRIYA}> asks, <@{MAYA}> thinks aloud" in first.words
    assert "And what else?" in first.words

    await world.skip(timedelta(minutes=10))
    second = world.slack.messages(MAYA, session.channel)[-1]
    assert f"<@{MAYA}> asks, <@{PRIYA}> thinks aloud" in second.words

    await world.skip(timedelta(minutes=10))
    over = world.slack.messages(MAYA, session.channel)[-1]
    assert "Both turns are over" in over.words
    [earlier] = [it for it in world.slack.messages(MAYA, session.channel) if it.ts == first.ts]
    assert "And what else?" not in earlier.words
    await world.slack.press(MAYA, over, "Wrap up")
    assert (await world.slack.submit(MAYA, {})).closed
    await world.settle()
    assert not (await world.get(Session, session.id)).is_open


async def test_swapping_by_hand_twice_at_once_goes_one_turn_on(socket_world: World):
    world = socket_world
    session, root = await in_their_room(world)
    await world.slack.press(MAYA, root, "We're both here: start")
    await world.slack.press(PRIYA, root, "We're both here: start")
    await world.settle()
    turn = world.slack.messages(MAYA, session.channel)[-1]
    await world.slack.press(MAYA, turn, "Swap now")
    await world.slack.press(PRIYA, turn, "Swap now")
    await world.settle()

    assert (await world.get(Session, session.id)).turn == 2


async def test_a_talk_that_ends_amid_a_turn_leaves_no_turn_to_swap(socket_world: World):
    world = socket_world
    session, root = await in_their_room(world)
    await world.slack.press(MAYA, root, "We're both here: start")
    await world.settle()

    await world.slack.press(MAYA, await world.slack.message(MAYA, containing="Your talk with"), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.settle()

    said = [it.words for it in world.slack.messages(MAYA, session.channel)]
    assert any("Turn 1 is over." in it for it in said)
    assert not any("Swap now" in it for it in said)


async def test_in_a_relayed_talk_each_side_gets_its_own_words_in_its_thread(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await peers(world, PRIYA)
        await paired(world)
        mine = await world.slack.message(MAYA, containing="Your talk with")
        await world.slack.press(MAYA, mine, "We're both here: start")
        await world.settle()

        coach = await world.slack.message(PRIYA, containing="you ask")
        coached = await world.slack.message(MAYA, containing="you think aloud")
        assert "And what else?" in coach.words
        assert "And what else?" not in coached.words
        assert coached.thread_ts == mine.ts


async def test_after_a_restart_the_turns_go_on(socket_world: World):
    world = socket_world
    session, root = await in_their_room(world)
    await world.slack.press(MAYA, root, "We're both here: start")
    await world.restart()

    await world.skip(timedelta(minutes=11))

    assert (await world.get(Session, session.id)).turn == 2


async def test_nobody_is_paired_with_the_same_person_again(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    session = await paired(world)
    await world.slack.press(MAYA, await world.slack.message(MAYA, containing="Your talk with"), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.enrol(JONAS, topics={"python": 1})

    again = await sought(world)

    assert session.helper_id == PRIYA
    assert [it.helper_id for it in again.asked] == [JONAS]


async def test_who_wants_to_learn_what_the_asker_knows_is_asked_first(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    learner = Profile(topics={"python": 1}, level=4, learns=("python",))
    await enrol(await world.desk(), JONAS, learner, world.now)

    request = await sought(world)

    assert [it.helper_id for it in request.asked] == [JONAS]


async def test_only_people_of_a_level_are_asked(socket_world: World):
    world = socket_world
    await peers(world)
    await world.enrol(LENA, topics={"python": 3}, level=7)

    request = await sought(world)

    assert not request.asked
    assert request.state == "unanswered"


@pytest.mark.parametrize("fields", [{"question": "  "}, {"question": "🎉"}])
async def test_what_is_wrong_is_said_in_the_form(socket_world: World, fields: dict[str, str]):
    await peers(socket_world)
    await socket_world.slack.command(MAYA, COACH, "peer")

    done = await socket_world.slack.submit(MAYA, fields)

    assert "question" in done.errors


async def test_changing_it_keeps_it_peer_coaching(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    request = await sought(world)
    card = await world.slack.message(MAYA, containing="Looking for a coaching partner")

    await world.slack.press(MAYA, card, "request.change")
    await world.slack.submit(MAYA, {"question": "Should I lead it at all?"})
    await world.settle()

    changed = await world.get(Request, request.id)
    assert (changed.question, changed.way, changed.minutes) == (
        "Should I lead it at all?",
        "peer_coaching",
        20,
    )


async def own_words_go(world: World, session: Session) -> None:
    """Hold that the words of the one who said yes are in her export, and go when she asks for it."""
    desk = await world.desk()
    exported = await own_data.export(desk, world.conversations.features, PRIYA, world.now)
    [part] = exported["data"]["session"]
    assert (part["thought"], part["next_step"]["action"]) == ("I say yes to everything", "say no once")
    assert [it["label"] for it in exported["data"]["check"]] == ["cue"]
    await own_data.erase(desk, world.conversations.features, PRIYA, world.now)
    left = await world.get(Session, session.id)
    assert (left.helper_thought, left.helper_step) == ("", None)
    assert left.next_step is not None
    assert await world.find(Check, f"{session.id}.cue-helper") is None
    assert await world.find(Check, f"{session.id}.d2") is not None


async def test_both_are_coached_and_both_say_what_about_plan_a_step_and_are_asked_later(socket_world: World):
    world, slack, desk = socket_world, socket_world.slack, await socket_world.desk()
    await peers(world, PRIYA)
    session = await paired(world)
    mine = await slack.message(PRIYA, containing="And you?")
    await slack.press(PRIYA, mine, "Say what's on my mind")
    assert "empty" not in (await slack.submit(PRIYA, {"thought": " "})).errors["thought"]
    await slack.submit(PRIYA, {"thought": "I say yes to everything"})
    await world.settle()
    assert session.channel is not None
    [root] = slack.messages(MAYA, session.channel)

    assert "I say yes to everything" in (await slack.message(PRIYA, containing="On your mind")).words
    assert "I say yes to everything" in (await slack.message(MAYA, containing="Your talk with")).words
    assert "I say yes to everything" in root.words

    await slack.press(MAYA, root, "We're both here: start")
    await world.skip(timedelta(minutes=10))
    assert "I say yes to everything" in slack.messages(MAYA, session.channel)[-1].words
    await slack.press(MAYA, await slack.message(MAYA, containing="Your talk with"), "Wrap up")
    await slack.submit(MAYA, {"action": "ask for a week to decide"})
    await world.settle()
    await slack.press(
        PRIYA, await slack.message(PRIYA, containing="Your talk with"), "Write down your next step"
    )
    at = int((world.now + timedelta(days=1)).timestamp())
    await slack.submit(PRIYA, {"cue": "stand-up", "action": "say no once", "at": at})
    await world.settle()
    after = {me: await slack.message(me, containing="Your talk with") for me in (MAYA, PRIYA)}

    assert "ask for a week to decide" in after[MAYA].words
    assert "ask for a week to decide" not in after[PRIYA].words
    assert "say no once" in after[PRIYA].words
    assert "I say yes to everything" in after[PRIYA].words
    assert "say no once" not in after[MAYA].words
    assert all("Did it help?" in it.words for it in after.values())

    await world.skip(timedelta(days=1, minutes=5))
    step = await slack.message(PRIYA, containing="It's time for your next step")
    await slack.press(PRIYA, step, "Yes, and it helped")
    await world.skip(timedelta(days=3))
    later = await slack.message(MAYA, containing="Did you use what you talked about")
    await slack.press(MAYA, later, "Yes, I used it")
    await world.settle()

    assert TORN in later.words
    assert await desk.store.ids(CHECKS_ASKED.of(PRIYA)) == []  # her own answer is final for her alone
    assert await world.find(Thanks, session.id) is None
    both = "\n".join(it.words for me in (MAYA, PRIYA) for it in slack.dm(me))
    assert "advice" not in both.replace("Don't give advice", "")
    assert "let " not in (await slack.message(MAYA, containing="You used it")).words

    await own_words_go(world, session)

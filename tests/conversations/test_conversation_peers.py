"""Peer coaching through the whole of Waymark: the pairing, two turns with a script, and no one twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world

from kernel.values import PersonId
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.people.people import Profile, enrol

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
    assert await socket_world.slack.message(MAYA, containing="you can coach, and who coaches you")


async def test_both_turns_are_kept_by_the_clock_in_the_room(world: World):
    await peers(world, PRIYA)
    session = await paired(world)
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)

    await world.slack.press(PRIYA, root, "We are both here: start")
    await world.settle()
    first = world.slack.messages(MAYA, session.channel)[-1]
    assert f"<@{PRIYA}> asks, <@{MAYA}> thinks aloud" in first.words
    assert "And what else?" in first.words

    await world.skip(timedelta(minutes=10))
    second = world.slack.messages(MAYA, session.channel)[-1]
    assert f"<@{MAYA}> asks, <@{PRIYA}> thinks aloud" in second.words

    await world.skip(timedelta(minutes=10))
    assert "Both turns are over" in world.slack.messages(MAYA, session.channel)[-1].words
    [earlier] = [it for it in world.slack.messages(MAYA, session.channel) if it.ts == first.ts]
    assert "And what else?" not in earlier.words


async def test_swapping_by_hand_twice_at_once_goes_one_turn_on(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    session = await paired(world)
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)
    await world.slack.press(MAYA, root, "We are both here: start")
    await world.slack.press(PRIYA, root, "We are both here: start")
    await world.settle()
    turn = world.slack.messages(MAYA, session.channel)[-1]
    await world.slack.press(MAYA, turn, "Swap now")
    await world.slack.press(PRIYA, turn, "Swap now")
    await world.settle()

    assert (await world.get(Session, session.id)).turn == 2


async def test_in_a_relayed_talk_each_side_gets_its_own_words_in_its_thread(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await peers(world, PRIYA)
        await paired(world)
        mine = await world.slack.message(MAYA, containing="Your talk with")
        await world.slack.press(MAYA, mine, "We are both here: start")
        await world.settle()

        coach = await world.slack.message(PRIYA, containing="you ask")
        coached = await world.slack.message(MAYA, containing="you think aloud")
        assert "And what else?" in coach.words
        assert "And what else?" not in coached.words
        assert coached.thread_ts == mine.ts


async def test_after_a_restart_the_turns_go_on(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    session = await paired(world)
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)
    await world.slack.press(MAYA, root, "We are both here: start")
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
    card = await world.slack.message(MAYA, containing="you can coach, and who coaches you")

    await world.slack.press(MAYA, card, "request.change")
    await world.slack.submit(MAYA, {"question": "Should I lead it at all?"})
    await world.settle()

    changed = await world.get(Request, request.id)
    assert (changed.question, changed.way, changed.minutes) == (
        "Should I lead it at all?",
        "peer_coaching",
        20,
    )

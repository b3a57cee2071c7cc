"""When two talk: now, in an hour, at a proposed time; late, put off, called off, or held unnoticed."""

from datetime import datetime, timedelta
from pathlib import Path

from app_world import MONDAY, World, start_world
from test_conversation_talking import MAYA, PRIYA, card_of, talk

from mentoring.model.request import Request
from mentoring.model.session import Session
from playground.workspace.messages import Message

LENA = "U0LENA"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
WITHOUT_ROOMS = ["commands", "chat:write", "im:history", "users:read"]


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def buttons(card: Message) -> list[str]:
    rows = [block["elements"] for block in card.blocks if block["type"] == "actions"]
    return [it["text"]["text"] for row in rows for it in row if it["type"] == "button"]


async def press(world: World, me: str, card: Message, label: str) -> None:
    assert (await world.slack.press(me, card, label)).ok
    await world.settle()


async def now_of(world: World, session: Session) -> Session:
    return await world.get(Session, session.id)


async def propose(world: World, me: str, at: datetime, label: str = "Propose a time") -> None:
    """Propose one time, and none of those that the form suggests."""
    await world.slack.press(me, await card_of(world, me), label)
    assert (await world.slack.submit(me, {"times": [], "other": seconds(at)})).closed
    await world.settle()


async def test_both_press_start_and_only_then_the_clock_runs(world: World):
    session = await talk(world)
    assert "No time is set yet." in (await card_of(world, PRIYA)).words
    await world.slack.set_dnd(MAYA, 60)

    await press(world, PRIYA, await card_of(world, PRIYA), "Start now")
    told = await world.slack.message(PRIYA, containing="You're ready.")
    assert f"<@{MAYA}> has do-not-disturb on until" in told.words
    assert buttons(told) == ["Propose a time"]
    await world.skip(10 * MINUTE)
    assert "pressed Start.* Press it too when you're ready." in (await card_of(world, MAYA)).words
    await press(world, MAYA, await card_of(world, MAYA), "Start")

    begun = await now_of(world, session)
    assert begun.has_begun
    assert begun.ends_at == begun.starts_at + 25 * MINUTE > session.ends_at
    assert "25 minutes, until" in (await card_of(world, PRIYA)).words
    assert begun.channel is not None
    [root] = world.slack.messages(MAYA, begun.channel)
    assert "25 minutes, until" in root.words
    assert "Start" not in buttons(root)


async def test_both_can_start_in_their_room(socket_world: World):
    world = socket_world
    session = await talk(world)
    assert session.channel is not None
    [root] = world.slack.messages(MAYA, session.channel)

    for me in (MAYA, PRIYA):
        await press(world, me, root, "Start")

    assert (await now_of(world, session)).has_begun


async def test_an_asker_taps_one_of_the_times_and_both_are_reminded(world: World):
    session = await talk(world)
    await world.slack.press(PRIYA, await card_of(world, PRIYA), "Propose a time")
    assert (await world.slack.submit(PRIYA)).closed
    await world.settle()

    choice = await world.slack.message(MAYA, containing="proposes")
    # Priya is there at any hour, and Maya's clock is an hour ahead of UTC.
    assert buttons(choice)[:3] == ["Mon 23 Nov, 12:15", "Mon 23 Nov, 15:15", "Tue 24 Nov, 11:15"]
    await press(world, MAYA, choice, "Mon 23 Nov, 15:15")

    agreed, at = await now_of(world, session), MONDAY + 4 * HOUR + 15 * MINUTE
    assert agreed.starts_at == at
    assert "You'll talk" in (await world.slack.message(PRIYA, containing="Google Calendar")).words
    assert "You'll talk" in (await card_of(world, MAYA)).words
    for me in (MAYA, PRIYA):
        assert [it.files[0]["name"] for it in world.slack.dm(me) if it.files] == ["talk.ics"]
    await world.skip_to(at - 9 * MINUTE)
    cards = {me: await world.slack.message(me, containing="starts soon") for me in (MAYA, PRIYA)}
    for me, soon in cards.items():
        await press(world, me, soon, "Start")
    assert (await now_of(world, session)).has_begun
    assert await world.slack.message(MAYA, containing="Your talk has begun.")


async def test_a_time_that_has_passed_is_refused_under_its_field(socket_world: World):
    world = socket_world
    await talk(world)
    await world.slack.press(PRIYA, await card_of(world, PRIYA), "Propose a time")

    done = await world.slack.submit(PRIYA, {"other": seconds(MONDAY - HOUR)})

    assert not done.closed
    assert done.errors == {"other": "This moment has passed already. Choose one that is still to come."}


async def test_without_an_answer_in_two_working_hours_someone_else_is_asked(socket_world: World):
    world = socket_world
    session = await talk(world)
    await world.enrol(LENA, topics={"python": 3})
    await propose(world, PRIYA, MONDAY + 24 * HOUR)

    await world.skip(2 * HOUR + MINUTE)

    request = await world.get(Request, session.request_id)
    assert (request.state, request.asked[-1].helper_id) == ("offered", LENA)
    assert "No time was chosen, so I'm looking for someone else." in (await card_of(world, PRIYA)).words
    assert (
        "No time for your talk was chosen"
        in (await world.slack.message(MAYA, containing="looking for someone else")).words
    )


async def test_an_asker_who_can_at_none_of_the_times_proposes_others(socket_world: World):
    world = socket_world
    session = await talk(world)
    await propose(world, PRIYA, MONDAY + 2 * HOUR)
    other = MONDAY + 26 * HOUR

    await propose(world, MAYA, other, label="Propose other times")
    assert await world.slack.message(MAYA, containing="You proposed")
    await press(world, PRIYA, await world.slack.message(PRIYA, containing="proposes"), "Tue 24 Nov, 17:30")

    assert (await now_of(world, session)).starts_at == other


async def test_in_an_hour_is_agreed_on_at_once_and_running_late_is_said(socket_world: World):
    world = socket_world
    session = await talk(world)
    await press(world, PRIYA, await card_of(world, PRIYA), "In an hour")
    assert "You'll talk" in (await card_of(world, MAYA)).words
    before = await now_of(world, session)

    await press(world, MAYA, await card_of(world, MAYA), "Running late")

    assert (await now_of(world, session)).starts_at == before.starts_at + 10 * MINUTE
    assert "10 minutes later" in (await world.slack.message(PRIYA, containing="running late")).words
    for _ in range(2):
        await press(world, MAYA, await card_of(world, MAYA), "Running late")
    await press(world, MAYA, await card_of(world, MAYA), "Running late")
    assert (await world.slack.message(MAYA, containing="more than 30 minutes late")).ephemeral


async def test_a_helper_who_cannot_make_it_is_replaced_and_the_asker_is_told(socket_world: World):
    world = socket_world
    session = await talk(world)
    await world.enrol(LENA, topics={"python": 3})

    await press(world, PRIYA, await card_of(world, PRIYA), "Can't make it")

    assert "and that's fine." in (await card_of(world, PRIYA)).words
    told = await world.slack.message(MAYA, containing="can't make it after all")
    assert "I'm looking for someone else" in told.words
    assert (await world.get(Request, session.request_id)).asked[-1].helper_id == LENA


async def test_who_pressed_nothing_is_asked_whether_they_talked(socket_world: World):
    world = socket_world
    session = await talk(world)

    await world.skip(31 * MINUTE)

    for me in (MAYA, PRIYA):
        assert await world.slack.message(me, containing="Did you and")
    await press(world, MAYA, await world.slack.message(MAYA, containing="Did you and"), "Yes, we talked")
    ended = await now_of(world, session)
    assert (ended.state, ended.spent_minutes) == ("wrapped", 25)


async def test_who_did_not_talk_can_still_find_another_time_or_person(socket_world: World):
    world = socket_world
    session = await talk(world)
    await world.skip(31 * MINUTE)
    asked = await world.slack.message(MAYA, containing="Did you and")
    assert "Not yet: propose a time" in buttons(asked)

    await press(world, MAYA, asked, "No, find someone else")

    assert (await now_of(world, session)).state == "closed"
    assert (await world.get(Request, session.request_id)).helper_id is None
    assert "You two didn't get to talk." in (await card_of(world, PRIYA)).words


async def test_in_a_relay_the_clock_runs_when_both_have_written(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, scopes=WITHOUT_ROOMS) as world:
        session = await talk(world)
        assert "when you've both written" in (await card_of(world, MAYA)).words

        for me in (MAYA, PRIYA):
            await world.slack.say(me, "Here I am", thread_ts=(await card_of(world, me)).ts)
            await world.settle()

        assert (await now_of(world, session)).has_begun
        assert "25 minutes, until" in (await card_of(world, MAYA)).words


async def test_nobody_learns_the_clock_of_somebody_without_a_name(socket_world: World):
    world = socket_world
    await talk(world, "How do I profile asyncio? #python #anonymous")
    await propose(world, PRIYA, MONDAY + 24 * HOUR)
    await propose(world, MAYA, MONDAY + 26 * HOUR, label="Propose other times")

    said = await world.slack.message(PRIYA, containing="proposes")

    assert said.words.startswith("*The person who asked proposes")
    assert "Tue 24 Nov, 17:30" in buttons(said)
    assert not [it for it in world.slack.dm(PRIYA) if "Berlin" in str(it.blocks) or MAYA in it.words]

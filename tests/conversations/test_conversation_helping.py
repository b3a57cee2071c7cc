"""Helping: the offer card's buttons, handing on, pausing, and a question posted in a channel."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from app_world import World

from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from playground.workspace.messages import Message

MAYA, PRIYA, JONAS, AIKO, LENA = "U0MAYA", "U0PRIYA", "U0JONAS", "U0AIKO", "U0LENA"
QUESTION = "How do I profile asyncio? #python"


async def offered(world: World, *helpers: str, level: int = 4) -> list[Message]:
    """Enrol these helpers, ask, and return the offer card of whoever is asked first."""
    for helper in helpers:
        await world.enrol(helper, topics={"python": 3}, level=level)
    await world.slack.command(MAYA, "/ask-mentor", QUESTION)
    await world.settle()
    cards = [it for helper in helpers for it in world.slack.dm(helper) if "Can you help" in it.words]
    assert len(cards) == 1
    return cards


async def the_request(world: World) -> Request:
    desk = await world.desk()
    return await world.get(Request, (await desk.store.ids("requests"))[0])


def reader_of(world: World, card: Message, *people: str) -> str:
    return next(person for person in people if card in world.slack.dm(person))


async def test_a_yes_becomes_a_talk_and_both_are_told(world: World):
    [card] = await offered(world, PRIYA)

    await world.slack.press(PRIYA, card, "I can help")
    await world.settle()

    request = await the_request(world)
    assert request.helper_id == PRIYA
    assert "can help you" in (await world.slack.message(MAYA, containing="can help you")).words
    assert await world.slack.message(MAYA, containing="Your talk with")
    assert await world.slack.message(PRIYA, containing="Your talk with")


async def test_a_no_asks_the_next_and_tells_nobody(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA, JONAS)
    first = reader_of(world, card, PRIYA, JONAS)
    other = JONAS if first == PRIYA else PRIYA

    await world.slack.press(first, card, "Not now")
    await world.settle()

    assert await world.slack.message(other, containing="Can you help")
    living = await world.slack.message(MAYA, containing="(2 asked so far)")
    assert "declin" not in living.words
    assert first not in living.words
    assert len([it for it in world.slack.dm(MAYA) if it.bot]) == 1


async def test_someone_else_fits_better_and_is_asked_with_the_note(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA, JONAS)
    first = reader_of(world, card, PRIYA, JONAS)
    await world.enrol(AIKO, topics={"python": 3})

    await world.slack.press(first, card, "Someone else fits better")
    done = await world.slack.submit(first, {"to": AIKO, "note": "You wrote the <profiler>."})
    await world.settle()

    assert done.closed
    handed = await world.slack.message(AIKO, containing="thought of you for this")
    assert "You wrote the &lt;profiler&gt;." in handed.words


async def test_a_guest_cannot_be_named_and_the_form_says_so(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA)

    await world.slack.press(PRIYA, card, "Someone else fits better")
    done = await world.slack.submit(PRIYA, {"to": "U0NOBODY", "note": "They know."})

    assert "hoose somebody else" in done.errors["to"]


async def test_pause_me_says_until_when_on_every_question_that_waited(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA)

    await world.slack.choose(PRIYA, card, "offer.menu", "Pause me for 3 days")
    await world.settle()

    person = await world.get(Person, PRIYA)
    assert person.paused_until is not None
    assert person.paused_until.astimezone(ZoneInfo("Asia/Kolkata")) == datetime(
        2026, 11, 26, tzinfo=ZoneInfo("Asia/Kolkata")
    )
    paused = await world.slack.message(PRIYA, containing="You're paused until")
    await world.slack.press(PRIYA, paused, "Undo the pause")
    assert (await world.get(Person, PRIYA)).paused_until is None


async def test_two_press_in_the_same_moment_and_one_is_told_kindly(socket_world: World):
    world = socket_world
    for helper in (PRIYA, JONAS, AIKO, LENA):
        await world.enrol(helper, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", QUESTION)
    await world.settle()
    while len([it for it in (await the_request(world)).asked if it.wave > 2]) < 1:
        request = await the_request(world)
        last = request.asked[-1].helper_id
        card = await world.slack.message(last, containing="Can you help")
        await world.slack.press(last, card, "Not now")
        await world.settle()
    request = await the_request(world)
    last = request.asked[-1].helper_id
    card = await world.slack.message(last, containing="Can you help")

    both = await asyncio.gather(*(world.slack.press(last, card, "I can help") for _ in range(2)))
    await world.settle()

    assert all(answer.ok for answer in both)
    desk = await world.desk()
    assert len(await desk.store.ids(f"sessions-of:{MAYA}")) == 1


async def test_a_button_of_last_month_is_answered(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA)
    await world.slack.press(PRIYA, card, "Not now")
    await world.settle()
    await world.skip(timedelta(days=31))

    pressed = await world.slack.press(PRIYA, card, "I can help")

    assert pressed.ok
    told = await world.slack.message(PRIYA, containing="don't need to answer this one any more")
    assert told.ephemeral


async def test_a_question_is_posted_in_its_channel_and_taken_there(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, "/ask-mentor", "How do I get through my first week? #onboarding")
    await world.settle()
    card = await world.slack.message(MAYA, containing="No one yet")
    labels = [
        one["text"]["text"] for block in card.blocks for one in block.get("elements", ()) if "value" in one
    ]
    assert "Keep looking" in labels


@pytest.mark.gated
async def test_with_redis_away_a_button_says_sorry(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA)
    await world.redis_away()

    pressed = await world.slack.press(PRIYA, card, "I can help")

    assert pressed.ok
    told = await world.slack.message(PRIYA, containing="went wrong on my side")
    assert told.ephemeral
    await world.redis_back()
    await world.slack.press(PRIYA, card, "I can help")
    assert await world.slack.message(MAYA, containing="can help you")


async def test_someone_else_please_never_tells_the_helper_why(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA, JONAS)
    first = reader_of(world, card, PRIYA, JONAS)
    await world.slack.press(first, card, "I can help")
    await world.settle()

    living = await world.slack.message(MAYA, containing="can help you")
    await world.slack.press(MAYA, living, "Someone else, please")
    await world.settle()

    other = JONAS if first == PRIYA else PRIYA
    assert await world.slack.message(other, containing="Can you help")
    over = await world.slack.message(first, containing="is over")
    assert "someone else" not in over.words.casefold()
    desk = await world.desk()
    [session_id] = await desk.store.ids(f"sessions-of:{first}")
    assert not (await world.get(Session, session_id)).is_open


async def test_the_same_helper_can_be_asked_again_after_the_talk(socket_world: World):
    world = socket_world
    [card] = await offered(world, PRIYA)
    await world.slack.press(PRIYA, card, "I can help")
    await world.settle()
    talk = await world.slack.message(MAYA, containing="Your talk with")
    await world.slack.press(MAYA, talk, "Wrap up")
    await world.slack.submit(MAYA, {"minutes": "About 10 minutes"})
    await world.settle()

    living = await world.slack.message(MAYA, containing="Your talk with")
    await world.slack.press(MAYA, living, "Ask the same person again")
    await world.settle()

    again = await world.slack.message(PRIYA, containing="Can you help", after=card)
    assert again.ts != card.ts

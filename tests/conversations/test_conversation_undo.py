"""Undo as it is pressed: on the same card, quietly, and gone after ten minutes."""

from datetime import timedelta

from app_world import World

from playground.workspace.messages import Message

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
MINUTES = timedelta(minutes=11)
DAY = timedelta(days=1)


async def offered(world: World) -> Message:
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await world.settle()
    return await world.slack.message(PRIYA, containing="Can you help")


async def press(world: World, person: str, words: str, label: str) -> Message:
    """Press a button on the newest card with these words, and return how its message looks then."""
    card = await world.slack.message(person, containing=words)
    assert (await world.slack.press(person, card, label)).ok
    await world.settle()
    return next(it for it in world.slack.dm(person) if it.ts == card.ts)


def cards(world: World, person: str) -> list[Message]:
    return [it for it in world.slack.dm(person) if it.bot and not it.ephemeral]


async def test_not_now_and_undo_stay_on_one_card(socket_world: World):
    world = socket_world
    await offered(world)

    said_no = await press(world, PRIYA, "Can you help", "Not now")
    assert "Not this time" in said_no.words
    again = await press(world, PRIYA, "Not this time", "Undo")

    assert "Can you help" in again.words
    assert len(cards(world, PRIYA)) == 1
    await press(world, PRIYA, "Can you help", "I can help")
    assert await world.slack.message(MAYA, containing="can help you")


async def test_undo_goes_after_ten_minutes(socket_world: World):
    world = socket_world
    await offered(world)
    early = await press(world, PRIYA, "Can you help", "Not now")
    assert "Undo" in early.words

    await world.skip(MINUTES)

    [late] = cards(world, PRIYA)
    assert "Undo" not in late.words
    assert "Not this time" in late.words


async def test_a_question_that_was_withdrawn_comes_back_with_whoever_had_it(socket_world: World):
    world = socket_world
    first = await offered(world)
    withdrawn = await press(world, MAYA, "Looking for someone", "Withdraw")
    assert "Withdrawn." in withdrawn.words

    again = await press(world, MAYA, "Withdrawn.", "Undo")

    assert "I'm asking 1 person now" in again.words
    anew = await world.slack.message(PRIYA, containing="Can you help")
    assert anew.ts != first.ts


async def test_handing_on_is_undone_on_the_same_card(socket_world: World):
    world = socket_world
    await offered(world)
    await press(world, PRIYA, "Can you help", "Someone else fits better")
    assert (await world.slack.submit(PRIYA, {})).closed
    await world.settle()

    again = await press(world, PRIYA, "I'll look for someone who fits better", "Undo")

    assert "Can you help" in again.words


async def test_thanks_that_were_taken_back_go_and_come_again(socket_world: World):
    world = socket_world
    await offered(world)
    await press(world, PRIYA, "Can you help", "I can help")
    await press(world, MAYA, "Your talk with", "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.skip(2 * DAY + timedelta(hours=1))
    await press(world, MAYA, "Did you use", "Yes, I used it")
    assert [it for it in cards(world, PRIYA) if "Your advice was used" in it.words]

    asked = await press(world, MAYA, "You used it.", "Undo")

    assert "Did you use" in asked.words
    assert not [it for it in cards(world, PRIYA) if "Your advice was used" in it.words]
    await press(world, MAYA, "Did you use", "Yes, I used it")
    assert len([it for it in cards(world, PRIYA) if "Your advice was used" in it.words]) == 1

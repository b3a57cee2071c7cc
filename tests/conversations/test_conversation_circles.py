"""Circles through the whole of Waymark: from a programme to a shared conversation, and to their end."""

from datetime import timedelta
from pathlib import Path

from app_world import World, start_world
from test_conversation_home import home
from test_conversation_programmes import RUBY, dm, page, pressed, signs_up

from kernel.values import PersonId
from mentoring.model.load import Load
from mentoring.people.people import keep_apart
from relationships.circles.circle import CIRCLES, Circle

GRACE, MAYA, TOMAS, EWAN, CHLOE, SAM = (
    PersonId(f"U0{it}") for it in ("GRACE", "MAYA", "TOMAS", "EWAN", "CHLOE", "SAM")
)
MENTEES = (MAYA, TOMAS, EWAN, CHLOE)
WITHOUT_GROUPS = ["commands", "chat:write", "im:history", "users:read"]


async def proposed(world: World) -> Circle:
    """Have Ruby run a programme in circles, with Grace and four mentees."""
    slack = world.slack
    await world.enrol(GRACE, topics={"career": 3}, level=6)
    await slack.command(RUBY, "/ask-mentor", "programme")
    await slack.press(RUBY, await page(world), "Start a programme")
    await slack.submit(RUBY, {"name": "Circles 2027", "form": "circles"})
    await signs_up(world, MAYA, sides=["mentee"], wishes=[GRACE])
    await pressed(world, "Add people")
    await slack.submit(RUBY, {"mentees_added": list(MENTEES), "mentors_added": [GRACE]})
    await world.settle()
    shown = await pressed(world, "Pair most people")
    assert "4 of 4 mentees paired" in shown.words
    assert "1 person would mentor a circle." in shown.words
    shown = await pressed(world, "See the circles (1)")
    await pressed(world, "Back")
    await pressed(world, "Propose 1 circle")
    assert "4 mentees have a circle proposed: 4 waiting for a yes." in (await page(world)).words
    return await circle(world)


async def circle(world: World) -> Circle:
    [id] = await (await world.desk()).store.ids(CIRCLES.of(GRACE))
    return await world.get(Circle, id)


async def says(world: World, person: PersonId, button: str) -> None:
    card = await world.slack.message(person, containing=button)
    await world.slack.press(person, card, button)
    await world.settle()


async def test_from_a_programme_to_a_shared_conversation_and_to_its_end(socket_world: World):
    world = socket_world
    await proposed(world)
    assert "Would you mentor a circle of 4 mentees?" in dm(world, GRACE)
    assert f"A circle with <@{GRACE}> as its mentor" in dm(world, MAYA)
    assert f"Why these people:* <@{MAYA}> asked for you." in dm(world, GRACE)
    assert f"Why you two:* you asked for <@{GRACE}>." in dm(world, MAYA)
    assert "asked for" not in dm(world, TOMAS)
    assert "An hour every 2 weeks for 5 months." in dm(world, MAYA)
    await world.slack.press(MAYA, await home(world, MAYA, "A circle with"), "I'm in")
    await world.settle()
    assert "You're in.* I'm waiting for the others" in dm(world, MAYA)
    for person in (GRACE, TOMAS, EWAN):
        await says(world, person, "I'm in")
    world.slack.faults.fail("conversations.open", times=9)
    await says(world, CHLOE, "Not for me")
    assert (await circle(world)).room == "wanted"
    for _ in range(10):  # however long Slack is away
        await world.skip(timedelta(minutes=2))

    begun = await circle(world)
    assert (begun.state, begun.room, begun.mentees) == ("going", "group", (EWAN, MAYA, TOMAS))
    assert begun.channel
    [welcome] = world.slack.messages(TOMAS, begun.channel)
    assert "Welcome to your circle* in “Circles 2027”" in welcome.words
    assert CHLOE not in welcome.words
    assert "Your circle has begun.*" in dm(world, EWAN)
    assert "Not for you: that's fine." in dm(world, CHLOE)
    assert (await world.get(Load, GRACE)).promised == {begun.id: 30}

    await world.skip(timedelta(weeks=2))
    said = [it.words for it in world.slack.messages(GRACE, begun.channel)]
    assert "Time for your next talk." in said[-1]
    assert "3 of 4" not in (await home(world, MAYA, "A circle with")).words

    await keep_apart(await world.desk(), MAYA, TOMAS, world.now)
    await (await world.desk()).part(MAYA, TOMAS, world.now)
    await world.settle()
    asked = await home(world, MAYA, "You asked not to be matched with somebody in this circle")
    messages = len(world.slack.dm(MAYA))
    await world.slack.press(MAYA, asked, "Stay in it")
    await world.settle()
    assert len(world.slack.dm(MAYA)) == messages
    assert "You asked not to be matched" not in dm(world, MAYA)
    assert "You asked not to be matched" not in dm(world, TOMAS)
    assert (await circle(world)).mentees == (EWAN, MAYA, TOMAS)
    await says(world, TOMAS, "Leave the circle")
    assert (await circle(world)).mentees == (EWAN, MAYA)
    await says(world, GRACE, "Leave the circle")
    ended = await circle(world)
    assert (ended.state, ended.end) == ("ended", "no_mentor")
    assert "Its mentor can't take part." in dm(world, MAYA)
    assert (await world.get(Load, GRACE)).promised == {}


async def test_without_the_scope_everyone_has_their_card_and_too_few_begin_nothing(
    tmp_path: Path, redis_url: str
):
    async with start_world(tmp_path, redis_url, scopes=WITHOUT_GROUPS) as world:
        await proposed(world)
        for person in (GRACE, *MENTEES):
            await says(world, person, "I'm in")
        assert (await circle(world)).room == "none"
        assert "Start a group message with them" in dm(world, EWAN)
        await world.skip(timedelta(weeks=2))
        assert "Time for your next talk.*" in dm(world, EWAN)
        await world.slack.change_person(MAYA, deleted=True)
        await world.settle()
        assert f"<@{MAYA}> isn't a member here any more." in dm(world, EWAN)
        await world.slack.change_person(GRACE, deleted=True)
        await world.settle()
        assert (await circle(world)).end == "no_mentor"
        assert "Its mentor isn't a member here any more." in dm(world, EWAN)

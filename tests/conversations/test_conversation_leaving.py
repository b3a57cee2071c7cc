"""Who leaves, or is an admin no longer: everyone left behind reads what is so, and nothing leads to them."""

from datetime import timedelta

from app_world import World
from test_conversation_opinions import answered, asked, colleagues, seen_by
from test_conversation_reports import RUBY, cards, report
from test_conversation_talking import card_of, talk

from kernel.values import PersonId
from mentoring.model.alert import Alert
from mentoring.people.people import pause

MAYA, PRIYA, GRACE, CHLOE, RAJ = (PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "GRACE", "CHLOE", "RAJ"))
DAY = timedelta(days=1)


async def leaves(world: World, who: PersonId) -> None:
    """Close somebody's account."""
    await world.slack.change_person(who, deleted=True)
    await world.settle()


async def press(world: World, who: PersonId, containing: str, label: str) -> None:
    await world.slack.press(who, await world.slack.message(who, containing=containing), label)
    await world.settle()


async def wrapped_up(world: World, words: str) -> None:
    await talk(world, words)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {})
    await world.settle()


async def test_after_a_talk_nothing_leads_to_whoever_has_left(socket_world: World):
    world = socket_world
    await wrapped_up(world, "How do I profile asyncio? #python")
    for label in ("Yes", "Keep going together"):
        await press(world, MAYA, "Your talk with", label)
    assert "Ask the same person again" in (await card_of(world, MAYA)).words

    await leaves(world, PRIYA)

    after = (await card_of(world, MAYA)).words
    assert f"<@{PRIYA}> doesn't work here any more." in after
    assert "Ask someone else" in after
    assert not [it for it in ("Ask the same person again", "eep going together") if it in after]


async def test_who_helped_without_a_name_is_not_named_where_they_cannot_be_asked_again(socket_world: World):
    world = socket_world
    await wrapped_up(world, "How do I profile asyncio? #python #anonymous")
    await pause(await world.desk(), PRIYA, world.now + 9 * DAY, world.now)

    await press(world, MAYA, "Your talk with", "Ask the same person again")

    told = f"{world.slack.dm(MAYA)} {world.slack.modal(MAYA)}"
    assert "The person who helped you can't be asked right now." in told
    assert not [it for it in (PRIYA, "Priya") if it in told]


async def test_of_a_second_opinion_and_a_search_both_sides_read_who_has_left(socket_world: World):
    world = socket_world
    await colleagues(world)
    await world.enrol(RAJ, topics={"leadership": 3}, level=6)
    await asked(world)
    await answered(world, GRACE, CHLOE)
    await world.slack.command(MAYA, "/coach-me", "mentor Lead my first team well")
    assert (await world.slack.submit(MAYA, {"mentor": RAJ, "topics": ["Leadership"]})).closed
    await world.settle()
    assert "would like you as their mentor" in seen_by(world, RAJ)

    assert "Talk with Grace" in seen_by(world, MAYA)

    await leaves(world, GRACE)

    views = (await world.slack.message(MAYA, containing="Here are 2 views")).words
    assert "more experienced (doesn't work here any more):" in views
    assert "Talk with Chloe" in views
    assert "Talk with Grace" not in views

    await leaves(world, MAYA)

    assert f"<@{MAYA}> doesn't work here any more.* Thank you for sharing your view!" in seen_by(world, CHLOE)
    assert f"<@{MAYA}> doesn't work here any more.* You don't need to answer" in seen_by(world, PRIYA)
    assert f"<@{MAYA}> doesn't work here any more. You don't need to do anything." in seen_by(world, RAJ)


async def test_a_mentor_who_leaves_before_they_answer_has_not_said_no(socket_world: World):
    world = socket_world
    await world.enrol(RAJ, topics={"leadership": 3}, level=6)
    await world.slack.command(MAYA, "/coach-me", "mentor Lead my first team well")
    assert (await world.slack.submit(MAYA, {"mentor": RAJ, "topics": ["Leadership"]})).closed
    await world.settle()

    await leaves(world, RAJ)

    assert f"<@{RAJ}> doesn't work here any more.* Nobody else who fits has room" in seen_by(world, MAYA)


async def test_a_report_is_with_those_who_steer_now(socket_world: World):
    world = socket_world
    await world.settle()
    session = await talk(world)
    await report(world)
    await press(world, RUBY, "reports something", "I'm on it")
    await world.slack.open_home(RUBY)
    await world.settle()
    assert f"<@{RUBY}> is on it." in seen_by(world, MAYA)

    await world.slack.change_person(RUBY, is_admin=False)
    await world.settle()

    assert not cards(world, RUBY, "reports something")
    assert "reports something" not in world.slack.home(RUBY).words
    [mine] = cards(world, MAYA, "Your report is with 2 admins")
    assert RUBY not in mine.words
    assert "is on it" not in mine.words
    assert (
        "Nobody is on it yet. You and 1 other were told."
        in cards(world, "U0ADA", "reports something")[0].words
    )

    await world.slack.change_person(RUBY, is_admin=True)
    await world.settle()

    assert len(cards(world, RUBY, "reports something")) == 1
    alert = await world.get(Alert, f"report.{session.id}.{MAYA}")
    assert len(alert.told) == 3

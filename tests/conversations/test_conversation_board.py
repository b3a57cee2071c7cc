"""A board through a year in the whole of Waymark: it fills itself, asks for a seat, and lets people go."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from app_world import World, start_world, with_support
from make_past import past_talk

from kernel.store import Changes
from kernel.values import Document, PersonId, TopicId
from matching.values import Lane
from mentoring import own_data
from mentoring.model.request import Request
from mentoring.model.session import Session
from relationships.another_angle.angle import Angle
from relationships.board.board import Board

MAYA, PRIYA, WEI, JONAS, AIKO, LENA, EWAN = (
    PersonId(f"U0{name}") for name in ("MAYA", "PRIYA", "WEI", "JONAS", "AIKO", "LENA", "EWAN")
)
TEAMS = {MAYA: "Data", PRIYA: "Data", WEI: "Data", JONAS: "Data", AIKO: "Data", LENA: "People", EWAN: "Web"}
PYTHON, LEADERSHIP = TopicId("python"), TopicId("leadership")
DAY = timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as started:
        await colleagues(started)
        yield started


async def colleagues(world: World) -> None:
    """Everyone helps with Python, and is in a team."""
    lines = [f"{who},3,python:3;leadership:2,always,{team}" for who, team in TEAMS.items()]
    await world.import_people("\n".join(["slack_id,level,topics,hours,team", *lines]) + "\n")


async def happened(world: World, *talks: list[Document]) -> None:
    """Put talks there that were held."""
    put = [it for talk in talks for it in talk]
    await (await world.desk()).store.commit(lambda _: (None, Changes(put=put)))


def talk(
    helper: PersonId, at: datetime, *, topic: TopicId = PYTHON, lane: Lane = Lane.PEER, **of_both: Any
) -> list[Document]:
    """A talk in which somebody helped Maya."""
    found = past_talk(f"T{helper}{at:%m%d}", at, helper, topic=topic, helped=None, asker_id=MAYA)
    return [
        it.model_copy(update={**({"lane": lane} if isinstance(it, Session) else {}), **of_both})
        if isinstance(it, (Session, Request))
        else it
        for it in found
    ]


def words(world: World) -> str:
    shown = world.slack.modal(MAYA)
    assert shown is not None
    return shown.words


async def opened(world: World) -> str:
    await world.slack.close(MAYA, all_views=True) if world.slack.modal(MAYA) else None
    await world.slack.command(MAYA, "/coach-me", "board")
    return words(world)


async def press(world: World, button: str) -> str:
    await world.slack.press(MAYA, world.slack.modal(MAYA), button)
    return words(world)


async def chosen(world: World, what: str, who: str) -> str:
    """Choose in the menu beside somebody."""
    view = world.slack.modal(MAYA)
    assert view is not None
    [block] = [it["block_id"] for it in view.blocks if who in str(it.get("text", "")) and "accessory" in it]
    await world.slack.choose(MAYA, view, "board.menu", what, block_id=block)
    return words(world)


def prompts(world: World) -> list[str]:
    return [
        it.words for it in world.slack.dm(MAYA) if "I'll bring this up at most once in 3 months" in it.words
    ]


def title(world: World) -> str:
    shown = world.slack.modal(MAYA)
    assert shown is not None
    return str(shown.body["title"]["text"])


async def test_it_fills_itself_from_what_happened_and_says_one_honest_sentence(world: World):
    slack, now = world.slack, world.now
    home = await slack.open_home(MAYA)
    await world.settle()
    home = slack.home(MAYA)
    assert home is not None
    await slack.press(MAYA, home, "My board")
    assert "Nobody is on your board yet." in words(world)
    assert "nobody is told that they're on it" in words(world)

    # What happened fills it; a talk without names and one that was reported don't.
    await happened(
        world,
        talk(PRIYA, now - 3 * DAY),
        talk(PRIYA, now - 9 * DAY),
        talk(WEI, now - 20 * DAY),
        talk(JONAS, now - 30 * DAY, topic=LEADERSHIP),
        talk(AIKO, now - 40 * DAY),
        talk(LENA, now - 50 * DAY, topic=LEADERSHIP, lane=Lane.SENIOR),
        talk(EWAN, now - 2 * DAY, anonymous=True),
        talk(EWAN, now - 4 * DAY, reported_by=frozenset({MAYA})),
    )
    shown = await opened(world)
    assert "Five people: four share your team." in shown
    assert "Craft · your team · last contact" in shown
    assert "That's as mixed as 1.6 teams and 2.0 kinds of help" in shown
    assert EWAN not in shown
    for seat in ("Role model", "Sponsor", "Peer coach", "Fresh eyes", "Another perspective"):
        assert f"*{seat}:*" in shown
    assert "*Craft:*" not in shown

    # By hand: people outside by initials only, and never both at once.
    await press(world, "Add someone")
    name = await slack.submit(MAYA, {"initials": "Marta Kowalska", "roles": ["sponsor"]})
    both = await slack.submit(MAYA, {"colleague": PRIYA, "initials": "MK", "roles": ["sponsor"]})
    self = await slack.submit(MAYA, {"colleague": MAYA, "initials": "", "roles": ["sponsor"]})
    assert name.errors == {"initials": "Initials only, up to 4 letters, like M.K."}
    assert both.errors == {"initials": "Pick a colleague or write initials, not both."}
    assert self.errors == {"colleague": "That's you. Pick somebody else."}


async def test_by_hand_somebody_joins_changes_and_goes_and_it_can_stop_filling_itself(world: World):
    slack, now = world.slack, world.now
    await happened(world, talk(PRIYA, now - 3 * DAY), talk(WEI, now - 20 * DAY))
    assert "Two people: both share your team." in await opened(world)
    await press(world, "Add someone")
    future = {"initials": "m. k.", "roles": ["sponsor"], "last_on": (now + 2 * DAY).date().isoformat()}
    assert (await slack.submit(MAYA, future)).errors == {
        "last_on": "This day is still to come. Choose one that has been."
    }
    assert not (await slack.submit(MAYA, {"last_on": (now - 9 * DAY).date().isoformat()})).errors
    assert "MK (works elsewhere)" in words(world)
    assert "*Sponsor:*" not in words(world)

    await chosen(world, "Change", PRIYA)
    changed = await slack.submit(MAYA, {"roles": ["craft", "role_model"], "knows": [WEI], "closeness": "5"})
    assert not changed.errors
    assert "Craft, Role model" in words(world)
    assert "1 pair knows each other, so it's like 2.3 people who don't." in words(world)

    assert WEI not in await chosen(world, "Take off my board", WEI)
    await happened(world, talk(WEI, now - 1 * DAY))
    assert WEI not in await opened(world)
    await chosen(world, "Ask them something", PRIYA)
    assert "is asked first" in words(world)

    await opened(world)
    shown = await press(world, "Don't fill it for me")
    assert "It only shows people you've added" in shown
    assert PRIYA in shown  # of whom Maya has said something
    assert PRIYA in await press(world, "Fill it for me")


async def test_an_empty_seat_is_one_tap_from_the_ask_and_is_brought_up_once_a_quarter(world: World):
    slack, now = world.slack, world.now
    await happened(world, *(talk(it, now - 3 * DAY) for it in (PRIYA, WEI, JONAS)), talk(LENA, now - 9 * DAY))
    await opened(world)
    doors = {
        "board.seat.arena": "Second opinion",
        "board.seat.reverse": "Ask a mentor",
        "board.seat.peer_coach": "Coach each other",
        "board.seat.role_model": "Find a mentor",
    }
    for button, called in doors.items():
        await slack.press(MAYA, slack.modal(MAYA), button)
        assert title(world) == called
        if button == "board.seat.reverse":
            form = slack.modal(MAYA)
            assert form is not None
            [ways] = [it["element"] for it in form.body["blocks"] if it.get("block_id") == "lane"]
            assert ways["initial_option"]["value"] == "reverse"
        await slack.close(MAYA)
    await slack.close(MAYA, all_views=True)

    await world.skip(13 * DAY)
    assert prompts(world) == []
    await world.skip(9 * DAY)
    [asked] = prompts(world)
    assert "Four people: three share your team." in asked
    prompt = await slack.message(MAYA, containing="I'll bring this up")
    await slack.press(MAYA, prompt, "Get three views")
    assert title(world) == "Second opinion"
    done = await slack.submit(MAYA, {"question": "Should we rewrite the importer in Python?"})
    assert not done.errors
    await world.settle()
    board = await world.get(Board, MAYA)
    assert board.prompt is not None
    assert (board.prompt.gap, board.prompt.answer, board.unheeded) == ("arena", "taken", 0)

    await world.skip(60 * DAY)
    assert len(prompts(world)) == 1
    for quarter in (2, 3):
        await world.skip(98 * DAY if quarter > 2 else 38 * DAY)
        found = (await world.get(Board, MAYA)).prompt
        assert found is not None
        assert found.number == quarter
    await world.skip(200 * DAY)
    again = (await world.get(Board, MAYA)).prompt
    assert again is not None
    assert again.number == 3, "two left without an answer, and none follow"
    late = await slack.message(MAYA, containing="I'll bring this up")
    await slack.press(MAYA, late, "Not now")
    await world.settle()
    assert "Not now: that's fine." in (await slack.message(MAYA, containing="Not now")).words
    assert not (await world.get(Board, MAYA)).is_hushed


async def test_whoever_is_erased_or_leaves_stands_on_no_board_and_an_export_holds_ones_own(world: World):
    slack, now = world.slack, world.now
    desk, features = await world.desk(), world.conversations.features
    await happened(world, *(talk(it, now - 3 * DAY) for it in (PRIYA, WEI, JONAS)))
    await opened(world)
    await chosen(world, "Change", PRIYA)
    await slack.submit(MAYA, {"roles": ["role_model"], "knows": [WEI]})
    assert "Three people" in words(world)

    await own_data.erase(desk, features, PRIYA, world.now)
    await slack.change_person(WEI, deleted=True)
    await world.settle()
    shown = await opened(world)
    assert "One person is on your board." in shown
    assert PRIYA not in str((await world.get(Board, MAYA)).model_dump())
    await world.skip(8 * DAY)
    await happened(world, talk(PRIYA, world.now - DAY))  # what happens later counts again
    assert "Two people" in await opened(world)

    of_maya = await own_data.export(desk, features, MAYA, world.now)
    assert [it["id"] for it in of_maya["data"]["board"]] == [MAYA]
    await own_data.erase(desk, features, MAYA, world.now)
    assert await world.find(Board, MAYA) is None


async def test_its_picture_comes_with_words_to_be_read_aloud(world: World):
    await happened(world, talk(PRIYA, world.now - 3 * DAY), talk(LENA, world.now - 9 * DAY))
    await opened(world)
    assert "On its way to your messages" in await press(world, "Picture")
    await world.settle()
    await world.skip(timedelta(minutes=5))

    [sent] = [it for it in world.slack.dm(MAYA) if it.files]
    assert sent.files[0]["name"] == "board.png"
    said = sent.files[0]["alt_txt"]
    assert said.startswith("Two people from about two different teams.")
    assert "Priya" in said
    assert "Empty seats: advice, role model" in said


async def test_without_the_scope_it_comes_in_words(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path), scopes=scopes) as world:
        await colleagues(world)
        await happened(world, talk(PRIYA, world.now - 3 * DAY))
        await opened(world)
        await press(world, "Picture")
        await world.settle()
        await world.skip(timedelta(minutes=5))

        assert not [it for it in world.slack.dm(MAYA) if it.files]
        said = (await world.slack.message(MAYA, containing="One person is on your board.")).words
        assert f"<@{PRIYA}>: craft, last contact 20 Nov 2026" in said


async def test_who_asks_one_person_again_and_again_is_offered_another_angle_once(world: World):
    slack, now = world.slack, world.now
    await happened(world, *(talk(PRIYA, now - (3 + it) * DAY) for it in range(4)), talk(WEI, now - 9 * DAY))
    await slack.command(MAYA, "/ask-mentor", "How do I profile a slow Python import? #python")
    await world.settle()

    offered = await slack.message(MAYA, containing="Another angle?")
    assert f"4 of your last 5 questions went to <@{PRIYA}>, all about Python." in offered.words
    assert "isn't told" in offered.words
    assert not [it for who in TEAMS if who != MAYA for it in slack.dm(who) if "Another angle" in it.words]
    await slack.press(MAYA, offered, "Get three views")
    assert title(world) == "Second opinion"
    assert "slow Python import" in str(slack.modal(MAYA).body)  # type: ignore[union-attr]
    await slack.close(MAYA)
    await slack.press(MAYA, offered, "My board")
    assert "*Your questions to" in words(world)
    assert "4 of 5 before, nobody asked by name since." in words(world)

    await happened(world, talk(PRIYA, world.now + DAY), talk(WEI, world.now + 2 * DAY))
    await slack.press(MAYA, offered, "No, thanks")
    await world.settle()
    assert await slack.message(MAYA, containing="I won't bring this up again.")
    await world.skip(91 * DAY)
    assert (
        "In the three months since: 1 of 2." in (await slack.message(MAYA, containing="months since")).words
    )

    await happened(world, *(talk(PRIYA, world.now - (3 + it) * DAY) for it in range(8)))
    await slack.command(MAYA, "/ask-mentor", "How do I profile asyncio in Python? #python")
    await world.settle()
    assert not [it for it in slack.dm(MAYA) if "Another angle?" in it.words]

    await own_data.erase(await world.desk(), world.conversations.features, PRIYA, world.now)
    await world.settle()
    assert (await world.get(Angle, MAYA)).habit is None
    assert not [it for it in slack.dm(MAYA) if "months since" in it.words]

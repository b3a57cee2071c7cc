"""The Home tab and the profile: what a newcomer sees, what waits, past things, and one's own help."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import MANIFEST, World, start_world

from kernel.values import PersonId, RequestId, TopicId
from mentoring.model.alert import Alert
from mentoring.model.new_request import NewRequest
from mentoring.model.person import Person
from mentoring.people import people
from mentoring.requests import requests
from playground.workspace.messages import Message
from playground.workspace.views import OpenView

MAYA, PRIYA, JONAS, LENA = "U0MAYA", "U0PRIYA", "U0JONAS", "U0LENA"


async def home(world: World, person: str, containing: str = "") -> OpenView:
    """Open the Home tab and return it once these words are on it."""
    await world.slack.open_home(person)
    await world.settle()

    def shown() -> OpenView | None:
        view = world.slack.home(person)
        return view if view and containing in view.words else None

    return await world.slack.until(shown)


async def test_a_newcomer_learns_what_this_is_for(world: World):
    view = await home(world, MAYA, "Stuck? Ask a colleague.")

    assert "/ask-mentor How do I profile asyncio?" in view.words
    assert "What is private" in view.words
    await world.slack.press(MAYA, view, "Ask a mentor")
    form = world.slack.modal(MAYA)
    assert form is not None
    assert form.title == "Ask a mentor"


async def test_the_home_tab_stays_fresh_and_its_buttons_work(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await home(world, PRIYA, "Waiting for you")
    await home(world, MAYA)
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await world.settle()

    waiting = await home(world, PRIYA, "asks about")
    await world.slack.press(PRIYA, waiting, "I can help")
    await world.settle()

    talks = await home(world, MAYA, "My talks")
    assert "somebody said yes" in talks.words or "in a talk" in talks.words
    await world.slack.press(MAYA, talks, "Wrap up")
    assert (await world.slack.submit(MAYA, {})).closed
    await world.slack.press(MAYA, await home(world, MAYA, "All my talks"), "All my talks (1)")
    listed = world.slack.modal(MAYA)
    assert listed is not None
    assert "How do I profile asyncio?" in listed.words
    await world.slack.close(MAYA)
    await world.skip(timedelta(hours=3))
    asked = await home(world, MAYA, "Did it help?* You talked with")
    assert (await world.slack.press(MAYA, asked, "Yes")).ok
    await world.skip(timedelta(days=2))
    used = await home(world, MAYA, "Did you use what you talked about with")
    await world.slack.press(MAYA, used, "Yes, I used it")
    await world.settle()
    assert "Your advice was used 1 time that I know of" in (await home(world, PRIYA, "Helping others")).words


async def test_enrolling_takes_one_form(socket_world: World):
    world = socket_world
    view = await home(world, MAYA, "Help others")
    await world.slack.press(MAYA, view, "Help others")

    done = await world.slack.submit(
        MAYA,
        {
            "topics_3": ["Python"],
            "topics_1": ["python", "sql"],
            "level": "Senior",
            "minutes_per_week": "45 minutes",
            "questions_at_once": "Up to two",
            "hours": "mon-thu 08:00-16:00",
            "lanes": ["People at my level"],
            "learns": ["Career"],
            "apart": [JONAS],
        },
    )

    assert done.closed
    person = await world.get(Person, MAYA)
    assert dict(person.topics) == {"python": 3, "sql": 1}
    assert (person.level, person.minutes_per_week, str(person.hours)) == (4, 45, "mon-thu 08:00-16:00")
    assert person.questions_at_once == 2
    assert person.do_not_match == {JONAS}
    assert person.learns == ("career",)


async def test_a_profile_that_cannot_be_read_comes_back_with_a_sentence(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, "/ask-mentor", "profile")

    done = await world.slack.submit(MAYA, {"topics_3": ["Python"], "hours": "whenever I feel like it"})
    assert "mon-fri 09:00-17:00" in done.errors["hours"]

    done = await world.slack.submit(MAYA, {"topics_3": None, "hours": "always"})
    assert "at least one topic" in done.errors["topics_3"]


async def test_apart_can_be_taken_back(socket_world: World):
    world = socket_world
    for people_kept in ([JONAS], []):
        await world.slack.command(MAYA, "/ask-mentor", "profile")
        await world.slack.submit(MAYA, {"topics_3": ["Python"], "apart": people_kept})

    assert (await world.get(Person, MAYA)).do_not_match == frozenset()


async def test_one_tap_pauses_resumes_and_stops(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})

    await world.slack.press(PRIYA, await home(world, PRIYA, "Helping others"), "Pause for a week")
    paused = await home(world, PRIYA, "You're paused until")
    await world.slack.press(PRIYA, paused, "Resume now")
    back = await home(world, PRIYA, "Pause for a day")
    assert not (await world.get(Person, PRIYA)).is_paused(world.now)
    await world.slack.press(PRIYA, back, "Stop helping")

    assert await home(world, PRIYA, "Help others")
    assert not (await world.get(Person, PRIYA)).is_helper


async def test_the_invitation_comes_again_when_it_was_put_off(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, "/ask-mentor", "profile")
    form = world.slack.modal(MAYA)
    assert form is not None
    await world.slack.press(MAYA, form, "Ask me again in 2 weeks")
    top = world.slack.modal(MAYA)
    assert top is not None
    assert "ask you again in 14 days" in top.words

    await world.skip(timedelta(days=14, hours=1))

    card = await world.slack.message(MAYA, containing="Would you help someone now and then?")
    await world.slack.close(MAYA, all_views=True)
    await world.slack.press(MAYA, card, "Choose my topics")
    opened = world.slack.modal(MAYA)
    assert opened is not None
    assert opened.title == "What I can help with"


async def test_many_past_questions_are_leafed_through(socket_world: World):
    world = socket_world
    desk = await world.desk()
    for number in range(25):
        new = NewRequest(question=f"How do I profile number {number:02}?", topics=(TopicId("python"),))
        id = RequestId(f"past{number}")
        await requests.file(desk, PersonId(MAYA), new, id, world.now + timedelta(seconds=number))
        await requests.withdraw(desk, PersonId(MAYA), id, world.now)
    view = await home(world, MAYA, "All my questions (25)")

    await world.slack.press(MAYA, view, "All my questions (25)")
    seen: list[str] = []
    while (page := world.slack.modal(MAYA)) is not None:
        seen += [f"{n:02}" for n in reversed(range(25)) if f"number {n:02}?" in page.words]
        if "Older" not in page.words:
            break
        await world.slack.press(MAYA, page, "Older")
    assert seen == [f"{n:02}" for n in reversed(range(25))]
    assert "21 to 25 of 25" in page.words
    await world.slack.press(MAYA, page, "Newer")
    back = world.slack.modal(MAYA)
    assert back is not None
    assert "number 14?" in back.words
    assert "11 to 20 of 25" in back.words
    await world.slack.press(MAYA, back, "Newer")
    first = world.slack.modal(MAYA)
    assert first is not None
    assert "1 to 10 of 25" in first.words
    assert "number 24?" in first.words
    assert "Newer" not in first.words
    for _ in range(2):
        await world.slack.press(MAYA, world.slack.modal(MAYA), "Older")  # type: ignore[arg-type]
    await world.slack.press(MAYA, world.slack.modal(MAYA), "Newest")  # type: ignore[arg-type]
    newest = world.slack.modal(MAYA)
    assert newest is not None
    assert "number 24?" in newest.words


async def test_how_it_works_is_one_press_away(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    view = await home(world, PRIYA, "How it works")

    await world.slack.press(PRIYA, view, "How it works")

    window = world.slack.modal(PRIYA)
    assert window is not None
    assert "/ask-mentor status" in window.words


async def test_the_helper_can_read_a_long_question_to_its_end(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    text = " ".join(f"asyncio {number}" for number in range(2900))
    await world.slack.command(MAYA, "/ask-mentor", text)
    await world.slack.submit(MAYA, {"topics": ["Python"]})
    card = await world.slack.message(PRIYA, containing="Can you help")

    await world.slack.press(PRIYA, card, "Read the rest")
    first = world.slack.modal(PRIYA)
    assert first is not None
    assert "asyncio 0 " in first.words
    await world.slack.press(PRIYA, first, "Next part")

    last = world.slack.modal(PRIYA)
    assert last is not None
    assert "asyncio 2899" in last.words


@asynccontextmanager
async def with_a_channel(folder: Path, redis_url: str) -> AsyncIterator[World]:
    """Start a world whose topic Python has a channel, and ask there what nobody can answer."""
    manifest = folder / "manifest.yml"
    manifest.write_text(
        MANIFEST.read_text("utf-8").replace(
            "    label: Python\n", "    label: Python\n    channel: C0PYTHON\n"
        ),
        "utf-8",
    )
    async with start_world(folder, redis_url, manifest=manifest) as world:
        await people.resume(await world.desk(), PersonId(JONAS), world.now)
        await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
        await world.settle()
        yield world


async def pressed(world: World, button: str) -> Message:
    """Press a button on Maya's card, and return the card as it is then."""
    card = await world.slack.message(MAYA, containing="No one yet")
    await world.slack.press(MAYA, card, button)
    await world.settle()
    return await world.slack.message(MAYA, containing="No one yet")


@pytest.mark.parametrize("code", ["not_in_channel", "restricted_action", "a_word_of_next_year"])
async def test_a_channel_that_cannot_be_posted_to_is_said_to_the_asker_and_once_to_the_admins(
    tmp_path: Path, redis_url: str, code: str
):
    async with with_a_channel(tmp_path, redis_url) as world:
        world.slack.faults.refuse("chat.postMessage", code, about="C0PYTHON")

        for button in ("Post it in the channel", "Try the channel again"):
            card = await pressed(world, button)

        assert "I couldn't post it in <#C0PYTHON>" in card.words
        assert "posted in <#C0PYTHON>" not in card.words
        assert "Keep looking" in card.words
        alert = await world.get(Alert, "channel.C0PYTHON")
        assert alert.told
        for admin in alert.told:
            assert len([it for it in world.slack.dm(admin) if f"Slack says `{code}`" in it.words]) == 1

        world.slack.faults.refusals.clear()
        card = await pressed(world, "Try the channel again")

        assert "It's posted in <#C0PYTHON>" in card.words
        assert not (await world.get(Alert, "channel.C0PYTHON")).is_open
        assert "Fixed: I can post there again" in world.slack.dm(alert.told[0])[-1].words


async def test_a_question_is_posted_in_its_channel_and_taken_there(tmp_path: Path, redis_url: str):
    async with with_a_channel(tmp_path, redis_url) as world:
        assert "It's posted in <#C0PYTHON>" in (await pressed(world, "Post it in the channel")).words

        [post] = [it for it in world.slack.messages(JONAS, "C0PYTHON") if "Can anyone here help?" in it.words]
        await world.slack.press(JONAS, post, "I can help")
        await world.settle()

        assert "Somebody has said yes to this question" in world.slack.messages(JONAS, "C0PYTHON")[-1].words
        assert await world.slack.message(MAYA, containing="Your talk with")

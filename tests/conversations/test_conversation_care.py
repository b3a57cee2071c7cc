"""Before a question goes to anybody: which help fits it better, and whom else to turn to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from app_world import HELP_LINE, World, start_world, with_support
from test_conversation_home import home
from test_every_text_input import relayed

from coaching.guide.talk import GuidedTalk
from mentoring.model.request import Request

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
ASK, COACH = "/ask-mentor", "/coach-me"
HARD = "I keep putting off a hard conversation with my manager and can't decide how to begin"
HARASSED = "My teammate keeps making sexual comments about me in #python meetings"
TIRED = "I am completely burned out and cry every morning. How do I profile asyncio? #python"


@pytest.fixture
async def cared(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def requests_of(world: World) -> list[Request]:
    desk = await world.desk()
    return [await world.get(Request, id) for id in await desk.store.ids(f"requests-of:{MAYA}")]


def told_beside(world: World) -> list[str]:
    """The cards that say whom to turn to."""
    return [each.words for each in world.slack.dm(MAYA) if each.bot and HELP_LINE in each.words]


async def test_a_question_for_a_talk_is_held_with_its_reasons_and_asked_of_nobody(cared: World):
    answer = await cared.slack.command(MAYA, ASK, HARD)

    assert answer.shown is not None
    assert "Before I ask anyone" in answer.shown.words
    assert "a hard conversation lies ahead" in answer.shown.words
    assert not await requests_of(cared)


async def test_it_can_be_talked_through_with_one_press(cared: World):
    answer = await cared.slack.command(MAYA, ASK, HARD)

    await cared.slack.press(MAYA, answer.shown, "Prepare a hard conversation")
    await cared.settle()

    desk = await cared.desk()
    [talk] = [await cared.get(GuidedTalk, id) for id in await desk.store.ids(f"coach-talks-of:{MAYA}")]
    assert talk.opening == HARD


async def test_it_can_be_asked_anyway_with_one_press_and_is_not_held_again(cared: World):
    about = "I keep putting off a hard conversation about leadership and can't decide how to begin it"
    answer = await cared.slack.command(MAYA, ASK, about)
    await cared.slack.press(MAYA, answer.shown, "Ask a mentor anyway")
    await cared.settle()
    assert [request.question for request in await requests_of(cared)] == [about]

    again = await cared.slack.command(MAYA, ASK, f"{about}, still")

    assert again.shown is not None
    assert "Got it." in again.shown.words
    assert "Thinking it through seems to fit best" in again.shown.words


async def test_what_was_taken_last_time_comes_first_when_advice_is_wanted(cared: World):
    answer = await cared.slack.command(MAYA, ASK, HARD)
    await cared.slack.press(MAYA, answer.shown, "Ask a mentor anyway")

    advised = await cared.slack.command(MAYA, COACH, HARD)

    assert advised.shown is not None
    doors = next(block for block in advised.shown.blocks if block["type"] == "actions")
    assert doors["elements"][0]["text"]["text"] == "Ask a mentor"
    assert "Last time you asked a person instead" in advised.shown.words


@pytest.mark.parametrize("mark", ["#python", "#now", "#anonymous", f"<@{PRIYA}>"])
async def test_who_tags_a_question_is_not_held(cared: World, mark: str):
    line = f"{mark} {HARD}" if mark.startswith("<") else f"{HARD} {mark}"

    answer = await cared.slack.command(MAYA, ASK, line)

    assert "Before I ask anyone" not in (answer.shown.words if answer.shown else "")


async def test_without_guided_talks_nothing_is_held(socket_world: World):
    answer = await socket_world.slack.command(MAYA, ASK, HARD)

    assert "Before I ask anyone" not in (answer.shown.words if answer.shown else "")


async def test_harassment_goes_to_no_colleague_before_its_writer_has_seen_whom_else_to_turn_to(cared: World):
    await cared.slack.command(MAYA, ASK, f"{HARASSED} #anonymous")

    form = cared.slack.modal(MAYA)
    assert form is not None
    assert HELP_LINE in form.words
    assert "Ask anyway" in str(form.body["submit"])
    assert HARASSED in str(form.body["blocks"])
    assert not await requests_of(cared)

    await cared.slack.submit(MAYA, {"topics": ["Leadership"]})
    [request] = await requests_of(cared)
    assert request.anonymous


async def test_harassment_in_the_form_comes_back_once_and_loses_nothing(cared: World):
    await cared.slack.command(MAYA, ASK)
    done = await cared.slack.submit(MAYA, {"question": HARASSED, "topics": ["Python"]})
    assert done.view is not None
    assert HELP_LINE in done.view.words
    assert not await requests_of(cared)

    await cared.slack.submit(MAYA, {})

    assert [request.question for request in await requests_of(cared)] == [HARASSED]


async def test_a_tired_question_is_asked_and_says_who_is_there(cared: World):
    answer = await cared.slack.command(MAYA, ASK, TIRED)

    assert answer.shown is not None
    assert "Got it." in answer.shown.words
    assert HELP_LINE in answer.shown.words
    assert len(await requests_of(cared)) == 1


async def test_a_tired_question_in_the_form_is_answered_in_its_place(cared: World):
    await cared.slack.command(MAYA, ASK)

    done = await cared.slack.submit(MAYA, {"question": TIRED, "topics": ["Python"]})
    await cared.settle()

    assert done.view is not None
    assert HELP_LINE in done.view.words
    assert len(await requests_of(cared)) == 1
    assert told_beside(cared) == []


async def test_a_tired_mind_is_answered_with_what_fits_and_on_no_card_beside(cared: World):
    await cared.slack.press(MAYA, await home(cared, MAYA), "Think something through")

    await cared.slack.submit(MAYA, {"mind": TIRED})
    await cared.settle()

    assert [HELP_LINE in each.words for each in cared.slack.dm(MAYA) if each.bot] == [True]


async def test_a_report_in_distress_goes_to_the_admins_and_on_no_card_beside(cared: World):
    await relayed(cared)
    card = next(each for each in cared.slack.dm(MAYA) if "Something is wrong" in str(each.blocks))
    await cared.slack.press(MAYA, card, "Something is wrong")

    done = await cared.slack.submit(MAYA, {"text": "I am completely burned out and cry every morning"})
    await cared.settle()

    assert done.view is not None
    assert told_beside(cared) == []


async def test_what_is_written_to_the_app_can_become_a_guided_talk(cared: World):
    await cared.slack.say(MAYA, HARD)
    await cared.settle()
    card = await cared.slack.message(MAYA, containing="“Prepare a hard conversation” seems to fit best")

    await cared.slack.press(MAYA, card, "Prepare a hard conversation")
    await cared.settle()

    desk = await cared.desk()
    [talk] = [await cared.get(GuidedTalk, id) for id in await desk.store.ids(f"coach-talks-of:{MAYA}")]
    assert (talk.opening, talk.form) == (HARD, "clear")


async def test_what_is_written_to_the_app_can_be_asked_anyway(cared: World):
    await cared.slack.say(MAYA, HARD)
    await cared.settle()
    card = await cared.slack.message(MAYA, containing="“Prepare a hard conversation” seems to fit best")

    await cared.slack.press(MAYA, card, "Ask a mentor anyway")

    await cared.settle()

    assert [request.question for request in await requests_of(cared)] == [HARD]


async def test_distress_in_any_other_words_to_the_app_is_answered_once_a_day(cared: World):
    await cared.slack.say(MAYA, "I am completely burned out and cry every morning")
    await cared.slack.say(MAYA, "Really, I am so burned out that I cry every morning")
    await cared.settle()

    cards = [message for message in cared.slack.dm(MAYA) if HELP_LINE in message.words]
    assert len(cards) == 1
    assert "You don't have to carry it alone" in cards[0].words
    assert "Nobody has been told" not in cards[0].words


async def test_harassment_is_never_said_to_fit_a_quick_question(cared: World):
    answer = await cared.slack.command(MAYA, COACH, HARASSED)

    assert answer.shown is not None
    assert answer.shown.words.index(HELP_LINE) < answer.shown.words.index("sexual comments")
    assert "fit best" not in answer.shown.words
    assert "no colleague sees it unless you send it to one" in answer.shown.words
    doors = next(block for block in answer.shown.blocks if block["type"] == "actions")["elements"]
    assert not any(door.get("style") for door in doors)
    assert [door["text"]["text"] for door in doors][-2:] == ["Ask a mentor", "Forget it"]


async def test_who_is_worn_out_is_urged_to_nothing(cared: World):
    answer = await cared.slack.command(MAYA, COACH, "I am burnt out and cry every morning before work")

    assert answer.shown is not None
    assert "You don't have to carry it alone" in answer.shown.words
    assert "fit best" not in answer.shown.words
    doors = next(block for block in answer.shown.blocks if block["type"] == "actions")["elements"]
    assert [door["text"]["text"] for door in doors] == ["Think it through", "Ask a mentor", "Forget it"]
    assert not any(door.get("style") for door in doors)

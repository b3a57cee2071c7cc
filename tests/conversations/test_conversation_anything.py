"""A question whose topic is not clear: likely topics to tap, and people who take any question."""

from datetime import timedelta
from functools import partial

import pytest
from app_world import World
from make import DAY
from make_past import past_talk
from test_conversation_messages import from_app, said

from kernel.store import Changes, Snapshot
from kernel.values import Document
from matching.learning.memory import Memory
from mentoring.learning.retraining import keep, packed
from mentoring.learning.training import study
from mentoring.model.person import Person
from mentoring.model.request import Request
from playground.workspace.messages import Message

MAYA, PRIYA, JONAS = "U0MAYA", "U0PRIYA", "U0JONAS"
ASK = "/ask-mentor"
VAGUE = "Who knows about the blue folder?"
UNSURE = "My numbers look odd after the join, how do I check them?"


async def takes_anything(world: World, person: str, topics: list[str] | None = None) -> None:
    """Have somebody say in their profile that they take any question."""
    await world.slack.command(person, ASK, "profile")
    done = await world.slack.submit(
        person, {"anything": ["Ask me about anything"], "topics_3": topics, "hours": "always"}
    )
    assert done.closed, done


async def requests_of(world: World, person: str = MAYA) -> list[Request]:
    desk = await world.desk()
    return [await world.get(Request, id) for id in await desk.store.ids(f"requests-of:{person}")]


def labels(message: Message) -> list[str]:
    elements = [one for block in message.blocks for one in block.get("elements", ())]
    return [one["text"]["text"] for one in elements if one.get("type") == "button"]


async def test_what_nobody_can_tell_a_topic_of_goes_to_whoever_takes_anything(world: World):
    await takes_anything(world, PRIYA)
    assert (await world.get(Person, PRIYA)).is_helper
    await world.enrol(JONAS, topics={"python": 3})

    answer = await world.slack.command(MAYA, ASK, VAGUE)
    assert answer.shown is not None
    assert "I can't tell what this is about." in answer.shown.words
    assert "someone here takes any question" in answer.shown.words
    assert labels(answer.shown) == ["Choose a topic", "Ask people who take any question"]
    await world.slack.press(MAYA, answer.shown, "Ask people who take any question")
    await world.settle()

    [request] = await requests_of(world)
    assert (request.topics, request.question) == ((), VAGUE)
    offer = await world.slack.message(PRIYA, containing="Can you help")
    assert "Why you: you take any question" in offer.words
    assert not from_app(world, JONAS, "Can you help")
    await world.slack.press(PRIYA, offer, "I can help")
    await world.settle()
    assert from_app(world, MAYA, "Your talk with")


async def test_without_anybody_who_takes_it_the_form_asks_for_a_topic(socket_world: World):
    world = socket_world
    await takes_anything(world, MAYA)

    await world.slack.command(MAYA, ASK, VAGUE)

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "choose a topic below" in form.words


async def test_an_unclear_message_has_the_same_topics_to_tap_as_the_command(socket_world: World):
    world = socket_world
    await takes_anything(world, PRIYA, ["Python"])
    answer = await world.slack.command(MAYA, ASK, UNSURE)
    assert answer.shown is not None
    assert len(labels(answer.shown)) == 5

    await said(world, MAYA, UNSURE)

    card = await world.slack.message(MAYA, containing="What is this about?")
    assert labels(card) == [*labels(answer.shown), "Forget it"]
    assert "Nobody has seen it so far" in card.words
    await world.slack.press(MAYA, card, labels(card)[0])
    await world.settle()
    [request] = await requests_of(world)
    assert request.question == UNSURE
    assert len(request.topics) == 1
    assert from_app(world, MAYA, "You asked this.")


@pytest.mark.parametrize("way", ["Something else", "Forget it"])
async def test_the_other_ways_of_an_unclear_message_lose_nothing(socket_world: World, way: str):
    world = socket_world
    await said(world, MAYA, UNSURE)
    card = await world.slack.message(MAYA, containing="What is this about?")

    await world.slack.press(MAYA, card, way)
    await world.settle()

    form = world.slack.modal(MAYA)
    assert (form is not None and UNSURE in str(form.blocks)) == (way == "Something else")
    assert bool(from_app(world, MAYA, "I kept none of it")) == (way == "Forget it")


async def test_a_question_without_a_topic_can_be_asked_again_and_gets_a_topic_later(socket_world: World):
    world = socket_world
    await takes_anything(world, PRIYA)
    answer = await world.slack.command(MAYA, ASK, VAGUE)
    assert answer.shown is not None
    await world.slack.press(MAYA, answer.shown, "Ask people who take any question")
    await world.settle()
    offer = await world.slack.message(PRIYA, containing="Can you help")
    await world.slack.press(PRIYA, offer, "Not now")
    await world.settle()
    over = await world.slack.message(MAYA, containing="No one")

    await world.slack.press(MAYA, over, "Change topics")
    await world.slack.submit(MAYA, {"topics": ["Python"]})
    await world.settle()

    [request, *_] = await requests_of(world)
    assert request.topics == ("python",)


async def form_of(world: World, text: str = "") -> str:
    """Open the form of a question, and return all that stands in it."""
    await world.slack.command(MAYA, ASK, text)
    form = world.slack.modal(MAYA)
    assert form is not None
    return str(form.body["blocks"])


async def test_a_form_without_a_topic_goes_where_it_says_it_will(socket_world: World):
    world = socket_world
    assert "go by your question if it says enough" in await form_of(world)
    refused = await world.slack.submit(MAYA, {"question": VAGUE})
    assert "at least one topic" in refused.errors["topics"]

    await takes_anything(world, PRIYA)
    assert "go by your question alone" in await form_of(world)
    assert (await world.slack.submit(MAYA, {"question": VAGUE})).closed
    await world.settle()
    [request] = await requests_of(world)
    assert (request.topics, request.question) == ((), VAGUE)
    assert "you take any question" in (await world.slack.message(PRIYA, containing="Can you help")).words

    card = await world.slack.message(MAYA, containing="Looking for someone")
    await world.slack.press(MAYA, card, "Edit")
    assert (await world.slack.submit(MAYA, {"question": f"{VAGUE} The blue one!"})).closed
    await world.settle()
    [offer] = from_app(world, PRIYA, "Can you help")
    assert "The blue one!" in offer.words


async def test_with_a_past_a_form_goes_by_its_words_alone(socket_world: World):
    world = socket_world
    for helper, level in ((PRIYA, 1), (JONAS, 3), ("U0RAJ", 3)):
        await world.enrol(helper, topics={"python": level})
    desk, began = await world.desk(), world.now - 60 * DAY
    for number in range(30):
        talk = past_talk(f"R-{number}", began + number * DAY, PRIYA, question=VAGUE, asker_id="U0TOMAS")
        await desk.store.commit(partial(_put, list(talk)))
    learned = await study(desk, Memory(), world.now)
    await keep(desk, learned, packed(learned), world.now)
    await world.skip(timedelta(minutes=2))

    receipt = await world.slack.command(MAYA, ASK, VAGUE)
    assert receipt.shown is not None
    await world.slack.press(MAYA, receipt.shown, "Edit")
    assert "go by your question alone" in str(world.slack.modal(MAYA))
    assert (await world.slack.submit(MAYA, {"question": f"{VAGUE} The old one!"})).closed
    await form_of(world)
    other = "Whose is the blue folder nowadays, and who may change what stands in it?"
    assert (await world.slack.submit(MAYA, {"question": other})).closed
    await world.settle()

    asked = await requests_of(world)
    assert [(it.topics, it.question) for it in asked] == [((), other), ((), f"{VAGUE} The old one!")]
    assert await world.slack.message(PRIYA, containing="Can you help")


def _put(documents: list[Document], _: Snapshot) -> tuple[None, Changes]:
    return None, Changes(put=documents)

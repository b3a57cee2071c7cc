"""Second opinions through the whole of Waymark: from the words to what came of it, also without a name."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import HELP_LINE, World, start_world, with_support
from test_conversation_home import home

from kernel.values import PersonId
from mentoring.model.request import OPEN_REQUESTS, Request
from relationships.second_opinions.second_opinion import SECOND_OPINIONS, SecondOpinion
from slackapp.demo.demo import seed

MAYA, PRIYA, GRACE, CHLOE, JONAS = (
    PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "GRACE", "CHLOE", "JONAS")
)
QUESTION = "Should we rewrite the importer or fix it once more?"
VIEWS = {PRIYA: "Mend it.", GRACE: "Rewrite it, in small steps.", CHLOE: "Ask who uses it first."}


async def colleagues(world: World) -> None:
    """Have a peer, a senior and somebody earlier in their career who know Python."""
    for person, level in ((PRIYA, 3), (GRACE, 6), (CHLOE, 1)):
        await world.enrol(person, topics={"python": 3}, level=level)


async def asked(world: World, **filled: object) -> SecondOpinion:
    """Have Maya ask by the command."""
    await world.slack.command(MAYA, "/ask-mentor", f"second opinion {QUESTION} #python")
    assert (await world.slack.submit(MAYA, filled)).closed
    await world.settle()
    return await mine(world)


async def mine(world: World) -> SecondOpinion:
    """Maya's newest second opinion."""
    [id, *_] = await (await world.desk()).store.ids(SECOND_OPINIONS.of(MAYA))
    return await world.get(SecondOpinion, id)


async def answered(world: World, *people: PersonId) -> None:
    """Have these people give their view."""
    for person in people:
        card = await world.slack.message(person, containing="would like your view")
        await world.slack.press(person, card, "Share my view")
        assert (await world.slack.submit(person, {"view": VIEWS[person]})).closed
        await world.settle()


def seen_by(world: World, person: PersonId) -> str:
    return "\n".join(it.words for it in world.slack.dm(person))


async def test_from_the_question_to_what_came_of_it(world: World):
    slack = world.slack
    await colleagues(world)
    await asked(world, own_view="I would mend it.")

    progress = (await slack.message(MAYA, containing="I've asked 3 people")).words
    assert "someone at your level, someone more experienced and someone earlier in their career" in progress
    assert "I would mend it." in progress
    assert f"<@{MAYA}> would like your view on Python" in seen_by(world, GRACE)
    assert "I would mend it." not in seen_by(world, GRACE)

    await answered(world, GRACE)
    assert "1 answer so far." in seen_by(world, MAYA)
    assert VIEWS[GRACE] not in seen_by(world, MAYA)
    assert "will see it once there's a second answer" in seen_by(world, GRACE)

    await answered(world, CHLOE)
    both = await slack.message(MAYA, containing="Here are 2 views, side by side.")
    assert VIEWS[GRACE] in both.words
    assert VIEWS[CHLOE] in both.words
    assert "Your own view, before you read theirs:" in both.words
    assert "has your view now" in seen_by(world, GRACE)
    assert not any(VIEWS[it] in seen_by(world, other) for it, other in ((GRACE, CHLOE), (CHLOE, GRACE)))

    await answered(world, PRIYA)
    three = await slack.message(MAYA, containing="Here are 3 views, side by side.")
    await slack.press(MAYA, three, next(iter(re.findall(r"\[(Talk with Grace[^\]]*)\]", three.words))))
    await world.settle()
    assert "see the new message" in seen_by(world, MAYA)
    [request_id] = await (await world.desk()).store.ids(OPEN_REQUESTS.of(MAYA))
    looking = (await slack.message(MAYA, containing="I'm asking 1 person now")).words
    assert "Python* · needed this week · " in looking
    assert "whoever fits best" not in looking
    assert "Get a second opinion" not in looking
    chosen = (await world.get(Request, request_id)).asked[0].helper_id
    assert "would like to talk it through with you" in seen_by(world, chosen)
    offer = await slack.message(chosen, containing="Can you help")
    await slack.press(chosen, offer, "I can help")
    await world.settle()
    others = [it for it in VIEWS if it != chosen]
    assert all("thanks everyone who answered" in seen_by(world, it) for it in others)

    await world.skip(timedelta(days=7))
    question = await slack.message(MAYA, containing="What came of it?")
    await slack.press(MAYA, question, "I acted on it")
    await world.settle()
    for person in VIEWS:
        assert f"<@{MAYA}> acted on the answers" in seen_by(world, person)
    assert "I've told everyone who answered" in seen_by(world, MAYA)


async def test_without_a_name_nobody_is_named_to_anybody(socket_world: World):
    world = socket_world
    await colleagues(world)
    await asked(world, anonymous=["anonymous"])
    await answered(world, GRACE, CHLOE)
    both = await world.slack.message(MAYA, containing="Here are 2 views")
    await world.slack.press(MAYA, both, "Talk with them")
    await world.settle()
    await world.skip(timedelta(days=7))
    asks = await world.slack.message(MAYA, containing="What came of it?")
    await world.slack.press(MAYA, asks, "In my own words")
    assert (await world.slack.submit(MAYA, {"outcome": "otherwise", "came_of": "We bought one."})).closed
    await world.settle()

    for person in VIEWS:
        assert MAYA not in seen_by(world, person)
        assert "Maya" not in seen_by(world, person)
    assert not any(it in str(world.slack.dm(MAYA)) for it in (*VIEWS, "Grace", "Chloe", "Priya"))
    assert "We bought one." in seen_by(world, GRACE)


async def test_no_time_frees_the_seat_and_the_asker_learns_nothing(socket_world: World):
    world = socket_world
    await colleagues(world)
    await world.enrol(JONAS, topics={"python": 1}, level=4)
    await asked(world)
    before = seen_by(world, MAYA)

    card = await world.slack.message(PRIYA, containing="would like your view")
    await world.slack.press(PRIYA, card, "No time")
    await world.settle()

    assert "No time: that's fine." in seen_by(world, PRIYA)
    assert "would like your view" in seen_by(world, JONAS)
    assert seen_by(world, MAYA) == before


async def test_two_days_later_one_answer_is_shown_and_said_to_be_one(socket_world: World):
    world = socket_world
    await colleagues(world)
    opinion = await asked(world)
    await answered(world, GRACE)

    await world.skip_to(opinion.closes_at)

    assert "*One view came in.* Time's up, so here it is." in seen_by(world, MAYA)
    assert "I won't say who didn't answer" in seen_by(world, CHLOE)


async def test_nobody_answers_and_one_person_is_asked_instead(socket_world: World):
    world = socket_world
    await colleagues(world)
    opinion = await asked(world)
    await world.skip_to(opinion.closes_at)
    card = await world.slack.message(MAYA, containing="Nobody could answer in time (3 people asked).")

    await world.slack.press(MAYA, card, "Ask one person instead")
    assert (await world.slack.submit(MAYA, {})).closed
    await world.settle()

    [id] = await (await world.desk()).store.ids(OPEN_REQUESTS.of(MAYA))
    assert (await world.get(Request, id)).question == QUESTION


async def test_it_begins_from_a_questions_card_and_from_home(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await colleagues(world)
    await slack.command(MAYA, "/ask-mentor", f"{QUESTION} #python")
    await world.settle()
    card = await slack.message(MAYA, containing="Looking for someone")

    await slack.press(MAYA, card, "Get a second opinion")
    assert (await slack.submit(MAYA, {})).closed
    await world.settle()
    assert (await mine(world)).question == QUESTION
    tab = await home(world, MAYA, "Second opinion: ")
    await slack.press(MAYA, tab, "Get a second opinion")
    assert (await slack.submit(MAYA, {"question": "Which is better?", "topics": ["python"]})).closed
    await world.settle()

    assert (await mine(world)).question == "Which is better?"
    waiting = await home(world, GRACE, "would like your view (five minutes)")
    await slack.press(GRACE, waiting, "No time")


async def test_what_is_wrong_stays_in_the_form_and_two_are_the_most(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await colleagues(world)
    await slack.command(MAYA, "/ask-mentor", "second opinion")
    empty = await slack.submit(MAYA, {"question": " "})
    unclear = await slack.submit(MAYA, {"question": "Shall we?"})
    assert (await slack.submit(MAYA, {"question": "Shall we?", "topics": ["python"]})).closed
    await asked(world)
    await slack.command(MAYA, "/ask-mentor", f"second opinion {QUESTION} #python")
    third = await slack.submit(MAYA, {})

    assert empty.errors == {"question": "Write what you're stuck on, in a sentence or two."}
    assert unclear.errors == {"topics": "I can't tell what this is about. Please choose at least one topic."}
    assert "You're waiting for 2 second opinions" in third.errors["question"]


async def test_a_text_that_does_not_fit_is_kept_whole(socket_world: World):
    world = socket_world
    await colleagues(world)
    long = f"{QUESTION} #python " + "It breaks every other week. " * 40

    await world.slack.command(MAYA, "/ask-mentor", f"second opinion {long}")
    await world.settle()

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "All of it is kept in your messages with me." in form.words
    assert "It breaks every other week." in seen_by(world, MAYA)


async def test_an_answer_that_comes_too_late_is_refused_in_the_form_that_holds_it(socket_world: World):
    world = socket_world
    await colleagues(world)
    await asked(world)
    card = await world.slack.message(PRIYA, containing="would like your view")
    await world.slack.press(PRIYA, card, "Share my view")
    await world.slack.press(MAYA, await world.slack.message(MAYA, containing="I've asked 3"), "Withdraw")

    late = await world.slack.submit(PRIYA, {"view": "Mend it."})

    assert late.errors == {"view": "You don't need to answer this one any more. Thank you for looking!"}


async def test_the_demo_has_one_with_two_views_and_one_to_come(socket_world: World):
    await seed(socket_world.app)
    await socket_world.settle()

    card = await socket_world.slack.message("U0HANNAH", containing="Here are 2 views, side by side.")
    assert "Another one may still come in" in card.words
    assert card.words.count("[Talk with") == 2
    waiting = await socket_world.slack.message("U0GRACE", containing="would like your view on SQL")
    await socket_world.slack.press("U0GRACE", waiting, "No time")


async def test_ones_own_view_and_a_view_can_be_changed_until_they_are_shown(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await colleagues(world)
    await asked(world)
    await slack.press(MAYA, await slack.message(MAYA, containing="I've asked"), "Write my own view first")
    assert (await slack.submit(MAYA, {"own_view": "Mend it."})).closed
    await answered(world, GRACE)
    await slack.press(GRACE, await slack.message(GRACE, containing="Sent. Thank you!"), "Change it")
    assert (await slack.submit(GRACE, {"view": "Rewrite it now."})).closed
    await answered(world, CHLOE)

    both = (await slack.message(MAYA, containing="Here are 2 views")).words
    assert "Rewrite it now." in both
    assert VIEWS[GRACE] not in both
    assert "Mend it." in both


async def test_what_belongs_with_people_in_confidence_comes_back_once_with_them_named(
    tmp_path: Path, redis_url: str
):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await colleagues(world)
        text = "My manager keeps touching me and I don't know whether to tell HR. #python"
        await world.slack.command(MAYA, "/ask-mentor", f"second opinion {text}")
        first = await world.slack.submit(MAYA, {"topics": ["python"]})
        form = world.slack.modal(MAYA)
        assert (await world.slack.submit(MAYA, {})).closed
        await world.settle()

    assert not first.closed
    assert form is not None
    assert HELP_LINE in form.words


@pytest.mark.parametrize("typed", ["second opinion", "Second opinion: shall we?", "2nd opinion shall we"])
async def test_its_words_open_the_form_also_for_a_question(socket_world: World, typed: str):
    await socket_world.slack.command(MAYA, "/ask-mentor", typed)

    form = socket_world.slack.modal(MAYA)
    assert form is not None
    assert "Up to three colleagues get the same question" in form.words

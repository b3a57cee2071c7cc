"""Answer cards through the whole of Waymark: written after a talk, agreed to, found, renewed, taken down."""

from datetime import timedelta

from app_world import World
from test_conversation_home import home

from kernel.values import PersonId
from mentoring.model.request import REQUESTS, Request
from playground.workspace.messages import Message
from relationships.answer_cards.answer_card import ANSWER_CARDS, AnswerCard
from relationships.answer_cards.counts import counted
from relationships.answer_cards.found_answer import FoundAnswer
from slackapp.demo.demo import seed

MAYA, PRIYA, JONAS, LENA, RUBY, EWAN, TOMAS, GRACE = (
    PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "JONAS", "LENA", "RUBY", "EWAN", "TOMAS", "GRACE")
)
QUESTION = "How do I profile an asyncio worker?"
AGAIN = "How can I profile asyncio workers?"
ANSWER = (
    "Priya says: run py-spy on the <worker> for a minute. Mail priya@example.com or see https://x.example/p"
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def seen_by(world: World, person: PersonId) -> str:
    return "\n".join(it.words for it in world.slack.dm(person))


async def newest(world: World, person: PersonId) -> Request:
    [id, *_] = await (await world.desk()).store.ids(REQUESTS.of(person))
    return await world.get(Request, id)


async def came_of(world: World, person: PersonId) -> str:
    """What came of the answer that was found for somebody's newest question."""
    return (await world.get(FoundAnswer, (await newest(world, person)).id)).state


async def the_card(world: World) -> AnswerCard:
    [id] = await (await world.desk()).store.ids(ANSWER_CARDS.of(MAYA))
    return await world.get(AnswerCard, id)


async def ask(world: World, person: PersonId, text: str) -> None:
    await world.slack.command(person, "/ask-mentor", f"{text} #python")
    await world.settle()


async def press(world: World, person: PersonId, containing: str, button: str) -> None:
    card = await world.slack.message(person, containing=containing)
    await world.slack.press(person, card, button)
    await world.settle()


async def talked(world: World) -> Message:
    """Have Maya talk with Priya, and return Priya's card of the talk."""
    await world.enrol(PRIYA, topics={"python": 3})
    await world.enrol(JONAS, topics={"sql": 3})
    await ask(world, MAYA, QUESTION)
    await press(world, PRIYA, "Can you help", "I can help")
    await press(world, PRIYA, "Your talk with", "Wrap up")
    await world.slack.submit(PRIYA, {})
    await world.settle()
    return await world.slack.message(PRIYA, containing="Would this help the next person who asks?")


async def shared(world: World) -> AnswerCard:
    """Have Priya write the answer down, and Maya agree."""
    slack = world.slack
    await slack.press(PRIYA, await talked(world), "Write it down")
    await slack.submit(PRIYA, {"answer": ANSWER})
    assert (await slack.submit(PRIYA, {"unnamed": ["unnamed"]})).closed
    await world.settle()
    await press(world, MAYA, "Is it OK if others find this answer?", "Let others find it")
    return await the_card(world)


async def test_it_is_written_checked_and_agreed_to_by_both(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await slack.press(PRIYA, await talked(world), "Write it down")
    form = slack.modal(PRIYA)
    assert form is not None
    assert QUESTION in str(form.blocks), "it begins with the question"

    assert "Write in a few lines" in (await slack.submit(PRIYA, {"answer": " "})).errors["answer"]
    long = (await slack.submit(PRIYA, {"answer": "x" * 1_001})).errors["answer"]
    assert long == "This is 1001 characters long; 1000 fit. Please shorten it."
    await slack.submit(PRIYA, {"answer": ANSWER})
    preview = slack.modal(PRIYA)
    assert preview is not None
    assert "I've hidden 1 address, 1 link and 1 name" in preview.words
    hidden = "[name] says: run py-spy on the <worker> for a minute. Mail [address] or see [link]"
    assert hidden in str(preview.blocks)
    assert "priya@" not in str(preview.blocks)

    assert (await slack.submit(PRIYA, {})).errors.keys() == {"unnamed"}
    added = {"shown_answer": f"{hidden}. Ask Jonas.", "unnamed": ["unnamed"]}
    assert not (await slack.submit(PRIYA, added)).closed, "a name more is shown once more"
    again = slack.modal(PRIYA)
    assert again is not None
    assert "Ask [name]." in str(again.blocks)
    assert (await slack.submit(PRIYA, {"unnamed": ["unnamed"]})).closed
    await world.settle()

    assert "Waiting for a yes from" in seen_by(world, PRIYA)
    assert "Would this help the next person" not in seen_by(world, PRIYA)
    tab = await home(world, MAYA, "Is it OK if others find this answer?")
    assert "run py-spy on the <worker>" in tab.words
    await ask(world, LENA, AGAIN)
    assert "Someone here asked this" not in seen_by(world, LENA), "not before both agree"

    await press(world, MAYA, "Is it OK if others find this answer?", "Change the words")
    said = {"shown_answer": "Run py-spy on the worker.", "unnamed": ["unnamed"]}
    assert (await slack.submit(MAYA, said)).closed
    await world.settle()
    await press(world, PRIYA, "changed what you wrote", "Let others find it")

    assert "Others can find this answer now" in seen_by(world, MAYA)
    assert (await the_card(world)).state == "shared"


async def test_whoever_asks_the_same_sees_it_first_and_both_ways_stay_open(socket_world: World):
    world, slack = socket_world, socket_world.slack
    await shared(world)

    await ask(world, LENA, AGAIN)
    found = await slack.message(LENA, containing="Someone here asked this before.")
    assert "run py-spy on the &lt;worker&gt;" in found.words
    assert not any(it in found.words for it in ("Priya", PRIYA, MAYA, "priya@"))
    assert len([it for it in slack.dm(LENA) if it.bot]) == 1, "one card"
    assert f"<@{LENA}>" not in seen_by(world, PRIYA), "nobody is asked meanwhile"
    await slack.press(LENA, found, "Solved it")
    await world.settle()
    assert "Solved by an earlier answer." in seen_by(world, LENA)
    assert (await newest(world, LENA)).state == "withdrawn"
    assert "It was shown once and solved it once." in seen_by(world, PRIYA)
    await press(world, LENA, "Solved by an earlier answer", "I need someone after all")
    assert f"<@{LENA}>" in seen_by(world, PRIYA), "a person is asked after all"
    await press(world, LENA, "asking 1 person", "Withdraw")

    await ask(world, JONAS, AGAIN)
    await press(world, JONAS, "Someone here asked this", "Still talk to someone")
    assert "I'm asking 1 person now" in seen_by(world, JONAS)
    assert "Someone here asked this" not in seen_by(world, JONAS)
    await press(world, JONAS, "asking 1 person", "Withdraw")

    await ask(world, RUBY, AGAIN)
    assert "Someone here asked this" in seen_by(world, RUBY)
    await world.skip(6 * MINUTE)
    assert "I'm asking 1 person now" in seen_by(world, RUBY), "who presses nothing is helped, too"
    await press(world, RUBY, "Meanwhile:", "Solved it")
    assert [await came_of(world, it) for it in (LENA, JONAS, RUBY)] == ["wanted", "wanted", "solved"]
    assert (await the_card(world)).shown == 3
    assert (await counted(await world.desk())).shown is None, "three are too few to be told"

    solved = await slack.message(RUBY, containing="Solved by an earlier answer")
    await ask(world, RUBY, AGAIN)
    await slack.press(RUBY, solved, "I need someone after all")
    await world.settle()
    assert slack.modal(RUBY) is not None, "it is asked already, so it can't be asked again as it stands"
    closed = await slack.message(RUBY, containing="This question is closed.")
    assert "Undo" not in str(closed.blocks)
    await slack.close(RUBY)
    await press(world, RUBY, "Someone here asked this before.", "Withdraw")

    await ask(world, RUBY, "How do I profile a Django worker?")
    assert "Django" in (await newest(world, RUBY)).question
    assert "Someone here asked this" not in seen_by(world, RUBY), "another question has another answer"


async def test_it_is_renewed_comes_to_its_end_and_is_taken_down_by_an_admin(
    socket_world: World,
):
    world, slack = socket_world, socket_world.slack
    card = await shared(world)
    await slack.command(LENA, "/ask-mentor", f"answer-card {card.code}")
    assert "py-spy" not in seen_by(world, LENA)

    await world.skip(84 * DAY)
    await press(world, PRIYA, "Is this still true?", "Still true")
    until = (await the_card(world)).valid_until
    assert until is not None
    assert timedelta(0) <= world.now + 90 * DAY - until < MINUTE
    await world.skip(92 * DAY)
    assert (await the_card(world)).state == "expired"
    await ask(world, LENA, AGAIN)
    assert "Someone here asked this" not in seen_by(world, LENA)
    await press(world, LENA, "asking 1 person", "Withdraw")
    await press(world, PRIYA, "Nobody can find this answer any more", "Still true")

    await ask(world, JONAS, AGAIN)
    assert f"`{card.code}`" in (await slack.message(JONAS, containing="Someone here asked this")).words
    await slack.change_person(RUBY, is_admin=True)
    shown = (await slack.command(RUBY, "/ask-mentor", f"answer-card {card.code}")).shown
    assert shown is not None
    assert "py-spy" in shown.words
    assert not any(it in shown.words for it in (PRIYA, MAYA))
    await slack.press(RUBY, shown, "Take it down")
    await world.settle()
    for person in (PRIYA, MAYA):
        assert "An admin took it down." in seen_by(world, person)
        assert "py-spy" not in seen_by(world, person)
    assert "py-spy" not in (await the_card(world)).model_dump_json()
    await world.skip(6 * MINUTE)
    assert "py-spy" not in seen_by(world, JONAS)
    assert "I'm asking 1 person now" in seen_by(world, JONAS)


async def test_the_demo_has_answers_to_find_and_one_that_waits_for_a_yes(socket_world: World):
    world = socket_world
    await seed(world.app)
    await world.settle()
    assert seen_by(world, MAYA) == ""

    await ask(world, EWAN, AGAIN)

    assert "py-spy dump" in (await world.slack.message(EWAN, containing="Someone here asked this")).words
    await world.slack.change_person(TOMAS, deleted=True)
    await world.settle()
    assert f"<@{TOMAS}> doesn't work here any more, so they can't agree." in seen_by(world, GRACE)
    await press(world, GRACE, "so they can't agree", "Take it back")
    assert "One of you took it down." in seen_by(world, GRACE)

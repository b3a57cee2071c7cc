"""What people say to the app itself: done or offered on one card, taken back at will, and seen by nobody."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from app_world import World
from test_conversation_messages import anonymous_talk, from_app, said

from mentoring.model.person import Person
from mentoring.model.remark import Remark
from playground.workspace.messages import Message

MAYA, PRIYA, JONAS, ISLA = "U0MAYA", "U0PRIYA", "U0JONAS", "U0ISLA"
ASK = "/ask-mentor"
OFFICE = "mon-fri 09:00-17:00"


async def helping(world: World, person: str = PRIYA, hours: str = OFFICE) -> None:
    await world.enrol(person, topics={"python": 3, "sql": 2, "hiring": 2}, hours=hours)


async def answered(world: World, text: str, person: str = PRIYA) -> Message:
    """Type a line after the command and return the answer."""
    answer = await world.slack.command(person, ASK, text)
    assert answer.shown is not None
    return answer.shown


async def person_of(world: World, person: str = PRIYA) -> Person:
    return await world.get(Person, person)


def stamp(at: datetime) -> int:
    return int(at.timestamp())


def labels(message: Message) -> list[str]:
    elements = [one for block in message.blocks for one in block.get("elements", ())]
    return [one["text"]["text"] for one in elements if one.get("type") == "button"]


async def questions(world: World) -> list[str]:
    return list(await (await world.desk()).store.ids("requests"))


async def test_a_pause_in_ones_own_words_is_until_work_begins_there_and_is_taken_back(world: World):
    await helping(world)

    await said(world, PRIYA, "Could you pause me until Monday, please?")

    card = await world.slack.message(PRIYA, containing="Paused until")
    until = (await person_of(world)).paused_until
    assert until is not None
    assert until.astimezone(ZoneInfo((await person_of(world)).zone)).strftime("%a %H:%M") == "Mon 09:00"
    assert labels(card) == ["Undo", "Change", "I meant it as a question"]
    await world.slack.press(PRIYA, card, "Undo")
    await world.settle()
    assert (await person_of(world)).paused_until is None
    undone = await world.slack.message(PRIYA, containing="Undone.")
    assert "You help with *Python*" in undone.words
    assert undone.ts == card.ts
    assert await questions(world) == []


async def test_too_many_requests_are_answered_with_four_ways_and_each_works(socket_world: World):
    world = socket_world
    await helping(world)

    shown = await answered(world, "I get too many requests, please ask me less")

    assert "Shall I ask you less?" in shown.words
    pause, other, weekly, only, stop, question = labels(shown)
    assert re.fullmatch(r"Pause until Mon 30 Nov", pause)
    assert (other, weekly, only, stop) == (
        "Pause until …",
        "One question a week",
        "Only these topics …",
        "Stop helping",
    )
    assert question == "I meant it as a question"

    await world.slack.press(PRIYA, shown, weekly)
    assert (await person_of(world)).questions_per_week == 1
    done = await world.slack.message(PRIYA, containing="At most one question a week")
    await world.slack.press(PRIYA, done, "Change")
    again = await world.slack.message(PRIYA, containing="What would suit you better?")
    await world.slack.press(PRIYA, again, pause)
    person = await person_of(world)
    assert (person.questions_per_week, person.is_paused(world.now)) == (None, True)
    paused = await world.slack.message(PRIYA, containing="Paused until")
    await world.slack.press(PRIYA, paused, "Change")
    again = await world.slack.message(PRIYA, containing="What would suit you better?")
    await world.slack.press(PRIYA, again, "Stop helping")
    assert not (await person_of(world)).is_helper
    stopped = await world.slack.message(PRIYA, containing="I won't ask you any more")
    await world.slack.press(PRIYA, stopped, "Undo")
    person = await person_of(world)
    assert (person.is_helper, person.is_paused(world.now), person.questions_per_week) == (True, False, None)


async def test_topics_named_are_the_only_ones_until_that_is_undone(socket_world: World):
    world = socket_world
    await helping(world)

    shown = await answered(world, "only ask me about #hiring")

    assert "From now on I'll only ask you about Hiring" in shown.words
    assert "I'll leave out Python and SQL" in shown.words
    assert dict((await person_of(world)).topics) == {"hiring": 2}
    await world.slack.press(PRIYA, shown, "Undo")
    assert dict((await person_of(world)).topics) == {"python": 3, "sql": 2, "hiring": 2}


async def test_a_topic_may_be_left_out_alone(socket_world: World):
    world = socket_world
    await helping(world)

    await answered(world, "please stop asking me about SQL")

    assert dict((await person_of(world)).topics) == {"python": 3, "hiring": 2}


async def test_topics_that_are_not_clear_are_chosen_in_a_form(socket_world: World):
    world = socket_world
    await helping(world)

    shown = await answered(world, "only ask me about things I know")
    assert "Which topics shall I ask you about?" in shown.words
    await world.slack.press(PRIYA, shown, "Only these topics …")
    none = await world.slack.submit(PRIYA, {"topics": None})
    assert "topics" in none.errors
    done = await world.slack.submit(PRIYA, {"topics": ["SQL and databases"]})
    await world.settle()

    assert done.closed
    assert dict((await person_of(world)).topics) == {"sql": 2}
    card = await world.slack.message(PRIYA, containing="I'll only ask you about SQL and databases")
    await world.slack.press(PRIYA, card, "Undo")
    assert len((await person_of(world)).topics) == 3


async def test_the_end_of_a_pause_is_chosen_in_a_form_and_one_in_the_past_is_refused(socket_world: World):
    world = socket_world
    await helping(world)

    shown = await answered(world, "pause me until the release is out")
    assert "I don't understand “until the release is out”" in shown.words
    await world.slack.press(PRIYA, shown, "Pause until …")
    past = await world.slack.submit(PRIYA, {"until": stamp(world.now - timedelta(hours=1))})
    assert "passed already" in past.errors["until"]
    until = world.now + timedelta(days=3)
    await world.slack.submit(PRIYA, {"until": stamp(until)})
    await world.settle()

    assert (await person_of(world)).paused_until == until.replace(microsecond=0)
    assert await world.slack.message(PRIYA, containing="Paused until")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("thanks!", "You're welcome!"),
        ("hello", "What are you stuck on?"),
        ("any news?", "You have no open question"),
        ("status", "You have no open question"),
        ("never mind", "You have no open question"),
        ("unsubscribe", "I'm not asking you for help at the moment"),
        ("too busy this month", "I'm not asking you for help at the moment"),
        ("I'm back", "I won't ask you anything yet"),
    ],
)
async def test_what_is_no_question_is_answered_and_kept_as_none(socket_world: World, text: str, answer: str):
    world = socket_world
    await said(world, MAYA, text)

    assert from_app(world, MAYA, answer)
    assert not from_app(world, MAYA, "Nobody has seen it so far")
    assert (await answered(world, text, MAYA)).words.startswith(from_app(world, MAYA, answer)[0].words[:20])
    desk = await world.desk()
    assert await desk.store.ids(f"drafts-of:{MAYA}") == []
    assert await questions(world) == []


async def test_what_was_meant_as_a_question_still_becomes_one(socket_world: World):
    world = socket_world
    await said(world, MAYA, "too many requests")
    card = await world.slack.message(MAYA, containing="not asking you for help")

    await world.slack.press(MAYA, card, "I meant it as a question")

    form = world.slack.modal(MAYA)
    assert form is not None
    assert "too many requests" in str(form.blocks)


async def test_a_question_that_speaks_of_pauses_goes_its_way(socket_world: World):
    world = socket_world
    await helping(world)

    await said(world, MAYA, "How do I pause a cron job?")
    await world.slack.command(MAYA, ASK, "How do I stop a running thread in Python? #python")
    await world.settle()

    assert from_app(world, MAYA, "Nobody has seen it so far")
    assert len(await questions(world)) == 1


async def test_thanks_in_an_open_talk_are_for_the_other(socket_world: World):
    world = socket_world
    await anonymous_talk(world, "How do I profile asyncio?")

    for text in ("thanks!", "hello", "I'm too busy this week"):
        await said(world, MAYA, text)
        assert from_app(world, PRIYA, text), text
    assert not from_app(world, MAYA, "You're welcome")


async def test_what_can_only_be_meant_for_the_app_reaches_nobody_in_a_talk(socket_world: World):
    world = socket_world
    await anonymous_talk(world, "How do I profile asyncio?")

    await said(world, PRIYA, "pause me until Monday")
    await said(world, PRIYA, "stop asking me about python")
    await said(world, PRIYA, "status")

    assert not from_app(world, MAYA, "pause me")
    assert not from_app(world, MAYA, "stop asking")
    assert not from_app(world, MAYA, "status")
    assert (await person_of(world)).is_paused(world.now)
    assert from_app(world, PRIYA, "no open question")


async def test_what_speaks_of_burning_out_is_no_mere_wish_for_fewer_questions(socket_world: World):
    world = socket_world
    await helping(world)

    shown = await answered(world, "I'm completely overwhelmed")
    await said(world, PRIYA, "I'm completely overwhelmed")

    assert "Shall I ask you less" not in shown.words
    assert not from_app(world, PRIYA, "Shall I ask you less")


async def test_questions_that_waited_go_to_others_and_that_is_said(socket_world: World):
    world = socket_world
    for helper in (PRIYA, JONAS):
        await world.enrol(helper, topics={"python": 3})
    await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    await world.settle()
    [first] = [it for it in (PRIYA, JONAS) if from_app(world, it, "Can you help")]
    other = JONAS if first == PRIYA else PRIYA

    await said(world, first, "pause me for a week")

    card = await world.slack.message(first, containing="Paused until")
    assert "The question that was waiting for you goes to someone else." in card.words
    assert from_app(world, other, "Can you help")
    offer = await world.slack.message(first, containing="You're paused until")
    await world.slack.press(first, card, "Undo")
    await world.settle()
    undone = await world.slack.message(first, containing="Undone.")
    assert "What went to others stays with them." in undone.words
    back = await world.slack.message(first, containing="You can be asked again.")
    assert back.ts == offer.ts
    await world.slack.press(first, back, "I can help after all")
    await world.settle()
    assert from_app(world, first, "Your talk with")
    assert from_app(world, other, "Someone else said yes first")


async def test_a_pause_from_an_offer_says_until_when_and_can_be_changed(socket_world: World):
    world = socket_world
    await helping(world, hours="always")
    await world.slack.command(MAYA, ASK, "How do I profile asyncio? #python")
    await world.settle()
    card = await world.slack.message(PRIYA, containing="Can you help")

    await world.slack.choose(PRIYA, card, "offer.menu", "Pause me for a day")
    await world.settle()
    paused = await world.slack.message(PRIYA, containing="You're paused until")
    one_day = (await person_of(world)).paused_until
    await world.slack.choose(PRIYA, paused, "offer.menu", "Pause me for a week")
    await world.settle()

    longer = (await person_of(world)).paused_until
    assert one_day is not None
    assert longer is not None
    assert longer - one_day == timedelta(days=6)
    changed = await world.slack.message(PRIYA, containing="You're paused until")
    assert str(int(longer.timestamp())) in changed.words
    await world.slack.press(PRIYA, changed, "Undo the pause")
    await world.settle()
    assert (await person_of(world)).paused_until is None
    assert from_app(world, PRIYA, "You can be asked again.")

    await world.slack.command(MAYA, ASK, "How do I test a queue of coroutines? #python")
    await world.settle()
    card = await world.slack.message(PRIYA, containing="queue of coroutines")
    await world.slack.choose(PRIYA, card, "offer.menu", "Pause me for a day")
    await said(world, PRIYA, "pause me for a day")
    remark = await world.slack.message(PRIYA, containing="*Paused until")
    await world.skip(timedelta(days=2))  # nobody resumes: the pauses come to their end
    assert len(from_app(world, PRIYA, "You can be asked again.")) == 2
    over = await world.slack.message(PRIYA, containing="is over.* You help with *Python*")
    assert (over.ts, labels(over)) == (remark.ts, [])


async def test_one_question_a_week_is_one_and_home_says_when_the_next_may_come(socket_world: World):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await said(world, PRIYA, "one question a week is enough")
    for number in range(2):
        await world.slack.command(MAYA, ASK, f"How do I profile asyncio number {number}? #python")
        await world.settle()

    assert len(from_app(world, PRIYA, "Can you help")) == 1
    await world.slack.open_home(PRIYA)
    await world.settle()
    home = world.slack.home(PRIYA)
    assert home is not None
    assert "and one question a week" in home.words
    assert "You've had your question for this week." in home.words


async def test_the_profile_has_the_limit(socket_world: World):
    world = socket_world
    await helping(world)

    await world.slack.command(PRIYA, ASK, "profile")
    await world.slack.submit(PRIYA, {"questions_per_week": "At most 3"})
    assert (await person_of(world)).questions_per_week == 3
    await world.slack.command(PRIYA, ASK, "profile")
    await world.slack.submit(PRIYA, {"questions_per_week": "As many as fit"})

    assert (await person_of(world)).questions_per_week is None


async def test_a_message_that_comes_twice_is_answered_once_and_its_words_go_with_it(socket_world: World):
    world = socket_world
    await helping(world)
    sent = await world.slack.say(PRIYA, "ask me less often")
    await world.settle()
    card = await world.slack.message(PRIYA, containing="Shall I ask you less?")
    [remark] = [it for it in [await world.find(Remark, id) for id in remark_ids(card)] if it]
    assert remark.text == "ask me less often"

    world.slack.slack.delete(sent)
    await world.settle()

    assert (await world.get(Remark, remark.id)).text == ""


def remark_ids(card: Message) -> set[str]:
    return {one["value"] for block in card.blocks for one in block.get("elements", ()) if "value" in one}


async def test_the_coach_is_not_told_that_one_is_asked_too_much(socket_world: World):
    world = socket_world
    await helping(world)

    answer = await world.slack.command(
        PRIYA, "/coach-me", "I am drowning in requests for mentoring and want fewer"
    )

    assert answer.shown is not None
    assert "Shall I ask you less?" in answer.shown.words


async def test_nobody_is_paused_by_a_clock_that_is_not_known(socket_world: World):
    world = socket_world
    world.slack.faults.fail("users.info", times=1)

    await said(world, ISLA, "pause me until monday")

    assert (await person_of(world, ISLA)).paused_until is None
    card = await world.slack.message(ISLA, containing="Until when shall I pause you?")
    await world.slack.press(ISLA, card, labels(card)[0])
    await world.settle()
    until = (await person_of(world, ISLA)).paused_until
    assert until is not None
    there = until.astimezone(ZoneInfo("Pacific/Auckland"))
    assert (f"{there:%a}", there.date() > datetime(2026, 11, 29, tzinfo=UTC).date()) == ("Mon", True)


async def test_words_like_a_remark_change_nothing_by_themselves_and_can_be_asked_after_all(
    socket_world: World,
):
    world = socket_world
    await helping(world)
    before = await person_of(world)

    shown = await answered(world, "really stretched thin, so skip me until Thursday")
    await said(world, PRIYA, "please skip me until Thursday")

    card = await world.slack.message(PRIYA, containing="Until when shall I pause you?")
    assert "Until when shall I pause you?" in shown.words
    assert labels(card)[0].startswith("Pause until Thu ")
    assert (await person_of(world)).paused_until == before.paused_until
    await world.slack.press(PRIYA, card, labels(card)[0])
    await world.settle()
    until = (await person_of(world)).paused_until
    assert until is not None
    assert until.astimezone(ZoneInfo(before.zone)).strftime("%a") == "Thu"
    await world.slack.press(PRIYA, shown, "I meant it as a question")
    assert "skip me until Thursday" in str(world.slack.modal(PRIYA).body)
    assert await questions(world) == []


async def test_what_is_said_of_the_app_itself_is_answered_with_what_can_be_done(socket_world: World):
    world = socket_world
    await helping(world)

    for text, answer, ways in (
        ("this bot is useless, last time nobody answered", "I'm sorry", ["Ask a mentor"]),
        ("who can see my questions?", "Only the people I ask read it", ["Ask a mentor"]),
        ("how do I change my hours", "are in one form", ["Change my settings"]),
        ("please delete everything you know about me", "erase it for good", []),
    ):
        shown = await answered(world, text)
        assert answer in shown.words
        assert labels(shown) == [*ways, "I meant it as a question"]

    await world.slack.press(PRIYA, await answered(world, "add sql to my topics"), "Change my settings")
    assert "Python" in str(world.slack.modal(PRIYA).body)
    assert await questions(world) == []
    assert "You're welcome!" in (await answered(world, "thx raj was super helpful yesterday!!")).words
    named = await answered(world, "can you connect me with Grace about SQL indexes #sql")
    assert "I don't know who “Grace” is. To ask one person, type @ and choose their name." in named.words
    await world.slack.command(PRIYA, ASK, "Wo finde ich die Vorlage für die Reisekosten?")
    assert "this is in German. Please choose a topic below" in world.slack.modal(PRIYA).words

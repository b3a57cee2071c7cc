"""What was written while the app was away is found when it is back, and heard once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import MONDAY, QUICK, World, slower, start_world, with_support

from coaching.guide.talk import GuidedTalk
from playground.workspace.messages import Message
from slackapp.background.catching_up import OVERLAP, Gap
from storage.connection.keys import keys_of
from storage.queues.listening import Listened

MAYA, PRIYA = "U0MAYA", "U0PRIYA"


@pytest.fixture
async def here(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    tempo = slower(QUICK, listen=0.1)
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path), tempo=tempo) as world:
        yield world


async def talking(world: World) -> dict[str, str]:
    """Let Maya and Priya talk without names, and return the ts of each one's thread."""
    await world.enrol(PRIYA, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python #anonymous")
    await world.slack.press(PRIYA, await world.slack.message(PRIYA, containing="Can you help"), "I can help")
    await world.settle()
    return {who: (await world.slack.message(who, containing="Your talk with")).ts for who in (MAYA, PRIYA)}


def from_app(world: World, person: str, words: str) -> list[Message]:
    return [it for it in world.slack.dm(person) if it.bot and words in it.words]


def heard(world: World, person: str) -> list[str]:
    """Which of the numbered words reached somebody, in order."""
    return [
        words for it in from_app(world, person, "word-") for words in it.words.split() if "word-" in words
    ]


def questions(world: World) -> list[Message]:
    return [it for it in world.slack.dm(MAYA) if "Skip" in it.words]


async def away(world: World, events: int) -> None:
    """Let Slack try in vain to bring so many events, until it tries no more."""
    for number, minutes in enumerate((0, 1, 9), start=1):
        await world.slack.skip(timedelta(minutes=minutes))
        await world.slack.until(lambda number=number: tried(world, number) >= events or None)


def tried(world: World, number: int) -> int:
    """How many events Slack has tried so often to bring once more."""
    return len([it for it in world.slack.log() if it.retry == number])


async def test_what_both_wrote_while_the_app_was_away_arrives_once_and_in_order(here: World):
    thread = await talking(here)
    await here.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
    await here.settle()

    await here.stop()
    await here.slack.say(MAYA, "word-2", thread_ts=thread[MAYA])
    await here.slack.say(PRIYA, "word-a", thread_ts=thread[PRIYA])
    await here.slack.say(MAYA, "word-3")
    await away(here, events=3)
    await here.start()
    await here.slack.message(PRIYA, containing="word-3")
    await here.slack.message(MAYA, containing="word-a")
    await here.restart()
    await here.settle()

    assert list(dict.fromkeys(heard(here, PRIYA))) == ["word-1", "word-2", "word-3"]
    assert len(from_app(here, PRIYA, "word-")) == 3
    assert len(from_app(here, MAYA, "word-")) == 1


async def test_an_answer_in_a_guided_talk_that_came_while_the_app_was_away_is_heard(here: World):
    answer = await here.slack.command(MAYA, "/coach-me", "I keep putting off a hard conversation")
    assert answer.shown is not None
    await here.slack.choose(MAYA, answer.shown, "more", "Think it through")
    await here.settle()
    [asked] = questions(here)

    await here.stop()
    await here.slack.say(MAYA, "and he did not answer", thread_ts=asked.thread_ts)
    await away(here, events=1)
    await here.start()
    await here.slack.until(lambda: [it for it in questions(here) if it.ts > asked.ts])

    [talk_id] = await (await here.desk()).store.ids(f"coach-talks-of:{MAYA}")
    assert (await here.get(GuidedTalk, talk_id)).turns[0].answer == "and he did not answer"


async def test_what_was_written_while_the_connection_was_broken_arrives(here: World):
    thread = await talking(here)

    await here.slack.drop_socket()
    await here.slack.until(lambda: not here.slack.slack.link.connected)
    await here.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
    await here.slack.connected()

    assert await here.slack.message(PRIYA, containing="word-1")


async def test_what_was_written_while_slack_was_away_arrives_when_it_is_back(tmp_path: Path, redis_url: str):
    tempo = slower(QUICK, listen=0.1, quiet=0.0)
    async with start_world(tmp_path, redis_url, transport="http", tempo=tempo) as world:
        thread, address = await talking(world), world.slack.app_url
        world.slack.faults.fail(times=10_000)
        await world.slack.say(MAYA, "Is anybody there?", thread_ts=thread[MAYA])
        await world.slack.until(lambda: world.app.outages.is_everywhere or None)

        world.slack.app_url = None
        await world.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
        await world.slack.settled()
        world.slack.app_url = address
        world.slack.faults.fail(times=0)

        assert await world.slack.message(PRIYA, containing="word-1")


async def test_where_nothing_can_be_read_both_are_told_when_the_app_was_away(here: World):
    thread = await talking(here)
    here.slack.faults.refuse("conversations.history", "missing_scope")

    await here.stop()
    await here.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
    await here.slack.skip(timedelta(minutes=10))
    await here.start()

    for person in (MAYA, PRIYA):
        assert await here.slack.message(person, containing="may not have arrived")
    await here.settle()
    assert [len(from_app(here, person, "I was away")) for person in (MAYA, PRIYA)] == [1, 1]


async def test_while_slack_asks_for_patience_the_look_is_put_off(here: World):
    thread = await talking(here)

    await here.stop()
    await here.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
    await away(here, events=1)
    here.slack.faults.rate_limit("conversations.replies", times=1, retry_after=30)
    await here.start()
    await here.slack.until(lambda: here.slack.calls("conversations.replies"))
    await here.settle()
    assert heard(here, PRIYA) == []
    await here.skip(timedelta(minutes=1))

    assert await here.slack.message(PRIYA, containing="word-1")


async def test_a_message_that_could_not_be_taken_is_brought_again(here: World):
    thread, maya = await talking(here), keys_of(here.workspace).document("person", MAYA)
    known = await here.app.worker.stores.wire.call("GET", maya)
    await here.app.worker.stores.wire.call("SET", maya, "1 {}")

    await here.stop()
    await here.slack.say(MAYA, "word-1", thread_ts=thread[MAYA])
    await away(here, events=1)
    await here.start()
    await here.slack.until(lambda: here.slack.calls("conversations.replies"))
    await here.settle()
    assert heard(here, PRIYA) == []
    await here.app.worker.stores.wire.call("SET", maya, known)
    await here.skip(timedelta(minutes=1))

    assert await here.slack.message(PRIYA, containing="word-1")


def test_nothing_is_looked_for_that_may_have_been_forgotten_or_was_heard_by_an_older_release():
    first = Listened(MONDAY, MONDAY + timedelta(hours=1))

    assert Gap.after(first, first.last + timedelta(hours=1)).oldest == first.last - OVERLAP
    assert Gap.after(first, first.last + timedelta(days=3)).oldest == first.last
    assert Gap.after(Listened(MONDAY, MONDAY), MONDAY + timedelta(hours=1)).oldest == MONDAY

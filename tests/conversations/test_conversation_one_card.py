"""One card for each of the two, from the question to its thanks: how many messages and presses it takes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app_world import World, start_world

from kernel.store import Changes, Show
from mentoring.model.session import Session
from playground.workspace.messages import Message

MAYA, PRIYA, LENA = "U0MAYA", "U0PRIYA", "U0LENA"
DAY = timedelta(days=1)
RELAYED = ["commands", "chat:write", "im:history", "users:read"]


@dataclass
class Counted:
    """A world in which presses are counted: buttons, and forms that are sent."""

    world: World
    presses: Counter[str] = field(default_factory=Counter)

    async def press(self, person: str, words: str, label: str) -> None:
        self.presses[person] += 1
        card = await self.world.slack.message(person, containing=words)
        assert (await self.world.slack.press(person, card, label)).ok
        await self.world.settle()

    async def submit(self, person: str, answers: dict[str, Any]) -> None:
        self.presses[person] += 1
        assert (await self.world.slack.submit(person, answers)).closed
        await self.world.settle()

    async def asked(self, words: str = "How do I profile asyncio? #python", helper: str = PRIYA) -> Session:
        """Ask, have the helper say yes, and return the talk."""
        await self.world.enrol(helper, topics={"python": 3})
        await self.world.slack.command(MAYA, "/ask-mentor", words)
        await self.world.settle()
        await self.press(helper, "Can you help", "I can help")
        return await self.talk()

    async def talk(self) -> Session:
        desk = await self.world.desk()
        return await self.world.get(Session, (await desk.store.ids(f"sessions-of:{MAYA}"))[0])

    async def wrapped_up(self) -> None:
        await self.press(MAYA, "Your talk with", "Wrap up")
        await self.submit(MAYA, {})

    def messages(self, person: str) -> list[Message]:
        """All that the app has posted where a person reads it; ephemeral answers don't last."""
        found = [it for it in self.world.slack.dm(person) if it.bot and not it.ephemeral]
        rooms = [it.id for it in self.world.slack.conversations(person) if it.kind == "mpim"]
        return [*found, *(it for room in rooms for it in self.world.slack.messages(person, room) if it.bot)]


async def test_the_whole_way_takes_eight_messages_and_six_presses(socket_world: World):
    all = Counted(socket_world)

    await all.asked()
    await all.wrapped_up()
    await all.press(MAYA, "Did it help?", "Yes")
    await all.press(PRIYA, "Was it worth your time?", "Yes")
    await socket_world.skip(2 * DAY + timedelta(hours=1))
    await all.press(MAYA, "Did you use what you talked about", "Yes, I used it")

    read = {person: len(all.messages(person)) for person in (MAYA, PRIYA)}
    assert [it for it in all.messages(PRIYA) if "Your advice was used" in it.words]
    assert sum(read.values()) <= 8
    assert all.presses.total() <= 6


async def test_the_question_is_one_card_that_comes_anew_with_the_yes(socket_world: World):
    all = Counted(socket_world)
    await all.asked()
    first, card = all.messages(MAYA)[:2]

    await all.wrapped_up()
    await all.press(MAYA, "Did it help?", "Partly")

    assert "The newest message about this question is below." in first.words
    assert "How do I profile" not in first.words
    [now] = [it for it in all.messages(MAYA) if it.ts == card.ts]
    assert "Your talk with <@U0PRIYA> is over." in now.words
    assert "You said it helped in part." in now.words
    [theirs] = [it for it in socket_world.slack.dm(PRIYA) if it.bot]
    assert "Was it worth your time?" in theirs.words

    await all.press(MAYA, "Your talk with", "Ask the same person again")  # behind the three dots
    assert [it for it in all.messages(MAYA) if "I'm asking 1 person now" in it.words]
    await socket_world.skip(DAY)
    newer = [it for it in socket_world.slack.dm(PRIYA) if "Was it worth your time?" in it.words]
    [before] = [it for it in all.messages(PRIYA) if it.ts == theirs.ts]
    assert [it.ts > theirs.ts for it in newer] == [True]
    assert "I'm asking once more below" in before.words


async def test_a_word_that_is_added_reaches_the_other_once_they_have_answered(socket_world: World):
    all = Counted(socket_world)
    await all.asked()
    await all.wrapped_up()
    await all.press(MAYA, "Did it help?", "Yes")
    await all.press(MAYA, "You said it helped.", "Add a note for them")
    await all.submit(MAYA, {"thanks": "The flame graph <3"})
    assert not [it for it in all.messages(PRIYA) if "flame graph" in it.words]

    before = {person: len(all.messages(person)) for person in (MAYA, PRIYA)}
    await all.press(PRIYA, "Was it worth your time?", "Yes")
    assert "The flame graph &lt;3" in (await card_of(all, PRIYA)).words
    await all.press(PRIYA, "You said it was worth your time.", "Add a note for them")
    await all.submit(PRIYA, {"thanks": "Good question!"})

    assert "Good question!" in (await card_of(all, MAYA)).words
    assert "I've shown <@U0MAYA> your words." in (await card_of(all, PRIYA)).words
    after = {person: len(all.messages(person)) for person in (MAYA, PRIYA)}
    assert after == {MAYA: before[MAYA] + 1, PRIYA: before[PRIYA]}


async def card_of(all: Counted, person: str) -> Message:
    return await all.world.slack.message(person, containing="Your talk with")


async def test_a_relayed_talk_is_the_thread_of_both_cards(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, scopes=RELAYED) as world:
        all = Counted(world)
        await all.asked()
        mine, theirs = await card_of(all, MAYA), await card_of(all, PRIYA)
        assert len(all.messages(PRIYA)) == 1

        for person, words, root in ((MAYA, "It hangs", mine), (PRIYA, "Where?", theirs)):
            await world.slack.say(person, words, thread_ts=root.ts)
            await world.settle()

        [question] = [it for it in all.messages(PRIYA) if "It hangs" in it.words]
        [answer] = [it for it in all.messages(MAYA) if "Where?" in it.words]
        assert (question.thread_ts, answer.thread_ts) == (theirs.ts, mine.ts)


async def test_relayed_words_wait_for_the_card_of_their_talk(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, scopes=RELAYED) as world:
        all, faults = Counted(world), world.slack.faults
        await world.enrol(PRIYA, topics={"python": 3})
        await world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python #anonymous")
        await world.settle()
        [search] = all.messages(MAYA)
        faults.refuse("chat.postMessage", "a_word_of_next_year", about=MAYA)  # but not to her thread
        await world.slack.press(
            PRIYA, await world.slack.message(PRIYA, containing="Can you help"), "I can help"
        )
        theirs = await card_of(all, PRIYA)
        await world.slack.until(
            lambda: world.slack.calls("chat.postMessage")[-1].summary == "a_word_of_next_year"
        )

        await world.slack.say(PRIYA, "Where does it hang?", thread_ts=theirs.ts)
        await world.slack.settled()
        faults.refusals.clear()
        desk, session = await world.desk(), await all.talk()
        await desk.store.commit(lambda _: (None, Changes(show=session.shows())))
        await world.settle()

        [said] = [it for it in all.messages(MAYA) if "Where does it hang?" in it.words]
        assert said.thread_ts == (await card_of(all, MAYA)).ts != search.ts


async def test_what_is_written_under_an_earlier_talk_never_reaches_the_next_helper(
    tmp_path: Path, redis_url: str
):
    async with start_world(tmp_path, redis_url, scopes=RELAYED) as world:
        all = Counted(world)
        await world.enrol(LENA, topics={"python": 1})
        await all.asked()
        first = await card_of(all, MAYA)
        await world.slack.press(MAYA, first, "Someone else, please")
        await world.settle()
        before = await card_of(all, PRIYA)
        assert "Your talk with <@U0MAYA> is over." in before.words
        await all.press(LENA, "Can you help", "I can help")
        assert (await all.talk()).helper_id == LENA

        for root in (first, all.messages(MAYA)[0]):
            await world.slack.say(MAYA, "For Priya alone", thread_ts=root.ts)
            await world.settle()

        assert not [it for it in (*all.messages(LENA), *all.messages(PRIYA)) if "For Priya alone" in it.words]
        assert [it for it in all.messages(MAYA) if "Nobody has seen it so far." in it.words]


async def test_a_talk_that_an_earlier_release_began_keeps_its_own_cards(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, scopes=RELAYED) as world:
        all = Counted(world)
        session = await all.asked()
        old = session.model_copy(update={"has_own_card": True})
        desk = await world.desk()
        await desk.store.commit(
            lambda _: (None, Changes(put=[old], show=[*old.shows(), asked(old), offered(old)]))
        )
        await world.settle()
        mine = await card_of(all, MAYA)

        await world.slack.say(MAYA, "It hangs", thread_ts=mine.ts)
        await world.settle()
        await world.slack.press(MAYA, mine, "Wrap up")
        await all.submit(MAYA, {})

        card = await world.app.worker.stores.notices.card(world.workspace, MAYA, f"session:{session.id}")
        assert card is not None
        assert card.ts == mine.ts
        assert [it for it in all.messages(PRIYA) if "It hangs" in it.words]
        assert [it for it in all.messages(MAYA) if "*You talked it through with" in it.words]
        await all.press(MAYA, "You talked with", "Yes")
        assert [it for it in all.messages(MAYA) if it.words.startswith("*You said it helped.*")]


def asked(session: Session) -> Show:
    return Show(f"request:{session.request_id}", to=session.asker_id)


def offered(session: Session) -> Show:
    return Show(f"offer:{session.id}", to=session.helper_id)

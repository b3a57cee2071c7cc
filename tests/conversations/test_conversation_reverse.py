"""Reverse mentoring through the whole of Waymark: from what a senior wants to learn to what both took."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from app_world import World, start_world, whole_help, with_support
from test_conversation_home import home

from kernel.store import Changes, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from playground.driver import Message
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships.mentorship import Mentorship
from relationships.reverse_mentoring.juniors_group import GroupWish
from relationships.reverse_mentoring.juniors_voice import Impression, JuniorsVoice
from slackapp.demo.reverse import ID as SEEDED
from slackapp.demo.reverse import JUNIOR, SENIOR, seed_reverse_pair
from slackapp.people_import.columns import COLUMNS

OLIVER, EWAN, CHLOE, SAM, GRACE = "U0OLIVER", "U0EWAN", "U0CHLOE", "U0SAM", "U0GRACE"
WANTS = "Use AI tools the way my team does"
DAY = timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as started:
        await started.enrol(OLIVER, topics={"architecture": 3}, level=6, hours="mon-fri 09:00-17:00")
        await started.enrol(EWAN, topics={"ai-tools": 3}, level=2, hours="mon-fri 09:00-17:00")
        yield started


def put(changes: Changes, _: Snapshot) -> tuple[None, Changes]:
    return None, changes


def voice(number: int, said: Impression, world: World) -> Changes:
    """Have one more junior say something of talking with Oliver."""
    junior = PersonId(f"U0J{number}")
    said_at = world.now + timedelta(minutes=number)
    it = JuniorsVoice(
        id=f"V{number}", senior_id=PersonId(OLIVER), junior_id=junior, said=said, said_at=said_at
    )
    return Changes(put=[it])


async def card(world: World, who: str, containing: str) -> Message:
    return await world.slack.message(who, containing=containing)


async def press(world: World, who: str, containing: str, label: str) -> None:
    await world.slack.press(who, await card(world, who, containing), label)
    await world.settle()


async def wished(world: World, who: str = OLIVER) -> None:
    await world.slack.command(who, "/ask-mentor", f"reverse {WANTS}")
    done = await world.slack.submit(who, {"topics": ["AI tools"]})
    assert not done.errors, done.errors
    await world.settle()


async def going(world: World) -> None:
    await wished(world)
    await press(world, EWAN, "would like to learn from you", "Yes, let's meet")


async def meet_others(world: World, who: str) -> None:
    await world.slack.press(who, await home(world, who, "Meet others"), "Meet others who mentor a senior")
    await world.settle()


async def pair(world: World, who: str = OLIVER) -> Mentorship:
    [found] = await (await world.desk()).store.ids(f"mentorships-of:{who}")
    return await world.get(Mentorship, found)


async def booked(world: World, who: str) -> None:
    message = await card(world, who, "when you're both at work")
    [first, *_] = [it for it in re.findall(r"\[([^\]]+)\]", message.words) if re.search(r"\d\d:\d\d$", it)]
    await world.slack.press(who, message, first)
    await world.settle()


async def answered(world: World, it: Mentorship) -> None:
    label = {"fit": "Good fit", "quality": "Yes", "silence": "We're fine", "ending": "Let it end"}
    words = {"fit": "fit?", "quality": "your time?", "silence": "suit you?", "ending": "more time?"}
    for who in it.both:
        if found := it.question_to(who):
            await press(world, who, words[found[1].about], label[found[1].about])


async def lived(world: World) -> tuple[Mentorship, list[str]]:
    """Let the months go by, as two who answer live them; return how it ended, and what Ewan prepared."""
    prepared: list[str] = []
    while (now := await pair(world)).is_open:
        talk = now.talk
        if talk and talk.at is None and any(at > world.now for at in talk.times):
            await booked(world, EWAN if talk.number % 2 else OLIVER)
        elif talk and talk.at and talk.ends_at:
            if not talk.is_announced:
                await world.skip_to(talk.at - timedelta(hours=20))
            ready = (await card(world, EWAN, "Five minutes to prepare:")).words
            assert WANTS in ready
            prepared.append(ready.partition("One idea:")[2].partition("\n")[0])
            assert not [it for it in world.slack.dm(OLIVER) if "Five minutes to prepare" in it.words]
            await world.skip_to(talk.ends_at + timedelta(minutes=6))
            await press(world, (EWAN, OLIVER)[talk.number % 2], "talk?", "Yes, we talked")
        else:
            await world.skip(2 * DAY)
        await answered(world, await pair(world))
    return await pair(world), prepared


async def test_six_months_from_what_a_senior_wants_to_learn_to_what_both_took_from_it(world: World):
    await wished(world)
    looking = await card(world, OLIVER, "I'm looking for somebody you can learn this from.")
    assert EWAN not in looking.words
    asked = await card(world, EWAN, "would like to learn from you")
    assert WANTS in asked.words
    assert "45 minutes every 4 weeks for 6 months, about 6 talks" in asked.words
    assert "isn't told if you say no" in asked.words
    await press(world, EWAN, "would like to learn from you", "Yes, let's meet")

    begins = (await card(world, OLIVER, "said yes, so you two can begin")).words
    assert EWAN in begins
    assert "When is your first talk?" in begins
    assert "they learn from you" in (await card(world, EWAN, "when you're both at work")).words

    over, prepared = await lived(world)

    assert (over.end, len(over.held) in (6, 7)) == ("finished", True)
    assert len(set(prepared)) >= 6
    for who, other in ((OLIVER, EWAN), (EWAN, OLIVER)):
        ended = (await card(world, who, "are complete")).words
        assert f"*What did you get out of it?* <@{other}> reads it." in ended
        assert ("Reopen it" in ended) == (who == EWAN)
    await press(world, OLIVER, "are complete", "Say what you learned")
    await world.slack.submit(OLIVER, {"gained": "I write prompts now"})
    await world.settle()
    assert "> I write prompts now" in (await card(world, EWAN, "took from it")).words
    await press(world, EWAN, "are complete", "Say what it's like to talk with them")
    assert (await world.slack.submit(EWAN, {"impression": "tries"})).closed
    assert (await world.get(JuniorsVoice, over.id)).said == "tries"
    assert "juniors say" not in (await home(world, OLIVER)).words

    await press(world, OLIVER, "are complete", "Learn from somebody else")
    again = world.slack.modal(OLIVER)
    assert again is not None
    assert WANTS in str(again.blocks)
    await world.slack.close(OLIVER)
    await world.skip(366 * DAY)
    assert await world.find(Mentorship, over.id) is None
    assert await world.find(JuniorsVoice, over.id) is None


async def test_a_no_is_never_seen_and_a_junior_leaves_without_a_word_on_the_day_of_a_talk(world: World):
    await world.enrol(CHLOE, topics={"ai-tools": 2}, level=1)
    await wished(world)
    before = [it.words for it in world.slack.dm(OLIVER)]
    await press(world, EWAN, "would like to learn from you", "Not now")
    assert "won't hear about it" in (await card(world, EWAN, "You said “Not now”")).words
    assert [it.words for it in world.slack.dm(OLIVER)] == before
    assert EWAN not in (await home(world, OLIVER, "Looking for somebody to learn from")).words

    tab = await home(world, CHLOE, "would like to learn from you")
    await world.slack.press(CHLOE, tab, "Yes, let's meet")
    await world.settle()
    await booked(world, CHLOE)
    talk = (await pair(world)).talk
    assert talk is not None
    assert talk.at is not None
    await world.skip_to(talk.at - timedelta(hours=1))
    await world.slack.choose(
        CHLOE, await card(world, CHLOE, "minutes."), "mentorship.more", "Finish, no reason needed"
    )
    shown = world.slack.modal(CHLOE)
    assert "shows as finished" in str(shown)
    await world.slack.submit(CHLOE, {})
    await world.settle()

    ended = (await card(world, OLIVER, "are complete")).words
    assert f"Your talks with <@{CHLOE}> are complete." in ended
    assert "Reopen it" not in ended
    assert "Reopen it" in (await card(world, CHLOE, "are complete")).words


async def test_the_line_ends_it_for_both(world: World):
    await going(world)
    line = dict.fromkeys(COLUMNS, "") | {"slack_id": EWAN, "manager": GRACE, "topics": "ai-tools:3"}
    above = dict.fromkeys(COLUMNS, "") | {"slack_id": GRACE, "manager": OLIVER, "topics": "sql:3"}
    rows = [",".join(it.values()) for it in (above, line)]
    await world.import_people("\n".join([",".join(COLUMNS), *rows]))

    await world.skip(2 * DAY)

    for who in (OLIVER, EWAN):
        assert (
            "One of you now leads the other"
            in (await card(world, who, "can't be in the same reporting line")).words
        )


async def test_every_door_leads_to_the_form_and_what_can_not_be_is_said_there(world: World):
    text = "What do the new hires know about AI tools that I as a director don't?"
    answer = await world.slack.command(OLIVER, "/coach-me", text)
    assert answer.shown is not None
    await world.slack.press(OLIVER, answer.shown, "Learn from a junior colleague")
    form = world.slack.modal(OLIVER)
    assert form is not None
    assert text in str(form.blocks)
    await world.slack.close(OLIVER)
    await world.slack.press(
        OLIVER, await home(world, OLIVER, "Learn from a junior"), "Learn from a junior colleague"
    )
    assert world.slack.modal(OLIVER) is not None
    await world.slack.close(OLIVER)
    assert "`/ask-mentor reverse`" in await whole_help(world, OLIVER, "/ask-mentor")
    assert "Learn from a junior" not in (await home(world, EWAN)).words

    await world.slack.command(OLIVER, "/coach-me", "reverse")
    down = await world.slack.submit(OLIVER, {"wants": WANTS, "topics": ["Security"]})
    empty = await world.slack.submit(OLIVER, {"wants": " ", "topics": ["AI tools"]})

    assert "Juniors aren't asked to mentor on Security here" in down.errors["topics"]
    assert set(empty.errors) == {"wants"}
    await world.slack.close(OLIVER)
    await wished(world)
    await world.slack.command(OLIVER, "/ask-mentor", "reverse more of it")
    standing = world.slack.modal(OLIVER)
    assert standing is not None
    assert "I'm looking for somebody" in standing.words
    assert "more of it" in standing.words
    await world.slack.close(OLIVER)
    await press(world, OLIVER, "I'm looking for somebody", "Stop looking")
    assert "need an answer" in (await card(world, EWAN, "need an answer")).words
    [wish] = await (await world.desk()).store.ids(f"mentor-wishes-of:{OLIVER}")
    assert (await world.get(MentorWish, wish)).state == "ended"


async def test_five_voices_are_told_together_and_three_juniors_who_want_it_get_a_group(world: World):
    desk = await world.desk()
    for who in (CHLOE, SAM):
        await world.enrol(who, topics={"ai-tools": 2}, level=1)
    for senior in (OLIVER, "U0ADA", "U0EMILY"):
        await world.enrol(senior, topics={"leadership": 3}, level=7)
        await wished(world, senior)
        [id] = await desk.store.ids(f"mentor-wishes-of:{senior}")
        asked = (await world.get(MentorWish, id)).asked_id
        assert asked is not None
        await press(world, asked, "would like to learn from you", "Yes, let's meet")
        await meet_others(world, asked)
        busy = (await world.get(Person, asked)).model_copy(update={"paused_until": world.now + 900 * DAY})
        await desk.store.commit(partial(put, Changes(put=[busy])))

    rooms = {who: [it for it in world.slack.conversations(who) if it.kind == "mpim"] for who in (EWAN, SAM)}
    assert len(rooms[EWAN]) == 1
    assert rooms[EWAN] == rooms[SAM]
    [said] = world.slack.messages(EWAN, rooms[EWAN][0].id)
    assert "You all mentor somebody more senior" in said.words
    assert OLIVER not in said.words
    assert not [it for it in world.slack.conversations(OLIVER) if it.kind == "mpim"]
    assert (await world.get(GroupWish, EWAN)).state == "placed"
    assert "Meet others" not in (await home(world, EWAN)).words

    voices: tuple[Impression, ...] = ("tries", "tries", "listens", "tries", "talks")
    for number, it in enumerate(voices):
        assert "juniors say" not in (await home(world, OLIVER)).words
        await desk.store.commit(partial(put, voice(number, it, world)))
    told = (await home(world, OLIVER, "juniors say")).words
    assert "What 5 juniors say about talking with you: 3 say that you listen and try things out" in told


async def test_without_the_scope_there_is_no_group_and_that_is_said(tmp_path: Path, redis_url: str):
    scopes = ["commands", "chat:write", "im:history", "users:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        desk = await world.desk()
        for number, who in enumerate((EWAN, CHLOE, SAM)):
            await world.enrol(who, topics={"ai-tools": 2}, level=1)
            pair_of = {"junior": PersonId(who), "senior": PersonId((OLIVER, GRACE, "U0ADA")[number])}
            await seed_reverse_pair(desk, world.now, id=f"R{number}", **pair_of)
            await meet_others(world, who)

        assert "I can't open group messages here" in (await home(world, SAM, "Try again")).words


async def test_the_demo_begins_with_a_reverse_pair_that_has_talked_twice(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url) as world:
        await world.enrol_cast()
        for _ in range(2):
            await seed_reverse_pair(await world.desk(), world.now)
        await world.settle()

        mine = await card(world, JUNIOR, "they learn from you")
        assert str(mine.blocks).count("Next talk") == 1
        assert "you learn from them" in (await home(world, SENIOR, "you learn from them")).words
        seeded = await world.get(Mentorship, SEEDED)
        assert len(seeded.held) == 2
        assert seeded.talk is not None
        assert seeded.talk.ends_at is not None
        await world.skip_to(seeded.talk.ends_at + timedelta(minutes=6))
        await press(world, JUNIOR, "talk?", "Yes, we talked")
        assert len((await world.get(Mentorship, SEEDED)).held) == 3

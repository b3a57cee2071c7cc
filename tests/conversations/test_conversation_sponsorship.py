"""Sponsorships through the whole of Waymark: from the wish through a year of acts to a kind end."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world, with_support
from make_past import past_talk
from test_conversation_home import home

from kernel.store import Changes
from kernel.values import PersonId
from mentoring.model.request import OPEN_REQUESTS, Request
from playground.driver import Message
from relationships.sponsorships.sponsorship import SPONSORSHIPS, Sponsorship
from slackapp.demo.demo import seed
from slackapp.demo.sponsorship import PROTEGE, SPONSOR, seed_sponsorship

MAYA, PRIYA, JONAS, GRACE = (PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "JONAS", "GRACE"))
WANTS = "Lead the platform team one day"
LINE = "Cut the import from six hours to one"
DAY = timedelta(days=1)


@pytest.fixture
async def world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as started:
        for person, level in ((PRIYA, 6), (GRACE, 6), (JONAS, 4), (MAYA, 3)):
            await started.enrol(person, topics={"leadership": 3}, level=level, hours="mon-fri 09:00-17:00")
        yield started


async def card(world: World, who: PersonId, containing: str) -> Message:
    return await world.slack.message(who, containing=containing)


async def press(world: World, who: PersonId, containing: str, label: str) -> None:
    await world.slack.press(who, await card(world, who, containing), label)
    await world.settle()


async def wished(world: World, **said: str) -> None:
    """Have Maya ask Priya, and Priya say yes."""
    await world.slack.command(MAYA, "/ask-mentor", f"sponsor <@{PRIYA}|priya> {WANTS}")
    assert (await world.slack.submit(MAYA, said)).closed
    await world.settle()
    await press(world, PRIYA, "would like you as their sponsor", "Yes, I'll be their sponsor")


async def noted(world: World, deed: str, what: str) -> None:
    """Have Priya note an act."""
    await press(world, PRIYA, "sponsor", "Note what I did")
    said = {"deed": deed, "audience": "People who decide", "what": what}
    assert (await world.slack.submit(PRIYA, said)).closed
    await world.settle()


async def ours(world: World) -> Sponsorship:
    [found] = await (await world.desk()).store.ids(SPONSORSHIPS.of(MAYA))
    return await world.get(Sponsorship, found)


def said_to(world: World, who: PersonId) -> str:
    return "\n".join(it.words for it in world.slack.dm(who))


async def test_a_year_from_the_wish_to_a_kind_end(world: World):
    await begins(world)
    await acts(world)
    await months(world)
    await ends(world)


async def begins(world: World) -> None:
    """Maya asks with Priya named, Priya says yes on Home, Maya writes her line."""
    slack = world.slack
    await slack.command(MAYA, "/ask-mentor", f"sponsor <@{PRIYA}|priya> {WANTS}")
    form = slack.modal(MAYA)
    assert form is not None
    assert "can't be anyone in your own reporting line" in form.words
    not_hers = await slack.submit(MAYA, {"line": LINE, "role": "I speak for somebody"})
    assert not_hers.errors == {"line": "This line is theirs to write. Leave it empty."}
    assert (await slack.submit(MAYA, {"role": "Somebody speaks for me", "line": ""})).closed
    await world.settle()
    assert "They have until" in (await card(world, MAYA, "to be your sponsor")).words
    await press(world, MAYA, "to be your sponsor", "Take it back")
    await press(world, MAYA, "You've taken it back", "Ask somebody else")
    assert (await slack.submit(MAYA, {"who": PRIYA})).closed
    await world.settle()
    invited = await card(world, PRIYA, "would like you as their sponsor")
    assert WANTS in invited.words
    assert "Advice doesn't count" in invited.words
    tab = await home(world, PRIYA, "would like you as their sponsor")
    await slack.press(PRIYA, tab, "Yes, I'll be their sponsor")
    await world.settle()

    assert "is your sponsor now" in (await card(world, MAYA, "Write one line that")).words
    await press(world, MAYA, "Write one line that", "Write my line")
    assert (await slack.submit(MAYA, {"line": LINE})).closed
    await world.settle()
    assert LINE in (await card(world, PRIYA, "One line about them")).words


async def acts(world: World) -> None:
    """Priya notes an act, and the same once more by mistake; Maya confirms the first."""
    slack = world.slack
    await press(world, PRIYA, "Nothing is confirmed", "Note what I did")
    act = {"deed": "Put their name forward", "audience": "People who decide", "what": "For the review"}
    late = await slack.submit(PRIYA, {**act, "acted_on": (world.now + DAY).date().isoformat()})
    assert late.errors == {"acted_on": "This day is still to come. Note it once it's done."}
    assert (await slack.submit(PRIYA, {"acted_on": world.now.date().isoformat()})).closed
    await world.settle()
    waiting = (await card(world, PRIYA, "Nothing is confirmed yet")).words
    assert f"Nothing is confirmed yet. 1 thing waits for <@{MAYA}> to confirm." in waiting
    asked = await card(world, MAYA, "put you forward by name")
    assert "people who decide, Mon 23 Nov" in asked.words
    assert "For the review" in asked.words
    await slack.press(MAYA, asked, "That's right")
    await world.settle()
    await press(world, MAYA, "You confirmed this", "Undo")
    assert "1 thing waits" in (await card(world, PRIYA, "Nothing is confirmed yet")).words
    await press(world, MAYA, "put you forward by name", "I don't know about it")
    await press(world, MAYA, "You don't know about this", "Undo")
    await press(world, MAYA, "put you forward by name", "That's right")
    assert "Undo" in (await card(world, MAYA, "1 thing done so far")).words
    await world.skip(timedelta(minutes=11))
    assert "Undo" not in (await card(world, MAYA, "1 thing done so far")).words
    assert (
        "1 thing done so far. The furthest: giving a chance (step 3 of 4)."
        in (await card(world, PRIYA, "so far")).words
    )

    await press(world, PRIYA, "1 thing done so far", "Note what I did")
    await slack.submit(PRIYA, act)
    again = slack.modal(PRIYA)
    assert again is not None
    assert "You've noted this already" in again.words
    assert (await slack.submit(PRIYA)).closed
    await world.settle()
    assert len((await ours(world)).acts) == 2
    await press(world, PRIYA, "1 thing done so far", "See all")
    window = slack.modal(PRIYA)
    assert window is not None
    await slack.press(PRIYA, window, "Take it back")
    await world.settle()
    assert [it.word for it in (await ours(world)).acts] == ["yes"]
    await slack.close(PRIYA)


async def months(world: World) -> None:
    """Both are asked after a month, and Maya once more after three, when it has happened."""
    await world.skip(31 * DAY)
    assert "Did you do something for" in (await card(world, PRIYA, "this month?")).words
    await press(world, MAYA, "What came of it?", "Still open")
    await press(world, PRIYA, "this month?", "Not this month")
    assert "this month" not in said_to(world, MAYA)

    await noted(world, "Spoke for them where the decision was made", "In the round of promotions")
    await press(world, MAYA, "spoke for you where the decision was made", "That's right")
    await world.skip(60 * DAY)
    tab = await home(world, MAYA, "What came of it?")
    assert "put you forward by name" in tab.words
    await press(world, MAYA, "What came of it?", "It happened")
    news = await card(world, PRIYA, "It happened:")
    assert "furthest: speaking up (step 4 of 4)" in news.words
    assert "(people who decide, Mon 23 Nov 2026)" in news.words


async def ends(world: World) -> None:
    """Maya finishes it; Priya reads that, and nothing is asked any more; after a year all is gone."""
    slack, before = world.slack, len(world.slack.dm(PRIYA))
    await press(world, MAYA, "so far", "Finish it")
    over = await card(world, PRIYA, "is finished.")
    assert "2 things done so far" in over.words
    assert len(slack.dm(PRIYA)) <= before + 1
    await world.skip(100 * DAY)
    assert "this month?" not in said_to(world, PRIYA)
    assert "What came of it?" not in said_to(world, MAYA)
    await slack.press(PRIYA, over, "See all")
    window = slack.modal(PRIYA)
    assert window is not None
    assert "it happened" in window.words

    await world.skip(366 * DAY)
    assert await (await world.desk()).store.ids(SPONSORSHIPS.of(PRIYA)) == []


async def test_advice_is_no_act_and_becomes_a_talk_with_what_was_typed(world: World):
    slack = world.slack
    await wished(world, line=LINE)
    await press(world, PRIYA, "Nothing is confirmed", "Note what I did")
    await slack.submit(PRIYA, {"deed": "Gave them advice", "what": "How to open the review"})
    refused = slack.modal(PRIYA)
    assert refused is not None
    assert "Advice doesn't count here" in refused.words
    assert (await ours(world)).acts == ()

    advised = {"deed": "Spoke well of them to others", "what": "I advised her to open with the numbers"}
    await slack.submit(PRIYA, advised)
    doubted = slack.modal(PRIYA)
    assert doubted is not None
    assert "This reads like advice" in doubted.words
    assert "talk it through with them? If it was more than that, send it again." in doubted.words
    await slack.press(PRIYA, doubted, "Offer a talk instead")
    await world.settle()
    assert "I've told them" in slack.modal(PRIYA).words  # type: ignore[union-attr]

    await press(world, MAYA, "would like to talk something through", "Ask for the talk")
    assert (await slack.submit(MAYA, {"topics": ["Leadership"]})).closed
    await world.settle()
    assert "open with the numbers" in (await card(world, PRIYA, "open with the numbers")).words
    [request] = await (await world.desk()).store.ids(OPEN_REQUESTS.of(MAYA))
    asked = await world.get(Request, request)
    assert [(it.helper_id, it.wave) for it in asked.asked] == [(PRIYA, 0)], "by name"
    assert asked.question.startswith("You offered me a talk about this")
    assert (await ours(world)).acts == ()

    await press(world, PRIYA, "Nothing is confirmed", "Note what I did")
    await slack.submit(PRIYA, {"deed": "Gave them advice", "what": "On the next review"})
    await slack.press(PRIYA, slack.modal(PRIYA), "Offer a talk instead")  # type: ignore[arg-type]
    await world.settle()
    await press(world, MAYA, "On the next review", "Not now")
    assert "On the next review" not in said_to(world, MAYA)
    assert (await ours(world)).talk is None


async def test_a_new_line_that_brings_one_above_the_other_ends_it_at_once_and_says_so(world: World):
    await wished(world)
    await world.import_people("slack_id,managers\nU0MAYA,U0GRACE\nU0GRACE,U0PRIYA\n")
    await world.settle()

    for who in (MAYA, PRIYA):
        over = await card(world, who, "One of you now leads the other")
        assert "can't be in the same reporting line." in over.words


async def test_who_leaves_is_explained_to_the_one_left_behind(world: World):
    tab = await home(world, MAYA, "Find a sponsor")
    await world.slack.press(MAYA, tab, "Find a sponsor")
    assert (await world.slack.submit(MAYA, {"who": PRIYA, "wants": WANTS})).closed
    await world.settle()
    await press(world, PRIYA, "would like you as their sponsor", "Yes, I'll be their sponsor")
    await world.slack.command(MAYA, "/ask-mentor", f"sponsor <@{GRACE}|grace> {WANTS}")
    assert (await world.slack.submit(MAYA, {})).closed
    for gone in (PRIYA, GRACE):
        await world.slack.change_person(gone, deleted=True)
        await world.settle()

    never = (await card(world, MAYA, "can't start")).words
    assert f"<@{GRACE}> isn't a member here any more, so this sponsorship can't start." in never
    assert "isn't a member here any more" in (await card(world, MAYA, "is finished")).words
    assert "is your sponsor" not in (await home(world, MAYA, "Find a sponsor")).words


async def test_an_offer_is_declined_kindly_and_the_line_is_refused_in_words(world: World):
    slack = world.slack
    tab = await home(world, PRIYA, "Sponsor someone")
    await slack.press(PRIYA, tab, "Sponsor someone")
    nobody = await slack.submit(PRIYA, {"wants": "Your work on the import deserves to be seen"})
    assert set(nobody.errors) == {"who"}
    assert (await slack.submit(PRIYA, {"who": MAYA})).closed
    await world.settle()
    await press(world, MAYA, "would like to be your sponsor", "Not now")
    assert "doesn't work for" in (await card(world, PRIYA, "right now")).words
    assert "Ask somebody else" not in (await card(world, PRIYA, "right now")).words

    await world.import_people("slack_id,managers\nU0JONAS,U0GRACE\nU0GRACE,U0PRIYA\n")
    await slack.command(PRIYA, "/coach-me", f"sponsor <@{JONAS}>")
    in_line = await slack.submit(PRIYA, {"role": "I speak for somebody", "wants": WANTS})
    barred = await slack.submit(PRIYA, {"who": MAYA})
    assert in_line.errors == barred.errors
    assert "be in your reporting line" in in_line.errors["who"]
    kept = slack.modal(PRIYA)
    assert kept is not None
    assert WANTS in str(kept.blocks)


async def test_what_sounds_like_a_sponsor_leads_to_one_before_anybody_is_asked(world: World):
    text = "I need someone senior to speak for me in the promotion committee"
    talks = [*past_talk("R1", world.now - DAY, PRIYA, topic=None, asker_id=MAYA)]
    await (await world.desk()).store.commit(lambda _: (None, Changes(put=talks)))
    answer = await world.slack.command(MAYA, "/ask-mentor", text)
    assert answer.shown is not None
    assert "a sponsor seems to fit best" in answer.shown.words
    assert await (await world.desk()).store.ids(OPEN_REQUESTS.of(MAYA)) == []

    await world.slack.press(MAYA, answer.shown, "Ask for a sponsor")
    form = world.slack.modal(MAYA)
    assert form is not None
    assert text in str(form.blocks)
    assert f"*You've worked with people who are more experienced than you:* <@{PRIYA}> (once)." in str(
        form.blocks
    )
    assert (await world.slack.submit(MAYA, {"who": GRACE})).closed
    await world.settle()
    assert text in (await card(world, GRACE, "would like you as their sponsor")).words


async def test_the_demo_begins_with_a_sponsorship_with_acts(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url) as world:
        await seed(world.app)
        await seed_sponsorship(await world.desk(), world.now)
        await world.settle()

        mine = await card(world, PROTEGE, "spoke well of you to others")
        assert "3 things done so far. The furthest: giving a chance (step 3 of 4)." in mine.words
        await world.slack.press(PROTEGE, mine, "That's right")
        await world.settle()
        assert "4 things done so far" in (await card(world, SPONSOR, "4 things done so far")).words
        await world.skip(30 * DAY)
        assert "this month?" in (await card(world, SPONSOR, "this month?")).words

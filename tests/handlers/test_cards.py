"""Which picture a thing has: drawn from the documents as they are, and nothing where they are gone."""

import re
from typing import Any

import make
import pytest
from make import ADA, ASKER, DAY, NOW, R1, offer_to, talk_with
from office import Office
from redis import Redis

from handlers.block_kit.picture import Root
from handlers.conversations import ALL
from kernel.kinds import Owners
from kernel.policy import Policy
from kernel.values import Document
from kernel.working_hours import ALWAYS
from mentoring.model.check import Check, check_id
from mentoring.model.said import Said
from mentoring.model.session import WrapUp
from mentoring.requests import drafts
from mentoring.routing.offers import accept
from mentoring.sessions import relay
from mentoring.sessions.feedback import Feedback, feedback_id
from mentoring.sessions.sessions import wrap_up

OWNERS = Owners(ALL.features.cards)
TALK = talk_with(ADA)


@pytest.mark.parametrize(
    "thing",
    [
        "request:R9",
        "offer:R9.U1",
        "session:R9.U1",
        "said:R9.U1.E",
        "feedback:R9.U1.U2",
        "check:R9.U1.d2",
        "thanks:R9.U1",
        "draft:D9",
        "alert:A9",
        "post:R9",
        "profile-invite:U9",
        "enrolled:U9",
        "of-a-later-version:X",
    ],
)
async def test_a_thing_that_is_gone_has_no_picture(office: Office, thing: str):
    assert await ALL.paint(office.desk, thing, ASKER, NOW) is None


async def test_what_hangs_on_a_forgotten_question_has_no_picture(office: Office):
    said = Said(id="S.1", session_id=make.session().id, from_id=ASKER, to_id=ADA, text="Hi", said_at=NOW)
    await office.put(make.offer(), make.session(), said)

    for thing in (make.offer().thing, make.session().thing):
        assert await ALL.paint(office.desk, thing, ADA, NOW) is None
    view = await ALL.home.paint(office.desk, ADA, NOW)
    assert "Waiting for you" not in str(view) or "asks about" not in str(view)


async def test_the_card_says_who_is_asked_and_by_when_they_answer(office: Office):
    await office.asked(make.helper(ADA))

    picture = await ALL.paint(office.desk, f"request:{make.R1}", ASKER, NOW)

    assert picture is not None
    assert "asking 1 person now" in picture.text
    assert "They have until" in picture.text


async def test_each_side_and_the_room_see_their_own_card_of_a_talk(office: Office):
    session = make.session(room="group", channel="G0ROOM")
    held = {"state": "in_session", "helper_id": ADA, "session_id": session.id}
    await office.put(make.request(question="How & why?", **held), make.offer(state="accepted"), session)

    cards = {show.to: show.thing for show in session.shows()}
    seen = {to: await ALL.paint(office.desk, thing, to, NOW) for to, thing in cards.items()}

    texts = [picture.text for picture in seen.values() if picture]
    assert len(set(texts)) == 3
    assert all("How &amp; why?" in text for text in texts)


@pytest.mark.parametrize("has_own_card", [True, False])
async def test_a_talk_has_one_card_for_each_side_whatever_an_earlier_release_asks_for(
    office: Office, has_own_card: bool
):
    session = make.session(room="relay", has_own_card=has_own_card)
    held = {"state": "in_session", "helper_id": ADA, "session_id": session.id}
    await office.put(make.request(**held), make.offer(state="accepted"), session)

    for me in (ASKER, ADA):
        own = await ALL.paint(office.desk, session.thing, me, NOW)
        shared = await ALL.paint(office.desk, f"request:{R1}" if me == ASKER else f"offer:{TALK}", me, NOW)
        talking = [it for it in (own, shared) if it and "Your talk with" in it.text]
        assert talking == [own if has_own_card else shared]


FAR = "Pacific/Auckland"  # at NOW, Monday 10:00 in UTC, it is 23:00 there


@pytest.mark.parametrize(
    ("asker", "helper", "rules", "told"),
    [
        ({"zone": FAR}, {}, {}, {"offer", ADA}),
        ({}, {"zone": FAR}, {}, {ASKER}),
        ({"zone": FAR}, {"zone": FAR}, {}, set()),
        ({"zone": FAR}, {}, {"anonymous": True}, set()),
        ({"zone": FAR, "hours": ALWAYS}, {}, {}, set()),
        ({"zone": FAR, "hours": ALWAYS}, {}, {"holidays": ("2026-11-23",)}, {"offer", ADA, ASKER}),
    ],
    ids=["asker at night", "helper at night", "both", "without a name", "at work", "holiday"],
)
async def test_a_card_tells_the_others_time_where_they_are_not_at_work(
    office: Office, asker: dict[str, Any], helper: dict[str, Any], rules: dict[str, Any], told: set[str]
):
    office.policy = Policy(holidays=rules.get("holidays", ()))
    anonymous = rules.get("anonymous", False)
    talk = make.session(anonymous=anonymous, room="relay")
    people = make.person(**asker), make.helper(**helper)
    held = {"state": "in_session", "helper_id": ADA, "session_id": talk.id}
    await office.put(*people, make.request(anonymous=anonymous), make.offer())

    seen = {"offer": await ALL.paint(office.desk, make.offer().thing, ADA, NOW + DAY)}
    await office.put(make.request(anonymous=anonymous, **held), make.offer(state="accepted"), talk)
    seen |= {me: await ALL.paint(office.desk, talk.card_of(me), me, NOW + DAY) for me in (ASKER, ADA)}

    saying = {name: card.text for name, card in seen.items() if card and "when I sent you this." in card.text}
    assert saying.keys() == told
    assert all(re.search("It was Mon (23|10):00 for <@U0", text) for text in saying.values())


async def test_relayed_words_have_a_picture_until_they_have_arrived(office: Office):
    session = make.session(room="relay")
    await office.put(make.request(), session)
    said = await relay.say(office.desk, session.id, ASKER, NOW, text="It <hangs>", event_id="E1")

    before = await ALL.paint(office.desk, said.thing, ADA, NOW)
    await relay.delivered(office.desk, said.id, NOW, "0")

    assert before is not None
    assert before.thread_of == Root(f"offer:{session.id}", f"talk {session.id} ")
    assert "It &lt;hangs&gt;" in before.text
    assert await ALL.paint(office.desk, said.thing, ADA, NOW) is None


async def test_a_draft_names_the_talks_that_it_may_be_for(office: Office):
    talk = make.session(room="relay")
    await office.put(make.request(), talk, make.helper(ADA, name="Ada & Co"))
    draft = await drafts.keep(office.desk, ASKER, NOW, text="For whom?", source="dm", draft_id="D1")

    picture = await ALL.paint(office.desk, draft.thing, ASKER, NOW + DAY)

    assert picture is not None
    assert "Send to Ada &amp; Co" in picture.text


async def test_a_home_of_many_past_things_stays_small(office: Office):
    await office.put(*(make.request(id=f"R{number}", state="withdrawn") for number in range(300)))

    view = await ALL.home.paint(office.desk, ASKER, NOW)

    assert "All my questions (300)" in str(view)
    assert len(view["blocks"]) < 30


async def test_a_full_home_is_read_in_few_round_trips(office: Office, redis_url: str):
    for number in range(20):
        talk = make.session(id=f"R{number}.{ADA}", request_id=f"R{number}", room="relay")
        await office.put(make.request(id=f"R{number}"), make.offer(id=talk.id, request_id=f"R{number}"), talk)

    before = reads(redis_url)
    view = await ALL.home.paint(office.desk, ADA, NOW)

    assert "Waiting for you" in str(view)
    assert reads(redis_url) - before <= 3


def reads(url: str) -> int:
    """How often documents were read from Redis so far."""
    with Redis.from_url(url) as redis:
        stats = redis.info("commandstats")
    assert isinstance(stats, dict)
    return int(stats.get("cmdstat_mget", {}).get("calls", 0))


def kinds_of(document: type[Document]) -> set[str]:
    """The kinds of all documents that the program has."""
    known = set().union(*map(kinds_of, document.__subclasses__()))
    return known | ({document.kind} if "kind" in vars(document) else set())


def test_every_card_belongs_to_a_document_that_there_is():
    owners = {kind: OWNERS.of(f"{kind}:a.1", "U1").partition(":")[0] for kind in ALL.cards}

    assert {kind for kind, owner in owners.items() if owner not in kinds_of(Document)} == set()


@pytest.mark.parametrize(
    ("thing", "owner"),
    [
        ("request:R1", "request:R1"),
        ("post:R1", "request:R1"),
        ("peer-turn:R1.U1.2", "session:R1.U1"),
        ("unchanged:R1.U1", "session:R1.U1"),
        ("said:R1.U1.E/2", "said:R1.U1.E"),
        ("turn:T1.12", "talk:T1"),
        ("care:0a1b.harassment", "care:0a1b.harassment"),
        ("home", "person:U1"),
        ("away:1.2", "person:U1"),
    ],
)
def test_what_a_card_is_drawn_from_owns_it(thing: str, owner: str):
    assert OWNERS.of(thing, "U1") == owner


@pytest.mark.parametrize(
    ("thing", "reader", "most"),
    [
        (f"request:{R1}", ASKER, 2),
        (f"offer:{offer_to(ADA)}", ADA, 2),
        (f"session:{TALK}", f"room:{TALK}", 1),
        (f"feedback:{feedback_id(TALK, ASKER)}", ASKER, 2),
        (f"check:{check_id(TALK, 'd2')}", ASKER, 1),
    ],
)
async def test_a_card_is_drawn_in_few_round_trips(office: Office, thing: str, reader: str, most: int):
    await office.asked(make.helper(ADA))
    if not thing.startswith(("request", "offer")):
        await accept(office.desk, offer_to(ADA), ADA, NOW)
        await office.put(Feedback.begin(make.session(), ASKER, NOW), Check.begin(make.session(), "d2", NOW))

    before = await office.reads()
    picture = await ALL.paint(office.desk, thing, reader, NOW)

    assert picture is not None
    assert await office.reads() - before <= most


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize(
    ("thing", "reader", "most"), [(f"request:{R1}", ASKER, 3), (f"offer:{TALK}", ADA, 2)]
)
async def test_the_card_of_a_talk_is_drawn_in_few_round_trips(
    office: Office, thing: str, reader: str, most: int, is_over: bool
):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    if is_over:
        await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
        await office.run(NOW)

    before = await office.reads()
    picture = await ALL.paint(office.desk, thing, reader, NOW)

    assert picture is not None
    assert "Your talk with" in picture.text
    assert await office.reads() - before <= most

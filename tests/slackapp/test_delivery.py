"""Delivery: every notice reaches Slack once, or an administrator learns why it cannot."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from time import time

import pytest
from app_world import MANIFEST, QUICK, slower, start_world
from patience import PATIENCE

from kernel.store import Changes, Show
from mentoring.model.alert import Alert
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.requests.drafts import discard, keep
from mentoring.requests.retries import post_in_channel
from slackapp.bootstrap.wiring import running
from slackapp.delivery.delivery import backoff
from slackapp.delivery.postings import LANDS_WITHIN, Posting
from storage.connection.keys import keys_of
from storage.connection.wire import pairs

MAYA, RAJ, RUBY, PRIYA = "U0MAYA", "U0RAJ", "U0RUBY", "U0PRIYA"


async def draft(world, text="What is a closure?", person=MAYA, name="d1"):
    """Let the app show a card to someone: the draft of a question."""
    return await keep(await world.desk(), person, world.now, text=text, source="dm", draft_id=name)


def cards(world, person=MAYA):
    return [message for message in world.slack.dm(person) if message.bot]


async def test_a_card_is_posted_once_and_its_message_is_known(socket_world):
    await draft(socket_world)
    await socket_world.settle()

    (message,) = cards(socket_world)
    notices = socket_world.app.worker.stores.notices
    card = await notices.card_at(socket_world.workspace, message.conversation, message.ts)
    assert card is not None
    assert card.thing == "draft:d1"


async def test_a_change_of_its_thing_changes_the_same_message(socket_world):
    await draft(socket_world)
    await socket_world.settle()
    (before,) = cards(socket_world)

    await discard(await socket_world.desk(), "d1", MAYA, socket_world.now)
    await socket_world.settle()

    (after,) = cards(socket_world)
    assert after.ts == before.ts
    assert after.text != before.text


async def test_a_notice_about_nothing_new_calls_nobody(socket_world):
    await draft(socket_world)
    await socket_world.settle()
    calls = len(socket_world.slack.log())

    shown = Changes(show=[Show("draft:d1", MAYA)])
    await (await socket_world.desk()).store.commit(lambda _: (None, shown))
    await socket_world.settle()

    assert len(socket_world.slack.log()) == calls


async def test_a_rate_limit_is_waited_out_and_others_do_not_wait(socket_world):
    asked_at, stores = time(), socket_world.app.worker.stores
    socket_world.slack.faults.rate_limit("chat.postMessage", times=1, retry_after=600)
    await draft(socket_world, name="d1")
    comes_at = await postponed(socket_world)
    assert comes_at >= asked_at + 600, "nobody tries while Slack says to wait"
    failures = keys_of(socket_world.workspace).shard.failures
    assert await stores.wire.call("HLEN", failures) == 0, "and that is no failure"

    await draft(socket_world, person=RAJ, name="d2")
    await socket_world.slack.until(lambda: cards(socket_world, RAJ))
    assert cards(socket_world, MAYA) == []

    socket_world.slack.faults.rate_limit("chat.postMessage", times=1, retry_after=1)
    await draft(socket_world, person=PRIYA, name="d3")
    await socket_world.slack.until(lambda: cards(socket_world, PRIYA))
    first, _raj, refused, *others = socket_world.slack.calls("chat.postMessage")
    assert [call.status for call in (first, refused)] == [429, 429]
    assert all(call.status == 200 for call in others)
    assert others[-1].at - refused.at >= timedelta(seconds=0.9)


async def postponed(world):
    """When the one notice that Slack put off comes again, as soon as there is one; seconds since 1970."""
    stores = world.app.worker.stores
    words = ("ZRANGE", keys_of(world.workspace).shard.postponed, 0, -1, "WITHSCORES")
    while not (waiting := list(pairs(await stores.wire.call(*words)))):
        await asyncio.sleep(0.01)
    ((_, score),) = waiting
    return float(score) / 1000


async def test_messages_to_one_person_are_a_second_apart(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url, tempo=slower(QUICK, post=1.0)) as world:
        began = world.now
        for name in ("d1", "d2", "d3"):
            await draft(world, name=name)
        await world.slack.until(lambda: len(cards(world)) == 3)

        # From the beginning: how long a call is on its way depends on the machine.
        _, second, third = sorted(call.at for call in world.slack.calls("chat.postMessage"))
        assert second - began >= timedelta(seconds=1)
        assert third - began >= timedelta(seconds=2)


async def test_slack_in_trouble_is_tried_again(socket_world):
    socket_world.slack.faults.fail("chat.postMessage", times=1)

    await draft(socket_world)
    await socket_world.slack.until(lambda: cards(socket_world))

    assert [call.status for call in socket_world.slack.calls("chat.postMessage")] == [500, 200]


async def test_nothing_is_given_up_while_slack_is_away_and_everything_comes_when_it_is_back(
    tmp_path, redis_url
):
    people = ["U0MAYA", "U0RAJ", "U0AIKO", "U0TOMAS", "U0PRIYA", "U0LENA"]
    async with start_world(tmp_path, redis_url, tempo=slower(QUICK, quiet=0.0)) as world:
        world.slack.faults.fail("chat.postMessage", times=10_000)
        for person in people:
            await draft(world, person=person, name=f"d-{person}")
        await world.slack.until(lambda: len(world.slack.calls("chat.postMessage")) > len(people))
        agenda = world.app.worker.stores.agenda
        given_up = await agenda.dead()

        world.slack.faults.fail("chat.postMessage", times=0)
        await world.slack.until(lambda: all(cards(world, person) for person in people))

    assert given_up == []
    assert [len(cards(world, person)) for person in people] == [1] * len(people)


async def test_a_message_is_given_up_where_the_token_is_refused_twice(socket_world):
    socket_world.slack.faults.refuse("chat.postMessage", "invalid_auth", about=MAYA)

    await draft(socket_world)
    while not (dead := await socket_world.app.worker.stores.agenda.dead()):
        await asyncio.sleep(0.01)

    assert [(letter.thing, letter.error) for letter in dead] == [("draft:d1", "invalid_auth")]
    calls = socket_world.slack.calls("chat.postMessage")
    refused = [call for call in calls if call.response.get("error") == "invalid_auth"]
    assert len(refused) == 2, "it may have been replaced meanwhile; what admins then read is not meant"


async def test_who_cannot_be_reached_is_given_up_and_the_admins_are_told_once(socket_world):
    await meet_the_admin(socket_world)
    socket_world.slack.faults.refuse("chat.postMessage", "restricted_action", about="U0ADA")
    for name in ("d1", "d2"):
        await draft(socket_world, person="U0NOBODY", name=name)
    await socket_world.settle()

    letters = await socket_world.app.worker.stores.agenda.dead()
    assert sorted((letter.kind, letter.error) for letter in letters) == [
        ("U0ADA", "restricted_action"),
        ("U0NOBODY", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
    ]
    alert = await socket_world.get(Alert, "undeliverable.U0NOBODY.channel_not_found")
    assert alert.told == ("U0ADA", "U0EMILY", RUBY)
    assert len(cards(socket_world, RUBY)) == 1, "and of an alert that reached one of them not there is none"


def closed(world, person):
    """Let Slack close somebody's account, and not say so."""
    known = world.slack.slack.workspace.people.get(person)
    world.slack.slack.workspace.change_person(known.model_copy(update={"deleted": True}))


@pytest.mark.parametrize("code", ["user_disabled", "account_inactive", "a_word_of_next_year"])
async def test_a_helper_who_cannot_be_reached_is_passed_over_at_once(socket_world, code):
    await socket_world.enrol(RAJ, topics={"python": 3}, level=3)
    await socket_world.enrol(PRIYA, topics={"python": 1}, level=3)
    socket_world.slack.faults.refuse("chat.postMessage", code, about=RAJ)

    await socket_world.slack.command(MAYA, "/ask-mentor", f"<@{RAJ}> How do I profile asyncio? #python")
    await socket_world.skip(timedelta(minutes=1))

    assert await socket_world.slack.message(PRIYA, containing="Can you help")
    assert (await only_offer_to(socket_world, RAJ)).state == "withdrawn"
    assert (await socket_world.get(Person, RAJ)).is_helper


async def only_offer_to(world, person):
    desk = await world.desk()
    [offer] = [await world.get(Offer, id) for id in await desk.store.ids(f"offers-to:{person}")]
    return offer


async def test_a_helper_whose_account_was_closed_without_a_word_is_asked_once_and_never_again(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3}, level=3)
    await socket_world.enrol(PRIYA, topics={"python": 1}, level=3)
    closed(socket_world, RAJ)

    await socket_world.slack.command(MAYA, "/ask-mentor", f"<@{RAJ}> How do I profile asyncio? #python")
    await socket_world.skip(timedelta(minutes=1))
    first = await socket_world.slack.message(PRIYA, containing="profile")
    await socket_world.slack.press(PRIYA, first, "Not now")
    await socket_world.settle()
    await socket_world.slack.command(MAYA, "/ask-mentor", "How do I test asyncio? #python")
    await socket_world.skip(timedelta(minutes=1))

    assert await socket_world.slack.message(PRIYA, containing="test asyncio")
    assert (await socket_world.get(Person, RAJ)).standing == "left"
    assert (await only_offer_to(socket_world, RAJ)).state == "withdrawn"


async def test_an_offer_that_was_seen_stays_when_a_later_change_of_it_is_refused(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3})
    await socket_world.slack.command(MAYA, "/ask-mentor", "How do I profile asyncio? #python")
    await socket_world.slack.message(RAJ, containing="Can you help")
    [offer_id] = await (await socket_world.desk()).store.ids(f"offers-to:{RAJ}")
    desk = await socket_world.desk()

    socket_world.slack.faults.refuse("chat.update", "channel_not_found")
    await desk.store.commit(lambda read: (None, later_deadline(read.get(Offer, offer_id))))
    await socket_world.settle()

    assert socket_world.slack.calls("chat.update")[-1].summary == "channel_not_found"
    assert (await socket_world.get(Offer, offer_id)).is_pending


def later_deadline(offer):
    return Changes(put=[offer.postpone(offer.deadline + timedelta(days=1))], show=[offer.show])


async def test_the_questions_and_talks_of_an_asker_whose_account_was_closed_without_a_word_end(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3})
    await socket_world.slack.command(MAYA, "/ask-mentor", "How do I test asyncio? #python #anonymous")
    card = await socket_world.slack.message(RAJ, containing="Can you help")
    closed(socket_world, MAYA)

    await socket_world.slack.press(RAJ, card, "I can help")
    await socket_world.skip(timedelta(minutes=1))

    assert (await socket_world.get(Person, MAYA)).standing == "left"
    assert await (await socket_world.desk()).store.ids(f"open-requests-of:{MAYA}") == []
    assert await socket_world.slack.message(RAJ, containing="is over")


async def test_who_cannot_be_brought_into_a_group_talk_is_looked_up(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3})
    await socket_world.slack.command(MAYA, "/ask-mentor", "How do I test asyncio? #python")
    card = await socket_world.slack.message(RAJ, containing="Can you help")
    before = len(socket_world.slack.calls("users.info"))
    socket_world.slack.faults.refuse("conversations.open", "user_disabled")

    await socket_world.slack.press(RAJ, card, "I can help")
    await socket_world.settle()

    looked_up = [call.request["user"] for call in socket_world.slack.calls("users.info")[before:]]
    assert sorted(looked_up) == [MAYA, RAJ]


async def meet_the_admin(world):
    await draft(world, person=RUBY, name="hello")
    await world.settle()
    await discard(await world.desk(), "hello", RUBY, world.now)
    await world.import_people(f"slack_id,level\n{RUBY},5\n")
    await world.settle()
    for message in cards(world, RUBY):
        client = (await world.place()).client
        await client.chat_delete(channel=message.conversation, ts=message.ts)


async def test_a_message_that_someone_deleted_is_posted_anew_when_it_changes(socket_world):
    await draft(socket_world)
    await socket_world.settle()
    (message,) = cards(socket_world)
    await (await socket_world.place()).client.chat_delete(channel=message.conversation, ts=message.ts)

    await discard(await socket_world.desk(), "d1", MAYA, socket_world.now)
    await socket_world.settle()

    (anew,) = [each for each in cards(socket_world) if not each.deleted]
    assert anew.ts > message.ts


async def test_what_was_never_there_is_settled_without_a_call(socket_world):
    desk = await socket_world.desk()
    await desk.store.commit(lambda read: (None, Changes(show=[Show("draft:never", to=MAYA)])))
    await socket_world.settle()

    assert cards(socket_world) == []
    assert await socket_world.app.worker.stores.agenda.dead() == []


@pytest.mark.gated
async def test_redis_away_for_a_moment_after_a_post_does_not_double_it(socket_world):
    await draft(socket_world)
    await socket_world.slack.until(lambda: cards(socket_world))

    await socket_world.redis_away()
    await socket_world.redis_back()
    await asyncio.wait_for(recorded(socket_world), PATIENCE)
    await socket_world.settle()

    assert len(cards(socket_world)) == 1


async def recorded(world):
    notices = world.app.worker.stores.notices
    while not (card := await notices.card(world.workspace, MAYA, "draft:d1")) or not card.ts:
        await asyncio.sleep(0.02)


async def test_several_workers_never_post_a_card_twice(socket_world):
    async with AsyncExitStack() as stack:
        for _ in range(2):
            other = socket_world.settings
            await stack.enter_async_context(
                running(other, socket_world.manifest, socket_world.clock, socket_world.tempo)
            )
        people = [f"U0{name}" for name in ("MAYA", "RAJ", "AIKO", "TOMAS", "PRIYA", "LENA", "OMAR", "NOA")]
        for person in people:
            await draft(socket_world, person=person, name=f"d-{person}")
        await socket_world.slack.until(lambda: all(cards(socket_world, person) for person in people), 10)
        await socket_world.settle()

    assert [len(cards(socket_world, person)) for person in people] == [1] * len(people)


async def test_a_talk_gets_a_group_conversation(socket_world):
    request = await talk_about_python(socket_world)

    rooms = [place for place in socket_world.slack.conversations(RAJ) if place.kind == "mpim"]
    assert [set(place.members) >= {MAYA, RAJ} for place in rooms] == [True]
    assert (await socket_world.get(Request, request.id)).state == "in_session"


async def test_without_the_scope_for_it_the_talk_goes_through_the_app(tmp_path, redis_url):
    scopes = ["commands", "chat:write", "im:history", "users:read", "dnd:read", "assistant:write"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await talk_about_python(world)

        assert [place for place in world.slack.conversations(RAJ) if place.kind == "mpim"] == []
        assert await world.app.worker.stores.agenda.dead() == []
        root = await world.slack.message(MAYA, containing="Your talk with")
        await world.slack.say(MAYA, "Hello from the thread", thread_ts=root.ts)
        heard = await world.slack.message(RAJ, containing="Hello from the thread")
        assert heard.thread_ts


async def talk_about_python(world) -> Request:
    await world.enrol(RAJ, topics={"python": 3})
    await world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
    await world.slack.press(RAJ, await world.slack.message(RAJ, containing="Can you help"), "I can help")
    await world.settle()
    desk = await world.desk()
    (id,) = await desk.store.ids(f"requests-of:{MAYA}")
    return await world.get(Request, id)


async def test_the_home_tab_is_drawn_when_it_is_opened_and_kept_up_to_date(socket_world):
    await socket_world.slack.open_home(MAYA)
    await socket_world.settle()
    empty = socket_world.slack.home(MAYA)

    await socket_world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")
    await socket_world.settle()

    assert empty is not None
    assert "stall" not in empty.words
    assert "stall" in socket_world.slack.home(MAYA).words


async def counted(world) -> tuple[int, float]:
    """How many messages may be doubled, as all processes and as this one have counted them."""
    here = world.app.worker.metrics.registry.get_sample_value("waymark_maybe_doubled_total")
    return await world.app.worker.stores.notices.maybe_doubled(), here


async def meet(world, person=MAYA):
    """Let the app know where it talks with someone."""
    await draft(world, person=person, name="first")
    await world.settle()


async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_again(socket_world):
    await meet(socket_world)
    socket_world.slack.faults.lose("chat.postMessage", times=1)

    await draft(socket_world)
    await socket_world.slack.until(lambda: len(cards(socket_world)) == 2)
    await discard(await socket_world.desk(), "d1", MAYA, socket_world.now)
    await socket_world.slack.until(lambda: socket_world.slack.calls("conversations.history"))
    await socket_world.settle()

    _, found = cards(socket_world)
    assert "closure" not in found.text
    assert await counted(socket_world) == (0, 0)


async def test_what_slack_did_not_take_is_posted_again_and_counts_as_nothing(socket_world):
    await meet(socket_world)
    socket_world.slack.faults.fail("chat.postMessage", times=1)

    await draft(socket_world)
    await socket_world.slack.until(lambda: len(cards(socket_world)) == 2)
    await socket_world.settle()

    assert len(socket_world.slack.calls("conversations.history")) == 1
    assert await counted(socket_world) == (0, 0)


@pytest.mark.parametrize(("ago", "many"), [(0.0, 1), (2 * LANDS_WITHIN, 0)])
async def test_what_slack_may_still_come_to_post_is_counted_whatever_the_clock_of_the_app_says(
    socket_world, ago, many
):
    await meet(socket_world)
    socket_world.slack.faults.rate_limit("chat.postMessage", times=1, retry_after=1)
    await draft(socket_world)
    await socket_world.slack.until(lambda: len(socket_world.slack.calls("chat.postMessage")) == 2)
    notices, at = socket_world.app.worker.stores.notices, keys_of(socket_world.workspace)
    while (card := await notices.card(socket_world.workspace, MAYA, "draft:d1")) and card.posting:
        await asyncio.sleep(0.01)
    begun = Posting(
        id="gone",
        at=socket_world.now.timestamp(),
        wall=time() - ago,
        channel=cards(socket_world)[0].conversation,
        thread_ts=None,
        state="",
        digest="",
        closing=None,
    ).model_dump_json()
    await notices.wire.call("HSET", at.card(MAYA, "draft:d1"), "posting", begun)

    await socket_world.skip(timedelta(hours=1))
    await socket_world.slack.until(lambda: len(cards(socket_world)) == 2)
    await socket_world.settle()

    assert await counted(socket_world) == (many, many)


async def test_a_lost_answer_where_nobody_can_look_is_counted(socket_world):
    socket_world.slack.faults.lose("chat.postMessage", times=2)

    await draft(socket_world)
    await socket_world.slack.until(lambda: len(cards(socket_world)) == 3)
    await socket_world.settle()

    assert await counted(socket_world) == (2, 2)


async def test_each_try_that_may_double_a_message_is_counted_once(socket_world):
    socket_world.slack.faults.fail("chat.postMessage", times=2)

    await draft(socket_world)
    await socket_world.slack.until(lambda: cards(socket_world))
    await socket_world.settle()

    assert await counted(socket_world) == (2, 2)


async def test_a_lost_answer_is_counted_where_looking_is_refused(tmp_path, redis_url):
    scopes = ["commands", "chat:write", "users:read", "dnd:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await meet(world)
        world.slack.faults.lose("chat.postMessage", times=1)

        await draft(world)
        await world.slack.until(lambda: len(cards(world)) == 3)
        await world.settle()

        assert await counted(world) == (1, 1)


async def test_a_message_that_was_posted_under_a_lost_lease_is_counted(socket_world):
    stores, workspace = socket_world.app.worker.stores, socket_world.workspace
    socket_world.slack.faults.slow(1500)
    await draft(socket_world)
    while not (card := await stores.notices.card(workspace, MAYA, "draft:d1")) or not card.posting:
        await asyncio.sleep(0.01)
    await stores.wire.call("HSET", keys_of(workspace).card(MAYA, "draft:d1"), "token", "another's")

    while (await counted(socket_world))[0] == 0:
        await asyncio.sleep(0.01)
    await socket_world.app.delivery.finish()

    assert await counted(socket_world) == (1, 1)


async def test_while_looking_is_not_possible_nothing_is_posted(socket_world):
    await meet(socket_world)
    socket_world.slack.faults.lose("chat.postMessage", times=1)
    socket_world.slack.faults.rate_limit("conversations.history", times=1, retry_after=1)

    await draft(socket_world)
    await socket_world.slack.until(lambda: len(socket_world.slack.calls("conversations.history")) == 2)
    await socket_world.settle()

    assert len(cards(socket_world)) == 2
    assert await counted(socket_world) == (0, 0)


async def test_a_lost_answer_in_a_channel_is_counted(tmp_path, redis_url):
    manifest, label = tmp_path / "manifest.yml", "    label: DevOps and operations\n"
    text = MANIFEST.read_text("utf-8").replace(label, f"{label}    channel: C0GENERAL\n")
    manifest.write_text(text, "utf-8")
    async with start_world(tmp_path, redis_url, manifest=manifest) as world:
        await world.slack.command(MAYA, "/ask-mentor", "Why does the pod restart? #devops")
        await world.settle()
        desk = await world.desk()
        (id,) = await desk.store.ids(f"requests-of:{MAYA}")
        world.slack.faults.lose("chat.postMessage", times=1)

        await post_in_channel(desk, MAYA, id, world.now)
        await world.slack.until(lambda: len(in_general(world)) == 2)
        await world.settle()

        assert await counted(world) == (1, 1)
        assert [message.metadata for message in in_general(world)] == [None, None]


def in_general(world):
    return [it for it in world.slack.messages(MAYA, "C0GENERAL") if it.bot and not it.ephemeral]


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(tmp_path, redis_url):
    scopes = ["commands", "chat:write", "im:history", "users:read", "dnd:read"]
    async with start_world(tmp_path, redis_url, scopes=scopes) as world:
        await talk_about_python(world)
        root = await world.slack.message(MAYA, containing="Your talk with")
        await world.settle()
        world.slack.faults.lose("chat.postMessage", times=1)

        await world.slack.say(MAYA, "Hello from the thread", thread_ts=root.ts)
        await world.slack.until(lambda: world.slack.calls("conversations.replies"))
        await world.settle()

        heard = [message for message in world.slack.dm(RAJ) if "Hello from the thread" in message.words]
        assert len(heard) == 1
        assert await counted(world) == (0, 0)


async def test_what_a_stranger_to_the_app_writes_is_not_taken_for_its_message(socket_world):
    await meet(socket_world)
    socket_world.slack.faults.lose("chat.postMessage", times=1)
    stand_in, workspace = socket_world.slack.slack, socket_world.slack.slack.workspace

    await draft(socket_world, text="What is a decorator?")
    lost = await socket_world.slack.until(
        lambda: next((it for it in cards(socket_world) if "decorator" in it.text), None)
    )
    stand_in.post(workspace.dm(MAYA), MAYA, text="Mine", metadata=lost.metadata)
    stand_in.delete(lost)
    await socket_world.slack.until(
        lambda: [it for it in cards(socket_world) if "decorator" in it.text and not it.deleted]
    )

    assert [it.text for it in socket_world.slack.dm(MAYA) if not it.bot] == ["Mine"]
    await socket_world.settle()
    assert await counted(socket_world) == (1, 1), "nobody heard it end: it could have come later"


async def test_an_old_message_is_closed_however_often_slack_fails(socket_world):
    socket_world.slack.faults.fail("chat.update", times=2)
    await socket_world.slack.command(MAYA, "/ask-mentor", "Why does my asyncio service stall? #python")

    await socket_world.slack.until(lambda: len(socket_world.slack.calls("chat.update")) >= 3)
    await socket_world.settle()

    old, newest = cards(socket_world)
    assert "stall" not in old.text
    assert "stall" in newest.text


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 2), (2, 4), (5, 32), (20, 300), (5000, 300)])
def test_each_failure_waits_twice_as_long_up_to_five_minutes(attempt, seconds):
    assert backoff(attempt, first=2.0) == seconds

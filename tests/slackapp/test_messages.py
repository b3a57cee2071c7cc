"""Messages: quiet changes in place, a knock is a new message, and nothing is sent that looks the same."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from slack_clients import client_of

from handlers.block_kit.picture import Picture
from playground.driver import Playground
from slackapp.delivery.messages import Messages, Spot
from slackapp.delivery.outages import Outages
from slackapp.delivery.pacing import Pacer
from slackapp.process.errors import RateLimited, SlackAway, Undeliverable
from slackapp.process.metrics import Metrics

MAYA = Spot("T1", "U0MAYA", "U0MAYA")
RAJ = Spot("T1", "U0RAJ", "U0RAJ")


class Unmarked:
    """Takes no note of what is posted."""

    @asynccontextmanager
    async def begun(self, *, streams=False):
        yield {}

    async def stands(self, ts):
        pass


UNMARKED = Unmarked()


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start() as started:
        yield started


@pytest.fixture
async def client(slack):
    async with client_of(slack) as opened:
        yield opened


@pytest.fixture
def messages():
    return Messages(Pacer(0.0), Metrics(), Outages())


def picture(text, state="looking", *, knock=False):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]
    return Picture(text, blocks, state, knock=knock, closing="See below.")


def texts(slack, person="U0MAYA"):
    return [message.text for message in slack.dm(person)]


async def test_the_first_picture_is_a_message_to_the_person(slack, client, messages):
    shown = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)

    assert texts(slack) == ["Looking"]
    assert shown.channel.startswith("D")


async def test_a_quiet_state_changes_the_message_in_place(slack, client, messages):
    first = await messages.show(client, picture("1 of 5", "asked-1"), MAYA, None, UNMARKED)

    second = await messages.show(client, picture("2 of 5", "asked-2"), MAYA, first, UNMARKED)

    assert texts(slack) == ["2 of 5"]
    assert second.ts == first.ts


async def test_a_knock_is_a_new_message(slack, client, messages):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)

    second = await messages.show(
        client, picture("Raj can help", "accepted", knock=True), MAYA, first, UNMARKED
    )
    await messages.close(client, MAYA, first, "See below.")

    assert texts(slack) == ["See below.", "Raj can help"]
    assert second.ts != first.ts


async def test_a_state_that_knocked_already_changes_in_place(slack, client, messages):
    first = await messages.show(client, picture("Raj can help", "accepted", knock=True), MAYA, None, UNMARKED)

    await messages.show(client, picture("Raj can help you", "accepted", knock=True), MAYA, first, UNMARKED)

    assert texts(slack) == ["Raj can help you"]


async def test_what_looks_the_same_is_not_sent_again(slack, client, messages):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)
    calls = len(slack.log())

    again = await messages.show(client, picture("Looking"), MAYA, first, UNMARKED)

    assert again == first
    assert len(slack.log()) == calls


async def test_a_knock_comes_as_a_new_message_though_it_looks_the_same(slack, client, messages):
    first = await messages.show(client, picture("Look here"), MAYA, None, UNMARKED)

    again = await messages.show(client, picture("Look here", "due", knock=True), MAYA, first, UNMARKED)

    assert (again.state, texts(slack)) == ("due", ["Look here", "Look here"])


async def test_a_message_that_was_deleted_is_posted_anew(slack, client, messages):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)
    await client.chat_delete(channel=first.channel, ts=first.ts)

    second = await messages.show(client, picture("Still looking"), MAYA, first, UNMARKED)

    assert second.ts != first.ts
    assert texts(slack)[-1] == "Still looking"


async def test_a_message_in_a_thread_goes_under_its_root(slack, client, messages):
    root = await messages.show(client, picture("The talk"), MAYA, None, UNMARKED)

    reply = await messages.show(
        client, picture("Hello"), Spot("T1", "U0MAYA", root.channel, root.ts), None, UNMARKED
    )

    assert [it.ts for it in slack.thread("U0MAYA", root.channel, root.ts)] == [root.ts, reply.ts]


async def test_two_messages_to_one_person_are_a_second_apart(slack, client):
    messages = Messages(Pacer(1.0), Metrics(), Outages(), tick=lambda: 100.0)
    await messages.show(client, picture("One"), MAYA, None, UNMARKED)
    await messages.show(client, picture("Two"), MAYA, None, UNMARKED)

    with pytest.raises(RateLimited) as refusal:
        await messages.show(client, picture("Three"), MAYA, None, UNMARKED)

    assert refusal.value.after == 2.0


async def test_slack_saying_wait_for_one_person_does_not_hold_up_another(slack, client, messages):
    slack.faults.rate_limit("chat.postMessage", times=1, retry_after=60)
    with pytest.raises(RateLimited):
        await messages.show(client, picture("Hello"), MAYA, None, UNMARKED)
    calls = len(slack.log())

    with pytest.raises(RateLimited):
        await messages.show(client, picture("Hello"), MAYA, None, UNMARKED)
    asked_again = len(slack.log()) - calls
    await messages.show(client, picture("Hello"), RAJ, None, UNMARKED)

    assert asked_again == 0
    assert texts(slack, "U0RAJ") == ["Hello"]


async def test_slack_saying_wait_with_changes_does_not_hold_up_new_messages(slack, client, messages):
    first = await messages.show(client, picture("1"), MAYA, None, UNMARKED)
    slack.faults.rate_limit("chat.update", times=1, retry_after=60)
    with pytest.raises(RateLimited):
        await messages.show(client, picture("2"), MAYA, first, UNMARKED)

    await messages.show(client, picture("Raj can help", "accepted", knock=True), MAYA, first, UNMARKED)

    assert texts(slack)[-1] == "Raj can help"


async def test_an_old_card_without_a_closing_line_goes(slack, client, messages):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)

    await messages.close(client, MAYA, first, "")

    assert texts(slack) == []


async def test_an_old_card_that_is_gone_needs_no_closing(slack, client, messages):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)
    await client.chat_delete(channel=first.channel, ts=first.ts)

    await messages.close(client, MAYA, first, "See below.")

    assert texts(slack) == []


@pytest.mark.parametrize(("broken", "error"), [("fail", SlackAway), ("rate_limit", RateLimited)])
async def test_closing_an_old_card_is_tried_again_while_slack_cannot(slack, client, messages, broken, error):
    first = await messages.show(client, picture("Looking"), MAYA, None, UNMARKED)
    getattr(slack.faults, broken)("chat.update", times=1)

    with pytest.raises(error):
        await messages.close(client, MAYA, first, "See below.")


async def test_a_home_tab_is_published_only_when_it_changed(slack, client, messages):
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    shown = await messages.publish(client, MAYA, view, None)

    await messages.publish(client, MAYA, view, shown)

    assert len(slack.calls("views.publish")) == 1
    assert slack.home("U0MAYA") is not None


async def test_a_group_talk_is_refused_without_its_scope():
    async with Playground.start(scopes=["chat:write"]) as slack, client_of(slack) as client:
        with pytest.raises(Undeliverable) as refusal:
            await Messages(Pacer(0.0), Metrics(), Outages()).open_group(client, MAYA, ["U0MAYA", "U0RAJ"])

    assert refusal.value.code == "missing_scope"


async def test_every_call_is_counted_by_its_outcome(slack, client):
    metrics = Metrics()
    slack.faults.fail("chat.postMessage", times=1)

    with pytest.raises(SlackAway):
        await Messages(Pacer(0.0), metrics, Outages()).show(client, picture("Hello"), MAYA, None, UNMARKED)

    assert 'waymark_slack_calls_total{method="chat.postMessage",outcome="internal_error"} 1.0' in (
        metrics.text().decode()
    )

"""Calls to Slack: each failure is sorted by what can be done about it."""

import pytest
from slack_clients import client_of

from playground.driver import Playground
from slackapp.process.errors import MessageGone, RateLimited, SlackAway, TokenRefused, Undeliverable
from slackapp.workspaces.slack_calls import ask, call, web_client, web_session


async def test_an_answer_comes_back_as_it_is():
    async with Playground.start() as slack, client_of(slack) as client:
        answer = await call(client, "chat.postMessage", {"channel": "U0MAYA", "text": "Hello"})

    assert answer["ts"]


async def test_a_rate_limit_says_how_long_to_wait():
    async with Playground.start() as slack, client_of(slack) as client:
        slack.faults.rate_limit("chat.postMessage", retry_after=7)

        with pytest.raises(RateLimited) as refusal:
            await call(client, "chat.postMessage", {"channel": "U0MAYA", "text": "Hello"})

    assert refusal.value.after == 7


async def test_a_server_error_may_pass():
    async with Playground.start() as slack, client_of(slack) as client:
        slack.faults.fail("chat.postMessage")

        with pytest.raises(SlackAway):
            await call(client, "chat.postMessage", {"channel": "U0MAYA", "text": "Hello"})


async def test_an_unknown_person_stays_unknown():
    async with Playground.start() as slack, client_of(slack) as client:
        with pytest.raises(Undeliverable) as refusal:
            await ask(client, "users.info", {"user": "U0NOBODY"})

    assert refusal.value.code == "user_not_found"


async def test_a_token_that_is_not_valid_is_told_apart():
    async with Playground.start() as slack, client_of(slack, token="xoxb-wrong") as client:
        with pytest.raises(TokenRefused):
            await call(client, "chat.postMessage", {"channel": "U0MAYA", "text": "Hello"})


async def test_a_message_that_is_gone_is_told_apart():
    async with Playground.start() as slack, client_of(slack) as client:
        sent = await call(client, "chat.postMessage", {"channel": "U0MAYA", "text": "Hello"})
        await call(client, "chat.delete", {"channel": sent["channel"], "ts": sent["ts"]})

        with pytest.raises(MessageGone):
            await call(client, "chat.update", {"channel": sent["channel"], "ts": sent["ts"], "text": "?"})


async def test_an_address_where_nobody_listens_is_slack_being_away():
    async with web_session() as session:
        with pytest.raises(SlackAway):
            await call(web_client(session, "http://127.0.0.1:9/api/", "xoxb-1"), "auth.test", {})

"""Calls to Slack: each failure is sorted by what can be done about it."""

from functools import partial

import pytest
from make import NOW
from odd_slack import Odd, odd_slack
from slack_clients import client_of

from playground.driver import Playground
from slackapp.delivery.uploads import download
from slackapp.process.errors import MessageGone, RateLimited, SlackAway, TokenRefused, Undeliverable
from slackapp.transport.socket_mode import ask_where
from slackapp.workspaces.history import since
from slackapp.workspaces.identity import ask_who
from slackapp.workspaces.slack_calls import ask, call, part, web_client, web_session


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


def limited(after: str) -> Odd:
    return Odd(429, b'{"ok": false, "error": "ratelimited"}', {"Retry-After": after})


def refused(code: str) -> Odd:
    return Odd(body=b'{"ok": false, "error": %s}' % code.encode())


NO_REFUSALS = {
    "a portal's page": Odd(
        body=b"<html>Sign in to this network</html>", headers={"Content-Type": "text/html"}
    ),
    "a proxy's refusal": Odd(403, b"<html>Blocked</html>", {"Content-Type": "text/html"}),
    "nothing": Odd(body=b""),
    "a list": Odd(body=b"[1]"),
    "half of it": Odd(body=b'{"ok": tru'),
    "text": Odd(headers={"Content-Type": "text/plain"}),
    "no UTF-8": Odd(body=b'{"ok": true, "x": "\xff"}'),
    "no gzip": Odd(headers={"Content-Encoding": "gzip"}),
    "no reason": Odd(body=b'{"ok": false}'),
    "no word": refused("null"),
    "on its way into an organisation": refused('"org_login_required"'),
}
PATIENCE = {"Wed, 21 Oct 2026 07:28:00 GMT": 1, "nan": 1, "1e300": 3600, "-5": 0, "": 1, "7": 7}


async def test_only_a_word_of_slacks_own_is_a_refusal_and_patience_is_a_number():
    answers = {**NO_REFUSALS, **{f"after {it}": limited(it) for it in PATIENCE}}
    by_number = {str(number): it for number, it in enumerate(answers.values())}
    async with odd_slack(by_number) as address, web_session() as session:
        client, found = web_client(session, address, "xoxb-1"), {}
        for number, name in enumerate(answers):
            for way in (call, ask):
                try:
                    found[name, way] = await way(client, str(number), {})
                except (SlackAway, RateLimited) as error:
                    found[name, way] = error

    for way in (call, ask):
        assert [name for name in NO_REFUSALS if not isinstance(found[name, way], SlackAway)] == []
        assert {it: found[f"after {it}", way].after for it in PATIENCE} == PATIENCE


async def test_an_answer_without_what_slack_always_says_is_none_of_slacks():
    strange = Odd(body=b'{"ok": true, "team_id": 5, "user_id": "", "url": null, "members": {}}')
    methods = ("auth.test", "apps.connections.open", "users.list", "conversations.history")
    async with odd_slack(dict.fromkeys(methods, strange)) as address, web_session() as session:
        client = web_client(session, address, "xoxb-1")

        with pytest.raises(SlackAway):
            await ask_who(client, "xoxb-1", NOW)
        with pytest.raises(SlackAway):
            await ask_where(client, "xapp-1")
        with pytest.raises(SlackAway):
            part(await ask(client, "users.list", {}), "members", list)
        with pytest.raises(SlackAway):
            [message async for message in since(partial(ask, client), "D1", 0.0)]


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, Undeliverable), (403, Undeliverable), (503, SlackAway), (408, SlackAway), (429, RateLimited)],
)
async def test_a_file_that_is_gone_is_not_waited_for(status: int, error: type[Exception]):
    answers = {"files.info": Odd(), "F1": Odd(status, b"")}
    async with odd_slack(answers) as address, web_session() as session:
        here = address.removesuffix("/api/").encode()
        answers["files.info"] = Odd(body=b'{"ok": true, "file": {"url_private_download": "%s/F1"}}' % here)
        client = web_client(session, address, "xoxb-1")

        with pytest.raises(error):
            await download(client, "F1", at_most=100)

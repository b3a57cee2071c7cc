"""Signed HTTP delivery: signatures that Slack's SDK accepts, retries, and what a failed answer shows."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from playground_endpoint import Endpoint

from playground.driver import Playground
from playground.foundation.wall import StillWall


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall(), app_url=app.url, signing_secret="s3cret") as slack:
        yield slack


async def test_every_delivery_carries_a_signature_that_slacks_sdk_accepts(slack: Playground, app: Endpoint):
    await slack.command("U0MAYA", "/ask-mentor", "héllo & <b>")
    await slack.shortcut("U0MAYA", "anything")
    await slack.say("U0MAYA", "hello")
    await slack.settled()

    assert len(app.deliveries) == 3
    assert app.all_signed("s3cret")
    assert not app.all_signed("another secret")


async def test_a_command_arrives_as_slacks_form(slack: Playground, app: Endpoint):
    await slack.command("U0MAYA", "/ask-mentor", "ask @raj in #python <3")

    form = {key: value[0] for key, value in parse_qs(app.deliveries[0].body).items()}
    assert form["command"] == "/ask-mentor"
    assert form["text"] == "ask <@U0RAJ|raj> in <#C0PYTHON|python> &lt;3"
    assert form["channel_name"] == "general"
    assert form["response_url"].startswith(slack.url)


async def test_the_answer_to_a_command_is_shown_to_the_person_alone(slack: Playground, app: Endpoint):
    app.answer = lambda _: web.json_response({"text": "Noted"})

    answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.shown in slack.messages("U0MAYA", "C0GENERAL")
    assert answer.shown not in slack.messages("U0RAJ", "C0GENERAL")


async def test_an_answer_in_channel_is_seen_by_everyone(slack: Playground, app: Endpoint):
    app.answer = lambda _: web.json_response({"text": "Noted", "response_type": "in_channel"})

    answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.shown in slack.messages("U0RAJ", "C0GENERAL")


async def test_a_command_that_fails_says_so_in_slacks_words(slack: Playground, app: Endpoint):
    app.answer = lambda _: web.Response(status=500)

    answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.error == '/ask-mentor failed with the error "dispatch_failed".'


async def test_an_answer_with_bad_blocks_is_an_invalid_response(slack: Playground, app: Endpoint):
    app.answer = lambda _: web.json_response({"text": "Noted", "blocks": [{"type": "section"}]})

    answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.error == '/ask-mentor failed with the error "invalid_command_response".'


async def test_an_undeclared_command_never_reaches_the_app(slack: Playground, app: Endpoint):
    answer = await slack.command("U0MAYA", "/unheard-of")

    assert answer.error == "/unheard-of is not a valid command."
    assert app.deliveries == []


async def test_people_of_another_workspace_cannot_use_the_commands(slack: Playground, app: Endpoint):
    answer = await slack.command("U0PAT", "/ask-mentor", "hello")

    assert answer.error == "/ask-mentor cannot be used by people of another workspace."
    assert app.deliveries == []


async def test_an_event_is_retried_at_once_then_after_a_minute_then_after_five(
    slack: Playground, app: Endpoint
):
    app.answer = lambda _: web.Response(status=503)

    await slack.say("U0MAYA", "hello")
    await slack.until(lambda: len(app.deliveries) == 2)
    await slack.skip(timedelta(minutes=1))
    await slack.until(lambda: len(app.deliveries) == 3)
    await slack.skip(timedelta(minutes=5))
    await slack.until(lambda: len(app.deliveries) == 4)

    numbers = [each.headers.get("X-Slack-Retry-Num") for each in app.deliveries]
    assert numbers == [None, "1", "2", "3"]
    assert app.deliveries[1].headers["X-Slack-Retry-Reason"] == "http_error"
    assert len({each.body for each in app.deliveries}) == 1


async def test_an_app_may_ask_not_to_be_sent_an_event_again(slack: Playground, app: Endpoint):
    app.answer = lambda _: web.Response(status=500, headers={"x-slack-no-retry": "1"})

    await slack.say("U0MAYA", "hello")
    await slack.settled()

    assert len(app.deliveries) == 1


async def test_repeated_events_keep_their_event_id(slack: Playground, app: Endpoint):
    slack.faults.repeat_events = True

    await slack.say("U0MAYA", "hello")
    await slack.settled()

    assert len(app.deliveries) == 2
    assert app.deliveries[0].body == app.deliveries[1].body


async def test_an_app_that_is_not_there_is_unreachable(slack: Playground):
    slack.app_url = "http://127.0.0.1:9/slack/events"

    done = await slack.shortcut("U0MAYA", "anything")

    assert done.error == "That did not work: the app did not answer (connection_failed)."


async def test_a_direct_message_is_an_event_and_one_in_a_channel_is_not(slack: Playground, app: Endpoint):
    await slack.say("U0MAYA", "for everyone", conversation="C0GENERAL")
    await slack.say("U0MAYA", "for the app")
    await slack.settled()

    events = [each.event() for each in app.deliveries]
    assert [(event["text"], event["channel_type"]) for event in events] == [("for the app", "im")]


async def test_changes_of_people_are_told(slack: Playground, app: Endpoint):
    await slack.change_person("U0RAJ", deleted=True)
    await slack.settled()

    event = app.deliveries[0].event()
    assert event["type"] == "user_change"
    assert event["user"]["deleted"]


async def test_the_uninstall_is_told_and_ends_everything(slack: Playground, app: Endpoint):
    await slack.uninstall()
    await slack.settled()

    await slack.say("U0MAYA", "Anyone?")
    await slack.settled()

    assert [each.event()["type"] for each in app.deliveries] == ["app_uninstalled", "tokens_revoked"]

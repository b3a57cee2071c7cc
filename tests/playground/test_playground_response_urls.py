"""Response URLs: five uses in thirty minutes, replacing and deleting what they answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import make_blocks as make
import pytest
from aiohttp import web
from playground_endpoint import Endpoint, endpoint
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.driver import Playground


@pytest.fixture
async def app() -> AsyncIterator[Endpoint]:
    async with endpoint() as app:
        app.answer = lambda _: web.json_response({"text": "Noted"})
        yield app


async def response_url(slack: Playground) -> AsyncWebhookClient:
    """Use a command as U0MAYA, and return the way to answer it."""
    await slack.command("U0MAYA", "/ask-mentor", "hello")
    request: Any = slack.log()[-1].request
    return AsyncWebhookClient(request["response_url"])


async def test_an_answer_is_for_the_person_alone_unless_said_otherwise(slack: Playground):
    url = await response_url(slack)

    await url.send(text="For you")
    await url.send(text="For all", response_type="in_channel")

    assert [each.text for each in slack.messages("U0MAYA", "C0GENERAL")] == ["Noted", "For you", "For all"]
    assert [each.text for each in slack.messages("U0RAJ", "C0GENERAL")] == ["For all"]


async def test_the_receipt_of_a_command_can_be_replaced(slack: Playground):
    url = await response_url(slack)

    await url.send(text="Asked 2 of 5", replace_original=True)

    assert [each.text for each in slack.messages("U0MAYA", "C0GENERAL")] == ["Asked 2 of 5"]


async def test_the_original_can_be_deleted(slack: Playground):
    url = await response_url(slack)

    await url.send(delete_original=True)

    assert slack.messages("U0MAYA", "C0GENERAL") == []


async def test_the_sixth_use_is_refused(slack: Playground):
    url = await response_url(slack)
    for number in range(5):
        assert (await url.send(text=str(number))).status_code == 200

    refused = await url.send(text="6")

    assert (refused.status_code, refused.body) == (404, '{"ok": false, "error": "used_url"}')


async def test_after_thirty_minutes_it_is_refused(slack: Playground):
    url = await response_url(slack)
    await slack.skip(timedelta(minutes=31))

    refused = await url.send(text="Late")

    assert (refused.status_code, refused.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_bad_blocks_are_refused_here_too(slack: Playground):
    url = await response_url(slack)

    refused = await url.send(text="x", blocks=[{"type": "carol"}])

    assert refused.status_code == 400
    assert "invalid_blocks" in refused.body


async def test_a_button_on_an_ephemeral_message_can_replace_it_but_does_not_repeat_it(
    slack: Playground, app: Endpoint
):
    row = make.actions(make.button("Withdraw"))
    app.answer = lambda _: web.json_response({"text": "Receipt", "blocks": [row]})
    receipt = (await slack.command("U0MAYA", "/ask-mentor", "hello")).shown
    assert receipt is not None

    await slack.press("U0MAYA", receipt, "Withdraw")

    sent: Any = slack.calls("block_actions")[-1].request
    assert sent["container"]["is_ephemeral"]
    assert "message" not in sent
    await AsyncWebhookClient(sent["response_url"]).send(text="Withdrawn", replace_original=True)
    assert [each.text for each in slack.messages("U0MAYA", "C0GENERAL")] == ["Withdrawn"]


async def test_a_button_on_a_card_answers_in_the_thread_of_the_card(slack: Playground):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    root = await client.chat_postMessage(channel="U0MAYA", text="Session")
    row = make.actions(make.button("Wrap up"))
    await client.chat_postMessage(channel="U0MAYA", text="Done?", blocks=[row], thread_ts=root["ts"])

    await slack.press("U0MAYA", slack.dm("U0MAYA")[-1], "Wrap up")

    sent: Any = slack.calls("block_actions")[-1].request
    await AsyncWebhookClient(sent["response_url"]).send(text="Thanks")
    assert slack.dm("U0MAYA")[-1].thread_ts == root["ts"]

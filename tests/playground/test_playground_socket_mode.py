"""A stock slack_bolt app in Socket Mode talks to the playground as it would to Slack."""

from collections.abc import AsyncIterator

import pytest
from playground_client import stock_app
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground
from playground.foundation.wall import StillWall


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall(), retry_delays=(0.0, 0.0, 0.0)) as slack:
        client = AsyncWebClient(base_url=slack.api_url)
        handler = AsyncSocketModeHandler(
            stock_app(slack), slack.app_token, web_client=client, ping_interval=1
        )
        await handler.connect_async()
        await slack.connected()
        yield slack
        await handler.close_async()


async def test_a_command_shows_what_the_acknowledgement_says(slack: Playground):
    answer = await slack.command("U0MAYA", "/ask-mentor", "How do I profile asyncio?")

    assert answer.ok
    assert answer.shown is not None
    assert answer.shown.text == "Noted: How do I profile asyncio?"
    assert answer.shown.ephemeral_to == "U0MAYA"


async def test_a_button_updates_its_card_and_answers_only_who_pressed_it(slack: Playground):
    await slack.command("U0MAYA", "/ask-mentor", "How do I profile asyncio?")
    card = await slack.message("U0AIKO", containing="asyncio")

    await slack.press("U0AIKO", card, "I can help")

    assert (await slack.message("U0AIKO", containing="Thank you")).ephemeral
    assert slack.dm("U0AIKO")[0].text == "You help Maya"


async def test_a_form_is_filled_in_sent_back_and_closed(slack: Playground):
    await slack.command("U0MAYA", "/ask-mentor")

    refused = await slack.submit("U0MAYA", {"question": "?", "topics": ["Python"]})
    accepted = await slack.submit("U0MAYA", {"question": "How?"})

    assert refused.errors == {"question": "Say a little more."}
    assert accepted.closed
    assert slack.modal("U0MAYA") is None
    await slack.message("U0MAYA", containing="Filed under python")


async def test_closing_a_form_is_told_to_an_app_that_asked_for_it(slack: Playground):
    await slack.command("U0MAYA", "/ask-mentor")

    await slack.close("U0MAYA")

    await slack.message("U0MAYA", containing="Closed without asking")


async def test_opening_the_home_tab_publishes_it(slack: Playground):
    await slack.open_home("U0MAYA")

    view = await slack.until(lambda: slack.home("U0MAYA"))
    assert "Hello" in view.words


async def test_a_direct_message_is_answered_in_its_thread(slack: Playground):
    first = await slack.say("U0MAYA", "Are you there?")
    await slack.message("U0MAYA", containing="You said: Are you there?")

    await slack.say("U0MAYA", "And here?", thread_ts=first.ts)

    reply = await slack.message("U0MAYA", containing="You said: And here?")
    assert reply.thread_ts == first.ts


async def test_a_message_shortcut_opens_a_form(slack: Playground):
    message = await slack.say("U0MAYA", "Who knows SQL?", conversation="C0GENERAL")

    await slack.shortcut("U0TOMAS", "ask_about_it", message)

    view = await slack.until(lambda: slack.modal("U0TOMAS"))
    assert view.title == "Ask"


async def test_a_dropped_connection_is_opened_again_by_the_client(slack: Playground):
    opened = len(slack.calls("apps.connections.open"))

    await slack.drop_socket()
    await slack.until(lambda: len(slack.calls("apps.connections.open")) > opened)
    await slack.connected()

    assert (await slack.command("U0MAYA", "/ask-mentor", "Still there?")).ok


async def test_a_request_to_come_again_is_followed(slack: Playground):
    opened = len(slack.calls("apps.connections.open"))

    await slack.refresh_socket()

    await slack.until(lambda: len(slack.calls("apps.connections.open")) > opened)

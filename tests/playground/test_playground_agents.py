"""The playground's agent features: what they show, and what they refuse as Slack does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Message, Playground
from playground.foundation.errors import NotPossible
from playground.foundation.wall import StillWall
from playground.line.app_manifest import DEFAULT_MANIFEST

MAYA = "U0MAYA"
PROMPT = {"title": "Begin", "message": "I am stuck"}


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall()) as slack:
        yield slack


async def code(answer: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await answer
    return str(caught.value.response["error"])


async def rooted(slack: Playground) -> dict[str, str]:
    root = await slack.say(MAYA, "Hello")
    return {"channel": root.conversation, "thread_ts": root.ts}


def newest(slack: Playground) -> Message:
    return slack.dm(MAYA)[-1]


async def test_a_stream_grows_and_ends_with_its_blocks_below(slack: Playground, client: AsyncWebClient):
    place = await rooted(slack)

    begun = await client.chat_startStream(**place, markdown_text="One ")
    at = {"channel": place["channel"], "ts": begun["ts"]}
    await client.chat_appendStream(**at, markdown_text="two")
    assert (newest(slack).text, newest(slack).streaming) == ("One two", True)
    below = [{"type": "context", "elements": [{"type": "mrkdwn", "text": "by whom"}]}]
    await client.chat_stopStream(**at, blocks=below)

    assert [block["type"] for block in newest(slack).blocks] == ["markdown", "context"]
    assert not newest(slack).streaming
    assert (
        await code(client.chat_appendStream(**at, markdown_text="three")) == "message_not_in_streaming_state"
    )
    assert await code(client.chat_stopStream(**at)) == "message_not_in_streaming_state"


async def test_a_stream_is_refused_without_a_thread_too_long_or_with_bad_blocks(
    slack: Playground, client: AsyncWebClient
):
    place = await rooted(slack)

    assert (
        await code(client.api_call("chat.startStream", json={"channel": place["channel"]}))
        == "invalid_arguments"
    )
    assert (
        await code(client.chat_startStream(channel=place["channel"], thread_ts="1.0")) == "thread_not_found"
    )
    assert await code(client.chat_startStream(**place, markdown_text="x" * 12_001)) == "msg_too_long"
    begun = await client.chat_startStream(**place)
    bad = client.chat_stopStream(channel=place["channel"], ts=begun["ts"], blocks=[{"type": "nonsense"}])
    assert await code(bad) == "invalid_blocks"


async def test_a_status_stands_until_the_app_answers(slack: Playground, client: AsyncWebClient):
    place = await rooted(slack)
    at = (place["channel"], place["thread_ts"])

    await processing(client, at)
    assert slack.slack.statuses[at] == "processing"
    await client.chat_postMessage(**place, text="Here you are")

    assert slack.slack.statuses[at] == "active"


async def processing(client: AsyncWebClient, at: tuple[str, str], status: str = "processing") -> Any:
    said = {"channel_id": at[0], "thread_ts": at[1], "status": status}
    return await client.api_call("agents.sessions.setStatus", json=said)


async def test_only_known_statuses_are_taken(slack: Playground, client: AsyncWebClient):
    place = await rooted(slack)

    assert (
        await code(processing(client, (place["channel"], place["thread_ts"]), "busy")) == "invalid_arguments"
    )


async def test_work_that_is_under_way_can_be_stopped_and_other_work_cannot(
    slack: Playground, client: AsyncWebClient
):
    place = await rooted(slack)
    at = (place["channel"], place["thread_ts"])
    with pytest.raises(NotPossible):
        await slack.stop_agent(MAYA, *at)

    await processing(client, at)
    stream = await client.chat_startStream(**place, markdown_text="Half")
    await processing(client, at)
    await slack.stop_agent(MAYA, *at)

    sent, *_ = await slack.until(lambda: slack.calls("agent_session_stopped"))
    assert sent.request["event"]["streaming_message_ts"] == [stream["ts"]]


async def test_an_app_that_does_not_hear_of_it_is_warned():
    heard = {"event_subscriptions": {"bot_events": ["message.im"]}}
    async with Playground.start(wall=StillWall(), manifest={**DEFAULT_MANIFEST, "settings": heard}) as slack:
        client, place = AsyncWebClient(slack.bot_token, base_url=slack.api_url), await rooted(slack)

        answer = await processing(client, (place["channel"], place["thread_ts"]))

        assert answer["warning"] == "missing_agent_session_stopped_event_subscription"


async def test_prompts_take_the_place_of_the_manifests(slack: Playground, client: AsyncWebClient):
    place = await rooted(slack)

    await client.assistant_threads_setSuggestedPrompts(channel_id=place["channel"], prompts=[PROMPT])

    assert slack.slack.prompts[place["channel"]] == [PROMPT]
    many = client.assistant_threads_setSuggestedPrompts(channel_id=place["channel"], prompts=[PROMPT] * 5)
    assert await code(many) == "invalid_arguments"


async def test_an_app_that_is_no_agent_is_refused_all_of_it():
    features = {key: it for key, it in DEFAULT_MANIFEST["features"].items() if key != "agent_view"}
    async with Playground.start(
        wall=StillWall(), manifest={**DEFAULT_MANIFEST, "features": features}
    ) as slack:
        client, place = AsyncWebClient(slack.bot_token, base_url=slack.api_url), await rooted(slack)

        assert await code(client.chat_startStream(**place)) == "feature_not_enabled"
        shown = client.assistant_threads_setSuggestedPrompts(channel_id=place["channel"], prompts=[PROMPT])
        assert await code(shown) == "feature_not_enabled"

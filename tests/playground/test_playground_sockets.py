"""Socket Mode as the wire has it: one-use addresses, envelopes, acknowledgements, ten connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground
from playground.foundation.wall import StillWall


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall()) as slack:
        yield slack


@pytest.fixture
async def network() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as network:
        yield network


async def address(slack: Playground) -> str:
    """A fresh WebSocket address."""
    client = AsyncWebClient(slack.app_token, base_url=slack.api_url)
    return str((await client.apps_connections_open(app_token=slack.app_token))["url"])


async def test_an_address_works_once(slack: Playground, network: aiohttp.ClientSession):
    url = await address(slack)

    async with network.ws_connect(url) as socket:
        hello = await socket.receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
            await network.ws_connect(url)

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


async def test_the_eleventh_connection_is_turned_away(slack: Playground, network: aiohttp.ClientSession):
    sockets = [await network.ws_connect(await address(slack)) for _ in range(11)]
    greetings = [await socket.receive_json() for socket in sockets]

    assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
    assert greetings[9]["num_connections"] == 10
    assert greetings[10]["reason"] == "too_many_websockets"


async def test_a_payload_in_the_acknowledgement_is_the_answer(
    slack: Playground, network: aiohttp.ClientSession
):
    async with acknowledging(slack, network, {"text": "Noted"}) as envelopes:
        answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.shown is not None
    assert answer.shown.text == "Noted"
    assert (envelopes[0]["type"], envelopes[0]["accepts_response_payload"]) == ("slash_commands", True)


async def test_events_come_in_the_same_envelope_without_asking_for_a_payload(
    slack: Playground, network: aiohttp.ClientSession
):
    async with acknowledging(slack, network) as envelopes:
        await slack.say("U0MAYA", "hello")
        await slack.settled()

    assert (envelopes[0]["type"], envelopes[0]["accepts_response_payload"]) == ("events_api", False)
    assert envelopes[0]["retry_attempt"] == 0
    assert envelopes[0]["payload"]["event"]["text"] == "hello"


async def test_each_payload_goes_to_one_of_the_connections(slack: Playground, network: aiohttp.ClientSession):
    async with acknowledging(slack, network) as one, acknowledging(slack, network) as other:
        for number in range(20):
            await slack.say("U0MAYA", str(number))
        await slack.settled()

    assert len(one) + len(other) == 20
    assert one
    assert other


async def test_what_was_sent_over_a_connection_that_breaks_is_not_waited_for(
    slack: Playground, network: aiohttp.ClientSession
):
    async with network.ws_connect(await address(slack)) as socket:
        await socket.receive_json()
        command = asyncio.create_task(slack.command("U0MAYA", "/ask-mentor", "hello"))
        await socket.receive_json()
        await slack.slack.link.sockets.drop()
        answer = await command

    assert answer.error == '/ask-mentor failed with the error "dispatch_failed".'


async def test_silence_fails_a_command_after_three_seconds_and_an_event_is_sent_again(
    slack: Playground, network: aiohttp.ClientSession
):
    async with network.ws_connect(await address(slack)) as socket:
        await socket.receive_json()
        await slack.say("U0MAYA", "hello")
        command = asyncio.create_task(slack.command("U0MAYA", "/ask-mentor", "hello"))
        received = [await socket.receive_json() for _ in range(2)]
        slack.slack.wall.let_pass(2.9)
        for _ in range(9):
            await asyncio.sleep(0)
        assert not command.done()
        slack.slack.wall.let_pass(0.1)
        answer = await command
        received.append(await socket.receive_json())

    assert answer.error == '/ask-mentor failed with the error "operation_timeout".'
    events = [each for each in received if each["type"] == "events_api"]
    assert [each["retry_attempt"] for each in events] == [0, 1]
    assert events[0]["payload"] == events[1]["payload"]


async def test_without_a_connection_a_command_fails(slack: Playground):
    answer = await slack.command("U0MAYA", "/ask-mentor", "hello")

    assert answer.error == '/ask-mentor failed with the error "dispatch_failed".'


async def test_nonsense_instead_of_an_acknowledgement_ends_the_connection(
    slack: Playground, network: aiohttp.ClientSession
):
    async with network.ws_connect(await address(slack)) as socket:
        await socket.receive_json()
        await socket.send_str("nonsense")

        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


@asynccontextmanager
async def acknowledging(
    slack: Playground, network: aiohttp.ClientSession, payload: dict[str, Any] | None = None
) -> AsyncIterator[list[dict[str, Any]]]:
    """Hold a connection that acknowledges everything with *payload*, and give what it receives."""
    received: list[dict[str, Any]] = []
    async with network.ws_connect(await address(slack)) as socket:
        await socket.receive_json()
        answering = asyncio.create_task(acknowledge(socket, received, payload))
        yield received
        answering.cancel()


async def acknowledge(
    socket: aiohttp.ClientWebSocketResponse, received: list[dict[str, Any]], payload: dict[str, Any] | None
) -> None:
    while True:
        envelope = await socket.receive_json()
        received.append(envelope)
        await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": payload or {}})

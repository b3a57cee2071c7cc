"""Socket Mode: the app comes back by itself, and what is being answered is finished before it stops."""

import asyncio

import pytest
from app_world import MANIFEST, environment_for, start_world
from patience import PATIENCE

from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.wiring import running
from slackapp.process.clock import Clock
from slackapp.process.errors import SlackRefused
from slackapp.process.settings import read

MAYA = "U0MAYA"
QUESTION = "Why does my asyncio service stall? #python"


async def test_a_dropped_connection_is_opened_again(socket_world):
    await socket_world.slack.drop_socket()
    await socket_world.slack.until(lambda: not socket_world.slack.slack.link.connected)

    await socket_world.slack.connected()

    assert (await socket_world.slack.command(MAYA, "/ask-mentor", QUESTION)).ok


async def test_slack_asking_for_a_new_connection_loses_nothing(socket_world):
    await socket_world.slack.refresh_socket()

    await socket_world.slack.connected()

    assert (await socket_world.slack.command(MAYA, "/ask-mentor", QUESTION)).ok


async def test_what_slack_sends_while_the_connection_is_renewed_is_answered(socket_world):
    for pause in (0, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08) * 3:
        await socket_world.slack.refresh_socket()
        await asyncio.sleep(pause)  # the command falls into each moment of the renewal

        assert (await socket_world.slack.command(MAYA, "/ask-mentor", "status")).ok


async def test_a_connection_that_slack_does_not_end_is_ended_once_the_next_one_stands(socket_world):
    socket_world.app.wire.client.overlap = 0.05
    sockets = socket_world.slack.slack.link.sockets
    sockets.ends_renewed = False
    await socket_world.slack.refresh_socket()

    await socket_world.slack.until(lambda: sockets.count == 2)
    await socket_world.slack.until(lambda: sockets.count == 1)

    assert (await socket_world.slack.command(MAYA, "/ask-mentor", "status")).ok


async def test_after_a_restart_the_app_is_there_again(socket_world):
    await socket_world.restart()

    assert (await socket_world.slack.command(MAYA, "/ask-mentor", QUESTION)).ok


@pytest.mark.gated
async def test_what_is_being_answered_is_finished_before_the_app_stops(socket_world):
    socket_world.door.hold()
    asking = asyncio.create_task(socket_world.slack.command(MAYA, "/ask-mentor", QUESTION))
    async with asyncio.timeout(PATIENCE):
        while not socket_world.app.wire.answering:
            await asyncio.sleep(0.001)

    stopping = asyncio.create_task(socket_world.stop())
    socket_world.door.release()
    await stopping

    assert (await asking).ok
    await socket_world.start()


@pytest.mark.gated
async def test_all_that_was_received_is_answered_before_the_app_stops(socket_world):
    socket_world.door.hold()
    lines = [f"{QUESTION} {number}" for number in range(4)]
    asking = [asyncio.create_task(socket_world.slack.command(MAYA, "/ask-mentor", line)) for line in lines]
    async with asyncio.timeout(PATIENCE):
        while not socket_world.app.wire.answering:
            await asyncio.sleep(0)

    stopping = asyncio.create_task(socket_world.stop())
    await asyncio.sleep(0)
    socket_world.door.release()
    await stopping

    assert [answer.ok for answer in await asyncio.gather(*asking)] == [True] * 4
    await socket_world.start()


async def test_an_app_token_that_slack_does_not_take_is_named(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        environment = environment_for(world.slack, redis_url, "socket", MANIFEST)
        settings = read(environment | {"SLACK_APP_TOKEN": "xapp-1-wrong"})

        with pytest.raises(SlackRefused, match="SLACK_APP_TOKEN"):
            async with running(settings, open_manifest(MANIFEST), Clock()):
                pass


async def test_a_bot_token_that_slack_does_not_take_is_named(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        environment = environment_for(world.slack, redis_url, "socket", MANIFEST)
        settings = read(environment | {"SLACK_BOT_TOKEN": "xoxb-wrong"})

        with pytest.raises(SlackRefused, match="SLACK_BOT_TOKEN"):
            async with running(settings, open_manifest(MANIFEST), Clock()):
                pass

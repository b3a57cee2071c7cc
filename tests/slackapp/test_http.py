"""The web server: only Slack is answered, retries change nothing, acknowledged means saved."""

import json
import socket
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from slack_posts import command, message, post

from slackapp.process.errors import PortTaken
from slackapp.transport import http

MAYA = "U0MAYA"
QUESTION = "Why does my asyncio service stall? #python"


def url(world, path="/slack/events"):
    return f"http://127.0.0.1:{world.app.port}{path}"


async def get(world, path):
    async with aiohttp.ClientSession() as session, session.get(url(world, path)) as answer:
        return answer.status, await answer.text()


async def figures(world):
    address = f"http://127.0.0.1:{world.app.metrics_port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.text()


async def asked(world):
    desk = await world.desk()
    return await desk.store.count(f"requests-of:{MAYA}")


async def test_a_signed_command_is_saved_before_it_is_acknowledged(http_world):
    status, text = await post(url(http_world), http_world.slack.signing_secret, command(MAYA, QUESTION))

    assert (status, await asked(http_world)) == (200, 1)
    assert json.loads(text)["response_type"] == "ephemeral"


@pytest.mark.parametrize("secret", ["another-signing-secret", "x"])
async def test_a_wrong_signature_is_refused(http_world, secret):
    status, _ = await post(url(http_world), secret, command(MAYA, QUESTION))

    assert (status, await asked(http_world)) == (401, 0)


@pytest.mark.parametrize(
    "age", [301, -900]
)  # the real clock goes on: what comes in good time would age into it
async def test_a_request_from_another_time_is_refused_even_when_signed(http_world, age):
    status, _ = await post(
        url(http_world), http_world.slack.signing_secret, command(MAYA, QUESTION), at=time.time() - age
    )

    assert (status, await asked(http_world)) == (401, 0)


async def test_an_unsigned_request_is_refused(http_world):
    body = command(MAYA, QUESTION)
    async with aiohttp.ClientSession() as session, session.post(url(http_world), data=body) as answer:
        assert answer.status == 401


async def test_an_event_that_slack_sends_again_has_no_second_effect(http_world):
    body = message(MAYA, QUESTION, event_id="Ev0SAME")
    again = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    secret = http_world.slack.signing_secret

    first, _ = await post(url(http_world), secret, body)
    await http_world.settle()
    said = len(http_world.slack.dm(MAYA))
    second, _ = await post(url(http_world), secret, body, headers=again)
    await http_world.settle()

    assert (first, second) == (200, 200)
    assert len(http_world.slack.dm(MAYA)) == said


async def test_events_repeated_by_slack_itself_have_no_second_effect(world):
    world.slack.faults.repeat_events = True

    await world.slack.say(MAYA, "How do I learn to profile my code?")
    await world.settle()

    drafts = await (await world.desk()).store.count(f"drafts-of:{MAYA}")
    requests = await asked(world)
    assert drafts + requests == 1


@pytest.mark.gated
async def test_with_redis_away_an_event_is_not_acknowledged_so_that_slack_sends_it_again(http_world):
    secret, body = http_world.slack.signing_secret, message(MAYA, QUESTION, event_id="Ev0AWAY")
    await http_world.redis_away()
    away, _ = await post(url(http_world), secret, body)

    await http_world.redis_back()
    back, _ = await post(url(http_world), secret, body, headers={"x-slack-retry-num": "1"})

    assert away == 500
    assert back == 200


@pytest.mark.gated
async def test_with_redis_away_a_command_gives_the_text_back(http_world):
    await http_world.redis_away()

    status, text = await post(
        url(http_world), http_world.slack.signing_secret, command(MAYA, "Where is my question?")
    )

    assert status == 200
    assert "Where is my question?" in text


async def test_an_event_that_nobody_listens_to_is_acknowledged(http_world):
    body = message(MAYA, "", event_id="Ev0OTHER", type="reaction_added")

    assert (await post(url(http_world), http_world.slack.signing_secret, body))[0] == 200


async def test_someone_of_another_workspace_is_turned_away_kindly(http_world):
    press = {
        "type": "block_actions",
        "team": {"id": "T0PLAYGRND"},
        "user": {"id": "U0STRANGER", "team_id": "T0ELSEWHERE"},
        "api_app_id": "A0WAYMARK",
        "trigger_id": http_world.slack.slack.triggers.issue(MAYA),
        "actions": [{"action_id": "offer.accept", "block_id": "b", "type": "button", "value": "x"}],
    }
    body = urlencode({"payload": json.dumps(press)})

    status, _ = await post(url(http_world), http_world.slack.signing_secret, body)

    desk = await http_world.desk()
    assert (status, await desk.store.count("people")) == (200, 0)


async def test_the_challenge_of_a_new_request_url_is_answered(http_world):
    body = json.dumps({"type": "url_verification", "challenge": "abc123"})

    status, text = await post(url(http_world), http_world.slack.signing_secret, body)

    assert status == 200
    assert "abc123" in text


@pytest.mark.gated
async def test_a_live_process_says_so_whatever_else_is_down(http_world):
    await http_world.redis_away()

    assert (await get(http_world, "/healthz"))[0] == 200


@pytest.mark.gated
async def test_a_process_is_ready_while_redis_answers(world):
    ready = await get(world, "/readyz")
    await world.redis_away()
    away = await get(world, "/readyz")

    assert ready[0] == 200
    assert away[0] == 503
    assert "Redis" in away[1]


async def test_in_socket_mode_a_process_is_ready_while_it_is_connected(socket_world):
    await socket_world.slack.drop_socket()
    await socket_world.slack.until(lambda: not socket_world.slack.slack.link.connected)

    status, text = await get(socket_world, "/readyz")

    assert (status, "Slack" in text) == (503, True)


async def test_the_figures_tell_acknowledgements_and_deliveries(world):
    await world.slack.command(MAYA, "/ask-mentor", QUESTION)
    await world.settle()

    text = await figures(world)

    assert 'waymark_ack_seconds_count{kind="command"} 1.0' in text
    assert 'waymark_slack_calls_total{method="chat.postMessage",outcome="ok"}' in text
    assert 'waymark_duties_total{kind="route",outcome="done"} 1.0' in text


async def test_a_port_that_is_taken_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"127.0.0.1:{port}"):
            async with http.listening(web.Application(), "127.0.0.1", port):
                pass

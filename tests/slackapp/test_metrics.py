"""The figures: at a port of their own, and never more series than there are things to count."""

import socket
from contextlib import suppress

import aiohttp
import pytest
from pydantic import SecretStr

from slackapp.process.errors import PortTaken, RateLimited, SlackAway, Undeliverable
from slackapp.process.metrics import REFUSALS, Metrics
from slackapp.process.settings import METRICS_PORT, Settings, read
from slackapp.transport import http
from slackapp.workspaces.slack_calls import outcome

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1-abc", "SLACK_APP_TOKEN": "xapp-1-abc"}


async def read_from(port: int | None) -> str:
    address = f"http://127.0.0.1:{port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return await answer.text()


async def test_they_are_read_at_a_port_of_their_own():
    metrics = Metrics()
    metrics.refuse(401)

    async with http.scraped(read(SOCKET | {"METRICS_PORT": "0"}), metrics) as port:
        text = await read_from(port)

    assert 'waymark_refused_total{status="401"} 1.0' in text


def test_by_default_this_machine_alone_can_read_them():
    settings = read(SOCKET)

    assert (settings.metrics_host, settings.metrics_port) == ("127.0.0.1", METRICS_PORT)


async def test_where_the_usual_port_is_taken_the_app_goes_on_without():
    with socket.socket() as other:
        with suppress(OSError):  # then it is taken already
            other.bind(("127.0.0.1", METRICS_PORT))
            other.listen()

        async with http.scraped(read(SOCKET), Metrics()) as port:
            assert port is None


async def test_where_a_port_that_was_asked_for_is_taken_the_start_stops_and_says_so():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = read(SOCKET | {"METRICS_PORT": str(other.getsockname()[1])})

        with pytest.raises(PortTaken, match="METRICS_PORT"):
            async with http.scraped(settings, Metrics()):
                pass


async def test_none_are_served_where_none_are_wanted():
    settings = Settings(SLACK_BOT_TOKEN=SecretStr("xoxb-1"), METRICS_PORT=None)

    async with http.scraped(settings, Metrics()) as port:
        assert port is None


def test_only_refusals_that_the_app_makes_are_counted():
    metrics = Metrics()
    for status in range(100, 600):
        metrics.refuse(status)

    counted = metrics.text().decode().count("waymark_refused_total{")
    assert counted == len(REFUSALS)


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (RateLimited(1.0), "ratelimited"),
        (SlackAway("internal_error"), "internal_error"),
        (SlackAway("TimeoutError"), "away"),
        (Undeliverable("channel_not_found"), "channel_not_found"),
        (Undeliverable("a_word_of_tomorrow"), "other"),
    ],
)
def test_a_failed_call_is_named_by_a_word_that_is_known(error, word):
    assert outcome(error) == word

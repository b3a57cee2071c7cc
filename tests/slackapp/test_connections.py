"""How long, and with how much, a stranger may keep the app waiting; Slack is never kept out."""

import asyncio
import json
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hurried_loop import hurried
from patience import PATIENCE
from raw_http import Header, request, signed
from slack_bolt.async_app import AsyncApp

from slackapp.process.metrics import Metrics
from slackapp.process.settings import SLACK_API
from slackapp.transport import connections, http
from slackapp.transport.connections import ConnectionLimits
from slackapp.transport.intake import Intake
from slackapp.transport.response_urls import ResponseUrls
from slackapp.transport.signatures import Signatures
from slackapp.workspaces.slack_calls import web_session

SECRET = "0123456789abcdef0123456789abcdef"
EVENTS = "/slack/events"
JSON: Header = ("Content-Type", "application/json")
BODY = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
HALF = {
    "nothing": b"",
    "half a line": b"POST /sla",
    "half of the headers": b"POST /slack/events HTTP/1.1\r\nHost: x\r\n",
    "half of a body": request("POST", EVENTS, [JSON], BODY)[:-1],
    "no body": request("POST", EVENTS, [JSON], BODY)[: -len(BODY)],
    "half of a chunk": request("POST", EVENTS, [JSON], BODY, chunked=True)[:-20],
    "no last chunk": request("POST", EVENTS, [JSON], BODY, chunked=True)[:-5],
    "half of a page's body": b"POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n",
}


@dataclass
class Caller:
    """One connection to the app."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, sent: bytes) -> int:
        """Send something and return the status of the answer."""
        self.writer.write(sent)
        async with asyncio.timeout(PATIENCE):
            head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
            length = head.partition(b"content-length: ")[2].split(b"\r")[0]
            await self.reader.readexactly(int(length or 0))
        return int(head.split()[1])

    async def is_hung_up_on(self) -> bool:
        """Wait for the end of the connection, and return whether nothing was answered before."""
        async with asyncio.timeout(PATIENCE):
            try:
                return await self.reader.read() == b""
            except ConnectionError:
                return True


@dataclass
class Site:
    """A web server of its own with the app's limits made small."""

    port: int
    metrics: Metrics
    callers: list[Caller]

    async def call(self, sent: bytes = b"") -> Caller:
        """Connect and send something."""
        caller = Caller(*await asyncio.open_connection("127.0.0.1", self.port))
        self.callers.append(caller)
        caller.writer.write(sent)
        await caller.writer.drain()
        return caller

    def count(self, why: str) -> float:
        """How many connections were cut for a reason."""
        return self.metrics.registry.get_sample_value("waymark_connections_cut_total", {"why": why}) or 0.0


def rightly() -> bytes:
    """A request that Slack signed."""
    return request("POST", EVENTS, [JSON, *signed(SECRET, BODY)], BODY)


@asynccontextmanager
async def serving(**changed: float) -> AsyncIterator[Site]:
    async def ready() -> None:
        return None

    metrics, limits = Metrics(), ConnectionLimits(**{"wait": 60.0, "linger": 0.2, **changed})  # type: ignore[arg-type]
    bolt = AsyncApp(token="xoxb-1", request_verification_enabled=False)
    # Server and callers share the loop: time goes on only where none of them has anything to do.
    with hurried():
        async with web_session() as session:
            site = http.web_app(metrics, ready)
            intake = Intake(bolt, ResponseUrls(SLACK_API, session), metrics)
            signatures = Signatures(SECRET, lambda: datetime.now(UTC))
            site.router.add_post(EVENTS, http.slack_events(intake, signatures))
            async with http.listening(site, "127.0.0.1", 0, metrics, limits=limits) as port:
                served = Site(port, metrics, [])
                try:
                    yield served
                finally:
                    for caller in served.callers:
                        caller.writer.close()


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
async def test_what_is_half_sent_is_ended(sent: bytes):
    async with serving() as site:
        caller = await site.call(sent)

        assert await caller.is_hung_up_on()
        assert site.count("late") == 1


async def test_a_request_that_trickles_in_is_ended_too():
    async with serving() as site:
        caller = await site.call()

        async def trickle() -> None:
            for byte in rightly():
                caller.writer.write(bytes([byte]))
                await asyncio.sleep(5)

        trickling = asyncio.create_task(trickle())
        assert await caller.is_hung_up_on()
        assert site.count("late") == 1
        trickling.cancel()


async def test_slack_may_stay_for_its_next_request_and_a_half_one_of_its_is_ended():
    async with serving() as site:
        slack, stranger = await site.call(), await site.call(b"POST")
        first = await slack.ask(rightly())
        assert await stranger.is_hung_up_on()

        second = await slack.ask(rightly())
        slack.writer.write(rightly()[:-1])

        assert (first, second) == (200, 200)
        assert await slack.is_hung_up_on()


async def test_slack_may_not_stay_for_ever():
    async with serving(idle=0.3) as site:
        slack = await site.call()
        await slack.ask(rightly())

        assert await slack.is_hung_up_on()


@pytest.mark.parametrize("path", [EVENTS, "/healthz", "/nowhere"])
async def test_who_has_not_signed_gets_one_answer(path: str):
    async with serving() as site:
        caller = await site.call()
        await caller.ask(request("POST" if path == EVENTS else "GET", path, [JSON], BODY))

        assert await caller.is_hung_up_on()


async def test_where_room_runs_out_the_longest_waiting_stranger_makes_it():
    async with serving(places=3) as site:
        crowd = [await site.call(HALF["half of a body"]) for _ in range(3)]

        slack = await site.call()

        assert await slack.ask(rightly()) == 200
        assert await crowd[0].is_hung_up_on()
        assert site.count("full") == 1
        assert not crowd[1].reader.at_eof()


async def test_slacks_own_connections_make_no_room():
    async with serving(places=2) as site:
        slacks = [await site.call(), await site.call()]
        assert [await slack.ask(rightly()) for slack in slacks] == [200, 200]

        new = await site.call()

        assert await new.is_hung_up_on()
        assert [await slack.ask(rightly()) for slack in slacks] == [200, 200]


async def test_strangers_hold_no_more_than_so_many_bytes_together():
    async with serving(held=300_000) as site:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n"
        crowd = [await site.call(head + b"x" * 100_000) for _ in range(2)]
        crowd.append(await site.call(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 8000))
        crowd.append(await site.call(head + b"x" * 200_000))

        assert await crowd[0].is_hung_up_on()
        slack = await site.call()
        assert await slack.ask(rightly()) == 200


async def test_what_was_answered_is_held_no_more():
    async with serving(held=300_000) as site:
        for _ in range(10):
            caller = await site.call()
            assert await caller.ask(request("POST", EVENTS, [JSON], b"x" * 100_000)) == 401

        assert site.count("full") == 0


async def test_a_body_that_is_said_to_be_too_large_is_refused_before_it_comes():
    async with serving() as site:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (http.LARGEST + 1)

        assert await (await site.call()).ask(head) == 413


async def test_a_body_that_grows_too_large_is_cut():
    async with serving() as site:
        head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller = await site.call(head)
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

        assert await caller.ask(chunk * 17) == 413


async def test_a_body_just_small_enough_is_answered():
    async with serving() as site:
        body = json.dumps({"type": "url_verification", "challenge": "x" * (http.LARGEST - 60)}).encode()
        caller = await site.call()

        assert await caller.ask(request("POST", EVENTS, [JSON, *signed(SECRET, body)], body)) == 200


def test_the_room_is_half_of_the_files_that_the_process_may_open():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
        few = connections.places()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

    assert few == 512
    assert connections.places() <= connections.MOST_CONNECTIONS

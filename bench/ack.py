"""How fast a question is acknowledged, and how soon it reaches a helper: `python bench/ack.py`.

Each measured ask is a signed `/ask-mentor` with text, saved in Redis before it is acknowledged. In turns with
it, the same request goes to a stock slack_bolt AsyncApp whose only listener acknowledges. `ratio` is the
median of the one over that of the other. The app, the stock app and this program are processes of their own;
Slack's stand-in runs in this one.

With `--lives 60` it counts instead what the life of a request costs, asked, accepted and wrapped up, after a
hundred others with the same topic: the app's processor time, and what it sends to Redis and reads from it.
What the idle app costs meanwhile is taken off. Linux only.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from playground.driver import Playground
from storage.connection.wire import Wire, connect
from storage.server.embedded import embedded

SECRET = "0123456789abcdef0123456789abcdef"
QUESTION = "How do I find out why my asyncio service stalls under load? #python"
AT_ONCE = 16
PAST, LIVES_AT_ONCE, IDLE_SECONDS = 110, 4, 5.0
HEADING = "slack_id,level,topics,minutes_per_week,hours,lanes"
FORM = "application/x-www-form-urlencoded"
MANIFEST = Path(__file__).parents[1] / "manifest.yml"


class Offers:
    """Counts the messages that have arrived at helpers."""

    def __init__(self, slack: Playground, helpers: Sequence[str]) -> None:
        self._slack, self._helpers = slack, frozenset(helpers)
        self._read = self._count = 0

    def count(self) -> int:
        """How many there are by now."""
        for entry in self._slack.log(after=self._read):
            self._read = entry.n
            if entry.name == "chat.postMessage" and entry.status == 200:
                self._count += entry.request["channel"] in self._helpers
        return self._count


async def measure(asks: int, flood: int) -> dict[str, Any]:
    """Run everything and return the figures."""
    helpers = [f"UP{number:07}" for number in range((asks + flood) // 2 + 20)]
    askers = [f"UP{len(helpers) + number:07}" for number in range(asks + flood)]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        crowd = len(helpers) + len(askers)
        slack = await stack.enter_async_context(Playground.start(people=crowd, signing_secret=SECRET))
        environment = settings_for(slack, folder)
        app = await stack.enter_async_context(program([sys.executable, "-m", "slackapp", "run"], environment))
        slack.app_url = f"{app}/slack/events"
        stock = await stack.enter_async_context(program([sys.executable, __file__, "--stock"], environment))
        await enrol(helpers, folder, environment)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        urls = {"waymark": f"{app}/slack/events", "stock": f"{stock}/slack/events"}
        offers = Offers(slack, helpers)
        alone = await _in_turns(session, slack, offers, urls, askers[:asks])
        rate = await _flood(session, slack, offers, urls["waymark"], askers[asks:])
    return _figures(alone) | {"whole_requests_per_second": round(rate, 1), "asks": asks, "flood": flood}


@dataclass(frozen=True, slots=True)
class Spent:
    """What an app and its Redis have used: seconds of the processor, bytes, round trips."""

    at: float
    app_cpu: float
    redis_cpu: float
    bytes_read: float
    bytes_sent: float
    trips: float

    @classmethod
    async def by(cls, process: int, wire: Wire) -> "Spent":
        """What was used so far."""
        used = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks = int(used[11]) + int(used[12])
        info = await wire.call("INFO")
        return cls(
            time.perf_counter(),
            ticks / os.sysconf("SC_CLK_TCK"),
            info["used_cpu_user"] + info["used_cpu_sys"],
            info["total_net_output_bytes"],
            info["total_net_input_bytes"],
            info["total_reads_processed"],
        )

    def since(self, before: "Spent") -> list[float]:
        """How much more this is, each figure for itself."""
        return [now - then for now, then in zip(astuple(self), astuple(before), strict=True)]


async def measure_lives(lives: int) -> dict[str, Any]:
    """Let requests be asked, accepted and wrapped up; return what one of them costs."""
    helpers = [f"UP{number:07}" for number in range((lives + PAST) // 2 + 20)]
    askers = [f"UP{len(helpers) + number:07}" for number in range(lives + PAST)]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        crowd = len(helpers) + len(askers)
        slack = await stack.enter_async_context(Playground.start(people=crowd, signing_secret=SECRET))
        url = await stack.enter_async_context(embedded(folder / "redis"))
        environment = settings_for(slack, folder) | {"REDIS_URL": url}
        command = [sys.executable, "-m", "slackapp", "run"]
        app, process = await stack.enter_async_context(running(command, environment))
        slack.app_url = f"{app}/slack/events"
        await enrol(helpers, folder, environment)
        wire = connect(url)
        stack.push_async_callback(wire.close)
        await _live(slack, helpers, askers[:PAST])
        await _calm(slack)
        started = await Spent.by(process, wire)
        await asyncio.sleep(IDLE_SECONDS)
        idle = (before := await Spent.by(process, wire)).since(started)
        await _live(slack, helpers, askers[PAST:])
        await _calm(slack)
        used = (await Spent.by(process, wire)).since(before)
    _, *each = ((more - per * used[0] / idle[0]) / lives for more, per in zip(used, idle, strict=True))
    return _costs(each) | {"lives": lives}


def _costs(each: Sequence[float]) -> dict[str, float]:
    app, redis, read, sent, trips = each
    return {
        "app_cpu_ms": round(app * 1000, 2),
        "redis_cpu_ms": round(redis * 1000, 2),
        "kilobytes_read": round(read / 1000, 1),
        "kilobytes_sent": round(sent / 1000, 1),
        "round_trips": round(trips, 1),
    }


async def _live(slack: Playground, helpers: Sequence[str], askers: Sequence[str]) -> None:
    room = asyncio.Semaphore(LIVES_AT_ONCE)

    async def one(asker: str) -> None:
        async with room:
            await _life(slack, helpers, asker)

    await asyncio.gather(*map(one, askers))


async def _life(slack: Playground, helpers: Sequence[str], asker: str) -> None:
    """Ask, let whoever is asked accept, and wrap up."""
    asked = f"Of {asker}: {QUESTION}"
    read = slack.slack.journal.last
    await slack.command(asker, "/ask-mentor", asked)
    helper = await slack.until(lambda: _asked(slack, helpers, asker, read), within=60)
    offer = await slack.message(helper, containing=f"Of {asker}", within=60)
    await slack.press(helper, offer, "I can help")
    talk = await slack.message(asker, containing="Your talk with", within=60)
    await slack.press(asker, talk, "Wrap up")
    await slack.submit(asker)
    await slack.message(asker, containing="is over", within=60)


def _asked(slack: Playground, helpers: Sequence[str], asker: str, read: int) -> str | None:
    posts = (
        entry for entry in slack.log(after=read) if entry.name == "chat.postMessage" and entry.status == 200
    )
    told = (posted.request["channel"] for posted in posts if f"Of {asker}" in json.dumps(posted.request))
    return next((channel for channel in told if channel in helpers), None)


async def _in_turns(
    session: aiohttp.ClientSession,
    slack: Playground,
    offers: Offers,
    urls: dict[str, str],
    askers: Sequence[str],
) -> dict[str, list[float]]:
    """Ask both apps in turns; wait until all is calm again, so that nothing else runs meanwhile."""
    took: dict[str, list[float]] = {"waymark": [], "stock": [], "offer": []}
    for warm_up in (True, False):
        for asker in askers[:20] if warm_up else askers[20:]:
            seen = offers.count()
            took["waymark"].append(await ask(session, urls["waymark"], asker))
            acknowledged = time.perf_counter()
            await slack.until(lambda seen=seen: offers.count() > seen, within=10)
            took["offer"].append(time.perf_counter() - acknowledged)
            await _calm(slack)
            took["stock"].append(await ask(session, urls["stock"], asker))
        if warm_up:
            took = {name: [] for name in took}
    return took


async def _calm(slack: Playground, silence: float = 0.03) -> None:
    """When Slack and the app have nothing to say to each other any more."""
    said = -1
    while said != slack.slack.journal.last:
        said = slack.slack.journal.last
        await slack.settled()
        await asyncio.sleep(silence)


async def _flood(
    session: aiohttp.ClientSession, slack: Playground, offers: Offers, url: str, askers: Sequence[str]
) -> float:
    """Ask many at once; return how many questions per second were saved, routed and offered."""
    room = asyncio.Semaphore(AT_ONCE)
    wanted = offers.count() + len(askers)

    async def one(asker: str) -> None:
        async with room:
            await ask(session, url, asker)

    started = time.perf_counter()
    await asyncio.gather(*map(one, askers))
    await slack.until(lambda: offers.count() >= wanted, within=120)
    return len(askers) / (time.perf_counter() - started)


async def ask(session: aiohttp.ClientSession, url: str, asker: str, question: str = QUESTION) -> float:
    """Send one signed command and return the seconds until it was acknowledged."""
    body = urlencode(
        {
            "command": "/ask-mentor",
            "text": question,
            "team_id": Playground.team_id,
            "user_id": asker,
            "channel_id": "C0GENERAL",
            "trigger_id": f"{time.time_ns()}.{asker}",
            "response_url": "http://127.0.0.1:9/respond",
            "api_app_id": Playground.app_id,
        }
    )
    return (await post(session, url, body, FORM))[0]


async def post(session: aiohttp.ClientSession, url: str, body: str, kind: str) -> tuple[float, str]:
    """Send a signed body of a content type; return the seconds until it was acknowledged, and the answer."""
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    headers = {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": str(signature),
    }
    started = time.perf_counter()
    async with session.post(url, data=body, headers=headers) as answer:
        said = await answer.text()
        if answer.status != 200:
            raise SystemExit(f"{url} answered {answer.status}: {said[:300]}")
    return time.perf_counter() - started, said


def _figures(took: dict[str, list[float]]) -> dict[str, Any]:
    ours, stock = quantiles(took["waymark"]), quantiles(took["stock"])
    return {
        "ratio": round(ours["p50"] / stock["p50"], 3),
        "ratio_p99": round(ours["p99"] / stock["p99"], 3),
        "ack_ms": ours,
        "stock_ack_ms": stock,
        "ack_to_offer_ms": quantiles(took["offer"]),
    }


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """The median and the 99th percentile, in milliseconds."""
    cuts = statistics.quantiles([second * 1000 for second in seconds], n=100, method="inclusive")
    return {"p50": round(cuts[49], 2), "p99": round(cuts[98], 2)}


def settings_for(slack: Playground, folder: Path) -> dict[str, str]:
    """The environment in which a program reaches this playground."""
    return os.environ | {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": slack.api_url,
        "HOST": "127.0.0.1",
        "WAYMARK_DATA_DIR": str(folder / "data"),
        "WAYMARK_MANIFEST": str(MANIFEST),
        "WAYMARK_LOG": "warning",
    }


@asynccontextmanager
async def program(words: Sequence[str], environment: dict[str, str]) -> AsyncIterator[str]:
    """Run a program that listens on a port of its own until the block ends; give its address."""
    async with running(words, environment) as (address, _):
        yield address


@asynccontextmanager
async def running(words: Sequence[str], environment: dict[str, str]) -> AsyncIterator[tuple[str, int]]:
    """Do the same; give the id of its process, too."""
    with_port = environment | {"PORT": str(free_port())}
    process = await asyncio.create_subprocess_exec(*words, env=with_port)
    address = f"http://127.0.0.1:{with_port['PORT']}"
    try:
        await _listens(address)
        yield address, process.pid
    finally:
        process.terminate()
        await process.wait()


async def _listens(address: str) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{address}/healthz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def enrol(helpers: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    """Make helpers of people, as a file of them does."""
    sheet = folder / "people.csv"
    lines = [f"{helper},4,python:3,600,always,peer;senior;reverse" for helper in helpers]
    sheet.write_text("\n".join([HEADING, *lines]) + "\n")
    words = [sys.executable, "-m", "slackapp", "people", "import", str(sheet), "--json"]
    process = await asyncio.create_subprocess_exec(*words, env=environment, stdout=asyncio.subprocess.DEVNULL)
    if await process.wait():
        raise SystemExit("The helpers could not be enrolled.")


def serve_stock() -> None:
    """Run the stock app: everything as Bolt does it by itself, and a listener that only acknowledges."""
    app = stock_app()

    @app.command("/ask-mentor")
    async def acknowledge(ack: Any) -> None:
        await ack()

    serve(app)


def stock_app() -> AsyncApp:
    """An app that does everything as Bolt does it by itself, with no listener yet."""
    app = AsyncApp(token=os.environ["SLACK_BOT_TOKEN"], signing_secret=os.environ["SLACK_SIGNING_SECRET"])
    app.client.base_url = os.environ["SLACK_API_URL"]
    return app


def serve(app: AsyncApp) -> None:
    """Run a stock app where the environment says."""
    app.start(port=int(os.environ["PORT"]), host=os.environ["HOST"])


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--asks", type=int, default=320, help="how many asks are measured, with 20 to warm up"
    )
    options.add_argument("--flood", type=int, default=300, help="how many asks are made at once")
    options.add_argument("--lives", type=int, help="how many requests are lived through instead, and counted")
    options.add_argument("--stock", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.stock:
        serve_stock()
    elif given.lives:
        print(json.dumps(asyncio.run(measure_lives(given.lives)), indent=2))
    else:
        print(json.dumps(asyncio.run(measure(given.asks, given.flood)), indent=2))


if __name__ == "__main__":
    main()

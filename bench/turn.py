"""How fast a guided talk acknowledges an answer and asks the next question: `python bench/turn.py`.

Each answer is a signed message event in the thread of a talk, saved in Redis before it is acknowledged; after
it `back` asks the same question again, so that the talk goes on. In turns with it, the same event goes to a
stock slack_bolt AsyncApp, which acknowledges an event before its listener runs and saves nothing. `ratio` is
the median of the one acknowledgement over that of the other. `question_ms` is from ours to the next question
at Slack; the app waits a second between two messages in a conversation, and that wait is not in it.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from ack import MANIFEST, SECRET, post, program, quantiles, serve, settings_for, stock_app
from command_line import beside_stock

from playground.driver import Playground

ME = "U0MAYA"
OPENING = "I can't decide whether to take the project"
PACED = 1.05  # seconds between two messages of the app


@dataclass(frozen=True, slots=True)
class Thread:
    """The thread of a talk that waits for answers."""

    slack: Playground
    session: aiohttp.ClientSession
    channel: str
    root: str

    async def send(self, url: str, text: str) -> float:
        """Send an answer and return the seconds until it was acknowledged."""
        at = f"{time.time():.6f}"
        event = {"type": "message", "channel_type": "im", "channel": self.channel, "user": ME, "text": text}
        said = {**event, "ts": at, "event_ts": at, "thread_ts": self.root}
        return await _post(self.session, url, said)

    async def asked(self, already: int) -> None:
        """Wait until Slack has more messages of the app than that."""
        await self.slack.until(lambda: self.count() > already, within=10)

    def count(self) -> int:
        """How many messages stand in the thread."""
        return len(self.slack.thread(ME, self.channel, self.root))


async def _post(session: aiohttp.ClientSession, url: str, event: Mapping[str, Any]) -> float:
    envelope = {
        "type": "event_callback",
        "event_id": f"Ev{time.time_ns()}",
        "team_id": Playground.team_id,
        "api_app_id": Playground.app_id,
        "authorizations": [{"team_id": Playground.team_id, "is_bot": True}],
        "event": event,
    }
    return (await post(session, url, json.dumps(envelope), "application/json"))[0]


async def _begun(slack: Playground, session: aiohttp.ClientSession) -> Thread:
    """Begin a talk as a person would, and return its thread."""
    answer = await slack.command(ME, "/coach-me", OPENING)
    if answer.shown is None:
        raise SystemExit("no advice came")
    await slack.press(ME, answer.shown, "Think it through")
    first = await slack.message(ME, containing="Skip")
    return Thread(slack, session, first.conversation, first.thread_ts or first.ts)


async def measure(times: int) -> dict[str, Any]:
    """Run everything and return the figures; the first five are to warm up."""
    took: dict[str, list[float]] = {"waymark": [], "stock": [], "question": []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(Playground.start(signing_secret=SECRET))
        environment = settings_for(slack, folder) | {"WAYMARK_MANIFEST": str(_with_support(folder))}
        app = await stack.enter_async_context(program([sys.executable, "-m", "slackapp", "run"], environment))
        stock = await stack.enter_async_context(program([sys.executable, __file__, "--stock"], environment))
        ours, theirs = f"{app}/slack/events", f"{stock}/slack/events"
        slack.app_url = ours
        thread = await _begun(slack, await stack.enter_async_context(aiohttp.ClientSession()))
        for _ in range(times + 5):
            for text in ("Something that I can decide by Friday", "back"):
                await asyncio.sleep(PACED)
                already = thread.count()
                took["waymark"].append(await thread.send(ours, text))
                acknowledged = time.perf_counter()
                if text != "back":
                    await thread.asked(already)
                    took["question"].append(time.perf_counter() - acknowledged)
                took["stock"].append(await thread.send(theirs, text))
    return _figures(took, times)


def _figures(took: dict[str, list[float]], times: int) -> dict[str, Any]:
    ours, stock = quantiles(took["waymark"][10:]), quantiles(took["stock"][10:])
    ratio = round(ours["p50"] / stock["p50"], 3)
    question = quantiles(took["question"][5:])
    return {"ratio": ratio, "ack_ms": ours, "stock_ack_ms": stock, "question_ms": question, "turns": times}


def _with_support(folder: Path) -> Path:
    """A manifest that names somebody to turn to, so that guided talks are on."""
    named = "support: [{name: Employee line, how: dial 4711}]"
    manifest = folder / "manifest.yml"
    manifest.write_text(MANIFEST.read_text("utf-8").replace("support: []", named), "utf-8")
    return manifest


def serve_stock() -> None:
    """Run the stock app: everything as Bolt does it by itself, and a listener that does nothing."""
    app = stock_app()

    @app.event("message")
    async def listen() -> None:
        return

    serve(app)


if __name__ == "__main__":
    beside_stock(__doc__, measure, serve_stock, 40, "turns")

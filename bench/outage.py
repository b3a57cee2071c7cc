"""How soon everything is shown once Slack is back: `python bench/outage.py --seconds 3600`.

Everybody asks a question while Slack answers, and one more while every call to Slack fails; both are
acknowledged. `before_s` is the time from the first question until each has reached a helper, without the
outage; `first_s` and `all_s` are the times from Slack's return until the first of the held-back offers
stands, and all of them. `ratio` is `all_s` over `before_s`.
"""

import asyncio
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
from ack import SECRET, Offers, ask, enrol, program, settings_for
from command_line import print_figures

from playground.driver import Playground

BEFORE = "How do I find out why my asyncio service stalls under load? #python"
DURING = "Which profiler shows what a generator keeps in memory? #python"
FOREVER = 10**9


async def measure(asks: int, seconds: float) -> dict[str, Any]:
    """Run everything and return the figures."""
    people = [f"UP{number:07}" for number in range(2 * asks)]
    askers, helpers = people[:asks], people[asks:]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(Playground.start(people=len(people), signing_secret=SECRET))
        environment = settings_for(slack, folder) | {"WAYMARK_LOG": "error"}
        app = await stack.enter_async_context(program([sys.executable, "-m", "slackapp", "run"], environment))
        slack.app_url = f"{app}/slack/events"
        await enrol(helpers, folder, environment)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        offers = Offers(slack, helpers)

        started = time.perf_counter()
        await _ask_all(session, slack.app_url, askers, BEFORE)
        await slack.until(lambda: offers.count() >= asks, within=600)
        before = time.perf_counter() - started

        slack.faults.fail(times=FOREVER)
        await _ask_all(session, slack.app_url, askers, DURING)
        await asyncio.sleep(seconds)
        held_back = 2 * asks - offers.count()
        slack.faults.fail(times=0)
        returned = time.perf_counter()
        await slack.until(lambda: offers.count() > 2 * asks - held_back, within=600)
        first = time.perf_counter() - returned
        await slack.until(lambda: offers.count() >= 2 * asks, within=600)
        after = time.perf_counter() - returned
    return {
        "outage_s": seconds,
        "held_back": held_back,
        "first_s": round(first, 1),
        "all_s": round(after, 1),
        "before_s": round(before, 1),
        "ratio": round(after / before, 2),
    }


async def _ask_all(session: aiohttp.ClientSession, url: str, askers: list[str], question: str) -> None:
    for asker in askers:
        await ask(session, url, asker, question)


if __name__ == "__main__":
    print_figures(
        __doc__,
        measure,
        asks=(200, "how many questions are held back"),
        seconds=(120.0, "how long Slack is away"),
    )

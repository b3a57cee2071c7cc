"""How fast a sprint's check-in is acknowledged: `python bench/check_in.py`.

Each check-in is a signed view submission, saved in Redis before it is acknowledged with the view that
follows. In turns with it, the same request goes to a stock slack_bolt AsyncApp whose only listener
acknowledges. `ratio` is the median of the one over that of the other.
"""

import asyncio
import json
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from ack import FORM, SECRET, post, program, quantiles, serve, settings_for, stock_app
from command_line import beside_stock

from handlers.sprints.check_in_form import CHECK_IN
from handlers.sprints.form import PLAN
from playground.driver import Playground

ME = "U0MAYA"
TEXTS = {
    "goal": "Read query plans",
    "expected": "two alone",
    "more": "three alone",
    "much_more": "four alone",
    "less": "one with help",
    "much_less": "none",
    "cue": "the stand-up is over",
    "action": "open one slow query",
}


def _text(name: str, value: str) -> dict[str, Any]:
    return {name: {name: {"type": "plain_text_input", "value": value}}}


def _choice(name: str, value: str) -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": value}, "value": value}
    return {name: {name: {"type": "static_select", "selected_option": option}}}


def _plan(sprint_id: str) -> dict[str, Any]:
    """What the form of a new sprint holds."""
    days = [{"text": {"type": "plain_text", "text": "Tuesday"}, "value": "1"}]
    values: dict[str, Any] = {
        "days": {"days": {"type": "checkboxes", "selected_options": days}},
        "at": {"at": {"type": "timepicker", "selected_time": "16:00"}},
        **_choice("weeks", "2"),
        **_choice("confidence", "7"),
    }
    for name, value in TEXTS.items():
        values |= _text(name, value)
    return _view(PLAN, {"cause": sprint_id}, values)


def _check_in(sprint_id: str, number: int) -> dict[str, Any]:
    """What a check-in's form holds."""
    values = _choice("level", str(number % 5 - 2)) | _text("minutes", "20")
    return _view(CHECK_IN, {"sprint_id": sprint_id, "cause": str(number)}, values)


def _view(callback_id: str, kept: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps(kept),
        "state": {"values": values},
    }


async def _submit(session: aiohttp.ClientSession, url: str, view: dict[str, Any]) -> float:
    """Send one signed submission and return the seconds until it was acknowledged."""
    payload = {
        "type": "view_submission",
        "team": {"id": Playground.team_id, "domain": "x"},
        "user": {"id": ME, "team_id": Playground.team_id},
        "api_app_id": Playground.app_id,
        "trigger_id": str(time.time_ns()),
        "view": view,
    }
    took, said = await post(session, url, urlencode({"payload": json.dumps(payload)}), FORM)
    if '"errors"' in said:
        raise SystemExit(f"{url} answered {said[:300]}")
    return took


async def measure(times: int) -> dict[str, Any]:
    """Run everything and return the figures; the first twenty are to warm up."""
    took: dict[str, list[float]] = {"waymark": [], "stock": []}
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = await stack.enter_async_context(Playground.start(signing_secret=SECRET))
        settings = settings_for(slack, folder)
        app = await stack.enter_async_context(program([sys.executable, "-m", "slackapp", "run"], settings))
        stock = await stack.enter_async_context(program([sys.executable, __file__, "--stock"], settings))
        urls = {"waymark": f"{app}/slack/events", "stock": f"{stock}/slack/events"}
        slack.app_url = urls["waymark"]
        session = await stack.enter_async_context(aiohttp.ClientSession())
        await _submit(session, urls["waymark"], _plan("bench-sprint"))
        for number in range(times + 20):
            for name, url in urls.items():
                took[name].append(await _submit(session, url, _check_in("bench-sprint", number)))
            await asyncio.sleep(0.03)
    ours, theirs = quantiles(took["waymark"][20:]), quantiles(took["stock"][20:])
    ratio = round(ours["p50"] / theirs["p50"], 3)
    return {"ratio": ratio, "ack_ms": ours, "stock_ack_ms": theirs, "check_ins": times}


def serve_stock() -> None:
    """Run the stock app: everything as Bolt does it by itself, and a listener that only acknowledges."""
    app = stock_app()

    @app.view(CHECK_IN)
    async def acknowledge(ack: Any) -> None:
        await ack()

    serve(app)


if __name__ == "__main__":
    beside_stock(__doc__, measure, serve_stock, 300, "check-ins")

"""What would keep `waymark run` from starting here, apart from Slack and Redis: ports, tokens, packages."""

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from slackapp.doctor.findings import Found
from slackapp.process import models
from slackapp.process.errors import PortTaken, SlackAway, SlackRefused, Stop
from slackapp.process.settings import Settings
from slackapp.transport.http import listening
from slackapp.transport.socket_mode import ask_where
from slackapp.workspaces.slack_calls import AWAY

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}


async def ports(settings: Settings, session: aiohttp.ClientSession) -> AsyncIterator[Found]:
    """Try to listen where the app would. Where it runs there already, that is no fault."""
    yield await _port("port", "PORT", settings.host, settings.port, session)
    if settings.is_metrics_port_set and settings.metrics_port is not None:
        where = settings.metrics_host, settings.metrics_port
        yield await _port("metrics port", "METRICS_PORT", *where, session)


async def app_token(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Found]:
    """Say whether Slack takes the token of Socket Mode, where there is one."""
    if settings.app_token is None:
        return
    try:
        await ask_where(client, settings.app_token.get_secret_value())
    except SlackRefused as refused:
        yield Found("app token", "bad", refused.sentence)
    except SlackAway as away:
        yield Found("app token", "note", f"Slack did not say whether it takes SLACK_APP_TOKEN ({away.code}).")
    else:
        yield Found("app token", "ok", "Slack takes the app token.")


async def model(settings: Settings) -> AsyncIterator[Found]:
    """Say whether the model can be opened, where one is named."""
    if settings.access is None:
        return
    try:
        async with models.opened(settings.access):
            yield Found(
                "model", "ok", f"{settings.model} may lead talks where policy.coaching.model allows it."
            )
    except Stop as stop:
        yield Found("model", "bad", stop.sentence)


async def _port(what: str, variable: str, host: str, port: int, session: aiohttp.ClientSession) -> Found:
    try:
        async with listening(web.Application(), host, port, variable=variable):
            return Found(what, "ok", f"{variable} {port} is free.")
    except PortTaken as taken:
        if await _is_waymark(session, f"http://{EVERYWHERE.get(host, host)}:{port}"):
            return Found(what, "note", f"Waymark runs at {variable} {port} already.")
        return Found(what, "bad", taken.sentence)
    except Stop as stop:
        return Found(what, "bad", stop.sentence)


async def _is_waymark(session: aiohttp.ClientSession, address: str) -> bool:
    """Return whether the program that listens there is this one."""
    patience = aiohttp.ClientTimeout(total=2)
    try:
        async with session.get(f"{address}/readyz", timeout=patience) as answer:
            told = await answer.json()
        return isinstance(told, dict) and set(told) == {"ok", "missing"}
    except (*AWAY, ValueError):
        pass
    try:
        async with session.get(f"{address}/metrics", timeout=patience) as answer:
            return "waymark_dead_letters" in await answer.text()
    except (*AWAY, ValueError):
        return False

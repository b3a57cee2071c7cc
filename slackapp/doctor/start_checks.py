"""What would keep `waymark run` from starting here, apart from Slack and Redis: ports, tokens, packages."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from coaching.ai.model_turn import turn_question
from coaching.guide.engine import next_reply
from coaching.guide.model import LanguageModel
from coaching.guide.talk import GuidedTalk
from kernel.values import PersonId
from sensing.privacy.masking import Names
from slackapp.bootstrap.sentence_model import fault, model_folder
from slackapp.doctor.findings import CheckResult
from slackapp.process import models
from slackapp.process.errors import PortTaken, SlackAway, SlackRefused, Stop
from slackapp.process.settings import Settings
from slackapp.transport.http import listening
from slackapp.transport.socket_mode import ask_where
from slackapp.workspaces.slack_calls import AWAY

TRIAL = "I can't decide whether to lead the new project or to stay where I am."
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}


async def ports(settings: Settings, session: aiohttp.ClientSession) -> AsyncIterator[CheckResult]:
    """Try to listen where the app would. Where it runs there already, that is no fault."""
    yield await _port("port", "PORT", settings.host, settings.port, session)
    if settings.is_metrics_port_set and settings.metrics_port is not None:
        where = settings.metrics_host, settings.metrics_port
        yield await _port("metrics port", "METRICS_PORT", *where, session)


async def app_token(settings: Settings, client: AsyncWebClient) -> AsyncIterator[CheckResult]:
    """Say whether Slack takes the token of Socket Mode, where there is one."""
    if settings.app_token is None:
        return
    try:
        await ask_where(client, settings.app_token.get_secret_value())
    except SlackRefused as refused:
        yield CheckResult("app token", "bad", refused.sentence)
    except SlackAway as away:
        yield CheckResult(
            "app token", "note", f"Slack did not say whether it takes SLACK_APP_TOKEN ({away.code})."
        )
    else:
        yield CheckResult("app token", "ok", "Slack takes the app token.")


async def model(settings: Settings) -> AsyncIterator[CheckResult]:
    """Say whether the model answers, where one is named: it is asked for one turn of a talk made up here."""
    if settings.access is None:
        return
    try:
        async with models.opened(settings.access) as opened:
            if opened is not None:
                yield await _tried(opened, settings.model or "")
    except Stop as stop:
        yield CheckResult("model", "bad", stop.sentence)


async def _tried(model: LanguageModel, name: str) -> CheckResult:
    now = datetime.now(UTC)
    told = {"id": "doctor", "person_id": PersonId("doctor"), "form": "grow", "opening": TRIAL}
    talk = GuidedTalk.model_validate({**told, "begun_at": now, "spoken_at": now})
    scripted = next_reply(talk)
    assert scripted is not None, "a talk that begins has a first question"
    given = await model.ask(turn_question(talk, scripted, Names(), model.terms.model))
    if given.answer is not None:
        return CheckResult(
            "model", "ok", f"{name} answers; it may lead talks where policy.coaching.model allows it."
        )
    said = f"{name} gave no usable answer ({given.why}), so the script leads: {models.cure(given.why)}."
    return CheckResult("model", "note" if given.why == "unfit" else "bad", said)


def sentence_model(settings: Settings) -> CheckResult:
    """Say by what topics are found, and what is wrong with the sentence model where there is one."""
    folder = model_folder(settings.sentence_model)
    if folder is None:
        return CheckResult(
            "topics", "ok", "Topics are found by the shipped table; no sentence model is there."
        )
    if wrong := fault(folder):
        return CheckResult("topics", "bad", wrong)
    return CheckResult("topics", "ok", f"Topics are found by the sentence model in {folder}.")


async def _port(
    what: str, variable: str, host: str, port: int, session: aiohttp.ClientSession
) -> CheckResult:
    try:
        async with listening(web.Application(), host, port, variable=variable):
            return CheckResult(what, "ok", f"{variable} {port} is free.")
    except PortTaken as taken:
        if await _is_waymark(session, f"http://{EVERYWHERE.get(host, host)}:{port}"):
            return CheckResult(what, "note", f"Waymark runs at {variable} {port} already.")
        return CheckResult(what, "bad", taken.sentence)
    except Stop as stop:
        return CheckResult(what, "bad", stop.sentence)


async def _is_waymark(session: aiohttp.ClientSession, address: str) -> bool:
    """Whether the program that listens there is this one."""
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

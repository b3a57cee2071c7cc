"""`waymark doctor`: what is wrong, what to do about it, and what the app will do next, in plain sentences."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

import aiohttp

from handlers.block_kit.counts import counted
from handlers.conversations import ALL
from kernel.values import WorkspaceId
from mentoring.admins.admins import admins_of, listed_admins
from slackapp.background.retraining import desk_of
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.doctor import start_checks
from slackapp.doctor.findings import CheckResult, Verdict
from slackapp.doctor.redis_checks import redis
from slackapp.manifest.manifest import Manifest
from slackapp.process import redis_words
from slackapp.process.clock import Clock
from slackapp.process.data_folder import exposure
from slackapp.process.errors import SlackAway, SlackRefused, Stop
from slackapp.process.key_rotation import locked_out
from slackapp.process.logs import named
from slackapp.process.settings import Mode, Settings
from slackapp.transport.oauth import redirect_of
from slackapp.workspaces.identity import ask_who, not_known
from slackapp.workspaces.scopes import consequences, missing
from slackapp.workspaces.slack_calls import AWAY, web_client, web_session
from slackapp.workspaces.workspaces import AppStores
from storage import EmbeddedError, Installation, Seal, StorageAway
from storage.queues.dead_letters import count_dead

SKEW = timedelta(seconds=60)
NEXT = 5
MODES = {
    Mode.SOCKET: "Slack reaches the app by Socket Mode.",
    Mode.HTTP: "Slack reaches the app by HTTP, for one workspace.",
    Mode.OAUTH: "Slack reaches the app by HTTP, for every workspace that installs it.",
}


async def examine(settings: Settings, clock: Clock) -> AsyncIterator[CheckResult]:
    """Look at everything in turn, and say each thing as soon as it is known."""
    yield CheckResult("settings", "ok", MODES[settings.mode])
    manifest, found = _manifest(settings)
    yield found
    for found in _around(settings, manifest):
        yield found
    async for found in start_checks.model(settings):
        yield found
    yield start_checks.sentence_model(settings)
    workspace: WorkspaceId | None = None
    async for found, installation in _slack(settings, manifest, clock):
        workspace = installation.workspace if installation else workspace
        yield found
    try:
        async with stored(settings, clock, Tempo(), ALL) as stores:
            async for found in _storage(settings, stores, manifest, workspace):
                yield found
            if settings.mode is Mode.OAUTH:
                async for found in _installations(stores, manifest):
                    yield found
    except (Stop, EmbeddedError) as stop:
        yield CheckResult("redis", "bad", str(stop))
    except StorageAway as away:
        yield CheckResult("redis", "bad", redis_words.sentence(away, settings.redis_url))


def _manifest(settings: Settings) -> tuple[Manifest | None, CheckResult]:
    try:
        manifest = open_manifest(settings.manifest).manifest
    except Stop as stop:
        return None, CheckResult("manifest", "bad", stop.sentence)
    sentence = f"{settings.manifest} is valid and has {len(manifest.topics)} topics."
    return manifest, CheckResult("manifest", "ok", sentence)


def _around(settings: Settings, manifest: Manifest | None) -> Iterator[CheckResult]:
    if settings.mode is Mode.OAUTH and manifest is not None:
        yield _address(settings, manifest)
    if (found_open := exposure(settings.data_dir)) is not None:
        yield CheckResult("data folder", "bad" if found_open.can_change else "note", found_open.sentence)


async def _slack(
    settings: Settings, manifest: Manifest | None, clock: Clock
) -> AsyncIterator[tuple[CheckResult, Installation | None]]:
    async with web_session() as session:
        async for found in start_checks.ports(settings, session):
            yield found, None
        if skew := await _skew(session, settings.api_url, clock.wall()):
            yield skew, None
        if settings.mode is Mode.OAUTH or settings.bot_token is None:
            return
        token = settings.bot_token.get_secret_value()
        client = partial(web_client, session, settings.api_url)
        try:
            here = await ask_who(client(token), token, clock.now())
        except SlackRefused as refused:
            yield CheckResult("slack", "bad", refused.sentence), None
        except SlackAway as away:
            yield CheckResult("slack", "bad", not_known(settings.api_url, away)), None
        else:
            yield CheckResult("slack", "ok", f"The bot token belongs to {here.name or here.workspace}."), here
            if manifest is not None:
                yield CheckResult("scopes", *scopes(here, manifest)), here
        async for found in start_checks.app_token(settings, client(None)):
            yield found, None


def _address(settings: Settings, manifest: Manifest) -> CheckResult:
    try:
        return CheckResult(
            "address", "ok", f"Slack sends browsers back to {redirect_of(settings, manifest)}."
        )
    except Stop as stop:
        return CheckResult("address", "bad", stop.sentence)


async def _installations(stores: AppStores, manifest: Manifest | None) -> AsyncIterator[CheckResult]:
    """Say of every workspace whether its token can be read and which scopes it granted."""
    seals: dict[Seal, list[str]] = {seal: [] for seal in Seal}
    async for each in stores.installations.stored():
        seals[each.seal].append(each.workspace)
        if each.installation is not None and manifest is not None:
            verdict, sentence = scopes(each.installation, manifest)
            yield CheckResult(f"scopes of {each.workspace}", verdict, f"{each.workspace}: {sentence}")
            steers = await steering(stores, each.workspace, manifest)
            sentence = f"{each.workspace}: {steers.sentence}"
            yield CheckResult(f"admins of {each.workspace}", steers.verdict, sentence)
    yield _keys(seals)


def _keys(seals: Mapping[Seal, list[str]]) -> CheckResult:
    count = sum(map(len, seals.values()))
    if seals[Seal.NONE]:
        return CheckResult("keys", "bad", locked_out(seals[Seal.NONE]))
    if older := len(seals[Seal.OLDER]):
        return CheckResult(
            "keys",
            "note",
            f"{older} of {count} tokens need a key that is not the first in WAYMARK_SECRET_KEY: run "
            "`waymark secret --rotate` before you take that key away.",
        )
    return CheckResult("keys", "ok", f"The first key in WAYMARK_SECRET_KEY opens all tokens ({count}).")


async def _skew(session: aiohttp.ClientSession, api_url: str, wall: datetime) -> CheckResult | None:
    """Compare this machine's clock with Slack's: signatures are refused when they differ by five minutes."""
    # Every answer of Slack carries its time; this method needs no token.
    try:
        async with session.post(f"{api_url}api.test") as answer:
            theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except (*AWAY, ValueError):
        return None
    apart = abs(theirs - wall)
    if apart <= SKEW:
        return CheckResult("clock", "ok", "This machine's clock agrees with Slack's.")
    seconds = round(apart.total_seconds())
    return CheckResult("clock", "bad", f"This machine's clock is {seconds} s off Slack's: set it by NTP.")


def scopes(here: Installation, manifest: Manifest) -> tuple[Verdict, str]:
    """Compare what was granted with what the manifest asks for."""
    if here.scopes is None:
        return "note", "Slack did not say which scopes were granted."
    absent = missing(here.scopes, manifest.slack)
    if absent.needed:
        return "bad", f"Not granted: {consequences(absent.needed)}. Install the app again to grant them."
    if absent.optional:
        return "note", f"Not granted, and not needed: {consequences(absent.optional)}."
    return "ok", "Every scope was granted."


async def _storage(
    settings: Settings, stores: AppStores, manifest: Manifest | None, workspace: WorkspaceId | None
) -> AsyncIterator[CheckResult]:
    async for found in redis(settings, stores):
        yield found
    yield await _dead_letters(stores)
    if workspace is not None:
        if manifest is not None:
            yield await steering(stores, workspace, manifest)
            yield _coaching(manifest)
        yield await _helpers(stores, workspace)
        yield await _upcoming(stores, workspace)


async def _dead_letters(stores: AppStores) -> CheckResult:
    newest = await stores.agenda.dead(1)
    if not newest:
        return CheckResult("dead letters", "ok", "Nothing was given up.")
    count, letter = await count_dead(stores.wire), newest[0]
    about = f"{letter.kind} of {named(letter.thing)} ({letter.error})"
    return CheckResult("dead letters", "bad", f"{count} given up; the newest is {about}.")


def _coaching(manifest: Manifest) -> CheckResult:
    if manifest.policy.support:
        return CheckResult("coaching", "ok", "Guided talks are on.")
    sentence = (
        "Guided talks and sprints are off: name somebody to turn to under policy.support in the manifest."
    )
    return CheckResult("coaching", "note", sentence)


async def _helpers(stores: AppStores, workspace: WorkspaceId) -> CheckResult:
    count = await stores.of(workspace).count("helpers")
    if count:
        return CheckResult("helpers", "ok", f"Enrolled to help: {count}.")
    sentence = "Nobody is enrolled to help: `waymark people import`, or `/ask-mentor profile` in Slack."
    return CheckResult("helpers", "note", sentence)


async def steering(stores: AppStores, workspace: WorkspaceId, manifest: Manifest) -> CheckResult:
    """Say who hears of reports in a workspace."""
    desk = desk_of(stores, workspace, manifest.topics, manifest.policy)
    listed = await desk.store.look(listed_admins)
    hearing = await admins_of(desk)
    named = len(manifest.policy.admins.intersection(hearing))
    if away := sorted(manifest.policy.admins.difference(hearing)):
        sentence = f"{away[0]} in policy.admins is nobody who works here: correct it."
        return CheckResult("admins", "bad", sentence)
    by_slack = len(hearing) - named
    if hearing:
        policy = f"{named or 'nobody'} in policy.admins"
        return CheckResult("admins", "ok", f"{_counted(by_slack)} and {policy} hear of reports.")
    if listed is None:
        sentence = (
            "Nobody hears of reports yet: set policy.admins; the running app reads the owners and admins of "
            "Slack, too."
        )
        return CheckResult("admins", "note", sentence)
    return CheckResult("admins", "bad", "Nobody hears of reports: set policy.admins.")


def _counted(admins: int) -> str:
    return counted(admins, "owner or admin", "owners and admins")


async def _upcoming(stores: AppStores, workspace: WorkspaceId) -> CheckResult:
    coming = await stores.agenda.upcoming(workspace, NEXT)
    if not coming:
        return CheckResult("next", "ok", "Nothing is due.")
    lines = [f"{later.kind} of {named(later.thing)} at {later.at:%Y-%m-%d %H:%M} UTC" for later in coming]
    return CheckResult("next", "ok", f"Next: {'; '.join(lines)}.")

"""`waymark dead-letters`: what was given up, and how it is tried once more or let go."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from handlers import conversations
from kernel.store import Changes, Later, Show
from kernel.values import WorkspaceId
from mentoring.admins.alerts import undeliverable_id, withdraw_one
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.commands.terminal import say, workspace_option
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop
from slackapp.process.logs import named
from slackapp.workspaces.workspaces import AppStores
from storage.queues.dead_letters import EVERY, DeadLetter, drop_dead, newest_dead

Fate = Callable[[AppStores, DeadLetter, datetime], Awaitable[None]]
IDS = click.argument("ids", nargs=-1)
ALL = click.option("--all", "every", is_flag=True, help="All of them.")
WORKSPACE = workspace_option("Only those of this workspace.")


@click.group("dead-letters", epilog="Example: waymark dead-letters list")
def dead_letters() -> None:
    """See to what the app has given up, after many attempts or because Slack refused it."""


@dead_letters.command("list", epilog="Example: waymark dead-letters list --json")
@WORKSPACE
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def list_(workspace: str | None, as_json: bool) -> None:
    """List what was given up, the newest first: its id, when, what, for whom, and why."""
    found = asyncio.run(_listed(_given(), workspace))
    for letter in found:
        say(json.dumps(facts(letter)) if as_json else line(letter))
    if not found and not as_json:
        say("Nothing was given up.")


@dead_letters.command(epilog="Example: waymark dead-letters replay --all")
@IDS
@ALL
@WORKSPACE
def replay(ids: Sequence[str], every: bool, workspace: str | None) -> None:
    """Try some of them once more, as things are now. A running app takes them up at once."""
    _decide(ids, every, workspace, _replayed, "Tried once more")


@dead_letters.command(epilog="Example: waymark dead-letters drop 17.1764412345678-0")
@IDS
@ALL
@WORKSPACE
def drop(ids: Sequence[str], every: bool, workspace: str | None) -> None:
    """Let some of them go for good."""
    _decide(ids, every, workspace, _let_go, "Let go")


def facts(letter: DeadLetter) -> dict[str, Any]:
    """A dead letter for JSON."""
    return {**asdict(letter), "thing": named(letter.thing), "at": letter.at.isoformat()}


def line(letter: DeadLetter) -> str:
    """A dead letter as one line."""
    what = f"{letter.kind} of {named(letter.thing)}"
    about = what if letter.source == "agenda" else f"{named(letter.thing)} for {letter.kind}"
    tried = f"{letter.error}, attempt {letter.attempts}"
    return f"{letter.id}  {letter.at:%Y-%m-%d %H:%M}  {letter.workspace}  {about} ({tried})"


def _given() -> settings.Settings:
    given = settings.read_partly(os.environ)
    logs.configure("error")
    return given


def _decide(ids: Sequence[str], every: bool, workspace: str | None, fate: Fate, done: str) -> None:
    if bool(ids) == every:
        raise Stop("Name some ids of `waymark dead-letters list`, or say --all.")
    count = asyncio.run(_decided(_given(), ids, workspace, fate))
    say(f"{done}: {count}.")


async def _listed(given: settings.Settings, workspace: str | None) -> list[DeadLetter]:
    async with stored(given, Clock(given.data_dir / "clock"), Tempo(), conversations.ALL) as stores:
        return await _found(stores, workspace)


async def _decided(given: settings.Settings, ids: Sequence[str], workspace: str | None, fate: Fate) -> int:
    clock = Clock(given.data_dir / "clock")
    async with stored(given, clock, Tempo(), conversations.ALL) as stores:
        found = await _found(stores, workspace)
        if unknown := sorted(set(ids) - {letter.id for letter in found}):
            raise Stop(f"There is no dead letter {unknown[0]}; `waymark dead-letters list` lists them.")
        chosen = [letter for letter in found if not ids or letter.id in ids]
        for letter in chosen:
            await fate(stores, letter, clock.now())
        await _settle(stores, chosen, clock.now())
        return len(chosen)


async def _found(stores: AppStores, workspace: str | None) -> list[DeadLetter]:
    found = await newest_dead(stores.wire, EVERY)
    return [letter for letter in found if workspace in (None, letter.workspace)]


async def _settle(stores: AppStores, decided: Sequence[DeadLetter], now: datetime) -> None:
    """Withdraw what admins were told of these, where no other like it is left."""
    left = {_alert(letter) for letter in await _found(stores, None)}
    for workspace, id in sorted({_alert(letter) for letter in decided} - left):
        await withdraw_one(stores.of(workspace), id, now)


def _alert(letter: DeadLetter) -> tuple[WorkspaceId, str]:
    return letter.workspace, undeliverable_id(letter.kind, letter.error)


async def _replayed(stores: AppStores, letter: DeadLetter, now: datetime) -> None:
    """Put it back before it is taken out: killed between the two, it is tried twice and never lost."""
    again = Changes(later=[Later(letter.kind, letter.thing, now)])
    if letter.source == "notice":
        again = Changes(show=[Show(letter.thing, to=letter.kind)])
    await stores.of(letter.workspace).commit(lambda read: (None, again))
    await drop_dead(stores.wire, letter.id)


async def _let_go(stores: AppStores, letter: DeadLetter, now: datetime) -> None:
    await drop_dead(stores.wire, letter.id)

"""`waymark privacy`: what is stored about one person, shown or erased when that person asks for it."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring import own_data
from mentoring.model.person import PEOPLE_BY_EMAIL
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.stored_data import desk_without_slack
from slackapp.commands.terminal import show, workspace_option
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop

Counts = Mapping[str, int]
_LEFT = (
    "`person` holds what Slack says, and from whom they are kept apart; the rest goes with colleagues' "
    "questions, or with a report."
)
WORKSPACE = workspace_option("The workspace's id, where the app serves many.")


@click.group(epilog="Example: waymark privacy export maya@example.com > maya.json")
def privacy() -> None:
    """Answer somebody who asks what is stored about them, or to have it erased."""


@privacy.command(epilog="Example: waymark privacy export U012AB3CD > maya.json")
@click.argument("person")
@WORKSPACE
def export(person: str, workspace: str | None) -> None:
    """Print all that is stored about PERSON as JSON; PERSON is a Slack id or an e-mail address.

    What colleagues wrote or are called stays theirs: of what two people share it has this person's side.
    Hand it to nobody else.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    found = asyncio.run(_exported(given, person, workspace))
    show(json.dumps(found, indent=2))


@privacy.command(epilog="Example: waymark privacy erase U012AB3CD --yes")
@click.argument("person")
@WORKSPACE
@click.option("--yes", "is_sure", is_flag=True, help="Erase it; without this it is only said what there is.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts before and after as JSON.")
def erase(person: str, workspace: str | None, is_sure: bool, as_json: bool) -> None:
    """Erase what is stored about PERSON, who asks for it; PERSON is a Slack id or an e-mail address.

    Their offers are declined, their talks wrapped up and their questions withdrawn first. What colleagues see
    of a talk about their own question goes with that question, a report when its time is over.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    before, after = asyncio.run(_erased(given, person, workspace, is_sure=is_sure))
    if as_json:
        show(json.dumps({"before": before, "after": after}))
    elif after is None:
        show(f"Stored: {_counted(before)}. Nothing was erased: say --yes to erase it.")
    else:
        show(f"Erased. Left: {_counted(after)}. {_LEFT}")


async def _exported(given: settings.Settings, person: str, workspace: str | None) -> dict[str, Any]:
    async with _desk(given, workspace) as (desk, now):
        return await _found(desk, await _meant(desk, person), now)


async def _erased(
    given: settings.Settings, person: str, workspace: str | None, *, is_sure: bool
) -> tuple[Counts, Counts | None]:
    """How much is stored before, and after where it was erased."""
    async with _desk(given, workspace) as (desk, now):
        me = await _meant(desk, person)
        before = _counts(await _found(desk, me, now))
        if not is_sure:
            return before, None
        await own_data.erase(desk, ALL.features, me, now)
        return before, _counts(await own_data.export(desk, ALL.features, me, now))


@asynccontextmanager
async def _desk(given: settings.Settings, workspace: str | None) -> AsyncIterator[tuple[Desk, datetime]]:
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    async with stored(given, clock, Tempo(), ALL) as stores:
        desk = await desk_without_slack(stores, workspace, manifest)
        yield replace(desk, belongings=ALL.features.belongings), clock.now()


async def _found(desk: Desk, me: PersonId, now: datetime) -> dict[str, Any]:
    found = await own_data.export(desk, ALL.features, me, now)
    if not found["unreadable"] and not any(found["data"].values()):
        raise Stop(f"Nothing is stored about {me} in {desk.store.workspace}.")
    return found


def _counts(found: dict[str, Any]) -> Counts:
    return {name: len(documents) for name, documents in found["data"].items()}


def _counted(counts: Counts) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"


async def _meant(desk: Desk, person: str) -> PersonId:
    """Whose Slack id or e-mail address it is; an id may be one of somebody who was never met."""
    if "@" not in person:
        return PersonId(person.strip().upper())
    found = await desk.store.ids(PEOPLE_BY_EMAIL.of(person.strip().casefold()), limit=2)
    if len(found) != 1:
        raise Stop(f"{person} is nobody's address here, or not one person's: name them by their Slack id.")
    return PersonId(found[0])

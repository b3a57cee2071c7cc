"""`waymark privacy`: what is stored about one person, for that person."""

import asyncio
import json
import os
from typing import Any

import click

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring import own_data
from mentoring.model.person import PEOPLE_BY_EMAIL
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.serving import open_manifest
from slackapp.commands.terminal import desk_without_slack, show
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop

WORKSPACE = click.option("--workspace", help="The workspace's id, where the app serves many.")


@click.group(epilog="Example: waymark privacy export maya@example.com > maya.json")
def privacy() -> None:
    """Answer somebody who asks what is stored about them."""


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


async def _exported(given: settings.Settings, person: str, workspace: str | None) -> dict[str, Any]:
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    async with stored(given, clock, Tempo()) as stores:
        desk = await desk_without_slack(stores, workspace, manifest)
        me = await _meant(desk, person)
        found = await own_data.export(desk, ALL.features, me, clock.now())
    if not found["unreadable"] and not any(found["data"].values()):
        raise Stop(f"Nothing is stored about {me} in {desk.store.workspace}.")
    return found


async def _meant(desk: Desk, person: str) -> PersonId:
    """Return whose Slack id or e-mail address it is; an id may be one of somebody who was never met."""
    if "@" not in person:
        return PersonId(person.strip().upper())
    found = await desk.store.ids(PEOPLE_BY_EMAIL.of(person.strip().casefold()), limit=2)
    if len(found) != 1:
        raise Stop(f"{person} is nobody's address here, or not one person's: name them by their Slack id.")
    return PersonId(found[0])

"""`waymark reports`: which reports there are, how each stands and who has it; never what they say."""

import asyncio
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import click

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.store import Snapshot
from kernel.values import PersonId, WorkspaceId
from mentoring.admins.reports import alert_id
from mentoring.model.alert import Alert, Report
from slackapp.background.retraining import desk_of
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.stored_data import known
from slackapp.commands.terminal import say, workspace_option
from slackapp.process import logs, settings
from slackapp.process.clock import Clock

LATEST = 500  # of each workspace


@dataclass(frozen=True, slots=True)
class Line:
    """What may be said of a report where the app runs; whom it is about is for the admins in Slack."""

    id: str
    workspace: str
    at: datetime
    state: str
    told: tuple[PersonId, ...]


@click.command(epilog="Example: waymark reports --json")
@workspace_option("Only those of this workspace.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def reports(workspace: str | None, as_json: bool) -> None:
    """List reports, the newest first: id, workspace, when, state, and who has it.

    What was written and who is meant is read by the admins in Slack alone.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    found = asyncio.run(_listed(given, workspace))
    for line in found:
        say(json.dumps(facts(line)) if as_json else sentence(line))
    if not found and not as_json:
        say("There are no reports.")


def facts(line: Line) -> dict[str, Any]:
    """A report for JSON."""
    return {**asdict(line), "at": line.at.isoformat()}


def sentence(line: Line) -> str:
    """A report as one line."""
    told = f"with {', '.join(line.told)}" if line.told else "WITH NOBODY"
    return f"{line.id}  {line.at:%Y-%m-%d %H:%M}  {line.workspace}  {line.state}  {told}"


async def _listed(given: settings.Settings, workspace: str | None) -> list[Line]:
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    async with stored(given, clock, Tempo(), ALL) as stores:
        here = [WorkspaceId(workspace)] if workspace else await known(stores)
        desks = [desk_of(stores, each, manifest.topics, manifest.policy) for each in here]
        found = [line for desk in desks for line in await _of(desk)]
    return sorted(found, key=lambda line: line.at, reverse=True)


async def _of(desk: Desk) -> list[Line]:
    ids = await desk.store.ids("reports", limit=LATEST)

    def view(read: Snapshot) -> list[Line]:
        alerts = {alert.id: alert for alert in read.all(Alert, map(alert_id, ids))}
        found = read.all(Report, ids)
        return [_line(desk.store.workspace, report, alerts.get(alert_id(report.id))) for report in found]

    return await desk.store.look(view)


def _line(workspace: WorkspaceId, report: Report, alert: Alert | None) -> Line:
    told = alert.told if alert else report.told
    # The stored id holds who made it, and about whom.
    id = hashlib.blake2b(report.id.encode(), digest_size=4).hexdigest()
    return Line(id, workspace, report.made_at, _state(alert), told)


def _state(alert: Alert | None) -> str:
    if alert is None or not alert.is_open:
        return "closed"
    return "taken on" if alert.taken_by else "open"

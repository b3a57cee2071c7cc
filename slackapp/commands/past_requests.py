"""The commands that look at past requests: why one went to whom, and what an edit would have done to many."""

import asyncio
import json
import os
from pathlib import Path

import click

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.errors import NotFound
from kernel.values import RequestId
from mentoring.learning.explanation import explain as explained
from mentoring.learning.replay import Steering
from mentoring.learning.replay import replay as replay_past
from mentoring.model.request import Request
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands import explain_report, replay_report
from slackapp.commands.stored_data import desk_without_slack
from slackapp.commands.terminal import bar, say, show, workspace_option
from slackapp.process import logs, settings
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop

LATEST = 20
WORKSPACE = workspace_option("The workspace's id; needed only where the app is in several.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command(epilog="Example: waymark explain --workspace T012AB3CD Rq4f2")
@click.argument("request_id", required=False)
@WORKSPACE
@JSON
def explain(request_id: str | None, workspace: str | None, as_json: bool) -> None:
    """Say in figures why a request went to whom, and what would have changed it.

    The ranking is computed as things stand now, by today's profiles and load; whoever was asked is in it.
    What people wrote, answered or said of each other's help is not shown. Without REQUEST_ID: the latest
    requests and their ids.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    asyncio.run(_explain(given, request_id, workspace, as_json))


async def _explain(
    given: settings.Settings, request_id: str | None, workspace: str | None, as_json: bool
) -> None:
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    async with stored(given, clock, Tempo(), ALL) as stores:
        desk = await desk_without_slack(stores, workspace, manifest)
        if request_id is None:
            for line in await _latest(desk):
                say(line)
            return
        try:
            found = await explained(desk, RequestId(request_id), clock.now())
        except NotFound:
            raise Stop(f"There is no request {request_id}; `waymark explain` lists the latest.") from None
    if as_json:
        show(json.dumps(explain_report.facts(found), indent=2))
        return
    for line in explain_report.lines(found, manifest.topics):
        say(line)


async def _latest(desk: Desk) -> list[str]:
    """The latest requests, each in a line: its id, when, its topics, and how it stands."""
    ids = await desk.store.ids("requests", limit=LATEST)
    found = await desk.store.look(lambda read: read.all(Request, ids))
    return [_line(request, desk) for request in found]


def _line(request: Request, desk: Desk) -> str:
    about = ", ".join(desk.topics.labels(request.topics)) or "no topic"
    return f"{request.id}  {request.asked_at:%Y-%m-%d %H:%M}  {request.state.replace('_', ' ')}  {about}"


@click.command(epilog="Example: waymark topics replay --file new-manifest.yml --last 200")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="The edited manifest; it is put against the one in force.",
)
@click.option(
    "--last",
    type=click.IntRange(1, 20_000),
    default=200,
    show_default=True,
    help="How many of the latest requests.",
)
@WORKSPACE
@JSON
def replay(path: Path, last: int, workspace: str | None, as_json: bool) -> None:
    """Say what an edit of topics or policy would have done to past requests; it changes nothing.

    The manifest in force is WAYMARK_MANIFEST, or manifest.yml. By both, topics are found again from each
    request's words; a topic that its asker chose stays. Then both say who would be asked first, by today's
    profiles alone. Load, pauses and what was learned are left out, since nobody knows how they were; hours
    are those of the moment of asking. Of the policy, the limits of a helper count. Nothing that anyone wrote
    is shown.
    """
    given = settings.read_partly(os.environ)
    logs.configure("error")
    asyncio.run(_replay(given, path, last, workspace, as_json))


async def _replay(
    given: settings.Settings, path: Path, last: int, workspace: str | None, as_json: bool
) -> None:
    clock = Clock(given.data_dir / "clock")
    here, edited = (open_manifest(each).manifest for each in (given.manifest, path))
    async with stored(given, clock, Tempo(), ALL) as stores:
        desk = await desk_without_slack(stores, workspace, here)
        length = min(last, await desk.store.count("requests"))
        with bar("Going through requests", length, as_json) as shown:
            edit = Steering(edited.topics, edited.policy)
            found = await replay_past(desk, edit, clock.now(), most=last, told=shown.update)
    if as_json:
        show(json.dumps(replay_report.facts(found), indent=2))
        return
    for line in replay_report.lines(found, here.topics, edited.topics):
        say(line)

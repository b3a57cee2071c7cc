"""The command line. It alone reads the environment and writes to the terminal."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
from cryptography.fernet import Fernet

from handlers.conversations import ALL
from kernel.values import WorkspaceId
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.bootstrap.serving import serve
from slackapp.commands import learning_report
from slackapp.commands.answer_cards import answers
from slackapp.commands.cohorts.pair import pair
from slackapp.commands.cohorts.propose import propose
from slackapp.commands.dead_letters import dead_letters
from slackapp.commands.past_requests import explain, replay
from slackapp.commands.people_report import finish_import, refuse_import
from slackapp.commands.privacy import privacy
from slackapp.commands.reports import reports
from slackapp.commands.stored_data import place_in_slack
from slackapp.commands.terminal import Program, bar, content, say, workspace_option
from slackapp.commands.topics import manifest, topics
from slackapp.demo import demo as demonstration
from slackapp.doctor import doctor as examination
from slackapp.people_import import importing
from slackapp.people_import import sheet as people_csv
from slackapp.people_import.importing import Found
from slackapp.people_import.sheet import Sheet
from slackapp.process import key_rotation, logs, settings
from slackapp.process.clock import Clock
from slackapp.process.data_folder import make_private
from slackapp.process.errors import Stop
from storage import StorageError

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy")


@click.group(cls=Program, epilog="Example: waymark demo")
@click.version_option(version("waymark"), prog_name="waymark")
def main() -> None:
    """Waymark: micro-mentoring and just-in-time coaching in Slack."""


main.add_command(manifest)
main.add_command(topics)
main.add_command(explain)
main.add_command(pair)
main.add_command(propose)
main.add_command(dead_letters)
main.add_command(reports)
main.add_command(answers)
main.add_command(privacy)
topics.add_command(replay)


@main.command(epilog="Example: waymark demo --port 8400")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8400,
    show_default=True,
    help="Where the playground's page is.",
)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".waymark"),
    show_default=True,
    envvar="WAYMARK_DATA_DIR",
    show_envvar=True,
    help="Where everything is kept.",
)
@click.option(
    "--model", "has_model", is_flag=True, help="Let a stand-in for a model lead talks; no model runs."
)
def demo(port: int, data_dir: Path, has_model: bool) -> None:
    """Try Waymark in a browser: no Slack, no account, nothing leaves this machine."""
    given = settings.read_partly(_for_demo(os.environ))
    for name in PROXIES:
        os.environ.pop(name, None)
    # For the playground and Redis, too: what they write is for nobody else on this machine.
    os.umask(0o077)
    for sentence in make_private(data_dir):
        say(sentence)
    logs.configure("warning" if given.log == "info" else given.log, _log_file(data_dir))
    metrics = given.metrics_port if given.is_metrics_port_set else None
    plan = demonstration.DemoPlan(data_dir.absolute(), given.manifest.absolute(), port, has_model, metrics)
    asyncio.run(demonstration.demo(plan, say))


@main.command(epilog="Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… waymark run")
def run() -> None:
    """Run the app for a Slack workspace, as the environment says."""
    given = settings.take(os.environ)
    logs.configure(given.log)
    asyncio.run(serve(given, Clock()))


@main.command(epilog="Example: waymark doctor --json")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def doctor(as_json: bool) -> None:
    """Check settings, Slack, Redis and what was given up. The exit code is 1 when something is wrong."""
    given = settings.take(os.environ)
    logs.configure("error")
    if not asyncio.run(_examine(given, as_json)):
        sys.exit(1)


@main.command(epilog="Example: export WAYMARK_SECRET_KEY=$(waymark secret)")
@click.option("--rotate", is_flag=True, help="Encrypt all stored tokens anew under the first key.")
@click.option("--json", "as_json", is_flag=True, help="With --rotate: print the result as JSON.")
def secret(rotate: bool, as_json: bool) -> None:
    """Make a key for WAYMARK_SECRET_KEY, which encrypts stored tokens.

    The variable may hold several keys, with commas between them: the first encrypts, all decrypt. With
    --rotate no key is made, and all stored tokens are encrypted anew under the first, beside running workers.
    """
    if not rotate:
        say(Fernet.generate_key().decode())
        return
    given = settings.read_partly(os.environ)
    logs.configure("error")
    if not asyncio.run(_rotate(given, as_json)):
        sys.exit(1)


@main.command(epilog="Example: WAYMARK_DATA_DIR=.waymark waymark learn")
@workspace_option("The workspace's id; without it, all where a talk has ended so far.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per workspace.")
def learn(workspace: str | None, as_json: bool) -> None:
    """Learn from what came of past requests now, as the app does each night, and say what came of it."""
    given = settings.read_partly(os.environ)
    logs.configure("error")
    asyncio.run(_learn(given, workspace, as_json))


@main.group(epilog="Example: waymark people import people.csv --dry-run")
def people() -> None:
    """Bring people in from a list."""


@people.command("import", epilog="Example: waymark people import people.csv --dry-run")
@click.argument("file", type=click.Path(allow_dash=True))
@workspace_option("The workspace's id, where the app serves many.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def people_import_(file: str, workspace: str | None, dry_run: bool, as_json: bool) -> None:
    """Enrol the people of a CSV FILE.

    \b
    Columns: slack_id,email,level,topics,minutes_per_week,hours,lanes,manager,team,function,site
    For example: U012AB3CD,,4,python:3;sql:2,60,mon-fri 09:00-17:00,peer;senior,boss@example.com,,,
    Commas, semicolons or tabs; headings as HR systems write them; see docs/operating.md.
    """
    given = settings.take(os.environ)
    logs.configure("error")
    sheet = people_csv.read_bytes(content(file), open_manifest(given.manifest).manifest.topics)
    asyncio.run(_import(given, workspace, sheet, dry_run, as_json))


async def _examine(given: settings.Settings, as_json: bool) -> bool:
    is_well = True
    async for found in examination.examine(given, Clock()):
        is_well = is_well and found.verdict != "bad"
        say(json.dumps(found.as_facts()) if as_json else f"{MARKS[found.verdict]} {found.sentence}")
    return is_well


async def _rotate(given: settings.Settings, as_json: bool) -> bool:
    """Encrypt tokens anew; return whether a key opened each of them."""
    if given.secret_key is None:
        raise Stop("WAYMARK_SECRET_KEY is missing: set it to the new key and the old one, with a comma.")
    async with stored(given, Clock(), Tempo(), ALL) as stores:
        workspaces = await stores.installations.workspaces()
        with bar("Encrypting tokens", len(workspaces), as_json) as shown:
            done = await key_rotation.rotate(stores.installations, workspaces, shown.update)
    say(json.dumps(asdict(done)) if as_json else key_rotation.sentence(done))
    if done.locked:
        say(key_rotation.locked_out(done.locked), err=True)
    return not done.locked


async def _learn(given: settings.Settings, workspace: str | None, as_json: bool) -> None:
    # The demo's time may be ahead, and what it has done lies in that time.
    clock, manifest = Clock(given.data_dir / "clock"), open_manifest(given.manifest).manifest
    only = WorkspaceId(workspace) if workspace else None
    has_any = False
    async with stored(given, clock, Tempo(), ALL) as stores:
        progress = partial(_learning_bar, as_json=as_json)
        async for id, found in learning_report.learn_now(stores, manifest, only, clock.now(), progress):
            has_any = True
            facts = {"workspace": id, **found.model_dump(mode="json")}
            say(json.dumps(facts) if as_json else f"{id}: {learning_report.sentence(found)}")
    if not has_any and not as_json:
        say("There is nothing to learn from yet: no talk has ended.")


@contextmanager
def _learning_bar(workspace: str, requests: int, as_json: bool) -> Iterator[Callable[[int], object]]:
    with bar(f"Going through {workspace}", requests, as_json) as shown:
        yield shown.update


async def _import(
    given: settings.Settings, workspace: str | None, sheet: Sheet, dry_run: bool, as_json: bool
) -> None:
    found: Found | None = None
    if sheet.rows or any(row.slack_id or row.email for row in sheet.flawed):
        try:
            found = await _bring_in(given, workspace, sheet, dry_run, as_json)
        except (Stop, StorageError) as stop:
            if not sheet.problems:
                raise
            sheet = replace(sheet, notes=(*sheet.notes, f"Nobody was looked up in Slack: {stop}"))
    refuse_import(sheet, found, as_json)
    finish_import(sheet, found or Found((), ()), dry_run, as_json)


async def _bring_in(
    given: settings.Settings, workspace: str | None, sheet: Sheet, dry_run: bool, as_json: bool
) -> Found:
    """Who was found in Slack; where nothing at all is wrong, they are taken over."""
    clock, manifest = Clock(), open_manifest(given.manifest)
    async with place_in_slack(given, workspace, manifest, clock) as place:
        with bar("Reading the workspace", 0, as_json) as shown:
            found = await importing.find(place, [*sheet.rows, *sheet.flawed], shown.update)
        if not (dry_run or sheet.problems or found.problems):
            with bar("Enrolling", len(found.rows), as_json) as shown:
                await importing.load(place, found, clock.now(), shown.update, tell=True)
    capped = importing.capped(sheet.rows, manifest.manifest.policy.weekly_minutes)
    return replace(found, notes=(*capped, *importing.stopped(found)))


def _for_demo(environment: MutableMapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(("WAYMARK_", "METRICS_"))}


def _log_file(data_dir: Path) -> Any:
    return (data_dir / "app.log").open("a", encoding="utf-8", buffering=1)

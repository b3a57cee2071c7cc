"""Lets people ask and help while everything breaks, and then looks whether what they were told is true.

`make chaos`: three processes of the app share a real Redis, or a cluster of three masters with replicas; the
playground is their Slack. What people are answered is written down outside the app as it comes.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import chaos_audit
from app_world import MONDAY, QUICK, environment_for, open_manifest, with_support
from chaos_audit import Findings, Stored
from chaos_crew import Cluster, Crew, Server, Single
from chaos_people import Ledger
from chaos_ties import OLDER, YOUNGER, Companions
from chaos_trouble import Trouble
from make_storage import SECRET

from kernel.values import PersonId
from playground.driver import Playground
from relationships.circles import circles
from relationships.circles.circles import CircleOffer
from slackapp.bootstrap.wiring import Running, running
from slackapp.manifest.export import for_socket_mode
from slackapp.people_import import importing
from slackapp.people_import import sheet as people_csv
from slackapp.people_import.sheet import COLUMNS
from slackapp.process.clock import Clock
from slackapp.process.settings import read
from slackapp.workspaces.workspaces import ROSTER, AppStores
from storage import StorageAway, Stores

ASKS = (
    *("ask", "ask", "ask_hidden", "write", "talk_on", "talk_on", "look", "thank", "follow_up", "wrap_up"),
    *("think", "answer", "answer", "practise"),
)
HELPS = ("accept", "accept", "accept", "decline", "talk_on", "talk_on", "wrap_up", "look", "thank")
SILENCE = 2.0
IN_CIRCLE = 4  # mentees of each circle that people are asked to join
ALONE = replace(QUICK, recover=1.0)


@dataclass(frozen=True)
class Size:
    """How long and how hard. Times are in seconds; *lease* is when another worker takes over.

    It goes on until *fewest* answers were acknowledged, a question among them, and each trouble comes after
    *between* of Slack's requests were answered since the last: on a slow machine all of it takes longer.
    """

    seconds: float
    seed: int
    askers: int
    helpers: int
    pause: float
    lease: float
    hang: float
    slow: float
    patience: float
    fewest: int = 0
    between: int = 0


LONG = Size(600, 0, askers=24, helpers=12, pause=0.8, lease=20.0, hang=10.0, slow=16.0, patience=600.0)
SHORT = Size(
    seconds=0,
    seed=0,
    askers=4,
    helpers=3,
    pause=0.1,
    lease=4.0,
    hang=0.5,
    slow=0.5,
    patience=300.0,
    fewest=20,
    between=5,
)


@dataclass
class Report:
    """What people did, what broke, and what was found."""

    size: Size
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    trouble: Counter[str] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)
    endless: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> dict[str, list[str]]:
        """What must not have happened; a message that was doubled and counted is none."""
        doubled = self.findings.doubled
        uncounted = doubled if len(doubled) > self.findings.counted else []
        found = {**self.findings.faults, "messages doubled, not counted": uncounted}
        return {heading: those for heading, those in found.items() if those}

    def __str__(self) -> str:
        return "\n".join(
            [
                f"seed {self.size.seed}, {self.size.seconds:.0f} s",
                _line("acknowledged", self.acknowledged),
                _line("not acknowledged", self.refused),
                _line("broken", self.trouble),
                _line("looked at", self.findings.looked_at),
                *(f"{len(those):6} {heading}" for heading, those in self.findings.faults.items()),
                f"{len(self.findings.doubled):6} messages doubled, {self.findings.counted} counted",
                *(f"       {message}" for message in self.findings.doubled[:20]),
                _line("keys without an end", self.endless),
            ]
        )


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name}: {counts.total()} ({', '.join(f'{key} {counts[key]}' for key in sorted(counts))})"


async def chaos(folder: Path, server: Server, size: Size) -> Report:
    """Run it, wait until all is quiet, and return what was found."""
    report, manifest, clock = Report(size), with_support(folder), folder / "clock"
    file = open_manifest(manifest)
    declared = for_socket_mode(file.manifest)
    async with Playground.start(
        now=MONDAY, clock_file=clock, manifest=declared, people=size.askers + size.helpers
    ) as slack:
        crowd = [f"UP{number:07}" for number in range(size.askers + size.helpers)]
        askers, helpers = crowd[: size.askers], crowd[size.askers :]
        async with alone(slack, server, manifest, clock) as app:
            await enrol(app, slack, crowd, helpers)
        ledger = Ledger(folder / "acknowledged.jsonl")
        given = environment_for(slack, server.url, "http", manifest)
        async with Crew.begun(slack, clock, given, size.lease, folder / "app.log") as crew:
            ways = [it.url for it in crew.workers]
            people = Companions(slack, ledger, ways, size.seed, size.pause, helpers=helpers)
            trouble = Trouble(
                slack, crew, server, manifest, size.seed, size.pause, size.hang, size.slow, size.between
            )
            await crew.ready()
            lives = [people.live(person, 2 * ASKS + YOUNGER) for person in askers]
            lives += [people.live(person, 2 * HELPS + OLDER) for person in helpers]
            await for_a_while(size, [*lives, people.listen()], trouble, ledger)
            trouble.heal()
            await crew.ready()
            with suppress(TimeoutError):
                await quiet(slack, server, size.patience)
            people.read_log()
            await crew.stop()
            report.findings.note("workers that did not stop", [str(it) for it in crew.workers if it.hung])
        async with opened(server) as stores:
            stored = await chaos_audit.read(stores.wire)
            audit(stored, slack, ledger, report)
        with (folder / "app.log").open(encoding="utf-8") as lines:
            chaos_audit.check_log(lines, report.findings)
        async with alone(slack, server, manifest, clock) as app:
            place = await app.worker.workspaces.at(slack.team_id)
            await app.quiet()  # what came due as the others were stopped
            stored = await chaos_audit.read(app.worker.stores.wire)
            await chaos_audit.check_cards(stored, place, slack, report.findings)
            # Talks that nobody wraps up end by themselves; people are asked about them when they are at work.
            for hours in (24, 72, *[4] * 24):
                await slack.skip(timedelta(hours=hours))
                await app.quiet()
            chaos_audit.check_follow_ups(await chaos_audit.read(app.worker.stores.wire), report.findings)
            await chaos_audit.check_queues(app.worker.stores, app.quiet, report.findings)
    report.acknowledged = Counter(answer.kind for answer in ledger.answers)
    report.refused, report.trouble, report.endless = ledger.refused, trouble.made, stored.endless
    return report


def audit(stored: Stored, slack: Playground, ledger: Ledger, report: Report) -> None:
    """Look at what is stored as it is."""
    chaos_audit.check_answers(stored, slack, ledger.answers, report.findings, ledger.unsure)
    chaos_audit.check_rules(stored, report.findings)
    chaos_audit.check_messages(stored, slack, report.findings)


@asynccontextmanager
async def alone(slack: Playground, server: Server, manifest: Path, clock: Path) -> AsyncIterator[Running]:
    """Run one app in this process until the block ends."""
    settings = read(environment_for(slack, server.url, "http", manifest))
    async with running(settings, open_manifest(manifest), Clock(clock), ALONE) as app:
        yield app


@asynccontextmanager
async def opened(server: Server) -> AsyncIterator[AppStores]:
    """Open what is stored."""
    stores = await Stores.open(server.url, ROSTER, secret=SECRET, timeout=30)
    try:
        yield stores
    finally:
        await stores.close()


async def enrol(app: Running, slack: Playground, crowd: list[str], helpers: list[str]) -> None:
    """Let the app know everyone, who helps, and who is asked to join a circle."""
    lines = [",".join(COLUMNS)]
    lines += [f"{it},,3,python:3,60,always,peer;senior;reverse" for it in crowd if it in helpers]
    lines += [f"{it},,2,,,," for it in crowd if it not in helpers]
    place = await app.worker.workspaces.at(slack.team_id)
    sheet = people_csv.read("\n".join(lines) + "\n", place.desk.topics)
    found = await importing.find(place, sheet.rows, lambda _read: None)
    assert not sheet.problems + found.problems
    await importing.load(place, found, slack.now())
    askers = [PersonId(it) for it in crowd if it not in helpers]
    for number in range(len(askers) // IN_CIRCLE):
        mentees = tuple(askers[IN_CIRCLE * number :][:IN_CIRCLE])
        offer = CircleOffer(f"circle-{number}", "Circles", PersonId(helpers[number]), mentees)
        assert not await circles.propose(place.desk, offer, slack.now())
    await app.quiet()


async def for_a_while(
    size: Size, lives: Sequence[Coroutine[Any, Any, None]], trouble: Trouble, ledger: Ledger
) -> None:
    """Let people live in trouble for as long as *size* says; an error in any of it ends the run."""
    enough = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(life) for life in lives]
        made = group.create_task(trouble.go_on(enough))
        await asyncio.sleep(size.seconds)
        while len(ledger.answers) < size.fewest or not ledger.has_asked:
            await asyncio.sleep(0.05)
        enough.set()
        await made
        for task in tasks:
            task.cancel()


async def quiet(slack: Playground, server: Server, within: float) -> None:
    """When nothing is due, undelivered or on its way, and the app has been silent for a while."""
    async with asyncio.timeout(within), opened(server) as stores:
        silent_since, seen = time.monotonic(), -1
        while time.monotonic() - silent_since < SILENCE:
            await slack.skip(timedelta(minutes=1))
            with suppress(StorageAway):
                await stores.notices.hurry(slack.team_id)
                is_idle = await idle(stores, slack)
            if not is_idle or not slack.slack.link.quiet or slack.slack.journal.last != seen:
                silent_since, seen = time.monotonic(), slack.slack.journal.last
            await asyncio.sleep(0.2)


async def idle(stores: AppStores, slack: Playground) -> bool:
    """Whether there is nothing to do in any queue."""
    shard = stores.of(slack.team_id).at.shard
    now = int(slack.now().timestamp() * 1_000_000)
    waiting = await stores.wire.calls(
        [
            ("XLEN", shard.due),
            ("XLEN", shard.notices),
            ("ZCARD", shard.postponed),
            ("ZCOUNT", shard.agenda, "-inf", now),
        ]
    )
    return not any(map(int, waiting))


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long (10)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="draw the same again")
    parser.add_argument("--cluster", action="store_true", help="on a Redis Cluster with failovers")
    given = parser.parse_args()
    size = Size(**{**LONG.__dict__, "seconds": 60 * given.minutes, "seed": given.seed})
    kind = Cluster if given.cluster else Single
    with tempfile.TemporaryDirectory() as name, kind.begun(Path(name)) as server:
        report = asyncio.run(chaos(Path(name), server, size))
    for heading, those in report.faults.items():
        sys.stdout.write("".join(f"{heading}: {what}\n" for what in those[:50]))
    sys.stdout.write(f"{report}\n")
    raise SystemExit(bool(report.faults))


if __name__ == "__main__":
    main()

"""Sprints by the hundred thousand, with the reminders of a week: `python bench/sprints.py`.

On the private server, append-only file and all. Each sprint has its entries on the agenda: rehearsal,
reminder, recap, end. `insert` is how many entries a second are planned, beside a plain ZADD of as many.
`fire` is how many a second are ticked, taken and ended by a commit, 16 at a time, beside ZRANGEBYSCORE and a
ZREM for each. First a worker of its own process is killed -9 while it fires: what it had ended must stay
ended, what it held must come back, and each entry must have been ended once.
"""

import asyncio
import multiprocessing
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar

from command_line import print_figures
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from coaching.sprints.calendar import end_of
from coaching.sprints.changes import armed
from coaching.sprints.goal_scale import GoalScale
from coaching.sprints.sprint import IfThen, Sprint, SprintPlan, begun
from kernel.policy import Nudges
from kernel.store import Changes, Due, Later
from kernel.values import Document, PersonId, WorkspaceId
from mentoring.model.load import Load
from mentoring.model.person import Person
from storage import Roster, Stores
from storage.server.embedded import embedded

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEK = timedelta(days=7, hours=12)
PER_COMMIT = 128
BEFORE_THE_KILL = 8  # entries of the 64 that it takes at once
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
SCALE = GoalScale(much_less="none", less="one", expected="two", more="three", much_more="four")


class Fired(Document):
    """That the worker which is killed has ended an entry; kept by the same commit."""

    kind: ClassVar[str] = "fired"

    def lists(self) -> Mapping[str, datetime]:
        """All of a workspace."""
        return {"fired": NOW}


def sprint(number: int) -> Sprint:
    """A sprint of two weeks; zones, days and times differ from one to the next."""
    zone, at = ZONES[number % len(ZONES)], clock(8 + number % 10, number % 60)
    days = (number % 7, (number + 2) % 7)
    goal, if_then = f"Goal {number}", IfThen(cue="lunch is over", action="practise")
    plan = SprintPlan(goal=goal, scale=SCALE, days=days, at=at, if_then=if_then, confidence=7)
    return begun(f"S{number}", PersonId(f"U{number}"), plan, NOW, zone=zone, ends_at=end_of(NOW, 2, at, zone))


def planned(count: int) -> list[Later]:
    """Every entry of the first week of so many sprints."""
    rules = Nudges()
    entries = [entry for number in range(count) for entry in armed(sprint(number), NOW, rules)]
    return [entry for entry in entries if isinstance(entry, Later) and entry.at <= NOW + WEEK]


async def insert(stores: Stores[Person, Load], entries: list[Later]) -> float:
    """Put entries on the agenda, over eight workspaces; return how many a second."""
    began = time.perf_counter()
    for start in range(0, len(entries), PER_COMMIT):
        store = stores.of(WorkspaceId(f"BENCH{start // PER_COMMIT % 8}"))
        chunk = entries[start : start + PER_COMMIT]
        await store.commit(lambda _, chunk=chunk: (None, Changes(later=chunk)))
    return len(entries) / (time.perf_counter() - began)


async def plain_insert(raw: Redis, entries: list[Later]) -> float:
    """Do as a bare sorted set would, as many at a time."""
    began = time.perf_counter()
    for start in range(0, len(entries), PER_COMMIT):
        chunk = entries[start : start + PER_COMMIT]
        await raw.zadd("plain", {f"{one.kind} {one.thing}": one.at.timestamp() for one in chunk})
    return len(entries) / (time.perf_counter() - began)


async def plain_fire(raw: Redis) -> float:
    """Take what is due from a bare sorted set, which forgets what a killed worker held."""
    began, fired = time.perf_counter(), 0
    while due := await raw.zrangebyscore("plain", "-inf", (NOW + WEEK).timestamp(), start=0, num=64):
        for entry in due:
            await raw.zrem("plain", entry)
        fired += len(due)
    return fired / (time.perf_counter() - began)


def fire_until_killed(url: str, secret: str, said: Connection) -> None:
    """Fire, with a document for each entry; say what is taken, and what is ended. The parent kills this."""

    async def work() -> None:
        stores = await Stores.open(url, roster(), secret=secret)
        while True:
            await stores.agenda.tick(NOW + WEEK)
            taken = await stores.agenda.take("first")
            said.send(("took", len(taken)))
            for due in taken:
                await one(stores, due)

    async def one(stores: Stores[Person, Load], due: Due) -> None:
        fired = Fired(id=f"{due.kind} {due.thing}")
        await stores.of(due.workspace).commit(lambda _: (None, Changes(put=[fired])), due=due)
        said.send(("ended", 1))

    asyncio.run(work())


def kill_amid(url: str, secret: str) -> int:
    """Let a worker fire in a process of its own, and kill it; return how many entries it had taken."""
    heard, said = multiprocessing.Pipe(duplex=False)
    start = multiprocessing.get_context("spawn").Process
    worker = start(target=fire_until_killed, args=(url, secret, said), daemon=True)
    worker.start()
    told = Counter[str]()
    while told["ended"] < BEFORE_THE_KILL:
        what, count = heard.recv()
        told[what] += count
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    while heard.poll():
        what, count = heard.recv()
        told[what] += count
    return told["took"]


async def ended_by_the_killed(stores: Stores[Person, Load]) -> list[str]:
    """The entries that the killed worker has ended."""
    each = [await stores.of(WorkspaceId(f"BENCH{number}")).ids("fired", limit=10_000) for number in range(8)]
    return [entry for found in each for entry in found]


async def end(stores: Stores[Person, Load], taken: list[Due], seen: Counter[str]) -> None:
    """End entries as a use case does, with a commit each, some at a time."""

    async def one(due: Due) -> None:
        await stores.of(due.workspace).commit(lambda _: (None, Changes()), due=due)
        seen[f"{due.kind} {due.thing}"] += 1

    for start in range(0, len(taken), 16):
        await asyncio.gather(*map(one, taken[start : start + 16]))


async def fire(stores: Stores[Person, Load], seen: Counter[str], most: int) -> int:
    """Handle what is due, as a worker does, until so many are handled; return how many were."""
    fired = 0
    while fired < most:
        moved = await stores.agenda.tick(NOW + WEEK)
        taken = await stores.agenda.take("second")
        if not moved and not taken:
            break
        await end(stores, taken, seen)
        fired += len(taken)
    return fired


def roster() -> Roster[Person, Load]:
    """How people become helpers."""
    return Roster(Person, Load, lambda person, load: person.as_helper(load))


async def measure(count: int) -> dict[str, float | int]:
    """The figures of one run: a worker is killed while it fires, another fires the rest."""
    entries, secret = planned(count), Fernet.generate_key().decode()
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url, Redis.from_url(url) as raw:
            stores = await Stores.open(url, roster(), secret=secret)
            stores.agenda.queue.idle_seconds = 1.0
            inserted, plain = await insert(stores, entries), await plain_insert(raw, entries)
            taken = await asyncio.to_thread(kill_amid, url, secret)
            killed = await ended_by_the_killed(stores)
            seen = Counter(killed)
            began = time.perf_counter()
            fired = await fire(stores, seen, len(entries))
            speed = fired / (time.perf_counter() - began)
            await asyncio.sleep(1.1)
            await fire(stores, seen, len(entries))
            plain_fired = await plain_fire(raw)
            await stores.close()
    return {
        "sprints": count,
        "entries": len(entries),
        "insert_per_second": round(inserted),
        "insert_over_zadd": round(inserted / plain, 3),
        "fire_per_second": round(speed),
        "fire_over_zrem": round(speed / plain_fired, 3),
        "ended_by_the_killed_worker": len(killed),
        "held_by_the_killed_worker": taken - len(killed),
        "lost": len(entries) - len(seen),
        "fired_twice": sum(times > 1 for times in seen.values()),
    }


if __name__ == "__main__":
    print_figures(__doc__, measure, sprints=(100_000, "how many sprints begin at once"))

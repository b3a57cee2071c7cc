"""Plainer ways to find five helpers for an ask, each doing the same work and made as fast as its tool allows.

Each lists those who declare an asked topic, are in their hours, not paused and not full; first who has the
highest sum of own levels in the asked topics, then the higher id. Nobody but Waymark gives reasons, or weighs
lanes, load, repeats and rest. People are numbered, so that no peer has to compare text.

- Python loop: everyone is looked at.
- numpy postings: an array of rows and levels a topic, joined, filtered and summed.
- SQLite: a join table with a covering key, in memory.
- PostgreSQL, join table: the same on a private server over a unix socket, a prepared statement.
- PostgreSQL, GIN: an array of topics a person under a GIN index, with an array of levels beside it.
- Redis: a ZSET a topic; a Lua script adds up those asked and goes down the union until it has five.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import asyncpg
import numpy as np
from redis import Redis

from matching.hours import OpenHours
from matching.ranking.index_arrays import micros
from matching.values import Ask, Helper
from storage.server.redis_program import find_program

BEST, SESSIONS, OFFERS, MINUTES = 5, 2, 2, 60
NEVER_PAUSED = 0
BATCH = 20_000
Best = Callable[[Ask], Sequence[int]]
Row = tuple[int, int, int, int, int, int]


@dataclass(frozen=True)
class Crowd:
    """Everyone, a number each in order of id, and the distinct working weeks."""

    helpers: Sequence[Helper]
    weeks: Sequence[OpenHours]
    now: datetime

    def rows(self) -> Iterator[Row]:
        """Yield (number, minutes booked, open sessions, open offers, paused until, week)."""
        places = {week: place for place, week in enumerate(self.weeks)}
        for number, each in enumerate(self.helpers):
            paused = NEVER_PAUSED if each.paused_until is None else micros(each.paused_until)
            load = (each.minutes_booked, each.open_sessions, each.open_offers)
            yield (number, *load, paused, places[each.hours])

    def known(self) -> Iterator[tuple[str, int, int]]:
        """Yield (topic, number, own level)."""
        for number, each in enumerate(self.helpers):
            yield from ((topic, number, level) for topic, level in each.topics.items())

    def open_weeks(self) -> list[int]:
        """The weeks that are open now: few, so every way is told them for free."""
        return [place for place, week in enumerate(self.weeks) if week.is_open(self.now)]


@contextmanager
def loop(crowd: Crowd) -> Iterator[Best]:
    """Look at everyone."""
    open_now = {week for week in crowd.weeks if week.is_open(crowd.now)}

    def free(each: Helper, ask: Ask) -> bool:
        return (
            each.minutes_booked + ask.minutes <= MINUTES
            and each.open_sessions < SESSIONS
            and each.open_offers < OFFERS
            and (each.paused_until is None or each.paused_until <= crowd.now)
            and each.hours in open_now
        )

    def best(ask: Ask) -> list[int]:
        asked = set(ask.topics)
        scored = (
            (sum(each.topics.get(topic, 0) for topic in asked), number)
            for number, each in enumerate(crowd.helpers)
            if not asked.isdisjoint(each.topics) and free(each, ask)
        )
        return [number for _, number in sorted(scored, reverse=True)[:BEST]]

    yield best


@contextmanager
def numpy_postings(crowd: Crowd) -> Iterator[Best]:
    """Join arrays."""
    booked, sessions, offers, paused, weeks = np.array([row[1:] for row in crowd.rows()]).T.copy()
    is_open = np.isin(np.arange(len(crowd.weeks)), crowd.open_weeks())
    held: dict[str, list[tuple[int, int]]] = {}
    for topic, number, level in crowd.known():
        held.setdefault(topic, []).append((number, level))
    postings = {topic: np.array(pairs).T.copy() for topic, pairs in held.items()}
    now, nobody = micros(crowd.now), np.zeros((2, 0), dtype=np.int64)

    def best(ask: Ask) -> list[int]:
        rows, levels = np.concatenate([postings.get(topic, nobody) for topic in ask.topics], axis=1)
        kept = is_open[weeks[rows]] & (booked[rows] + ask.minutes <= MINUTES) & (paused[rows] <= now)
        kept &= (sessions[rows] < SESSIONS) & (offers[rows] < OFFERS)
        joined = np.sort(rows[kept] * 64 + levels[kept])
        if not len(joined):
            return []
        starts = np.flatnonzero(np.diff(joined // 64, prepend=-1))
        fits = np.add.reduceat(joined % 64, starts)
        ranked = np.sort(fits << 32 | joined[starts] // 64)[: -BEST - 1 : -1]
        return [int(number) for number in ranked & 0xFFFFFFFF]

    yield best


@contextmanager
def sqlite(crowd: Crowd) -> Iterator[Best]:
    """Join two tables in memory."""
    base = sqlite3.connect(":memory:")
    base.execute("create table helper (id integer primary key, booked, sessions, offers, paused, week)")
    base.execute("create table knows (topic text, id int, level int, primary key (topic, id)) without rowid")
    base.executemany("insert into helper values (?, ?, ?, ?, ?, ?)", crowd.rows())
    base.executemany("insert into knows values (?, ?, ?)", sorted(crowd.known()))
    base.execute("analyze")
    weeks = ", ".join(map(str, crowd.open_weeks())) or "null"
    now = micros(crowd.now)

    def best(ask: Ask) -> list[int]:
        asked = ", ".join("?" * len(ask.topics))
        found = base.execute(
            f"select id from knows join helper using (id) where topic in ({asked}) "
            f"and booked + ? <= {MINUTES} and sessions < {SESSIONS} and offers < {OFFERS} "
            f"and paused <= ? and week in ({weeks}) "
            f"group by id order by sum(level) desc, id desc limit {BEST}",
            (*ask.topics, ask.minutes, now),
        )
        return [number for (number,) in found]

    yield best
    base.close()


FREE = (
    f"booked + $2 <= {MINUTES} and sessions < {SESSIONS} and offers < {OFFERS} and paused <= $3 "
    "and week = any($4::int[])"
)
JOINED = (
    f"select id from knows join helper using (id) where topic = any($1::text[]) and {FREE} "
    f"group by id order by sum(level) desc, id desc limit {BEST}"
)
OVERLAPPING = (
    "select id, (select sum(level) from unnest(topics, levels) as each (topic, level) "
    f"where topic = any($1::text[])) as fit from skilled where topics && $1::text[] and {FREE} "
    f"order by fit desc, id desc limit {BEST}"
)
TABLES = (
    "create table helper (id int primary key, booked int, sessions int, offers int, paused bigint, week int)",
    "create table knows (topic text, id int, level int)",
    "create table skilled (id int, booked int, sessions int, offers int, paused bigint, week int, "
    "topics text[], levels int[])",
)
INDEXES = (
    "create unique index on knows (topic, id) include (level)",
    "create index on skilled using gin (topics) with (fastupdate = off)",
    "vacuum analyze",
)


def postgres_programs() -> Path | None:
    """The folder of the newest installed PostgreSQL, or None."""
    found = shutil.which("initdb")
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return Path(found).parent if found else packaged[-1].parent if packaged else None


@contextmanager
def postgres_server(programs: Path) -> Iterator[str]:
    """Run a private server on a unix socket until the block ends; yield its folder.

    It refuses to run as root, who therefore becomes the user that its package made.
    """
    user = "postgres" if os.getuid() == 0 else None
    options = ("listen_addresses=", "shared_buffers=1GB", "work_mem=256MB", "fsync=off", "jit=off")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        shutil.chown(folder, user or os.getuid())
        made = [programs / "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "bench", "-N"]
        subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
        run = [programs / "postgres", "-D", f"{folder}/data", "-k", folder]
        log = stack.enter_context(Path(folder, "log").open("wb"))
        settings = [part for option in options for part in ("-c", option)]
        server = subprocess.Popen([*run, *settings], stderr=log, user=user, cwd=folder)
        stack.callback(server.wait)
        stack.callback(server.send_signal, signal.SIGINT)  # SIGTERM would wait for whoever is connected
        wait_for(lambda: Path(folder, ".s.PGSQL.5432").exists())
        yield folder


def wait_for(is_there: Callable[[], bool], seconds: float = 20.0) -> None:
    """When it is there; raise TimeoutError after some seconds."""
    until = time.monotonic() + seconds
    while not is_there():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.05)


async def connected(folder: str) -> asyncpg.Connection:
    """A connection as soon as the server takes one."""
    for _ in range(200):
        try:
            return await asyncpg.connect(host=folder, user="bench", database="postgres", timeout=10)
        except (asyncpg.CannotConnectNowError, OSError):
            await asyncio.sleep(0.05)
    raise TimeoutError


async def fill(base: asyncpg.Connection, crowd: Crowd) -> None:
    """Create and load the tables of both ways."""
    for table in TABLES:
        await base.execute(table)
    skilled = (
        (*row, list(each.topics), list(each.topics.values()))
        for row, each in zip(crowd.rows(), crowd.helpers, strict=True)
    )
    await base.copy_records_to_table("helper", records=crowd.rows())
    await base.copy_records_to_table("knows", records=crowd.known())
    await base.copy_records_to_table("skilled", records=skilled)
    for index in INDEXES:
        await base.execute(index)


@contextmanager
def postgres(crowd: Crowd, programs: Path) -> Iterator[dict[str, Best]]:
    """Ask a PostgreSQL server in two ways."""
    weeks, now = crowd.open_weeks(), micros(crowd.now)

    def way(prepared: asyncpg.prepared_stmt.PreparedStatement) -> Best:
        def best(ask: Ask) -> list[int]:
            found = runner.run(fetch(prepared, list(ask.topics), ask.minutes, now, weeks))
            return [row["id"] for row in found]

        return best

    with postgres_server(programs) as folder, asyncio.Runner() as runner:
        base = runner.run(connected(folder))
        runner.run(fill(base, crowd))
        join, gin = (runner.run(prepare(base, query)) for query in (JOINED, OVERLAPPING))
        yield {"postgres join": way(join), "postgres gin": way(gin)}
        runner.run(base.close())


async def prepare(base: asyncpg.Connection, query: str) -> asyncpg.prepared_stmt.PreparedStatement:
    """A statement that the server has parsed."""
    return await base.prepare(query)


async def fetch(prepared: asyncpg.prepared_stmt.PreparedStatement, *values: object) -> list[asyncpg.Record]:
    """What it finds."""
    return await prepared.fetch(*values)


SCRIPT = """
redis.call('zunionstore', 'union', #KEYS, unpack(KEYS))
local found, weeks, start = {}, {}, 0
for at = 3, #ARGV do weeks[ARGV[at]] = true end
while #found < 5 do
  local some = redis.call('zrange', 'union', start, start + 99, 'rev')
  if #some == 0 then break end
  for at, record in ipairs(redis.call('hmget', 'people', unpack(some))) do
    local booked, sessions, offers, paused, week = string.match(record, '(%d+) (%d+) (%d+) (%d+) (%d+)')
    if weeks[week] and booked + ARGV[1] <= 60 and sessions + 0 < 2 and offers + 0 < 2
      and paused + 0 <= ARGV[2] + 0 and #found < 5 then found[#found + 1] = some[at] end
  end
  start = start + 100
end
redis.call('del', 'union')
return found
"""


@contextmanager
def redis(crowd: Crowd) -> Iterator[Best]:
    """Ask a private Redis by a script."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        socket = f"{folder}/redis.sock"
        program = str(find_program(Path(folder)).path)
        command = [program, "--dir", folder, "--save", "", "--port", "0", "--unixsocket", socket]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        stack.callback(server.wait)
        stack.callback(server.kill)
        wait_for(lambda: Path(socket).exists())
        client = stack.enter_context(Redis(unix_socket_path=socket))
        fill_redis(client, crowd)
        script = client.register_script(SCRIPT)
        weeks, now = crowd.open_weeks(), micros(crowd.now)
        yield lambda ask: [int(number) for number in script(ask.topics, [ask.minutes, now, *weeks])]


def fill_redis(client: Redis, crowd: Crowd) -> None:
    """Load a ZSET a topic, and everyone's load, pause and week; members are padded to sort like numbers."""
    with client.pipeline(transaction=False) as batch:
        for number, *rest in crowd.rows():
            batch.hset("people", f"{number:07d}", " ".join(map(str, rest)))
            batch_full(batch)
        held: dict[str, dict[str, int]] = {}
        for topic, number, level in crowd.known():
            held.setdefault(topic, {})[f"{number:07d}"] = level
        for topic, members in held.items():
            batch.zadd(topic, members)
        batch.execute()


def batch_full(batch: object) -> None:
    """Send a batch once it is long."""
    if len(batch) >= BATCH:  # type: ignore[arg-type]
        batch.execute()  # type: ignore[attr-defined]

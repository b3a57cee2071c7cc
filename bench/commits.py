"""What a commit costs beside the barest write that Redis knows: `python bench/commits.py`.

One worker on the private server, append-only file and all. In turns, in one run: a plain SET by redis-py,
and a commit that reads a document, decides, and writes it back with an agenda entry and a notice. `ratio` is
commits a second over SETs a second; a commit takes two round trips, so one half would be its ceiling. Then
the agenda: entries added (32 a commit) and fired (ticked, taken, committed) a second, and an idle tick.
"""

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from command_line import print_figures
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from kernel.store import Changes, Key, Later, Show, Snapshot
from kernel.values import PersonId, WorkspaceId
from mentoring.model.load import Load
from mentoring.model.person import Person
from storage import RedisStore, Roster, Stores
from storage.server.embedded import embedded

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE = WorkspaceId("BENCH")
ME = PersonId("U1")
ROUNDS = 5
PER_COMMIT = 32


async def rate(work: Callable[[int], Awaitable[object]], times: int) -> float:
    """How often a second the work is done, one after the other."""
    began = time.perf_counter()
    for number in range(times):
        await work(number)
    return times / (time.perf_counter() - began)


async def commit(store: RedisStore, number: int) -> None:
    """Do what a typical use case does."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, ME) or Person(id=ME, seen_at=NOW)
        changed = person.model_copy(update={"email": f"{number}@example.org"})
        later = Later("remind", f"person:{ME}", NOW)
        return None, Changes(put=[changed], later=[later], show=[Show(f"person:{ME}", to=ME)])

    await store.commit(decide, load=[Key(Person, ME)])


async def add_entries(store: RedisStore, number: int) -> None:
    """Put a batch of entries on the agenda."""
    later = [Later("remind", f"entry:{number}-{index}", NOW) for index in range(PER_COMMIT)]
    await store.commit(lambda _: (None, Changes(later=later)))


async def fire(stores: Stores[Person, Load]) -> int:
    """Handle everything that is due; return how much that was."""
    fired = 0
    while await stores.agenda.tick(NOW):
        while taken := await stores.agenda.take("bench"):
            for due in taken:
                await stores.of(due.workspace).commit(lambda _: (None, Changes()), due=due)
            fired += len(taken)
    return fired


async def measure(stores: Stores[Person, Load], raw: Redis, times: int) -> dict[str, float]:
    """The figures of one run."""
    store = stores.of(HERE)
    sets, commits = [], []
    for _ in range(ROUNDS):
        sets.append(await rate(lambda number: raw.set("bench", f"{number}@example.org"), times))
        commits.append(await rate(lambda number: commit(store, number), times))
    added = await rate(lambda number: add_entries(store, number), times // PER_COMMIT) * PER_COMMIT
    began = time.perf_counter()
    fired = await fire(stores) / (time.perf_counter() - began)
    idle = await rate(lambda _: stores.agenda.tick(NOW), 100)
    return {
        "ratio": round(statistics.median(c / s for c, s in zip(commits, sets, strict=True)), 3),
        "sets_per_second": round(statistics.median(sets)),
        "commits_per_second": round(statistics.median(commits)),
        "agenda_added_per_second": round(added),
        "agenda_fired_per_second": round(fired),
        "idle_tick_ms": round(1000 / idle, 2),
    }


async def on_own_server(times: int) -> dict[str, float]:
    """Measure on a server of its own."""
    roster = Roster(Person, Load, lambda person, load: person.as_helper(load))
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url, Redis.from_url(url) as raw:
            stores = await Stores.open(url, roster, secret=Fernet.generate_key().decode())
            figures = await measure(stores, raw, times)
            await stores.close()
    return figures


if __name__ == "__main__":
    print_figures(__doc__, on_own_server, times=(1000, "operations in each of the five rounds"))

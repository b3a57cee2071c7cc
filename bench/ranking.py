"""How long it takes to find the best five for one ask among many people, beside plainer ways to do it.

    python bench/ranking.py [--people 1000 --people 100000] [--asks 200] [--json]

An ask names three of 500 topics, of which few are common. Everyone declares four, with levels, load and
hours, and every way respects them. The app's ranking also gives its reasons.
"""

import json
import random
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import click
import numpy as np

from matching.history import History
from matching.hours import Hours
from matching.index import HelperIndex
from matching.learned import Learned
from matching.ranking import rank
from matching.values import Ask, Helper

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOPICS, DECLARED, ASKED, BEST, PAST = 500, 4, 3, 5, 2000
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")
WEEKS = [Hours(zone, tuple((day, 480, 1020) for day in range(5))) for zone in ZONES]
Figures = dict[str, float]


def topics(draw: random.Random, count: int) -> list[str]:
    """Return distinct topics; the first ones are the common ones."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"t{min(int(draw.expovariate(1 / 100)), TOPICS - 1)}"] = None
    return list(found)


def people(count: int, draw: random.Random) -> list[Helper]:
    """Return helpers, most of them free."""
    return [
        Helper(
            f"U{number:010d}",
            draw.randint(1, 7),
            {topic: draw.randint(1, 3) for topic in topics(draw, DECLARED)},
            minutes_booked=draw.choice((0, 0, 15, 40)),
            hours=draw.choice(WEEKS),
        )
        for number in range(count)
    ]


def asks(count: int, draw: random.Random) -> list[Ask]:
    """Return asks from people of level 4."""
    return [
        Ask(f"R{number}", "U-asker", 4, tuple(topics(draw, ASKED)), text=" ".join(topics(draw, 20)))
        for number in range(count)
    ]


def past(everyone: list[Helper], draw: random.Random) -> History:
    """Return a history of answered asks."""
    history = History()
    for ask in asks(PAST, draw):
        history.asked(ask)
        for helper in draw.sample(everyone[:2000], 2):
            at = NOW - timedelta(days=draw.randrange(400))
            history.answered(ask.id, helper.id, at, worked=draw.random() < 0.5)
    return history


def loop(everyone: list[Helper]) -> Callable[[Ask], object]:
    """Return a ranking that looks at everyone."""

    def best(ask: Ask) -> list[tuple[int, str]]:
        scored = (
            (sum(helper.topics.get(topic, 0) for topic in ask.topics), helper.id)
            for helper in everyone
            if helper.minutes_booked + ask.minutes <= 60 and not helper.topics.keys().isdisjoint(ask.topics)
        )
        return sorted(scored, reverse=True)[:BEST]

    return best


def sqlite(everyone: list[Helper]) -> Callable[[Ask], object]:
    """Return a ranking by an index over a join table."""
    base = sqlite3.connect(":memory:")
    base.execute("create table helper (id text primary key, booked int) without rowid")
    base.execute("create table knows (topic text, id text, level int, primary key (topic, id)) without rowid")
    base.executemany(
        "insert into helper values (?, ?)", ((each.id, each.minutes_booked) for each in everyone)
    )
    known = ((topic, each.id, level) for each in everyone for topic, level in each.topics.items())
    base.executemany("insert into knows values (?, ?, ?)", known)
    query = (
        "select id, sum(level) as fit from knows join helper using (id) where topic in (?, ?, ?) "
        "and booked + 25 <= 60 group by id order by fit desc, id limit 5"
    )
    return lambda ask: base.execute(query, ask.topics).fetchall()


def timed(best: Callable[[Ask], object], wanted: list[Ask]) -> Figures:
    """Return the median and the 99th percentile in milliseconds, after a few to warm up."""
    seconds = []
    for ask in [*wanted[:5], *wanted]:
        started = time.perf_counter()
        best(ask)
        seconds.append(time.perf_counter() - started)
    spent = np.array(seconds[5:]) * 1e3
    return {"ms": float(np.median(spent)), "p99": float(np.percentile(spent, 99))}


def built(everyone: list[Helper]) -> tuple[HelperIndex, Figures]:
    """Return an index with its seconds to load, microseconds an edit and bytes a person (ids counted)."""
    started = time.perf_counter()
    index = HelperIndex(everyone)
    load = time.perf_counter() - started
    draw = random.Random(7)
    changed = people(2000, draw)
    started = time.perf_counter()
    for helper in changed[: len(everyone)]:
        index.put(helper)
    edit = (time.perf_counter() - started) / min(len(changed), len(everyone))
    return index, {"load s": load, "edit us": edit * 1e6}


def bytes_each(count: int) -> float:
    """Return what an index keeps for each of some people, their ids included."""
    draw = random.Random(1)
    week, choice = WEEKS[0], [f"t{number}" for number in range(TOPICS)]
    tracemalloc.start()
    index = HelperIndex(
        Helper(f"U{number:010d}", 4, dict.fromkeys(draw.sample(choice, DECLARED), 2), hours=week)
        for number in range(count)
    )
    kept = tracemalloc.get_traced_memory()[0] / len(index)
    tracemalloc.stop()
    return kept


def measure(count: int, wanted: int) -> dict[str, Figures]:
    """Return the figures of every way for a number of people."""
    everyone = people(count, random.Random(count))
    questions = asks(wanted, random.Random(2))
    index, figures = built(everyone)
    model = Learned(past(everyone, random.Random(3)))
    return {
        "declared": timed(lambda ask: rank(ask, index, NOW, BEST), questions) | figures,
        "learned": timed(lambda ask: rank(ask, index, NOW, BEST, model=model), questions),
        "python loop": timed(loop(everyone), questions[:20]),
        "sqlite": timed(sqlite(everyone), questions),
    }


@click.command()
@click.option("--people", "counts", multiple=True, type=int, default=(1_000, 10_000, 100_000))
@click.option("--asks", "wanted", default=200, help="How many asks to rank.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(counts: tuple[int, ...], wanted: int, as_json: bool) -> None:
    """Measure the speed of ranking, for example: python bench/ranking.py --people 100000"""
    tables = {count: measure(count, wanted) for count in counts}
    if as_json:
        print(json.dumps(tables))
        return
    for count, table in tables.items():
        for way, figures in table.items():
            print(
                f"{count:>9} {way:12}",
                *(f"{name} {value:.3f}" for name, value in figures.items()),
                flush=True,
            )
    print(f"bytes a person: {bytes_each(20_000):.0f}")


if __name__ == "__main__":
    main()

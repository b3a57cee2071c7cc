"""How long it takes to find the best five for one ask among many people, beside plainer ways to do it.

    python bench/ranking.py [--people 1000 --people 100000] [--asks 200] [--peer sqlite] [--json]

An ask names three of 500 topics, of which few are common, and needs help now. Everyone declares four, with
levels, load, pauses and hours; every way respects them (`ranking_peers` says how), and before it is timed
each has to find what the loop finds. Waymark ranks by everything it knows and gives its reasons: by declared
profiles, by those without everyone above and below an asker (a manager has eight reports), and by a model
with a past of 2,000 asks. *head* is how long it takes to find everyone below the very first. One process, one
ask at a time. Ratios are to *--peer*.
"""

import json
import random
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import click
import numpy as np
from ranking_peers import (
    BEST,
    Best,
    Crowd,
    loop,
    numpy_postings,
    postgres,
    postgres_programs,
    redis,
    sqlite,
)

from matching.hours import OpenHours
from matching.learning.history import History
from matching.learning.learned import Learned
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.values import Ask, Helper, Urgency

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOPICS, DECLARED, ASKED, PAST = 500, 4, 3, 2000
COMPARED, TURN, REPORTS = 10, 10, 8
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")
WEEKS = [OpenHours(zone, tuple((day, 480, 1020) for day in range(5))) for zone in ZONES]
Figures = dict[str, float]


def topics(draw: random.Random, count: int) -> list[str]:
    """Distinct topics; the first ones are the common ones."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"t{min(int(draw.expovariate(1 / 100)), TOPICS - 1)}"] = None
    return list(found)


def people(count: int, draw: random.Random) -> list[Helper]:
    """Helpers in order of id, most of them free."""
    return [
        Helper(
            f"U{number:010d}",
            draw.randint(1, 7),
            {topic: draw.randint(1, 3) for topic in topics(draw, DECLARED)},
            minutes_booked=draw.choice((0, 0, 15, 40)),
            open_sessions=draw.choice((0, 0, 0, 1, 2)),
            open_offers=draw.choice((0, 0, 0, 1, 2)),
            hours=draw.choice(WEEKS),
            paused_until=NOW + timedelta(days=draw.choice((-3, 3))) if draw.random() < 0.1 else None,
        )
        for number in range(count)
    ]


def asks(count: int, draw: random.Random) -> list[Ask]:
    """Asks from people of level 4."""
    return [
        Ask(
            f"R{number}",
            "U-asker",
            4,
            tuple(topics(draw, ASKED)),
            urgency=Urgency.NOW,
            text=" ".join(topics(draw, 20)),
        )
        for number in range(count)
    ]


def past(everyone: list[Helper], draw: random.Random) -> History:
    """A history of answered asks."""
    history = History()
    for ask in asks(PAST, draw):
        history.asked(ask)
        for helper in draw.sample(everyone[:2000], 2):
            at = NOW - timedelta(days=draw.randrange(400))
            history.answered(ask.id, helper.id, at, worked=draw.random() < 0.5)
    return history


def timed(ways: dict[str, Callable[[Ask], object]], wanted: list[Ask]) -> dict[str, Figures]:
    """The median and the 99th percentile in milliseconds of each way.

    They take turns, some asks each, so that a busy moment of the machine hits all; the first turn warms up.
    """
    spent: dict[str, list[float]] = {name: [] for name in ways}
    turns = [wanted[start : start + TURN] for start in range(0, len(wanted), TURN)]
    for turn in [turns[0], *turns]:
        for name, best in ways.items():
            for ask in turn:
                started = time.perf_counter()
                best(ask)
                spent[name].append((time.perf_counter() - started) * 1e3)
    counted = {name: each[len(turns[0]) :] for name, each in spent.items()}
    return {
        name: {"ms": float(np.median(each)), "p99": float(np.percentile(each, 99))}
        for name, each in counted.items()
    }


def agreed(ways: dict[str, Best], wanted: list[Ask]) -> dict[str, Best]:
    """The ways as they are; raise ValueError where one does not find what the first does."""
    first, *others = ways
    for ask in wanted[:COMPARED]:
        found = ways[first](ask)
        for name in others:
            if ways[name](ask) != found:
                raise ValueError(f"{name} does not do the work of {first}")
    return ways


def built(everyone: list[Helper]) -> tuple[HelperIndex, Figures]:
    """An index with its seconds to load and microseconds an edit."""
    started = time.perf_counter()
    index = HelperIndex(everyone)
    load = time.perf_counter() - started
    changed = people(min(2000, len(everyone)), random.Random(7))
    started = time.perf_counter()
    for helper in changed:
        index.put(helper)
    edit = (time.perf_counter() - started) / len(changed)
    for helper in everyone[: len(changed)]:
        index.put(helper)
    return index, {"load s": load, "edit us": edit * 1e6}


def led(index: HelperIndex, everyone: list[Helper]) -> float:
    """Give everyone but the first a manager; return the milliseconds to find all below the first."""
    for number, helper in enumerate(everyone[1:]):
        index.lines.put(helper.id, [everyone[number // REPORTS].id])
    started = time.perf_counter()
    index.lines.around(everyone[0].id)
    return (time.perf_counter() - started) * 1e3


def bytes_each(count: int) -> float:
    """What an index keeps for each of some people, their ids included."""
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
    """The figures of every way for a number of people; without PostgreSQL those of the others."""
    everyone = people(count, random.Random(count))
    questions = asks(wanted, random.Random(2))
    crowd = Crowd(everyone, WEEKS, NOW)
    index, figures = built(everyone)
    model = Learned(past(everyone, random.Random(3)))
    figures["head ms"] = led(index, everyone)
    last = everyone[-1].id
    programs = postgres_programs()
    with ExitStack() as stack:
        peers: dict[str, Best] = {"loop": stack.enter_context(loop(crowd))}
        peers["numpy postings"] = stack.enter_context(numpy_postings(crowd))
        peers["sqlite"] = stack.enter_context(sqlite(crowd))
        peers["redis"] = stack.enter_context(redis(crowd))
        if programs is not None:
            peers |= stack.enter_context(postgres(crowd, programs))
        table = timed(
            {
                "declared": lambda ask: rank(ask, index, NOW, BEST),
                "in line": lambda ask: rank(
                    replace(ask, excluded=index.lines.around(last)), index, NOW, BEST
                ),
                "learned": lambda ask: rank(ask, index, NOW, BEST, model=model),
                **agreed(peers, questions),
            },
            questions,
        )
    table["declared"] |= figures
    return table


def show(count: int, table: dict[str, Figures], peer: str) -> None:
    """Print the table of one number of people."""
    print(f"\n{count:,} people{'':12}ms     p99   p99/ms  x {peer}")
    for name, figures in table.items():
        ms, p99 = figures["ms"], figures["p99"]
        print(f"{name:16}{ms:14.3f}{p99:9.3f}{p99 / ms:7.1f}{ms / table[peer]['ms']:10.2f}", flush=True)
    more = {name: value for name, value in table["declared"].items() if name not in {"ms", "p99"}}
    print("index:", ", ".join(f"{name} {value:.2f}" for name, value in more.items()), flush=True)


@click.command()
@click.option("--people", "counts", multiple=True, type=int, default=(1_000, 10_000, 100_000))
@click.option("--asks", "wanted", default=200, help="How many asks to rank.")
@click.option("--peer", default="sqlite", help="The way that ratios are to.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(counts: tuple[int, ...], wanted: int, peer: str, as_json: bool) -> None:
    """Measure the speed of ranking, for example: python bench/ranking.py --people 100000"""
    tables = {count: measure(count, wanted) for count in counts}
    if as_json:
        print(json.dumps(tables))
        return
    for count, table in tables.items():
        show(count, table, peer)
    if postgres_programs() is None:
        print("\nPostgreSQL is not installed here, so it was left out.")
    print(f"\nbytes a person: {bytes_each(20_000):.0f}")


if __name__ == "__main__":
    main()

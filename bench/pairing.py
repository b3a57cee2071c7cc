"""Ways to pair a cohort, side by side: how good, for whom, how long, how much memory.

    python bench/pairing.py [--people 300 --people 1000 --people 5000] [--way prices ...] [--json]

Made-up cohorts: two mentors for five mentees, 5 % more places than mentees, and 2 % of all pairs out of the
question. Everybody wishes for five mentors and wants two topics: by lot (easy), or nearly all the same ones
(contested). Each way gets the same points, one pair more being worth more than all else, and a process of its
own; seconds are the processor's.
"""

import heapq
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

import click
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matching.pairing.assignment import assign
from matching.pairing.fit import chance, fit
from matching.pairing.obstacles import FREE, obstacles
from matching.pairing.pairing import pair
from matching.pairing.values import Cohort, Floats, Ints, Participant, Trait

ALONE = -1
MENTORS, PLACES, NEVER, WISHES, FAME = 0.4, 1.05, 0.02, 5, 3.0
TOPICS = [Trait("topics", f"topic-{number}") for number in range(12)]
KEPT = 30


def made_up(people: int, *, is_contested: bool, seed: int = 1) -> Cohort:
    """A cohort in which nearly all want the same mentors, or everybody others."""
    draw = np.random.default_rng(seed)
    count = int(people * MENTORS)
    fame = draw.gumbel(size=count) * (FAME if is_contested else 0.0)
    places = np.bincount(draw.integers(0, count, int(people * PLACES)), minlength=count)
    mentors = tuple(
        Participant(
            f"m{number:05}",
            level=int(draw.integers(3, 8)),
            has=frozenset(_some(draw, 3)),
            depths={topic.value: int(draw.integers(1, 4)) for topic in TOPICS},
            places=int(places[number]),
        )
        for number in range(count)
    )
    mentees = tuple(
        Participant(
            f"e{number:05}",
            level=1 if is_contested else int(draw.integers(1, 6)),
            wants=frozenset(TOPICS[:2] if is_contested else _some(draw, 2)),
            wishes=tuple(f"m{place:05}" for place in np.argsort(-(fame + draw.gumbel(size=count)))[:WISHES]),
            never=frozenset(f"m{place:05}" for place in np.flatnonzero(draw.random(count) < NEVER)),
        )
        for number in range(people)
    )
    return Cohort(mentees, mentors)


def _some(draw: np.random.Generator, count: int) -> list[Trait]:
    return [TOPICS[place] for place in draw.choice(len(TOPICS), count, replace=False)]


@dataclass(frozen=True)
class Market:
    """The points of a cohort with what a pair is worth by itself, -inf where there can be none."""

    value: Floats
    places: Ints


def market(cohort: Cohort) -> Market:
    """What every way is given."""
    points = fit(cohort) + chance(cohort)
    lift = (len(points) + 1) * float(np.ptp(points) + 1)
    value = np.where(obstacles(cohort) == FREE, points + lift, -np.inf)
    return Market(value, np.array([mentor.places for mentor in cohort.mentors]))


def by_prices(given: Market) -> Ints:
    """Match as Waymark does."""
    return assign(given.value, given.places).mentor_of


def dense(given: Market) -> Ints:
    """Match by the dense solver, each place a column."""
    slots = np.repeat(np.arange(len(given.places)), given.places)
    value = np.where(np.isfinite(given.value), given.value, 0.0)[:, slots]
    rows, columns = linear_sum_assignment(value, maximize=True)
    found = np.full(len(value), ALONE)
    found[rows] = np.where(value[rows, columns] > 0, slots[columns], ALONE)
    return found


def pruned(given: Market) -> Ints:
    """Match by the sparse solver, with the thirty best mentors of each mentee alone."""
    best = np.argpartition(-given.value, KEPT, axis=1)[:, :KEPT]
    first = np.concatenate([[0], np.cumsum(given.places)])
    rows, columns, costs = [], [], []
    top = given.value[np.isfinite(given.value)].max()
    for row, mentors in enumerate(best):
        for mentor in mentors[np.isfinite(given.value[row, mentors])]:
            for slot in range(first[mentor], first[mentor + 1]):
                rows.append(row)
                columns.append(slot)
                costs.append(top + 1 - given.value[row, mentor])
        rows.append(row)
        columns.append(first[-1] + row)
        costs.append(top + 1)
    graph = csr_array((costs, (rows, columns)), shape=(len(best), first[-1] + len(best)))
    taken_rows, taken = min_weight_full_bipartite_matching(graph)
    found = np.full(len(best), ALONE)
    found[taken_rows] = np.where(taken < first[-1], np.searchsorted(first, taken, side="right") - 1, ALONE)
    return found


def greedy(given: Market) -> Ints:
    """Match the best pair that is left, again and again."""
    left, found = given.places.copy(), np.full(len(given.value), ALONE)
    width = given.value.shape[1]
    for place in np.argsort(-given.value, axis=None):
        row, column = divmod(int(place), width)
        if not np.isfinite(given.value[row, column]):
            break
        if found[row] == ALONE and left[column]:
            found[row] = column
            left[column] -= 1
    return found


def deferred(given: Market) -> Ints:
    """Match by deferred acceptance (Gale and Shapley): mentees propose, and both sides go by the points."""
    orders = np.argsort(-given.value, axis=1)
    found, asked = np.full(len(orders), ALONE), np.zeros(len(orders), dtype=int)
    held: list[list[tuple[float, int]]] = [[] for _ in given.places]
    free = list(range(len(orders)))
    while free:
        row = free.pop()
        while asked[row] < orders.shape[1]:
            column = orders[row, asked[row]]
            value = given.value[row, column]
            asked[row] += 1
            if not np.isfinite(value):
                break
            if given.places[column] == 0 or (
                len(held[column]) == given.places[column] and held[column][0][0] >= value
            ):
                continue
            heapq.heappush(held[column], (value, row))
            found[row] = column
            if len(held[column]) > given.places[column]:
                _, loser = heapq.heappop(held[column])
                found[loser] = ALONE
                free.append(loser)
            break
    return found


WAYS: dict[str, Callable[[Market], Ints]] = {
    "prices": by_prices,
    "dense": dense,
    "thirty best": pruned,
    "greedy": greedy,
    "deferred": deferred,
}
WHOLE = "prices, whole"


def figures(cohort: Cohort, found: Ints) -> dict[str, float]:
    """How good a matching is; whoever has nobody has no points, and is among the worst tenth."""
    points, paired = fit(cohort), found != ALONE
    own = np.where(paired, points[np.arange(len(found)), found], 0.0)
    mentors = [mentor.id for mentor in cohort.mentors]
    wished = [
        is_paired and mentors[place] in mentee.wishes[:3]
        for mentee, place, is_paired in zip(cohort.mentees, found, paired, strict=True)
    ]
    return {
        "points": float(own.sum()),
        "worst tenth": float(np.sort(own)[: max(len(own) // 10, 1)].mean()),
        "first three wishes": float(np.mean(wished)),
        "unpaired": float((~paired).sum()),
    }


def run(errand: tuple[int, bool, str]) -> dict[str, float]:
    """Pair one made-up cohort in one way, and measure it; the memory is what it took beyond its beginning."""
    people, is_contested, way = errand
    cohort = made_up(people, is_contested=is_contested)
    if way == WHOLE:
        before, start = _peak(), time.process_time()
        pairing = pair(cohort)
        took = time.process_time() - start
        place = {mentor.id: number for number, mentor in enumerate(cohort.mentors)}
        found = np.array([place.get(pairing.mentors.get(mentee.id, ""), ALONE) for mentee in cohort.mentees])
    else:
        given = market(cohort)
        before, start = _peak(), time.process_time()
        found = WAYS[way](given)
        took = time.process_time() - start
    return {**figures(cohort, found), "seconds": took, "MB": _peak() - before}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@click.command()
@click.option("--people", "sizes", multiple=True, type=int, default=(300, 1_000, 5_000), show_default=True)
@click.option("--way", "ways", multiple=True, type=click.Choice([*WAYS, WHOLE]), default=(*WAYS, WHOLE))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(sizes: tuple[int, ...], ways: tuple[str, ...], as_json: bool) -> None:
    """Measure ways to pair cohorts, for example: python bench/pairing.py --people 1000"""
    spawn, tables = multiprocessing.get_context("spawn"), {}
    for people in sizes:
        for is_contested in (False, True):
            name = f"{people} {'contested' if is_contested else 'easy'}"
            tables[name] = {}
            for way in ways:
                with spawn.Pool(1) as pool:
                    tables[name][way] = row = pool.apply(run, [(people, is_contested, way)])
                if not as_json:
                    print(
                        f"{name:15} {way:14}",
                        *(f"{what} {value:.2f}" for what, value in row.items()),
                        flush=True,
                    )
    if as_json:
        print(json.dumps(tables))


if __name__ == "__main__":
    main()

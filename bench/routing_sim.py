"""How soon is somebody found? Ways of asking, replayed with people who answer only when really active.

    python bench/routing_sim.py FOLDER... [--skip N] [--limit N] [--three SHARE] [--busiest] [--json]

The test requests of routing.py are asked, ranked by the learned model. Someone who is asked answers at their
next real moment of activity (an answer, or presence where the site has it), if that is before the deadline.
They say yes if they did answer that question; else by a coin of request and person, alike in all ways of
asking, with chance .3 · n / (n + 3) for n known answers in its topics. A wave ends when all have answered or
time is up. Whoever has as many open offers and talks as the policy allows is passed over; with --three a
drawn share of people take three at once, with --busiest those with the most answers so far. A talk stays open
for a day, a search for a week. Each search is played to its end before the next, by the ranking as it was
when it began. Where a site's times are not exact, waits mean little. Open posting is the time to the first
real answer: the lower bound.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path

import click
import numpy as np
from command_line import of_sites
from routing import LESSONS, REFIT_EVERY, Run, World, ask_of, gini
from routing_data import Request, Site, load

from kernel.policy import LOAD_PRICE, Policy
from matching.decayed_counts import Floats, Tally
from matching.learning.history import FOREVER, GIVEN_HALF
from matching.ranking.index import key_of
from matching.values import Urgency

POLICY, DAYS = Policy(), 86_400.0
TIMEOUT = POLICY.offer_timeout.of(Urgency.THIS_WEEK).wall.total_seconds() / DAYS
NEEDED = POLICY.needed_within_hours.of(Urgency.THIS_WEEK).total_seconds() / DAYS
TALK, MOST, WILLING, HALF_WILLING, THREE = 1.0, 60, 0.3, 3, 3
HOURS, WEEK = 24, 7


@dataclass(frozen=True, slots=True)
class Way:
    """How many are asked in each wave; without *goes_on* the last wave is the last."""

    name: str
    waves: tuple[int, ...]
    goes_on: bool = True

    def sizes(self) -> Iterator[int]:
        """Yield how many are asked in each wave."""
        return chain(self.waves, repeat(self.waves[-1]) if self.goes_on else ())


WAYS = (
    Way("one at a time", (1,)),
    Way("3 in turn, then 5", (1, 1, 1, 5), False),
    Way("2 in turn, then 5", (1, 1, 5), False),
    Way("2 in turn, then 6", (1, 1, 6), False),
    Way("2 in turn, then 8", (1, 1, 8), False),
    Way("1 first, then 5", (1, 5), False),
    Way("1 first, then 8", (1, 8), False),
    Way("pools of 3", (3,)),
    Way("pools of 5", (5,)),
)


@dataclass
class People:
    """When people were really active, and what they would say."""

    site: Site
    moments: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for day, who in chain(self.site.presence, ((each.day, each.helper) for each in self.site.answers)):
            self.moments[who].append(day)
        for days in self.moments.values():
            days.sort()

    def sees(self, who: str, day: float) -> float:
        """When somebody is next active."""
        days = self.moments[who]
        at = bisect_right(days, day)
        return days[at] if at < len(days) else FOREVER


@dataclass
class Trial:
    """One way of asking at a price of load, and what came of it."""

    way: Way
    price: float
    at_once: dict[str, int] = field(default_factory=dict)
    given: Tally = field(default_factory=lambda: Tally((GIVEN_HALF,)))
    offers: Counter[str] = field(default_factory=Counter)
    asked: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    _busy: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def play(self, request: Request, ranked: list[str], yes: set[str], people: People) -> None:
        """Ask one wave after another until somebody says yes; where nobody is free, the first who is."""
        day, before, waiting = request.day, sum(self.offers.values()), list(ranked)
        end, accepted = request.day + NEEDED, FOREVER
        for size in self.way.sizes():
            day = min((self._free_at(who, day) for who in waiting), default=end)
            if day >= end:
                break
            wave = [who for who in waiting if self._is_free(who, day)][:size]
            waiting = [who for who in waiting if who not in wave]
            accepted, day = self._ask(wave, day, min(day + TIMEOUT, end), yes, people)
            if accepted < FOREVER:
                break
        self.waits.append(accepted - request.day)
        self.asked.append(sum(self.offers.values()) - before)

    def _ask(
        self, wave: list[str], day: float, deadline: float, yes: set[str], people: People
    ) -> tuple[float, float]:
        """When the first of a wave said yes, if one did, and when the last had answered."""
        answers = {who: min(people.sees(who, day), deadline) for who in wave}
        said = [(at, who) for who, at in answers.items() if at < deadline and who in yes]
        first = min(said, default=(FOREVER, ""))
        for who in wave:
            self.offers[who] += 1
            self._busy[who].append((day, min(answers[who], first[0])))
        if said:
            self._busy[first[1]].append((first[0], first[0] + TALK))
        return first[0], max(answers.values())

    def _free_at(self, who: str, day: float) -> float:
        """When somebody has room for one more question, from a day on."""
        while not self._is_free(who, day):
            day = min(end for start, end in self._busy[who] if start <= day < end)
        return day

    def _is_free(self, who: str, day: float) -> bool:
        self._busy[who] = [(start, end) for start, end in self._busy[who] if end > day - WEEK]
        open_now = sum(start <= day < end for start, end in self._busy[who])
        return open_now < self.at_once.get(who, POLICY.open_offers)

    def table(self, candidates: set[str], weeks: float) -> dict[str, float]:
        """The figures by name; waits in hours, of all requests, those never answered the longest."""
        waits = np.array(self.waits) * HOURS
        return {
            "median h": float(np.percentile(waits, 50, method="higher")),
            "p90 h": float(np.percentile(waits, 90, method="higher")),
            "offers": float(np.mean(self.asked)),
            "never": float(np.mean(np.isinf(waits))),
            "busiest a week": max(self.offers.values(), default=0) / weeks,
            "gini": gini(np.array([float(self.offers[who]) for who in candidates])),
        }


class Office:
    """One pass over a site, in which every way of asking is tried on the same requests."""

    def __init__(self, site: Site, share: float = 0.0, *, busiest: bool = False) -> None:
        self.world, self.people = World(site), People(site)
        self.run = Run(self.world, 0.0)
        self.trials = [Trial(way, price) for way in WAYS for price in (0.0, LOAD_PRICE)]
        self.posted: list[float] = []
        self._share, self._is_busiest = share, busiest

    def choose(self) -> None:
        """Have a share of all who can be asked take three questions at once."""
        counts = self.world.counts
        draw = (lambda who: -counts[who]) if self._is_busiest else key_of
        people = sorted(self.world.index, key=draw)
        chosen = dict.fromkeys(people[: round(self._share * len(people))], THREE)
        for trial in self.trials:
            trial.at_once = chosen

    def ask(self, request: Request) -> None:
        """Rank once, and ask in every way."""
        view = self.run.note(request)
        ids = [view.pool.index.id_of(row) for row in view.pool.rows.tolist()]
        scores: Floats = np.sum([share.values for share in view.shares()], axis=0)
        people = np.array([self.world.history.person(id_) for id_ in ids], dtype=np.intp)
        yes = {who for who in ids if self._says_yes(request, who)}
        for trial in self.trials:
            lately = trial.given.faded(people, request.day)[0][:, 0]
            best = np.argsort(-(scores - trial.price * np.log1p(lately)), kind="stable")[:MOST]
            before = trial.offers.copy()
            trial.play(request, [ids[at] for at in best], yes, self.people)
            for who in trial.offers - before:
                trial.given.add(self.world.history.person(who), request.day)

    def post(self, request: Request, first: float) -> None:
        """Count how long the first real answer took."""
        self.posted.append(first - request.day)

    def _says_yes(self, request: Request, who: str) -> bool:
        person, known = self.world.history.person(who), self.world.history.by_topic
        times = sum(known[tag].told(person)[0] for tag in request.tags if tag in known)
        coin = key_of(f"{request.id}\n{who}") / 2**64
        return who in request.answerers or coin < WILLING * times / (times + HALF_WILLING)

    def table(self, weeks: float) -> dict[str, dict[str, float]]:
        """The figures of each way of asking."""
        candidates = set(self.world.index)
        tables = {
            f"{trial.way.name}{', load price' if trial.price else ''}": trial.table(candidates, weeks)
            for trial in self.trials
        }
        waits = np.array(self.posted) * HOURS
        tables["open posting"] = {
            "median h": float(np.percentile(waits, 50, method="higher")),
            "p90 h": float(np.percentile(waits, 90, method="higher")),
            "never": float(np.mean(np.isinf(waits))),
        }
        return tables


def simulate(
    site: Site, limit: int | None, skip: int = 0, share: float = 0.0, *, busiest: bool = False
) -> dict[str, dict[str, float]]:
    """Replay a site, and ask its test requests in every way; of the first *skip* it only learns."""
    office, begin = Office(site, share, busiest=busiest), min(site.test_from + skip, len(site.requests) - 1)
    end = min(len(site.requests), begin + (limit or len(site.requests)))
    firsts = {each.request: each.day for each in sorted(site.answers, key=lambda each: -each.day)}
    for number, request in enumerate(site.requests[:end]):
        for ask_id, helper in office.world.advance(request.day):
            office.run.notes.helped(ask_id, helper)
        after = number - site.test_from
        if after >= 0 and after % REFIT_EVERY == 0:
            office.run.learn()
        if number == begin:
            office.choose()
        if number >= begin and len(office.world.index):
            office.ask(request)
            office.post(request, firsts.get(number, FOREVER))
        elif after >= -LESSONS:
            office.run.note(request)
        office.world.history.asked(ask_of(request))
    days = site.requests[end - 1].day - site.requests[begin].day
    return office.table(max(days, 1.0) / WEEK)


def show(tables: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print a row for each way of asking on each site."""
    columns = list(next(iter(next(iter(tables.values())).values())))
    print("| site | way |" + "".join(f" {column} |" for column in columns))
    print("|" + "---|" * (len(columns) + 2))
    for name, ways in tables.items():
        for way, table in ways.items():
            cells = (f" {table[column]:.2f} |" if column in table else " |" for column in columns)
            print(f"| {name} | {way} |" + "".join(cells), flush=True)


@of_sites(show)
@click.option("--skip", type=click.IntRange(0), default=0, help="Ask none of this many test requests first.")
@click.option("--limit", type=click.IntRange(1), help="Ask only this many requests of each site.")
@click.option("--three", default=0.0, type=click.FloatRange(0, 1), help="Share that takes three at once.")
@click.option("--busiest", is_flag=True, help="Of these, those with the most answers; else drawn.")
def main(
    folder: Path, skip: int, limit: int | None, three: float, busiest: bool
) -> dict[str, dict[str, float]]:
    """Compare ways of asking on sites, for example: python bench/routing_sim.py sites/travel"""
    return simulate(load(folder), limit, skip, three, busiest=busiest)


if __name__ == "__main__":
    main()

"""A workspace's first thousand requests: is the learned ranking ever worse than what it begins from?

    python bench/cold_start.py FOLDER... [--held-out] [--json]

In order of time from a site's first request on; everyone with one known answer is a candidate. People declare
the first two distinct tags of their answers when they join; answers that made a profile are not scored for
their helper. Each ranking is followed by the candidates it does not list, in no order: among equals the mean
over all orders counts. As in the app, what was learned ranks only once it has foretold outcomes better than
profiles; it is fitted anew every fifty requests.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import numpy as np
from routing import ALWAYS, NO_LIMITS, NO_TREE, World, ask_of
from routing_data import Request, Site, load, moment

from matching.learning.default_weights import DEFAULT_WEIGHTS
from matching.learning.history import Floats
from matching.learning.learned import DECLARED_COLUMN, STANDING_COLUMN, Learned, learn, refit
from matching.learning.lessons import Notebook
from matching.ranking.ranking import listed, order
from matching.values import Helper
from mentoring.learning.training_result import FEWEST_OUTCOMES

SPANS = ((1, 100), (101, 300), (301, 1000))
DECLARED_TOPICS, LEVEL, REFIT_EVERY = 2, 2, 50
DRAWS, INTERVAL = 2000, (2.5, 97.5)
HIT, LEARN_FROM = 5, 2000
WAYS = ("overlap", "prior", "learned")


class Joining(World):
    """A world in which people join with their first known answer, their profile complete."""

    def __init__(self, site: Site) -> None:
        super().__init__(site, enough=1)
        self.profiles: dict[str, dict[str, int]] = defaultdict(dict)
        self.declaring: set[tuple[str, str]] = set()
        for each in site.answers:
            request, profile = site.requests[each.request], self.profiles[each.helper]
            new = [tag for tag in request.tags if tag not in profile][: DECLARED_TOPICS - len(profile)]
            profile.update(dict.fromkeys(new, LEVEL))
            self.declaring |= {(request.id, each.helper)} if new else set()

    def _enrol(self, helper: str, request: Request) -> None:
        self.counts[helper] += 1
        if helper not in self.index:
            self.index.put(Helper(helper, 4, self.profiles[helper], hours=ALWAYS, minutes_per_week=10**6))

    def is_scored(self, request: Request) -> bool:
        """Whether who helped could be known, and by more than the answer that made their profile."""
        best = request.best
        return best is not None and best in self.index and (request.id, best) not in self.declaring

    def overlap(self, request: Request) -> list[list[str]]:
        """The candidates by how many of the request's tags they declare, most first."""
        groups: dict[int, list[str]] = defaultdict(list)
        for helper in self.index:
            if helper != request.asker:
                groups[len(self.profiles[helper].keys() & set(request.tags))].append(helper)
        return [groups[shared] for shared in sorted(groups, reverse=True)]


def standing_at(groups: Sequence[Sequence[str]], who: str) -> tuple[float, float]:
    """The mean reciprocal rank and hit@5 of a person over all orders within groups of equals."""
    before = 0
    for group in groups:
        if who in group:
            places = np.arange(before + 1, before + len(group) + 1)
            return float((1 / places).mean()), float((places <= HIT).mean())
        before += len(group)
    return 0.0, 0.0


def completed(ranked: list[str], everyone: set[str]) -> list[list[str]]:
    """A ranking as groups of equals: those listed one by one, then all the others."""
    return [*([each] for each in ranked), sorted(everyone - set(ranked))]


@dataclass
class Run:
    """One pass over a site's beginning, and where the helper of each scored request stood, by way."""

    world: Joining
    notes: Notebook
    outcomes: int = 0
    scores: list[tuple[int, dict[str, tuple[float, float]]]] = field(default_factory=list)

    def hear(self, day: float) -> None:
        """Take in what has become known."""
        for ask_id, helper in self.world.advance(day):
            self.outcomes += 1
            self.notes.helped(ask_id, helper)

    def learn(self) -> None:
        """Fit the weights anew, as the app does, if there is something to fit to."""
        model = self.notes.model
        self.notes.model = replace(model, weights=refit(self.notes.lessons, model.weights).weights)

    def ask(self, number: int, request: Request) -> None:
        """Rank a request in each way, and count where its helper stands."""
        world, ask, now = self.world, ask_of(request), moment(request.day)
        if len(world.index):
            view = self.notes.asked(ask, world.index, now, NO_TREE, NO_LIMITS)
            if world.is_scored(request):
                prior = order(ask, world.index, now, len(world.index))
                learned = listed(view.pool, view.shares(), len(view.pool)) if self.ranks else prior
                self.scores.append((number, self._scored(request, prior, learned)))
        world.history.asked(ask)

    @property
    def ranks(self) -> bool:
        """Whether what was learned is in use."""
        return self.outcomes >= FEWEST_OUTCOMES and self.notes.trust.is_earned

    def _scored(
        self, request: Request, prior: list[str], learned: list[str]
    ) -> dict[str, tuple[float, float]]:
        everyone, best = {each for each in self.world.index if each != request.asker}, str(request.best)
        return {
            "overlap": standing_at(self.world.overlap(request), best),
            "prior": standing_at(completed(prior, everyone), best),
            "learned": standing_at(completed(learned, everyone), best),
        }


def replay(site: Site, weights: Floats, most: int = SPANS[-1][1]) -> Run:
    """Go through a site's first *most* requests, beginning with these weights."""
    world = Joining(site)
    run = Run(world, Notebook(Learned(world.history, weights)))
    for number, request in enumerate(site.requests[:most], start=1):
        run.hear(request.day)
        if number % REFIT_EVERY == 0:
            run.learn()
        run.ask(number, request)
    return run


def held_out(site: Site, others: Sequence[Site]) -> Floats:
    """Weights that know nothing of a site: fitted from nothing to the beginnings of the others."""
    nothing = np.zeros(len(DEFAULT_WEIGHTS))
    nothing[[DECLARED_COLUMN, STANDING_COLUMN]] = 1.0
    runs = [replay(other, nothing, LEARN_FROM) for other in others if other is not site]
    return learn([lesson for run in runs for lesson in run.notes.lessons], nothing)


def table(run: Run, first: int, last: int) -> dict[str, float | list[float]]:
    """The figures of a span of requests; a gain comes with its 95 % interval."""
    rows = [scores for number, scores in run.scores if first <= number <= last]
    figures: dict[str, float | list[float]] = {"scored": len(rows)}
    for at, name in enumerate(("mrr", f"hit@{HIT}")):
        by_way = {way: np.array([row[way][at] for row in rows]) for way in WAYS}
        figures |= {f"{name} {way}": float(values.mean()) for way, values in by_way.items() if rows}
        for way in WAYS[:-1]:
            figures[f"{name} over {way}"] = gain(by_way["learned"] - by_way[way]) if rows else []
    return figures


def gain(differences: Floats) -> list[float]:
    """The mean of paired differences and its 95 % interval, by bootstrap."""
    draws = np.random.default_rng(1).integers(0, len(differences), (DRAWS, len(differences)))
    return [float(differences.mean()), *np.percentile(differences[draws].mean(axis=1), INTERVAL).tolist()]


def show(tables: dict[str, dict[str, dict[str, float | list[float]]]]) -> None:
    """Print a row for each span of each site."""
    rows = [(name, span, table) for name, spans in tables.items() for span, table in spans.items()]
    print("| site | requests |" + "".join(f" {column} |" for column in rows[0][2]))
    print("|" + "---|" * (len(rows[0][2]) + 2))
    for name, span, table in rows:
        print(f"| {name} | {span} |" + "".join(f" {_told(value)} |" for value in table.values()))


def _told(value: float | list[float]) -> str:
    if isinstance(value, list):
        return f"{value[0]:+.3f} ({value[1]:+.3f} to {value[2]:+.3f})" if value else "none"
    return f"{value:.3f}" if value % 1 else f"{value:.0f}"


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--held-out", "is_held_out", is_flag=True, help="Begin from weights of the other sites alone.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folders: tuple[Path, ...], is_held_out: bool, as_json: bool) -> None:
    """Measure sites' first thousand requests, as python bench/cold_start.py sites/dba"""
    sites, tables = [load(folder) for folder in folders], {}
    for site in sites:
        run = replay(site, held_out(site, sites) if is_held_out else np.array(DEFAULT_WEIGHTS))
        tables[site.name] = {f"{first}-{last}": table(run, first, last) for first, last in SPANS}
    if as_json:
        print(json.dumps(tables))
    else:
        show(tables)


if __name__ == "__main__":
    main()

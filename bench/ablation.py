"""What each group of evidence is worth: the app's own ranking measured without it, on sites of real requests.

    python bench/ablation.py FOLDER... [--limit N] [--json]

The protocol is that of bench/routing.py. Every variant sees the same evidence in one pass; it is
refitted without its group, whose weights are zero throughout, and has standings of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import numpy as np
from command_line import of_sites
from routing import (
    LEARN_FROM,
    LESSONS,
    LISTED,
    NO_LIMITS,
    NO_TREE,
    REFIT_EVERY,
    Scores,
    World,
    ask_of,
)
from routing_data import Request, Site, load, moment

from matching.learning.choice_model import Lesson
from matching.learning.default_weights import DEFAULT_WEIGHTS
from matching.learning.evidence import COLUMNS
from matching.learning.history import Floats
from matching.learning.learned import Learned, LearnedView, learn
from matching.learning.residual_rating import Standings
from matching.ranking.ranking import listed
from matching.topics.latent_fit import learn_lens
from matching.values import ReasonKind


@dataclass
class Variant:
    """The model without a group: what it has learned, and how it does. *kept* is one for columns in use."""

    kept: Floats
    model: Learned
    lessons: list[Lesson] = field(default_factory=list)
    scores: Scores = field(default_factory=Scores)
    _open: dict[str, LearnedView] = field(default_factory=dict)

    def asked(self, ask_id: str, view: LearnedView) -> LearnedView:
        """Keep the evidence on an ask until its outcome is known, and return it as this variant sees it."""
        seen = self._open[ask_id] = view.under(self.model)
        return seen

    def helped(self, ask_id: str, helper_id: str) -> None:
        """Learn who it was."""
        view = self._open.pop(ask_id, None)
        if view is None:
            return
        view.settle(helper_id)
        lesson = view.lesson(helper_id)
        if lesson is not None:
            masked = Lesson((lesson.rows * self.kept).astype(np.float32), lesson.chosen)
            self.lessons = [*self.lessons[1 - LESSONS :], masked]

    def learn(self) -> None:
        """Fit the weights to the latest lessons."""
        weights = learn(self.lessons, np.array(DEFAULT_WEIGHTS) * self.kept)
        self.model = replace(self.model, weights=weights)


def variants(world: World) -> dict[str, Variant]:
    """The whole model, the model without each group, and without standings."""

    def without(kind: ReasonKind | None, standings: Standings) -> Variant:
        kept = np.array(list(mask(kind)))
        model = Learned(world.history, np.array(DEFAULT_WEIGHTS) * kept, standings)
        return Variant(kept, model)

    groups = {f"without {kind.value}": without(kind, Standings()) for kind in COLUMNS}
    return {
        "all": without(None, Standings()),
        **groups,
        "without standing": without(None, Standings(pace=0.0)),
    }


def mask(kind: ReasonKind | None) -> Iterator[float]:
    """Yield one for declared topics, each column and standings; the columns of a group get zero."""
    yield 1.0
    for group, names in COLUMNS.items():
        yield from (float(group is not kind) for _ in names)
    yield 1.0


def measure(site: Site, limit: int | None = None) -> dict[str, dict[str, float]]:
    """Replay a site once for all variants, and return the figures of each."""
    world = World(site)
    every = variants(world)
    first = int(max(LEARN_FROM * site.test_from, site.test_from - LESSONS))
    end = len(site.requests) if limit is None else min(len(site.requests), site.test_from + limit)
    for number, request in enumerate(site.requests[:end]):
        for ask_id, helper in world.advance(request.day):
            for each in every.values():
                each.helped(ask_id, helper)
        if number in (first, site.test_from):
            world.history.look_through(learn_lens(world.history.texts))
        if number >= site.test_from and (number - site.test_from) % REFIT_EVERY == 0:
            for each in every.values():
                each.learn()
        if number >= first and len(world.index):
            look(world, every, request, is_test=number >= site.test_from)
        world.history.asked(ask_of(request))
    return {name: figures(each.scores) for name, each in every.items()}


def look(world: World, every: dict[str, Variant], request: Request, *, is_test: bool) -> None:
    """Let all variants look at the candidates of a request and, in the test, rank them."""
    ask, now = ask_of(request), moment(request.day)
    model = every["all"].model
    view = model.view(ask, world.index, now, NO_TREE, NO_LIMITS)
    is_routable = request.best is not None and world.counts[request.best] >= world.enough
    for each in every.values():
        seen = each.asked(ask.id, view)
        if is_test and is_routable:
            each.scores.place(listed(seen.pool, seen.shares(), LISTED), request)


def figures(scores: Scores) -> dict[str, float]:
    """What is compared."""
    places = np.array(scores.places, dtype=np.float64)
    hits = {f"hit@{k}": float((places <= k).mean()) for k in (1, 5)}
    return {**hits, "mrr": float((1 / places).mean())}


def show(tables: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print a row for each ranking, of all sites."""
    print("| ranking |" + "".join(f" {site} hit@1 | hit@5 | MRR |" for site in tables))
    print("|---|" + "---|---|---|" * len(tables))
    for name in next(iter(tables.values())):
        cells = (f" {value:.3f} |" for table in tables.values() for value in table[name].values())
        print(f"| {name} |" + "".join(cells))


@of_sites(show)
@click.option("--limit", type=int, help="Test only this many requests of each site.")
def main(folder: Path, limit: int | None) -> dict[str, dict[str, float]]:
    """Measure what each group of evidence is worth: python bench/ablation.py sites/dba"""
    return measure(load(folder), limit)


if __name__ == "__main__":
    main()

"""Who should a request go to: the app's own ranking, measured on sites of real requests.

    python bench/routing.py FOLDER... [--limit N] [--words] [--json]

In order of time; before each request the ranking knows exactly the answers whose outcome was known by then.
The last 30 % are the test. Candidates are all people with five or more known answers. Who gave the accepted
answer (else the best voted, else the first) is right. Load is measured by giving each request to the
best-ranked person with fewer than two open ones, which stay open for three days, or for forty requests
where the site's clock is not exact. With --words the requests of the test come without topics: by their
words alone.
"""

import resource
import time
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import numpy as np
from command_line import of_sites
from routing_data import Request, Site, load, moment

from matching.hours import OpenHours
from matching.learning.history import History
from matching.learning.learned import Learned, LearnedView, learn
from matching.learning.lessons import Notebook
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import listed, rank
from matching.topic_tree import TopicTree
from matching.topics.latent_fit import learn_lens
from matching.values import Ask, Helper, Limits

ALWAYS = OpenHours("UTC", tuple((day, 0, 1440) for day in range(7)))
NO_TREE, NO_LIMITS = TopicTree({}), Limits()
ENOUGH_ANSWERS, DECLARED_TOPICS = 5, 2
LEARN_FROM, REFIT_EVERY, LESSONS, TIME_EVERY = 0.3, 500, 2500, 10
CAPACITY, HOLD_DAYS, HOLD_REQUESTS = 2, 3.0, 40
LISTED = 200
NEVER = 10**9
DISCOUNTS = 1 / np.log2(np.arange(2, 7))


class World:
    """What is known so far: the history, and the index of people with enough known answers."""

    def __init__(self, site: Site, enough: int = ENOUGH_ANSWERS) -> None:
        self.site, self.enough = site, enough
        self.history, self.index = History(), HelperIndex()
        self.counts: Counter[str] = Counter()
        self._topics: dict[str, dict[str, int]] = {}
        self._answer_at = self._presence_at = 0

    def advance(self, day: float) -> list[tuple[str, str]]:
        """Tell the history everything known before *day*; return the requests answered best, and by whom."""
        best = []
        answers, presence = self.site.answers, self.site.presence
        while self._answer_at < len(answers) and answers[self._answer_at].known_on < day:
            each = answers[self._answer_at]
            request = self.site.requests[each.request]
            self.history.answered(request.id, each.helper, moment(each.day), each.is_accepted)
            self._enrol(each.helper, request)
            best += [(request.id, each.helper)] if each.is_best else []
            self._answer_at += 1
        while self._presence_at < len(presence) and presence[self._presence_at][0] < day:
            seen_on, helper = presence[self._presence_at]
            self.history.seen(helper, moment(seen_on))
            self._presence_at += 1
        return best

    def _enrol(self, helper: str, request: Request) -> None:
        """Count an answer; the first two tags are what a helper declares."""
        self.counts[helper] += 1
        declared = self._topics.setdefault(helper, {})
        for tag in request.tags:
            if len(declared) < DECLARED_TOPICS:
                declared[tag] = 2
        if self.counts[helper] >= self.enough and helper not in self.index:
            self.index.put(Helper(helper, 4, dict(declared), hours=ALWAYS, minutes_per_week=10**6))


def ask_of(request: Request, *, by_words: bool = False) -> Ask:
    """A request as the app's own ask, without its topics if *by_words*."""
    return Ask(request.id, request.asker, 4, () if by_words else request.tags, minutes=0, text=request.text)


@dataclass
class Desk:
    """Gives requests out under a limit of open ones, and counts who got them."""

    is_timed: bool
    given: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)
    _ends: deque[tuple[float, str]] = field(default_factory=deque)

    def give(self, ranked: list[str], day: float, number: int) -> str | None:
        """Give a request to the first of the ranked people who has room."""
        clock = day if self.is_timed else number
        while self._ends and self._ends[0][0] <= clock:
            self._open[self._ends.popleft()[1]] -= 1
        helper = next((each for each in ranked if self._open[each] < CAPACITY), None)
        if helper is not None:
            self.given[helper] += 1
            self._open[helper] += 1
            self._ends.append((clock + (HOLD_DAYS if self.is_timed else HOLD_REQUESTS), helper))
        return helper


@dataclass
class Scores:
    """What is measured on the way."""

    places: list[int] = field(default_factory=list)
    gains: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    first_answered: list[bool] = field(default_factory=list)
    candidates: set[str] = field(default_factory=set)

    def place(self, ranked: list[str], request: Request) -> None:
        """Count where the right helper stands, and the gain of the first five (best 3, others 1)."""
        self.places.append(ranked.index(request.best) + 1 if request.best in ranked else NEVER)
        gains = [3.0 if who == request.best else float(who in request.answerers) for who in ranked[:5]]
        ideal = ([3.0] + [1.0] * (len(request.answerers) - 1) + [0.0] * 5)[:5]
        self.gains.append(float(np.dot(gains, DISCOUNTS[: len(gains)]) / np.dot(ideal, DISCOUNTS)))

    def table(self, given: Counter[str]) -> dict[str, float]:
        """The figures by name."""
        places = np.array(self.places, dtype=np.float64)
        load = np.sort([float(given[each]) for each in self.candidates])[::-1]
        return {
            **{f"hit@{k}": float((places <= k).mean()) for k in (1, 3, 5)},
            "mrr": float((1 / places).mean()),
            "ndcg@5": float(np.mean(self.gains)),
            "first answered": float(np.mean(self.first_answered)),
            "gini": gini(load),
            "top 1%": top_share(load, 0.01),
            "top 5%": top_share(load, 0.05),
            "coverage": float((load > 0).mean()),
            "ms": float(np.median(self.seconds) * 1e3),
            "ms p95": float(np.percentile(self.seconds, 95) * 1e3),
            "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def gini(load: np.ndarray) -> float:
    """The Gini coefficient of a load, 0 for everyone alike."""
    rising, count = np.sort(load), len(load)
    return float((2 * np.arange(1, count + 1) - count - 1) @ rising / (count * rising.sum()))


def top_share(load: np.ndarray, share: float) -> float:
    """What part of a falling load its first *share* of people carry."""
    return float(load[: max(1, int(np.ceil(share * len(load))))].sum() / load.sum())


class Run:
    """One pass over a site at a load price."""

    def __init__(self, world: World, price: float, by_words: bool = False) -> None:
        self.by_words = by_words
        self.world, self.desk, self.scores = world, Desk(world.site.is_timed), Scores()
        self.notes = Notebook(Learned(world.history, load_price=price), LESSONS, words=by_words)

    def learn(self) -> None:
        """Fit the weights to the latest lessons."""
        by_words = learn(self.notes.by_words) if self.by_words else None
        self.notes.model = replace(self.notes.model, weights=learn(self.notes.lessons), by_words=by_words)

    def note(self, request: Request) -> LearnedView:
        """Let the model look at the candidates of a request, as `rank` does, and keep it as a lesson."""
        return self.notes.asked(ask_of(request), self.world.index, moment(request.day), NO_TREE, NO_LIMITS)

    def test(self, number: int, request: Request) -> None:
        """Rank one test request, count it, and give it to someone."""
        world, now = self.world, moment(request.day)
        ask = ask_of(request, by_words=self.by_words)
        self.note(request)
        view = self.notes.model.view(ask, world.index, now, NO_TREE, NO_LIMITS)
        ranked = listed(view.pool, view.shares(), LISTED)
        if number % TIME_EVERY == 0:
            started = time.perf_counter()
            rank(ask, world.index, now, 5, model=self.notes.model)
            self.scores.seconds.append(time.perf_counter() - started)
        self.scores.candidates.update(each for each in world.index if each != request.asker)
        is_routable = request.best is not None and world.counts[request.best] >= world.enough
        if is_routable:
            self.scores.place(ranked, request)
        helper = self.desk.give(ranked, request.day, number)
        if helper is not None:
            world.history.gave(helper, now)
            self.scores.first_answered += [helper in request.answerers] if is_routable else []


def measure(
    site: Site, price: float, limit: int | None = None, *, by_words: bool = False
) -> dict[str, float]:
    """Replay a site: learn from what comes before the test, then test and learn on."""
    world = World(site)
    run = Run(world, price, by_words)
    first = int(max(LEARN_FROM * site.test_from, site.test_from - LESSONS))
    end = len(site.requests) if limit is None else min(len(site.requests), site.test_from + limit)
    for number, request in enumerate(site.requests[:end]):
        for ask_id, helper in world.advance(request.day):
            run.notes.helped(ask_id, helper)
        if number in (first, site.test_from):
            world.history.look_through(learn_lens(world.history.texts))
        if number >= site.test_from and (number - site.test_from) % REFIT_EVERY == 0:
            run.learn()
        if number >= site.test_from and len(world.index):
            run.test(number, request)
        elif number >= first:
            run.note(request)
        world.history.asked(ask_of(request))
    return run.scores.table(run.desk.given)


def show(tables: dict[str, dict[str, float]]) -> None:
    """Print a row a site and, of more than one, their mean."""
    if len(tables) > 1:
        names = next(iter(tables.values())).keys()
        tables = {**tables, "mean": {n: float(np.mean([t[n] for t in tables.values()])) for n in names}}
    for at, (name, table) in enumerate(tables.items()):
        if at == 0:
            print(f"| {'site':14} |" + "".join(f" {column} |" for column in table))
            print("|" + "---|" * (len(table) + 1))
        print(f"| {name:14} |" + "".join(f" {value:.3f} |" for value in table.values()), flush=True)


@of_sites(show)
@click.option("--price", default=0.0, help="What the log of the asks given lately costs.")
@click.option("--limit", type=int, help="Test only this many requests of each site.")
@click.option("--words", is_flag=True, help="Ask without topics: by words alone.")
def main(folder: Path, price: float, limit: int | None, words: bool) -> dict[str, float]:
    """Measure the ranking on sites of past requests, as python bench/routing.py sites/dba"""
    return measure(load(folder), price, limit, by_words=words)


if __name__ == "__main__":
    main()

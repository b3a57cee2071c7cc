"""A ranking that has learned from a workspace's own past, added to what profiles declare.

A score is the declared profile's, its topics weighed by what they proved worth, plus weights times
evidence and a standing for what evidence leaves unsaid, minus a price for what a person was given lately.
All of it is linear, so every share is a reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import numpy as np

from matching.decayed_counts import Numbers
from matching.learning.choice_model import Lesson, fit, lesson, likelihood
from matching.learning.default_weights import DEFAULT_WEIGHTS
from matching.learning.evidence import COLUMNS, acquaintances, evidence, likeness_of, topics_alike
from matching.learning.history import Floats, History, day_of
from matching.learning.model_selection import Trust
from matching.learning.residual_rating import Standings
from matching.learning.track_record import record
from matching.ranking.index import HelperIndex, Rows, key_of
from matching.ranking.pool import Facts, Pool, Share
from matching.ranking.priors import DECLARED, Prior
from matching.topic_tree import TopicTree
from matching.values import ANYTHING, Ask, Limits, ReasonKind

KNOWN, STRANGERS, OTHERS = 200, 50, 60
UNKNOWN = -1
DECLARED_COLUMN, STANDING_COLUMN = 0, -1
RIDGE = 60.0
LATEST = 5
STAND_INS = 4  # of 2 and 4, the better one on two sites (docs/matching.md)
MONTH, FEWEST_IN_MONTH = 30.0, 20


@dataclass(frozen=True, slots=True)
class Learned:
    """A model over a history: weights of declared topics, of each column of evidence, and of standings.

    *load_price* is what the log of the asks given lately costs. *by_words* are the weights of asks without a
    topic; None: the same.
    """

    history: History
    weights: Floats = field(default_factory=lambda: np.array(DEFAULT_WEIGHTS))
    standings: Standings = field(default_factory=Standings)
    prior: Prior = DECLARED
    load_price: float = 0.0
    by_words: Floats | None = None

    def judge(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits, *, k: int
    ) -> tuple[Pool, list[Share]]:
        """Who may be asked and each reason's share: the best known people and declared strangers.

        How many of each does not depend on *k*.
        """
        view = self.view(ask, index, now, tree, limits)
        return view.pool, view.shares()

    def knows(self, helper_id: str) -> bool:
        """Whether someone has helped before."""
        person = self.history.people.get(helper_id)
        return person is not None and self.history.active.told(person)[0] > 0

    def view(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits
    ) -> "LearnedView":
        """The evidence on the candidates of one ask.

        Where it has no topic, those of the past asks whose words are most like its own stand in for them.
        """
        day = day_of(now)
        likeness = likeness_of(self.history, ask)
        model = self
        if is_by_words(ask):
            model = self if self.by_words is None else replace(self, weights=self.by_words)
            alike = topics_alike(self.history, likeness.text, STAND_INS)
            ask = replace(ask, topics=(*ask.topics, *alike))
            likeness = likeness_of(self.history, ask)
        known = _rows(self.history, acquaintances(self.history, ask, likeness, day), index)
        reach = self.prior.reach(ask, index, tree, also=known)
        pool, shares = self._narrowed(*self.prior.shortlist(ask, reach, now, limits, k=STRANGERS), known)
        ids = index.ids_of(pool.rows)
        people = np.array([self.history.people.get(id_, UNKNOWN) for id_ in ids], dtype=np.intp)
        rows = evidence(self.history, ask, likeness, people, day)
        return LearnedView(model, pool, shares, ids=ids, people=people, rows=rows, day=day)

    def _narrowed(self, pool: Pool, shares: list[Share], known: Rows) -> tuple[Pool, list[Share]]:
        """The pool with all known people, and of the others those who declare the most."""
        is_stranger = pool.is_stranger(known)
        strangers = np.flatnonzero(is_stranger)
        if len(strangers) <= STRANGERS:
            return pool, shares
        worth = np.sum([share.values[strangers] for share in shares], axis=0)
        close = np.flatnonzero(worth >= np.partition(worth, -STRANGERS)[-STRANGERS])
        best = close[np.lexsort((pool.columns["key"][strangers[close]], -worth[close]))[:STRANGERS]]
        places = np.sort(np.concatenate([np.flatnonzero(~is_stranger), strangers[best]]))
        return pool.at(places), [share.at(places) for share in shares]


class LearnedView:
    """One ask's candidates as a learned model sees them."""

    def __init__(
        self,
        model: Learned,
        pool: Pool,
        declared: list[Share],
        *,
        ids: list[str],
        people: Numbers,
        rows: Floats,
        day: float,
    ) -> None:
        self._model, self.pool, self._ids, self._people, self._day = model, pool, ids, people, day
        self._shares = declared
        self._evidence, self._standings = rows, model.standings.of(ids)

    @property
    def rows(self) -> Floats:
        """One row a candidate: what declared topics are worth, the evidence, the standing as it was then."""
        topics = [share.values for share in self._shares if share.is_topic]
        declared = np.sum([np.zeros(len(self.pool)), *topics], axis=0)
        return np.column_stack([declared, self._evidence, self._standings])

    def under(self, model: Learned) -> "LearnedView":
        """The same candidates and evidence as another model of the same history sees them."""
        return LearnedView(
            model,
            self.pool,
            self._shares,
            ids=self._ids,
            people=self._people,
            rows=self._evidence,
            day=self._day,
        )

    def lesson(self, helper_id: str) -> Lesson | None:
        """What to learn once it was this helper who answered, if that one was a candidate."""
        if helper_id not in self._ids or len(self._ids) < 2:
            return None
        return lesson(self.rows, self._ids.index(helper_id), OTHERS, key_of(self.pool.ask.id), self._day)

    def settle(self, helper_id: str) -> None:
        """Let everyone's standing learn that it was this helper, if that one was a candidate.

        The price of load is left out: else standings would pay it back.
        """
        if helper_id in self._ids:
            self._model.standings.settle(self._ids, self._expected(), self._ids.index(helper_id))

    def weigh(self, helper_id: str, trust: Trust) -> Trust:
        """The trust in what was learned, now that it was this helper, if that one was a candidate."""
        if helper_id not in self._ids:
            return trust
        declared = np.sum([share.values for share in self._shares], axis=0)
        return trust.after(declared, self._expected(), self._ids.index(helper_id))

    def _expected(self) -> Floats:
        shares = [*self.declared(), *self.learned(), self.standing()]
        scores: Floats = np.sum([share.values for share in shares], axis=0)
        return scores

    def shares(self) -> list[Share]:
        """Every share of the candidates' scores."""
        return [*self.declared(), *self.learned(), self.standing(), self.given()]

    def declared(self) -> Iterator[Share]:
        """Yield the shares of the profile; its topics at the weight they proved worth."""
        weight = self._model.weights[DECLARED_COLUMN]
        for share in self._shares:
            yield Share(share.values * weight, share.facts, is_topic=True) if share.is_topic else share

    def learned(self) -> Iterator[Share]:
        """Yield one share for each group of columns."""
        at = 0
        for kind, names in COLUMNS.items():
            columns = slice(at, at + len(names))
            values = self._evidence[:, columns] @ self._model.weights[1:][columns]
            yield Share(values, partial(self._facts, kind))
            at += len(names)

    def _facts(self, kind: ReasonKind, at: int) -> Facts:
        return kind, record(self._model.history, self.pool.ask, int(self._people[at]), self._day, kind)

    def standing(self) -> Share:
        """What was learned of each person beyond the evidence."""
        values = self._standings * self._model.weights[STANDING_COLUMN]
        return Share(values, lambda at: (ReasonKind.STANDING, {}))

    def given(self) -> Share:
        """The price of what each person was given lately."""
        lately = self._model.history.given.faded(self._people, self._day)[0][:, 0]
        return Share(
            -self._model.load_price * np.log1p(lately),
            lambda at: (ReasonKind.GIVEN, {"lately": round(float(lately[at]), 1)}),
        )


def is_by_words(ask: Ask) -> bool:
    """Whether an ask has no topic, so that only its words tell what it is about."""
    return not set(ask.topics) - {ANYTHING}


def learn(lessons: Sequence[Lesson], start: Floats | None = None) -> Floats:
    """Weights fitted to lessons, drawn to those to begin with."""
    centre = np.array(DEFAULT_WEIGHTS) if start is None else start
    return fit(lessons, centre, RIDGE, unsigned=(DECLARED_COLUMN, len(centre) + STANDING_COLUMN))


@dataclass(frozen=True, slots=True)
class Refit:
    """Weights to go on with, and the mean log chance they gave to the latest outcomes, *before* and *after*.

    *is_new* says whether they were fitted anew, or are those that were in use.
    """

    weights: Floats
    is_new: bool = False
    before: float | None = None
    after: float | None = None


def refit(lessons: Sequence[Lesson], used: Floats) -> Refit:
    """New weights, or those in use where the new ones say less about the latest month's lessons.

    The trial is fitted without that month; only if it does no worse there are all lessons fitted. A month of
    fewer than twenty lessons, or of more than half of all, says too little: then the latest fifth counts.
    """
    split = _split(lessons)
    if split == len(lessons):
        return Refit(used)
    latest = lessons[split:]
    before, after = likelihood(latest, used), likelihood(latest, learn(lessons[:split]))
    is_better = after >= before
    return Refit(learn(lessons) if is_better else used, is_better, before, after)


def _split(lessons: Sequence[Lesson]) -> int:
    """Where the latest lessons begin, those that judge; lessons are in order of their outcomes."""
    newest = max((each.day for each in lessons), default=0.0)
    lately = sum(each.day > newest - MONTH for each in lessons)
    if FEWEST_IN_MONTH <= lately <= len(lessons) // 2:
        return len(lessons) - lately
    return len(lessons) - len(lessons) // LATEST


def _rows(history: History, people: Iterable[list[int]], index: HelperIndex) -> Rows:
    """The rows of the first of these people whom the index has; they come some at a time."""
    found: list[int] = []
    for some in people:
        for start in range(0, len(some), KNOWN):
            found += index.rows([history.ids[person] for person in some[start : start + KNOWN]])
            if len(found) >= KNOWN:
                return np.array(found[:KNOWN], dtype=np.intp)
    return np.array(found, dtype=np.intp)

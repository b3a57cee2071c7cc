"""The people one ask may go to, as arrays: found by topic, and only those whom no rule forbids."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.ranking.index import AVAILABLE_BIT, HelperIndex, Rows, taken
from matching.ranking.index_arrays import micros
from matching.ranking.lanes import lane_table
from matching.ranking.reach import ANYONE, NO_ROWS, Reach
from matching.topic_tree import TopicTree
from matching.values import Ask, Limits, ReasonKind, Urgency

Facts = tuple[ReasonKind, Mapping[str, str | int | float]]


@dataclass(frozen=True, slots=True)
class Share:
    """What one reason adds to every score of a pool, and what it would say about the person at a position."""

    values: NDArray[np.float64]
    facts: Callable[[int], Facts]
    is_topic: bool = False

    def at(self, places: Rows) -> "Share":
        """The share of only the people at these positions, in this order."""
        return Share(self.values[places], lambda at: self.facts(int(places[at])), self.is_topic)


@dataclass(frozen=True, slots=True)
class Declaring:
    """Who in the pool declares one topic, at which level, and how much it counts for the asked one."""

    share: float
    at: Rows
    levels: NDArray[np.int32]

    def moved(self, places: Rows) -> "Declaring":
        """The same after everyone at a position went to *places* of it, or out (−1)."""
        to = places[self.at]
        return Declaring(self.share, to[to >= 0], self.levels[to >= 0])


@dataclass(frozen=True, slots=True)
class Pool:
    """The eligible rows of one ask with what the index says about them; a position is one person in each."""

    ask: Ask
    index: HelperIndex
    tree: TopicTree
    now: int
    rows: Rows
    columns: NDArray[np.void]
    lanes: NDArray[np.int8]
    opens: NDArray[np.int64]
    allowance: NDArray[np.int64]
    held: Mapping[str, list[Declaring]]

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, places: Rows) -> "Pool":
        """The pool of only the people at these positions, in this order."""
        moved = np.full(len(self.rows), -1, dtype=np.intp)
        moved[places] = np.arange(len(places))
        return replace(
            self,
            rows=self.rows[places],
            columns=taken(self.columns, places),
            lanes=self.lanes[places],
            opens=self.opens[places],
            allowance=self.allowance[places],
            held={topic: [each.moved(moved) for each in held] for topic, held in self.held.items()},
        )

    def topics_at(self, at: int) -> dict[str, int]:
        """The declared topics of the person at a position."""
        return self.index.topics_of(int(self.rows[at]))

    def is_stranger(self, known: Rows) -> NDArray[np.bool_]:
        """Who is not among these rows; the pool's own are in order."""
        strange = np.ones(len(self.rows), dtype=bool)
        strange[_places(self.rows, known)] = False
        return strange

    def repeats(self) -> NDArray[np.float64]:
        """How often each person helped this asker lately; nothing for those asked for by name."""
        known = self.index.repeats(self.ask.asker_id)
        times = np.zeros(len(self.rows))
        if known:
            wanted = {self.index.row(id_) for id_ in self.ask.wanted}
            times[:] = [0 if row in wanted else known.get(row, 0) for row in self.rows.tolist()]
        return times


def pool_of(ask: Ask, reach: Reach, now: datetime, limits: Limits) -> Pool:
    """Those in reach whom no rule and no limit keeps out."""
    index = reach.index
    rows = _distinct([*(part.rows for part in reach.parts), reach.also])
    columns = index.columns(rows)
    held = _places(rows, _known(ask.holders, index))
    columns["open_offers"][held] -= np.minimum(columns["open_offers"][held], 1)
    willing = ANYONE if ask.unwilling else columns["lanes"] & ANYONE
    lanes = lane_table(ask.asker_level, ask.lanes)[columns["level"], willing]
    opens = index.opens(columns["hours"], now)
    allowance = np.minimum(columns["minutes_per_week"], limits.minutes_per_week).astype(np.int64)
    keep = (
        (lanes >= 0)
        & (columns["lanes"] & AVAILABLE_BIT > 0)
        & (columns["paused_until"] <= micros(now))
        & (columns["open_sessions"] < limits.open_sessions)
        & _is_free(columns, limits)
        & (columns["minutes_booked"] + ask.minutes <= allowance)
    )
    keep[_places(rows, _barred(ask, index, rows))] = False
    if ask.at_work or ask.urgency is Urgency.NOW:
        keep &= opens <= micros(now)
    places, kept_at = np.cumsum(keep) - 1, np.flatnonzero(keep)
    declaring: dict[str, list[Declaring]] = {topic: [] for topic in ask.topics}
    for part in reach.parts:
        at = np.searchsorted(rows, part.rows)
        kept = keep[at]
        declaring[part.topic].append(Declaring(part.share, places[at[kept]], part.levels[kept]))
    return Pool(
        ask=ask,
        index=index,
        tree=reach.tree,
        now=micros(now),
        rows=rows[kept_at],
        columns=taken(columns, kept_at),
        lanes=lanes[kept_at],
        opens=opens[kept_at],
        allowance=allowance[kept_at],
        held=declaring,
    )


def _is_free(columns: NDArray[np.void], limits: Limits) -> NDArray[np.bool_]:
    """Whether each person lets one more question wait: by what they say themselves, else by the limit."""
    if limits.open_offers is None:
        return np.ones(len(columns), dtype=bool)
    own = columns["questions_at_once"]
    free: NDArray[np.bool_] = columns["open_offers"] < np.where(own > 0, own, limits.open_offers)
    return free


def _distinct(parts: Sequence[Rows]) -> Rows:
    """Every row once, in order."""
    rows = np.sort(np.concatenate(parts))
    return rows[np.diff(rows, prepend=-1) > 0]


def _places(rows: Rows, some: Rows) -> Rows:
    """Where in *rows*, which are in order, those of *some* stand that are there."""
    at = np.searchsorted(rows, some)
    return at[rows[np.minimum(at, len(rows) - 1)] == some] if len(rows) else NO_ROWS


def _known(ids: Iterable[str], index: HelperIndex) -> Rows:
    return np.array([row for id in ids if (row := index.row(id)) is not None], dtype=np.intp)


def _barred(ask: Ask, index: HelperIndex, rows: Rows) -> Rows:
    """The rows that may not be asked; whoever leads thousands costs no more than the few in reach."""
    if len(ask.excluded) > len(rows):
        barred = [row for row in rows.tolist() if index.id_of(row) in ask.excluded]
    else:
        barred = [row for helper_id in ask.excluded if (row := index.row(helper_id)) is not None]
    own = index.row(ask.asker_id)
    return np.array([*barred, *([] if own is None else [own])], dtype=np.intp)

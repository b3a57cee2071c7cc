"""What a workspace remembers of past asks: who helped whom with what, when, and whether it worked.

It is fed in order of time with what is known by then, and holds no names and no words of sessions. Days are
fractional days since 1970; people, topics and asks have numbers of their own, given in order of appearance.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import Column
from matching.decayed_counts import Tally
from matching.ranking.index_arrays import EPOCH
from matching.topics.latent import BLIND, Lens, Profiles, Vectors
from matching.topics.similar_texts import Corpus, words_of
from matching.values import Ask

Floats = NDArray[np.float64]
FOREVER = math.inf
TOPIC_HALVES = (30.0, 120.0, 365.0, FOREVER, FOREVER)
ACTIVE_HALVES = (7.0, 30.0, 90.0, 365.0, FOREVER)
WORKED_HALVES = (365.0, FOREVER)
SEEN_HALVES = (3.0, 14.0, 60.0, FOREVER)
BREADTH_HALF = 730.0
GIVEN_HALF = 120.0
SECONDS_A_DAY = 86_400.0
DAY_HOURS = 24


def day_of(moment: datetime) -> float:
    """A moment as days since 1970."""
    return (moment - EPOCH).total_seconds() / SECONDS_A_DAY


def hour_of(day: float) -> int:
    """The hour in UTC, 0 to 23, of a moment in days since 1970."""
    return int(day % 1 * DAY_HOURS)


@dataclass(frozen=True, slots=True)
class PastAsk:
    """One ask that was made: its number is its place in the corpora."""

    asker: int
    topics: tuple[str, ...]


class History:
    """Everything that a learned ranking reads, kept up by one small edit for each thing that happens."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.ids: list[str] = []
        self.first_days = Column(np.float64)
        self.by_topic: dict[str, Tally] = {}
        self.active = Tally(ACTIVE_HALVES)
        self.worked = Tally(WORKED_HALVES)
        self.breadth = Tally((BREADTH_HALF,))
        self.seen_at = Tally(SEEN_HALVES)
        self.rhythm = Tally((FOREVER,))
        self.given = Tally((GIVEN_HALF,))
        self.pairs: dict[int, Tally] = {}
        self.texts, self.tags = Corpus(), Corpus()
        self.asks: dict[str, int] = {}
        self.pasts: list[PastAsk] = []
        self.answers = Answers()
        self.lens = BLIND
        self.points: list[Vectors] = []
        self.profiles = Profiles()

    def look_through(self, lens: Lens) -> None:
        """See all past asks, and what people's answers were about, through another lens."""
        bags = self.texts.bags()
        self.lens, self.points = lens, [lens.of(bag) for bag in bags]
        self.profiles = Profiles()
        asks, people, worths, days = (column.tolist() for column in self.answers.columns.values())
        for ask, person, worth, day in zip(asks, people, worths, days, strict=True):
            self.profiles.add(person, self.points[ask], worth, day)

    def person(self, helper_id: str) -> int:
        """The number of a person, a new one at first sight."""
        number = self.people.setdefault(helper_id, len(self.ids))
        if number == len(self.ids):
            self.ids.append(helper_id)
            self.first_days.append(FOREVER)
        return number

    def asked(self, ask: Ask) -> None:
        """Remember an ask, so that later ones can resemble it; the same id again changes nothing."""
        if ask.id not in self.asks:
            words = words_of(ask.text)
            self.asks[ask.id] = self.texts.add(words)
            self.points.append(self.lens.of(words))
            self.tags.add(dict.fromkeys(ask.topics, 1))
            self.pasts.append(PastAsk(self.person(ask.asker_id), tuple(dict.fromkeys(ask.topics))))

    def answered(self, ask_id: str, helper_id: str, at: datetime, worked: bool) -> None:
        """Remember that someone helped with a remembered ask, and whether it was what helped."""
        number, person, day = self.asks[ask_id], self.person(helper_id), day_of(at)
        past, worth = self.pasts[number], 1.0 + worked
        self.answers.add(number, person, worth, day)
        self.profiles.add(person, self.points[number], worth, day)
        self.active.add(person, day)
        if worked:
            self.worked.add(person, day)
        for topic in past.topics:
            weights = np.array((worth, worth, worth, worth, 1.0))
            self.by_topic.setdefault(topic, Tally(TOPIC_HALVES)).add(person, day, weights)
        self.breadth.add(person, day, worth * len(past.topics))
        self.pairs.setdefault(past.asker, Tally((FOREVER,))).add(person, day)
        self._mark(person, day)

    def seen(self, helper_id: str, at: datetime) -> None:
        """Remember that someone was there."""
        person, day = self.person(helper_id), day_of(at)
        self.seen_at.add(person, day)
        self._mark(person, day)

    def gave(self, helper_id: str, at: datetime) -> None:
        """Remember that someone was given an ask to answer: the load that `load_price` is about."""
        self.given.add(self.person(helper_id), day_of(at))

    def _mark(self, person: int, day: float) -> None:
        self.rhythm.add(person * DAY_HOURS + hour_of(day), day)
        self.first_days.values[person] = min(self.first_days.values[person], day)


class Answers:
    """Who answered which ask, as columns."""

    def __init__(self) -> None:
        self._asks, self._people = Column(np.int32), Column(np.int32)
        self._worths, self._days = Column(np.float64), Column(np.float64)

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Self:
        """The answers that these columns hold."""
        answers = cls()
        answers._asks, answers._people = Column.holding(columns["asks"]), Column.holding(columns["people"])
        answers._worths, answers._days = Column.holding(columns["worths"]), Column.holding(columns["days"])
        return answers

    def __len__(self) -> int:
        return len(self._asks)

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name, not copies."""
        held = {"asks": self._asks, "people": self._people, "worths": self._worths, "days": self._days}
        return {name: column.values for name, column in held.items()}

    def add(self, ask: int, person: int, worth: float, day: float) -> None:
        """Append one answer."""
        for column, value in zip(
            (self._asks, self._people, self._worths, self._days), (ask, person, worth, day), strict=True
        ):
            column.append(value)

    def fade(self, half: float, day: float) -> Floats:
        """What each answer is worth on a day where it halves every *half* days."""
        faded: Floats = np.exp2((self._days.values - day) / half)
        return faded

    def votes(self, likeness: Floats, people: int, fade: Floats | None = None) -> Floats:
        """Per person how like the asks are that they answered: Σ likeness · worth · *fade*."""
        weights = likeness.take(self._asks.values) * self._worths.values
        if fade is not None:
            weights *= fade
        summed = np.bincount(self._people.values, weights=weights, minlength=people)
        return summed.astype(np.float64, copy=False)

    def nearest(self, likeness: Floats, people: int) -> Floats:
        """Per person, the likeness of the ask most like this one that they answered."""
        best = np.zeros(people)
        np.maximum.at(best, self._people.values, likeness.take(self._asks.values))
        return best

"""Growing arrays behind an index: who holds a topic, and when a set of working hours is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from matching.hours import OpenHours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEVER = np.iinfo(np.int64).max
LEVEL_BITS = 2


def micros(moment: datetime) -> int:
    """A moment as whole microseconds since 1970."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(value: int) -> datetime:
    """The moment that `micros` made."""
    return EPOCH + timedelta(microseconds=value)


def packed(row: int, level: int) -> int:
    """A row and an own level 0–3 as one number."""
    return row << LEVEL_BITS | level


class TopicPosting:
    """The rows that hold one topic, each with its level, in no order."""

    __slots__ = ("_entries", "_size")

    def __init__(self) -> None:
        self._entries: NDArray[np.int32] = np.empty(4, dtype=np.int32)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def entries(self) -> NDArray[np.int32]:
        """The packed rows and levels."""
        return self._entries[: self._size]

    def add(self, entry: int) -> None:
        """Append one packed entry; amortised constant time."""
        if self._size == len(self._entries):
            self._entries = np.concatenate([self._entries, np.empty(self._size // 2 + 4, dtype=np.int32)])
        self._entries[self._size] = entry
        self._size += 1

    def drop(self, entry: int) -> None:
        """Remove one packed entry that is there; the last one takes its place."""
        at = self._place(entry)
        self._size -= 1
        self._entries[at] = self._entries[self._size]

    def _place(self, entry: int) -> int:
        """Where an entry is: a loaded posting is in order but for edits, so a search mostly hits."""
        entries = self.entries
        at = int(entries.searchsorted(np.int32(entry)))
        is_there = at < self._size and entries[at] == entry
        return at if is_there else int(np.argmax(entries == entry))


class OpenSpans:
    """Distinct working hours by number, and for each the span that is open or opens next.

    A span stays right until it closes, so that most rankings compute none.
    """

    def __init__(self) -> None:
        self._codes: dict[OpenHours, int] = {}
        self._hours: list[OpenHours] = []
        self._spans: NDArray[np.int64] = np.zeros((3, 0), dtype=np.int64)
        self._holidays: frozenset[date] = frozenset()

    def keep_free(self, holidays: frozenset[date]) -> None:
        """Open on none of these days from now on, and on all others."""
        if holidays != self._holidays:
            self._holidays = holidays
            self._spans[:] = 0

    def code(self, hours: OpenHours) -> int:
        """The number of these hours, the same for equal ones."""
        if hours not in self._codes:
            self._codes[hours] = len(self._hours)
            self._hours.append(hours)
            if len(self._hours) > self._spans.shape[1]:
                self._spans = np.pad(self._spans, ((0, 0), (0, len(self._hours))))
        return self._codes[hours]

    def hours(self, code: int) -> OpenHours:
        """The hours of a number."""
        return self._hours[code]

    def opens(self, codes: NDArray[np.int32], now: datetime) -> NDArray[np.int64]:
        """Per code the microsecond at which it opens: past when open now, NEVER without windows."""
        at = micros(now)
        for code in np.flatnonzero(np.bincount(codes, minlength=1)).tolist():
            known_from, _, closes = self._spans[:, code].tolist()
            if not known_from <= at < closes:
                hours = replace(self._hours[code], holidays=self._holidays)
                self._spans[:, code] = _span(hours, now)
        opens: NDArray[np.int64] = self._spans[1, codes]
        return opens


def _span(hours: OpenHours, now: datetime) -> tuple[int, int, int]:
    span = hours.next_span(now)
    return (micros(now), NEVER, NEVER) if span is None else (micros(now), micros(span[0]), micros(span[1]))

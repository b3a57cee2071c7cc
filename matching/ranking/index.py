"""Everyone who may be asked, in arrays: one row a person, one posting a topic. Kept up to date edit by edit.

An edit touches one row and the postings of the topics that changed. A row's place says nothing: whoever reads
the index must not let it decide an order. About 250 bytes a person, and as much
where managers are known: *lines* says who stands above whom, also of people who do not help.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from matching.ranking.answer_chance import USUAL
from matching.ranking.index_arrays import LEVEL_BITS, OpenSpans, TopicPosting, micros, moment_of, packed
from matching.ranking.lanes import lane_mask, lanes_of
from matching.ranking.reporting_lines import ReportingLines
from matching.values import NOTHING, Helper

Rows = NDArray[np.intp]
NO_TIME = np.iinfo(np.int64).min
COLUMNS = np.dtype(
    [
        ("key", np.uint64),
        ("paused_until", np.int64),
        ("last_helped_at", np.int64),
        ("hours", np.int32),
        ("minutes_per_week", np.int32),
        ("minutes_booked", np.int32),
        ("open_sessions", np.uint8),
        ("open_offers", np.uint8),
        ("level", np.uint8),
        ("lanes", np.uint8),
        ("offers_ended", np.uint8),
        ("offer_halves", np.uint8),
        ("questions_at_once", np.uint8),
    ],
    align=True,
)
WORDS = COLUMNS.itemsize // 8
AVAILABLE_BIT = 1 << 3
LANE_BITS = 4
PROMPT_BIT = 1 << 3 + LANE_BITS
KINDS = PROMPT_BIT << 1


class HelperIndex:
    """Helpers by id and by topic. The same helpers make an equal index, whatever edits led there."""

    def __init__(self, helpers: Iterable[Helper] = ()) -> None:
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._free: list[int] = []
        self._table = np.zeros(16, dtype=COLUMNS)
        self._kinds = np.zeros(16, dtype=np.uint8)
        self._sums = np.zeros(16, dtype=np.uint16)
        self._topic_codes: dict[str, int] = {}
        self._topics: list[str] = []
        self._postings: list[TopicPosting] = []
        self._held: list[bytes] = []
        self._helped: dict[int, Mapping[str, int]] = {}
        self._repeats: dict[str, dict[int, int]] = {}
        self._spans = OpenSpans()
        self.lines = ReportingLines()
        for helper in helpers:
            self.put(helper)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, helper_id: object) -> bool:
        return helper_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._rows))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HelperIndex):
            return NotImplemented
        return self._rows.keys() == other._rows.keys() and all(
            self.get(id_) == other.get(id_) for id_ in self
        )

    __hash__ = None  # type: ignore[assignment]

    def put(self, helper: Helper) -> None:
        """Add a helper, or replace the one with this id."""
        row = self._rows.get(helper.id)
        if row is None:
            row = self._new_row(helper.id)
        self._table[row] = self._record(helper)
        self._kinds[row] = kind_of(helper)
        self._hold(row, self._pack(helper.topics))
        self._repeat(row, helper.helped)

    def drop(self, helper_id: str) -> None:
        """Take a helper out; an unknown id changes nothing."""
        row = self._rows.pop(helper_id, None)
        if row is None:
            return
        self._hold(row, b"")
        self._repeat(row, NOTHING)
        self._ids[row] = ""
        self._free.append(row)

    def get(self, helper_id: str) -> Helper | None:
        """The helper with this id as it was put; counts of open things are kept up to 255."""
        row = self._rows.get(helper_id)
        if row is None:
            return None
        columns = self._table[row]
        return Helper(
            id=helper_id,
            level=int(columns["level"]),
            topics=self.topics_of(row),
            lanes=lanes_of(int(columns["lanes"])),
            minutes_per_week=int(columns["minutes_per_week"]),
            minutes_booked=int(columns["minutes_booked"]),
            open_sessions=int(columns["open_sessions"]),
            open_offers=int(columns["open_offers"]),
            hours=self._spans.hours(int(columns["hours"])),
            paused_until=_moment(int(columns["paused_until"])),
            is_available=bool(columns["lanes"] & AVAILABLE_BIT),
            helped=self._helped.get(row, NOTHING),
            last_helped_at=_moment(int(columns["last_helped_at"])),
            offers_ended=int(columns["offers_ended"]),
            offers_answered=int(columns["offer_halves"]) / 2,
            questions_at_once=int(columns["questions_at_once"]) or None,
        )

    def row(self, helper_id: str) -> int | None:
        """The row of a helper until they are dropped, when another may take it; None of a stranger."""
        return self._rows.get(helper_id)

    def rows(self, helper_ids: Iterable[str]) -> list[int]:
        """The rows of these helpers in their order, strangers left out; see `row`."""
        known = self._rows
        return [known[id_] for id_ in helper_ids if id_ in known]

    def ids_of(self, rows: Rows) -> list[str]:
        """The ids of the helpers in these rows, in their order."""
        ids = self._ids
        return [ids[row] for row in rows.tolist()]

    def id_of(self, row: int) -> str:
        """The id of the helper in a row; empty where it is free."""
        return self._ids[row]

    def holders(self, topic: str) -> tuple[Rows, NDArray[np.int32]]:
        """The rows that declare a topic, each once, and their own levels."""
        code = self._topic_codes.get(topic)
        entries = self._postings[code].entries if code is not None else np.empty(0, dtype=np.int32)
        return (entries >> LEVEL_BITS).astype(np.intp), entries & (1 << LEVEL_BITS) - 1

    def columns(self, rows: Rows) -> NDArray[np.void]:
        """The records of these rows, in their order, as a copy."""
        return taken(self._table, rows)

    def kinds(self, rows: Rows) -> NDArray[np.uint8]:
        """Of each row what a bound needs, as one small number; see `kind_of`."""
        return self._kinds.take(rows, mode="clip")

    def opens(self, codes: NDArray[np.int32], now: datetime) -> NDArray[np.int64]:
        """When these numbered hours open, in microseconds; see `OpenSpans.opens`."""
        return self._spans.opens(codes, now)

    def at_work(self, helper_ids: Iterable[str], now: datetime) -> frozenset[str]:
        """Which of these helpers are in their working hours."""
        ids = [id_ for id_ in helper_ids if id_ in self._rows]
        rows = np.array([self._rows[id_] for id_ in ids], dtype=np.intp)
        opens = self.opens(self.columns(rows)["hours"], now) if ids else ()
        return frozenset(id_ for id_, at in zip(ids, opens, strict=True) if at <= micros(now))

    def keep_free(self, holidays: frozenset[date]) -> None:
        """Have nobody at work on these days."""
        self._spans.keep_free(holidays)

    def repeats(self, asker_id: str) -> Mapping[int, int]:
        """How often each row helped an asker lately."""
        return self._repeats.get(asker_id, {})

    def topics_of(self, row: int) -> dict[str, int]:
        """A row's declared topics with own levels."""
        entries = np.frombuffer(self._held[row], dtype=np.int32).tolist()
        return {self._topics[entry >> LEVEL_BITS]: entry & (1 << LEVEL_BITS) - 1 for entry in entries}

    def sums(self, parts: Sequence[tuple[Rows, NDArray[np.uint16]]]) -> list[NDArray[np.uint16]]:
        """For each row of each part, the sum of what every part counts for it; takes no sort.

        A row is at most once in a part; no sum may exceed 16 bits.
        """
        for rows, counts in parts:
            np.add.at(self._sums, rows, counts)
        sums = [self._sums.take(rows, mode="clip") for rows, _ in parts]
        for rows, _ in parts:
            self._sums[rows] = 0
        return sums

    def _new_row(self, helper_id: str) -> int:
        row = self._free.pop() if self._free else len(self._ids)
        if row == len(self._ids):
            self._ids.append("")
            self._held.append(b"")
            if row == len(self._table):
                self._table = np.concatenate([self._table, np.zeros(row // 2, dtype=COLUMNS)])
                self._kinds = np.concatenate([self._kinds, np.zeros(row // 2, dtype=np.uint8)])
                self._sums = np.zeros(len(self._table), dtype=np.uint16)
        self._rows[helper_id], self._ids[row] = row, helper_id
        return row

    def _record(self, helper: Helper) -> tuple[int, ...]:
        return (
            key_of(helper.id),
            _micros(helper.paused_until),
            _micros(helper.last_helped_at),
            self._spans.code(helper.hours),
            helper.minutes_per_week,
            helper.minutes_booked,
            min(helper.open_sessions, 255),
            min(helper.open_offers, 255),
            helper.level,
            lane_mask(helper.lanes) | AVAILABLE_BIT * helper.is_available,
            min(helper.offers_ended, 255),
            min(round(helper.offers_answered * 2), 255),
            min(helper.questions_at_once or 0, 255),
        )

    def _pack(self, topics: Mapping[str, int]) -> bytes:
        return array(
            "i", sorted(packed(self._code(topic), level) for topic, level in topics.items())
        ).tobytes()

    def _code(self, topic: str) -> int:
        if topic not in self._topic_codes:
            self._topic_codes[topic] = len(self._topics)
            self._topics.append(topic)
            self._postings.append(TopicPosting())
        return self._topic_codes[topic]

    def _hold(self, row: int, held: bytes) -> None:
        before = self._held[row]
        if before == held:
            return
        old, new = set(array("i", before)), set(array("i", held))
        for entry in old - new:
            self._postings[entry >> LEVEL_BITS].drop(packed(row, entry & (1 << LEVEL_BITS) - 1))
        for entry in new - old:
            self._postings[entry >> LEVEL_BITS].add(packed(row, entry & (1 << LEVEL_BITS) - 1))
        self._held[row] = held

    def _repeat(self, row: int, helped: Mapping[str, int]) -> None:
        for asker_id in self._helped.pop(row, NOTHING):
            self._repeats[asker_id].pop(row)
            if not self._repeats[asker_id]:
                del self._repeats[asker_id]
        if helped:
            self._helped[row] = helped
        for asker_id, times in helped.items():
            self._repeats.setdefault(asker_id, {})[row] = times


def key_of(helper_id: str) -> int:
    """64 bits that draw ties, spread evenly over ids and the same on every machine."""
    return int.from_bytes(blake2b(helper_id.encode(), digest_size=8).digest(), "little")


def taken(records: NDArray[np.void], rows: Rows) -> NDArray[np.void]:
    """The records at some places, copied word by word: several times faster than one by one."""
    return records.view(np.int64).reshape(-1, WORDS).take(rows, axis=0).view(COLUMNS).ravel()


def kind_of(helper: Helper) -> int:
    """Level, availability, lanes and whether offers are answered more than usual, below KINDS."""
    is_prompt = helper.offers_answered > USUAL * helper.offers_ended
    lanes = AVAILABLE_BIT * helper.is_available | lane_mask(helper.lanes)
    return PROMPT_BIT * is_prompt | helper.level << LANE_BITS | lanes


def _micros(moment: datetime | None) -> int:
    return NO_TIME if moment is None else micros(moment)


def _moment(value: int) -> datetime | None:
    return None if value == NO_TIME else moment_of(value)

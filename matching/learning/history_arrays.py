"""A history as named arrays and back, so that it can be kept and read again in a fraction of a second.

Everything is a number or a text: no pickled objects. Many small things of a kind lie end to end in one array,
with where each ends.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.columns import Column
from matching.decayed_counts import Tally, TallyArrays
from matching.learning.history import Answers, History, PastAsk
from matching.topics.latent import DIMENSIONS, Lens, Profiles
from matching.topics.similar_texts import Corpus

Array = NDArray[Any]
Arrays = Mapping[str, Array]
TALLIES = ("active", "worked", "breadth", "seen_at", "rhythm", "given")
CORPORA = ("texts", "tags")


def to_arrays(history: History) -> dict[str, Array]:
    """All that a history holds."""
    arrays = {
        "ids": texts(history.ids),
        "first_days": history.first_days.values,
        "asks": texts(list(history.asks)),
        "askers": np.array([past.asker for past in history.pasts], dtype=np.int64),
        **prefixed("topics", _bags([past.topics for past in history.pasts])),
        **prefixed("answers", history.answers.columns),
        "by_topic": texts(list(history.by_topic)),
        **prefixed("topic_tallies", _tallies(list(history.by_topic.values()))),
        "pairs": np.array(list(history.pairs), dtype=np.int64),
        **prefixed("pair_tallies", _tallies(list(history.pairs.values()))),
    }
    sums, worths, as_of = history.profiles.written
    seen = {"words": texts(list(history.lens.words)), "rows": history.lens.rows, "points": _stacked(history)}
    arrays |= prefixed("lens", seen | {"sums": sums, "worths": worths, "days": as_of})
    for name in TALLIES:
        arrays |= prefixed(name, _tallies([getattr(history, name)]))
    for name in CORPORA:
        arrays |= prefixed(name, _corpus(getattr(history, name)))
    return arrays


def from_arrays(arrays: Arrays) -> History:
    """The history that these arrays were made of; it may grow on."""
    history = History()
    history.ids = words(arrays["ids"])
    history.people = {id_: number for number, id_ in enumerate(history.ids)}
    history.first_days = Column.holding(arrays["first_days"])
    history.asks = {id_: number for number, id_ in enumerate(words(arrays["asks"]))}
    topics = _unbagged(part(arrays, "topics"))
    history.pasts = [PastAsk(*each) for each in zip(arrays["askers"].tolist(), topics, strict=True)]
    history.answers = Answers.of(part(arrays, "answers"))
    told = _untallied(part(arrays, "topic_tallies"))
    history.by_topic = dict(zip(words(arrays["by_topic"]), told, strict=True))
    pairs = _untallied(part(arrays, "pair_tallies"))
    history.pairs = dict(zip(arrays["pairs"].tolist(), pairs, strict=True))
    lens = part(arrays, "lens")
    history.lens = Lens({word: row for row, word in enumerate(words(lens["words"]))}, lens["rows"])
    history.points = list(lens["points"])
    history.profiles = Profiles.restored(lens["sums"], lens["worths"], lens["days"])
    for name in TALLIES:
        setattr(history, name, _untallied(part(arrays, name))[0])
    for name in CORPORA:
        setattr(history, name, _uncorpus(part(arrays, name)))
    return history


def prefixed(name: str, arrays: Arrays) -> dict[str, Array]:
    """Arrays under longer names, from which `part` takes them again."""
    return {f"{name}.{part}": array for part, array in arrays.items()}


def part(arrays: Arrays, name: str) -> dict[str, Array]:
    """The arrays under a prefix."""
    return {
        key.removeprefix(f"{name}."): array for key, array in arrays.items() if key.startswith(f"{name}.")
    }


def texts(lines: Sequence[str]) -> Array:
    """Texts as the bytes of their lines; ids and words of a text hold no line break."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def words(lines: Array) -> list[str]:
    """The texts of an array made by `texts`."""
    return lines.tobytes().decode().split("\n") if len(lines) else []


def _stacked(history: History) -> Array:
    return np.array(history.points, dtype=np.float32).reshape(len(history.points), DIMENSIONS)


def _tallies(tallies: Sequence[Tally]) -> dict[str, Array]:
    written = [tally.written for tally in tallies]
    return {
        "rates": _end_to_end([each.rates for each in written]),
        "keys": _end_to_end([each.keys for each in written]),
        "cells": _end_to_end([each.cells.ravel() for each in written]),
        "last": _end_to_end([each.last for each in written]),
        "totals": _end_to_end([each.totals for each in written]),
        "bases": np.array([each.base for each in written]),
        "sizes": np.array([len(each.keys) for each in written], dtype=np.int64),
        "halves": np.array([len(each.rates) for each in written], dtype=np.int64),
    }


def _untallied(arrays: Arrays) -> list[Tally]:
    sizes, halves = arrays["sizes"], arrays["halves"]
    rates, totals = _cut(arrays["rates"], halves), _cut(arrays["totals"], halves)
    keys, last = _cut(arrays["keys"], sizes), _cut(arrays["last"], sizes)
    cells, bases = _cut(arrays["cells"], sizes * halves), arrays["bases"].tolist()
    return [
        Tally.restored(TallyArrays(rate, key, cell.reshape(len(key), len(rate)), day, base, total))
        for rate, key, cell, day, base, total in zip(rates, keys, cells, last, bases, totals, strict=True)
    ]


def _corpus(corpus: Corpus) -> dict[str, Array]:
    said, where, weights, norms = corpus.written
    return {
        "words": texts(said),
        "where": _end_to_end(where),
        "weights": _end_to_end(weights),
        "sizes": np.array([len(each) for each in where], dtype=np.int64),
        "norms": norms,
    }


def _uncorpus(arrays: Arrays) -> Corpus:
    where, weights = (_cut(arrays[name], arrays["sizes"]) for name in ("where", "weights"))
    return Corpus.restored(words(arrays["words"]), where, weights, arrays["norms"])


def _bags(bags: Sequence[Sequence[str]]) -> dict[str, Array]:
    """Several lists of words as numbers of a common list of words."""
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(word, len(numbers)) for bag in bags for word in bag]
    return {
        "words": texts(list(numbers)),
        "flat": np.array(flat, dtype=np.int32),
        "sizes": np.array([len(bag) for bag in bags], dtype=np.int64),
    }


def _unbagged(arrays: Arrays) -> list[tuple[str, ...]]:
    said = words(arrays["words"])
    flat = [said[number] for number in arrays["flat"].tolist()]
    ends = np.cumsum(arrays["sizes"]).tolist()
    return [tuple(flat[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _end_to_end(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0)


def _cut(array: Array, sizes: Array) -> list[Array]:
    ends = np.cumsum(sizes).tolist()
    return [array[start:end] for start, end in zip([0, *ends], ends, strict=False)]

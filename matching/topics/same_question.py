"""Whether two questions ask the same: by their telling words, by their meaning, and by what only one has.

Built for precision: two that differ in one telling word each ("in Norway", "in Spain"), or of which one says
no, are not the same however alike they are. `bench/answer_cards.py` measures it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from math import sqrt

import numpy as np

from matching.meaning.static_vectors import LITTLE, Reals, shipped
from matching.topics.similar_texts import words_of

SAME = 0.85  # the likeness from which on two questions ask the same
SWAPPED = 0.5  # of a word's weight: what each has and the other lacks
LEAST, NEAR = 0.3, 10
MOST_WORDS, PARTS, SHORTEST_PART = 40, 6, 3
_NO = frozenset({"no", "not", "never", "without", "cannot", "can't", "don't", "doesn't", "isn't", "won't"})
_WORD = re.compile(r"[a-z']+")
_END = re.compile(r"(?<=[.!?])\s|\n")


def gist(question: str) -> str:
    """Return a question's telling words on one line, in order of the alphabet: what `nearest` looks at."""
    return " ".join(sorted(words_of(question))[:MOST_WORDS])


def parts_of(text: str) -> list[str]:
    """Return what of a text may be its question: all of it, and each of its first sentences."""
    sentences = [it.strip() for it in _END.split(text) if len(it.split()) >= SHORTEST_PART]
    return list(dict.fromkeys([text, *sentences[:PARTS]]))


def nearest(text: str, gists: Mapping[str, str]) -> list[str]:
    """Return the ids of the few gists that share most with a text or one of its sentences, the best first.

    Equals stand in order of id.
    """
    asked = [_weighed(gist(part).split()) for part in parts_of(text)]
    wanted = frozenset(word for squares, _ in asked for word in squares)
    shared = ((id, words) for id, line in gists.items() if not wanted.isdisjoint(words := line.split()))
    scored = [(max(_overlap(each, words) for each in asked), id) for id, words in shared]
    return [id for score, id in nsmallest(NEAR, scored, key=lambda it: (-it[0], it[1])) if score >= LEAST]


def likeness(text: str, question: str) -> float:
    """Return how sure a question is asked again by a text, or by one of its sentences: from 0 to 1."""
    return max(_likeness(part, question) for part in parts_of(text))


def _weighed(words: Sequence[str]) -> tuple[dict[str, float], float]:
    """Return the squared weights of words, and the length of all together."""
    squares = {word: _weight(word) ** 2 for word in words}
    return squares, sqrt(sum(squares.values()))


def _overlap(asked: tuple[dict[str, float], float], words: Sequence[str]) -> float:
    squares, length = asked
    shared = sum(squares.get(word, 0.0) for word in words)
    # Most share nothing, and then the other's length is not needed.
    return shared / (length * _weighed(words)[1]) if shared else 0.0


def _likeness(one: str, other: str) -> float:
    mine, theirs = sorted(words_of(one)), sorted(words_of(other))
    if not mine or not theirs or _says_no(one) != _says_no(other):
        return 0.0
    near = np.clip(_directions(mine) @ _directions(theirs).T, 0, 1)
    found, covered = near.max(axis=1), near.max(axis=0)
    weights, others = _weights(mine), _weights(theirs)
    lacking, extra = (weights * (1 - found)).max(), (others * (1 - covered)).max()
    if min(lacking, extra) > SWAPPED:
        return 0.0
    shared = _overlap(_weighed(mine), theirs)
    whole = _unit(shipped().many([one, other]))
    sides = (weights @ found / weights.sum(), others @ covered / others.sum())
    return float((shared + whole[0] @ whole[1] + sum(sides)) / 4)


def _says_no(text: str) -> bool:
    return not _NO.isdisjoint(_WORD.findall(text.lower().replace("’", "'")))


def _weights(words: Iterable[str]) -> Reals:
    return np.array([_weight(word) for word in words])


def _weight(word: str) -> float:
    """Return how much a word says, whatever is asked here: near 0.1 of an everyday one, 2 of a rare one."""
    return _known(word)[1]


def _directions(words: Sequence[str]) -> Reals:
    return np.array([_known(word)[0] for word in words])


@lru_cache(maxsize=20_000)
def _known(word: str) -> tuple[Reals, float]:
    row = shipped().many([word])[0]
    said = float(np.linalg.norm(row))
    return _unit(row[None, :])[0], max(LITTLE * said / max(1 - said, 1e-6), 1e-3)


def _unit(rows: Reals) -> Reals:
    unit: Reals = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit

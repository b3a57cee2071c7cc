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

SAME = 0.88  # the likeness from which on two questions ask the same
COVERED = (0.85, 0.8)  # of what the asker says, and of what the known question says, in the other's words
SWAPPED = 0.5  # of a word's weight: what each has and the other lacks
LEAST, NEAR, MOST_WORDS = 0.3, 10, 40
_NO = frozenset({"no", "not", "never", "without", "cannot", "can't", "don't", "doesn't", "isn't", "won't"})
_WORD = re.compile(r"[a-z']+")


def telling(text: str, most: int) -> list[str]:
    """The words of a text that say most, the rarest first, equals in order of the alphabet."""
    return sorted(words_of(text), key=lambda word: (-_weight(word), word))[:most]


def gist(question: str) -> str:
    """A question's telling words on one line, in order of the alphabet: what `nearest` looks at."""
    return " ".join(sorted(words_of(question))[:MOST_WORDS])


def nearest(text: str, gists: Mapping[str, str]) -> list[str]:
    """The ids of the few gists that share most with a text, the best first, equals in order of id."""
    asked = _weighed(gist(text).split())
    shared = (
        (id, words) for id, line in gists.items() if not asked[0].keys().isdisjoint(words := line.split())
    )
    scored = [(_overlap(asked, words), id) for id, words in shared]
    return [id for score, id in nsmallest(NEAR, scored, key=lambda it: (-it[0], it[1])) if score >= LEAST]


def _weighed(words: Sequence[str]) -> tuple[dict[str, float], float]:
    """The squared weights of words, and the length of all together."""
    squares = {word: _weight(word) ** 2 for word in words}
    return squares, sqrt(sum(squares.values()))


def _overlap(asked: tuple[dict[str, float], float], words: Sequence[str]) -> float:
    squares, length = asked
    shared = sum(squares.get(word, 0.0) for word in words)
    # Most share nothing, and then the other's length is not needed.
    return shared / (length * _weighed(words)[1]) if shared else 0.0


def likeness(text: str, question: str) -> float:
    """How surely a text asks a known question again: from 0 to 1, and 0 where one says what is not
    in the other."""
    mine, theirs = sorted(words_of(text)), sorted(words_of(question))
    if not mine or not theirs or _says_no(text) != _says_no(question):
        return 0.0
    if mine == theirs:
        return 1.0
    near = np.clip(_directions(mine) @ _directions(theirs).T, 0, 1)
    found, covered = near.max(axis=1), near.max(axis=0)
    weights, others = _weights(mine), _weights(theirs)
    lacking, extra = (weights * (1 - found)).max(), (others * (1 - covered)).max()
    sides = (float(weights @ found / weights.sum()), float(others @ covered / others.sum()))
    if min(lacking, extra) > SWAPPED or sides[0] < COVERED[0] or sides[1] < COVERED[1]:
        return 0.0
    whole = _unit(shipped().many([text, question]))
    return (_overlap(_weighed(mine), theirs) + float(whole[0] @ whole[1]) + sum(sides)) / 4


def _says_no(text: str) -> bool:
    return not _NO.isdisjoint(_WORD.findall(text.lower().replace("’", "'")))


def _weights(words: Iterable[str]) -> Reals:
    return np.array([_weight(word) for word in words])


def _weight(word: str) -> float:
    """How much a word says, whatever is asked here: near 0.1 of an everyday one, 2 of a rare one."""
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

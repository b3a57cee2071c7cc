"""Past texts that resemble a new one: an inverted index of words with tf-idf weights."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.columns import Column
from matching.topics.everyday_words import ASKING, FUNCTION_WORDS
from matching.topics.tokens import fold

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]
WORD = re.compile(r"[^\W\d_][\w+#.-]*[\w+#]|[^\W\d_]")
COMMON = 0.3
FEW = 300
TELLING = 40


def words_of(text: str) -> Counter[str]:
    """The folded words of a text with their counts, those that say nothing left out."""
    return Counter(word for word in WORD.findall(fold(text)) if word not in FUNCTION_WORDS)


def says_something(text: str) -> bool:
    """Whether any word says what a text is about: none does in "How do I" or "what should we do"."""
    return any(word not in ASKING for word in words_of(text))


class Corpus:
    """Numbered bags of words. A word's weight is (1 + log count) · idf, idf = log((1 + N) / (1 + n)) + 1.

    Likeness is the cosine, but that a text's length is measured once, with the idf of the time it was added.
    """

    def __init__(self) -> None:
        self._where: dict[str, Column] = {}
        self._weights: dict[str, Column] = {}
        self._norms = Column(np.float64)

    @classmethod
    def restored(
        cls, words: Sequence[str], where: Sequence[Numbers], weights: Sequence[Weights], norms: Floats
    ) -> Self:
        """The corpus that was written."""
        corpus = cls()
        corpus._where = dict(zip(words, map(Column.holding, where), strict=True))
        corpus._weights = dict(zip(words, map(Column.holding, weights), strict=True))
        corpus._norms = Column.holding(norms)
        return corpus

    def __len__(self) -> int:
        return len(self._norms)

    @property
    def written(self) -> tuple[list[str], list[Numbers], list[Weights], Floats]:
        """The words, for each the texts it stands in and its weights there, and the texts' lengths."""
        where, weights = (
            [column.values for column in each.values()] for each in (self._where, self._weights)
        )
        return list(self._where), where, weights, self._norms.values

    def bags(self) -> list[dict[str, int]]:
        """Each text as its words with their counts, in the order in which the texts were added."""
        bags: list[dict[str, int]] = [{} for _ in range(len(self))]
        for word, where in self._where.items():
            counts = np.rint(np.exp(self._weights[word].values - 1)).astype(int).tolist()
            for number, count in zip(where.values.tolist(), counts, strict=True):
                bags[number][word] = count
        return bags

    def add(self, words: Mapping[str, int]) -> int:
        """Add a text and return its number."""
        number, square = len(self), 0.0
        for word, count in words.items():
            weight = 1 + math.log(count)
            self._where.setdefault(word, Column(np.int32)).append(number)
            self._weights.setdefault(word, Column(np.float32)).append(weight)
            square += (weight * self._idf(word)) ** 2
        self._norms.append(math.sqrt(square) or 1.0)
        return number

    def likeness(self, words: Mapping[str, int]) -> Floats:
        """How like every text is to these words, the *TELLING* weightiest compared."""
        size, known = len(self), self._where
        found = {word: len(known[word]) if word in known else 0 for word in words}
        idfs = {word: math.log((1 + size) / (1 + stands)) + 1 for word, stands in found.items()}
        weights = {word: (1 + math.log(count)) * idfs[word] for word, count in words.items()}
        common = COMMON * size if size > FEW else size
        telling = (word for word, stands in found.items() if 0 < stands <= common)
        compared = nlargest(TELLING, telling, key=lambda word: (weights[word], word))
        if not compared:
            return np.zeros(len(self))
        # All words at once: a count with weights is several times faster than an addition a word.
        where = np.concatenate([self._where[word].values for word in compared])
        parts = [self._weights[word].values * (weights[word] * idfs[word]) for word in compared]
        scores = np.bincount(where, weights=np.concatenate(parts), minlength=len(self))
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        likeness: Floats = scores / (self._norms.values * length)
        return likeness

    def _idf(self, word: str) -> float:
        found = len(self._where[word]) if word in self._where else 0
        return math.log((1 + len(self)) / (1 + found)) + 1

"""How near a text is to each topic in meaning."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from matching.meaning.static_vectors import Reals, Vectors
from matching.topics.tagging import TopicWords

NEAREST = 3
FAR = -1.0


class Near(NamedTuple):
    """How near a text is to each topic: its nearest phrases, all its words together; and the nearest one."""

    phrases: Reals
    whole: Reals
    best: Sequence[str]


class Meaning:
    """Topics as directions: each name, word and example one, and all of a topic's words together one."""

    def __init__(self, topics: Sequence[TopicWords], vectors: Vectors) -> None:
        self._vectors, self.is_quick = vectors, vectors.is_quick
        self._phrases = [[topic.label, *topic.aliases, *topic.words, *topic.examples] for topic in topics]
        self._whole = vectors.many([" ".join(phrases) for phrases in self._phrases])
        self._rows = vectors.many(list(chain.from_iterable(self._phrases)))
        self._places = _places([len(phrases) for phrases in self._phrases])

    def near(self, text: str) -> Near:
        """How near a text is to each topic, from -1 to 1."""
        asked = self._vectors.many([text])[0]
        likeness = np.append(self._rows @ asked, FAR)[self._places]
        best = likeness.argmax(axis=1).tolist()
        nearest = np.partition(likeness, likeness.shape[1] - NEAREST, axis=1)[:, -NEAREST:]
        is_there = nearest > FAR
        phrases = np.where(is_there, nearest, 0).sum(axis=1) / np.maximum(is_there.sum(axis=1), 1)
        spelled = [self._phrases[topic][at] for topic, at in enumerate(best)]
        return Near(phrases, self._whole @ asked, spelled)


def _places(counts: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Which row each phrase of each topic has (topics × most phrases); -1 where there is none."""
    places = np.full((len(counts), max([NEAREST, *counts])), -1, dtype=np.intp)
    start = 0
    for topic, count in enumerate(counts):
        places[topic, :count] = range(start, start + count)
        start += count
    return places

"""How well a thing fits a goal: by the topics of both, and by the words that they share. Pure."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from coaching.data import Data, read
from coaching.patterns import Words
from matching.topics.tokens import atoms_of

SHARED = 2  # words, from which on two texts are taken for kin without a topic in common
_LEAST = 4  # letters of a word that says something
_ENDINGS = ("ies", "ing", "es", "ed", "s", "y", "e")


class _Known(Data):
    common: Words


@cache
def _common() -> frozenset[str]:
    return read("relationships.growth_plan", "kinship", _Known).common


class Kinship(NamedTuple):
    """How much two texts share; the more topics, then the more words, the closer."""

    topics: int
    words: int

    @property
    def is_close(self) -> bool:
        """Whether one may well serve the other."""
        return self.topics > 0 or self.words >= SHARED


def kinship(goal: str, goal_topics: Iterable[str], thing: str, thing_topics: Iterable[str]) -> Kinship:
    """What a goal and a thing share, each by its words and topics."""
    shared = set(goal_topics) & set(thing_topics)
    return Kinship(len(shared), len(_stems(goal) & _stems(thing)))


def _stems(text: str) -> frozenset[str]:
    common = _common()
    words = (atom.text for atom in atoms_of(text) if atom.is_word)
    return frozenset(_stem(word) for word in words if len(word) >= _LEAST and word not in common)


def _stem(word: str) -> str:
    """A word without the endings of plurals and verbs: crude, and alike for both texts."""
    ending = next((it for it in _ENDINGS if word.endswith(it) and len(word) - len(it) >= _LEAST - 1), "")
    return word.removesuffix(ending)

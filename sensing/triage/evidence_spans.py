"""What a text shows: features outright or by clues together, and what its single words lean towards."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from sensing.text.finder import Finder, Hit, quoted
from sensing.text.phrases import phrases
from sensing.text.wording import Word, normal, words
from sensing.triage.clues import SHOWS, together
from sensing.triage.features import Clue, TriageFeature
from sensing.triage.priors import LETTERS, Weights, beginnings, leanings

SENIOR_LEVEL = 5
QUOTED, TELLING, HINTS = 8, 3, 2
_BY_LEVEL = frozenset({TriageFeature.SENIOR_ASKING, TriageFeature.WORDING})
_FEATURES, _CLUES = tuple(TriageFeature), frozenset(Clue)
_OWN = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


@dataclass(frozen=True, slots=True)
class Showing:
    """What was found in a text of somebody who is senior or not."""

    text: str
    said: list[Word]
    hits: dict[str, list[Hit]]
    is_senior: bool

    @classmethod
    def of(cls, text: str, level: int) -> Self:
        """Read a text by a person of *level* 1 to 7."""
        normalized, is_senior = normal(text), level >= SENIOR_LEVEL
        said = words(normalized)
        hits: dict[str, list[Hit]] = {}
        for hit in _finder().hits(said):
            hits.setdefault(hit.name, []).append(hit)
        for hit in list(together(hits, is_senior=is_senior)):
            hits.setdefault(hit.name, []).append(hit)
        return cls(normalized, said, hits, is_senior)

    @property
    def features(self) -> list[TriageFeature]:
        """The features that are shown, in the order of Feature."""
        is_new = bool({TriageFeature.NEW_WAYS, TriageFeature.JUNIORS_KNOW} & self.hits.keys())
        by_level = {TriageFeature.SENIOR_ASKING} if self.is_senior and is_new else set()
        return [feature for feature in _FEATURES if feature in self.hits or feature in by_level]

    @property
    def clues(self) -> list[str]:
        """The clues that are there, a senior place among them."""
        there = [name for name in self.hits if name in _CLUES]
        young = ["young_senior"] if Clue.YOUNG in self.hits else []
        return [*there, *young, "senior"] if self.is_senior else there

    @property
    def is_personal(self) -> bool:
        """Whether the writer is in what is written."""
        return any(word.text in _OWN for word in self.said)

    def leanings(self) -> dict[str, Weights]:
        """What each single word and clue leans towards."""
        return leanings(beginnings(self.text, self.said), self.clues)

    def quote(self, name: str) -> tuple[str, ...]:
        """The person's own words for a feature or a clue, none twice and none within others."""
        hits = self.hits.get(name, [])
        return quoted(self.text, self.said, _widest(hits)[:QUOTED])

    def hints(
        self, leant: Mapping[str, Weights], best: int, speaking: Collection[TriageFeature]
    ) -> Iterator[tuple[TriageFeature, tuple[str, ...]]]:
        """Yield what hints at a kind of help (by its place in Choice): features speaking for it, or words."""
        telling = sorted((token for token in leant if leant[token][best] > 0), key=lambda t: -leant[t][best])
        clues = [Clue(token[1:]) for token in telling if token[1:] in _CLUES]
        shown = {SHOWS[clue]: self.quote(clue) for clue in reversed(clues) if SHOWS.get(clue) in speaking}
        if shown:
            yield from list(reversed(shown.items()))[:HINTS]
        elif told := self._telling_words(telling):
            yield TriageFeature.WORDING, told

    def _telling_words(self, telling: list[str]) -> tuple[str, ...]:
        first = {word.text[:LETTERS]: self.text[word.start : word.stop] for word in reversed(self.said)}
        return tuple(first[token] for token in telling if len(token) > TELLING and token in first)[:TELLING]


def _widest(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that lie within no longer one, in their order."""
    widest, reached = set(), 0
    for hit in sorted(set(hits), key=lambda hit: (hit.start, -hit.stop)):
        if hit.stop > reached:
            widest.add(hit)
            reached = hit.stop
    return [hit for hit in hits if hit in widest]


@cache
def _finder() -> Finder:
    lists = {
        feature.value: phrases(f"triage/{feature}") for feature in TriageFeature if feature not in _BY_LEVEL
    }
    return Finder(lists | {clue.value: phrases(f"clues/{clue}") for clue in Clue})

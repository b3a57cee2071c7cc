"""Whether somebody who writes needs more than a colleague. Pure; runs before anything else reads the text.

It knows phrases, not people: it will miss some, and never decides alone that all is well. It tells nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from sensing.safety.categories import CONFIDENTIAL, TIERS, Category, Tier
from sensing.safety.evidence import NEAR, SafetySign, Sign, has_craft, is_elsewhere, is_worked_on, weighed
from sensing.safety.owner import is_others
from sensing.text.finder import Finder, Hit, quoted
from sensing.text.phrases import phrases, word_lists
from sensing.text.wording import CUT, END, Word, normal, words

__all__ = ["CONFIDENTIAL", "NOTHING", "TIERS", "Category", "Finding", "Tier", "read"]

SHOWN = 8
SOME_SENTENCES = 60  # words; who writes more of a burden carries some of it
OWNED = frozenset({Category.DISTRESS, Category.BURNOUT})  # of others they are no need of the writer's


@dataclass(frozen=True, slots=True)
class Finding:
    """The gravest thing a text speaks of, and the words that say so (for tests; they are never kept)."""

    tier: Tier
    category: Category
    evidence: tuple[str, ...] = ()


NOTHING = Finding(Tier.NONE, Category.NONE)


def read(text: str) -> Finding:
    """The gravest thing that *text* speaks of; the order of Category decides between several.

    A phrase says it outright, or signs near one another add up to it.
    """
    normalized = normal(text)
    said = _meant([*words(normalized), Word(END, len(normalized), len(normalized))])
    marks = [SafetySign(name, place) for name, place in _finder().marks(said)]
    for category, tier in TIERS.items():
        if hits := _hits(category, said, marks):
            return Finding(tier, category, quoted(normalized, said, hits))
    return NOTHING


def _hits(category: Category, said: Sequence[Word], marks: Sequence[SafetySign]) -> list[Hit]:
    if any(mark.name == category and not _is_elsewhere(mark, marks) for mark in marks):
        hits = _finder().hits(said, name=category)
        if found := list(islice((hit for hit in hits if not _is_no_need(hit, said, marks)), SHOWN)):
            return found
    stretch = weighed(category, marks)
    if stretch is None or _is_no_need(Hit(category, stretch.core, stretch.core + 1), said, marks):
        return []
    return [Hit(category, stretch.first, stretch.last + 1)]


def _is_no_need(hit: Hit, said: Sequence[Word], marks: Sequence[SafetySign]) -> bool:
    return _is_of_others(hit, said) or _is_of_a_trade(hit, said, marks)


def _is_of_others(hit: Hit, said: Sequence[Word]) -> bool:
    """Whether a burden is somebody else's, in a text of some sentences; in a longer one all counts.

    Danger is heard whoever is in it.
    """
    return hit.name in OWNED and len(said) <= SOME_SENTENCES and is_others(said, hit.start, hit.stop)


def _is_of_a_trade(hit: Hit, said: Sequence[Word], marks: Sequence[SafetySign]) -> bool:
    """Whether words only name what its writer works on: posts about self-harm, a patient's medication.

    Of grave words only those count so that say of nobody that it happens to them.
    """
    if TIERS[Category(hit.name)] is Tier.PROFESSIONAL:
        return has_craft(hit.stop - 1, marks) or _is_of_no_writer(hit, said)
    named = _named()["subject"]
    is_named = all(word.text in named for word in said[hit.start : hit.stop])
    return is_named and is_worked_on(hit.stop - 1, marks)


def _is_of_no_writer(hit: Hit, said: Sequence[Word]) -> bool:
    """Whether a matter for a professional is a company's, or one word in a text of nobody who writes."""
    around = {word.text for word in said[max(0, hit.start - NEAR) : hit.stop + NEAR]}
    is_business = not _named()["business"].isdisjoint(around)
    return _named()["writer"].isdisjoint(around) and (is_business or hit.stop - hit.start == 1)


def _named() -> Mapping[str, frozenset[str]]:
    return word_lists("named")


def _is_elsewhere(mark: SafetySign, marks: Sequence[SafetySign]) -> bool:
    """Whether grave words are said of a story or a program; other care is given all the same."""
    return TIERS[Category(mark.name)] is Tier.STOP and is_elsewhere(mark.place, marks)


def _meant(said: list[Word]) -> list[Word]:
    """The words without harmless sayings ("kill a process"), over which no phrase reaches."""
    harmless = {place for hit in _harmless().hits(said) for place in range(hit.start, hit.stop)}
    if not harmless:
        return said
    return [word._replace(text=CUT) if place in harmless else word for place, word in enumerate(said)]


@cache
def _finder() -> Finder:
    lists: dict[str, tuple[str, ...]] = {category: phrases(category) for category in TIERS}
    return Finder(lists | {sign.value: phrases(f"signs/{sign}") for sign in Sign})


@cache
def _harmless() -> Finder:
    return Finder({"harmless": phrases("harmless")})

"""Texts that are hard for a pattern to read: runs of what its repeats take, and an end that none allows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from re import _constants as sre
from re import _parser  # the only place that tells what a pattern is made of
from typing import Any

STRANGER = "¬"  # neither a letter, a digit, a space nor a mark that people type
_OF_CLASS = {
    sre.CATEGORY_DIGIT: "7",
    sre.CATEGORY_NOT_DIGIT: "d",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_NOT_SPACE: "s",
    sre.CATEGORY_WORD: "w",
    sre.CATEGORY_NOT_WORD: " ?",
}
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
MOST = 8  # samples of one part of a pattern
ENDS = ("", STRANGER, "x", "\nx")
FEW = 20
LETTERS = 10  # characters of a pattern that are paired


def units(pattern: re.Pattern[str]) -> list[str]:
    """What to write again and again: samples of each part, single characters, and all their pairs."""
    tree = _tree(pattern)
    samples = dict.fromkeys(sample for part in _parts(tree) for sample in islice(_samples(part), MOST))
    letters = list(dict.fromkeys(letter for part in _parts(tree) for letter in _letters(part)))
    letters = [*letters[:: max(1, len(letters) // LETTERS)][:LETTERS], STRANGER]
    pairs = ("".join(pair) for pair in product(letters, repeat=2))
    return list(dict.fromkeys(filter(None, [*letters, *pairs, *samples])))


def _tree(pattern: re.Pattern[str]) -> Any:
    return _parser.parse(pattern.pattern, pattern.flags)


def _parts(tree: Any) -> Iterator[Any]:
    """Yield every sequence of a pattern, the whole first."""
    yield tree
    for _, given in tree:
        for inner in _inner(given):
            yield from _parts(inner)


def _inner(given: Any) -> Iterator[Any]:
    if isinstance(given, _parser.SubPattern):
        yield given
    elif isinstance(given, (tuple, list)):
        for each in given:
            yield from _inner(each)


def _letters(tree: Any) -> Iterator[str]:
    for kind, given in tree:
        if kind in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(given)
        elif kind is sre.IN:
            yield from _members(given)


def _members(given: Any) -> Iterator[str]:
    for kind, each in given:
        if kind is sre.LITERAL:
            yield chr(each)
        elif kind is sre.RANGE:
            yield chr(each[0])
        elif kind is sre.CATEGORY:
            yield from _OF_CLASS[each]


def _samples(tree: Any) -> Iterator[str]:
    """Yield texts that a sequence takes, or nearly: what it looks at but does not take is left out."""
    yield from _sequence(list(tree))


def _sequence(parts: list[Any]) -> Iterator[str]:
    if not parts:
        yield ""
        return
    for first in islice(_one(*parts[0]), MOST):
        for rest in islice(_sequence(parts[1:]), MOST):
            yield first + rest


def _one(kind: Any, given: Any) -> Iterator[str]:
    if kind is sre.LITERAL:
        yield chr(given)
    elif kind is sre.NOT_LITERAL:
        yield from (each for each in "x " if each != chr(given))
    elif kind is sre.ANY:
        yield "x"
    elif kind is sre.IN:
        is_open = given[0][0] is sre.NEGATE
        taken = set(_members(given))
        yield from (each for each in "x 7-" if each not in taken) if is_open else _members(given)
    elif kind is sre.BRANCH:
        yield from (sample for each in given[1] for sample in islice(_samples(each), 1))
    elif kind is sre.SUBPATTERN:
        yield from _samples(given[3])
    elif kind is sre.ATOMIC_GROUP:
        yield from _samples(given)
    elif kind in _REPEATS:
        least, _, body = given
        yield from (sample * max(least, 1) for sample in _samples(body))
        if not least:
            yield ""
    else:
        yield ""


@dataclass(frozen=True, slots=True)
class Hard:
    """A kind of text: what comes first, what is written again and again, and how it ends."""

    before: str
    unit: str
    end: str

    def text(self, length: int) -> str:
        """A text of about so many characters."""
        left = max(1, length - len(self.before) - len(self.end))
        return self.before + (self.unit * (left // len(self.unit) + 1))[:left] + self.end


def of(pattern: re.Pattern[str]) -> Iterator[Hard]:
    """Yield the kinds of text that are hard for a pattern."""
    runs = [("", unit) for unit in units(pattern)]
    for before, unit in dict.fromkeys([*runs, *stems(pattern)]):
        yield from (Hard(before, unit, end) for end in ENDS)


def stems(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """For each repeat of a pattern, what may stand before it and what it takes."""
    return list(_stems(list(_tree(pattern)), ""))


def _stems(parts: list[Any], before: str) -> Iterator[tuple[str, str]]:
    for place, (kind, given) in enumerate(parts):
        stem = before + next(_sequence(parts[:place]), "")
        for inner in _inner(given):
            yield from _stems(list(inner), stem)
            if kind in _REPEATS and given[1] > FEW:
                beside = (letter for each in parts[place + 1 : place + 2] for letter in _letters([each]))
                taken = [*islice(_letters(inner), MOST), *islice(_samples(inner), MOST)]
                yield from ((stem, unit) for unit in [*taken, *beside] if unit)

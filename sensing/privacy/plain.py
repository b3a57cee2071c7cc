"""A text as it reads, however it was typed: of one width, nothing invisible, and where each part is. Pure.

What is hidden is looked for here, and cut out of the text as it was typed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Drawn as nothing, though Unicode counts them as letters or marks.
_BLANK = frozenset("\u034f\u115f\u1160\u3164\uffa0\u17b4\u17b5")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_DOTS = dict.fromkeys("\u3002\uff61", ".")
_AT = dict.fromkeys("\uff20\ufe6b", "@")
_READS: dict[str, str] = _DASHES | _DOTS | _AT


@dataclass(frozen=True, slots=True)
class Plain:
    """What a text reads as; *places* says where in the text each character stands, and where it ends."""

    text: str
    places: Sequence[int]

    def typed(self, start: int, stop: int) -> tuple[int, int]:
        """Where in the text as it was typed a part of it lies."""
        return self.places[start], self.places[stop - 1] + 1


def plain(text: str) -> Plain:
    """A text as it reads."""
    if text.isascii():
        return Plain(text, range(len(text) + 1))
    read = [(part, place) for place, letter in enumerate(text) for part in _read_as(letter)]
    return Plain("".join(part for part, _ in read), [*(place for _, place in read), len(text)])


@cache
def _read_as(character: str) -> str:
    """What a character reads as: nothing, itself, or a few plainer ones."""
    if character in _READS:
        return _READS[character]
    if character in _BLANK or unicodedata.category(character) == "Cf" or _varies(character):
        return ""
    return unicodedata.normalize("NFKC", character)


def _varies(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"

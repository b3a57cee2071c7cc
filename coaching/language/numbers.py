"""What number an answer says, where a guided talk needs to know. Pure."""

import re
from functools import cache

from coaching.data import read
from coaching.patterns import InOrder, Language, Pattern, place_of
from kernel.reading import Remembered


class _Known(Language):
    percent: Pattern
    somewhere: Pattern
    range: Pattern
    corrected: Pattern
    span: Pattern
    decimal: Pattern
    numbered: Pattern
    and_a_half: Pattern
    apart: Pattern
    even: Pattern
    torn: Pattern
    words: tuple[InOrder, ...]
    said: tuple[Pattern, ...]


@cache
def _known() -> _Known:
    return read("coaching.language", "numbers", _Known)


# What an answer comes to is worked out anew for each card, and asks this of the same text several times.
_FIRST: Remembered[int | None] = Remembered(4096)
_SHORT = 12  # words; in a longer text a number by the way is no rating


HALF = 5  # of 10
READ = 1_200  # characters; what the script reads of one answer
READ_TWICE = 2 * READ


def scale_number(text: str) -> int | None:
    """The number from 0 to 10 that a text names where a number was asked for, rounded down, or None.

    One "of ten" counts first, then one at the beginning, then what looks like a rating, then any, if the text
    is short. Of a span the lower end counts; per cent are tenths.
    """
    return _first(
        text, (*_known().said, _known().somewhere) if len(text.split()) <= _SHORT else _known().said
    )


def rating(text: str) -> int | None:
    """The number from 0 to 10 by which a text rates something, though it was not asked to, or None."""
    return _first(text, _known().said)


def legible(text: str) -> str:
    """As much of a text as is read, in one spacing: patterns take their time over long ones."""
    lines = (" ".join(line.split()) for line in text[:READ_TWICE].split("\n"))
    return "\n".join(filter(None, lines))[:READ].strip()


def is_only_a_number(text: str) -> bool:
    """Whether a text is a number from 0 to 10 and nothing else: "7", "eight and a half"."""
    return scale_number(text) is not None and not has_letters(without_number(text).replace("and a half", ""))


def has_letters(text: str) -> bool:
    """Whether there is a word in it."""
    return any(map(str.isalpha, text))


def _first(text: str, shapes: tuple[re.Pattern[str], ...]) -> int | None:
    return _FIRST.made_of((text, str(len(shapes))), lambda: _named(text, shapes))


def _named(text: str, shapes: tuple[re.Pattern[str], ...]) -> int | None:
    if _known().even.search(text):
        return HALF
    if _known().torn.search(text):
        return None
    if found := _known().percent.search(text):
        return int(found[1]) // 10
    if corrected := _known().corrected.search(text):
        return _value(corrected[1])
    rest = text if _known().said[0].search(text) else _known().range.sub(" ", text)
    found = next((found for shape in shapes if (found := shape.search(rest))), None)
    return _value(next(filter(None, found.groups()))) if found else None


def _value(said: str) -> int:
    word = said.lower()
    return int(re.split(r"[.,]", word)[0]) if word[0].isdigit() else place_of(word, _known().words)


def number_as_said(text: str) -> str:
    """The number that a text names, as it was written where it lies between two: "6 or 7", "7.5"."""
    number = scale_number(text)
    if (half := _known().and_a_half.search(text)) and _value(half[1]) == number:
        return f"{number}.5"
    if (percent := _known().percent.search(text)) and int(percent[1]) // 10 == number:
        return f"{int(percent[1]) / 10:g}"
    found = _known().span.search(text) or _known().decimal.search(text)
    return found[0].lower().replace(",", ".") if found and _value(found[1]) == number else str(number)


def without_number(text: str) -> str:
    """What a text says besides the number that it names, where that can be cut out."""
    cuts = [*_known().percent.finditer(text), *_known().numbered.finditer(text)]
    named = (found for found in cuts if scale_number(found[0]) == scale_number(text))
    found = next(named, None)
    rest = text if found is None else f"{text[: found.start()]} {text[found.end() :]}"
    return rest.strip(" \t\n.,;:-–—()!?")


def is_apart(text: str) -> bool:
    """Whether a number is a part of its own at the beginning or the end: "6, because …", "… So a 6."."""
    return _known().apart.search(text) is not None

"""Drafts the levels of a goal scale around "as expected" from a person's own words. Pure.

They are changed then. A number in the words is raised and lowered, "two queries" to three and four; other
words get what is more than that in general.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated

from coaching.data import filled_by, read
from coaching.patterns import Language, Pattern
from coaching.sprints.goal_scale import LONGEST

TAPPED = 60  # characters of a goal that fit on a button
FEWEST = 2  # what a number has to be at least to be lowered


class _Known(Language):
    numbers: tuple[str, ...]
    expected: tuple[str, ...]
    better: Annotated[str, filled_by("expected")]
    best: Annotated[str, filled_by("expected")]
    worse: str
    worst: str
    only_one: str
    at_most_one: str
    only_once: str
    at_most_once: str
    none: str
    cue: str
    action: str
    counted: Pattern
    takes: Pattern


@cache
def known() -> _Known:
    """The words and the pattern that levels are drafted with."""
    return read("coaching.sprints", "scale_draft", _Known)


def suggested(goal: str) -> tuple[str, ...]:
    """What "as expected" may be, to tap: the goal itself where it counts something, then what often fits."""
    own = [goal] if len(goal) <= TAPPED and _number_in(goal) else []
    return (*own, *known().expected)[: len(known().expected)]


def drafted(expected: str) -> Mapping[str, str]:
    """All five levels by their names, with *expected* in the middle; no two say the same."""
    said = " ".join(expected.split()).rstrip(".")
    number = _number_in(said)
    around = _counted(said, number) if number else _in_general(said)
    return {"expected": said[:LONGEST], **around}


def _number_in(said: str) -> re.Match[str] | None:
    """The number by which words can be raised and lowered: the only one, and none of how long it takes."""
    numbers = list(known().counted.finditer(said))
    is_usable = len(numbers) == 1 and _value(numbers[0]) >= FEWEST and not known().takes.search(said)
    return numbers[0] if is_usable else None


def _in_general(said: str) -> dict[str, str]:
    return {
        "more": _framed(known().better, said),
        "much_more": _framed(known().best, said),
        "less": known().worse,
        "much_less": known().worst,
    }


def _framed(frame: str, said: str) -> str:
    room = LONGEST - len(frame) + len("{expected}")
    return frame.format(expected=said[:room].rstrip(" ,"))


def _counted(said: str, found: re.Match[str]) -> dict[str, str]:
    value = _value(found)
    step, most = max(round(value / 3), 1), _most(found)
    more, much_more = min(value + step, most), min(value + 2 * step, most)
    better = _with(said, found, more) if more > value else _framed(known().better, said)
    best = (
        _with(said, found, much_more) if much_more > more else _beyond(said, better, is_raised=more > value)
    )
    is_often = bool(found["times"]) or _is_twice(found)
    one, at_most = (
        (known().only_once, known().at_most_once) if is_often else (known().only_one, known().at_most_one)
    )
    return {
        "more": better[:LONGEST],
        "much_more": best[:LONGEST],
        "less": _lowered(said, found, value - step, one),
        "much_less": _lowered(said, found, value - 2 * step, at_most),
    }


def _beyond(said: str, better: str, *, is_raised: bool) -> str:
    """What is more than a level whose number can't be raised any more."""
    return _framed(known().better, better) if is_raised else _framed(known().best, said)


def _lowered(said: str, found: re.Match[str], value: int, one: str) -> str:
    """A lower level; what is one or none is said in other words, as nouns would change."""
    if value >= FEWEST:
        return _with(said, found, value)[:LONGEST]
    return one if value == 1 else known().none


def _with(said: str, found: re.Match[str], value: int) -> str:
    """The words with another number, written as the one that stood there."""
    name = "digits" if found["digits"] else "word"
    numbers = known().numbers
    written = str(value) if found["digits"] or value >= len(numbers) else numbers[value]
    if _is_twice(found):
        written = f"{written} times"
    written = written.capitalize() if found[name][0].isupper() else written
    return f"{said[: found.start(name)]}{written}{said[found.end(name) :]}"


def _is_twice(found: re.Match[str]) -> bool:
    return (found["word"] or "").casefold() == "twice"


def _value(found: re.Match[str]) -> int:
    return int(found["digits"]) if found["digits"] else _number(found["word"])


def _most(found: re.Match[str]) -> int:
    """What the number can be at most: of five no more than five, and a hundred per cent."""
    if not found["of"]:
        return 10_000
    whole = found["whole"]
    if whole is None:
        return max(100, _value(found))
    return max(int(whole) if whole.isdigit() else _number(whole), _value(found))


def _number(word: str) -> int:
    return 2 if word.casefold() == "twice" else known().numbers.index(word.casefold())

"""Patterns and lists of words as data: a file beside the module of each concern in `coaching/language/`.

An entry gives its expression, what it finds and what it misses; the tests try both. A line break in an
expression says nothing. `(?&name)` stands for an entry of `[parts]`, or for the words of a list of the same
file. Flags are Python's own letters: without any said, capitals do not count.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, model_validator

from coaching.data import Data

_PART = re.compile(r"\(\?&(\w+)\)")
_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL}
Examples = Annotated[tuple[str, ...], Field(min_length=1)]


class PatternEntry(Data):
    """A pattern as it is written: with examples, and with texts that come near and are none."""

    pattern: str
    flags: Literal["", "i", "s", "is"] = "i"
    finds: Examples
    misses: Examples

    def compiled(self) -> re.Pattern[str]:
        """What it searches with; raise ValueError where it is no expression."""
        text = self.pattern.replace("\n", "")
        try:
            return re.compile(text, sum(_FLAGS[flag] for flag in self.flags))
        except re.error as wrong:
            raise ValueError(f"{wrong} in {text!r}") from None


class _Compiled:
    """Has a pattern read from its entry."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> Any:
        return AfterValidator(PatternEntry.compiled).__get_pydantic_core_schema__(PatternEntry, handler)


Pattern = Annotated[re.Pattern[str], _Compiled]
Words = Annotated[frozenset[str], BeforeValidator(lambda text: frozenset(text.split()))]
InOrder = Annotated[tuple[str, ...], BeforeValidator(lambda text: tuple(text.split()))]


def in_place(written: Mapping[str, Any]) -> dict[str, Any]:
    """What a file holds with the parts in their places; each part may use those above it."""
    parts = {name: _alternatives(it) for name, it in written.items() if isinstance(it, str | list)}
    for name, part in written.get("parts", {}).items():
        parts[name] = _put(part, parts)
    rest = {name: it for name, it in written.items() if name != "parts"}
    return {name: _each(it, lambda text: _put(text, parts)) for name, it in rest.items()}


class Language(Data):
    """What the file of one concern holds: patterns, lists of words, and tables with some in their rows."""

    _parts = model_validator(mode="before")(in_place)


def place_of(word: str, lists: tuple[tuple[str, ...], ...]) -> int:
    """Which of several lists, counted from 0, has a word that one of them has."""
    return next(place for place, words in enumerate(lists) if word in words)


def _alternatives(words: str | list[Any]) -> str:
    return "|".join(" ".join([words] if isinstance(words, str) else map(str, words)).split())


def _put(text: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda found: parts.get(found[1], found[0]), text)


def _each(it: Any, turned: Callable[[str], str]) -> Any:
    """What a file holds with each of its texts turned."""
    if isinstance(it, str):
        return turned(it)
    if isinstance(it, list):
        return [_each(one, turned) for one in it]
    return {key: _each(one, turned) for key, one in it.items()} if isinstance(it, dict) else it

"""What the program says and reads in people's language, as data: TOML files beside the modules that use them.

TOML, because a sentence or an expression stands in it just as it is, entries nest, a line may say why, and
Python's own library reads it. Lists of phrases, one a line, are `sensing/words`: they need neither names nor
nesting. A file is read when something of it is first asked for, held to its model, and kept by its reader.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from string import Formatter
from typing import Annotated, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationError

from kernel.values import Value

Read = TypeVar("Read", bound="Data")
Key = TypeVar("Key")
Kind = TypeVar("Kind")


class Data(Value):
    """What a file holds, or a part of one: how it is checked is worked out when that file is first read."""

    model_config = ConfigDict(defer_build=True)


class BadData(ValueError):
    """A file that is no TOML, or not what its model asks for: each line names the file and the entry."""


def read(package: str, name: str, model: type[Read]) -> Read:
    """What a package's file says; raise BadData where its model does not allow that."""
    file = files(package).joinpath(f"{name}.toml")
    return parse(file.read_text("utf-8"), f"{package.replace('.', '/')}/{name}.toml", model)


def parse(text: str, where: str, model: type[Read]) -> Read:
    """What a text says that is from the file *where*; raise BadData as above."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise BadData(f"{where}: {wrong}") from None
    except ValidationError as wrong:
        lines = (f"{where}: {'.'.join(map(str, it['loc']))}: {it['msg']}" for it in wrong.errors())
        raise BadData("\n".join(lines)) from None


class Table(Mapping[Key, Kind]):
    """A mapping that is read when it is first looked into."""

    def __init__(self, entries: Callable[[], Mapping[Key, Kind]]) -> None:
        self._read = entries

    @cached_property
    def _entries(self) -> Mapping[Key, Kind]:
        return self._read()

    def __getitem__(self, key: Key) -> Kind:
        return self._entries[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _distinct(wordings: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(wordings)) < len(wordings):
        raise ValueError("a wording stands twice")
    return wordings


def _places(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def holding(blanks: int) -> AfterValidator:
    """A check that each wording has so many places to fill, and that they are {}."""

    def check(wordings: tuple[str, ...]) -> tuple[str, ...]:
        for wording in wordings:
            if _places(wording) != [""] * blanks:
                raise ValueError(f"{blanks} of {{}} are filled, and not those of {wording!r}")
        return wordings

    return AfterValidator(check)


def filled_by(*names: str) -> AfterValidator:
    """A check that a text has places for nothing but these."""

    def check(text: str) -> str:
        if others := set(_places(text)) - set(names):
            raise ValueError(f"{', '.join(sorted(others))} is nothing that it is filled with")
        return text

    return AfterValidator(check)


Sentence = Annotated[str, StringConstraints(pattern=r"^\S(?:.*\S)?$")]
# Several, so that a guided talk seldom says the same twice.
Wordings = Annotated[tuple[Sentence, ...], Field(min_length=5), AfterValidator(_distinct)]

"""What is wrong with a manifest, in sentences that say where and what to write instead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from slackapp.manifest.yaml_tree import Data, Path, Position, Tree

M = TypeVar("M", bound=BaseModel)

MANY = 12
LONGEST = 800
LONG_QUOTE = re.compile("`([^`]{80})[^`]+`")
Schema = Mapping[str, Any]

KINDS = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "`true` or `false`",
    "string_type": "text",
    "tuple_type": "a list, like `[one, two]`",
    "frozen_set_type": "a list, like `[one, two]`",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "dict_type": "a group of keys",
    "mapping_type": "a group of keys",
}
PATTERNS = (
    ("^[a-z0-9]+(-", "is lower-case words joined by `-`"),
    (
        "^[CG]",
        "is a channel's id such as `C0123ABCD`: it stands at the end of the channel's details in Slack",
    ),
    ("^[UW]", "is a person's id such as `U0123ABCD`: in Slack, open the profile, ⋮, *Copy member ID*"),
    ("^/", "begins with `/`"),
    ("^#", "is a colour such as `#1f3a5f`"),
    ("^https?", "begins with `https://`"),
)
BOUNDS = {
    "string_too_long": "{name} may have at most {max_length} characters, this has {given}",
    "string_too_short": "{name} needs at least {min_length} characters, this has {given}",
    "too_long": "{name} may hold at most {max_length} entries, this holds {given}",
    "too_short": "{name} needs at least {min_length} entry: without any, leave the key out",
    "greater_than_equal": "{name} must be at least {ge}, not {given}",
    "less_than_equal": "{name} must be at most {le}, not {given}",
}


@dataclass(frozen=True, slots=True)
class ManifestProblem:
    """Something wrong in a file. A warning does not keep the file from being used.

    Of what a sentence quotes as much is kept as somebody needs to find it.
    """

    file: str
    place: Position
    sentence: str
    is_error: bool = True

    def __post_init__(self) -> None:
        cut = LONG_QUOTE.sub(r"`\1…`", self.sentence)
        object.__setattr__(self, "sentence", cut if len(cut) <= LONGEST else f"{cut[:LONGEST]}…")

    def __str__(self) -> str:
        word = "" if self.is_error else "warning: "
        return f"{self.file}:{self.place.line}:{self.place.column}: {word}{self.sentence}"


@dataclass(frozen=True)
class Reporter:
    """Turns findings about paths into problems with a file, a line and a column."""

    file: str
    tree: Tree

    def at(self, path: Path, sentence: str, *, is_error: bool = True) -> ManifestProblem:
        """A problem of the value at *path*."""
        return ManifestProblem(self.file, self.tree.place(path), sentence, is_error)

    def at_key(self, path: Path, sentence: str) -> ManifestProblem:
        """A problem of the key at *path*."""
        return ManifestProblem(self.file, self.tree.place_of_key(path), sentence)

    def invalid(
        self, error: ErrorDetails, prefix: Path, model: type[BaseModel], more: Sequence[str]
    ) -> ManifestProblem:
        """What pydantic found in *model*, read at *prefix*; *more* are further keys of the file."""
        path = (*prefix, *error["loc"])
        if error["type"] == "extra_forbidden":
            known = keys_at(schema_of(model), error["loc"][:-1])
            return self.at_key(path, self._unknown_key(path, [*known, *more] if len(path) == 1 else known))
        if error["type"] == "missing":
            return self.at(path[:-1], f"{where(path[:-1], self.tree.data)} needs a `{path[-1]}`")
        return self.at(path, self._sentence(error, path))

    def _unknown_key(self, path: Path, known: Sequence[str]) -> str:
        key = str(path[-1])
        holder = where(path[:-1], self.tree.data)
        return f"unknown key `{key}` in {holder}; {suggestion(key, known, 'it knows')}"

    def _sentence(self, error: ErrorDetails, path: Path) -> str:
        kind, facts, name = error["type"], error.get("ctx", {}), called(path)
        written = self.tree.raw.get(path, "")
        if kind in KINDS:
            return f"{name} should be {KINDS[kind]}{_but(error['input'], written, kind)}"
        if kind in ("enum", "literal_error"):
            known = re.findall(r"'([^']*)'", str(facts.get("expected", "")))
            return f"`{written}` is not known for {name}; {suggestion(written, known, 'it knows')}"
        if kind == "string_pattern_mismatch":
            return _pattern(name, written, str(facts["pattern"]))
        return _bounds(kind, facts, name, error["input"]) or _in_words(error["msg"])


def where(path: Path, data: Data) -> str:
    """Name what holds a key: the file, a topic by its id, or a dotted path."""
    if not path:
        return "the manifest"
    if len(path) == 2 and path[0] == "topics" and isinstance(data, dict):
        topics = data["topics"]
        topic = topics[path[1]] if isinstance(topics, list) and isinstance(path[1], int) else None
        id_ = topic.get("id") if isinstance(topic, dict) else None
        return f"topic `{id_}`" if isinstance(id_, str) and id_ else f"topic number {int(path[1]) + 1}"
    return f"`{dotted(path)}`"


def dotted(path: Path) -> str:
    """Write a path as `features.shortcuts[0].name`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def called(path: Path) -> str:
    """Name a value by its key; an entry of a list by its list."""
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    return f"an entry of `{key}`" if path and isinstance(path[-1], int) else f"`{key}`"


def suggestion(word: str, known: Sequence[str], otherwise: str) -> str:
    """`did you mean …?`, or what is known."""
    close = get_close_matches(
        word.lower().replace("-", "_"), [name.replace("-", "_") for name in known], 1, 0.7
    )
    if close:
        meant = next(name for name in known if name.replace("-", "_") == close[0])
        return f"did you mean `{meant}`?"
    more = " …" if len(known) > MANY else ""
    return f"{otherwise} {', '.join(known[:MANY])}{more}"


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """A model's JSON schema, made once: a file can hold a thousand wrong keys."""
    return model.model_json_schema()


def keys_at(schema: Schema, path: Iterable[str | int]) -> list[str]:
    """The keys that a model's JSON schema knows at a path."""
    at: Schema = _resolved(schema, schema)
    for step in path:
        inner = at.get("items", {}) if isinstance(step, int) else at.get("properties", {}).get(step, {})
        at = _resolved(inner, schema)
    return list(at.get("properties", {}))


def validated(model: type[M], data: str) -> tuple[M | None, list[ErrorDetails]]:
    """The model made of JSON, or None, and what is wrong. Text is no number, a number is no text."""
    try:
        return model.model_validate_json(data, strict=True), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def without(data: dict[str, Data], paths: Iterable[Path]) -> dict[str, Data]:
    """Data without the keys at *paths*; of a list's entry the list's key, so that nothing shifts."""
    gone = {_up_to_key(path) for path in paths}

    def keep(at: Data, path: Path) -> Data:
        if isinstance(at, list):
            return [keep(part, (*path, index)) for index, part in enumerate(at)]
        return group(at, path) if isinstance(at, dict) else at

    def group(at: dict[str, Data], path: Path) -> dict[str, Data]:
        return {key: keep(part, (*path, key)) for key, part in at.items() if (*path, key) not in gone}

    return group(data, ())


def _up_to_key(path: Path) -> Path:
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return path


def empties(data: Data, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of values that were left empty."""
    if data is None:
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from empties(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from empties(value, (*path, index))


def _resolved(at: Schema, root: Schema) -> Schema:
    """Follow a reference, and the one branch of a union that is not null."""
    while "$ref" in at or "anyOf" in at:
        if "$ref" in at:
            at = root["$defs"][str(at["$ref"]).rsplit("/", 1)[-1]]
        else:
            at = next((branch for branch in at["anyOf"] if branch.get("type") != "null"), {})
    return at


def _but(given: Any, written: str, kind: str) -> str:
    if isinstance(given, list):
        return ", not a list"
    if isinstance(given, dict):
        return ", not a group of keys"
    if kind == "string_type":
        return f": put `{written}` in quotes"
    if kind == "bool_type" and written.lower() in ("yes", "on", "y"):
        return f", not `{written}`: write `true`"
    if kind == "bool_type" and written.lower() in ("no", "off", "n"):
        return f", not `{written}`: write `false`"
    return f", not `{written}`"


def _pattern(name: str, written: str, pattern: str) -> str:
    shape = next((words for start, words in PATTERNS if pattern.startswith(start)), f"must match {pattern}")
    slug = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")
    hint = f"; did you mean `{slug}`?" if pattern.startswith("^[a-z0-9]") and slug else ""
    return f"`{written}` does not fit: {name} {shape}{hint}"


def _bounds(kind: str, facts: Mapping[str, Any], name: str, given: Any) -> str | None:
    if kind == "string_too_short" and facts["min_length"] == 1:
        return f"{name} must not be empty"
    size = len(given) if isinstance(given, str | list) else given
    return BOUNDS[kind].format(name=name, given=size, **facts) if kind in BOUNDS else None


def _in_words(message: str) -> str:
    sentence = message.removeprefix("Value error, ")
    return sentence[0].lower() + sentence[1:]

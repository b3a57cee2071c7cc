"""Reads YAML as plain data and remembers where each key and value stood; no file can keep it busy for long.

Scalars follow YAML 1.2: only `true` and `false` are truth values, `no` and `on` are words. Aliases, tags and
several documents are refused, so that a small file cannot grow into a large one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

MAX_DEPTH = 12
MAX_NODES = 40_000
NO_TAGS = (None, "!")
TEXT_TAGS = (*NO_TAGS, "tag:yaml.org,2002:str")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
TRAPS = re.compile(r"(?i:yes|no|on|off|y|n)")
INTEGER = re.compile(r"[-+]?\d{1,18}")
FLOAT = re.compile(r"[-+]?(?:\.\d{1,18}|\d{1,18}(?:\.\d{0,18})?)(?:[eE][-+]?\d{1,2})?")
CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where something stands in a file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class UnreadableYaml:
    """A file that is no YAML, or none that is read here: where it breaks off, and why."""

    place: Position
    sentence: str


@dataclass(frozen=True)
class Tree:
    """A file's data; where keys and values stand; how scalars were written; keys that stand twice."""

    data: Data = None
    keys: Mapping[Path, Position] = field(default_factory=dict)
    values: Mapping[Path, Position] = field(default_factory=dict)
    raw: Mapping[Path, str] = field(default_factory=dict)
    doubles: Mapping[Path, Position] = field(default_factory=dict)
    traps: tuple[Path, ...] = ()

    def place(self, path: Path) -> Position:
        """Where a value stands, or else what holds it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Position(1, 1))

    def place_of_key(self, path: Path) -> Position:
        """Where a key stands, or else its value."""
        return self.keys.get(path) or self.place(path)


def read_tree(text: str, most: int = MAX_NODES) -> Tree | UnreadableYaml:
    """The one document in *text* as a tree, or where it cannot be read; *most* bounds its entries."""
    builder = _Builder(most)
    try:
        for event in _events(text):
            refusal = builder.take(event)
            if refusal:
                return UnreadableYaml(_place(event), refusal)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return UnreadableYaml(Position(mark.line + 1, mark.column + 1), _plainly(error))
    except ReaderError as error:
        return UnreadableYaml(_place_at(text, error.position), "a character that no text file should hold")
    except YAMLError as error:
        return UnreadableYaml(Position(1, 1), str(error))
    return builder.tree()


def _events(text: str) -> Iterator[Event]:
    events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
    return events


@dataclass
class _Frame:
    """A list or mapping that is being read."""

    path: Path
    holds: list[Data] | dict[str, Data]
    key: str | None = None


class _Builder:
    """Puts events together. Its stack is a list, so depth costs no recursion."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stack: list[_Frame] = []
        self._documents = 0
        self._nodes = 0
        self._data: Data = None
        self._keys: dict[Path, Position] = {}
        self._values: dict[Path, Position] = {}
        self._raw: dict[Path, str] = {}
        self._doubles: dict[Path, Position] = {}
        self._traps: list[Path] = []

    def tree(self) -> Tree:
        """What was read."""
        return Tree(self._data, self._keys, self._values, self._raw, self._doubles, tuple(self._traps))

    def take(self, event: Event) -> str | None:
        """Take the next event; return a sentence if it is one that is refused."""
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            return "`---` begins a second document: one file holds one" if self._documents > 1 else None
        if isinstance(event, NodeEvent):
            self._nodes += 1
            return self._refusal(event) or self._node(event)
        if isinstance(event, CollectionEndEvent):
            self._stack.pop()
        return None

    def _refusal(self, event: NodeEvent) -> str | None:
        if isinstance(event, AliasEvent) or event.anchor:
            return f"`{event.anchor}` is an anchor or alias: write the value out instead"
        tag = _tag(event)
        if tag not in (TEXT_TAGS if isinstance(event, ScalarEvent) else NO_TAGS):
            return f"the tag `{tag}` is not understood here: leave it out"
        if len(self._stack) > MAX_DEPTH:
            return "nested too deeply"
        return "the file holds too many entries" if self._nodes > self._most else None

    def _node(self, event: NodeEvent) -> str | None:
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.holds, dict) and top.key is None:
            return self._key(top, event)
        path = self._path(top)
        self._values[path] = _place(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(top, path, event)
        holds: list[Data] | dict[str, Data] = [] if isinstance(event, SequenceStartEvent) else {}
        self._put(top, holds)
        self._stack.append(_Frame(path, holds))
        return None

    def _key(self, top: _Frame, event: NodeEvent) -> str | None:
        if not isinstance(event, ScalarEvent):
            return "a list or group stands where a key should"
        path = (*top.path, event.value)
        if path in self._keys:
            self._doubles[path] = _place(event)
        else:
            self._keys[path] = _place(event)
        top.key = event.value
        return None

    def _scalar(self, top: _Frame | None, path: Path, event: ScalarEvent) -> str | None:
        if re.search("[\ud800-\udfff]", event.value):
            return "half a character: write the character itself instead of `\\u…`"
        if CONTROL.search(event.value):
            return "a control character: no text should hold one"
        is_plain = event.implicit[0]
        self._raw[path] = event.value
        if is_plain and TRAPS.fullmatch(event.value):
            self._traps.append(path)
        self._put(top, _resolve(event.value) if is_plain else event.value)
        return None

    def _path(self, top: _Frame | None) -> Path:
        if top is None:
            return ()
        return (*top.path, len(top.holds) if isinstance(top.holds, list) else top.key or "")

    def _put(self, top: _Frame | None, data: Data) -> None:
        if top is None:
            self._data = data
        elif isinstance(top.holds, list):
            top.holds.append(data)
        else:
            top.holds[top.key or ""] = data
            top.key = None


def _resolve(plain: str) -> Data:
    """What a word without quotes means; long numbers, `.inf` and dates stay text."""
    if plain in CONSTANTS:
        return CONSTANTS[plain]
    if INTEGER.fullmatch(plain):
        return int(plain)
    return float(plain) if FLOAT.fullmatch(plain) else plain


def _tag(event: NodeEvent) -> str | None:
    tag = getattr(event, "tag", None)
    return None if tag is None else str(tag)


def _place(event: Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


def _place_at(text: str, position: int) -> Position:
    before = text[:position]
    return Position(before.count("\n") + 1, position - before.rfind("\n"))


def _plainly(error: MarkedYAMLError) -> str:
    """Say in plain words what the parser found; *began* is where the list or quote was opened."""
    problem, context = error.problem or "", error.context or ""
    began = error.context_mark.line + 1 if error.context_mark else 0
    for fragment, sentence in PLAINLY:
        if fragment in f"{context} {problem}":
            return sentence.format(began=began)
    return problem or "this is no YAML"


PLAINLY = (
    (r"'\t'", "a tab: indent with spaces"),
    ("quoted scalar", "the quote that begins in line {began} is not closed"),
    ("expected ',' or ']'", "the list that begins in line {began} is not closed: `]` or `,` is missing"),
    ("expected ',' or '}'", "the group that begins in line {began} is not closed: `}}` or `,` is missing"),
    (
        "mapping values are not allowed",
        "a `:` where none can stand: indent as the lines above, or use quotes",
    ),
    ("cannot start any token", "text that begins with this character needs quotes"),
    ("could not find expected ':'", "a `:` is missing after this word"),
    ("<block end>", "the indentation does not fit the lines above"),
)

"""Finds phrases of many lists in a text in one pass, in time that grows with the text's length alone.

All phrases together are one automaton over words. Its deterministic states are made when a text first needs
them and kept, up to a bound, so that a word usually costs two lookups; nothing is ever tried twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from sensing.text.phrases import AnyWord, Either, Literal, Part, Way, parse
from sensing.text.wording import CUT, END, Word

KEPT_STATES, KEPT_WORDS = 40_000, 50_000
LONGEST_BEGINNING = 24
_ANY = "*"

Edges: TypeAlias = dict[str, frozenset[int]]
Kinds: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of the list *name* is said by the words from *start* up to *stop*."""

    name: str
    start: int
    stop: int


class Finder:
    """The phrases of several lists, ready to be found."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Compile the lists; raise BadPhrase for a line that is not of the language."""
        self._lines = [(name, parse(line)) for name, lines in lists.items() for line in lines]
        graph = _Graph()
        begin = graph.state()
        for number, (_, way) in enumerate(self._lines):
            graph.ends.setdefault(graph.way(way, begin), []).append(number)
        graph.laid.clear()
        self._graph, self._ways = graph, cache(graph.ways)
        root = graph.merged(begin)
        self._begun = cache(lambda kinds: _stepped((root,), kinds))
        self._atoms = graph.atoms()
        self._kinds: dict[str, Kinds] = {}
        self._spots: dict[frozenset[int], _Spot] = {}
        self._backwards = cache(self._reversed)

    def hits(self, said: Sequence[Word], *, name: str | None = None) -> Iterator[Hit]:
        """Yield what phrases (of the list *name* alone) are said, from as early as can be, by their ends."""
        for number, line in self._ends(said):
            listed = self._lines[line][0]
            if name in (None, listed):
                yield Hit(listed, self._start(said, number, line), number + 1)

    def marks(self, said: Sequence[Word]) -> Iterator[tuple[str, int]]:
        """Yield the list of each phrase that is said and the place of its last word; cheaper than hits."""
        return ((self._lines[line][0], place) for place, line in self._ends(said))

    def named(self, said: Sequence[Word]) -> frozenset[str]:
        """The names of the lists of which the words say something."""
        return frozenset(name for name, _ in self.marks(said))

    def _ends(self, said: Sequence[Word]) -> Iterator[tuple[int, int]]:
        spot = self._spot(frozenset())
        for number, word in enumerate(said):
            kinds = self._kinds.get(word.text)
            if kinds is None:
                kinds = self._kinds_of(word.text)
            after = spot.after.get(kinds)
            if after is None:
                after = spot.after[kinds] = self._step(spot, kinds)
            spot = after
            for line in spot.ends:
                yield number, line

    def _kinds_of(self, text: str) -> Kinds:
        if len(self._kinds) > KEPT_WORDS:
            self._kinds.clear()
        kinds = self._kinds[text] = tuple(_kinds(text, self._atoms))
        return kinds

    def _step(self, spot: "_Spot", kinds: Kinds) -> "_Spot":
        return self._spot(_stepped(spot.ways, kinds) | self._begun(kinds))

    def _spot(self, states: frozenset[int]) -> "_Spot":
        if len(self._spots) > KEPT_STATES:
            self._spots.clear()
        spot = self._spots.get(states)
        if spot is None:
            ends = sorted({line for state in states for line in self._graph.ends.get(state, ())})
            ways = filter(None, map(self._ways, states))
            spot = self._spots[states] = _Spot(tuple(ways), tuple(ends))
        return spot

    def _start(self, said: Sequence[Word], last: int, line: int) -> int:
        """Where a phrase that ends at word *last* began, read from its end towards its beginning."""
        edges, atoms, final, states = self._backwards(line)
        start, place = last, last
        while place >= 0 and states:
            states = _stepped((edges[state] for state in states), tuple(_kinds(said[place].text, atoms)))
            start = place if final in states else start
            place -= 1
        return start

    def _reversed(self, line: int) -> "tuple[list[Edges], set[str], int, frozenset[int]]":
        graph = _Graph()
        begin = graph.state()
        final = graph.way(_turned(self._lines[line][1]), begin)
        edges = [graph.ways(state) for state in range(len(graph.edges))]
        return edges, graph.atoms(), final, graph.closure(begin)


def quoted(normalized: str, said: Sequence[Word], hits: Iterable[Hit]) -> tuple[str, ...]:
    """The person's own words for each hit, none twice."""
    return tuple(dict.fromkeys(normalized[said[hit.start].start : said[hit.stop - 1].stop] for hit in hits))


@dataclass(slots=True)
class _Spot:
    """A set of places in phrases that a text has come to: the ways on from there, and what ends there."""

    ways: tuple[Edges, ...]
    ends: tuple[int, ...]
    after: "dict[Kinds, _Spot]" = field(default_factory=dict)


@dataclass(slots=True)
class _Graph:
    """The places between the words of phrases, and which words lead from one to another.

    Phrases that begin alike share places, so that a text is at few of them at a time.
    """

    edges: list[dict[str, list[int]]] = field(default_factory=list)
    skips: dict[int, set[int]] = field(default_factory=dict)
    ends: dict[int, list[int]] = field(default_factory=dict)
    laid: dict[tuple[int, Part], int] = field(default_factory=dict)

    def state(self) -> int:
        self.edges.append({})
        return len(self.edges) - 1

    def way(self, way: Way, begin: int) -> int:
        """Lay a way from a place and return the place where it ends."""
        for part in way:
            end = self.laid.get((begin, part))
            if end is None:
                end = self.laid[begin, part] = self._part(part, begin)
            begin = end
        return begin

    def _part(self, part: Part, begin: int) -> int:
        end = self.state()
        if isinstance(part, Either):
            for way in part.ways:
                self.skips.setdefault(self.way(way, begin), set()).add(end)
            return end
        self.edges[begin].setdefault(_atom(part), []).append(end)
        if isinstance(part, AnyWord) and part.may_miss:
            self.skips.setdefault(begin, set()).add(end)
        return end

    def closure(self, state: int) -> frozenset[int]:
        """The places that are reached without a word."""
        reached, fresh = {state}, [state]
        while fresh:
            new = self.skips.get(fresh.pop(), set()) - reached
            reached |= new
            fresh += new
        return frozenset(reached)

    def ways(self, state: int) -> Edges:
        """Where words lead from a place, counting what is reached without a word."""
        return {atom: frozenset().union(*map(self.closure, ends)) for atom, ends in self.edges[state].items()}

    def merged(self, begin: int) -> Edges:
        """Where words lead from the beginning of all phrases."""
        merged: dict[str, set[int]] = {}
        for state in self.closure(begin):
            for atom, ends in self.ways(state).items():
                merged.setdefault(atom, set()).update(ends)
        return {atom: frozenset(ends) for atom, ends in merged.items()}

    def atoms(self) -> set[str]:
        """What any word is looked for as."""
        return set().union(*self.edges)


def _atom(part: Literal | AnyWord) -> str:
    if isinstance(part, AnyWord):
        return _ANY
    return part.text + _ANY if part.begins else part.text


def _kinds(text: str, atoms: set[str]) -> Iterator[str]:
    """Yield what a word counts as: itself, each known beginning, any word; a sentence's end is itself."""
    if text in atoms:
        yield text
    if text in (END, CUT):
        return
    for length in range(1, min(len(text), LONGEST_BEGINNING) + 1):
        if (beginning := text[:length] + _ANY) in atoms:
            yield beginning
    yield _ANY


def _stepped(places: Iterable[Edges], kinds: Kinds) -> frozenset[int]:
    reached: set[int] = set()
    for edges in places:
        for kind in kinds:
            if kind in edges:
                reached |= edges[kind]
    return frozenset(reached)


def _turned(way: Way) -> Way:
    """A way as it is read from its end."""
    return tuple(
        Either(tuple(_turned(inner) for inner in part.ways)) if isinstance(part, Either) else part
        for part in reversed(way)
    )

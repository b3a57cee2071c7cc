"""Which topics a text is about, by the topics' own words: whole words and aliases, never substrings."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matching.topics.everyday_words import EVERYDAY, OFFICE
from matching.topics.tokens import Atom, atoms_of, key

FILE_AT_ONCE = 0.9
MOST_AT_ONCE = 3
NAMED, ALIASED, SPELLED, USUAL, MAYBE = 0.95, 0.91, 0.6, 0.45, 0.3
IMPLIED = 0.5
REPEATED = 0.3
MORE_WORDS = 0.5
TAIL = r"[\w+#./-]*[\w+#]"
TAG = re.compile(rf"(?<![\w&])#(?P<name>\w(?:{TAIL})?)|<#\w+\|(?P<channel>[^<>]*)>")
TYPED = re.compile(rf"\btopics?:\s*(?P<names>\w(?:{TAIL})?(?:\s*,\s*\w(?:{TAIL})?)*)", re.IGNORECASE)
WORD = re.compile(r"<#\w+\|[^<>]*>(?!\S)|\S+")
TAG_ALONE = re.compile(rf"#[^\W\d](?:{TAIL})?|<#\w+\|[^<>]*>|topics?:\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A topic by its words: the label and aliases as people write them.

    *words* hint at it and are never enough; *examples* are questions that are about it.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that names the topic, the most telling first."""
        return (self.label, self.id, *self.aliases)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that a text may be about, with the words that say so. *exact*: the writer tagged it.

    Where no word says so, *nearest* is the phrase of the topic that the text is most like.
    """

    topic_id: str
    confidence: float
    evidence: tuple[str, ...]
    exact: bool = False
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """Everyday words of a topic that a text has: how much they say together, and which they are."""

    weight: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicPattern:
    """One way to write a topic: its atoms, how it is spelled, and how sure it makes."""

    topic_id: str
    atoms: tuple[str, ...]
    spelled: str
    confidence: float


class TypeAhead:
    """Entries by number, each with names in order of weight: its label first, then aliases."""

    def __init__(self, names: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._starts = sorted(
            (" ".join(words[word:]), 2 * min(place, 1) + min(word, 1), entry)
            for entry, texts in names
            for place, text in enumerate(texts)
            for words in [key(text)]
            for word in range(len(words))
        )

    def find(self, prefix: str, limit: int) -> list[int]:
        """Entries that have a word beginning with *prefix*.

        Order: beginning of the label, a later word of it, beginning of an alias, a later word; then by
        number.
        """
        wanted = " ".join(key(prefix))
        best: dict[int, int] = {}
        for at in range(bisect_left(self._starts, (wanted,)), len(self._starts)):
            text, weight, entry = self._starts[at]
            if not text.startswith(wanted):
                break
            weight -= text == wanted and weight == 0
            best[entry] = min(weight, best.get(entry, weight))
        return sorted(best, key=lambda entry: (best[entry], entry))[:limit]


class Tagger:
    """Finds topics in text and completes their names. Built once for a set of topics."""

    def __init__(self, topics: Iterable[TopicWords]) -> None:
        self._topics = {topic.id: topic for topic in topics}
        self._order = {id_: place for place, id_ in enumerate(self._topics)}
        self._patterns = _by_first_atom(_patterns(self._topics.values()))
        self._tags = _by_tag(self._topics.values())
        self._type_ahead = TypeAhead((at, t.names) for at, t in enumerate(self._topics.values()))

    @property
    def topics(self) -> tuple[str, ...]:
        """The ids of all topics, in their own order."""
        return tuple(self._topics)

    def known(self, topic_id: str) -> bool:
        """Whether a topic has this id."""
        return topic_id in self._topics

    def complete(self, prefix: str, limit: int = 20) -> list[TopicWords]:
        """Topics for a menu: those with a word beginning with *prefix*, or the first ones for none."""
        topics = list(self._topics.values())
        return (
            [topics[at] for at in self._type_ahead.find(prefix, limit)] if prefix.strip() else topics[:limit]
        )

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """The topics a text is about: tags first, then by confidence, then in the topics' own order.

        Tags (`#sql`, `topic: sql`) are certain. Of overlapping names the longest counts. A word that two
        topics share speaks half for each; a parent is implied at half its child's confidence.
        """
        tagged = list(dict.fromkeys(self._tagged(text)))
        found = self._found(text)
        self._imply_parents(found)
        exact = [Suggestion(topic_id, 1.0, (f"#{topic_id}",), exact=True) for topic_id in tagged]
        guesses = [
            Suggestion(topic_id, round(confidence, 4), tuple(dict.fromkeys(evidence)))
            for topic_id, (confidence, evidence) in found.items()
            if topic_id not in tagged
        ]
        guesses.sort(key=lambda guess: (-guess.confidence, self._order[guess.topic_id]))
        return [*exact, *guesses][:limit]

    def is_tag(self, name: str) -> bool:
        """Whether a name after # is that of a topic."""
        return any(self._tagged(f"#{name}"))

    @cached_property
    def _hints(self) -> Mapping[str, Sequence[TopicPattern]]:
        return _by_first_atom(_hint_patterns(self._topics.values()))

    def hints(self, text: str) -> dict[str, Hint]:
        """Which topics' everyday words a text has; one that several topics have says less for each."""
        found: dict[str, Hint] = {}
        for _, patterns in _hits(self._hints, atoms_of(text)):
            for pattern in patterns:
                before = found.get(pattern.topic_id, Hint(0.0, ()))
                if pattern.spelled in before.words:
                    continue
                weight = before.weight + pattern.confidence / len(patterns)
                found[pattern.topic_id] = Hint(weight, (*before.words, pattern.spelled))
        return found

    def unknown_tags(self, text: str) -> list[str]:
        """The tags of a text that name no topic, as written; numbers such as #42 are no tags."""
        tags = [name for name in _tags_in(text) if "".join(key(name)) not in self._tags]
        return [tag for tag in dict.fromkeys(tags) if not tag.isdecimal()]

    def strip_tags(self, text: str) -> str:
        """A text without the topics at its end; one that is only tags, and a tag of no topic, stay."""
        words = list(WORD.finditer(text))
        while words and TAG_ALONE.fullmatch(words[-1][0]) and not self.unknown_tags(words[-1][0]):
            words.pop()
        return text[: words[-1].end()] if words else text.strip()

    def _tagged(self, text: str) -> Iterator[str]:
        for name in _tags_in(text):
            yield from filter(None, [self._tags.get("".join(key(name)))])

    def _found(self, text: str) -> dict[str, tuple[float, list[str]]]:
        atoms = atoms_of(TAG.sub(lambda tag: " " * len(tag[0]), text))
        is_shouted = text.isupper()
        found: dict[str, tuple[float, list[str]]] = {}
        for at, patterns in _hits(self._patterns, atoms):
            for pattern in patterns:
                certainty = _certainty(pattern, atoms[at : at + len(pattern.atoms)], is_shouted)
                before, evidence = found.get(pattern.topic_id, (0.0, []))
                after = _together(before, certainty / len(patterns))
                found[pattern.topic_id] = (after, [*evidence, pattern.spelled])
        return found

    def _imply_parents(self, found: dict[str, tuple[float, list[str]]]) -> None:
        for topic_id, (confidence, evidence) in list(found.items()):
            parent = self._topics[topic_id].parent
            if parent in self._topics and found.get(parent, (0.0, []))[0] < IMPLIED * confidence:
                found[parent] = (IMPLIED * confidence, evidence)


def sure(suggestions: Sequence[Suggestion]) -> tuple[str, ...]:
    """The topics to file a text under at once, or () when someone should be asked.

    Tags alone decide where there are any; else every confident guess, unless there are too many to be about.
    """
    exact = tuple(suggestion.topic_id for suggestion in suggestions if suggestion.exact)
    clear = tuple(guess.topic_id for guess in suggestions if guess.confidence >= FILE_AT_ONCE)
    return exact or (clear if len(clear) <= MOST_AT_ONCE else ())


def _tags_in(text: str) -> list[str]:
    names = [found["name"] or found["channel"] for found in TAG.finditer(text)]
    names += [name.strip() for found in TYPED.finditer(text) for name in found["names"].split(",")]
    return [name for name in names if name]


def _hits(
    known: Mapping[str, Sequence[TopicPattern]], atoms: Sequence[Atom]
) -> Iterator[tuple[int, list[TopicPattern]]]:
    """Yield where names stand, and which: the longest, more than one if topics share it."""
    at = 0
    while at < len(atoms):
        hits = [pattern for pattern in known.get(atoms[at].text, ()) if _stands(pattern.atoms, atoms, at)]
        longest = max((len(pattern.atoms) for pattern in hits), default=0)
        if hits:
            yield at, [pattern for pattern in hits if len(pattern.atoms) == longest]
        at += longest or 1


def _stands(wanted: tuple[str, ...], atoms: Sequence[Atom], at: int) -> bool:
    """Whether a name stands at a place as whole words: not in c++ for c, nor in a.net for .net."""
    end = at + len(wanted)
    if tuple(atom.text for atom in atoms[at:end]) != wanted:
        return False
    if atoms[at].is_glued and (atoms[at - 1].text in ".#&" or not atoms[at].is_word):
        return False
    inner = atoms[at + 1 : end]
    if any(not atom.is_glued for atom in inner if not atom.is_word):
        return False
    return not (end < len(atoms) and atoms[end].is_glued and atoms[end].text in "+#&")


def _certainty(pattern: TopicPattern, atoms: Sequence[Atom], is_shouted: bool) -> float:
    """How sure a match makes; an everyday word must be spelled as the name is, inside a sentence."""
    if len(atoms) > 1 or atoms[0].text not in EVERYDAY:
        return pattern.confidence
    is_name = atoms[0].written == pattern.spelled and not atoms[0].written.islower() and not is_shouted
    is_caps = len(atoms[0].written) > 1 and atoms[0].written.isupper()
    return SPELLED if is_name and (is_caps or not atoms[0].opens_sentence) else MAYBE


def _together(before: float, more: float) -> float:
    """How sure two mentions make: the surer one, and a share of what the other takes of the doubt."""
    high, low = max(before, more), min(before, more)
    return high + (1 - high) * REPEATED * low


def _patterns(topics: Iterable[TopicWords]) -> Iterator[TopicPattern]:
    for topic in topics:
        for name in topic.names:
            is_alias = name not in {topic.label, topic.id}
            sure = (USUAL if _is_usual(key(name)) else ALIASED) if is_alias else NAMED
            yield from (TopicPattern(topic.id, atoms, name, sure) for atoms in _written(name))


def _is_usual(name: tuple[str, ...]) -> bool:
    """Whether people at work say these words whatever they ask about."""
    words = " ".join(name)
    return words in OFFICE or words.removesuffix("s") in OFFICE


def _hint_patterns(topics: Iterable[TopicWords]) -> Iterator[TopicPattern]:
    for topic in topics:
        for word in topic.words:
            yield from (
                TopicPattern(topic.id, atoms, word, 1 + MORE_WORDS * (len(atoms) - 1))
                for atoms in _written(word)
            )


def _by_first_atom(patterns: Iterable[TopicPattern]) -> dict[str, list[TopicPattern]]:
    """Patterns by how they begin; of those that are written alike for one topic the first."""
    once: dict[tuple[str, tuple[str, ...]], TopicPattern] = {}
    for pattern in patterns:
        once.setdefault((pattern.topic_id, pattern.atoms), pattern)
    found: dict[str, list[TopicPattern]] = {}
    for pattern in once.values():
        found.setdefault(pattern.atoms[0], []).append(pattern)
    return found


def _written(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name's atoms, and its plural where the last word can have one."""
    atoms = key(name)
    if atoms:
        yield atoms
        last = atoms[-1]
        if last.isalpha() and last.isascii() and len(last) > 3 and not last.endswith("s"):
            yield (*atoms[:-1], f"{last}s")


def _by_tag(topics: Iterable[TopicWords]) -> dict[str, str]:
    """Topic ids by tag: ids before labels before aliases, without spaces, then without symbols."""
    named = sorted(
        ((place, "".join(key(name)), topic.id) for topic in topics for place, name in _tag_names(topic)),
        key=lambda entry: entry[0],
    )
    tags: dict[str, str] = {}
    for _, tag, topic_id in named:
        tags.setdefault(tag, topic_id)
    for _, tag, topic_id in named:
        tags.setdefault("".join(filter(str.isalnum, tag)), topic_id)
    tags.pop("", None)
    return tags


def _tag_names(topic: TopicWords) -> Iterator[tuple[int, str]]:
    yield 0, topic.id
    yield 1, topic.label
    yield from ((2, alias) for alias in topic.aliases)

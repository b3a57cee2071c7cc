"""Topics that people ask about and help with, and what can be wrong with a list of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from kernel.errors import NotFound
from kernel.values import Slug, TopicId, Value, Words
from matching.topic_tree import TopicTree
from matching.topics.guesser import TopicGuesser, by_the_shipped_table
from matching.topics.tagging import TopicWords
from matching.values import LANES, Lane

MAX_TOPICS = 2_000

Line = StringConstraints(strip_whitespace=True, min_length=1, max_length=200)


def _parted(words: object) -> object:
    """Words that stand as one text, with commas between them, as the list that they are."""
    if isinstance(words, str):
        return tuple(word.strip() for word in words.split(",") if word.strip())
    return tuple(words) if isinstance(words, list) else words


def _without_doubles(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    if len(set(lanes)) < len(lanes):
        raise ValueError("each lane may stand here once")
    return lanes


class Topic(Value):
    """Something that people can be asked about. Its id is never reused; its label may change."""

    id: Annotated[TopicId, Slug] = Field(description="lower-case words joined by `-`; never reused")
    label: Annotated[str, Words] = Field(description="what people see")
    aliases: tuple[Annotated[str, Words], ...] = Field(
        default=(),
        max_length=100,
        description="other words for it, as people write them: whole words or phrases",
    )
    words: Annotated[tuple[Annotated[str, Words], ...], BeforeValidator(_parted)] = Field(
        default=(),
        max_length=200,
        description="what people say when they mean it: worth a guess, and never enough alone",
    )
    examples: tuple[Annotated[str, Line], ...] = Field(
        default=(), max_length=50, description="questions that are about it, as people would type them"
    )
    parent: TopicId | None = Field(
        default=None, description="the broader topic: who knows it knows a share of this one"
    )
    lanes: Annotated[tuple[Lane, ...], AfterValidator(_without_doubles)] = Field(
        default=LANES, min_length=1, description="whom to ask, best first: `peer`, `senior`, `reverse`"
    )
    channel: Annotated[str, StringConstraints(pattern=r"^[CG][A-Z0-9]{2,20}$")] | None = Field(
        default=None,
        description="id of the channel where an unanswered ask may be posted, if the asker agrees",
    )

    @property
    def in_words(self) -> TopicWords:
        """The topic as far as it is looked for in texts."""
        return TopicWords(self.id, self.label, self.aliases, self.parent, self.words, self.examples)


@dataclass(frozen=True)
class Catalogue:
    """All topics of a workspace, in the order of the manifest. What is built from them is built once."""

    all: tuple[Topic, ...]
    guesser: Callable[[Iterable[TopicWords]], TopicGuesser] = field(
        default=by_the_shipped_table, compare=False
    )

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def __len__(self) -> int:
        return len(self.all)

    def get(self, id: str) -> Topic:
        """Look a topic up by its id; raise NotFound, as of one that has left the manifest."""
        topic = self.find(id)
        if topic is None:
            raise NotFound("topic", id)
        return topic

    def find(self, id: str) -> Topic | None:
        """Look a topic up by its id; None, as of one that has left the manifest."""
        return self._by_id.get(id)

    def named(self, words: str) -> Topic | None:
        """The topic with this id, label or alias, without regard to case and spacing."""
        return self._by_word.get(_folded(words))

    def label(self, id: str) -> str:
        """What people see; of a topic that is gone, its id as words."""
        topic = self.find(id)
        return id.replace("-", " ") if topic is None else topic.label

    def labels(self, ids: Iterable[str]) -> list[str]:
        """What people see of each, in the order given; of one that is gone, its id as words."""
        return [self.label(id) for id in ids]

    def known(self, ids: Iterable[str]) -> tuple[TopicId, ...]:
        """Those that exist, in the order given, each once."""
        return tuple(dict.fromkeys(topic.id for id in ids if (topic := self.find(id))))

    def lanes(self, ids: Iterable[str]) -> tuple[Lane, ...]:
        """Whom to ask, best first: the first topic's wish, then what the others add. No topic: any."""
        wishes = [lane for id in self.known(ids) for lane in self.get(id).lanes]
        return tuple(dict.fromkeys(wishes)) or LANES

    def channel(self, ids: Iterable[str]) -> str | None:
        """Where an unanswered ask may be posted: by the topics' channels, else their parents'."""
        known = self.known(ids)
        lines = [list(self._line(id)) for id in known]
        own = [line[0] for line in lines]
        above = [topic for line in lines for topic in line[1:]]
        return next((topic.channel for topic in own + above if topic.channel), None)

    @cached_property
    def parents(self) -> Mapping[str, str | None]:
        """The parent of each topic by id, in the order of the manifest; None of one that heads a group."""
        return {topic.id: topic.parent for topic in self.all}

    @cached_property
    def tree(self) -> TopicTree:
        """The same parents as ranking takes them, made once."""
        return TopicTree(self.parents)

    @cached_property
    def tagger(self) -> TopicGuesser:
        """What finds topics in free text, and completes their names."""
        return self.guesser([topic.in_words for topic in self.all])

    @cached_property
    def _by_id(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.all}

    @cached_property
    def _by_word(self) -> Mapping[str, Topic]:
        ids = [(topic.id, topic) for topic in self.all]
        labels = [(topic.label, topic) for topic in self.all]
        aliases = [(alias, topic) for topic in self.all for alias in topic.aliases]
        return {_folded(word): topic for word, topic in [*aliases, *labels, *ids]}

    def _line(self, id: str) -> Iterator[Topic]:
        """Yield a topic, its parent, and so on upwards; stop where a cycle closes."""
        seen: set[str] = set()
        topic = self.find(id)
        while topic is not None and topic.id not in seen:
            yield topic
            seen.add(topic.id)
            topic = self.find(topic.parent) if topic.parent else None


class FlawKind(StrEnum):
    """What can be wrong between topics, each of which is right by itself."""

    SAME_ID = "same_id"
    SAME_LABEL = "same_label"
    SAME_ALIAS = "same_alias"
    ALIAS_TWICE = "alias_twice"
    NO_SUCH_PARENT = "no_such_parent"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw of the topic at *index*, in *field*, at *item* of it; *other* is the topic it clashes with."""

    kind: FlawKind
    index: int
    field: str
    value: str
    item: int | None = None
    other: int | None = None


def flaws(topics: Sequence[Topic], known: Iterable[str] = ()) -> list[Flaw]:
    """Everything that is wrong between *topics*, in their order.

    *known* names further ids that may be parents. Words are compared without regard to case and spacing.
    """
    ids = {topic.id for topic in topics} | set(known)
    found = [*_same_ids(topics), *_same_words(topics), *_orphans(topics, ids), *_cycles(topics)]
    return sorted(found, key=lambda flaw: (flaw.index, flaw.field, flaw.item or 0))


def _same_ids(topics: Sequence[Topic]) -> Iterator[Flaw]:
    first: dict[str, int] = {}
    for index, topic in enumerate(topics):
        other = first.setdefault(topic.id, index)
        if other != index:
            yield Flaw(FlawKind.SAME_ID, index, "id", topic.id, other=other)


def _same_words(topics: Sequence[Topic]) -> Iterator[Flaw]:
    """Yield labels that two topics share, and aliases that lead to two topics or stand twice in one."""
    labels: dict[str, int] = {}
    for index, topic in enumerate(topics):
        other = labels.setdefault(_folded(topic.label), index)
        if other != index:
            yield Flaw(FlawKind.SAME_LABEL, index, "label", topic.label, other=other)
    claimed = dict(labels)
    for index, topic in enumerate(topics):
        yield from _shared_aliases(index, topic, claimed)


def _shared_aliases(index: int, topic: Topic, claimed: dict[str, int]) -> Iterator[Flaw]:
    for item, alias in enumerate(topic.aliases):
        before = _folded(alias) in claimed
        other = claimed.setdefault(_folded(alias), index)
        if other != index:
            yield Flaw(FlawKind.SAME_ALIAS, index, "aliases", alias, item, other)
        elif before:
            yield Flaw(FlawKind.ALIAS_TWICE, index, "aliases", alias, item)


def _orphans(topics: Sequence[Topic], ids: set[str]) -> Iterator[Flaw]:
    for index, topic in enumerate(topics):
        if topic.parent is not None and topic.parent not in ids:
            yield Flaw(FlawKind.NO_SUCH_PARENT, index, "parent", topic.parent)


def _cycles(topics: Sequence[Topic]) -> Iterator[Flaw]:
    """Yield one flaw for each cycle of parents, at its first topic."""
    parents: dict[str, str | None] = {topic.id: topic.parent for topic in topics}
    told: set[str] = set()
    for index, topic in enumerate(topics):
        ring = _ring(topic.id, parents)
        if ring and told.isdisjoint(ring):
            told.update(ring)
            yield Flaw(FlawKind.CYCLE, index, "parent", " → ".join([*ring, ring[0]]))


def _ring(start: str, parents: Mapping[str, str | None]) -> list[str]:
    """The cycle that *start* is part of, itself first, or nothing."""
    path, at = [start], parents.get(start)
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    return path if at == start else []


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())

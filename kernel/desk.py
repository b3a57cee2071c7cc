"""What a use case works with besides its ids and the time: one workspace's store, rules and helpers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from kernel.kinds import ListName
from kernel.policy import Policy
from kernel.presence import Presence
from kernel.sprint_templates import SprintTemplate
from kernel.store import D, Due, Key, Store
from kernel.topics import Catalogue
from kernel.values import Document, PersonId

if TYPE_CHECKING:
    from matching.ranking.index import HelperIndex
    from matching.ranking.ranking import RankingModel
    from matching.topics.model import TopicModel
    from matching.topics.tagging import Suggestion

# What somebody stands for on another's board.
Role = Literal["craft", "advice", "role_model", "sponsor", "peer_coach", "reverse"]


class Directory(Protocol):
    """Who helps with what in this workspace, kept fresh by whoever holds it."""

    async def index(self) -> "HelperIndex":
        """The helpers as they are now."""


class Experience(Protocol):
    """What this workspace has learned from its own outcomes, kept at hand by whoever holds it."""

    @property
    def topics(self) -> "TopicModel | None":
        """How topics are found in words, if that was learned and is at hand now; never waits."""

    async def model(self, desk: "Desk", now: datetime) -> "RankingModel":
        """How to rank: by what was learned, up to date; by declared profiles where nothing was."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is one person's alone: documents under their id, and all that stand in their lists."""

    personal: Sequence[type[Document]] = ()
    lists: Mapping[ListName, type[Document]] = field(default_factory=dict)


# Looks at a request, as it was read, before people are sought for it. Where the search has to wait for what
# was found, it sets the entry that it was given anew for later, and returns True.
FirstLook = Callable[["Desk", Any, datetime, Due | None], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Tie:
    """That somebody was there for a person in a role, so many *times*, the last *at* a moment."""

    person_id: PersonId
    role: Role
    at: datetime
    times: int = 1


# Finds who was there for a person since a moment, of one feature; only whom the person knows by name.
TieFinder: TypeAlias = Callable[["Desk", PersonId, datetime], Awaitable[Sequence[Tie]]]

# Ends or frees what two have together, of one feature: the first wishes never to be matched with the second.
Separation: TypeAlias = Callable[["Desk", PersonId, PersonId, datetime], Awaitable[None]]
# Ends what somebody has begun who left, of one feature.
Departure: TypeAlias = Callable[["Desk", PersonId, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a use case needs inside one workspace; without *experience* nothing was learned there.

    *ties* are what features know of who was there for whom.
    *first_looks* are made, in their order, before people are sought for a request. *separations* and
    *departures* end what people have with one another, where two are to be kept apart or one has left.
    """

    store: Store
    topics: Catalogue
    policy: Policy
    directory: Directory
    presence: Presence
    experience: Experience | None = None
    templates: tuple[SprintTemplate, ...] = ()
    belongings: Belongings = field(default_factory=Belongings)
    ties: tuple[TieFinder, ...] = ()
    first_looks: Sequence[FirstLook] = ()
    separations: Sequence[Separation] = ()
    departures: Sequence[Departure] = ()

    def guessed_topics(self, text: str) -> "list[Suggestion]":
        """The topics a text may be about, the surest first, as `Tagger.suggest` does; never waits.

        By topics' own words, and by what past requests have taught.
        """
        learned = self.experience if self.policy.learning.enabled else None
        model = learned.topics if learned else None
        tagger = self.topics.tagger
        return model.suggest(tagger, text) if model is not None else tagger.suggest(text)

    async def find(self, type: type[D], id: str) -> D | None:
        """A document as it is now, or None."""
        return await self.store.look(lambda read: read.find(type, id), load=[Key(type, id)])

    async def get(self, type: type[D], id: str) -> D:
        """A document as it is now, or raise NotFound."""
        return await self.store.look(lambda read: read.get(type, id), load=[Key(type, id)])

    async def part(self, me: PersonId, other: PersonId, now: datetime) -> None:
        """Bring two people apart who are never to be matched, in all that they share; neither hears why."""
        for end in self.separations:
            await end(self, me, other, now)

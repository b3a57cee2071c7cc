"""A pairing as a programme keeps it: who is with whom, who has nobody and why, and what came of it. Pure."""

from collections.abc import Mapping

from pydantic import AwareDatetime, Field

from kernel.values import Kept, PersonId
from matching.pairing.values import Bind, MatchedPair, Obstacle, Priority, Trait, Two, Unpaired


class Matched(Kept):
    """A mentee with a mentor, as found or pinned."""

    mentee_id: PersonId
    mentor_id: PersonId
    is_pinned: bool = False

    @property
    def two(self) -> Two:
        """Who they are."""
        return Two(self.mentee_id, self.mentor_id)


class Alone(Kept):
    """A mentee without a mentor, and why; the facts are those of `matching.pairing.values.Unpaired`."""

    mentee_id: PersonId
    bind: Bind
    traits: tuple[Trait, ...] = ()
    people: int = 0
    places: int = 0
    mentors: tuple[PersonId, ...] = ()
    obstacles: Mapping[Obstacle, int] = Field(default_factory=dict)

    def unpaired(self) -> Unpaired:
        """The facts as the words for them are made from."""
        facts = {name: getattr(self, name) for name in type(self).model_fields}
        return Unpaired(**facts)


class Result(Kept):
    """A pairing as it was found: of how many *mentees*, by what, and how far from the best at most."""

    pairs: tuple[Matched, ...]
    alone: tuple[Alone, ...] = ()
    free: Mapping[PersonId, int] = Field(default_factory=dict)
    mentees: int
    priority: Priority
    more: int = 0
    slack: float = 0.0
    at: AwareDatetime

    @property
    def mentors(self) -> Mapping[str, str]:
        """The mentor of each mentee who has one."""
        return {it.mentee_id: it.mentor_id for it in self.pairs}


class ProposalTally(Kept):
    """What came of the pairs that were proposed, counted.

    *gone* fell through in another way: one has left, leads the other now, or wishes to be kept apart.
    """

    yes: int = 0
    no: int = 0
    lapsed: int = 0
    gone: int = 0
    waiting: int = 0

    @property
    def all(self) -> int:
        """How many were proposed."""
        return self.yes + self.no + self.lapsed + self.gone + self.waiting


def matched(pair: MatchedPair) -> Matched:
    mentee_id, mentor_id = map(PersonId, pair.two)
    return Matched(mentee_id=mentee_id, mentor_id=mentor_id, is_pinned=pair.is_pinned)


def without(result: Result | None, me: PersonId) -> Result | None:
    if result is None:
        return None
    return result.model_copy(
        update={
            "pairs": tuple(it for it in result.pairs if me not in it.two),
            "alone": tuple(
                it.model_copy(update={"mentors": tuple(id for id in it.mentors if id != me)})
                for it in result.alone
                if it.mentee_id != me
            ),
            "free": {id: places for id, places in result.free.items() if id != me},
        }
    )

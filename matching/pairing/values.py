"""What a pairing reads and returns: participants with their wishes and needs, pairs, and who has none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
NOBODY: frozenset[str] = frozenset()
CIRCLE = (3, 7)  # mentees with one mentor: a group message in Slack holds eight people and the app
TOPICS = "topics"
TEAM = "team"


class Trait(NamedTuple):
    """Something that people have: a value in a column, as ("topics", "python") or ("site", "Berlin")."""

    column: str
    value: str


class Two(NamedTuple):
    """A mentee and a mentor, by their ids."""

    mentee_id: str
    mentor_id: str


class Priority(StrEnum):
    """What counts first: the sum of what speaks for the pairs, or how many people are in one."""

    BEST_FIT = "best-fit"
    MOST_PAIRED = "most-paired"


NO_TRAITS: frozenset[Trait] = frozenset()


@dataclass(frozen=True, slots=True)
class Participant:
    """A mentee or a mentor. *needs* must all be met by the other one; *wants* and *wishes* are weighed.

    *wishes* are ids, dearest first; *never* are ids that are out of the question. *depths* are own levels 1
    to 3 of topics. A mentor has *places* for mentees, and takes none rather than less than *fewest*.
    """

    id: str
    level: int | None = None
    has: frozenset[Trait] = NO_TRAITS
    depths: Mapping[str, int] = field(default_factory=dict)
    needs: frozenset[Trait] = NO_TRAITS
    wants: frozenset[Trait] = NO_TRAITS
    wishes: tuple[str, ...] = ()
    never: frozenset[str] = NOBODY
    places: int = 1
    fewest: int = 0


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everything that a pairing is made from. Equal cohorts have equal pairings, in whatever order they come.

    *managers* may name people who take no part. *pins* are pairs that shall be, *bans* pairs that shall not.
    The *seed* decides between pairings that are equally good.
    """

    mentees: tuple[Participant, ...]
    mentors: tuple[Participant, ...]
    managers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pins: frozenset[Two] = frozenset()
    bans: frozenset[Two] = frozenset()
    priority: Priority = Priority.MOST_PAIRED
    seed: int = 1

    def in_order(self) -> "Cohort":
        """The same cohort with its people in the order of their ids."""
        mentees, mentors = (_by_id(side) for side in (self.mentees, self.mentors))
        kept = (self.managers, self.pins, self.bans, self.priority, self.seed)
        return Cohort(mentees, mentors, *kept)


class Obstacle(StrEnum):
    """Why two can't be a pair, the strongest first."""

    ONESELF = "oneself"
    LINE = "line"
    NEVER = "never"
    BANNED = "banned"
    NEEDS = "needs"
    THEIR_NEEDS = "their_needs"


class GroundKind(StrEnum):
    """What speaks for or against a pair. *their* is the mentor's side."""

    WISH = "wish"
    THEIR_WISH = "their_wish"
    NO_WISH = "no_wish"
    NEED = "need"
    NO_NEED = "no_need"
    THEIR_NEED = "their_need"
    THEIR_NO_NEED = "their_no_need"
    WANT = "want"
    NO_WANT = "no_want"
    THEIR_WANT = "their_want"
    THEIR_NO_WANT = "their_no_want"
    ABOVE = "above"
    BELOW = "below"
    SAME_TEAM = "same_team"


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for a pair or against it; *points* may be 0, where it is only good to know.

    *amount* is the place of a wish from 1, the levels between the two, or the own level of a topic.
    """

    kind: GroundKind
    is_for: bool
    points: float = 0.0
    trait: Trait | None = None
    amount: int = 0


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """A mentee with a mentor. *fit* is in points, to be compared with each other only."""

    mentee_id: str
    mentor_id: str
    fit: float
    grounds: tuple[Ground, ...]
    is_pinned: bool = False

    @property
    def two(self) -> Two:
        """Who they are."""
        return Two(self.mentee_id, self.mentor_id)


class Bind(StrEnum):
    """What keeps a mentee without a mentor."""

    NOBODY_HAS = "nobody_has"
    RULED_OUT = "ruled_out"
    FEW_PLACES = "few_places"
    SMALL_CIRCLE = "small_circle"
    NOTHING_FOR = "nothing_for"
    OTHERS_FIRST = "others_first"


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A mentee without a mentor, and why.

    FEW_PLACES: *people* can go to none but these *places*. Where *traits* are given it is they who need them,
    else the places are those of *mentors*; none are named where there are many. NOBODY_HAS: no mentor has all
    *traits*. RULED_OUT: the mentors who have all *traits* are out of the question, so many for each reason in
    *obstacles*. SMALL_CIRCLE: *people* is how many a circle needs. NOTHING_FOR: with each who is left more
    speaks against it than for it. OTHERS_FIRST: a place for them would cost others more than they have of it.
    """

    mentee_id: str
    bind: Bind
    traits: tuple[Trait, ...] = ()
    people: int = 0
    places: int = 0
    mentors: tuple[str, ...] = ()
    obstacles: Mapping[Obstacle, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Who goes with whom, in the order of mentees' ids. A mentorship can begin from each of *pairs*.

    *fit* is the sum of all pairs' points. By the priority that was asked for, at most *more* people could be
    in a pair besides; where that is 0, no other pairing has more than *slack* points more. Both 0: it is
    proved to be the best. *free* are the mentors with places left, and how many.
    """

    pairs: tuple[MatchedPair, ...]
    unpaired: tuple[Unpaired, ...]
    fit: float
    slack: float = 0.0
    more: int = 0
    free: Mapping[str, int] = field(default_factory=dict)

    @property
    def mentors(self) -> Mapping[str, str]:
        """The mentor of each mentee who has one."""
        return {pair.mentee_id: pair.mentor_id for pair in self.pairs}

    def circles(self) -> Mapping[str, tuple[MatchedPair, ...]]:
        """Each mentor's pairs, in the order of mentors' ids."""
        found: dict[str, list[MatchedPair]] = {pair.mentor_id: [] for pair in self.pairs}
        for pair in self.pairs:
            found[pair.mentor_id].append(pair)
        return {id: tuple(found[id]) for id in sorted(found)}


def _by_id(side: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple(sorted(side, key=lambda participant: participant.id))


class BadPin(Exception):
    """A pin can't be.

    There is an *obstacle*; or *pinned* are more than the mentor's *places*, or with all who could come less
    than the *fewest* of a circle. With none of these: one of the two is not there, or the mentee is pinned
    twice.
    """

    def __init__(
        self, two: Two, obstacle: Obstacle | None = None, pinned: int = 0, places: int = 0, fewest: int = 0
    ) -> None:
        super().__init__(two, obstacle, pinned, places, fewest)
        self.two, self.obstacle = two, obstacle
        self.pinned, self.places, self.fewest = pinned, places, fewest

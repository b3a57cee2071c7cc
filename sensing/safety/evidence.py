"""What signs add up to where no phrase says it outright: pills, three in the morning, a note.

Each sign is a list in `words/signs`. Near one another, and near a word for a person, their weights are added,
each once; signs of code, stories and fun take away. The table is meant to be read and changed by anyone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sensing.safety.categories import Category

NEAR = 15


class Sign(StrEnum):
    """What words may be a sign of; the words lie in `words/signs`."""

    ABSENCE = "absence"
    ALONE = "alone"
    ASSAULT = "assault"
    ATTEMPT = "attempt"
    AWAKE = "awake"
    BODY = "body"
    CLOSE = "close"
    CRAFT = "craft"
    CRYING = "crying"
    DEATH = "death"
    DEMEAN = "demean"
    DESPAIR = "despair"
    EMERGENCY = "emergency"
    ENDING = "ending"
    FALL = "fall"
    FAREWELL = "farewell"
    FEAR = "fear"
    FICTION = "fiction"
    FUN = "fun"
    HEIGHT = "height"
    IDENTITY = "identity"
    LEAVING = "leaving"
    LOSS = "loss"
    LOW = "low"
    MEANS = "means"
    NIGHT = "night"
    NOCARE = "nocare"
    OTHER = "other"
    OVERWORK = "overwork"
    OWN = "own"
    PURSUIT = "pursuit"
    SECRET = "secret"
    SELF = "self"
    SOON = "soon"
    STUDY = "study"
    SUPERIOR = "superior"
    TAKING = "taking"
    TARGET = "target"
    TECH = "tech"
    THREAT = "threat"
    TIRED = "tired"
    TRANSIT = "transit"
    UNFAIR = "unfair"
    UNWANTED = "unwanted"
    WEAPON = "weapon"
    WISH = "wish"
    WORK = "work"
    WOUND = "wound"


@dataclass(frozen=True, slots=True)
class SafetySign:
    """A sign, or a category that a phrase names, and the place of its last word."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What speaks for a category: signs of which one must be there, more that add or take away."""

    enough: float
    core: Mapping[Sign, float]
    more: Mapping[Sign, float]


S = Sign
ELSEWHERE = {S.TECH: -2.0, S.FICTION: -2.0, S.STUDY: -2.0, S.FUN: -2.0}
PEOPLE = frozenset({S.SELF, S.OTHER})
SCALES: Mapping[Category, Scale] = {
    Category.SELF_HARM: Scale(
        3.5,
        {
            S.ABSENCE: 2.0,
            S.DEATH: 1.5,
            S.FAREWELL: 1.5,
            S.ENDING: 1.5,
            S.FALL: 1.5,
            S.MEANS: 1.5,
            S.WOUND: 1.5,
            S.ATTEMPT: 1.0,
            S.HEIGHT: 1.0,
        },
        {
            **ELSEWHERE,
            S.WISH: 1.0,
            S.SECRET: 1.0,
            S.TAKING: 1.0,
            S.DESPAIR: 1.0,
            S.TRANSIT: 0.5,
            S.SOON: 0.5,
            S.NIGHT: 0.5,
            S.SELF: 0.5,
            S.LOW: 0.5,
            S.FEAR: 0.5,
            S.TIRED: -0.5,
            S.LOSS: -0.5,
            S.IDENTITY: -0.5,
            S.OVERWORK: -0.5,
            S.WORK: -0.5,
            S.DEMEAN: -1.0,
            S.LEAVING: -2.0,
        },
    ),
    Category.DANGER: Scale(
        4.0,
        {S.EMERGENCY: 3.0, S.PURSUIT: 2.0, S.WEAPON: 1.5, S.THREAT: 2.0},
        {
            **ELSEWHERE,
            S.FEAR: 1.0,
            S.ASSAULT: 1.0,
            S.CLOSE: 1.0,
            S.SECRET: 1.0,
            S.OTHER: 0.5,
            S.TARGET: 0.5,
            S.MEANS: 0.5,
            S.WOUND: 0.5,
            S.SOON: 0.5,
            S.SELF: 0.5,
            S.WORK: -0.5,
            S.LOSS: -0.5,
            S.IDENTITY: -0.5,
            S.DEMEAN: -1.0,
            S.OVERWORK: -1.0,
            S.LEAVING: -1.0,
        },
    ),
    Category.VIOLENCE: Scale(
        3.0,
        {S.ASSAULT: 2.0},
        {
            **ELSEWHERE,
            S.CLOSE: 1.0,
            S.WOUND: 1.0,
            S.FEAR: 1.0,
            S.TARGET: 0.5,
            S.SUPERIOR: 0.5,
            S.LEAVING: -1.0,
        },
    ),
    Category.HARASSMENT: Scale(
        4.0,
        {S.DEMEAN: 2.0},
        {
            **ELSEWHERE,
            S.UNWANTED: 1.5,
            S.TARGET: 1.0,
            S.SUPERIOR: 0.5,
            S.OTHER: 0.5,
            S.SELF: 0.5,
            S.NIGHT: 0.5,
            S.FEAR: 1.0,
            S.PURSUIT: 0.5,
            S.LEAVING: -1.0,
        },
    ),
    Category.DISCRIMINATION: Scale(
        4.5,
        {S.IDENTITY: 2.0},
        {
            **ELSEWHERE,
            S.UNFAIR: 2.0,
            S.DEMEAN: 1.5,
            S.SUPERIOR: 0.5,
            S.OTHER: 0.5,
            S.SELF: 0.5,
            S.WORK: 0.5,
            S.LEAVING: -1.0,
        },
    ),
    Category.DISTRESS: Scale(
        2.5,
        {S.CRYING: 2.0, S.LOSS: 1.5, S.BODY: 1.0, S.LOW: 1.5, S.DESPAIR: 1.5, S.AWAKE: 1.0},
        {
            **ELSEWHERE,
            S.FEAR: 1.0,
            S.NOCARE: 1.0,
            S.ALONE: 1.0,
            S.NIGHT: 0.5,
            S.SELF: 0.5,
            S.CLOSE: 0.5,
            S.LEAVING: -1.0,
        },
    ),
    Category.BURNOUT: Scale(
        3.5,
        {S.TIRED: 2.0, S.NOCARE: 2.0},
        {
            **ELSEWHERE,
            S.OVERWORK: 1.5,
            S.BODY: 1.0,
            S.WORK: 0.5,
            S.SELF: 0.5,
            S.ALONE: 0.5,
            S.AWAKE: 0.5,
            S.LOW: 0.5,
            S.DEMEAN: 0.5,
            S.DESPAIR: 0.5,
            S.LEAVING: -1.0,
        },
    ),
}


_SIGNS: Mapping[str, Sign] = {sign.value: sign for sign in Sign}


class Stretch(NamedTuple):
    """Where signs add up to a category: the places of the first, the last, and the one that must be there."""

    first: int
    last: int
    core: int


def weighed(category: Category, marks: Sequence[SafetySign]) -> Stretch | None:
    """The first stretch of signs that adds up to a category, or None."""
    scale = SCALES.get(category)
    return next(_enough(scale, sorted(marks, key=_place)), None) if scale else None


def is_elsewhere(place: int, marks: Sequence[SafetySign]) -> bool:
    """Whether what is said at a place is said of a story, a study or a program, of nobody here."""
    near = {mark.name for mark in around(place, marks)}
    is_told = bool(near & {S.FICTION, S.STUDY}) and S.OWN not in near
    return is_told or (S.TECH in near and not near & PEOPLE)


def is_worked_on(place: int, marks: Sequence[SafetySign]) -> bool:
    """Whether what is said at a place is what its writer's trade is about, and nothing of their own."""
    return has_craft(place, marks) and all(mark.name != S.OWN for mark in around(place, marks))


def has_craft(place: int, marks: Sequence[SafetySign]) -> bool:
    """Whether somebody's trade is spoken of near a place."""
    return any(mark.name == S.CRAFT for mark in around(place, marks))


def around(place: int, marks: Sequence[SafetySign]) -> Sequence[SafetySign]:
    """The marks that stand near a place; all lie in the order of their places."""
    first = bisect_left(marks, place - NEAR, key=_place)
    return marks[first : bisect_right(marks, place + NEAR, lo=first, key=_place)]


def _place(mark: SafetySign) -> int:
    return mark.place


def _enough(scale: Scale, marks: Sequence[SafetySign]) -> Iterator[Stretch]:
    for mark in marks:
        if mark.name in scale.core:
            near = around(mark.place, marks)
            signs = {other.name for other in near}
            if signs & PEOPLE and _sum(scale, signs) >= scale.enough:
                telling = [other.place for other in near if _weight(scale, other.name) > 0]
                yield Stretch(min(telling), max(telling), mark.place)


def _sum(scale: Scale, names: set[str]) -> float:
    return sum(_weight(scale, name) for name in names)


def _weight(scale: Scale, name: str) -> float:
    sign = _SIGNS.get(name)
    return scale.core.get(sign, scale.more.get(sign, 0.0)) if sign else 0.0

"""What speaks for a pair and against it, in points, one ground after another.

A wish weighs most; what a mentor wishes weighs half. The points are a judgement, and nothing that was
measured: see docs/pairing.md.
"""

from collections.abc import Iterable, Iterator

from matching.pairing.values import TEAM, TOPICS, Ground, GroundKind, Participant, Trait

ALLOWED = 1.0  # for every pair that can be, so that it is better than none
FIRST_WISH, STEP, LAST_WISH = 12.0, 2.0, 2.0
THEIR_SHARE = 0.5
WANT, PER_DEPTH, DEPTH = 3.0, 1.0, 2
THEIR_WANT = 2.0
ABOVE, FAR_ABOVE, BELOW, SAME_TEAM = 2.0, 3, -2.0, -2.0


def grounds(mentee: Participant, mentor: Participant) -> tuple[Ground, ...]:
    """All grounds, the strongest first; what speaks for a pair before what speaks against it."""
    found = [
        *_wishes(mentee, mentor),
        *_needs(mentee, mentor),
        *_wants(mentee, mentor),
        *_standing(mentee, mentor),
    ]
    return tuple(
        sorted(found, key=lambda it: (not it.is_for, -abs(it.points), it.kind, it.trait or ("", "")))
    )


def fit_of(mentee: Participant, mentor: Participant) -> float:
    """The points of a pair; those of its grounds, and one for being possible."""
    return ALLOWED + sum(ground.points for ground in grounds(mentee, mentor))


def wish_points(place: int) -> float:
    """What a mentee's wish is worth; *place* counts from 1, the dearest."""
    return max(FIRST_WISH - STEP * (place - 1), LAST_WISH)


def want_points(trait: Trait, mentor: Participant) -> float:
    """What a mentor with a wanted trait is worth; of a topic, by how well they know it."""
    return WANT + PER_DEPTH * (depth_of(trait, mentor) - DEPTH)


def depth_of(trait: Trait, person: Participant) -> int:
    """A person's own level 1 to 3 in a topic; of anything else, the middle one."""
    return person.depths.get(trait.value, DEPTH) if trait.column == TOPICS else DEPTH


def level_points(gap: int) -> float:
    """What it is worth that a mentor stands so many levels above a mentee."""
    return BELOW if gap < 0 else ABOVE if 0 < gap <= FAR_ABOVE else 0.0


def _wishes(mentee: Participant, mentor: Participant) -> Iterator[Ground]:
    if place := _place(mentor.id, mentee.wishes):
        yield Ground(GroundKind.WISH, True, wish_points(place), amount=place)
    elif mentee.wishes:
        yield Ground(GroundKind.NO_WISH, False)
    if place := _place(mentee.id, mentor.wishes):
        yield Ground(GroundKind.THEIR_WISH, True, THEIR_SHARE * wish_points(place), amount=place)


def _needs(mentee: Participant, mentor: Participant) -> Iterator[Ground]:
    for trait in mentee.needs:
        if trait in mentor.has:
            yield Ground(GroundKind.NEED, True, trait=trait, amount=depth_of(trait, mentor))
        else:
            yield Ground(GroundKind.NO_NEED, False, trait=trait)
    for trait in mentor.needs:
        if trait in mentee.has:
            yield Ground(GroundKind.THEIR_NEED, True, trait=trait)
        else:
            yield Ground(GroundKind.THEIR_NO_NEED, False, trait=trait)


def _wants(mentee: Participant, mentor: Participant) -> Iterator[Ground]:
    for trait in mentee.wants:
        if trait in mentor.has:
            points, depth = want_points(trait, mentor), depth_of(trait, mentor)
            yield Ground(GroundKind.WANT, True, points, trait, depth)
        else:
            yield Ground(GroundKind.NO_WANT, False, trait=trait)
    for trait in mentor.wants:
        if trait in mentee.has:
            yield Ground(GroundKind.THEIR_WANT, True, THEIR_WANT, trait)
        else:
            yield Ground(GroundKind.THEIR_NO_WANT, False, trait=trait)


def _standing(mentee: Participant, mentor: Participant) -> Iterator[Ground]:
    if mentee.level is not None and mentor.level is not None:
        gap = mentor.level - mentee.level
        if gap < 0:
            yield Ground(GroundKind.BELOW, False, level_points(gap), amount=-gap)
        elif level_points(gap):
            yield Ground(GroundKind.ABOVE, True, level_points(gap), amount=gap)
    for trait in sorted(teams(mentee.has) & teams(mentor.has))[:1]:
        yield Ground(GroundKind.SAME_TEAM, False, SAME_TEAM, trait)


def teams(traits: Iterable[Trait]) -> frozenset[Trait]:
    """The teams among traits."""
    return frozenset(trait for trait in traits if trait.column == TEAM)


def _place(id: str, wishes: tuple[str, ...]) -> int:
    return wishes.index(id) + 1 if id in wishes else 0

"""What clues show together where no phrase says it outright: a bid, somebody with a voice.

In whatever order they stand, all clues of a way must be near the first of it. The tables are meant to be
read and changed by anyone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from sensing.text.finder import Hit
from sensing.triage.features import Clue, TriageFeature

NEAR = 25
LONGEST = 30  # words; no phrase has more

C, F = Clue, TriageFeature
Way = tuple[Clue | TriageFeature, ...]
TOGETHER: Mapping[TriageFeature, tuple[Way, ...]] = {
    F.HARD_TALK: ((C.DREAD, C.TALK, C.PERSON),),
    F.SKILL_TO_BUILD: (
        (C.GROW, C.WISH, F.PRACTICE),
        (C.GROW, C.WISH, F.WEEKS),
        (C.GROW, F.PRACTICE, F.WEEKS),
    ),
    F.MUTUAL: ((C.ALIKE, C.EXCHANGE),),
    F.EXPERIENCE_WANTED: ((C.FURTHER, C.DISTANT), (C.FURTHER, F.LONG_HORIZON), (C.FURTHER, F.CAREER)),
    F.SPOKEN_FOR: ((C.SPEAK, C.ABOVE), (C.SPEAK, C.PRIZE), (C.SPEAK, C.UNSEEN)),
    F.VISIBILITY: ((C.UNSEEN, C.ABOVE),),
    F.PASSED_OVER: ((C.UNSEEN, C.PRIZE), (C.UNSEEN, C.MINE)),
}
OF_SENIORS: Mapping[TriageFeature, tuple[Way, ...]] = {
    F.JUNIORS_KNOW: (
        (C.YOUNG, C.TEACH_ME),
        (C.YOUNG, C.DATED),
        (C.YOUNG, C.CURIOUS),
        (C.YOUNG, F.NEW_WAYS),
        (C.GROUND, C.TEACH_ME),
        (C.GROUND, C.CURIOUS),
    ),
}
SHOWS: Mapping[Clue, TriageFeature] = {
    C.ABOVE: F.VISIBILITY,
    C.ALIKE: F.SAME_GROUND,
    C.ASKING: F.FACT_WANTED,
    C.DISTANT: F.LONG_HORIZON,
    C.DREAD: F.HARD_TALK,
    C.EXCHANGE: F.MUTUAL,
    C.FURTHER: F.EXPERIENCE_WANTED,
    C.GROW: F.SKILL_TO_BUILD,
    C.INNER: F.STUCK_INSIDE,
    C.SPEAK: F.SPOKEN_FOR,
    C.THING: F.FACT_WANTED,
    C.UNSEEN: F.PASSED_OVER,
    C.YOUNG: F.JUNIORS_KNOW,
}


def together(hits: Mapping[str, Sequence[Hit]], *, is_senior: bool) -> Iterator[Hit]:
    """Yield for each feature that clues show together what shows it, the first way that does."""
    for ways in (TOGETHER, OF_SENIORS) if is_senior else (TOGETHER,):
        for feature in ways:
            shown = (found for way in ways[feature] if (found := _found(way, hits)))
            yield from (Hit(feature, hit.start, hit.stop) for hit in next(shown, ()))


def _found(way: Way, hits: Mapping[str, Sequence[Hit]]) -> list[Hit]:
    """The hits nearest one another, one for each clue of a way, or none."""
    first, *others = way
    for hit in hits.get(first, ()):
        near = [_nearest(hit, hits.get(name, ())) for name in others]
        found = [other for other in near if other]
        if len(found) == len(others):
            return sorted([hit, *found], key=lambda each: each.start)
    return []


def _nearest(hit: Hit, others: Sequence[Hit]) -> Hit | None:
    """What is nearest to a hit and shares no word with it, if it is near; all lie by their ends."""
    first = bisect_left(others, hit.start - NEAR, key=_stop)
    last = bisect_right(others, hit.stop + NEAR + LONGEST, lo=first, key=_stop)
    apart = [other for other in others[first:last] if 0 <= _gap(hit, other) <= NEAR]
    return min(apart, key=lambda other: _gap(hit, other), default=None)


def _stop(hit: Hit) -> int:
    return hit.stop


def _gap(one: Hit, other: Hit) -> int:
    return max(one.start, other.start) - min(one.stop, other.stop)

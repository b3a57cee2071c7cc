"""Which lane a helper stands in, seen from the asker."""

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.values import LANES, Lane

LEVELS = range(1, 8)


def lane_between(
    asker_level: int, helper_level: int, wished: Sequence[Lane], willing: Collection[Lane]
) -> Lane | None:
    """The lane for this pair, or None where no lane is both wished and willing.

    Two or more levels above is senior, two or more below is reverse, anyone within one level is a peer. A
    helper one level below can be a peer or reverse: the first of the two that the ask wishes and the helper
    is willing to. No wish at all means any lane.
    """
    apart = helper_level - asker_level
    possible = _possible(apart)
    return next((lane for lane in wished or LANES if lane in possible and lane in willing), None)


def _possible(apart: int) -> tuple[Lane, ...]:
    if apart >= 2:
        return (Lane.SENIOR,)
    if apart <= -2:
        return (Lane.REVERSE,)
    return (Lane.PEER, Lane.REVERSE) if apart == -1 else (Lane.PEER,)


def lane_mask(lanes: Collection[Lane]) -> int:
    """The lanes as bits in the order of `LANES`."""
    return sum(1 << bit for bit, lane in enumerate(LANES) if lane in lanes)


def lanes_of(mask: int) -> frozenset[Lane]:
    """The lanes whose bits are set."""
    return frozenset(lane for bit, lane in enumerate(LANES) if mask >> bit & 1)


@lru_cache(maxsize=512)
def lane_table(asker_level: int, wished: tuple[Lane, ...]) -> NDArray[np.int8]:
    """`lane_between` by helper level and willing mask: a place in `LANES`, or −1 for none."""
    table = np.full((LEVELS.stop, 1 << len(LANES)), -1, dtype=np.int8)
    for level in LEVELS:
        for mask in range(1 << len(LANES)):
            lane = lane_between(asker_level, level, wished, lanes_of(mask))
            table[level, mask] = -1 if lane is None else LANES.index(lane)
    return table

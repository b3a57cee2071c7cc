"""Counts that fade at several half-lives at once."""

import math

import make_matching as make
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.decayed_counts import Tally

ADDED = st.tuples(st.integers(0, 3), st.floats(0, 2000), st.floats(0.1, 3))


def test_a_count_is_halved_after_its_half_life_and_kept_by_infinity():
    tally = Tally((10.0, math.inf))
    tally.add(7, 100.0)

    counts, last = tally.faded(np.array([7, 8]), 110.0)

    assert counts.tolist() == [[0.5, 1.0], [0.0, 0.0]]
    assert last.tolist() == [100.0, -math.inf]


@make.calmly
@given(st.lists(ADDED, max_size=30))
def test_any_additions_fade_as_if_each_were_kept(added: list[tuple[int, float, float]]):
    added.sort(key=lambda each: each[1])
    tally, now = Tally((3.0, 400.0, math.inf)), 2000.0
    for key, day, weight in added:
        tally.add(key, day, weight)

    counts, _ = tally.faded(np.arange(4), now)

    for key in range(4):
        kept = [(day, weight) for other, day, weight in added if other == key]
        expected = [sum(w * 2 ** -((now - day) / half) for day, w in kept) for half in (3.0, 400.0)]
        np.testing.assert_allclose(counts[key], [*expected, sum(w for _, w in kept)], rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(tally.totals * tally.fade(now), counts.sum(axis=0), rtol=1e-6, atol=1e-12)
    assert sorted(tally.keys.tolist()) == sorted({key for key, _, _ in added})

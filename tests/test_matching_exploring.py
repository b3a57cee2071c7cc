"""Exploring: a bounded, repeatable share goes to promising people without a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.exploring import drawn, explore
from matching.values import Lane, Match, Reason, ReasonKind


def match(helper_id: str, score: float, *kinds: ReasonKind) -> Match:
    return Match(helper_id, Lane.PEER, score, tuple(Reason(kind, score, {}) for kind in kinds))


KNOWN = match("U-known", 3.0, ReasonKind.ANSWERED)
NEW = match("U-new", 2.0, ReasonKind.TOPIC)
FAR = match("U-far", 0.5, ReasonKind.TOPIC)


def firsts(matches: list[Match], **settings: float) -> list[str]:
    return [explore(matches, f"R{n}", **settings)[0].helper_id for n in range(2000)]


def test_a_bounded_share_of_asks_begins_with_a_newcomer():
    share = firsts([KNOWN, NEW, FAR]).count("U-new") / 2000

    assert 0.03 < share < 0.07


def test_nobody_too_far_behind_and_nobody_known_is_moved():
    assert set(firsts([KNOWN, FAR, match("U-other", 2.9, ReasonKind.ACTIVE)], share=1.0)) == {"U-known"}


def test_the_others_keep_their_order_and_the_draw_can_be_replayed():
    moved = explore([KNOWN, FAR, NEW], "R1", share=1.0)

    assert [each.helper_id for each in moved] == ["U-new", "U-known", "U-far"]
    assert explore([KNOWN, FAR, NEW], "R1", share=1.0) == moved
    assert explore([], "R1") == []


@pytest.mark.parametrize("newcomers", [1, 5, 24])
def test_many_newcomers_together_get_no_more_than_the_share(newcomers: int):
    matches = [KNOWN, *(match(f"U-new-{n}", 2.5, ReasonKind.TOPIC) for n in range(newcomers))]

    moved = [first for first in firsts(matches, share=0.1) if first != "U-known"]

    assert 0.06 < len(moved) / 2000 < 0.12


LISTS = st.lists(
    st.tuples(st.floats(-3, 3), st.sampled_from([ReasonKind.TOPIC, ReasonKind.ACTIVE])), max_size=12
).map(lambda drawn: [match(f"U{n}", score, kind) for n, (score, kind) in enumerate(drawn)])


@given(LISTS, st.text(max_size=8), st.floats(0, 1))
def test_at_most_one_is_moved_and_the_others_keep_their_order(matches: list[Match], seed: str, share: float):
    explored = explore(matches, seed, share)

    assert explored == explore(matches, seed, share)
    moved = explored[:1]
    assert [each for each in explored if each not in moved] == [each for each in matches if each not in moved]


@given(LISTS, st.text(max_size=8))
def test_a_draw_hangs_on_the_ask_and_the_person_alone(matches: list[Match], seed: str):
    for each in matches:
        other = match(each.helper_id, each.score + 1, ReasonKind.PAIR)
        assert drawn(seed, each) == drawn(seed, other)
        assert drawn(seed, each) != drawn(f"{seed}1", each)

"""Exploring: a bounded, repeatable share goes to promising people without a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.exploration import drawn, explore, promising
from matching.values import Lane, Match, Reason, ReasonKind


def match(helper_id: str, score: float) -> Match:
    return Match(helper_id, Lane.PEER, score, (Reason(ReasonKind.TOPIC, score, {}),))


def nobody(_helper_id: str) -> bool:
    return False


KNOWN, OTHER = match("U-known", 9.0), match("U-other", 8.0)
NEW = match("U-new", 2.0)


def firsts(newcomers: list[Match], share: float = 0.05) -> list[str]:
    return [explore([KNOWN, OTHER], newcomers, f"R{n}", share)[0].helper_id for n in range(2000)]


def test_a_bounded_share_of_asks_begins_with_a_newcomer_however_strong_the_others_are():
    share = firsts([NEW]).count("U-new") / 2000

    assert 0.03 < share < 0.07


def test_without_newcomers_or_without_a_share_the_order_stays():
    assert set(firsts([], share=1.0)) == {"U-known"}
    assert set(firsts([NEW], share=0.0)) == {"U-known"}


def test_newcomers_are_measured_by_profiles_and_known_people_are_none():
    by_profile = [match("U-known", 3.0), match("U-near", 2.5), match("U-far", 1.5)]

    found = promising(by_profile, lambda helper_id: helper_id == "U-known")

    assert [each.helper_id for each in found] == ["U-near"]
    assert promising([], nobody) == []


def test_the_others_keep_their_order_and_the_draw_can_be_replayed():
    moved = explore([KNOWN, OTHER], [NEW], "R1", share=1.0)

    assert [each.helper_id for each in moved] == ["U-new", "U-known", "U-other"]
    assert explore([KNOWN, OTHER], [NEW], "R1", share=1.0) == moved
    assert explore([], [], "R1") == []


def test_a_newcomer_who_is_ranked_keeps_what_was_found_out_since():
    ranked = match("U-new", 1.25)

    assert explore([KNOWN, ranked, OTHER], [NEW], "R1", share=1.0) == [ranked, KNOWN, OTHER]


@pytest.mark.parametrize("newcomers", [1, 5, 24])
def test_many_newcomers_together_get_no_more_than_the_share(newcomers: int):
    crowd = [match(f"U-new-{n}", 2.5) for n in range(newcomers)]

    moved = [first for first in firsts(crowd, share=0.1) if first != "U-known"]

    assert 0.06 < len(moved) / 2000 < 0.12


LISTS = st.lists(st.floats(-3, 3), max_size=12).map(
    lambda scores: [match(f"U{n}", score) for n, score in enumerate(scores)]
)


@given(LISTS, st.text(max_size=8), st.floats(0, 1))
def test_at_most_one_is_put_first_and_the_others_keep_their_order(
    matches: list[Match], seed: str, share: float
):
    explored = explore(matches, promising(matches, nobody), seed, share)

    assert explored == explore(matches, promising(matches, nobody), seed, share)
    moved = explored[:1]
    assert [each for each in explored if each not in moved] == [each for each in matches if each not in moved]


@given(LISTS, st.text(max_size=8))
def test_a_draw_hangs_on_the_ask_and_the_person_alone(matches: list[Match], seed: str):
    for each in matches:
        assert drawn(seed, each) == drawn(seed, match(each.helper_id, each.score + 1))
        assert drawn(seed, each) != drawn(f"{seed}1", each)

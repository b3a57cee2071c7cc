"""Kin of topics: parents and children count for a share."""

import make_matching as make
from hypothesis import given
from hypothesis import strategies as st

from matching.topic_tree import DOWN, UP, TopicTree

NAMES = st.sampled_from("abcdef")


def test_a_child_counts_more_than_a_parent_and_shares_multiply():
    tree = TopicTree({"pandas": "python", "python": "engineering"})

    assert tree.kin("python") == {"python": 1.0, "pandas": DOWN, "engineering": UP}
    assert tree.kin("pandas")["engineering"] == UP * UP
    assert tree.kin("engineering")["pandas"] == DOWN * DOWN


def test_siblings_are_no_kin():
    tree = TopicTree({"pandas": "python", "asyncio": "python"})

    assert "asyncio" not in tree.kin("pandas")


@make.calmly
@given(st.dictionaries(NAMES, st.none() | NAMES), NAMES)
def test_any_parents_even_cycles_give_shares_up_to_one(parents: dict[str, str | None], topic: str):
    kin = TopicTree(parents).kin(topic)

    assert kin[topic] == 1.0
    assert all(0 < share < 1 for other, share in kin.items() if other != topic)

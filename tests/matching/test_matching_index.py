"""The index: what was put comes back, and its history leaves no trace."""

import make_matching as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.hours import OpenHours
from matching.learning.learned import Learned
from matching.ranking.index import HelperIndex
from matching.ranking.index_arrays import OpenSpans, TopicPosting, micros
from matching.ranking.priors import DECLARED
from matching.ranking.ranking import rank
from matching.topic_tree import TopicTree
from matching.values import Ask, Helper

FEW_IDS = st.integers(1, 6).map(lambda n: f"U{n}")
EDITS = st.lists(st.one_of(make.helpers(FEW_IDS), FEW_IDS), max_size=30)
TREE = TopicTree(make.PARENTS)


def _apply(edits: list[Helper | str]) -> tuple[HelperIndex, dict[str, Helper]]:
    index, kept = HelperIndex(), dict[str, Helper]()
    for edit in edits:
        if isinstance(edit, str):
            index.drop(edit)
            kept.pop(edit, None)
        else:
            index.put(edit)
            kept[edit.id] = edit
    return index, kept


def _holders(index: HelperIndex, topic: str) -> list[tuple[str, int, int]]:
    """Who declares a topic, at which level, and of which kind each is."""
    rows, levels = index.holders(topic)
    kinds = index.kinds(rows).tolist()
    ids = [index.id_of(row) for row in rows.tolist()]
    return sorted(zip(ids, levels.tolist(), kinds, strict=True))


@make.calmly
@given(EDITS)
def test_any_edits_leave_what_was_put_last(edits: list[Helper | str]):
    index, kept = _apply(edits)

    assert {id_: index.get(id_) for id_ in index} == kept
    assert len(index) == len(kept)


@make.calmly
@given(EDITS, make.asks())
def test_an_edited_index_equals_a_rebuilt_one_and_ranks_alike(edits: list[Helper | str], ask: Ask):
    index, kept = _apply(edits)
    rebuilt = HelperIndex(sorted(kept.values(), key=lambda helper: helper.id, reverse=True))
    asked = make.ask(id="R-1", asker_id="U9")
    model = Learned(make.past(("R-1", "U1", 3), ("R-1", "U2", 9), asked=[asked]))

    assert index == rebuilt
    for topic in make.TOPICS:
        assert _holders(index, topic) == _holders(rebuilt, topic)
    for judge in (DECLARED, model):
        edited, new = (
            rank(ask, each, make.MONDAY_NOON, 10, tree=TREE, model=judge) for each in (index, rebuilt)
        )
        assert [match.helper_id for match in edited] == [match.helper_id for match in new]
        assert [match.score for match in edited] == pytest.approx([match.score for match in new])


def test_whoever_becomes_available_again_is_listed_again():
    index = HelperIndex([make.helper("U1", is_available=False), make.helper("U2", lanes=frozenset())])

    index.put(make.helper("U1"))
    index.put(make.helper("U2"))

    assert {match.helper_id for match in rank(make.ask(), index, make.MONDAY_NOON)} == {"U1", "U2"}


def test_indexes_with_different_people_differ():
    assert HelperIndex([make.helper("U1")]) != HelperIndex([make.helper("U2")])
    assert HelperIndex([make.helper("U1")]) != HelperIndex([make.helper("U1", level=5)])


def test_an_unknown_id_is_not_there():
    index = HelperIndex([make.helper("U1")])

    index.drop("U2")

    assert index.get("U2") is None
    assert "U2" not in index
    assert list(index) == ["U1"]


@make.calmly
@given(st.lists(st.integers(0, 50), unique=True), st.data())
def test_a_posting_holds_what_was_added_and_not_dropped(entries: list[int], data: st.DataObject):
    posting = TopicPosting()
    for entry in entries:
        posting.add(entry)
    dropped = data.draw(st.lists(st.sampled_from(entries), unique=True)) if entries else []

    for entry in dropped:
        posting.drop(entry)

    assert sorted(posting.entries.tolist()) == sorted(set(entries) - set(dropped))


@make.calmly
@given(st.lists(make.hours(), min_size=1, max_size=5), st.lists(make.moments(), min_size=1, max_size=8))
def test_remembered_spans_open_when_the_hours_do(weeks: list[OpenHours], moments: list):
    spans = OpenSpans()
    codes = [spans.code(hours) for hours in weeks]

    for now in moments:
        opens = spans.opens(codes, now)
        for hours, opened in zip(weeks, opens.tolist(), strict=True):
            expected = hours.next_open(now)
            assert (opened <= micros(now)) == hours.is_open(now)
            assert expected is None or max(opened, micros(now)) == micros(expected)

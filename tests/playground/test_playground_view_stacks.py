"""Stacks of modals and their state, whatever is done to them in whatever order."""

from contextlib import suppress
from typing import Any

import make_blocks as make
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from playground.foundation.errors import SlackError
from playground.foundation.feed import Feed
from playground.foundation.records import Records
from playground.workspace.view_stacks import DEPTH, ViewStacks
from playground.workspace.view_state import carried, merged

USERS = st.sampled_from(["U0MAYA", "U0RAJ"])


class Stacks(RuleBasedStateMachine):
    """Opens, pushes, updates and closes modals at random."""

    def __init__(self) -> None:
        super().__init__()
        self.stacks = ViewStacks(Records(None), Feed())
        self.model: dict[str, list[str]] = {"U0MAYA": [], "U0RAJ": []}

    @rule(user=USERS)
    def open(self, user: str) -> None:
        self.model[user] = [self.stacks.open(user, make.modal()).id]

    @rule(user=USERS)
    def push(self, user: str) -> None:
        if 0 < len(self.model[user]) < DEPTH:
            self.model[user].append(self.stacks.push(user, make.modal()).id)
        else:
            with pytest.raises(SlackError, match=r"not_found|push_limit_reached"):
                self.stacks.push(user, make.modal())

    @rule(user=USERS)
    def close(self, user: str) -> None:
        self.stacks.close(user)
        with suppress(IndexError):
            self.model[user].pop()

    @rule(user=USERS)
    def clear(self, user: str) -> None:
        closed = [view.id for view in self.stacks.clear(user)]
        assert closed == self.model[user][::-1]
        self.model[user] = []

    @rule(user=USERS)
    def update(self, user: str) -> None:
        top = self.stacks.top(user)
        if top is not None:
            changed = self.stacks.update(top, make.modal(), top.hash)
            assert changed.hash != top.hash
            with pytest.raises(SlackError, match="hash_conflict"):
                self.stacks.update(changed, make.modal(), top.hash)

    @invariant()
    def each_person_sees_the_top_of_their_own_stack(self) -> None:
        for user, stack in self.model.items():
            top = self.stacks.top(user)
            assert (top.id if top else None) == (stack[-1] if stack else None)
            assert self.stacks.depth(user) == len(stack)
            for below, view_id in zip([None, *stack], stack, strict=False):
                view = self.stacks.get(view_id)
                assert (view.previous_view_id, view.root_view_id) == (below, stack[0])


TestStacks = Stacks.TestCase


def text_state(value: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": value}


def test_a_field_begins_with_its_initial_value():
    blocks = [make.field("plain_text_input", initial_value="start")]

    assert carried(blocks, {}) == {"field": {"it": text_state("start")}}


def test_what_was_filled_in_outlives_a_new_initial_value():
    blocks = [make.field("plain_text_input", initial_value="new")]

    assert carried(blocks, {"field": {"it": text_state("typed")}}) == {"field": {"it": text_state("typed")}}


def test_another_kind_of_field_under_the_same_ids_begins_anew():
    blocks = [make.field("static_select", options=[make.option()])]

    state = carried(blocks, {"field": {"it": text_state("typed")}})

    assert state == {"field": {"it": {"type": "static_select", "selected_option": None}}}


def test_what_the_client_says_counts_only_for_fields_that_are_there():
    blocks = [make.field("plain_text_input")]

    state = merged(blocks, {}, {"field": {"it": text_state("said")}, "ghost": {"it": text_state("boo")}})

    assert state == {"field": {"it": text_state("said")}}

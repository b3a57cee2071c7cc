"""The stand-in refuses the blocks and views that Slack refuses, and nothing that Slack's schema allows."""

import json
from pathlib import Path
from typing import Any

import make_blocks as make
import pytest
from cost import grows_at_most
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from playground.block_kit.schema import BLOCKS, ELEMENTS
from playground.block_kit.validation import blocks_problems, options_problems, view_problems

SCHEMAS = Path(__file__).parents[1] / "data"
BLOCKS_SCHEMA = Draft7Validator(json.loads((SCHEMAS / "schema.Blocks.json").read_text()))

GOOD = [
    make.section(),
    make.section(accessory=make.button()),
    {"type": "section", "fields": [make.mrkdwn()] * 10},
    make.actions(make.button(), make.button(action_id="other", style="danger")),
    {"type": "divider"},
    {"type": "header", "text": make.plain()},
    {"type": "context", "elements": [make.mrkdwn(), make.plain()]},
    make.field("plain_text_input", multiline=True, max_length=3000),
    make.field("static_select", options=[make.option()]),
    make.field("multi_external_select", min_query_length=0, max_selected_items=3),
    make.field(
        "radio_buttons", options=[make.option("a"), make.option("b")], initial_option=make.option("a")
    ),
    make.field("checkboxes", options=[make.option()]),
    make.field("datepicker", initial_date="2027-01-11"),
    make.field("timepicker", initial_time="09:30"),
    make.field("number_input", is_decimal_allowed=False, initial_value="3"),
    make.field("users_select", initial_user="U0MAYA"),
    make.field("conversations_select"),
]

BAD: list[tuple[dict[str, Any], str]] = [
    ({"type": "carol"}, "unsupported type: carol"),
    ({"type": "section"}, "missing required field: text or fields"),
    (make.section(txt="x"), "invalid additional property: txt"),
    (make.section("x" * 3001), "must be less than 3001 characters"),
    (make.section(""), "must be more than 0 characters"),
    (make.section(block_id="x" * 256), "must be less than 256 characters"),
    ({"type": "section", "fields": [make.mrkdwn()] * 11}, "no more than 10 items allowed"),
    ({"type": "header", "text": make.mrkdwn()}, "must be a text object of type plain_text"),
    ({"type": "header", "text": make.plain("x" * 151)}, "must be less than 151 characters"),
    ({"type": "header", "text": "x"}, "must be a text object"),
    ({"type": "context", "elements": []}, "no fewer than 1 items allowed"),
    ({"type": "context", "elements": [make.button()]}, "unsupported type: button"),
    (make.actions(), "no fewer than 1 items allowed"),
    (make.actions(*[make.button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed"),
    (make.actions(make.button("x" * 76)), "must be less than 76 characters"),
    (make.actions(make.button(value="x" * 2001)), "must be less than 2001 characters"),
    (make.actions(make.button(style="default")), "must be a valid enum value"),
    (make.actions(make.button(), make.button()), "action_id press already exists"),
    (make.actions(make.field("plain_text_input")["element"]), "unsupported type: plain_text_input"),
    (make.actions(make.button(confirm={"title": make.plain()})), "missing required field: text"),
    (make.field("static_select"), "must have either options or option_groups"),
    (make.field("static_select", options=[make.option()] * 101), "no more than 100 items allowed"),
    (make.field("static_select", options=[make.option(value="x" * 151)]), "must be less than 151 characters"),
    (
        make.field("static_select", options=[make.option("a")], initial_option=make.option("b")),
        "initial option",
    ),
    (make.field("checkboxes", options=[make.option(str(n)) for n in range(11)]), "no more than 10 items"),
    (make.field("plain_text_input", max_length=3001), "must be from 1 to 3000"),
    (make.field("number_input"), "missing required field: is_decimal_allowed"),
    (make.field("datepicker", initial_date="tomorrow"), "must match"),
    (make.field("timepicker", initial_time="25:00"), "must match"),
    (make.field("button"), "unsupported type: button"),
    ({"type": "alert", "text": make.plain()}, "alert is not supported on surface: message"),
    (make.field("file_input"), "file_input is not supported on surface: message"),
    ({"type": "image", "alt_text": "x"}, "must have either image_url or slack_file"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block.get("element", block)["type"]))
def test_a_good_block_is_accepted(block: dict[str, Any]):
    assert blocks_problems([block], "message") == []


@pytest.mark.parametrize(("block", "sentence"), BAD, ids=[sentence for _, sentence in BAD])
def test_a_bad_block_is_refused_with_a_sentence(block: dict[str, Any], sentence: str):
    problems = blocks_problems([block], "message")

    assert [problem for problem in problems if sentence in problem], problems


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_only_so_many_blocks(surface: str, most: int):
    dividers = [{"type": "divider"}] * most

    assert blocks_problems(dividers, surface) == []
    assert blocks_problems([*dividers, {"type": "divider"}], surface) == [
        f"[ERROR] no more than {most} items allowed [json-pointer:/blocks]"
    ]


def test_two_blocks_cannot_share_an_id():
    problems = blocks_problems([make.section(block_id="a"), make.section(block_id="a")], "message")

    assert problems == ["[ERROR] block_id a already exists [json-pointer:/blocks]"]


def test_the_same_action_id_may_stand_in_two_blocks():
    blocks = [make.actions(make.button(), block_id="a"), make.actions(make.button(), block_id="b")]

    assert blocks_problems(blocks, "message") == []


def test_only_one_element_takes_the_focus():
    one = make.field("plain_text_input", "one", focus_on_load=True)
    two = make.field("plain_text_input", "two", focus_on_load=True)

    assert view_problems(make.modal(one)) == []
    assert "focus_on_load" in view_problems(make.modal(one, two))[0]


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (make.modal(title=make.plain("x" * 25)), "must be less than 25 characters"),
        (make.modal(title=None), "missing required field: title"),
        (make.modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
        (make.modal(callback_id="x" * 256), "must be less than 256 characters"),
        (make.modal(make.field("plain_text_input"), submit=None), "missing required field: submit"),
        (make.modal(colour="red"), "invalid additional property: colour"),
        (make.home(title=make.plain()), "invalid additional property: title"),
        (make.home(blocks="none"), "must be an array"),
        ({"type": "window", "blocks": []}, "must be a view of type modal or home"),
    ],
)
def test_a_bad_view_is_refused_with_a_sentence(view: dict[str, Any], sentence: str):
    assert sentence in view_problems(view)[0]


def test_a_modal_is_no_home_tab():
    assert view_problems(make.modal(), "home") == [
        "[ERROR] must be a view of type home [json-pointer:/view/type]"
    ]


def test_options_come_by_the_hundred_at_most():
    assert options_problems({"options": [make.option()] * 100}) == []
    assert "no more than 100 items" in options_problems({"options": [make.option()] * 101})[0]


def test_a_modal_costs_by_the_number_of_its_fields_only():
    options = [make.option(str(number)) for number in range(5)]
    fields = [make.field("static_select", str(number), options=options) for number in range(90)]
    small, large = make.modal(*fields[:9]), make.modal(*fields)

    assert view_problems(large) == []
    assert grows_at_most(40, lambda: view_problems(small), lambda: view_problems(large))


def leaves(shape: Any) -> st.SearchStrategy[Any]:
    """Values that are sometimes right for a field and sometimes wrong."""
    right = [
        make.plain(),
        make.mrkdwn(),
        make.button(),
        make.option(),
        [make.option()],
        [make.plain()],
        [make.button()],
    ]
    return st.sampled_from([*right, "text", 3, True, [], [{}], {}, shape])


@given(st.data())
def test_whatever_is_accepted_slacks_own_schema_accepts_too(data: st.DataObject):
    kind = data.draw(st.sampled_from(["section", "actions", "header", "context", "input", "divider"]))
    fields = data.draw(st.lists(st.sampled_from(sorted(BLOCKS[kind]) or ["text"]), unique=True))
    block = {"type": kind, **{name: data.draw(leaves(None)) for name in fields}}
    if kind == "input":
        element = data.draw(st.sampled_from(sorted(ELEMENTS)))
        names = data.draw(st.lists(st.sampled_from(sorted(ELEMENTS[element])), unique=True))
        block |= {
            "label": make.plain(),
            "element": {"type": element, **{n: data.draw(leaves(None)) for n in names}},
        }

    if not blocks_problems([block], "modal"):
        given_fields = json.loads(json.dumps(block))
        assert [error.message for error in BLOCKS_SCHEMA.iter_errors([_without_nulls(given_fields)])] == []


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value

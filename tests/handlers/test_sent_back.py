"""What Slack sends back is read by its types: anything that no card or form of today sends is stale."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.block_kit import paging, payload
from handlers.block_kit.errors import Stale
from handlers.block_kit.paging import ListPosition
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import model_consent, plan_form
from handlers.offers import card as offer_card
from handlers.peer_coaching import card as peer_card
from handlers.peer_coaching import form as peer_form
from handlers.plans import card as plan_card
from handlers.profile import form as profile_form
from handlers.requests import draft_card
from handlers.requests import form as request_form
from handlers.sessions import feedback_card, wrap_up_form
from handlers.sprints import card as sprint_card
from handlers.sprints import check_in_form
from handlers.sprints import form as sprint_form
from handlers.sprints import nudges as sprint_nudges
from handlers.triage import advice, mind_form

ODD = (
    "",
    " ",
    "x",
    "a b c d e",
    "\x00",
    "a -1 b",
    "é 1",
    "{",
    "[]",
    '{"page":-1}',
    "a " + "9" * 5000,
    "🎉 2",
)
VALUES: Mapping[str, Callable[[str], Any]] = {
    "plan": plan_card.placed,
    "day of a plan": plan_card.moved,
    "talk": talk_card.placed,
    "rating": talk_card.rated,
    "peer": peer_card.pressed,
    "sprint": sprint_card.extended,
    "draft": draft_card.sent,
    "advice": advice.chosen,
    "pause": offer_card.pause_chosen,
    "page": paging.text_page,
    "list": paging.list_position,
    "lasts": lambda value: sprint_nudges.lasted(value, "sprint.lasts.yes"),
    "part of a plan": plan_form.asked,
    "consent": lambda value: model_consent.to_begin(f"seal {value} again"),
}
FORMS: Mapping[str, tuple[Callable[[dict[str, Any]], Any], dict[str, Any]]] = {
    "request": (request_form.filled, {"cause": "c"}),
    "sprint": (sprint_form.filled, {"cause": "c"}),
    "check-in": (check_in_form.cause_of, {"sprint_id": "S", "cause": "c"}),
    "peer": (peer_form.filled, {"cause": "c"}),
    "mind": (mind_form.filled, {"cause": "c"}),
    "own plan": (plan_form.filled, {"talk_id": "T", "which": "step"}),
    "topics": (request_form.topics_chosen, {"request_id": "R"}),
    "offer": (offer_card.passed_on, {"offer_id": "O"}),
    "feedback": (feedback_card.answered, {"id": "F"}),
    "wrap-up": (wrap_up_form.session_of, {"session_id": "S"}),
}


def view(kept: object, **fields: Any) -> dict[str, Any]:
    """A submitted form; a field is given as the state of its element."""
    metadata = kept if isinstance(kept, str) else json.dumps(kept)
    return {
        "private_metadata": metadata,
        "state": {"values": {name: {name: element} for name, element in fields.items()}},
    }


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("read", VALUES.values(), ids=VALUES)
def test_a_value_that_no_button_of_today_has_is_stale(read: Callable[[str], Any], value: str):
    with pytest.raises(Stale):
        read(value)


def test_values_of_today_are_read_whole():
    assert plan_card.placed("P 3 2026-11-23") == ("P", 3, date(2026, 11, 23))
    assert plan_card.moved("P 3 2026-11-23") == ("P", 3, date(2026, 11, 23), None)
    assert plan_card.moved("P 3 2026-11-23 2026-11-25") == ("P", 3, date(2026, 11, 23), date(2026, 11, 25))
    assert talk_card.rated("no T 2") == (False, "T", 2)
    assert offer_card.pause_chosen("3d R.U0ADA") == ("3d", "R.U0ADA")
    page = paging.list_position('{"list": "reading.requests", "before": null}')
    assert page == ListPosition(list=paging.REQUESTS)
    assert sprint_nudges.lasted("S.w6", "sprint.lasts.partly") == ("S", "w6", "partly")
    assert model_consent.to_begin("seal D grow") == ("D", "grow")
    assert model_consent.to_begin("seal privacy") is None


@pytest.mark.parametrize("kept", ["", "{", "[]", "null", '"x"', "{}", "[[[", '{"cause": "a b"}'])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_that_was_opened_with_something_else_is_stale(form: tuple[Any, dict[str, Any]], kept: str):
    read, _ = form
    with pytest.raises(Stale):
        read(view(kept))


@pytest.mark.parametrize("wrong", [None, 3, [], {}, "a b", "x" * 256, "\x00", "é"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_each_id_that_a_form_was_opened_with_is_an_id(form: tuple[Any, dict[str, Any]], wrong: Any):
    read, kept = form
    assert read(view(kept))
    for name in kept:
        with pytest.raises(Stale):
            read(view({**kept, name: wrong}))


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("question", {"value": 3}),
        ("question", {"value": {"a": 1}}),
        ("urgency", {"selected_option": {"value": "yesterday"}}),
        ("urgency", {"selected_option": "now"}),
        ("minutes", {"selected_option": {"value": "soon"}}),
        ("minutes", {"selected_option": {"value": "-5"}}),
        ("topics", {"selected_options": {"value": "python"}}),
        ("topics", {"selected_options": [{"value": None}]}),
        ("topics", {"selected_options": [{"value": "a\nb"}]}),
        ("topics", {"value": "python"}),
        ("prefer", {"selected_user": "a b"}),
    ],
)
def test_a_field_that_no_menu_of_today_fills_so_is_stale(name: str, element: Any):
    with pytest.raises(Stale):
        request_form.filled(view({"cause": "c"}, **{name: element}))


@pytest.mark.parametrize("state", [None, 3, [], {"values": None}, {"values": []}, {"values": {"a": 1}}])
def test_a_form_without_fields_where_they_belong_is_stale(state: Any):
    with pytest.raises(Stale):
        request_form.filled({"private_metadata": '{"cause": "c"}', "state": state})


def test_what_is_left_empty_has_its_default_and_what_is_chosen_its_type():
    empty = request_form.filled(
        view({"cause": "c"}, tried={"value": None}, anonymous={"selected_options": []})
    )
    filled = profile_form.filled(
        view(
            {},
            level={"selected_option": {"value": "5"}},
            hours={"value": "mon-fri 9-17"},
            topics_2={"selected_options": [{"value": "python"}]},
            apart={"selected_users": ["U0ADA"]},
        )
    )
    step = wrap_up_form.planned(
        view({"session_id": "S"}, action={"value": " go "}, at={"selected_date_time": 1_800_000_000})
    )

    assert (empty.tried, empty.anonymous, empty.minutes) == ("", False, None)
    assert (filled.profile.level, filled.profile.topics, filled.apart) == (5, {"python": 2}, {"U0ADA"})
    assert step is not None
    assert (step.action, step.at) == ("go", datetime.fromtimestamp(1_800_000_000, UTC))


@pytest.mark.parametrize("at", [-1, 0, 10**12, "soon", 1.5])
def test_a_moment_that_no_picker_offers_is_stale(at: Any):
    with pytest.raises(Stale):
        wrap_up_form.planned(view({"session_id": "S"}, at={"selected_date_time": at}))


def test_what_a_form_was_opened_with_wins_over_a_field_of_the_same_name():
    assert payload.answers(view({"cause": "c"}, cause={"value": "forged"}))["cause"] == "c"

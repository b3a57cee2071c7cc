"""Turns what a person picks, as a plain Python value, into the state that Slack's client would send."""

from collections.abc import Sequence
from typing import Any

from playground.workspace.view_state import STATEFUL, Blocks, elements

Pick = str | int | bool | None | dict[str, Any] | Sequence[str]
Found = tuple[dict[str, Any], dict[str, Any]]
EXTERNAL = ("external_select", "multi_external_select")
BUTTONS = ("button", "workflow_button", "icon_button", "feedback_buttons")


def element(blocks: Blocks, action_id: str, block_id: str | None) -> Found:
    """The block and element with an action id."""
    for block, each in elements(blocks):
        if each["action_id"] == action_id and block_id in (None, block["block_id"]):
            return block, each
    raise LookupError(f"no element {action_id!r}; there are {_names(blocks)}")


def button(blocks: Blocks, name: str, block_id: str | None) -> Found:
    """The block and button, or choice behind three dots, with an action id or a label."""
    for block, element in elements(blocks):
        for each in _buttons(element):
            label = each.get("text", {}).get("text") if each["type"] in (*BUTTONS, "overflow") else None
            if name in (each["action_id"], label) and block_id in (None, block["block_id"]):
                return block, each
    raise LookupError(f"no button {name!r}; there are {_names(blocks)}")


def _buttons(element: dict[str, Any]) -> list[dict[str, Any]]:
    """An element, or the two buttons of which a pair for feedback consists, or a menu's choices."""
    if element["type"] == "overflow":
        return [{**element, "text": it["text"], "selected_option": it} for it in element["options"]]
    sides = [element[side] for side in ("positive_button", "negative_button") if side in element]
    return [{**element, **side} for side in sides] or [element]


def field(blocks: Blocks, block_id: str) -> Found:
    """The block with an id, and its one element that can be filled in."""
    for block, each in elements(blocks):
        if block["block_id"] == block_id and each["type"] in STATEFUL:
            return block, each
    raise LookupError(f"no field {block_id!r}; there are {_names(blocks)}")


def offered(element: dict[str, Any]) -> list[dict[str, Any]]:
    """The options that an element carries itself, groups flattened, and those it starts with."""
    first = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    return [*flattened(element), *first]


def flattened(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """`options` and the options of all `option_groups`."""
    groups = [option for group in answer.get("option_groups") or () for option in group["options"]]
    return [*(answer.get("options") or ()), *groups]


def labels(value: Pick) -> list[str]:
    """What is typed into a type-ahead menu to find a pick."""
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []


def picked(element: dict[str, Any], value: Pick, options: list[dict[str, Any]]) -> dict[str, Any]:
    """The element's state after a person picked *value*; None clears it."""
    kept = STATEFUL.get(element["type"])
    key = kept.answer if kept else "selected_option"
    empty = kept.empty if kept else None
    return {"type": element["type"], key: empty if value is None else _answer(key, value, options)}


def _answer(key: str, value: Pick, options: list[dict[str, Any]]) -> Any:
    if key == "files":
        return [{"id": each} for each in _several(value)]
    if key == "selected_option":
        return value if isinstance(value, dict) else _option(str(value), options)
    if key == "selected_options":
        return [each if isinstance(each, dict) else _option(str(each), options) for each in _several(value)]
    if key.startswith("selected_") and key.endswith("s"):
        return list(_several(value))
    return value if key == "selected_date_time" else str(value)


def _several(value: Pick) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _option(name: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    for option in options:
        if name in (option.get("value"), option["text"]["text"]):
            return option
    raise LookupError(f"no option {name!r}; there are {[option['text']['text'] for option in options]}")


def _names(blocks: Blocks) -> list[str]:
    return [f"{block['block_id']}/{each['action_id']}" for block, each in elements(blocks)]

"""What people have filled in: the `state.values` of a view or message, by block id and action id."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

Values = dict[str, dict[str, Any]]
Blocks = list[dict[str, Any]]


class Stateful(NamedTuple):
    """How an element keeps its answer: the answer's key, the key of its initial value, and empty."""

    answer: str
    initial: str
    empty: Any


STATEFUL: Mapping[str, Stateful] = {
    "plain_text_input": Stateful("value", "initial_value", None),
    "email_text_input": Stateful("value", "initial_value", None),
    "url_text_input": Stateful("value", "initial_value", None),
    "number_input": Stateful("value", "initial_value", None),
    "rich_text_input": Stateful("rich_text_value", "initial_value", None),
    "static_select": Stateful("selected_option", "initial_option", None),
    "external_select": Stateful("selected_option", "initial_option", None),
    "radio_buttons": Stateful("selected_option", "initial_option", None),
    "multi_static_select": Stateful("selected_options", "initial_options", []),
    "multi_external_select": Stateful("selected_options", "initial_options", []),
    "checkboxes": Stateful("selected_options", "initial_options", []),
    "users_select": Stateful("selected_user", "initial_user", None),
    "multi_users_select": Stateful("selected_users", "initial_users", []),
    "conversations_select": Stateful("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": Stateful("selected_conversations", "initial_conversations", []),
    "channels_select": Stateful("selected_channel", "initial_channel", None),
    "multi_channels_select": Stateful("selected_channels", "initial_channels", []),
    "datepicker": Stateful("selected_date", "initial_date", None),
    "timepicker": Stateful("selected_time", "initial_time", None),
    "datetimepicker": Stateful("selected_date_time", "initial_date_time", None),
    "file_input": Stateful("files", "", []),
}


def elements(blocks: Blocks) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each interactive element with the block that holds it."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def with_ids(blocks: Blocks, fresh: Callable[[], str]) -> Blocks:
    """The blocks with a block id and action ids wherever the app gave none, as Slack does."""
    return [_block_with_ids(block, fresh) for block in blocks]


def carried(blocks: Blocks, old: Values) -> Values:
    """The state of *blocks*: what was filled in where ids and type stay, else the initial value."""
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] in STATEFUL:
            kept = old.get(block["block_id"], {}).get(element["action_id"])
            # Slack lets typed text win over a new initial value; only new ids begin anew.
            same = kept is not None and kept["type"] == element["type"]
            values.setdefault(block["block_id"], {})[element["action_id"]] = (
                kept if same else _initial(element)
            )
    return values


def merged(blocks: Blocks, old: Values, said: Values) -> Values:
    """The state after the client said what is filled in; what it does not name stays."""
    return carried(blocks, {block: {**old.get(block, {}), **said.get(block, {})} for block in {*old, *said}})


def refused(blocks: Blocks, values: Values) -> dict[str, str]:
    """By block id, what Slack's client would ask to put right before it submits anything."""
    found = {}
    for block in blocks:
        if block["type"] == "input" and (sentence := _refused(block, values)):
            found[block["block_id"]] = sentence
    return found


def _refused(block: dict[str, Any], values: Values) -> str | None:
    element = block["element"]
    given = values.get(block["block_id"], {}).get(element["action_id"], {})
    answer = given.get(STATEFUL[element["type"]].answer) if element["type"] in STATEFUL else None
    if answer in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        return _refused_length(element, len(answer))
    return None


def _refused_length(element: dict[str, Any], length: int) -> str | None:
    if length < element.get("min_length", 0):
        return f"Must be at least {element['min_length']} characters."
    if length > element.get("max_length", 3000):
        return f"Must be at most {element.get('max_length', 3000)} characters."
    return None


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    kept = STATEFUL[element["type"]]
    return {"type": element["type"], kept.answer: element.get(kept.initial, kept.empty)}


def _block_with_ids(block: dict[str, Any], fresh: Callable[[], str]) -> dict[str, Any]:
    filled = {**block, "block_id": block.get("block_id") or fresh()}
    for key in ("element", "accessory"):
        if isinstance(block.get(key), dict):
            filled[key] = _element_with_id(block[key], fresh)
    if block["type"] in ("actions", "context_actions"):
        filled["elements"] = [_element_with_id(element, fresh) for element in block["elements"]]
    return filled


def _element_with_id(element: dict[str, Any], fresh: Callable[[], str]) -> dict[str, Any]:
    if element["type"] == "image" or element.get("action_id"):
        return element
    return {**element, "action_id": fresh()}

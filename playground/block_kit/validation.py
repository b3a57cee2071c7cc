"""Says what Slack would refuse in blocks, views and options: a sentence and a JSON pointer each."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playground.block_kit.rules import Rule, Shape
from playground.block_kit.schema import (
    AT_LEAST_ONE,
    BLOCKS,
    CELLS,
    ELEMENTS,
    EVERYWHERE,
    EXACTLY_ONE,
    ID,
    MOST_BLOCKS,
    OPTIONS_ANSWER,
    SURFACES,
    TEXTS,
    VIEWS,
)

Problems = Iterator[str]
TYPED_SHAPES: Mapping[str, Shape] = {**CELLS, **BLOCKS, **ELEMENTS}
MOST_MARKDOWN = 12_000


def blocks_problems(blocks: Any, surface: str, at: str = "/blocks") -> list[str]:
    """What is wrong with *blocks* on a surface: message, modal or home."""
    if not isinstance(blocks, list):
        return [_error("must be an array", at)]
    found = [
        problem for number, block in enumerate(blocks) for problem in _block(block, surface, f"{at}/{number}")
    ]
    if len(blocks) > MOST_BLOCKS[surface]:
        found.append(_error(f"no more than {MOST_BLOCKS[surface]} items allowed", at))
    # What is wrong between blocks can only be said of blocks that are right by themselves.
    return found or list(_together(blocks, at))


def view_problems(view: Mapping[str, Any], kind: str | None = None) -> list[str]:
    """What is wrong with a view. *kind* is what it must be, when the method takes only one."""
    given = str(view.get("type"))
    if given not in VIEWS or kind not in (None, given):
        return [_error(f"must be a view of type {kind or 'modal or home'}", "/view/type")]
    found = list(_fields(VIEWS[given], view, "/view"))
    if isinstance(view.get("blocks"), list):
        found += blocks_problems(view["blocks"], given, "/view/blocks")
    if not found and given == "modal" and not view.get("submit") and _has_input(view["blocks"]):
        found.append(_error("missing required field: submit, since there are input blocks", "/view"))
    return found


def options_problems(answer: Mapping[str, Any]) -> list[str]:
    """What is wrong with the answer to a type-ahead menu's question."""
    return list(_fields(OPTIONS_ANSWER, answer, ""))


def _block(block: Any, surface: str, at: str) -> Problems:
    kind = _type(block)
    if kind not in BLOCKS:
        yield _error(f"unsupported type: {kind}", f"{at}/type")
        return
    # Some fields are for one surface only, whatever block holds them.
    for part in {kind, _type(block.get("element"))}:
        if surface not in SURFACES.get(part, EVERYWHERE):
            yield _error(f"{part} is not supported on surface: {surface}", at)
    yield from _check(ID, block.get("block_id", ""), f"{at}/block_id")
    wrong = list(_fields(BLOCKS[kind], block, at, ("type", "block_id")))
    yield from wrong or _inside(block, at)


def _fields(shape: Shape, value: Any, at: str, free: tuple[str, ...] = ()) -> Problems:
    if not isinstance(value, dict):
        yield _error("must be an object", at)
        return
    for key in value.keys() - shape.keys() - set(free):
        yield _error(f"invalid additional property: {key}", at)
    for key, rule in shape.items():
        if value.get(key) is not None:
            yield from _check(rule, value[key], f"{at}/{key}")
        elif rule.required:
            yield _error(f"missing required field: {key}", at)


def _check(rule: Rule, value: Any, at: str) -> Problems:
    return CHECKS[rule.kind](rule, value, at)


def _string(rule: Rule, value: Any, at: str) -> Problems:
    if not isinstance(value, str):
        yield _error("must be a string", at)
    elif rule.most is not None and len(value) > rule.most:
        yield _error(f"must be less than {rule.most + 1} characters", at)
    elif len(value) < rule.least:
        yield _error(f"must be more than {rule.least - 1} characters", at)


def _pattern(rule: Rule, value: Any, at: str) -> Problems:
    if not isinstance(value, str) or not rule.of.fullmatch(value):
        yield _error(f"must match {rule.of.pattern}", at)


def _text(rule: Rule, value: Any, at: str) -> Problems:
    kind = _type(value)
    if kind not in rule.of:
        yield _error(f"must be a text object of type {' or '.join(rule.of)}", at)
        return
    for key in value.keys() - TEXTS[kind]:
        yield _error(f"invalid additional property: {key}", at)
    yield from _string(rule, value.get("text"), f"{at}/text")


def _number(rule: Rule, value: Any, at: str) -> Problems:
    if not isinstance(value, int) or isinstance(value, bool):
        yield _error("must be an integer", at)
    elif value < rule.least or (rule.most is not None and value > rule.most):
        yield _error(f"must be from {rule.least} to {rule.most}", at)


def _flag(_rule: Rule, value: Any, at: str) -> Problems:
    if not isinstance(value, bool):
        yield _error("must be a boolean", at)


def _choice(rule: Rule, value: Any, at: str) -> Problems:
    if value not in rule.of:
        yield _error(f"must be a valid enum value: {', '.join(rule.of)}", at)


def _list(rule: Rule, value: Any, at: str) -> Problems:
    if not isinstance(value, list):
        yield _error("must be an array", at)
        return
    if rule.most is not None and len(value) > rule.most:
        yield _error(f"no more than {rule.most} items allowed", at)
    if len(value) < rule.least:
        yield _error(f"no fewer than {rule.least} items allowed", at)
    for number, each in enumerate(value):
        yield from _check(rule.of, each, f"{at}/{number}")


def _shape(rule: Rule, value: Any, at: str) -> Problems:
    return _fields(rule.of, value, at)


def _typed(rule: Rule, value: Any, at: str) -> Problems:
    kind = _type(value)
    if kind not in rule.of:
        yield _error(f"unsupported type: {kind}", f"{at}/type")
    elif kind in TEXTS:
        yield from _text(Rule("text", 3000, 1, of=(kind,)), value, at)
    else:
        shape = TYPED_SHAPES[kind]
        wrong = list(_fields(shape, value, at, ("type", "block_id") if kind in BLOCKS else ("type",)))
        yield from wrong or _inside(value, at)


def _type(value: Any) -> str:
    return str(value.get("type")) if isinstance(value, dict) else "none"


def _anything(_rule: Rule, _value: Any, _at: str) -> Problems:
    return iter(())


def _inside(element: dict[str, Any], at: str) -> Problems:
    """Say what is wrong between fields that are each right by themselves."""
    kind = element["type"]
    if kind in EXACTLY_ONE and sum(element.get(key) is not None for key in EXACTLY_ONE[kind]) != 1:
        yield _error(f"must have either {' or '.join(EXACTLY_ONE[kind])}", at)
    if kind in AT_LEAST_ONE and not any(element.get(key) for key in AT_LEAST_ONE[kind]):
        yield _error(f"missing required field: {' or '.join(AT_LEAST_ONE[kind])}", at)
    offered = [option for group in element.get("option_groups") or () for option in group["options"]]
    offered += element.get("options") or ()
    chosen = [element.get("initial_option"), *(element.get("initial_options") or ())]
    if offered and any(option not in offered for option in chosen if option):
        yield _error("initial option must be one of the options", at)


def _together(blocks: list[dict[str, Any]], at: str) -> Problems:
    """Say what is wrong between blocks that are each right by themselves."""
    for block_id in _doubles(block.get("block_id") for block in blocks):
        yield _error(f"block_id {block_id} already exists", at)
    focused = 0
    for number, block in enumerate(blocks):
        inner = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        elements = [each for each in inner if isinstance(each, dict)]
        focused += sum(bool(each.get("focus_on_load")) for each in elements)
        for action_id in _doubles(each.get("action_id") for each in elements):
            yield _error(f"action_id {action_id} already exists in this block", f"{at}/{number}")
    if focused > 1:
        yield _error("only one element may have focus_on_load", at)
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MOST_MARKDOWN:
        yield _error(f"markdown blocks must have less than {MOST_MARKDOWN + 1} characters together", at)
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield _error("only one table is allowed", at)


def _doubles(ids: Iterator[str | None]) -> list[str]:
    return [name for name, count in Counter(filter(None, ids)).items() if count > 1]


def _has_input(blocks: list[dict[str, Any]]) -> bool:
    return any(block["type"] == "input" for block in blocks)


def _error(sentence: str, at: str) -> str:
    return f"[ERROR] {sentence} [json-pointer:{at}]"


CHECKS: Mapping[str, Callable[[Rule, Any, str], Problems]] = {
    "string": _string,
    "pattern": _pattern,
    "text": _text,
    "number": _number,
    "flag": _flag,
    "choice": _choice,
    "list": _list,
    "shape": _shape,
    "typed": _typed,
    "anything": _anything,
}

"""Slack's limits on what an app sends, as data, and a checker that shares nothing with the app.

Numbers are those of Slack's reference pages for blocks, elements, objects and surfaces; types and keys are
judged by the JSON Schemas in tests/data.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

Json = dict[str, Any]

LENGTHS = {
    "header": {"text": 150},
    "section": {"text": 3000},
    "button": {"text": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "option": {"text": 75, "value": 150, "description": 75},
    "input": {"label": 2000, "hint": 2000},
    "confirm": {"title": 100, "text": 300, "confirm": 30, "deny": 30},
    "plain_text_input": {"initial_value": 3000},
    "modal": {"title": 24, "submit": 24, "close": 24, "callback_id": 255, "private_metadata": 3000},
    "home": {"callback_id": 255, "private_metadata": 3000, "external_id": 255},
    "*": {"block_id": 255, "action_id": 255, "placeholder": 150},
}
COUNTS = {
    "section": {"fields": (1, 10)},
    "context": {"elements": (1, 10)},
    "actions": {"elements": (1, 25)},
    "overflow": {"options": (1, 5)},
    "checkboxes": {"options": (1, 10)},
    "radio_buttons": {"options": (1, 10)},
    "static_select": {"options": (1, 100), "option_groups": (1, 100)},
    "modal": {"blocks": (1, 100)},
    "home": {"blocks": (1, 100)},
    "message": {"blocks": (0, 50)},
}
TEXT_TYPES = ("plain_text", "mrkdwn")
VIEW_BYTES = 250_000
MESSAGE_TEXT = 40_000
ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
TOKEN = re.compile(r"<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+(?:\|[^<>]*)?|!date\^[^<>]+\|[^<>]+|https?://[^<>]+)>")


def faults_of_message(message: Json) -> list[str]:
    """What Slack would refuse, or a reader would miss, in a message with text and blocks."""
    return [*_faults({"type": "message", **message}, "message"), *_schema("Blocks", message["blocks"])]


def faults_of_view(view: Json) -> list[str]:
    """What Slack would refuse in a modal or a Home view."""
    name = "Home" if view["type"] == "home" else "Modal"
    large = [] if len(json.dumps(view)) <= VIEW_BYTES else ["view: more than 250 kB"]
    return [*large, *_faults(view, view["type"]), *_schema(name, view), *_forms(view)]


def faults_of_options(answer: Json) -> list[str]:
    """What Slack would refuse in the answer to a type-ahead menu."""
    groups = answer.get("option_groups") or [{"options": answer["options"]}]
    options = [option for group in groups for option in group["options"]]
    many = [] if len(groups) <= 100 and len(options) <= 100 else [f"{len(options)} options"]
    doubles = [] if len({one["value"] for one in options}) == len(options) else ["an option twice"]
    labels = [f"group label {g['label']}" for g in groups if "label" in g and units(g["label"]["text"]) > 75]
    return [*many, *doubles, *labels, *(fault for one in options for fault in _option(one, "options"))]


def units(text: str) -> int:
    """The length as JavaScript counts it: the strictest reading of "characters"."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _faults(thing: Json, where: str) -> list[str]:
    text = thing.get("text", "x") if thing["type"] == "message" else "x"
    silent = ["message: no text"] if not text.strip() else []
    long = ["message: text too long"] if units(text) > MESSAGE_TEXT else []
    return [*silent, *long, *_broken(text, where), *_walk(thing, where), *_ids(thing["blocks"])]


def _walk(node: Any, where: str) -> Iterator[str]:
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from _walk(item, f"{where}[{number}]")
    elif isinstance(node, dict):
        yield from _sizes(node, where)
        for name, item in node.items():
            yield from _walk(item, f"{where}.{name}")


def _sizes(node: Json, where: str) -> Iterator[str]:
    kind = "confirm" if where.endswith(".confirm") and "deny" in node else node.get("type", "")
    lengths = _lengths(kind)
    for name in node:
        if name in lengths and units(_words(node[name])) > (most := lengths[name]):
            yield f"{where}.{name}: more than {most} characters"
    for name, (least, most) in COUNTS.get(kind, {}).items():
        if name in node and not least <= len(node[name]) <= most:
            yield f"{where}.{name}: {len(node[name])} items, not {least} to {most}"
    if kind in TEXT_TYPES:
        yield from _text(node, where)
    for option in [*node.get("options", ()), *node.get("initial_options", ())]:
        yield from _option(option, where)


@cache
def _lengths(kind: str) -> Mapping[str, int]:
    return {**LENGTHS["*"], **LENGTHS.get(kind, {})}


def _text(node: Json, where: str) -> Iterator[str]:
    if not 1 <= units(node["text"]) <= 3000 or not node["text"].strip():
        yield f"{where}: {units(node['text'])} characters of text"
    if node["type"] == "mrkdwn":
        yield from _broken(node["text"], where)


def _broken(text: str, where: str) -> list[str]:
    """Mrkdwn with a bare ampersand or angle bracket was cut inside an entity, or never escaped."""
    bare = TOKEN.sub("", text)
    return [f"{where}: raw markup in {bare[-80:]!r}"] if ENTITY.search(bare) or _angled(bare) else []


def _angled(text: str) -> bool:
    unquoted = re.sub(r"(?m)^> ?", "", text)
    return "<" in unquoted or ">" in unquoted


def _option(option: Json, where: str) -> Iterator[str]:
    for name, most in LENGTHS["option"].items():
        if units(_words(option.get(name))) > most:
            yield f"{where}: option {name} longer than {most}"
    if not option.get("value"):
        yield f"{where}: option without a value"


def _words(value: Any) -> str:
    return str(value.get("text", "")) if isinstance(value, dict) else value if isinstance(value, str) else ""


def _ids(blocks: list[Json]) -> list[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    doubles = [f"block_id {one} twice" for one in set(ids) if ids.count(one) > 1]
    return doubles + [f"action_id {one} twice in a block" for block in blocks for one in _doubled(block)]


def _doubled(block: Json) -> set[str]:
    parts = [*block.get("elements", ()), block.get("accessory") or {}, block.get("element") or {}]
    ids = [part["action_id"] for part in parts if "action_id" in part]
    return {one for one in ids if ids.count(one) > 1}


def _forms(view: Json) -> list[str]:
    if view["type"] == "home":
        return ["home: a key it does not take"] if {"title", "submit", "close"} & set(view) else []
    has_input = any(block["type"] == "input" for block in view["blocks"])
    return ["modal: input without submit"] if has_input and "submit" not in view else []


@cache
def _validator(name: str) -> Draft7Validator:
    path = Path(__file__).parents[1] / "data" / f"schema.{name}.json"
    return Draft7Validator(json.loads(path.read_text()))


def _schema(name: str, instance: Any) -> list[str]:
    """What a schema refuses around the blocks, then in each block: one block stands in many things."""
    blocks = instance if isinstance(instance, list) else instance["blocks"]
    around = [] if isinstance(instance, list) else {**instance, "blocks": []}
    inner = [fault for block in blocks for fault in _schema_faults("Blocks", _written([block]))]
    return [*_schema_faults(name, _written(around)), *inner]


def _written(instance: Any) -> str:
    return json.dumps(_skeleton(instance), sort_keys=True)


@cache
def _schema_faults(name: str, skeleton: str) -> list[str]:
    errors = _validator(name).iter_errors(json.loads(skeleton))
    return [f"schema: {error.json_path}: {error.message[:200]}" for error in errors]


def _skeleton(node: Any, name: str = "") -> Any:
    """A thing without its words, which no schema looks at, and without repeated neighbors."""
    if isinstance(node, list):
        inner = [_skeleton(item) for item in node]
        return [item for number, item in enumerate(inner) if item not in inner[:number]]
    if isinstance(node, dict):
        return {key: _skeleton(item, key) for key, item in node.items()}
    return "words" if isinstance(node, str) and name not in ("type", "style") else node

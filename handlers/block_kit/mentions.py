"""Who is mentioned in what people typed: their names as they are known here, which notify nobody.

In blocks for what people typed, a mention stays the characters `<@U…>`, which Slack shows as they are.
Whatever is about to be shown passes here, so that a name stands there.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from handlers.block_kit import blocks, mrkdwn, texts, typed_text
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.picture import Picture
from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person

MOST = 50  # people looked up for one message; who else is mentioned is "someone"
_UNKNOWN = "someone"
_IN_MRKDWN = re.compile(mrkdwn.escape(typed_text.MENTION.pattern))
_HOLDERS = frozenset({"rich_text", "rich_text_quote", "rich_text_section", "context"})


async def in_picture(desk: Desk, picture: Picture) -> Picture:
    """A picture with names in the place of the mentions that people typed."""
    shown = await in_blocks(desk, picture.blocks)
    return picture if shown == picture.blocks else replace(picture, text=blocks.spoken(shown), blocks=shown)


async def in_view(desk: Desk, view: View) -> View:
    """A view with names in the place of the mentions that people typed."""
    return {**view, "blocks": await in_blocks(desk, view["blocks"])}


async def in_text(desk: Desk, text: str) -> str:
    """Mrkdwn with names in the place of the mentions that people typed."""
    [block] = await in_blocks(desk, [{"type": "mrkdwn", "text": text}])
    return str(block["text"])


async def in_words(desk: Desk, text: str) -> str:
    """Plain words with names in the place of the mentions in them, for a field that people edit."""
    bare = typed_text.unlabeled(text)
    ids = list(dict.fromkeys(typed_text.MENTION.findall(bare)))[:MOST]
    known = await desk.store.look(lambda read: _called(read, ids), load=[Key(Person, id) for id in ids])
    return typed_text.MENTION.sub(lambda mention: f"@{known.get(mention.group(1), _UNKNOWN)}", bare)


async def in_blocks(desk: Desk, shown: Sequence[Block]) -> list[Block]:
    """Blocks with names in the place of the mentions that people typed."""
    mentioned = [
        id for block in shown for text in _texts(block) for id in _pattern(text).findall(text["text"])
    ]
    if not mentioned:
        return list(shown)
    ids = list(dict.fromkeys(mentioned))[:MOST]
    known = await desk.store.look(lambda read: _called(read, ids), load=[Key(Person, id) for id in ids])
    return [_changed(block, lambda text: _named(text, known)) for block in shown]


def _called(read: Snapshot, ids: Iterable[str]) -> Mapping[str, str]:
    people = {id: read.find(Person, PersonId(id)) for id in ids}
    return {id: texts.name(person.called) for id, person in people.items() if person and person.called}


def _pattern(text: Element) -> re.Pattern[str]:
    return _IN_MRKDWN if text["type"] == "mrkdwn" else typed_text.MENTION


def _named(text: Element, known: Mapping[str, str]) -> Element:
    def put(mention: re.Match[str]) -> str:
        name = f"@{known.get(mention.group(1), _UNKNOWN)}"
        return mrkdwn.inert(name) if text["type"] == "mrkdwn" else name

    return {**text, "text": _pattern(text).sub(put, text["text"])}


def _texts(block: Block) -> list[Element]:
    """Every text of a block that may hold what people typed, buttons and fields apart."""
    if isinstance(block.get("text"), str):
        return [block]
    inner = block["elements"] if block["type"] in _HOLDERS else [block["text"]] if _is_section(block) else []
    return [text for part in inner for text in _texts(part)]


def _is_section(block: Block) -> bool:
    return bool(block["type"] == "section")


def _changed(node: Element, change: Callable[[Element], Element]) -> Element:
    if isinstance(node.get("text"), str):
        return change(node)
    if _is_section(node):
        return {**node, "text": _changed(node["text"], change)}
    if node["type"] in _HOLDERS:
        return {**node, "elements": [_changed(part, change) for part in node["elements"]]}
    return node

"""The type-ahead menu of topics: its choices, ranked by the catalogue, at most 100 of however many."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from handlers.block_kit import blocks, labels
from handlers.block_kit import payload as sent_back
from handlers.block_kit.blocks import Element
from handlers.interactions.ports import App
from kernel.desk import Desk
from kernel.topics import Catalogue
from kernel.values import TopicId

MOST = 100
NAMES = re.compile(r"topics|topics_[123]|learns|wants|needs")


def menu(
    chosen: Iterable[TopicId],
    topics: Catalogue,
    *,
    placeholder: str = labels.TYPE_LETTERS,
    at_most: int | None = None,
) -> Element:
    """The menu with these topics chosen; those that are gone are left out."""
    options = [_option(topic_id, topics) for topic_id in topics.known(tuple(chosen))]
    return blocks.type_ahead(options, placeholder=placeholder, at_most=at_most)


def choices(typed: str, topics: Catalogue) -> dict[str, Any]:
    """The best choices for what was typed, or the topics by group when nothing was."""
    found = [TopicId(topic.id) for topic in topics.tagger.complete(typed, MOST)]
    return _ranked(found, topics) if typed.strip() else _grouped(found, topics)


def _option(topic_id: TopicId, topics: Catalogue) -> Element:
    return blocks.option(topics.label(topic_id), topic_id)


def _ranked(found: Sequence[TopicId], topics: Catalogue) -> dict[str, Any]:
    return {"options": [_option(topic_id, topics) for topic_id in found]}


def _grouped(found: Sequence[TopicId], topics: Catalogue) -> dict[str, Any]:
    """Topics under their parents' names; those that stand alone are under one heading."""
    headings = {topics.get(topic_id).parent for topic_id in found}
    groups: dict[str, list[TopicId]] = {}
    for topic_id in found:
        heading = topics.get(topic_id).parent or (topic_id if topic_id in headings else None)
        groups.setdefault(topics.label(heading) if heading else labels.MORE_TOPICS, []).append(topic_id)
    grouped = [_group(label, ids, topics) for label, ids in groups.items()]
    return {"option_groups": grouped} if grouped else _ranked((), topics)


def _group(label: str, found: Sequence[TopicId], topics: Catalogue) -> Element:
    return {"label": blocks.plain(label, 75), "options": [_option(topic_id, topics) for topic_id in found]}


async def _serve(ack: Any, payload: dict[str, Any], desk: Desk) -> None:
    """Answer a menu that is open while somebody types."""
    await ack(choices(sent_back.read(str, payload.get("value", "")), desk.topics))


def register(app: App) -> None:
    """Serve every menu of topics."""
    app.options(NAMES)(_serve)

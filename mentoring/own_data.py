"""What is stored about one person, as the features declare it: for the person, who may ask for all of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kernel.desk import Desk
from kernel.errors import Unreadable
from kernel.features import Features
from kernel.store import Key, Snapshot
from kernel.values import Document, PersonId

AT_ONCE = 200  # documents that are read at a moment
# What the store keeps beside documents.
BESIDE = {
    "cards": "which message shows which of these to the person: the messages are in Slack",
    "agenda": "what the app does next with each of these, and when",
}


async def export(desk: Desk, features: Features, me: PersonId, now: datetime) -> dict[str, Any]:
    """Return all that is stored about a person as JSON has it: by name, newest first.

    *left_out* says what is not in it, and why. *unreadable* counts what only a newer release can read.
    """
    data, unreadable = dict[str, list[dict[str, Any]]](), 0
    for name, exported in features.exported.items():
        documents, unread = await _read(desk, exported.document, await exported.found(desk, me))
        data[name] = [exported.part(it, me) for it in documents if exported.is_own(it, me)]
        unreadable += unread
    unsaid = dict.fromkeys(sorted(features.unsaid), "nothing says yet what of it is the person's")
    return {
        "person": me,
        "workspace": desk.store.workspace,
        "made_at": now.isoformat(),
        "data": data,
        "left_out": {**BESIDE, **features.left_out, **unsaid},
        "unreadable": unreadable,
    }


async def _read(desk: Desk, kind: type[Document], ids: Sequence[str]) -> tuple[list[Document], int]:
    """Return the documents that can be read, and how many can't."""
    found, unread = list[Document](), 0
    for first in range(0, len(ids), AT_ONCE):
        keys = [Key(kind, id) for id in ids[first : first + AT_ONCE]]

        def view(read: Snapshot, keys: Sequence[Key] = keys) -> list[Document | Unreadable | None]:
            return [_either(read, key) for key in keys]

        seen = await desk.store.look(view, load=keys)
        found += [it for it in seen if isinstance(it, Document)]
        unread += sum(isinstance(it, Unreadable) for it in seen)
    return found, unread


def _either(read: Snapshot, key: Key) -> Document | Unreadable | None:
    try:
        return read.find(key.type, key.id)
    except Unreadable as newer:
        return newer

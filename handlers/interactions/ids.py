"""Ids that come from what caused them, so that the same press or the same event finds its first result."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any


def caused_by(cause: str) -> str:
    """The id that a trigger, an event or a form leads to, always the same one."""
    return blake2s(cause.encode(errors="surrogatepass"), digest_size=10).hexdigest()


def of_event(event: Mapping[str, Any], event_id: str) -> str:
    """The id of what an event tells of: Slack may tell of one message in two events, with two ids.

    Whatever happened has a moment of its own in its conversation; without one, *event_id* has to do.
    """
    moment = event.get("ts") or event.get("event_ts")
    return caused_by(f"{event.get('channel')} {moment}" if moment else event_id)

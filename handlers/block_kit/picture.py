"""What one card looks like now."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block


@dataclass(frozen=True, slots=True)
class Root:
    """The message under which another stands: a thing's card, in a state that begins with *state*."""

    thing: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A message as it should stand. *state* names what it shows.

    With *knock*, a card that comes into this state is posted anew, and the message before it shrinks to the
    one line *closing*, or goes where that is empty; without, it is updated in place, which nobody is notified
    of. *thread_of* is the message that this one answers; with
    *is_broadcast* it stands in the conversation, too. *streams* is plain text that may grow before the
    reader's eyes in the place of the first block, where Slack can do that. With *is_gone* the
    message goes, if it ever stood there.
    """

    text: str
    blocks: list[Block]
    state: str
    knock: bool = False
    closing: str | None = None
    thread_of: Root | None = None
    streams: str = ""
    is_gone: bool = False
    is_broadcast: bool = False


def quiet(state: str, shown: Iterable[Block], thread_of: Root | None = None) -> Picture:
    """A picture that changes in place; its text is every word of its blocks."""
    kept = list(shown)[:50]
    return Picture(blocks.spoken(kept), kept, state, thread_of=thread_of)


def gone(state: str) -> Picture:
    """Nothing: what stands there goes."""
    return Picture("", [], state, is_gone=True)


def knock(state: str, shown: Iterable[Block], closing: str, thread_of: Root | None = None) -> Picture:
    """A picture that people should notice; its text is every word of its blocks."""
    kept = list(shown)[:50]
    return Picture(blocks.spoken(kept), kept, state, knock=True, closing=closing, thread_of=thread_of)

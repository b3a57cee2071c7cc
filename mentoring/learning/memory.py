"""What a workspace has learned, read from the pieces that it is kept in."""

from base64 import b64decode
from functools import partial

from kernel.desk import Desk
from kernel.store import Key, Snapshot
from matching.learning.memory import Memory, UnreadableMemory, unpack
from mentoring.model.learned import LEARNING, Learning, Piece


async def last(desk: Desk) -> Learning:
    """What came of learning last."""
    return await desk.store.look(_found, load=[Key(Learning, LEARNING)])


async def remembered(desk: Desk, learning: Learning) -> bytes | None:
    """The memory of this version as it was packed, or None where it is gone."""
    if not learning.pieces:
        return None
    texts = await desk.store.look(partial(_texts, learning=learning), load=learning.keys)
    return b64decode("".join(texts)) if len(texts) == learning.pieces else None


async def used(desk: Desk) -> Memory:
    """The memory in use; an empty one where there is none, or none that this release can read."""
    memory = await remembered(desk, await last(desk))
    try:
        return unpack(memory) if memory else Memory()
    except UnreadableMemory:
        return Memory()


def _found(read: Snapshot) -> Learning:
    return read.find(Learning, LEARNING) or Learning()


def _texts(read: Snapshot, learning: Learning) -> list[str]:
    found = [read.find(Piece, key.id) for key in learning.keys]
    return [piece.text for piece in found if piece is not None]

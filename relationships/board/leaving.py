"""Where somebody stands on others' boards and asks to be erased: they stand there no more."""

from datetime import datetime

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.board.board import ON_BOARDS, Board


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Take somebody off every board, and keep what happened so far from putting them there again."""
    for board_id in await desk.store.ids(ON_BOARDS.of(me), limit=EVERY):
        await _leave(desk, board_id, me)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        return None, Changes(put=[person.erase(now)]) if person else NONE

    await desk.store.commit(decide, load=[Key(Person, me)])


async def _leave(desk: Desk, board_id: str, me: PersonId) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        board = read.find(Board, board_id)
        return None, Changes(put=[board.without(me)]) if board else NONE

    await desk.store.commit(decide, load=[Key(Board, board_id)])

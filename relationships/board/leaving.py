"""Where somebody stands on others' boards and asks to be erased: they stand there no more."""

from datetime import datetime, timedelta

from kernel.changes import NONE
from kernel.desk import Desk
from kernel.features import EVERY
from kernel.store import Changes, Due, Key, Later, Snapshot
from kernel.values import PersonId
from relationships.board.board import FORGET_OFF_BOARDS, ON_BOARDS, Board, OffBoards


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Take somebody off every board, and keep what happened so far from putting them there again."""
    for board_id in await desk.store.ids(ON_BOARDS.of(me), limit=EVERY):
        await _leave(desk, board_id, me)
    kept = timedelta(days=desk.policy.retention.request_days)
    off = Changes(put=[OffBoards(id=me, at=now)], later=[Later(FORGET_OFF_BOARDS, me, now + kept)])
    await desk.store.commit(lambda _: (None, off), load=[Key(OffBoards, me)])


async def _leave(desk: Desk, board_id: str, me: PersonId) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        board = read.find(Board, board_id)
        return None, Changes(put=[board.without(me)]) if board else NONE

    await desk.store.commit(decide, load=[Key(Board, board_id)])


async def forget(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Forget that somebody was erased, once nothing of before can put them on a board."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(OffBoards, me)])), due=due)

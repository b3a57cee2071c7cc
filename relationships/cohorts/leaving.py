"""When somebody is erased, and when a programme is forgotten with all its sign-ups."""

from collections.abc import Sequence
from datetime import datetime

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Snapshot
from kernel.values import WORKSPACE, PersonId
from relationships.cohorts.programme import OpenProgrammes, Programme
from relationships.cohorts.programmes import changed
from relationships.cohorts.sign_up import MENTEES, MENTORS, SIGN_UPS, SignUp

AT_ONCE = 200


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Take somebody, who is to be erased, out of the pairs of every programme they take part in."""
    signed = await desk.store.ids(SIGN_UPS.of(me), limit=EVERY)
    mine = await desk.store.look(lambda read: [it.programme_id for it in read.all(SignUp, signed)])
    board = await desk.find(OpenProgrammes, WORKSPACE)
    for id in dict.fromkeys([*mine, *(it.id for it in board.all if board)] if board else mine):
        await _leave(desk, id, me, now)


async def forget(desk: Desk, programme_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a programme of which nothing was heard for long, and everyone's sign-ups for it."""
    for side in (MENTEES, MENTORS):
        while some := await desk.store.ids(side.of(programme_id), limit=AT_ONCE):
            await _drop(desk, [Key(SignUp, it) for it in some])

    def decide(read: Snapshot) -> tuple[None, Changes]:
        board = read.find(OpenProgrammes, WORKSPACE) or OpenProgrammes()
        rest = board.without(programme_id)
        put = [rest] if rest != board and rest.all else []
        drop = [Key(Programme, programme_id), *([] if rest.all else [Key(OpenProgrammes, WORKSPACE)])]
        return None, Changes(put=put, drop=drop)

    await desk.store.commit(decide, load=[Key(Programme, programme_id)], due=due)


async def _drop(desk: Desk, keys: Sequence[Key]) -> None:
    await desk.store.commit(lambda _: (None, Changes(drop=keys)), load=keys)


async def _leave(desk: Desk, id: str, me: PersonId, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Programme, id)
        after = before.without(me) if before else None
        if after is None or after == before:
            return None, NONE
        return None, changed(read, after, desk.policy, now)

    await desk.store.commit(decide, load=[Key(Programme, id)])

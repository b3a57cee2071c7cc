"""What a board does by itself: each week it is looked at, and once a quarter an empty seat is brought up.

The prompt comes unasked: it counts to the week of its receiver (`policy.nudges`), and waits for room in it,
for their working hours, and for the end of a pause.
"""

from datetime import datetime

from kernel.desk import Desk
from kernel.kinds import HOME
from kernel.nudges import WEEK, unasked
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person, working_hour
from relationships.board import boards
from relationships.board.board import BOARD_GAP, BOARD_LOOK, RULES, Board
from relationships.board.boards import LOOK_EVERY, Look
from relationships.board.reading import gap


async def look(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Note what a board amounts to now, forget who has left, and bring up an empty seat if it is time."""
    seen = await boards.look(desk, me, now)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before, person = read.find(Board, me), read.find(Person, me)
        if before is None or (person and person.is_gone):
            return None, NONE
        board = _tidied(before, seen)
        missing = gap(seen.reading, seen.empty)
        at = _prompts_at(read, board, person, now, desk) if missing else None
        if missing and at is not None and at <= now:
            asked = board.bring_up(missing, now, desk.policy.of(RULES).ask_every_days)
            return None, _brought_up(read, asked, person, now, desk)
        again = Later(BOARD_LOOK, me, _free_hour(person, min(now + LOOK_EVERY, at or now + LOOK_EVERY), desk))
        home = [Show(HOME, me)] if board.reading != before.reading else []
        return None, Changes(put=[board] if board != before else [], later=[again], show=home)

    await desk.store.commit(decide, load=[Key(Board, me), Key(Person, me)], due=due)


def _tidied(board: Board, seen: Look) -> Board:
    """A board without those who have left, with what it amounts to."""
    for key in seen.gone:
        board = board.without(key)
    return board.read_as(seen.reading)


def _prompts_at(
    read: Snapshot, board: Board, person: Person | None, now: datetime, desk: Desk
) -> datetime | None:
    """When an empty seat may be brought up; None where none is to be, for now."""
    rules, week = desk.policy.nudges, unasked(read, board.id)
    if board.next_prompt_at is None or not desk.policy.of(RULES).ask_every_days:
        return None
    planned = max(board.next_prompt_at, now)
    if not week.has_room(rules, now):
        room = week.room_at(now) if rules.per_week else None
        planned = max(planned, room or now + WEEK)
    return _free_hour(person, planned, desk)


def _brought_up(read: Snapshot, board: Board, person: Person | None, now: datetime, desk: Desk) -> Changes:
    again = Later(BOARD_LOOK, board.id, _free_hour(person, now + LOOK_EVERY, desk))
    counted = unasked(read, board.id).sent(now)
    return Changes(
        put=[board, counted],
        later=[again],
        show=[Show(BOARD_GAP.of(board.id), board.id), Show(HOME, board.id)],
    )


def _free_hour(person: Person | None, at: datetime, desk: Desk) -> datetime:
    """The first of somebody's working hours from *at* on, after a pause if they take one."""
    back = person.back_at if person and person.is_paused(at) else None
    return working_hour(person, back or at, desk.policy)

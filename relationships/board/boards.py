"""What somebody does with their board: looks at it, adds people and takes them off, has it fill itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kernel.desk import Desk, Role, Tie
from kernel.errors import Invalid, NotFound
from kernel.kinds import HOME
from kernel.store import NONE, Changes, Key, Later, Show, Snapshot, together
from kernel.values import PersonId, Value
from kernel.working_hours import at_local, local_day
from mentoring.model.person import Person, only_here, stranger
from mentoring.people.people import met
from relationships.board.board import (
    BOARD_GAP,
    BOARD_IN_WORDS,
    BOARD_LOOK,
    BOARD_PICTURE,
    CLOSEST,
    ROLES,
    RULES,
    Board,
    BoardReading,
    Mark,
    checked_initials,
)
from relationships.board.reading import Seated, arenas_of, empty_seats, reading, seated

WITHIN = timedelta(days=365)  # what happened before puts nobody on a board
LOOK_EVERY = timedelta(days=7)
Move = Callable[[Board], Board]


@dataclass(frozen=True, slots=True)
class Look:
    """A board as it is now: who is on it, what they amount to, and the roles that nobody fills."""

    board: Board
    there: tuple[Seated, ...]
    reading: BoardReading
    empty: tuple[Role, ...]
    zone: str
    gone: frozenset[PersonId] = frozenset()

    def seat(self, key: str) -> Seated | None:
        """Somebody on it."""
        return next((it for it in self.there if it.key == key), None)


class SaidOfMember(Value):
    """What a form says of somebody on a board."""

    colleague: PersonId | None = None
    initials: str = ""
    roles: tuple[Role, ...] = ()
    closeness: int | None = None
    last_on: date | None = None
    knows: tuple[str, ...] = ()


async def look(desk: Desk, me: PersonId, now: datetime) -> Look:
    """Somebody's board as it is now; one that was never opened fills itself all the same."""
    board = await desk.find(Board, me) or Board(id=me, begun_at=now)
    found = [it for find in desk.ties for it in await find(desk, me, now - WITHIN)] if board.fills else []
    ids = dict.fromkeys([*(tie.person_id for tie in found), *board.named])
    people = [me, *ids]

    def view(read: Snapshot) -> Look:
        known = {it.id: it for it in read.all(Person, people)}
        own = known.pop(me, None) or stranger(me, now)
        gone = frozenset(id for id in ids if id not in known or known[id].is_gone)
        here = {id: it for id, it in known.items() if id not in gone and id not in own.do_not_match}
        there = seated(board, [it for it in found if _counts(it, here)], here)
        seen = reading(there, board, arenas_of(own))
        return Look(board, there, seen, empty_seats(there, now), own.zone, gone)

    return await desk.store.look(view, load=[Key(Person, it) for it in people])


def _counts(tie: Tie, here: Mapping[PersonId, Person]) -> bool:
    """Whether it happened after its person was erased, if they were."""
    erased_at = here[tie.person_id].erased_at if tie.person_id in here else None
    return erased_at is None or tie.at > erased_at


async def open_board(desk: Desk, me: PersonId, now: datetime) -> Look:
    """Somebody's board; from the first time on it is looked at each week."""
    seen = await look(desk, me, now)
    every = desk.policy.of(RULES).ask_every_days

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Board, me)
        board = (before or Board(id=me, begun_at=now)).heed(now, every).read_as(seen.reading)
        if board == before:
            return None, NONE
        begun = [] if before else [Later(BOARD_LOOK, me, now + LOOK_EVERY)]
        changed = Changes(put=[board], later=begun, show=[Show(HOME, me)])
        return None, together(changed, met(read, me, now))

    await desk.store.commit(decide, load=[Key(Board, me), Key(Person, me)])
    return seen


async def add(desk: Desk, me: PersonId, said: SaidOfMember, now: datetime, *, once: str) -> None:
    """Put somebody on the board: a colleague, or somebody outside by initials.

    Raise Invalid: colleague, initials, roles, closeness or last_on.
    """
    initials = _checked_who(me, said)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        mark = _mark(read, me, said, now).model_copy(update={"initials": initials})
        board, _ = _board(read, me, now).add(mark)
        known = [met(read, said.colleague, now)] if said.colleague else []
        return None, together(_changed(read, desk, board, now), *known)

    await desk.store.commit(decide, load=[Key(Board, me), Key(Person, me)], once=f"board:{once}")


async def change(desk: Desk, me: PersonId, key: str, said: SaidOfMember, now: datetime) -> None:
    """Say something else of somebody who is on the board; roles as they happened are no word of one's own.

    Raise Invalid: roles, closeness, last_on or colleague; and NotFound of who is not there (any more).
    """
    seen = await look(desk, me, now)
    seat = seen.seat(key)
    if seat is None:
        raise NotFound("seat", key)
    as_it_happened = seat.person_id is not None and set(said.roles) == set(seat.happened)
    known = [it for it in said.knows if seen.seat(it)]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        board, mark = _board(read, me, now), _mark(read, me, said, now)
        before = board.marks.get(key)
        update = {
            "person_id": seat.person_id,
            "initials": before.initials if before else "",
            "roles": None if as_it_happened else mark.roles,
        }
        return None, _changed(read, desk, board.change(key, mark.model_copy(update=update), known), now)

    await desk.store.commit(decide, load=[Key(Board, me), Key(Person, me)])


async def take_off(desk: Desk, me: PersonId, key: str, now: datetime) -> None:
    """Take somebody off; a colleague stays off whatever happens, until they are added again."""
    await _move(desk, me, now, lambda board: board.take_off(key))


async def fill(desk: Desk, me: PersonId, now: datetime, *, fills: bool) -> None:
    """Have the board fill itself from what happens here, or not."""
    await _move(desk, me, now, lambda board: board.fill(fills))


async def answer(desk: Desk, me: PersonId, number: int, now: datetime, *, taken: bool) -> None:
    """Note what its owner did about a prompt: took the seat up, or not now."""
    await _move(desk, me, now, lambda board: board.answer(number, "taken" if taken else "not_now"))


async def draw(desk: Desk, me: PersonId, now: datetime, *, once: str) -> None:
    """Have the board sent to its owner, in words and as a picture; the same *once* sends one."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        board = _board(read, me, now).draw()
        sent = Changes(
            later=[Later(BOARD_PICTURE, f"{me}.{board.pictures}", now)],
            show=[Show(BOARD_IN_WORDS.of(me), me)],
        )
        return None, together(_changed(read, desk, board, now), sent)

    await desk.store.commit(decide, load=[Key(Board, me)], once=f"board-picture:{once}")


async def _move(desk: Desk, me: PersonId, now: datetime, move: Move) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        return None, _changed(read, desk, move(_board(read, me, now)), now)

    await desk.store.commit(decide, load=[Key(Board, me), Key(Person, me)])


def _board(read: Snapshot, me: PersonId, now: datetime) -> Board:
    return read.find(Board, me) or Board(id=me, begun_at=now)


def _changed(read: Snapshot, desk: Desk, board: Board, now: datetime) -> Changes:
    """The changes that write a board its owner has touched."""
    begun = [] if read.find(Board, board.id) else [Later(BOARD_LOOK, board.id, now + LOOK_EVERY)]
    heeded = board.heed(now, desk.policy.of(RULES).ask_every_days)
    card = [Show(BOARD_GAP.of(board.id), board.id)] if board.prompt else []
    return Changes(put=[heeded], later=begun, show=only_here(read, [Show(HOME, board.id), *card]))


def _checked_who(me: PersonId, said: SaidOfMember) -> str:
    """The initials of somebody outside; refuse both, neither, and oneself."""
    if said.colleague and said.initials.strip():
        raise Invalid("initials", "both")
    if said.colleague == me:
        raise Invalid("colleague", "self")
    if said.colleague:
        return ""
    if not said.initials.strip():
        raise Invalid("colleague", "empty")
    return checked_initials(said.initials)


def _mark(read: Snapshot, me: PersonId, said: SaidOfMember, now: datetime) -> Mark:
    if not said.roles:
        raise Invalid("roles", "empty")
    if said.closeness is not None and not 1 <= said.closeness <= CLOSEST:
        raise Invalid("closeness", "unknown")
    zone = (read.find(Person, me) or stranger(me, now)).zone
    if said.last_on and said.last_on > local_day(now, zone):
        raise Invalid("last_on", "future")
    return Mark(
        person_id=said.colleague,
        roles=tuple(role for role in ROLES if role in said.roles),
        closeness=said.closeness,
        last_at=min(now, at_local(said.last_on, time(12), zone)) if said.last_on else None,
    )

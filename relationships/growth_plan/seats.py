"""Which empty seats of a person's board may help with a goal: by what it is about, or the words it is in.

A seat is named by its role alone. Each goal has one at most.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from coaching.data import Data, read
from coaching.patterns import Words
from kernel.desk import Desk, Role
from kernel.errors import NotFound
from kernel.values import PersonId
from relationships.board import boards
from relationships.board.board import Board
from relationships.board.boards import Look
from relationships.board.evidence import is_advice
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.kinship import Kinship, kinship
from relationships.growth_plan.sources import Source

_NAMES: Mapping[Role, str] = {
    "craft": "someone who knows the work in detail",
    "advice": "someone more experienced",
    "role_model": "a role model",
    "sponsor": "a sponsor",
    "peer_coach": "a peer coach",
    "reverse": "someone earlier in their career",
}


class _Known(Data):
    words: dict[Role, Words]


@cache
def _known() -> Mapping[Role, Words]:
    return read("relationships.growth_plan", "seats", _Known).words


async def seats_of(desk: Desk, me: PersonId, now: datetime) -> list[Source]:
    """The seats of a board that nobody fills, in order of the roles; none where a person keeps no board."""
    if await desk.find(Board, me) is None:
        return []
    seen = await boards.look(desk, me, now)
    return [_seat(desk, seen, role) for role in seen.empty]


async def seat_of(desk: Desk, me: PersonId, ref: str, now: datetime) -> Source:
    """One empty seat; raise NotFound where somebody fills it."""
    found = next((it for it in await seats_of(desk, me, now) if it.ref == ref), None)
    if found is None:
        raise NotFound("seat", ref)
    return found


def _seat(desk: Desk, seen: Look, role: Role) -> Source:
    """A seat with the topics that it is for: advice for those about people and ways, craft for all others."""
    wanted = {"advice": True, "craft": False}.get(role)
    topics = tuple(it.id for it in desk.topics.all if is_advice(desk, it.id) is wanted)
    words, step = " ".join(sorted(_known().get(role, ()))), f"Find {_NAMES[role]}"
    return Source("seat", f"seat-{role}", _NAMES[role], seen.board.begun_at, words, topics, step=step)


def seats_for(
    goals: Sequence[Goal], seats: Sequence[Source], inside: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Goal, Source]]:
    """Yield the seat that fits a goal best, of each goal that has none yet; of two alike the first.

    No seat is for two goals.
    """
    taken = {ref for refs in inside.values() for ref in refs}
    for goal in goals:
        has_one = any(ref.startswith("seat-") for ref in inside[goal.id])
        close = [(kin, it) for it in seats if it.ref not in taken and any(kin := _kinship(goal, it))]
        if close and not has_one:
            seat = max(close, key=lambda it: it[0])[1]
            taken.add(seat.ref)
            yield goal, seat


def _kinship(goal: Goal, seat: Source) -> Kinship:
    return kinship(f"{goal.title} {goal.why} {goal.sign}", goal.topics, seat.words, seat.topics)

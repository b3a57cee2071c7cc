"""What a board amounts to: who is on it, how many voices these are in effect, what is missing. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coaching.insights.measures import hill_number
from kernel.desk import Role, Tie
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.board.board import ARENAS, CLOSEST, ROLES, Arena, Board, BoardReading, Gap, Mark, Whose

QUIET_AFTER = timedelta(days=120)
OUTSIDE = "\x00outside"  # no name of a team
_TIMES = (2, 4, 7, 12)  # times together from which on people are closer
# What is brought up, the most telling first. A sponsor is none of these: nobody finds one by a prompt.
_GAPS: tuple[Role, ...] = ("advice", "reverse", "peer_coach", "role_model", "craft")


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody on a board: a colleague, *called* so, or somebody outside, by initials.

    *happened* are the roles that what happened says, *arenas* are as far as the list of people says.
    """

    key: str
    roles: tuple[Role, ...]
    closeness: int
    person_id: PersonId | None = None
    called: str = ""
    last_at: datetime | None = None
    happened: tuple[Role, ...] = ()
    arenas: Mapping[Arena, str] = field(default_factory=dict)

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing was heard of them for four months."""
        return self.last_at is not None and now - self.last_at > QUIET_AFTER


def seated(board: Board, ties: Iterable[Tie], people: Mapping[PersonId, Person]) -> tuple[Seated, ...]:
    """Who is on a board, the closest first, then whom one met last; only *people* who are given."""
    by_person: dict[PersonId, list[Tie]] = {}
    for tie in ties:
        by_person.setdefault(tie.person_id, []).append(tie)
    all = {*by_person, *board.named} & people.keys() - {board.id}
    here = [_colleague(people[it], by_person.get(it, ()), board.marks.get(it)) for it in all]
    outside = [_outsider(key, it) for key, it in board.marks.items() if it.person_id is None]
    shown = [it for it in (*here, *outside) if it is not None]
    return tuple(sorted(shown, key=_order))


def _order(it: Seated) -> tuple[int, float, str]:
    return -it.closeness, -it.last_at.timestamp() if it.last_at else 0.0, it.key


def _colleague(person: Person, ties: Sequence[Tie], mark: Mark | None) -> Seated | None:
    said = mark or Mark(person_id=person.id)
    happened = _ordered(tie.role for tie in ties)
    roles = happened if said.roles is None else _ordered(said.roles)
    if said.is_off or not roles:
        return None
    moments = [*(tie.at for tie in ties), *([said.last_at] if said.last_at else [])]
    return Seated(
        key=person.id,
        roles=roles,
        closeness=said.closeness or _closeness(sum(tie.times for tie in ties)),
        person_id=person.id,
        called=person.called,
        last_at=max(moments, default=None),
        happened=happened,
        arenas=arenas_of(person),
    )


def _outsider(key: str, mark: Mark) -> Seated:
    roles, closeness = _ordered(mark.roles or ()), mark.closeness or 1
    arenas = dict.fromkeys(ARENAS, OUTSIDE)
    return Seated(key, roles, closeness, called=mark.initials, last_at=mark.last_at, arenas=arenas)


def arenas_of(person: Person) -> dict[Arena, str]:
    """Where somebody works, as far as the list of people says."""
    known: dict[Arena, str | None] = {
        "team": person.team,
        "function": person.function,
        "site": person.site,
    }
    return {arena: name for arena, name in known.items() if name}


def _closeness(times: int) -> int:
    return min(CLOSEST, 1 + sum(times >= it for it in _TIMES))


def _ordered(roles: Iterable[Role]) -> tuple[Role, ...]:
    there = set(roles)
    return tuple(role for role in ROLES if role in there)


def reading(there: Sequence[Seated], board: Board, own: Mapping[Arena, str]) -> BoardReading:
    """What those on a board amount to; *own* is where its owner works."""
    keys = {it.key for it in there}
    pairs = sum(one in keys and other in keys for one, other in board.knows)
    counts = Counter(role for it in there for role in it.roles)
    base = BoardReading(
        people=len(there),
        roles=hill_number(counts.values()),
        filled=tuple(role for role in ROLES if counts[role]),
        pairs=pairs,
        size=effective_size(len(there), pairs),
    )
    seen = [_within(base, arena, there, own) for arena in ARENAS if _says_something(arena, there, own)]
    return next((it for it in seen if it.is_alike), seen[0] if seen else base)


def _says_something(arena: Arena, there: Sequence[Seated], own: Mapping[Arena, str]) -> bool:
    """Whether anything is known; that all are at one site, as its owner, is so in most companies."""
    known = [it.arenas[arena] for it in there if arena in it.arenas]
    is_one_site = arena == "site" and set(known) == {own.get("site")}
    return bool(known) and not is_one_site


def _within(
    base: BoardReading, arena: Arena, there: Sequence[Seated], own: Mapping[Arena, str]
) -> BoardReading:
    """The board by one arena; whose arena is not known counts as from another one each."""
    names = [it.arenas.get(arena, f"{OUTSIDE} {it.key}") for it in there]
    counts = Counter(names)
    name, biggest = max(counts.items(), key=lambda it: (it[1], it[0] == own.get(arena), it[0]))
    whose: Whose = "outside" if name == OUTSIDE else "own" if name == own.get(arena) else "other"
    alike = hill_number(counts.values())
    return base.model_copy(update={"arena": arena, "alike": alike, "biggest": biggest, "whose": whose})


def empty_seats(there: Iterable[Seated], now: datetime) -> tuple[Role, ...]:
    """The roles that nobody fills whom one has heard of within four months, in their order."""
    filled = {role for it in there if not it.is_quiet(now) for role in it.roles}
    return tuple(role for role in ROLES if role not in filled)


def gap(found: BoardReading, empty: Sequence[Role]) -> Gap | None:
    """What is most worth bringing up: people from another corner, then an empty seat.

    None as long as fewer than two people are on the board: that is no board yet.
    """
    if found.people < 2:
        return None
    if found.is_alike:
        return "arena"
    return next((role for role in _GAPS if role in empty), None)


def effective_size(people: int, pairs: int) -> float:
    """How many of *people* tell one anything new, where so many *pairs* of them know each other.

    n − 2t/n, Burt's effective size as Borgatti has it for ties that are there or not (Burt 1992, Structural
    Holes; Borgatti 1997, Structural Holes: Unpacking Burt's Redundancy Measures, Connections 20(1):35–38).
    """
    return people - 2 * pairs / people if people else 0.0

"""The search for people who give their view: one of each lane, in their working hours, until three sit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Snapshot
from kernel.values import PersonId
from matching.values import Lane, Match
from mentoring.model.load import Load
from mentoring.model.person import Person, stranger
from relationships.second_opinions.advisers import Candidates, Room, candidates, farthest, first_opening
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import SEATS, SecondOpinion


async def fill(desk: Desk, opinion_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask people until three have answered or may; where nobody can be asked, show what there is.

    Doing it again, or twice at the same time, changes nothing: the commit looks at what is true then.
    """
    opinion, asker = await desk.store.look(lambda read: _read(read, opinion_id, now))
    if opinion is None or not opinion.free_seats:
        await desk.store.commit(lambda _: (None, NONE), due=due)
        return
    found = await candidates(desk, opinion, asker, now)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        before, asker = _read(read, opinion_id, now)
        if before is None or not before.free_seats:
            return None, NONE
        room = Room(read, asker, desk.policy, now)
        return None, changed(read, before, seated(room, before, found), desk.policy, now)

    near = dict.fromkeys(match.helper_id for best in found.here.values() for match in best)
    people = [Key(kind, id) for id in (asker.id, *near) for kind in (Person, Load)]
    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id), *people], due=due)


def seated(room: Room, opinion: SecondOpinion, found: Candidates) -> SecondOpinion:
    """A copy with all asked who can be asked this moment, and when the next can be.

    Where nobody has it and nobody can get it, what there is is shown.
    """
    opens = list[datetime]()
    for here, anyone in _tries(opinion, found):
        if opinion.free_seats <= len(opens):
            break
        if match := farthest(room, opinion, here):
            opinion = opinion.seat(PersonId(match.helper_id), match.lane, match.reasons, room.now)
        elif at := first_opening(room, opinion, anyone):
            opens.append(at)
    if opinion.is_stuck or not (opens or opinion.waiting):
        return opinion.close("nobody", room.now)
    if not opinion.free_seats or opens:
        return opinion.seek_at(min(opens, default=None))
    again = room.now + timedelta(hours=room.policy.keep_waiting_hours)
    return opinion.seek_at(again if again < opinion.closes_at else None)


def _tries(opinion: SecondOpinion, found: Candidates) -> Iterator[tuple[Sequence[Match], Sequence[Match]]]:
    """Yield whom to ask for a seat, at work and at any hour: of each lane that is free, then of any."""
    for lane in opinion.lanes_free:
        yield found.here[lane], found.anyone[lane]
    for _ in range(SEATS):
        yield _best_first(found.here), _best_first(found.anyone)


def _best_first(lanes: Mapping[Lane, Sequence[Match]]) -> list[Match]:
    return sorted(chain.from_iterable(lanes.values()), key=lambda match: (-match.score, match.helper_id))


def _read(read: Snapshot, opinion_id: str, now: datetime) -> tuple[SecondOpinion | None, Person]:
    opinion = read.find(SecondOpinion, opinion_id)
    asker_id = opinion.asker_id if opinion else PersonId("")
    return opinion, read.find(Person, asker_id) or stranger(asker_id, now)

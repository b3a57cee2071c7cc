"""Who might sponsor somebody: whom they have worked with by name, further along, not in their line."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person, stranger
from mentoring.model.session import SESSIONS, Session
from mentoring.people.managers import are_in_line
from relationships.sponsorships.places import is_full, of_sponsor
from relationships.sponsorships.sponsorship import Sponsorship, sponsorship_id

WITHIN = timedelta(days=365)
TALKS, LOOKED_AT, SHOWN = 200, 20, 3


@dataclass(frozen=True, slots=True)
class Acquainted:
    """Somebody whom a person has worked with, so many *times*; *is_elsewhere*: of another team."""

    person_id: PersonId
    times: int
    is_elsewhere: bool


async def suggestions(desk: Desk, me: PersonId, now: datetime) -> tuple[Acquainted, ...]:
    """Up to three, those of another team first, then whom they have worked with most, then in order of id.

    Nobody of whom a talk without names would tell, and nobody who can't be asked now.
    """
    met = await _worked_with(desk, me, now)
    most = sorted(met, key=lambda it: (-met[it], it))

    def able(read: Snapshot) -> list[Acquainted]:
        mine = read.find(Person, me) or stranger(me, now)
        known = {it.id: it for it in read.all(Person, most)}
        fit = [known[id] for id in most if id in known and _can(read, mine, known[id], now)]
        return [Acquainted(it.id, met[it.id], bool(it.team) and it.team != mine.team) for it in fit]

    found = await desk.store.look(able, load=[Key(Person, it) for it in (me, *most)])
    free = [it for it in found[:LOOKED_AT] if not await _is_taken(desk, it.person_id)]
    return tuple(sorted(free, key=lambda it: (not it.is_elsewhere, -it.times, it.person_id))[:SHOWN])


async def _worked_with(desk: Desk, me: PersonId, now: datetime) -> Counter[PersonId]:
    """How often each was there for a person, or the person for them in a talk."""
    since = now - WITHIN
    ids = await desk.store.ids(SESSIONS.of(me), limit=TALKS, since=since)
    talks = await desk.store.look(lambda read: read.all(Session, ids))
    helped = [it for it in talks if it.was_held and not it.is_hidden and not it.reported_by]
    met = Counter(it.asker_id for it in helped if it.helper_id == me)
    for find in desk.ties:
        for tie in await find(desk, me, since):
            met[tie.person_id] += tie.times
    return met


def _can(read: Snapshot, mine: Person, other: Person, now: datetime) -> bool:
    """Whether somebody may be asked: a member at work, further along, not in the line, not asked before."""
    before = read.find(Sponsorship, sponsorship_id(other.id, mine.id))
    is_free = before is None or not (before.is_open or before.is_barred(mine.id, now))
    is_senior = other.standing == "active" and other.level > mine.level and not other.is_paused(now)
    return is_free and is_senior and not mine.is_kept_from(other) and not are_in_line(read, mine, other)


async def _is_taken(desk: Desk, who: PersonId) -> bool:
    ids = await of_sponsor(desk, who)
    return await desk.store.look(partial(is_full, ids=ids, sponsor_id=who, desk=desk))

"""People loaded from a list: who helps with what, as an admin wrote it down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from kernel.desk import Desk
from kernel.presence import UNKNOWN
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import PersonId, TopicId, Value
from kernel.working_hours import Hours
from matching.values import Lane
from mentoring.model.new_request import check_topics
from mentoring.model.person import (
    ENROLLED,
    LINE_CHANGED,
    MEET,
    PEOPLE_BY_EMAIL,
    TELL_ENROLLED,
    CareerLevel,
    OwnLevel,
    Person,
    stranger,
    working_hour,
)
from mentoring.people.people import MOST_TOPICS

READ_AT_ONCE = 500


class PersonRow(Value):
    """One line of the list. The Slack id or the e-mail address says who; what is None stays as it is.

    *questions_per_week* of 0 is any number.
    """

    id: PersonId | None = None
    email: str | None = None
    name: str | None = None
    level: CareerLevel | None = None
    topics: Mapping[TopicId, OwnLevel] | None = None
    minutes_per_week: int | None = None
    questions_per_week: int | None = None
    anything: bool | None = None
    hours: Hours | None = None
    zone: str | None = None
    lanes: frozenset[Lane] | None = None
    managers: tuple[PersonId, ...] | None = None
    team: str | None = None
    function: str | None = None
    site: str | None = None
    do_not_match: frozenset[PersonId] | None = None


class Loaded(Value):
    """How many people were made and changed.

    *stopped* have said that they help no more, so they were not enrolled. *unknown* are addresses of nobody.
    """

    made: int = 0
    changed: int = 0
    stopped: int = 0
    unknown: tuple[str, ...] = ()


async def load_people(desk: Desk, rows: Sequence[PersonRow], now: datetime, *, tell: bool = False) -> Loaded:
    """Take over a list, line by line; again, it changes nothing. An unknown topic refuses the whole list.

    Whoever has said that they help no more is not enrolled again: that is theirs to take back. With *tell*
    whoever begins to help by it is told so, once, in their working hours.
    """
    for row in rows:
        check_topics(tuple(row.topics or ()), desk.topics, least=0, most=MOST_TOPICS)
    made, changed, stopped, unknown = 0, 0, 0, list[str]()
    for row in rows:
        person_id = row.id or await _of_email(desk, row.email or "")
        if person_id is None:
            unknown.append(row.email or "")
            continue
        before, person = await _load(desk, person_id, row, now, tell=tell)
        made += before is None
        changed += before is not None and person != before
        stopped += bool(row.topics or row.anything) and person.stopped_at is not None
    return Loaded(made=made, changed=changed, stopped=stopped, unknown=tuple(unknown))


async def stopped(desk: Desk, ids: Sequence[PersonId]) -> frozenset[PersonId]:
    """Those of these people who have said that they help no more."""
    found = set[PersonId]()
    for batch in (ids[start : start + READ_AT_ONCE] for start in range(0, len(ids), READ_AT_ONCE)):
        found |= await desk.store.look(partial(_stopped, batch), load=[Key(Person, id) for id in batch])
    return frozenset(found)


def _stopped(ids: Sequence[PersonId], read: Snapshot) -> set[PersonId]:
    return {person.id for person in read.all(Person, ids) if person.stopped_at}


async def tell_enrolled(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Tell somebody that a list has made a helper of them, unless they have stopped helping since."""

    seen = (await desk.presence.look([me])).get(me, UNKNOWN)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        if person is None or not person.is_helper:
            return None, NONE
        at = working_hour(person, now, desk.policy, seen)
        if at > now:
            return None, Changes(later=[Later(TELL_ENROLLED, me, at)])
        return None, Changes(show=[Show(ENROLLED.of(me), to=me)])

    await desk.store.commit(decide, load=[Key(Person, me)], due=due)


async def _load(
    desk: Desk, person_id: PersonId, row: PersonRow, now: datetime, *, tell: bool
) -> tuple[Person | None, Person]:
    """Commit one line; return the person before it, None for a new one, and after it."""

    def decide(read: Snapshot) -> tuple[tuple[Person | None, Person], Changes]:
        known = read.find(Person, person_id)
        person = _as_written(known or stranger(person_id, now), row, now)
        later = [Later(MEET, person_id, now)] if known is None or known.standing == "unknown" else []
        if set(person.managers) != set(known.managers if known else ()):
            later.append(Later(LINE_CHANGED, person_id, now))
        if tell and person.enrolled_at and not (known and known.enrolled_at):
            later.append(Later(TELL_ENROLLED, person_id, working_hour(person, now, desk.policy)))
        return (known, person), Changes(put=[person], later=later)

    return await desk.store.commit(decide, load=[Key(Person, person_id)])


def _as_written(person: Person, row: PersonRow, now: datetime) -> Person:
    written: dict[str, Any] = {name: getattr(row, name) for name in PersonRow.model_fields}
    said = {name: value for name, value in written.items() if value is not None and name != "id"}
    begins = (row.topics or row.anything) and person.stopped_at is None
    enrolled = {"enrolled_at": person.enrolled_at or now} if begins else {}
    if row.level is not None:
        said["is_level_said"] = True
    limit = {"questions_per_week": row.questions_per_week or None} if "questions_per_week" in said else {}
    return person.model_copy(update=said | limit | enrolled)


async def _of_email(desk: Desk, email: str) -> PersonId | None:
    ids = await desk.store.ids(PEOPLE_BY_EMAIL.of(email.casefold()), limit=1) if email else []
    return PersonId(ids[0]) if ids else None

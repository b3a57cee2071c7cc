"""Mentorships and wishes for a mentor, each with whatever a test wants to be different; and time."""

from datetime import datetime, timedelta
from typing import Any

import make
from make import ADA, ASKER, CAREER, NOW
from office import RELATIONSHIPS, Office

from kernel.policy import Policy
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.mentor_search import wishes
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships import mentorships
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.mentorship import Mentorship, begun
from storage.connection.keys import keys_of

MENTOR, MENTEE = ADA, ASKER
PURPOSE = "Lead my first team well"
W1 = "W1"


def mentor(id: PersonId = MENTOR, **changed: Any) -> Person:
    """Somebody who knows about careers in depth, and has more experience."""
    return make.helper(id, **{"topics": {CAREER: 3}, "level": 5, **changed})


def agreed(now: datetime = NOW, **changed: Any) -> Mentorship:
    """A mentorship that both have just agreed on; *changed* is of the agreement."""
    fresh = begun("M1", MENTOR, MENTEE, Agreement(**{"purpose": PURPOSE, **changed}), now, told=(MENTEE,))
    ends_at = months_after(now, fresh.agreement.months, "UTC")
    return fresh.agree(MENTOR, now, ends_at).agree(MENTEE, now, ends_at)


async def wished(office: Office, *mentors: Person, now: datetime = NOW, **changed: Any) -> MentorWish:
    """Look for a mentor about careers, with these people there."""
    await office.put(make.person(), *(mentors or (mentor(),)))
    said = {"id": W1, "wants": PURPOSE, "topics": (CAREER,), **changed}
    return await wishes.wish(office.desk, MENTEE, now, **said)


async def going(office: Office, now: datetime = NOW, **changed: Any) -> Mentorship:
    """A mentorship that began with a wish, a yes, and both agreeing."""
    await wished(office, mentor(**changed), now=now)
    await wishes.ask(office.desk, W1, MENTEE, MENTOR, now)
    await wishes.accept(office.desk, W1, MENTOR, now)
    await mentorships.agree(office.desk, W1, MENTOR, now)
    return await mentorships.agree(office.desk, W1, MENTEE, now)


async def run(office: Office, until: datetime) -> None:
    """Do what comes due, each at its own moment, up to and with *until*."""
    shards, agenda = [keys_of(office.workspace).shard], office.stores.agenda
    while upcoming := [entry for entry in await agenda.upcoming(office.workspace, 1) if entry.at <= until]:
        at = upcoming[0].at
        await agenda.tick(at, shards)
        for due in await agenda.take("office", shards=shards):
            if not await RELATIONSHIPS.perform(office.desk, due, at):
                await agenda.done(due)


async def now_is(office: Office, id: str = W1) -> Mentorship:
    """A mentorship as it is."""
    return await office.get(Mentorship, id)


async def talked(office: Office, now: datetime, id: str = W1) -> datetime:
    """Book the first time offered, let it pass, and say that the two talked; return when that was."""
    before = await now_is(office, id)
    assert before.talk is not None
    assert before.talk.times
    number, at = before.talk.number, before.talk.times[0]
    await mentorships.book(office.desk, id, MENTEE, now, number=number, at=at)
    over = at + timedelta(minutes=before.talk.minutes + 10)
    await run(office, over)
    await mentorships.met(office.desk, id, MENTEE, over, number=number)
    return over


QUIET = Policy().model_copy(update={"nudges": Policy().nudges.model_copy(update={"per_week": 20})})

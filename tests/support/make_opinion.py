"""A second opinion as a test wants it, and the few steps that lead there on the real store."""

from datetime import datetime
from typing import Any

import make
from make import ADA, ASKER, BEN, CY, DEE, NOW, PYTHON
from office import FEATURES, RELATIONSHIPS, Office

from kernel.values import PersonId
from matching.values import Lane
from mentoring.model.person import Person
from relationships.second_opinions import second_opinions
from relationships.second_opinions.second_opinion import SecondOpinion
from relationships.second_opinions.second_opinions import NewSecondOpinion
from storage.connection.keys import keys_of

O1 = "OPINION1"
QUESTION = "Should we rewrite the importer?"
CLOSES = datetime(2026, 11, 25, 10, tzinfo=NOW.tzinfo)  # two working days later
LEVELS = {ADA: 3, BEN: 6, CY: 1, DEE: 3}  # of an asker of level 3: peer, senior, reverse, and a peer more


def adviser(id: PersonId, **changed: Any) -> Person:
    """Someone who knows Python, at the level that makes them a peer, a senior or a reverse helper."""
    return make.helper(id, **{"level": LEVELS.get(id, 3), "topics": {PYTHON: 3}, **changed})


def new(**changed: Any) -> NewSecondOpinion:
    """A question as the form gives it."""
    return NewSecondOpinion(**{"question": QUESTION, "topics": (PYTHON,), **changed})


def opinion(**changed: Any) -> SecondOpinion:
    """One for which nobody was asked yet."""
    said = {"id": O1, "asker_id": ASKER, "question": QUESTION, "topics": (PYTHON,)}
    return SecondOpinion(**{**said, "asked_at": NOW, "closes_at": CLOSES, **changed})


def seated(*people: PersonId, **changed: Any) -> SecondOpinion:
    """One for which these were asked, in the lanes in their order."""
    one = opinion(**changed)
    for person, lane in zip(people or (ADA, BEN, CY), Lane, strict=False):
        one = one.seat(person, lane, (), NOW)
    return one


async def asked(office: Office, *people: Person, now: datetime = NOW, **said: Any) -> SecondOpinion:
    """Put these people there, ask for a second opinion, and have whoever can be asked."""
    await office.put(make.person(), *people)
    await second_opinions.ask(office.desk, ASKER, new(**said), O1, now)
    await run(office, now)
    return await office.get(SecondOpinion, O1)


async def now_is(office: Office) -> SecondOpinion:
    """What is stored of it now."""
    return await office.get(SecondOpinion, O1)


async def run(office: Office, until: datetime) -> None:
    """Do all that falls due by then, each when it does."""
    agenda, shards = office.stores.agenda, [keys_of(office.workspace).shard]
    while (ahead := await agenda.upcoming(office.workspace, 1)) and ahead[0].at <= until:
        now = ahead[0].at
        while await agenda.tick(now, shards):
            for due in await agenda.take("office", shards=shards):
                done = [await each.perform(office.desk, due, now) for each in (RELATIONSHIPS, FEATURES)]
                if not any(done):
                    await agenda.done(due)

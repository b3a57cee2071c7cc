"""Sponsorships, each with whatever a test wants to be different, and the few steps that lead to one."""

from datetime import datetime, timedelta
from typing import Any

import make
from make import ADA, ASKER, NOW
from office import Office

from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.sponsorships import sponsorships
from relationships.sponsorships.act import Act, act
from relationships.sponsorships.sponsorship import Sponsorship, asked, sponsorship_id
from relationships.sponsorships.sponsorships import Deeds

SPONSOR, PROTEGE = ADA, ASKER
WANTS = "Lead the platform team one day"
LINE = "Cut the import from six hours to one"
S1 = sponsorship_id(SPONSOR, PROTEGE)


def wish(by: PersonId = PROTEGE, wants: str = WANTS, line: str = "", now: datetime = NOW) -> Sponsorship:
    """One that was only asked for."""
    return asked(SPONSOR, PROTEGE, by, wants, line, answer_by=now + timedelta(days=7), now=now)


def going(now: datetime = NOW, **changed: Any) -> Sponsorship:
    """One that has begun."""
    return wish(now=now).accept(SPONSOR, now).model_copy(update=changed)


def done(deed: str = "nominated", now: datetime = NOW, **changed: Any) -> Act:
    """An act as it is noted."""
    said = {"audience": "deciders", "on": now.date(), "what": "for the platform review", **changed}
    return act(0, deed, today=now.date(), now=now, **said)  # type: ignore[arg-type]


def confirmed(now: datetime = NOW, *deeds: str) -> Sponsorship:
    """One with acts that count."""
    it = going(now)
    for deed in deeds or ("nominated",):
        it = it.note(SPONSOR, done(deed, now), now)
        it = it.confirm(PROTEGE, it.acts[-1].number, "yes", now)
    return it


def sponsor(**changed: Any) -> Person:
    """Somebody with more experience."""
    return make.person(SPONSOR, **{"level": 6, "standing": "active", **changed})


async def began(office: Office, now: datetime = NOW, **changed: Any) -> Sponsorship:
    """Have the protégé ask, and the sponsor say yes."""
    await office.put(make.person(PROTEGE, standing="active"), sponsor(**changed))
    await sponsorships.ask(
        office.desk, PROTEGE, SPONSOR, now, role="protege", wants=WANTS, line=LINE, once=f"{now}"
    )
    return await sponsorships.accept(office.desk, S1, SPONSOR, now)


async def acted(office: Office, now: datetime = NOW, deed: str = "nominated") -> int:
    """Have the sponsor note an act, and the protégé confirm it; return its number."""
    deeds = Deeds(deed, "deciders", now.date(), "for the platform review")  # type: ignore[arg-type]
    number = (await sponsorships.note(office.desk, S1, SPONSOR, deeds, now, once=f"{now}{deed}")).noted
    await sponsorships.confirm(office.desk, S1, PROTEGE, now, number=number, word="yes")
    return number


async def now_is(office: Office) -> Sponsorship:
    """What is stored of it now."""
    return await office.get(Sponsorship, S1)

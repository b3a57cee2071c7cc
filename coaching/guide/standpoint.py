"""From where somebody speaks in a guided talk: starting out, senior, or leading people."""

from functools import cache

from coaching.language.form import Standpoint
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring.model.person import Person, reports_list
from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import normal, words
from sensing.triage.evidence_spans import SENIOR_LEVEL

STARTS_UP_TO = 2  # the level


async def standpoint_of(desk: Desk, me: PersonId) -> Standpoint | None:
    """Who leads people, by their title or the line of managers; else what a level says that they told."""
    person = await desk.find(Person, me)
    if person is None:
        return None
    if leads_people(person.title) or await desk.store.count(reports_list(me)):
        return Standpoint.LEADING
    if not person.knows_level:
        return None
    if person.level >= SENIOR_LEVEL:
        return Standpoint.SENIOR
    return Standpoint.STARTING if person.level <= STARTS_UP_TO else None


def leads_people(title: str) -> bool:
    """Whether a title is one of somebody who leads people; who manages a product or a project need not."""
    return bool(_finder().named(words(normal(title))))


@cache
def _finder() -> Finder:
    return Finder({"leading": phrases("titles")})

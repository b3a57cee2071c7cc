"""What goes when somebody has left the workspace: all that was theirs alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from coaching.guide.consent import Consent
from coaching.guide.talk import GUIDED_TALKS, Talk
from coaching.plans.two_weeks import PLANS, TwoWeeks
from coaching.sprints.sprint import SPRINTS, Sprint
from kernel.changes import NONE
from kernel.desk import Desk
from kernel.nudges import Unasked
from kernel.store import Changes, Due, Key, Later, Snapshot
from kernel.values import Document, PersonId
from mentoring.model.person import FORGET_PERSON, Person
from mentoring.people.preferences import Habits

AT_ONCE = 10  # a talk has a card for each of its turns
LISTS: Mapping[str, type[Document]] = {GUIDED_TALKS: Talk, SPRINTS: Sprint, PLANS: TwoWeeks}


async def forget(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Drop the talks, sprints, plans, habits, profile and word on a model of who has left.

    Nothing goes of who is back. Each piece is a commit of its own, so a repeat goes on where the first was
    cut off. Who they are is known as long as something of their talks may be kept.
    """
    own = [Key(Consent, me), Key(Habits, me), Key(Unasked, me)]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        if person is None or not person.is_gone:
            return None, NONE
        last = Later(FORGET_PERSON, me, now + timedelta(days=desk.policy.retention.request_days))
        return None, Changes(put=[person.bared()], drop=own, later=[last])

    for name, kind in LISTS.items():
        while found := await desk.store.ids(f"{name}:{me}", limit=AT_ONCE):
            if not await _drop(desk, me, [Key(kind, id) for id in found]):
                break
    await desk.store.commit(decide, load=[Key(Person, me), *own], due=due)


async def _drop(desk: Desk, me: PersonId, keys: Sequence[Key]) -> bool:
    """Drop documents where their person has left; return whether they have."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        person = read.find(Person, me)
        is_gone = person is not None and person.is_gone
        return is_gone, Changes(drop=keys) if is_gone else NONE

    return await desk.store.commit(decide, load=[Key(Person, me), *keys])

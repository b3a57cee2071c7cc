"""What of coaching goes when somebody has left the workspace: all that was theirs alone."""

from collections.abc import Mapping, Sequence

from coaching.consent import Consent
from coaching.sprint import Sprint
from coaching.talk import Talk
from coaching.two_weeks import TwoWeeks
from mentoring.changes import NONE
from mentoring.desk import Desk
from mentoring.person import Person
from mentoring.store import Changes, Due, Key, Snapshot
from mentoring.values import Document, PersonId

AT_ONCE = 100
LISTS: Mapping[str, type[Document]] = {"coach-talks-of": Talk, "sprints-of": Sprint, "two-weeks-of": TwoWeeks}


async def forget_coaching(desk: Desk, me: PersonId, due: Due | None = None) -> None:
    """Drop the talks, sprints, plans and the word on a model of who has left; who is back keeps them.

    Each piece is a commit of its own, so a repeat goes on where the first was cut off.
    """

    for name, kind in LISTS.items():
        while found := await desk.store.ids(f"{name}:{me}", limit=AT_ONCE):
            if not await _drop(desk, me, [Key(kind, id) for id in found]):
                break
    await _drop(desk, me, [Key(Consent, me)], due)


async def _drop(desk: Desk, me: PersonId, keys: Sequence[Key], due: Due | None = None) -> bool:
    """Drop documents where their person has left; return whether they have."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        person = read.find(Person, me)
        is_gone = person is not None and person.is_gone
        return is_gone, Changes(drop=keys) if is_gone else NONE

    return await desk.store.commit(decide, load=[Key(Person, me), *keys], due=due)

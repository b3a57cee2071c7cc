"""What goes when somebody has left, or asks for it: all that was theirs alone, as the features declare it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.kinds import HOME
from kernel.store import NONE, Changes, Due, Key, Later, Show, Snapshot
from kernel.values import PersonId
from mentoring.model.load import Load
from mentoring.model.person import FORGET_PERSON, Person

AT_ONCE = 10  # a guided talk has a card for each of its turns


async def forget(desk: Desk, me: PersonId, now: datetime, due: Due | None = None) -> None:
    """Drop the belongings and the profile of who has left.

    Nothing goes of who is back. Each piece is a commit of its own, so a repeat goes on where the first was
    cut off. Who they are is known as long as something of their sessions may be kept.
    """
    own = [Key(kind, me) for kind in desk.belongings.personal]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        if person is None or not person.is_gone:
            return None, NONE
        last = Later(FORGET_PERSON, me, now + timedelta(days=desk.policy.retention.request_days))
        return None, Changes(put=[person.forgotten()], drop=own, later=[last])

    for name, kind in desk.belongings.lists.items():
        while found := await desk.store.ids(name.of(me), limit=AT_ONCE):
            if not await _drop_of_gone(desk, me, [Key(kind, id) for id in found]):
                break
    await desk.store.commit(decide, load=[Key(Person, me), *own], due=due)


async def forget_here(desk: Desk, me: PersonId) -> None:
    """Drop the belongings and the profile of somebody who asks for it and is still here.

    What Slack and the list of people say of them stays, and from whom they are kept apart.
    """
    own = [Key(Load, me), *(Key(kind, me) for kind in desk.belongings.personal)]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        person = read.find(Person, me)
        put = [person.without_profile()] if person else []
        return None, Changes(put=put, drop=own, show=[Show(HOME, me)])

    for name, kind in desk.belongings.lists.items():
        while found := await desk.store.ids(name.of(me), limit=AT_ONCE):
            await _drop(desk, [Key(kind, id) for id in found])
    await desk.store.commit(decide, load=[Key(Person, me), *own])


async def _drop(desk: Desk, keys: Sequence[Key]) -> None:
    await desk.store.commit(lambda _: (None, Changes(drop=keys)), load=keys)


async def _drop_of_gone(desk: Desk, me: PersonId, keys: Sequence[Key]) -> bool:
    """Drop documents where their person has left; return whether they have."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        person = read.find(Person, me)
        is_gone = person is not None and person.is_gone
        return is_gone, Changes(drop=keys) if is_gone else NONE

    return await desk.store.commit(decide, load=[Key(Person, me), *keys])

"""When somebody pauses, leaves, is to be kept apart or is erased; and when a second opinion is forgotten."""

from datetime import datetime

from kernel.desk import Desk
from kernel.store import EVERY, NONE, Changes, Due, Key, Show, Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person, only_here
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import (
    OPEN_SECOND_OPINIONS,
    SECOND_OPINIONS,
    VIEWS_ASKED,
    VIEWS_OF,
    SecondOpinion,
)
from relationships.second_opinions.views import release

MOST = 50  # views that somebody gave, the newest


async def leave(desk: Desk, person_id: PersonId, now: datetime, due: Due | None = None) -> None:
    """Ask others instead of somebody who has paused, stopped or left; end what somebody asked who left.

    Each is a commit of its own, so a repeat goes on where the first was cut off. Back again: nothing happens.
    """
    person = await desk.find(Person, person_id)
    if person is not None and (person.is_paused(now) or not person.is_helper):
        for id in await desk.store.ids(VIEWS_ASKED.of(person_id), limit=EVERY):
            await release(desk, id, person_id, now)
    if person is not None and person.is_gone:
        await _end_all(desk, person_id, now)
        await _show_askers(desk, person_id)
    await desk.store.commit(lambda _: (None, NONE), due=due)


async def part(desk: Desk, me: PersonId, other: PersonId, now: datetime) -> None:
    """Ask somebody else where one of two people was to answer the other, who are never to be matched now.

    Without a name the one who is asked learns nothing by it: only the asker's own wish frees the seat.
    """
    for asker, adviser in ((me, other), (other, me)):
        for opinion in await _waiting_for(desk, adviser):
            if opinion.asker_id == asker and (asker == me or not opinion.anonymous):
                await release(desk, opinion.id, adviser, now)


async def _waiting_for(desk: Desk, adviser: PersonId) -> list[SecondOpinion]:
    ids = await desk.store.ids(VIEWS_ASKED.of(adviser), limit=EVERY)
    return await desk.store.look(lambda read: read.all(SecondOpinion, ids))


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Forget what somebody asked, who is to be erased, and the views that they gave."""
    await _end_all(desk, me, now)
    asked = [Key(SecondOpinion, id) for id in await desk.store.ids(SECOND_OPINIONS.of(me), limit=EVERY)]
    await desk.store.commit(lambda _: (None, Changes(drop=asked)), load=asked)
    for id in await desk.store.ids(VIEWS_ASKED.of(me), limit=EVERY):
        await release(desk, id, me, now)
    for id in await desk.store.ids(VIEWS_OF.of(me), limit=EVERY):
        await _forget_view(desk, id, me, now)


async def forget(desk: Desk, opinion_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop one that ended long ago."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        opinion = read.find(SecondOpinion, opinion_id)
        is_over = opinion is not None and opinion.is_ended
        return None, Changes(drop=[Key(SecondOpinion, opinion_id)]) if is_over else NONE

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)], due=due)


async def _show_askers(desk: Desk, gone: PersonId) -> None:
    """Have those who may still ask somebody for a talk, who has left, see that."""
    ids = await desk.store.ids(VIEWS_OF.of(gone), limit=MOST)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        open_ones = [it for it in read.all(SecondOpinion, ids) if not it.is_ended]
        return None, Changes(show=only_here(read, [Show(it.thing, to=it.asker_id) for it in open_ones]))

    await desk.store.commit(decide, load=[Key(SecondOpinion, id) for id in ids])


async def _end_all(desk: Desk, asker_id: PersonId, now: datetime) -> None:
    for id in await desk.store.ids(OPEN_SECOND_OPINIONS.of(asker_id), limit=EVERY):
        await _end(desk, id, now)


async def _end(desk: Desk, opinion_id: str, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(SecondOpinion, opinion_id)
        if before is None or before.is_ended:
            return None, NONE
        return None, changed(read, before, before.end(now), desk.policy, now)

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)])


async def _forget_view(desk: Desk, opinion_id: str, me: PersonId, now: datetime) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(SecondOpinion, opinion_id)
        if before is None:
            return None, NONE
        return None, changed(read, before, before.without(me), desk.policy, now)

    await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id)])

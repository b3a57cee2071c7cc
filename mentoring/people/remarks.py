"""What people say of being asked, in their own words: done where it is clear, and taken back at will."""

from collections.abc import Callable
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import PersonId
from mentoring.model.load import FREE_UP, Load, load_of
from mentoring.model.new_request import check_topics
from mentoring.model.person import HAND_OVER, MEET, Person, stranger
from mentoring.model.remark import FORGET_REMARK, AskingChange, Remark
from mentoring.model.undo import shown_anew
from mentoring.people.people import MOST_TOPICS, check_pause, pause_shown

_MOVING = ("pause", "stop")
Decide = Callable[[Snapshot], tuple[Remark, Changes]]


async def note(
    desk: Desk, remark: Remark, now: datetime, *, step: AskingChange | None = None, once: str | None = None
) -> Remark:
    """Keep a remark, and take the step that it clearly asks for; the same one again changes nothing.

    With *once* a second time raises Repeated.
    """
    forget = Later(FORGET_REMARK, remark.id, now + timedelta(days=desk.policy.retention.draft_days))

    def decide(read: Snapshot) -> tuple[Remark, Changes]:
        first = read.find(Remark, remark.id)
        if first is not None:
            return first.check_writer(remark.person_id), NONE
        noted, changes = _taken(read, desk, remark, step, now) if step else (remark, NONE)
        return noted, together(Changes(put=[noted], later=[forget], show=noted.shows()), changes)

    return await _commit(desk, remark.id, remark.person_id, now, decide, once=once)


async def take(
    desk: Desk, remark_id: str, me: PersonId, now: datetime, step: AskingChange, *, in_messages: bool = False
) -> Remark:
    """Take a step in the place of what a remark has changed so far.

    *in_messages*: its card then stands in the messages, since a command's answer can't be changed any more.
    """

    def decide(read: Snapshot) -> tuple[Remark, Changes]:
        remark = read.get(Remark, remark_id).check_writer(me)
        remark = remark.model_copy(update={"place": "dm"}) if in_messages else remark
        taken, changes = _taken(read, desk, remark, step, now)
        return taken, together(Changes(put=[taken], show=taken.shows()), changes)

    return await _commit(desk, remark_id, me, now, decide)


async def undo(desk: Desk, remark_id: str, me: PersonId, now: datetime) -> Remark:
    """Be asked as before; what has gone on to others meanwhile stays there. Twice changes nothing."""

    def decide(read: Snapshot) -> tuple[Remark, Changes]:
        remark = read.get(Remark, remark_id).check_writer(me)
        undone = remark.undo()
        put = [remark.original(read.get(Person, me))] if remark.changed else []
        return undone, Changes(put=[undone, *put], later=[Later(FREE_UP, me, now)], show=undone.shows())

    return await _commit(desk, remark_id, me, now, decide)


async def choose(desk: Desk, remark_id: str, me: PersonId) -> Remark:
    """Show what can be chosen; what was changed stays until something is."""

    def decide(read: Snapshot) -> tuple[Remark, Changes]:
        remark = read.get(Remark, remark_id).check_writer(me).choose()
        return remark, Changes(put=[remark], show=remark.shows())

    return await desk.store.commit(decide, load=[Key(Remark, remark_id)])


async def reword(desk: Desk, remark_id: str, me: PersonId, *, text: str) -> None:
    """Keep what its writer has made of the words of a remark, or nothing of them; do nothing else."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        remark = read.find(Remark, remark_id)
        if remark is None or remark.person_id != me:
            return None, NONE
        return None, Changes(put=[remark.model_copy(update={"text": text})])

    await desk.store.commit(decide, load=[Key(Remark, remark_id)])


async def forget(desk: Desk, remark_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop a remark with its card; what it changed stays."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(Remark, remark_id)])), due=due)


async def _commit(
    desk: Desk, remark_id: str, me: PersonId, now: datetime, decide: Decide, *, once: str | None = None
) -> Remark:
    """Commit what was decided, and show anew what says until when somebody has paused."""
    shown = await pause_shown(desk, me, now)

    def with_shown(read: Snapshot) -> tuple[Remark, Changes]:
        remark, changes = decide(read)
        said = shown(read)
        until = remark.until if remark.changed == "pause" else None
        over = [shown_anew(show, until) for show in (*said.show, *remark.shows()) if until]
        return remark, together(changes, said, Changes(later=over))

    around = [Key(Remark, remark_id), Key(Person, me), Key(Load, me)]
    return await desk.store.commit(with_shown, load=around, once=once)


def _taken(
    read: Snapshot, desk: Desk, remark: Remark, step: AskingChange, now: datetime
) -> tuple[Remark, Changes]:
    """What goes with a step: who has paused or stopped gives what waits for them to others."""
    me = remark.person_id
    _check(step, desk, now)
    known = read.find(Person, me)
    before = remark.original(known or stranger(me, now))
    moved = len(load_of(read, me).open_offers) if step.change in _MOVING and before.is_helper else 0
    later = [Later(HAND_OVER, me, now)] if step.change in _MOVING else [Later(FREE_UP, me, now)]
    meet = [] if known else [Later(MEET, me, now)]
    # What an earlier step has sent away is gone, too.
    taken = remark.take(step, before, moved + remark.moved)
    return taken, Changes(put=[step.taken_by(before)], later=[*later, *meet])


def _check(step: AskingChange, desk: Desk, now: datetime) -> None:
    if step.change == "pause" and step.until:
        check_pause(step.until, now)
    if step.change == "only":
        check_topics(step.topics, desk.topics, most=MOST_TOPICS)

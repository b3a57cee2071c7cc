"""What the two do: agree, find a time, note, answer, rest, extend, close, open again. Each is one commit.

A press in a mentorship whose two can't go on any more, as one now leads the other, ends it instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Ended
from kernel.store import NONE, Changes, Key, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import check_member
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import MORE_MONTHS, months_after
from relationships.mentorships.capacity import check_place
from relationships.mentorships.changes import changed
from relationships.mentorships.course import times_for
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.pair import Pair, pair_of, parted
from relationships.mentorships.record import HandOver, OwnNote, OwnNotes, own_notes_id

Move = Callable[[Snapshot, Mentorship, Pair], Mentorship]


@dataclass(frozen=True, slots=True)
class Notes:
    """What somebody writes after a talk. *goals* None leaves them as they are; *mine* only they see."""

    ours: str = ""
    mine: str = ""
    step: str = ""
    goals: tuple[str, ...] | None = None


async def agree(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """Agree; with the second yes it begins, and times for the first talk are offered."""

    def move(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        if it.state == "going":
            return it
        return it.agree(me, now, months_after(now, it.agreement.months, pair.zone))

    return await _change(desk, id, me, now, move)


async def change(desk: Desk, id: str, me: PersonId, wanted: Agreement, now: datetime) -> Mentorship:
    """Change what is agreed on; before it begins the other is asked anew, later they are told.

    More minutes than the mentor has left in a week are refused.
    """
    agreement = wanted.checked()

    def move(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        if agreement.weekly_minutes > it.agreement.weekly_minutes:
            check_place(read, pair.mentor, it.id, agreement.weekly_minutes, desk.policy)
        longer = months_after(it.began_at, agreement.months, pair.zone) if it.began_at else None
        return it.change(me, agreement, now, longer and max(longer, now))

    return await _change(desk, id, me, now, move)


async def swap(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """Let mentor and mentee change places, as long as it has not begun and whoever would mentor can."""

    def move(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        swapped, minutes = it.swap(me), it.agreement.weekly_minutes
        check_member(pair.mentee)
        check_place(read, pair.mentee, it.id, minutes, desk.policy)
        return swapped

    return await _change(desk, id, me, now, move)


async def book(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int, at: datetime) -> Mentorship:
    """Set the time of the talk ahead; the other is told."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.book(me, number, at, now))


async def move(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Mentorship:
    """Take the time of the talk ahead back, and have others offered."""

    def moved(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        return it.move(me, number, times_for(it, pair, now), now)

    return await _change(desk, id, me, now, moved)


async def met(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Mentorship:
    """Say that the talk took place; either's word is enough, and times for the next are offered."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.met(me, number, now))


async def not_held(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Mentorship:
    """Say that the talk did not take place; nobody is blamed, and new times are offered."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.not_held(me, number, now))


async def note(desk: Desk, id: str, me: PersonId, said: Notes, now: datetime, *, once: str) -> Mentorship:
    """Keep notes: what both read, and what is one's own. The same *once* keeps them once."""
    ours, mine, step = said.ours.strip(), said.mine.strip(), said.step.strip()
    goals = tuple(filter(None, map(str.strip, said.goals))) if said.goals is not None else None

    def decide(read: Snapshot) -> tuple[Mentorship, Changes]:
        before = read.get(Mentorship, id).check_one_of(me)
        pair = pair_of(read, before, desk.policy, now)
        after = before.note(me, now, ours=ours, step=step, goals=goals)
        number = after.held[-1].number if after.held else 0
        kept = read.find(OwnNotes, own_notes_id(id, me)) or _no_notes(id, me, now)
        own = [kept.add(OwnNote(talk=number, text=mine, at=now))] if mine else []
        return after, together(changed(read, before, after, pair, now), Changes(put=own))

    return await desk.store.commit(decide, load=[Key(Mentorship, id)], once=f"mentorship-note:{once}")


async def own_notes(desk: Desk, id: str, me: PersonId) -> OwnNotes | None:
    """What somebody noted for themselves, or None."""
    return await desk.find(OwnNotes, own_notes_id(id, me))


async def finish_step(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Mentorship:
    """Say that a next step of one's own is done."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.finish_step(me, number, now))


async def answer(desk: Desk, id: str, me: PersonId, now: datetime, *, key: str, said: str) -> Mentorship:
    """Answer a question of the app's; the other never sees it. Where both want more time, it goes on."""

    def move(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        answered = it.answer(key, me, said, now)
        if answered.is_open and answered.ends_at and answered.wants_more() == set(it.both):
            return answered.extend(me, months_after(answered.ends_at, MORE_MONTHS, pair.zone))
        return answered

    return await _change(desk, id, me, now, move)


async def discuss(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """Have how it goes stand first on the agenda of the next talk."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.discuss(me, now))


async def pause(desk: Desk, id: str, me: PersonId, now: datetime, *, back_at: datetime) -> Mentorship:
    """Rest until a day, on which both are asked when they talk next."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.pause(me, back_at, now))


async def resume(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """Go on before the break is over."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.resume(now, by=me))


async def offer_hand_over(
    desk: Desk, id: str, me: PersonId, now: datetime, *, suggested: PersonId | None, word: str
) -> Mentorship:
    """Say as the mentor that one can't go on, and whom one suggests; nobody else hears of it yet."""
    offered = HandOver(suggested=suggested, word=word.strip(), at=now)
    return await _change(desk, id, me, now, lambda _, it, pair: it.offer_hand_over(me, offered, now))


async def close(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """End it, without a reason and without a form."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.close("closed", now, but=me))


async def reopen(desk: Desk, id: str, me: PersonId, now: datetime) -> Mentorship:
    """Ask to go on after all, or agree to that: within 14 days, and only where the mentor has a place."""

    def move(read: Snapshot, it: Mentorship, pair: Pair) -> Mentorship:
        if parted(read, pair):
            raise Ended
        check_place(read, pair.mentor, it.id, it.agreement.weekly_minutes, desk.policy)
        return it.reopen(me, now, months_after(now, MORE_MONTHS, pair.zone))

    return await _change(desk, id, me, now, move)


async def gain(desk: Desk, id: str, me: PersonId, text: str, now: datetime) -> Mentorship:
    """Say what one has gained; the other reads it."""
    return await _change(desk, id, me, now, lambda _, it, pair: it.gain(me, text.strip()))


async def _change(desk: Desk, id: str, me: PersonId, now: datetime, move: Move) -> Mentorship:
    def decide(read: Snapshot) -> tuple[Mentorship, Changes]:
        before = read.get(Mentorship, id).check_one_of(me)
        pair = pair_of(read, before, desk.policy, now)
        end = parted(read, pair) if before.is_open else None
        after = before.close(end, now) if end else move(read, before, pair)
        return after, changed(read, before, after, pair, now) if after != before else NONE

    return await desk.store.commit(decide, load=[Key(Mentorship, id)])


def _no_notes(id: str, me: PersonId, now: datetime) -> OwnNotes:
    return OwnNotes(id=own_notes_id(id, me), person_id=me, mentorship_id=id, made_at=now)

"""The mentorship that the demo's people have when it starts: Tomas and Grace, in its third month."""

from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Snapshot
from kernel.values import PersonId, TopicId
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.changes import changed
from relationships.mentorships.course import with_times
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair, pair_of
from relationships.mentorships.record import AppQuestion, OwnNote, OwnNotes, own_notes_id

ID = "demo-mentorship"
MENTOR, MENTEE = PersonId("U0GRACE"), PersonId("U0TOMAS")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
_TALKS = (
    ("We looked at what your reports are used for.", "Ask two readers what they decide with them"),
    ("Questions first, queries second.", "Write the question above each report"),
    ("You showed the churn numbers. Next: say how sure you are.", "Add an interval to one chart"),
    ("Intervals work. A first model can be a table of averages.", "Build that table"),
    ("The table beats the old forecast. Tell the sales team yourself.", "Show it to the sales team"),
)


async def seed_mentorship(desk: Desk, now: datetime) -> None:
    """Put it there once, with what two people had by then; a repeat changes nothing."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        if read.find(Mentorship, ID) is not None:
            return None, NONE
        start = now - 10 * WEEK
        fresh = begun(
            ID,
            MENTOR,
            MENTEE,
            Agreement(purpose="Move from writing reports to answering questions with data"),
            start,
            topics=(TopicId("data-analysis"),),
        )
        pair = pair_of(read, fresh, desk.policy, now)
        lived = _lived(fresh, pair, start, now)
        own = _noted(lived, now)
        put = changed(read, None, lived, pair, now)
        return None, Changes(put=[*put.put, own], later=put.later, show=put.show)

    await desk.store.commit(decide, load=[Key(Mentorship, ID)])


def _lived(fresh: Mentorship, pair: Pair, start: datetime, now: datetime) -> Mentorship:
    """The mentorship with five talks, goals, notes and steps, both content, and the sixth talk booked."""
    ends_at = months_after(start, fresh.agreement.months, pair.zone)
    it = fresh.agree(MENTEE, start, ends_at).agree(MENTOR, start, ends_at)
    for number, (note, step) in enumerate(_TALKS, 1):
        at = pair.opens(MENTEE, start + 3 * DAY + 2 * (number - 1) * WEEK) + timedelta(hours=1)
        it = it.book(MENTEE if number % 2 else MENTOR, number, at, at - DAY)
        over = at + timedelta(hours=1)
        it = it.met(MENTOR, number, over).note(MENTOR, over, ours=note, step="", goals=None)
        it = it.note(MENTEE, over, ours="", step=step, goals=("Say how sure a number is",))
        it = it if number == len(_TALKS) else it.finish_step(MENTEE, number, over + WEEK)
    for who in it.both:
        it = it.answer("fit:1", who, "good", start + WEEK)
    month = start + 30 * DAY
    it = it.ask("quality:1", AppQuestion(about="quality", due_at=month, who=it.both))
    for who in it.both:
        it = it.answer("quality:1", who, "yes", month)
    it = with_times(it.model_copy(update={"looked_at": now, "stirred_at": now - DAY}), pair, now)
    ahead = it.talk
    return it.book(MENTEE, ahead.number, ahead.times[0], now) if ahead and ahead.times else it


def _noted(it: Mentorship, now: datetime) -> OwnNotes:
    """What the mentee noted for themselves."""
    note = OwnNote(talk=len(it.held), text="Ask Grace how she chose between lead and expert", at=now - DAY)
    id = own_notes_id(it.id, MENTEE)
    return OwnNotes(id=id, person_id=MENTEE, mentorship_id=it.id, notes=(note,), made_at=now)

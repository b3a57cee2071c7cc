"""What the two do: ask, answer, write the line, note an act, confirm it, say what came of it, finish.

Each is one commit. A press where the two can't go on any more, as one now leads the other, ends it instead.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, Refusal
from kernel.store import NONE, Changes, Key, Snapshot, together
from kernel.values import PersonId
from kernel.working_hours import add_working, local_day
from kernel.working_time import Span
from mentoring.model.load import Load, load_of
from mentoring.model.person import Person, check_member, stranger
from mentoring.people.managers import are_in_line
from mentoring.people.people import meeting_strangers, met
from relationships.mentorships.pair import Pair
from relationships.sponsorships.act import LONGEST as LONGEST_ACT
from relationships.sponsorships.act import Act, Audience, Deed, Outcome, Word, act
from relationships.sponsorships.changes import changed, end_of, pair_of
from relationships.sponsorships.places import RULES, is_full, of_sponsor
from relationships.sponsorships.sponsorship import (
    LONGEST,
    OPEN_SPONSORSHIPS,
    Role,
    Sponsorship,
    asked,
    one_line,
    sponsorship_id,
)

Move = Callable[[Sponsorship, Pair, Snapshot], Sponsorship]
ANSWER_WITHIN = Span.parse("5wd")
ASKED_AT_A_TIME, MOST = 3, 50


class CannotSponsor(Refusal):
    """These two can't be brought together so, for a reason that is not told: line, wish, pause, recent no.

    Or the one who is asked sponsors as many as they may: that, too, is theirs alone to know.
    """

    def __init__(self, person_id: PersonId) -> None:
        super().__init__(person_id)
        self.person_id = person_id


@dataclass(frozen=True, slots=True)
class _Wish:
    """What somebody asks of another: *me* is who asks, *role* theirs, *wants* and *line* what they wrote."""

    me: PersonId
    other: PersonId
    role: Role
    wants: str
    line: str

    @property
    def two(self) -> tuple[PersonId, PersonId]:
        """The sponsor and the protégé."""
        return (self.me, self.other) if self.role == "sponsor" else (self.other, self.me)


@dataclass(frozen=True, slots=True)
class Deeds:
    """An act as a form gives it."""

    deed: Deed
    audience: Audience
    on: date
    what: str


async def ask(
    desk: Desk,
    me: PersonId,
    other: PersonId,
    now: datetime,
    *,
    role: Role,
    wants: str,
    line: str = "",
    once: str,
) -> Sponsorship:
    """Ask somebody to be one's sponsor, or offer to be theirs: *role* is one's own. Both asking is a yes.

    Refuses the wrong fields wants and line; Invalid of *who* where they are asked already, have each other,
    three wait for an answer, or one sponsors as many as one may; CannotHelp and CannotSponsor. The same
    *once* asks once.
    """
    said, brief = _said(wants, line if role == "protege" else "")
    wish = _Wish(me, other, role, said, brief)
    sponsor_id, protege_id = wish.two
    id = sponsorship_id(sponsor_id, protege_id)
    mine = await desk.store.ids(OPEN_SPONSORSHIPS.of(me), limit=MOST)
    theirs = await of_sponsor(desk, sponsor_id)

    def decide(read: Snapshot) -> tuple[Sponsorship, Changes]:
        before, load = read.find(Sponsorship, id), load_of(read, me)
        known = read.all(Sponsorship, dict.fromkeys([*mine, *load.wishes(Sponsorship)]))
        waiting = [it for it in known if it.state == "asked" and it.asked_by == me]
        _check_free(before, other)
        person = _can_be_asked(read, me, other, role, now)
        _check_place(is_full(read, theirs, sponsor_id, desk, but=id), me, sponsor_id, desk)
        after = _asked(before, wish, waiting, _answer_by(person, desk, now), now)
        fresh = changed(read, after, pair_of(read, after, desk.policy, now), now)
        noted = Changes(put=[load.with_wish(after, waiting)])
        return after, together(fresh, noted, met(read, me, now))

    async with meeting_strangers(desk, now):
        keys = [Key(Sponsorship, id), Key(Load, me)]
        return await desk.store.commit(decide, load=keys, once=f"sponsorship:{once}")


def _check_free(before: Sponsorship | None, other: PersonId) -> None:
    """Refuse two who have each other, and asking again; not where the other has asked."""
    if before and before.state == "asked" and before.asked_by != other:
        raise Invalid("who", "asked")
    if before and before.is_open and before.state != "asked":
        raise Invalid("who", "already")


def _asked(
    before: Sponsorship | None, wish: _Wish, waiting: Sequence[Sponsorship], until: datetime, now: datetime
) -> Sponsorship:
    """The sponsorship once it is asked for: begun, where the other has asked for it already."""
    if before and before.state == "asked":
        return before.accept(wish.me, now, wish.line)
    if before and before.is_barred(wish.me, now):
        raise CannotSponsor(wish.other)
    _check_room(waiting)
    if before:
        return before.ask_again(wish.me, wish.wants, wish.line, until, now)
    return asked(*wish.two, wish.me, wish.wants, wish.line, answer_by=until, now=now)


async def accept(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """Say yes as whoever was asked; a guest can't be a sponsor, nor who sponsors as many as they may."""
    mine = await of_sponsor(desk, me)

    def move(it: Sponsorship, pair: Pair, read: Snapshot) -> Sponsorship:
        if me == it.sponsor_id and it.state == "asked":
            check_member(pair.mentor)
            _check_place(is_full(read, mine, me, desk, but=id), me, me, desk)
        return it.accept(me, now)

    async with meeting_strangers(desk, now):
        return await _change(desk, id, me, now, move)


async def decline(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """Say not now, without a reason."""
    return await _change(desk, id, me, now, lambda it, *_: it.decline(me, now))


async def withdraw(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """Take the question back."""
    return await _change(desk, id, me, now, lambda it, *_: it.withdraw(me, now))


async def write_line(desk: Desk, id: str, me: PersonId, text: str, now: datetime) -> Sponsorship:
    """Write the line for the room."""
    line = one_line(text)
    if not line:
        raise Invalid("line", "empty")
    return await _change(desk, id, me, now, lambda it, *_: it.write_line(me, line, now))


async def note(desk: Desk, id: str, me: PersonId, deeds: Deeds, now: datetime, *, once: str) -> Sponsorship:
    """Note an act as the sponsor, which the protégé is asked to confirm. The same *once* notes it once."""

    def move(it: Sponsorship, pair: Pair, _: Snapshot) -> Sponsorship:
        return it.note(me, new_act(deeds, pair.of(me), now), now)

    return await _change(desk, id, me, now, move, once=f"sponsorship-act:{once}")


def new_act(deeds: Deeds, person: Person, now: datetime) -> Act:
    """The act that a form gives, by the day of the one who fills it in; refuses its wrong fields."""
    audience: Audience = "two" if deeds.deed == "told" else deeds.audience
    what, today = deeds.what.strip(), local_day(now, person.zone)
    return act(0, deeds.deed, audience, deeds.on, what, today=today, now=now)


async def take_back(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Sponsorship:
    """Take an act back that is not confirmed yet."""
    return await _change(desk, id, me, now, lambda it, *_: it.take_back(me, number, now))


async def confirm(
    desk: Desk, id: str, me: PersonId, now: datetime, *, number: int, word: Word
) -> Sponsorship:
    """Say whether an act was so."""
    return await _change(desk, id, me, now, lambda it, *_: it.confirm(me, number, word, now))


async def unsay(desk: Desk, id: str, me: PersonId, now: datetime, *, number: int) -> Sponsorship:
    """Take back for some minutes what was said of an act; raise UndoOver after them."""
    return await _change(desk, id, me, now, lambda it, *_: it.unsay(me, number, now))


async def come_to(
    desk: Desk, id: str, me: PersonId, now: datetime, *, number: int, outcome: Outcome
) -> Sponsorship:
    """Say what came of an act."""
    return await _change(desk, id, me, now, lambda it, *_: it.come_to(me, number, outcome, now))


async def nothing_new(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """Say that there was nothing this month."""
    return await _change(desk, id, me, now, lambda it, *_: it.nothing_new(me, now))


async def offer_talk(desk: Desk, id: str, me: PersonId, about: str, now: datetime) -> Sponsorship:
    """Offer a talk in the place of advice; what was written about it goes along."""
    text = about.strip()[:LONGEST_ACT]
    return await _change(desk, id, me, now, lambda it, *_: it.offer_talk(me, text, now))


async def settle_talk(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """Take the talk that was offered up, or leave it."""
    return await _change(desk, id, me, now, lambda it, *_: it.settle_talk(me, now))


async def finish(desk: Desk, id: str, me: PersonId, now: datetime) -> Sponsorship:
    """End it, without a reason and without a form; what was only asked for is taken back, or refused."""

    def move(it: Sponsorship, *_: object) -> Sponsorship:
        if it.state == "asked":
            return it.withdraw(me, now) if it.asked_by == me else it.decline(me, now)
        return it.close("closed", now, by=me)

    return await _change(desk, id, me, now, move)


def _said(wants: str, line: str) -> tuple[str, str]:
    """What the form's texts are, or refuse all that are wrong at once."""
    said, wrong = wants.strip(), list[Invalid]()
    if not said:
        wrong.append(Invalid("what_for", "empty"))
    if len(said) > LONGEST:
        wrong.append(Invalid("what_for", "too_long", limit=LONGEST))
    try:
        brief = one_line(line)
    except Invalid as no:
        wrong, brief = [*wrong, no], ""
    if wrong:
        raise wrong[0].along_with(*wrong[1:])
    return said, brief


def _can_be_asked(read: Snapshot, me: PersonId, other: PersonId, role: Role, now: datetime) -> Person:
    """The one to ask, or refuse: no member, in the line, kept apart, paused. A sponsor is a member."""
    if other == me:
        raise CannotHelp(other, "self")
    mine, person = read.find(Person, me) or stranger(me, now), read.find(Person, other)
    if role == "sponsor":
        check_member(mine)
    if person is None or person.standing == "unknown":
        raise CannotHelp(other, "unknown")
    if person.is_gone or person.standing == "bot" or (role == "protege" and person.standing != "active"):
        raise CannotHelp(other, person.standing)
    is_resting = role == "protege" and person.is_paused(now)
    if is_resting or mine.is_kept_from(person) or are_in_line(read, mine, person):
        raise CannotSponsor(other)
    return person


def _check_room(waiting: Sequence[Sponsorship]) -> None:
    """Refuse one more where three people have somebody's question already."""
    if len(waiting) >= ASKED_AT_A_TIME:
        raise Invalid("who", "too_many", limit=ASKED_AT_A_TIME)


def _check_place(is_full: bool, me: PersonId, sponsor_id: PersonId, desk: Desk) -> None:
    """Refuse one more than a sponsor may take on; whom somebody else sponsors is not told."""
    if is_full and me == sponsor_id:
        raise Invalid("who", "full", limit=desk.policy.of(RULES).proteges)
    if is_full:
        raise CannotSponsor(sponsor_id)


def _answer_by(person: Person, desk: Desk, now: datetime) -> datetime:
    """Until when somebody may answer: five of their working days from now, or from their pause on."""
    begins = max(now, person.back_at or now)
    by = add_working(person.hours, person.zone, begins, ANSWER_WITHIN, desk.policy.holidays)
    return by or begins + ANSWER_WITHIN.wall


async def _change(
    desk: Desk, id: str, me: PersonId, now: datetime, move: Move, *, once: str | None = None
) -> Sponsorship:
    def decide(read: Snapshot) -> tuple[Sponsorship, Changes]:
        before = read.get(Sponsorship, id).check_one_of(me)
        pair = pair_of(read, before, desk.policy, now)
        end = end_of(read, pair) if before.is_open else None
        after = before.close(end, now) if end else move(before, pair, read)
        return after, changed(read, after, pair, now) if after != before else NONE

    return await desk.store.commit(decide, load=[Key(Sponsorship, id)], once=once)

"""What admins do with a programme, and how people put themselves forward for it; each is one commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import HOME
from kernel.policy import Policy
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import WORKSPACE, PersonId
from matching.pairing.values import BadPin, Pairing, Priority, Two
from mentoring.admins.admins import steers
from mentoring.model.person import MEET, Person, check_member, only_here
from relationships.cohorts.programme import (
    ANSWERS,
    ANSWERS_HEARD,
    FORGET_PROGRAMME,
    MOST_OPEN,
    PROGRAMME_WORK,
    Decision,
    Deed,
    Form,
    NotPairable,
    OpenProgrammes,
    PairingTrouble,
    Programme,
    Side,
    Verb,
    Work,
    named,
)
from relationships.cohorts.sign_up import MENTEES, MENTORS, SignUp, SignUpChoices, sign_up_id

EVERYONE = 5_000  # on one side of a programme
HEARD_EVERY = timedelta(hours=6)
MOST_PAIRS = 20_000_000
MOST_ADDED = 50
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many take part in a programme, and how many places its mentors have together."""

    mentees: int
    mentors: int
    places: int


async def start(
    desk: Desk, me: PersonId, name: str, now: datetime, *, id: str, form: Form = "pairs"
) -> Programme:
    """Start a programme; one of the same name is open already: refused. The same *id* again is the same."""

    def decide(read: Snapshot) -> tuple[Programme, Changes]:
        check_admin(read, desk.policy, me)
        if found := read.find(Programme, id):
            return found, NONE
        tidy, board = named(name), _board(read)
        if any(it.name.casefold() == tidy.casefold() for it in board.all):
            raise Invalid("name", "there")
        if len(board.all) >= MOST_OPEN:
            raise Invalid("name", "too_many", limit=MOST_OPEN)
        made = Programme(id=id, name=tidy, form=form, made_by=me, made_at=now)
        return made, changed(read, made, desk.policy, now)

    return await desk.store.commit(decide, load=[Key(Programme, id), Key(OpenProgrammes, WORKSPACE)])


async def close(desk: Desk, id: str, me: PersonId, now: datetime) -> Programme:
    """Take nobody more and pair nobody more; mentorships go on."""
    return await _change(desk, id, me, now, lambda it: it.close(now))


async def decide(
    desk: Desk, id: str, me: PersonId, now: datetime, *, verb: Verb, two: Two, window: str = ""
) -> Programme:
    """Pin or ban two people, or decide nothing of them, and pair anew."""
    await _check_sides(desk, id, two)
    decision = Decision(verb=verb, two=(PersonId(two.mentee_id), PersonId(two.mentor_id)))

    def decided(it: Programme) -> Programme:
        begun = it.decide(verb, [two], now).begin("pair", me, now, window, it.priority)
        return begun.deciding(decision)

    return await _change(desk, id, me, now, decided)


async def swap(
    desk: Desk, id: str, me: PersonId, now: datetime, *, one: PersonId, other: PersonId, window: str = ""
) -> Programme:
    """Let two mentees change places, and pair anew."""
    decision = Decision(verb="swap", two=(one, other))

    def swapped(it: Programme) -> Programme:
        return it.swap(one, other, now).begin("pair", me, now, window, it.priority).deciding(decision)

    return await _change(desk, id, me, now, swapped)


async def undo(desk: Desk, id: str, me: PersonId, now: datetime) -> Programme:
    """Put back what was before the latest change, within 24 hours."""
    return await _change(desk, id, me, now, lambda it: it.undo(now))


async def begin(
    desk: Desk,
    id: str,
    me: PersonId,
    now: datetime,
    *,
    do: Deed,
    window: str = "",
    priority: Priority | None = None,
) -> Programme:
    """Have a programme paired, its pairs proposed, or the proposals taken back."""
    if do == "pair":
        _check_size(await counts(desk, id))

    def begun(it: Programme) -> Programme:
        work = it.begin(do, me, now, window, priority or it.priority)
        if do == "take_back" and not it.can_take_back(now):
            raise Ended
        if do == "propose" and not it.unsent:
            raise NotPairable("proposed")
        return work

    return await _change(desk, id, me, now, begun)


async def read_list(
    desk: Desk, id: str, me: PersonId, now: datetime, *, file: str, side: Side, window: str = ""
) -> Programme:
    """Have a list read that an admin brings in: a file in Slack, of mentees, mentors or pairs."""
    if not file:
        raise Invalid("list_file", "empty")
    return await _change(desk, id, me, now, lambda it: it.begin("read", me, now, window).reading(file, side))


async def note(
    desk: Desk, work: Work, change: Callable[[Programme], Programme], now: datetime, due: Due
) -> Programme | None:
    """Note what came of a piece of work, unless another one is under way since; return how things stand."""

    def settle(read: Snapshot) -> tuple[Programme | None, Changes]:
        before = read.find(Programme, due.thing)
        if before is None or before.work is None or before.work.number != work.number:
            return before, NONE
        after = change(before)
        shown = Changes(show=[Show(HOME, before.work.by)])
        return after, together(changed(read, after, desk.policy, now), shown)

    return await desk.store.commit(settle, load=[Key(Programme, due.thing)], due=due)


def solved(pairing: Pairing, mentees: int, now: datetime) -> Callable[[Programme], Programme]:
    """The change by which a programme takes over a pairing."""
    return lambda it: it.solved(pairing, mentees, (it.work.priority if it.work else None) or it.priority, now)


def failed(no: BadPin | None) -> Callable[[Programme], Programme]:
    """The change by which a pairing comes to nothing; without a bad pin it was broken off."""
    if no is None:
        return lambda it: it.failed(PairingTrouble())
    facts = {name: getattr(no, name) for name in ("two", "obstacle", "pinned", "places", "fewest")}
    return lambda it: it.failed(PairingTrouble(**facts))


async def sign_up(
    desk: Desk,
    programme_id: str,
    me: PersonId,
    asked: SignUpChoices,
    now: datetime,
    *,
    by: PersonId | None = None,
) -> SignUp:
    """Put oneself forward, or change what one asks; refused once the programme is closed."""
    tidy = asked.checked(me, [topic.id for topic in desk.topics.all])
    await _check_room(desk, programme_id)

    def decide(read: Snapshot) -> tuple[SignUp, Changes]:
        programme = read.get(Programme, programme_id)
        if not programme.is_open:
            raise Ended
        check_member(read.get(Person, me))
        made = _signed_up(read, programme, me, tidy, now)
        return made, Changes(
            put=[made], later=[_forgotten(programme_id, desk.policy, now)], show=[Show(HOME, me)]
        )

    id = sign_up_id(programme_id, me)
    return await desk.store.commit(
        decide, load=[Key(Programme, programme_id), Key(Person, me), Key(SignUp, id)]
    )


async def withdraw(desk: Desk, programme_id: str, me: PersonId) -> None:
    """Stop taking part; a pair that was proposed or agreed on stays as it is."""
    key = Key(SignUp, sign_up_id(programme_id, me))

    def decide(read: Snapshot) -> tuple[None, Changes]:
        is_there = read.find(SignUp, key.id) is not None
        return None, Changes(drop=[key], show=[Show(HOME, me)]) if is_there else NONE

    await desk.store.commit(decide, load=[key])


async def add(
    desk: Desk,
    programme_id: str,
    me: PersonId,
    now: datetime,
    *,
    mentees: Sequence[PersonId],
    mentors: Sequence[PersonId],
) -> int:
    """Put people there as an admin, and return how many are new; who has signed up keeps what they asked."""
    if not (mentees or mentors):
        raise Invalid("mentees_added", "empty")
    if len({*mentees, *mentors}) > MOST_ADDED:
        raise Invalid("mentees_added", "too_many", limit=MOST_ADDED)
    await _check_room(desk, programme_id)
    people = sorted({*mentees, *mentors})

    def decide(read: Snapshot) -> tuple[int, Changes]:
        check_admin(read, desk.policy, me)
        programme = read.get(Programme, programme_id)
        if not programme.is_open:
            raise Ended
        known = {it.id: it for it in read.all(Person, people)}
        strange = [id for id in people if id in known and known[id].standing not in ("active", "unknown")]
        if strange:
            raise Invalid("mentees_added" if strange[0] in mentees else "mentors_added", "no_member")
        made = [
            _added(read, programme, it, me, now, as_mentee=it in mentees, as_mentor=it in mentors)
            for it in people
        ]
        fresh = [it for it in made if read.find(SignUp, it.id) is None]
        met = [Later(MEET, it, now) for it in people if it not in known]
        later = [*met, _forgotten(programme_id, desk.policy, now)]
        return len(fresh), Changes(put=made, later=later)

    keys = [Key(SignUp, sign_up_id(programme_id, it)) for it in people]
    return await desk.store.commit(decide, load=[Key(Programme, programme_id), *keys])


async def counts(desk: Desk, id: str) -> Counts:
    """How many take part, and how many places there are."""
    mentors = await desk.store.gists([MENTORS.of(id)], limit=EVERYONE, since=_EVER)
    places = sum(int(it) for it in mentors.values() if it.isdigit())
    return Counts(await desk.store.count(MENTEES.of(id)), len(mentors), places)


async def seen_by_admin(desk: Desk, id: str, me: PersonId) -> Programme:
    """A programme to an admin; anybody else is refused."""

    def view(read: Snapshot) -> Programme:
        check_admin(read, desk.policy, me)
        return read.get(Programme, id)

    return await desk.store.look(view, load=[Key(Programme, id), Key(Person, me)])


def check_admin(read: Snapshot, policy: Policy, me: PersonId) -> None:
    """Refuse whoever doesn't steer the workspace."""
    if not steers(read, policy, me):
        raise NotYours


def changed(read: Snapshot, after: Programme, policy: Policy, now: datetime) -> Changes:
    """What goes with a programme as it is now: its line among the open ones, its end, its card."""
    board, before = _board(read), read.find(Programme, after.id)
    noted = board.noting(after)
    put = [after, *([noted] if noted != board else [])]
    is_news = before is None or before.tally != after.tally
    shown = [Show(ANSWERS.of(after.id), to=after.sent_by)] if after.sent_by and is_news else []
    later = [_forgotten(after.id, policy, now), _heard(read, after, policy)]
    return Changes(put=put, later=later, show=only_here(read, shown))


def _board(read: Snapshot) -> OpenProgrammes:
    return read.find(OpenProgrammes, WORKSPACE) or OpenProgrammes()


async def _change(
    desk: Desk, id: str, me: PersonId, now: datetime, change: Callable[[Programme], Programme]
) -> Programme:
    def decide(read: Snapshot) -> tuple[Programme, Changes]:
        check_admin(read, desk.policy, me)
        before = read.get(Programme, id)
        after = change(before)
        if after == before:
            return after, NONE
        is_begun = after.work is not None and after.work != before.work
        work = Changes(later=[Later(PROGRAMME_WORK, id, now)] if is_begun else [])
        return after, together(changed(read, after, desk.policy, now), work)

    return await desk.store.commit(
        decide, load=[Key(Programme, id), Key(OpenProgrammes, WORKSPACE), Key(Person, me)]
    )


async def _check_sides(desk: Desk, id: str, two: Two) -> None:
    """Refuse two of whom one is no mentee, or the other no mentor, of a programme."""

    def view(read: Snapshot) -> None:
        sides = (("one", two.mentee_id, "mentee"), ("other", two.mentor_id, "mentor"))
        for field, who, role in sides:
            found = read.find(SignUp, sign_up_id(id, PersonId(who)))
            if found is None or not getattr(found.asked, role):
                raise Invalid(field, f"no_{role}_here")

    await desk.store.look(view, load=[Key(SignUp, sign_up_id(id, PersonId(it))) for it in two])


async def _check_room(desk: Desk, id: str) -> None:
    for side in (MENTEES, MENTORS):
        if await desk.store.count(side.of(id)) >= EVERYONE:
            raise Invalid("sides", "full", limit=EVERYONE)


def _check_size(them: Counts) -> None:
    if not them.mentees:
        raise NotPairable("mentees")
    if not them.places:
        raise NotPairable("mentors")
    if them.mentees * them.mentors > MOST_PAIRS:
        raise NotPairable("size")


def _signed_up(
    read: Snapshot, programme: Programme, me: PersonId, asked: SignUpChoices, now: datetime
) -> SignUp:
    before = read.find(SignUp, sign_up_id(programme.id, me))
    if before is not None:
        return before.model_copy(update={"asked": asked, "added_by": None})
    return _new(programme, me, asked, now)


def _added(
    read: Snapshot,
    programme: Programme,
    person: PersonId,
    by: PersonId,
    now: datetime,
    *,
    as_mentee: bool,
    as_mentor: bool,
) -> SignUp:
    before = read.find(SignUp, sign_up_id(programme.id, person))
    if before is None:
        made = _new(programme, person, SignUpChoices(mentee=as_mentee, mentor=as_mentor), now)
        return made.model_copy(update={"added_by": by})
    asked = before.asked
    roles = {"mentee": asked.mentee or as_mentee, "mentor": asked.mentor or as_mentor}
    return before.model_copy(update={"asked": asked.model_copy(update=roles)})


def _new(programme: Programme, person: PersonId, asked: SignUpChoices, now: datetime) -> SignUp:
    return SignUp(
        id=sign_up_id(programme.id, person),
        programme_id=programme.id,
        programme=programme.name,
        person_id=person,
        asked=asked,
        made_at=now,
    )


def _heard(read: Snapshot, it: Programme, policy: Policy) -> Later | Never:
    """When the answers are heard next: while some are waited for, in the hours of who had them proposed."""
    if not it.waits or it.heard_at is None or it.sent_by is None:
        return Never(ANSWERS_HEARD, it.id)
    at, person = it.heard_at + HEARD_EVERY, read.find(Person, it.sent_by)
    hours = person.hours.in_zone(person.zone, policy.holidays) if person else None
    return Later(ANSWERS_HEARD, it.id, (hours.next_open(at) if hours else None) or at)


def _forgotten(id: str, policy: Policy, now: datetime) -> Later:
    return Later(FORGET_PROGRAMME, id, now + timedelta(days=policy.retention.relationship_days))

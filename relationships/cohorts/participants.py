"""Who takes part in a programme as a pairing reads them: their sign-ups, with what is known of the people.

Left out is whoever has left, or is no member; a mentor who is paused or has no room has no place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from matching.pairing.grounds import fit_of, grounds
from matching.pairing.moves import Move
from matching.pairing.values import CIRCLE, TEAM, TOPICS, Cohort, MatchedPair, Participant, Trait, Two
from mentoring.model.load import Load
from mentoring.model.person import Person
from relationships.circles.circle import Circle, terms
from relationships.cohorts.programme import Programme
from relationships.cohorts.programmes import EVERYONE
from relationships.cohorts.result import Matched
from relationships.cohorts.sign_up import MENTEES, MENTORS, SignUp, sign_up_id
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.capacity import MentorPlaces
from relationships.mentorships.mentorship import Mentorship

HERE = ("active", "unknown")


@dataclass(frozen=True)
class Sides:
    """People of a programme as participants, by their ids."""

    mentees: Mapping[PersonId, Participant]
    mentors: Mapping[PersonId, Participant]


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the pairs that were proposed: by two, the state of their mentorship."""

    states: Mapping[Two, str]
    agreed: Mapping[Two, frozenset[PersonId]]

    @property
    def open(self) -> frozenset[Two]:
        """The pairs that are agreed on, or still may be."""
        return frozenset(two for two, state in self.states.items() if state not in ("ended", "gone"))


async def cohort_of(desk: Desk, programme: Programme, now: datetime) -> Cohort:
    """Everyone with what they ask of each other, and what was decided.

    Pairs that were proposed stand: they are pinned, and what somebody said no to is banned. So are two who
    have a mentorship already.
    """
    mentees, mentors = [
        await desk.store.ids(it.of(programme.id), limit=EVERYONE) for it in (MENTEES, MENTORS)
    ]

    def view(read: Snapshot) -> Cohort:
        people = sides(read, programme, {*mentees, *mentors}, desk.policy, now)
        stands = standing(read, programme)
        ours, theirs = people.mentees, people.mentors
        here = [Two(*it) for it in (*programme.pins, *stands.open) if it[0] in ours and it[1] in theirs]
        apart = (set(stands.states) - stands.open) | _mentored(read, theirs) - stands.open
        return Cohort(
            tuple(ours.values()),
            tuple(theirs.values()),
            lines(read, {*ours, *theirs}),
            pins=frozenset(here),
            bans=frozenset(Two(*it) for it in programme.bans) | apart,
            priority=(programme.work.priority if programme.work else None) or programme.priority,
        )

    return await desk.store.look(view, load=[Key(SignUp, it) for it in {*mentees, *mentors}])


async def with_grounds(
    desk: Desk, programme: Programme, pairs: Sequence[Matched], now: datetime
) -> list[MatchedPair]:
    """Pairs with what speaks for and against each; two of whom one has left the programme without."""
    return await desk.store.look(lambda read: list(_with_grounds(read, programme, pairs, desk.policy, now)))


async def moved(desk: Desk, programme: Programme, now: datetime) -> list[Move]:
    """Who has another mentor than before the latest change, in the order of ids."""
    before = programme.before.result.mentors if programme.before and programme.before.result else {}
    after = programme.result.mentors if programme.result else {}
    who = sorted(id for id in {*before, *after} if before.get(id) != after.get(id)) if before else []
    involved = {*who, *(side[id] for side in (before, after) for id in who if id in side)}

    def view(read: Snapshot) -> list[Move]:
        people = sides(read, programme, _ids(programme, involved), desk.policy, now)
        return [_move(people, PersonId(id), before.get(id), after.get(id)) for id in who]

    return await desk.store.look(view)


async def states(desk: Desk, programme: Programme) -> Standing:
    """What became of the pairs that were proposed."""
    return await desk.store.look(lambda read: standing(read, programme))


def standing(read: Snapshot, programme: Programme) -> Standing:
    """What became of the pairs that were proposed; of what is no longer kept, that it is gone."""
    if programme.form == "circles":
        return _standing_in_circles(read, programme)
    ids = {it.two: programme.proposal_of(it).id for it in programme.proposed}
    found = {it.id: it for it in read.all(Mentorship, sorted(ids.values()))}
    known = {two: found[id] for two, id in ids.items() if id in found}
    return Standing(
        {two: known[two].state if two in known else "gone" for two in ids},
        {two: it.agreed for two, it in known.items()},
    )


def _standing_in_circles(read: Snapshot, programme: Programme) -> Standing:
    ids = {it.two: programme.circle_id(it.mentor_id, it.round) for it in programme.proposed}
    found = {it.id: it for it in read.all(Circle, sorted(set(ids.values())))}
    known = {two: found[id] for two, id in ids.items() if id in found}
    return Standing(
        {two: _state_in(known[two], PersonId(two.mentee_id)) if two in known else "gone" for two in ids},
        {two: frozenset(who for who, yes in it.answers.items() if yes) for two, it in known.items()},
    )


def _state_in(it: Circle, mentee: PersonId) -> str:
    if not it.is_open or not it.is_in(mentee):
        return "ended"
    return "agreeing" if it.state == "gathering" else "going"


def sides(read: Snapshot, programme: Programme, ids: Iterable[str], policy: Policy, now: datetime) -> Sides:
    """The people of these sign-ups as participants; *needs* and *wants* are of the mentor alone."""
    signed = read.all(SignUp, sorted(ids))
    everyone = [it.person_id for it in signed]
    people = {it.id: it for it in read.all(Person, everyone)}
    here = [it for it in signed if it.person_id not in people or people[it.person_id].standing in HERE]
    mentors = [it for it in here if it.asked.mentor]
    stands = Counter(two.mentor_id for two in standing(read, programme).open)
    circles = stands if programme.form == "circles" else None
    room = _room(read, programme, {it.person_id: people.get(it.person_id) for it in mentors}, policy, now)
    return Sides(
        {it.person_id: _mentee(it, people.get(it.person_id)) for it in here if it.asked.mentee},
        {
            it.person_id: _mentor(it, people.get(it.person_id), _places(it, room[it.person_id], circles))
            for it in mentors
        },
    )


def lines(read: Snapshot, people: Iterable[PersonId]) -> dict[str, tuple[str, ...]]:
    """The managers of people, and of everyone above them."""
    found: dict[str, tuple[str, ...]] = {}
    edge = set(people)
    while edge:
        known = read.all(Person, sorted(edge))
        found |= {it.id: it.managers for it in known if it.managers}
        edge = {PersonId(id) for it in known for id in it.managers} - found.keys() - edge
    return found


def _mentored(read: Snapshot, mentors: Iterable[PersonId]) -> set[Two]:
    """Who has one of these mentors already, in or outside of a programme."""
    promised = [id for load in read.all(Load, mentors) for id in load.promised]
    return {Two(it.mentee_id, it.mentor_id) for it in read.all(Mentorship, promised)}


def _with_grounds(
    read: Snapshot, programme: Programme, pairs: Sequence[Matched], policy: Policy, now: datetime
) -> Iterator[MatchedPair]:
    people = sides(read, programme, _ids(programme, (id for it in pairs for id in it.two)), policy, now)
    for it in pairs:
        mentee, mentor = people.mentees.get(it.mentee_id), people.mentors.get(it.mentor_id)
        both = (mentee, mentor) if mentee and mentor else None
        why, fit = (grounds(*both), fit_of(*both)) if both else ((), 0.0)
        yield MatchedPair(it.mentee_id, it.mentor_id, fit, why, it.is_pinned)


def _move(people: Sides, id: PersonId, old: str | None, new: str | None) -> Move:
    mentee = people.mentees.get(id)
    one, other = (people.mentors.get(PersonId(it or "")) for it in (old, new))
    had = grounds(mentee, one) if mentee and one else ()
    has = grounds(mentee, other) if mentee and other else ()
    worth = [fit_of(mentee, it) if mentee and it else 0.0 for it in (one, other)]
    lost, won = (tuple(it for it in a if it not in b) for a, b in ((had, has), (has, had)))
    return Move(id, old, new, worth[1] - worth[0], lost, won)


def _ids(programme: Programme, people: Iterable[str]) -> list[str]:
    return [sign_up_id(programme.id, PersonId(it)) for it in people]


def _mentee(it: SignUp, person: Person | None) -> Participant:
    asked = it.asked
    return Participant(
        it.person_id,
        needs=frozenset(Trait(TOPICS, topic) for topic in asked.needs),
        wants=frozenset(Trait(TOPICS, topic) for topic in asked.wants if topic not in asked.needs),
        wishes=asked.wishes,
        level=_level(person),
        has=_traits(person),
        depths=_depths(person),
        never=frozenset(person.do_not_match) if person else frozenset(),
    )


def _mentor(it: SignUp, person: Person | None, places: tuple[int, int]) -> Participant:
    return Participant(
        it.person_id,
        wishes=it.asked.wishes,
        places=places[0],
        fewest=places[1],
        level=_level(person),
        has=_traits(person),
        depths=_depths(person),
        never=frozenset(person.do_not_match) if person else frozenset(),
    )


def _level(person: Person | None) -> int | None:
    """Somebody's level where they or a list have said it: else it is the one that all begin with."""
    return person.level if person and person.enrolled_at else None


def _traits(person: Person | None) -> frozenset[Trait]:
    if person is None:
        return frozenset()
    own = ((TEAM, person.team), ("function", person.function), ("site", person.site))
    topics = [Trait(TOPICS, topic) for topic in person.topics]
    return frozenset([*topics, *(Trait(column, value) for column, value in own if value)])


def _depths(person: Person | None) -> dict[str, int]:
    return {str(topic): depth for topic, depth in person.topics.items()} if person else {}


def _room(
    read: Snapshot,
    programme: Programme,
    mentors: Mapping[PersonId, Person | None],
    policy: Policy,
    now: datetime,
) -> dict[PersonId, int]:
    """How much more each mentor can promise for this programme, beside all else that they promised."""
    ours = {programme.proposal_of(it).id for it in programme.proposed}
    ours |= {programme.circle_id(it.mentor_id, it.round) for it in programme.proposed}
    said = {it.id: it.most for it in read.all(MentorPlaces, mentors)}
    loads = {it.id: it for it in read.all(Load, mentors)}
    in_circles = programme.form == "circles"
    minutes = (terms(programme.name) if in_circles else Agreement(purpose=programme.name)).weekly_minutes
    room = {}
    for id, person in mentors.items():
        promised = loads[id].promised if id in loads else {}
        others = [taken for key, taken in promised.items() if key not in ours]
        weekly = (person.limits(policy.limits) if person else policy.limits).minutes_per_week
        free = min(said.get(id, policy.mentorships) - len(others), (weekly - sum(others)) // minutes)
        room[id] = 0 if person and person.is_paused(now) else max(free, 0)
    return room


def _places(it: SignUp, room: int, circles: Mapping[str, int] | None) -> tuple[int, int]:
    """How many mentees a mentor takes at most, and how few at least; a circle needs one promise.

    *circles* are the sizes of those that stand, which stay as they are; None: they meet in pairs.
    """
    if circles is None:
        return min(it.asked.places, room), 0
    fewest, most = CIRCLE
    if size := circles.get(it.person_id, 0):
        return size, min(fewest, size)
    wanted = it.asked.places if fewest <= it.asked.places <= most else most
    return (wanted if room else 0), fewest

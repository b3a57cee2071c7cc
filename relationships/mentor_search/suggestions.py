"""Who could be somebody's mentor: ranked as helpers are, among those with a place and minutes for months."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp
from kernel.store import Key, Snapshot
from kernel.values import PersonId, TopicId
from matching.ranking.ranking import rank
from matching.values import Ask, Lane, Match, ReasonKind, Urgency
from mentoring.model.load import Load
from mentoring.model.person import Person, check_can_help, stranger
from mentoring.people.managers import check_apart
from mentoring.routing.lane_statistics import by_outcomes
from mentoring.routing.shortlist import model_of
from relationships.mentor_search.wish import SuggestedMentor
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.capacity import MentorPlaces, has_place
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import MENTORSHIPS

RANKED, OFFERED, REMEMBERED = 30, 3, 50
IN_TURN = 10  # juniors who are asked one after the other
MANY = 1_000  # open talks and offers say nothing about months
USUAL = Agreement(purpose="").weekly_minutes
# What is true of this hour only is no reason for months.
LASTING = frozenset(
    {
        ReasonKind.TOPIC,
        ReasonKind.RELATED_TOPIC,
        ReasonKind.LANE,
        ReasonKind.ANSWERED,
        ReasonKind.REPEAT,
        ReasonKind.PAIR,
        ReasonKind.RELIABLE,
    }
)


class NoPlace(CannotHelp):
    """The person named mentors as many people as they take on, or has no minutes left for one more."""

    def __init__(self, person_id: PersonId) -> None:
        super().__init__(person_id, "no_place")


async def suggestions(
    desk: Desk,
    me: PersonId,
    now: datetime,
    *,
    wish_id: str,
    wants: str,
    topics: tuple[TopicId, ...],
    without: Iterable[PersonId] = (),
    is_reverse: bool = False,
) -> tuple[SuggestedMentor, ...]:
    """Up to three who could be the mentor, best first, with the reasons that last.

    With *is_reverse* they are earlier in their career, and up to ten, as these are asked in turn.
    """
    person, past = await _known(desk, me, now)
    barred = {*without, *person.do_not_match, *person.managers, *(it.other(me) for it in past if _bars(it))}
    ask = Ask(
        id=wish_id,
        asker_id=me,
        asker_level=person.level,
        topics=topics,
        lanes=(Lane.REVERSE,) if is_reverse else (Lane.SENIOR, Lane.PEER),
        urgency=Urgency.THIS_WEEK,
        minutes=USUAL,
        text=wants,
    )
    ask = await by_outcomes(desk, ask)
    # The model first: the index must not be awaited away from between here and the ranking.
    model = await model_of(desk, now)
    index = await desk.directory.index()
    ask = replace(ask, excluded=frozenset(barred) | index.lines.around(me))
    limits = replace(desk.policy.limits, open_sessions=MANY, open_offers=None)
    ranked = rank(ask, index, now, RANKED, tree=desk.topics.tree, limits=limits, model=model)
    found = await _with_place(desk, person, ranked, now)
    return tuple(_suggested(match) for match in found)[: IN_TURN if is_reverse else OFFERED]


def check_mentor(read: Snapshot, me: PersonId, mentor_id: PersonId, desk: Desk, now: datetime) -> Person:
    """Who is to be asked, or refuse whoever can't: no member, paused, in the line, apart, no place."""
    mentor = read.find(Person, mentor_id)
    if mentor is None:
        raise CannotHelp(mentor_id, "unknown")
    person = read.find(Person, me) or stranger(me, now)
    check_can_help(person, mentor, now)
    check_apart(read, person, mentor)
    if not has_place(read, mentor, "", USUAL, desk.policy):
        raise NoPlace(mentor_id)
    return mentor


async def _known(desk: Desk, me: PersonId, now: datetime) -> tuple[Person, list[Mentorship]]:
    ids = await desk.store.ids(MENTORSHIPS.of(me), limit=REMEMBERED)

    def view(read: Snapshot) -> tuple[Person, list[Mentorship]]:
        past = [it for it in read.all(Mentorship, ids) if it.mentee_id == me or it.is_open]
        return read.find(Person, me) or stranger(me, now), past

    return await desk.store.look(view, load=[Key(Person, me)])


def _bars(mentorship: Mentorship) -> bool:
    """Whether the other is not suggested: it goes on, it was no match, or they were the junior."""
    is_settled = mentorship.is_reverse or mentorship.end in ("no_fit", "apart", "handed_over")
    return mentorship.is_open or is_settled


async def _with_place(desk: Desk, me: Person, ranked: list[Match], now: datetime) -> list[Match]:
    """Those who have room for one more mentorship, and who may be asked as things are stored."""

    def view(read: Snapshot) -> list[Match]:
        return [match for match in ranked if _can(read, match)]

    def _can(read: Snapshot, match: Match) -> bool:
        mentor = read.find(Person, match.helper_id)
        is_apart = mentor is None or me.is_kept_from(mentor)
        return mentor is not None and not is_apart and has_place(read, mentor, "", USUAL, desk.policy)

    kinds = (Person, Load, MentorPlaces)
    return await desk.store.look(view, load=[Key(kind, it.helper_id) for it in ranked for kind in kinds])


def _suggested(match: Match) -> SuggestedMentor:
    reasons = tuple(it for it in match.reasons if it.kind in LASTING and it.value > 0)
    return SuggestedMentor(mentor_id=PersonId(match.helper_id), reasons=reasons)

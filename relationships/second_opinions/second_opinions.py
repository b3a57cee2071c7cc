"""What an asker does with a second opinion: ask for it, add their own view, take it back, read and choose."""

from collections.abc import Callable
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import CannotHelp, Invalid, Refusal
from kernel.store import NONE, Changes, Key, Later, Show, Snapshot, together
from kernel.values import PersonId, RequestId, TopicId, Value
from kernel.working_hours import add_working
from matching.values import Urgency
from mentoring.model.load import Load, load_of
from mentoring.model.new_request import NewRequest, check_question, check_topics
from mentoring.model.person import Person, stranger
from mentoring.model.request import Request
from mentoring.people.people import met
from mentoring.requests.requests import check_named, filing
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import (
    FILL_SEATS,
    RULES,
    TIME,
    VIEWS_DUE,
    SecondOpinion,
)
from relationships.second_opinions.views import checked


class TooManyOpinions(Refusal):
    """The asker waits for as many second opinions as the policy allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NoTalkNow(Refusal):
    """Whoever gave a view can't be asked for a talk just now; says nothing of who they are, or why."""


class NewSecondOpinion(Value):
    """A question as a form gives it, with the asker's own view, if they wrote one."""

    question: str
    topics: tuple[TopicId, ...]
    own_view: str = ""
    anonymous: bool = False


async def ask(
    desk: Desk, me: PersonId, new: NewSecondOpinion, opinion_id: str, now: datetime
) -> SecondOpinion:
    """Save a question and have people asked at once. The same id again returns what was filed first.

    Refuses the first wrong field, question, topics or own_view, and TooManyOpinions.
    """
    question = checked("question", check_question(new.question))
    topics = check_topics(new.topics, desk.topics)
    own_view, most = checked("own_view", new.own_view), desk.policy.of(RULES).open

    def decide(read: Snapshot) -> tuple[SecondOpinion, Changes]:
        first = read.find(SecondOpinion, opinion_id)
        if first is not None:
            return first.check_asker(me), NONE
        load, person = load_of(read, me), read.find(Person, me) or stranger(me, now)
        if len(load.open_opinions) >= most:
            raise TooManyOpinions(most)
        closes = add_working(person.hours, person.zone, now, TIME, desk.policy.holidays)
        opinion = SecondOpinion(
            id=opinion_id,
            asker_id=me,
            question=question,
            topics=topics,
            own_view=own_view,
            anonymous=new.anonymous,
            asked_at=now,
            closes_at=closes or now + TIME.wall,
        )
        later = [Later(FILL_SEATS, opinion_id, now), Later(VIEWS_DUE, opinion_id, opinion.closes_at)]
        put = [opinion, load.with_opinion(opinion_id)]
        shown = [Show(opinion.thing, to=me)]
        return opinion, together(Changes(put=put, later=later, show=shown), met(read, me, now))

    keys = [Key(SecondOpinion, opinion_id), Key(Load, me), Key(Person, me)]
    return await desk.store.commit(decide, load=keys)


async def write_own(desk: Desk, opinion_id: str, me: PersonId, now: datetime, *, text: str) -> SecondOpinion:
    """Take down the asker's own view, before they have read another's."""
    view = checked("own_view", text)
    if not view:
        raise Invalid("own_view", "empty")
    return await _change(desk, opinion_id, me, now, lambda opinion: opinion.write_own(view))


async def withdraw(desk: Desk, opinion_id: str, me: PersonId, now: datetime) -> SecondOpinion:
    """Take the question back before anything is shown."""
    return await _change(desk, opinion_id, me, now, lambda opinion: opinion.withdraw(now))


async def settle(desk: Desk, opinion_id: str, me: PersonId, now: datetime) -> SecondOpinion:
    """Have read enough, and thank everyone who answered."""
    return await _change(desk, opinion_id, me, now, lambda opinion: opinion.settle(now))


async def talk(
    desk: Desk, opinion_id: str, me: PersonId, number: int, now: datetime, *, mask: str = ""
) -> SecondOpinion:
    """Ask the person of one seat for a talk: an ordinary question, with them asked first.

    *mask* is a random word, used where it was asked without a name. The same seat again changes nothing.
    Refuses NoTalkNow, and TooManyOpen where the asker has no room for
    one more question.
    """
    request_id = RequestId(f"{opinion_id}-{number}")

    def decide(read: Snapshot) -> tuple[SecondOpinion, Changes]:
        before = read.get(SecondOpinion, opinion_id).check_asker(me)
        if before.chosen == number:
            return before, NONE
        after = before.choose(number, request_id, now)
        request = _talk_asked(read, after, desk, mask, now)
        filed = filing(read, request, desk.policy.open_requests, now)
        return after, together(changed(read, before, after, desk.policy, now), filed)

    return await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id), Key(Load, me)])


def _talk_asked(read: Snapshot, opinion: SecondOpinion, desk: Desk, mask: str, now: datetime) -> Request:
    [seat] = [it for it in opinion.answered if it.number == opinion.chosen]
    try:
        check_named(read, opinion.asker_id, seat.person_id, now)
    except CannotHelp:
        raise NoTalkNow from None
    new = NewRequest(
        question=opinion.question,
        topics=opinion.topics,
        urgency=Urgency.THIS_WEEK,
        minutes=desk.policy.session_minutes[0],
        anonymous=opinion.anonymous,
        mask=mask if opinion.anonymous else "",
        prefer=seat.person_id,
    )
    request = new.as_request(opinion.request_id or RequestId(""), opinion.asker_id, desk.policy, now)
    return request.model_copy(update={"after_views": True})


async def _change(
    desk: Desk,
    opinion_id: str,
    me: PersonId,
    now: datetime,
    change: Callable[[SecondOpinion], SecondOpinion],
) -> SecondOpinion:
    """Commit a change by the asker; what changes nothing is not written."""

    def decide(read: Snapshot) -> tuple[SecondOpinion, Changes]:
        before = read.get(SecondOpinion, opinion_id).check_asker(me)
        after = change(before)
        return after, NONE if after == before else changed(read, before, after, desk.policy, now)

    return await desk.store.commit(decide, load=[Key(SecondOpinion, opinion_id), Key(Load, me)])

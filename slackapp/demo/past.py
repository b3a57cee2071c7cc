"""What the demo's people did before it started: a growth plan, a second opinion, and sessions on a board."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import Changes, Later, Show, Snapshot, together
from kernel.values import Document, PersonId, RequestId, SessionId, TopicId
from matching.values import Lane
from mentoring.model.load import load_of
from mentoring.model.offer import offer_id
from mentoring.model.person import Person
from mentoring.model.request import FORGET_REQUEST, Approach, Request
from mentoring.model.session import Session
from relationships.board import boards
from relationships.growth_plan import goals, sharing
from relationships.growth_plan.goal import Goal, GoalWish
from relationships.growth_plan.growth_plan import mark
from relationships.growth_plan.served import Served, What
from relationships.second_opinions import views
from relationships.second_opinions.changes import changed
from relationships.second_opinions.second_opinion import TIME, VIEWS_DUE, SecondOpinion

MAYA, PRIYA = PersonId("U0MAYA"), PersonId("U0PRIYA")
DAY = timedelta(days=1)
_ASYNC, _SPEAK = "demo-async", "demo-speak"
# Days ago, which goal, what it was, and about what.
_LINES: tuple[tuple[int, str, What, str], ...] = (
    (57, _ASYNC, "ask", "Why does my asyncio worker stall under load?"),
    (57, _ASYNC, "talk", "Why does my asyncio worker stall under load?"),
    (44, _ASYNC, "sprint", "Profile one service a week"),
    (31, _SPEAK, "guided", "Say no to a deadline in the planning round"),
    (23, _ASYNC, "helped", "Testing"),
    (16, _SPEAK, "talk", "How do I open a talk to fifty people?"),
    (9, _ASYNC, "ask", "Which profiler fits long-running tasks?"),
)
_STEPS = (
    (_ASYNC, "Profile the import job with py-spy", 40, True),
    (_ASYNC, "Write down what blocks the loop", 20, False),
    (_SPEAK, "Present the sprint review on Friday", 10, False),
)

OPINION = "demo-second-opinion"
HANNAH, WEI, GRACE, YUSUF = (PersonId(f"U0{name}") for name in ("HANNAH", "WEI", "GRACE", "YUSUF"))
_SEATS = ((WEI, Lane.PEER), (GRACE, Lane.SENIOR), (YUSUF, Lane.REVERSE))
_VIEWS = {
    WEI: (
        "Keep the views and index the join on the order date first: that was two thirds of the time in ours. "
        "Move it only if it is still slow after that."
    ),
    YUSUF: (
        "I read this report every morning and use three of its thirty columns. Would a small table of those "
        "be enough for most of us?"
    ),
}


# Whose sessions put them on Maya's board: days ago, whom she asked, how they stand to her, about what.
AIKO, JONAS, RAJ = (PersonId(f"U0{name}") for name in ("AIKO", "JONAS", "RAJ"))
TEAM = (MAYA, PRIYA, AIKO, JONAS, RAJ)
_TALKS = (
    (9, PRIYA, Lane.PEER, "python", "Which profiler fits long-running tasks?"),
    (16, GRACE, Lane.SENIOR, "career", "How do I open a talk to fifty people?"),
    (37, AIKO, Lane.PEER, "testing", "How do I test a worker that sleeps?"),
    (57, JONAS, Lane.PEER, "python", "Why does my asyncio worker stall under load?"),
    (80, RAJ, Lane.SENIOR, "devops", "How much memory may the import job take?"),
)


async def grow(desk: Desk, now: datetime) -> None:
    """Give Maya a plan with history, of which Priya may read a copy."""
    begun = now - 60 * DAY
    wishes = {
        _ASYNC: GoalWish(
            title="Find out alone why an asyncio service is slow",
            why="I own the import job, and wait for others whenever it stalls.",
            sign="I explain a profile to somebody, and the fix works",
            by=(now + 40 * DAY).date(),
        ),
        _SPEAK: GoalWish(title="Speak up in front of a large group", why="I'd like to lead the next review."),
    }
    for goal_id, wish in wishes.items():
        await goals.set_goal(desk, MAYA, wish, begun, goal_id=goal_id)
    for number, (goal_id, text, ago, is_done) in enumerate(_STEPS, 1):
        at = now - ago * DAY
        goal = await goals.add_step(desk, MAYA, goal_id, text, at, once=f"demo-{number}")
        if is_done:
            last = goal.steps[-1].number
            await goals.mark_step(desk, MAYA, goal_id, at + DAY, number=last, state="done")
    lines = [_line(number, said, now) for number, said in enumerate(_LINES)]

    def serve(read: Snapshot) -> tuple[None, Changes]:
        latest = {line.goal_id: line.on for line in lines}
        touched = [it.touch(max(it.touched_at, latest[it.id])) for it in read.all(Goal, latest)]
        return None, Changes(put=[*lines, *touched])

    await desk.store.commit(serve)
    await sharing.share(desk, MAYA, PRIYA, [_ASYNC], now, with_history=False, shared_id="demo-shared")


def _line(number: int, said: tuple[int, str, What, str], now: datetime) -> Served:
    ago, goal_id, what, title = said
    ref, on = _ref(number, what, title), now - ago * DAY
    return Served(
        id=mark(goal_id, ref),
        person_id=MAYA,
        goal_id=goal_id,
        what=what,
        ref=ref,
        title=title,
        on=on,
        added_at=on,
    )


def _ref(number: int, what: What, title: str) -> str:
    """Name what a line is about: a question or session of the board's where it is one of them."""
    for ago, helper_id, _, _, question in _TALKS:
        if question == title and what in ("ask", "talk"):
            request_id, session_id = _ids(ago, helper_id)
            return f"{what}-{request_id if what == 'ask' else session_id}"
    return f"{what}-demo{number}"


def _ids(ago: int, helper_id: PersonId) -> tuple[RequestId, SessionId]:
    request_id = RequestId(f"demo-talk-{ago}")
    return request_id, SessionId(offer_id(request_id, helper_id))


async def second_opinion(desk: Desk, now: datetime) -> None:
    """Have Hannah ask three colleagues, of whom two have answered and one may still."""
    asked = SecondOpinion(
        id=OPINION,
        asker_id=HANNAH,
        question="Our nightly report takes two hours. Tune its SQL views, or build it anew as tables?",
        topics=(TopicId("sql"),),
        own_view="I lean towards tables, but only I know the views.",
        asked_at=now,
        closes_at=now + 2 * TIME.wall,
    )

    def decide(read: Snapshot) -> tuple[None, Changes]:
        seated = asked
        for person, lane in _SEATS:
            seated = seated.seat(person, lane, (), now)
        begun = Changes(
            put=[load_of(read, HANNAH).with_opinion(OPINION)],
            later=[Later(VIEWS_DUE, OPINION, asked.closes_at)],
            show=[Show(asked.thing, to=HANNAH)],
        )
        return None, together(begun, changed(read, asked, seated, desk.policy, now))

    await desk.store.commit(decide)
    for person, view in _VIEWS.items():
        await views.answer(desk, OPINION, person, now, text=view)


async def board(desk: Desk, now: datetime) -> None:
    """Give Maya sessions with five people, four of them of her team, and let her have opened her board."""
    talks = [document for talk in _TALKS for document in _talk(talk, now)]
    kept = timedelta(days=desk.policy.retention.request_days)
    later = [
        Later(FORGET_REQUEST, document.id, document.ended_at + kept)
        for document in talks
        if isinstance(document, Request) and document.ended_at
    ]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        team = [person.model_copy(update={"team": "Import"}) for person in read.all(Person, TEAM)]
        return None, Changes(put=[*talks, *team], later=later)

    await desk.store.commit(decide)
    await boards.open_board(desk, MAYA, now)


def _talk(talk: tuple[int, PersonId, Lane, str, str], now: datetime) -> Iterator[Document]:
    """Yield a question and the session that came of it."""
    ago, helper_id, lane, topic, question = talk
    at = now - ago * DAY
    (request_id, session_id), over = _ids(ago, helper_id), at + timedelta(minutes=25)
    request = Request(
        id=request_id,
        asker_id=MAYA,
        question=question,
        tried="I searched, and tried two things from the guide.",
        topics=(TopicId(topic),),
        asked_at=at,
        needed_by=at + DAY,
        state="resolved",
        asked=(Approach(helper_id=helper_id, lane=lane, offered_at=at, wave=1),),
        helper_id=helper_id,
        session_id=session_id,
        accepted_at=at,
        ended_at=over,
    )
    yield request
    yield Session(
        id=session_id,
        request_id=request_id,
        asker_id=MAYA,
        helper_id=helper_id,
        lane=lane,
        minutes=25,
        began_at=at,
        ends_at=over,
        state="wrapped",
        ended_at=over,
        spent_minutes=25,
        has_own_card=False,
    )

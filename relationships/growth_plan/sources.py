"""What of a person's doings may serve a goal, from an ask to a mentorship, and what a sponsor did for them.

A talk in which they helped somebody, and a mentorship, are named by topics, an act of a sponsor's by its
kind: the other's words are none of this plan.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coaching.guide.talk import GUIDED_TALKS, GuidedTalk
from coaching.plans.two_weeks import PLANS, TwoWeeks
from coaching.sprints.sprint import SPRINTS, Sprint
from kernel.desk import Desk
from kernel.errors import NotFound
from kernel.kinds import ListName
from kernel.store import Snapshot
from kernel.values import PersonId, TopicId
from mentoring.model.request import REQUESTS, Request
from mentoring.model.session import SESSIONS, Session
from relationships.growth_plan.served import LONGEST_NAME, What
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import MENTORSHIPS
from relationships.second_opinions.second_opinion import SECOND_OPINIONS, SecondOpinion
from relationships.sponsorships.act import Act, Deed
from relationships.sponsorships.sponsorship import ACTS_FOR, Sponsorship

MOST = 50  # of each kind that are looked at, the newest
_LISTS = (ACTS_FOR, GUIDED_TALKS, MENTORSHIPS, PLANS, REQUESTS, SECOND_OPINIONS, SESSIONS, SPRINTS)
Labels = Callable[[tuple[TopicId, ...]], str]
_ACTS: Mapping[Deed, str] = {
    "told": "something that not everyone knows",
    "introduced": "an introduction",
    "talked_up": "a good word with others",
    "stretch": "work to grow on",
    "nominated": "a nomination",
    "spoke": "a word where the decision was made",
    "cover": "cover",
    "stood_by": "support when it went wrong",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One thing: *ref* names it, *led_by* what led to it, *step* is what its person set out to do.

    *words* is what it is compared by, beside its topics.
    """

    what: What
    ref: str
    title: str
    on: datetime
    words: str = ""
    topics: tuple[TopicId, ...] = ()
    led_by: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """The documents of one person, and the questions that their talks were about."""

    requests: Sequence[Request]
    sessions: Sequence[tuple[Session, Request]]
    guided: Sequence[GuidedTalk]
    sprints: Sequence[Sprint]
    plans: Sequence[TwoWeeks]
    mentorships: Sequence[Mentorship]
    sponsorships: Sequence[Sponsorship]
    opinions: Sequence[SecondOpinion]


async def sources_since(desk: Desk, me: PersonId, since: datetime) -> list[Source]:
    """What a person did, or a sponsor did for them, since a moment, the newest first."""
    named = (desk.store.ids(name.of(me), limit=MOST, since=since) for name in _LISTS)
    ids = dict(zip(_LISTS, await asyncio.gather(*named), strict=True))
    return await _seen(desk, me, ids)


async def source_of(desk: Desk, me: PersonId, what: What, ref: str) -> Source:
    """One thing of a person's; raise NotFound where it is not there, or is not theirs."""
    name = {
        "ask": REQUESTS,
        "talk": SESSIONS,
        "helped": SESSIONS,
        "guided": GUIDED_TALKS,
        "sprint": SPRINTS,
        "plan": PLANS,
        "mentorship": MENTORSHIPS,
        "act": ACTS_FOR,
        "opinion": SECOND_OPINIONS,
    }.get(what)
    named = ref.partition("-")[2]
    id = named.rpartition(".")[0] if what == "act" else named
    found = await _seen(desk, me, {it: [id] if it == name else [] for it in _LISTS})
    same = next((it for it in found if it.ref == ref), None)
    if same is None:
        raise NotFound(what, id)
    return same


async def _seen(desk: Desk, me: PersonId, ids: dict[ListName, list[str]]) -> list[Source]:
    def view(read: Snapshot) -> _Found:
        sessions = read.all(Session, ids[SESSIONS])
        about = [(it, read.find(Request, it.request_id)) for it in sessions]
        return _Found(
            read.all(Request, ids[REQUESTS]),
            [(session, request) for session, request in about if request is not None],
            read.all(GuidedTalk, ids[GUIDED_TALKS]),
            read.all(Sprint, ids[SPRINTS]),
            read.all(TwoWeeks, ids[PLANS]),
            read.all(Mentorship, ids[MENTORSHIPS]),
            read.all(Sponsorship, ids[ACTS_FOR]),
            read.all(SecondOpinion, ids[SECOND_OPINIONS]),
        )

    found = await desk.store.look(view)
    labels = desk.topics.labels
    # What a guided talk came to is read out of whole texts.
    every = await asyncio.to_thread(lambda: [*_theirs(found, me, lambda ids: ", ".join(labels(ids)))])
    return sorted(every, key=lambda it: (it.on, it.ref), reverse=True)


def _theirs(found: _Found, me: PersonId, labels: Labels) -> Iterator[Source]:
    yield from (_ask(it) for it in found.requests if it.asker_id == me and it.state != "withdrawn")
    for session, request in found.sessions:
        if not session.is_open and not session.broken_off and not session.reported_by:
            if me in session.helped:
                yield _talk(session, request, me)
            elif me == session.helper_id:
                yield _helped(session, request, labels)
    yield from (_guided(it) for it in found.guided if it.person_id == me and _is_told(it))
    yield from (_sprint(it) for it in found.sprints if it.person_id == me)
    yield from (_plan(it) for it in found.plans if it.person_id == me)
    yield from (_mentorship(it, labels) for it in found.mentorships if me in it.both and it.began_at)
    yield from (_opinion(it) for it in found.opinions if it.asker_id == me and it.shown_at)
    for sponsorship in found.sponsorships:
        if sponsorship.protege_id == me:
            yield from (_act(sponsorship, act) for act in sponsorship.confirmed)


def _ask(request: Request) -> Source:
    words = f"{request.question} {request.continued}"
    ref = f"ask-{request.id}"
    return Source("ask", ref, _name(request.question), request.asked_at, words, request.topics)


def _talk(session: Session, request: Request, me: PersonId) -> Source:
    step, is_asker = session.step_of(me), me == session.asker_id
    about = request.question if is_asker else session.helper_thought or "Coaching each other"
    planned = (f"After {step.cue}: {step.action}" if step.cue else step.action) if step else ""
    return Source(
        "talk",
        f"talk-{session.id}",
        _name(about),
        session.ended_at or session.began_at,
        about,
        request.topics,
        led_by=f"ask-{request.id}" if is_asker else "",
        step=planned,
    )


def _helped(session: Session, request: Request, labels: Labels) -> Source:
    title, at = labels(request.topics) or "a question", session.ended_at or session.began_at
    return Source("helped", f"helped-{session.id}", _name(title), at, "", request.topics)


def _is_told(talk: GuidedTalk) -> bool:
    return talk.state == "done" and not talk.is_hushed


def _guided(talk: GuidedTalk) -> Source:
    goal = talk.outcome.goal or talk.opening
    words = f"{goal} {talk.opening}"
    return Source("guided", f"guided-{talk.id}", _name(goal), talk.spoken_at, words, talk.topics)


def _sprint(sprint: Sprint) -> Source:
    topics = (sprint.plan.topic,) if sprint.plan.topic else ()
    goal = sprint.plan.goal
    return Source("sprint", f"sprint-{sprint.id}", _name(goal), sprint.begun_at, goal, topics)


def _plan(plan: TwoWeeks) -> Source:
    return Source("plan", f"plan-{plan.id}", _name(plan.goal), plan.made_at, plan.goal)


def _mentorship(it: Mentorship, labels: Labels) -> Source:
    name, at = labels(it.topics) or "what you two agreed on", it.began_at or it.made_at
    return Source("mentorship", f"mentorship-{it.id}", _name(name), at, it.agreement.purpose, it.topics)


def _opinion(it: SecondOpinion) -> Source:
    on = it.shown_at or it.asked_at
    return Source("opinion", f"opinion-{it.id}", _name(it.question), on, it.question, it.topics)


def _act(it: Sponsorship, act: Act) -> Source:
    ref, words = f"act-{it.id}.{act.number}", f"{it.wants} {act.what}"
    return Source("act", ref, _ACTS[act.deed], act.said_at or act.noted_at, words)


def _name(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"

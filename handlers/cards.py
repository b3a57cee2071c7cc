"""Which picture a thing has for whom, as things stand now: the one entrance for delivery."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from coaching.guide.talk import Talk as GuidedTalk
from coaching.plans.two_weeks import TwoWeeks
from coaching.sprints.sprint import Sprint
from coaching.sprints.sprints import attained
from handlers.admins import alert_card, report_card
from handlers.block_kit import mentions as names
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks import card as talk_card
from handlers.offers import card as offer_card
from handlers.offers import channel_post
from handlers.peer_coaching import card as peer_card
from handlers.plans import card as plan_card
from handlers.profile import form as profile_form
from handlers.requests import card as request_card
from handlers.requests import draft_card
from handlers.requests import history as past
from handlers.requests.card import Search
from handlers.requests.draft_card import Talk
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card
from handlers.sessions.feedback_card import Around
from handlers.sessions.other_clock import other_clock
from handlers.sprints import card as sprint_card
from handlers.sprints import nudges as sprint_nudges
from handlers.triage import advice, triage_step
from kernel.desk import Desk
from kernel.store import Key, Snapshot
from kernel.values import PersonId
from mentoring.admins.admins import listed_admins
from mentoring.admins.alerts import Alert, find_alert, unanswered_id
from mentoring.learning.waits import wait_estimate
from mentoring.model.check import Check, Thanks
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.report import Report
from mentoring.model.request import Request
from mentoring.model.session import OPEN_SESSIONS, Session
from mentoring.requests.completion import pending
from mentoring.requests.drafts import Draft
from mentoring.sessions.feedback import Feedback, feedback_id
from mentoring.sessions.follow_ups import checks_of
from mentoring.sessions.relay import Said
from mentoring.sessions.reports import alert_id
from sensing.safety.safety import Category, Finding, Tier

__all__ = ["Picture", "paint"]


async def paint(desk: Desk, thing: str, to: str, now: datetime) -> Picture | None:
    """Return what a thing looks like to its reader now, or None where there is nothing to show."""
    kind, _, id = thing.partition(":")
    painter = _PAINTERS.get("room" if to.startswith("room:") and kind == "session" else kind)
    picture = await painter(desk, id, PersonId(to), now) if painter else None
    return await names.in_picture(desk, picture) if picture else None


async def _request(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> tuple[Request, Search] | None:
        request = read.find(Request, id)
        return (request, _search(read, request)) if request else None

    seen = await desk.store.look(view, load=[Key(Request, id)])
    if seen is None:
        return None
    request, search = seen
    wait = await wait_estimate(desk, request, now) if request.is_looking else None
    return request_card.card(request, desk, replace(search, wait=wait))


def _search(read: Snapshot, request: Request) -> Search:
    session = read.find(Session, request.session_id) if request.session_id else None
    waiting = pending(read, request) if request.is_looking else []
    return Search(
        deadline=max((offer.deadline for offer in waiting), default=None),
        pending=len(waiting),
        alert=read.find(Alert, unanswered_id(request.id)) if request.told_admins_at else None,
        are_admins_known=listed_admins(read) is not None,
        is_reported=session is not None and request.asker_id in session.reported_by,
    )


async def _offer(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        offer = read.find(Offer, id)
        request = read.find(Request, offer.request_id) if offer else None
        if offer is None or request is None:
            return None
        asker = None if request.anonymous else read.find(Person, request.asker_id)
        clock = other_clock(read.find(Person, to), asker, desk.policy, offer.offered_at)
        return offer_card.card(offer, request, desk, clock)

    return await desk.store.look(view, load=[Key(Offer, id)])


async def _session(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        for session, request in past.talks(read, [id]):
            other = None if session.is_hidden else read.find(Person, session.other(to))
            clock = other_clock(read.find(Person, to), other, desk.policy, session.began_at)
            return session_card.card(session, request, to, now, clock)
        return None

    return await desk.store.look(view, load=[Key(Session, id)])


async def _room(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    seen = await desk.store.look(lambda read: past.talks(read, [id]), load=[Key(Session, id)])
    return next((session_card.room(session, request, now) for session, request in seen), None)


async def _peer_turn(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    session_id, _, number = id.rpartition(".")
    session = await desk.find(Session, session_id)
    return peer_card.turn(session, int(number), to) if session else None


async def _said(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    said_id, _, part = id.partition("/")

    def view(read: Snapshot) -> Picture | None:
        said = read.find(Said, said_id)
        session = read.find(Session, said.session_id) if said else None
        return session_card.said(said, session, int(part or 0)) if said and session else None

    return await desk.store.look(view, load=[Key(Said, said_id)])


async def _unchanged(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    session = await desk.find(Session, id)
    return session_card.unchanged(session, to) if session else None


async def _feedback(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        asked = read.find(Feedback, id)
        talks = past.talks(read, [asked.session_id]) if asked else []
        other = read.find(Feedback, feedback_id(asked.session_id, asked.about)) if asked else None
        return next((feedback_card.card(asked, other, *talk) for talk in talks if asked), None)

    return await desk.store.look(view, load=[Key(Feedback, id)])


async def _check(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        asked = read.find(Check, id)
        talks = past.talks(read, [asked.session_id]) if asked else []
        return next(
            (feedback_card.check(asked, *it, _around(read, asked, desk)) for it in talks if asked), None
        )

    return await desk.store.look(view, load=[Key(Check, id)])


def _around(read: Snapshot, asked: Check, desk: Desk) -> Around:
    others = [it for it in checks_of(read, asked.session_id, desk.policy) if it.id != asked.id]
    thanks = read.find(Thanks, asked.session_id)
    return Around(
        is_settled=any(it.is_final for it in others),
        is_asked_again=any(it.asked_at > asked.asked_at for it in others),
        was_told=thanks is not None and thanks.told,
    )


async def _thanks(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        note = read.find(Thanks, id)
        return feedback_card.thanks(note, desk, [it for _, it in past.talks(read, [id])]) if note else None

    return await desk.store.look(view, load=[Key(Thanks, id)])


async def _draft(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    if ways := await _advised(desk, id, to):
        return quiet("advised", ways)
    open_talks = await desk.store.ids(OPEN_SESSIONS.of(to), limit=10)

    def view(read: Snapshot) -> tuple[Draft | None, list[Talk]]:
        draft = read.find(Draft, id)
        talks = [_named(read, session, to) for session, _ in past.talks(read, open_talks)]
        # What is written under a guided talk is private: no button sends it to a colleague.
        return draft, [] if draft and draft.source == "guided" else [talk for talk in talks if talk]

    draft, fit = await desk.store.look(view, load=[Key(Draft, id)])
    if draft and not fit and (shown := await triage_step.better(draft, desk)):
        return quiet("advised", shown)
    return await asyncio.to_thread(draft_card.card, draft, fit) if draft else None


async def _advised(desk: Desk, id: str, to: PersonId) -> list[Block]:
    """Return the ways to go with a text that was written to be advised on, while it is kept."""
    draft = await desk.find(Draft, id)
    is_asked = draft is not None and draft.source == "home" and draft.state == "kept"
    return await triage_step.doors(desk, to, draft) if draft and is_asked else []


def _named(read: Snapshot, session: Session, me: PersonId) -> Talk | None:
    """Return a relayed talk with the name that its button has, which cannot be a mention."""
    if session.room != "relay":
        return None
    return Talk(session.id, past.called(read, session, me))


async def _alert(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        alert = find_alert(read, id)
        if alert is None or to in alert.kept_from:
            return None
        return alert_card.card(alert, desk, past.subject(read, alert), to)

    return await desk.store.look(view, load=[Key(Alert, id)])


async def _report(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    def view(read: Snapshot) -> Picture | None:
        report, alert = read.find(Report, id), find_alert(read, alert_id(id))
        if report is None or alert is None or report.reporter_id != to:
            return None
        return report_card.card(report, alert, listed_admins(read) is not None, desk)

    return await desk.store.look(view, load=[Key(Report, id), Key(Alert, alert_id(id))])


async def _post(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    request = await desk.find(Request, id)
    return channel_post.card(request, desk) if request else None


async def _invite(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    person = await desk.find(Person, id)
    return profile_form.invitation(person, desk) if person else None


async def _enrolled(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    person = await desk.find(Person, id)
    return profile_form.enrolled(person, desk) if person else None


async def _talk(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    talk = await desk.find(GuidedTalk, id)
    return await asyncio.to_thread(talk_card.card, talk) if talk else None


async def _turn(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    talk_id, _, number = id.rpartition(".")
    talk = await desk.find(GuidedTalk, talk_id)
    return await asyncio.to_thread(talk_card.turn, talk, int(number), desk.policy.support) if talk else None


async def _cue(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    talk = await desk.find(GuidedTalk, id)
    return await asyncio.to_thread(talk_card.cue, talk, now) if talk else None


async def _sprint(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    sprint = await desk.find(Sprint, id)
    score = await attained(desk, to) if sprint and sprint.state == "done" else None
    return sprint_card.card(sprint, desk, now, score) if sprint and sprint.person_id == to else None


async def _sprint_nudge(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    sprint = await desk.find(Sprint, id)
    return sprint_nudges.nudge(sprint, desk.policy.nudges, now) if sprint else None


async def _sprint_partner(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    sprint = await desk.find(Sprint, id)
    if sprint is None:
        return None
    owner = await desk.find(Person, sprint.person_id)
    return sprint_card.partner(sprint, to, desk, now, has_left=owner is not None and owner.is_gone)


async def _two_weeks(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    plan = await desk.find(TwoWeeks, id)
    return plan_card.card(plan, with_sprint=bool(desk.policy.support)) if plan else None


async def _two_weeks_nudge(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    plan = await desk.find(TwoWeeks, id)
    return plan_card.nudge(plan, desk.policy.nudges) if plan else None


async def _care(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    category = id.partition(".")[2]
    if not category:
        return knock("care", advice.stop(desk.policy.support), closing="")
    return quiet("care", advice.care(Finding(Tier.CARE, Category(category)), desk.policy.support))


async def _away(desk: Desk, id: str, to: PersonId, now: datetime) -> Picture | None:
    since, _, until = id.partition(".")
    return session_card.away(*(datetime.fromtimestamp(int(each), UTC) for each in (since, until)))


_Painter: TypeAlias = Callable[[Desk, str, PersonId, datetime], Awaitable[Picture | None]]
_PAINTERS: Mapping[str, _Painter] = {
    "request": _request,
    "offer": _offer,
    "session": _session,
    "room": _room,
    "peer-turn": _peer_turn,
    "said": _said,
    "unchanged": _unchanged,
    "away": _away,
    "feedback": _feedback,
    "check": _check,
    "thanks": _thanks,
    "draft": _draft,
    "alert": _alert,
    "report": _report,
    "post": _post,
    "profile-invite": _invite,
    "enrolled": _enrolled,
    "talk": _talk,
    "turn": _turn,
    "cue": _cue,
    "care": _care,
    "sprint": _sprint,
    "sprint-nudge": _sprint_nudge,
    "sprint-partner": _sprint_partner,
    "two-weeks": _two_weeks,
    "two-weeks-nudge": _two_weeks_nudge,
}
KINDS = frozenset(_PAINTERS) - {"room"}

"""The Home tab: what waits for me, my questions, my talks, my help, and what is private."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from coaching.forms import FORMS
from coaching.guide.talk import Talk as GuidedTalk
from coaching.plans.two_weeks import TwoWeeks
from coaching.sprints.calendar import local_day
from coaching.sprints.sprint import Sprint
from handlers import status
from handlers.admins import alert_card
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit import paging as reading
from handlers.block_kit.blocks import Block, Element, View
from handlers.guided_talks import card as talk_card
from handlers.guided_talks import outcome as talk_outcome
from handlers.offers import card as offer_card
from handlers.plans import card as plan_card
from handlers.profile import form as profile_form
from handlers.requests import form as request_form
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card
from handlers.sprints import card as sprint_card
from handlers.sprints import form as sprint_form
from handlers.sprints import texts as sprint_texts
from handlers.triage import mind_form
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring.admins.alerts import Alert
from mentoring.model.check import CUE, Check
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.sessions.feedback import Feedback

HOW = "home.how"
_LINE = 120  # what a row shows of a text
SHOWN = 5  # of each kind; the rest is behind a button

_PRIVACY = (
    "*What is private:* your questions are read by those who are asked, and by others only where you post "
    "them or ask the admins. Whoever asked doesn't learn who said “not now” or paused. Of your feedback, the "
    "other sees only the words that you write to them. Relayed messages are dropped once delivered. Guided "
    "talks, sprints and plans are yours alone; a sprint's partner sees its goal and check-ins. `/coach-me "
    "privacy` says more."
)
_GUEST = "You are a guest in this workspace: ask as much as you like. Helping is for its members."


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that a person's Home tab shows, newest first; totals count what is not shown too."""

    me: PersonId
    person: Person | None
    alerts: Sequence[tuple[Alert, alert_card.Subject]] = ()
    offers: Sequence[tuple[Offer, Request]] = ()
    feedback: Sequence[tuple[Feedback, Session, Request]] = ()
    checks: Sequence[tuple[Check, Session, Request]] = ()
    requests: Sequence[Request] = ()
    talks: Sequence[tuple[Session, Request]] = ()
    guided: Sequence[GuidedTalk] = ()
    steps: Sequence[GuidedTalk] = ()
    sprints: Sequence[Sprint] = ()
    partnered: Sequence[Sprint] = ()
    invitations: Sequence[Sprint] = ()
    plans: Sequence[TwoWeeks] = ()
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Return whether the person has neither asked nor helped yet."""
        known = self.person is not None and self.person.enrolled_at is not None
        return not (
            known
            or self.guided
            or self.steps
            or self.sprints
            or self.partnered
            or self.invitations
            or self.plans
            or self.totals.get("requests")
            or self.totals.get("sessions")
            or self.offers
            or self.alerts
        )

    def today(self, now: datetime) -> date:
        """Return which day it is where the person is."""
        return local_day(now, self.person.zone if self.person else "UTC")


def home(overview: Overview, desk: Desk, now: datetime) -> View:
    """Return the tab. Its first screen says to a newcomer what this is for."""
    parts = _welcome(desk) if overview.is_new else _lived_in(overview, desk, now)
    return {
        "type": "home",
        "callback_id": "home",
        "blocks": [*parts[:98], blocks.divider(), blocks.context(_PRIVACY)],
    }


def _welcome(desk: Desk) -> list[Block]:
    known = f" about *{len(desk.topics)}* topics" if len(desk.topics) else ""
    lengths = [str(minutes) for minutes in desk.policy.session_minutes]
    return [
        blocks.header("Stuck? Someone here knows."),
        blocks.section(
            f"*1. Ask in one line*{known}: `/ask-mentor How do I profile asyncio? #python`\n"
            "*2. I ask colleagues who know it*, a few at a time, until somebody says yes.\n"
            f"*3. You talk for {mrkdwn.listed(lengths, 'or')} minutes.* That's all."
        ),
        *blocks.actions(
            [
                request_form.open_button(),
                _think(desk),
                blocks.button("Help others", profile_form.OPEN, "home"),
            ]
        ),
    ]


def _think(desk: Desk) -> Element | None:
    """Return the way to a guided talk, where these are on."""
    return mind_form.open_button() if desk.policy.support else None


def _lived_in(overview: Overview, desk: Desk, now: datetime) -> list[Block]:
    return [
        *blocks.actions(
            [request_form.open_button(), _think(desk), blocks.button("How it works", HOW, "home")], "top"
        ),
        *_waiting(overview, desk, now),
        *_requests(overview, desk),
        *_talks(overview, now),
        *_guided(overview),
        *_steps(overview, now),
        *_sprints(overview, desk, now),
        *_plans(overview, now),
        *_help(overview, desk, now),
    ]


def _waiting(overview: Overview, desk: Desk, now: datetime) -> list[Block]:
    rows = [
        *(row for alert in overview.alerts[:SHOWN] for row in alert_card.row(*alert, overview.me, _LINE)),
        *(row for offer, request in overview.offers[:SHOWN] for row in _offer(offer, request, desk)),
        *(row for sprint in overview.invitations[:SHOWN] for row in _invitation(sprint)),
        *_due(overview, now),
        *(row for asked in overview.feedback[:SHOWN] for row in _feedback(*asked, overview.me)),
        *(row for asked in overview.checks[:SHOWN] for row in _check(*asked)),
        *_more(overview),
    ]
    nothing = blocks.section("Nobody waits for an answer from you, and nothing of yours is due.")
    return [blocks.header("Waiting for you"), *(rows or [nothing])]


def _more(overview: Overview) -> list[Block]:
    """Return how much waits that is not shown."""
    kinds = {
        "alerts": overview.alerts,
        "offers": overview.offers,
        "invitations": overview.invitations,
        "feedback": overview.feedback,
        "checks": overview.checks,
    }
    more = sum(max(overview.totals.get(name, 0) - len(shown[:SHOWN]), 0) for name, shown in kinds.items())
    return [blocks.context(f"and {more} more, in your messages with me")] if more else []


def _invitation(sprint: Sprint) -> list[Block]:
    asks = f"{mrkdwn.mention(sprint.person_id)} would like you as a partner for a skill sprint."
    return [blocks.section(asks), *blocks.actions(sprint_card.consent_buttons(sprint))]


def _due(overview: Overview, now: datetime) -> list[Block]:
    """Return what of one's own has come due: steps, plans, and sprints to look back on."""
    return [
        *(row for talk in overview.steps if _is_due(talk, now) for row in _step(talk, now)),
        *(
            _plan(plan, overview, now)
            for plan in overview.plans
            if plan_card.is_due(plan, overview.today(now))
        ),
        *(_sprint(sprint, now) for sprint in overview.sprints if sprint.state == "review"),
    ]


def _is_due(talk: GuidedTalk, now: datetime) -> bool:
    return talk.remind_at is None or talk.remind_at <= now


def _offer(offer: Offer, request: Request, desk: Desk) -> list[Block]:
    who = "Someone" if request.anonymous else mrkdwn.mention(request.asker_id)
    about = texts.topics(request.topics, desk.topics)
    return [
        blocks.section(f"{who} asks about {about}, until {mrkdwn.moment(offer.deadline)}:"),
        texts.reminder(request.question, _LINE),
        *blocks.actions(
            [
                blocks.button("I can help", offer_card.ACCEPT, offer.id, style="primary"),
                blocks.button("Not now", offer_card.DECLINE, offer.id),
            ]
        ),
    ]


def _feedback(feedback: Feedback, session: Session, request: Request, me: PersonId) -> list[Block]:
    who = session_card.name_of_other(session, me)
    answer = blocks.button("Answer", feedback_card.ANSWER, feedback.id)
    return [blocks.section(f"How was your talk with {who}?", answer), texts.reminder(request.question, _LINE)]


def _check(check: Check, session: Session, request: Request) -> list[Block]:
    who = session_card.name_of_other(session, check.asker_id)
    is_step = check.label == CUE
    asks = (
        f"It's time for your next step from your talk with {who}."
        if is_step
        else f"Did you use what you talked about with {who}?"
    )
    return [
        blocks.section(asks),
        texts.reminder(request.question, _LINE),
        *blocks.actions(feedback_card.check_buttons(check)),
    ]


def _requests(overview: Overview, desk: Desk) -> list[Block]:
    rows = [status.row(request, desk) for request in overview.requests[: desk.policy.open_requests][:20]]
    total = overview.totals.get("requests", 0)
    everything = blocks.button(f"All my questions ({total})", reading.REQUESTS, "home") if total else None
    nothing = blocks.section("None open. Ask whenever you are stuck; one line is enough.")
    return [blocks.header("My questions"), *(rows or [nothing]), *blocks.actions([everything])]


def _talks(overview: Overview, now: datetime) -> list[Block]:
    total = overview.totals.get("sessions", 0)
    if not total:
        return []
    rows = [row for talk in overview.talks[:SHOWN] for row in _talk(*talk, overview.me, now)]
    everything = blocks.button(f"All my talks ({total})", reading.SESSIONS, "home")
    nothing = blocks.section("None open.")
    return [blocks.header("My talks"), *(rows or [nothing]), *blocks.actions([everything])]


def _talk(session: Session, request: Request, me: PersonId, now: datetime) -> list[Block]:
    who = session_card.name_of_other(session, me)
    wrap_up = blocks.button("Wrap up", session_card.WRAP_UP, session.id)
    until = "until" if now < session.ends_at else "time's up since"
    said = f"With {who}, {until} {mrkdwn.moment(session.ends_at)}:"
    return [blocks.section(said, wrap_up), texts.reminder(request.question, _LINE)]


def _guided(overview: Overview) -> list[Block]:
    rows = [_guided_talk(talk) for talk in overview.guided]
    return [blocks.header("My guided talks"), *rows] if rows else []


def _guided_talk(talk: GuidedTalk) -> Block:
    said = f"{FORMS[talk.form].title}: {texts.quoted(talk.opening)}"
    if talk.state == "paused":
        return blocks.row(f"{said}\nresting", blocks.button("Go on", talk_card.RESUME, talk.id))
    stop = blocks.button("Stop", talk_card.STOP, talk.id)
    return blocks.row(f"{said}\na question waits in its thread, in our messages", stop)


def _steps(overview: Overview, now: datetime) -> list[Block]:
    """Return what was planned in talks that are over and is still to come."""
    rows = [row for talk in overview.steps if not _is_due(talk, now) for row in _step(talk, now)]
    return [blocks.header("My next steps"), *rows] if rows else []


def _step(talk: GuidedTalk, now: datetime) -> list[Block]:
    ahead = talk.remind_at if talk.remind_at and talk.remind_at > now else None
    when = (
        f"I'll remind you on {mrkdwn.weekday_moment(ahead)}."
        if ahead
        else "Your next step: its time has come."
    )
    done = blocks.button("Done", talk_card.KEPT, talk.id)
    return [texts.reminder(talk_outcome.line(talk), _LINE), blocks.section(when, done)]


def _sprints(overview: Overview, desk: Desk, now: datetime) -> list[Block]:
    """Return what is being practised, one's own and that of those whose partner one is."""
    going = [sprint for sprint in overview.sprints if sprint.state != "review"]
    if not (going or overview.partnered):
        return []
    plan = blocks.button("Plan a sprint", sprint_form.OPEN, "home") if desk.policy.support else None
    return [
        blocks.header("My sprints"),
        *(_sprint(sprint, now) for sprint in going),
        *(row for sprint in overview.partnered for row in _partnered(sprint, now)),
        *blocks.actions([plan]),
    ]


def _sprint(sprint: Sprint, now: datetime) -> Block:
    goal = texts.quoted(sprint.plan.goal)
    if sprint.state == "review":
        look = blocks.button("Look back", sprint_card.REVIEW, sprint.id, style="primary")
        return blocks.row(f"{goal}\nits time is over", look)
    if sprint.state == "paused":
        return blocks.row(f"{goal}\nresting", blocks.button("Go on", sprint_card.RESUME, sprint.id))
    check_in = blocks.button("Check in", sprint_card.CHECK_IN, sprint.id)
    return blocks.row(f"{goal}\n{sprint_texts.so_far(sprint, now)}", check_in)


def _partnered(sprint: Sprint, now: datetime) -> list[Block]:
    said = f"{mrkdwn.mention(sprint.person_id)}'s sprint: {sprint_texts.so_far(sprint, now)}"
    return [blocks.section(said), texts.reminder(sprint.plan.goal, _LINE)]


def _plans(overview: Overview, now: datetime) -> list[Block]:
    ahead = [it for it in overview.plans if not plan_card.is_due(it, overview.today(now))]
    return [blocks.header("My plans"), *(_plan(it, overview, now) for it in ahead)] if ahead else []


def _plan(plan: TwoWeeks, overview: Overview, now: datetime) -> Block:
    done = [plan_card.done_button(plan, number) for number in plan.left[:1]]
    return blocks.row(plan_card.line(plan, overview.today(now)), *done)


def _away(person: Person, until: datetime) -> str:
    if until == person.vacation_until and until != person.paused_until:
        return f"*You're not asked until {mrkdwn.moment(until)}: your Slack status shows a vacation.*"
    return f"*You are paused until {mrkdwn.moment(until)}.*"


def _help(overview: Overview, desk: Desk, now: datetime) -> list[Block]:
    person = overview.person
    if person is not None and person.standing == "guest":
        return [blocks.header("Helping others"), blocks.section(_GUEST)]
    if person is None or person.enrolled_at is None:
        invite = blocks.button("Choose my topics", profile_form.OPEN, "home")
        return [blocks.header("Helping others"), blocks.section("You are not asked by anyone yet.", invite)]
    paused = person.is_paused(now)
    until = f"{_away(person, person.back_at)} " if paused and person.back_at else ""
    buttons = [
        blocks.button("Change", profile_form.OPEN, "home"),
        *profile_form.pause_buttons(paused),
        profile_form.stop_button(),
    ]
    worked = overview.totals.get("thanks", 0)
    impact = (
        [blocks.context(f"Your advice was used {worked} time{'s' if worked > 1 else ''} that I know of.")]
        if worked
        else []
    )
    summary = blocks.section(mrkdwn.cut(until + profile_form.summary(person, desk), mrkdwn.SECTION))
    return [blocks.header("Helping others"), summary, *blocks.actions(buttons), *impact]

"""What the agenda makes happen: each kind of entry, and the use case that does it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Superseded
from kernel.store import Due
from kernel.values import OfferId, PersonId, RequestId, SessionId
from mentoring import retention
from mentoring.admins import alerts
from mentoring.offboarding import hand_over
from mentoring.people import care_notes, people, roster
from mentoring.requests import drafts
from mentoring.routing import offers, peer_turns, routing
from mentoring.sessions import feedback, follow_ups, relay, sessions

Duty = Callable[[Desk, Due, datetime], Awaitable[None]]

DUTIES: Mapping[str, Duty] = {
    "route": lambda desk, due, now: routing.route(desk, RequestId(due.thing), now, due),
    "overdue": lambda desk, due, now: routing.run_out(desk, RequestId(due.thing), now, due),
    "give_up": lambda desk, due, now: retention.give_up(desk, RequestId(due.thing), now, due),
    "offer_expires": lambda desk, due, now: offers.expire(desk, OfferId(due.thing), now, due),
    "hand_over": lambda desk, due, now: hand_over(desk, PersonId(due.thing), now, due),
    "free_up": lambda desk, due, now: retention.free_up(desk, PersonId(due.thing), now, due),
    "ask_again": lambda desk, due, now: people.invite_again(desk, PersonId(due.thing), now, due),
    "tell_enrolled": lambda desk, due, now: roster.tell_enrolled(desk, PersonId(due.thing), now, due),
    "remind_end": lambda desk, due, now: sessions.remind(desk, SessionId(due.thing), now, due),
    "turn_over": lambda desk, due, now: peer_turns.turn_over(desk, SessionId(due.thing), now, due),
    "auto_close": lambda desk, due, now: sessions.close(desk, SessionId(due.thing), now, due),
    "ask_feedback": lambda desk, due, now: feedback.ask(desk, SessionId(due.thing), now, due),
    "ask_feedback_of": lambda desk, due, now: feedback.ask_later(desk, due.thing, now, due),
    "feedback_closes": lambda desk, due, now: feedback.close(desk, SessionId(due.thing), now, due),
    "check": lambda desk, due, now: follow_ups.ask(desk, due.thing, now, due),
    alerts.REACH: lambda desk, due, now: alerts.reach(desk, now, due),
    "forget_alert": lambda desk, due, now: alerts.forget(desk, due.thing, now, due),
    "forget_care": lambda desk, due, now: care_notes.forget(desk, due.thing, due),
    "forget_said": lambda desk, due, now: relay.forget(desk, due.thing, now, due),
    "forget_draft": lambda desk, due, now: drafts.forget(desk, due.thing, now, due),
    "forget_request": lambda desk, due, now: retention.forget_request(desk, RequestId(due.thing), now, due),
    "forget_person": lambda desk, due, now: retention.forget_person(desk, PersonId(due.thing), due),
}


async def perform(desk: Desk, due: Due, now: datetime, also: Mapping[str, Duty] | None = None) -> bool:
    """Do what an entry of the agenda asks for, once; return False where its kind is neither here nor *also*.

    An entry that was replaced or handled meanwhile has no effect. "meet" is not here: it needs Slack.
    """
    duty = {**DUTIES, **(also or {})}.get(due.kind)
    if duty is None:
        return False
    with suppress(Superseded):
        await duty(desk, due, now)
    return True

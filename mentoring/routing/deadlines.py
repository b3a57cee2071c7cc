"""When a helper is asked, and by when they have to answer: in their working hours, by when help is needed."""

from datetime import date, datetime, timedelta

from kernel.policy import Policy
from kernel.presence import Available
from kernel.working_hours import NO_DAYS, add_working, opens_next, reachable_next
from matching.values import Urgency
from mentoring.model.person import Person
from mentoring.model.request import Hold, Request

UNTOLD = timedelta(hours=1)


def held_for(helper: Person, seen: Available, policy: Policy, now: datetime) -> Hold | None:
    """Until when a helper is not asked, or None where they can be: at work, and not in do-not-disturb.

    Somebody who is never at work is held until this very moment: they are never asked.
    """
    # An end that Slack doesn't tell is looked for again, as everything is.
    undisturbed = max(seen.until or now + UNTOLD, now) if seen.state == "dnd" else now
    if policy.offers_outside_hours:
        reached: datetime | None = undisturbed
    else:
        reached = reachable_next(helper.hours, helper.zone, undisturbed, policy.holidays)
    if reached == now:
        return None
    return Hold(until=reached or now, why="quiet" if reached == undisturbed else "hours")


def deadline(request: Request, helper: Person, policy: Policy, start: datetime) -> datetime:
    """When an offer runs out: by the wall for now, else counted in the helper's working hours.

    For a helper who does not work before help is needed, the time is counted by the wall, so that nobody
    waits a weekend for an answer that cannot come.
    """
    span = policy.offer_timeout.of(request.urgency)
    at = None
    if request.urgency != Urgency.NOW and works_before(helper, request.needed_by, start, policy.holidays):
        at = add_working(helper.hours, helper.zone, start, span, policy.holidays)
    return min(at or start + span.wall, request.needed_by)


def works_before(helper: Person, end: datetime, now: datetime, holidays: frozenset[date] = NO_DAYS) -> bool:
    """Whether a helper has working time between now and then."""
    opens = opens_next(helper.hours, helper.zone, now, holidays)
    return opens is not None and opens < end


def postponed(
    request: Request, helper: Person | None, seen: Available, policy: Policy, now: datetime
) -> datetime | None:
    """A later deadline for an offer due in do-not-disturb or a pause, or None when it runs out.

    What is needed now does not wait, and nothing waits for someone who is back only when it is too late.
    """
    if helper is None or request.urgency == Urgency.NOW:
        return None
    back = max(filter(None, (seen.until if seen.state == "dnd" else None, helper.back_at)), default=now)
    if not now < back < request.needed_by:
        return None
    return deadline(request, helper, policy, back)

"""What the agenda makes happen in coaching: each kind of entry, and the use case that does it."""

from collections.abc import Mapping

from coaching import erasure
from coaching.guide import consent, talks
from coaching.guide.engine import Lead
from coaching.plans import plans
from coaching.sprints import reminders as sprint_reminders
from coaching.sprints import sprints
from kernel.values import PersonId
from mentoring.agenda import Duty


def coaching_duties(lead: Lead) -> Mapping[str, Duty]:
    """Return the duties of coaching, with what leads the talks."""
    return {
        "talk_turn": lambda desk, due, now: talks.speak(desk, lead.at(desk, now), due.thing, now, due),
        "talk_rests": lambda desk, due, now: talks.rest(desk, due.thing, now, due),
        "talk_cue": lambda desk, due, now: talks.remind(desk, due.thing, now, due),
        "forget_talk": lambda desk, due, now: talks.forget(desk, due.thing, due),
        "forget_sent": lambda desk, due, now: consent.forget_sent(desk, PersonId(due.thing), due),
        "sprint_rehearse": lambda desk, due, now: sprint_reminders.rehearse(desk, due.thing, now, due),
        "sprint_remind": lambda desk, due, now: sprint_reminders.remind(desk, due.thing, now, due),
        "sprint_recap": lambda desk, due, now: sprint_reminders.recap(desk, due.thing, now, due),
        "sprint_over": lambda desk, due, now: sprint_reminders.finish(desk, due.thing, now, due),
        "sprint_lasts": lambda desk, due, now: sprint_reminders.follow_up(desk, due.thing, now, due),
        "two_weeks_remind": lambda desk, due, now: plans.remind(desk, due.thing, now, due),
        "two_weeks_over": lambda desk, due, now: plans.finish(desk, due.thing, now, due),
        "forget_two_weeks": lambda desk, due, now: plans.forget(desk, due.thing, due),
        "forget_coaching": lambda desk, due, now: erasure.forget(desk, PersonId(due.thing), now, due),
        "leave_sprints": lambda desk, due, now: sprints.leave(desk, PersonId(due.thing), now, due),
        "forget_sprint": lambda desk, due, now: sprints.forget(desk, due.thing, due),
    }

"""What the agenda makes happen in coaching: each kind of entry, and the use case that does it."""

from collections.abc import Mapping

from coaching import sprint_reminders, sprints, talks
from coaching.engine import Engine
from mentoring.duties import Duty


def coaching_duties(engine: Engine) -> Mapping[str, Duty]:
    """Return the duties of coaching, with the engine that leads the talks."""
    return {
        "talk_turn": lambda desk, due, now: talks.speak(desk, engine, due.thing, now, due),
        "talk_rests": lambda desk, due, now: talks.rest(desk, due.thing, now, due),
        "talk_cue": lambda desk, due, now: talks.remind(desk, due.thing, now, due),
        "forget_talk": lambda desk, due, now: talks.forget(desk, due.thing, due),
        "sprint_rehearse": lambda desk, due, now: sprint_reminders.rehearse(desk, due.thing, now, due),
        "sprint_remind": lambda desk, due, now: sprint_reminders.remind(desk, due.thing, now, due),
        "sprint_recap": lambda desk, due, now: sprint_reminders.recap(desk, due.thing, now, due),
        "sprint_over": lambda desk, due, now: sprint_reminders.finish(desk, due.thing, now, due),
        "sprint_lasts": lambda desk, due, now: sprint_reminders.follow_up(desk, due.thing, now, due),
        "forget_sprint": lambda desk, due, now: sprints.forget(desk, due.thing, due),
    }

"""What the agenda makes happen in coaching: each kind of entry, and the use case that does it."""

from collections.abc import Mapping

from coaching import talks
from coaching.engine import Engine
from mentoring.duties import Duty


def coaching_duties(engine: Engine) -> Mapping[str, Duty]:
    """Return the duties of coaching, with the engine that leads the talks."""
    return {
        "talk_turn": lambda desk, due, now: talks.speak(desk, engine, due.thing, now, due),
        "talk_rests": lambda desk, due, now: talks.rest(desk, due.thing, now, due),
        "talk_cue": lambda desk, due, now: talks.remind(desk, due.thing, now, due),
        "forget_talk": lambda desk, due, now: talks.forget(desk, due.thing, due),
    }

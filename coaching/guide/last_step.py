"""The step of an earlier guided talk, with which the next one opens: what has become of it?

It is asked about once. What is said of it is no part of the guided talk that follows: none of it becomes a
plan.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from coaching.forms import FORMS
from coaching.guide.reflection import chosen
from coaching.guide.talk import GuidedTalk
from coaching.guide.talk_state import Heard
from coaching.guide.turn import Reply
from coaching.guide.wordings import reflection_phrases
from coaching.language.form import LAST
from coaching.language.quoting import clause
from kernel.working_hours import local_day

RECENT = timedelta(days=6)  # in which a weekday says which day it was


def to_ask_about(talks: Iterable[GuidedTalk], now: datetime) -> GuidedTalk | None:
    """The guided talk whose step the next one asks about: the latest one agreed on whose time has come.

    A step without a day is asked about from the next day on; none is asked about twice.
    """
    due = [it for it in talks if it.is_agreed and not it.is_asked_after and it.own_plan and it.own_plan.step]
    ripe = [it for it in due if (it.remind_at or it.spoken_at + timedelta(days=1)) <= now]
    return max(ripe, key=lambda it: (it.spoken_at, it.id), default=None)


def question(talk: GuidedTalk, before: GuidedTalk, zone: str, now: datetime) -> Reply:
    """The question with which a guided talk opens, about the step of the one *before*."""
    step, phrases = FORMS[talk.form].by_id[LAST], reflection_phrases()
    words = before.means.step.strip().rstrip(".")
    on = _day(before.remind_at, zone, now) if before.remind_at else ""
    said = phrases.last_on.format(on=on, step=words) if on else phrases.last.format(step=words)
    return Reply(step=LAST, reflection=said, question=chosen(Heard(talk), step.wordings, LAST))


def acknowledged(talk: GuidedTalk, reply: Reply) -> Reply:
    """The first question of a guided talk's own, after what was said of the last step."""
    heard = clause(talk.turns[0].said)
    if not heard:
        return reply
    said = f"{reflection_phrases().heard_of_last.format(said=heard)} {reply.reflection}".rstrip()
    return reply.model_copy(update={"reflection": said})


def _day(at: datetime, zone: str, now: datetime) -> str:
    day = local_day(at, zone)
    is_recent = now - at <= RECENT
    return f"{day:%A}" if is_recent else f"{day.day} {day:%B}"

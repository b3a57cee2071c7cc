"""What an answer says ahead of its question: a moment, a number, a listener, a whole plan. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from coaching.cues import names_a_time
from coaching.form import Keeps, Kind, Step
from coaching.quoting import clause, prose
from coaching.reading import one_of, scale_number

LONGEST_CUE = 14  # words
_PLANS = one_of(
    r"\bi(?:'ll| will|'m going to| am going to| plan to| have decided to)\b",
    r"\b(?:ich werde|je vais|voy a)\b",
)
_TELLS = one_of(
    r"(?:[.,;]|\band|\bthen)\s+(?:and )?(?:then )?i(?:'ll| will)(?: also| then)? "
    r"(?:tell|report (?:back )?to) ([^.,;]+)",
)
_SURE = one_of(
    r"\b\d{1,2}\s*(?:/\s*10|out of (?:10|ten)|of (?:10|ten)|%)",
    r"\b(?:10|[0-9]) (?:sure|confident)\b",
    r"\b(?:sure|confident)\W+(?:10|[0-9])\b",
)
_PARTS = re.compile(r"[.,;!?\n]+|\s+and (?=i\b)", re.IGNORECASE)
_ACTING = (Keeps.STEP, Keeps.CUE)


class Early(NamedTuple):
    """What was said before it was asked for; empty where nothing was."""

    step: str = ""
    cue: str = ""
    confidence: int | None = None
    tell: str = ""


def early(said: Iterable[tuple[Step, str]]) -> Early:
    """Return what answers say ahead; *said* are steps and the answers that they got, oldest first."""
    answers = [(step, answer.replace("’", "'")) for step, answer in said if not step.verbatim]
    acting = [answer for step, answer in answers if step.keeps in _ACTING]
    plans = [answer for step, answer in answers if step.keeps not in _ACTING and is_a_plan(step, answer)]
    late = [*reversed(acting), *reversed(plans)]
    sure = (_sureness(answer) for answer in late)
    return Early(
        step=plans[-1] if plans else "",
        cue=next(filter(None, map(cue_of, late)), ""),
        confidence=next((number for number in sure if number is not None), None),
        tell=next((found[1].strip() for answer in late if (found := _TELLS.search(answer))), ""),
    )


def is_a_plan(step: Step, answer: str) -> bool:
    """Return whether an answer to a question about something else says what will be done, and when."""
    may_be = step.kind in (Kind.TEXT, Kind.RATED) and step.keeps in (Keeps.NOTHING, Keeps.OPTIONS)
    return may_be and _PLANS.search(answer) is not None and names_a_time(answer)


def cue_of(answer: str) -> str:
    """Return the part of an answer that names a day or an hour, or nothing."""
    parts = [part.strip() for part in _PARTS.split(prose(answer)) if names_a_time(part)]
    return clause(min(parts, key=len), LONGEST_CUE) if parts else ""


def _sureness(answer: str) -> int | None:
    found = _SURE.search(answer) or re.fullmatch(r"\W*\d{1,2}\W*", answer)
    return scale_number(found[0]) if found else None

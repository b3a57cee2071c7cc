"""What an answer says ahead of its question: a moment, a number, a listener. Pure."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from coaching.data import read
from coaching.language.form import Keeps, Step
from coaching.language.mirroring import bare
from coaching.language.numbers import is_only_a_number, scale_number
from coaching.language.quoting import clause, prose
from coaching.language.time_expressions import (
    event_in,
    is_now,
    is_undated,
    moment_in,
    names_a_day,
    names_a_moment,
    names_an_event,
)
from coaching.language.verbs import act_of, is_gerund, names_a_deed, verbs
from coaching.patterns import Language, Pattern


class _Known(Language):
    own_day: Pattern
    of_another: Pattern
    not_then: Pattern
    will: Pattern
    the: Pattern
    part: Pattern
    tells: Pattern
    sure: Pattern
    pieces: Pattern
    sentences: Pattern
    do_it: Pattern
    somebody: Pattern
    name: Pattern
    besides: Pattern
    so: Pattern
    guessed: Pattern
    onward: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "early_answers", _Known)


LONGEST_CUE = 14  # words
LONGEST_NAME = 8
FEW = 2  # words of a day that stands alone
LONGEST_DEED = 10  # words before a day that is surely of what is done
_ACTING = (Keeps.STEP, Keeps.CUE)
_LATE = (Keeps.STEP, Keeps.CUE, Keeps.TELL)


@cache
def _onward() -> re.Pattern[str]:
    """What a moment does not go on with: a reason, a condition, what is done then."""
    return re.compile(
        rf"(?<!\s)\s+(?:because|since|so|too|if|whether|(?:to|and) (?={_deeds()}))\b", re.IGNORECASE
    )


def _deeds() -> str:
    return "|".join(sorted(verbs().base))


class Early(NamedTuple):
    """What was said before it was asked for, or after; empty where nothing was."""

    cue: str = ""
    confidence: int | None = None
    tell: str = ""


def early(said: Iterable[tuple[Step, str]]) -> Early:
    """What answers say ahead; *said* are steps and the answers that they got, oldest first."""
    answers = [(step, answer.replace("’", "'")) for step, answer in said if not step.verbatim]
    late = [answer for step, answer in reversed(answers) if step.keeps in _LATE]
    cues = _moments(answers)
    sure = [_sureness(answer) for answer in late]
    sure += [_alone(answer) for step, answer in reversed(answers) if step.keeps in (Keeps.CUE, Keeps.TELL)]
    return Early(
        cue=_joined(list(filter(None, cues))),
        confidence=next((number for number in sure if number is not None), None),
        tell=next(filter(None, [*map(_told_to, late), *map(_besides, answers)]), ""),
    )


def _moments(answers: list[tuple[Step, str]]) -> list[str]:
    """The moments that were named, the latest first; none before a day that is not surely one."""
    cues = []
    for step, answer in reversed(answers):
        cues.append(_moment(step, answer))
        if step.keeps in _ACTING and names_a_day(answer) and not cues[-1]:
            break
    return cues


def _joined(cues: list[str]) -> str:
    """The latest moment; a day alone dates the event before it: "Thursday, after the retro"."""
    if not cues:
        return ""
    latest, *before = cues
    is_event = names_an_event(latest) or not names_a_day(latest) or is_now(latest)
    short = [cue for cue in before if is_undated(cue) and len(cue.split()) <= LONGEST_CUE]
    events = [] if is_event else short
    return next((f"{latest.rstrip(' .')}, {event}" for event in events), latest)


def is_only_a_moment(answer: str) -> bool:
    """Whether an answer says when, and nothing of what is done: "Monday after lunch"."""
    said = _known().do_it.sub("", bare(answer))
    if _known().part.match(answer):
        return False
    if len(said.split()) > 2 * LONGEST_CUE:
        return False
    is_day = names_a_day(said) and _known().own_day.match(said)
    begins = is_day or (moment_in(said) and said.startswith(moment_in(said)))
    return bool(begins) and not names_a_deed(said)


def cue_of(answer: str) -> str:
    """The part of an answer that names a day or an hour, or nothing."""
    parts = [
        _known().besides.split(_before_that(_onward().split(moment)[0]))[0]
        for part in _known().pieces.split(prose(answer))
        if (moment := moment_in(part))
    ]
    return clause(min(parts, key=len), LONGEST_CUE) if parts else ""


def _before_that(moment: str) -> str:
    """A day without what is told of it: "today that I want to talk on Friday"."""
    day, _, rest = moment.partition(" that ")
    return day if rest and names_a_day(day) else moment


def _moment(step: Step, answer: str) -> str:
    """The moment that an answer names to a question about the step, its moment or how sure one is."""
    answer = _in_the_end(answer)
    if step.keeps is Keeps.CUE or is_late(step, answer):
        return whole_cue(answer)
    if step.keeps is not Keeps.STEP:
        return ""
    if is_only_a_moment(answer):
        return whole_cue(answer)
    if alone := _day_alone(answer):
        return alone
    cue = cue_of(answer)
    return cue if names_a_day(cue) and _is_when_it_is_done(cue, answer) else ""


def _day_alone(answer: str) -> str:
    """What begins with a day that stands between commas: "sit next to Tom. Tues, the call at 2"."""
    sentence = _known().sentences.split(answer.strip())[-1]
    first, *rest = re.split(r",\s+", sentence)
    days = [at for at, part in enumerate(rest) if names_a_day(part) and len(part.split()) <= FEW]
    is_alone = days and not names_a_day(first)
    said = takewhile(lambda part: not _known().onward.match(part), rest[days[0] :]) if is_alone else ()
    return ", ".join(said)


def _is_when_it_is_done(cue: str, answer: str) -> bool:
    """Whether a moment in a step is surely its own, and of nothing in it: "the report due on Friday"."""
    before = answer[: max(0, answer.lower().rfind(cue.lower()))]
    _, *rest = [*before.split(), ""]
    is_plain = len(rest) <= LONGEST_DEED and not any(map(is_gerund, rest))
    return is_plain and _known().own_day.match(cue) is not None and not _known().of_another.search(before)


def _in_the_end(answer: str) -> str:
    """What an answer comes to: "before Friday, so Thursday", "it is due Friday, I'll write on Monday"."""
    rest = _known().so.split(answer)[-1]
    if rest != answer and names_a_day(rest):
        return rest
    dated = [part for part in _known().pieces.split(answer) if names_a_day(part)]
    own = [part.strip() for part in dated if _known().will.search(part)]
    return own[0] if len(dated) > len(own) == 1 else answer


def is_late(step: Step, answer: str) -> bool:
    """Whether an answer names the moment where how sure one is, or whom to tell, was asked for."""
    is_unrated = step.keeps is Keeps.CONFIDENCE and scale_number(answer) is None
    return (is_unrated or step.keeps is Keeps.TELL) and is_only_a_moment(answer)


def whole_cue(answer: str) -> str:
    """A moment as it was given, without "I'll do it" before and other sentences after it."""
    if _known().guessed.match(answer):
        return bare(answer)
    says_more = _known().sure.search(answer) or _known().tells.search(answer)
    parts = _known().sentences.split(_known().not_then.sub("", prose(answer)))
    telling = list(filter(names_a_day, parts)) or list(filter(names_a_moment, parts))
    if not telling:
        return ""
    if len(telling) > 1 and len(answer.split()) <= LONGEST_CUE and not any(map(names_a_day, telling[1:])):
        return bare(answer)
    told = _known().do_it.sub("", bare(telling[0]))
    first = _known().besides.split(told)[0]
    said = first if names_a_moment(first) and names_a_day(first) >= names_a_day(told) else told
    if act_of(answer):
        return cue_of(answer) or event_in(answer)
    if says_more or len(said.split()) > 2 * LONGEST_CUE:
        return cue_of(answer) or clause(said, LONGEST_CUE)
    return said


def _told_to(answer: str) -> str:
    found = _known().tells.search(answer)
    who = found[1].strip() if found else ""
    return who.removesuffix(moment_in(who)).strip()


def _besides(said: tuple[Step, str]) -> str:
    """Who is named where a step, its moment or a number was asked for."""
    step, answer = said
    is_other = step.keeps in _ACTING or (step.keeps is Keeps.CONFIDENCE and scale_number(answer) is None)
    is_name = _known().name.match(answer.strip()) is not None and step.keeps is Keeps.CONFIDENCE
    return answer.strip() if is_other and (is_name or is_somebody(step, answer)) else ""


def is_somebody(step: Step, answer: str) -> bool:
    """Whether an answer names a person; to "which way?", "the boss" may be a way and is none."""
    may_point = step.keeps is Keeps.STEP and _known().the.match(answer) is not None
    return not may_point and names_somebody(answer)


def names_somebody(answer: str) -> bool:
    """Whether an answer is nothing but a person: "my wife", "Karin from HR"."""
    said = answer.strip()
    is_short = len(said.split()) <= LONGEST_NAME
    return (
        is_short
        and _known().somebody.match(said) is not None
        and not names_a_moment(said)
        and not names_a_deed(said)
    )


def _sureness(answer: str) -> int | None:
    found = _known().sure.search(answer)
    return scale_number(found[0]) if found else None


def _alone(answer: str) -> int | None:
    return scale_number(answer) if is_only_a_number(answer) else None

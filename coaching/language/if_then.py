"""A plan as one sentence: "If it is Monday after the stand-up, then I will ask Ben." Pure.

When and what are joined by what they begin with; where no join is sure, both stand as they were written.
"""

from functools import cache

from coaching.data import read
from coaching.language.mirroring import alone, bare
from coaching.language.outcome import TalkOutcome
from coaching.language.quoting import clause
from coaching.language.spelling import neat
from coaching.language.time_expressions import moment_in, names_a_day, names_a_moment
from coaching.language.verbs import act_of, is_gerund
from coaching.patterns import Language, Pattern, Words
from sensing.text.language import is_foreign


class _Known(Language):
    days: Words
    event: Pattern
    again: Pattern
    on: Pattern
    inside: Pattern
    condition: Pattern
    whole: Pattern
    clause: Pattern
    pronoun: Pattern
    inner: Pattern
    by_way: Pattern
    now: Pattern
    clearly: Pattern
    subject: Pattern
    joint: Pattern
    put_off: Pattern
    wavers: Pattern
    joined: Pattern
    first: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "if_then", _Known)


LONGEST_WHEN, LONGEST_IF, LONGEST_WHAT = 24, 14, 30  # words
LONGEST_JOINED = 16  # words
SHORT_CUE = 9  # words


def is_whole(step: str) -> bool:
    """Whether a step is an if-then sentence by itself: "If he shouts, I leave the room"."""
    return _known().whole.match(neat(step)) is not None


def is_short(cue: str) -> bool:
    """Whether a moment is short and plain enough to stand in a sentence: "after lunch on Monday"."""
    is_sure = len(cue.split()) <= SHORT_CUE and _known().wavers.search(cue) is None
    return is_sure and (_known().clearly.match(cue) is not None or moment_in(cue) == cue.strip())


def is_plain(step: str) -> bool:
    """Whether a step is one short sentence and no more, so that it can stand whole in another."""
    is_short = len(step.split()) <= LONGEST_JOINED
    return is_short and _known().first.match(step) is None and alone(step) == step


def if_then(outcome: TalkOutcome, when: str = "", *, foreign: bool = False) -> str:
    """The plan that a talk came to, or nothing where there is no step or no moment for it.

    *when* is the moment as it is to be read later, where "tomorrow" would no longer do; *foreign* words are
    not joined.
    """
    cue, step = when or outcome.cue, outcome.step
    if not step or not (cue or outcome.obstacle):
        return ""
    if foreign or is_foreign(step) or is_foreign(cue):
        return f"{_capital(neat(cue))} → {step.strip()}" if cue else ""
    if own := _known().whole.match(neat(step)):
        return f"{_capital(bare(own['cue']))}, then {_what(own['act'], own['cue'])}."
    begins = _obstacle(outcome.obstacle) if outcome.obstacle else _when(cue)
    planned = f"{begins}, {_then(begins, outcome)}"
    return planned if planned.endswith(("?”", "!”", "?", "!")) else f"{planned}."


def _when(cue: str) -> str:
    """The beginning of the plan: the moment as a clause."""
    said = clause(bare(neat(cue)), LONGEST_WHEN) if len(cue.split()) > LONGEST_WHEN else bare(neat(cue))
    if not names_a_moment(said):
        return f"If this is the moment: {said}"
    if _known().now.match(said):
        return _capital(_known().put_off.sub("right now", said))
    if (not _known().clearly.match(said) or _known().by_way.match(said)) and (moment := moment_in(said)):
        said = moment
    if _known().event.match(said) or _known().again.match(said) or _known().condition.match(said):
        return _capital(said)
    if _known().inside.match(said):
        return f"If I am in {_known().inside.sub('', said)}"
    if _known().pronoun.match(said):
        return f"If {_small(said)}"
    return f"If it is {_small(_known().on.sub('', said))}"


def _obstacle(obstacle: str) -> str:
    """The beginning of a plan against what gets in the way of a habit."""
    said = bare(clause(neat(obstacle)))
    is_plain = len(said.split()) <= LONGEST_IF and not _known().joined.search(said)
    if is_plain and _known().inner.match(said):
        return f"If {_small(said)} gets in the way"
    is_clause = is_plain and _known().clause.match(said)
    return f"If {_small(said)}" if is_clause else f"If this gets in the way (“{said}”)"


def _then(begins: str, outcome: TalkOutcome) -> str:
    joint = "" if _known().again.match(begins) or _known().now.match(begins) else "then "
    if outcome.step == outcome.sentence or ("?" in outcome.step and not act_of(outcome.step)):
        return f"{joint}I will say: “{' '.join(outcome.step.split()).strip(' “”.')}”"
    return f"{joint}{_what(outcome.step, outcome.cue)}"


def _what(step: str, cue: str) -> str:
    """What is done, as a sentence that goes on after "then"."""
    words = alone(_core(step))
    if act := act_of(words):
        return f"I will {_without(_small(act), cue)}"
    if _known().subject.match(words):
        return f"I {_without(_known().subject.sub('', words), cue)}"
    first = words.split(" ", 1)[0]
    return f"I start {_small(words)}" if is_gerund(first) else f"this is what I do: {_small(words)}"


def _core(step: str) -> str:
    """A step whole, without "and then" before it; of a long one its first sentence, where that is shorter."""
    said = bare(_known().joint.sub("", " ".join(neat(step).split())))
    first = _known().first.match(said)
    is_long = len(said.split()) > LONGEST_WHAT
    return bare(first[0]) if is_long and first and len(first[0].split()) <= LONGEST_WHAT else said


def _without(words: str, cue: str) -> str:
    """A step without the moment at its end that the plan has named already."""
    for said in (neat(cue), moment_in(words)):
        place = words.lower().find(said.lower()) if said else -1
        if place > 0 and names_a_day(said) and _known().on.sub("", said).lower() in neat(cue).lower():
            return f"{words[:place].rstrip(' ,')}{words[place + len(said) :]}"
    return words


def _small(words: str) -> str:
    """Words with a small first letter, but for "I" and names of days."""
    first = words.split(" ", 1)[0]
    is_kept = first.split("'")[0] == "I" or first.lower().rstrip("s,") in _known().days or first.isupper()
    return words if is_kept else words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

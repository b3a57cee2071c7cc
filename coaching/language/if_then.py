"""A plan as one sentence: "If it is Monday after the stand-up, then I will ask Ben." Pure.

When and what are joined by what they begin with; where no join is sure, both stand as they were written.
"""

import re

from coaching.language.mirroring import alone, bare
from coaching.language.outcome import Outcome
from coaching.language.quoting import clause
from coaching.language.spelling import neat
from coaching.language.time_expressions import moment_in, names_a_moment
from coaching.language.verbs import act_of, is_gerund, words_of
from sensing.text.foreign import is_foreign

LONGEST_WHEN, LONGEST_IF, LONGEST_WHAT = 24, 14, 30  # words
_EVENT = re.compile(r"^(?:as soon as|when(?:ever)?|once|every time|each time|while)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"^(?:in (?:an?|one|two|three|half|\d+)|every|each|daily|on \w+days\b|twice|once a|most|always"
    r"|mondays|fridays)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"^(?:on|at|by|starting|from) (?=\S)", re.IGNORECASE)
_IN = re.compile(
    r"^(?:in|during) (?=(?:the|my|our|a|his|her|their|stand-?up|\w+'s|\w+days?'?s?) )", re.IGNORECASE
)
_IF = re.compile(r"^if\b", re.IGNORECASE)
_THEN = re.compile(
    r"^(?P<cue>(?:if|when|whenever)\b[^,]{4,80}?)(?:,? then |, )(?P<act>.{4,})$", re.IGNORECASE
)
_CLAUSE = re.compile(r"^(?:i|i'm|i've|it|it's|my|he|she|they|we|nobody|people|there)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:i|i'm|i've|it|it's|he|she|they|we|nobody|people|there)\b", re.IGNORECASE)
_INNER = re.compile(
    r"^(?:(?:the|my|a|this|that) )?(?:\w+ )?(?:thought|fear|feeling|worry|urge|habit|voice|idea|wish"
    r"|anger|guilt|shame"
    r"|tiredness|doubt|panic|stress|boredom|laziness|perfectionism|pride)\b",
    re.IGNORECASE,
)
_BY_WAY = re.compile(r"^by (?:phone|mail|e-?mail|chat|slack|video|letter|text)\b", re.IGNORECASE)
_NOW = re.compile(r"^(?:right )?now\b|^\w+, now\b", re.IGNORECASE)
_CLEARLY = re.compile(
    r"^(?:if|when|whenever|once|as|while|after|before|right|every|each|in|on|at|by|during|next (?!\w+ is\b)\w"
    r"|the|my|our|a|first)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:i|we)\s+", re.IGNORECASE)
_JOINT = re.compile(r"^(?:(?:and|so) )?then\b[\s,:]+|(?<=^i )then ", re.IGNORECASE)  # is said by the plan


def is_whole(step: str) -> bool:
    """Return whether a step is an if-then sentence by itself: "If he shouts, I leave the room"."""
    return _THEN.match(neat(step)) is not None


def if_then(outcome: Outcome, when: str = "", *, foreign: bool = False) -> str:
    """Return the plan that a talk came to, or nothing where there is no step or no moment for it.

    *when* is the moment as it is to be read later, where "tomorrow" would no longer do; *foreign* words are
    not joined.
    """
    cue, step = when or outcome.cue, outcome.step
    if not step or not (cue or outcome.obstacle):
        return ""
    if foreign or is_foreign(step) or is_foreign(cue):
        return f"{_capital(neat(cue))} → {step.strip()}" if cue else ""
    if own := _THEN.match(neat(step)):
        return f"{_capital(bare(own['cue']))}, then {_what(own['act'], own['cue'])}."
    begins = _obstacle(outcome.obstacle) if outcome.obstacle else _when(cue)
    planned = f"{begins}, {_then(begins, outcome)}"
    return planned if planned.endswith(("?”", "!”", "?", "!")) else f"{planned}."


def _when(cue: str) -> str:
    """Return the beginning of the plan: the moment as a clause."""
    said = clause(bare(neat(cue)), LONGEST_WHEN) if len(cue.split()) > LONGEST_WHEN else bare(neat(cue))
    if not names_a_moment(said):
        return f"If this is the moment: {said}"
    if _NOW.match(said):
        return _capital(re.sub(r"^\w+, now\b.*", "right now", said))
    if (not _CLEARLY.match(said) or _BY_WAY.match(said)) and (moment := moment_in(said)):
        said = moment
    if _EVENT.match(said) or _AGAIN.match(said) or _IF.match(said):
        return _capital(said)
    if _IN.match(said):
        return f"If I am in {_IN.sub('', said)}"
    if _PRONOUN.match(said):
        return f"If {_small(said)}"
    return f"If it is {_small(_ON.sub('', said))}"


def _obstacle(obstacle: str) -> str:
    """Return the beginning of a plan against what gets in the way of a habit."""
    said = bare(clause(neat(obstacle)))
    is_plain = len(said.split()) <= LONGEST_IF and not re.search(r"\band\b|[,.;]", said)
    if is_plain and _INNER.match(said):
        return f"If {_small(said)} gets in the way"
    return f"If {_small(said)}" if is_plain and _CLAUSE.match(said) else f"If this gets in the way (“{said}”)"


def _then(begins: str, outcome: Outcome) -> str:
    joint = "" if _AGAIN.match(begins) or _NOW.match(begins) else "then "
    if outcome.step == outcome.sentence or "?" in outcome.step:
        return f"{joint}I will say: “{' '.join(outcome.step.split()).strip(' “”.')}”"
    return f"{joint}{_what(outcome.step, outcome.cue)}"


def _what(step: str, cue: str) -> str:
    """Return what is done, as a sentence that goes on after "then"."""
    said = _JOINT.sub("", " ".join(neat(step).split()))
    words = alone(bare(clause(said, LONGEST_WHAT)) if len(said.split()) > LONGEST_WHAT else bare(said))
    if act := act_of(words):
        return f"I will {_without(_small(act), cue)}"
    if _SUBJECT.match(words):
        return f"I {_without(_SUBJECT.sub('', words), cue)}"
    first = words.split(" ", 1)[0]
    return f"I start {_small(words)}" if is_gerund(first) else f"this is what I do: {_small(words)}"


def _without(words: str, cue: str) -> str:
    """Return a step without the moment at its end that the plan has named already."""
    for said in (neat(cue), moment_in(words)):
        place = words.lower().find(said.lower()) if said else -1
        if place > 0 and _ON.sub("", said).lower() in neat(cue).lower():
            return f"{words[:place].rstrip(' ,')}{words[place + len(said) :]}"
    return words


def _small(words: str) -> str:
    """Return words with a small first letter, but for "I" and names of days."""
    first = words.split(" ", 1)[0]
    is_kept = first.split("'")[0] == "I" or first.lower().rstrip("s,") in _DAYS or first.isupper()
    return words if is_kept else words[:1].lower() + words[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri")

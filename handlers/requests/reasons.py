"""Why these two: a match's reasons in words, for the helper and for the asker.

Only what speaks for the helper is said, and never a decline, a pause, a rating or how busy somebody is. While
the asker is anonymous, nothing is said that would tell who they are.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from string import Formatter
from typing import Any

from handlers.block_kit import mrkdwn
from handlers.requests import words_of_reasons as words
from matching.values import ANYTHING, TELLS_WHO, Reason, ReasonKind

Facts = Mapping[str, Any]
Labels = Callable[[str], str]

_PAIR = frozenset({ReasonKind.REPEAT, ReasonKind.PAIR})
MOST = 3
OFTEN, LATELY_DAYS = 5, 30
FEWEST_WORKED, MOSTLY = 3, 0.75


def for_helper(reasons: Iterable[Reason], label: Labels, *, anonymous: bool) -> str:
    """Why the helper was asked, as half a sentence, or nothing where there are no words for it."""
    told = [one for one in reasons if not (anonymous and one.kind in TELLS_WHO)]
    return mrkdwn.listed(_said(told, words.TO_HELPER, label))


def for_asker(reasons: Iterable[Reason], label: Labels) -> str:
    """Why this helper, as half a sentence that begins after "they"."""
    told = list(reasons)
    said = _said(told, words.TO_ASKER, label)
    is_new = _PAIR.isdisjoint(one.kind for one in told)
    return mrkdwn.listed([*said, words.NEW] if said and len(said) < MOST and is_new else said)


def _said(reasons: Iterable[Reason], known: words.Reasons, label: Labels) -> list[str]:
    good = sorted((one for one in reasons if one.value > 0), key=lambda one: one.kind is ReasonKind.RHYTHM)
    said = [_half_sentence(one.kind, one.facts, known, label) for one in _plain_first(good)]
    return list(dict.fromkeys(filter(None, said)))[:MOST]


def _plain_first(good: list[Reason]) -> list[Reason]:
    """Reasons with answers in the topic before those to similar questions: a fact says more."""
    kinds = [one.kind for one in good]
    if not {ReasonKind.ANSWERED, ReasonKind.SIMILAR} <= set(kinds):
        return good
    answered, similar = kinds.index(ReasonKind.ANSWERED), kinds.index(ReasonKind.SIMILAR)
    rest = [one for one in good if one is not good[answered]]
    place = min(answered, similar)
    return [*rest[:place], good[answered], *rest[place:]]


def _half_sentence(kind: str, facts: Facts, known: words.Reasons, label: Labels) -> str:
    pattern = known.get((kind, _VARIANTS.get(kind, _plain)(facts)), "")
    wanted = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    if any(name not in facts for name in wanted):
        return ""
    return pattern.format_map({name: _word(name, facts[name], label) for name in wanted})


def _word(name: str, fact: Any, label: Labels) -> str:
    """A fact as it stands in a sentence: a day in the reader's zone, or a topic."""
    if name == "last_at":
        return mrkdwn.weekday(datetime.fromtimestamp(int(fact), UTC))
    return f"*{label(str(fact))}*"


def _plain(facts: Facts) -> str:
    return ""


def _fact(name: str) -> Callable[[Facts], str]:
    return lambda facts: str(facts.get(name, ""))


def _topic(facts: Facts) -> str:
    return ANYTHING if facts.get("topic") == ANYTHING else str(facts.get("level", ""))


def _lane(facts: Facts) -> str:
    return f"proven {facts.get('lane')}" if "proven_with" in facts else str(facts.get("lane", ""))


def _answered(facts: Facts) -> str:
    times = int(facts.get("times", 0))
    return "often" if times >= OFTEN else "some" if times else "never"


def _active(facts: Facts) -> str:
    lately = int(facts.get("days", LATELY_DAYS + 1)) <= LATELY_DAYS
    return "often" if lately and int(facts.get("times", 0)) >= OFTEN else "seldom"


def _reliable(facts: Facts) -> str:
    worked, of = int(facts.get("worked", 0)), int(facts.get("of", 0))
    return "good" if worked >= max(FEWEST_WORKED, MOSTLY * of) else "thin"


def _pair(facts: Facts) -> str:
    return "known" if facts.get("times") else "new"


_VARIANTS: Mapping[str, Callable[[Facts], str]] = {
    ReasonKind.TOPIC: _topic,
    ReasonKind.LANE: _lane,
    ReasonKind.HOURS: _fact("open_now"),
    ReasonKind.ANSWERED: _answered,
    ReasonKind.ACTIVE: _active,
    ReasonKind.RELIABLE: _reliable,
    ReasonKind.REPEAT: _pair,
    ReasonKind.PAIR: _pair,
    ReasonKind.IN_TIME: _fact("usually"),
    ReasonKind.PRESENCE: _fact("seen"),
}

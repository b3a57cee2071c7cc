"""Why these two: a match's reasons in words, for the helper and for the asker.

Only what speaks for the helper is said, and never a decline, a pause, a rating or how busy somebody is. While
the asker is anonymous, nothing is said that would tell who they are.
"""

from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import Any, TypeAlias

from handlers import mrkdwn
from matching.values import Lane, Reason, ReasonKind

Facts = Mapping[str, Any]
Labels = Callable[[str], str]

_TELLS_WHO = frozenset({ReasonKind.LANE, ReasonKind.REPEAT})
LANES = {
    Lane.PEER: "at a similar level",
    Lane.SENIOR: "with more experience",
    Lane.REVERSE: "with a fresher view",
}
MOST = 3


def for_helper(reasons: Iterable[Reason], label: Labels, *, anonymous: bool) -> str:
    """Return why the helper was asked, as half a sentence, or nothing where there are no words for it."""
    told = [one for one in reasons if not (anonymous and one.kind in _TELLS_WHO)]
    return _said(told, _TO_HELPER, label)


def for_asker(reasons: Iterable[Reason], label: Labels) -> str:
    """Return why this helper, as half a sentence that begins after "they"."""
    return _said(reasons, _TO_ASKER, label)


def _said(reasons: Iterable[Reason], words: "_Words", label: Labels) -> str:
    good = [one for one in reasons if one.value > 0]
    said = [_half_sentence(one.kind, one.facts, words, label) for one in good]
    return mrkdwn.listed(list(dict.fromkeys(filter(None, said)))[:MOST])


def _half_sentence(kind: str, facts: Facts, words: "_Words", label: Labels) -> str:
    pattern = words.get((kind, str(facts.get(_DECIDING.get(kind, ""), ""))), "")
    wanted = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    if any(name not in facts for name in wanted):
        return ""
    return pattern.format_map({name: f"*{label(str(facts[name]))}*" for name in wanted})


_Words: TypeAlias = Mapping[tuple[str, str], str]
_DECIDING: Mapping[str, str] = {
    ReasonKind.TOPIC: "level",
    ReasonKind.LANE: "lane",
    ReasonKind.HOURS: "open_now",
}
_TO_HELPER: _Words = {
    (ReasonKind.TOPIC, "3"): "you know {topic} in depth",
    (ReasonKind.TOPIC, "2"): "you work with {topic}",
    (ReasonKind.TOPIC, "1"): "you know your way around {topic}",
    (ReasonKind.RELATED_TOPIC, ""): "you know {related}, which is close to {topic}",
    (ReasonKind.LANE, Lane.PEER): "you two work at a similar level",
    (ReasonKind.LANE, Lane.SENIOR): "you bring more experience",
    (ReasonKind.LANE, Lane.REVERSE): "you see this with fresher eyes than they do",
    (ReasonKind.HOURS, "1"): "it is within your working hours",
    (ReasonKind.REPEAT, ""): "you have helped them before",
}
_TO_ASKER: _Words = {
    (ReasonKind.TOPIC, "3"): "know {topic} in depth",
    (ReasonKind.TOPIC, "2"): "work with {topic}",
    (ReasonKind.TOPIC, "1"): "know their way around {topic}",
    (ReasonKind.RELATED_TOPIC, ""): "know {related}, which is close to {topic}",
    (ReasonKind.LANE, Lane.PEER): "work at a level like yours",
    (ReasonKind.LANE, Lane.SENIOR): "have more experience",
    (ReasonKind.LANE, Lane.REVERSE): "see this with fresher eyes",
    (ReasonKind.HOURS, "1"): "are at work now",
    (ReasonKind.REPEAT, ""): "have helped you before",
}

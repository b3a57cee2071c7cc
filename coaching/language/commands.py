"""The words that steer a talk: skip, back, stop, however they are asked for or mistyped. Pure."""

import re
from collections.abc import Iterator
from typing import Literal

from coaching.language.numbers import one_of

Steering = Literal["skip", "back", "stop"]

LONGEST = 8  # words; in a longer message somebody is thinking
_WORDS: dict[Steering, tuple[str, ...]] = {
    "skip": ("skip", "next", "pass", "weiter", "überspringen", "passer", "saltar"),
    "back": ("back", "undo", "previous", "zurück", "retour", "atrás"),
    "stop": (
        "stop",
        "quit",
        "exit",
        "end",
        "cancel",
        "stopp",
        "abbrechen",
        "arrêter",
        "arrête",
        "parar",
        "para",
    ),
}
_MISTYPED: tuple[Steering, ...] = ("skip", "back", "stop")
_OTHER_WORDS = frozenset(("sip", "kip", "ski", "bak", "ack", "top", "sop", "sto", "bac", "ski"))
_PADDING = one_of(
    r"\b(?:please|pls|plz|bitte|thanks|thank you|sorry|okay|ok|just|now|here|enough|for (?:now|today))\b",
    r"\b(?:can|could|may) (?:we|i)\b|\bi(?:'d| would) like to\b|\bi want(?: to)?\b|\blet'?s\b|\blet us\b",
    r"\b(?:this|that|it|one|question|the|to|a|step|talk|talking|we|i|go)\b",
)


def steering(text: str) -> Steering | None:
    """Return what a message asks of the talk itself, when it says nothing but that."""
    said = " ".join(re.sub(r"[^\w' ]", " ", text.lower()).split())
    if not said or len(said.split()) > LONGEST:
        return None
    if re.fullmatch(r"(?:that'?s )?enough(?: for (?:now|today))?|i'?m done|no more(?: questions)?", said):
        return "stop"
    core = " ".join(_PADDING.sub(" ", said).split())
    return _READ.get(core) if core else None


def _slips(word: str) -> Iterator[str]:
    """Yield a word with one letter doubled, left out within, or changed places."""
    for place in range(len(word)):
        yield word[: place + 1] + word[place:]
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


_READ: dict[str, Steering] = {
    **{
        slip: steer
        for steer in _MISTYPED
        for slip in _slips(steer)
        if slip not in _OTHER_WORDS and len(slip) > 2
    },
    **{word: steer for steer, words in _WORDS.items() for word in words},
}

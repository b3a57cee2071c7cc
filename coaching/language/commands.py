"""The words that steer a guided talk: skip, back, stop, however they are asked for or mistyped.

And whether what follows a word of a command tells how things are, so that the word begins nothing. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from coaching.data import read
from coaching.language.verbs import acts
from coaching.patterns import InOrder, Language, Pattern, Words

Steering = Literal["skip", "back", "stop"]


class _Known(Language):
    other_words: Words
    padding: Pattern
    enough: Pattern
    wears: Pattern
    happened: Pattern
    these: Pattern
    thing: Pattern
    oneself: Pattern
    begins: Words
    articles: Words
    words: Mapping[Steering, InOrder]


@cache
def _known() -> _Known:
    return read("coaching.language", "commands", _Known)


LONGEST = 8  # words; in a longer message somebody is thinking
_MISTYPED: tuple[Steering, ...] = ("skip", "back", "stop")


def steering(text: str) -> Steering | None:
    """What a message asks of the guided talk itself, when it says nothing but that."""
    said = " ".join(re.sub(r"[^\w' ]", " ", text.lower()).split())
    if not said or len(said.split()) > LONGEST:
        return None
    if _known().enough.fullmatch(said):
        return "stop"
    core = " ".join(_known().padding.sub(" ", said).split())
    return _read().get(core) if core else None


def says_how_it_is(word: str, rest: str) -> bool:
    """Whether a *word* and the *rest* of its line say how things are: "sprint planning wears me out".

    "Sprint learn SQL" and "goals become a team lead" say what is to be begun.
    """
    if word.endswith("s") and _known().these.match(rest):
        return True
    first = rest.partition(" ")[0].lower()
    if acts(rest) or first in _known().begins:
        return False
    whole = (_known().wears, _known().happened, _known().oneself)
    is_thing = first not in _known().articles and _known().thing.match(rest) is not None
    return is_thing or any(shape.search(rest) for shape in whole)


def _slips(word: str) -> Iterator[str]:
    """Yield a word with one letter doubled, left out within, or changed places."""
    for place in range(len(word)):
        yield word[: place + 1] + word[place:]
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]


@cache
def _read() -> Mapping[str, Steering]:
    """What each word asks for, and what one that is mistyped does."""
    slips = ((slip, steer) for steer in _MISTYPED for slip in _slips(steer))
    mistyped = {slip: it for slip, it in slips if slip not in _known().other_words and len(slip) > 2}
    return mistyped | {word: steer for steer, words in _known().words.items() for word in words}

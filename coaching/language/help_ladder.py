"""The ladder of help: a question first, then a hint, an example, an answer; up only when the person asks."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from coaching.data import read
from coaching.patterns import Language, Pattern


class _Known(Language):
    asks: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "help_ladder", _Known)


LONGEST_ASK = 12  # words: in a longer answer somebody is thinking, whatever phrases it holds


class Help(StrEnum):
    """How much a coach gives away, the least first."""

    QUESTION = "question"
    HINT = "hint"
    EXAMPLE = "example"
    ANSWER = "answer"


LADDER = tuple(Help)


def asks_for_help(answer: str) -> bool:
    """Say whether an answer is none, but asks for help: "I don't know", "give me a hint"."""
    is_short = len(answer.split()) <= LONGEST_ASK
    return is_short and _known().asks.search(answer.replace("’", "'")) is not None


def highest(turns: Iterable[tuple[Help, str | None]]) -> Help:
    """How far the next turn may go: one rung above the last for each ask in a row, else a question.

    *turns* are the help that was given and what was answered to it, oldest first.
    """
    level = 0
    for given, answer in turns:
        asked = answer is not None and asks_for_help(answer)
        level = min(LADDER.index(given) + 1, len(LADDER) - 1) if asked else 0
    return LADDER[level]


def up_to(highest: Help) -> tuple[Help, ...]:
    """The rungs that may be used, the lowest first."""
    return LADDER[: LADDER.index(highest) + 1]

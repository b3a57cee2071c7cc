"""The ladder of help: a question first, then a hint, an example, an answer; up only when the person asks."""

import re
from collections.abc import Iterable
from enum import StrEnum

LONGEST_ASK = 12  # words: in a longer answer somebody is thinking, whatever phrases it holds


class Help(StrEnum):
    """How much a coach gives away, the least first."""

    QUESTION = "question"
    HINT = "hint"
    EXAMPLE = "example"
    ANSWER = "answer"


LADDER = tuple(Help)
_ASKS = re.compile(
    r"\b(?:you|me|need|like|about|have)\b.{0,14}\ban? (?:\w+ )?(?:hint|clue|example)\b|\bfor example\?"
    r"|^\W*(?:(?:an?|one|another|more|some|please|need|small) )*(?:hint|clue|example|help)s?(?: please)?\W*$"
    r"|\b(?:(?:any|some) (?:ideas?|tips?|suggestions?|advice))\b"
    r"|\b(?:help me please|please help me|i'?m (?:still |a bit )?stuck|no (?:idea|clue))\b"
    r"|\bi (?:(?:really|just) )?(?:don'?t|do not) know\b|\bi can'?t (?:think|say|come up)\b"
    r"|^(?:(?:so|but|and|ok|please|just|can you|could you) )*(?:tell me|give me|help me|what do you)\b"
    r"|^(?:(?:so|but|and|ok) )*what (?:would|should|can|could) (?:you|i)"
    r" (?:do|say|try|advise|suggest|write)\b"
    r"|^[^\w?]*\?\W*$",
    re.IGNORECASE,
)


def asks_for_help(answer: str) -> bool:
    """Say whether an answer is none, but asks for help: "I don't know", "give me a hint"."""
    return len(answer.split()) <= LONGEST_ASK and _ASKS.search(answer.replace("’", "'")) is not None


def highest(turns: Iterable[tuple[Help, str | None]]) -> Help:
    """Return how far the next turn may go: one rung above the last for each ask in a row, else a question.

    *turns* are the help that was given and what was answered to it, oldest first.
    """
    level = 0
    for given, answer in turns:
        asked = answer is not None and asks_for_help(answer)
        level = min(LADDER.index(given) + 1, len(LADDER) - 1) if asked else 0
    return LADDER[level]


def up_to(highest: Help) -> tuple[Help, ...]:
    """Return the rungs that may be used, the lowest first."""
    return LADDER[: LADDER.index(highest) + 1]

"""What an answer says, where a talk needs to know: a number, a list, a word that steers the talk."""

import re
from typing import Literal

Steering = Literal["skip", "back", "stop"]

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = re.compile(
    rf"(?<![\d.,])(10|\d)(?:[.,]\d+)?(?![\d.,]*\d|\s*%)|\b({'|'.join(_WORDS)})\b", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.):]\)?|[a-z][.)])\s+", re.IGNORECASE)
_INLINE = re.compile(r"(?:^|\s)\(?\d[.)]\s+")
_STEERS: dict[str, Steering] = {
    "skip": "skip",
    "next": "skip",
    "pass": "skip",
    "back": "back",
    "go back": "back",
    "undo": "back",
    "stop": "stop",
    "quit": "stop",
    "exit": "stop",
    "end": "stop",
    "cancel": "stop",
}


def scale_number(text: str) -> int | None:
    """Return the first number from 0 to 10 in a text, in digits or in words, rounded down; or None."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits, word = found.groups()
    return int(digits) if digits else _WORDS.index(word.lower())


def listed(text: str) -> tuple[str, ...]:
    """Return the items of an answer: one a line, or numbered, or divided by semicolons; else the whole."""
    divided = _INLINE.sub("\n", text) if len(_INLINE.findall(text)) > 1 else text
    lines = [line for part in divided.splitlines() for line in part.split(";")]
    return tuple(item for line in lines if (item := _BULLET.sub("", line).strip(" \t.,-")))


def steering(text: str) -> Steering | None:
    """Return what a message asks of the talk itself, when it is nothing but that word."""
    return _STEERS.get(text.strip().strip(".!").lower())


def excerpt(text: str, words: int = 14) -> str:
    """Return the beginning of a text to quote: its first sentence, cut after so many words."""
    flat = " ".join(text.split())
    first = re.split(r"(?<=[.!?])\s", flat, maxsplit=1)[0]
    sentence = first if len(first.split()) > 2 else flat
    parts = sentence.split()
    return sentence if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:") + " …"

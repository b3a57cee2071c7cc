"""The several things that one answer names: one a line, numbered, in sentences, or in one line. Pure."""

import re

from coaching.language.mirroring import bare
from coaching.language.numbers import rating
from coaching.language.spelling import neat
from coaching.language.verbs import BASE, act_of, acts, is_gerund, words_of

_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.):]\)?|[a-z][.)])\s+", re.IGNORECASE)
_DASHES = re.compile(r"(?<!\s)\s+[-–—•]\s+")
_INLINE = re.compile(r"(?:^|\s)\(?\d[.)]\s+")
_COMMAS = re.compile(r",\s+(?:(?:and|or|und|oder|et|ou|y|o)\s+)?|(?<!\s)\s+(?:/|or|oder|ou)\s+")
_EITHER = re.compile(r"(?:,|(?<!\s))\s+(?:or|oder|ou|o)\s+|(?<!\s)\s+/\s+", re.IGNORECASE)
_CUTS = re.compile(
    r"((?:(?:(?<!\s)\s+)?[.!?,]\s+|(?<!\s)\s+)(?:or|and maybe|or else|and also)\s+"
    r"(?:maybe\s+|just\s+|even\s+|i could\s+)*"
    r"|(?:(?<!\s)\s+)?[.!?,]\s+(?!(?:and )?then\b)(?:(?:and|or|maybe|and maybe|or maybe|also)\s+)*"
    r"|(?<!\s)\s+/\s+)",
    re.IGNORECASE,
)
_ASKED_FIRST = re.compile(r"^[^?\n]{0,60}\?\s+(?=\w)")
_COULD = re.compile(r"^(?:either|one option is to|option one is to|i guess|i could also)\s+", re.IGNORECASE)
# What begins like this tells of how things are, and names no way forward.
_NO_WAY = re.compile(
    r"^(?:(?:he|she|they|it|there|that'?s|he'?s|she'?s|they'?re|it'?s|i'?m|i am|i was|i know|i feel|i don'?t"
    r"|because)\b(?!.{0,40}\b(?:could|can|might)\b)|(?:no|nah),?\s)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?<!\s)\s+and\s+", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:i|we) ", re.IGNORECASE)
_FILLERS = "well honestly actually maybe yes no ok okay however hmm sure also and but then i so because"
_NO_ITEM = words_of(_FILLERS)


def listed(text: str) -> tuple[str, ...]:
    """Return the items of an answer: one a line, numbered, or divided by semicolons, slashes or commas."""
    text = _DASHES.sub("\n", text) if len(_DASHES.findall(text)) > 1 else text
    divided = _INLINE.sub("\n", text) if len(_INLINE.findall(text)) > 1 else text
    lines = [line for part in divided.splitlines() for line in part.split(";")]
    items = tuple(item for line in lines if (item := _BULLET.sub("", line).strip(" \t.,-")))
    return _in_line(items[0]) if len(items) == 1 else items


def ways(text: str) -> tuple[str, ...]:
    """Return the ways forward that an answer names, each without "I could" and other words before it."""
    return tuple(
        way
        for item in listed(_ASKED_FIRST.sub("", text.strip()))
        if (way := _way(item)) and not _NO_WAY.match(item)
    )


def rated_instead(text: str) -> int | None:
    """Return the number by which an answer rates something where ways forward were asked for, or None."""
    return None if _BULLET.match(text) or _is_deed(text) or len(listed(text)) > 1 else rating(text)


def _way(item: str) -> str:
    said = _COULD.sub("", bare(neat(item)))
    return (act_of(said) or (_SUBJECT.sub("", said) if _leading(said) in BASE else said)).strip(" .,")


def _in_line(text: str) -> tuple[str, ...]:
    """Return the items of a single line: what begins with a verb each; else three by commas, two by "or"."""
    if len(deeds := _deeds(text)) > 1:
        return deeds
    commas = [part.strip(" .") for part in _COMMAS.split(text) if part.strip(" .")]
    if len(commas) > 2 and all(_is_item(part) for part in commas):
        return tuple(commas)
    either = [part.strip(" .,") for part in _EITHER.split(text)]
    return tuple(either) if len(either) > 1 and all(len(part.split()) > 1 for part in either) else (text,)


def _deeds(text: str) -> tuple[str, ...]:
    """Return the parts of a line that begin with what is done; any other goes with the one before."""
    first, *rest = _CUTS.split(text)
    found = [first]
    for cut, part in zip(rest[::2], rest[1::2], strict=True):
        if _is_deed(part) or _leading(part) in BASE:
            found.append(part)
        else:
            found[-1] += cut + part
    if not _is_deed(first):
        return ()
    if (
        len(found) > 1
        and not _EITHER.search(text)
        and (last := _AND.split(found[-1], maxsplit=1))
        and _leading(last[-1]) in BASE
    ):
        found[-1:] = last
    return tuple(part.strip(" .,!") for part in found)


def _is_deed(part: str) -> bool:
    said = _COULD.sub("", bare(part))
    return bool(act_of(said)) or acts(said) or is_gerund(said.split(" ", 1)[0])


def _leading(part: str) -> str:
    """Return the first word of a part that says something."""
    said = act_of(part) or _SUBJECT.sub("", bare(part))
    return said.lower().split(" ", 1)[0].strip(".,!?")


def _is_item(part: str) -> bool:
    return len(part.split()) <= 10 and part.lower() not in _NO_ITEM

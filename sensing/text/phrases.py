"""A small language for the ways people say a thing, so that lists of them can be read and checked by anyone.

`want .. die`: up to three words may stand between, within one sentence; `...`: up to eight. `depress*`: any
ending. `*`: any one word. `[really] want`: may be left out. `(want|wish) to`: either. Groups hold whole words
and may be nested. `want out $`: the sentence ends there. `<dying>`: what `words/parts.txt` gives under that
name, so that one line says many things. Lines that are empty or begin with `#` say nothing.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from sensing.text.wording import END, normal, words

_TOKEN = re.compile(r"\s+|[()\[\]|]|[^\s()\[\]|]+")
_GLUED = re.compile(r"[^\s(\[|][(\[<]|[)\]>][^\s)\]|]")
_CLOSES = {"(": ")", "[": "]"}
_NAMED = re.compile(r"<(\w+)>")
_ENDS_HERE = "$"


class BadPhrase(ValueError):
    """A phrase that is not of the language: a stray bracket, half a word in a group, no part, nothing."""


class Literal(NamedTuple):
    """One word, or any word that begins so."""

    text: str
    begins: bool = False


class AnyWord(NamedTuple):
    """Any one word, but no sentence's end; or, if it *may_miss*, none."""

    may_miss: bool = False


class Either(NamedTuple):
    """One of several ways to go on; an empty way means that all may be left out."""

    ways: "tuple[Way, ...]"


Part: TypeAlias = Literal | AnyWord | Either
Way: TypeAlias = tuple[Part, ...]
GAPS: dict[str, Way] = {"..": (AnyWord(may_miss=True),) * 3, "...": (AnyWord(may_miss=True),) * 8}
_NOT_PLAIN = frozenset([*GAPS, *"*()[]|$"])


def parse(phrase: str) -> Way:
    """What a phrase consists of; raise BadPhrase if it is none."""
    if _GLUED.search(phrase):
        raise BadPhrase(phrase)
    tokens = [token for token in _TOKEN.findall(phrase) if not token.isspace()]
    tokens.reverse()
    way = _way(tokens, phrase)
    if tokens or not way:
        raise BadPhrase(phrase)
    return way


def phrases(name: str) -> tuple[str, ...]:
    """The phrases of a list in `words/`, by its name without the ending."""
    return tuple(_lines(name))


def _lines(name: str) -> Iterator[str]:
    text = files("sensing").joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return (line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


@cache
def word_lists(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of plain words in a file of `words/`, by their names; a line is `list = its words`."""
    found: dict[str, set[str]] = {}
    for key, _, words_of in (line.partition(" = ") for line in _lines(name)):
        found.setdefault(key, set()).update(words_of.split())
    return {key: frozenset(listed) for key, listed in found.items()}


@cache
def _parts() -> Mapping[str, str]:
    """The named parts, written out; each may use those above it."""
    parts: dict[str, str] = {}
    for line in _lines("parts"):
        name, _, part = line.partition(" = ")
        parts[name] = f"({_whole(part, parts)})"
    return parts


def _whole(line: str, parts: Mapping[str, str]) -> str:
    try:
        return _NAMED.sub(lambda named: parts[named[1]], line)
    except KeyError:
        raise BadPhrase(line) from None


def _way(tokens: list[str], phrase: str) -> Way:
    """Take the parts up to the end, or to what ends the group around; *tokens* lie reversed."""
    parts: list[Part] = []
    while tokens and tokens[-1] not in (")", "]", "|"):
        token = tokens.pop()
        if token in _CLOSES:
            parts.append(_group(token, tokens, phrase))
        else:
            parts += [_named(token)] if token[0] == "<" else _plain(token, tokens)
    return tuple(parts)


def _group(opening: str, tokens: list[str], phrase: str) -> Either:
    ways = [_way(tokens, phrase)]
    while tokens and tokens[-1] == "|":
        tokens.pop()
        ways.append(_way(tokens, phrase))
    if not tokens or tokens.pop() != _CLOSES[opening] or () in ways:
        raise BadPhrase(phrase)
    return Either((*ways, ())) if opening == "[" else Either(tuple(ways))


@cache
def _named(token: str) -> Part:
    """What a named part says, read once for all phrases that use it."""
    (part,) = parse(_whole(token, _parts()))
    return part


def _plain(token: str, tokens: list[str]) -> Iterator[Part]:
    """Yield the words of a token and of the plain ones behind it, written as a text would have them."""
    run = [token]
    if token == _ENDS_HERE:
        yield Literal(END)
        return
    while tokens and _is_plain(tokens[-1]) and run[-1][-1] != "*" and token not in GAPS:
        run.append(tokens.pop())
    if token in GAPS:
        yield from GAPS[token]
    elif run == ["*"]:
        yield AnyWord()
    else:
        yield from _literals(" ".join(run))


def _is_plain(token: str) -> bool:
    return token not in _NOT_PLAIN and token[0] != "<"


@cache
def _literals(run: str) -> tuple[Literal, ...]:
    """What plain words are; many phrases have the same."""
    said = words(normal(run.rstrip("*")))
    last = len(said) if run.endswith("*") else 0
    return tuple(Literal(word.text, begins=number == last) for number, word in enumerate(said, 1))

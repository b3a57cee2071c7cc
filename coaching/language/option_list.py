"""The several things that one answer names: one a line, numbered, in sentences, or in one line. Pure."""

from functools import cache

from coaching.data import read
from coaching.language.mirroring import bare
from coaching.language.numbers import rating
from coaching.language.spelling import neat
from coaching.language.verbs import act_of, acts, is_gerund, verbs
from coaching.patterns import Language, Pattern, Words


class _Known(Language):
    no_item: Words
    bullet: Pattern
    dashes: Pattern
    inline: Pattern
    commas: Pattern
    either: Pattern
    cuts: Pattern
    asked_first: Pattern
    could: Pattern
    no_way: Pattern
    ands: Pattern
    subject: Pattern


@cache
def _known() -> _Known:
    return read("coaching.language", "option_list", _Known)


def listed(text: str) -> tuple[str, ...]:
    """Return the items of an answer: one a line, numbered, or divided by semicolons, slashes or commas."""
    text = _known().dashes.sub("\n", text) if len(_known().dashes.findall(text)) > 1 else text
    divided = _known().inline.sub("\n", text) if len(_known().inline.findall(text)) > 1 else text
    lines = [line for part in divided.splitlines() for line in part.split(";")]
    items = tuple(item for line in lines if (item := _known().bullet.sub("", line).strip(" \t.,-")))
    return _in_line(items[0]) if len(items) == 1 else items


def ways(text: str) -> tuple[str, ...]:
    """Return the ways forward that an answer names, each without "I could" and other words before it."""
    return tuple(
        way
        for item in listed(_known().asked_first.sub("", text.strip()))
        if (way := _way(item)) and not _known().no_way.match(item)
    )


def rated_instead(text: str) -> int | None:
    """Return the number by which an answer rates something where ways forward were asked for, or None."""
    return None if _known().bullet.match(text) or _is_deed(text) or len(listed(text)) > 1 else rating(text)


def _way(item: str) -> str:
    said = _known().could.sub("", bare(neat(item)))
    plain = _known().subject.sub("", said) if _leading(said) in verbs().base else said
    return (act_of(said) or plain).strip(" .,")


def _in_line(text: str) -> tuple[str, ...]:
    """Return the items of a single line: what begins with a verb each; else three by commas, two by "or"."""
    if len(deeds := _deeds(text)) > 1:
        return deeds
    commas = [part.strip(" .") for part in _known().commas.split(text) if part.strip(" .")]
    if len(commas) > 2 and all(_is_item(part) for part in commas):
        return tuple(commas)
    either = [part.strip(" .,") for part in _known().either.split(text)]
    return tuple(either) if len(either) > 1 and all(len(part.split()) > 1 for part in either) else (text,)


def _deeds(text: str) -> tuple[str, ...]:
    """Return the parts of a line that begin with what is done; any other goes with the one before."""
    first, *rest = _known().cuts.split(text)
    found = [first]
    for cut, part in zip(rest[::2], rest[1::2], strict=True):
        if _is_deed(part) or _leading(part) in verbs().base:
            found.append(part)
        else:
            found[-1] += cut + part
    if not _is_deed(first):
        return ()
    if (
        len(found) > 1
        and not _known().either.search(text)
        and (last := _known().ands.split(found[-1], maxsplit=1))
        and _leading(last[-1]) in verbs().base
    ):
        found[-1:] = last
    return tuple(part.strip(" .,!") for part in found)


def _is_deed(part: str) -> bool:
    said = _known().could.sub("", bare(part))
    return bool(act_of(said)) or acts(said) or is_gerund(said.split(" ", 1)[0])


def _leading(part: str) -> str:
    """Return the first word of a part that says something."""
    said = act_of(part) or _known().subject.sub("", bare(part))
    return said.lower().split(" ", 1)[0].strip(".,!?")


def _is_item(part: str) -> bool:
    return len(part.split()) <= 10 and part.lower() not in _known().no_item

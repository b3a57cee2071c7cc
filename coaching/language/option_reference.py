"""Which of the ways forward an answer means: "the last one", "option 2", "the small project one". Pure."""

import re
from functools import cache

from coaching.data import read
from coaching.language.verbs import act_of
from coaching.patterns import InOrder, Language, Pattern, Words, place_of


class _Known(Language):
    small: Words
    by_place: Pattern
    by_words: Pattern
    one: Pattern
    by_name: Pattern
    numbered: tuple[InOrder, ...]
    last: InOrder


@cache
def _known() -> _Known:
    return read("coaching.language", "option_reference", _Known)


SHORTEST_NAME = 2  # words; so few may name an option without "the … one"
LONGEST_NAME = 6  # words; more is said in one's own way


def meant(answer: str, options: tuple[str, ...]) -> str:
    """Return the option that an answer points to, or the answer as it is."""
    said = answer.replace("’", "'").strip()
    if found := _known().by_place.match(said):
        place = _place((found[1] or found[2]).lower())
        return options[place] if -len(options) <= place < len(options) else answer
    first = re.split(r"(?<=\w)[.!;]", said, maxsplit=1)[0]
    is_short = len(first.split()) <= SHORTEST_NAME
    named = _known().by_words.match(first) or (_known().by_name.match(first) if is_short else None)
    name = _known().one.sub("", named[1]) if named else ""
    if not name or act_of(said) or len(name.split()) > LONGEST_NAME:
        return answer
    near = sorted(((_shared(name, option), option) for option in options), key=lambda one: -one[0])
    is_clear = near and near[0][0] > 0 and (len(near) == 1 or near[0][0] > near[1][0])
    return near[0][1] if is_clear else answer


def _place(word: str) -> int:
    return -1 if word in _known().last else place_of(word, _known().numbered)


def _shared(name: str, option: str) -> int:
    return len(_content(name) & _content(option))


def _content(words: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[\w'/:-]+", words.lower())} - _known().small

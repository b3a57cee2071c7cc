"""The ways forward that an answer names, however it lists them, and which of them another means. Pure."""

import re
from functools import cache

from coaching.data import read
from coaching.language.mirroring import bare, begun
from coaching.language.numbers import rating
from coaching.language.verbs import act_of, acts, is_gerund, verbs
from coaching.patterns import InOrder, Language, Pattern, Words, place_of


class _Known(Language):
    no_item: Words
    filler: Pattern
    unmeant: Pattern
    bullet: Pattern
    dashes: Pattern
    inline: Pattern
    unmarked: Pattern
    commas: Pattern
    either: Pattern
    cuts: Pattern
    asked_first: Pattern
    nothing_first: Pattern
    felt: Pattern
    could: Pattern
    no_way: Pattern
    ands: Pattern
    subject: Pattern
    lettered: Pattern
    sentences: Pattern
    goes_on: Pattern
    objects: Pattern
    denied: Pattern
    small: Words
    hesitates: Pattern
    by_place: Pattern
    by_taking: Pattern
    by_words: Pattern
    one: Pattern
    by_name: Pattern
    adds: Pattern
    several: Pattern
    pieces: Pattern
    ending: Pattern
    doubled: Pattern
    numbered: tuple[InOrder, ...]
    last: InOrder


@cache
def _known() -> _Known:
    return read("coaching.language", "options", _Known)


PAIR = 2  # items, which are deeds where they are no more: "1 hour with 2 people" counts none
SHORTEST_NAME = 2  # words; so few may name an option without "the … one"
LONGEST_NAME = 8  # words; more is said in one's own way
LONGEST_AGAIN, SHORT_AGAIN = 24, 4  # words by which an option is named again
SAYS_MORE = 2  # words besides an option that is pointed to

LONGEST_SENTENCE, SHORT_ITEM = 14, 8  # words


def listed(text: str) -> tuple[str, ...]:
    """The items of an answer: one a line, numbered, or divided by semicolons, slashes or commas."""
    text = _known().dashes.sub("\n", text) if len(_known().dashes.findall(text)) > 1 else text
    divided = _by_numbers(text.strip())
    for marks in (_known().inline, _known().lettered):
        divided = marks.sub("\n", divided) if len(marks.findall(divided)) > 1 else divided
    lines = [line for part in divided.splitlines() for line in part.split(";")]
    items = tuple(item for line in lines if (item := _known().bullet.sub("", line).strip(" \t.,-?")))
    return _in_line(items[0]) if len(items) == 1 else tuple(part for item in items for part in _told(item))


def _by_numbers(text: str) -> str:
    """A text with each of its items on a line, where it counts them from 1 on without a mark."""
    unmarked = _known().unmarked
    counted = unmarked.findall(text)
    is_pair = len(counted) == PAIR and all(map(_is_deed, unmarked.split(text)[2::2]))
    if not text.startswith("1 ") or not (is_pair or len(counted) > PAIR):
        return text
    is_counted = counted == [str(number) for number in range(1, len(counted) + 1)]
    return unmarked.sub("\n", text) if is_counted else text


def _told(item: str) -> tuple[str, ...]:
    """An item of a list, in parts where some of its sentences tell a story."""
    parts = [part.strip(" .,!?") for part in _known().sentences.split(item)]
    is_story = any(_known().no_way.match(bare(part)) for part in parts)
    return tuple(filter(None, parts)) if is_story else (item,)


def ways(text: str) -> tuple[str, ...]:
    """The ways forward that an answer names, each without "I could" and other words before it."""
    items = listed(_known().nothing_first.sub("", _known().asked_first.sub("", text.strip())))
    is_choice = _known().either.search(text) is not None
    return tuple(
        way for item in items if (way := _way(item)) and not _is_none(item, way, is_choice=is_choice)
    )


def adds_a_way(answer: str) -> bool:
    """Whether an answer adds one more way, and chooses none: "I could also wait"."""
    return _known().adds.match(answer) is not None


def takes_several(answer: str) -> bool:
    """Whether an answer points to several ways, or to none for sure: "both", "1 and 3", "the easiest one"."""
    return _known().several.match(answer) is not None


def _is_none(item: str, way: str, *, is_choice: bool) -> bool:
    """Whether an item only fills the line, was a joke, or, as none of a choice does, tells how things are."""
    known = _known()
    is_told = not is_choice and known.no_way.match(bare(item)) is not None
    return is_told or bool(known.filler.match(way) or known.unmeant.search(item))


def rated_instead(text: str) -> int | None:
    """The number by which an answer rates something where ways forward were asked for, or None."""
    return None if _known().bullet.match(text) or _is_deed(text) or len(listed(text)) > 1 else rating(text)


def _way(item: str) -> str:
    flat = " ".join(item.split())
    said = flat if _known().denied.match(flat) else _known().could.sub("", begun(flat))
    plain = _known().subject.sub("", said) if _leading(said) in verbs().base else said
    return _known().felt.sub("", act_of(said) or plain).strip(" .,")


def _in_line(text: str) -> tuple[str, ...]:
    """The items of a single line.

    Short sentences are one each; else what begins with a verb; else three by commas, two by "or".
    """
    if len(sentences := _sentences(text)) > 1:
        return sentences
    listed = _short_items(text)
    if len(deeds := _deeds(text)) > 1:
        return listed if len(listed) > len(deeds) else deeds
    commas = [part.strip(" .") for part in _known().commas.split(text) if part.strip(" .")]
    if len(commas) > 2 and all(map(_is_item, commas)) and not any(map(_goes_on, commas[1:])):
        return tuple(commas)
    either = [part.strip(" .,") for part in _known().either.split(text)]
    return tuple(either) if len(either) > 1 and all(len(part.split()) > 1 for part in either) else (text,)


def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a line where each may be an item: three short ones, or two.

    Of two each is a deed, or tells how things are, which is no item. A sentence that lists several gives
    all.
    """
    parts = [part.strip(" .,!?") for part in _known().sentences.split(text) if part.strip(" .,!?")]
    is_short = all(len(part.split()) <= LONGEST_SENTENCE for part in parts)
    told = [_known().no_way.match(part) is not None for part in parts]
    are_told = all(was or _is_deed(part) for was, part in zip(told, parts, strict=True))
    are_deeds = are_told and not all(told)
    if not is_short or len(parts) < 2 or (len(parts) == 2 and not are_deeds):
        return ()
    return tuple(item for part in parts for item in _in_line(part))


def _short_items(text: str) -> tuple[str, ...]:
    """What stands between commas, where each is a few words and a thing of its own."""
    parts = [part.strip(" .!?") for part in _known().commas.split(text) if part.strip(" .!?")]
    is_mixed = _known().either.search(text) is not None and any(map(_known().ands.search, parts))
    is_list = not is_mixed and all(
        len(part.split()) <= SHORT_ITEM and not _known().goes_on.match(part) for part in parts[1:]
    )
    return tuple(parts) if len(parts) > 2 and is_list and _is_deed(parts[0]) else ()


def _deeds(text: str) -> tuple[str, ...]:
    """The parts of a line that begin with what is done; any other goes with the one before."""
    first, *rest = _known().cuts.split(text)
    found = [first]
    for cut, part in zip(rest[::2], rest[1::2], strict=True):
        is_way = _is_deed(part) or _leading(part) in verbs().base
        if is_way and (_known().either.search(cut + part) or not _is_told(part, first)):
            found.append(part)
        else:
            found[-1] += cut + part
    if not _is_deed(first):
        return ()
    return tuple(part.strip(" .,!") for part in found)


def _is_told(part: str, first: str) -> bool:
    """Whether a part tells something of the one before: "but I have no time", "we sit side by side"."""
    known = _known()
    says_who = [known.subject.match(bare(each)) is not None and not act_of(each) for each in (first, part)]
    return known.objects.match(part) is not None or says_who == [False, True]


def _is_deed(part: str) -> bool:
    said = _known().could.sub("", bare(part))
    return bool(act_of(said)) or acts(said) or is_gerund(said.split(" ", 1)[0])


def _leading(part: str) -> str:
    """The first word of a part that says something."""
    said = act_of(part) or _known().subject.sub("", bare(part))
    return said.lower().split(" ", 1)[0].strip(".,!?")


def _goes_on(part: str) -> bool:
    shapes = (_known().goes_on, _known().no_way)
    return not _known().filler.match(part) and any(shape.match(bare(part)) for shape in shapes)


def _is_item(part: str) -> bool:
    return len(part.split()) <= 10 and part.lower() not in _known().no_item


def pointed_to(answer: str, options: tuple[str, ...]) -> str:
    """The option that an answer points to, and behind it what it says besides; else the answer as it is."""
    option, rest = _pointed(answer, options)
    if not option and len(answer.split()) <= SHORT_AGAIN:
        option = named_again(answer, options)
    if not option:
        return (answer if "\n" in answer.strip() else _known().bullet.sub("", answer)).strip()
    says_more = len(rest.split()) >= SAYS_MORE and not content_words(rest) <= content_words(option)
    return f"{option} ({answer.strip()})" if says_more else option


def meant(answer: str, options: tuple[str, ...]) -> str:
    """The option that an answer points to, or nothing."""
    return _pointed(answer, options)[0]


def _pointed(answer: str, options: tuple[str, ...]) -> tuple[str, str]:
    """The option that an answer points to, and what it says besides."""
    said = _known().hesitates.sub("", answer.replace("’", "'").strip())
    return (_by_place(said, options) or _by_words(said, options)) if options else ("", "")


def named_again(answer: str, options: tuple[str, ...]) -> str:
    """The option that an answer points to, or says again in whatever words: "first my wife"; or nothing.

    What is said about it changes nothing; with another deed beside it the answer names more than that.
    """
    if not options:
        return ""
    if option := meant(answer, options):
        return option
    pieces = _known().pieces.split(answer.replace("’", "'"))
    first, *rest = [piece for piece in pieces if piece.strip(" ,.")] or [""]
    words = content_words(bare(first))
    near = [option for option in options if words and words <= content_words(option)]
    is_more = len(answer.split()) > LONGEST_AGAIN or any(acts(bare(part)) for part in rest)
    return near[0] if len(near) == 1 and not is_more else ""


def _by_place(said: str, options: tuple[str, ...]) -> tuple[str, str] | None:
    """The option whose number is said, and what follows; None where no number is."""
    found = _known().by_place.match(said)
    if found is None:
        return None
    place = _place((found[1] or found[2]).lower())
    is_there = -len(options) <= place < len(options)
    return (options[place] if is_there else "", said[found.end() :].strip(" .,;!-"))


def _by_words(said: str, options: tuple[str, ...]) -> tuple[str, str]:
    """The one option that a short name means, and what follows; empty where none is.

    It has all the words of the name, or of a name with "the" all but one, where no other has any of them.
    What follows "I'd go with" is a name, even where it says a deed.
    """
    first = _known().pieces.split(said, maxsplit=1)[0].strip()
    rest = said[len(first) :].strip(" .,;")
    is_short = len(first.split()) <= SHORTEST_NAME
    taken = _known().by_taking.match(first)
    named = taken or _known().by_words.match(first) or (_known().by_name.match(first) if is_short else None)
    name = _known().one.sub("", named[1]) if named else ""
    if not name or (act_of(said) and not taken) or len(name.split()) > LONGEST_NAME:
        return "", ""
    words = content_words(name)
    near = [option for option in options if words and words <= content_words(option)]
    if not near and _known().by_words.match(first):
        near = [option for option in options if words & content_words(option)]
        near = [option for option in near if len(near) == 1 == len(words - content_words(option))]
    return (near[0], rest) if len(near) == 1 else ("", "")


def _place(word: str) -> int:
    return -1 if word in _known().last else place_of(word, _known().numbered)


def content_words(words: str) -> set[str]:
    """The words that say something, without their endings."""
    said = set(re.findall(r"[\w'-]+", words.lower())) - _known().small
    return set(map(stem, said))


def stem(word: str) -> str:
    """A word without what it ends in, whichever form it has."""
    return _known().doubled.sub(r"\1", _known().ending.sub("", word))

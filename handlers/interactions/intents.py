"""What somebody means by words that are no question: to be asked less, how it stands, thanks. Pure.

What is found is a *Wish*; a real question is none, however much it speaks of pauses and requests.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from coaching.data import Data, read
from coaching.patterns import Language, Pattern, Words
from handlers.interactions import pause_words
from mentoring.model.remark import Intent


class _Form(Data):
    intent: Intent
    is_ambiguous: bool = False
    shape: Pattern


class _Known(Language):
    openers: Words
    closers: Words
    spelled: Words
    others: Words
    shorthand: dict[str, str]
    lead: Pattern
    filler: Pattern
    wishes: tuple[_Form, ...]


@cache
def _known() -> _Known:
    return read("handlers.interactions", "intents", _Known)


@cache
def _meant() -> Mapping[str, str]:
    """What is meant by words that are written short, or in haste."""
    known = _known()
    hasty = {typed: word for word in sorted(known.spelled) for typed in _typed_for(word)}
    own = known.spelled | known.others
    return {typed: word for typed, word in hasty.items() if typed not in own} | known.shorthand


def _typed_for(word: str) -> Iterator[str]:
    """A word with two neighbours swapped, or a letter doubled or left out; its first letter stays."""
    for place in range(1, len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + letter + letter + after
        yield before + after
        yield before + after[:1] + letter + after[1:]


LONGEST, LENGTH = 16, 300  # words, characters: whoever writes more is explaining something
_COUNTS = {"a": 1, "an": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4, "five": 5}
_COUNTS |= {"ten": 10}
_TO_THE_APP = frozenset[Intent]({"pause", "fewer", "only", "without", "stop"})
_SHORTCODE = re.compile(r":[a-z0-9_+'-]+:|(?<!\S)(?:[:;=]-?[()dp]|<3|\^\^)(?!\S)")
_DRAWN_OUT = re.compile(r"(?<=[a-z])([a-z])\1\1+")
_BREAK = re.compile(r"[,;!?…\n()]|(?<![.–—-])[.–—-]+(?=\s|$)")
_MARK = re.compile(r"[^\w\s'/:.+-]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is meant, with what was said of it: *when* it is to end, how many a week, which topics.

    *is_ambiguous*: of two who talk, one may say it to the other. *is_guess*: it is only like such words, so
    that nothing is done about it before its writer says so.
    """

    intent: Intent
    when: str = ""
    weekly: int | None = None
    topics: str = ""
    is_ambiguous: bool = False
    is_guess: bool = False

    @property
    def is_to_the_app(self) -> bool:
        """Whether it can only be meant for the app, even while two people talk through it."""
        return self.intent in _TO_THE_APP and not self.is_ambiguous


def wish(text: str, now: datetime) -> Wish | None:
    """What a text asks of the app itself, or None where any of it may be a question or a story."""
    clauses = list(_clauses(text)) if len(text) <= LENGTH else []
    if not clauses or sum(len(clause.split()) for clause in clauses) > LONGEST:
        return None
    found = [each for clause in clauses for each in _meanings(clause, now)]
    if None in found:
        return None
    return min((it for it in found if it), key=lambda it: it[0], default=(0, None))[1]


def _meanings(clause: str, now: datetime) -> list[tuple[int, Wish | None] | None]:
    """What a clause means, or what its parts do: "drowning in requests and want fewer"."""
    whole = _meaning(clause, now)
    return [whole] if whole else [_meaning(part, now) for part in clause.split(" and ")]


def _meaning(clause: str, now: datetime) -> tuple[int, Wish | None] | None:
    """What a clause means with the place of its form in the order of what counts, or None.

    What says nothing by itself comes last, and means nothing.
    """
    bare = _bare(clause)
    for place, form in enumerate(_known().wishes):
        said = form.shape.search(bare) or form.shape.search(clause)
        if said and (found := _wish(form, said.groupdict(), now)):
            return place, found
    return (len(_known().wishes), None) if _known().filler.search(bare) else None


def _clauses(text: str) -> Iterator[str]:
    plain = _SHORTCODE.sub(" ", text.casefold().replace("’", "'"))
    for part in _BREAK.split(plain):
        if words := " ".join(map(_spelled, _MARK.sub(" ", part).split())):
            yield words


def _spelled(word: str) -> str:
    """A word as it was meant: "thnaks", "heyyy", "im"."""
    once = _DRAWN_OUT.sub(r"\1", word)
    return _meant().get(once, once)


def _bare(clause: str) -> str:
    """A clause without the courtesies around it; one that is nothing else stays."""
    words = clause.split()
    while len(words) > 1 and words[0] in _known().openers:
        words = words[1:]
    while len(words) > 1 and words[-1] in _known().closers:
        words = words[:-1]
    rest = _known().lead.sub("", " ".join(words)).split()
    while len(rest) > 1 and rest[0] in _known().openers:
        rest = rest[1:]
    return " ".join(rest)


def _wish(form: _Form, said: dict[str, str | None], now: datetime) -> Wish | None:
    when = said.get("when") or ""
    # Of pauses only those whose end is a time, or open, are one's own: jobs and videos are paused, too.
    if when and not (pause_words.names_time(when, now) or (said.get("mine") and pause_words.is_until(when))):
        return None
    count = said.get("count")
    weekly = (int(count) if count.isdigit() else _COUNTS[count]) if count else None
    if weekly == 0:
        return None
    topics = said.get("topics") or said.get("alone") or ""
    return Wish(form.intent, when, weekly, topics, form.is_ambiguous)

"""The names of people, and where they stand in a text in the forms that people use. Pure.

A name that is also a word counts where it is written as a name. What is kept is a number for each name: a
hundred thousand people take some megabytes, and a look-up costs the same however many there are.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from sensing.privacy.name_spellings import LONGEST, romanised, spelled_out, undrawn, veiled
from sensing.text.phrases import word_lists

Place = tuple[int, int]

_MARKS = "".join(
    letter for letter in map(chr, range(0x300, 0x10000)) if unicodedata.category(letter).startswith("M")
)
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
_HUMPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"})
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3005]+")
_HANGUL = re.compile(r"[\uac00-\ud7af]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[|–—].*| - .*", re.DOTALL)
_STOP = re.compile(r"[.!?:;\n•]")
# Scripts whose names have endings, each with its first and last letter.
_INFLECTING = (("cyrillic", "\u0400", "\u04ff"), ("greek", "\u0370", "\u03ff"), ("latin", "A", "\u024f"))
_OWNED = 4  # letters from which on a name is also looked for with an s at its end: Annas, Priyas
_LONGEST, _LONGEST_PIECE = 40, 8


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Many words, each kept as a number."""

    of: "array[int]" = field(default_factory=lambda: array("q"))

    def __contains__(self, word: str) -> bool:
        number = hash(word)
        place = bisect_left(self.of, number)
        return place < len(self.of) and self.of[place] == number


@dataclass(frozen=True, slots=True)
class Names:
    """The names that are known, ready to be looked for: their words, and their pieces where no spaces are."""

    words: _Numbers = field(default_factory=_Numbers)
    pieces: _Numbers = field(default_factory=_Numbers)
    beginnings: _Numbers = field(default_factory=_Numbers)

    @classmethod
    def of(cls, names: Iterable[str], beside: "Names | None" = None) -> "Names":
        """What to look for, with what is known *beside*; a word of one letter is no name by itself."""
        before = beside or cls()
        words, pieces, beginnings = set(before.words.of), set(before.pieces.of), set(before.beginnings.of)
        for name in names:
            written = unicodedata.normalize("NFKC", _ASIDE.sub(" ", name)) or name
            words.update(hash(form) for form in _forms(written))
            for piece in _pieces(written):
                pieces.add(hash(piece))
                beginnings.update(hash(piece[:size]) for size in range(1, len(piece) + 1))
        for group in _nicknames():
            if any(hash(word) in words for word in group):
                words.update(map(hash, group))
        return cls(*(_Numbers(array("q", sorted(numbers))) for numbers in (words, pieces, beginnings)))

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return sum(
            len(numbers.of) * numbers.of.itemsize for numbers in (self.words, self.pieces, self.beginnings)
        )

    def found(self, text: str) -> Iterator[Place]:
        """Yield where names stand in a text as it reads; words next to each other are one name."""
        yield from _joined(text, sorted({*_Reading(text, self).found(), *_veiled(text, self)}))
        yield from _unspaced(text, self)


def _forms(name: str) -> Iterator[str]:
    """Yield the words of a name as they may be typed, and run together: no accents, ü as u or ue."""
    composed = unicodedata.normalize("NFC", name.casefold())
    for spelled in {composed, composed.translate(_SPELLED)}:
        found = list(_TOKEN.finditer(spelled))
        words = [_folded(match[0]) for match in found]
        yield from (roman for match in found for roman in romanised(match[0]) if len(roman) > 2)
        yield from (word for word in words if len(word) > 1)
        whole = ("".join(words), "".join(reversed(words)), words[0] + words[-1] if len(words) > 2 else "")
        yield from (form for form in whole if len(words) > 1 and len(form) > 3)
        for (first, left), (second, right) in pairwise(zip(words, found, strict=True)):
            if spelled[left.end() : right.start()] in ("-", "'", "’"):
                yield first + second


def _pieces(name: str) -> Iterator[str]:
    """Yield what people are called in scripts without spaces: the whole, the family's name, the given one."""
    runs = _UNSPACED.findall(name)
    yield from (run for run in runs if len(run) <= _LONGEST_PIECE)
    if len(runs) > 1:
        yield "".join(runs)[:_LONGEST_PIECE]
    for run in runs:
        if len(runs) == 1 and 2 < len(run) <= 6 and (_HAN.fullmatch(run) or _HANGUL.fullmatch(run)):
            family = 2 if run[:2] in _called("families") or len(run) > 3 else 1
            yield from (run[:family], run[family:])
            if len(run) == 3 and _HAN.fullmatch(run):
                yield run[:2]  # a family's name of two in Japan: 田中誠
        elif len(runs) == 1 and len(run) == 2:
            yield run[:1]


def _folded(word: str) -> str:
    """A word without case and accents, however these are encoded."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    if unicodedata.category(bare[:1] or " ") == "Lo":
        return unicodedata.normalize("NFC", bare)
    return unicodedata.normalize(
        "NFC", "".join(letter for letter in bare if not unicodedata.combining(letter))
    )


class _Reading:
    """One text as it is looked through for names."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._words = text, names.words
        self._tokens = [token for token in _TOKEN.finditer(text) if token.end() - token.start() <= _LONGEST]
        self._said = [_folded(token[0]) for token in self._tokens]
        self._sure = [self._is_sure(place) for place in range(len(self._said))]

    def found(self) -> Iterator[Place]:
        """Yield the words that are names."""
        for place, token in enumerate(self._tokens):
            if self._sure[place] or self._is_titled(place) or self._is_meant(place):
                yield token.span()

    def _is_sure(self, place: int) -> bool:
        """Whether a word can only be a name, in one of its forms."""
        word, written = self._said[place], self._tokens[place][0]
        if len(word) < 2 or word in _small() or word in _ordinary():
            return False
        if len(word) == 2:
            return word in self._words and not written.isupper() and written[0].isupper()
        return (
            any(form in self._words for form in _bare(word))
            or any(form in self._words and _is_own(form) for form in undrawn(word))
            or self._is_inflected(word, written)
            or self._is_humped(written)
        )

    def _is_inflected(self, word: str, written: str) -> bool:
        """Whether it is a name with an ending, or a small word before it, of its language."""
        for script, first, last in _INFLECTING:
            if first <= word[0] <= last and (script != "latin" or written[0].isupper()):
                return _has_ending(written.casefold(), script, self._words)
        before = (
            prefix
            for prefix in _called("prefixes")
            if word.startswith(prefix) and len(word) - len(prefix) > 1
        )
        return any(word[len(prefix) :] in self._words for prefix in before)

    def _is_humped(self, written: str) -> bool:
        """Whether it is names run together with capital letters."""
        parts = [_folded(part) for part in _HUMPS.split(written)]
        return len(parts) > 1 and all(len(part) > 2 and part in self._words for part in parts)

    def _is_titled(self, place: int) -> bool:
        """Whether a title stands before it: Mr Patel, Frau Dr. Weber."""
        if (
            place == 0
            or self._said[place - 1] not in _called("titles")
            or self._said[place] in _called("titles")
        ):
            return False
        title = self._tokens[place - 1]
        is_named = self._tokens[place][0][0].isupper() and self._said[place] not in _small()
        return is_named and title[0][0].isupper() and self._gap(place) in (" ", ". ", ".")

    def _is_meant(self, place: int) -> bool:
        """Whether a word that is also a name is written as one here."""
        word, written = self._said[place], self._tokens[place][0]
        if not (word in _small() or word in _ordinary() or len(word) == 2) or len(word) < 2:
            return False
        if not any(form in self._words for form in _bare(word)):
            return False
        if self._is_beside_a_name(place, is_capital=written[0].isupper()):
            return True
        before, after = self._near(place, -1), self._near(place, 1)
        if word in _called("months") and (before in _called("when") or self._is_dated(place)):
            return False
        if not written[0].isupper() or (len(written) > 1 and written.isupper()):
            is_asked = before in _called("asking") and after not in _called("clause")
            return word in _ordinary() and (is_asked or after in _called("said"))
        is_said_of = after in _called("saying") and not (word in _small() and after in _called("clause"))
        return is_said_of or self._is_owner(place) or not self._opens_sentence(place)

    def _is_owner(self, place: int) -> bool:
        end = self._tokens[place].end()
        return self._text[end : end + 2] in ("'s", "’s")

    def _is_dated(self, place: int) -> bool:
        """Whether a day or a year stands beside a month."""
        start, end = self._tokens[place].span()
        behind, ahead = self._text[end : end + 2], self._text[max(start - 3, 0) : start]
        return ahead.strip().isdigit() or (behind[:1].isspace() and behind[1:].isdigit())

    def _is_beside_a_name(self, place: int, *, is_capital: bool) -> bool:
        """Whether the word before or after belongs to the same name."""
        after = self._past_elision(place + 1)
        for other, gap in ((place - 1, self._gap(place)), (after, self._gap(place + 1))):
            if not 0 <= other < len(self._said) or gap not in (" ", "-", ". ", "'", "’"):
                continue
            first, second = sorted((place, other))
            if self._said[first] + self._said[second] in self._words:
                return True
            if self._sure[other] and is_capital and self._tokens[other][0][0].isupper() and gap in (" ", "-"):
                return not self._opens_sentence(place) or self._said[place] not in _small()
        return False

    def _past_elision(self, place: int) -> int:
        """The place of a word, or of the one after it where it is the O or the D of O'Neill and D'Angelo."""
        is_one = place < len(self._said) and len(self._said[place]) == 1
        return place + 1 if is_one and self._gap(place + 1) in ("'", "’") else place

    def _gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        if not 0 < place < len(self._tokens):
            return "\n"
        return self._text[self._tokens[place - 1].end() : self._tokens[place].start()][:4]

    def _near(self, place: int, step: int) -> str:
        """The word next to another, within the sentence."""
        other = place + step
        gap = self._gap(max(place, other))
        return self._said[other] if 0 <= other < len(self._said) and not _STOP.search(gap) else ""

    def _opens_sentence(self, place: int) -> bool:
        return (
            place == 0
            or _STOP.search(self._text, self._tokens[place - 1].end(), self._tokens[place].start())
            is not None
        )


def _bare(word: str) -> Iterator[str]:
    """Yield a word, and without what is only said of whoever it names."""
    yield word
    if len(word) > _OWNED and word.endswith("s"):
        yield word[:-1]
    for size in (2, 3, 4):
        if word[-size:] in _called("honorifics") and len(word) - size > (2 if word.isascii() else 1):
            yield word[:-size]


def _has_ending(typed: str, script: str, words: _Numbers) -> bool:
    """Whether a word is a name with an ending in the place of its own."""
    own = _own(script)
    for size in (4, 3, 2, 1):
        if len(typed) - size > 2 and typed[-size:] in _called(script):
            stem = _folded(typed[:-size])
            if any(stem + ending in words for ending in own if ending or len(stem) > 3 or not stem.isascii()):
                return True
    return False


def _joined(text: str, places: Iterable[Place]) -> Iterator[Place]:
    """Yield places with those next to each other as one."""
    start, stop = -1, -1
    for first, last in places:
        if start >= 0 and text[stop:first] in (" ", "-", "'", "’", ". "):
            stop = last
            continue
        if start >= 0:
            yield start, stop
        start, stop = first, last
    if start >= 0:
        yield start, stop


def _veiled(text: str, names: Names) -> Iterator[Place]:
    """Yield names that are spelled letter by letter, or in which digits or look-alikes stand."""
    for letters, places in spelled_out(text):
        start = 0
        while start < len(letters):
            size = _spelled_at(letters, start, names)
            if size:
                yield places[start], places[start + size - 1] + 1
            start += size or 1
    for start, stop, said in veiled(text):
        word = _folded(said)
        if len(word) > 2 and word in names.words and _is_own(word):
            yield start, stop


def _spelled_at(letters: str, start: int, names: Names) -> int:
    """How many of the letters from here on spell a name, as many as can."""
    for stop in range(min(len(letters), start + LONGEST), start + 1, -1):
        piece = letters[start:stop]
        if piece in names.pieces or (len(piece) > 2 and _folded(piece) in names.words):
            return stop - start
    return 0


def _is_own(word: str) -> bool:
    """Whether a name is no ordinary word as well."""
    return word not in _small() and word not in _ordinary()


def _unspaced(text: str, names: Names) -> Iterator[Place]:
    """Yield names in scripts without spaces, the longest first."""
    for run in _UNSPACED.finditer(text):
        place = run.start()
        while place < run.end():
            size = _piece_at(text, place, run, names)
            if size:
                yield place, place + size
            place += size or 1


def _piece_at(text: str, place: int, run: re.Match[str], names: Names) -> int:
    """How many characters from here on are a name."""
    longest = 0
    for stop in range(place + 1, min(place + _LONGEST_PIECE, run.end()) + 1):
        piece = text[place:stop]
        if piece not in names.beginnings:
            break
        if piece in names.pieces and _is_called(text, place, stop, run):
            longest = stop - place
    return longest


def _is_called(text: str, start: int, stop: int, run: re.Match[str]) -> bool:
    """Whether a piece is a name here: a short one needs a title, others their own word."""
    behind = text[stop : stop + 3].lstrip()
    is_addressed = behind.startswith(_behind())
    if stop - start == 1:
        called_before = text[start - 1 : start] in _called("before") and start - 1 >= run.start()
        return is_addressed or called_before
    if _HANGUL.fullmatch(text, start, stop):
        return start == run.start() or is_addressed
    if not _HAN.search(text, start, stop):
        is_whole = not (_is_kana(text[start - 1 : start]) and _is_kana(text[start]))
        return is_addressed or (is_whole and stop - start > 2)
    return True


def _is_kana(character: str) -> bool:
    return "\u30a0" <= character <= "\u30ff"


def _called(name: str) -> frozenset[str]:
    return word_lists("hidden/called")[name]


@cache
def _own(script: str) -> tuple[str, ...]:
    """The endings that a name has of its own, folded as names are, and none."""
    return ("", *map(_folded, _called(f"{script}_own")))


@cache
def _nicknames() -> tuple[tuple[str, ...], ...]:
    listed = word_lists("hidden/nicknames").items()
    return tuple(tuple(_folded(each) for each in (name, *others)) for name, others in listed)


@cache
def _small() -> frozenset[str]:
    return frozenset(map(_folded, word_lists("hidden/ordinary")["small"]))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(map(_folded, word_lists("hidden/ordinary")["ordinary"])) - _small()


@cache
def _behind() -> tuple[str, ...]:
    return tuple(_called("behind"))

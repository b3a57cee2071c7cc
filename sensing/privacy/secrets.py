"""Passwords, keys and codes in a text: by the word before them, and by their looks. Pure.

A word that says "password" in many languages, and what it is said to be; keys of known services; runs of
letters and digits that no language has.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from matching.topics.tokens import fold
from sensing.text.phrases import word_lists

Place = tuple[int, int]

NEAR = 6  # words after a label among which its secret is looked for
_ENTROPY = 3.2  # bits a letter: above what words have, and below random letters and digits
_LONGEST_LABEL = 24
_SAYS = ("は", "が", "是", "为", "為", "는", "은", "가", "이")
_KEYS = re.compile(
    r"-----BEGIN [A-Z ]+-----(?:(?!-----BEGIN ).)*?(?:-----END [A-Z ]+-----|\Z)"
    r"|\b(?:xox[a-z]|xapp|sk|pk|rk|gh[opsur]|github_pat|glpat|glrt|npm|pypi|hf|shp(?:at|ss|ca|pa)|dop_v1|sq0[a-z]{3}|whsec"
    r"|lin_api|nvapi|gsk|r8|figd|dckr_pat|pat|age-secret-key)[-_][\w-]{8,}"
    r"|\bSG\.[\w-]{16,}|\b(?:AKIA|ASIA|AROA|AIDA|ABIA)[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\bya29\.[\w-]{10,}"
    r"|(?<![\w-])eyJ[\w-]++\.[\w-]++(?:\.[\w-]*+)?"
    r"|(?i:\b(?:bearer|basic)\s{1,3}(?=[\w.~+/=-]{0,40}[\d=])[\w.~+/=-]{8,})"
    r"|(?i:\bauthorization:\s{0,3}\w{3,10}\s{1,3}\S{8,})"
    r"|(?i:(?<!\S)-u\s{0,2}[\w.@-]{1,40}:\S+)"
    r"|(?<![\w@:/.+-])[\w.+-]{1,40}:[^\s:@/]{1,60}@(?=[\w-])",
    re.DOTALL,
)
_RANDOM = re.compile(r"(?<![\w/+=-])[\w/+=-]{16,}(?![\w/+=-])")
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")
_ASSIGNED = re.compile(r"[\"'`*_)\]\s]{0,4}(?:\([^()\n]{0,40}\))?\s{0,3}(?:=>|->|:=|[=:→])[*_\s]{0,6}")
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "«": "»", "‘": "’"}
_BEFORE, _BEHIND = "\"'`“„«‘([{<*_|", "\"'`”“»’)]}>*_|,.;:"
_AMID = re.compile(r",\s{1,3}([^\s,.!?;]{4,64}),")
_BREAK = re.compile(r"[.!?;](?=\s)|\n")
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_TELLING = frozenset("!@#$%^&*~+=?_\\")
# Letters with digits that are words all the same.
_USUAL = re.compile(
    r"v?\d+(?:st|nd|rd|th|er|e|h|d|w|m|s|x|k|kb|mb|gb|tb|ms|am|pm|min|hrs?|days?|px|pt|km|cm|eur|usd|bn|mn)?"
    r"|[a-z]{1,2}\d{1,2}|q[1-4](?:fy)?\d{0,4}|(?:fy|kw|cw|h)\d{2,4}|\d{1,4}[-/]\d{1,4}|\d+[a-z]"
    r"|1password|oauth2?|sha\d+|md5|web[23]|k8s|ec2|office365|m365|windows\d+|log4j|i18n|l10n|a11y|b2[bc]|utf8|ipv[46]"
    r"|mp[34]|h26[45]|python\d|covid19|iso\d+|rfc\d+|base64|[23]fa|aes\d+|rsa\d+|gpt\d?|php\d|html5|css3|es\d+|x86|x64|win32"
)
_ENDINGS = (
    "ing",
    "ed",
    "able",
    "ible",
    "ful",
    "less",
    "ous",
    "ive",
    "ly",
    "tion",
    "ment",
    "ung",
    "lich",
    "isch",
    "mente",
)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two spaces, without the quotes and full stops around it."""

    start: int
    stop: int
    core: str
    folded: str
    is_last: bool  # of its sentence or line


def keys(text: str) -> Iterator[Place]:
    """Yield where keys stand that are known by how they begin."""
    return (found.span() for found in _KEYS.finditer(text))


def secrets(text: str) -> Iterator[Place]:
    """Yield where other secrets stand; some may overlap."""
    yield from _labelled(text)
    yield from (found.span() for found in _RANDOM.finditer(text) if _is_by_chance(found[0]))
    yield from (place for place in _chunks_of(text) if _is_mixed(text[place[0] : place[1]]))


def _chunks_of(text: str) -> Iterator[Place]:
    for found in _CHUNK.finditer(text):
        start, stop = found.span()
        while start < stop and text[start] in _BEFORE:
            start += 1
        while stop > start and text[stop - 1] in _BEHIND:
            stop -= 1
        yield start, stop


def _labelled(text: str) -> Iterator[Place]:
    """Yield what labels tell of: after them, as a pair after them, or before them."""
    labels = list(_labels(text))
    if not labels:
        return
    chunks = [_chunk(text, place) for place in _chunks_of(text)]
    end = 0
    for label in labels:
        if label.start >= end:
            told = list(label.told(text, chunks, _from(chunks, label.stop)))
            end = max((stop for _, stop in told), default=end)
            yield from told


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    stop: int
    is_strong: bool
    is_pair: bool
    takes_numbers: bool
    says: bool = False  # a word for "is" is part of it, as in パスワードは

    def told(self, text: str, chunks: Sequence[_Chunk], after: int) -> Iterator[Place]:
        """Yield the secrets that it tells of; *after* is the first chunk behind it."""
        assigned = _ASSIGNED.match(text, self.stop)
        if assigned and assigned.end() < len(text):
            yield from self._assigned(text, chunks, assigned.end(), is_set="=" in assigned[0])
        elif self.is_strong and (quoted := _quoted(text, min(self.stop + 1, len(text) - 1))):
            yield quoted
        elif self.is_strong and (amid := _AMID.match(text, self.stop)) and not _is_ordinary(fold(amid[1])):
            yield amid.span(1)  # "the password, hunter, is on the board"
        if self._is_option(text):
            yield from self._next(chunks, after)
        if self.is_pair:
            yield from _pair(text, chunks, after)
        yield from self._behind(text, chunks, after)
        yield from self._ahead(text, chunks)

    def _is_option(self, text: str) -> bool:
        """Whether it is written as an option of a command."""
        return self.is_strong and text[max(self.start - 2, 0) : self.start] == "--"

    def _next(self, chunks: Sequence[_Chunk], after: int) -> Iterator[Place]:
        if after < len(chunks):
            yield chunks[after].start, chunks[after].stop

    def _assigned(self, text: str, chunks: Sequence[_Chunk], start: int, *, is_set: bool) -> Iterator[Place]:
        """Yield what stands behind a colon or an equals sign."""
        if quoted := _quoted(text, start):
            yield quoted
            return
        place = _at(chunks, start)
        if place == len(chunks):
            return
        chunk = chunks[place]
        value = text[start : chunk.stop] if chunk.start < start else chunk.core
        is_alone = chunk.is_last and not _is_ordinary(fold(value))
        if value and (self.is_strong or is_set or is_alone or self._looks(value)):
            yield max(start, chunk.start), _phrase_end(chunks, place) if self.is_strong else chunk.stop

    def _behind(self, text: str, chunks: Sequence[_Chunk], after: int) -> Iterator[Place]:
        """Yield what is said to be it, and whatever near it looks like a secret, within the sentence."""
        is_linked, goes_on, was_linked = self.says, True, self.says
        for number, chunk in enumerate(chunks[after : after + NEAR + 1]):
            before = chunks[after + number - 1].stop if number else self.stop
            if _BREAK.search(text, before, chunk.start) and not (number == 0 and self._ends_line(text)):
                return
            is_near = self.is_strong or was_linked or number == 0
            if is_near and self._looks(chunk.core):
                yield chunk.start, chunk.stop
                return
            stop = _phrase_end(chunks, after + number) if self.is_strong and is_linked else chunk.stop
            if stop > chunk.stop or (self.is_strong and is_linked and not _is_ordinary(chunk.folded)):
                yield chunk.start, stop
                return
            goes_on = goes_on and chunk.folded in _words("joining")
            was_linked = was_linked or chunk.folded in _words("links")
            is_linked = goes_on and was_linked

    def _ends_line(self, text: str) -> bool:
        return text[self.stop : self.stop + 3].lstrip(" :*").startswith("\n")

    def _ahead(self, text: str, chunks: Sequence[_Chunk]) -> Iterator[Place]:
        """Yield what looks like a secret just before: "hunter2 is my password"."""
        own = _at(chunks, self.start)
        for number in range(own - 1, max(own - 5, -1), -1):
            chunk = chunks[number]
            if _BREAK.search(text, chunk.stop, chunks[number + 1].start):
                return
            if self.is_strong and self._looks(chunk.core):
                yield chunk.start, chunk.stop
                return
            if chunk.folded not in _words("ahead"):
                return

    def _looks(self, value: str) -> bool:
        if value.isdigit():
            least = 4 if self.is_strong else 3
            return self.takes_numbers and least <= len(value) <= 12
        return _looks_secret(value, least=4 if self.is_strong else 5)


def _labels(text: str) -> Iterator[_Label]:
    """Yield the labels of a text; of two words, or three, they are run together."""
    said = [(found.start(), found.end(), fold(found[0][-_LONGEST_LABEL:])) for found in _WORD.finditer(text)]
    after = 0
    for place, (_, _, word) in enumerate(said):
        if place < after:
            continue
        for size in (3, 2, 1) if word in _words("first") or word in _words("qualifiers") else (1,):
            label = _label(text, said[place : place + size])
            if label:
                yield label
                after = place + size
                break


def _label(text: str, near: Sequence[tuple[int, int, str]]) -> _Label | None:
    """What words are together, if a label."""
    name = near[0][2] if len(near) == 1 else _run_together(text, near)
    is_strong = name in _words("strong") or (
        _holds_strong(name) if len(near) == 1 else bool(name) and _is_key(near)
    )
    if not is_strong and name not in _words("any"):
        return None
    takes_numbers = is_strong or name in _words("numbers")
    says = is_strong and not name.isascii() and name.endswith(_SAYS) and name not in _words("strong")
    return _Label(near[0][0], near[-1][1], is_strong, name in _words("pairs"), takes_numbers, says)


def _run_together(text: str, near: Sequence[tuple[int, int, str]]) -> str:
    """Words as one, if nothing but a space, a hyphen or the like parts them."""
    for (_, stop, _), (start, _, _) in pairwise(near):
        if text[stop:start] not in (" ", "-", "_", ".", "’", "'", " d'", " d’"):
            return ""
    return "".join(word for _, _, word in near if word != "d")


def _holds_strong(name: str) -> bool:
    """Whether a word ends in a label (dbPassword), or in a script without spaces begins with one."""
    long, other = _strong_parts()
    return name.endswith(long) or (not name.isascii() and name.startswith(other))


def _is_key(near: Sequence[tuple[int, int, str]]) -> bool:
    """Whether it is a key or code of a kind that opens something: "wifi key", "door code"."""
    return len(near) == 2 and near[0][2] in _words("qualifiers") and near[1][2] in _words("keys")


def _pair(text: str, chunks: Sequence[_Chunk], after: int) -> Iterator[Place]:
    """Yield both sides of "maya / hunter2" or "maya:hunter2"."""
    for _ in range(3):
        after += after < len(chunks) and chunks[after].folded in _words("paired")
    near = chunks[after : after + 3]
    if not near or near[0].folded in _words("ordinary"):
        return
    first = re.match(r"[^\s/:|]{1,64}[/:|][^\s/:|]{1,64}$", near[0].core)
    if first and (near[0].is_last or _looks_secret(near[0].core, least=5)):
        yield near[0].start, near[0].stop
    if len(near) == 3 and text[near[0].stop : near[2].start].strip() in ("/", "|", ":") and near[2].is_last:
        yield near[0].start, near[0].stop
        yield near[2].start, near[2].stop


def _quoted(text: str, start: int) -> Place | None:
    """What stands between quotes from here on."""
    closing = _QUOTES.get(text[start])
    stop = text.find(closing, start + 1, start + 120) if closing else -1
    return (start + 1, stop) if stop > start + 1 else None


def _phrase_end(chunks: Sequence[_Chunk], place: int) -> int:
    """Where a secret ends: after one word, or after three or more plain ones that end a sentence."""
    stop = place
    while stop < min(place + 24, len(chunks)) and chunks[stop].core.isalpha() and chunks[stop].core.islower():
        is_of_a_sentence = stop > place and _is_ordinary(chunks[stop].folded)
        if is_of_a_sentence or chunks[stop].folded in _words("joining"):
            break
        if chunks[stop].is_last:
            return chunks[stop].stop if stop - place >= 2 else chunks[place].stop
        stop += 1
    return chunks[place].stop


def _chunk(text: str, place: Place) -> _Chunk:
    start, stop = place
    core = text[start:stop]
    is_last = (
        re.match(r"[\"'`”“»’)\]}>*_|]{0,8}(?:[.!?;,](?:\s|$)|\s{0,8}(?:$|\n))", text[stop : stop + 8])
        is not None
    )
    return _Chunk(start, stop, core, fold(core[:_LONGEST_LABEL]), is_last)


def _from(chunks: Sequence[_Chunk], start: int) -> int:
    """The first chunk that begins at a place or behind it."""
    return bisect_left(chunks, start, key=lambda chunk: chunk.start)


def _at(chunks: Sequence[_Chunk], start: int) -> int:
    """The first chunk that ends behind a place."""
    return bisect_right(chunks, start, key=lambda chunk: chunk.stop)


def _is_ordinary(word: str) -> bool:
    is_count = word.isdigit() and len(word) < 4
    return is_count or word in _words("ordinary") or (len(word) > 5 and word.endswith(_ENDINGS))


def _looks_secret(value: str, *, least: int) -> bool:
    """Whether somebody made it up to be secret: letters with digits or signs, or capitals within."""
    is_plain = value.isalpha() and (value.islower() or value[1:].islower())
    if is_plain or not least <= len(value) <= 200 or _USUAL.fullmatch(value.rstrip("?!").lower()):
        return False
    has_letter, has_digit = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    has_sign = any(letter in _TELLING for letter in value[1:-1]) or value[-1] in "!#$%^&*"
    if has_letter and (has_digit or (has_sign and len(value) > least)):
        return "://" not in value
    return (
        value.isalpha() and len(_PARTS.findall(value)) >= 3 and len(value) / len(_PARTS.findall(value)) < 2.6
    )


def _is_mixed(value: str) -> bool:
    """Whether capitals, small letters and digits change too often for a word."""
    if not 8 <= len(value) <= 200 or not value.isascii() or not any(map(str.isdigit, value)):
        return False
    if not any(map(str.isalpha, value)):
        return False
    if value.isalnum():
        parts = len(_PARTS.findall(value))
        return len(value) >= 10 and parts >= 4 and len(value) / parts < 2.7
    return any(letter in "!@#$%^*~" for letter in value[1:-1])


def _is_by_chance(run: str) -> bool:
    """Whether no language has such a long run: letters and digits mixed, or letters evenly spread."""
    has_letters = any(letter.isalpha() for letter in run)
    if has_letters and any(letter.isdigit() for letter in run):
        return _entropy(run[:400]) > _ENTROPY
    return run.isalpha() and run.isascii() and len(run) >= 20 and len(_PARTS.findall(run)) > len(run) / 3


def _entropy(run: str) -> float:
    """The bits that one letter of a run carries."""
    shares = [count / len(run) for count in Counter(run).values()]
    return -sum(share * math.log2(share) for share in shares)


@cache
def _strong_parts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The strong labels that words may end in, and those that may begin what has no spaces."""
    strong = sorted(_words("strong"))
    return tuple(word for word in strong if len(word) > 5), tuple(
        word for word in strong if not word.isascii()
    )


@cache
def _words(name: str) -> frozenset[str]:
    return _lists()[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    listed = {name: frozenset(map(fold, said)) for name, said in word_lists("hidden/labels").items()}
    joining = listed["between"] | listed["links"]
    return {
        **listed,
        "joining": joining,
        "ahead": joining | {"use", "it", "with"},
        "paired": listed["links"] | {"/", "=", ":", "-", "with", ""},
        "any": listed["strong"] | listed["weak"] | listed["pairs"] | listed["numbers"],
    }

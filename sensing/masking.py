"""What must not leave the workspace, put behind placeholders that only this process can turn back. Pure.

It hides names, mentions, channels, addresses, links, phone numbers, secrets and ids that it can recognise; a
name that nobody has told it, or a secret that looks like a word, goes unseen. What is hidden too much costs
little; what is missed is gone: so in doubt it hides.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce

# Names that are words, too: these are hidden only where they are written with a capital letter.
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        amber angel april art august autumn bill blue brook buck chase christian crystal dale dawn dean drew
        duke eve faith frank gene glen grace grant guy hazel heather holly hope hunter iris ivy jack jade jay
        jean jewel joy june king long love major mark mason may mercy miles misty nick norm olive page pat
        patience pearl penny rain ray red rich river rob rock rose ruby rusty sage sandy scout sky star
        sterling sue summer sunny van victor violet will wren young
        a an and are as at be but by can do for go had has he her him his how i in is it la me my new no not
        now of off on one or our out own see she so son than that the then they to too two up us was way we
        who why yes you
        """,
    )
)
_MARKS = "".join(it for it in map(chr, range(0x300, 0x10000)) if unicodedata.category(it).startswith("M"))
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
_OWNED = 4  # letters from which on a name is also looked for with an s at its end: Annas, Priyas
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_NAME = 4  # words of one name that are looked for together
_ENTROPY = 3.2  # bits a letter: above what words have, and below random letters and digits

_ENDINGS = (
    "com|org|net|io|dev|app|ai|co|edu|gov|info|biz|eu|uk|de|fr|es|it|nl|ch|at|in|us|ca|au|jp|local|internal"
    "|br|cc|click|cloud|club|cn|cz|dk|fi|gg|gl|gr|hk|icu|ie|il|kr|link|live|ly|mx|news|nz|online|page|pl"
    "|pro|pt|ru|se|sg|sh|shop|site|store|tech|top|tv|tw|ua|vip|ws|xyz|za"
)
# Begun at its first letter alone: else a long run of dots is looked through again from each of them.
_HOST = r"(?<![\w-])(?<!\w\.)(?:[a-z0-9-]+\.)+"
_KINDS: tuple[tuple[str, str], ...] = (
    # A placeholder that somebody typed must not be taken for one of ours.
    ("text", r"\[(?:name|channel|mention|email|link|phone|secret|id|text) \d+\]"),
    (
        "secret",
        r"-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|\Z)"
        r"|\b(?:xox[a-z]|xapp|sk|pk|rk|gh[opsur]|github_pat|glpat|npm|pypi)[-_][\w-]{8,}"
        r"|\bAKIA[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?"
        r"|(?i:\bbearer\s+[\w.~+/=-]{8,})"
        r"|(?i:\b(?:password|passwort|passwd|pwd|passcode|secret|token|api[ _-]?key|pin)"
        r"\s*(?:is|=|:)\s*[^\s,;]+)",
    ),
    ("channel", r"<#[^<>]*>"),
    ("mention", r"<[@!][^<>]*>"),
    ("email", r"(?:mailto:)?[^\s<>@,;:()\[\]\"]+@[\w-]+(?:\.[\w-]+)+"),
    (
        "link",
        r"<?(?i:[a-z][a-z0-9+.-]*://|www\.)[^\s<>|]+(?:\|[^<>]*)?>?"
        rf"|(?i:{_HOST}(?:{_ENDINGS})\b(?:/[^\s<>]*)?)"
        rf"|(?i:{_HOST}[a-z]{{2,24}}(?::\d+)?/[^\s<>]*)"
        r"|//[^\s<>]+|\]\([^\s()]*\)"
        r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])(?::\d+)?(?:/[^\s<>]*)?",
    ),
    ("channel", r"(?<![\w#])#[^\W\d][\w-]+"),
    ("mention", r"(?<![\w@])@[\w][\w.-]*"),
    ("id", r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b[A-Z]{2,10}-\d+\b"),
    (
        "id",
        r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"
        r"|\b(?=[A-Z0-9]*\d)[CDGTUWB][A-Z0-9]{7,}\b",
    ),
    ("phone", r"(?<![\w.])(?!(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?\b)\+?\(?\d(?:[\s()/.-]{0,2}\d){6,14}(?!\w)"),
)
_KNOWN = re.compile("|".join(f"(?P<k{place}>{form})" for place, (_, form) in enumerate(_KINDS)), re.DOTALL)
_RANDOM = re.compile(r"(?<![\w/+=-])[\w/+=-]{16,}(?![\w/+=-])")
_PLACEHOLDER = re.compile(r"\[([a-z]+) \d+\]")
_SHOWN_AGAIN = ("name", "channel", "text")
_SPOKEN = {
    "mention": "someone",
    "email": "an address",
    "link": "a link",
    "phone": "a number",
    "secret": "a secret",
    "id": "an id",
    "name": "someone",
    "channel": "a channel",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that are known, ready to be looked for: whole ones, and each word of them."""

    whole: frozenset[tuple[str, ...]] = frozenset()
    words: frozenset[str] = frozenset()
    unspaced: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Return what to look for; a word of one letter is no name by itself."""
        known = list(names)
        split = [form for name in known for form in _forms(name)]
        return cls(
            whole=frozenset(words for words in split if len(words) > 1),
            words=frozenset(word for words in split for word in words if len(word) > 1),
            unspaced=tuple(sorted({name for name in known if _UNSPACED.search(name)}, key=len, reverse=True)),
        )


def _forms(name: str) -> set[tuple[str, ...]]:
    """Return the words of a name as they may be typed: without accents, and with ü as u or ue."""
    composed = unicodedata.normalize("NFC", name.casefold())
    spelled = (composed, composed.translate(_SPELLED))
    return {tuple(_folded(word) for word in _TOKEN.findall(form)) for form in spelled}


def _folded(word: str) -> str:
    """Return a word without case and accents, however these are encoded."""
    bare = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(it for it in bare if not unicodedata.combining(it))


@dataclass(frozen=True, slots=True)
class Mask:
    """What stands behind each placeholder; the same text has the same one throughout."""

    hidden: Mapping[str, str] = field(default_factory=dict)

    def restore(self, text: str) -> str:
        """Return the text as it was before."""
        return self._put(text, lambda mark, _kind: self.hidden.get(mark, mark))

    def show(self, text: str) -> str:
        """Return a text for its reader: names and channels are back, all else is only said to be there."""

        def said(mark: str, kind: str) -> str:
            back = self.hidden.get(mark) if kind in _SHOWN_AGAIN else None
            return back or _SPOKEN.get(kind, mark)

        return self._put(text, said)

    def _put(self, text: str, said: Callable[[str, str], str]) -> str:
        return _PLACEHOLDER.sub(lambda found: said(found.group(), found.group(1)), text)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int
    kind: str


def masked(texts: Iterable[str], names: Names) -> tuple[tuple[str, ...], Mask]:
    """Return the texts with placeholders, and what turns them back."""
    marks: dict[tuple[str, str], str] = {}
    counts: Counter[str] = Counter()
    done = tuple(_covered(text, names, marks, counts) for text in texts)
    return done, Mask({mark: original for (_, original), mark in marks.items()})


def stripped(text: str) -> str:
    """Return a text without what has the form of a link, a mention, an address, a secret or code."""
    prose = re.sub(r"```.*?(?:```|\Z)", " ", text, flags=re.DOTALL).replace("`", "")
    parts, end = list[str](), 0
    for span in (it for it in _added([], _by_form(prose)) if it.kind != "text"):
        parts, end = [*parts, prose[end : span.start]], span.stop
    return " ".join("".join([*parts, prose[end:]]).split())


def _covered(text: str, names: Names, marks: dict[tuple[str, str], str], counts: Counter[str]) -> str:
    parts, end = [], 0
    for span in _spans(text, names):
        original = text[span.start : span.stop]
        if (span.kind, original) not in marks:
            counts[span.kind] += 1
            marks[span.kind, original] = f"[{span.kind} {counts[span.kind]}]"
        parts += [text[end : span.start], marks[span.kind, original]]
        end = span.stop
    return "".join([*parts, text[end:]])


def _spans(text: str, names: Names) -> list[_Span]:
    """Return what to hide, in order and without overlap; what is recognised by its form goes first."""
    ways = (_by_form(text), _by_chance(text), _by_unspaced_name(text, names), _by_name(text, names))
    taken: list[_Span] = reduce(_added, ways, [])
    return sorted(taken, key=lambda span: span.start)


def _added(taken: list[_Span], more: Iterable[_Span]) -> list[_Span]:
    inside = {place for span in taken for place in range(span.start, span.stop)}
    free = [span for span in more if inside.isdisjoint(range(span.start, span.stop))]
    return [*taken, *free]


def _by_form(text: str) -> Iterator[_Span]:
    for found in _KNOWN.finditer(text):
        kind = _KINDS[int((found.lastgroup or "k0")[1:])][0]
        yield _Span(found.start(), found.end(), kind)


def _by_chance(text: str) -> Iterator[_Span]:
    """Yield long runs that no language has: letters and digits mixed, or letters evenly spread."""
    for found in _RANDOM.finditer(text):
        run = found.group()
        if any(it.isdigit() for it in run) and any(it.isalpha() for it in run) and _entropy(run) > _ENTROPY:
            yield _Span(found.start(), found.end(), "secret")


def _entropy(run: str) -> float:
    """Return the bits that one letter of a run carries."""
    shares = [count / len(run) for count in Counter(run).values()]
    return -sum(share * math.log2(share) for share in shares)


def _by_name(text: str, names: Names) -> Iterator[_Span]:
    """Yield names of the most words first; one that is a word, too, only where it has a capital letter."""
    tokens, at = list(_TOKEN.finditer(text)), 0
    while at < len(tokens):
        length = _name_at(tokens, at, names)
        if length:
            yield _Span(tokens[at].start(), tokens[at + length - 1].end(), "name")
        at += length or 1


def _name_at(tokens: list[re.Match[str]], at: int, names: Names) -> int:
    """Return how many words from here on are one name."""
    near = tuple(_folded(token.group()) for token in tokens[at : at + _LONGEST_NAME])
    whole = next((size for size in range(len(near), 1, -1) if near[:size] in names.whole), 0)
    bare = near[0].removesuffix("s")
    known = {near[0], bare if len(bare) >= _OWNED else near[0]} & names.words
    has_capital = tokens[at].group()[0].isupper()
    return whole or int(any(has_capital or word not in _WORDS for word in known))


def _by_unspaced_name(text: str, names: Names) -> Iterator[_Span]:
    for name in names.unspaced:
        yield from (_Span(it.start(), it.end(), "name") for it in re.finditer(re.escape(name), text))

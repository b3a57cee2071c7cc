"""A small language for the ways people say a thing, so that lists of them can be read and checked by anyone.

`want .. die`: up to three words may stand between, within one sentence. `depress*`: any ending.
`[really] want`: may be left out. `(want|wish) to`: either. Texts are folded first: lower case, no accents,
`don't`, `dont` and `do not` alike, "gonna" spelled out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from matching.atoms import fold

_SAME = {
    "i am": "im",
    "i have": "ive",
    "i will": "ill",
    "i would": "id",
    "do not": "dont",
    "does not": "doesnt",
    "did not": "didnt",
    "is not": "isnt",
    "are not": "arent",
    "was not": "wasnt",
    "were not": "werent",
    "will not": "wont",
    "would not": "wouldnt",
    "should not": "shouldnt",
    "could not": "couldnt",
    "have not": "havent",
    "has not": "hasnt",
    "can not": "cant",
    "cannot": "cant",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "any more": "anymore",
    "what is": "whats",
    "my self": "myself",
    "there is": "theres",
    "it is": "its",
    "they are": "theyre",
    "you are": "youre",
}
_SAID_SO = re.compile(rf"\b(?:{'|'.join(_SAME)})\b")
_END = " . "
_GAP = r"(?:[\w-]+ ){0,3}"
_TOKEN = re.compile(r"\.\.|\*|\[|\] ?|\(|\)|\||[^.*\[\]()|]+")
_MEANS = {
    ".. ": _GAP,
    "..": _GAP,
    "*": r"[\w-]*",
    "[": "(?:",
    "] ": " )?",
    "]": ")?",
    "(": "(?:",
    ")": ")",
    "|": "|",
}


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """Return a text as phrases see it: folded words, one space between, sentences ended by ` . `."""
    words = re.sub(r"['’`´]", "", fold(text))
    sentences = re.sub(r"[.!?;:\n…]+(?=\s|$)", _END, words)
    spaced = " ".join(re.sub(r"[^\w.+#/-]|(?<!\s)\.(?!\s)", " ", sentences).split())
    return _SAID_SO.sub(lambda found: _SAME[found.group()], f" {spaced} ")


def ways(*phrases: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases in a plain text, whole words only."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_spelled(phrase) for phrase in phrases)})(?![\w-])")


def said(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the words of a plain text that say it."""
    return (found.group().strip() for found in pattern.finditer(text))


def without(pattern: re.Pattern[str], text: str) -> str:
    """Return a plain text with what the pattern finds taken out, and a sentence's end in its place."""
    return pattern.sub(_END.strip(), text)


def _spelled(phrase: str) -> str:
    tokens = _TOKEN.findall(phrase.replace(".. ", ".."))
    return "".join(_MEANS.get(token, token) for token in tokens)


def lines(text: str) -> Iterable[str]:
    """Return the phrases of a block of text, one a line."""
    return (line.strip() for line in text.strip().splitlines() if line.strip())

"""The words of a text as phrases see them: folded, alike however they were typed, each with its place.

"I'm", "im" and "i m" are the words "I am", "don't", "dont" and "don t" are "do not"; a hyphen or slash parts
words; the end of a sentence is a word of its own, so that no phrase reaches over it. Grave words are known
also where they are veiled ("su1cide", "k*ll") or misspelt by one letter.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from matching.topics.tokens import fold
from sensing.text.spelling import RUN_TOGETHER, respelt, unveiled

END, CUT = ".", ""
_PIECE = re.compile(r"\w+(?:['’`´]\w+)*|(?<![.!?;:\n…])[.!?;:\n…]+(?=\s|$)")
_ENDS = frozenset(".!?;:\n…")
_APOSTROPHES = re.compile(r"['’`´]")
# Written without spaces: each of these is read as a word.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VERBS = ("is", "are", "was", "were", "do", "does", "did", "would", "should", "could", "have", "has", "had")
_PARTS: dict[str, tuple[str, ...]] = {
    **{f"{verb}nt": (verb, "not") for verb in _VERBS},
    **{f"{who}s": (who, "is") for who in ("he", "she", "it", "that", "there", "what")},
    **{f"{who}ve": (who, "have") for who in ("i", "we", "they", "you")},
    **{f"{who}re": (who, "are") for who in ("they", "you")},
    **{f"{who}'ll": (who, "will") for who in ("i", "we", "he", "she", "it", "they", "you")},
    **{f"{who}'d": (who, "would") for who in ("we", "he", "she", "it", "they", "you")},
    **{f"{who}ll": (who, "will") for who in ("they", "you")},
    **{f"{who}d": (who, "would") for who in ("they", "you")},
    "we're": ("we", "are"),
    "im": ("i", "am"),
    "id": ("i", "would"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "cnt": ("can", "not"),
    "wont": ("will", "not"),
    "aint": ("is", "not"),
    "dnt": ("do", "not"),
    "gonna": ("going", "to"),
    "gona": ("going", "to"),
    "wanna": ("want", "to"),
    "wana": ("want", "to"),
    "gotta": ("got", "to"),
    "tryna": ("trying", "to"),
    "alot": ("a", "lot"),
    "iam": ("i", "am"),
    "imma": ("i", "am", "going", "to"),
    "ima": ("i", "am", "going", "to"),
    "dunno": ("do", "not", "know"),
    **RUN_TOGETHER,
}
_BEFORE_TO = "want wanted going need reason reasons ready wish got have trying way how like deserve have"
_ONE: dict[tuple[str, str], str] = {
    ("any", "more"): "anymore",
    ("any", "one"): "anyone",
    ("any", "body"): "anybody",
    ("my", "self"): "myself",
    ("him", "self"): "himself",
    ("her", "self"): "herself",
    ("your", "self"): "yourself",
    ("them", "selves"): "themselves",
}
_APART: dict[tuple[str, str], tuple[str, ...]] = {
    **{(f"{verb}n", "t"): (verb, "not") for verb in _VERBS},
    **{(who, "s"): (who, "is") for who in ("he", "she", "it", "that", "there", "what")},
    **{(who, "ve"): (who, "have") for who in ("i", "we", "they", "you")},
    **{(who, "re"): (who, "are") for who in ("we", "they", "you")},
    **{(who, "ll"): (who, "will") for who in ("i", "we", "he", "she", "it", "they", "you")},
    ("i", "m"): ("i", "am"),
    ("i", "d"): ("i", "would"),
    ("don", "t"): ("do", "not"),
    ("can", "t"): ("can", "not"),
    ("won", "t"): ("will", "not"),
    **{(before, "2"): (before, "to") for before in _BEFORE_TO.split()},
    ("to", "b"): ("to", "be"),
}
_SPELT: dict[str, str] = {
    "u": "you",
    "ur": "your",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "noone": "nobody",
    "mum": "mom",
    "mgr": "manager",
    "becuase": "because",
    "becasue": "because",
    "cuz": "because",
    "bcoz": "because",
    "wnat": "want",
    "thier": "their",
    "kil": "kill",
    "sucide": "suicide",
    "anymor": "anymore",
    "tonite": "tonight",
    "2nite": "tonight",
    "tmrw": "tomorrow",
    "thru": "through",
    "wud": "would",
    "shud": "should",
    "luv": "love",
    "no1": "nobody",
    "sum1": "someone",
    "any1": "anyone",
    "every1": "everyone",
    "4ever": "forever",
    "abt": "about",
    "jus": "just",
    "wat": "what",
    "cud": "could",
    "neva": "never",
    "bein": "being",
    "dyin": "dying",
    "endin": "ending",
    "feelin": "feeling",
    "goin": "going",
    "killin": "killing",
    "livin": "living",
    "nothin": "nothing",
    "thinkin": "thinking",
    "tryin": "trying",
    "cryin": "crying",
}


class Word(NamedTuple):
    """A folded word and where it stands in the normalized text; a sentence's end is the word END."""

    text: str
    start: int
    stop: int


def normal(text: str) -> str:
    """A text of one width (NFKC), without characters that nobody sees and with veiled words plain."""
    return unveiled(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def words(normalized: str) -> list[Word]:
    """The words of a normalized text in order."""
    said: list[Word] = []
    drawn_out = _DRAWN_OUT.search(normalized) is not None
    is_unspaced = not normalized.isascii() and _UNSPACED.search(normalized) is not None
    for found in _PIECE.finditer(normalized):
        for start, stop in _apart(found) if is_unspaced else (found.span(),):
            for text in _texts(fold(normalized[start:stop]), drawn_out):
                _add(said, Word(text, start, stop))
    return said


def _apart(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the words of a piece stand that may be written without spaces."""
    begin, end = found.span()
    for sign in _UNSPACED.finditer(found.string, begin, end):
        if begin < sign.start():
            yield begin, sign.start()
        yield sign.span()
        begin = sign.end()
    if begin < end:
        yield begin, end


def _texts(piece: str, drawn_out: bool) -> tuple[str, ...]:
    if piece[0] in _ENDS:
        return (END,)
    text = piece if piece.isalnum() else _APOSTROPHES.sub("'", piece)
    text = _DRAWN_OUT.sub(r"\1", text) if drawn_out else text
    bare = text.replace("'", "")
    return _PARTS.get(text) or _PARTS.get(bare) or (_SPELT.get(bare) or respelt(bare),)


def _add(said: list[Word], word: Word) -> None:
    """Put a word behind the others, as one with the last where the two are often written as one."""
    if said and (ones := _both(said[-1].text, word.text)):
        last = said.pop()
        said += [Word(text, last.start, word.stop) for text in ones]
    else:
        said.append(word)


def _both(last: str, text: str) -> tuple[str, ...]:
    """What two words are together, if not themselves."""
    joined = _ONE.get((last, text))
    return (joined,) if joined else _APART.get((last, text), ())

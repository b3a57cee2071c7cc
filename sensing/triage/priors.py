"""What single words and clues lean towards: the half of triage that is learned, not written.

`words/leanings.tsv` says of the beginning of a word, of a clue and of a question mark how much it speaks for
each kind of help. `bench/triage_words.py` makes it anew from written cases.
"""

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from sensing.text.wording import END, Word

LETTERS = 6
QUESTION, SENIOR = "?", "@senior"
CLUE_SHARE = 0.3
STRANGE, FAMILIAR = 0.6, 0.8
LEAST = 8

Weights: TypeAlias = tuple[float, ...]


def beginnings(text: str, said: list[Word]) -> set[str]:
    """How the words of a text begin, and whether anything is asked."""
    begun = {word.text[:LETTERS] for word in said if word.text and word.text != END}
    return begun | {QUESTION} if QUESTION in text else begun


def shares(begun: Collection[str], clues: Collection[str], known: Collection[str]) -> dict[str, float]:
    """How much each known token counts: a word the less the more there are, a clue always alike."""
    told = sorted(token for token in begun if token in known)
    marked = sorted(token for clue in clues if (token := f"@{clue}") in known)
    return dict.fromkeys(told, len(told) ** -0.5 if told else 0.0) | dict.fromkeys(marked, CLUE_SHARE)


def leanings(begun: Collection[str], clues: Collection[str]) -> dict[str, Weights]:
    """Of each known token of a text how much it speaks for each kind of help, in the order of Choice.

    A few words say nothing, nor do words half of which are strange to the table: talk of other things.
    """
    table = _table()
    trust = _trust(sum(token in table for token in begun) / max(1, len(begun)))
    if not trust or len(begun) < LEAST:
        return {}
    counted = shares(begun, clues, table)
    return {token: tuple([trust * share * each for each in table[token]]) for token, share in counted.items()}


def _trust(familiar: float) -> float:
    return min(1.0, max(0.0, (familiar - STRANGE) / (FAMILIAR - STRANGE)))


@cache
def _table() -> Mapping[str, Weights]:
    text = files("sensing").joinpath("words", "leanings.tsv").read_text(encoding="utf-8")
    _, *rows = (line.split("\t") for line in text.splitlines())
    return {token: tuple(map(float, weights)) for token, *weights in rows}

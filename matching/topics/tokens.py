"""Text as atoms: folded words and the few symbols that belong to names such as c++, .net or ci/cd."""

import re
import unicodedata
from dataclasses import dataclass

SYMBOLS = "+#./&"
ATOM = re.compile(rf"[^\W_]+(?:'[^\W_]+)?|[{re.escape(SYMBOLS)}]")
MARKUP = re.compile(r"<[@!][^<>]*>|<?\b(?:https?|mailto):[^\s>]*>?", re.IGNORECASE)
# Tried only where a word begins, and with its first @ alone: else a run of @ takes a time of its own.
ADDRESS = re.compile(r"(?<!\S)(?>\S+?@)\S+\.\w+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One folded word or symbol, as written, and how it stands to the one before."""

    text: str
    written: str
    start: int
    is_glued: bool
    opens_sentence: bool

    @property
    def is_word(self) -> bool:
        """Whether this is a word and not a symbol."""
        return self.text not in SYMBOLS


def fold(text: str) -> str:
    """Text without differences of width, case and accents (NFKC, casefold, combining marks out)."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))


def atoms_of(text: str) -> list[Atom]:
    """The atoms of a text in order; links, addresses and mentions of people give none."""
    wide = unicodedata.normalize("NFKC", ADDRESS.sub(_blank, MARKUP.sub(_blank, text)))
    atoms: list[Atom] = []
    end = 0
    for found in ATOM.finditer(wide):
        gap = wide[end : found.start()]
        opens = not atoms or any(mark in gap for mark in "!?:\n") or (gap.isspace() and atoms[-1].text == ".")
        atoms.append(Atom(fold(found[0]), found[0], found.start(), not gap and bool(atoms), opens))
        end = found.end()
    return atoms


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def key(text: str) -> tuple[str, ...]:
    """The texts of the atoms of a name: spaces, hyphens and underscores make no difference."""
    return tuple(atom.text for atom in atoms_of(text))

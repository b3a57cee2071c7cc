"""The meaning of a short text by a table of vectors, one for each piece of a word: their weighted mean.

The table is mapped from the disk: opening it reads nothing of it, and a text reads as many rows as it has
pieces. `vectors/README.md` says where it comes from, `bench/vectors.py` makes it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.meaning.word_pieces import WordPieces

Reals = NDArray[np.floating[Any]]
TABLE = Path(__file__).parent / "vectors"
SHORTEST, LITTLE = 4, 0.6


class Vectors(Protocol):
    """Turns texts into directions: near in meaning, near in direction. *is_quick*: in a millisecond."""

    is_quick: bool

    def many(self, texts: Sequence[str]) -> Reals:
        """One row a text, of length one or shorter; zeros where nothing of the text is known."""


class StaticVectors:
    """The table of one folder: `vectors.npy`, `scales.npy` (a scale and a weight each), `vocab.txt`."""

    is_quick = True

    def __init__(self, folder: Path = TABLE) -> None:
        self._rows = np.load(folder / "vectors.npy", mmap_mode="r")
        scale, weight = np.load(folder / "scales.npy")
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = WordPieces(vocabulary)
        # Signs say nothing of a topic, and neither does what is unknown.
        self._weights = weight * [piece.removeprefix("##").isalnum() for piece in vocabulary]
        self._factors = scale * self._weights

    def many(self, texts: Sequence[str]) -> Reals:
        """One row a text, the shorter the less it says: near to one where it has rare words."""
        return np.array([self._one(self._pieces(text)) for text in texts])

    def words(self) -> tuple[Sequence[str], Reals]:
        """The whole words of the table in their own order, and a row for each."""
        kept = [piece for piece in self._pieces.vocabulary if len(piece) >= SHORTEST and piece.isalpha()]
        return kept, self.many(kept)

    def _one(self, at: list[int]) -> Reals:
        found = self._factors[at] @ self._rows[at].astype(np.float32)
        said = float(self._weights[at].sum())
        row: Reals = found * (said / (said + LITTLE) / max(float(np.linalg.norm(found)), 1e-9))
        return row


@cache
def shipped() -> StaticVectors:
    """The table that comes with the program, opened once."""
    return StaticVectors()

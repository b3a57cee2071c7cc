"""Text as the pieces of words that BERT's uncased models know: lower-case, without accents, longest piece
first."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Letters and digits in runs; each other visible sign, and each ideograph, alone.
WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_\u2e80-\u9fff\uf900-\ufaff]+|[^\w\s]|_")
UNKNOWN, LONGEST = "[UNK]", 100


class WordPieces:
    """Cuts text into pieces of a vocabulary, whose order gives their numbers."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = vocabulary
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = (self._numbers[UNKNOWN],)
        self._of_word = lru_cache(maxsize=20_000)(self._cut)

    def __call__(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without any mark of its beginning and end."""
        return [number for word in WORD.findall(plain(text)) for number in self._of_word(word)]

    def number(self, piece: str) -> int:
        """The number of one piece."""
        return self._numbers[piece]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST:
            return self._unknown
        numbers: list[int] = []
        start = 0
        while start < len(word):
            head = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if head + word[start:end] in self._numbers), None)
            if end is None:
                return self._unknown
            numbers.append(self._numbers[head + word[start:end]])
            start = end
        return tuple(numbers)


def plain(text: str) -> str:
    """A text as the pieces are written: lower-case, without accents."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")

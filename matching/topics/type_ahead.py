"""Names found by the beginning of any of their words, for menus that search while one types."""

from bisect import bisect_left
from collections.abc import Iterable

from matching.topics.tokens import key


class TypeAhead:
    """Entries by number, each with names in order of weight: its label first, then aliases."""

    def __init__(self, names: Iterable[tuple[int, Iterable[str]]]) -> None:
        self._starts = sorted(
            (" ".join(words[word:]), 2 * min(place, 1) + min(word, 1), entry)
            for entry, texts in names
            for place, text in enumerate(texts)
            for words in [key(text)]
            for word in range(len(words))
        )

    def find(self, prefix: str, limit: int) -> list[int]:
        """Return entries that have a word beginning with *prefix*.

        Order: beginning of the label, a later word of it, beginning of an alias, a later word; then by
        number.
        """
        wanted = " ".join(key(prefix))
        best: dict[int, int] = {}
        for at in range(bisect_left(self._starts, (wanted,)), len(self._starts)):
            text, weight, entry = self._starts[at]
            if not text.startswith(wanted):
                break
            weight -= text == wanted and weight == 0
            best[entry] = min(weight, best.get(entry, weight))
        return sorted(best, key=lambda entry: (best[entry], entry))[:limit]

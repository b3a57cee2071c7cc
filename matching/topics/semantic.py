"""Topics by a sentence model, surer than the shipped table and slower, which takes seconds to get ready.

Until it is, the table serves. The weights are fitted as those of `guesser.py`, with `--model`.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from matching.meaning.static_vectors import Vectors, shipped
from matching.topics.guesser import TopicGuesser, Weights
from matching.topics.tagging import Suggestion, TopicWords

WEIGHTS = Weights(3.275, 2.879, 8.011, 12.643, 5.17, 0.392, 0.379, -2.905)


class SemanticGuesser(TopicGuesser):
    """Finds topics with the table until `prepare` has ended, then with the model."""

    def __init__(self, topics: Iterable[TopicWords], model: Callable[[], Vectors]) -> None:
        super().__init__(topics, shipped)
        self._model, self._is_prepared = model, False

    @property
    def is_quick(self) -> bool:
        """Whether the table serves and is made."""
        return super().is_quick and not self._is_prepared

    def prepare(self) -> None:
        """Read all topics with the model; takes seconds, so it belongs into a thread of its own."""
        self._better.prepare()
        self._is_prepared = True

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """The topics a text may be about, as `TopicGuesser.suggest` does."""
        return self._better.suggest(text, limit) if self._is_prepared else super().suggest(text, limit)

    @cached_property
    def _better(self) -> TopicGuesser:
        return TopicGuesser(self._known, self._model, WEIGHTS)

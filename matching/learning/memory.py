"""What a workspace has learned, as one piece of bytes: weights, standings, the past it rests on, and topics.

Only numbers and texts are read back, never objects. Bytes of another shape, such as those of another release,
are refused: then the declared profiles rank until the next time something is learned.
"""

import zipfile
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO

import numpy as np

from matching.learning.default_weights import DEFAULT_WEIGHTS
from matching.learning.evidence import NAMES
from matching.learning.history import Floats, History
from matching.learning.history_arrays import Arrays, from_arrays, part, prefixed, texts, to_arrays, words
from matching.learning.learned import Learned
from matching.learning.residual_rating import Standings
from matching.topics.model import TopicModel

FORM = 4


class UnreadableMemory(Exception):
    """These bytes were not made by this release, or not whole."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was learned. The history may be told more; weights and standings stay as they were learned."""

    history: History = field(default_factory=History)
    weights: Floats = field(default_factory=lambda: np.array(DEFAULT_WEIGHTS))
    standings: Standings = field(default_factory=Standings)
    topics: TopicModel | None = None
    by_words: Floats = field(default_factory=lambda: np.array(DEFAULT_WEIGHTS))

    def model(self, load_price: float) -> Learned:
        """Rank by this; having been asked lately costs *load_price*."""
        return Learned(
            self.history, self.weights, self.standings, load_price=load_price, by_words=self.by_words
        )


def pack(memory: Memory) -> bytes:
    """Write a memory as a compressed .npz, without objects, for `unpack` of the same `shape`."""
    standings = memory.standings.values()
    arrays = {
        "shape": texts([shape()]),
        "weights": memory.weights,
        "by_words": memory.by_words,
        "standing_ids": texts(list(standings)),
        "standings": np.array(list(standings.values()), dtype=np.float64),
        **prefixed("history", to_arrays(memory.history)),
        **prefixed("topics", memory.topics.to_arrays() if memory.topics else {}),
    }
    written = BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]  # its stub takes names for options
    return written.getvalue()


def unpack(packed: bytes) -> Memory:
    """Read what `pack` wrote; raise UnreadableMemory where that is damaged, or of another shape."""
    try:
        with np.load(BytesIO(packed), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if words(arrays["shape"]) != [shape()]:
            raise UnreadableMemory
        return _memory(arrays)
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableMemory from error


def shape() -> str:
    """What tells bytes of this release from those of others: the form and the columns' names."""
    return f"{FORM} {sha256(' '.join(NAMES).encode()).hexdigest()}"


def _memory(arrays: Arrays) -> Memory:
    topics = part(arrays, "topics")
    standings = dict(zip(words(arrays["standing_ids"]), arrays["standings"].tolist(), strict=True))
    return Memory(
        from_arrays(part(arrays, "history")),
        arrays["weights"],
        Standings(standings),
        TopicModel.from_arrays(topics) if topics else None,
        arrays["by_words"],
    )

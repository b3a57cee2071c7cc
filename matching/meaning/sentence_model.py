"""The meaning of a short text by a sentence model of BERT's kind, computed in numpy: all-MiniLM-L6-v2 and its
like.

Takes 10 to 25 ms a text, so it belongs beside the event loop. The folder holds `model.safetensors`,
`config.json` and `vocab.txt`, as published.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.meaning.word_pieces import WordPieces

Reals = NDArray[np.float32]
PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LENGTH_BYTES, MOST_PIECES, ENDS, BATCH = 8, 128, 2, 32


def digest(folder: Path) -> str:
    """The sha256 of a model's weights."""
    with (folder / "model.safetensors").open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()


def tensors(path: Path) -> dict[str, Reals]:
    """The float32 arrays of a safetensors file, mapped from the disk and not read."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    start = LENGTH_BYTES + int(raw[:LENGTH_BYTES].view("<u8")[0])
    header = json.loads(raw[LENGTH_BYTES:start].tobytes())
    places = {name: layout for name, layout in header.items() if layout.get("dtype") == "F32"}
    return {
        name: raw[start + place["data_offsets"][0] : start + place["data_offsets"][1]]
        .view("<f4")
        .reshape(place["shape"])
        for name, place in places.items()
    }


class SentenceModel:
    """Six layers of attention and their mean: texts near in meaning get vectors near in direction."""

    is_quick = False

    def __init__(self, folder: Path) -> None:
        shape: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._layers, self._heads = shape["num_hidden_layers"], shape["num_attention_heads"]
        self._size, self._tiny = shape["hidden_size"], shape["layer_norm_eps"]
        self._weights = tensors(folder / "model.safetensors")
        self.pieces = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
        self._begin, self._end = self.pieces.number("[CLS]"), self.pieces.number("[SEP]")

    def many(self, texts: Sequence[str]) -> Reals:
        """The direction of each text's meaning, of length one; zeros where nothing is written."""
        cut = [self.numbers(text) for text in texts]
        found = np.zeros((len(cut), self._size), dtype=np.float32)
        for places in _of_one_length(cut):
            found[places] = self.of_pieces(np.array([cut[at] for at in places]))
        unit: Reals = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return unit

    def numbers(self, text: str) -> list[int]:
        """A text's pieces between the marks of its beginning and end, cut where it is long."""
        return [self._begin, *self.pieces(text)[: MOST_PIECES - 2], self._end]

    def of_pieces(self, numbers: NDArray[np.intp]) -> Reals:
        """The mean vectors of texts that have the same number of pieces (texts × pieces)."""
        words = self._weights["embeddings.word_embeddings.weight"][numbers]
        places = self._weights["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        kinds = self._weights["embeddings.token_type_embeddings.weight"][0]
        state = self._normal(words + places + kinds, "embeddings.LayerNorm")
        for layer in range(self._layers):
            state = self._layer(state, f"encoder.layer.{layer}.")
        mean: Reals = state.mean(axis=1)
        return mean

    def _layer(self, state: Reals, name: str) -> Reals:
        seen = self._linear(self._attention(state, name + "attention.self."), name + "attention.output.dense")
        state = self._normal(state + seen, name + "attention.output.LayerNorm")
        wide = self._linear(state, name + "intermediate.dense")
        wide = wide * np.float32(0.5) * (1 + _erf(wide * np.float32(0.5**0.5)))
        return self._normal(state + self._linear(wide, name + "output.dense"), name + "output.LayerNorm")

    def _attention(self, state: Reals, name: str) -> Reals:
        texts, pieces, size = state.shape
        split = (texts, pieces, self._heads, size // self._heads)
        query, key, value = (
            self._linear(state, name + part).reshape(split).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        heed = query @ key.transpose(0, 1, 3, 2) * np.float32((size // self._heads) ** -0.5)
        heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
        heed /= heed.sum(axis=-1, keepdims=True)
        seen: Reals = (heed @ value).transpose(0, 2, 1, 3).reshape(texts, pieces, size)
        return seen

    def _linear(self, state: Reals, name: str) -> Reals:
        made: Reals = state @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return made

    def _normal(self, state: Reals, name: str) -> Reals:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(self._tiny))
        made: Reals = centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return made


def _of_one_length(cut: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield where texts of the same number of pieces stand, a batch at a time; empty ones are left out."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for at, pieces in enumerate(cut):
        by_length[len(pieces)].append(at)
    for length, places in by_length.items():
        if length > ENDS:
            yield from (places[at : at + BATCH] for at in range(0, len(places), BATCH))


def _erf(of: Reals) -> Reals:
    """The error function, to 1.5e-7 (Abramowitz and Stegun 7.1.26); scipy takes long to load."""
    size = np.abs(of)
    t = 1 / (1 + np.float32(0.3275911) * size)
    sum_ = np.zeros_like(t)
    for factor in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592):
        sum_ = (sum_ + np.float32(factor)) * t
    found: Reals = np.sign(of) * (1 - sum_ * np.exp(-size * size))
    return found

"""A sentence model is read from its published files, and finds topics once it has read them all."""

import json
import math
import struct
from collections.abc import Mapping, Sequence
from operator import mul
from pathlib import Path
from threading import enumerate as threads
from typing import Any

import numpy as np
import pytest

from handlers.conversations import ALL
from matching.meaning.sentence_model import SentenceModel, digest, tensors
from matching.topics.guesser import TopicGuesser
from matching.topics.semantic import SemanticGuesser
from matching.topics.tagging import TopicWords, sure
from slackapp.bootstrap.sentence_model import INSTEAD, fault, model_folder, with_sentence_model
from slackapp.manifest.manifest import read_file

Rows = list[list[float]]
MANIFEST = Path(__file__).parents[2] / "manifest.yml"
PIECES = ("[UNK]", "[CLS]", "[SEP]", "play", "##ing", "##er", "cafe", "!")


def model(folder: Path) -> SentenceModel:
    """Write a model of one layer with drawn weights, and open it."""
    draw = np.random.default_rng(1)
    size, wide, layer = 8, 16, "encoder.layer.0."
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), size),
        "embeddings.position_embeddings.weight": (128, size),
        "embeddings.token_type_embeddings.weight": (2, size),
        "embeddings.LayerNorm.weight": (size,),
        "embeddings.LayerNorm.bias": (size,),
        **{f"{layer}attention.self.{part}.weight": (size, size) for part in ("query", "key", "value")},
        **{f"{layer}attention.self.{part}.bias": (size,) for part in ("query", "key", "value")},
        f"{layer}attention.output.dense.weight": (size, size),
        f"{layer}intermediate.dense.weight": (wide, size),
        f"{layer}intermediate.dense.bias": (wide,),
        f"{layer}output.dense.weight": (size, wide),
    }
    plain = ("attention.output.dense.bias", "output.dense.bias")
    normal = [
        f"{layer}{part}output.LayerNorm.{kind}" for part in ("attention.", "") for kind in ("weight", "bias")
    ]
    shapes |= {f"{layer}{name}": (size,) for name in plain} | dict.fromkeys(normal, (size,))
    header, body = {}, b""
    for name, shape in shapes.items():
        data = draw.normal(size=shape).astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    said = json.dumps(header).encode()
    said += b" " * (-len(said) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(said)) + said + body)
    config = {"num_hidden_layers": 1, "hidden_size": size, "num_attention_heads": 2, "layer_norm_eps": 1e-12}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return SentenceModel(folder)


def test_a_sentence_model_heeds_the_order_of_words_and_batches_say_the_same(tmp_path: Path):
    opened = model(tmp_path)

    there, back, nothing = opened.many(["play cafe", "cafe play", ""])
    pieces = np.array([opened.numbers("play cafe"), opened.numbers("cafe play")])
    together = opened.of_pieces(pieces)

    assert np.linalg.norm(there) == pytest.approx(1)
    assert there @ back < 0.999
    assert not nothing.any()
    assert together[0] / np.linalg.norm(together[0]) == pytest.approx(there, abs=1e-5)


def test_the_table_serves_until_the_model_has_read_all_topics(tmp_path: Path):
    topics = (TopicWords("theatre", "Theatre", ("player",)), TopicWords("food", "Food", ("cafe",)))
    guesser = SemanticGuesser(topics, lambda: model(tmp_path))
    by_table = guesser.suggest("we play in a cafe")
    assert guesser.is_quick

    guesser.prepare()

    assert not guesser.is_quick
    assert guesser.suggest("we play in a cafe") != by_table
    assert sure(guesser.suggest("a new player #food")) == ("food",)


def test_a_model_is_made_ready_beside_everything_else_for_each_edit(tmp_path: Path):
    model(tmp_path)
    read = read_file(MANIFEST, ALL.features.policy).manifest
    assert read is not None

    adapted = with_sentence_model(tmp_path, digest(tmp_path))(read)

    assert adapted.topics == read.topics
    [preparing] = [thread for thread in threads() if thread.name == "sentence model"]
    preparing.join()
    assert not adapted.topics.tagger.is_quick
    assert type(read.topics.tagger) is TopicGuesser


def test_without_a_model_nothing_is_changed_and_what_is_wrong_with_one_is_said_in_a_sentence(tmp_path: Path):
    read = read_file(MANIFEST, ALL.features.policy).manifest
    assert read is not None
    assert with_sentence_model(None)(read) is read
    assert model_folder(None, "no_such_package_here") is None
    assert model_folder(None, "json") == Path(json.__file__).parent / "model"
    assert model_folder(tmp_path) == tmp_path

    def wrong(published: str = "") -> str | None:
        assert with_sentence_model(tmp_path, published)(read) is read
        return fault(tmp_path, published)

    assert wrong() == f"{tmp_path} has no model.safetensors: {INSTEAD}."
    model(tmp_path)
    known = digest(tmp_path)
    assert wrong() == f"{tmp_path / 'model.safetensors'} is not the published all-MiniLM-L6-v2: {INSTEAD}."
    assert fault(tmp_path, known) is None
    for name, broken in (("config.json", "{}"), ("vocab.txt", "[UNK]"), ("config.json", "no JSON")):
        whole = (tmp_path / name).read_text()
        (tmp_path / name).write_text(broken)
        assert "cannot be read" in str(wrong(known))
        (tmp_path / name).write_text(whole)
    assert fault(tmp_path, known) is None


def test_the_numbers_are_those_of_a_plain_reference(tmp_path: Path):
    opened = model(tmp_path)

    found = opened.many(["play cafe!"])[0]

    assert found == pytest.approx(plainly(tensors(tmp_path / "model.safetensors"), (1, 3, 6, 7, 2)), abs=1e-5)


def plainly(weights: Mapping[str, Any], pieces: Sequence[int], heads: int = 2) -> list[float]:
    """The direction of a text by the formulas of BERT, number by number."""
    held = {name: array.astype(float).tolist() for name, array in weights.items()}

    def linear(rows: Rows, name: str) -> Rows:
        matrix, bias = held[name + ".weight"], held[name + ".bias"]
        return [
            [sum(map(mul, row, line)) + add for line, add in zip(matrix, bias, strict=True)] for row in rows
        ]

    def normal(rows: Rows, name: str) -> Rows:
        made = []
        for row in rows:
            mean = sum(row) / len(row)
            spread = math.sqrt(sum((it - mean) ** 2 for it in row) / len(row) + 1e-12)
            scale, shift = held[name + ".weight"], held[name + ".bias"]
            made.append(
                [(it - mean) / spread * by + to for it, by, to in zip(row, scale, shift, strict=True)]
            )
        return made

    def plus(some: Rows, more: Rows) -> Rows:
        return [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(some, more, strict=True)]

    words, places = held["embeddings.word_embeddings.weight"], held["embeddings.position_embeddings.weight"]
    kind = held["embeddings.token_type_embeddings.weight"][0]
    state = [[sum(it) for it in zip(words[n], places[at], kind, strict=True)] for at, n in enumerate(pieces)]
    state = normal(state, "embeddings.LayerNorm")
    layer = "encoder.layer.0."
    query, key, value = (linear(state, f"{layer}attention.self.{part}") for part in ("query", "key", "value"))
    size = len(kind) // heads
    seen: Rows = [[] for _ in pieces]
    for start in range(0, len(kind), size):
        part = slice(start, start + size)
        for at, asking in enumerate(query):
            heed = [math.exp(sum(map(mul, asking[part], it[part])) / math.sqrt(size)) for it in key]
            columns = zip(*(it[part] for it in value), strict=True)
            seen[at] += [sum(map(mul, heed, column)) / sum(heed) for column in columns]
    output = f"{layer}attention.output."
    state = normal(plus(state, linear(seen, output + "dense")), output + "LayerNorm")
    wide = linear(state, f"{layer}intermediate.dense")
    wide = [[it / 2 * (1 + math.erf(it / math.sqrt(2))) for it in row] for row in wide]
    state = normal(plus(state, linear(wide, f"{layer}output.dense")), f"{layer}output.LayerNorm")
    mean = [sum(column) / len(state) for column in zip(*state, strict=True)]
    return [it / math.hypot(*mean) for it in mean]

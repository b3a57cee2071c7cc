"""A sentence model is read from its published files, and finds topics once it has read them all."""

import json
import struct
from pathlib import Path
from threading import enumerate as threads

import numpy as np
import pytest

from handlers.conversations import ALL
from matching.meaning.sentence_model import SentenceModel, digest
from matching.topics.guesser import TopicGuesser
from matching.topics.semantic import SemanticGuesser
from matching.topics.tagging import TopicWords, sure
from slackapp.bootstrap.sentence_model import with_sentence_model
from slackapp.manifest.manifest import read_file
from slackapp.process.errors import Stop

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


def test_without_a_folder_nothing_is_changed_and_a_wrong_one_is_refused(tmp_path: Path):
    read = read_file(MANIFEST, ALL.features.policy).manifest
    assert read is not None
    assert with_sentence_model(None)(read) is read

    with pytest.raises(Stop, match=r"has no model\.safetensors"):
        with_sentence_model(tmp_path)

    model(tmp_path)
    with pytest.raises(Stop, match="not the published"):
        with_sentence_model(tmp_path)

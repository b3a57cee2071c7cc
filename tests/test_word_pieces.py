"""Words are cut as BERT's uncased models do it, and texts get vectors by their pieces."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from matching.topics.sentence_model import SentenceModel
from matching.topics.static_vectors import TABLE, StaticVectors, shipped
from matching.topics.word_pieces import WordPieces

PIECES = ("[UNK]", "[CLS]", "[SEP]", "play", "##ing", "##er", "cafe", "!", "日", "p", "a")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Playing player", ["play", "##ing", "play", "##er"]),
        ("CAFÉ!", ["cafe", "!"]),
        ("plays", ["[UNK]"]),
        ("日日", ["日", "日"]),
        ("a" * 101, ["[UNK]"]),
        (" \n", []),
    ],
)
def test_a_word_is_its_longest_known_pieces_or_unknown(text: str, pieces: list[str]):
    assert WordPieces(PIECES)(text) == [PIECES.index(piece) for piece in pieces]


def test_the_shipped_table_has_the_vocabulary_of_the_model_it_was_made_from():
    cut = WordPieces((TABLE / "vocab.txt").read_text("utf-8").splitlines())

    assert cut("How do I profile asyncio?") == [2129, 2079, 1045, 6337, 2004, 6038, 9793, 1029]


def test_texts_near_in_meaning_are_near_in_direction_and_little_said_is_short():
    asked, same, other, little = shipped().many(
        ["my boss never listens", "a manager who ignores me", "index of a large table", "how do i"]
    )

    assert asked @ same > asked @ other + 0.1
    assert np.linalg.norm(little) < np.linalg.norm(asked) <= 1


def test_a_table_weighs_and_scales_its_rows(tmp_path: Path):
    rows = np.zeros((len(PIECES), 2), dtype=np.int8)
    rows[PIECES.index("play")], rows[PIECES.index("cafe")] = (100, 0), (0, 50)
    np.save(tmp_path / "vectors.npy", rows)
    np.save(tmp_path / "scales.npy", np.array([[0.01] * len(PIECES), [1.0] * len(PIECES)]))
    (tmp_path / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")

    [both, nothing] = StaticVectors(tmp_path).many(["play cafe", ""])

    assert both[0] == pytest.approx(2 * both[1])
    assert not nothing.any()


def model(folder: Path) -> SentenceModel:
    """Write a model of one layer with drawn weights, and open it."""
    draw = np.random.default_rng(1)
    size, wide, layer = 8, 16, "encoder.layer.0."
    shapes = {
        "embeddings.word_embeddings.weight": (len(PIECES), size),
        "embeddings.position_embeddings.weight": (32, size),
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
    config = {"num_hidden_layers": 1, "num_attention_heads": 2, "layer_norm_eps": 1e-12}
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

"""Words are cut as BERT's uncased models do it, and texts get vectors by their pieces."""

from pathlib import Path

import numpy as np
import pytest

from matching.meaning.static_vectors import TABLE, StaticVectors, shipped
from matching.meaning.word_pieces import WordPieces

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

"""Fit vectors for the pieces of words to a sentence model: their weighted mean should meet its vector of the
text.

    python bench/vectors.py MODEL TEXTS WORK [--out matching/meaning/vectors]

MODEL is the published folder of all-MiniLM-L6-v2 (Apache-2.0), TEXTS one short text a line
(bench/vector_texts.py gathers them), WORK a folder where what the model said is kept, so that a run
that was stopped goes on. Three steps: each piece alone through the model, mean and the strongest directions
taken away; then a ridge regression on the texts (conjugate gradients), which moves each piece as far as its
texts tell; then the 256 directions that matter most, as whole numbers from -127 to 127 with a scale for
each piece.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
from scipy import sparse

from matching.meaning.sentence_model import PUBLISHED, Reals, SentenceModel, digest

BATCH, DIRECTIONS, STEPS, SIZE = 64, 8, 40, 256
RARE, SMOOTH = 1e-3, 20


def said(model: SentenceModel, texts: list[list[int]], work: Path, name: str) -> Reals:
    """The model's vector of each text, given as pieces; what is done of one length is kept."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for at, pieces in enumerate(texts):
        by_length[len(pieces)].append(at)
    found = np.zeros((len(texts), 384), dtype=np.float32)
    for length, places in sorted(by_length.items()):
        target = work / f"{name}-{length}.npy"
        if not target.exists():
            chunks = [places[at : at + BATCH] for at in range(0, len(places), BATCH)]
            rows = [model.of_pieces(np.array([texts[at] for at in chunk])) for chunk in chunks]
            np.save(target, np.vstack(rows))
        found[places] = np.load(target)
    return found


def weights_of(texts: list[list[int]], pieces: int) -> Reals:
    """How much each piece tells: the less, the more texts have it."""
    seen = np.bincount([piece for text in texts for piece in set(text)], minlength=pieces) / len(texts)
    weights: Reals = (RARE / (RARE + seen / SMOOTH)).astype(np.float32)
    return weights


def mixing(texts: list[list[int]], weights: Reals) -> sparse.csr_matrix:
    """The matrix that makes weighted means of pieces' vectors (texts × pieces)."""
    ends = np.cumsum([0, *map(len, texts)])
    at = np.array([piece for text in texts for piece in text])
    mix = sparse.csr_matrix((weights[at], at, ends), shape=(len(texts), len(weights)))
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(np.asarray(mix.sum(axis=1)).ravel(), 1e-9)) @ mix)


def without_common(alone: Reals) -> Reals:
    """Vectors of length one without their mean and the directions that all of them share."""
    alone = alone - alone.mean(axis=0)
    shared = np.linalg.svd(alone, full_matrices=False)[2][:DIRECTIONS]
    alone -= alone @ shared.T @ shared
    unit: Reals = alone / np.maximum(np.linalg.norm(alone, axis=1, keepdims=True), 1e-9)
    return unit


def fitted(start: Reals, mix: sparse.csr_matrix, wanted: Reals, ridge: float) -> Reals:
    """The vectors that are best for the texts and near where they began."""
    guess = mix @ start
    start = start * np.float32((guess * wanted).sum() / (guess * guess).sum())
    change, left = np.zeros_like(start), np.asarray(mix.T @ (wanted - mix @ start))
    way, size = left.copy(), (left * left).sum(axis=0)
    for _ in range(STEPS):
        ahead = mix.T @ (mix @ way) + np.float32(ridge) * way
        step = size / ((way * ahead).sum(axis=0) + 1e-12)
        change, left = change + way * step, left - ahead * step
        size, before = (left * left).sum(axis=0), size
        way = left + way * (size / (before + 1e-12))
    return np.asarray(start + change, dtype=np.float32)


def explained(vectors: Reals, mix: sparse.csr_matrix, wanted: Reals) -> float:
    """The share of the model's vectors that the means explain (R²)."""
    return float(1 - ((mix @ vectors - wanted) ** 2).sum() / (wanted**2).sum())


def written(vectors: Reals, weights: Reals, pieces: list[str], out: Path) -> None:
    """Write the vectors as `matching.meaning.static_vectors` reads them."""
    axes = np.linalg.svd(vectors, full_matrices=False)[2][:SIZE]
    short = vectors @ axes.T
    scale = np.maximum(np.abs(short).max(axis=1), 1e-9) / 127
    out.mkdir(exist_ok=True)
    np.save(out / "vectors.npy", np.round(short / scale[:, None]).astype(np.int8))
    np.save(out / "scales.npy", np.stack([scale, weights]).astype(np.float32))
    (out / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")


def checked(folder: Path) -> Path:
    """The folder if its weights are the published ones."""
    if digest(folder) != PUBLISHED:
        raise click.BadParameter(f"the weights in {folder} are not the published ones")
    return folder


def _pieces(model: SentenceModel, lines: list[str]) -> Iterator[list[int]]:
    yield from (model.numbers(line)[1:-1] for line in lines)


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.argument("texts", type=click.Path(exists=True, path_type=Path))
@click.argument("work", type=click.Path(path_type=Path))
@click.option("--out", default="matching/meaning/vectors", type=click.Path(path_type=Path), show_default=True)
@click.option("--ridge", default=0.3, show_default=True, help="How firmly pieces are held where they began.")
def main(folder: Path, texts: Path, work: Path, out: Path, ridge: float) -> None:
    """Fit the vectors and say how well they do on a tenth of the texts kept apart."""
    work.mkdir(exist_ok=True)
    model = SentenceModel(checked(folder))
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    ends = model.numbers("")
    cut = list(_pieces(model, texts.read_text(encoding="utf-8").splitlines()))
    cut = [pieces for pieces in cut if pieces]
    alone = said(model, [[ends[0], piece, ends[1]] for piece in range(len(vocabulary))], work, "alone")
    wanted = said(model, [[ends[0], *pieces, ends[1]] for pieces in cut], work, "texts")
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    wanted -= wanted.mean(axis=0)
    weights = weights_of(cut, len(vocabulary))
    mix, start = mixing(cut, weights), without_common(alone)
    kept = np.arange(len(cut)) % 10 == 0
    part = fitted(start, mix[~kept], wanted[~kept], ridge)
    click.echo(f"explained of texts kept apart: {explained(part, mix[kept], wanted[kept]):.3f}")
    vectors = fitted(start, mix, wanted, ridge)
    click.echo(f"explained of all texts: {explained(vectors, mix, wanted):.3f}")
    written(vectors, weights, vocabulary, out)


if __name__ == "__main__":
    main()

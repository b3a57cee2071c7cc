"""Fit the weights of matching.topics.guesser on questions whose topics are known, and print them.

    python bench/fit_topics.py [--model FOLDER]

The questions are the half for developing of bench/data/topics, for both manifests, and lines that are about
nothing. Lists of words are never complete, and these were written by one who knew the questions: so they
are tried with only a drawn half of all words and examples (twice), and with none of them. Beside them stand
questions that were written after the lists (`fresh.jsonl`), tried with all of both. Of each question,
drawn few topics count too, with and without a right one, since a workspace may have five topics or fifty.
Two steps, each by L-BFGS with a ridge: which topic, if any (a softmax over the four signs), then how sure
(a logistic regression over how far it is ahead, and its score). There a right topic counts as right in 92
of 100, since questions that nobody here has seen are harder.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy.optimize import minimize
from topics import Question, questions

from kernel.topics import Topic
from matching.meaning.sentence_model import SentenceModel
from matching.meaning.static_vectors import Reals, Vectors, shipped
from matching.topics.guesser import TopicGuesser, Weights, ahead_of
from matching.topics.tagging import TopicWords

DATA = Path(__file__).parent / "data" / "topics"
SHARES = ((0.5, 5), (0.5, 6), (0.0, 7))
SIZES, FEW, VAGUE, RIGHT = (5, 12), 0.3, 0.5, 0.6
RIDGE, HONEST, FRESH = 0.02, 0.92, 2.0


class Row(NamedTuple):
    """One question: the signs of each topic, which topics are right, and how much it counts."""

    signs: Reals
    right: NDArray[np.bool_]
    counts: float


class Remembered:
    """Vectors that are computed once, since the same phrases come again."""

    is_quick = True

    def __init__(self, table: Vectors) -> None:
        self._table, self._known = table, dict[str, Reals]()

    def many(self, texts: Sequence[str]) -> Reals:
        """One row a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._table.many(new) if new else [], strict=True))
        return np.array([self._known[text] for text in texts])


def thinned(topics: Sequence[TopicWords], share: float, seed: int) -> list[TopicWords]:
    """Topics with a drawn share of their words and examples."""
    draw = random.Random(seed)

    def some(phrases: Sequence[str]) -> tuple[str, ...]:
        return tuple(phrase for phrase in phrases if draw.random() < share)

    return [replace(topic, words=some(topic.words), examples=some(topic.examples)) for topic in topics]


def rows(
    topics: Sequence[TopicWords], asked: Sequence[Question], vectors: Vectors, counts: float
) -> Iterator[Row]:
    """Yield what the topics' words say of each question."""
    guesser = TopicGuesser(topics, lambda: vectors)
    for each in asked:
        right = np.array([topic.id in each.topics for topic in topics])
        yield Row(guesser.signs(each.text), right, counts if each.topics else VAGUE)


def with_few(all_rows: Sequence[Row]) -> Iterator[Row]:
    """Yield each row, and with drawn few of its topics."""
    draw = np.random.default_rng(3)
    for row in all_rows:
        yield row
        for size in SIZES:
            chosen = draw.choice(len(row.right), size, replace=False)
            if row.right.any() and draw.random() < RIGHT:
                chosen[0] = draw.choice(np.flatnonzero(row.right))
            at = np.unique(chosen)
            yield Row(row.signs[at], row.right[at], row.counts * FEW)


def fitted(seen: Sequence[Row]) -> Weights:
    """The weights that make what came likeliest."""

    def loss(flat: Reals) -> float:
        return sum(row.counts * _surprise(row, flat) for row in seen) + RIDGE * float((flat[:4] ** 2).sum())

    begin, bounds = [3.0, 1.0, 12.0, 8.0, 4.0], [(0, None)] * 4 + [(None, None)]
    found = minimize(loss, begin, method="L-BFGS-B", bounds=bounds).x
    return Weights(*found.tolist(), *_sureness(seen, found).tolist())


def _surprise(row: Row, flat: Reals) -> float:
    """Minus the log of the chance of a right topic, or of none where none is right."""
    scores = np.append(row.signs @ flat[:4], flat[4])
    right = np.append(row.right, not row.right.any())
    return float(np.logaddexp.reduce(scores) - np.logaddexp.reduce(scores[right]))


def _sureness(seen: Sequence[Row], flat: Reals) -> Reals:
    scores = [row.signs @ flat[:4] for row in seen]
    ahead = np.concatenate([ahead_of(each, float(flat[4])) for each in scores])
    signs = np.stack([ahead, np.concatenate(scores), np.ones(len(ahead))], axis=1)
    right = HONEST * np.concatenate([row.right for row in seen])
    counts = np.concatenate([np.full(len(row.right), row.counts) for row in seen])

    def loss(weights: Reals) -> float:
        logits = signs @ weights
        return float((counts * (np.logaddexp(0, logits) - right * logits)).sum() + RIDGE * (weights**2).sum())

    found: Reals = minimize(loss, [1.0, 0.0, 0.0], method="L-BFGS-B").x
    return found


def topics_of(manifest: Path) -> list[TopicWords]:
    """The topics of a manifest."""
    return [Topic.model_validate(raw).in_words for raw in YAML(typ="safe").load(manifest)["topics"]]


@click.command()
@click.option("--model", type=click.Path(exists=True, path_type=Path), help="A sentence model's folder.")
def main(model: Path | None) -> None:
    """Print the weights, to be written into matching/topics/guesser.py."""
    vectors = Remembered(SentenceModel(model) if model else shipped())
    vague = questions(DATA / "vague.jsonl")
    shipped_topics, factory = topics_of(Path("manifest.yml")), topics_of(DATA / "factory.yml")
    own = questions(DATA / "dev.jsonl") + vague
    seen = [
        row for share, seed in SHARES for row in rows(thinned(shipped_topics, share, seed), own, vectors, 1.0)
    ]
    seen += rows(shipped_topics, questions(DATA / "fresh.jsonl"), vectors, FRESH)
    seen += rows(factory, questions(DATA / "factory_dev.jsonl") + vague, vectors, 2.0)
    print(Weights(*(round(weight, 3) for weight in fitted(list(with_few(seen))))))


if __name__ == "__main__":
    main()

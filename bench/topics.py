"""Which topics do everyday questions find? Judged on questions whose topics are known.

    python bench/topics.py QUESTIONS.jsonl [--manifest manifest.yml] [--model FOLDER] [--json]

A line is {"id", "text", "topics"}: any of the topics is right. Without a past, as on the first day. *None*:
no guess at all. *Filed*: filed at once, and how many of those topics are right. *Among*: a right topic is
among the first 1, 3, 5. *Off*: how far the chances are from what came (expected calibration error, over ten
bins of what is guessed first to third). Each row leaves out a part of what the guesses come from.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np
from ruamel.yaml import YAML

from kernel.topics import Topic
from matching.meaning.sentence_model import SentenceModel
from matching.meaning.static_vectors import Vectors, shipped
from matching.topics.guesser import TopicGuesser
from matching.topics.semantic import SemanticGuesser
from matching.topics.tagging import Suggestion, Tagger, TopicWords, sure

AMONG, SHOWN, BINS, CALIBRATED = (1, 3, 5), 10, 10, 3
Suggest = Callable[[str], Sequence[Suggestion]]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, and the topics that are right for it."""

    text: str
    topics: frozenset[str]


def questions(path: Path) -> list[Question]:
    """The questions of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [Question(row["text"], frozenset(row["topics"])) for row in rows]


def figures(suggest: Suggest, asked: Sequence[Question]) -> dict[str, float]:
    """The shares that the module speaks of, and the milliseconds that a question takes."""
    began = time.process_time()
    found = [list(suggest(each.text)) for each in asked]
    took = (time.process_time() - began) / len(asked) * 1000
    filed = [(sure(guesses), each) for guesses, each in zip(found, asked, strict=True)]
    at_once = [(topic, each) for topics, each in filed for topic in topics]
    right = sum(topic in each.topics for topic, each in at_once)
    return {
        "none": sum(not guesses for guesses in found) / len(asked),
        "filed": sum(bool(topics) for topics, _ in filed) / len(asked),
        "precision": right / max(1, len(at_once)),
        **{f"among {n}": _among(found, asked, n) for n in AMONG},
        "off": _off(calibration(found, asked)),
        "ms": took,
    }


def _among(found: Sequence[Sequence[Suggestion]], asked: Sequence[Question], most: int) -> float:
    hits = (
        any(guess.topic_id in each.topics for guess in guesses[:most])
        for guesses, each in zip(found, asked, strict=True)
    )
    return sum(hits) / len(asked)


def calibration(
    found: Sequence[Sequence[Suggestion]], asked: Sequence[Question]
) -> list[tuple[int, float, float]]:
    """For each tenth of chances its guesses, their mean chance, and the share that is right."""
    pairs = [
        (guess.confidence, guess.topic_id in each.topics)
        for guesses, each in zip(found, asked, strict=True)
        for guess in guesses[:CALIBRATED]
    ]
    chances, right = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    return [
        (int((bins == at).sum()), float(chances[bins == at].mean()), float(right[bins == at].mean()))
        for at in np.unique(bins)
    ]


def _off(table: Sequence[tuple[int, float, float]]) -> float:
    whole = sum(count for count, _, _ in table)
    return sum(count * abs(chance - right) for count, chance, right in table) / max(1, whole)


def show(rows: Mapping[str, Mapping[str, float]], table: Sequence[tuple[int, float, float]]) -> None:
    """Print the figures of each way, and the calibration of the first."""
    for way, row in rows.items():
        print(f"{way:26}", *(f"{name} {value:.3f} " for name, value in row.items()))
    for count, chance, right in table:
        print(f"  said {chance:.2f}  right {right:.2f}  of {count}")


def by_model(topics: Sequence[TopicWords], folder: Path) -> Mapping[str, Tagger]:
    """How topics are found with a sentence model."""
    guesser = SemanticGuesser(topics, lambda: SentenceModel(folder))
    guesser.prepare()
    return {"all": guesser}


def ways(topics: Sequence[TopicWords], vectors: Vectors) -> Mapping[str, Tagger]:
    """How topics are found with everything, and without each part."""
    bare = [replace(topic, words=(), examples=()) for topic in topics]
    return {
        "all": TopicGuesser(topics, lambda: vectors),
        "without words": TopicGuesser([replace(topic, words=()) for topic in topics], lambda: vectors),
        "without examples": TopicGuesser([replace(topic, examples=()) for topic in topics], lambda: vectors),
        "without words and examples": TopicGuesser(bare, lambda: vectors),
        "without aliases": TopicGuesser([replace(topic, aliases=()) for topic in topics], lambda: vectors),
        "without vectors": TopicGuesser(topics),
        "names alone": Tagger(topics),
    }


@click.command()
@click.argument("path", metavar="QUESTIONS", type=click.Path(exists=True, path_type=Path))
@click.option("--manifest", default="manifest.yml", type=click.Path(exists=True, path_type=Path))
@click.option("--model", type=click.Path(exists=True, path_type=Path), help="A sentence model's folder.")
@click.option("--wrong", is_flag=True, help="Also print the questions whose topic is not among three.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(path: Path, manifest: Path, model: Path | None, wrong: bool, as_json: bool) -> None:
    """Judge topics from words, for example: python bench/topics.py bench/data/topics/dev.jsonl"""
    asked = questions(path)
    topics = [Topic.model_validate(raw).in_words for raw in YAML(typ="safe").load(manifest)["topics"]]
    found = by_model(topics, model) if model else ways(topics, shipped())
    for tagger in found.values():
        tagger.suggest("warm")
    rows = {way: figures(partial(tagger.suggest, limit=SHOWN), asked) for way, tagger in found.items()}
    guesses = [found["all"].suggest(each.text, SHOWN) for each in asked]
    if as_json:
        print(json.dumps(rows))
        return
    show(rows, calibration(guesses, asked))
    for each, said in zip(asked, guesses, strict=True):
        if wrong and not each.topics & {guess.topic_id for guess in said[:3]}:
            print(
                f"{each.text}  ({', '.join(sorted(each.topics))}): {[guess.topic_id for guess in said[:3]]}"
            )


if __name__ == "__main__":
    main()

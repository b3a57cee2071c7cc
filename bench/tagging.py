"""Which topics is a text about: by aliases, by nearest requests, and as learned; on sites of real requests.

    python bench/tagging.py FOLDER... [--past 50 --past 2000] [--json]

Topics are the tags used at least twenty times; requests with none of them are left out. In order of time, the
last 30 % are the test; what is learned comes from the latest requests before it, as many as given. P@1: the
surest topic is right. Micro-F1: all topics from the chance on that gave the most of it on the past (aliases:
surer than half). At once: the share filed without asking, and how many of those topics are right.
"""

import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click
import numpy as np
from command_line import of_sites, show_rows

from matching.topics.model import Tagged, TopicModel
from matching.topics.model_training import learn_topics
from matching.topics.similar_texts import Corpus, words_of
from matching.topics.tagging import Suggestion, Tagger, TopicWords, sure

OFTEN, TEST_SHARE, SHOWN, LIKELY, NEAREST = 20, 0.3, 10, 0.25, 30
Suggest = Callable[[str], list[Suggestion]]


def load(folder: Path) -> tuple[list[Tagged], Tagger]:
    """The requests of a site that have a frequent tag, with only those, and a tagger of these tags."""
    with gzip.open(folder / "requests.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    counts = Counter(tag for each in raw for tag in each["tags"])
    often = {tag for tag, count in counts.items() if count >= OFTEN}
    words = json.loads((folder / "tags.json").read_text())
    topics = [TopicWords(tag, tag, tuple(words.get(tag, {}).get("aliases", ()))) for tag in sorted(often)]
    texts = (f"{each['title']}\n{each['text']}" for each in raw)
    tagged = [
        Tagged(text, tuple(sorted(often.intersection(each["tags"]))))
        for each, text in zip(raw, texts, strict=True)
    ]
    return [each for each in tagged if each.topics], Tagger(topics)


def figures(suggest: Suggest, wanted: list[Tagged], half: float) -> dict[str, float]:
    """P@1, micro-F1 of suggestions of at least *half*, and what filing at once would do."""
    first = hits = said = meant = filed = filed_right = filed_topics = 0
    began = time.perf_counter()
    for each in wanted:
        guesses = suggest(each.text)
        first += bool(guesses) and guesses[0].topic_id in each.topics
        chosen = {guess.topic_id for guess in guesses if guess.confidence >= half}
        hits, said, meant = (
            hits + len(chosen & set(each.topics)),
            said + len(chosen),
            meant + len(each.topics),
        )
        at_once = sure(guesses)
        filed += bool(at_once)
        filed_topics, filed_right = (
            filed_topics + len(at_once),
            filed_right + len(set(at_once) & set(each.topics)),
        )
    return {
        "P@1": first / len(wanted),
        "micro-F1": 2 * hits / max(1, said + meant),
        "at once": filed / len(wanted),
        "right": filed_right / max(1, filed_topics),
        "ms": (time.perf_counter() - began) / len(wanted) * 1000,
    }


def nearest(past: Sequence[Tagged]) -> Suggest:
    """The vote of the thirty past requests most like a text by tf-idf, by squared likeness."""
    corpus = Corpus()
    for each in past:
        corpus.add(words_of(each.text))

    def suggest(text: str) -> list[Suggestion]:
        likeness = corpus.likeness(words_of(text)) ** 2
        near = np.argsort(-likeness, kind="stable")[:NEAREST]
        votes: Counter[str] = Counter()
        for at in near:
            votes.update({topic: float(likeness[at]) for topic in past[at].topics})
        whole = float(likeness[near].sum()) or 1.0
        return [Suggestion(topic, vote / whole, ()) for topic, vote in votes.most_common(SHOWN)]

    return suggest


def measure(folder: Path, sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """The figures of aliases and, by size of past, of nearest requests, regression and blend."""
    tagged, tagger = load(folder)
    split = int(len(tagged) * (1 - TEST_SHARE))
    test = tagged[split:]
    silent = Silent(TopicWords(topic, topic) for topic in tagger.topics)
    table = {"aliases": figures(lambda text: tagger.suggest(text, SHOWN), test, 0.5)}
    for size in sizes:
        past, after = tagged[max(0, split - size) : split], f"after {min(size, split)}"
        table[f"nearest {after}"] = figures(nearest(past), test, LIKELY)
        for way, words in (("regression", silent), ("blend", tagger)):
            model = learn_topics(past, words)
            table[f"{way} {after}"] = learned(model, words, test)
    return table


def learned(model: TopicModel | None, words: Tagger, test: list[Tagged]) -> dict[str, float]:
    """The figures of a model, or of topics' own words where nothing better was learned."""
    if model is None:
        return figures(lambda text: words.suggest(text, SHOWN), test, 0.5)
    suggest = partial(model.suggest, words, limit=SHOWN)
    return figures(suggest, test, model.confidence(model.likely))


class Silent(Tagger):
    """A tagger that knows the topics and finds none of their names in any text."""

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """Nothing."""
        return []


@of_sites(partial(show_rows, width=24))
@click.option(
    "--past", "sizes", multiple=True, type=int, default=(50, 200, 2000), help="Requests to learn from."
)
def main(folder: Path, sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """Measure topics from words on sites of past requests, as python bench/tagging.py sites/dba"""
    return measure(folder, sizes)


if __name__ == "__main__":
    main()

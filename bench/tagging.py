"""Which topics is a text about: by aliases, and as learned from past requests; on sites of real requests.

    python bench/tagging.py FOLDER... [--past 50 --past 2000] [--json]

Topics are the tags used at least twenty times. In order of time, the last 30 % are the test; what is
learned comes from the latest requests before it, as many as given. P@1: the surest topic is right.
Micro-F1: all topics likelier than one in four (for aliases: surer than half). At once: the share filed
without asking, and how many of those topics are right.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from matching.tagging import FILE_AT_ONCE, Suggestion, Tagger, TopicWords, sure
from matching.topic_model import Tagged, learn_topics

OFTEN, TEST_SHARE, SHOWN, LIKELY = 20, 0.3, 10, 0.25
Suggest = Callable[[str], list[Suggestion]]


def load(folder: Path) -> tuple[list[Tagged], Tagger]:
    """Return the requests of a site that have a frequent tag, with only those, and a tagger of these tags."""
    with gzip.open(folder / "requests.jsonl.gz", "rt", encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    counts = Counter(tag for each in raw for tag in each["tags"])
    often = {tag for tag, count in counts.items() if count >= OFTEN}
    words = json.loads((folder / "tags.json").read_text())
    topics = [TopicWords(tag, tag, tuple(words.get(tag, {}).get("aliases", ()))) for tag in sorted(often)]
    texts = (f"{each['title']}\n{each['title']}\n{each['text']}" for each in raw)
    tagged = [
        Tagged(text, tuple(sorted(often.intersection(each["tags"]))))
        for each, text in zip(raw, texts, strict=True)
    ]
    return [each for each in tagged if each.topics], Tagger(topics)


def figures(suggest: Suggest, wanted: list[Tagged], half: float) -> dict[str, float]:
    """Return P@1, micro-F1 of suggestions of at least *half*, and what filing at once would do."""
    first = hits = said = meant = filed = filed_right = filed_topics = 0
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
    }


def measure(folder: Path, sizes: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """Return the figures of aliases alone and of models of several sizes of past."""
    tagged, tagger = load(folder)
    split = int(len(tagged) * (1 - TEST_SHARE))
    table = {"aliases": figures(lambda text: tagger.suggest(text, SHOWN), tagged[split:], 0.5)}
    for size in sizes:
        model = learn_topics(tagged[max(0, split - size) : split], tagger)
        half = FILE_AT_ONCE * LIKELY / max(model.threshold, LIKELY)
        suggest = partial(model.suggest, tagger, limit=SHOWN)
        table[f"after {min(size, split)}"] = figures(suggest, tagged[split:], half)
    return table


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--past", "sizes", multiple=True, type=int, default=(50, 200, 2000), help="Requests to learn from."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folders: tuple[Path, ...], sizes: tuple[int, ...], as_json: bool) -> None:
    """Measure topics from words on sites of past requests, for example: python bench/tagging.py sites/dba"""
    tables = {folder.name: measure(folder, sizes) for folder in folders}
    if as_json:
        print(json.dumps(tables))
        return
    for site, table in tables.items():
        for way, row in table.items():
            print(f"{site:14} {way:12}", *(f"{name} {value:.3f}" for name, value in row.items()), flush=True)


if __name__ == "__main__":
    main()

"""Gather short texts of many fields, one a line, for bench/vectors.py to learn from.

    python bench/vector_texts.py --wordnet FOLDER --summaries FILE --site FOLDER... > texts.txt

WordNet 3.0's data files give example sentences and short glosses (its own permissive licence). *Summaries*
are of packages, one a line. A *site* is a folder as bench/tagging.py reads: titles of questions (Stack
Exchange contributors, CC BY-SA). The field's own language comes from bench/data/topics/field.txt, in frames
as people ask. Of each source a fixed draw is taken; the same sources give the same lines.
"""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

FIELD = Path(__file__).parent / "data" / "topics" / "field.txt"
FRAMES, SHORTEST, LONGEST = 14, 3, 18
QUOTED = re.compile(r'"([^"]+)"')


def asked(lines: Iterable[str], draw: random.Random) -> Iterator[str]:
    """Yield each phrase of the field alone and in some of the frames."""
    kept = [line for line in lines if line and not line.startswith("#")]
    frames = [line for line in kept if "{}" in line]
    for phrase in (line for line in kept if "{}" not in line):
        yield from (frame.format(phrase) for frame in ["{}", *draw.sample(frames[1:], FRAMES)])


def told(folder: Path) -> Iterator[str]:
    """Yield WordNet's example sentences, and its glosses with the word that they explain."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            entry, _, gloss = line.partition(" | ")
            if gloss and not line.startswith("  "):
                yield from QUOTED.findall(gloss)
                yield f"{entry.split()[4].replace('_', ' ')}: {gloss.split(';')[0].strip()}"


def titles(folder: Path) -> Iterator[str]:
    """Yield the titles of a site's questions."""
    with gzip.open(folder / "requests.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["title"] for line in lines)


def drawn(texts: Iterable[str], most: int, draw: random.Random) -> list[str]:
    """At most so many of the short texts, none twice."""
    short = sorted({text.strip() for text in texts if SHORTEST <= len(text.split()) <= LONGEST})
    return draw.sample(short, min(most, len(short)))


@click.command()
@click.option("--wordnet", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--summaries", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--site", "sites", multiple=True, type=click.Path(exists=True, path_type=Path))
@click.option("--each", default=6_000, help="Texts of each source; of WordNet four times as many.")
def main(wordnet: Path, summaries: Path, sites: tuple[Path, ...], each: int) -> None:
    """Print texts to learn from, for example: --wordnet wn --summaries summaries.txt --site sites/dba"""
    draw = random.Random(1)
    texts = list(asked(FIELD.read_text(encoding="utf-8").splitlines(), draw))
    texts += drawn(told(wordnet), 4 * each, draw)
    texts += drawn(summaries.read_text(encoding="utf-8").splitlines(), each, draw)
    for site in sites:
        texts += drawn(titles(site), each, draw)
    print("\n".join(dict.fromkeys(" ".join(text.split()) for text in texts)))


if __name__ == "__main__":
    main()

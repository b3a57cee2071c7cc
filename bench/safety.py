"""What the safety check says of texts, in the app's own code path.

    python bench/safety.py TEXTS.jsonl [MORE.jsonl | FOLDER]...

Each line is {"id", "text"} and may have a "label": a category of sensing.safety (`self_harm`, `burnout`, …,
`none`) or a tier (`tier1`, `tier2`, `tier3`). Prints one line per text: {"id", "tier", "category"}. Where
there are labels, a table follows on stderr: how many of each label were found at its tier or a graver one,
and how many at all; of texts labelled `none` the latter are false alarms.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from sensing.safety import TIERS, Category, Finding, Tier, read

NAMES = {f"tier{tier.value}": tier for tier in Tier}


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    labelled: list[tuple[str, Finding]] = []
    for row in rows(paths):
        finding = read(row["text"])
        print(json.dumps({"id": row["id"], "tier": finding.tier.value, "category": finding.category.value}))
        if "label" in row:
            labelled.append((row["label"], finding))
    if labelled:
        print("\n".join(table(labelled)), file=sys.stderr)


def rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the lines of files, and of the files of folders by their names; gzip is read too."""
    for path in paths:
        if path.is_dir():
            yield from rows(sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]))
            continue
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def table(labelled: Iterable[tuple[str, Finding]]) -> Iterator[str]:
    """Yield the lines of a table: each label, its texts, those at its tier or graver, those of any tier."""
    texts, found, noticed = Counter[str](), Counter[str](), Counter[str]()
    for label, finding in labelled:
        texts[label] += 1
        found[label] += _answers(label, finding)
        noticed[label] += finding.tier is not Tier.NONE
    yield f"{'label':<16}{'texts':>7}{'at its tier':>13}{'at any tier':>13}"
    for label in sorted(texts, key=lambda label: (tier_of(label) or 9, label)):
        at_tier = "" if tier_of(label) is Tier.NONE else f"{found[label] / texts[label]:.1%}"
        yield f"{label:<16}{texts[label]:>7}{at_tier:>13}{noticed[label] / texts[label]:>13.1%}"


def tier_of(label: str) -> Tier:
    """Return the tier that a label asks for."""
    return NAMES[label] if label in NAMES else TIERS.get(Category(label), Tier.NONE)


def _answers(label: str, finding: Finding) -> bool:
    return finding.tier is not Tier.NONE and finding.tier <= tier_of(label)


if __name__ == "__main__":
    main()

"""What the safety check says of texts, in the app's own code path.

    python bench/safety.py TEXTS.jsonl [MORE.jsonl | FOLDER]...

Each line is {"id", "text"} and may have a "title", which is read before the text, and a "label": a category
of sensing.safety (`self_harm`, `burnout`, …, `none`), a tier (`tier1`, `tier2`, `tier3`) or any other word.
Prints one line per text: {"id", "tier", "category"}. Where there are labels, a table follows on stderr: how
many of each label were read at its own tier or a graver one, how many at tier 1, at tier 1 or 2, and at any;
of texts labelled `none` the last are false alarms. Last, also there, how many texts were read at each tier,
and what reading cost the processor.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

import click

from sensing.safety.safety import TIERS, Finding, Tier, read

NAMES = {f"tier{tier.value}": tier for tier in Tier} | {
    str(category): tier for category, tier in TIERS.items()
}


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    labelled: list[tuple[str, Finding]] = []
    tiers: Counter[int] = Counter()
    spent, length = 0.0, 0
    read("")  # the lists are made
    for row in rows(paths):
        began = process_time()
        finding = read(text_of(row))
        spent, length = spent + process_time() - began, length + len(text_of(row))
        print(json.dumps({"id": row["id"], "tier": finding.tier.value, "category": finding.category.value}))
        tiers[finding.tier.value] += 1
        if "label" in row:
            labelled.append((row["label"], finding))
    if labelled:
        print("\n".join(table(labelled)), file=sys.stderr)
    if length:
        found = ", ".join(f"tier {tier} {tiers[tier]}" for tier in (1, 2, 3))
        print(f"{found} of {tiers.total()} texts", file=sys.stderr)
        print(f"{1e5 * spent / length:.2f} ms of the processor for 100 characters", file=sys.stderr)


def rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Yield the lines that have a text, of files and of the files of folders by their names; gzip, too."""
    for path in paths:
        if path.is_dir():
            yield from rows(sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")]))
            continue
        with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
            yield from (row for line in lines if line.strip() and "text" in (row := json.loads(line)))


def text_of(row: Mapping[str, Any]) -> str:
    """What is read of a line."""
    return "\n".join(row[part] for part in ("title", "text") if part in row)


def table(labelled: Iterable[tuple[str, Finding]]) -> Iterator[str]:
    """Yield the lines of a table: each label, its texts, those at its own tier and up to each."""
    tiers: dict[str, list[Tier]] = {}
    for label, finding in labelled:
        tiers.setdefault(label, []).append(finding.tier)
    yield f"{'label':<20}{'texts':>7}{'own tier':>10}{'tier 1':>9}{'tier 1-2':>10}{'any tier':>10}"
    for label in sorted(tiers, key=lambda label: (tier_of(label) or 9, label)):
        found, own = tiers[label], tier_of(label)
        up_to = [f"{share(found, tier):.1%}" for tier in (own, *Tier) if tier]
        shares = up_to if own else ["", *up_to]
        yield f"{label:<20}{len(found):>7}{shares[0]:>10}{shares[1]:>9}{shares[2]:>10}{shares[3]:>10}"


def share(found: list[Tier], tier: Tier) -> float:
    """The share of texts that were read at a tier or a graver one."""
    return sum(Tier.NONE < each <= tier for each in found) / len(found)


def tier_of(label: str) -> Tier:
    """The tier that a label asks for; none for `none` and for words of one's own."""
    return NAMES.get(label, Tier.NONE)


if __name__ == "__main__":
    main()

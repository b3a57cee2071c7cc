"""Which kind of help the app advises for texts, in the app's own code path.

    python bench/triage.py CASES.jsonl [MORE.jsonl]...

Each line is {"id", "text", "level"} and may have "expected": ask, coach, sprint, peer_coach, mentorship,
reverse or sponsor. Prints one line per case: {"id", "choice", "reasons"}. Where something is expected, the
accuracy and the confusion table follow on stderr (rows: expected, columns: advised).
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from sensing.triage import Advice, Choice, advise

DEFAULT_LEVEL = 3


@click.command(help=__doc__)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def main(paths: tuple[Path, ...]) -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for row in map(json.loads, filter(str.strip, path.open())):
            advice = advise(row["text"], level=row.get("level", DEFAULT_LEVEL))
            print(json.dumps(told(row["id"], advice), ensure_ascii=False))
            if "expected" in row:
                pairs[row["expected"], advice.choice] += 1
    if pairs:
        print("\n".join(table(pairs)), file=sys.stderr)


def told(case_id: str, advice: Advice) -> dict[str, Any]:
    """Return one line of the output."""
    reasons = [{"feature": because.feature, "words": because.evidence} for because in advice.reasons]
    return {"id": case_id, "choice": advice.choice, "reasons": reasons}


def table(pairs: Counter[tuple[str, str]]) -> Iterable[str]:
    """Return the accuracy and the confusion table."""
    right = sum(number for (expected, advised), number in pairs.items() if expected == advised)
    yield f"accuracy {right / pairs.total():.1%} of {pairs.total()}"
    yield from _grid(pairs)


def _grid(pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    yield f"{'':<11}" + "".join(f"{choice:>11}" for choice in Choice)
    for expected in Choice:
        yield f"{expected:<11}" + "".join(f"{pairs[expected, advised] or '·':>11}" for advised in Choice)


if __name__ == "__main__":
    main()

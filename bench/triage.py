"""Which kind of help the app advises for texts, in the app's own code path.

    python bench/triage.py CASES.jsonl [MORE.jsonl.gz | FOLDER]...

Each line is {"id", "text", "level"} and may have a "title", which is read before the text, and "expected":
ask, coach, sprint, peer_coach, mentorship, reverse or sponsor. Prints one line per case: {"id", "choice",
"held", "reasons"}. Where something is expected, the accuracy and the confusion table follow on stderr (rows:
expected, columns: advised); of other lines, how many `/ask-mentor` would hold until their writer chooses.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from safety import rows, text_of

from handlers.triage.triage_step import QuestionReading
from sensing.safety.safety import NOTHING
from sensing.triage.triage import Advice, Choice, advise

DEFAULT_LEVEL = 3


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    held: list[bool] = []
    for row in rows(paths):
        advice = advise(text_of(row), level=row.get("level", DEFAULT_LEVEL))
        print(json.dumps(told(row["id"], advice), ensure_ascii=False))
        if "expected" in row:
            pairs[row["expected"], advice.choice] += 1
        else:
            held.append(is_held(advice))
    print("\n".join(summary(pairs, held)), file=sys.stderr)


def told(case_id: str, advice: Advice) -> dict[str, Any]:
    """One line of the output."""
    reasons = [{"feature": because.feature, "words": because.evidence} for because in advice.reasons]
    return {"id": case_id, "choice": advice.choice, "held": is_held(advice), "reasons": reasons}


def is_held(advice: Advice) -> bool:
    """Whether `/ask-mentor` would ask its writer first, where guided talks are on."""
    return QuestionReading(NOTHING, advice).is_coached


def summary(pairs: Counter[tuple[str, str]], held: Sequence[bool]) -> Iterator[str]:
    """Yield what follows the cases: how many were right, and how many would not be asked at once."""
    if pairs:
        yield from table(pairs)
    if held:
        yield f"held before asking {sum(held) / len(held):.2%} of {len(held)}"


def table(pairs: Counter[tuple[str, str]]) -> Iterable[str]:
    """The accuracy and the confusion table."""
    right = sum(number for (expected, advised), number in pairs.items() if expected == advised)
    yield f"accuracy {right / pairs.total():.1%} of {pairs.total()}"
    yield from _grid(pairs)


def _grid(pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    yield f"{'':<11}" + "".join(f"{choice:>11}" for choice in Choice)
    for expected in Choice:
        yield f"{expected:<11}" + "".join(f"{pairs[expected, advised] or '·':>11}" for advised in Choice)


if __name__ == "__main__":
    main()

"""How often would another angle be offered to whom it shouldn't be?

    python bench/angles.py [FOLDER of real questions: requests.jsonl.gz, answers.jsonl.gz]

Kinds of askers, a year each, looked at after every question. **These people are assumed**: only the last kind
leans on somebody, so every offer to another is a false alarm. Real askers of a public site choose nobody, so
there every offer would be chance alone; what they tried is not known, and counted as nothing.
"""

import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kernel.values import PersonId, TopicId
from relationships.another_angle.pattern import AngleRules, PastQuestion, pattern

BEGIN, YEAR = datetime(2026, 1, 1, tzinfo=UTC), 365
EACH = 2_000
AGAINS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions a quarter, the share to one person, the share on one topic, and the share of tries before."""

    name: str
    asks: float
    to_one: float
    on_one: float
    tries: float


KINDS = (
    Kind("spreads their questions", 8, 0.25, 0.3, 0.3),
    Kind("asks a lot, of many", 20, 0.3, 0.3, 0.3),
    Kind("loyal, tries first", 8, 0.8, 0.5, 0.85),
    Kind("loyal, one thing after another", 8, 0.8, 0.15, 0.4),
    Kind("asks seldom, always the same", 3, 0.9, 0.6, 0.3),
    Kind("leans on one person", 8, 0.8, 0.7, 0.25),
)


def asked(kind: Kind, draw: random.Random) -> list[PastQuestion]:
    """Somebody's questions of a year, in order."""
    moments = sorted(draw.uniform(0, YEAR) for _ in range(round(draw.gauss(4 * kind.asks, kind.asks / 2))))
    return [
        PastQuestion(
            PersonId("U0" if draw.random() < kind.to_one else f"U{draw.randint(1, 8)}"),
            (TopicId("T0" if draw.random() < kind.on_one else f"T{draw.randint(1, 8)}"),),
            draw.random() < kind.tries,
            BEGIN + timedelta(days=at),
        )
        for at in moments
    ]


def is_offered(asks: Sequence[PastQuestion], rules: AngleRules) -> bool:
    """Whether another angle is offered after any of these questions, which are in order."""
    since = timedelta(days=rules.days)
    return any(
        pattern([ask for ask in asks[: last + 1] if asks[last].at - ask.at < since], rules)
        for last in range(rules.asks - 1, len(asks))
    )


def simulated() -> None:
    """Print, of each kind, the share that is offered another angle within a year."""
    for kind in KINDS:
        draw = random.Random(kind.name)
        people = [asked(kind, draw) for _ in range(EACH)]
        shares = {
            again: sum(is_offered(person, AngleRules(again=again)) for person in people) / EACH
            for again in AGAINS
        }
        said = ", ".join(f"{share:6.1%} with {again}" for again, share in shares.items())
        print(f"{kind.name:32} {said}")


def real(folder: Path) -> None:
    """Print how many real askers would be offered one, of those who asked enough."""
    askers = [asker for asker in _askers(folder).values() if len(asker) >= AngleRules().asks]
    for again in AGAINS:
        offered = sum(is_offered(asker, AngleRules(again=again)) for asker in askers)
        print(f"{folder.name}: {offered} of {len(askers)} who asked five times or more, with {again}")


def _askers(folder: Path) -> dict[str, list[PastQuestion]]:
    """What each asked, by whose answer was accepted, in order."""
    helpers = {
        line["request"]: line["helper"] for line in _lines(folder / "answers.jsonl.gz") if line["accepted"]
    }
    found: dict[str, list[PastQuestion]] = {}
    for it in sorted(_lines(folder / "requests.jsonl.gz"), key=lambda it: it["t"]):
        if it["id"] in helpers and helpers[it["id"]] != it["asker"]:
            topics, at = tuple(map(TopicId, it["tags"])), BEGIN + timedelta(days=it["t"])
            one = PastQuestion(PersonId(str(helpers[it["id"]])), topics, False, at)
            found.setdefault(str(it["asker"]), []).append(one)
    return found


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    simulated()
    for given in sys.argv[1:]:
        real(Path(given))

"""Learns from written cases what single words lean towards, and prints the table that triage reads.

    python bench/triage_words.py CASES.jsonl [MORE.jsonl]... > sensing/words/leanings.tsv

Each line is {"id", "text", "level", "expected"}. A logistic regression over the beginnings of words that
occur in three cases or more, the question mark, the clues of `sensing/words/clues` and a senior level; small
weights are preferred (ridge), so that a word counts as far as several cases agree. Each token's weights add
up to nothing.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import click
import numpy as np
from numpy.typing import NDArray
from safety import rows
from scipy.optimize import minimize

from sensing.triage.evidence_spans import Showing
from sensing.triage.features import Choice
from sensing.triage.priors import beginnings, shares

LEAST_CASES = 3
RIDGE = 0.1
SCALE = 3.0
STEPS = 150

Floats: TypeAlias = NDArray[np.float64]
Tokens: TypeAlias = tuple[set[str], list[str]]


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def main(paths: tuple[Path, ...]) -> None:
    cases = list(rows(paths))
    read = [tokens(case) for case in cases]
    known = vocabulary(read)
    weights = learned(matrix(read, known), np.array([list(Choice).index(case["expected"]) for case in cases]))
    print("\t".join(["token", *Choice]))
    for token, row in zip(known, SCALE * (weights - weights.mean(axis=1, keepdims=True)), strict=True):
        print("\t".join([token, *(f"{weight:.2f}" for weight in row)]))


def tokens(case: dict[str, Any]) -> Tokens:
    """The beginnings of words and the clues of a case."""
    shown = Showing.of(case["text"], case["level"])
    return beginnings(shown.text, shown.said), shown.clues


def vocabulary(read: Sequence[Tokens]) -> list[str]:
    """The tokens that enough cases have, in order."""
    numbers = Counter(token for begun, clues in read for token in [*begun, *(f"@{clue}" for clue in clues)])
    return sorted(token for token, number in numbers.items() if number >= LEAST_CASES)


def matrix(read: Sequence[Tokens], known: Sequence[str]) -> Floats:
    """How much each token counts in each case."""
    columns = {token: number for number, token in enumerate(known)}
    counted = np.zeros((len(read), len(known)))
    for row, (begun, clues) in zip(counted, read, strict=True):
        for token, share in shares(begun, clues, columns).items():
            row[columns[token]] = share
    return counted


def learned(counted: Floats, expected: NDArray[np.int64]) -> Floats:
    """The weights, tokens × choices, that make what was expected likely and stay small."""
    wanted = np.eye(len(Choice))[expected]
    shape = (counted.shape[1], len(Choice))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        sums = counted @ weights
        sums -= sums.max(axis=1, keepdims=True)
        logs = sums - np.log(np.exp(sums).sum(axis=1, keepdims=True))
        slope = counted.T @ (np.exp(logs) - wanted) + 2 * RIDGE * weights
        return float(RIDGE * (weights**2).sum() - (logs * wanted).sum()), slope.ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return np.asarray(found.x).reshape(shape)


if __name__ == "__main__":
    main()

"""Pairs one cohort, given as JSON on stdin, in a process of its own: it loads scipy and takes seconds.

It writes a line on stderr after each step, and the pairing on stdout. What it is asked never touches the
store.
"""

import os
import sys

from matching.pairing.pairing import pair
from matching.pairing.values import BadPin
from slackapp.pairing.solving import ANSWER, COHORT, Refused, Solved

POLITE = 5


def main() -> None:
    """Read a cohort, pair it, and print the answer."""
    os.nice(POLITE)
    cohort = COHORT.validate_json(sys.stdin.buffer.read())
    try:
        answer = Solved(pairing=pair(cohort, _step))
    except BadPin as no:
        answer = Solved(refused=Refused(no.two, no.obstacle, no.pinned, no.places, no.fewest))
    sys.stdout.buffer.write(ANSWER.dump_json(answer))


def _step() -> None:
    sys.stderr.write("\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()

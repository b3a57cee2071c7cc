"""Has a cohort paired by a process of its own, so that the event loop goes on and scipy stays outside."""

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter

from matching.pairing.values import BadPin, Cohort, Obstacle, Pairing, Two
from slackapp.process.errors import Stop

COMMAND = (sys.executable, "-m", "slackapp.pairing.worker")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
STEPS = 4  # as many as there usually are; a few more where it is hard


@dataclass(frozen=True, slots=True)
class Refused:
    """The facts of a BadPin."""

    two: Two
    obstacle: Obstacle | None
    pinned: int
    places: int
    fewest: int


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of it: one of the two."""

    pairing: Pairing | None = None
    refused: Refused | None = None


COHORT, ANSWER = TypeAdapter(Cohort), TypeAdapter(Solved)


async def solved(
    cohort: Cohort, told: Callable[[], object] = lambda: None, command: tuple[str, ...] = COMMAND
) -> Pairing:
    """The pairing of a cohort, or raise BadPin. *told* is called after each step.

    Being cancelled ends the process; what ends it otherwise is a Stop.
    """
    errand = COHORT.dump_json(cohort)
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | ONE_THREAD,
        start_new_session=True,
    )
    try:
        said, last_words, _ = await asyncio.gather(
            _read(process), _follow(process, told), _write(process, errand)
        )
        code = await process.wait()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if code:
        raise Stop(
            f"The pairing was broken off ({last_words or f'exit {code}'}): try fewer people at a time."
        )
    return _taken(ANSWER.validate_json(said))


def _taken(answer: Solved) -> Pairing:
    if no := answer.refused:
        raise BadPin(no.two, no.obstacle, no.pinned, no.places, no.fewest)
    if answer.pairing is None:
        raise Stop("The pairing came to nothing: try once more.")
    return answer.pairing


async def _write(process: asyncio.subprocess.Process, errand: bytes) -> None:
    if process.stdin:
        with suppress(BrokenPipeError, ConnectionResetError):
            process.stdin.write(errand)
            await process.stdin.drain()
            process.stdin.close()


async def _read(process: asyncio.subprocess.Process) -> bytes:
    return await process.stdout.read() if process.stdout else b""


async def _follow(process: asyncio.subprocess.Process, told: Callable[[], object]) -> str:
    """Pass on each step; return the last line that says anything."""
    last = ""
    while process.stderr and (line := await process.stderr.readline()):
        if words := line.decode(errors="replace").strip():
            last = words
        else:
            told()
    return last

"""What `waymark pair` says: the mistakes of its lists, or the pairs with what speaks for and against each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.block_kit.counts import counted
from handlers.pairing.words import CohortWords
from matching.pairing.moves import Move
from matching.pairing.values import Cohort, MatchedPair, Pairing
from slackapp.commands.terminal import MOST_TOLD, say
from slackapp.people_import.table import LISTED, CellProblem
from slackapp.process.errors import BadFile


@dataclass(frozen=True, slots=True)
class Paired:
    """A cohort as it was paired; *written* is where to, if it was."""

    cohort: Cohort
    pairing: Pairing
    moves: tuple[Move, ...]
    notes: tuple[str, ...]
    written: Path | None
    in_circles: bool


def refuse(problems: Sequence[tuple[str, CellProblem]], more: int, as_json: bool) -> None:
    """Print what is wrong and end, when there is anything; *more* mistakes are not among them."""
    if not problems:
        return
    for file, problem in problems[:LISTED]:
        facts = {"file": file, "line": problem.line, "column": problem.column, "problem": problem.sentence}
        place = f"{file}, {problem}" if problem.line else f"{file}: {problem.sentence}"
        say(json.dumps(facts) if as_json else place, err=not as_json)
    count = len(problems) + more
    if count > LISTED:
        say(f"and {count - LISTED:,} more.", err=True)
    raise BadFile(f"{counted(count, 'mistake')}, so nobody was paired.")


def tell_notes(notes: Sequence[str]) -> None:
    """Print what may be a mistake: the first notes, and how many there are besides."""
    for note in notes[:LISTED]:
        say(f"Note: {note}", err=True)
    if len(notes) > LISTED:
        say(f"and {len(notes) - LISTED:,} more notes; --json has all of them.", err=True)


def lines(done: Paired, words: CohortWords) -> Iterator[str]:
    """Yield the report for a terminal."""
    yield words.proof(done.pairing, len(done.cohort.mentees))
    yield from _circles(done, words) if done.in_circles else _pairs(done.pairing.pairs, words)
    yield from _told("Without a mentor:", [_alone(mentee, words) for mentee in done.pairing.unpaired])
    yield from _told("Who moves:", [words.move(move) for move in done.moves])
    if free := done.pairing.free:
        yield from _told("Places left:", [f"{words.name(id)}: {places}" for id, places in free.items()])
    yield ""
    yield (
        f"Written to {done.written}."
        if done.written
        else "Nothing was written: that takes --pairs pairs.csv --write."
    )


def facts(done: Paired, words: CohortWords) -> dict[str, Any]:
    """The same as data; points are there to be compared with each other only."""
    found = done.pairing
    return {
        "mentees": len(done.cohort.mentees),
        "paired": len(found.pairs),
        "priority": str(done.cohort.priority),
        "seed": done.cohort.seed,
        "points": found.fit,
        "is_proved_best": not (found.slack or found.more),
        "at_most_more_points": found.slack,
        "at_most_more_paired": found.more,
        "pairs": [
            {
                "mentee": pair.mentee_id,
                "mentor": pair.mentor_id,
                "is_pinned": pair.is_pinned,
                "points": pair.fit,
                "for": words.speaks_for(pair),
                "against": words.speaks_against(pair),
            }
            for pair in found.pairs
        ],
        "unpaired": [
            {"mentee": mentee.mentee_id, "bind": str(mentee.bind), "why": words.why_unpaired(mentee)}
            for mentee in found.unpaired
        ],
        "moves": [
            {"mentee": move.mentee_id, "from": move.before, "to": move.after, "points": move.gained}
            for move in done.moves
        ],
        "places_left": dict(found.free),
        "written": str(done.written) if done.written else None,
        "notes": list(done.notes),
    }


def _pairs(pairs: Sequence[MatchedPair], words: CohortWords) -> Iterator[str]:
    for pair in pairs[:MOST_TOLD]:
        pinned = " (pinned)" if pair.is_pinned else ""
        yield ""
        yield f"{words.name(pair.mentee_id)} — {words.name(pair.mentor_id)}{pinned}"
        yield from (f"  + {said}" for said in words.speaks_for(pair))
        yield from (f"  - {said}" for said in words.speaks_against(pair))
    yield from _more(len(pairs))


def _circles(done: Paired, words: CohortWords) -> Iterator[str]:
    circles = done.pairing.circles()
    for mentor_id, pairs in list(circles.items())[:MOST_TOLD]:
        yield ""
        yield f"{words.name(mentor_id)} with {len(pairs)} mentees"
        for pair in pairs:
            said = [
                *(f"+ {ground}" for ground in words.speaks_for(pair)),
                *(f"- {ground}" for ground in words.speaks_against(pair)),
            ]
            yield f"  {words.name(pair.mentee_id)}{' (pinned)' if pair.is_pinned else ''}"
            yield from (f"    {line}" for line in said)
    yield from _more(len(circles))


def _alone(alone: Any, words: CohortWords) -> str:
    return f"{words.name(alone.mentee_id)}: {words.why_unpaired(alone)}"


def _told(heading: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        yield ""
        yield heading
        yield from (f"  {line}" for line in told[:MOST_TOLD])
        yield from _more(len(told))


def _more(count: int) -> Iterator[str]:
    if count > MOST_TOLD:
        yield f"  and {count - MOST_TOLD:,} more; --write and --json have all of them."

"""Does the app leave people in peace who use all of it? A quarter of 200 people in nine zones, simulated.

    python bench/quarter.py [--people 200] [--weeks 13]

The app's own use cases and agenda run on a private Redis with the clock skipped. Everyone asks about once in
two weeks and helps with three of eight topics, has a mentor, two sprints, two goals, a board and two second
opinions; six in ten wish for a sponsor; three talks in ten are written down as answer cards; three in ten
to whom an empty seat of their board is brought up do what it names. **What people do
is assumed** (the constants of `quarter_people.py`): whom the app asks, answers six times in ten, after a
while at work; a quarter of the questions are asked again in nearly the same words.

*unasked* are the messages that count to `policy.nudges`, of each person in each of their weeks; *most in 168
hours* is the highest of any stretch of a week. *after talks* are those of them that follow a talk of one's
own (how it went, did you use it).
"""

import statistics
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from command_line import print_figures
from cryptography.fernet import Fernet
from quarter_people import BEGIN, FROM_PROMPT, Quarter

from kernel.nudges import WEEK
from kernel.values import PersonId
from kernel.working_hours import is_open
from mentoring.model.load import Load
from mentoring.model.person import Person
from relationships.second_opinions.second_opinion import MINUTES
from storage import Roster, Stores
from storage.server.embedded import embedded


def peace(quarter: Quarter) -> dict[str, Any]:
    """How many messages people got that they didn't ask for."""
    unasked, followed = quarter.unasked, quarter.followed
    return {
        "people": quarter.people,
        "unasked a week": _weekly(quarter, unasked),
        "most in 168 hours": max((_most_in_a_week(times) for times in unasked.values()), default=0),
        "limit": quarter.desk.policy.nudges.per_week,
        "of them after talks": _weekly(quarter, followed),
    }


def _weekly(quarter: Quarter, times: Mapping[PersonId, Iterable[datetime]]) -> dict[str, float]:
    weeks = Counter((who, (at - BEGIN) // WEEK) for who, found in times.items() for at in found)
    counts = sorted(weeks[who, week] for who in quarter.known for week in range(quarter.weeks))
    middle, most = counts[len(counts) // 2], counts[int(0.95 * len(counts))]
    return {"mean": round(statistics.fmean(counts), 2), "p50": middle, "p95": most, "max": counts[-1]}


def _most_in_a_week(times: Iterable[datetime]) -> int:
    found = sorted(times)
    return max((sum(begin <= at < begin + WEEK for at in found) for begin in found), default=0)


def voices(quarter: Quarter) -> dict[str, Any]:
    """How soon two answer a second opinion, at what cost; how often a card answers; what a board leads to."""
    over = [it for it in quarter.opinions.values() if it.state != "gathering"]
    two = [it for it in over if it.shown_at and it.gap is None]
    waits = [_worked(quarter, it.asker_id, it.asked_at, it.shown_at) for it in two if it.shown_at]
    wall = [(it.shown_at - it.asked_at) / timedelta(hours=1) for it in two if it.shown_at]
    asked, found = max(quarter.counts["asked"], 1), Counter(it.state for it in quarter.found.values())
    led = [it for it in quarter.opinions.values() if it.id.startswith(FROM_PROMPT)]
    return {
        "two answers": round(len(two) / max(len(over), 1), 3),
        "working hours until two answers": _median_and_p90(waits),
        "hours until two answers": _median_and_p90(wall),
        "minutes that a second opinion costs": _mean(MINUTES * len(it.answered) for it in over),
        "people asked for one": _mean(it.asked_in_all for it in over),
        "shown an answer": round(found.total() / asked, 3),
        "answered by a card": round(found["solved"] / asked, 3),
        "of those shown one": {state: round(count / found.total(), 3) for state, count in found.items()},
        "second opinions that came of a prompt, and were answered": sum(bool(it.answered) for it in led),
    }


def _worked(quarter: Quarter, who: PersonId, begin: datetime, end: datetime) -> float:
    """How many of somebody's working hours lie between two moments, to the quarter of an hour."""
    person, step = quarter.known[who], timedelta(minutes=15)
    times = (begin + number * step for number in range(int((end - begin) / step)))
    return sum(is_open(person.hours, person.zone, at) for at in times) / 4


def _median_and_p90(values: Sequence[float]) -> dict[str, float]:
    found = sorted(values) or [0.0]
    return {"median": round(statistics.median(found), 1), "p90": round(found[int(0.9 * len(found))], 1)}


def _mean(values: Iterable[float]) -> float:
    return round(statistics.fmean([*values] or [0.0]), 1)


async def measure(people: int, weeks: int) -> dict[str, Any]:
    """The figures of one quarter."""
    roster = Roster(Person, Load, Person.as_helper)
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            stores = await Stores.open(url, roster, secret=Fernet.generate_key().decode(), timeout=30)
            quarter = Quarter(stores, people, weeks)
            await quarter.live()
            await stores.close()
    return {**peace(quarter), **voices(quarter), "counts": dict(sorted(quarter.counts.items()))}


if __name__ == "__main__":
    print_figures(__doc__, measure, people=(200, "people who use everything"), weeks=(13, "weeks that go by"))

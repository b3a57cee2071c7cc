"""Valid values of matching with one thing changed, and hypothesis strategies for them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from matching.hours import OFFICE, OpenHours
from matching.learning.history import History
from matching.values import Ask, Helper, Lane, Urgency

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALWAYS = OpenHours("UTC", tuple((day, 0, 1440) for day in range(7)))
TOPICS = ("sql", "python", "pandas", "leadership", "hiring")
# Each alone keeps a helper out, at Monday noon.
KEPT_OUT: tuple[dict[str, Any], ...] = (
    {"is_available": False},
    {"paused_until": MONDAY_NOON + timedelta(minutes=1)},
    {"open_sessions": 2},
    {"open_offers": 2},
    {"minutes_booked": 36},
)
PARENTS = {"pandas": "python", "python": None, "sql": None, "hiring": "leadership"}


def ask(**changes: Any) -> Ask:
    """A question about SQL from someone at level 4."""
    return Ask(**{"id": "R1", "asker_id": "U0", "asker_level": 4, "topics": ("sql",), **changes})


def helper(helper_id: str = "U1", **changes: Any) -> Helper:
    """A free peer who works with SQL and is in their hours."""
    return Helper(**{"id": helper_id, "level": 4, "topics": {"sql": 2}, "hours": ALWAYS, **changes})


def _lanes() -> st.SearchStrategy[frozenset[Lane]]:
    return st.frozensets(st.sampled_from(Lane))


def moments() -> st.SearchStrategy[datetime]:
    """Moments of some years, to the minute."""
    return st.integers(0, 60 * 24 * 1000).map(
        lambda m: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
    )


def hours() -> st.SearchStrategy[OpenHours]:
    """Working weeks in a few zones, the empty one too."""
    window = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440))
    zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
    windows = st.lists(window.map(lambda w: (w[0], min(w[1:]), max(w[1:]))), max_size=4)
    return st.builds(OpenHours, zones, windows.map(tuple))


def helpers(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Helper]:
    """Helpers of every kind: full, paused, gone, without topics."""
    return st.builds(
        Helper,
        id=ids,
        level=st.integers(1, 7),
        topics=st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 3), max_size=4),
        lanes=_lanes(),
        minutes_per_week=st.sampled_from([30, 60, 120]),
        minutes_booked=st.sampled_from([0, 0, 0, 15, 40]),
        open_sessions=st.integers(0, 2),
        open_offers=st.integers(0, 2),
        hours=st.one_of(st.just(OFFICE), st.just(ALWAYS), hours()),
        paused_until=st.none() | moments(),
        is_available=st.sampled_from([True, True, True, False]),
        helped=st.dictionaries(st.sampled_from(["U0", "U9"]), st.integers(1, 5), max_size=2),
        last_helped_at=st.none() | moments(),
        offers_ended=st.just(20),
        offers_answered=st.integers(0, 40).map(lambda halves: halves / 2),
        questions_at_once=st.sampled_from([None, None, 1, 3]),
    )


def crowds(most: int = 12) -> st.SearchStrategy[list[Helper]]:
    """Several helpers with ids of their own."""
    ids = st.integers(1, 10**6).map(lambda n: f"U{n}")
    return st.lists(helpers(ids), max_size=most, unique_by=lambda h: h.id)


def asks() -> st.SearchStrategy[Ask]:
    """Asks with any topics, lanes, urgency and exclusions."""
    return st.builds(
        Ask,
        id=st.sampled_from(["R1", "R2", "R3"]),
        asker_id=st.just("U0"),
        asker_level=st.integers(1, 7),
        topics=st.lists(st.sampled_from(TOPICS), max_size=3).map(tuple),
        lanes=st.lists(st.sampled_from(Lane), unique=True).map(tuple),
        urgency=st.sampled_from(Urgency),
        minutes=st.sampled_from([15, 25]),
        excluded=st.frozensets(st.integers(1, 40).map(lambda n: f"U{n}"), max_size=3),
    )


def calmly(test: Any) -> Any:
    """Run a property test with fewer examples and no deadline: a busy machine is no failure."""
    return settings(deadline=None, max_examples=40)(test)


def past(*answered: tuple[str, str, int], asked: Sequence[Ask] = ()) -> History:
    """A history of (ask id, helper id, days ago) answers that worked, to asks that were made before them."""
    history = History()
    for each in asked:
        history.asked(each)
    for ask_id, helper_id, days in answered:
        history.answered(ask_id, helper_id, MONDAY_NOON - timedelta(days=days), worked=True)
    return history

"""Cohorts to be paired: people with one thing changed, and hypothesis strategies for all of it."""

from typing import Any

from hypothesis import strategies as st

from matching.pairing.values import Cohort, Participant, Priority, Trait, Two

PYTHON, SQL, BERLIN = Trait("topics", "python"), Trait("topics", "sql"), Trait("site", "Berlin")
RED, BLUE = Trait("team", "Red"), Trait("team", "Blue")
TRAITS = (PYTHON, SQL, BERLIN, RED, BLUE)
MENTEES, MENTORS = tuple(f"e{number}" for number in range(9)), ("e0", *(f"m{number}" for number in range(5)))


def mentee(id: str = "e1", **changes: Any) -> Participant:
    """Somebody who looks for a mentor, and would take anybody."""
    return Participant(**{"id": id, **changes})


def mentor(id: str = "m1", **changes: Any) -> Participant:
    """Somebody with one place, and nothing special."""
    return Participant(**{"id": id, **changes})


def cohort(mentees: Any, mentors: Any, **changes: Any) -> Cohort:
    """All who take part; managers, pins and bans as given."""
    return Cohort(tuple(mentees), tuple(mentors), **changes)


def participants(
    ids: tuple[str, ...], others: tuple[str, ...], **changes: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[Participant, ...]]:
    """Up to as many people as there are ids, of every kind, with wishes and fears about others."""
    traits = st.frozensets(st.sampled_from(TRAITS), max_size=3)
    fields: dict[str, st.SearchStrategy[Any]] = {
        "id": st.sampled_from(ids),
        "level": st.none() | st.integers(1, 7),
        "has": traits,
        "depths": st.dictionaries(st.sampled_from(["python", "sql"]), st.integers(1, 3)),
        "needs": st.frozensets(st.sampled_from(TRAITS), max_size=1),
        "wants": traits,
        "wishes": st.lists(st.sampled_from(others), max_size=4, unique=True).map(tuple),
        "never": st.frozensets(st.sampled_from(others), max_size=1),
        "places": st.integers(0, 3),
    }
    one = st.builds(Participant, **fields | changes)
    return st.lists(one, max_size=len(ids), unique_by=lambda person: person.id).map(tuple)


def cohorts() -> st.SearchStrategy[Cohort]:
    """Cohorts in which managers, needs and bans stand in the way; one person may be on both sides."""
    everyone = (*MENTEES, *MENTORS)
    above = st.lists(st.sampled_from((*everyone, "boss")), max_size=2).map(tuple)
    return st.builds(
        Cohort,
        mentees=participants(MENTEES, MENTORS),
        mentors=participants(MENTORS, MENTEES),
        managers=st.dictionaries(st.sampled_from(everyone), above, max_size=3),
        bans=st.frozensets(st.builds(Two, st.sampled_from(MENTEES), st.sampled_from(MENTORS)), max_size=2),
        priority=st.sampled_from(Priority),
        seed=st.integers(0, 3),
    )


def free_cohorts() -> st.SearchStrategy[Cohort]:
    """Cohorts in which nothing stands in anybody's way, and at least two are paired."""
    free = {"needs": st.just(frozenset()), "never": st.just(frozenset()), "places": st.integers(1, 2)}
    mentees = participants(MENTEES[1:], MENTORS[1:], **free).filter(lambda side: len(side) > 1)
    mentors = participants(MENTORS[1:], MENTEES[1:], **free).filter(lambda side: len(side) > 1)
    return st.builds(Cohort, mentees=mentees, mentors=mentors, seed=st.integers(0, 3))

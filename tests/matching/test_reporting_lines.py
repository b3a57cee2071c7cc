"""Who stands above and below whom: the same whatever edits led there, in circles too."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.ranking.reporting_lines import MANY, ReportingLines
from matching.values import Ask, Helper

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PEOPLE = st.sampled_from("abcdefg")
EDITS = st.lists(st.tuples(PEOPLE, st.frozensets(PEOPLE, max_size=3)), max_size=20)


def above(person: str, managers: Mapping[str, frozenset[str]], seen: frozenset[str]) -> frozenset[str]:
    found = seen
    for manager in managers.get(person, frozenset()) - seen:
        found = above(manager, managers, found | {manager})
    return found


@given(EDITS)
def test_everyone_above_and_below_is_found_after_any_edits(edits: list[tuple[str, frozenset[str]]]):
    lines, managers = ReportingLines(), dict[str, frozenset[str]]()
    for person, some in edits:
        lines.put(person, some)
        managers[person] = some

    for one in "abcdefg":
        up = above(one, managers, frozenset())
        down = {other for other in "abcdefg" if one in above(other, managers, frozenset())}
        assert lines.around(one) == (up | down) - {one}


def test_whoever_leads_very_many_is_found_anew_after_an_edit():
    lines = ReportingLines()
    for number in range(MANY + 1):
        lines.put(f"U{number}", ["head"])
    assert len(lines.around("head")) == MANY + 1

    lines.put("U7", [])

    assert len(lines.around("head")) == MANY
    assert "U7" not in lines.around("head")


def test_more_people_left_out_than_there_are_in_reach_leave_out_the_same():
    everyone = [Helper(f"U{number}", 4, {"python": 2}) for number in range(5)]
    index = HelperIndex(everyone)
    some = frozenset({"U1", "U3", "U9"})

    for excluded in (some, some | {f"V{number}" for number in range(50)}):
        ask = Ask("R1", "U0", 4, ("python",), excluded=excluded)
        assert {match.helper_id for match in rank(ask, index, NOW)} == {"U2", "U4"}

"""A board as values: its measures, what it makes of what happened, and that no move leads anywhere else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from math import exp, isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, DEE, NOW, person
from office import Office

from coaching.insights.measures import hill_number
from handlers.board import words
from handlers.conversations import ALL
from kernel.desk import Desk, Role, Tie
from kernel.errors import Invalid, NotFound
from kernel.nudges import Unasked
from kernel.policy import Nudges
from kernel.values import PersonId
from relationships.board import boards, prompts
from relationships.board.board import (
    MOST_MARKS,
    ON_BOARDS,
    ROLES,
    UNHEEDED,
    Board,
    BoardReading,
    Mark,
    checked_initials,
)
from relationships.board.reading import Seated, effective_size, empty_seats, gap, reading, seated

COUNTS = st.lists(st.integers(0, 50), max_size=12)
# The network of Borgatti 1997, by which effective size is explained there.
PUBLISHED = ("AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC")
Move = Callable[[Board], Board]


def size_of(ego: str) -> float:
    """The effective size of somebody in the published network."""
    ties = {frozenset(it) for it in PUBLISHED}
    others = {it for tie in ties if ego in tie for it in tie - {ego}}
    pairs = sum(frozenset(it) in ties for it in combinations(others, 2))
    return round(effective_size(len(others), pairs), 2)


def test_effective_size_is_as_in_the_published_example():
    assert [size_of(it) for it in "GAC"] == [4.67, 2.5, 1.0]


@given(COUNTS)
def test_an_effective_number_lies_between_one_and_the_number_of_kinds(counts: list[int]):
    kinds = sum(it > 0 for it in counts)
    found = hill_number(counts)

    assert min(kinds, 1) - 1e-9 <= found <= kinds + 1e-9


@given(st.integers(1, 40), st.integers(1, 20))
def test_kinds_as_common_as_each_other_count_as_many_as_they_are(kinds: int, each: int):
    assert isclose(hill_number([each] * kinds), kinds)


@given(COUNTS.filter(any))
def test_twice_the_same_again_with_other_kinds_is_twice_as_many(counts: list[int]):
    assert isclose(hill_number([*counts, *counts]), 2 * hill_number(counts))


def test_four_of_five_in_one_team_are_like_one_and_two_thirds():
    assert isclose(hill_number([4, 1]), exp(-(0.8 * log(0.8) + 0.2 * log(0.2))))
    assert round(hill_number([4, 1]), 2) == 1.65


@given(st.integers(0, 30), st.data())
def test_the_more_know_each_other_the_less_is_new_and_one_remains(people: int, data: st.DataObject):
    pairs = data.draw(st.integers(0, people * (people - 1) // 2))

    assert min(people, 1) - 1e-9 <= effective_size(people, pairs) <= people


def on(*teams: str | None, own: str = "Data", roles: tuple[Role, ...] = ("craft",)) -> BoardReading:
    """The reading of people in these teams."""
    board = Board(id=ASKER, begun_at=NOW)
    there = [
        Seated(f"U{number}", roles, 1, arenas={"team": team} if team else {})
        for number, team in enumerate(teams)
    ]
    return reading(there, board, {"team": own})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (on(), "Nobody is on your board yet."),
        (on("Data"), "One person is on your board."),
        (on("Data", "Data"), "Two people: both share your team."),
        (on(*["Data"] * 4, "Web"), "Five people: four share your team."),
        (on("Web", "Web", "Web"), "Three people: all share one team."),
        (on("Data", "Web", "Ops", "Law"), "Four people from about four different teams."),
        (on(None, None, None), "Three people are on your board."),
        (on("Data", None, None, None), "Four people from about four different teams."),
        (on(*["Data"] * 11, "Web"), "12 people: 11 share your team."),
    ],
)
def test_the_sentence_says_how_many_and_how_alike(found: BoardReading, said: str):
    assert words.sentence(found) == said


def test_what_happened_gives_roles_and_what_the_owner_says_goes_before_it():
    people = {it: person(it, team="Data") for it in (ADA, BEN, CY)}
    ties = [Tie(ADA, "craft", NOW - DAY), Tie(ADA, "advice", NOW - 9 * DAY, 4), Tie(BEN, "craft", NOW)]
    board, _ = Board(id=ASKER, begun_at=NOW).add(Mark(person_id=CY, roles=("sponsor",), closeness=5))
    changed = board.change(ADA, Mark(person_id=ADA, roles=("role_model",)), [BEN]).take_off(BEN)

    first, second, third = seated(board, ties, people)
    assert (first.key, first.roles, first.last_at) == (CY, ("sponsor",), None)
    assert (second.key, second.roles, second.closeness) == (ADA, ("craft", "advice"), 3)
    assert (third.key, third.closeness) == (BEN, 1)
    after = seated(changed, ties, people)
    assert [(it.key, it.roles, it.happened) for it in after] == [
        (CY, ("sponsor",), ()),
        (ADA, ("role_model",), ("craft", "advice")),
    ]
    assert seated(board, ties, {}) == ()


def test_a_seat_is_empty_where_nobody_was_heard_of_for_four_months():
    people = {ADA: person(ADA)}
    there = seated(Board(id=ASKER, begun_at=NOW), [Tie(ADA, "craft", NOW - 121 * DAY)], people)

    assert empty_seats(there, NOW) == ROLES
    assert "craft" not in empty_seats(there, NOW - 2 * DAY)


def test_people_from_another_corner_come_before_an_empty_seat_and_nothing_on_a_board_of_one():
    assert gap(on("Data"), ROLES) is None
    assert gap(on("Data", "Data"), ROLES) == "arena"
    assert gap(on("Data", "Web"), ROLES) == "advice"
    assert gap(on("Data", "Web"), ("sponsor",)) is None


@pytest.mark.parametrize("text", ["Marta K", "ABCDE", "M4", "m@k", "...", "🙂"])
def test_what_may_be_a_name_is_no_initials(text: str):
    with pytest.raises(Invalid):
        checked_initials(text)


def test_initials_are_written_alike():
    assert [checked_initials(it) for it in ("m.k.", " M K ", "ż-ó")] == ["MK", "MK", "ŻÓ"]


MARKED = (ADA, BEN, CY, DEE, "out-1", "out-2")
MOVES: dict[str, Move] = {
    **{f"add {it}": lambda one, it=it: one.add(Mark(person_id=it, roles=("craft",)))[0] for it in MARKED[:4]},
    "add outside": lambda one: one.add(Mark(initials="MK", roles=("sponsor",)))[0],
    **{
        f"change {it}": lambda one, it=it: (
            one.change(it, one.marks.get(it, Mark(person_id=PersonId(it))), MARKED) if it[0] == "U" else one
        )
        for it in MARKED
    },
    **{f"take off {it}": lambda one, it=it: one.take_off(it) for it in MARKED},
    **{f"forget {it}": lambda one, it=it: one.without(it) for it in MARKED},
    "bring up": lambda one: one.bring_up("arena", NOW, 91),
    "taken": lambda one: one.answer(1, "taken").heed(NOW, 91),
    "not now": lambda one: one.answer(1, "not_now").heed(NOW, 91),
    "stop": lambda one: one.fill(False),
    "draw": lambda one: one.draw(),
}


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=30))
def test_whatever_its_owner_does_nobody_stays_who_went_and_no_prompt_comes_unheeded(names: list[str]):
    one = Board(id=ASKER, begun_at=NOW)
    for name in names:
        before = one
        try:
            one = MOVES[name](one)
        except NotFound:
            continue
        what, _, key = name.rpartition(" ")
        if what == "forget":
            assert key not in str(one.model_dump())
        if what == "take off" and key.startswith("U"):
            assert one.marks[key].is_off
            assert not any(key in pair for pair in one.knows)
        assert all(first < second for first, second in one.knows)
        assert set(one.lists()) == {f"board-of:{ASKER}", *(ON_BOARDS.of(it) for it in one.named)}
        assert (one.next_prompt_at is None) or not one.is_hushed or before.is_hushed
        assert one.is_hushed == (one.unheeded >= UNHEEDED)
    assert len({it for it in one.marks if it.startswith("out-")}) <= one.outsiders


def test_as_many_can_be_marked_as_fit_and_no_more():
    board = Board(id=ASKER, begun_at=NOW)
    for number in range(MOST_MARKS):
        board, _ = board.add(Mark(person_id=PersonId(f"U{number}"), roles=("craft",)))
    with pytest.raises(Invalid):
        board.add(Mark(initials="MK", roles=("craft",)))
    assert board.add(Mark(person_id=PersonId("U1"), roles=("advice",)))[0].marks["U1"].roles == ("advice",)


async def test_another_feature_says_in_one_line_who_was_there_for_whom(office: Office):
    await office.put(person(), person(ADA), person(BEN, standing="left"))

    async def sponsors(desk: Desk, me: PersonId, since: datetime) -> list[Tie]:
        return [Tie(it, "sponsor", NOW - DAY) for it in (ADA, BEN) if me == ASKER]

    desk = replace(office.desk, ties=(*office.desk.ties, sponsors))
    seen = await boards.look(desk, ASKER, NOW)

    assert [(it.key, it.roles) for it in seen.there] == [(ADA, ("sponsor",))]
    assert "sponsor" not in seen.empty
    assert (await boards.look(desk, ADA, NOW)).there == ()


async def test_an_empty_seat_waits_for_room_in_the_week_and_is_counted(office: Office):
    office.policy = ALL.features.policy(nudges=Nudges(per_week=1))
    marks = {it: Mark(person_id=it, roles=("craft",)) for it in (ADA, BEN)}
    board = Board(id=ASKER, begun_at=NOW, marks=marks, next_prompt_at=NOW)
    full = Unasked(id=ASKER, at=(NOW - 2 * DAY,))
    await office.put(board, full, person(), person(ADA), person(BEN))

    await prompts.look(office.desk, ASKER, NOW)
    assert (await office.get(Board, ASKER)).prompt is None
    room_at = (await office.planned())["board_look", ASKER]
    await prompts.look(office.desk, ASKER, room_at)

    assert NOW + 5 * DAY <= room_at <= NOW + 7 * DAY
    assert (await office.get(Board, ASKER)).prompt is not None
    assert (await office.get(Unasked, ASKER)).at == (room_at,)

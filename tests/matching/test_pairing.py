"""Pairing a cohort: rules, reasons and figures that are true, edits that move as few as possible."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from make_pairing import BERLIN, BLUE, PYTHON, RED, SQL, cohort, cohorts, free_cohorts, mentee, mentor
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.pairing.fit import chance, fit
from matching.pairing.grounds import fit_of, grounds
from matching.pairing.moves import moves, swapped
from matching.pairing.obstacles import FREE, KINDS, obstacles
from matching.pairing.pairing import pair
from matching.pairing.values import (
    BadPin,
    Bind,
    Cohort,
    GroundKind,
    Obstacle,
    Pairing,
    Participant,
    Priority,
    Trait,
    Two,
)

BEST, MOST = Priority.BEST_FIT, Priority.MOST_PAIRED


def above(person: str, managers: dict[str, tuple[str, ...]]) -> set[str]:
    """Everyone above a person, step by step."""
    found: set[str] = set()
    todo = list(managers.get(person, ()))
    while todo:
        if (one := todo.pop()) not in found:
            found.add(one)
            todo += managers.get(one, ())
    return found


def obstacle(given: Cohort, one: Participant, other: Participant) -> Obstacle | None:
    """What stands between two, read off the rules one by one."""
    managers = dict(given.managers)
    rules = {
        Obstacle.ONESELF: one.id == other.id,
        Obstacle.LINE: other.id in above(one.id, managers) or one.id in above(other.id, managers),
        Obstacle.NEVER: other.id in one.never or one.id in other.never,
        Obstacle.BANNED: Two(one.id, other.id) in given.bans,
        Obstacle.NEEDS: not one.needs <= other.has,
        Obstacle.THEIR_NEEDS: not other.needs <= one.has,
    }
    return next((rule for rule, is_so in rules.items() if is_so), None)


@given(cohorts())
def test_obstacles_are_those_of_the_rules_and_points_those_of_the_grounds(given):
    codes, points = obstacles(given), fit(given)

    for row, one in enumerate(given.mentees):
        for column, other in enumerate(given.mentors):
            code = codes[row, column]
            assert (None if code == FREE else KINDS[code]) == obstacle(given, one, other)
            assert points[row, column] == fit_of(one, other)


@given(cohorts())
def test_a_pairing_keeps_every_rule_and_is_the_best_by_the_dense_solver(given):
    found = pair(given)

    mentees, mentors = ({it.id: it for it in side} for side in (given.mentees, given.mentors))
    for it in found.pairs:
        assert obstacle(given, mentees[it.mentee_id], mentors[it.mentor_id]) is None
    for mentor_id, pairs in found.circles().items():
        assert len(pairs) + found.free.get(mentor_id, 0) == mentors[mentor_id].places
    alone = {it.mentee_id for it in found.unpaired}
    assert sorted([*found.mentors, *alone]) == sorted(mentees)
    assert (found.slack, found.more) == (0, 0)
    assert found.fit == pytest.approx(sum(it.fit for it in found.pairs))
    count, points = dense(given)
    assert found.fit == pytest.approx(points)
    assert given.priority is BEST or len(found.pairs) == count


def dense(given: Cohort) -> tuple[int, float]:
    """The most people in pairs, and the most points: with so many, or at all."""
    free, points = obstacles(given) == FREE, fit(given)
    slots = np.repeat(np.arange(len(given.mentors)), [it.places for it in given.mentors])
    free, points = free[:, slots], points[:, slots]
    partners = (
        maximum_bipartite_matching(csr_array(free.astype(int)), perm_type="column") if free.size else []
    )
    lift = 10_000.0 if given.priority is MOST else 0.0
    values = np.maximum(np.where(free, points + lift, 0), 0)
    rows, columns = linear_sum_assignment(values, maximize=True)
    taken = values[rows, columns]
    return int((np.array(partners) >= 0).sum()), float((taken[taken > 0] - lift).sum())


@given(cohorts(), st.randoms())
def test_the_order_of_input_changes_nothing(given, draw):
    mentees, mentors = list(given.mentees), list(given.mentors)
    draw.shuffle(mentees)
    draw.shuffle(mentors)

    assert pair(replace(given, mentees=tuple(mentees), mentors=tuple(mentors))) == pair(given)


def test_the_seed_decides_between_equals_and_nothing_else():
    given = cohort([mentee(f"e{n}") for n in range(8)], [mentor(f"m{n}") for n in range(8)])
    wishing = replace(given, mentees=tuple(mentee(f"e{n}", wishes=(f"m{7 - n}",)) for n in range(8)))

    drawn = {tuple(pair(replace(given, seed=seed)).mentors.items()) for seed in range(6)}
    wished = {tuple(pair(replace(wishing, seed=seed)).mentors.items()) for seed in range(6)}

    assert len(drawn) > 3
    assert len(wished) == 1


@given(cohorts())
def test_chance_weighs_less_than_the_least_ground(given):
    drawn = chance(given)

    assert ((drawn <= 0) & (drawn * len(given.mentees) > -0.5)).all()


# Priorities


def test_most_people_paired_gives_up_points_for_a_person_and_best_fit_does_not():
    # Only m1 would do for e2, and to e1 m1 is worth far more than m2.
    mentees = [
        mentee("e1", wishes=("m1",), never=frozenset()),
        mentee("e2", needs=frozenset({PYTHON}), wants=frozenset({SQL})),
    ]
    mentors = [mentor("m1", has=frozenset({PYTHON})), mentor("m2")]
    most = pair(cohort(mentees, mentors, priority=MOST))
    best = pair(cohort(mentees, mentors, priority=BEST))

    assert most.mentors == {"e1": "m2", "e2": "m1"}
    assert best.mentors == {"e1": "m1"}
    assert best.unpaired[0].bind is Bind.OTHERS_FIRST


def test_best_fit_makes_no_pair_with_more_against_it_than_for_it():
    mentees = [mentee("e1", level=5, has=frozenset({RED}))]
    mentors = [mentor("m1", level=4, has=frozenset({RED}))]

    best = pair(cohort(mentees, mentors, priority=BEST))
    most = pair(cohort(mentees, mentors, priority=MOST))

    assert [it.bind for it in best.unpaired] == [Bind.NOTHING_FOR]
    assert most.pairs[0].fit < 0


# Grounds


def test_grounds_say_what_speaks_for_and_against_the_strongest_first():
    one = mentee("e1", level=3, wishes=("m2", "m1"), wants=frozenset({PYTHON, BERLIN}), has=frozenset({RED}))
    other = mentor("m1", level=5, has=frozenset({PYTHON, RED, BLUE}), depths={"python": 3}, wishes=("e1",))

    found = grounds(one, other)

    assert [(it.kind, it.amount, it.trait) for it in found if it.is_for] == [
        (GroundKind.WISH, 2, None),
        (GroundKind.THEIR_WISH, 1, None),
        (GroundKind.WANT, 3, PYTHON),
        (GroundKind.ABOVE, 2, None),
    ]
    assert [(it.kind, it.trait) for it in found if not it.is_for] == [
        (GroundKind.SAME_TEAM, RED),
        (GroundKind.NO_WANT, BERLIN),
    ]


# Who stays without


def test_many_for_few_places_hear_how_many_there_are():
    mentees = [mentee(f"e{n:03}") for n in range(300)]
    mentors = [mentor("m1", places=3), mentor("m2", places=1)]

    found = pair(cohort(mentees, mentors))

    assert len(found.pairs) == 4
    assert {(it.bind, it.people, it.places, it.mentors) for it in found.unpaired} == {
        (Bind.FEW_PLACES, 300, 4, ("m1", "m2"))
    }


def test_a_need_for_which_there_are_too_few_places_is_named():
    needing = [mentee(f"e{n}", needs=frozenset({PYTHON, BERLIN})) for n in range(7)]
    mentors = [
        mentor("m1", has=frozenset({PYTHON, BERLIN}), places=2),
        *(mentor(f"n{n}", has=frozenset({BERLIN})) for n in range(9)),
    ]

    found = pair(cohort([*needing, mentee("x")], mentors))

    assert len(found.unpaired) == 5
    assert {(it.bind, it.traits, it.people, it.places) for it in found.unpaired} == {
        (Bind.FEW_PLACES, (PYTHON,), 7, 2)
    }


def test_who_competes_for_the_same_few_mentors_hears_whose_places_they_are():
    no_m3 = {"never": frozenset({"m3"})}
    mentees = [*(mentee(f"e{n}", **no_m3) for n in range(4)), mentee("f", wishes=("m3",))]
    mentors = [mentor("m1"), mentor("m2"), mentor("m3", places=5)]

    (one, other) = pair(cohort(mentees, mentors)).unpaired

    assert (one.bind, one.people, one.places, one.mentors) == (Bind.FEW_PLACES, 4, 2, ("m1", "m2"))
    assert other.mentors == one.mentors


def test_what_nobody_has_and_who_is_ruled_out_is_named():
    rust = Trait("topics", "rust")
    mentees = [
        mentee("e1", needs=frozenset({rust, BERLIN})),
        mentee("e2", needs=frozenset({PYTHON}), never=frozenset({"m2"})),
        mentee("e3", needs=frozenset({SQL, PYTHON})),
    ]
    mentors = [
        mentor("m1", has=frozenset({PYTHON, BERLIN})),
        mentor("m2", has=frozenset({PYTHON})),
        mentor("m3", has=frozenset({SQL})),
    ]
    managers = {"e2": ("x",), "x": ("m1",)}

    found = pair(cohort(mentees, mentors, managers=managers)).unpaired

    assert (found[0].bind, found[0].traits) == (Bind.NOBODY_HAS, (rust,))
    assert (found[1].bind, found[1].traits) == (Bind.RULED_OUT, (PYTHON,))
    assert found[1].obstacles == {Obstacle.LINE: 1, Obstacle.NEVER: 1}
    assert (found[2].bind, found[2].traits) == (Bind.NOBODY_HAS, (PYTHON, SQL))


@given(cohorts())
def test_what_the_unpaired_hear_is_true(given):
    found = pair(given)

    mentees = {it.id: it for it in given.mentees}
    free = obstacles(given) == FREE
    for it in found.unpaired:
        row = free[[one.id for one in given.mentees].index(it.mentee_id)]
        if it.bind is Bind.FEW_PLACES:
            assert it.people > it.places
            assert all(trait in mentees[it.mentee_id].needs for trait in it.traits)
            assert {one.id for one, can in zip(given.mentors, row, strict=True) if can} <= set(
                it.mentors
            ) or (not it.mentors or given.priority is BEST)
        elif it.bind in (Bind.NOBODY_HAS, Bind.RULED_OUT):
            assert not row.any()
        else:
            assert given.priority is BEST
            assert row.any()


# Pins, bans, swaps


@settings(max_examples=40)
@given(free_cohorts(), st.data())
def test_a_pin_holds_and_a_ban_too(given, data):
    before = pair(given)
    two = data.draw(st.sampled_from([it.two for it in before.pairs]))

    banned = pair(replace(given, bans=given.bans | {two}))
    pinned = pair(replace(given, pins=frozenset({two})))

    assert banned.mentors.get(two.mentee_id) != two.mentor_id
    assert banned.fit <= before.fit or len(banned.pairs) <= len(before.pairs)
    assert pinned.mentors == before.mentors
    assert [it.two for it in pinned.pairs if it.is_pinned] == [two]


def test_a_pin_is_kept_against_wishes_and_needs():
    mentees = [mentee("e1", wishes=("m2",), needs=frozenset({PYTHON})), mentee("e2", wishes=("m1",))]
    mentors = [mentor("m1"), mentor("m2", has=frozenset({PYTHON}))]

    found = pair(cohort(mentees, mentors, pins=frozenset({Two("e1", "m1")})))

    assert found.mentors == {"e1": "m1", "e2": "m2"}
    assert GroundKind.NO_NEED in {it.kind for it in found.pairs[0].grounds}


@pytest.mark.parametrize(
    ("pins", "said"),
    [
        ([("e1", "nobody")], (None, 0, 0)),
        ([("e1", "m1"), ("e1", "m2")], (None, 0, 0)),
        ([("e2", "m1")], (Obstacle.LINE, 0, 0)),
        ([("e3", "m1")], (Obstacle.NEVER, 0, 0)),
        ([("e4", "m1")], (Obstacle.BANNED, 0, 0)),
        ([("e5", "m2"), ("e6", "m2")], (None, 2, 1)),
    ],
)
def test_a_pin_that_can_not_be_is_refused_with_what_is_in_its_way(pins, said):
    mentees = [mentee(f"e{n}") for n in range(1, 7)]
    mentees[2] = mentee("e3", never=frozenset({"m1"}))
    given = cohort(
        mentees,
        [mentor("m1"), mentor("m2")],
        managers={"e2": ("x",), "x": ("m1",)},
        bans=frozenset({Two("e4", "m1")}),
        pins=frozenset(Two(*two) for two in pins),
    )

    with pytest.raises(BadPin) as refused:
        pair(given)

    assert (refused.value.obstacle, refused.value.pinned, refused.value.places) == said


def test_a_ban_moves_along_one_chain_and_says_who_and_by_how_much():
    wishes = {"e1": ("m1", "m2"), "e2": ("m2", "m3"), "e3": ("m3",), "e4": ("m4",)}
    mentees = [mentee(id, wishes=wished) for id, wished in wishes.items()]
    mentors = [mentor(f"m{n}") for n in range(1, 6)]
    given = cohort(mentees, mentors)
    before = pair(given)

    after = pair(replace(given, bans=frozenset({Two("e1", "m1")})))
    found = list(moves(given, before.mentors, after))

    assert {it.mentee_id for it in found} <= {"e1", "e2", "e3"}
    assert sum(it.gained for it in found) == after.fit - before.fit
    (first, *_) = found
    assert (first.mentee_id, first.before) == ("e1", "m1")
    assert [it.kind for it in first.lost] == [GroundKind.WISH]


@settings(max_examples=40)
@given(free_cohorts(), st.data())
def test_a_swap_moves_nobody_else(given, data):
    before = pair(given)
    one, other = data.draw(st.permutations(sorted(before.mentors)))[:2]
    assume(before.mentors[one] != before.mentors[other])
    pins = swapped(before.mentors, one, other)

    after = pair(replace(given, pins=pins))

    assert {it.mentee_id for it in moves(given, before.mentors, after)} == {one, other}


# Circles


def circle(id: str, places: int = 7, **changes: object) -> Participant:
    return mentor(id, places=places, fewest=3, **changes)


def sizes(found: Pairing) -> list[int]:
    return sorted(len(pairs) for pairs in found.circles().values())


@pytest.mark.parametrize(("people", "expected"), [(2, []), (3, [3]), (7, [3, 4]), (14, [7, 7]), (20, [7, 7])])
def test_circles_have_three_to_seven_or_none(people, expected):
    mentees = [mentee(f"e{n:02}", wishes=(f"m{n % 2}",)) for n in range(people)]

    found = pair(cohort(mentees, [circle("m0"), circle("m1")]))

    assert sizes(found) == expected
    if people == 2:
        assert {(it.bind, it.people) for it in found.unpaired} == {(Bind.SMALL_CIRCLE, 3)}
    if people == 20:
        assert {(it.bind, it.people, it.places) for it in found.unpaired} == {(Bind.FEW_PLACES, 20, 14)}


def test_whoever_is_pinned_to_a_circle_is_given_company_or_the_pin_is_refused():
    mentees = [mentee(f"e{n}", wishes=("m0",)) for n in range(6)]
    pins = frozenset({Two("e0", "m1")})

    found = pair(cohort(mentees, [circle("m0"), circle("m1")], pins=pins))

    assert sizes(found) == [3, 3]
    with pytest.raises(BadPin) as refused:
        pair(cohort(mentees[:2], [circle("m0"), circle("m1")], pins=pins))
    assert (refused.value.pinned, refused.value.fewest) == (2, 3)


def test_where_circles_leave_somebody_out_it_says_how_many_more_there_could_be_at_most():
    mentees = [mentee(f"e{n}", never=frozenset({"m1"} if n < 4 else {"m0"})) for n in range(6)]

    found = pair(cohort(mentees, [circle("m0"), circle("m1")]))

    assert sizes(found) == [4]
    assert found.more >= 2

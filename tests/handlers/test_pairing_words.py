"""How pairs are spoken of: each ground, reason and move has its sentence, and no figure is invented."""

import pytest
from make_pairing import BERLIN, PYTHON, RED, cohort, mentee, mentor

from handlers.pairing.words import Words
from matching.pairing.moves import Move
from matching.pairing.pairing import pair
from matching.pairing.values import (
    BadPin,
    Bind,
    Ground,
    GroundKind,
    Obstacle,
    Pairing,
    Priority,
    Trait,
    Two,
    Unpaired,
)

NAMES = {"e1": "Maya", "e2": "Raj", "m1": "Priya", "m2": "Jonas", "m3": "Tom"}
WORDS = Words(NAMES.__getitem__, {"python": "Python"}.__getitem__)
GERMAN = Trait("language", "German")


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        (Ground(GroundKind.WISH, True, amount=1), "Maya's first wish"),
        (Ground(GroundKind.WISH, True, amount=11), "Maya's 11th wish"),
        (Ground(GroundKind.THEIR_WISH, True, amount=2), "Priya's second wish"),
        (Ground(GroundKind.NO_WISH, False), "not among Maya's wishes"),
        (Ground(GroundKind.NEED, True, trait=PYTHON, amount=3), "Priya knows Python in depth, as Maya needs"),
        (
            Ground(GroundKind.NO_NEED, False, trait=GERMAN),
            "Maya needs German (language), which Priya doesn't have",
        ),
        (Ground(GroundKind.WANT, True, trait=BERLIN), "Priya is in Berlin (site), as Maya would like"),
        (
            Ground(GroundKind.NO_WANT, False, trait=BERLIN),
            "Maya would like Berlin (site), which Priya isn't in",
        ),
        (
            Ground(GroundKind.THEIR_WANT, True, trait=GERMAN),
            "Priya would like German (language) in a mentee, and Maya has it",
        ),
        (Ground(GroundKind.ABOVE, True, amount=1), "1 level above Maya"),
        (Ground(GroundKind.BELOW, False, amount=2), "2 levels below Maya"),
        (Ground(GroundKind.SAME_TEAM, False, trait=RED), "same team (Red)"),
    ],
)
def test_a_ground_is_said_as_one_would_say_it(ground, said):
    assert WORDS.ground(ground, "e1", "m1") == said


@pytest.mark.parametrize("kind", GroundKind)
def test_every_kind_of_ground_has_its_words(kind):
    assert WORDS.ground(Ground(kind, True, trait=PYTHON, amount=1), "e1", "m1")


@pytest.mark.parametrize(
    ("alone", "said"),
    [
        (Unpaired("e1", Bind.NOBODY_HAS, (PYTHON,)), "No mentor has Python."),
        (Unpaired("e1", Bind.NOBODY_HAS, (BERLIN, PYTHON)), "No mentor has both Berlin (site) and Python."),
        (
            Unpaired("e1", Bind.FEW_PLACES, (PYTHON,), 7, 2),
            "7 people need Python, and there are 2 places for it.",
        ),
        (
            Unpaired("e1", Bind.FEW_PLACES, (), 3, 1, ("m1", "m2", "m3")),
            "3 people can only go to Priya, Jonas or Tom: 1 place.",
        ),
        (Unpaired("e1", Bind.FEW_PLACES, (), 300, 4), "300 people for 4 places."),
        (
            Unpaired("e1", Bind.RULED_OUT, (PYTHON,), obstacles={Obstacle.LINE: 1}),
            "The only mentor with Python is ruled out: above or below in the line of managers.",
        ),
        (
            Unpaired("e1", Bind.RULED_OUT, (), obstacles={Obstacle.LINE: 2, Obstacle.BANNED: 1}),
            "All 3 mentors are ruled out: 2 above or below in the line of managers and 1 banned by an admin.",
        ),
        (Unpaired("e1", Bind.SMALL_CIRCLE, people=3), "Their circle would have had fewer than 3 people."),
    ],
)
def test_somebody_without_a_mentor_hears_why(alone, said):
    assert WORDS.why_unpaired(alone) == said


def test_by_the_best_fit_somebody_else_could_be_had_but_would_not_fit():
    words = Words(NAMES.__getitem__, str, Priority.BEST_FIT)
    few = Unpaired("e1", Bind.FEW_PLACES, (), 3, 1, ("m1",))

    assert words.why_unpaired(few) == "3 people fit only Priya: 1 place."
    assert words.why_unpaired(Unpaired("e1", Bind.OTHERS_FIRST)) != words.why_unpaired(
        Unpaired("e1", Bind.NOTHING_FOR)
    )


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (Move("e1", "m1", None, -5), "Maya: no longer with Priya, and with nobody now"),
        (Move("e1", None, "m1", 5), "Maya: now with Priya"),
        (Move("e1", "m1", "m2", 0), "Maya: from Priya to Jonas, as good as before"),
        (Move("e1", "m1", "m2", -2), "Maya: from Priya to Jonas, a little worse"),
        (Move("e1", "m1", "m2", 5), "Maya: from Priya to Jonas, better"),
        (
            Move("e1", "m1", "m2", -9, (Ground(GroundKind.WISH, True, amount=1),), ()),
            "Maya: from Priya to Jonas, much worse (was: Maya's first wish)",
        ),
    ],
)
def test_a_move_says_who_and_by_how_much(move, said):
    assert WORDS.move(move) == said


@pytest.mark.parametrize(
    ("pairing", "said"),
    [
        (
            Pairing((), (), 0),
            "0 of 2 mentees paired: nobody more can be, and no other such pairing fits better",
        ),
        (Pairing((), (), 0, more=1), "0 of 2 mentees paired. At most 1 more could be."),
        (
            Pairing((), (), 0, slack=4.2),
            "0 of 2 mentees paired. That's within 2 steps of the best there can be;",
        ),
    ],
)
def test_how_good_a_pairing_is_is_said_as_far_as_it_is_known(pairing, said):
    assert WORDS.proof(pairing, 2).startswith(said)
    decided = WORDS.proof(pairing, 2, is_decided=True)
    assert ("With your pins and bans, no" in decided) == ("fits better" in decided)


@pytest.mark.parametrize(
    "given",
    [
        {"pins": [("e1", "m1")], "managers": {"e1": ("m1",)}},
        {"pins": [("e1", "m1"), ("e2", "m1")]},
        {"pins": [("e1", "m1"), ("e1", "m2")]},
        {"pins": [("e1", "m1")], "bans": [("e1", "m1")]},
    ],
)
def test_a_pin_that_can_not_be_is_refused_with_names_and_a_cure(given):
    pins, bans = (frozenset(Two(*it) for it in given.pop(what, ())) for what in ("pins", "bans"))
    people = cohort([mentee("e1"), mentee("e2")], [mentor("m1"), mentor("m2")], pins=pins, bans=bans, **given)

    with pytest.raises(BadPin) as refused:
        pair(people)

    said = WORDS.bad_pin(refused.value)
    assert "Maya" in said or "Priya" in said
    assert "can't be pinned" in said or "remove" in said

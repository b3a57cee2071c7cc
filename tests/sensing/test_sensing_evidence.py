"""What signs add up to, and where they add up to nothing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sensing.safety.evidence import NEAR, SCALES, SafetySign, Sign, is_elsewhere, weighed
from sensing.safety.safety import Category, Tier, read

S = Sign
names = st.sampled_from([sign.value for sign in Sign])
somewhere = st.builds(SafetySign, names, st.integers(0, 60))


ENOUGH = {(Category.DANGER, S.EMERGENCY), (Category.DISTRESS, S.CRYING)}


def marks(*signs: Sign, step: int = 1) -> Sequence[SafetySign]:
    return [SafetySign(sign.value, number * step) for number, sign in enumerate(signs)]


def test_signs_near_one_another_add_up():
    assert weighed(Category.SELF_HARM, marks(S.SELF, S.MEANS, S.TAKING, S.SOON)) == (0, 3, 1)


def test_a_sign_counts_once_however_often_it_occurs():
    assert weighed(Category.SELF_HARM, marks(S.SELF, S.MEANS, S.MEANS, S.MEANS)) is None


def test_signs_far_apart_do_not_add_up():
    assert weighed(Category.SELF_HARM, marks(S.SELF, S.MEANS, S.TAKING, S.SOON, step=NEAR + 1)) is None


def test_signs_add_up_to_nothing_without_a_person():
    assert weighed(Category.SELF_HARM, marks(S.WISH, S.MEANS, S.TAKING, S.SOON)) is None


def test_what_speaks_for_a_category_is_nothing_without_a_sign_that_must_be_there():
    assert weighed(Category.SELF_HARM, marks(S.SELF, S.WISH, S.SECRET, S.TRANSIT, S.DESPAIR)) is None


def test_what_no_signs_tell_is_never_weighed():
    assert weighed(Category.PAY, marks(S.SELF, S.MEANS, S.TAKING)) is None


@pytest.mark.parametrize("sign", [S.TECH, S.FICTION, S.STUDY, S.FUN])
def test_signs_of_something_else_take_away(sign: Sign):
    threat = (S.OTHER, S.SELF, S.WEAPON, S.FEAR, S.CLOSE)
    assert weighed(Category.DANGER, marks(*threat))
    assert weighed(Category.DANGER, marks(*threat, sign)) is None


@pytest.mark.parametrize("category", SCALES)
def test_no_sign_is_enough_alone_however_much_is_said_of_people(category: Category):
    for sign in SCALES[category].core:
        alone = weighed(category, marks(S.SELF, sign, S.OTHER))
        assert alone is None or (category, sign) in ENOUGH


@given(st.sampled_from(sorted(SCALES)), st.lists(somewhere, max_size=20))
def test_a_stretch_lies_within_the_marks_that_made_it(category: Category, at: list[SafetySign]):
    stretch = weighed(category, at)

    assert stretch is None or set(stretch) <= {mark.place for mark in at}
    assert stretch is None or stretch.first <= stretch.core <= stretch.last


@given(st.sampled_from(sorted(SCALES)), st.lists(somewhere, max_size=20), st.randoms())
def test_the_order_of_marks_says_nothing(category: Category, at: list[SafetySign], chance: object):
    assert bool(weighed(category, at)) is bool(weighed(category, at[::-1]))


@pytest.mark.parametrize(
    ("signs", "elsewhere"),
    [
        ((S.FICTION,), True),
        ((S.STUDY, S.SELF), True),
        ((S.FICTION, S.OWN), False),
        ((S.TECH,), True),
        ((S.TECH, S.SELF), False),
        ((), False),
    ],
)
def test_a_story_or_a_program_is_elsewhere_unless_a_person_speaks_of_themselves(
    signs: tuple[Sign, ...], elsewhere: bool
):
    assert is_elsewhere(0, marks(*signs)) is elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "I read a novel about a man who plans his suicide",
        "In our game the hero jumps off a cliff",
        "The cron job commits suicide after an hour",
        "Our paper predicts overdose from prescriptions",
    ],
)
def test_grave_words_of_a_story_or_a_program_raise_no_alarm(text: str):
    assert read(text).tier is not Tier.STOP


@pytest.mark.parametrize(
    "text",
    [
        "I read a novel and I want to kill myself",
        "A colleague from the database team told me she wants to die",
        "i took the whole packet an hour ago and now im scared",
        "someone in the warehouse says they will all see what he can do with his rifles",
    ],
)
def test_grave_words_of_a_person_are_heard_beside_them(text: str):
    assert read(text).tier is Tier.STOP

"""The choice model finds the weights that made the choices, and stays put without them."""

import math

import numpy as np

from matching.learning.choice_model import Lesson, fit, lesson, likelihood

TRUE = np.array([1.5, -1.0, 0.0])


def lessons(count: int, size: int = 12, seed: int = 1) -> list[Lesson]:
    """Lessons in which people are chosen by softmax of the true weights."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        rows = random.normal(size=(size, 3))
        chances = np.exp(rows @ TRUE)
        chosen = int(random.choice(size, p=chances / chances.sum()))
        made.append(lesson(rows, chosen, most=6, seed=number))
    return made


def test_the_weights_that_made_the_choices_are_found_even_from_thinned_candidates():
    found = fit(lessons(1500), np.zeros(3), ridge=1.0)

    np.testing.assert_allclose(found, TRUE, atol=0.15)


def test_no_lesson_leaves_the_weights_to_begin_with_and_few_hardly_move_them():
    centre = np.array([0.2, 0.3, 0.4])

    assert fit([], centre, ridge=10.0).tolist() == centre.tolist()
    assert np.abs(fit(lessons(3), centre, ridge=60.0) - centre).max() < 0.15
    assert np.abs(fit(lessons(3), centre, ridge=0.1) - centre).max() > 0.5


def test_an_unsigned_column_never_gets_a_weight_below_zero():
    found = fit(lessons(300), np.zeros(3), ridge=1.0, unsigned=(0, 1))

    assert found[1] == 0
    assert found[0] > 1


def test_likelihood_is_highest_for_the_weights_that_chose_and_even_for_none():
    held_back = lessons(400, seed=2)

    assert likelihood(held_back, TRUE) > likelihood(held_back, TRUE / 3) > likelihood(held_back, -TRUE)
    assert math.isclose(likelihood(held_back, np.zeros(3)), -math.log(7))
    assert likelihood([], TRUE) == 0

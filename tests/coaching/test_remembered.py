"""What is made of a text is made once, changes nothing that is read, and keeps nobody's words."""

import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random

import pytest

from coaching.language.answers import sort_of
from coaching.language.form import Keeps, Kind, Sort, Step
from coaching.language.numbers import rating, scale_number
from kernel.reading import Remembered

WORDS = "Zebrafish in the plan"
STEPS = [
    Step("any", (), kind=kind, keeps=keeps, verbatim=verbatim)
    for kind, keeps, verbatim in product(Kind, Keeps, (False, True))
]
ANSWERS = ("7", "no", "tomorrow", "Tomorrow at nine", "nothing I can do", "I'd rather not say", "not sure")
ANSWERS += ("my manager", "maybe my manager, not sure", "What do you think?", "I write the first page", "...")


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_what_was_made_of_a_text_is_not_made_again():
    kept = Remembered[int](2)
    numbers = iter(range(9))

    made = [kept.made_of(texts, lambda: next(numbers)) for texts in (("a", "b"), ("a", "c"), ("a", "b"))]

    assert made == [0, 1, 0]


def test_that_nothing_was_found_is_remembered_too():
    kept = Remembered[int | None](2)
    found = iter((None, 1))

    made = [kept.made_of(("a",), lambda: next(found)) for _ in range(2)]

    assert made == [None, None]


def test_of_too_many_the_oldest_goes():
    kept = Remembered[int](2)
    numbers = iter(range(9))

    made = [kept.made_of((text,), lambda: next(numbers)) for text in "abcbca"]

    assert made == [0, 1, 2, 1, 2, 3]


def test_no_text_is_kept():
    kept = Remembered[int](2)

    kept.made_of((WORDS, "other"), lambda: 1)

    assert len(vars(kept)["_made"]) == 1
    assert WORDS.encode() not in pickle.dumps(vars(kept))


def test_two_memories_know_the_same_text_by_other_digests():
    one, other = Remembered[int](1), Remembered[int](1)
    for kept in (one, other):
        kept.made_of((WORDS,), lambda: 1)

    assert vars(one)["_made"].keys() != vars(other)["_made"].keys()


def test_broken_characters_are_told_apart():
    kept = Remembered[str](4)

    made = [kept.made_of((text,), lambda text=text: text) for text in ("\ud83d", "\ude00", "\ud83d")]

    assert made == ["\ud83d", "\ude00", "\ud83d"]


def test_an_answer_is_of_the_same_sort_whatever_was_read_before():
    cases = list(product(ANSWERS, STEPS))
    once = sorts_of(cases)
    for number in range(5000):
        sort_of(f"answer {number}", STEPS[0])
    Random(1).shuffle(cases)

    again = sorts_of(cases)

    assert once == again
    assert len(set(once.values())) > 6


def test_a_number_by_the_way_is_one_where_it_was_asked_for_alone_whichever_is_read_first():
    asked_first = scale_number("I feel 3"), rating("I feel 3")
    asked_last = rating("I feel 4"), scale_number("I feel 4")

    assert asked_first == (3, None)
    assert asked_last == (None, 4)


@pytest.mark.usefixtures("restless")
def test_threads_may_share_it():
    kept: Remembered[str] = Remembered(2)

    def read(thread: int) -> bool:
        return all(
            kept.made_of((f"{thread}", f"{it}"), lambda it=it: f"{it}") == f"{it}" for it in range(20_000)
        )

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(4)))


def sorts_of(cases: list[tuple[str, Step]]) -> dict[tuple[str, str, str, bool], Sort]:
    return {(answer, it.kind, it.keeps, it.verbatim): sort_of(answer, it) for answer, it in cases}

"""What is kept of texts that were read: the latest, each made once, also where threads share it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from coaching.remembered import Remembered


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_the_oldest_of_too_many_is_made_anew():
    made: list[str] = []
    kept: Remembered[int] = Remembered(2)

    for text in ("a", "b", "b", "c", "b", "a"):
        kept.made_of((text,), lambda text=text: made.append(text) or len(made))

    assert made == ["a", "b", "c", "a"]


@pytest.mark.usefixtures("restless")
def test_threads_may_share_it():
    kept: Remembered[str] = Remembered(2)

    def read(thread: int) -> bool:
        return all(
            kept.made_of((f"{thread}", f"{it}"), lambda it=it: f"{it}") == f"{it}" for it in range(20_000)
        )

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(read, range(4)))

"""No pattern of the program takes longer than its text is long: none can be made to stop the program."""

import importlib
import inspect
import re
import signal
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cache
from heapq import nlargest
from operator import itemgetter

import hard_texts
import program_patterns
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from coaching.language import help_ladder, mirroring
from matching.topics import tokens

BUDGET = 0.020  # seconds of processor time for a text of LENGTH
FIRST, LENGTH, LONG = 150, 3_000, 12_000
SLOWEST = 4  # runs, of those tried at first, that are tried at length
GROWTH = 8  # times the time for four times the text: linear is 4, quadratic 16
NOISE = 0.004  # seconds below which a growth says nothing
TRIES = 9  # until one is within its limit
FAR = 6  # times its limit: what takes that long thrice is no busy machine's fault
HOPELESS = 0.15  # seconds after which a match is given up, once and for all
ENDLESS = 3.0  # seconds after which that goes for all short texts of a pattern
# Made by functions of what they are given, and none takes a repeat from there.
MADE = {
    "coaching/patterns.py: text": "what it makes is held by the modules that read the files of patterns",
    "playground/block_kit/rules.py: expression": "what it makes is held by the rules",
}


class TooSlow(Exception):
    """A match took so long that nobody waits for its end."""


@cache
def _patterns() -> Mapping[re.Pattern[str], str]:
    """Every pattern and where it is from; this imports the whole program, and collecting must not."""
    written = {
        re.compile(text): where.partition(":")[0]
        for where, text in program_patterns.written().items()
        if text
    }
    return written | program_patterns.held()


@cache
def _whole() -> Set[re.Pattern[str]]:
    """The patterns of modules that match whole texts."""
    return {
        pattern
        for pattern, home in program_patterns.held().items()
        if ".fullmatch(" in inspect.getsource(importlib.import_module(home))
    }


@contextmanager
def _given_up(seconds: float) -> Iterator[None]:
    """Raise TooSlow inside once so much processor time is over; a match looks for signals now and then."""

    def over(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _time(pattern: re.Pattern[str], text: str) -> float:
    started = time.thread_time()
    try:
        with _given_up(HOPELESS):
            _match(pattern, text)
    except TooSlow:
        return HOPELESS
    return time.thread_time() - started


def _match(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
    if pattern in _whole():
        pattern.fullmatch(text)


def _best(pattern: re.Pattern[str], text: str, limit: float) -> float:
    """The shortest of some tries: a busy machine makes one longer, and none shorter."""
    took = HOPELESS
    for tried in range(1, TRIES + 1):
        now = _time(pattern, text)
        took = min(took, now)
        if took <= limit or now >= HOPELESS or (tried >= 3 and took > FAR * limit):
            break
    return took


def _check(pattern: re.Pattern[str], hard: hard_texts.Hard) -> None:
    """Hold a pattern to its budget on one kind of text, and to a time that grows as the text does.

    A long text that takes no time to speak of says both.
    """
    longer = _time(pattern, hard.text(LONG))
    if longer <= NOISE:
        return
    text = hard.text(LENGTH)
    took = _best(pattern, text, BUDGET)
    assert took <= BUDGET, f"{took * 1e3:.0f} ms for {LENGTH} characters like {hard.text(60)!r}"
    took = min(took, _time(pattern, text), _time(pattern, text))
    limit = max(NOISE, GROWTH * took)
    if longer > limit:
        longer = _best(pattern, hard.text(LONG), limit)
    assert longer <= limit, f"{longer / took:.0f} times as long for {hard.text(60)!r}"


def _check_all(pattern: re.Pattern[str]) -> None:
    for hard in _slowest(pattern):
        _check(pattern, hard)


def _slowest(pattern: re.Pattern[str]) -> Sequence[hard_texts.Hard]:
    """What takes longest where it is short, each with its worst end, or the first that takes far too long."""
    slowest: dict[tuple[str, str], tuple[float, hard_texts.Hard]] = {}
    clock = time.thread_time
    try:
        with _given_up(ENDLESS):
            for hard in hard_texts.of(pattern):
                text, started = hard.text(FIRST), clock()
                _match(pattern, text)
                run, took = (hard.before, hard.unit), clock() - started
                if run not in slowest or took > slowest[run][0]:
                    slowest[run] = took, hard
    except TooSlow:
        return [hard]
    return [hard for _, hard in nlargest(SLOWEST, slowest.values(), key=itemgetter(0))]


def test_a_pattern_reads_runs_of_its_own_characters_in_a_time_that_grows_as_they_do():
    for pattern, home in _patterns().items():
        try:
            _check_all(pattern)
        except AssertionError as slow:
            slow.add_note(f"{home}: {pattern.pattern}")
            raise


@cache
def _kinds(pattern: re.Pattern[str]) -> st.SearchStrategy[hard_texts.Hard]:
    return st.sampled_from(list(hard_texts.of(pattern)))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_pattern_reads_any_two_runs_of_its_own_characters_in_its_budget(data):
    pattern = data.draw(st.sampled_from(list(_patterns())))
    kinds = _kinds(pattern)
    first, second = data.draw(kinds), data.draw(kinds)
    share = data.draw(st.integers(1, 9))

    text = first.text(LENGTH * share // 10) + second.text(LENGTH - LENGTH * share // 10)

    assert _best(pattern, text, BUDGET) <= BUDGET


@pytest.mark.parametrize(
    "slow",
    [
        r"^\W*\?+\W*$",
        r"\S+@\S+\.\w+",
        r"\s+and\s+",
        r"<[@!][^>]*>",
        r"[.!?]+(?=\s|$)",
        r"^idk(?:,? (?:yet|that's why .*))*\W*$",
        r"\b7\s*,?\s*(?:or so)\b",
        r"^\W*(.+?)\W*$",
        r"^(?:(?:a|b|a b)\s+)*$",
        r"you are not .*\benough\b",
    ],
)
def test_a_pattern_that_can_be_made_to_take_its_time_is_found_out(slow):
    with pytest.raises(AssertionError, match=r"ms for|times as long"):
        _check_all(re.compile(slow))


def test_what_functions_make_of_other_things_is_known():
    made = {where for where, text in program_patterns.written().items() if text is None}

    assert made == MADE.keys()


def test_every_pattern_that_a_module_compiles_is_found_wherever_it_lies():
    found = {pattern.pattern for pattern in program_patterns.held()}

    assert set(program_patterns.compiled()) <= found
    assert {
        help_ladder._known().asks,
        tokens.ADDRESS,
        *(it.shape for it in mirroring._known().to_you),
    } <= set(program_patterns.held())


def test_a_field_s_pattern_is_matched_by_an_engine_that_never_goes_back():
    engines = {
        model.model_config.get("regex_engine", "rust-regex")
        for module in program_patterns.modules()
        for model in vars(module).values()
        if inspect.isclass(model) and issubclass(model, BaseModel)
    }

    assert engines == {"rust-regex"}

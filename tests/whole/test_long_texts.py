"""What reads whole texts takes a time that grows as they do, whatever is written again and again."""

from collections.abc import Callable
from functools import partial

import make
import pytest
from cost import grows_at_most

from coaching.plans.action_plan import _core
from handlers.block_kit import blocks, mrkdwn
from handlers.conversations import ALL
from handlers.requests import ask_line
from sensing.safety.safety import read
from sensing.triage.triage import advise

GROWTH = 9  # times the time for four times the text: linear is 4, quadratic 16
UNITS = (
    "asap ",
    "how do I ",
    "I feel stuck ",
    "afraid of him ",
    "in a novel I die ",
    "pills ",
    "a@b ",
    "@",
    "#a ",
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "reading",
    [
        read,
        advise,
        make.TOPICS.tagger.suggest,
        partial(ask_line.read, words=ALL.ask_words),
        make.TOPICS.tagger.strip_tags,
        _core,
        lambda text: blocks.paragraphs(mrkdwn.escape(text)),
    ],
)
def test_four_times_the_text_takes_about_four_times_the_time(reading: Callable[[str], object], unit: str):
    short, long = ((unit * size)[:size] for size in (10_000, 40_000))

    assert grows_at_most(GROWTH, lambda: reading(short), lambda: reading(long))

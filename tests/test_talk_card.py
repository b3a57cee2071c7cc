"""What a guided talk says in Slack."""

import pytest
from make import NOW

from coaching.talk import Turn
from handlers import talk_card


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Ask her for 20 minutes", "You wrote: “Ask her for 20 minutes”\nWhat then?"),
        ("8", "What then?"),
        ("", "What then?"),
    ],
)
def test_words_are_given_back_and_scraps_are_not(written: str, said: str):
    turn = Turn(step="next", reflection=written, question="What then?", by="guide", asked_at=NOW)

    assert talk_card.question(turn) == said

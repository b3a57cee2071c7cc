"""What a guided talk says in Slack."""

import pytest
from make import NOW

from coaching.talk import Turn
from handlers import talk_card


@pytest.mark.parametrize(
    ("reflection", "said"),
    [("You wrote: “Ask <her>”", "You wrote: “Ask &lt;her&gt;”\nWhat then?"), ("", "What then?")],
)
def test_a_question_stands_below_what_it_builds_on(reflection: str, said: str):
    turn = Turn(step="next", reflection=reflection, question="What then?", by="guide", asked_at=NOW)

    assert talk_card.question(turn) == said

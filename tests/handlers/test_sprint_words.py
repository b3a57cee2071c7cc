"""The sentences that the cards of sprints share."""

import pytest

from coaching.sprints.sprint import IfThen
from handlers.sprints import words as sprint_words


@pytest.mark.parametrize(
    ("cue", "action", "said"),
    [
        ("the stand-up is over", "open one", "When the stand-up is over, then I will open one."),
        ("When I open my laptop", "Write one line.", "When I open my laptop, then I will write one line."),
        ("I feel nervous", "then I breathe once", "When I feel nervous, then I will breathe once."),
        ("after lunch on Friday", "I'll ask Lena", "After lunch on Friday, I will ask Lena."),
        ("The meeting ends", "Note it", "When the meeting ends, then I will note it."),
        ("Jonas sends a report", "read it", "When Jonas sends a report, then I will read it."),
        ("Monday after the stand-up", "I will ask", "Monday after the stand-up, I will ask."),
        ("tomorrow at 9", "SQL first", "Tomorrow at 9, I will SQL first."),
        ("a < b", "see <b>", "When a < b, then I will see <b>."),
        ("if", "then", "When if, then I will then."),
    ],
)
def test_a_plan_is_one_sentence_however_it_was_typed(cue: str, action: str, said: str):
    assert sprint_words.sentence(IfThen(cue=cue, action=action)) == said

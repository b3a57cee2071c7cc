"""How often a card answers a question, in counts that tell of nobody."""

from dataclasses import dataclass

from kernel.desk import Desk
from relationships.answer_cards.answer_card import SHARED_CARDS
from relationships.answer_cards.found_answer import ANSWERS_FOUND

FEWEST = 5  # a smaller count could be somebody


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Cards that can be found, questions kept, for how many an answer was shown, and what came of these.

    None stands for a count of one to four.
    """

    cards: int | None
    asked: int | None
    shown: int | None
    solved: int | None
    wanted: int | None


async def counted(desk: Desk) -> AnswerCounts:
    """The counts of all questions that are kept (`retention.request_days`)."""
    lists = (SHARED_CARDS, "requests", ANSWERS_FOUND, ANSWERS_FOUND.of("solved"), ANSWERS_FOUND.of("wanted"))
    counts = [await desk.store.count(name) for name in lists]
    return AnswerCounts(*(None if 0 < count < FEWEST else count for count in counts))

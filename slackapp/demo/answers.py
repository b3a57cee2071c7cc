"""Answers that the demo's people wrote down before it started: two to be found, one that waits for a yes."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.store import NONE, Changes, Key, Snapshot, together
from kernel.values import PersonId, TopicId
from relationships.answer_cards.answer_card import RULES, AnswerCard, CardWords
from relationships.answer_cards.changes import changed

DAY = timedelta(days=1)
# Days ago, who asked, who answered, about what, the question and its answer; the last waits for a yes.
_WRITTEN = (
    (
        20,
        "U0MAYA",
        "U0PRIYA",
        "python",
        "How do I profile an asyncio worker?",
        "Run py-spy dump on the process while it stalls: the stack shows what blocks the loop. Then py-spy "
        "record for a minute under load. If most time is in one await, look there; if it is in plain code, "
        "move that to a thread. It doesn't help where the stall is in the database.",
    ),
    (
        12,
        "U0HANNAH",
        "U0WEI",
        "sql",
        "Why does my query ignore the index on the date column?",
        "A function around the column switches the index off. Write the range instead: date >= start and "
        "date < end. Check with explain. On small tables a full scan is right.",
    ),
    (
        1,
        "U0TOMAS",
        "U0GRACE",
        "data-analysis",
        "How do I show how sure a forecast is?",
        "Draw the interval, not the point, and write beside it how often past ones held.",
    ),
)


async def write_down(desk: Desk, now: datetime) -> None:
    """Put them there once, and bring up only the one that waits for a yes; a repeat changes nothing."""
    valid = timedelta(days=desk.policy.of(RULES).valid_days)
    offered = [_offered(number, now) for number in range(len(_WRITTEN))]
    found = [
        card.agree(card.asker_id, card.wording, card.made_at, card.made_at + valid) for card in offered[:-1]
    ]

    def decide(read: Snapshot) -> tuple[None, Changes]:
        if read.find(AnswerCard, found[0].id) is not None:
            return None, NONE
        silent = (replace(changed(read, card, now), show=()) for card in found)
        return None, together(*silent, changed(read, offered[-1], now))

    await desk.store.commit(decide, load=[Key(AnswerCard, card.id) for card in offered])


def _offered(number: int, now: datetime) -> AnswerCard:
    ago, asker, answerer, topic, question, answer = _WRITTEN[number]
    at = now - ago * DAY
    return AnswerCard(
        id=f"demo-answer-{number}",
        asker_id=PersonId(asker),
        answerer_id=PersonId(answerer),
        words=CardWords(question=question, answer=answer),
        topics=(TopicId(topic),),
        agreed=frozenset({PersonId(answerer)}),
        made_at=at,
        worded_at=at,
    )

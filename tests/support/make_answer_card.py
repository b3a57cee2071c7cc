"""An answer card as a test wants it, and the few steps that lead there on the real store."""

from datetime import datetime
from typing import Any

import make
from make import ADA, ASKER, DAY, NOW, PYTHON, R1, offer_to, talk_with
from office import Office

from kernel.values import PersonId, RequestId
from mentoring.model.session import WrapUp
from mentoring.requests.requests import file
from mentoring.routing.offers import accept
from mentoring.sessions import sessions
from relationships.answer_cards import answer_cards
from relationships.answer_cards.answer_card import AnswerCard, CardWords

C1 = talk_with(ADA)
QUESTION, ANSWER = "How do I profile an asyncio worker?", "Run py-spy on it."
SAID = CardWords(question=QUESTION, answer=ANSWER)
UNTIL = NOW + 90 * DAY


def card(**changed: Any) -> AnswerCard:
    """One that its writer has agreed to."""
    said = {"id": C1, "asker_id": ASKER, "answerer_id": ADA, "words": SAID, "topics": (PYTHON,)}
    more = {"agreed": frozenset({ADA}), "made_at": NOW, "worded_at": NOW}
    return AnswerCard(**{**said, **more, **changed})


def shared(**changed: Any) -> AnswerCard:
    """One that can be found."""
    return card(**changed).agree(ASKER, 1, NOW, UNTIL)


async def talked(office: Office, now: datetime = NOW, **said: Any) -> None:
    """Have the asker and Ada hold a talk about a question."""
    await office.asked(make.helper(ADA), now=now, **{"question": QUESTION, **said})
    await accept(office.desk, offer_to(ADA), ADA, now)
    await sessions.wrap_up(office.desk, C1, ADA, WrapUp(minutes=10), now)


async def written(office: Office, now: datetime = NOW, words: CardWords = SAID) -> AnswerCard:
    """Have them talk, Ada write the answer down, and the asker agree."""
    await talked(office, now)
    await answer_cards.write(office.desk, C1, ADA, words, now)
    return await answer_cards.agree(office.desk, C1, ASKER, 1, now)


async def ask(
    office: Office, me: PersonId, text: str, id: RequestId = R1, now: datetime = NOW, **said: Any
) -> None:
    """Have somebody ask, and do what is due then."""
    await file(office.desk, me, make.new_request(question=text, **said), id, now)
    await office.run(now)

"""What is hidden of a card before anybody else reads it: names, mentions, addresses, links, numbers, secrets.

A client or a team in other words is seen by people alone: the preview asks for that.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from coaching.ai.known_names import KnownNames
from kernel.desk import Desk
from kernel.threads import aside
from mentoring.admins import member_list
from relationships.answer_cards.answer_card import Words
from sensing.privacy.masking import masked

_PLACEHOLDER = re.compile(r"\[(name|channel|mention|email|link|phone|secret|id|text) \d+\]")
_SAID = {"mention": "name", "email": "address", "phone": "number", "text": "…"}


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A card's words as others may read them, and how many things of each kind were hidden."""

    words: Words
    hidden: Mapping[str, int]


async def anonymised(desk: Desk, words: Words, now: datetime) -> Anonymised:
    """Hide what names somebody: of everyone on Slack's list, or, before it was read, whom the app has met."""
    names = await _names().met(desk, await member_list.known(desk), now)

    def hide(question: str, answer: str) -> Anonymised:
        done, _ = masked([question, answer], names)
        marks = Counter(_said(found) for text in done for found in _PLACEHOLDER.finditer(text))
        plain = [_PLACEHOLDER.sub(lambda found: f"[{_said(found)}]", text) for text in done]
        return Anonymised(Words(question=plain[0], answer=plain[1]), marks)

    return await aside(hide, words.question, words.answer)


def _said(found: re.Match[str]) -> str:
    return _SAID.get(found[1], found[1])


@cache
def _names() -> KnownNames:
    return KnownNames()

"""What is hidden of a card before anybody else reads it: names, mentions, addresses, links, numbers, secrets.

A client or a team in other words is seen by people alone: the preview asks for that.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from coaching.ai.known_names import KnownNames
from kernel.desk import Desk
from kernel.reading import aside
from kernel.values import PersonId
from mentoring.admins import member_list
from mentoring.model.person import Person
from relationships.answer_cards.answer_card import CardWords
from sensing.privacy.masking import Names, masked

_PLACEHOLDER = re.compile(r"\[(name|channel|mention|email|link|phone|secret|id|text) \d+\]")
_SAID = {"mention": "name", "email": "address", "phone": "number", "text": "…"}


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A card's words as others may read them, and how many things of each kind were hidden."""

    words: CardWords
    hidden: Mapping[str, int]


async def anonymised(desk: Desk, words: CardWords, both: Collection[PersonId], now: datetime) -> Anonymised:
    """Hide what names somebody: *both* of the talk, and everyone whom the app has met.

    Where the workspace's list of members was read with its names, as for a model, it is everyone on it.
    """
    everyone = await _names().met(desk, await member_list.known(desk), now)
    people = await desk.store.look(lambda read: read.all(Person, both))
    # The names of the two may be newer than those that are kept.
    own = Names.of(name for it in people for name in (it.name, it.real_name) if name)

    def hide(question: str, answer: str) -> Anonymised:
        once = _hidden(CardWords(question=question, answer=answer), own)
        twice = _hidden(once.words, everyone)
        return Anonymised(twice.words, Counter(once.hidden) + Counter(twice.hidden))

    return await aside(hide, words.question, words.answer)


def _hidden(words: CardWords, names: Names) -> Anonymised:
    done, _ = masked([words.question, words.answer], names)
    marks = Counter(_said(found) for text in done for found in _PLACEHOLDER.finditer(text))
    question, answer = (_PLACEHOLDER.sub(lambda found: f"[{_said(found)}]", text) for text in done)
    return Anonymised(CardWords(question=question, answer=answer), marks)


def _said(found: re.Match[str]) -> str:
    return _SAID.get(found[1], found[1])


@cache
def _names() -> KnownNames:
    return KnownNames()

"""How experienced somebody is: asked once, where another kind of help fits a senior."""

from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, labels, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id
from handlers.triage import words
from mentoring.model.person import CareerLevel, Person

CHOOSE = "coach.level"
CHOOSE_ASKED = "ask.level"
_UNSAID = 0
_Level = Annotated[int, Field(ge=_UNSAID, le=max(labels.CAREER))]


def asked(person: Person | None, draft_id: str) -> Block:
    """The question, or the level that counts and the way to change it, for advice on a draft."""
    if person is None or not person.knows_level:
        return blocks.section(words.LEVEL_ASKED, _menu(draft_id, CHOOSE))
    return blocks.section(words.LEVEL_SAID, _menu(draft_id, CHOOSE, person.level))


def asked_beside(request_id: str) -> Block:
    """The question beside the receipt of what was asked."""
    return blocks.section(words.LEVEL_ASKED, _menu(request_id, CHOOSE_ASKED))


def _menu(about: str, action_id: str, level: CareerLevel | None = None) -> Element:
    choices = labels.CAREER | {_UNSAID: words.LEVEL_UNSAID}
    options = [blocks.option(label, f"{level} {about}") for level, label in choices.items()]
    return {**blocks.menu(options, f"{level} {about}"), "action_id": action_id}


def chosen(value: str) -> tuple[CareerLevel | None, str]:
    """The level that was chosen, None for rather not, and the id of the draft or request that it is about."""
    level, about = payload.words(tuple[_Level, Id], value)
    return level or None, about

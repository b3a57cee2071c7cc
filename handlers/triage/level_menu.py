"""How experienced somebody is: asked once, where another kind of help fits a senior."""

from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, labels, payload
from handlers.block_kit.blocks import Block
from handlers.block_kit.payload import Id
from handlers.triage import words
from mentoring.model.person import CareerLevel, Person

CHOOSE = "coach.level"
_UNSAID = 0
_Level = Annotated[int, Field(ge=_UNSAID, le=max(labels.CAREER))]


def asked(person: Person | None, draft_id: str) -> Block:
    """The question, or the level that counts and the way to change it, for advice on a draft."""
    choices = labels.CAREER | {_UNSAID: words.LEVEL_UNSAID}
    options = [blocks.option(label, f"{level} {draft_id}") for level, label in choices.items()]
    if person is None or not person.knows_level:
        return blocks.section(words.LEVEL_ASKED, {**blocks.menu(options), "action_id": CHOOSE})
    said = f"{person.level} {draft_id}"
    return blocks.section(words.LEVEL_SAID, {**blocks.menu(options, said), "action_id": CHOOSE})


def chosen(value: str) -> tuple[CareerLevel | None, str]:
    """The level that was chosen, None for rather not, and the id of the draft that the advice is on."""
    level, draft_id = payload.words(tuple[_Level, Id], value)
    return level or None, draft_id

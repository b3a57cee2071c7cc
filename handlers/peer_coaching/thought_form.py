"""What the one who said yes to peer coaching would like to think through: its form, and how it is shown."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, labels, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.peer_coaching import words
from kernel.values import SessionId
from mentoring.model.session import LONGEST_THOUGHT, Session

OPEN = "peer.thought"
FORM = "peer.thought_form"
problems = refusals.under("thought")


@dataclass(frozen=True, slots=True)
class _Filled:
    session_id: Id
    thought: str = ""


def form(session: Session, other: str) -> View:
    """The form; *other* is what the one who sees the words is called, as plain text."""
    text = blocks.text_input(
        initial=session.helper_thought,
        multiline=True,
        at_most=LONGEST_THOUGHT,
        placeholder=words.THOUGHT_EXAMPLE,
    )
    hint = words.thought_hint(texts.name(other))
    field = blocks.field("thought", words.QUESTION, text, hint=hint)
    metadata = json.dumps({"session_id": session.id})
    return blocks.modal(FORM, words.THOUGHT_TITLE, [field], submit=labels.SAVE, metadata=metadata)


def filled(view: View) -> tuple[SessionId, str]:
    """Which session a submitted form is about, and the words in it."""
    said = payload.filled(_Filled, view)
    return SessionId(said.session_id), said.thought


def shown(session: Session, me: str, name: str) -> list[Block]:
    """The helper's words for a reader, and their way to write them; *name* names the other."""
    if session.way != "peer_coaching":
        return []
    if me != session.helper_id:
        said = blocks.section(words.on_their_mind(name))
        return [said, *texts.whole(session.helper_thought)] if session.helper_thought else []
    if not session.helper_thought:
        return [blocks.section(words.and_you(name), _button(session, words.SAY_IT))]
    return [
        blocks.section(words.ON_YOUR_MIND, _button(session, labels.CHANGE)),
        *texts.whole(session.helper_thought),
    ]


def _button(session: Session, label: str) -> Element:
    return blocks.button(label, OPEN, session.id)

"""What the one who said yes to peer coaching would like to think through: its form, and how it is shown."""

import json
from dataclasses import dataclass

from handlers.block_kit import blocks, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
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
    """Return the form; *other* is what the one who sees the words is called, as plain text."""
    text = blocks.text_input(
        initial=session.helper_thought,
        multiline=True,
        at_most=LONGEST_THOUGHT,
        placeholder="I keep saying yes to everything",
    )
    hint = f"{texts.name(other)} sees it before your turn."
    field = blocks.field("thought", "What would you like to think through?", text, hint=hint)
    metadata = json.dumps({"session_id": session.id})
    return blocks.modal(FORM, "Your turn", [field], submit="Save", metadata=metadata)


def filled(view: View) -> tuple[SessionId, str]:
    """Return which talk a submitted form is about, and the words in it."""
    said = payload.filled(_Filled, view)
    return SessionId(said.session_id), said.thought


def shown(session: Session, me: str, name: str) -> list[Block]:
    """Return the helper's words for a reader, and their way to write them; *name* names the other."""
    if session.way != "peer_coaching":
        return []
    if me != session.helper_id:
        said = blocks.section(f"*Top of mind for {name}:*")
        return [said, *texts.whole(session.helper_thought)] if session.helper_thought else []
    if not session.helper_thought:
        ask = f"*And you?* Say what you'd like to think through in your turn. It's shown to {name}."
        return [blocks.section(ask, _button(session, "Say what's on my mind"))]
    return [
        blocks.section("*On your mind:*", _button(session, "Change")),
        *texts.whole(session.helper_thought),
    ]


def _button(session: Session, label: str) -> Element:
    return blocks.button(label, OPEN, session.id)

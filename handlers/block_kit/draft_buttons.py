"""What can be done with a question that was not asked, on any card that speaks of it."""

from handlers.block_kit import blocks, labels
from handlers.block_kit.blocks import Element

ASK = "draft.ask"
CHANGE = "draft.change"
FORGET = "draft.forget"


def forget_button(draft_id: str) -> Element:
    """The button that leaves a question unasked."""
    return blocks.button(labels.FORGET, FORGET, draft_id)

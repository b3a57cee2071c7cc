"""The offer of another angle: its card, and the answer to it."""

from handlers.another_angle import card
from handlers.block_kit.picture import Picture
from handlers.interactions.button_click import Press
from handlers.interactions.conversation import Conversation, Reader, drawn
from handlers.interactions.ports import App
from kernel.store import Snapshot
from relationships.another_angle import angles
from relationships.another_angle.angle import Angle
from relationships.another_angle.feature import FEATURE


def _card(angle: Angle, read: Snapshot, reader: Reader) -> Picture | None:
    return card.card(angle, reader.desk) if reader.to == angle.id else None


async def no_thanks(press: Press) -> None:
    """Want no other angle."""
    await press.carry_out(angles.decline(press.desk, press.me))


def register(app: App) -> None:
    """Listen to the button of the card."""
    app.action(card.NO_THANKS)(no_thanks)


CONVERSATION = Conversation(feature=FEATURE, listen=(register,), painters={Angle.kind: drawn(Angle, _card)})

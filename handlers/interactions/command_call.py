"""One thing that a person did or wrote, and how it is answered: in the ack's own body, or by a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coaching.guide.model import Terms
from handlers.block_kit import mentions, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Interaction
from handlers.interactions import ids
from handlers.interactions.opening import opened
from handlers.interactions.screening import UNSCREENED, Screening
from kernel.desk import Desk
from kernel.values import PersonId

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class Call:
    """What a person sent, and with what it is answered."""

    body: dict[str, Any]
    ack: "AsyncAck"
    client: "AsyncWebClient"
    desk: Desk
    me: PersonId
    now: datetime
    terms: Terms | None = None
    screening: Screening = UNSCREENED

    @property
    def sent(self) -> Interaction:
        """What it says of itself."""
        return payload.read(Interaction, self.body)

    @property
    def cause(self) -> str:
        """The id of whatever comes of this."""
        return ids.caused_by(self.sent.trigger_id)

    @property
    def is_in_messages(self) -> bool:
        """Whether a command was typed in messages of two, as those with the app are."""
        return self.sent.channel_id.startswith("D")

    async def say(self, text: str, shown: Sequence[Block] = ()) -> None:
        """Answer in the ack's body, for this person alone."""
        named, said = await mentions.in_blocks(self.desk, shown), await mentions.in_text(self.desk, text)
        await self.ack(text=said, blocks=named or None, response_type="ephemeral")

    async def open(self, view: View) -> None:
        """Open a form, then acknowledge; or raise NotOpened."""
        named = await mentions.in_view(self.desk, view)
        await opened(self.client.views_open(trigger_id=self.sent.trigger_id, view=named))
        await self.ack()

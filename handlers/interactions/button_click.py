"""One press of a button and how it is answered: by its response_url, or by a window where there is none.

The answer to a press comes after its commit; the card itself is the lasting answer. What is said in words
reaches Slack, or the press is not acknowledged: Slack then marks the button, and pressing it again says it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from coaching.guide.model import Terms
from handlers.block_kit import blocks, labels, mentions, payload, refusals
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.errors import NotSaid, Stale
from handlers.block_kit.payload import Interaction
from handlers.interactions import ids
from handlers.interactions.opening import opened
from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.values import PersonId

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck
    from slack_bolt.context.respond.async_respond import AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

R = TypeVar("R")
WITHIN = 1.0  # seconds of Slack's three that an answer may take
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed or a menu used: by whom, what it stands for, and the ways to answer."""

    body: dict[str, Any]
    ack: "AsyncAck"
    client: "AsyncWebClient"
    respond: "AsyncRespond | None"
    desk: Desk
    me: PersonId
    now: datetime
    terms: Terms | None = None

    @property
    def sent(self) -> Interaction:
        """What the press says of itself."""
        return payload.read(Interaction, self.body)

    @property
    def action_id(self) -> str:
        """Which kind of button or menu it was."""
        return self.sent.pressed.action_id

    @property
    def value(self) -> str:
        """What the button, or what was chosen of the menu, stands for."""
        pressed = self.sent.pressed
        return (pressed.selected_option.value if pressed.selected_option else pressed.value) or ""

    @property
    def cause(self) -> str:
        """The id of whatever comes of this press."""
        return ids.caused_by(self.sent.trigger_id)

    @property
    def is_on_receipt(self) -> bool:
        """Whether the button stands on a message that only this person sees, for a while."""
        return self.sent.is_on_receipt

    async def say(self, text: str, shown: Sequence[Block] = (), *, replace: bool = False) -> None:
        """Tell the person something that nobody else sees; *replace* puts it in a receipt's place.

        Raise NotSaid, or NotOpened where it would be a window, if Slack does not take it in time.
        """
        if self.respond is None or "response_url" not in self.body:
            await self.open(window(text))
        else:
            replaces = replace and self.is_on_receipt
            named = await mentions.in_blocks(self.desk, shown)
            said = await mentions.in_text(self.desk, text)
            if not await soon(self.respond(said, named or None, replace_original=replaces)):
                raise NotSaid

    async def open(self, view: View) -> None:
        """Open a modal, on top of the one that the button stands in; or raise NotOpened."""
        sent, named = self.sent, await mentions.in_view(self.desk, view)
        is_on_top = sent.view is not None and sent.view.type == "modal"
        way = self.client.views_push if is_on_top else self.client.views_open
        await opened(way(trigger_id=sent.trigger_id, view=named))

    async def turn(self, view: View) -> None:
        """Put another page in the place of the modal that the button stands in."""
        standing = self.sent.view
        if standing is None:
            raise Stale
        named = await mentions.in_view(self.desk, view)
        await opened(self.client.views_update(view_id=standing.id, hash=standing.hash, view=named))

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Acknowledge after what is done inside; where that is refused, say why."""
        try:
            yield
        except Refusal as refusal:
            await self.say(refusals.sentence(refusal))
        await self.ack()

    async def carry_out(self, doing: Awaitable[R], words: Callable[[R], str] | None = None) -> None:
        """Do it and acknowledge; say why when it is refused, and on a receipt, in *words*, what was done."""
        async with self.answering():
            done = await doing
            if words and self.is_on_receipt:
                await self.say(words(done), replace=True)


def window(text: str) -> View:
    """A modal that says one thing."""
    return blocks.modal("window", labels.APP, [blocks.section(text)])


async def soon(answering: Awaitable[Any]) -> bool:
    """Wait for what goes beside an answer, but not long; return whether it was done, and never fail."""
    task = asyncio.ensure_future(answering)
    done, late = await asyncio.wait({task}, timeout=WITHIN)
    for slow in late:
        slow.cancel()
    is_done = not late and not any(sent.exception() for sent in done)
    if not is_done:
        log.warning("what goes beside an answer was not done")
    return is_done

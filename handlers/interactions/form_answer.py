"""How a form that was sent is answered: it closes, or stays open with what is wrong under its fields."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from handlers.block_kit.refusals import Problems
from kernel.errors import Refusal, Repeated

if TYPE_CHECKING:
    from slack_bolt.context.ack.async_ack import AsyncAck


@asynccontextmanager
async def answering(ack: "AsyncAck", problems: Problems) -> AsyncIterator[dict[str, Any]]:
    """Acknowledge a form after what is done inside; what was refused goes under its field by *problems*.

    A form that was carried out before closes. What is put into the dictionary is said to Slack instead.
    """
    answer: dict[str, Any] = {}
    try:
        yield answer
    except Repeated:
        answer = {}
    except Refusal as refusal:
        answer = {"response_action": "errors", "errors": problems(refusal)}
    await ack(**answer)

"""A command whose form did not open: what was typed is given back, with a button that takes it up again."""

from collections.abc import Mapping
from typing import Any

from handlers import words
from handlers.block_kit import blocks, draft_buttons, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.errors import Stale
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Command
from handlers.interactions.ports import App
from handlers.requests import drafts

AGAIN = "command.again"
_LONGEST = 1_900  # characters that a button's value may hold beside the command


async def given_back(call: Call) -> dict[str, Any]:
    """The answer to a command whose form did not open."""
    command, text = str(call.body["command"]), str(call.body.get("text") or "")
    shown: list[Block] = [
        blocks.section(words.NOT_OPENED),
        *blocks.actions([await _button(call, command, text)]),
        *texts.headed(words.YOU_WROTE, mrkdwn.unescape(text).strip()),
    ]
    return {"response_type": "ephemeral", "text": blocks.spoken(shown[:50]), "blocks": shown[:50]}


async def _button(call: Call, command: str, text: str) -> Element:
    """What takes the text up again; one too long for a button is kept as a draft."""
    if len(text) <= _LONGEST and mrkdwn.width(text) <= _LONGEST:
        return blocks.button(labels.TRY_AGAIN, AGAIN, f"{command} {text}", style="primary")
    draft = await drafts.keep(call, mrkdwn.unescape(text), "command")
    return blocks.button(labels.TRY_AGAIN, draft_buttons.CHANGE, draft.id, style="primary")


class Unopened:
    """Takes up again what was typed after one of the *commands*."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self._commands = commands

    async def again(self, press: Press) -> None:
        """Do what a command asked for, as if it were typed now."""
        name, _, text = press.value.partition(" ")
        if name not in self._commands:
            raise Stale

        async def answer(text: str = "", blocks: list[Block] | None = None, **_: Any) -> None:
            if text:
                await press.say(text, blocks or ())
            await press.ack()

        place = press.body.get("channel")
        body = {**press.body, "channel_id": place.get("id", "") if isinstance(place, dict) else ""}
        ack: Any = answer
        call = Call(body, ack, press.client, press.desk, press.me, press.now, press.terms)
        await self._commands[name](call, {"text": text})

    def register(self, app: App) -> None:
        """Listen to the button."""
        app.action(AGAIN)(self.again)

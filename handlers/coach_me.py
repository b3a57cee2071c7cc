"""`/coach-me`: says honestly that there is no guided coaching, and carries the text over to a person."""

from typing import Any

from handlers import blocks, draft_card, drafts, mrkdwn, request_form
from handlers.commands import Call
from handlers.ports import App

COMMAND = "/coach-me"
_HONEST = "*I can't coach you: Waymark has no guided coaching.* What I can do is find a person to talk with."


async def coach_me(call: Call, command: dict[str, Any]) -> None:
    """Offer a person instead, with what was typed carried over."""
    text = mrkdwn.unescape(command.get("text") or "").strip()
    if text:
        draft = await drafts.keep(call, text, "command")
        buttons = [blocks.button("Ask a person about this", draft_card.CHANGE, draft.id, style="primary")]
        kept = [blocks.section("*You wrote:*"), *blocks.paragraphs(mrkdwn.escape(text))]
    else:
        buttons, kept = [request_form.open_button("Ask a person")], []
    shown = [blocks.section(_HONEST), *kept[:40], *blocks.actions(buttons)]
    await call.say(blocks.spoken(shown), shown)


def register(app: App) -> None:
    """Listen to the command."""
    app.command(COMMAND)(coach_me)

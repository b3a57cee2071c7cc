"""What nobody else answers: buttons and forms of earlier versions, unknown commands, and what went wrong.

A listener that fails is answered here, with the person's own words given back. An event is left
unacknowledged, so that Slack sends it again; after its last attempt the writer is told.
"""

import json
import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from handlers import advice, blocks, mrkdwn, presses
from handlers.commands import Call
from handlers.ports import App, Response
from handlers.presses import Press
from mentoring.aside import aside
from mentoring.desk import Desk
from sensing.safety import Tier, read

if TYPE_CHECKING:
    from slack_bolt.request.async_request import AsyncBoltRequest

_ANYTHING = re.compile(r".*", re.DOTALL)
_OLD = "This card is from an earlier time, so its buttons don't work any more. Please look at the *Home* tab."
_OLD_FORM = (
    "This form is from an earlier time, so nothing was saved. Please open it again with `/ask-mentor`."
)
_SORRY = "*That went wrong on my side, and I may not have saved it.* I'm sorry. Please try again in a minute."
_SORRY_FORM = (
    "That went wrong on my side. Nothing that you typed is lost: please press the button again in a minute."
)
_LAST_RETRY = "3"
log = logging.getLogger(__name__)


async def old_button(press: Press) -> None:
    """Answer a button that no version of today has."""
    await press.say(_OLD)
    await press.ack()


async def old_form(ack: Any) -> None:
    """Answer a form that no version of today has."""
    await ack(response_action="update", view=presses.window(_OLD_FORM))


async def unknown_shortcut(call: Call) -> None:
    """Answer a shortcut that no version of today has."""
    await call.open(presses.window(_OLD_FORM))


async def no_choices(ack: Any) -> None:
    """Answer a menu that no version of today has."""
    await ack(options=[])


async def failed(
    error: Exception, request: "AsyncBoltRequest", response: Response, body: dict[str, Any], client: Any
) -> None:
    """Log what went wrong, and answer it in the way that this kind of interaction is answered."""
    log.error("a listener failed", exc_info=error)
    if "command" in body:
        _reply(response, sorry(body.get("text") or ""))
    elif body.get("type") == "view_submission":
        _reply(response, {"response_action": "errors", "errors": _under_first_field(body["view"])})
    elif body.get("type") == "block_suggestion":
        _reply(response, {"options": []})
    elif body.get("type") in ("block_actions", "message_action", "shortcut"):
        await _apologize(request, response)
    elif _is_last_try(request.headers) and body.get("event", {}).get("type") == "message":
        await _tell_writer(client, body["event"], request.context.get("desk"))


def sorry(text: str) -> dict[str, Any]:
    """Return the apology for a command, with what was typed after it given back whole."""
    typed = mrkdwn.unescape(text)
    kept = [blocks.section("*You wrote:*"), *blocks.paragraphs(mrkdwn.escape(typed))] if typed.strip() else []
    shown = [blocks.section(_SORRY), *kept][:50]
    return {"response_type": "ephemeral", "text": blocks.spoken(shown), "blocks": shown}


def _under_first_field(view: Mapping[str, Any]) -> dict[str, str]:
    return next({block["block_id"]: _SORRY_FORM} for block in view["blocks"] if block["type"] == "input")


async def _apologize(request: "AsyncBoltRequest", response: Response) -> None:
    """Acknowledge a button, and say sorry where it can be said without storage."""
    _reply(response, None)
    context, body = request.context, request.body
    if context.respond and body.get("response_url"):
        await presses.soon(context.respond(_SORRY, replace_original=False))
    elif "trigger_id" in body:
        await presses.soon(
            context.client.views_open(trigger_id=body["trigger_id"], view=presses.window(_SORRY))
        )


def _is_last_try(headers: Mapping[str, Any]) -> bool:
    return list(headers.get("x-slack-retry-num", ())) == [_LAST_RETRY]


async def _tell_writer(client: Any, event: Mapping[str, Any], desk: Desk | None) -> None:
    """Say sorry for a message; where a life may be in danger, whom to turn to instead."""
    if event.get("user") and not event.get("bot_id"):
        text = event.get("text") or ""
        is_grave = (await aside(read, text)).tier is Tier.STOP
        shown = advice.stop(desk.policy.support if desk else ()) if is_grave else sorry(text)["blocks"]
        message = {"channel": event["channel"], "text": blocks.spoken(shown), "blocks": shown}
        await presses.soon(client.chat_postMessage(**message))


def _reply(response: Response, body: dict[str, Any] | None) -> None:
    response.status = 200
    response.body = json.dumps(body) if body is not None else ""
    response.headers = {"content-type": ["application/json"]}


def register(app: App) -> None:
    """Listen to whatever is left; comes last, since the first listener that matches is the one that runs."""
    app.action(_ANYTHING)(old_button)
    app.view(_ANYTHING)(old_form)
    app.shortcut(_ANYTHING)(unknown_shortcut)
    app.options(_ANYTHING)(no_choices)
    app.error(failed)

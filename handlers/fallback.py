"""What nobody else answers: buttons and forms of earlier versions, unknown commands, and what went wrong.

A listener that fails is answered here, with the person's own words given back. An event is left
unacknowledged, so that Slack sends it again; after its last attempt the writer is told. What fails as can be
expected (a refusal, a payload that nothing of today sends, a window that came too late) is answered in its
own words and counted, and is no error.
"""

import json
import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from handlers import unopened, words
from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.errors import NotOpened, NotSaid, Stale
from handlers.block_kit.payload import Line, Sent
from handlers.interactions import button_click
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.ports import App, Response
from handlers.triage import advice
from kernel.desk import Desk
from kernel.errors import LockedOut, Refusal, Unreadable, Unserved
from kernel.reading import aside
from sensing.safety.safety import Tier, read

if TYPE_CHECKING:
    from slack_bolt.request.async_request import AsyncBoltRequest

_ANYTHING = re.compile(r".*", re.DOTALL)
OK, UNSAID, UNAVAILABLE = 200, 424, 503
_TOO_LATE = frozenset(
    [
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
        "trigger_exchanged",
        "trigger_expired",
        "hash_conflict",
        "push_limit_reached",
        "not_found",
        "view_not_found",
    ]
)
_UNOPENED, _UNSAID = ("late", "unopened"), "unsaid"
_PRESSED = ("block_actions", "message_action", "shortcut")
_PASSING = (LockedOut, Unreadable)  # an event is left for Slack to send again: by then it may be over
_LAST_RETRY = "3"
log = logging.getLogger(__name__)


async def old_button(press: Press) -> None:
    """Answer a button that no version of today has."""
    await press.say(words.OLD)
    await press.ack()


async def old_form(ack: Any) -> None:
    """Answer a form that no version of today has."""
    await ack(response_action="update", view=button_click.window(words.OLD_FORM))


async def unknown_shortcut(call: Call) -> None:
    """Answer a shortcut that no version of today has."""
    await call.open(button_click.window(words.OLD_FORM))


async def no_choices(ack: Any) -> None:
    """Answer a menu that no version of today has."""
    await ack(options=[])


async def failed(
    error: Exception, request: "AsyncBoltRequest", response: Response, body: dict[str, Any], client: Any
) -> None:
    """Answer what went wrong in the way that this kind of interaction is answered.

    Where it went wrong before the request was known to be a workspace's, Slack is called for nobody.
    """
    why, is_passing = expected(error), "event" in body and isinstance(error, _PASSING)
    if why and not is_passing:
        await _turned_down(why, _words(error, body), request, response)
        return
    if why is None:
        log.error("a listener failed", exc_info=error)
    if "command" in body:
        _reply(response, sorry(body.get("text") or ""))
    elif body.get("type") == "view_submission":
        _reply(response, _on_form(body, words.SORRY_FORM))
    elif body.get("type") == "block_suggestion":
        _reply(response, {"options": []})
    elif request.context.authorize_result is None:
        return
    elif body.get("type") in _PRESSED:
        await _answer_press(words.SORRY, request, response, UNAVAILABLE)
    elif _is_last_try(request.headers) and body.get("event", {}).get("type") == "message":
        await _tell_writer(client, body["event"], request.context.get("desk"))


def expected(error: Exception) -> str | None:
    """What kind of failure this is where it can be expected, or None."""
    if isinstance(error, Stale):
        return "stale"
    if isinstance(error, Refusal):
        return "refused"
    if isinstance(error, Unserved):
        return "unserved"
    if isinstance(error, NotOpened):
        return "unopened"
    if isinstance(error, NotSaid):
        return _UNSAID
    answer = getattr(error, "response", None)
    return "late" if answer is not None and answer.get("error") in _TOO_LATE else None


def _words(error: Exception, body: Mapping[str, Any]) -> str:
    if isinstance(error, Refusal | Unserved):
        return refusals.sentence(error)
    if isinstance(error, NotOpened):
        return words.SLOW
    if not isinstance(error, Stale):
        return words.LATE
    old = {"block_actions": words.OLD, "view_submission": words.OLD_FORM}
    return old.get(body.get("type", ""), words.UNREADABLE)


async def _turned_down(why: str, said: str, request: "AsyncBoltRequest", response: Response) -> None:
    """Answer with what is *said*, and count it; an event gets no answer and does not come again."""
    body, count = request.body, request.context.get("turned_down")
    if count:
        count(why)
    if "command" in body:
        call = request.context.get("call") if why in _UNOPENED else None
        typed = body.get("text") or ""
        _reply(response, await unopened.given_back(call) if call else given_back(said, typed))
    elif body.get("type") == "view_submission":
        _reply(response, _on_form(body, said))
    elif why == _UNSAID:
        response.status = UNSAID
    elif body.get("type") in _PRESSED:
        await _answer_press(said, request, response, UNSAID)
    else:
        _reply(response, {"options": []} if body.get("type") == "block_suggestion" else None)


def sorry(text: str) -> dict[str, Any]:
    """The apology for a command."""
    return given_back(words.SORRY, text)


def given_back(said: str, text: str) -> dict[str, Any]:
    """An answer to a command, with what was typed after it given back whole."""
    shown = [blocks.section(said), *texts.headed(words.YOU_WROTE, mrkdwn.unescape(text))][:50]
    return {"response_type": "ephemeral", "text": blocks.spoken(shown), "blocks": shown}


def _on_form(body: Mapping[str, Any], said: str) -> dict[str, Any]:
    """What puts words under a form's first field, so that what was typed stays, or in its place."""
    try:
        shown = payload.read(_Shown, body.get("view"))
    except Stale:
        shown = _Shown()
    first = next((block.block_id for block in shown.blocks if block.type == "input"), None)
    if first is None:
        return {"response_action": "update", "view": button_click.window(said)}
    return {"response_action": "errors", "errors": {first: refusals.plain(said)}}


class _Block(Sent):
    type: str
    block_id: Line = ""


class _Shown(Sent):
    blocks: tuple[_Block, ...] = ()


async def _answer_press(said: str, request: "AsyncBoltRequest", response: Response, unsaid: int) -> None:
    """Say it and acknowledge; Slack's own sign beside the button is all there is where it is *unsaid*."""
    _reply(response, None)
    response.status = OK if await _say(said, request) else unsaid


async def _say(said: str, request: "AsyncBoltRequest") -> bool:
    """Say it in a way that needs no storage, if there is one; return False where that failed."""
    context, body = request.context, request.body
    if context.respond and body.get("response_url"):
        return await button_click.soon(context.respond(said, replace_original=False))
    if "trigger_id" in body:
        window = button_click.window(said)
        return await button_click.soon(context.client.views_open(trigger_id=body["trigger_id"], view=window))
    return True


def _is_last_try(headers: Mapping[str, Any]) -> bool:
    return list(headers.get("x-slack-retry-num", ())) == [_LAST_RETRY]


async def _tell_writer(client: Any, event: Mapping[str, Any], desk: Desk | None) -> None:
    """Say sorry for a message; where a life may be in danger, whom to turn to instead."""
    if event.get("user") and not event.get("bot_id"):
        text = event.get("text") or ""
        is_grave = (await aside(read, text)).tier is Tier.STOP
        shown = advice.stop(desk.policy.support if desk else ()) if is_grave else sorry(text)["blocks"]
        message = {"channel": event["channel"], "text": blocks.spoken(shown), "blocks": shown}
        await button_click.soon(client.chat_postMessage(**message))


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

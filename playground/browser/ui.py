"""What the browser page asks for and does: thin handlers over what people do, and the live feed."""

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

from playground.acting import clicks, forms, membership, talk
from playground.browser import world
from playground.foundation.errors import NotPossible
from playground.line.faults import Faults
from playground.line.slack import Slack
from playground.web_api.incoming import json_body
from playground.workspace.people import zone


class Body(dict[str, Any]):
    """What the page sent. A field that is missing is said so in a sentence."""

    def __missing__(self, key: str) -> Any:
        raise NotPossible(f"The field “{key}” is missing.")


Answer = dict[str, Any]
# What a field of another kind comes to.
UNREADABLE = (ArithmeticError, AttributeError, TypeError, ValueError)
PRESETS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


async def say(slack: Slack, body: Body) -> Answer:
    """A person writes; a line that starts with / is a command."""
    text = str(body["text"])
    if text.startswith("/") and not body.get("thread_ts"):
        name, _, rest = text.partition(" ")
        return await command(slack, Body({**body, "command": name, "text": rest.strip()}))
    message = talk.say(slack, body["user"], text, body.get("conversation"), body.get("thread_ts"))
    return {"ok": True, "message": slack.workspace.shown(message)}


async def edit(slack: Slack, body: Body) -> Answer:
    """A person changes a message of theirs."""
    message = slack.workspace.message(body["conversation"], body["ts"])
    changed = talk.rewrite(slack, body["user"], message, str(body["text"]))
    return {"ok": True, "message": slack.workspace.shown(changed)}


async def delete(slack: Slack, body: Body) -> Answer:
    """A person deletes a message of theirs."""
    talk.take_away(slack, body["user"], slack.workspace.message(body["conversation"], body["ts"]))
    return {"ok": True}


async def command(slack: Slack, body: Body) -> Answer:
    """A person uses a slash command."""
    answer = await talk.command(
        slack, body["user"], body["command"], body.get("text", ""), body.get("conversation")
    )
    shown = slack.workspace.shown(answer.shown) if answer.shown else None
    return {"ok": answer.ok, "shown": shown, "error": answer.error}


async def shortcut(slack: Slack, body: Body) -> Answer:
    """A person uses a global or message shortcut."""
    ts = body.get("message_ts")
    message = slack.workspace.message(body["conversation"], ts) if ts else None
    return vars(await talk.shortcut(slack, body["user"], body["callback_id"], message))


async def action(slack: Slack, body: Body) -> Answer:
    """A person clicks an element of a message or a view."""
    return vars(
        await clicks.act(slack, body["user"], _target(slack, body), body.get("action", {}), _values(body))
    )


async def options(slack: Slack, body: Body) -> Answer:
    """A person types into a type-ahead menu."""
    return await clicks.options(slack, body["user"], _target(slack, body), str(body.get("value", "")))


async def submit(slack: Slack, body: Body) -> Answer:
    """A person submits a modal."""
    done = await forms.submit(slack, body["user"], body["view_id"], _values(body))
    if done.error:
        return {"error": done.error}
    if done.errors:
        return {"errors": done.errors}
    if done.view:
        return {"view": done.view.payload()}
    return {"closed": True, "stack": slack.views.depth(body["user"])}


async def close(slack: Slack, body: Body) -> Answer:
    """A person closes a modal, or all of them."""
    await forms.close(slack, body["user"], body["view_id"], bool(body.get("clear")))
    return {"ok": True}


async def open_conversation(slack: Slack, body: Body) -> Answer:
    """A person looks at a conversation, or begins one with others."""
    user = body["user"]
    if "with" in body:
        place = slack.workspace.group([user, *body["with"]])
    else:
        place = talk.place_of(slack, user, body["conversation"])
    if place.kind == "app":
        forms.open_dm(slack, user)
    else:
        slack.workspace.mark_read(user, place.id)
    return {"ok": True, "conversation": world.conversation(slack, place, user)}


async def stop(slack: Slack, body: Body) -> Answer:
    """A person stops the app's work in a thread."""
    talk.stop_agent(slack, body["user"], body["conversation"], body["thread_ts"])
    return {"ok": True}


async def read(slack: Slack, body: Body) -> Answer:
    """A person has seen what arrived, the conversation being open."""
    slack.workspace.mark_read(body["user"], talk.place_of(slack, body["user"], body["conversation"]).id)
    return {"ok": True}


async def clock(slack: Slack, body: Body) -> Answer:
    """Someone skips ahead: to a moment, by seconds, or by a preset."""
    slack.clock.skip(_skip(slack, body))
    now = {"now": slack.clock.now().isoformat(), "offset": slack.clock.offset}
    slack.feed.publish({"type": "clock", **now})
    return now


async def faults(slack: Slack, body: Body) -> Answer:
    """Someone breaks Slack on purpose, or mends it."""
    if body.pop("drop_socket", False):
        await slack.link.sockets.drop()
    known = slack.faults
    wanted = Faults.model_validate({**known.report(), **body})
    known.slow_ms, known.repeat_events = wanted.slow_ms, wanted.repeat_events
    known.limit, known.error, known.paced = wanted.limit, wanted.error, wanted.paced
    known.no_agents, known.lost, known.late_ms = wanted.no_agents, wanted.lost, wanted.late_ms
    return known.report()


async def presence(slack: Slack, body: Body) -> Answer:
    """A person comes or goes."""
    membership.set_presence(slack, body["user"], body["presence"] == "away")
    return {"ok": True}


async def dnd(slack: Slack, body: Body) -> Answer:
    """A person turns do-not-disturb on."""
    membership.snooze(slack, body["user"], int(body["minutes"]))
    return {"ok": True}


Act = Callable[[Slack, Body], Awaitable[Answer]]


async def hand_in(slack: Slack, body: Body) -> Answer:
    """A person puts a file into a form's `file_input`; its bytes come in base64."""
    handed = slack.uploads.hand_in(str(body["name"]), b64decode(str(body["content"]), validate=True))
    return {"id": handed.id, "name": handed.name}


POSTS: dict[str, Act] = {
    "message": say,
    "edit": edit,
    "delete": delete,
    "command": command,
    "shortcut": shortcut,
    "action": action,
    "options": options,
    "submit": submit,
    "hand-in": hand_in,
    "close": close,
    "open": open_conversation,
    "stop": stop,
    "read": read,
    "clock": clock,
    "faults": faults,
    "presence": presence,
    "dnd": dnd,
}


def add_routes(router: web.UrlDispatcher, slack: Slack) -> None:
    """Add everything below /ui/."""
    for name, handler in POSTS.items():
        router.add_post(f"/ui/{name}", partial(_post, slack, handler))
    for name, picture in world.PICTURES.items():
        router.add_get(f"/ui/{name}", partial(_get, slack, picture))
    router.add_get("/ui/live", partial(_live, slack))


async def _post(slack: Slack, handler: Act, request: web.Request) -> web.Response:
    try:
        return web.json_response(await handler(slack, Body(await json_body(request))))
    except UNREADABLE as error:
        raise NotPossible(f"This cannot be read: {type(error).__name__}.") from error


async def _get(slack: Slack, picture: world.Picture, request: web.Request) -> web.Response:
    try:
        return web.json_response(picture(slack, Body(request.query)))
    except UNREADABLE as error:
        raise NotPossible(f"This cannot be read: {type(error).__name__}.") from error


async def _live(slack: Slack, request: web.Request) -> web.WebSocketResponse:
    """Push every change the person may see, until the page goes away."""
    socket = web.WebSocketResponse(heartbeat=20, timeout=1)
    await socket.prepare(request)
    with slack.feed.watch(request.query.get("user", "")) as changes:
        pushing = asyncio.create_task(_push(socket, changes))
        async for message in socket:
            if message.type is WSMsgType.ERROR:
                break
        pushing.cancel()
        with suppress(asyncio.CancelledError, ConnectionError):
            await pushing
    return socket


async def _push(socket: web.WebSocketResponse, changes: asyncio.Queue[Answer]) -> None:
    while True:
        await socket.send_json(await changes.get())


def _target(slack: Slack, body: Body) -> clicks.Target:
    return clicks.Target(_where(slack, Body(body["container"])), body["block_id"], body["action_id"])


def _where(slack: Slack, container: Body) -> clicks.Where:
    if container["type"] == "view":
        return slack.views.get(container["view_id"])
    return slack.workspace.message(container["conversation"], container["ts"])


def _values(body: Body) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = (body.get("state") or {}).get("values") or {}
    return values


def _skip(slack: Slack, body: Body) -> timedelta:
    now = slack.clock.now()
    if "to" in body:
        return datetime.fromisoformat(body["to"]).astimezone(now.tzinfo) - now
    if "skip_seconds" in body:
        return timedelta(seconds=float(body["skip_seconds"]))
    if body.get("preset") == "tomorrow_9":
        return _tomorrow_at_nine(slack, body.get("user"), now) - now
    if body.get("preset") in PRESETS:
        return PRESETS[body["preset"]]
    raise NotPossible("Say where to: a time, a number of seconds, or a preset.")


def _tomorrow_at_nine(slack: Slack, user: str | None, now: datetime) -> datetime:
    """9:00 of the next day where the person is."""
    local = now.astimezone(zone(slack.workspace.people.get(user).tz if user else "Etc/UTC"))
    return datetime.combine(local.date() + timedelta(days=1), time(9), local.tzinfo)

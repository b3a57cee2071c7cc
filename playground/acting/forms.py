"""Modals and the Home tab in people's hands: submit, close, open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.acting.composing import checked_view
from playground.acting.talk import actor
from playground.foundation.errors import SlackError
from playground.line import payloads
from playground.line.envelopes import Ack, Sending
from playground.line.slack import Slack
from playground.workspace.people import SlackUser
from playground.workspace.view_state import Values, elements, refused
from playground.workspace.views import OpenView

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Submission:
    """What became of a submitted modal: closed, sent back with problems, or replaced by another view."""

    closed: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    view: OpenView | None = None
    error: str | None = None


async def submit(slack: Slack, user: str, view_id: str, state: Values) -> Submission:
    """Submit a modal. What was typed stays in the view unless it closes."""
    person = actor(slack, user)
    view = slack.views.fill(slack.views.get(view_id), state)
    if problems := refused(view.blocks, view.values):
        return Submission(errors=problems)
    trigger = slack.triggers.issue(user)
    urls = list(_response_urls(slack, user, view))
    parts = {"trigger_id": trigger, "view": view.payload(), "response_urls": urls}
    ack = await slack.link.send(
        Sending("interactive", payloads.interaction("view_submission", person, **parts))
    )
    if not ack.ok:
        return Submission(error=TROUBLE)
    try:
        return _answered(slack, user, view, ack)
    except SlackError as error:
        return Submission(
            error=f"{TROUBLE} ({error.code}{': ' + error.messages[0] if error.messages else ''})"
        )


async def close(slack: Slack, user: str, view_id: str, clear: bool = False) -> None:
    """Close the top modal, or with *clear* all of them; the app hears of it where it asked to."""
    person = actor(slack, user)
    view = slack.views.get(view_id)
    root = view.previous_view_id is None
    gone = slack.views.clear(user) if clear else [view]
    if not clear:
        slack.views.close(user)
    for each in gone:
        if each.body.get("notify_on_close"):
            await _tell_closed(slack, person, each, cleared=clear or root)


def open_home(slack: Slack, user: str) -> OpenView | None:
    """Look at the Home tab: the app is told, and what it published last is shown."""
    person = actor(slack, user)
    view = slack.views.home(user)
    _tell_opened(slack, person, "home", {"view": view.payload()} if view else {})
    return view


def open_dm(slack: Slack, user: str) -> None:
    """Look at the Messages tab of the app: the app is told."""
    person = actor(slack, user)
    slack.workspace.mark_read(user, slack.workspace.dm(user).id)
    _tell_opened(slack, person, "messages", {})


def _answered(slack: Slack, user: str, view: OpenView, ack: Ack) -> Submission:
    body: dict[str, Any] = ack.body if isinstance(ack.body, dict) else {}
    action = body.get("response_action")
    # An empty answer closes the view, and uncovers the one below.
    if action is None:
        slack.views.close(user)
        return Submission(closed=True)
    if action == "clear":
        slack.views.clear(user)
        return Submission(closed=True)
    if action == "errors":
        return Submission(errors=_problems(view, body.get("errors")))
    if action == "update":
        return Submission(view=slack.views.update(view, checked_view(body.get("view"), "modal")))
    if action == "push":
        return Submission(view=slack.views.push(user, checked_view(body.get("view"), "modal")))
    raise SlackError("invalid_response_action")


def _response_urls(slack: Slack, user: str, view: OpenView) -> Iterator[dict[str, Any]]:
    """Where the app may answer: the conversations chosen in menus that ask for a response URL."""
    for block, element in elements(view.blocks):
        chosen = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        channel = chosen.get("selected_conversation") or chosen.get("selected_channel")
        if element.get("response_url_enabled") and channel:
            url = slack.response_url(slack.workspace.conversation(channel), user)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            yield {**ids, "channel_id": channel, "response_url": url}


def _problems(view: OpenView, errors: Any) -> dict[str, str]:
    blocks = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= blocks:
        raise SlackError("invalid_errors", "errors must name input blocks of the view")
    return {block: str(sentence) for block, sentence in errors.items()}


async def _tell_closed(slack: Slack, person: SlackUser, view: OpenView, cleared: bool) -> None:
    parts = {"view": view.payload(), "is_cleared": cleared}
    await slack.link.send(Sending("interactive", payloads.interaction("view_closed", person, **parts)))


def _tell_opened(slack: Slack, person: SlackUser, tab: str, more: dict[str, Any]) -> None:
    channel = slack.workspace.dm(person.id).id
    event = {"type": "app_home_opened", "user": person.id, "channel": channel, "tab": tab}
    slack.announce("app_home_opened", {**event, **more, "event_ts": slack.clock.stamp()})

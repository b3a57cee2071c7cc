"""What people click: buttons, menus and pickers in messages and views, and type-ahead menus."""

from dataclasses import dataclass
from typing import Any

from playground.acting.talk import Acted, acted, actor, place_of
from playground.block_kit.validation import options_problems
from playground.foundation.errors import NotPossible
from playground.line import payloads
from playground.line.envelopes import Sending
from playground.line.slack import Slack
from playground.workspace.messages import Message
from playground.workspace.view_state import Values, elements, merged
from playground.workspace.views import OpenView

Where = Message | OpenView
Parts = dict[str, Any]
REPEATED = ("text", "url", "style", "confirm", "placeholder")


@dataclass(frozen=True)
class Target:
    """An element that is clicked: the message or view as the person sees it, and the element's two ids."""

    where: Where
    block_id: str
    action_id: str

    def element(self) -> dict[str, Any]:
        """The element; one that is not there cannot be clicked."""
        for block, element in elements(self.where.blocks):
            if block["block_id"] == self.block_id and element["action_id"] == self.action_id:
                return element
        raise NotPossible("That is no longer there.")


async def act(slack: Slack, user: str, target: Target, answer: Parts, state: Values) -> Acted:
    """Send a block action. *answer* is the element's new state; *state*, what is filled in around it."""
    person, element = actor(slack, user), target.element()
    action = {
        **answer,
        "action_id": target.action_id,
        "block_id": target.block_id,
        "type": element["type"],
        "action_ts": slack.clock.stamp(),
        **{key: element[key] for key in REPEATED if key in element},
    }
    origin = _filled(slack, user, target.where, state)
    parts = {"trigger_id": slack.triggers.issue(user), "actions": [action], **origin}
    payload = payloads.interaction("block_actions", person, **parts)
    return acted(await slack.link.send(Sending("interactive", payload)))


async def options(slack: Slack, user: str, target: Target, typed: str) -> dict[str, Any]:
    """Ask the app for the options of a type-ahead menu; return a value with `options` or `option_groups`."""
    person = actor(slack, user)
    target.element()
    asked = {"action_id": target.action_id, "block_id": target.block_id, "value": typed}
    payload = payloads.interaction("block_suggestion", person, **asked, **_origin(slack, user, target.where))
    ack = await slack.link.send(Sending("interactive", payload))
    if not ack.ok or not isinstance(ack.body, dict):
        raise NotPossible("The options could not be loaded.")
    if problems := options_problems(ack.body):
        raise NotPossible(f"The options could not be loaded: {problems[0]}")
    return ack.body


def _filled(slack: Slack, user: str, where: Where, state: Values) -> Parts:
    if isinstance(where, OpenView):
        return payloads.in_view(slack.views.fill(slack.views.get(where.id), state))
    return {
        **_origin(slack, user, where),
        "state": {"values": merged(where.blocks, {}, state)},
        "response_url": slack.response_url(place_of(slack, user, where.conversation), user, where),
    }


def _origin(slack: Slack, user: str, where: Where) -> Parts:
    if isinstance(where, OpenView):
        return payloads.in_view(where)
    place = place_of(slack, user, where.conversation)
    return payloads.in_message(place, slack.workspace.timeline(place.id).get(where.ts) or where)

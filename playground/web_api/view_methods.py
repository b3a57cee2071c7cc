"""The Web API's views.*: modals and Home tabs."""

from playground.acting.composing import checked_view
from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method


def views_open(slack: Slack, call: ApiCall) -> Answer:
    """views.open"""
    # Checked before the trigger is spent: a refused view can be sent again with the same trigger.
    body = checked_view(call.args.get("view"), "modal")
    return {"view": slack.views.open(_spend(slack, call), body).payload()}


def views_push(slack: Slack, call: ApiCall) -> Answer:
    """views.push"""
    body = checked_view(call.args.get("view"), "modal")
    return {"view": slack.views.push(_spend(slack, call), body).payload()}


def views_update(slack: Slack, call: ApiCall) -> Answer:
    """views.update: by view_id or external_id, refused when the hash is stale."""
    view = slack.views.find(call.get("view_id"), call.get("external_id"))
    body = checked_view(call.args.get("view"), view.type)
    return {"view": slack.views.update(view, body, call.get("hash")).payload()}


def views_publish(slack: Slack, call: ApiCall) -> Answer:
    """views.publish: shows a Home tab to one person."""
    person = slack.workspace.people.get(call.need("user_id"))
    if person.is_bot or person.deleted:
        raise SlackError("not_enabled")
    body = checked_view(call.args.get("view"), "home")
    return {"view": slack.views.publish(person.id, body, call.get("hash")).payload()}


def _spend(slack: Slack, call: ApiCall) -> str:
    return slack.triggers.spend(call.get("trigger_id") or call.need("interactivity_pointer"))


METHODS: dict[str, Method] = {
    "views.open": Method(views_open),
    "views.push": Method(views_push),
    "views.update": Method(views_update),
    "views.publish": Method(views_publish),
}

"""What the page sees of the workspace, as pure pictures of its present state."""

from collections.abc import Callable, Mapping
from typing import Any

from playground.acting import forms, membership
from playground.acting.talk import place_of
from playground.line.slack import Slack
from playground.workspace.cast import TOPICS, WORKSPACE
from playground.workspace.conversations import SlackConversation
from playground.workspace.people import BOT_USER_ID, TEAM_ID, SlackUser

FIRST_PERSON = "U0MAYA"
MOST_ENTRIES = 500
Query = Mapping[str, str]
Picture = Callable[[Slack, Query], dict[str, Any]]


def world(slack: Slack, query: Query) -> dict[str, Any]:
    """The workspace as one person sees it when the page opens."""
    user = query.get("user") or FIRST_PERSON
    return {
        "now": slack.clock.now().isoformat(),
        "offset": slack.clock.offset,
        "workspace": {"id": TEAM_ID, "name": WORKSPACE},
        "app": _app(slack),
        "user": person(slack, slack.workspace.people.get(user)),
        "people": [_listed(slack, each) for each in slack.workspace.people.named()],
        "conversations": [conversation(slack, each, user) for each in slack.workspace.conversations_of(user)],
        "channels": {
            each.id: each.name for each in slack.workspace.conversations() if each.kind == "channel"
        },
    }


def person(slack: Slack, who: SlackUser) -> dict[str, Any]:
    """A person as the page shows them."""
    now = slack.clock.now()
    user = who.payload(now)
    return {
        "id": who.id,
        "name": who.name,
        "real_name": who.real_name,
        "title": who.title,
        "tz": who.tz,
        "tz_label": user.get("tz_label", ""),
        "avatar": {"initials": who.initials, "colour": f"#{who.colour}"},
        "is_admin": who.is_admin,
        "is_guest": who.is_restricted,
        "is_bot": who.is_bot,
        "is_stranger": who.is_stranger,
        "deleted": who.deleted,
        "presence": "away" if who.away or who.is_bot or who.deleted else "active",
        "dnd": membership.undisturbed(who, now),
    }


def messages(slack: Slack, query: Query) -> dict[str, Any]:
    """A page of a conversation, oldest first, ending before `before`."""
    user, limit = query["user"], int(query.get("limit", 50))
    place = place_of(slack, user, query["conversation"])
    roots = slack.workspace.timeline(place.id).roots(user)
    earlier = [message for message in roots if message.ts < query.get("before", "9")]
    return {
        "messages": [slack.workspace.shown(message) for message in earlier[-limit:]],
        "more": len(earlier) > limit,
    }


def thread(slack: Slack, query: Query) -> dict[str, Any]:
    """A thread: its first message, then the replies."""
    user = query["user"]
    place = place_of(slack, user, query["conversation"])
    chain = slack.workspace.timeline(place.id).thread(query["thread"], user)
    return {"messages": [slack.workspace.shown(message) for message in chain]}


def home(slack: Slack, query: Query) -> dict[str, Any]:
    """The Home tab as published last; the app is told that it was opened."""
    view = forms.open_home(slack, query["user"])
    return {"view": view.payload() if view else None}


def log(slack: Slack, query: Query) -> dict[str, Any]:
    """What Slack and the app said after entry `after`."""
    return {
        "entries": [
            entry.payload() for entry in slack.journal.after(int(query.get("after", 0)))[-MOST_ENTRIES:]
        ]
    }


def faults(slack: Slack, _query: Query) -> dict[str, Any]:
    """What goes wrong at present."""
    return slack.faults.report()


PICTURES: Mapping[str, Picture] = {
    "world": world,
    "messages": messages,
    "thread": thread,
    "home": home,
    "log": log,
    "faults": faults,
}


def conversation(slack: Slack, place: SlackConversation, user: str) -> dict[str, Any]:
    """A conversation as *user* sees it in the list."""
    newest = slack.workspace.timeline(place.id).newest()
    return {
        "id": place.id,
        "kind": place.kind,
        "name": place.name or slack.manifest.name,
        "topic": TOPICS.get(place.id, ""),
        "members": list(place.members),
        "unread": slack.workspace.reading.unread(user, place.id),
        "prompts": _prompts(slack, place),
        "last_ts": next((message.ts for message in newest if message.seen_by(user)), None),
    }


def _prompts(slack: Slack, place: SlackConversation) -> list[dict[str, str]]:
    """The first sentences offered to write to the app: the manifest's, until the app set some."""
    if place.kind != "app" or not slack.manifest.is_agent or slack.faults.no_agents:
        return []
    return slack.prompts.get(place.id) or list(slack.manifest.prompts)


def _listed(slack: Slack, who: SlackUser) -> dict[str, Any]:
    return {**person(slack, who), "unread": slack.workspace.unread(who.id)}


def _app(slack: Slack) -> dict[str, Any]:
    return {
        "user_id": BOT_USER_ID,
        "name": slack.manifest.name,
        "connected": slack.link.connected,
        "commands": [
            command.model_dump(include={"command", "description", "usage_hint"})
            for command in slack.manifest.commands
        ],
        "shortcuts": [shortcut.model_dump() for shortcut in slack.manifest.shortcuts],
    }

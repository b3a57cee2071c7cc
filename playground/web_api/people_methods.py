"""The Web API's users.*, dnd.*, conversations.* and team.info: who there is, and where they talk."""

from datetime import datetime
from typing import Any

from playground.acting import membership
from playground.foundation.errors import SlackError
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method, page, require_scope
from playground.workspace.cast import DOMAIN, WORKSPACE
from playground.workspace.conversations import SlackConversation
from playground.workspace.people import BOT_USER_ID, TEAM_ID, SlackUser

READ_SCOPES = {"channel": "channels:read", "im": "im:read", "app": "im:read", "mpim": "mpim:read"}


def users_info(slack: Slack, call: ApiCall) -> Answer:
    """users.info"""
    return {"user": _shown(slack, slack.workspace.people.get(call.need("user")))}


def users_list(slack: Slack, call: ApiCall) -> Answer:
    """users.list: strangers are not in it, the app's own user is; paged by cursor."""
    people = slack.workspace.people
    start, limit, cursor = page(call, len(people), default=len(people), most=1_000)
    members = [_shown(slack, person) for person in people.page(start, limit) if not person.is_stranger]
    # The app's own user comes with the last page.
    own = [_shown(slack, people.app)] if not cursor else []
    return {
        "members": members + own,
        "cache_ts": int(slack.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def users_presence(slack: Slack, call: ApiCall) -> Answer:
    """users.getPresence"""
    person = slack.workspace.people.get(call.need("user"))
    return {"presence": "away" if person.away or person.is_bot or person.deleted else "active"}


def users_by_email(slack: Slack, call: ApiCall) -> Answer:
    """users.lookupByEmail"""
    return {"user": _shown(slack, slack.workspace.people.by_email(call.need("email")))}


def dnd_info(slack: Slack, call: ApiCall) -> Answer:
    """dnd.info"""
    return _dnd(slack.workspace.people.get(call.need("user")), slack.clock.now())


def dnd_team_info(slack: Slack, call: ApiCall) -> Answer:
    """dnd.teamInfo: at most 50 people; those unknown are left out."""
    users = call.list("users")
    if not 1 <= len(users) <= 50:
        raise SlackError("invalid_arguments", "[ERROR] users must name 1 to 50 people")
    people, now = slack.workspace.people, slack.clock.now()
    return {"users": {user: _team_dnd(people.get(user), now) for user in users if user in people}}


def conversations_open(slack: Slack, call: ApiCall) -> Answer:
    """conversations.open: the same people always get the same conversation."""
    if channel := call.get("channel"):
        return {"channel": _opened(slack.workspace.conversation(channel), call), "already_open": True}
    users = [user for user in dict.fromkeys(call.list("users")) if user != BOT_USER_ID]
    if not users:
        raise SlackError("users_list_not_supplied")
    # A group message holds nine people, whoever opens it included.
    if len(users) > 8:
        raise SlackError("too_many_users")
    require_scope(slack, "im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        _require_open(slack, user)
    place = slack.workspace.dm(users[0]) if len(users) == 1 else slack.workspace.group([*users, BOT_USER_ID])
    return {"channel": _opened(place, call)}


def conversations_info(slack: Slack, call: ApiCall) -> Answer:
    """conversations.info"""
    return {"channel": _readable(slack, call.need("channel")).payload()}


def conversations_members(slack: Slack, call: ApiCall) -> Answer:
    """conversations.members"""
    members = _readable(slack, call.need("channel")).members
    start, limit, cursor = page(call, len(members), default=100, most=1_000)
    return {"members": list(members[start : start + limit]), "response_metadata": {"next_cursor": cursor}}


def conversations_list(slack: Slack, call: ApiCall) -> Answer:
    """conversations.list: public channels unless other types are named."""
    types = call.list("types") or ["public_channel"]
    kinds = {"public_channel": ("channel",), "im": ("im", "app"), "mpim": ("mpim",)}
    wanted = [kind for name in types for kind in kinds.get(name, ())]
    for kind in wanted:
        require_scope(slack, READ_SCOPES[kind])
    found = [
        place
        for place in slack.workspace.conversations()
        if place.kind in wanted and (place.kind == "channel" or place.with_app)
    ]
    start, limit, cursor = page(call, len(found), default=100, most=1_000)
    shown = [place.payload() for place in found[start : start + limit]]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def conversations_join(slack: Slack, call: ApiCall) -> Answer:
    """conversations.join"""
    place = slack.workspace.conversation(call.need("channel"))
    if place.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    return {"channel": slack.workspace.join(place, BOT_USER_ID).payload()}


def team_info(_slack: Slack, _call: ApiCall) -> Answer:
    """team.info"""
    return {"team": {"id": TEAM_ID, "name": WORKSPACE, "domain": DOMAIN, "email_domain": "", "icon": {}}}


def _shown(slack: Slack, person: SlackUser) -> dict[str, Any]:
    return person.payload(slack.clock.now(), with_email="users:read.email" in slack.manifest.scopes)


def _dnd(person: SlackUser, now: datetime) -> Answer:
    snoozed = membership.snoozed(person, now)
    ends = (
        {"snooze_endtime": int(person.snoozed_until.timestamp())} if snoozed and person.snoozed_until else {}
    )
    return {**_team_dnd(person, now), "snooze_enabled": snoozed, **ends}


def _team_dnd(person: SlackUser, now: datetime) -> Answer:
    start, end = membership.night(person, now)
    if membership.snoozed(person, now) and person.snoozed_until:
        start, end = now, person.snoozed_until
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def _readable(slack: Slack, channel: str) -> SlackConversation:
    place = slack.workspace.conversation(channel)
    require_scope(slack, READ_SCOPES[place.kind])
    if place.kind != "channel" and not place.with_app:
        raise SlackError("channel_not_found")
    return place


def _opened(place: SlackConversation, call: ApiCall) -> dict[str, Any]:
    return place.payload() if call.flag("return_im") else {"id": place.id}


def _require_open(slack: Slack, user: str) -> None:
    person = slack.workspace.people.get(user)
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    if person.is_stranger:
        raise SlackError("user_not_visible")


READ = ("users:read",)
METHODS: dict[str, Method] = {
    "users.info": Method(users_info, READ),
    "users.list": Method(users_list, READ),
    "users.getPresence": Method(users_presence, READ),
    "users.lookupByEmail": Method(users_by_email, ("users:read.email",)),
    "dnd.info": Method(dnd_info, ("dnd:read",)),
    "dnd.teamInfo": Method(dnd_team_info, ("dnd:read",)),
    "conversations.open": Method(conversations_open),
    "conversations.info": Method(conversations_info),
    "conversations.members": Method(conversations_members),
    "conversations.list": Method(conversations_list),
    "conversations.join": Method(conversations_join, ("channels:join",)),
    "team.info": Method(team_info, ("team:read",)),
}

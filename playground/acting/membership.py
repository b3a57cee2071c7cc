"""What changes about people: presence, do-not-disturb, profile, joining, leaving; and the app's uninstall."""

from datetime import datetime, time, timedelta
from typing import Any

from playground.foundation.errors import NotPossible
from playground.line.slack import Slack
from playground.workspace.people import SlackUser, zone

# Slack turns do-not-disturb on for everyone at these hours, until they change it.
NIGHT, MORNING = time(22), time(8)
LONGEST_SNOOZE = timedelta(days=366)


def change(slack: Slack, user: str, **fields: Any) -> SlackUser:
    """Change a person's profile; the app is told by `user_change`."""
    known = slack.workspace.people.get(user)
    person = SlackUser.model_validate({**known.model_dump(), **fields})
    slack.workspace.change_person(person)
    _tell(slack, "user_change", person)
    return person


def join(slack: Slack, user: str, real_name: str) -> SlackUser:
    """Let somebody new in; the app is told by `team_join`."""
    name = user[2:].lower()
    person = SlackUser(id=user, name=name, real_name=real_name, email=f"{name}@northwind.example")
    slack.workspace.change_person(person)
    slack.workspace.join(slack.workspace.conversation("C0GENERAL"), user)
    _tell(slack, "team_join", person)
    return person


def set_presence(slack: Slack, user: str, away: bool) -> None:
    """Come or go. Presence changes are never told to the app."""
    person = slack.workspace.people.get(user)
    slack.workspace.change_person(person.model_copy(update={"away": away}))


def snooze(slack: Slack, user: str, minutes: int) -> None:
    """Turn do-not-disturb on for some minutes; none turns it off."""
    if minutes > LONGEST_SNOOZE / timedelta(minutes=1):
        raise NotPossible("Do not disturb lasts a year at most.")
    person = slack.workspace.people.get(user)
    until = slack.clock.now() + timedelta(minutes=minutes) if minutes > 0 else None
    slack.workspace.change_person(person.model_copy(update={"snoozed_until": until}))


def night(person: SlackUser, now: datetime) -> tuple[datetime, datetime]:
    """The present or next do-not-disturb time of a person: 22:00 to 8:00 where they are."""
    local = now.astimezone(zone(person.tz))
    start_on = local.date() - timedelta(days=1) if local.time() < MORNING else local.date()
    start = datetime.combine(start_on, NIGHT, local.tzinfo)
    return start, datetime.combine(start_on + timedelta(days=1), MORNING, local.tzinfo)


def snoozed(person: SlackUser, now: datetime) -> bool:
    """Whether a snooze of their own is on."""
    return person.snoozed_until is not None and person.snoozed_until > now


def undisturbed(person: SlackUser, now: datetime) -> bool:
    """Whether nothing may disturb them now."""
    start, end = night(person, now)
    return snoozed(person, now) or start <= now < end


def uninstall(slack: Slack) -> None:
    """Remove the app: its tokens are worth nothing from now on."""
    tokens = sorted(slack.bot_tokens)
    stamp = slack.clock.stamp()
    slack.announce("app_uninstalled", {"type": "app_uninstalled", "event_ts": stamp})
    tell_revoked(slack)
    for token in tokens:
        slack.revoke(token)


def tell_revoked(slack: Slack) -> None:
    """Tell the app that its bot tokens were revoked."""
    from_bot = {"oauth": [], "bot": ["U0WAYMARK"]}
    slack.announce(
        "tokens_revoked", {"type": "tokens_revoked", "tokens": from_bot, "event_ts": slack.clock.stamp()}
    )


def _tell(slack: Slack, name: str, person: SlackUser) -> None:
    now = slack.clock.now()
    body = {"type": name, "user": person.payload(now), "cache_ts": int(now.timestamp())}
    slack.announce(name, {**body, "event_ts": slack.clock.stamp()})

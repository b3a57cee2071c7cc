"""Channels, direct messages, group messages, and the app's own DM with each person."""

import hashlib
from collections.abc import Iterable
from typing import Any, Literal

from playground.workspace.cast import CAST, CHANNELS
from playground.workspace.people import BOT_USER_ID, PlaygroundValue

Kind = Literal["channel", "im", "mpim", "app"]
EVERYONE = tuple(str(each["id"]) for each in CAST if not each.get("deleted") and not each.get("team_id"))


class SlackConversation(PlaygroundValue):
    """A place where people write. The app is a member of its own DMs and of what it opened."""

    id: str
    kind: Kind
    name: str
    members: tuple[str, ...]

    @property
    def with_app(self) -> bool:
        """Whether the app is a member."""
        return BOT_USER_ID in self.members

    @property
    def channel_type(self) -> str:
        """Slack's word for the kind, as message events carry it."""
        return {"channel": "channel", "mpim": "mpim"}.get(self.kind, "im")

    def payload(self) -> dict[str, Any]:
        """Slack's conversation object as the app sees it."""
        body = {
            "id": self.id,
            "created": 0,
            "is_channel": self.kind == "channel",
            "is_group": False,
            "is_im": self.channel_type == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_archived": False,
            "is_member": self.with_app,
        }
        if self.channel_type == "im":
            return {**body, "user": next((user for user in self.members if user != BOT_USER_ID), "")}
        return {**body, "name": self.name, "name_normalized": self.name, "num_members": len(self.members)}


def channels() -> list[SlackConversation]:
    """The seeded channels. The app is in none of them."""
    return [
        SlackConversation(
            id=channel,
            kind="channel",
            name=name,
            members=tuple(f"U0{handle.upper()}" for handle in handles) or EVERYONE,
        )
        for channel, name, handles in CHANNELS
    ]


def app_dm(user: str) -> SlackConversation:
    """The app's DM with a person; the same id for ever."""
    return SlackConversation(id=f"D{user[1:]}", kind="app", name="", members=(user, BOT_USER_ID))


def direct(users: Iterable[str], names: Iterable[str] = ()) -> SlackConversation:
    """The DM or group DM of exactly these people, the same for the same people."""
    members = tuple(sorted(set(users)))
    # From the members alone, so that the same people always get the same conversation.
    digest = hashlib.sha256(" ".join(members).encode()).hexdigest()[:8].upper()
    if len(members) <= 2:
        return SlackConversation(id=f"D1{digest}", kind="im", name="", members=members)
    return SlackConversation(
        id=f"C1{digest}", kind="mpim", name=f"mpdm-{'--'.join(names)}-1", members=members
    )

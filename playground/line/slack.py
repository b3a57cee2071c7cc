"""Slack itself, put together: the workspace, the open views, and the line to the installed app."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from playground.foundation.clock import PlaygroundClock
from playground.foundation.feed import Feed
from playground.foundation.gate import Gate
from playground.foundation.records import Records
from playground.foundation.wall import Wall
from playground.line import payloads
from playground.line.app_link import RETRY_DELAYS, AppLink
from playground.line.app_manifest import AppManifest
from playground.line.faults import Faults
from playground.line.journal import Journal
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import Message
from playground.workspace.tickets import IssuedResponseUrls, Triggers
from playground.workspace.uploads import Uploads
from playground.workspace.view_stacks import ViewStacks
from playground.workspace.workspace import Workspace


def _fresh(prefix: str = "") -> str:
    """A field whose value is a new secret where none is given."""
    secret: str = field(default_factory=lambda: prefix + secrets.token_hex(16))
    return secret


@dataclass(frozen=True)
class Credentials:
    """The secrets that a real app finds on its settings page, and the key that lets a browser in.

    Each start makes its own, so that nothing that was known before is good for anything.
    """

    bot_token: str = _fresh("xoxb-playground-")
    app_token: str = _fresh("xapp-playground-")
    signing_secret: str = _fresh()
    client_id: str = _fresh()
    client_secret: str = _fresh()
    page_key: str = _fresh()

    @classmethod
    def given(cls, environment: Mapping[str, str]) -> dict[str, Any]:
        """The secrets that an environment names: PLAYGROUND_BOT_TOKEN and so on."""
        names = {each.name: f"PLAYGROUND_{each.name.upper()}" for each in fields(cls)}
        return {name: environment[variable] for name, variable in names.items() if environment.get(variable)}


@dataclass
class Slack:
    """The parts of the stand-in.

    What a person does is in talk, clicks, forms and membership; what the app calls, in web_api.
    """

    clock: PlaygroundClock
    wall: Wall
    manifest: AppManifest
    credentials: Credentials
    feed: Feed
    journal: Journal
    faults: Faults
    workspace: Workspace
    views: ViewStacks
    triggers: Triggers
    responses: IssuedResponseUrls
    link: AppLink
    records: Records
    uploads: Uploads
    gate: Gate
    base_url: str = ""
    bot_tokens: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    prompts: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)

    def announce(self, name: str, event: dict[str, Any]) -> None:
        """Send an event to the app if it subscribed to *name*."""
        if self.manifest.hears(name) and self.bot_tokens:
            self.link.emit(event, self.workspace.fresh_id("Ev"))

    def post(self, place: SlackConversation, user: str, **parts: Any) -> Message:
        """Write a message, and send its event. An ephemeral one has none."""
        message = self.workspace.post(place, user, **parts)
        if not message.ephemeral:
            self._announce_message(place, payloads.message_event(place, message))
        return message

    def edit(self, message: Message, **parts: Any) -> Message:
        """Change a message, and send its event."""
        changed = self.workspace.edit(message, **parts)
        if not message.ephemeral:
            place = self.workspace.conversation(message.conversation)
            self._announce_message(
                place, payloads.message_changed(place, changed, message, self.clock.stamp())
            )
        return changed

    def delete(self, message: Message) -> None:
        """Take a message away, and send its event: of one that has replies, that it became a tombstone."""
        is_head = self.workspace.has_replies(message)
        self.workspace.delete(message)
        if not message.ephemeral:
            place = self.workspace.conversation(message.conversation)
            gone = payloads.tombstone if is_head else payloads.message_deleted
            self._announce_message(place, gone(place, message, self.clock.stamp()))

    def say_status(self, place: SlackConversation, thread_ts: str, status: str) -> None:
        """Show whether the app is at work in a thread, and whether it can be stopped there."""
        if status == self.statuses.get((place.id, thread_ts), "active"):
            return
        self.statuses[place.id, thread_ts] = status
        at_work = status == "processing"
        can_stop = at_work and self.manifest.hears("agent_session_stopped")
        where = {"conversation": place.id, "thread_ts": thread_ts}
        change = {"type": "status", **where, "at_work": at_work, "can_stop": can_stop}
        self.feed.publish(change, *place.members)

    def response_url(self, place: SlackConversation, user: str, original: Message | None = None) -> str:
        """A fresh address where the app may answer what *user* did."""
        thread_ts = original.thread_ts if original else None
        key = self.responses.issue(place.id, user, original.ts if original else None, thread_ts)
        return f"{self.base_url}/respond/{key}"

    def grant(self) -> str:
        """A fresh bot token, which is let in from now on."""
        token = f"{self.credentials.bot_token}-{secrets.token_hex(8)}"
        self.bot_tokens.add(token)
        return token

    def revoke(self, token: str) -> None:
        """Let a bot token in no more."""
        self.bot_tokens.discard(token)

    async def close(self) -> None:
        """Stop deliveries and close the file."""
        await self.link.close()
        self.records.close()

    def _announce_message(self, place: SlackConversation, event: dict[str, Any]) -> None:
        if place.with_app:
            self.announce(f"message.{'channels' if place.kind == 'channel' else place.channel_type}", event)


def assemble(
    clock: PlaygroundClock,
    manifest: AppManifest,
    credentials: Credentials,
    *,
    wall: Wall,
    folder: Path | None = None,
    crowd: int = 0,
    retry_delays: Sequence[float] = RETRY_DELAYS,
) -> Slack:
    """Build the stand-in over what *folder* holds, or raise Damaged; nothing listens yet."""
    feed, faults, records = Feed(), Faults(), Records(folder)
    journal = Journal(clock.now)
    with records.reading():
        workspace = Workspace(clock, records, feed, app_name=manifest.name, crowd=crowd)
        views, uploads = ViewStacks(records, feed), Uploads(records)
        gate = Gate(records, credentials.page_key)
    return Slack(
        clock=clock,
        wall=wall,
        manifest=manifest,
        credentials=credentials,
        feed=feed,
        journal=journal,
        faults=faults,
        workspace=workspace,
        views=views,
        triggers=Triggers(wall),
        responses=IssuedResponseUrls(clock),
        link=AppLink(
            clock, journal, faults, feed, wall, secret=credentials.signing_secret, delays=retry_delays
        ),
        records=records,
        uploads=uploads,
        gate=gate,
        # Not kept: every start installs the app anew, and no uninstall outlives the one that it was in.
        bot_tokens={credentials.bot_token},
    )

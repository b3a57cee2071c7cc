"""The state of the workspace: people, conversations and messages, kept on disk, told to whoever watches."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from playground.foundation.clock import PlaygroundClock
from playground.foundation.errors import SlackError
from playground.foundation.feed import Feed
from playground.foundation.records import Records
from playground.workspace.conversations import SlackConversation, app_dm, channels, direct
from playground.workspace.messages import Message, Timeline
from playground.workspace.people import BOT_USER_ID, SlackUser, SlackUsers
from playground.workspace.read_marks import ReadMarks


class Workspace:
    """What everyone in the workspace shares. Every change is written through and published."""

    def __init__(
        self, clock: PlaygroundClock, records: Records, feed: Feed, *, app_name: str, crowd: int = 0
    ) -> None:
        self.clock = clock
        self.feed = feed
        self.people = SlackUsers(app_name, crowd)
        self._records = records
        self._conversations: dict[str, SlackConversation] = {}
        self._of_user: dict[str, dict[str, None]] = defaultdict(dict)
        self._timelines: dict[str, Timeline] = defaultdict(Timeline)
        self.reading = ReadMarks(records, self._timelines)
        for channel in channels():
            self._index(channel)
        self._load()

    # People

    def change_person(self, person: SlackUser) -> None:
        """Add a person or replace what is known of them."""
        self.people.put(person)
        self._records.put("person", person.id, person.model_dump_json())
        self.feed.publish({"type": "world"})

    # Conversations

    def conversation(self, name: str) -> SlackConversation:
        """A conversation by its id; unknown ones are `channel_not_found`."""
        if found := self._conversations.get(name):
            return found
        raise SlackError("channel_not_found")

    def conversations_of(self, user: str) -> list[SlackConversation]:
        """Where *user* is a member, in the order they came about, their DM with the app included."""
        self.dm(user)
        return [self._conversations[name] for name in self._of_user[user]]

    def conversations(self) -> list[SlackConversation]:
        """All conversations in the order they came about."""
        return list(self._conversations.values())

    def dm(self, user: str) -> SlackConversation:
        """The app's DM with a person."""
        fresh = app_dm(self.people.get(user).id)
        return self._conversations.get(fresh.id) or self._keep(fresh)

    def group(self, users: Iterable[str]) -> SlackConversation:
        """The DM or group DM of exactly these people, opened if need be."""
        people = [self.people.get(user) for user in sorted(set(users))]
        fresh = direct((person.id for person in people), [person.name for person in people])
        return self._conversations.get(fresh.id) or self._keep(fresh)

    def join(self, conversation: SlackConversation, user: str) -> SlackConversation:
        """Make *user* a member."""
        if user in conversation.members:
            return conversation
        return self._keep(conversation.model_copy(update={"members": (*conversation.members, user)}))

    # Messages

    def post(self, conversation: SlackConversation, user: str, **parts: Any) -> Message:
        """Write a message at the end of a conversation."""
        message = Message(ts=self.clock.stamp(), conversation=conversation.id, user=user, **parts)
        self._write(message, "message")
        return message

    def edit(self, message: Message, **parts: Any) -> Message:
        """Change a message in its place; nobody is notified."""
        changed = message.changed(**parts, edited=True)
        self._write(changed, "update")
        return changed

    def delete(self, message: Message) -> None:
        """Take a message away; what has replies stays above them, without its words."""
        change = "update" if self.has_replies(message) else "delete"
        self._write(message.model_copy(update={"deleted": True, "text": "", "blocks": []}), change)

    def has_replies(self, message: Message) -> bool:
        """Whether a message is the first of a thread."""
        return bool(self._timelines[message.conversation].replies(message.ts))

    def message(self, conversation: str, ts: str) -> Message:
        """A message; `message_not_found` when it never was or is deleted."""
        found = self._timelines[conversation].get(ts)
        if found is None or found.deleted:
            raise SlackError("message_not_found")
        return found

    def timeline(self, conversation: str) -> Timeline:
        """The messages of a conversation."""
        return self._timelines[conversation]

    # Reading

    def mark_read(self, user: str, conversation: str) -> None:
        """Mark everything in a conversation as read."""
        self.reading.mark(user, conversation, self.clock.stamp())
        self._tell_unread(user, conversation)

    def unread(self, user: str) -> int:
        """How many messages are new to a person in direct conversations: channels address nobody."""
        direct = [place for place in self._of_user[user] if self._conversations[place].kind != "channel"]
        return self.reading.total(user, direct)

    def fresh_id(self, letter: str) -> str:
        """An id that was never used, in Slack's form."""
        return f"{letter}{secrets.token_hex(5).upper()}"

    def shown(self, message: Message) -> dict[str, Any]:
        """A message as the page shows it."""
        replies = self._timelines[message.conversation].replies(message.ts)
        return {
            **message.model_dump(
                include={
                    "ts",
                    "user",
                    "text",
                    "blocks",
                    "thread_ts",
                    "broadcast",
                    "deleted",
                    "streaming",
                    "files",
                }
            ),
            # Slack marks no edits of an app's cards.
            "edited": message.edited and not message.bot,
            "bot": message.bot,
            "name": self.people.get(message.user).real_name,
            "reply_count": len(replies),
            "latest_reply": replies[-1] if replies else None,
            "ephemeral": message.ephemeral,
        }

    def _write(self, message: Message, change: str) -> None:
        self._timelines[message.conversation].put(message)
        self._records.put("message", f"{message.conversation} {message.ts}", message.model_dump_json())
        # Pictures for pages cost time, and a load test has none to spare.
        if self.feed.watched:
            self._tell(message, change)
        else:
            self.feed.wake()

    def _tell(self, message: Message, change: str) -> None:
        """Push a change to the pages of those who see it, and with a reply the thread's first message."""
        members = self.conversation(message.conversation).members
        place = {"conversation": message.conversation, "ts": message.ts}
        seen_by = (message.ephemeral_to,) if message.ephemeral_to else members
        self.feed.publish({"type": change, **place, "message": self.shown(message)}, *seen_by)
        root = self._timelines[message.conversation].get(message.thread_ts or "")
        if message.is_reply and root:
            self.feed.publish(
                {"type": "update", **place, "ts": root.ts, "message": self.shown(root)}, *seen_by
            )
        if change == "message":
            for user in members:
                if user not in (message.user, BOT_USER_ID) and message.seen_by(user):
                    self._tell_unread(user, message.conversation)

    def _push(self, message: Message, change: str, users: Iterable[str]) -> None:
        place = {"conversation": message.conversation, "ts": message.ts}
        self.feed.publish({"type": change, **place, "message": self.shown(message)}, *users)

    def _tell_unread(self, user: str, conversation: str) -> None:
        if self.feed.watched:
            counts = {"unread": self.reading.unread(user, conversation), "total": self.unread(user)}
            self.feed.publish({"type": "unread", "user": user, "conversation": conversation, **counts})

    def _keep(self, conversation: SlackConversation) -> SlackConversation:
        self._index(conversation)
        self._records.put("conversation", conversation.id, conversation.model_dump_json())
        self.feed.publish({"type": "world"}, *conversation.members)
        return conversation

    def _index(self, conversation: SlackConversation) -> None:
        self._conversations[conversation.id] = conversation
        for user in conversation.members:
            self._of_user[user][conversation.id] = None

    def _load(self) -> None:
        for _, body in self._records.all("person"):
            self.people.put(SlackUser.model_validate_json(body))
        for _, body in self._records.all("conversation"):
            self._index(SlackConversation.model_validate_json(body))
        for _, body in self._records.all("message"):
            message = Message.model_validate_json(body)
            self._timelines[message.conversation].put(message)

"""Messages, and the timeline of a conversation."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from playground.workspace.people import BOT_USER_ID, TEAM_ID, PlaygroundValue

APP_ID = "A0WAYMARK"
BOT_ID = "B0WAYMARK"
UNSPOKEN = ("value", "action_id", "block_id", "url", "style", "type", "confirm", "option_groups")
FOLDED = ("static_select", "multi_static_select", "overflow")


class Message(PlaygroundValue):
    """A message in a conversation. *ts* names it; one with *ephemeral_to* is seen by that person alone.

    A reply that is *broadcast* stands in the conversation, too.
    """

    ts: str
    conversation: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = Field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    ephemeral_to: str | None = None
    edited: bool = False
    deleted: bool = False
    streaming: bool = False
    metadata: dict[str, Any] | None = None
    files: list[dict[str, Any]] = Field(default_factory=list)

    @property
    def bot(self) -> bool:
        """Whether the app wrote it."""
        return self.user == BOT_USER_ID

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.ephemeral_to is not None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread, below the thread's first message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def is_in_conversation(self) -> bool:
        """Whether the conversation itself shows it."""
        return self.broadcast or not self.is_reply

    @property
    def words(self) -> str:
        """Every visible word: the text, and what the blocks say."""
        pictures = [str(file.get("alt_txt") or file["title"]) for file in self.files]
        return "\n".join([self.text, *spoken(self.blocks), *pictures])

    def seen_by(self, user: str) -> bool:
        """Whether *user*, a member of the conversation, sees it."""
        return not self.deleted and self.ephemeral_to in (None, user)

    def payload(self) -> dict[str, Any]:
        """Slack's message object."""
        body: dict[str, Any] = {
            "type": "message",
            "user": self.user,
            "text": self.text,
            "ts": self.ts,
            "team": TEAM_ID,
        }
        if self.bot:
            body |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts is not None:
            body["thread_ts"] = self.thread_ts
        if self.broadcast and self.is_reply:
            body["subtype"] = "thread_broadcast"
        if self.edited:
            body["edited"] = {"user": self.user, "ts": self.ts}
        if self.metadata is not None:
            body["metadata"] = self.metadata
        if self.files:
            body["files"] = self.files
        return body


class Timeline:
    """The messages of one conversation in the order of their timestamps."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._replies: dict[str, list[str]] = {}

    def put(self, message: Message) -> None:
        """Add a message at the end, or replace the one with its timestamp."""
        if message.ts not in self._messages and message.is_reply and message.thread_ts is not None:
            self._replies.setdefault(message.thread_ts, []).append(message.ts)
        self._messages[message.ts] = message

    def get(self, ts: str) -> Message | None:
        """The message of that timestamp, or None."""
        return self._messages.get(ts)

    def seen_by(self, user: str) -> list[Message]:
        """Everything *user* sees, replies included, oldest first."""
        return [message for message in self._messages.values() if message.seen_by(user)]

    def roots(self, user: str) -> list[Message]:
        """What the conversation shows: replies only if broadcast; what is deleted only above its replies."""
        return [
            message
            for message in self._messages.values()
            if message.is_in_conversation
            and (message.seen_by(user) or (message.deleted and self.replies(message.ts)))
        ]

    def newest(self) -> Iterator[Message]:
        """The messages from the newest back."""
        return reversed(self._messages.values())

    def thread(self, ts: str, user: str) -> list[Message]:
        """A thread's first message and its replies."""
        chain = [ts, *self._replies.get(ts, [])]
        return [message for each in chain if (message := self._messages.get(each)) and message.seen_by(user)]

    def replies(self, ts: str) -> list[str]:
        """The timestamps of the replies below a message."""
        return [reply for reply in self._replies.get(ts, ()) if not self._messages[reply].deleted]


def spoken(part: Any) -> Iterator[str]:
    """The visible words of blocks or of a view, in reading order; folded menus stay folded."""
    if isinstance(part, list):
        for each in part:
            yield from spoken(each)
    elif isinstance(part, dict):
        for key, each in part.items():
            if key in UNSPOKEN or (key == "options" and part.get("type") in FOLDED):
                continue
            if isinstance(each, str) and key in ("text", "alt_text", "initial_value"):
                yield each
            yield from spoken(each)

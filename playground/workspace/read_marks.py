"""Who has read how far: unread messages by person and conversation."""

from collections.abc import Iterable, Mapping

from playground.foundation.records import Records
from playground.workspace.messages import Timeline


class ReadMarks:
    """Where each person's reading stands. Edits never make anything unread."""

    def __init__(self, records: Records, timelines: Mapping[str, Timeline]) -> None:
        self._records = records
        self._timelines = timelines
        self._read = dict(_stored(records))

    def mark(self, user: str, conversation: str, stamp: str) -> None:
        """Mark everything up to *stamp* as read."""
        self._read[user, conversation] = stamp
        self._records.put("read", f"{user} {conversation}", stamp)

    def unread(self, user: str, conversation: str) -> int:
        """How many messages of others came since *user* last looked."""
        since, count = self._read.get((user, conversation), ""), 0
        timeline = self._timelines.get(conversation)
        for message in timeline.newest() if timeline else ():
            if message.ts <= since:
                break
            count += message.user != user and message.seen_by(user)
        return count

    def total(self, user: str, conversations: Iterable[str]) -> int:
        """The unread messages of several conversations."""
        return sum(self.unread(user, conversation) for conversation in conversations)


def _stored(records: Records) -> Iterable[tuple[tuple[str, str], str]]:
    for key, stamp in records.all("read"):
        user, _, conversation = key.partition(" ")
        yield (user, conversation), stamp

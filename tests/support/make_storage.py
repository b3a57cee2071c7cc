"""Small documents of the storage tests' own, with every kind of list, and stores to keep them in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from kernel.values import Document
from matching.values import Helper
from storage import Roster

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECRET = "d2F5bWFyay13YXltYXJrLXdheW1hcmstd2F5bWFyay0="


class Task(Document):
    """Something to do, which one worker takes."""

    kind: ClassVar[str] = "task"
    text: str = ""
    taken_by: str | None = None
    made_at: datetime = NOW

    def lists(self) -> Mapping[str, datetime]:
        return {"tasks": self.made_at, f"tasks-of:{self.taken_by or 'nobody'}": self.made_at}

    def gists(self) -> Mapping[str, str]:
        return {f"tasks-of:{self.taken_by or 'nobody'}": self.text} if self.text else {}


class Burden(Document):
    """What one worker carries: at most *LIMIT* tasks."""

    LIMIT: ClassVar[int] = 2

    kind: ClassVar[str] = "burden"
    tasks: tuple[str, ...] = ()


class Member(Document):
    """Someone who may help."""

    kind: ClassVar[str] = "member"
    level: int = 3
    helps: bool = True

    def lists(self) -> Mapping[str, datetime]:
        return {"helpers": NOW} if self.helps else {}


def as_helper(member: Member, burden: Burden | None) -> Helper | None:
    """A member as the directory lists them."""
    tasks = burden.tasks if burden else ()
    return Helper(member.id, member.level, {"python": 2}, open_sessions=len(tasks)) if member.helps else None


ROSTER = Roster(Member, Burden, as_helper)

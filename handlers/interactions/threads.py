"""Threads in the app's DM that belong to a feature: who gets what a person writes below one of its cards."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from handlers.interactions.command_call import Call
from kernel.desk import Desk
from kernel.errors import Ended, NotYours, Repeated
from kernel.kinds import ListName
from kernel.store import Snapshot
from kernel.values import Document, PersonId
from sensing.safety.safety import Finding

MOST = 20  # sessions and guided talks of a person that are looked at
# One that is going also gets what stands in no thread, if it is the only one; one that rests does not.
Standing = Literal["going", "resting", "closed"]


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """A message that a person wrote to the app. *root* is the message whose thread it stands in."""

    id: str
    text: str
    channel: str
    root: str | None

    @property
    def once(self) -> str:
        """The key under which it is taken once, whatever became of it: Slack may send it again."""
        return _once(self.id)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a person made of a message of theirs: *after* is empty where they deleted it."""

    id: str
    by: PersonId
    before: str
    after: str

    @property
    def once(self) -> str:
        """The key under which the message itself is taken once."""
        return _once(self.id)


def _once(message_id: str) -> str:
    return f"message:{message_id}"


@dataclass(frozen=True, slots=True)
class Talks:
    """The writer's sessions and guided talks as things: those going, and those that can be gone on with."""

    going: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()


async def _unfollowed(desk: Desk, edit: Rewritten, now: datetime) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread below the card of a *document*; those of a person are *listed_in* a list of theirs.

    *standing* says whether one can be written in just now. *answer* takes a message for the document of an
    id, given what safety found in it; it raises Ended or NotYours where the thread has closed meanwhile, and
    Repeated for the same message again. *follow* does with what it took before as its writer has done with
    the message.

    What safety stops comes only where *hears_danger*. What is written when it has closed is kept as a draft;
    where the thread *is_private*, no button offers to send that to a colleague.
    """

    document: type[Document]
    listed_in: ListName
    standing: Callable[[Any, PersonId], Standing]
    answer: Callable[[Call, str, WrittenMessage, Finding], Awaitable[Any]]
    follow: Callable[[Desk, Rewritten, datetime], Awaitable[Any]] = _unfollowed
    hears_danger: bool = False
    is_private: bool = False


class Threads:
    """All threads, by the kind of document whose card is above them."""

    def __init__(self, threads: Mapping[str, Thread]) -> None:
        self._threads = threads

    def of(self, thing: str | None) -> Thread | None:
        """The thread below the card of a thing, or None where it is nobody's."""
        return self._threads.get((thing or "").partition(":")[0])

    async def talks(self, desk: Desk, me: PersonId) -> Talks:
        """Where a person can write just now."""
        lists = (desk.store.ids(it.listed_in.of(me), limit=MOST) for it in self._threads.values())
        ids = dict(zip(self._threads, await asyncio.gather(*lists), strict=True))

        def view(read: Snapshot) -> Talks:
            found = [
                (document.thing, thread.standing(document, me))
                for kind, thread in self._threads.items()
                for document in read.all(thread.document, ids[kind])
            ]
            going, resting = (tuple(thing for thing, it in found if it == at) for at in ("going", "resting"))
            return Talks(going, resting)

        return await desk.store.look(view)

    async def passed_on(self, call: Call, thing: str, message: WrittenMessage, finding: Finding) -> bool:
        """Pass a message on, and say whether it was: a thread may have closed a moment ago."""
        thread = self.of(thing)
        if thread is None:
            return False
        try:
            with suppress(Repeated):
                await thread.answer(call, thing.partition(":")[2], message, finding)
        except (Ended, NotYours):
            return False
        return True

    async def follow(self, desk: Desk, edit: Rewritten, now: datetime) -> None:
        """Do with what came of a message as its writer has done with it."""
        for thread in self._threads.values():
            await thread.follow(desk, edit, now)

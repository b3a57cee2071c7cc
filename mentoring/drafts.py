"""Drafts: text that a person wrote and that is kept until it becomes a request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from mentoring.changes import NONE
from mentoring.desk import Desk
from mentoring.errors import Ended, Invalid, NotYours
from mentoring.store import Changes, Due, Key, Later, Never, Show, Snapshot
from mentoring.values import Document, PersonId

Source = Literal["dm", "command", "shortcut", "coach", "guided", "home"]
State = Literal["kept", "used", "discarded"]
LONGEST = 40_000


class Draft(Document):
    """Text on its way to a request: kept → used or discarded, which are ends and drop the text."""

    kind: ClassVar[str] = "draft"
    person_id: PersonId
    text: str
    source: Source
    state: State = "kept"
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The person's drafts that are still kept."""
        return {f"drafts-of:{self.person_id}": self.made_at} if self.state == "kept" else {}

    def shows(self) -> list[Show]:
        """Return who sees its card: the writer, unless it came to be coached, which is answered at once."""
        return [] if self.source == "coach" else [Show(self.thing, to=self.person_id)]

    def end(self, state: State) -> Self:
        """Use or discard it; the same end again changes nothing."""
        if self.state not in ("kept", state):
            raise Ended
        return self.model_copy(update={"state": state, "text": ""})


async def keep(
    desk: Desk,
    me: PersonId,
    now: datetime,
    *,
    text: str,
    source: Source,
    draft_id: str,
    once: str | None = None,
) -> Draft:
    """Keep a text whole; the same draft again changes nothing, and with *once* raises Repeated."""
    if not text.strip():
        raise Invalid("text", "empty")
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(text))
    draft = Draft(id=draft_id, person_id=me, text=text, source=source, made_at=now)
    forget = Later("forget_draft", draft_id, now + timedelta(days=desk.policy.retention.draft_days))

    def decide(read: Snapshot) -> tuple[Draft, Changes]:
        first = read.find(Draft, draft_id)
        if first is not None:
            return _own(first, me), NONE
        return draft, Changes(put=[draft], later=[forget], show=draft.shows())

    return await desk.store.commit(decide, load=[Key(Draft, draft_id)], once=once)


async def discard(desk: Desk, draft_id: str, me: PersonId, now: datetime) -> Draft:
    """Drop a text that its writer no longer wants."""

    def decide(read: Snapshot) -> tuple[Draft, Changes]:
        draft = _own(read.get(Draft, draft_id), me).end("discarded")
        return draft, Changes(put=[draft], show=draft.shows())

    return await desk.store.commit(decide, load=[Key(Draft, draft_id)])


def used(read: Snapshot, draft_id: str | None, me: PersonId) -> Changes:
    """Return the changes that go with a request made of a draft; one that is gone is no obstacle."""
    draft = read.find(Draft, draft_id) if draft_id else None
    if draft is None or _own(draft, me).state != "kept":
        return NONE
    return Changes(put=[draft.end("used")], show=draft.shows())


async def forget(desk: Desk, draft_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop the whole draft, at the end of its time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        gone = read.find(Draft, draft_id)
        return None, Changes(
            drop=[Key(Draft, draft_id)], later=[Never("forget_draft", draft_id)]
        ) if gone else NONE

    await desk.store.commit(decide, load=[Key(Draft, draft_id)], due=due)


def _own(draft: Draft, me: PersonId) -> Draft:
    if draft.person_id != me:
        raise NotYours
    return draft

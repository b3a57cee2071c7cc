"""Drafts: text that a person wrote, kept until it becomes a request; of each person the last few."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.desk import Desk
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import NONE, Changes, Due, Key, Later, Never, Show, Snapshot, together
from kernel.values import Document, PersonId

DRAFTS = ListName("drafts-of")
FORGET_DRAFT = AgendaKind("forget_draft", "mentoring.requests.drafts.forget")

Source = Literal["dm", "command", "shortcut", "coach", "guided", "home", "unclear"]
State = Literal["kept", "used", "sent", "discarded", "displaced"]
LONGEST = 40_000
MOST = 10  # drafts of a person
FLEETING, LINGERS = timedelta(minutes=1), timedelta(hours=1)
_CUT = f"\n(Cut here: {LONGEST:,} characters are the most that I can keep.)"


class Draft(Document):
    """Text on its way to a request: kept → used, sent, discarded or displaced, ends that drop the text."""

    kind: ClassVar[str] = "draft"
    person_id: PersonId
    text: str
    source: Source
    state: State = "kept"
    made_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """The person's drafts that are still kept."""
        return {DRAFTS.of(self.person_id): self.made_at} if self.state == "kept" else {}

    def shows(self) -> list[Show]:
        """Who sees its card: the writer, unless what came is answered at once."""
        return [] if self.source in ("coach", "unclear") else [Show(self.thing, to=self.person_id)]

    def end(self, state: State) -> Self:
        """Use or discard it; the same end again changes nothing."""
        if self.state not in ("kept", state):
            raise Ended
        return self.model_copy(update={"state": state, "text": ""})


class Unsent(Document):
    """The drafts of a person that are kept, by their ids, the oldest first."""

    kind: ClassVar[str] = "unsent"
    id: PersonId
    drafts: tuple[str, ...] = ()

    def with_draft(self, draft_id: str) -> Self:
        """Add the newest one; the oldest make way, so that there are never more than a few."""
        others = self.without(draft_id).drafts
        return self.model_copy(update={"drafts": (*others, draft_id)[-MOST:]})

    def without(self, draft_id: str) -> Self:
        """Take one off."""
        return self.model_copy(update={"drafts": tuple(id for id in self.drafts if id != draft_id)})


def fitting(text: str) -> str:
    """A text as it can be kept: one that is longer ends in a line that says so."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


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
    """Keep a text whole; the same draft again changes nothing, and with *once* raises Repeated.

    Where there are too many of one person the oldest makes way, in the same commit.
    """
    if not text.strip():
        raise Invalid("text", "empty")
    if len(text) > LONGEST:
        raise Invalid("text", "too_long", limit=LONGEST, length=len(text))
    draft = Draft(id=draft_id, person_id=me, text=text, source=source, made_at=now)
    forget = Later(FORGET_DRAFT, draft_id, now + timedelta(days=desk.policy.retention.draft_days))

    def decide(read: Snapshot) -> tuple[Draft, Changes]:
        first = read.find(Draft, draft_id)
        if first is not None:
            return _own(first, me), NONE
        before = _unsent(read, me)
        after = before.with_draft(draft_id)
        kept = Changes(put=[draft, after], later=[forget], show=draft.shows())
        gone = read.all(Draft, [id for id in before.drafts if id not in after.drafts])
        return draft, together(kept, *(_made_way(old, now) for old in gone))

    return await desk.store.commit(decide, load=[Key(Draft, draft_id), Key(Unsent, me)], once=once)


async def reword(desk: Desk, draft_id: str, me: PersonId, *, text: str) -> bool:
    """Keep what its writer has made of a text; say whether it is one of theirs that is kept."""

    def decide(read: Snapshot) -> tuple[bool, Changes]:
        draft = read.find(Draft, draft_id)
        if draft is None or draft.person_id != me or draft.state != "kept":
            return False, NONE
        after = draft.model_copy(update={"text": text})
        return True, Changes(put=[after], show=after.shows())

    return await desk.store.commit(decide, load=[Key(Draft, draft_id)])


async def discard(
    desk: Desk,
    draft_id: str,
    me: PersonId,
    now: datetime,
    *,
    state: Literal["sent", "discarded"] = "discarded",
    once: str | None = None,
) -> Draft:
    """Drop a text that its writer has sent or no longer wants; with *once* it raises Repeated."""

    def decide(read: Snapshot) -> tuple[Draft, Changes]:
        draft = _own(read.get(Draft, draft_id), me).end(state)
        return draft, together(Changes(put=[draft], show=draft.shows()), _taken_off(read, draft))

    return await desk.store.commit(decide, load=[Key(Draft, draft_id), Key(Unsent, me)], once=once)


def used(read: Snapshot, draft_id: str | None, me: PersonId) -> Changes:
    """The changes that go with a request made of a draft; one that is gone is no obstacle."""
    draft = read.find(Draft, draft_id) if draft_id else None
    if draft is None or _own(draft, me).state != "kept":
        return NONE
    return together(Changes(put=[draft.end("used")], show=draft.shows()), _taken_off(read, draft))


async def forget(desk: Desk, draft_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop the whole draft, at the end of its time."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        draft = read.find(Draft, draft_id)
        return None, together(_dropped(draft), _taken_off(read, draft)) if draft else NONE

    await desk.store.commit(decide, load=[Key(Draft, draft_id)], due=due)


def _unsent(read: Snapshot, me: PersonId) -> Unsent:
    return read.find(Unsent, me) or Unsent(id=me)


def _taken_off(read: Snapshot, draft: Draft) -> Changes:
    """The changes that take a draft off its writer's list, which goes with its last one."""
    before = _unsent(read, draft.person_id)
    after = before.without(draft.id)
    if after == before:
        return NONE
    return Changes(put=[after]) if after.drafts else Changes(drop=[Key(Unsent, draft.person_id)])


def _made_way(draft: Draft, now: datetime) -> Changes:
    """What becomes of a draft that makes way: its card says so, unless a flood carried it off."""
    if draft.state != "kept" or draft.made_at > now - FLEETING:
        return _dropped(draft)
    ended = Changes(put=[draft.end("displaced")], show=draft.shows())
    return together(ended, Changes(later=[Later(FORGET_DRAFT, draft.id, now + LINGERS)]))


def _dropped(draft: Draft) -> Changes:
    return Changes(drop=[Key(Draft, draft.id)], later=[Never(FORGET_DRAFT, draft.id)])


def _own(draft: Draft, me: PersonId) -> Draft:
    if draft.person_id != me:
        raise NotYours
    return draft

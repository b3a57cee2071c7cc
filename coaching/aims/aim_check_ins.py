"""Check-ins on one aim of a guided talk, weekly or every two weeks, for three months at most. Pure.

They hold no words: what the aim is stands in the guided talk.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.store import Show
from kernel.values import Document, PersonId

AIM_CHECK_INS = ListName("aim-check-ins-of")
OPEN_AIM_CHECK_INS = ListName("open-aim-check-ins-of")
ASK_AIM = AgendaKind("ask_aim", "coaching.aims.aims.ask")
FORGET_AIM = AgendaKind("forget_aim", "coaching.aims.aims.forget")

LONGEST = timedelta(weeks=12)
WEEK = timedelta(weeks=1)
Weeks = Literal[1, 2]
State = Literal["going", "stopped", "ignored", "over"]


class AimCheckIns(Document):
    """What has moved? Asked every one or two *weeks* until *until*. Its id is that of the guided talk.

    going → stopped (by its person, or with the guided talk), ignored (after too many that were), over (in
    time); all are ends, and only its person begins anew

    *number* counts what was asked, *since* is when it was before, *unanswered* those in a row that were
    ignored; the latest may still be answered.
    """

    kind: ClassVar[str] = "aim-check-ins"
    person_id: PersonId
    weeks: Weeks
    begun_at: AwareDatetime
    until: AwareDatetime
    state: State = "going"
    number: int = 0
    asked_at: AwareDatetime | None = None
    since: AwareDatetime | None = None
    answered: bool = True
    unanswered: int = 0

    @classmethod
    def begin(cls, talk_id: str, me: PersonId, weeks: Weeks, now: datetime) -> Self:
        """Ask from now on."""
        return cls(id=talk_id, person_id=me, weeks=weeks, begun_at=now, until=now + LONGEST)

    def lists(self) -> Mapping[str, datetime]:
        """The person's check-ins, and those that go on."""
        names = {AIM_CHECK_INS.of(self.person_id): self.begun_at}
        return names | ({OPEN_AIM_CHECK_INS.of(self.person_id): self.begun_at} if self.is_open else {})

    @property
    def show(self) -> Show:
        """Where it is shown: to its person."""
        return Show(self.thing, to=self.person_id)

    @property
    def is_open(self) -> bool:
        """Whether it asks again."""
        return self.state == "going"

    @property
    def next_at(self) -> datetime | None:
        """From when on it asks next; None where it does not any more."""
        at = (self.asked_at or self.begun_at) + self.weeks * WEEK
        return at if self.is_open and at <= self.until else None

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose aim it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def every(self, weeks: Weeks) -> Self:
        """Ask more or less often."""
        if not self.is_open:
            raise Ended
        return self.model_copy(update={"weeks": weeks})

    def ask(self, now: datetime, stop_after: int) -> Self:
        """Ask once more; after *stop_after* in a row that were ignored it ends instead."""
        if self.unanswered >= stop_after:
            return self.end("ignored")
        asked = {"number": self.number + 1, "asked_at": now, "since": self.asked_at or self.begun_at}
        return self.model_copy(update={**asked, "answered": False, "unanswered": self.unanswered + 1})

    def answer(self) -> Self:
        """Note that its person has answered, with a guided talk or with a no."""
        return self.model_copy(update={"answered": True, "unanswered": 0})

    def end(self, state: State) -> Self:
        """Ask no more; what has ended stays as it did."""
        return self.model_copy(update={"state": state}) if self.is_open else self

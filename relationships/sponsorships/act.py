"""What a sponsor does for somebody where that one isn't: the kinds of act, their ladder, and one act. Pure.

The ladder is the sponsorship spectrum (Harvard Business Review, 2019) from private to public, without its
lowest end, the mentor: advice is no act.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, Invalid
from kernel.values import Kept
from mentoring.model.undo import check_undo

Deed = Literal["told", "introduced", "talked_up", "stretch", "nominated", "spoke", "cover", "stood_by"]
Audience = Literal["two", "one", "team", "deciders", "many"]
Word = Literal["open", "yes", "no"]  # of the one it was done for: not said yet, that's right, doesn't know
Outcome = Literal["pending", "happened", "no"]

STEPS = 4
LADDER: Mapping[Deed, int] = {
    "told": 1,
    "introduced": 2,
    "talked_up": 2,
    "stretch": 3,
    "nominated": 3,
    "spoke": 4,
    "cover": 4,
    "stood_by": 4,
}
ASKED_AFTER = (timedelta(days=30), timedelta(days=90))  # it was noted: when it is asked what came of it
SAME_WITHIN = timedelta(days=3)
OLDEST = timedelta(days=366)
LONGEST = 300


class Act(Kept):
    """One act, in its sponsor's words. *asked* counts how often it was asked what came of it.

    *waits* says that this was asked and not answered yet.
    """

    number: int
    deed: Deed
    audience: Audience
    on: date
    what: str
    noted_at: AwareDatetime
    word: Word = "open"
    said_at: AwareDatetime | None = None
    outcome: Outcome = "pending"
    outcome_at: AwareDatetime | None = None
    asked: int = 0
    waits: bool = False

    @property
    def step(self) -> int:
        """How public it is, from 1 to 4."""
        return LADDER[self.deed]

    @property
    def counts(self) -> bool:
        """Whether the one it was done for has confirmed it."""
        return self.word == "yes"

    @property
    def ask_at(self) -> datetime | None:
        """When it is asked, once more, what came of it; None where it isn't."""
        is_open = self.counts and self.outcome == "pending" and self.asked < len(ASKED_AFTER)
        return self.noted_at + ASKED_AFTER[self.asked] if is_open else None

    def is_like(self, deed: Deed, on: date) -> bool:
        """Whether another of this kind and about this day is likely the same one."""
        return self.deed == deed and self.word != "no" and abs(self.on - on) <= SAME_WITHIN

    def confirm(self, word: Word, now: datetime) -> Self:
        """Take the word of the one it was done for; another one needs `unsay` first.

        The same again changes nothing.
        """
        if self.word == word:
            return self
        if self.word != "open":
            raise Ended
        return self.model_copy(update={"word": word, "said_at": now})

    def unsay(self, now: datetime) -> Self:
        """Take that word back for some minutes, with what was asked and said since; refuses UndoOver."""
        if self.word == "open":
            return self
        check_undo(self.said_at, now)
        fresh = {"word": "open", "said_at": None, "outcome": "pending", "outcome_at": None}
        return self.model_copy(update={**fresh, "asked": 0, "waits": False})

    def ask(self) -> Self:
        """Note that it was asked what came of it."""
        return self.model_copy(update={"asked": self.asked + 1, "waits": True})

    def come_to(self, outcome: Outcome, now: datetime) -> Self:
        """Take what came of it; *pending* leaves it open. The same again changes nothing."""
        if not self.counts:
            raise Ended
        return self.model_copy(update={"outcome": outcome, "outcome_at": now, "waits": False})


def act(
    number: int, deed: Deed, audience: Audience, on: date, what: str, *, today: date, now: datetime
) -> Act:
    """A new act, or refuse one of the future, of more than a year ago, or without a word on it."""
    wrong = []
    if on > today:
        wrong.append(Invalid("acted_on", "future"))
    if on < today - OLDEST:
        wrong.append(Invalid("acted_on", "too_old"))
    if not what:
        wrong.append(Invalid("deed_words", "empty"))
    if len(what) > LONGEST:
        wrong.append(Invalid("deed_words", "too_long", limit=LONGEST))
    if wrong:
        raise wrong[0].along_with(*wrong[1:])
    return Act(number=number, deed=deed, audience=audience, on=on, what=what, noted_at=now)


def furthest(acts: Iterable[Act]) -> int:
    """The most public step that was reached by what is confirmed, 0 where nothing is."""
    return max((it.step for it in acts if it.counts), default=0)

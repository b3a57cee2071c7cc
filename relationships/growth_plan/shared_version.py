"""A frozen copy of goals for one reader, who opened it when, and what changed between copies. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.values import Document, Kept, PersonId, Value
from relationships.growth_plan.goal import Goal, State, StepState
from relationships.growth_plan.served import Served, What

SHARED_BY = ListName("goals-shared-by")
SHARED_WITH = ListName("goals-shared-with")
SHOWN_TO = ListName("goals-shown-to")
SHARED_OVER = AgendaKind("shared_goals_over", "relationships.growth_plan.sharing.close")
FORGET_SHARED = AgendaKind("forget_shared_goals", "relationships.growth_plan.sharing.forget")

SHARED_FOR, FORGOTTEN_AFTER = timedelta(days=30), timedelta(days=365)
MOST_OPENED = 100
About = Literal["new", "reached", "let_go", "again", "reworded", "day", "steps", "served", "left_out"]


class SharedStep(Kept):
    """A step as it stood."""

    text: str
    state: StepState


class SharedLine(Kept):
    """One thing that served a goal, as it stood."""

    what: What
    title: str
    on: AwareDatetime


class SharedGoal(Kept):
    """A goal as it stood."""

    goal_id: str
    title: str
    why: str = ""
    sign: str = ""
    by: date | None = None
    state: State
    steps: tuple[SharedStep, ...] = ()
    lines: tuple[SharedLine, ...] = ()

    @property
    def done(self) -> int:
        """How many steps were done."""
        return sum(it.state == "done" for it in self.steps)


class SharedVersion(Document):
    """Goals as they stood at *shared_at*, which *reader_id* may read until *until*.

    *opened* are the latest moments at which they did, *times* how often in all. *earlier_id* is the last copy
    before that they have opened. Without a *reader_id* its reader was erased.
    """

    kind: ClassVar[str] = "shared-goals"
    owner_id: PersonId
    reader_id: PersonId | None
    goals: tuple[SharedGoal, ...]
    with_history: bool = False
    shared_at: AwareDatetime
    until: AwareDatetime
    ended_at: AwareDatetime | None = None
    opened: tuple[AwareDatetime, ...] = ()
    times: int = 0
    earlier_id: str | None = None

    def lists(self) -> Mapping[str, datetime]:
        """Its owner's copies; those that its reader may read, and all that they were shown."""
        names = {SHARED_BY.of(self.owner_id): self.shared_at}
        if self.reader_id:
            names[SHOWN_TO.of(self.reader_id)] = self.shared_at
        if self.reader_id and self.is_open:
            names[SHARED_WITH.of(self.reader_id)] = self.shared_at
        return names

    @property
    def is_open(self) -> bool:
        """Whether it was not ended yet."""
        return self.ended_at is None

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose goals these are."""
        if self.owner_id != me:
            raise NotYours
        return self

    def check_reader(self, me: PersonId) -> Self:
        """Refuse anybody but the one person whom it is for: also its owner's managers, and every admin."""
        if self.reader_id != me:
            raise NotYours
        return self

    def open_at(self, now: datetime) -> Self:
        """Note that its reader has opened it."""
        opened = (*self.opened, now)[-MOST_OPENED:]
        return self.model_copy(update={"opened": opened, "times": self.times + 1})

    def end(self, now: datetime) -> Self:
        """End it; twice changes nothing."""
        return self if self.ended_at else self.model_copy(update={"ended_at": now})

    def unnamed(self) -> Self:
        """Forget who its reader was."""
        return self.model_copy(update={"reader_id": None})


class Change(Value):
    """One thing that is otherwise than in the copy before, about a goal; *more* is by how much."""

    about: About
    title: str
    more: int = 0
    by: date | None = None


def frozen(goal: Goal, lines: Sequence[Served]) -> SharedGoal:
    """A goal as it stands now."""
    return SharedGoal(
        goal_id=goal.id,
        title=goal.title,
        why=goal.why,
        sign=goal.sign,
        by=goal.by,
        state=goal.state,
        steps=tuple(SharedStep(text=it.text, state=it.state) for it in goal.steps if it.state != "dropped"),
        lines=tuple(SharedLine(what=it.what, title=it.title, on=it.on) for it in lines),
    )


def changes_since(earlier: SharedVersion, later: SharedVersion) -> list[Change]:
    """What is otherwise in the later of two copies for the same reader, in the order of its goals."""
    before = {it.goal_id: it for it in earlier.goals}
    here = {it.goal_id for it in later.goals}
    left_out = [Change(about="left_out", title=it.title) for it in earlier.goals if it.goal_id not in here]
    return [*(it for goal in later.goals for it in _changed(before.get(goal.goal_id), goal)), *left_out]


def _changed(before: SharedGoal | None, after: SharedGoal) -> Iterator[Change]:
    title = after.title
    if before is None:
        yield Change(about="new", title=title)
        return
    if after.state != before.state:
        about: Mapping[State, About] = {"reached": "reached", "let_go": "let_go", "open": "again"}
        yield Change(about=about[after.state], title=title)
    if (after.title, after.why, after.sign) != (before.title, before.why, before.sign):
        yield Change(about="reworded", title=title)
    if after.by != before.by:
        yield Change(about="day", title=title, by=after.by)
    if after.done > before.done:
        yield Change(about="steps", title=title, more=after.done - before.done)
    known = {(it.what, it.title, it.on) for it in before.lines}
    # Where the earlier copy had no list of these, nobody has seen which of them are new.
    if before.lines and (more := sum((it.what, it.title, it.on) not in known for it in after.lines)):
        yield Change(about="served", title=title, more=more)

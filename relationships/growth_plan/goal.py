"""A goal of one person: its wordings, its steps, and the moves that are legal. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Ended, Invalid, NotFound, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.values import Document, Kept, PersonId, TopicId, Value

GOALS = ListName("goals-of")
OPEN_GOALS = ListName("open-goals-of")
GOAL_DUE = AgendaKind("goal_due", "relationships.growth_plan.look_back.ask_on_the_day")
GOAL_DAY = CardKind("goal-day", "goal")

State = Literal["open", "reached", "let_go"]
StepState = Literal["open", "done", "dropped"]
LONGEST_TITLE, LONGEST_WHY, LONGEST_SIGN, LONGEST_STEP = 150, 600, 300, 300
LATEST = timedelta(days=3 * 366)
STALE_AFTER = timedelta(days=90)
MOST_WORDINGS, MOST_STEPS, MOST_PLANS = 20, 40, 20


class GoalWish(Value):
    """What a person writes of a goal: *sign* is how they would know, *by* the day to look at it."""

    title: str
    why: str = ""
    sign: str = ""
    by: date | None = None

    def checked(self, today: date, before: date | None = None) -> Self:
        """A copy without stray blanks, or refuse all that is wrong with it; *before* is a day it had."""
        tidy = self.model_copy(
            update={
                "title": " ".join(self.title.split()),
                "why": self.why.strip(),
                "sign": " ".join(self.sign.split()),
            }
        )
        problems = [*tidy._lengths(), *tidy._day(today, before)]
        if problems:
            raise problems[0].along_with(*problems[1:])
        return tidy

    def _lengths(self) -> list[Invalid]:
        limits = {"title": LONGEST_TITLE, "why": LONGEST_WHY, "sign": LONGEST_SIGN}
        long = [
            Invalid(f"goal_{name}", "too_long", limit=limit)
            for name, limit in limits.items()
            if len(getattr(self, name)) > limit
        ]
        return [*long, *([] if self.title else [Invalid("goal_title", "empty")])]

    def _day(self, today: date, before: date | None) -> list[Invalid]:
        if self.by is None or self.by == before:
            return []
        if self.by <= today:
            return [Invalid("goal_by", "past")]
        return [Invalid("goal_by", "too_far")] if self.by > today + LATEST else []


class Wording(Kept):
    """How a goal read until a moment."""

    title: str
    why: str = ""
    sign: str = ""
    by: date | None = None
    until: AwareDatetime


class StepToGoal(Kept):
    """One thing to do for a goal; *number* names it, *source* what it came from, if anything.

    *on* is the day that its person wants to do it on, if they named one; nothing is sent on it.
    """

    number: int
    text: str
    state: StepState = "open"
    made_at: AwareDatetime
    done_at: AwareDatetime | None = None
    source: str = ""
    on: date | None = None


class Goal(Document):
    """One thing that somebody wants to get better at.

    open → reached, let_go;  reached, let_go → open (again)

    *wordings* are how it read before, oldest first. *plans* are the two-week plans that are its next steps.
    *asked_on* is the latest day of *by* on which the person was asked about it.
    """

    kind: ClassVar[str] = "goal"
    person_id: PersonId
    title: str
    why: str = ""
    sign: str = ""
    by: date | None = None
    topics: tuple[TopicId, ...] = ()
    state: State = "open"
    set_at: AwareDatetime
    touched_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    wordings: tuple[Wording, ...] = ()
    reworded: int = 0
    steps: tuple[StepToGoal, ...] = ()
    plans: tuple[str, ...] = ()
    asked_on: date | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The person's goals, and those that are open."""
        all = {GOALS.of(self.person_id): self.set_at}
        return {**all, OPEN_GOALS.of(self.person_id): self.set_at} if self.is_open else all

    @property
    def is_open(self) -> bool:
        """Whether it is still worked at."""
        return self.state == "open"

    @property
    def open_steps(self) -> tuple[StepToGoal, ...]:
        """The steps that are still to do, in the order in which they were added."""
        return tuple(it for it in self.steps if it.state == "open")

    @property
    def done_steps(self) -> int:
        """How many steps are done."""
        return sum(it.state == "done" for it in self.steps)

    def is_stale(self, now: datetime) -> bool:
        """Whether nothing was done about it for 90 days."""
        return self.is_open and now - self.touched_at >= STALE_AFTER

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose goal it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def reword(self, wish: GoalWish, topics: tuple[TopicId, ...], now: datetime) -> Self:
        """Take over another wording, and keep the one before; the same words change nothing."""
        self._must_be_open()
        said = wish.model_dump()
        before = {name: getattr(self, name) for name in said}
        if said == before:
            return self.touch(now)
        kept = (*self.wordings, Wording(**before, until=now))[-MOST_WORDINGS:]
        update = {**said, "topics": topics, "wordings": kept, "reworded": self.reworded + 1}
        return self.touch(now).model_copy(update=update)

    def touch(self, now: datetime) -> Self:
        """Note that its person has done something about it."""
        return self.model_copy(update={"touched_at": now})

    def end(self, state: State, now: datetime) -> Self:
        """Reach it or let it go; twice changes nothing."""
        if self.state == state:
            return self
        self._must_be_open()
        return self.touch(now).model_copy(update={"state": state, "ended_at": now})

    def reopen(self, now: datetime) -> Self:
        """Work at it again; one that is open stays as it is."""
        if self.is_open:
            return self
        return self.touch(now).model_copy(update={"state": "open", "ended_at": None})

    def add_step(self, text: str, now: datetime, source: str = "", on: date | None = None) -> Self:
        """Add a step at the end; of one *source* there is one step, however often it is added."""
        self._must_be_open()
        tidy = _step_words(text)
        if source and any(it.source == source for it in self.steps):
            return self
        if len(self.open_steps) >= MOST_STEPS:
            raise Invalid("goal_step", "too_many", limit=MOST_STEPS)
        number = max((it.number for it in self.steps), default=0) + 1
        step = StepToGoal(number=number, text=tidy, made_at=now, source=source, on=on)
        return self.touch(now).model_copy(update={"steps": _fitting((*self.steps, step))})

    def mark_step(self, number: int, state: StepState, now: datetime) -> Self:
        """Say what came of a step, or that it is open again; the same twice changes nothing."""
        if self.step(number).state == state:
            self._must_be_open()
            return self
        return self._with_step(number, now, state=state, done_at=now if state == "done" else None)

    def change_step(self, number: int, now: datetime, *, text: str, on: date | None) -> Self:
        """Say a step that is still to do otherwise, or put it on another day, or on none."""
        if self.step(number).state != "open":
            raise Ended
        return self._with_step(number, now, text=_step_words(text), on=on)

    def step(self, number: int) -> StepToGoal:
        """The step of a number; raises NotFound where it is not there any more."""
        found = next((it for it in self.steps if it.number == number), None)
        if found is None:
            raise NotFound("step", str(number))
        return found

    def _with_step(self, number: int, now: datetime, **update: object) -> Self:
        self._must_be_open()
        changed = self.step(number).model_copy(update=update)
        steps = tuple(changed if it.number == number else it for it in self.steps)
        return self.touch(now).model_copy(update={"steps": steps})

    def link(self, plan_id: str, now: datetime) -> Self:
        """Let the actions of a two-week plan be next steps of this goal."""
        if plan_id in self.plans:
            return self
        return self.touch(now).model_copy(update={"plans": (*self.plans, plan_id)[-MOST_PLANS:]})

    def unlink(self, plan_id: str) -> Self:
        """Let a two-week plan stand for itself again."""
        return self.model_copy(update={"plans": tuple(it for it in self.plans if it != plan_id)})

    def ask_today(self) -> Self:
        """Note that the person is asked about it on the day that they set."""
        return self.model_copy(update={"asked_on": self.by})

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Ended


def check_step_day(on: date | None, today: date, before: date | None = None) -> None:
    """Refuse a day of a step that has passed or is years ahead; *before* is one that it has already."""
    if on is None or on == before:
        return
    if on < today:
        raise Invalid("step_on", "past")
    if on > today + LATEST:
        raise Invalid("step_on", "too_far")


def _step_words(text: str) -> str:
    tidy = " ".join(text.split())
    if not tidy:
        raise Invalid("goal_step", "empty")
    if len(tidy) > LONGEST_STEP:
        raise Invalid("goal_step", "too_long", limit=LONGEST_STEP)
    return tidy


def _fitting(steps: tuple[StepToGoal, ...]) -> tuple[StepToGoal, ...]:
    """All open steps, and of the settled ones the newest for which there is room."""
    settled = [it for it in steps if it.state != "open"]
    surplus = {it.number for it in settled[: max(0, len(steps) - 2 * MOST_STEPS)]}
    return tuple(it for it in steps if it.number not in surplus)

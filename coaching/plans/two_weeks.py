"""A plan for two weeks as its person works through it: what is done, moved, left out, reminded of. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from coaching.guide.turn import GUIDE, PlannedAction
from kernel.errors import Ended, Invalid, NotFound, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.values import Document, Kept, PersonId

PLANS = ListName("two-weeks-of")
OPEN_PLANS = ListName("open-two-weeks-of")
TWO_WEEKS_REMIND = AgendaKind("two_weeks_remind", "coaching.plans.plans.remind")
TWO_WEEKS_OVER = AgendaKind("two_weeks_over", "coaching.plans.plans.finish")
FORGET_TWO_WEEKS = AgendaKind("forget_two_weeks", "coaching.plans.plans.forget")
TWO_WEEKS_NUDGE = CardKind("two-weeks-nudge", "two-weeks")

LONGEST_ACTION = 300
ActionState = Literal["open", "done", "dropped"]
State = Literal["proposed", "going", "over"]


class Action(PlannedAction):
    """One planned action, and what came of it."""

    state: ActionState = "open"


class Reminded(Kept):
    """The latest reminder: of which action, the how manieth it was, and whether it was heeded."""

    action: int
    number: int
    heeded: bool = False


class TwoWeeks(Document):
    """Some actions on days of two weeks. Nothing is reminded of before its person keeps it.

    *by* is who wrote the actions: the guide, or the model of that name. *led_by* is the sprint that was begun
    from it, which reminds instead. What was missed is asked about once: *asked* are those actions, *missed*
    those of the latest reminder, which asks of nothing else where *is_last*; *is_asked*: after the last day.

    proposed → going (kept)
    going    → over (its last day has passed, and nothing is left to ask about, or it was let go)
    """

    kind: ClassVar[str] = "two-weeks"
    person_id: PersonId
    goal: str
    actions: tuple[Action, ...]
    by: str = GUIDE
    state: State = "proposed"
    made_at: AwareDatetime
    reminded: Reminded | None = None
    unanswered: int = 0
    is_hushed: bool = False
    asked: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()
    is_last: bool = False
    is_asked: bool = False
    led_by: str = ""

    def lists(self) -> Mapping[str, datetime]:
        """The person's plans that were kept, and those that go on."""
        if self.state == "proposed":
            return {}
        kept = {PLANS.of(self.person_id): self.made_at}
        return {**kept, OPEN_PLANS.of(self.person_id): self.made_at} if self.state == "going" else kept

    @property
    def left(self) -> tuple[int, ...]:
        """Which actions are open, by their days."""
        numbers = (number for number, action in enumerate(self.actions) if action.state == "open")
        return tuple(sorted(numbers, key=lambda number: (self.actions[number].on, number)))

    @property
    def done(self) -> int:
        """How many actions are done."""
        return sum(action.state == "done" for action in self.actions)

    @property
    def ignored(self) -> int:
        """How many reminders in a row were ignored; the latest may still be answered."""
        return max(self.unanswered - 1, 0)

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose plan it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def keep(self) -> Self:
        """Take it on; twice changes nothing."""
        return self.model_copy(update={"state": "going"}) if self.state == "proposed" else self

    def mark(self, number: int, state: ActionState) -> Self:
        """Say what came of an action, or that it is open again."""
        return self._with(number, state=state)

    def reword(self, number: int, behaviour: str) -> Self:
        """Say an action otherwise; its moment and what shows it stay."""
        tidy = " ".join(behaviour.split())
        if not tidy:
            raise Invalid("behaviour", "empty")
        if len(tidy) > LONGEST_ACTION:
            raise Invalid("behaviour", "too_long", limit=LONGEST_ACTION)
        return self._with(number, behaviour=tidy)

    def move(self, number: int, on: date, free: Sequence[date]) -> Self:
        """Put an action from its day on the first of these that has none yet; elsewhere it stays."""
        if self._action(number).on != on:
            return self
        return self._with(number, on=next(iter(self.without_action(free)), on))

    def without_action(self, days: Iterable[date]) -> Iterator[date]:
        """Yield those of these days for which no open action is planned."""
        taken = {self.actions[left].on for left in self.left}
        return (day for day in days if day not in taken)

    @property
    def unasked(self) -> tuple[int, ...]:
        """Which open actions were not asked about yet, by their days."""
        return tuple(number for number in self.left if number not in self.asked)

    def remind(self, number: int) -> Self:
        """Note a reminder of an action, and that what was missed before it is asked about."""
        on = self.actions[number].on
        missed = tuple(it for it in self.unasked if self.actions[it].on < on)
        reminded = self._reminded(number, missed)
        return reminded.model_copy(update={"unanswered": self.unanswered + 1, "is_last": False})

    def ask(self) -> Self:
        """Note that what was missed is asked about, now that the last day has passed."""
        asked = self._reminded(self.unasked[-1], self.unasked)
        return asked.model_copy(update={"is_asked": True, "is_last": True})

    def lead(self, sprint_id: str) -> Self:
        """Leave the reminding to a sprint; it goes on as a list of what is to be done."""
        if self.state == "over":
            raise Ended
        return self.model_copy(update={"state": "going", "led_by": sprint_id})

    def _reminded(self, number: int, missed: tuple[int, ...]) -> Self:
        count = self.reminded.number + 1 if self.reminded else 1
        reminded = Reminded(action=number, number=count)
        return self.model_copy(
            update={"reminded": reminded, "missed": missed, "asked": (*self.asked, *missed)}
        )

    def stop_reminding(self) -> Self:
        """Remind no more, until the person does something with it or wishes it."""
        return self.model_copy(update={"is_hushed": True})

    def heed(self) -> Self:
        """Note that the person has answered: reminders come as planned again."""
        reminded = self.reminded.model_copy(update={"heeded": True}) if self.reminded else None
        return self.model_copy(update={"reminded": reminded, "unanswered": 0, "is_hushed": False})

    def close(self) -> Self:
        """End it, however much is done; twice changes nothing."""
        return self.model_copy(update={"state": "over"})

    def _with(self, number: int, **update: object) -> Self:
        if self.state != "going":
            raise Ended
        changed = self._action(number).model_copy(update=update)
        actions = tuple(changed if at == number else it for at, it in enumerate(self.actions))
        return self.heed().model_copy(update={"actions": actions})

    def _action(self, number: int) -> Action:
        if not 0 <= number < len(self.actions):
            raise NotFound("action", str(number))
        return self.actions[number]

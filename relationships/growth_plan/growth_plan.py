"""What holds for one person's goals together: three open at most, what is suggested, when to look back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import Refusal
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Snapshot
from kernel.values import Document, Kept, PersonId
from mentoring.model.undo import can_undo
from relationships.growth_plan.served import What

GROWTH_PLAN = ListName("growth-plan-of")
GATHER = AgendaKind("growth_gather", "relationships.growth_plan.serving.gather_nightly")
LOOK_BACK = AgendaKind("growth_look_back", "relationships.growth_plan.look_back.look_back")
EXPORT = AgendaKind("growth_export", "slackapp.delivery.growth_export.GrowthExports.send")
LOOKED_BACK = CardKind("growth-look-back", "growth-plan")
EXPORTED = CardKind("growth-export", "growth-plan", numbered=True)

MOST_OPEN = 3
QUARTER = timedelta(days=91)
UNANSWERED = 2  # looks back in a row; then none follow
MOST_SUGGESTED, MOST_DISMISSED, MOST_EXPORTS = 5, 300, 50
MOST_PARTS = 100  # messages of one export
Format = Literal["md", "json", "html"]


class TooManyGoals(Refusal):
    """As many goals are open as can be."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class SuggestedSource(Kept):
    """That a thing may serve a goal; *ref* names the thing, *title* is what its person called it.

    *led_by* is the question that led to it, if one did.
    """

    goal_id: str
    what: What
    ref: str
    title: str
    on: AwareDatetime
    led_by: str = ""


class AnsweredSuggestion(Kept):
    """The latest answer to whether a thing serves a goal, while it can be undone."""

    thing: SuggestedSource
    at: AwareDatetime
    serves: bool


class Looked(Kept):
    """The latest look back: which it is, when it was asked, about which goals, and which are answered."""

    number: int
    at: AwareDatetime
    goals: tuple[str, ...]
    answered: tuple[str, ...] = ()
    is_skipped: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing of it waits for an answer."""
        return self.is_skipped or set(self.goals) <= set(self.answered)


class PlanExport(Kept):
    """That its owner took the plan along."""

    at: AwareDatetime
    format: Format


class GrowthPlan(Document):
    """One person's plan: the document under their id that guards what holds for all goals together.

    *open* are the goals that are open. *dismissed* are things that serve none, as `<goal>.<ref>`. *answered*
    is of the last minutes. *unheeded* counts the looks back in a row that got no answer at all.
    """

    kind: ClassVar[str] = "growth-plan"
    id: PersonId
    begun_at: AwareDatetime
    open: tuple[str, ...] = ()
    suggested: tuple[SuggestedSource, ...] = ()
    dismissed: tuple[str, ...] = ()
    answered: AnsweredSuggestion | None = None
    next_look_at: AwareDatetime | None = None
    looked: Looked | None = None
    unheeded: int = 0
    exports: tuple[PlanExport, ...] = ()
    exported: int = 0

    def lists(self) -> Mapping[str, datetime]:
        """The person's own list, so that it is read with the Home tab."""
        return {GROWTH_PLAN.of(self.id): self.begun_at}

    @property
    def is_hushed(self) -> bool:
        """Whether no look back comes any more, since the last ones got no answer."""
        return self.unheeded >= UNANSWERED

    def add(self, goal_id: str) -> Self:
        """Count a goal as open; raise TooManyGoals where three are."""
        if goal_id in self.open:
            return self
        if len(self.open) >= MOST_OPEN:
            raise TooManyGoals(MOST_OPEN)
        return self.model_copy(update={"open": (*self.open, goal_id)})

    def remove(self, goal_id: str) -> Self:
        """Count a goal as open no more; nothing is suggested for it."""
        left = tuple(it for it in self.suggested if it.goal_id != goal_id)
        open = tuple(it for it in self.open if it != goal_id)
        answered = None if self.answered and self.answered.thing.goal_id == goal_id else self.answered
        return self.model_copy(update={"open": open, "suggested": left, "answered": answered})

    def suggest(self, found: tuple[SuggestedSource, ...], now: datetime) -> Self:
        """Ask about these, as far as neither they nor what led to them was dismissed."""
        no = self.dismissed
        wanted = [it for it in found if not {mark(it.goal_id, ref) for ref in (it.ref, it.led_by)} & {*no}]
        answered = self.answered if self.answered and can_undo(self.answered.at, now) else None
        return self.model_copy(update={"suggested": tuple(wanted[:MOST_SUGGESTED]), "answered": answered})

    def decide(self, thing: SuggestedSource, now: datetime, *, serves: bool) -> Self:
        """Note whether a thing serves a goal; it is not suggested again, unless that is undone."""
        settled = self.settle(thing.goal_id, thing.ref, dismissed=not serves)
        return settled.model_copy(update={"answered": AnsweredSuggestion(thing=thing, at=now, serves=serves)})

    def undo(self, goal_id: str, ref: str) -> Self:
        """Ask about a thing again, if it was the last that was answered."""
        if self.answered is None or (self.answered.thing.goal_id, self.answered.thing.ref) != (goal_id, ref):
            return self
        thing, open = self.answered.thing, self.settle(goal_id, ref, dismissed=False)
        return open.model_copy(
            update={"suggested": (thing, *open.suggested)[:MOST_SUGGESTED], "answered": None}
        )

    def settle(self, goal_id: str, ref: str, *, dismissed: bool) -> Self:
        """Suggest a thing for a goal no more; where it is *dismissed*, never again."""
        left = tuple(it for it in self.suggested if (it.goal_id, it.ref) != (goal_id, ref))
        others = tuple(it for it in self.dismissed if it != mark(goal_id, ref))
        no = (*others, mark(goal_id, ref))[-MOST_DISMISSED:] if dismissed else others
        return self.model_copy(update={"suggested": left, "dismissed": no})

    def heed(self, now: datetime) -> Self:
        """Note that the person has done something with their goals: looks back come as planned."""
        begins_anew = self.is_hushed or self.next_look_at is None
        at = now + QUARTER if begins_anew and self.open else self.next_look_at
        return self.model_copy(update={"unheeded": 0, "next_look_at": at if self.open else None})

    def look_back(self, goals: tuple[str, ...], now: datetime) -> Self:
        """Note that the person is asked about these goals, and when they are next."""
        number = self.looked.number + 1 if self.looked else 1
        looked, unheeded = Looked(number=number, at=now, goals=goals), self.unheeded + 1
        # Of the last one that is sent unheeded nobody knows yet whether it gets an answer.
        is_last = unheeded >= UNANSWERED
        next_at = None if is_last else now + QUARTER
        return self.model_copy(update={"looked": looked, "unheeded": unheeded, "next_look_at": next_at})

    def answer(self, goal_id: str, now: datetime) -> Self:
        """Note an answer about one goal of the latest look back."""
        if self.looked is None or goal_id not in self.looked.goals or goal_id in self.looked.answered:
            return self.heed(now)
        answered = (*self.looked.answered, goal_id)
        looked = self.looked.model_copy(update={"answered": answered})
        return self.heed(now).model_copy(update={"looked": looked})

    def skip(self, now: datetime) -> Self:
        """Answer nothing this time; the next look back comes as planned."""
        looked = self.looked.model_copy(update={"is_skipped": True}) if self.looked else None
        return self.heed(now).model_copy(update={"looked": looked})

    def export(self, format: Format, now: datetime) -> Self:
        """Note that its owner takes it along."""
        noted = (*self.exports, PlanExport(at=now, format=format))[-MOST_EXPORTS:]
        return self.model_copy(update={"exports": noted, "exported": self.exported + 1})


def part_of(number: int, part: int) -> int:
    """The number of the card that shows a part of an export; part 0 says that it comes."""
    return number * MOST_PARTS + part


def mark(goal_id: str, ref: str) -> str:
    """The name of a thing as what serves a goal: also the id of the line of it in the plan."""
    return f"{goal_id}.{ref}"


def plan_of(read: Snapshot, me: PersonId, now: datetime) -> GrowthPlan:
    """Somebody's plan; an empty one, if nothing was ever in it."""
    return read.find(GrowthPlan, me) or GrowthPlan(id=me, begun_at=now)

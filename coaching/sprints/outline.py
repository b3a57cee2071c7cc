"""A sprint as it is outlined, one question at a time, until it begins. Pure."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from coaching.sprints.goal_scale import NAMES, GoalScale
from coaching.sprints.scale_draft import drafted, known
from coaching.sprints.sprint import LONGEST, MOST_WEEKS, Confidence, Weekday
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, ListName
from kernel.sprint_templates import DAYS, SprintTemplate
from kernel.store import Show
from kernel.values import Document, PersonId, TopicId

OUTLINES = ListName("sprint-outlines-of")
OPEN_OUTLINES = ListName("open-sprint-outlines-of")
FORGET_OUTLINE = AgendaKind("forget_sprint_outline", "coaching.sprints.outlines.forget")

Question = Literal["goal", "expected", "scale", "days", "weeks"]
QUESTIONS: tuple[Question, ...] = ("goal", "expected", "scale", "days", "weeks")
State = Literal["asking", "begun", "dropped"]
USUAL = time(16, 0)
_AROUND = tuple(name for name in NAMES.values() if name != "expected")


class SprintOutline(Document):
    """What was said so far of a sprint to come, which gets its id.

    asking → begun, dropped; both are ends, and nothing of what was said stays in here

    *agreed* are the questions that are answered; the first other one is asked. *posted* counts how often its
    card came anew. *draft_id*, *talk_id* or *plan_id* is what its words come
    from, *begun_from* the thing whose card led to it.
    """

    kind: ClassVar[str] = "sprint-outline"
    person_id: PersonId
    made_at: AwareDatetime
    state: State = "asking"
    agreed: frozenset[Question] = frozenset()
    posted: int = 0
    goal: str = ""
    topic: TopicId | None = None
    measure: str = ""
    baseline: str = ""
    levels: Mapping[str, str] = Field(default_factory=dict)
    days: tuple[Weekday, ...] = ()
    at: time = USUAL
    weeks: int = 2
    cue: str = ""
    action: str = ""
    confidence: Confidence | None = None
    draft_id: str | None = None
    talk_id: str | None = None
    plan_id: str | None = None
    begun_from: str | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The person's outlines, and those that go on."""
        names = {OUTLINES.of(self.person_id): self.made_at}
        return names | ({OPEN_OUTLINES.of(self.person_id): self.made_at} if self.is_open else {})

    @property
    def show(self) -> Show:
        """Where it is shown: to its person."""
        return Show(self.thing, to=self.person_id)

    @property
    def is_open(self) -> bool:
        """Whether something is still asked."""
        return self.state == "asking"

    @property
    def question(self) -> Question | None:
        """What is asked now; None once everything is answered and it can begin."""
        return next((it for it in QUESTIONS if it not in self.agreed), None)

    @property
    def plan(self) -> tuple[str, str]:
        """The cue and the action of its if-then plan, which is a general one until it is changed."""
        return self.cue or known().cue, self.action or known().action

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose outline it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def again(self) -> Self:
        """Show it anew, below what came since."""
        return self.model_copy(update={"posted": self.posted + 1})

    def name_goal(self, goal: str, topic: TopicId | None) -> Self:
        """Say which skill it is for."""
        tidy = " ".join(goal.split())
        if not tidy:
            raise Invalid("goal", "empty")
        if len(tidy) > LONGEST:
            raise Invalid("goal", "too_long", limit=LONGEST)
        return self._answered("goal", goal=tidy, topic=topic)

    def expect(self, expected: str) -> Self:
        """Say what would be as expected; the levels around it are drafted anew where it changes."""
        said = drafted(expected)
        if said["expected"] == self.levels.get("expected"):
            return self._answered("expected")
        scale = GoalScale(**said)
        if wrong := [it for it in scale.problems() if it.field == "expected"]:
            raise wrong[0]
        redrafted = self._answered("expected", levels=said)
        return redrafted.model_copy(update={"agreed": redrafted.agreed - {"scale"}})

    def scale(self, around: Mapping[str, str] | None = None) -> Self:
        """Agree to the levels, with others *around* what is expected where some are given."""
        written = GoalScale(**dict.fromkeys(NAMES.values(), "") | {**self.levels, **(around or {})})
        tidy = written.tidied()
        # Which of two levels is said to be the same, it's the one around what is expected.
        same = [it for it in _AROUND if getattr(tidy, it).casefold() == tidy.expected.casefold()]
        wrong = [*(Invalid(it, "same_level") for it in same), *written.problems()]
        if wrong := [it for it in wrong if it.field != "expected"]:
            raise wrong[0].along_with(*wrong[1:])
        return self._answered("scale", levels={name: getattr(tidy, name) for name in NAMES.values()})

    def ask_on(self, days: tuple[Weekday, ...], at: time | None = None) -> Self:
        """Say on which days, and at what time, it may ask."""
        if not days:
            raise Invalid("days", "empty")
        return self._answered("days", days=tuple(sorted(set(days))), at=at or self.at)

    def last(self, weeks: int) -> Self:
        """Say for how many weeks it goes on."""
        if not 1 <= weeks <= MOST_WEEKS:
            raise Invalid("weeks", "out_of_range", limit=MOST_WEEKS)
        return self._answered("weeks", weeks=weeks)

    def be_sure(self, confidence: Confidence) -> Self:
        """Say how sure one is to get there."""
        self._must_be_open()
        return self.model_copy(update={"confidence": confidence})

    def suggested(self, template: SprintTemplate) -> Self:
        """Take over what an admin suggests, which answers every question."""
        self._must_be_open()
        example = template.if_then
        return self.model_copy(
            update={
                "goal": template.goal,
                "topic": template.topic,
                "measure": template.measure,
                "levels": template.levels.model_dump(),
                "weeks": template.weeks,
                "days": tuple(DAYS.index(day) for day in template.days),
                "cue": example.cue if example else "",
                "action": example.action if example else "",
                "agreed": frozenset(QUESTIONS),
            }
        )

    def back(self) -> Self:
        """Ask the question before once more; what was answered stands there to be changed."""
        self._must_be_open()
        answered = [it for it in QUESTIONS if it in self.agreed]
        return self.model_copy(update={"agreed": self.agreed - set(answered[-1:])})

    def over(self, state: Literal["begun", "dropped"]) -> Self:
        """End it, and let go what was said."""
        if not self.is_open:
            return self
        bare = SprintOutline(id=self.id, person_id=self.person_id, made_at=self.made_at, posted=self.posted)
        return self.model_copy(
            update={name: getattr(bare, name) for name in SprintOutline.model_fields if name != "id"}
            | {"state": state}
        )

    def _answered(self, question: Question, **update: object) -> Self:
        self._must_be_open()
        return self.model_copy(update={**update, "agreed": self.agreed | {question}})

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Ended

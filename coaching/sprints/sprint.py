"""A skill sprint: some weeks of practice towards one goal, its record, and the moves that are legal. Pure."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from coaching.sprints.goal_scale import GoalScale, Level
from kernel.errors import Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.values import Document, Kept, PersonId, TopicId

SPRINTS = ListName("sprints-of")
OPEN_SPRINTS = ListName("open-sprints-of")
DONE_SPRINTS = ListName("done-sprints-of")
PARTNERED_SPRINTS = ListName("partnered-sprints-of")
ASKED_AS_PARTNER = ListName("partner-asked-of")
SPRINT_REHEARSE = AgendaKind("sprint_rehearse", "coaching.sprints.reminders.rehearse")
SPRINT_REMIND = AgendaKind("sprint_remind", "coaching.sprints.reminders.remind")
SPRINT_RECAP = AgendaKind("sprint_recap", "coaching.sprints.reminders.recap")
SPRINT_OVER = AgendaKind("sprint_over", "coaching.sprints.reminders.finish")
SPRINT_LASTS = AgendaKind("sprint_lasts", "coaching.sprints.reminders.follow_up")
SPRINT_CHART = AgendaKind("sprint_chart", "slackapp.delivery.charts.Charts.draw")
FORGET_SPRINT = AgendaKind("forget_sprint", "coaching.sprints.sprints.forget")
SPRINT_NUDGE = CardKind("sprint-nudge", "sprint")
SPRINT_PARTNER = CardKind("sprint-partner", "sprint")

State = Literal["going", "paused", "review", "done", "ended"]
Consent = Literal["none", "asked", "yes", "no"]
Nudge = Literal["rehearse", "check_in", "recap", "stopped", "follow_up"]
Lasting = Literal["yes", "partly", "no"]
FollowUp = Literal["w2", "w6"]
Confidence = Annotated[int, Field(ge=0, le=10)]
Weekday = Annotated[int, Field(ge=0, le=6)]

MOVES: Mapping[State, frozenset[State]] = {
    "going": frozenset({"paused", "review", "ended"}),
    "paused": frozenset({"going", "ended"}),
    "review": frozenset({"going", "done", "ended"}),
    "done": frozenset(),
    "ended": frozenset(),
}
MOST_WEEKS = 4
EXTENSIONS = 2
LONGEST = 500
MOST_MINUTES = 1_440
KEPT = 200


class IfThen(Kept):
    """An if-then plan: when *cue* happens, the person does *action*."""

    cue: str
    action: str


class SprintPlan(Kept):
    """What a person sets out to do. *days* are weekdays from Monday 0, *at* the local time of reminders."""

    topic: TopicId | None = None
    goal: str
    scale: GoalScale
    weeks: int = 2
    days: tuple[Weekday, ...] = (1, 3)
    at: time = time(16, 0)
    partner_id: PersonId | None = None
    if_then: IfThen
    confidence: Confidence | None = None


class CheckIn(Kept):
    """One moment of looking: the level as things stand, the minutes of practice, what is in the way."""

    at: AwareDatetime
    level: Level
    minutes: int = 0
    confidence: Confidence | None = None
    blocker: str = ""


class Recall(Kept):
    """What the person remembered of the if-then plan, without looking."""

    at: AwareDatetime
    text: str


class Review(Kept):
    """What came of it: the level reached, how sure the person is to keep it, one lesson, what comes next."""

    level: Level
    confidence: Confidence
    lesson: str = ""
    next: str = ""


class Nudged(Kept):
    """The latest message that the app sent by itself; *number* counts them, *answered* that it was heeded."""

    about: Nudge
    number: int
    at: AwareDatetime
    answered: bool = False


class Pause(Kept):
    """A time in which the sprint rested; without *to* it still does."""

    since: AwareDatetime
    to: AwareDatetime | None = None


class Sprint(Document):
    """Some weeks of practice of one person. `ends_at` moves with each pause and each extension.

    *steps_of* is the plan for two weeks that it was begun from, whose actions its reminders name.

    going  → paused, review (its time is over), ended (early)
    paused → going, ended
    review → going (extended), done (reviewed), ended
    done, ended  are ends; consent: none, or asked → yes, no; yes → no
    reported_by: who of the two told the admins that something is wrong; the partner gets no digest then
    begun_from: the thing whose card led to it and shows that it goes on, as a mentorship's
    """

    kind: ClassVar[str] = "sprint"
    person_id: PersonId
    plan: SprintPlan
    zone: str
    state: State = "going"
    consent: Consent = "none"
    begun_at: AwareDatetime
    ends_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    check_ins: tuple[CheckIn, ...] = ()
    recalls: tuple[Recall, ...] = ()
    pauses: tuple[Pause, ...] = ()
    rehearsed_at: AwareDatetime | None = None
    nudged: Nudged | None = None
    unanswered: int = 0
    digests: int = 0
    is_hushed: bool = False
    extended: int = 0
    review: Review | None = None
    lasting: Mapping[str, Lasting] = Field(default_factory=dict)
    has_partner_left: bool = False
    begun_from: str = ""
    steps_of: str = ""
    reported_by: frozenset[PersonId] = frozenset()

    def lists(self) -> Mapping[str, datetime]:
        """The person's sprints, those open or reviewed, and those that a partner is asked about or sees."""
        names = {SPRINTS.of(self.person_id): self.begun_at}
        if self.is_open:
            names[OPEN_SPRINTS.of(self.person_id)] = self.begun_at
        if self.state == "done" and self.ended_at:
            names[DONE_SPRINTS.of(self.person_id)] = self.ended_at
        if self.is_open and self.partner_id and self.consent == "yes":
            names[PARTNERED_SPRINTS.of(self.partner_id)] = self.begun_at
        if self.is_open and self.partner_id and self.consent == "asked":
            names[ASKED_AS_PARTNER.of(self.partner_id)] = self.begun_at
        return names

    @property
    def is_open(self) -> bool:
        """Whether it can go on or waits for its review."""
        return bool(MOVES[self.state])

    @property
    def partner_id(self) -> PersonId | None:
        """Who was asked to see the record."""
        return self.plan.partner_id

    @property
    def last(self) -> CheckIn | None:
        """The latest check-in."""
        return self.check_ins[-1] if self.check_ins else None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels over time: of each check-in, and at the end of the review."""
        reached = (self.review.level,) if self.review else ()
        return (*(check_in.level for check_in in self.check_ins), *reached)

    @property
    def ignored(self) -> int:
        """How many reminders in a row were ignored; the latest may still be answered."""
        return max(self.unanswered - 1, 0)

    @property
    def minutes(self) -> int:
        """The minutes of practice in all."""
        return sum(check_in.minutes for check_in in self.check_ins)

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose sprint it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def check_partner(self, me: PersonId) -> Self:
        """Refuse anybody but the partner."""
        if self.partner_id != me:
            raise NotYours
        return self

    def check_in(self, entry: CheckIn) -> Self:
        """Add a check-in; that of a sprint at rest wakes nothing. Reminders count as heeded again."""
        self._must_be("going", "paused", "review")
        if not 0 <= entry.minutes <= MOST_MINUTES:
            raise Invalid("minutes", "out_of_range", limit=MOST_MINUTES)
        if len(entry.blocker) > LONGEST:
            raise Invalid("blocker", "too_long", limit=LONGEST)
        kept = (*self.check_ins, entry)[-KEPT:]
        return self.heeded().model_copy(update={"check_ins": kept})

    def rehearse(self, now: datetime) -> Self:
        """Note that the if-then plan was gone through once."""
        self._must_be("going", "paused", "review")
        return self.heeded().model_copy(update={"rehearsed_at": self.rehearsed_at or now})

    def recall(self, text: str, now: datetime) -> Self:
        """Keep what was remembered of the if-then plan."""
        self._must_be("going", "paused", "review")
        said = Recall(at=now, text=text.strip()[:LONGEST])
        return self.heeded().model_copy(update={"recalls": (*self.recalls, said)[-KEPT:]})

    def heeded(self) -> Self:
        """Note that the person has answered: reminders come as often as planned again."""
        nudged = self.nudged.model_copy(update={"answered": True}) if self.nudged else None
        return self.model_copy(update={"unanswered": 0, "is_hushed": False, "nudged": nudged})

    def nudge(self, about: Nudge, now: datetime) -> Self:
        """Note a message of the app's own; of those, only reminders to check in wait for an answer."""
        number = self.nudged.number + 1 if self.nudged else 1
        waiting = self.unanswered + (about == "check_in")
        nudged = Nudged(about=about, number=number, at=now)
        return self.model_copy(update={"nudged": nudged, "unanswered": waiting})

    def digest(self) -> Self:
        """Note that the partner gets one more digest."""
        return self.model_copy(update={"digests": self.digests + 1})

    def stop_reminding(self, now: datetime) -> Self:
        """Stop reminding, and say so; a check-in or the person's wish begins anew."""
        return self.nudge("stopped", now).model_copy(update={"is_hushed": True})

    def adjust(self, plan: SprintPlan) -> Self:
        """Change the if-then plan, days, time or partner; the goal and its scale stay as written."""
        self._must_be("going", "paused")
        kept = {"topic", "goal", "scale", "weeks", "confidence"}
        changed = plan.model_copy(update={name: getattr(self.plan, name) for name in kept})
        asked = self.consent if plan.partner_id == self.partner_id else _asked(plan.partner_id)
        has_left = self.has_partner_left and plan.partner_id == self.partner_id
        update = {"plan": changed, "consent": asked, "has_partner_left": has_left}
        return self.heeded().model_copy(update=update)

    def pause(self, now: datetime) -> Self:
        """Rest: no reminder comes, and the end moves on by as long as it rests. Twice changes nothing."""
        if self.state == "paused":
            return self
        return self._moved("paused", pauses=(*self.pauses, Pause(since=now)))

    def resume(self, ends_at: datetime, now: datetime) -> Self:
        """Go on, with an end that was moved; what goes on already stays as it is."""
        if self.state == "going":
            return self
        pauses = tuple(it if it.to else it.model_copy(update={"to": now}) for it in self.pauses)
        return self.heeded()._moved("going", ends_at=ends_at, pauses=pauses)

    def extend(self, ends_at: datetime) -> Self:
        """Go on for longer; a few times only."""
        self._must_be("going", "review")
        if self.extended >= EXTENSIONS:
            raise Invalid("weeks", "too_often", limit=EXTENSIONS)
        return self.heeded().model_copy(
            update={"state": "going", "ends_at": ends_at, "extended": self.extended + 1}
        )

    def come_to_review(self) -> Self:
        """Note that its time is over: nothing more is asked but what came of it."""
        return self.heeded()._moved("review")

    def end(self, now: datetime) -> Self:
        """End it early; doing it twice changes nothing."""
        return self if self.state == "ended" else self._moved("ended", ended_at=now)

    def reviewed(self, review: Review, now: datetime) -> Self:
        """Close it with what came of it."""
        for name in ("lesson", "next"):
            if len(getattr(review, name)) > LONGEST:
                raise Invalid(name, "too_long", limit=LONGEST)
        early = self._moved("review") if self.state == "going" else self
        return early.heeded()._moved("done", review=review, ended_at=now)

    def lasted(self, label: FollowUp, answer: Lasting) -> Self:
        """Note, weeks after the review, whether it has lasted."""
        if self.state != "done":
            raise Ended
        return self.heeded().model_copy(update={"lasting": {**self.lasting, label: answer}})

    def agree(self, me: PersonId, consent: Literal["yes", "no"]) -> Self:
        """Answer as the partner: only a yes opens the record, and it can be taken back; a no is final."""
        self.check_partner(me)
        if not self.is_open or (self.consent == "no" and consent == "yes"):
            raise Ended
        return self.model_copy(update={"consent": consent})

    def report(self, me: PersonId) -> Self:
        """Note that one of the two has told the admins that something is wrong."""
        return self.model_copy(update={"reported_by": self.reported_by | {me}})

    def without_partner(self, gone: PersonId) -> Self:
        """Note that the partner, asked or agreed, can be none any more; the record is shown to nobody."""
        if not self.is_open or self.partner_id != gone or self.consent not in ("asked", "yes"):
            return self
        return self.model_copy(update={"consent": "no", "has_partner_left": True})

    def _must_be(self, *states: State) -> None:
        if self.state not in states:
            raise Ended

    def _moved(self, state: State, **update: object) -> Self:
        if state not in MOVES[self.state]:
            raise Ended
        return self.model_copy(update={"state": state, **update})


def begun(
    sprint_id: str,
    me: PersonId,
    plan: SprintPlan,
    now: datetime,
    *,
    zone: str,
    ends_at: datetime,
    begun_from: str = "",
    steps_of: str = "",
) -> Sprint:
    """A sprint on its first day; a partner is asked first and sees nothing before a yes."""
    return Sprint(
        id=sprint_id,
        person_id=me,
        plan=plan,
        zone=zone,
        consent=_asked(plan.partner_id),
        begun_at=now,
        ends_at=ends_at,
        begun_from=begun_from,
        steps_of=steps_of,
    )


def _asked(partner_id: PersonId | None) -> Consent:
    return "asked" if partner_id else "none"

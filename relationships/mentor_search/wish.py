"""The wish for a mentor: who is suggested, who was asked and what they said, and its legal moves. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import CannotHelp, Ended, Invalid, NotYours
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, TopicId
from kernel.working_time import Span
from matching.values import Reason

MENTOR_WISHES = ListName("mentor-wishes-of")
OPEN_MENTOR_WISHES = ListName("open-mentor-wishes-of")
ASKED_TO_MENTOR = ListName("asked-to-mentor")
SUGGESTED_AS_MENTOR = ListName("suggested-as-mentor")
WISH_DUE = AgendaKind("mentor_wish_due", "relationships.mentor_search.wishes.go_on")
FORGET_WISH = AgendaKind("forget_mentor_wish", "relationships.mentor_search.wishes.forget")
MENTOR_ASKED = CardKind("mentor-asked", "mentor-wish")

State = Literal["choosing", "asked", "waiting", "met", "ended"]
# What of a mentorship can be passed on to the next mentor.
Part = Literal["goals", "notes"]
NOTES = 10  # the latest shared notes, which can be passed on
# What came of a wish to go on after a talk.
Wished = Literal["noted", "both", "no_place"]
Answer = Literal["no", "late"]
MOVES: Mapping[State, frozenset[State]] = {
    "choosing": frozenset({"asked", "waiting", "ended"}),
    "asked": frozenset({"choosing", "waiting", "met", "ended"}),
    "waiting": frozenset({"choosing", "ended"}),
    "met": frozenset(),
    "ended": frozenset(),
}
LONGEST = 500
ANSWER_WITHIN = Span.parse("3wd")
LOOK_EVERY, LOOKED_FOR = timedelta(days=7), timedelta(days=56)


class SuggestedMentor(Kept):
    """Somebody who could be the mentor, why, and what they said when they were asked."""

    mentor_id: PersonId
    reasons: tuple[Reason, ...] = ()
    answer: Answer | None = None


class PassedOn(Kept):
    """What a mentee lets a new mentor see of the mentorship before: each part by their own choice."""

    by: PersonId
    goals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class MentorWish(Document):
    """One person's search for a mentor. Nobody is asked whom they did not pick, and one at a time.

    choosing → asked, waiting (nobody is left), ended
    asked    → choosing (a no, or no answer), waiting, met (a yes), ended
    waiting  → choosing (somebody has room), ended
    met, ended  are ends

    *refused_id* is who said no, or nothing, last; *looked_until* is when looking anew ends.

    *is_reverse*: a senior looks for a junior to learn from. Then the app asks one after the other, and the
    senior reads no name before a yes.
    """

    kind: ClassVar[str] = "mentor-wish"
    person_id: PersonId
    wants: str
    is_reverse: bool = False
    topics: tuple[TopicId, ...]
    state: State = "choosing"
    suggested: tuple[SuggestedMentor, ...] = ()
    asked_id: PersonId | None = None
    refused_id: PersonId | None = None
    answer_by: AwareDatetime | None = None
    passed_on: PassedOn | None = None
    made_at: AwareDatetime
    looks_at: AwareDatetime | None = None
    looked_until: AwareDatetime
    ended_at: AwareDatetime | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The wishes of a person, the one that is open, and those that name somebody else."""
        names = {MENTOR_WISHES.of(self.person_id): self.made_at}
        if self.is_open:
            names[OPEN_MENTOR_WISHES.of(self.person_id)] = self.made_at
        if self.state == "asked" and self.asked_id:
            names[ASKED_TO_MENTOR.of(self.asked_id)] = self.made_at
        if self.is_open:
            names |= {SUGGESTED_AS_MENTOR.of(it.mentor_id): self.made_at for it in self.left}
        return names

    @property
    def is_open(self) -> bool:
        """Whether a mentor is still sought."""
        return bool(MOVES[self.state])

    @property
    def left(self) -> tuple[SuggestedMentor, ...]:
        """Who is suggested and was not asked yet."""
        return tuple(it for it in self.suggested if it.answer is None and it.mentor_id != self.asked_id)

    @property
    def tried(self) -> frozenset[PersonId]:
        """Who was asked already."""
        return frozenset(it.mentor_id for it in self.suggested if it.answer is not None)

    @property
    def due_at(self) -> datetime | None:
        """When something is due: an answer, or looking anew."""
        return {"asked": self.answer_by, "waiting": self.looks_at}.get(self.state)

    def reasons_for(self, mentor_id: PersonId) -> tuple[Reason, ...]:
        """Why somebody was suggested."""
        return next((it.reasons for it in self.suggested if it.mentor_id == mentor_id), ())

    def shows(self) -> list[Show]:
        """Where it is shown: to whom it is of, and to everybody who was asked."""
        asked = dict.fromkeys([*sorted(self.tried), *([self.asked_id] if self.asked_id else [])])
        return [Show(self.thing, self.person_id), *(Show(MENTOR_ASKED.of(self.id), each) for each in asked)]

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose wish it is."""
        if self.person_id != me:
            raise NotYours
        return self

    def check_asked(self, me: PersonId) -> Self:
        """Refuse anybody but whoever is asked right now."""
        if self.state != "asked" or self.asked_id != me:
            raise Ended if me in self.tried or self.asked_id == me else NotYours
        return self

    def ask(self, mentor_id: PersonId, answer_by: datetime) -> Self:
        """Put it to somebody who was suggested; the same one again changes nothing."""
        if self.state == "asked" and self.asked_id == mentor_id:
            return self
        if mentor_id not in {it.mentor_id for it in self.left}:
            raise CannotHelp(mentor_id, "asked")
        return self._moved("asked", asked_id=mentor_id, answer_by=answer_by)

    def answered(self, answer: Answer, now: datetime) -> Self:
        """Note a no, or that no answer came; the person picks the next, or it waits where none is left."""
        said = tuple(
            it.model_copy(update={"answer": answer}) if it.mentor_id == self.asked_id else it
            for it in self.suggested
        )
        refused = None if self.is_reverse else self.asked_id
        after = self.model_copy(update={"suggested": said, "refused_id": refused})
        free = {"asked_id": None, "answer_by": None}
        if any(it.answer is None for it in said):
            return after._moved("choosing", **free)
        return after._moved("waiting", looks_at=now + LOOK_EVERY, **free)

    def passed_over(self, mentor_id: PersonId, now: datetime) -> Self:
        """Forget somebody who can't be asked any more; with nobody left to choose from it waits."""
        rest = tuple(it for it in self.suggested if it.mentor_id != mentor_id)
        after = self.model_copy(update={"suggested": rest})
        if self.state != "choosing" or after.left:
            return after
        return after._moved("waiting", looks_at=now + LOOK_EVERY)

    def found(self, more: tuple[SuggestedMentor, ...], now: datetime) -> Self:
        """Take over who was found anew; with nobody it waits for another week, or ends after eight."""
        if more:
            return self._moved("choosing", suggested=(*self.suggested, *more), looks_at=None)
        if now >= self.looked_until:
            return self.end(now)
        return self.model_copy(update={"looks_at": now + LOOK_EVERY})

    def met(self, now: datetime) -> Self:
        """Note the yes of whoever was asked."""
        return self._moved("met", answer_by=None, ended_at=now)

    def end(self, now: datetime) -> Self:
        """Stop looking; twice changes nothing."""
        return self if self.state == "ended" else self._moved("ended", answer_by=None, ended_at=now)

    def _moved(self, state: State, **update: object) -> Self:
        if state not in MOVES[self.state]:
            raise Ended
        return self.model_copy(update={"state": state, **update})


def begun(
    id: str,
    me: PersonId,
    wants: str,
    topics: tuple[TopicId, ...],
    suggested: tuple[SuggestedMentor, ...],
    *,
    now: datetime,
    passed_on: PassedOn | None = None,
    is_reverse: bool = False,
) -> MentorWish:
    """A wish with who was found for it; with nobody it waits."""
    if not wants:
        raise Invalid("wants", "empty")
    if len(wants) > LONGEST:
        raise Invalid("wants", "too_long", limit=LONGEST)
    return MentorWish(
        id=id,
        person_id=me,
        wants=wants,
        is_reverse=is_reverse,
        topics=topics,
        state="choosing" if suggested else "waiting",
        suggested=suggested,
        passed_on=passed_on,
        made_at=now,
        looks_at=None if suggested else now + LOOK_EVERY,
        looked_until=now + LOOKED_FOR,
    )

"""Somebody in a programme: as mentee, mentor or both, with ranked wishes, wanted topics, places. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Self

from pydantic import AwareDatetime

from kernel.errors import Invalid
from kernel.kinds import ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, TopicId
from relationships.cohorts.result import Alone

SIGN_UPS = ListName("sign-ups-of")
MENTEES, MENTORS = ListName("mentees-in"), ListName("mentors-in")
MOST_WISHES, MOST_TOPICS, MOST_PLACES = 6, 5, 10


class SignUpChoices(Kept):
    """What somebody asks of a programme. *wishes* are people, dearest first; *needs* must all be met."""

    mentee: bool = False
    mentor: bool = False
    wishes: tuple[PersonId, ...] = ()
    wants: tuple[TopicId, ...] = ()
    needs: tuple[TopicId, ...] = ()
    places: int = 1

    def checked(self, me: PersonId, known: Sequence[TopicId]) -> Self:
        """A copy without repeats, or refuse all fields that are wrong; *known* are all topics."""
        tidy = self.model_copy(
            update={
                "wishes": tuple(dict.fromkeys(self.wishes)),
                "wants": tuple(dict.fromkeys(self.wants)),
                "needs": tuple(dict.fromkeys(self.needs)),
            }
        )
        if wrong := [*_problems(tidy, me, known)]:
            raise wrong[0].along_with(*wrong[1:])
        return tidy


class Outcome(Kept):
    """What somebody was told when the pairs were proposed: that they have no mentor, or no mentee, so far.

    *is_on_hold*: the proposals were taken back since.
    """

    alone: Alone | None = None
    is_free: bool = False
    is_on_hold: bool = False
    at: AwareDatetime


class SignUp(Document):
    """Somebody in one programme; *added_by* is the admin who put them there, if they did not do it."""

    kind: ClassVar[str] = "sign-up"
    programme_id: str
    programme: str
    person_id: PersonId
    asked: SignUpChoices
    made_at: AwareDatetime
    added_by: PersonId | None = None
    outcome: Outcome | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The person's sign-ups, and the mentees or mentors of the programme."""
        sides = ((MENTEES, self.asked.mentee), (MENTORS, self.asked.mentor))
        names = [SIGN_UPS.of(self.person_id), *(name.of(self.programme_id) for name, is_in in sides if is_in)]
        return dict.fromkeys(names, self.made_at)

    def gists(self) -> Mapping[str, str]:
        """How many mentees a mentor takes, beside the mentors of the programme."""
        return {MENTORS.of(self.programme_id): str(self.asked.places)} if self.asked.mentor else {}

    def shows(self) -> list[Show]:
        """Where it is shown: to the person."""
        return [Show(self.thing, to=self.person_id)]

    def told(self, outcome: Outcome | None) -> Self:
        """Have this told to the person."""
        return self.model_copy(update={"outcome": outcome})


def sign_up_id(programme_id: str, person_id: PersonId) -> str:
    """The id under which somebody takes part in a programme: once, in both roles if they like."""
    return f"{programme_id}.{person_id}"


def _problems(asked: SignUpChoices, me: PersonId, known: Sequence[TopicId]) -> list[Invalid]:
    wrong = []
    if not (asked.mentee or asked.mentor):
        wrong.append(Invalid("sides", "none"))
    if me in asked.wishes:
        wrong.append(Invalid("wishes", "self"))
    elif len(asked.wishes) > MOST_WISHES:
        wrong.append(Invalid("wishes", "too_many", limit=MOST_WISHES))
    for name in ("wants", "needs"):
        topics: tuple[TopicId, ...] = getattr(asked, name)
        if len(topics) > MOST_TOPICS:
            wrong.append(Invalid(name, "too_many", limit=MOST_TOPICS))
        elif any(topic not in known for topic in topics):
            wrong.append(Invalid(name, "unknown"))
    if not 0 <= asked.places <= MOST_PLACES:
        wrong.append(Invalid("mentees", "unknown"))
    return wrong

"""That something served a goal: a line of the plan, which stays when the thing itself is gone."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal, Self, cast

from pydantic import AwareDatetime

from kernel.errors import NotYours
from kernel.kinds import ListName
from kernel.values import Document, PersonId

SERVED = ListName("served-goals-of")
SERVED_GOAL = ListName("served-goal")

What = Literal["ask", "talk", "helped", "guided", "sprint", "plan", "mentorship", "act", "opinion", "seat"]
LONGEST_NAME = 150


def kind_of(goal_id: str, served_id: str) -> What:
    """What kind of thing a line of a goal is about, as its id says."""
    return cast(What, served_id.removeprefix(f"{goal_id}.").partition("-")[0])


class Served(Document):
    """One thing that served one goal, under the id `<goal>.<ref>`.

    It holds the title and the day, in its owner's own words or by topic, and nothing of anybody else's.
    *by_itself*: it was added without a question, since what led to it was in the plan.
    """

    kind: ClassVar[str] = "served"
    person_id: PersonId
    goal_id: str
    what: What
    ref: str
    title: str
    on: AwareDatetime
    added_at: AwareDatetime
    by_itself: bool = False

    def lists(self) -> Mapping[str, datetime]:
        """All that served the person's goals, and this goal, by the day."""
        return {SERVED.of(self.person_id): self.on, SERVED_GOAL.of(self.goal_id): self.on}

    def check_owner(self, me: PersonId) -> Self:
        """Refuse anybody but the person whose plan it is in."""
        if self.person_id != me:
            raise NotYours
        return self

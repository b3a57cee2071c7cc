"""Sprints that admins suggest in manifest.yml: a goal with its five levels, ready to be made one's own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from kernel.values import Slug, TopicId, Value, Words

MAX_TEMPLATES = 50
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


def _each_day_once(days: tuple[Day, ...]) -> tuple[Day, ...]:
    if len(set(days)) < len(days):
        raise ValueError("each day may stand here once")
    return days


class Levels(Value):
    """The five levels of a goal scale; `expected` is 0."""

    much_less: Line = Field(description="−2: next to nothing has moved")
    less: Line = Field(description="−1: a beginning")
    expected: Line = Field(description="0: what honest practice brings")
    more: Line = Field(description="+1: somewhat better than that")
    much_more: Line = Field(description="+2: the best that can honestly be pictured")


class Example(Value):
    """An if-then plan as an example: when the cue comes, the action follows."""

    cue: Line
    action: Line


class SprintTemplate(Value):
    """A sprint that an admin suggests. Whoever takes it may change every word of it."""

    id: Annotated[str, Slug] = Field(description="lower-case words joined by `-`")
    label: Annotated[str, Words] = Field(description="what people see in the menu")
    topic: TopicId | None = Field(default=None, description="id of the topic that it is about")
    functions: tuple[Line, ...] = Field(
        default=(), description="whom it is for, as in the column `function` of people lists; none: everyone"
    )
    goal: Line = Field(description="the one skill, in a sentence")
    measure: str = Field(default="", max_length=300, description="how it is seen: what is counted or shown")
    levels: Levels
    weeks: int = Field(default=2, ge=1, le=4, description="how long it takes")
    days: Annotated[tuple[Day, ...], AfterValidator(_each_day_once)] = Field(
        default=("tue", "thu"), min_length=1, description="days of the check-ins, like `[tue, thu]`"
    )
    if_then: Example | None = Field(default=None, description="an example of an if-then plan")


def twins(templates: Sequence[SprintTemplate]) -> Iterator[tuple[int, int]]:
    """Yield the places of templates whose id an earlier one has, each with the place of that one."""
    first: dict[str, int] = {}
    for index, template in enumerate(templates):
        other = first.setdefault(template.id, index)
        if other != index:
            yield index, other


def topicless(templates: Sequence[SprintTemplate], topics: Mapping[str, object]) -> Iterator[int]:
    """Yield the places of templates whose topic there is not."""
    for index, template in enumerate(templates):
        if template.topic is not None and template.topic not in topics:
            yield index

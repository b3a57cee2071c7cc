"""What a guided talk is made of: steps, several wordings of each question, and where an answer leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from coaching.data import Sentence, Wordings, filled_by
from kernel.values import Value

END, LAST = "end", "last"
FormId = Literal["grow", "oskar", "clear", "rehearse", "woop", "goal_scale"]
Numbered = Annotated[Sentence, filled_by("n", "up", "down")]


class Theme(StrEnum):
    """What words are about, where that calls for another question than the usual; the first counts."""

    TORN = "torn"
    WISH = "wish"


class Standpoint(StrEnum):
    """From where somebody speaks, where that calls for another question than the usual."""

    STARTING = "starting"
    SENIOR = "senior"
    LEADING = "leading"


class Kind(StrEnum):
    """What an answer is read as: words, how much, a number, a number if there is one, a moment, a line."""

    TEXT = "text"
    AMOUNT = "amount"
    SCALE = "scale"
    RATED = "rated"
    PLAN = "plan"
    LINE = "line"


class Sort(StrEnum):
    """What an answer does; the order is that in which they are looked for."""

    PASTED = "pasted"
    WANTS_PERSON = "wants_person"
    NEW_SUBJECT = "new_subject"
    CORRECTS = "corrects"
    ANNOYED = "annoyed"
    ASKS_WHO_SEES = "asks_who_sees"
    CONFUSED = "confused"
    ASKS_LEAVE = "asks_leave"
    ASKS_BACK = "asks_back"
    REFUSES = "refuses"
    UNSPOKEN = "unspoken"
    UNSURE = "unsure"
    BARE = "bare"
    NONE = "none"
    POWERLESS = "powerless"
    SEVERAL = "several"
    MOMENT = "moment"
    SOMEBODY = "somebody"
    NUMBERLESS = "numberless"
    VAGUE = "vague"
    UNDATED = "undated"
    ANSWER = "answer"


KEPT = frozenset({Sort.ANSWER, Sort.VAGUE, Sort.UNDATED, Sort.NUMBERLESS})
HEARD = KEPT | {Sort.MOMENT, Sort.SOMEBODY}


class Keeps(StrEnum):
    """What of the guided talk's outcome an answer fills."""

    NOTHING = ""
    GOAL = "goal"
    OPTIONS = "options"
    STEP = "step"
    SENTENCE = "sentence"
    OBSTACLE = "obstacle"
    CUE = "cue"
    CONFIDENCE = "confidence"
    TELL = "tell"
    LEARNED = "learned"
    MEASURE = "measure"
    BASELINE = "baseline"
    MUCH_LESS = "much_less"
    LESS = "less"
    EXPECTED = "expected"
    MORE = "more"
    MUCH_MORE = "much_more"


class Branch(Value):
    """Where to go instead of to the next step: when the answer's number is below, or its list as long."""

    to: str
    below: int | None = None
    items: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a guided talk. *wordings* ask the same thing; one is chosen for each guided talk.

    *quotes* names an earlier step whose answer is given back where the answer before says little.
    *verbatim*: the answer is to be spoken aloud, so that a question in it is none. *may_be_none*: "nobody"
    and "nothing else" are answers. *unless_said*: it is left out where an earlier answer said it.
    *once_rated* are wordings for when a number was named already; *numbered* hold it, as {n}, with the one
    above as {up} and the one below as {down}. *fits* are for what was said last, by what that is about;
    *from_where* are for who starts out, is senior, or leads people.
    """

    id: str
    wordings: Wordings
    kind: Kind = Kind.TEXT
    keeps: Keeps = Keeps.NOTHING
    branches: tuple[Branch, ...] = ()
    quotes: str | None = None
    verbatim: bool = False
    may_be_none: bool = False
    unless_said: bool = False
    once_rated: Wordings = ()
    numbered: tuple[Numbered, ...] = ()
    fits: Mapping[Theme, Wordings] = field(default_factory=dict)
    from_where: Mapping[Standpoint, Wordings] = field(default_factory=dict)

    @property
    def every_wording(self) -> tuple[str, ...]:
        """All that it may ask, with 4 for the number."""
        numbered = tuple(wording.format(n=4, up=5, down=3) for wording in self.numbered)
        by_person = (*self.fits.values(), *self.from_where.values())
        fitting = tuple(wording for wordings in by_person for wording in wordings)
        return (*self.wordings, *self.once_rated, *numbered, *fitting)


@dataclass(frozen=True, slots=True)
class Form:
    """A guided talk: its steps in order, what it is called, and what it is good for.

    *last* asks about the step of an earlier guided talk; where there is one, it comes before the others.
    """

    id: FormId
    title: str
    for_what: str
    minutes: int
    steps: tuple[Step, ...]
    last: Step | None = None
    by_id: Mapping[str, Step] = field(init=False)

    def __post_init__(self) -> None:
        every = (*self.steps, *([self.last] if self.last else []))
        object.__setattr__(self, "by_id", {step.id: step for step in every})

    @property
    def first(self) -> Step:
        """The step that a guided talk begins with."""
        return self.steps[0]

    def after(self, step_id: str) -> str:
        """The id of the step that follows in order, or END."""
        ids = [step.id for step in self.steps]
        following = ids[ids.index(step_id) + 1 :]
        return following[0] if following else END

"""What is said in a guided talk: an engine's reply, the turn it becomes, and the plan at its end. Pure."""

from datetime import date
from typing import Literal, Self

from pydantic import AwareDatetime

from coaching.language.help_ladder import Help
from coaching.language.numbers import legible
from coaching.language.quoting import not_repeated
from kernel.values import Kept

StandsIn = Literal["failed", "away", "capped", "shared_cap", "careful", "unready"]
GUIDE = "guide"


class Reply(Kept):
    """What an engine says next: the person's own words given back, and one question.

    *step* is the form's step that it asks; *by* is `guide` or the name of a model; *stands_in* is why the
    guide speaks where a model would. A model may stay at a step (*follows*), give as much *help* as was asked
    for, name a *next_step*, and says which of the person's words it built on (*used*).
    """

    step: str
    reflection: str
    question: str
    by: str = GUIDE
    stands_in: StandsIn | None = None
    follows: bool = False
    help: Help = Help.QUESTION
    support: str = ""
    next_step: str = ""
    used: tuple[str, ...] = ()


class Turn(Reply):
    """One question of a guided talk and its answer; no answer yet, or skipped, is None."""

    asked_at: AwareDatetime
    answer: str | None = None
    skipped: bool = False
    liked: bool | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.answer is None and not self.skipped

    @property
    def said(self) -> str:
        """The answer as it is read, without "I already said" before it, or nothing."""
        return not_repeated(legible(self.answer or ""))

    def erased(self) -> Self:
        """A copy without what the person wrote, and without what a model made of that."""
        return self.unmirrored().model_copy(update={"answer": None, "skipped": True})

    def unmirrored(self) -> Self:
        """A copy without what repeats or builds on the person's earlier words; the answer stays."""
        return self.without_words() if self.by != GUIDE else self.model_copy(update={"reflection": ""})

    def without_words(self) -> Self:
        """A copy without what was said; what was answered stays."""
        gone = {"question": "", "reflection": "", "support": "", "next_step": "", "used": ()}
        return self.model_copy(update=gone)


class PlannedAction(Kept):
    """One thing to do: what, after which moment, how it will show that it was done, and on which day."""

    behaviour: str
    cue: str
    evidence: str
    on: date


class ActionPlan(Kept):
    """Actions to choose from, made of what a guided talk came to; *by* is the model that wrote them."""

    actions: tuple[PlannedAction, ...]
    by: str

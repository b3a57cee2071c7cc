"""What somebody means to do after a guided talk, part by part: asked back, kept only after a yes. Pure."""

from collections.abc import Mapping
from typing import Literal, Self

from coaching.language.mirroring import listener
from coaching.language.outcome import TalkOutcome
from kernel.values import Kept

PlanState = Literal["asked", "kept", "dropped"]
Part = Literal["aim", "step", "tell"]
LONGEST_PART = 300  # characters that may be typed
LONGEST_KEPT = 600  # characters of an answer


class OwnPlan(Kept):
    """A plan in its person's own words; what was not said is empty.

    *cue* is the moment as it can be read later, *obstacle* what gets in the way of a habit, *sentence* what
    is to be said word for word.

    asked   → kept, dropped
    kept    → dropped
    dropped → kept
    """

    state: PlanState = "asked"
    aim: str = ""
    step: str = ""
    cue: str = ""
    tell: str = ""
    obstacle: str = ""
    sentence: str = ""

    @property
    def is_speech(self) -> bool:
        """Whether the step is to say the sentence."""
        return bool(self.step) and self.step == self.sentence

    def changed(self, parts: Mapping[Part, str]) -> Self:
        """A copy with parts as they are now; a step that is another is no sentence to be said."""
        is_other = "step" in parts and self.is_speech and self.step != parts["step"]
        return self.model_copy(update=dict(parts) | ({"sentence": ""} if is_other else {}))

    def dated_anew(self) -> Self:
        """A copy without the moment in words, which is another now."""
        return self.model_copy(update={"cue": ""})

    def followed(self, before: Self, after: Self) -> Self:
        """A copy with what was drafted *before* from other words as it is drafted *after*."""
        parts = ("aim", "step", "cue", "tell", "obstacle", "sentence")
        drafted = {it: getattr(after, it) for it in parts if getattr(self, it) == getattr(before, it)}
        return self.model_copy(update=drafted)


def drafted(outcome: TalkOutcome, cue: str = "", *, foreign: bool = False) -> OwnPlan:
    """The plan that a guided talk's answers come to; *cue* is its moment as it can be read later."""
    tell = outcome.tell if foreign else listener(outcome.tell)
    step = outcome.step if outcome.step == outcome.sentence else outcome.step.strip(" .")
    own = {"aim": outcome.goal.strip(" ."), "step": step, "tell": tell}
    rest = {"cue": cue or outcome.cue, "obstacle": outcome.obstacle, "sentence": outcome.sentence}
    return OwnPlan.model_validate({name: words[:LONGEST_KEPT] for name, words in (own | rest).items()})

"""What somebody means to do after a talk, part by part: it is asked back, and kept only after a yes. Pure."""

from collections.abc import Mapping
from typing import Literal, Self

from coaching.language.if_then import if_then, is_plain, is_short, is_whole
from coaching.language.mirroring import listener
from coaching.language.outcome import TalkOutcome
from coaching.language.time_expressions import names_a_moment, names_an_event
from coaching.language.verbs import act_of
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
    def line(self) -> str:
        """The step: as an if-then sentence where moment and step join surely, else as it is."""
        came = TalkOutcome(step=self.step, cue=self.cue, obstacle=self.obstacle, sentence=self.sentence)
        is_event = names_an_event(self.cue) and is_short(self.cue)
        is_deed = is_plain(self.step) and bool(act_of(self.step))
        is_speech = bool(self.step) and self.step == self.sentence
        is_timed = is_speech and is_short(self.cue) and names_a_moment(self.cue)
        is_sure = (is_deed and (bool(self.obstacle) or is_event)) or is_timed or is_whole(self.step)
        return (if_then(came) if is_sure else "") or self.step

    def changed(self, parts: Mapping[Part, str]) -> Self:
        """A copy with parts as they are now; a step that is another is no sentence to be said."""
        is_speech = "step" in parts and self.step == self.sentence != parts["step"]
        return self.model_copy(update=dict(parts) | ({"sentence": ""} if is_speech else {}))

    def dated_anew(self) -> Self:
        """A copy without the moment in words, which is another now."""
        return self.model_copy(update={"cue": ""})

    def followed(self, before: Self, after: Self) -> Self:
        """A copy with what was drafted *before* from other words as it is drafted *after*."""
        parts = ("aim", "step", "cue", "tell", "obstacle", "sentence")
        drafted = {it: getattr(after, it) for it in parts if getattr(self, it) == getattr(before, it)}
        return self.model_copy(update=drafted)


def drafted(outcome: TalkOutcome, cue: str = "", *, foreign: bool = False) -> OwnPlan:
    """The plan that a talk's answers come to; *cue* is its moment as it can be read later."""
    tell = outcome.tell if foreign else listener(outcome.tell)
    step = outcome.step if outcome.step == outcome.sentence else outcome.step.strip(" .")
    own = {"aim": outcome.goal.strip(" ."), "step": step, "tell": tell}
    rest = {"cue": cue or outcome.cue, "obstacle": outcome.obstacle, "sentence": outcome.sentence}
    return OwnPlan.model_validate({name: words[:LONGEST_KEPT] for name, words in (own | rest).items()})

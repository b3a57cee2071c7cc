"""A guided talk as it is read for one turn or one card: what its answers say is worked out once. Pure."""

import re
from functools import cached_property

from coaching.guide.own_plan import OwnPlan
from coaching.guide.talk import GuidedTalk
from coaching.guide.turn import Turn
from coaching.language.form import FormId, Sort, Standpoint
from coaching.language.mirroring import is_learning
from coaching.language.numbers import legible
from coaching.language.outcome import TalkOutcome

LONGEST_MOMENT = 24  # words: an answer so long is given back whole beside the moment that was read in it


class Heard:
    """What a guided talk says, kept for as long as one turn or one card takes."""

    def __init__(self, talk: GuidedTalk) -> None:
        """Read nothing yet."""
        self.talk = talk

    @property
    def id(self) -> str:
        """The id of the guided talk."""
        return self.talk.id

    @property
    def form(self) -> FormId:
        """The form that is led."""
        return self.talk.form

    @property
    def standpoint(self) -> Standpoint | None:
        """From where the person speaks, as far as it is known and matters."""
        return self.talk.standpoint

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far."""
        return self.talk.turns

    @property
    def opening(self) -> str:
        """What the person came with."""
        return legible(self.talk.opening)

    @property
    def last(self) -> str:
        """What was said last: an answer, or before the first one the opening."""
        return self.turns[-1].said if self.turns else self.opening

    @cached_property
    def outcome(self) -> TalkOutcome:
        """What the answers come to."""
        return self.talk.outcome

    @cached_property
    def means(self) -> OwnPlan:
        """What the person means to do, as far as it was said."""
        return self.talk.meant_by(self.outcome)

    @cached_property
    def when_said(self) -> str:
        """The moment in the person's own words, as it was written; nothing once it was moved to another."""
        cue, meant = self.outcome.cue, self.means.cue
        if not meant or self.talk.postponed:
            return ""
        latest = tuple(reversed(self.talk.on_the_subject))
        turns = sorted(latest, key=lambda turn: turn.step != "when")
        said = (turn.said for turn in turns if cue)
        whole = (it for it in said if holds(it, cue) or (it and cue.startswith(it.rstrip(" ."))))
        return next((said for said in whole if len(said.split()) <= LONGEST_MOMENT), cue or meant)

    @cached_property
    def rated(self) -> int | None:
        """The number by which the person last said where things stand."""
        return self.talk.rated

    @cached_property
    def sort(self) -> Sort:
        """What sort of answer the last one is."""
        return self.talk.heard

    @cached_property
    def unanswered(self) -> int:
        """How many of the latest questions got an answer that is none."""
        return self.talk.unanswered

    @cached_property
    def turned_away(self) -> int:
        """How often the person turned to another subject."""
        turned = (turn for turn in self.turns if turn.answer)
        return sum(self.talk.sort(turn) is Sort.NEW_SUBJECT for turn in turned)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The opening and the answers, without what was pasted."""
        return self.talk.prose

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the person writes in another language than English."""
        return self.talk.is_foreign

    @cached_property
    def is_learning(self) -> bool:
        """Whether the person is still learning English, as far as their words show it."""
        return any(map(is_learning, self.prose))

    def answer_of(self, step: str) -> str:
        """The latest answer to a step to go on with, or nothing."""
        return self.talk.answer_of(step)


def holds(said: str, cue: str) -> bool:
    """Whether a moment was read in an answer, as far as its letters show it."""
    said, cue = (" ".join(re.findall(r"\w+", text.lower())) for text in (said, cue))
    return f" {cue} " in f" {said} "

"""What plans are made of, as data: for each kind of goal some actions in order, and one more by level.

`{goal}`, `{step}`, `{cue}` and `{blocker}` are filled with the person's own words.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Subject(StrEnum):
    """What kind of goal a plan is for."""

    SKILL = "skill"
    TALK = "talk"
    DECISION = "decision"


class Action(NamedTuple):
    """One action: what one would see the person do, after which moment, and how it shows."""

    behaviour: str
    cue: str
    evidence: str


ACTIONS: Mapping[Subject, tuple[Action, ...]] = {
    Subject.SKILL: (
        Action(
            "Write down where I stand with “{goal}”, and what I would see when it is done",
            "after {cue}",
            "two sentences, dated",
        ),
        Action("Practise {step} for 25 minutes", "after {cue}", "what I made, kept where I find it again"),
        Action(
            "Do it once more without notes, and note the first thing that I missed",
            "when I have made my first coffee or tea",
            "one line on what I missed",
        ),
        Action(
            "Practise the thing that I missed for 25 minutes",
            "after {cue}",
            "the same piece, done better than last time",
        ),
        Action(
            "Write down what I do when {blocker}",
            "at the end of my working day",
            "one sentence that begins with “if”",
        ),
    ),
    Subject.TALK: (
        Action(
            "Write down what I want to have by the end of “{goal}”, in one sentence",
            "after {cue}",
            "the sentence",
        ),
        Action(
            "Write down what the other side wants, as they would say it",
            "when I have made my first coffee or tea",
            "three sentences in their words",
        ),
        Action("Say my first sentence aloud, three times", "after {cue}", "the sentence that I keep"),
        Action("Ask for the talk, with its subject and its length", "after {cue}", "the invitation"),
        Action(
            "Write down what I do when {blocker}",
            "on the day before the talk",
            "one sentence that begins with “if”",
        ),
    ),
    Subject.DECISION: (
        Action(
            "Write down “{goal}” as one question with three possible answers",
            "after {cue}",
            "the question and three answers",
        ),
        Action(
            "For each answer, write what I would have to believe for it to be right",
            "when I have made my first coffee or tea",
            "one line for each answer",
        ),
        Action("Try out {step}, small and so that it can be undone", "after {cue}", "what I learned from it"),
        Action(
            "Tell one person what I lean towards, and ask what I do not see",
            "after {cue}",
            "the one thing that I had not seen",
        ),
        Action("Decide, and write down why", "at the end of my working day", "the decision, dated"),
    ),
}
BY_LEVEL: tuple[Action, ...] = (
    Action(
        "Show it to somebody who does it daily, and ask for one thing to change",
        "after {cue}",
        "the one thing, in their words",
    ),
    Action(
        "Explain it to a colleague in five minutes",
        "after {cue}",
        "the question of theirs that I could not answer",
    ),
    Action(
        "Let somebody else do it, and only ask questions",
        "after {cue}",
        "what they found out without me",
    ),
)

"""What plans are made of, as data: for each kind of goal five actions; and for some one by level.

`{goal}`, `{step}`, `{cue}` and `{blocker}` are filled with the person's own words, `{who}` with whom to turn
to; `{step}` and `{blocker}` follow a colon, where something was named. A cue goes on after "when"; an
evidence is something that can be shown.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sensing.triage.subjects import Subject


class Action(NamedTuple):
    """One action: what one would see the person do, at which moment, and how it shows."""

    behaviour: str
    cue: str
    evidence: str


BEGIN, COFFEE, EVENING, LAST = (
    "{cue}",
    "I have made my first coffee or tea",
    "I am about to close my computer",
    "I look back on the two weeks",
)
_STAND = Action(
    "Write down where I stand with “{goal}”, and what I would see when it is done",
    BEGIN,
    "two sentences, dated",
)
_BLOCKER = Action(
    "Write down what I do if something gets in the way{blocker}",
    EVENING,
    "one sentence that begins with “if”",
)

ACTIONS: Mapping[Subject, tuple[Action, ...]] = {
    Subject.SKILL: (
        _STAND,
        Action(
            "For 25 minutes, work on one small piece of it and nothing else{step}",
            BEGIN,
            "what I made, where I find it again",
        ),
        _BLOCKER,
        Action(
            "Do it once more without notes, and note what I missed first", COFFEE, "one line on what I missed"
        ),
        Action("Practise what I missed, for 25 minutes", BEGIN, "the same piece, better than last time"),
    ),
    Subject.CRAFT: (
        Action(
            "Pick one real case for “{goal}” from my own work, small enough for an hour",
            BEGIN,
            "a link to the case",
        ),
        Action("Work on it for 25 minutes{step}", BEGIN, "what I have after 25 minutes, kept"),
        Action(
            "Say aloud, step by step, why each part is as it is", COFFEE, "the step that I could not explain"
        ),
        Action("Look up that step, and do the case again from nothing", BEGIN, "both versions, side by side"),
        Action("Do a second case that differs in one thing", BEGIN, "what was the same, and what was not"),
    ),
    Subject.SPEAK: (
        Action(
            "Write the one sentence that people should remember, for “{goal}”",
            BEGIN,
            "the sentence, under 15 words",
        ),
        Action(
            "Say it aloud for three minutes, standing, and record it", BEGIN, "a recording of three minutes"
        ),
        Action(
            "Listen to it once, and write down two things to keep and one to change", COFFEE, "three lines"
        ),
        Action("Do it in front of a few people{step}", BEGIN, "the day, and who was there"),
        Action(
            "Ask one listener what they remember, before anything else",
            EVENING,
            "their words, as they said them",
        ),
    ),
    Subject.WRITE: (
        Action(
            "Write, for “{goal}”, who reads it and what they should do afterwards",
            BEGIN,
            "one sentence for each",
        ),
        Action("Write for 25 minutes without going back{step}", BEGIN, "a draft, however rough"),
        Action(
            "Cut a third of it, the first paragraph included", COFFEE, "the number of words before and after"
        ),
        Action(
            "Read it aloud, and change every sentence that I stumble over", BEGIN, "the changed sentences"
        ),
        Action("Let one reader say in their words what it asks of them", EVENING, "what they said"),
    ),
    Subject.LEAD: (
        Action(
            "Write down what “{goal}” would look like to the others, not to me",
            BEGIN,
            "three things they'd see",
        ),
        Action("Do one small piece of it this week{step}", BEGIN, "the day, and with whom"),
        Action(
            "In the next talk, ask two questions before I say what I think",
            COFFEE,
            "what I heard that was new",
        ),
        Action(
            "Leave one thing to somebody whole: the aim, the limits, and the how to them",
            BEGIN,
            "what, and to whom",
        ),
        Action(
            "Ask one of them what helped and what I should leave to them",
            LAST,
            "their answer, in their words",
        ),
    ),
    Subject.MEET: (
        Action("Write, for “{goal}”, what people should leave the next one with", BEGIN, "one sentence"),
        Action("Plan it in three parts, with a time for each{step}", BEGIN, "the plan, sent beforehand"),
        Action(
            "Let everybody say one thing before anyone says two",
            "it begins",
            "who spoke, and who did not",
        ),
        Action(
            "Ask two who were there what was worth their time, and what was not",
            EVENING,
            "their answers, in their words",
        ),
        Action("Change one thing for the next one, and say so at its start", LAST, "the one thing"),
    ),
    Subject.CONVERSE: (
        Action(
            "Write down one recent conversation where “{goal}” was hard for me",
            BEGIN,
            "what I said, and what they said",
        ),
        Action(
            "Say aloud what I would rather have said, and what may come back, for ten minutes",
            COFFEE,
            "the sentence that I keep",
        ),
        Action("Try it where little is at stake{step}", BEGIN, "what I said, and what happened"),
        Action(
            "Let the other one speak first, and say back what I heard before I answer",
            BEGIN,
            "what they corrected",
        ),
        Action("Write down the one thing to do the same next time, and one to change", EVENING, "two lines"),
    ),
    Subject.HABIT: (
        Action(
            "For one day, count each time that “{goal}” works out, and each time that it does not",
            BEGIN,
            "two numbers",
        ),
        Action(
            "Make it easier by one thing that stays{step}", BEGIN, "what is different on my desk or screen"
        ),
        _BLOCKER,
        Action(
            "Tie it to something that I do every day anyway, and try that once",
            COFFEE,
            "what I tied it to, and how it went",
        ),
        Action("Count both again, for one day", LAST, "the two days, side by side"),
    ),
    Subject.TALK: (
        Action("Write what I want to have by the end of “{goal}”, in one sentence", BEGIN, "the sentence"),
        Action(
            "Write what the other side wants, as they would say it", COFFEE, "three sentences in their words"
        ),
        Action("Say my first sentence aloud, three times", BEGIN, "the sentence that I keep"),
        Action("Ask for the talk, with its subject and its length", BEGIN, "the invitation"),
        Action(
            "Write down what I do if it goes another way than I hope{blocker}",
            EVENING,
            "one sentence that begins with “if”",
        ),
    ),
    Subject.DECISION: (
        Action(
            "Write “{goal}” as one question with three possible answers",
            BEGIN,
            "the question and the answers",
        ),
        Action(
            "For each answer, write what would have to be true for it to be right", COFFEE, "one line each"
        ),
        Action("Try one of them, small and so that it can be undone{step}", BEGIN, "what I learned from it"),
        Action(
            "Tell one person what I lean towards, and ask what I don't see", BEGIN, "the thing I had not seen"
        ),
        Action("Decide, and write down why", LAST, "the decision, dated"),
    ),
}
PRACTISED = frozenset({Subject.SKILL, Subject.CRAFT})
BY_LEVEL: tuple[Action, ...] = (
    Action("Show it to {who}, and ask for one thing to change", BEGIN, "the one thing, in their words"),
    Action("Explain it to a colleague in five minutes", BEGIN, "the question that I could not answer"),
    Action("Let somebody else do it, and only ask questions", BEGIN, "what they found out without me"),
)

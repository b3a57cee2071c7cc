"""The steps in which several talks end: when, how sure, smaller if need be, and who will hear of it."""

from coaching.language.form import Branch, Keeps, Kind, Step

WHEN = Step(
    "when",
    (
        "On what day will that be, and right after what?",
        "What will have just happened when you begin, and on which day?",
        "What in your day could it come right after, and on which day?",
        "When exactly do you begin: on which day, and right after what?",
        "What will be your signal to start, and on which day does it come next?",
    ),
    kind=Kind.PLAN,
    keeps=Keeps.CUE,
    unless_said=True,
)
CONFIDENCE = Step(
    "confidence",
    (
        "How sure are you, from 0 to 10, that this will happen?",
        "How likely is it that you will do it, from 0 to 10?",
        "How confident are you in this plan, on a scale from 0 to 10?",
        "From 0 to 10, how confident are you that you will have done it by then?",
        "What is your honest bet, from 0 to 10, that it gets done?",
    ),
    kind=Kind.SCALE,
    keeps=Keeps.CONFIDENCE,
    unless_said=True,
    branches=(Branch(to="shrink", below=7), Branch(to="tell")),
)
SHRINK = Step(
    "shrink",
    (
        "What would a smaller version look like, one that you would bet an 8 on?",
        "Which part of it is small enough that nothing can get in its way?",
        "What could you leave out, so that the rest is almost sure to happen?",
        "How would it look if it took five minutes and needed nobody else?",
        "What would just the first two minutes of it be?",
    ),
    keeps=Keeps.STEP,
    quotes="confidence",
)
SURER = Step(
    "surer",
    (
        "How sure are you of this smaller step, from 0 to 10?",
        "And from 0 to 10, how likely is it now?",
        "What number from 0 to 10 does the smaller step get?",
        "And made smaller like that: how confident are you, from 0 to 10?",
        "What would you bet on this one, from 0 to 10?",
    ),
    kind=Kind.SCALE,
    keeps=Keeps.CONFIDENCE,
    may_be_none=True,
)
TELL = Step(
    "tell",
    (
        "Who could you tell, so that somebody asks you how it went?",
        "Who will hear from you that you have done it?",
        "Who would you like to have on your side with this?",
        "Who will you tell what came of it?",
        "Who around you would be glad to hear that it happened?",
    ),
    keeps=Keeps.TELL,
    quotes="when",
    may_be_none=True,
    unless_said=True,
)
ENDING = (WHEN, CONFIDENCE, SHRINK, SURER, TELL)

"""The steps in which several talks end: when, how sure, smaller if need be, and who will hear of it."""

from coaching.form import Branch, Keeps, Kind, Step

WHEN = Step(
    "when",
    (
        "After which moment in your day will you do it, and on what day?",
        "What will have just happened when you begin: which meeting, which coffee, which day?",
        "Which regular moment can carry it, so that it starts by itself: after what, on what day?",
        "When exactly does it happen: right after what, and where are you then?",
        "What tells you to start, and on which day does that come next?",
    ),
    kind=Kind.PLAN,
    keeps=Keeps.CUE,
    unless_said=True,
)
CONFIDENCE = Step(
    "confidence",
    (
        "How sure are you, from 0 to 10, that this will happen?",
        "What number from 0 to 10 says how likely you are to do it?",
        "How confident are you in this plan, on a scale from 0 to 10?",
        "Where from 0 to 10 is your confidence that you will have done it?",
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
        "Which part of it is small enough that nothing gets in the way?",
        "What can be taken off, so that the rest is almost sure to happen?",
        "How would it look if it took five minutes and needed nobody else?",
        "What are the first two minutes of it, done and over?",
    ),
    keeps=Keeps.STEP,
    quotes="confidence",
)
TELL = Step(
    "tell",
    (
        "Who would be good to tell, so that somebody asks you how it went?",
        "Who will hear from you that you have done it?",
        "Who is the one person whose interest would help you to keep this?",
        "With whom will you share what came of it?",
        "Who around you has a reason to care that this happens?",
    ),
    keeps=Keeps.TELL,
    quotes="when",
    may_be_none=True,
    unless_said=True,
)
ENDING = (WHEN, CONFIDENCE, SHRINK, TELL)

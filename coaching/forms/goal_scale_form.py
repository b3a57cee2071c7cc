"""The goal scale: one behaviour, how it is seen, and five outcomes, written before the work starts."""

from coaching.language.form import Form, Keeps, Kind, Step

GOAL_SCALE = Form(
    "goal_scale",
    "Write a goal scale",
    "a skill that you want to build, with a clear picture of better and worse",
    10,
    (
        Step(
            "behaviour",
            (
                "What will you do differently, in a way that somebody else could watch?",
                "Which one behaviour would show that the skill has grown?",
                "What would a colleague see you do, once you have this?",
                "What is the one thing that you would do that this comes down to?",
                "What will you do differently first, when this goes well?",
            ),
            keeps=Keeps.GOAL,
        ),
        Step(
            "measure",
            (
                "How will you know: what can be counted, timed or shown?",
                "What would you look at, once a week, to see how it goes?",
                "Which number or sign tells you where you stand?",
                "What can be counted about it, in a minute and without guessing?",
                "How would somebody else check it, without asking you?",
            ),
            keeps=Keeps.MEASURE,
        ),
        Step(
            "baseline",
            (
                "Where does that stand today?",
                "What was it in the past week, as honestly as you can say?",
                "How is it right now, before anything has begun?",
                "What would you have noted about it last week?",
                "How often, or how well, does it happen at present?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.BASELINE,
            quotes="measure",
        ),
        Step(
            "expected",
            (
                "What do you expect to reach by the end, with honest practice?",
                "What is a realistic result, neither bold nor timid?",
                "If it goes the way such things go for you, where will you be at the end?",
                "What would be just about what you expect?",
                "Which result would make you nod and say: as planned?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.EXPECTED,
            quotes="behaviour",
        ),
        Step(
            "more",
            (
                "What would be somewhat more than that?",
                "How would one step better than expected look?",
                "What would you see, if it went a little better than planned?",
                "Which result would pleasantly surprise you?",
                "What lies one notch above it?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.MORE,
        ),
        Step(
            "much_more",
            (
                "And what would be much more than expected, yet possible?",
                "What is the best result that you can honestly picture?",
                "How would it look, if everything came together?",
                "Which result would you tell a friend about the same evening?",
                "What lies at the very top of this scale?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.MUCH_MORE,
        ),
        Step(
            "less",
            (
                "What would be somewhat less than expected, but still something?",
                "How would one step below the plan look?",
                "What would you have, if half of it worked out?",
                "Which result would be a beginning, though not what you planned?",
                "What lies one notch below the expected?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.LESS,
            quotes="expected",
        ),
        Step(
            "much_less",
            (
                "And what would be much less: how does it look if next to nothing moves?",
                "What would you see, if it stayed about as it is today?",
                "Which result would tell you that the plan did not fit?",
                "What lies at the very bottom of this scale?",
                "How would it look, if everything else got in the way?",
            ),
            kind=Kind.AMOUNT,
            keeps=Keeps.MUCH_LESS,
        ),
        Step(
            "by",
            (
                "By when will you look at this scale again: on which day?",
                "On what date, one to four weeks from now, do you judge it?",
                "Which day closes it, so that you can say which level it was?",
                "When is the day that you judge it, within the coming four weeks?",
                "How many weeks do you give it, and on what day does it end?",
            ),
            kind=Kind.PLAN,
            keeps=Keeps.CUE,
        ),
    ),
)

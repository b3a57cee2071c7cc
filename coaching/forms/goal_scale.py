"""Goal attainment scaling (T. Kiresuk, R. Sherman): five levels, from much less to much more than hoped."""

from coaching.form import Form, Keeps, Kind, Step

GOAL_SCALE = Form(
    "goal_scale",
    "Write a goal scale",
    "making a goal measurable before the work begins",
    8,
    (
        Step(
            "behaviour",
            (
                "What will somebody see you do when you have this skill?",
                "Which behavior, one that others could watch, shows that you have got better?",
                "What exactly do you want to be doing at the end?",
                "What would a film of you show, once you can do it?",
                "Which single thing that you do would change most?",
            ),
            keeps=Keeps.BEHAVIOUR,
        ),
        Step(
            "measure",
            (
                "How can it be counted or judged, simply enough to do every week?",
                "What would you count, time or rate, to know?",
                "By what number or sign will you tell?",
                "How will you measure it without extra work?",
                "What will you write down each week that shows it?",
            ),
            keeps=Keeps.MEASURE,
        ),
        Step(
            "baseline",
            (
                "How is it today, by that measure?",
                "What would you have written down for last week?",
                "Where do you start from?",
                "What is it now, honestly?",
                "Which number, or which words, describe today?",
            ),
            keeps=Keeps.BASELINE,
            quotes="measure",
        ),
        Step(
            "expected",
            (
                "What do you expect at the end, if it goes as planned?",
                "Which result would be just what you hope for: good, and likely?",
                "What will it be by that date, when you practice as you intend?",
                "Where will you be, if nothing special helps or hinders?",
                "What is the level at which you would say: as planned?",
            ),
            keeps=Keeps.EXPECTED,
        ),
        Step(
            "more",
            (
                "What would be more than you expect?",
                "How would a result look that surprises you a little?",
                "What is one level above that?",
                "What would you see if it went better than planned?",
                "Which result would make you say: more than I thought?",
            ),
            keeps=Keeps.MORE,
        ),
        Step(
            "much_more",
            (
                "What would be far more, the best that could happen?",
                "How does the very best result look?",
                "What is the top of the scale for you?",
                "Which result would be a small sensation?",
                "What would you see in the best case there is?",
            ),
            keeps=Keeps.MUCH_MORE,
        ),
        Step(
            "less",
            (
                "What would be somewhat less than you expect?",
                "How would a result look that falls a little short?",
                "What is one level below what you expect?",
                "What would you see if half of it worked?",
                "Which result would be better than nothing, yet not enough?",
            ),
            keeps=Keeps.LESS,
            quotes="expected",
        ),
        Step(
            "much_less",
            (
                "What would be much less: no change, or a step back?",
                "How would it look if nothing changed at all?",
                "What is the bottom of the scale?",
                "What would tell you that it has not worked?",
                "Which result would you not want to see?",
            ),
            keeps=Keeps.MUCH_LESS,
        ),
        Step(
            "by",
            (
                "By what day do you want to look at it?",
                "On which date does the scale end, one to four weeks from now?",
                "When will you judge it: which day?",
                "What is the date of your review?",
                "Which day closes it, at most four weeks ahead?",
            ),
            kind=Kind.DAY,
            keeps=Keeps.BY,
        ),
    ),
)

"""WOOP (wish, outcome, obstacle, plan; G. Oettingen): for a habit, with the obstacle that lies within."""

from coaching.forms.plan_steps import CONFIDENCE, SHRINK, SURER, TELL
from coaching.language.form import Form, Keeps, Kind, Step
from coaching.language.themes import Theme

WOOP = Form(
    "woop",
    "Build a habit",
    "something that you want to do more often, or less",
    6,
    (
        Step(
            "wish",
            (
                "What do you want to do more of, or less of, in the next four weeks?",
                "Which wish is close to your heart, hard, and yet possible within a month?",
                "What would you like to be in the habit of?",
                "What is the one thing that you wish you did as a matter of course?",
                "Which habit would change most for you at work?",
            ),
            fits={
                Theme.WISH: (
                    "What exactly would you do, and how often, in the next four weeks?",
                    "How would that look in four weeks, in one thing that you do or leave?",
                    "What would be a version of it that is hard, and yet possible within a month?",
                    "When you picture an ordinary week with it, what do you do in it, and when?",
                    "Which part of it do you want to have as a habit four weeks from now?",
                ),
            },
            keeps=Keeps.GOAL,
        ),
        Step(
            "best_outcome",
            (
                "What is the best thing that would come of it?",
                "How would it be, once you have it? Take a moment to see it.",
                "What would feel different, if that came true?",
                "What is the best result you can picture, in a few words?",
                "What would it bring you that you do not have now?",
            ),
        ),
        Step(
            "obstacle",
            (
                "What in you gets in the way: which thought, feeling or habit?",
                "What is it within you that holds you back at the decisive moment?",
                "Which inner obstacle shows up just then?",
                "What do you catch yourself thinking or doing instead?",
                "What is the real reason, the one inside, that it has not happened?",
            ),
            keeps=Keeps.OBSTACLE,
            quotes="wish",
        ),
        Step(
            "if_then",
            (
                "If that obstacle comes up, what will you do then?",
                "When it gets in the way, what is the one thing you do about it?",
                "What is your answer to it: if it shows up, then what?",
                "How do you get past it, in one action that fits in a sentence?",
                "What will you do in the very moment in which you notice it?",
            ),
            fits={
                Theme.FEAR: (
                    "When that fear speaks up, what will you do?",
                    "What is the one thing you can do, right when the fear is there?",
                    "If the fear comes, which small act is your answer to it?",
                    "What will you do with the fear in the room, and not once it has gone?",
                    "How do you answer that fear, in one action that fits in a sentence?",
                ),
                Theme.WORN: (
                    "When you are that tired, which one thing could you still do?",
                    "If you come to it worn out, what will you do then?",
                    "What is small enough for you on such a day?",
                    "What could you do first, with the little strength that is left then?",
                    "When it is too much, what is your one answer to it?",
                ),
            },
            keeps=Keeps.STEP,
        ),
        Step(
            "when",
            (
                "When and where will you need that next?",
                "On which day, and right after what, is the next time for it?",
                "In which situation of the coming days will it be needed: when, and where?",
                "Where are you, and what comes right before, the next time it counts?",
                "When does that moment come next: on what day, after what?",
            ),
            kind=Kind.PLAN,
            keeps=Keeps.CUE,
            unless_said=True,
            quotes="obstacle",
        ),
        CONFIDENCE,
        SHRINK,
        SURER,
        TELL,
    ),
)

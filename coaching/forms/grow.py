"""GROW (goal, reality, options, will; J. Whitmore): the talk for most things."""

from coaching.forms.plan_steps import ENDING
from coaching.language.form import Branch, Form, Keeps, Kind, Step
from coaching.language.themes import Theme

GROW = Form(
    "grow",
    "Think it through",
    "a goal or a decision that is yours to make",
    8,
    (
        Step(
            "goal",
            (
                "What would you like to have by the end of this talk?",
                "What would be different if this went the way you want?",
                "What result, however small, would make the next ten minutes worth it?",
                "How would you know, at the end, that this talk was worth it?",
                "What exactly would you like to come out of this?",
            ),
            fits={
                Theme.TORN: (
                    "What would you like to be clear about by the end of this talk?",
                    "What would a good decision give you?",
                    "Suppose you had decided well: what would be different?",
                    "How would you notice that you have come closer to a decision?",
                    "What do you hope to know, at the end, that you do not know yet?",
                ),
            },
            keeps=Keeps.GOAL,
        ),
        Step(
            "matters",
            (
                "What makes this matter to you now?",
                "What would it change for you?",
                "What depends on it for you?",
                "What would it give you that you do not have today?",
                "What is at stake for you here?",
            ),
            fits={
                Theme.TORN: (
                    "What does it hang on for you?",
                    "What makes it matter now, and not in half a year?",
                    "What would each way change for you?",
                    "What matters most to you in it?",
                    "What would you not want to lose, whichever way it goes?",
                ),
            },
            kind=Kind.RATED,
        ),
        Step(
            "reality",
            (
                "Where are you with this today, from 0 to 10, and what got you there?",
                "What number from 0 to 10 fits how things stand, and what makes it that one?",
                "From 0 to 10, how far along are you with this, and what have you tried?",
                "After everything you have done so far, where do things stand, from 0 to 10?",
                "Where between 0 and 10 would you place things today, and what puts them there?",
            ),
            kind=Kind.RATED,
            may_be_none=True,
            fits={
                Theme.FEAR: (
                    "With that worry in the room, where do things stand from 0 to 10?",
                    "How far along are you with it, from 0 to 10, that worry included?",
                    "From 0 to 10, where would you place things today, and what have you tried so far?",
                    "Where does it stand today, from 0 to 10, and what holds the worry in check so far?",
                    "What number from 0 to 10 fits how things stand, fear and all?",
                ),
                Theme.WORN: (
                    "With all that on your shoulders, where do things stand from 0 to 10?",
                    "From 0 to 10, how close are you to what you want, tired as you are?",
                    "Where between 0 and 10 are you with it today, and what has kept you going?",
                    "What number from 0 to 10 fits how things stand, and what have you tried against it?",
                    "How far along are you with it, from 0 to 10, after weeks like these?",
                ),
            },
            once_rated=(
                "What have you tried so far?",
                "Which part of it is in your own hands?",
                "What have you done about it up to now?",
                "What has helped so far, even a little?",
                "What happened when you last did something about it?",
            ),
        ),
        Step(
            "options",
            (
                "What are three things in your own hands that you could do, however rough?",
                "Which three ways forward come to mind, good or bad?",
                "What are the options that you see? Name three, one on each line.",
                "What could you do next? Three ideas are enough, one on each line.",
                "What different ways can you find? Three would be a good start.",
            ),
            numbered=(
                "What could take it from {n} to {up}? Name three ways, however rough.",
                "Which three things in your own hands could lift the {n} a little?",
                "What might make the {n} a {up}: which three ideas come to mind, good or bad?",
                "How could you get from {n} to {up}? Three rough ideas are enough.",
                "What options do you see for getting past that {n}? Three would be a good start.",
            ),
            fits={
                Theme.BARRED: (
                    "What has not been tried yet? Three rough ideas are enough.",
                    "Which three ways are left, now that you know what did not help?",
                    "What could you do differently this time? Name three ways, however rough.",
                    "What would you do if that way stayed closed? Three ideas are enough.",
                    "Which three other ways can you think of, good or bad?",
                ),
            },
            keeps=Keeps.OPTIONS,
            branches=(Branch(to="pick", items=4),),
            unless_said=True,
        ),
        Step(
            "else",
            (
                "What else is there, perhaps the one that you would normally skip?",
                "What would you do if you were not worried about how it looks?",
                "What is one more, perhaps an odd one that you would usually leave out?",
                "What would someone you admire add to this list?",
                "Which option have you not written down because it felt too small or too bold?",
            ),
            keeps=Keeps.OPTIONS,
            may_be_none=True,
            unless_said=True,
        ),
        Step(
            "pick",
            (
                "Which one do you choose, and what is its first small step?",
                "Which of these pulls you most, as a first small step?",
                "What do you choose to do first?",
                "Which small step would change most for the least effort?",
                "Which one do you choose, and what would somebody see you do first?",
            ),
            keeps=Keeps.STEP,
            quotes="options",
            unless_said=True,
        ),
        *ENDING,
    ),
)

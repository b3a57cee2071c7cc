"""GROW (goal, reality, options, will; J. Whitmore): the talk for most things."""

from coaching.form import Branch, Form, Keeps, Step
from coaching.forms.plan_steps import ENDING

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
                "How will you notice that you have what you came for?",
                "What exactly is the outcome you are after here?",
            ),
            keeps=Keeps.GOAL,
        ),
        Step(
            "matters",
            (
                "What makes this matter to you, and where do you stand with it now from 0 to 10?",
                "Why is it worth your time now, and what number from 0 to 10 fits today?",
                "What depends on it for you, and how far along are you from 0 to 10?",
                "What would it give you, and which number from 0 to 10 says where you are?",
                "What is at stake for you here, and where are you today between 0 and 10?",
            ),
        ),
        Step(
            "reality",
            (
                "What have you tried so far, and which part of it is in your hands?",
                "What is happening now, and what of that do you control?",
                "What have you done about it up to now, and what came of it?",
                "Which things have you already attempted, and what did each of them show you?",
                "How does it look today, and which piece of it is yours to move?",
            ),
        ),
        Step(
            "options",
            (
                "What are three things that you could do, however rough?",
                "Which three ways forward come to mind, good or bad?",
                "What are the options that you see? Name three, one on each line.",
                "What could you do next? Three ideas are enough, one on each line.",
                "How many different ways can you find? Three would be a good start.",
            ),
            keeps=Keeps.OPTIONS,
            branches=(Branch(to="pick", items=4),),
        ),
        Step(
            "else",
            (
                "What else is there, perhaps the one that you would normally skip?",
                "What would you do if you were not worried about how it looks?",
                "What is one more, an odd one that you would usually leave out?",
                "What would someone you admire add to this list?",
                "Which option have you not written down because it felt too small or too bold?",
            ),
            keeps=Keeps.OPTIONS,
        ),
        Step(
            "pick",
            (
                "Which one will you start with, and what is the first small step of it?",
                "Which of these has the most pull for you, and what is its first step?",
                "What do you choose, and what would you do first?",
                "Which one moves things most for the least effort, and how does it begin?",
                "Which is yours, and what is the first thing somebody would see you do?",
            ),
            keeps=Keeps.STEP,
            quotes="options",
        ),
        *ENDING,
    ),
)

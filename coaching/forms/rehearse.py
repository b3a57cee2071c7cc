"""A hard talk, rehearsed aloud: one's own sentences against what may come back, and which of them to keep.

The script brings the answers that most people dread; a model, where one leads, plays the other side.
"""

from coaching.form import Form, Keeps, Kind, Step
from coaching.forms.plan_steps import ENDING

REHEARSE = Form(
    "rehearse",
    "Rehearse a hard talk",
    "saying it once before it counts, with what may come back",
    8,
    (
        Step(
            "message",
            (
                "Who is it that you will talk to, and what do you want them to have heard?",
                "Which person is it, and what is the one thing that they are to take away?",
                "Who sits across from you, and what do you want to have said by the end?",
                "Whom are you going to talk to, and what is your message in one sentence?",
                "Who is the other side, and what would you like them to know afterwards?",
            ),
            keeps=Keeps.GOAL,
        ),
        Step(
            "opening",
            (
                "It begins: what is your first sentence, word for word?",
                "You both sit down. What do you say first, in your own words?",
                "The door is closed. What are the very words you open with?",
                "They look at you and wait. What is your first sentence?",
                "How do you begin, said as you would really say it?",
            ),
        ),
        Step(
            "pushback",
            (
                "They say: “I don't have time for this now.” What do you answer, word for word?",
                "They say: “That is the first I hear of it.” What do you say to that?",
                "They say: “You are making too much of it.” What do you answer?",
                "They say: “Others have it harder.” What are your next words?",
                "They say: “You had your own part in it.” What do you answer to that?",
            ),
            kind=Kind.LINE,
        ),
        Step(
            "silence",
            (
                "They say nothing and look away. What do you say or do next?",
                "They grow quiet. What is your next sentence, or how do you hold the pause?",
                "They sigh and lean back. What do you say now, word for word?",
                "They look hurt. What is the next thing that you say?",
                "They begin to talk about something else. How do you bring it back, word for word?",
            ),
            kind=Kind.LINE,
        ),
        Step(
            "keep",
            (
                "Which of your sentences will you keep, word for word?",
                "What did you say here that you want to say in the real talk?",
                "Which sentence was most your own, and how does it sound now?",
                "Looking back at what you wrote, which words do you take with you?",
                "Which line came out right, and what would you change in it?",
            ),
            keeps=Keeps.STEP,
            quotes="opening",
        ),
        *ENDING,
    ),
)

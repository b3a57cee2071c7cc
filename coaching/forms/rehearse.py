"""A hard talk, rehearsed aloud: one's own sentences against what may come back, and which of them to keep.

The script brings the answers that most people dread; a model, where one leads, plays the other side.
"""

from coaching.forms.plan_steps import ENDING
from coaching.language.form import Form, Keeps, Kind, Step

REHEARSE = Form(
    "rehearse",
    "Rehearse a hard talk",
    "saying it once before it counts, with what may come back",
    8,
    (
        Step(
            "message",
            (
                "What do you want the other person to have heard?",
                "What is the one thing that you want them to take away?",
                "What do you want to have said, before you both stand up again?",
                "What is your message to them, in one sentence?",
                "What would you like the other side to know afterwards?",
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
            verbatim=True,
        ),
        Step(
            "pushback",
            (
                "They say: “I don't have time for this now.” What do you answer, word for word?",
                "They say: “This is the first I've heard of it.” What do you say to that?",
                "They say: “You are making too much of it.” What do you answer?",
                "They say: “Others have it harder.” What are your next words?",
                "They say: “You played your part in this, too.” What do you answer to that?",
            ),
            kind=Kind.LINE,
            verbatim=True,
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
            verbatim=True,
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
            keeps=Keeps.SENTENCE,
            quotes="opening",
            verbatim=True,
        ),
        *ENDING,
    ),
)

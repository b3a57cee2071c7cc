"""CLEAR (contract, listen, explore, action, review; P. Hawkins), for a hard conversation that lies ahead."""

from coaching.forms.plan_steps import ENDING
from coaching.language.form import Form, Keeps, Step

CLEAR = Form(
    "clear",
    "Prepare a hard conversation",
    "a conversation that you keep putting off",
    8,
    (
        Step(
            "aim",
            (
                "What do you want from that conversation?",
                "What would be a good result of that conversation, for both of you?",
                "What is the one thing that you want to have said when you part?",
                "What would you like to have by the end of it?",
                "What do you hope is true the day after you have talked?",
            ),
            keeps=Keeps.GOAL,
        ),
        Step(
            "tell_it",
            (
                "What happened, told as a camera would have seen it?",
                "What did you see and hear, before any judgment about it?",
                "Which facts would both of you agree on?",
                "What has been going on, in the order in which it happened?",
                "How would you tell it in three sentences to somebody who was not there?",
            ),
        ),
        Step(
            "matters",
            (
                "What about it matters so much to you?",
                "What do you need here that you are not getting?",
                "What effect does it have on you and on the work?",
                "What would be lost if you never brought it up?",
                "What is underneath that for you?",
            ),
        ),
        Step(
            "other_side",
            (
                "How does it look from the other side?",
                "What would the other person say happened?",
                "What might the other person need, or be afraid of?",
                "What good reason could somebody have for acting that way?",
                "How would the other person tell this story about you?",
            ),
        ),
        Step(
            "first_sentence",
            (
                "What is your first sentence, word for word?",
                "How do you open: what are the very words you will say?",
                "What will you say first, so that the other person can stay in the talk?",
                "Which one sentence opens it, said the way you really speak?",
                "How does your opening go, written down word for word?",
            ),
            keeps=Keeps.SENTENCE,
            quotes="aim",
            verbatim=True,
        ),
        *ENDING,
    ),
)

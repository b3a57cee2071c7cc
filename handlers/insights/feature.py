"""What one's own data say: a word of `/coach-me`."""

from handlers.insights import insights
from handlers.interactions.conversation import Conversation, SubWord
from kernel.features import Feature

CONVERSATION = Conversation(
    feature=Feature(name="insights"),
    coach_words={
        "insights": SubWord(
            help="`/coach-me insights` says what your own sprints and talks show.",
            answer=insights.show_insights,
        )
    },
)

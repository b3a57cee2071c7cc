"""What one's own data say: a word of `/coach-me`."""

from coaching.insights.insights import insights
from coaching.insights.own_record import own_record
from handlers.block_kit import blocks
from handlers.insights import card as insights_card
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation, SubWord
from kernel.features import Feature


async def show_insights(call: Call, _rest: str) -> None:
    """Say what there is enough data for."""
    shown = insights_card.shown(insights(await own_record(call.desk, call.me), call.now))
    await call.say(blocks.spoken(shown), shown)


CONVERSATION = Conversation(
    feature=Feature(name="insights"),
    coach_words={
        "insights": SubWord(
            help="`/coach-me insights` says what your own sprints and talks show.",
            answer=show_insights,
        )
    },
)

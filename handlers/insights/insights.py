"""`/coach-me insights`: what one's own data say."""

from coaching.insights.insights import insights
from coaching.insights.own_record import own_record
from handlers.block_kit import blocks
from handlers.insights import card as insights_card
from handlers.interactions.command_call import Call


async def show_insights(call: Call, _rest: str) -> None:
    """Say what there is enough data for."""
    shown = insights_card.shown(insights(await own_record(call.desk, call.me), call.now))
    await call.say(blocks.spoken(shown), shown)

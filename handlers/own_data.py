"""`/coach-me insights`: what one's own data say."""

from coaching.insights import insights
from coaching.own_record import own_record
from handlers import blocks, insights_card
from handlers.commands import Call


async def show_insights(call: Call) -> None:
    """Say what there is enough data for."""
    shown = insights_card.shown(insights(await own_record(call.desk, call.me), call.now))
    await call.say(blocks.spoken(shown), shown)

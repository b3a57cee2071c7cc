"""What one's own data say: a word of `/coach-me`."""

from coaching.insights.insights import insights
from coaching.insights.own_record import own_record
from handlers.block_kit import blocks
from handlers.insights import card as insights_card
from handlers.insights import words
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.interactions.conversation import Conversation
from handlers.interactions.ports import App
from handlers.interactions.sub_words import SubWord
from handlers.sprints.card import HOW
from kernel.features import Feature


async def show_insights(call: Call, _rest: str) -> None:
    """Say what there is enough data for."""
    shown = insights_card.shown(insights(await own_record(call.desk, call.me), call.now))
    await call.say(blocks.spoken(shown), shown)


async def show_how(press: Press) -> None:
    """Say how what stands above the button is computed."""
    found = insights(await own_record(press.desk, press.me), press.now)
    await press.open(insights_card.computed(found))
    await press.ack()


def register(app: App) -> None:
    """Listen to the button that asks how it is computed, below the insights and a sprint that is over."""
    app.action(insights_card.HOW)(show_how)
    app.action(HOW)(show_how)


CONVERSATION = Conversation(
    feature=Feature(name="insights"),
    listen=(register,),
    coach_words={
        "insights": SubWord(
            help=words.HELP,
            answer=show_insights,
        )
    },
)

"""An unanswered question in its topic's channel, where anyone may take it."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.offers import words
from kernel.desk import Desk
from mentoring.model.request import HELD, Request

TAKE = "post.take"


def card(request: Request, desk: Desk) -> Picture:
    """The post as the request stands; it stays one message, and goes where it is taken back."""
    if request.channel_post is None:
        return gone("taken back")
    who = words.SOMEONE if request.anonymous else mrkdwn.mention(request.asker_id)
    if request.state in HELD or request.is_ended:
        return quiet("settled", _settled(request))
    shown = [
        blocks.section(words.is_stuck_with(who, texts.plain_topics(request.topics, desk.topics))),
        *texts.whole(request.question),
        *blocks.actions([blocks.button(words.I_CAN_HELP, TAKE, request.id, style="primary")]),
        blocks.context(words.about_minutes(request.minutes)),
    ]
    return knock("wanted", shown, closing=words.MOVED_DOWN)


def _settled(request: Request) -> list[Block]:
    """What became of it, with the question unless it was taken back."""
    if request.state == "withdrawn":
        return [blocks.section(words.TAKEN_BACK)]
    said = words.NOBODY_IN_TIME if request.state == "expired" else words.SOMEBODY_SAID_YES
    return [blocks.section(said), texts.reminder(request.question)]

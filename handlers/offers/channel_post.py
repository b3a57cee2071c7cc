"""An unanswered question in its topic's channel, where anyone may take it."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, gone, knock, quiet
from kernel.desk import Desk
from mentoring.model.request import HELD, Request

TAKE = "post.take"


def card(request: Request, desk: Desk) -> Picture:
    """Return the post as the request stands; it stays one message, and goes where it is taken back."""
    if request.channel_post is None:
        return gone("taken back")
    who = "Someone" if request.anonymous else mrkdwn.mention(request.asker_id)
    if request.state in HELD or request.is_ended:
        return quiet("settled", _settled(request))
    shown = [
        blocks.section(
            f"*{who} is stuck with {texts.plain_topics(request.topics, desk.topics)}.* Can anyone here help?"
        ),
        *texts.whole(request.question),
        *blocks.actions([blocks.button("I can help", TAKE, request.id, style="primary")]),
        blocks.context(
            f"About {request.minutes} minutes; the first to say yes gets it. They agreed to this post."
        ),
    ]
    return knock("wanted", shown, closing="This question moved down to a newer message.")


def _settled(request: Request) -> list[Block]:
    """Return what became of it, with the question unless it was taken back."""
    if request.state == "withdrawn":
        return [blocks.section("*This question was taken back.* Thank you all!")]
    if request.state == "expired":
        said = "*Nobody could take this question in time.*"
    else:
        said = "*Somebody has said yes to this question.* Thank you all!"
    return [blocks.section(said), texts.reminder(request.question)]

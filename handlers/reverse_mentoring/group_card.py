"""The group of juniors: the app's one message in it, and the way there on the Home tab."""

from handlers.block_kit import blocks, labels, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock
from handlers.reverse_mentoring import words
from relationships.reverse_mentoring.juniors_group import GroupWish, JuniorsGroup

JOIN = "reverse.join"
LEAVE = "reverse.leave"


def message(group: JuniorsGroup) -> Picture:
    """What stands in the group."""
    names = mrkdwn.listed([mrkdwn.mention(each) for each in group.members])
    shown = [
        blocks.section(words.you_all_mentor(names)),
        blocks.section(words.YOURS),
        blocks.context(words.UNTOLD),
    ]
    return knock("open", shown, closing="")


def row(wish: GroupWish | None) -> list[Block]:
    """The way to a group for somebody who mentors upwards, or where it stands."""
    if wish is None:
        return blocks.actions([blocks.button(words.MEET, JOIN, "home")])
    if wish.state == "waiting":
        return [blocks.row(words.WAITING, blocks.button(words.WAIT_NO_LONGER, LEAVE, "home"))]
    if wish.state == "failed":
        return [blocks.row(words.NO_GROUPS, blocks.button(labels.TRY_AGAIN, JOIN, "home"))]
    return []

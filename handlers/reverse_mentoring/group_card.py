"""The group of juniors: the app's one message in it, and the way there on the Home tab."""

from collections.abc import Mapping

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock
from relationships.reverse_mentoring.juniors_group import FEWEST, GroupWish, JuniorsGroup, State

JOIN = "reverse.join"
LEAVE = "reverse.leave"
_MEET = "Meet others who mentor upwards"
_NO_GROUPS = "I can't open group messages here, so you can't meet that way."
JOINED: Mapping[State, str] = {
    "waiting": f"Noted. As soon as {FEWEST} of you want it, I open a group message. Nobody else hears of it.",
    "placed": "You have a group message of your own: it's among your direct messages.",
    "failed": _NO_GROUPS,
}


def message(group: JuniorsGroup) -> Picture:
    """Return what stands in the group."""
    names = mrkdwn.listed([mrkdwn.mention(each) for each in group.members])
    shown = [
        blocks.section(f"*You all mentor somebody more senior: {names}.*"),
        blocks.section(
            "This group is yours, to tell each other what works and what is hard. What a senior told one of "
            "you stays out of it."
        ),
        blocks.context("Each of you asked for it. No senior is told, and I don't read what you write here."),
    ]
    return knock("open", shown, closing="")


def row(wish: GroupWish | None) -> list[Block]:
    """Return the way to a group for somebody who mentors upwards, or where it stands."""
    if wish is None:
        return blocks.actions([blocks.button(_MEET, JOIN, "home")])
    if wish.state == "waiting":
        said = f"You'd like to meet others who mentor upwards: I open a group as soon as {FEWEST} want it."
        return [blocks.row(said, blocks.button("Wait no longer", LEAVE, "home"))]
    if wish.state == "failed":
        return [blocks.row(_NO_GROUPS, blocks.button("Try again", JOIN, "home"))]
    return []

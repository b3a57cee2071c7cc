"""The button that puts something where it serves a goal: on what has ended, whoever draws that."""

from handlers.block_kit import blocks, labels
from handlers.block_kit.blocks import Element

ADD = "goal.add_thing"


def goal_button(what: str, id: str) -> Element:
    """The button for one thing: *what* is a kind of thing that serves goals, as `talk`."""
    return blocks.button(labels.ADD_TO_GOAL, ADD, f"{what} {id}")

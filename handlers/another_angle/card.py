"""The card that offers another angle: what was noticed, the way to three views, and what came after."""

from handlers.another_angle import words
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.board import window
from handlers.requests import card as request_card
from kernel.desk import Desk
from relationships.another_angle.angle import Angle, Habit

NO_THANKS = "angle.no_thanks"


def card(angle: Angle, desk: Desk) -> Picture:
    """The card. It knocks when it is new, changes quietly, and goes once its matter is forgotten."""
    if angle.habit is None:
        return gone("forgotten")
    if angle.later is not None:
        after = _after(angle.later.asks, angle.later.to_one, angle.habit)
        return quiet("later", [blocks.section(words.decided(_before(angle.habit, desk), after))])
    if angle.is_declined:
        return quiet("declined", [blocks.section(words.ALL_RIGHT)])
    who = mrkdwn.mention(angle.habit.helper_id)
    return knock(
        "offered",
        [
            blocks.section(words.offered(_before(angle.habit, desk))),
            blocks.context(words.only_you(who)),
            *blocks.actions(
                [
                    blocks.button(words.THREE_VIEWS, request_card.SECOND_OPINION, angle.request_id),
                    blocks.button(words.MY_BOARD, window.OPEN, "angle"),
                    blocks.button(words.NO_THANKS, NO_THANKS, angle.id),
                ]
            ),
        ],
        closing=words.MOVED,
    )


def _before(habit: Habit, desk: Desk) -> str:
    """What was noticed: 4 of your last 6 questions went to Priya, 3 of them about SQL."""
    who, topic = mrkdwn.mention(habit.helper_id), texts.label(desk.topics, habit.topic)
    of_them = "all" if habit.again == habit.to_one else words.again_of_them(habit.again)
    return words.went_to(habit.to_one, habit.asks, who, of_them, topic)


def _after(asks: int, to_one: int, habit: Habit) -> str:
    if not asks:
        return words.NOBODY_SINCE
    return words.since(to_one, asks)

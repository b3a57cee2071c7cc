"""The card that offers another angle: what was noticed, the way to three views, and what came after."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.picture import Picture, gone, knock, quiet
from handlers.board import window
from handlers.requests import card as request_card
from kernel.desk import Desk
from relationships.another_angle.angle import Angle, Habit

NO_THANKS = "angle.no_thanks"
_MOVED = "The offer of another angle is below."


def card(angle: Angle, desk: Desk) -> Picture:
    """Return the card. It knocks when it is new, changes quietly, and goes once its matter is forgotten."""
    if angle.habit is None:
        return gone("forgotten")
    if angle.later is not None:
        after = _after(angle.later.asks, angle.later.to_one, angle.habit)
        return quiet("later", [blocks.section(f"*{_before(angle.habit, desk)}* {after}")])
    if angle.is_declined:
        return quiet("declined", [blocks.section("*All right.* I won't bring this up again.")])
    who = mrkdwn.mention(angle.habit.helper_id)
    return knock(
        "offered",
        [
            blocks.section(f"*Another angle?* {_before(angle.habit, desk)}"),
            blocks.context(f"Only you see this, and I'll only say it once. {who} isn't told."),
            *blocks.actions(
                [
                    blocks.button("Get three views", request_card.SECOND_OPINION, angle.request_id),
                    blocks.button("My board", window.OPEN, "angle"),
                    blocks.button("No, thanks", NO_THANKS, angle.id),
                ]
            ),
        ],
        closing=_MOVED,
    )


def _before(habit: Habit, desk: Desk) -> str:
    """Return what was noticed: 4 of your last 6 questions went to Priya, 3 of them about SQL."""
    who, topic = mrkdwn.mention(habit.helper_id), texts.label(desk.topics, habit.topic)
    of_them = "all" if habit.again == habit.to_one else f"{habit.again} of them"
    return f"{habit.to_one} of your last {habit.asks} questions went to {who}, {of_them} about {topic}."


def _after(asks: int, to_one: int, habit: Habit) -> str:
    if not asks:
        return "In the three months since, you asked nobody by name."
    return f"In the three months since: {to_one} of {asks}."

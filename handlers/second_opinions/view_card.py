"""The card of somebody who is asked for their view: the question, their answer, and what came of it."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.second_opinions.second_opinion import LONGEST, MINUTES, Outcome, Seat, SecondOpinion

GIVE = "opinion.give"
NO_TIME = "opinion.no_time"

_ENDED = {
    "declined": "*No time: that's fine.* I don't say who it was.",
    "expired": "*The time for this one is over.* That's fine: I don't say who didn't answer.",
    "released": "*You don't need to answer this one any more.* Thank you for being there!",
}
_CAME_OF: dict[Outcome, str] = {
    "acted": "{} acted on the answers",
    "otherwise": "{} went another way",
    "open": "it's still open for {}",
}


def card(opinion: SecondOpinion, me: PersonId, desk: Desk) -> Picture | None:
    """Return the card as its reader's seat stands. It knocks when it is new, and for what came of it."""
    seat = next((it for it in opinion.seats if it.person_id == me), None)
    if seat is None:
        return None
    if seat.state == "asked":
        return _asked(opinion, seat, desk)
    return _answered(opinion, seat) if seat.state == "answered" else _ended(opinion, seat)


def asker(opinion: SecondOpinion) -> str:
    """Return who asks, at the beginning of a sentence."""
    return "Someone" if opinion.anonymous else mrkdwn.mention(opinion.asker_id)


def _asked(opinion: SecondOpinion, seat: Seat, desk: Desk) -> Picture:
    about = texts.plain_topics(opinion.topics, desk.topics)
    return knock(
        "asked",
        [
            blocks.section(f"*{asker(opinion)} would like your view on {about}.* Five minutes, in writing."),
            *texts.whole(opinion.question),
            blocks.context("\n".join(_small_print(opinion, seat, desk))),
            *blocks.actions(answers(opinion)),
        ],
        closing="This question moved down to a newer message.",
    )


def _small_print(opinion: SecondOpinion, seat: Seat, desk: Desk) -> list[str]:
    def label(topic: str) -> str:
        return texts.label(desk.topics, topic)

    why = reasons.for_helper(seat.reasons, label, anonymous=opinion.anonymous)
    names = "They asked without their name, and don't see yours." if opinion.anonymous else ""
    return [
        *([f"Why you: {why}."] if why else []),
        "Up to three people answer; none of you sees the others' answers.",
        f"You have until {mrkdwn.moment(opinion.closes_at)}. It counts as {MINUTES} minutes of your week.",
        *([names] if names else []),
    ]


def answers(opinion: SecondOpinion) -> list[Element]:
    """Return the ways to answer."""
    return [
        blocks.button("Give my view", GIVE, opinion.id, style="primary"),
        blocks.button("No time", NO_TIME, opinion.id),
    ]


def _answered(opinion: SecondOpinion, seat: Seat) -> Picture:
    change = blocks.button("Change it", GIVE, opinion.id) if opinion.state == "gathering" else None
    shown = [
        blocks.section(_news(opinion, seat)),
        *([blocks.labeled("In their words:", opinion.outcome_words)] if opinion.outcome_words else []),
        texts.reminder(opinion.question),
        blocks.labeled("You wrote:", seat.text, 3 * LONGEST),
        *blocks.actions([change]),
    ]
    if seat.is_told:
        return knock("came_of", shown, closing="What came of this question is below.")
    return quiet("answered", shown)


def _news(opinion: SecondOpinion, seat: Seat) -> str:
    who = asker(opinion)
    if opinion.outcome:
        came = _CAME_OF[opinion.outcome].format(_inside(opinion))
        return f"*What came of it:* {came}. Thank you for sharing your view!"
    if opinion.state == "gathering":
        until = mrkdwn.moment(opinion.closes_at)
        return f"*Sent. Thank you!* {who} will see it once there's a second answer, or by {until}."
    if opinion.state == "withdrawn":
        return f"*{who} has taken the question back.* Thank you for sharing your view!"
    if opinion.decided_at is None:
        return f"*{who} has your view now.* Thank you!"
    if opinion.chosen == seat.number and not opinion.is_ended:
        return f"*{who} would like to talk it through with you.* You'll get a separate message about it."
    return f"*{who} thanks everyone who answered.* That includes you."


def _inside(opinion: SecondOpinion) -> str:
    return "someone" if opinion.anonymous else mrkdwn.mention(opinion.asker_id)


def _ended(opinion: SecondOpinion, seat: Seat) -> Picture:
    shown: list[Block] = [blocks.section(_ENDED[seat.state]), texts.reminder(opinion.question)]
    return quiet(seat.state, shown)

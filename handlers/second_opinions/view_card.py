"""The card of somebody who is asked for their view: the question, their answer, and what came of it."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.requests import reasons
from handlers.second_opinions import words
from kernel.desk import Desk
from kernel.values import PersonId
from relationships.second_opinions.second_opinion import LONGEST, MINUTES, Seat, SecondOpinion

GIVE = "opinion.give"
NO_TIME = "opinion.no_time"


def card(opinion: SecondOpinion, me: PersonId, desk: Desk, *, has_asker_left: bool = False) -> Picture | None:
    """The card as its reader's seat stands. It knocks when it is new, and for what came of it.

    Who asked without a name is told of no more than that it is closed, also where they have left.
    """
    seat = next((it for it in opinion.seats if it.person_id == me), None)
    if seat is None:
        return None
    if seat.state == "asked":
        return _asked(opinion, seat, desk)
    is_told = has_asker_left and not opinion.anonymous and opinion.outcome is None
    if seat.state == "answered":
        return _answered(opinion, seat, is_told)
    return _ended(opinion, seat, is_told and seat.state == "released")


def asker(opinion: SecondOpinion) -> str:
    """Who asks, at the beginning of a sentence."""
    return words.SOMEONE_ELSE if opinion.anonymous else mrkdwn.mention(opinion.asker_id)


def _asked(opinion: SecondOpinion, seat: Seat, desk: Desk) -> Picture:
    about = texts.plain_topics(opinion.topics, desk.topics)
    return knock(
        "asked",
        [
            blocks.section(words.asks_view(asker(opinion), about)),
            *texts.whole(opinion.question),
            blocks.context("\n".join(_small_print(opinion, seat, desk))),
            *blocks.actions(answers(opinion)),
        ],
        closing=words.VIEW_MOVED,
    )


def _small_print(opinion: SecondOpinion, seat: Seat, desk: Desk) -> list[str]:
    def label(topic: str) -> str:
        return texts.label(desk.topics, topic)

    why = reasons.for_helper(seat.reasons, label, anonymous=opinion.anonymous)
    names = words.NO_NAMES if opinion.anonymous else ""
    return [
        *([words.why_you(why)] if why else []),
        words.NONE_SEES,
        words.until_when(mrkdwn.moment(opinion.closes_at), MINUTES),
        *([names] if names else []),
    ]


def answers(opinion: SecondOpinion) -> list[Element]:
    """The ways to answer."""
    return [
        blocks.button(words.GIVE_VIEW, GIVE, opinion.id, style="primary"),
        blocks.button(words.NO_TIME, NO_TIME, opinion.id),
    ]


def _answered(opinion: SecondOpinion, seat: Seat, has_asker_left: bool) -> Picture:
    change = blocks.button(words.CHANGE_IT, GIVE, opinion.id) if opinion.state == "gathering" else None
    shown = [
        blocks.section(_left(opinion, seat) if has_asker_left else _news(opinion, seat)),
        *([blocks.labeled(words.IN_THEIR_WORDS, opinion.outcome_words)] if opinion.outcome_words else []),
        texts.reminder(opinion.question),
        blocks.labeled(words.YOU_WROTE, seat.text, 3 * LONGEST),
        *blocks.actions([change]),
    ]
    if seat.is_told:
        return knock("came_of", shown, closing=words.NEWS_BELOW)
    return quiet("answered", shown)


def _left(opinion: SecondOpinion, seat: Seat) -> str:
    return words.asker_left(mrkdwn.mention(opinion.asker_id), has_answered=seat.state == "answered")


def _news(opinion: SecondOpinion, seat: Seat) -> str:
    who = words.THE_ASKER if opinion.anonymous else mrkdwn.mention(opinion.asker_id)
    if opinion.outcome:
        came = words.CAME_OF[opinion.outcome].format(_inside(opinion))
        return words.came_of(came)
    if opinion.state == "gathering":
        until = mrkdwn.moment(opinion.closes_at)
        return words.sent(who, until)
    if opinion.state == "withdrawn":
        return words.CLOSED_TO_ALL if opinion.anonymous else words.taken_back(who)
    if opinion.decided_at is None:
        return words.has_view(who)
    if opinion.chosen == seat.number and not opinion.is_ended:
        return words.wants_talk(who)
    return words.thanks_all(who)


def _inside(opinion: SecondOpinion) -> str:
    return words.THE_ASKER_INSIDE if opinion.anonymous else mrkdwn.mention(opinion.asker_id)


def _ended(opinion: SecondOpinion, seat: Seat, has_asker_left: bool) -> Picture:
    said = _left(opinion, seat) if has_asker_left else words.VIEW_ENDED[seat.state]
    shown: list[Block] = [blocks.section(said), texts.reminder(opinion.question)]
    return quiet(seat.state, shown)

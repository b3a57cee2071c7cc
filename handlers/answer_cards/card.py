"""An answer card as the two see it whose session it came of, and as an admin does who may take it down."""

from typing import Annotated

from pydantic import Field

from handlers.answer_cards import words
from handlers.block_kit import blocks, labels, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import WORD
from handlers.block_kit.picture import Picture, knock, quiet
from kernel.values import PersonId
from relationships.answer_cards.answer_card import LONGEST_ANSWER, LONGEST_QUESTION, AnswerCard

WRITE = "answer_card.write"
CHANGE = "answer_card.change"
AGREE = "answer_card.agree"
WITHDRAW = "answer_card.withdraw"
CONFIRM = "answer_card.confirm"
TAKE_DOWN = "answer_card.take_down"

WHOLE = 3 * LONGEST_ANSWER  # a text as long as it may be, its hidden characters named


def card(card: AnswerCard, me: PersonId, *, has_other_left: bool = False) -> Picture | None:
    """The card as it stands for one of the two. It knocks where they are asked something.

    That the other has left is told only where they know each other's names.
    """
    if me not in card.both:
        return None
    if card.is_ended:
        said = words.gone(words.WHY_GONE[card.end or "by_one"])
        return quiet("gone", [blocks.section(said)])
    if card.state == "offered":
        return _offered(card, me, has_other_left and not card.anonymous)
    return _shared(card, me) if card.state == "shared" else _expired(card, me)


def invitation(session_id: str) -> list[Block]:
    """The way to write an answer down, for the card of a session that is over."""
    said = words.INVITATION
    return [blocks.section(said), *blocks.actions([blocks.button(words.WRITE_IT_DOWN, WRITE, session_id)])]


def to_agree(card: AnswerCard) -> list[Block]:
    """The words that somebody is to agree to, with the ways to answer."""
    return [*question_and_answer(card), *blocks.actions(_answers(card))]


def question_and_answer(card: AnswerCard) -> list[Block]:
    """The question and the answer of a card."""
    return [
        blocks.labeled(words.QUESTION, card.words.question, 3 * LONGEST_QUESTION),
        blocks.labeled(words.ANSWER, card.words.answer, WHOLE),
    ]


def for_admin(card: AnswerCard) -> list[Block]:
    """One card as an admin sees it who knows its code."""
    sure = blocks.confirmation(
        words.TAKE_DOWN_SURE,
        words.TAKE_DOWN_MEANS,
        words.TAKE_IT_DOWN,
        labels.LEAVE_IT,
    )
    button = blocks.button(words.TAKE_IT_DOWN, TAKE_DOWN, card.id, style="danger", confirm=sure)
    said = words.for_admin(card.code)
    return [blocks.section(said), *question_and_answer(card), *blocks.actions([button])]


def agreed_to(value: str) -> tuple[str, int]:
    """The card, and which of its wordings, that somebody agrees to."""
    return payload.words(tuple[Annotated[str, WORD], Annotated[int, Field(ge=1, le=100_000)]], value)


def question_to_agree(card: AnswerCard, me: PersonId) -> str:
    """What one of the two is asked, as the news of a card or a row."""
    other = _other(card, me)
    if card.shared_at is not None:
        return words.they_changed(_begin(other))
    if me == card.answerer_id:
        return words.they_changed_yours(_begin(other))
    return words.they_wrote(_begin(other))


def _offered(card: AnswerCard, me: PersonId, has_other_left: bool) -> Picture:
    if me in card.agreed:
        other = _other(card, me)
        said = words.cannot_agree(other) if has_other_left else words.waiting_for(other)
        buttons = [_change(card), _withdraw(card, words.TAKE_IT_BACK)]
        return quiet("waiting", [blocks.section(said), *question_and_answer(card), *blocks.actions(buttons)])
    shown = [
        blocks.section(question_to_agree(card, me)),
        *question_and_answer(card),
        blocks.context(words.WHO_SEES_IT),
        *blocks.actions(_answers(card)),
    ]
    return knock(f"agree:{card.wording}", shown, closing=words.MOVED)


def _answers(card: AnswerCard) -> list[Element]:
    return [
        blocks.button(words.LET_OTHERS_FIND, AGREE, f"{card.id} {card.wording}", style="primary"),
        _change(card),
        _withdraw(card, words.KEEP_BETWEEN_US),
    ]


def _shared(card: AnswerCard, me: PersonId) -> Picture:
    until = mrkdwn.moment(card.valid_until or card.worded_at)
    if card.asked_at and me == card.answerer_id:
        said = words.still_true(until)
        shown = [blocks.section(said), *question_and_answer(card), *blocks.actions(_renewal(card))]
        return knock(f"still:{int(card.asked_at.timestamp())}", shown, closing=words.MOVED)
    said = words.found_until(until, _uses(card))
    buttons = [_change(card), _withdraw(card, words.TAKE_IT_DOWN)]
    return quiet("shared", [blocks.section(said), *question_and_answer(card), *blocks.actions(buttons)])


def _uses(card: AnswerCard) -> str:
    if not card.shown:
        return ""
    solved = words.enough(card.solved) if card.solved else ""
    return words.shown(card.shown, solved)


def _expired(card: AnswerCard, me: PersonId) -> Picture:
    if me == card.answerer_id:
        said = words.RAN_OUT_WRITER
        return quiet(
            "expired", [blocks.section(said), *question_and_answer(card), *blocks.actions(_renewal(card))]
        )
    said = words.RAN_OUT
    buttons = [_change(card), _withdraw(card, words.TAKE_IT_DOWN)]
    return quiet("expired", [blocks.section(said), *question_and_answer(card), *blocks.actions(buttons)])


def _renewal(card: AnswerCard) -> list[Element]:
    still = blocks.button(words.STILL_TRUE, CONFIRM, card.id, style="primary")
    return [still, _change(card), _withdraw(card, words.TAKE_IT_DOWN)]


def _change(card: AnswerCard) -> Element:
    return blocks.button(words.CHANGE_WORDS, CHANGE, card.id)


def _withdraw(card: AnswerCard, label: str) -> Element:
    sure = blocks.confirmation(
        words.DELETE_SURE,
        words.DELETE_MEANS,
        words.DELETE_IT,
        labels.KEEP_IT,
    )
    return blocks.button(label, WITHDRAW, card.id, style="danger", confirm=sure)


def _other(card: AnswerCard, me: PersonId) -> str:
    if card.anonymous:
        return words.THE_OTHER
    return mrkdwn.mention(card.answerer_id if me == card.asker_id else card.asker_id)


def _begin(who: str) -> str:
    return f"{who[:1].upper()}{who[1:]}"

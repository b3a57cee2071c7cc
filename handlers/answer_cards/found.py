"""A question's card while an answer from here is shown on it, before a colleague is asked or beside that."""

from collections.abc import Callable
from dataclasses import replace

from handlers.answer_cards import card as answer_card
from handlers.answer_cards import words
from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions.conversation import Reader, unchanged
from handlers.requests import card as request_card
from kernel.store import Key, Snapshot
from mentoring.model.request import Request
from relationships.answer_cards.answer_card import AnswerCard
from relationships.answer_cards.found_answer import FoundAnswer

SOLVED = "answer_card.solved"
STILL_TALK = "answer_card.still_talk"
AFTER_ALL = "answer_card.after_all"


def beside(reader: Reader) -> list[Key]:
    """What is read with a question's card."""
    return [Key(FoundAnswer, reader.id)]


def seen(read: Snapshot, reader: Reader) -> Callable[[Picture], Picture]:
    """What adds the answer that was found for a question to its card, if there is one."""
    found, request = read.find(FoundAnswer, reader.id), read.find(Request, reader.id)
    if found is None or request is None or reader.to != found.asker_id:
        return unchanged
    card = read.find(AnswerCard, found.card_id)
    return lambda picture: drawn(found, request, card, reader, picture)


def drawn(
    found: FoundAnswer, request: Request, card: AnswerCard | None, reader: Reader, picture: Picture
) -> Picture:
    """The card of a question as it stands with the answer that was found."""
    if request.state == "withdrawn" and found.state in ("solved", "wanted"):
        is_still = found.state == "solved" or found.solved_at == request.ended_at
        return _solved(found, request, card) if is_still else picture
    if card is None or card.state != "shared" or not request.is_looking:
        return picture
    if found.waits(reader.now):
        return _waiting(found, request, card)
    return _beside(request, card, picture) if found.state in ("shown", "passed") else picture


def _waiting(found: FoundAnswer, request: Request, card: AnswerCard) -> Picture:
    goes_on = words.goes_on(mrkdwn.moment(found.until))
    buttons = [
        blocks.button(words.SOLVED_IT, SOLVED, request.id, style="primary"),
        blocks.button(words.STILL_TALK, STILL_TALK, request.id),
        request_card.withdraw_button(request),
    ]
    shown = [
        blocks.section(words.asked_before(goes_on)),
        texts.reminder(request.question),
        blocks.divider(),
        *answer_card.question_and_answer(card),
        _small_print(card),
        *blocks.actions(buttons),
    ]
    return quiet("answer-found", shown)


def _small_print(card: AnswerCard) -> Block:
    checked = words.last_checked(mrkdwn.weekday(card.checked_at)) if card.checked_at else ""
    return blocks.context(
        words.written_by_two(checked),
        words.tell_code(card.code),
    )


def _beside(request: Request, card: AnswerCard, picture: Picture) -> Picture:
    solved = blocks.actions([blocks.button(words.SOLVED_IT, SOLVED, request.id)])
    head = blocks.section(words.MEANWHILE)
    more = [blocks.divider(), head, *answer_card.question_and_answer(card), _small_print(card), *solved]
    shown = [*picture.blocks, *more][:50]
    return replace(picture, blocks=shown, text=blocks.spoken(shown))


def _solved(found: FoundAnswer, request: Request, card: AnswerCard | None) -> Picture:
    """What was solved has no *Undo*: its button goes on with the question, or opens it in a new form."""
    kept = answer_card.question_and_answer(card) if card and card.state == "shared" else []
    button = blocks.button(words.AFTER_ALL, AFTER_ALL, request.id)
    shown = [
        blocks.section(words.SOLVED if found.state == "solved" else words.CLOSED),
        texts.reminder(request.question),
        *kept,
        *blocks.actions([button]),
    ]
    return quiet("answer-solved", shown)

"""Every card and form of answer cards, with a text wherever one can type."""

from collections.abc import Iterator
from typing import Any

from make import ADA, ASKER, CY, DAY, NOW, request
from make_answer_card import UNTIL, card

from handlers.answer_cards import card as answer_card
from handlers.answer_cards import form, found
from handlers.answer_cards.form import Filled
from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions.conversation import Reader
from kernel.desk import Desk
from relationships.answer_cards.answer_card import LONGEST_ANSWER, LONGEST_QUESTION, AnswerCard, CardWords
from relationships.answer_cards.found_answer import FoundAnswer

HIDDEN = {"name": 2, "address": 1, "link": 3, "…": 1}


def words(text: str) -> CardWords:
    """A text as a card's question and answer, as long as they may be."""
    said = text.strip() or "x"
    return CardWords(
        question=said[:LONGEST_QUESTION].strip() or "x", answer=said[:LONGEST_ANSWER].strip() or "x"
    )


def cards(text: str) -> Iterator[AnswerCard]:
    """Yield cards in every state, with and without names."""
    for anonymous in (False, True):
        offered = card(words=words(text), anonymous=anonymous)
        shared = offered.agree(ASKER, 1, NOW, UNTIL)
        reworded = shared.reword(ASKER, words(f"{text} ?"), NOW)
        yield from (offered, offered.reword(ASKER, words(f"? {text}"), NOW), reworded)
        yield from (
            shared,
            shared.show_once_more(),
            shared.show_once_more().show_once_more().solve_once_more(),
        )
        yield from (shared.ask(NOW), shared.expire(UNTIL), shared.expire(UNTIL).lapse(UNTIL))
        yield from (offered.lapse(NOW), shared.withdraw(ADA, NOW), shared.take_down(NOW))


def found_with(text: str, desk: Desk, picture: Picture) -> Iterator[Picture]:
    """Yield the card of a question for which a card was found, whatever came of either."""
    asked = request(asker_id=CY, question=text[:3000].strip() or "x")
    for it in cards(text):
        for state in ("shown", "passed", "solved", "wanted"):
            one = FoundAnswer(id=asked.id, asker_id=CY, card_id=it.id, found_at=NOW, until=NOW + DAY)
            for question in (asked, asked.withdraw(NOW)):
                reader = Reader(desk, asked.id, CY, NOW)
                yield found.drawn(one.come_to(state), question, it, reader, picture)


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card, of whoever has one."""
    for left in (False, True):
        seen = (
            answer_card.card(each, me, has_other_left=left) for each in cards(text) for me in (ASKER, ADA)
        )
        yield from filter(None, seen)
    yield from found_with(text, desk, quiet("looking", [blocks.section("Looking.")] * 45))


def said(text: str) -> Iterator[list[Block]]:
    """Yield what commands and other cards show of one."""
    yield from (answer_card.for_admin(each) for each in cards(text) if not each.is_ended)
    yield answer_card.invitation("S" * 80)


def views(text: str) -> Iterator[dict[str, Any]]:
    """Yield the form as it opens, and as it shows what others would read."""
    for turn in (0, 1, 2):
        yield form.form(Filled(session_id="S" * 80, turn=turn), words(text), HIDDEN)
    yield form.form(Filled(card_id="S" * 80, turn=1), words(text))


def to_agree(text: str) -> list[AnswerCard]:
    """What waits for a yes of whoever asked."""
    return [each for each in cards(text) if ASKER in each.waits_for]

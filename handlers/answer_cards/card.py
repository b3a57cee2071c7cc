"""An answer card as the two see it whose talk it came of, and as an admin does who may take it down."""

from typing import Annotated

from pydantic import Field

from handlers.block_kit import blocks, mrkdwn, payload
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

MOVED = "The newest message about this answer is below."
_WHY_GONE = {
    "by_one": "One of you took it down.",
    "by_admin": "An admin took it down.",
    "in_time": "Nobody agreed to it, or said that it's still true, in time.",
}
TAKEN_DOWN = "Taken down. Nobody will be able to find it any more, and its words are gone."
WHOLE = 3 * LONGEST_ANSWER  # a text as long as it may be, its hidden characters named


def card(card: AnswerCard, me: PersonId) -> Picture | None:
    """Return it as it stands for one of the two. It knocks where they are asked something."""
    if me not in card.both:
        return None
    if card.is_ended:
        said = f"*This answer is gone.* {_WHY_GONE[card.end or 'by_one']} Its text has been deleted."
        return quiet("gone", [blocks.section(said)])
    if card.state == "offered":
        return _offered(card, me)
    return _shared(card, me) if card.state == "shared" else _expired(card, me)


def invitation(session_id: str) -> list[Block]:
    """Return the way to write an answer down, for the card of a talk that is over."""
    said = (
        "*Would this help the next person who asks?* Write the answer down in a few lines. Others find it "
        "only if whoever asked agrees, and without your names."
    )
    return [blocks.section(said), *blocks.actions([blocks.button("Write it down", WRITE, session_id)])]


def to_agree(card: AnswerCard) -> list[Block]:
    """Return the words that somebody is to agree to, with the ways to answer."""
    return [*words(card), *blocks.actions(_answers(card))]


def words(card: AnswerCard) -> list[Block]:
    """Return the question and the answer of a card."""
    return [
        blocks.labeled("Question:", card.words.question, 3 * LONGEST_QUESTION),
        blocks.labeled("Answer:", card.words.answer, WHOLE),
    ]


def for_admin(card: AnswerCard) -> list[Block]:
    """Return one card as an admin sees it who knows its code."""
    sure = blocks.confirmation(
        "Take this answer down?",
        "Nobody will be able to find it any more, and its text is deleted. The two who shared it will "
        "see that an admin did this.",
        "Take it down",
        "Leave it",
    )
    button = blocks.button("Take it down", TAKE_DOWN, card.id, style="danger", confirm=sure)
    said = f"*Answer card `{card.code}`.* Only this one is shown here, and not who wrote it."
    return [blocks.section(said), *words(card), *blocks.actions([button])]


def agreed_to(value: str) -> tuple[str, int]:
    """Return the card, and which of its wordings, that somebody agrees to."""
    return payload.words(tuple[Annotated[str, WORD], Annotated[int, Field(ge=1, le=100_000)]], value)


def question_to_agree(card: AnswerCard, me: PersonId) -> str:
    """Return what one of the two is asked, as the news of a card or a row."""
    other = _other(card, me)
    if card.shared_at is not None:
        return f"*Is it OK if others find it in these words?* {_begin(other)} changed them."
    if me == card.answerer_id:
        return f"*Is it OK if others find it in these words?* {_begin(other)} changed what you wrote."
    return f"*Is it OK if others find this answer?* {_begin(other)} wrote it down after your talk."


def _offered(card: AnswerCard, me: PersonId) -> Picture:
    if me in card.agreed:
        said = f"*Waiting for a yes from {_other(card, me)}.* Nobody else sees it until then."
        buttons = [_change(card), _withdraw(card, "Take it back")]
        return quiet("waiting", [blocks.section(said), *words(card), *blocks.actions(buttons)])
    shown = [
        blocks.section(question_to_agree(card, me)),
        *words(card),
        blocks.context(
            "Anyone who asks the same thing sees it before I ask a colleague. Neither of your names is on "
            "it, and either of you can take it down at any time."
        ),
        *blocks.actions(_answers(card)),
    ]
    return knock(f"agree:{card.wording}", shown, closing=MOVED)


def _answers(card: AnswerCard) -> list[Element]:
    return [
        blocks.button("Let others find it", AGREE, f"{card.id} {card.wording}", style="primary"),
        _change(card),
        _withdraw(card, "Keep it between us"),
    ]


def _shared(card: AnswerCard, me: PersonId) -> Picture:
    until = mrkdwn.moment(card.valid_until or card.worded_at)
    if card.asked_at and me == card.answerer_id:
        said = f"*Is this still true?* Unless you say so, nobody can find it after {until}."
        shown = [blocks.section(said), *words(card), *blocks.actions(_renewal(card))]
        return knock(f"still:{int(card.asked_at.timestamp())}", shown, closing=MOVED)
    said = f"*Others can find this answer now,* until {until}.{_uses(card)}"
    buttons = [_change(card), _withdraw(card, "Take it down")]
    return quiet("shared", [blocks.section(said), *words(card), *blocks.actions(buttons)])


def _uses(card: AnswerCard) -> str:
    if not card.shown:
        return ""
    solved = f" and was enough {_times(card.solved)}" if card.solved else ""
    return f" It was shown {_times(card.shown)}{solved}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _expired(card: AnswerCard, me: PersonId) -> Picture:
    if me == card.answerer_id:
        said = "*Nobody can find this answer any more:* its time ran out. Is it still true?"
        return quiet("expired", [blocks.section(said), *words(card), *blocks.actions(_renewal(card))])
    said = "*Nobody can find this answer any more:* its time ran out."
    buttons = [_change(card), _withdraw(card, "Take it down")]
    return quiet("expired", [blocks.section(said), *words(card), *blocks.actions(buttons)])


def _renewal(card: AnswerCard) -> list[Element]:
    still = blocks.button("Still true", CONFIRM, card.id, style="primary")
    return [still, _change(card), _withdraw(card, "Take it down")]


def _change(card: AnswerCard) -> Element:
    return blocks.button("Change the words", CHANGE, card.id)


def _withdraw(card: AnswerCard, label: str) -> Element:
    sure = blocks.confirmation(
        "Delete this answer?",
        "Nobody will be able to find it any more, and its text is deleted.",
        "Delete it",
        "Keep it",
    )
    return blocks.button(label, WITHDRAW, card.id, style="danger", confirm=sure)


def _other(card: AnswerCard, me: PersonId) -> str:
    if card.anonymous:
        return "the person you talked with"
    return mrkdwn.mention(card.answerer_id if me == card.asker_id else card.asker_id)


def _begin(who: str) -> str:
    return f"{who[:1].upper()}{who[1:]}"

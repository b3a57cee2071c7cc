"""The cards of a question and of its offer as those of their session: from the yes to what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.block_kit import blocks
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import talk_root
from handlers.interactions.conversation import Reader
from handlers.requests import card as request_card
from handlers.requests import words as request_words
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card, meeting_card, words
from kernel.values import PersonId
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.sessions.feedback import Feedback
from relationships.mentor_search.keep_going import OwnWish


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known besides a session: the other's *clock*, in words, and what each said of it afterwards.

    *side* is one of the two as who reads of when they talk. *role* is what the helper does, in mrkdwn. *wish*
    is the reader's to keep going together. *has_left* says that the other has, where the two know each other.
    """

    clock: Sequence[Block] = ()
    mine: Feedback | None = None
    other: Feedback | None = None
    side: meeting_card.AppointmentReader | None = None
    role: str = ""
    wish: OwnWish | None = None
    has_left: bool = False


def card(session: Session, request: Request, reader: Reader, beside: Beside) -> Picture:
    """The card of one of the two, which a relayed session is the thread of.

    It knocks for the asker as the session begins, and for whoever gets a word from the other after their own.
    """
    me = reader.to
    if not session.is_open:
        return _over(session, request, me, beside)
    side = beside.side or session_card.reader_of(session, me, reader.now)
    if me == session.helper_id:
        shown = session_card.going(session, request, side, clock=beside.clock)
        return quiet(talk_root.state(session, "going"), shown)
    who = words.SOMEONE if session.is_hidden else session_card.name_of_other(session, me)
    also = [request_card.someone_else_button(request)]
    shown = [
        blocks.section(request_card.yes(request, reader.desk, who, beside.role)),
        *session_card.going(session, request, side, clock=beside.clock, also=also),
    ]
    return knock(talk_root.state(session, "going"), shown, closing=request_words.MOVED)


def _over(session: Session, request: Request, me: PersonId, beside: Beside) -> Picture:
    is_asker, is_reported = me == session.asker_id, me in session.reported_by
    is_same_out = is_reported or beside.has_left
    again = request_card.once_more(request, is_same_out=is_same_out) if is_asker else {}
    mine, other = beside.mine, beside.other
    asked = feedback_card.questions(mine, other, session) if mine else []
    taken = sum(len(block["elements"]) for block in asked if block["type"] == "actions")
    wish, has_left = None if beside.has_left else beside.wish, beside.has_left
    after = session_card.buttons_after(
        session, me, again, said=_said(mine), taken=taken, wish=wish, has_left=has_left
    )
    wished = session_card.keeping_going(session, me, wish)
    over = session_card.over(session, request, me, has_left=has_left)
    shown = [*over, *asked, *wished, *blocks.actions(after)]
    if mine and mine.state == "asked" and mine.knocked_at:
        return knock(talk_root.state(session, "waits"), shown, closing=words.WAITS)
    if mine is None or not mine.heard:
        return quiet(talk_root.state(session, "over"), shown)
    heard = talk_root.state(session, "heard")
    if not feedback_card.is_news(mine, other):
        return quiet(heard, shown)
    name = session_card.name_of_other(session, me)
    return knock(heard, shown, closing=words.over_with_word(name))


def _said(mine: Feedback | None) -> session_card.HowItWent:
    """How a session went as one of the two says, as far as they do."""
    if mine and mine.state == "asked":
        return "asked"
    return (mine and mine.helped) or "unsaid"

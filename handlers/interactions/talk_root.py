"""Which message heads the thread of a relayed session: its reader's card of the question, or of the offer.

Such a card shows one thing after another: a search, a session, and for the asker another search and session.
A message belongs to a session only as long as it shows this one, so the state of its picture names it.
"""

from handlers.block_kit.picture import Root
from handlers.interactions.ports import Shown
from kernel.values import PersonId
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from mentoring.model.session import Session

_TALK = "talk "
_GOES_ON = (Request.kind, Offer.kind)


def state(session: Session, at: str) -> str:
    """The state of a picture that shows a session, at some point of it."""
    return f"{_TALK}{session.id} {at}"


def root(session: Session, to: PersonId) -> Root:
    """The message under which one of the two reads and writes."""
    return Root(session.thing) if session.has_own_card else Root(session.card_of(to), state(session, ""))


def heads(card: Shown, ts: str) -> str | None:
    """What is talked about, as a thing, in the thread under a message that shows or showed a card."""
    if card.thing.partition(":")[0] not in _GOES_ON:
        return card.thing
    if card.ts != ts or not card.state.startswith(_TALK):
        return None
    return f"{Session.kind}:{card.state.split(' ')[1]}"

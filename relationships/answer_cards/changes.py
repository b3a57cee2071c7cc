"""Everything that goes with a change of an answer card: its entries of the agenda, and both its cards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kernel.store import Changes, Later, Never, Show, Snapshot
from mentoring.model.person import only_here
from relationships.answer_cards.answer_card import (
    ASK_STILL_TRUE,
    CARD_EXPIRES,
    CARD_LAPSES,
    FORGET_ANSWER_CARD,
    AnswerCard,
)

AGREE_WITHIN, ASK_BEFORE, REVIVE_WITHIN = timedelta(days=14), timedelta(days=7), timedelta(days=30)
GONE_AFTER = timedelta(days=7)
_TIMERS = (CARD_LAPSES, ASK_STILL_TRUE, CARD_EXPIRES)


def changed(read: Snapshot, after: AnswerCard, now: datetime) -> Changes:
    """What goes with a card as it is now: what is due next, and that both see it."""
    shows = [Show(after.thing, to=me) for me in after.both]
    return Changes(put=[after], later=list(_agenda(after, now)), show=only_here(read, shows))


def _agenda(card: AnswerCard, now: datetime) -> Iterator[Later | Never]:
    due = dict(_due(card, now))
    yield from (Never(kind, card.id) for kind in _TIMERS if kind not in due)
    yield from (Later(kind, card.id, at) for kind, at in due.items())


def _due(card: AnswerCard, now: datetime) -> Iterator[tuple[str, datetime]]:
    if card.state == "offered":
        yield CARD_LAPSES, card.worded_at + AGREE_WITHIN
    elif card.state == "shared" and card.valid_until:
        yield CARD_EXPIRES, card.valid_until
        if card.asked_at is None:
            yield ASK_STILL_TRUE, max(card.valid_until - ASK_BEFORE, now)
    elif card.state == "expired" and card.valid_until:
        yield CARD_LAPSES, card.valid_until + REVIVE_WITHIN
    elif card.ended_at:
        yield FORGET_ANSWER_CARD, card.ended_at + GONE_AFTER

"""What time does to an answer card: whether it is still true is asked, it ends, it is forgotten."""

from collections.abc import Callable
from datetime import datetime

from kernel.desk import Desk
from kernel.nudges import unasked
from kernel.policy import Policy
from kernel.store import EVERY, NONE, Changes, Due, Key, Later, Show, Snapshot, together
from kernel.values import PersonId
from mentoring.model.person import Person, only_here, working_hour
from relationships.answer_cards.answer_card import ANSWER_CARDS, ASK_STILL_TRUE, CARDS_TO_AGREE, AnswerCard
from relationships.answer_cards.changes import changed


async def ask(desk: Desk, card_id: str, now: datetime, due: Due | None = None) -> None:
    """Ask its writer whether it is still true, in their working hours and where their week has room.

    Of a writer who has left nobody is asked: the card stands until its date, and then goes.
    """

    def decide(read: Snapshot) -> tuple[None, Changes]:
        card = read.find(AnswerCard, card_id)
        if card is None or card.state != "shared" or card.asked_at:
            return None, NONE
        person = read.find(Person, card.answerer_id)
        return None, NONE if person is not None and person.is_gone else _asked(read, card, desk.policy, now)

    await desk.store.commit(decide, load=[Key(AnswerCard, card_id)], due=due)


async def expire(desk: Desk, card_id: str, now: datetime, due: Due | None = None) -> None:
    """Have it found no more, as its time is over."""
    await _move(desk, card_id, now, lambda card: card.expire(now), due)


async def lapse(desk: Desk, card_id: str, now: datetime, due: Due | None = None) -> None:
    """End it, with its words, as nobody agreed or said that it is still true."""
    await _move(desk, card_id, now, lambda card: card.lapse(now), due)


async def forget(desk: Desk, card_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop one that has ended."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        card = read.find(AnswerCard, card_id)
        return None, Changes(drop=[Key(AnswerCard, card_id)]) if card and card.is_ended else NONE

    await desk.store.commit(decide, load=[Key(AnswerCard, card_id)], due=due)


async def wait_no_longer(desk: Desk, gone: PersonId, now: datetime) -> None:
    """Show whoever waits for a yes from somebody, who has left, that none will come."""
    ids = await desk.store.ids(CARDS_TO_AGREE.of(gone), limit=EVERY)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        waiting = [Show(it.thing, to=each) for it in read.all(AnswerCard, ids) for each in it.agreed]
        return None, Changes(show=only_here(read, waiting))

    await desk.store.commit(decide, load=[Key(AnswerCard, id) for id in ids])


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Drop every card that came of a talk of somebody who asks to be erased: the words are theirs, too."""
    keys = [Key(AnswerCard, id) for id in await desk.store.ids(ANSWER_CARDS.of(me), limit=EVERY)]
    await desk.store.commit(lambda _: (None, Changes(drop=keys)), load=keys)


def _asked(read: Snapshot, card: AnswerCard, policy: Policy, now: datetime) -> Changes:
    """Have it asked, and counted: now, or when there is time and room for it."""
    week, rules = unasked(read, card.answerer_id), policy.nudges
    at = working_hour(read.find(Person, card.answerer_id), now, policy)
    if at <= now and week.has_room(rules, now):
        return together(changed(read, card.ask(now), now), Changes(put=[week.sent(now)]))
    wait = at if at > now else week.room_at(now) if rules.per_week else None
    return Changes(later=[Later(ASK_STILL_TRUE, card.id, wait)]) if wait else NONE


async def _move(
    desk: Desk, card_id: str, now: datetime, move: Callable[[AnswerCard], AnswerCard], due: Due | None
) -> None:
    def decide(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(AnswerCard, card_id)
        after = move(before) if before else None
        return None, NONE if after is None or after == before else changed(read, after, now)

    await desk.store.commit(decide, load=[Key(AnswerCard, card_id)], due=due)

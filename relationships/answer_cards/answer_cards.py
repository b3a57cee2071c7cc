"""What people do with an answer card: write it, agree, change its words, renew it, take it away."""

from collections.abc import Callable
from datetime import datetime, timedelta

from kernel.desk import Desk
from kernel.errors import Invalid, NotFound, NotYours, Refusal
from kernel.store import NONE, Changes, Key, Show, Snapshot, together
from kernel.values import PersonId
from mentoring.admins.admins import admins_of
from mentoring.model.new_request import check_question
from mentoring.model.offer import parts_of
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from relationships.answer_cards.anonymised import Anonymised, anonymised
from relationships.answer_cards.answer_card import (
    CARD_CODED,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    RULES,
    AnswerCard,
    CardWords,
)
from relationships.answer_cards.changes import changed
from sensing.safety.safety import CONFIDENTIAL, NOTHING, Finding

WRITE_WITHIN = timedelta(days=14)


class NoCardOfThis(Refusal):
    """Of this talk no card can be written: it wasn't held, was reported, or is too long ago."""


class ForAdmins(Refusal):
    """Only admins may take down the card of others."""


async def about(desk: Desk, session_id: str, me: PersonId, now: datetime) -> Anonymised:
    """What a card of a talk begins with, as its helper: the question without names, and no answer."""
    session, request = await desk.store.look(lambda read: talk_of(read, desk, session_id, me, now))
    words, both = CardWords(question=request.question[:LONGEST_QUESTION], answer=""), _both(session)
    return await anonymised(desk, words, both, now)


async def checked(
    desk: Desk, id: str, words: CardWords, now: datetime, *, finding: Finding = NOTHING
) -> Anonymised:
    """The words of a card, or of a talk, as others may read them.

    Refuse what is empty, too long, or, by its *finding*, for few ears.
    """
    seen = await anonymised(desk, words, await _whose(desk, id), now)
    question, answer = check_question(seen.words.question), seen.words.answer.strip()
    if not answer:
        raise Invalid("answer", "empty")
    for field, text, limit in (
        ("question", question, LONGEST_QUESTION),
        ("answer", answer, LONGEST_ANSWER),
    ):
        if len(text) > limit:
            raise Invalid(field, "too_long", limit=limit, length=len(text))
    if finding.category in CONFIDENTIAL:
        raise Invalid("answer", "confidential")
    return Anonymised(CardWords(question=question, answer=answer), seen.hidden)


async def write(
    desk: Desk, session_id: str, me: PersonId, words: CardWords, now: datetime, *, finding: Finding = NOTHING
) -> AnswerCard:
    """Write down the answer of a talk as its helper; whoever asked is asked whether others may find it."""
    clean = (await checked(desk, session_id, words, now, finding=finding)).words

    def decide(read: Snapshot) -> tuple[AnswerCard, Changes]:
        written = read.find(AnswerCard, session_id)
        if written is not None and (written.answerer_id, written.words) == (me, clean):
            return written, NONE
        session, request = talk_of(read, desk, session_id, me, now)
        asker = read.find(Person, session.asker_id)
        if asker is not None and asker.is_gone:
            raise NoCardOfThis
        card = AnswerCard(
            id=session.id,
            asker_id=session.asker_id,
            answerer_id=me,
            words=clean,
            topics=request.topics,
            anonymous=session.is_hidden,
            agreed=frozenset({me}),
            made_at=now,
            worded_at=now,
        )
        # The card of the talk offers it no more.
        return card, together(changed(read, card, now), Changes(show=[Show(session.card_of(me), to=me)]))

    return await desk.store.commit(decide, load=_talk(session_id))


async def reword(
    desk: Desk, card_id: str, me: PersonId, words: CardWords, now: datetime, *, finding: Finding = NOTHING
) -> AnswerCard:
    """Change a card's words as one of the two; the other has to agree to them before anyone finds it."""
    clean = (await checked(desk, card_id, words, now, finding=finding)).words
    return await _change(desk, card_id, now, lambda card: card.reword(me, clean, now))


async def agree(desk: Desk, card_id: str, me: PersonId, wording: int, now: datetime) -> AnswerCard:
    """Let others find it, as far as this one of the two is concerned; names met since are hidden, too.

    Raise Superseded where its words are others by now than those of that number.
    """
    read = (await desk.get(AnswerCard, card_id)).check_one_of_two(me)
    seen = await anonymised(desk, read.words, read.both, now)
    until = _until(desk, now)
    return await _change(
        desk, card_id, now, lambda card: card.agree(me, wording, now, until).hide(read.words, seen.words)
    )


async def confirm(desk: Desk, card_id: str, me: PersonId, now: datetime) -> AnswerCard:
    """Say that it is still true: it can be found for as long again."""
    return await _change(desk, card_id, now, lambda card: card.confirm(me, now, _until(desk, now)))


async def withdraw(desk: Desk, card_id: str, me: PersonId, now: datetime) -> AnswerCard:
    """Take it away as one of the two, at any time."""
    return await _change(desk, card_id, now, lambda card: card.withdraw(me, now))


async def take_down(desk: Desk, card_id: str, me: PersonId, now: datetime) -> AnswerCard:
    """Take it away as an admin; refuse anyone else: ForAdmins."""
    if me not in await admins_of(desk):
        raise ForAdmins
    return await _change(desk, card_id, now, lambda card: card.take_down(now))


async def coded(desk: Desk, code: str, me: PersonId) -> AnswerCard:
    """The one card of a code, to an admin alone: ForAdmins, or NotFound."""
    if me not in await admins_of(desk):
        raise ForAdmins
    ids = await desk.store.ids(CARD_CODED.of(code.casefold()), limit=1)
    if not ids:
        raise NotFound(AnswerCard.kind, code)
    return await desk.get(AnswerCard, ids[0])


def talk_of(
    read: Snapshot, desk: Desk, session_id: str, me: PersonId, now: datetime
) -> tuple[Session, Request]:
    """A talk and its question where its helper may write a card of it; else NotYours, NoCardOfThis."""
    session = read.get(Session, session_id)
    if me != session.helper_id:
        raise NotYours
    request, card = read.find(Request, session.request_id), read.find(AnswerCard, session.id)
    is_late = session.ended_at is None or now > session.ended_at + WRITE_WITHIN
    is_other = session.way != "help" or session.reported_by or not session.was_held
    if not desk.policy.of(RULES).enabled or is_late or is_other or card or request is None:
        raise NoCardOfThis
    return session, request


def _both(session: Session) -> tuple[PersonId, PersonId]:
    return session.asker_id, session.helper_id


async def _whose(desk: Desk, id: str) -> tuple[PersonId, ...]:
    """The two of a card, or of the talk that it is to be of."""

    def view(read: Snapshot) -> tuple[PersonId, ...]:
        card, session = read.find(AnswerCard, id), read.find(Session, id)
        return card.both if card else _both(session) if session else ()

    return await desk.store.look(view, load=[Key(AnswerCard, id), Key(Session, id)])


def _until(desk: Desk, now: datetime) -> datetime:
    return now + timedelta(days=desk.policy.of(RULES).valid_days)


def _talk(session_id: str) -> list[Key]:
    request_id, _ = parts_of(session_id)
    return [Key(Session, session_id), Key(Request, request_id), Key(AnswerCard, session_id)]


async def _change(
    desk: Desk, card_id: str, now: datetime, change: Callable[[AnswerCard], AnswerCard]
) -> AnswerCard:
    def decide(read: Snapshot) -> tuple[AnswerCard, Changes]:
        before = read.get(AnswerCard, card_id)
        after = change(before)
        return after, NONE if after == before else changed(read, after, now)

    return await desk.store.commit(decide, load=[Key(AnswerCard, card_id)])

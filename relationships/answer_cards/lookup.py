"""Before anyone is asked: a card that answers a question is shown to its asker; the search waits a little.

Whatever the asker does, or leaves undone, the question goes on: it is filed before this looks.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice

from kernel.desk import Desk
from kernel.store import NONE, Changes, Due, Key, Later, Snapshot, together
from kernel.values import PersonId, RequestId
from matching.topics.same_question import SAME, likeness, nearest, telling
from matching.values import Urgency
from mentoring.model.load import Load
from mentoring.model.request import ROUTE, Request
from mentoring.requests.requests import own_request, withdrawing
from relationships.answer_cards.answer_card import ANSWERS_WITH, RULES, AnswerCard
from relationships.answer_cards.changes import changed
from relationships.answer_cards.found_answer import FORGET_FOUND, FoundAnswer

WORDS, PER_WORD = 8, 500  # of a question, the rarest; cards that have one of them, the newest
READ = 600  # characters of a question
AT_ONCE = 300  # cards that are looked at in one go: the loop waits for a thread no longer than that takes
EVER = datetime(2000, 1, 1, tzinfo=UTC)
HURRY = timedelta(minutes=2)  # the longest that a question waits which is needed right now


async def look(desk: Desk, request: Request, now: datetime, due: Due | None = None) -> bool:
    """Whether the search waits: an answer is shown, and its asker has some minutes to read it.

    A question is looked at once; where somebody was named, or to coach each other, never.
    """
    if not desk.policy.of(RULES).enabled or request.way != "help" or request.prefer:
        return False
    cards = await known(desk, request)
    if not cards:
        return False
    found = await desk.find(FoundAnswer, request.id)
    if found is None:
        card_id = await best(desk, request.question[:READ], cards)
        return card_id is not None and await _show(desk, request, card_id, now, due)
    if not found.waits(now):
        await _pass_by(desk, found)
        return False
    await desk.store.commit(
        lambda read: (None, _waited(read, request.id, now)), load=_keys(request.id), due=due
    )
    return True


async def known(desk: Desk, request: Request) -> Mapping[str, str]:
    """The gists of the cards that share a telling word and a topic with a question.

    A topic above or below one of the question's counts as that.
    """
    lists = [ANSWERS_WITH.of(word) for word in telling(request.question[:READ], WORDS)]
    found = await desk.store.gists(lists, limit=PER_WORD, since=EVER)
    near = frozenset(kin for topic in request.topics for kin in desk.topics.tree.kin(topic))
    cards: dict[str, str] = {}
    for part in _parts(found):
        cards |= await asyncio.to_thread(_about, part, near)
    return cards


def _about(lines: Mapping[str, str], topics: frozenset[str]) -> dict[str, str]:
    """The words of the cards that have one of these topics."""
    parted = ((id, line.partition(" ")) for id, line in lines.items())
    return {id: words for id, (of, _, words) in parted if not topics.isdisjoint(of.split(","))}


def _parts(lines: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Yield the lines some at a time."""
    left = iter(lines.items())
    while part := dict(islice(left, AT_ONCE)):
        yield part


async def best(desk: Desk, text: str, gists: Mapping[str, str]) -> str | None:
    """The card that answers a question as surely as none other, or None where none does."""
    near: dict[str, str] = {}
    for part in _parts(gists):
        near |= {id: gists[id] for id in await asyncio.to_thread(nearest, text, part)}
    ids = nearest(text, near)
    cards = await desk.store.look(lambda read: read.all(AnswerCard, ids)) if ids else []
    return await asyncio.to_thread(_surest, text, [card for card in cards if card.state == "shared"])


def _surest(text: str, cards: Iterable[AnswerCard]) -> str | None:
    sure = [(likeness(text, card.words.question), card.id) for card in cards]
    score, id = max(sure, default=(0.0, ""))
    return id if score >= SAME else None


async def solve(desk: Desk, request_id: str, me: PersonId, now: datetime) -> FoundAnswer:
    """End a question, as the answer was enough; whoever was asked meanwhile is told that it is over."""

    def decide(read: Snapshot) -> tuple[FoundAnswer, Changes]:
        found = read.get(FoundAnswer, request_id).check_asker(me)
        if found.state == "solved":
            return found, NONE
        _, ended = withdrawing(read, own_request(read, RequestId(request_id), me), desk.policy, now)
        card, solved = read.find(AnswerCard, found.card_id), found.solve(now)
        if card is None or card.is_ended:
            return solved, together(ended, Changes(put=[solved]))
        return solved, together(ended, Changes(put=[solved]), changed(read, card.solve_once_more(), now))

    return await desk.store.commit(decide, load=[*_keys(request_id), Key(Load, me)])


async def want_person(desk: Desk, request_id: str, me: PersonId, now: datetime) -> FoundAnswer:
    """Ask people at once, and note that the answer was not enough."""

    def decide(read: Snapshot) -> tuple[FoundAnswer, Changes]:
        found, request = read.get(FoundAnswer, request_id).check_asker(me), read.find(Request, request_id)
        wanted = found.come_to("wanted")
        if request is None or wanted == found:
            return wanted, NONE
        later = [Later(ROUTE, request_id, now)] if found.state == "shown" and request.is_looking else []
        return wanted, Changes(put=[wanted], later=later, show=request.shows())

    return await desk.store.commit(decide, load=_keys(request_id))


async def forget(desk: Desk, request_id: str, now: datetime, due: Due | None = None) -> None:
    """Drop what is known of a question and its answer."""
    await desk.store.commit(lambda _: (None, Changes(drop=[Key(FoundAnswer, request_id)])), due=due)


async def _show(desk: Desk, request: Request, card_id: str, now: datetime, due: Due | None) -> bool:
    """Show a card to whoever asked, and have the search wait; not where either has changed meanwhile."""
    rules, kept = desk.policy.of(RULES), timedelta(days=desk.policy.retention.request_days)
    wait = timedelta(minutes=rules.wait_minutes)
    until = now + (min(wait, HURRY) if request.urgency is Urgency.NOW else wait)

    def decide(read: Snapshot) -> tuple[None, Changes]:
        asked, card = read.find(Request, request.id), read.find(AnswerCard, card_id)
        again = Later(ROUTE, request.id, now)
        if asked is None or not asked.is_looking:
            return None, NONE
        if card is None or card.state != "shared":
            return None, Changes(later=[again])
        found = FoundAnswer(
            id=request.id, asker_id=asked.asker_id, card_id=card_id, found_at=now, until=until
        )
        later = [Later(ROUTE, request.id, until), Later(FORGET_FOUND, request.id, now + kept)]
        return None, Changes(put=[found, card.show_once_more()], later=later, show=asked.shows())

    await desk.store.commit(decide, load=[*_keys(request.id), Key(AnswerCard, card_id)], due=due)
    return True


def _waited(read: Snapshot, request_id: str, now: datetime) -> Changes:
    """The changes that let the search go on after the time to read, or at once for who wants a person."""
    found = read.find(FoundAnswer, request_id)
    return Changes(later=[Later(ROUTE, request_id, found.until if found and found.waits(now) else now)])


async def _pass_by(desk: Desk, found: FoundAnswer | None) -> None:
    """Note that nothing was pressed while the search waited."""
    if found is None or found.state != "shown":
        return

    def decide(read: Snapshot) -> tuple[None, Changes]:
        now = read.find(FoundAnswer, found.id)
        return None, Changes(put=[now.come_to("passed")]) if now and now.state == "shown" else NONE

    await desk.store.commit(decide, load=[Key(FoundAnswer, found.id)])


def _keys(request_id: str) -> list[Key]:
    return [Key(Request, request_id), Key(FoundAnswer, request_id)]

"""Every card and form of second opinions, with a text wherever one can type."""

from collections.abc import Iterator
from typing import Any, get_args

from make import ADA, ASKER, BEN, CY, DEE, NOW, R1
from make_opinion import opinion, seated

from handlers.block_kit.picture import Picture
from handlers.second_opinions import card, form, view_card
from handlers.second_opinions.form import Filling
from kernel.desk import Desk
from kernel.values import TopicId
from matching.values import Lane, Reason, ReasonKind
from relationships.second_opinions.second_opinion import LONGEST, Outcome, SecondOpinion

NAMES = {ADA: "Ada Lovelace", BEN: "Ben Bitdiddle", CY: "Cy"}
TEN = tuple(TopicId(f"topic-{number}") for number in range(10))
REASON = Reason(ReasonKind.TOPIC, 1.0, {"topic": "topic-1", "level": 3})


def typed(text: str) -> str:
    """A text as long as it may be typed."""
    return text[:LONGEST].strip() or "x"


def open_ones(text: str, *, anonymous: bool = False) -> Iterator[SecondOpinion]:
    """Yield second opinions that are open, in every state, with as much in them as can be."""
    said = typed(text)
    more = {"id": "O" * 40, "question": said, "own_view": said, "topics": TEN, "anonymous": anonymous}
    empty = opinion(**more)
    yield from (empty, empty.seek_at(NOW), opinion(anonymous=anonymous))
    three = empty.seat(ADA, Lane.PEER, (REASON,), NOW)
    yield three
    for person, lane in ((BEN, Lane.SENIOR), (CY, Lane.REVERSE)):
        three = three.seat(person, lane, (REASON,), NOW)
    yield from (three, three.decline(CY), three.decline(CY).seat(DEE, Lane.PEER, (), NOW).release(DEE))
    one = three.answer(ADA, said, NOW)
    two = one.answer(BEN, said, NOW)
    yield from (one, two, two.answer(CY, said, NOW), one.close("time", NOW))
    yield from (one.decline(BEN).decline(CY).close("nobody", NOW), two.without(ADA).without(BEN))
    yield from (two.choose(1, R1, NOW), two.settle(NOW), two.choose(1, R1, NOW).without(ADA), two.ask_back())
    yield one.close("time", NOW).ask_back()


def opinions(text: str) -> Iterator[SecondOpinion]:
    """Yield second opinions in every state, and ended in every way."""
    for anonymous in (False, True):
        yield from open_ones(text, anonymous=anonymous)
        three = seated(question=typed(text), anonymous=anonymous, own_view=typed(text))
        two = three.answer(ADA, typed(text), NOW).answer(BEN, typed(text), NOW)
        yield from (opinion(anonymous=anonymous).close("nobody", NOW), three.close("time", NOW))
        yield from (three.withdraw(NOW), three.answer(ADA, typed(text), NOW).withdraw(NOW), two.end(NOW))
        for outcome in get_args(Outcome):
            over = two.settle(NOW).come_to(outcome, text[:300].strip(), NOW)
            yield from (over, over.tell(ADA).tell(BEN))


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card, of whoever has one."""
    for it in opinions(text):
        yield from (card.card(it, names, desk) for names in (NAMES, {}))
        yield from (card.card(it, NAMES, desk, frozenset(gone)) for gone in ((ADA,), NAMES))
        for left in (False, True):
            seen = (view_card.card(it, me, desk, has_asker_left=left) for me in (ADA, BEN, CY, DEE))
            yield from filter(None, seen)


def views(text: str, desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield every form."""
    said, three = typed(text), seated(question=typed(text), own_view=typed(text))
    full = Filling("c" * 20, text[:3000], TEN, said, anonymous=True, is_cautioned=True)
    yield from (form.form(Filling("c"), desk), form.form(full, desk, note="Kept."))
    yield from (form.own_view(three), form.view(three, said), form.view(three, ""), form.outcome(three))


def asked_of(text: str) -> list[SecondOpinion]:
    """What waits for a view of somebody's."""
    return [each for each in opinions(text) if each.waiting and each.asker_id == ASKER]

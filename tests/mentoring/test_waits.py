"""How long people usually wait, from what happened here in the last 90 days."""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, get_args

import make
import pytest
from make import ADA, DAY, HOUR, MINUTE, NOW
from office import Office

from kernel.store import Changes, Key
from kernel.values import RequestId, SessionId, TopicId
from matching.learning import survival as waiting
from mentoring.learning.waits import MOST, WINDOW, WaitEstimate, wait_estimate
from mentoring.model.request import Request, Wish
from storage.connection.keys import keys_of

TOPICS = (make.PYTHON, make.SQL, make.CAREER)


def unheard(number: int, minutes: int, ago: int = 0, **changed: Any) -> Request:
    """A request that waited so many minutes, so many days ago, and that nobody took."""
    asked_at = NOW - ago * DAY - minutes * MINUTE
    return make.request(id=RequestId(f"R{number}"), asked_at=asked_at, **changed)


def accepted(number: int, minutes: int, ago: int = 0, **changed: Any) -> Request:
    """A request that somebody took after so many minutes."""
    request = unheard(number, minutes, ago, **changed)
    return request.accept(ADA, SessionId("S"), (), request.asked_at + minutes * MINUTE)


async def estimate(office: Office, past: Iterable[Request], **changed: Any) -> WaitEstimate | None:
    """What is said of a new request after these."""
    request = make.request(id=RequestId("new"), **changed)
    await office.put(request, *past)
    return await wait_estimate(office.desk, request, NOW)


async def test_the_middle_wait_is_told_with_the_number_of_asks(office: Office):
    past = [accepted(number, 10 * number) for number in range(1, 12)]

    assert await estimate(office, past) == WaitEstimate(minutes=60, of=11)


async def test_asks_that_nobody_took_make_the_wait_longer(office: Office):
    taken = [accepted(number, 10 * number) for number in range(1, 12)]
    withdrawn = [unheard(number, 300, 1).withdraw(NOW - DAY) for number in range(20, 24)]
    waiting = [unheard(number, 600) for number in range(30, 34)]

    assert await estimate(office, [*taken, *withdrawn, *waiting]) == WaitEstimate(minutes=100, of=19)


async def test_where_most_asks_stay_unheard_nothing_is_promised(office: Office):
    past = [accepted(number, 10) for number in range(10)]

    assert await estimate(office, [*past, *(unheard(number, 600) for number in range(10, 30))]) is None


async def test_below_ten_acceptances_nothing_is_promised(office: Office):
    assert await estimate(office, [accepted(number, 10) for number in range(9)]) is None


async def test_what_was_asked_more_than_90_days_ago_does_not_count(office: Office):
    assert await estimate(office, [accepted(number, 10, ago=91) for number in range(19)]) is None


async def test_a_request_of_two_topics_counts_once(office: Office):
    both = (make.PYTHON, make.SQL)
    past = [accepted(number, 10, topics=both) for number in range(10)]

    assert await estimate(office, past, topics=both) == WaitEstimate(minutes=10, of=10)


async def test_who_wishes_a_lane_hears_of_asks_that_wished_it(office: Office):
    quick = [accepted(number, 10) for number in range(12)]
    slow = [accepted(number, 90, lane="senior") for number in range(20, 30)]

    assert await estimate(office, [*quick, *slow], lane="senior") == WaitEstimate(
        minutes=90, of=10, lane="senior"
    )


async def test_a_lane_that_few_wished_is_told_from_all_asks(office: Office):
    quick = [accepted(number, 10) for number in range(12)]
    slow = [accepted(number, 90, lane="senior") for number in range(20, 29)]

    assert await estimate(office, [*quick, *slow], lane="senior") == WaitEstimate(minutes=10, of=21)


async def test_the_request_itself_does_not_count(office: Office):
    past = [accepted(number, 10) for number in range(10)]

    assert await estimate(office, past, asked_at=NOW - 5 * HOUR) == WaitEstimate(minutes=10, of=10)


async def test_no_topics_have_no_past(office: Office):
    assert await estimate(office, [accepted(number, 10) for number in range(10)], topics=()) is None


async def from_documents(office: Office, request: Request, now: datetime = NOW) -> WaitEstimate | None:
    """The same from the documents themselves: the latest hundred of each topic, whatever they are."""
    found: dict[str, Request] = {}
    for topic in request.topics:
        ids = await office.desk.store.ids(f"asked-in:{topic}", limit=MOST, since=now - WINDOW)
        asks = await office.desk.store.look(lambda read, ids=ids: read.all(Request, ids))
        found |= {ask.id: ask for ask in asks if ask.id != request.id}
    lanes: list[tuple[Wish, list[Request]]] = [
        (request.lane, [ask for ask in found.values() if ask.lane == request.lane]),
        ("any", list(found.values())),
    ]
    for lane, asks in lanes:
        ends = [ask.accepted_at or ask.ended_at or now for ask in asks]
        pairs = zip(asks, ends, strict=True)
        waits = [
            waiting.WaitSoFar((end - it.asked_at) / MINUTE, it.accepted_at is not None) for it, end in pairs
        ]
        if (minutes := waiting.expected_wait(waits)) is not None:
            return WaitEstimate(minutes=round(minutes), of=len(asks), lane=lane)
    return None


def some_past(draw: random.Random) -> Iterator[Request]:
    """Yield asks as they were filed."""
    topics = TOPICS[: draw.randint(1, 3)]
    for number in range(draw.choice((9, 30, 130))):
        yield make.request(
            id=RequestId(f"R{number}"),
            topics=tuple(draw.sample(topics, draw.randint(1, len(topics)))),
            lane=draw.choice(get_args(Wish)),
            asked_at=NOW - draw.uniform(0, draw.choice((5, 100))) * DAY,
        )


def gone_on(draw: random.Random, ask: Request) -> Request | None:
    """An ask after something more has happened to it, None where it was dropped."""
    at = ask.asked_at + draw.random() ** 3 * (NOW - ask.asked_at)
    if ask.is_ended:
        return draw.choice((ask, ask, None))
    if ask.accepted_at:
        return draw.choice((ask, ask.resolve(NOW), ask.look_again(NOW), ask.leave_unanswered("helper_left")))
    new = {"topics": TOPICS[: draw.randint(1, 3)], "lane": draw.choice(get_args(Wish))}
    taken = ask.accept(ADA, SessionId("S"), (), at)
    return draw.choice((ask, taken, taken, taken, ask.withdraw(at), ask.reword(**new)))


@pytest.mark.parametrize("seed", range(10))
async def test_the_same_is_said_as_by_whoever_reads_every_ask(office: Office, seed: int):
    draw = random.Random(seed)
    past = {ask.id: ask for ask in some_past(draw)}
    await office.put(*past.values())
    said = []

    for _ in range(3):
        after = {id: gone_on(draw, ask) for id, ask in past.items()}
        dropped = [Key(Request, id) for id, ask in after.items() if ask is None]
        past = {id: ask for id, ask in after.items() if ask}
        changes = Changes(put=[*past.values()], drop=dropped)
        await office.desk.store.commit(lambda _, changes=changes: (None, changes))
        for mine in draw.sample([*past.values()], min(3, len(past))):
            said.append(await wait_estimate(office.desk, mine, NOW))
            assert said[-1] == await from_documents(office, mine)

    assert seed or any(said), "a guess that is never made says nothing"


async def test_what_an_earlier_release_left_is_read_once_and_then_known(office: Office):
    past = [accepted(number, 10 * number) for number in range(1, 12)]
    request = make.request(id=RequestId("new"))
    await office.put(request, *past[:8])
    gists = keys_of(office.workspace).gists("asked-in:python")
    await office.stores.wire.call("DEL", gists)
    await office.put(*past[8:])

    assert await wait_estimate(office.desk, request, NOW) == WaitEstimate(minutes=60, of=11)
    known = await office.stores.wire.call("HKEYS", gists)
    assert {it.id for it in past} <= set(known)


@pytest.mark.parametrize("topic", [make.PYTHON, make.SQL])
async def test_what_is_said_needs_no_ask_to_be_read(office: Office, topic: TopicId):
    both = (make.PYTHON, make.SQL)
    past = [accepted(number, 10 * number, topics=both) for number in range(1, 12)]
    request = make.request(id=RequestId("new"), topics=(topic,))
    await office.put(request, *past)
    unreadable = [("SET", keys_of(office.workspace).document("request", it.id), "1 {}") for it in past]
    await office.stores.wire.calls(unreadable)

    assert await wait_estimate(office.desk, request, NOW) == WaitEstimate(minutes=60, of=11)


async def test_a_line_of_a_later_release_is_not_understood_and_its_ask_is_read(office: Office):
    past = [accepted(number, 10 * number) for number in range(1, 12)]
    request = make.request(id=RequestId("new"))
    await office.put(request, *past)
    gists = keys_of(office.workspace).gists("asked-in:python")
    await office.stores.wire.call("HSET", gists, "R3", "any perhaps 30")

    assert await wait_estimate(office.desk, request, NOW) == WaitEstimate(minutes=60, of=11)


async def test_with_the_last_ask_of_a_topic_its_lines_go(office: Office):
    await office.put(accepted(1, 10, topics=(make.PYTHON, make.SQL)))

    await office.desk.store.commit(lambda _: (None, Changes(drop=[Key(Request, "R1")])))

    assert await office.keys() == set()

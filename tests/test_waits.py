"""How long people usually wait, from what happened here in the last 90 days."""

from collections.abc import Iterable
from typing import Any

import make
from make import ADA, DAY, HOUR, MINUTE, NOW
from office import Office

from kernel.values import RequestId, SessionId
from mentoring.learning.waits import Wait, wait_estimate
from mentoring.model.request import Request


def unheard(number: int, minutes: int, ago: int = 0, **changed: Any) -> Request:
    """Return a request that waited so many minutes, so many days ago, and that nobody took."""
    asked_at = NOW - ago * DAY - minutes * MINUTE
    return make.request(id=RequestId(f"R{number}"), asked_at=asked_at, **changed)


def accepted(number: int, minutes: int, ago: int = 0, **changed: Any) -> Request:
    """Return a request that somebody took after so many minutes."""
    request = unheard(number, minutes, ago, **changed)
    return request.accept(ADA, SessionId("S"), (), request.asked_at + minutes * MINUTE)


async def estimate(office: Office, past: Iterable[Request], **changed: Any) -> Wait | None:
    """Return what is said of a new request after these."""
    request = make.request(id=RequestId("new"), **changed)
    await office.put(request, *past)
    return await wait_estimate(office.desk, request, NOW)


async def test_the_middle_wait_is_told_with_the_number_of_asks(office: Office):
    past = [accepted(number, 10 * number) for number in range(1, 12)]

    assert await estimate(office, past) == Wait(minutes=60, of=11)


async def test_asks_that_nobody_took_make_the_wait_longer(office: Office):
    taken = [accepted(number, 10 * number) for number in range(1, 12)]
    withdrawn = [unheard(number, 300, 1).withdraw(NOW - DAY) for number in range(20, 24)]
    waiting = [unheard(number, 600) for number in range(30, 34)]

    assert await estimate(office, [*taken, *withdrawn, *waiting]) == Wait(minutes=100, of=19)


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

    assert await estimate(office, past, topics=both) == Wait(minutes=10, of=10)


async def test_who_wishes_a_lane_hears_of_asks_that_wished_it(office: Office):
    quick = [accepted(number, 10) for number in range(12)]
    slow = [accepted(number, 90, lane="senior") for number in range(20, 30)]

    assert await estimate(office, [*quick, *slow], lane="senior") == Wait(minutes=90, of=10, lane="senior")


async def test_a_lane_that_few_wished_is_told_from_all_asks(office: Office):
    quick = [accepted(number, 10) for number in range(12)]
    slow = [accepted(number, 90, lane="senior") for number in range(20, 29)]

    assert await estimate(office, [*quick, *slow], lane="senior") == Wait(minutes=10, of=21)


async def test_the_request_itself_does_not_count(office: Office):
    past = [accepted(number, 10) for number in range(10)]

    assert await estimate(office, past, asked_at=NOW - 5 * HOUR) == Wait(minutes=10, of=10)


async def test_no_topics_have_no_past(office: Office):
    assert await estimate(office, [accepted(number, 10) for number in range(10)], topics=()) is None

"""How long people usually wait, from what happened here in the last 90 days."""

import make
from make import ADA, DAY, MINUTE, NOW
from office import Office

from mentoring.request import Request
from mentoring.values import RequestId, SessionId
from mentoring.waits import Wait, wait_estimate


def accepted(number: int, minutes: int, ago: int = 0) -> Request:
    """Return a request that waited so many minutes, so many days ago."""
    asked_at = NOW - ago * DAY - minutes * MINUTE
    request = make.request(id=RequestId(f"R{number}"), asked_at=asked_at)
    return request.accept(ADA, SessionId("S"), (), asked_at + minutes * MINUTE)


async def test_the_median_wait_is_told_with_the_number_of_requests(office: Office):
    await office.put(*(accepted(number, minutes) for number, minutes in enumerate([5, 10, 40, 60, 500])))

    assert await wait_estimate(office.desk, [make.PYTHON], NOW) == Wait(minutes=40, of=5)


async def test_below_five_nothing_is_promised(office: Office):
    await office.put(*(accepted(number, 10) for number in range(4)))

    assert await wait_estimate(office.desk, [make.PYTHON], NOW) is None


async def test_what_is_older_than_90_days_does_not_count(office: Office):
    await office.put(*(accepted(number, 10, ago=91) for number in range(9)))

    assert await wait_estimate(office.desk, [make.PYTHON], NOW) is None


async def test_a_request_of_two_topics_counts_once(office: Office):
    both = {"topics": (make.PYTHON, make.SQL)}
    await office.put(*(accepted(number, 10).model_copy(update=both) for number in range(5)))

    assert await wait_estimate(office.desk, [make.SQL, make.PYTHON], NOW) == Wait(minutes=10, of=5)


async def test_no_topics_have_no_past(office: Office):
    assert await wait_estimate(office.desk, [], NOW) is None

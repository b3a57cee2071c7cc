"""A trail as single happenings: in order of time, each when it became known."""

from collections.abc import AsyncIterator

import make
import make_matching
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, BEN, DAY, HOUR, MINUTE, NOW
from make_past import past_talk
from office import Office

from kernel.values import PersonId
from matching.learning.history import History
from matching.values import Lane
from mentoring.learning.events import Asked, Gave, Happening, Helped, Seen, in_order, tell
from mentoring.learning.request_history import Approached, PastRequest, SessionOutcome, trail


async def one_by_one(pasts: list[PastRequest]) -> AsyncIterator[PastRequest]:
    for past in pasts:
        yield past


async def told(pasts: list[PastRequest]) -> list[Happening]:
    return [each async for each in in_order(one_by_one(pasts))]


async def test_a_talk_is_asked_given_seen_and_at_last_known_to_have_helped(office: Office):
    await office.put(make.person(), *past_talk("R1", NOW))

    happened = [each async for each in in_order(trail(office.desk))]

    assert [(type(each), each.at - NOW) for each in happened] == [
        (Asked, 0 * HOUR),
        (Gave, 0 * HOUR),
        (Seen, 5 * MINUTE),
        (Helped, HOUR),
    ]
    assert happened[-1] == Helped(NOW + HOUR, "R1", ADA, NOW + 5 * MINUTE, worked=True)


async def test_a_talk_of_which_nobody_said_anything_counts_from_its_end_as_one_that_did_not_prove_itself(
    office: Office,
):
    await office.put(make.person(), *past_talk("R1", NOW, helped=None))

    *_, last = [each async for each in in_order(trail(office.desk))]

    assert last == Helped(NOW + 30 * MINUTE, "R1", ADA, NOW + 5 * MINUTE, worked=False)


async def test_that_two_coached_each_other_says_nothing_of_who_helps_with_what(office: Office):
    request, *others = past_talk("R1", NOW)
    await office.put(make.person(), request.model_copy(update={"way": "peer_coaching"}), *others)

    assert [each async for each in in_order(trail(office.desk))] == []


@st.composite
def pasts(draw: st.DrawFn) -> list[PastRequest]:
    """Requests in order of asking, with outcomes known up to a month later."""
    gaps = draw(st.lists(st.integers(0, 10), max_size=8))
    found, at = [], NOW
    for number, gap in enumerate(gaps):
        at += gap * DAY
        known = at + draw(st.integers(1, 30)) * DAY
        found.append(
            PastRequest(
                make_matching.ask(id=f"R{number}"),
                at,
                (Approached(ADA, Lane.PEER, at + HOUR, draw(st.sampled_from([None, at + 2 * HOUR]))),),
                PersonId(draw(st.sampled_from([ADA, BEN]))),
                Lane.PEER,
                at + 2 * HOUR,
                known,
                draw(st.sampled_from([None, SessionOutcome(at + 3 * HOUR, known, True)])),
            )
        )
    return found


@make_matching.calmly
@given(pasts())
async def test_time_never_goes_back_and_an_ask_comes_before_its_outcome(past: list[PastRequest]):
    happened = await told(past)
    history = History()

    for each in happened:
        tell(history, each)

    assert [each.at for each in happened] == sorted(each.at for each in happened)
    outcomes = sum(each.outcome is not None for each in past)
    assert (len(history.pasts), len(history.answers)) == (len(past), outcomes)


async def test_what_is_over_is_told_before_the_rest_of_the_trail_is_read():
    asked = [PastRequest(make_matching.ask(id=f"R{n}"), NOW + n * DAY) for n in range(3)]
    read: list[str] = []

    async def slowly() -> AsyncIterator[PastRequest]:
        for past in asked:
            read.append(past.ask.id)
            yield past

    first = await anext(in_order(slowly()))

    assert first == Asked(NOW, asked[0])
    assert read == ["R0", "R1"]

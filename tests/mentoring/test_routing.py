"""Who is asked, when, and what happens when nobody is left."""

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from types import FrameType

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, MINUTE, NOW, R1, offer_to
from office import Office

from handlers.requests import card as request_card
from kernel.errors import CannotHelp
from kernel.policy import Policy
from kernel.presence import Available
from kernel.values import PersonId, RequestId, SessionId
from kernel.working_hours import ALWAYS, NEVER, parse_hours
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.values import Lane, Urgency
from mentoring.learning.explanation import explain
from mentoring.model.load import Booking
from mentoring.model.offer import Offer
from mentoring.model.person import Person, Profile
from mentoring.model.request import Hold, Request
from mentoring.people.people import enrol
from mentoring.requests.requests import file
from mentoring.requests.retries import keep_waiting
from mentoring.routing.offers import accept, decline
from mentoring.routing.routing import route, run_out
from slackapp.commands import explain_report


@dataclass
class Stale:
    """A directory that has not heard the news."""

    helpers: HelperIndex

    async def index(self) -> HelperIndex:
        return self.helpers


async def test_the_best_helper_is_asked_first(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    request, offer = await office.get(Request, R1), await office.get(Offer, offer_to(ADA))
    assert (request.state, [it.helper_id for it in request.asked]) == ("offered", [ADA])
    assert (offer.state, offer.wave, offer.lane, offer.deadline) == ("pending", 1, Lane.PEER, NOW + 2 * HOUR)
    assert (await office.carried(ADA)).open_offers == (offer.id,)
    assert (await office.planned())["offer_expires", offer.id] == offer.deadline
    assert await office.times_shown("offer:R1.U0ADA", ADA) == 1
    assert await office.times_shown("request:R1", ASKER) == 2


async def test_people_are_ranked_once_where_somebody_is_free_and_profiles_decide(office: Office):
    times = 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal times
        times += event == "call" and frame.f_code is rank.__code__

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    finally:
        sys.setprofile(before)

    assert times == 1
    assert asked_of(await office.get(Request, R1)) == [ADA]


async def test_a_request_is_routed_in_few_round_trips(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN), question="The first one warms up")
    second = RequestId("R2")
    await file(office.desk, ASKER, make.new_request(question="What else?"), second, NOW)
    before = await office.reads()

    await route(office.desk, second, NOW)

    assert (await office.get(Request, second)).asked
    assert await office.reads() - before <= 6


async def test_routing_again_asks_nobody_else(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN))

    await route(office.desk, R1, NOW + MINUTE)

    assert len((await office.get(Request, R1)).asked) == 1


async def test_two_workers_that_route_at_once_ask_one_helper(office: Office):
    await office.put(make.person(), *(make.helper(id) for id in (ADA, BEN, CY, DEE)))
    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    await asyncio.gather(*(route(office.desk, R1, NOW) for _ in range(4)))

    assert len((await office.get(Request, R1)).asked) == 1
    carried = [len((await office.carried(id)).open_offers) for id in (ADA, BEN, CY, DEE)]
    assert sum(carried) == 1


async def test_after_two_in_turn_six_are_asked_at_once_and_then_the_ways_out_are_shown(office: Office):
    people = [make.helper(f"U0H{number}") for number in range(9)]
    await office.asked(*people)
    waves = []

    while (request := await office.get(Request, R1)).state == "offered":
        waves.append([it.helper_id for it in request.asked_now if it.wave == request.next_wave - 1])
        for id in waves[-1]:
            await decline(office.desk, offer_to(id), id, NOW + MINUTE)
        assert (await office.get(Request, R1)).state == "open"
        await office.run(NOW + MINUTE)

    assert [len(wave) for wave in waves] == [1, 1, 6]
    assert (request.state, request.gap) == ("unanswered", "nobody")
    assert len({id for wave in waves for id in wave}) == 8
    assert await office.desk.store.ids("unanswered") == [R1]


async def test_whoever_has_a_question_of_the_asker_gets_the_next_only_where_nobody_else_can_have_it(
    office: Office,
):
    office.policy = Policy(open_offers=2)
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    [first] = (await office.get(Request, R1)).asked

    for id in ("R2", "R3"):
        new = make.new_request(question=f"Another, {id}?")
        await file(office.desk, ASKER, new, RequestId(id), NOW)
        await office.run(NOW)

    second, third = [(await office.get(Request, RequestId(id))).asked[0] for id in ("R2", "R3")]
    assert first.helper_id == ADA
    assert second.helper_id == BEN
    assert third.helper_id == ADA


async def a_minute_apart(office: Office, ids: list[RequestId]) -> list[Request]:
    """Ask more, one a minute, and give each its time."""
    for place, id in enumerate(ids):
        at = NOW + place * MINUTE
        await file(office.desk, ASKER, make.new_request(question=f"Another, {id}?"), id, at)
        await office.run(at)
    return [await office.get(Request, id) for id in ids]


async def test_whoever_has_a_question_gets_the_next_when_they_have_answered_it(office: Office):
    """The questions stand in line, in order; each goes to who is free first, and none is given up."""
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    later = [RequestId(f"R{number}") for number in (2, 3, 4)]
    second, third, fourth = await a_minute_apart(office, later)

    assert (asked_of(second), asked_of(third), asked_of(fourth)) == ([BEN], [], [])
    assert (third.state, third.held) == ("open", Hold(until=NOW + 2 * HOUR, is_busy=True))
    assert (await office.carried(ADA)).in_line == (third.id, fourth.id)
    asked = await explain(office.desk, R1, NOW + 2 * MINUTE)
    assert ([it.helper_id for it in asked.ranked], asked.ranked[0].reasons[0].kind) == ([ADA], "topic")

    await accept(office.desk, offer_to(ADA), ADA, NOW + 5 * MINUTE)
    await office.run(NOW + 5 * MINUTE)
    await decline(office.desk, offer_to(BEN, second.id), BEN, NOW + 6 * MINUTE)
    await office.run(NOW + 6 * MINUTE)

    second, third, fourth = [await office.get(Request, id) for id in later]
    assert (asked_of(third), asked_of(fourth)) == ([ADA], [BEN])
    assert (second.state, second.held and second.held.is_busy) == ("open", True)
    assert (await office.carried(ADA)).in_line == (fourth.id, second.id)


async def test_who_takes_several_at_once_gets_as_many_and_who_stands_in_line_is_next_once_they_take_more(
    office: Office,
):
    await office.asked(make.helper(ADA, questions_at_once=2))
    later = [RequestId(f"R{number}") for number in (2, 3, 4)]
    second, third, fourth = await a_minute_apart(office, later)
    assert (asked_of(second), asked_of(third), asked_of(fourth)) == ([ADA], [], [])
    assert (third.held and third.held.is_busy, fourth.held and fourth.held.is_busy) == (True, True)

    three = Profile(topics={make.PYTHON: 2}, questions_at_once=3)
    await enrol(office.desk, ADA, three, NOW + 5 * MINUTE)
    await office.run(NOW + 5 * MINUTE)
    assert [asked_of(await office.get(Request, id)) for id in later] == [[ADA], [ADA], []]

    await decline(office.desk, offer_to(ADA), ADA, NOW + 6 * MINUTE)
    await office.run(NOW + 6 * MINUTE)

    assert [asked_of(await office.get(Request, id)) for id in later] == [[ADA], [ADA], [ADA]]
    assert len((await office.carried(ADA)).open_offers) == 3


async def test_a_question_waits_for_the_one_who_was_picked_and_for_nobody_whose_answer_comes_too_late(
    office: Office,
):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}), urgency=Urgency.THIS_WEEK)
    second, third = RequestId("R2"), RequestId("R3")
    await file(office.desk, ASKER, make.new_request(question="You?", prefer=ADA), second, NOW)
    await office.put(make.load(BEN, open_sessions=("S1", "S2")))
    await file(office.desk, ASKER, make.new_request(question="Now?", urgency=Urgency.NOW), third, NOW)

    await office.run(NOW)

    picked = await office.get(Request, second)
    assert (picked.prefer, picked.held and picked.held.is_busy) == (ADA, True)
    assert "The person you picked can't be asked yet." in request_card.progress(
        picked, office.desk, request_card.SearchState()
    )
    urgent = await office.get(Request, third)
    assert (urgent.state, urgent.gap) == ("unanswered", "nobody")


async def test_nobody_at_all_shows_the_ways_out_at_once(office: Office):
    await office.asked()

    request = await office.get(Request, R1)
    assert (request.state, request.gap) == ("unanswered", "nobody")
    assert ("give_up", R1) in await office.planned()


async def test_who_was_named_is_asked_before_the_best(office: Office):
    await office.asked(make.helper(ADA), make.person(BEN, level=6), prefer=BEN)

    offer = await office.get(Offer, offer_to(BEN))
    assert (offer.wave, offer.lane) == (0, Lane.SENIOR)
    assert (await office.get(Request, R1)).prefer is None


async def test_a_named_person_who_has_paused_meanwhile_gives_way_to_the_best(office: Office):
    await office.put(make.person(), make.helper(ADA), make.helper(BEN))
    await file(office.desk, ASKER, make.new_request(prefer=BEN), R1, NOW)
    await office.put(make.helper(BEN, paused_until=NOW + DAY))

    await route(office.desk, R1, NOW)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [ADA]


async def test_people_kept_apart_are_not_asked_whoever_wished_it(office: Office):
    await office.put(make.person(do_not_match={ADA}, managers=(BEN,)))
    await office.put(
        make.helper(ADA),
        make.helper(BEN),
        make.helper(CY, do_not_match={ASKER}),
        make.helper(DEE, managers=(ASKER,)),
    )
    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    await route(office.desk, R1, NOW)

    assert (await office.get(Request, R1)).state == "unanswered"


BOSS, HEAD = PersonId("U0BOSS"), PersonId("U0HEAD")


@pytest.mark.parametrize(
    "line",
    [
        [make.person(managers=(BOSS,)), make.person(BOSS, managers=(HEAD,)), make.helper(HEAD)],
        [make.person(), make.person(BOSS, managers=(ASKER,)), make.helper(HEAD, managers=(BOSS,))],
        [make.person(managers=(CY, BOSS)), make.person(BOSS, managers=(HEAD,)), make.helper(HEAD)],
        [
            make.person(managers=(BOSS,)),
            make.person(BOSS, standing="left", managers=(ASKER, HEAD)),
            make.helper(HEAD, managers=(BOSS,)),
        ],
    ],
    ids=["a manager's manager", "a report's report", "the second manager's", "in a circle"],
)
@pytest.mark.parametrize("is_loaded", [True, False])
async def test_nobody_is_asked_who_stands_above_or_below_however_far_away(
    office: Office, line: list[Person], is_loaded: bool
):
    if is_loaded:
        await office.desk.directory.index()
    await office.put(*line, make.helper(ADA, {make.PYTHON: 1}))
    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    await route(office.desk, R1, NOW)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [ADA]
    with pytest.raises(CannotHelp) as refused:
        await file(office.desk, ASKER, make.new_request(prefer=HEAD), RequestId("R2"), NOW)
    assert refused.value.why == "asked"
    found = await explain(office.desk, R1, NOW)
    assert (found.in_line, HEAD in [it.helper_id for it in found.ranked]) == ((HEAD,), False)
    assert f"left out: {HEAD.title()} ({HEAD})" in "\n".join(explain_report.lines(found, make.TOPICS))


async def test_the_line_is_known_as_it_is_now(office: Office):
    async def around(person_id: PersonId) -> frozenset[str]:
        return (await office.desk.directory.index()).lines.around(person_id)

    await office.put(make.person(managers=(BOSS,)), make.person(BOSS), make.helper(HEAD))
    assert await around(ASKER) == {BOSS}
    await office.put(make.person(BOSS, managers=(HEAD,)))
    assert (await around(ASKER), await around(HEAD)) == ({BOSS, HEAD}, {BOSS, ASKER})
    await office.put(make.person(BOSS, managers=(ADA,)))
    assert (await around(ASKER), await around(HEAD)) == ({BOSS, ADA}, frozenset())


async def test_guests_and_people_who_left_are_not_asked(office: Office):
    gone = [
        make.helper(f"U0{standing.upper()}", standing=standing)
        for standing in ("left", "guest", "bot", "outside")
    ]

    await office.asked(*gone, make.helper(ADA))

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [ADA]


async def test_a_helper_whose_offers_are_full_in_truth_is_passed_over(office: Office):
    """The index may be behind the documents: the commit decides."""
    await office.put(make.person(), make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    stale = await office.desk.directory.index()
    await file(office.desk, ASKER, make.new_request(), R1, NOW)
    await office.put(make.load(ADA, open_offers=("R8.U0ADA", "R9.U0ADA")))

    await route(replace(office.desk, directory=Stale(stale)), R1, NOW)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [BEN]


async def test_minutes_used_up_pass_a_helper_over(office: Office):
    booked = Booking(session_id=SessionId("S1"), minutes=40, at=NOW - DAY)
    await office.put(make.load(ADA, bookings=(booked,)))

    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [BEN]


async def test_who_is_in_do_not_disturb_is_not_asked_for_now(office: Office):
    office.presence.seen = {ADA: Available(state="dnd", until=NOW + HOUR), BEN: Available(state="away")}

    await office.asked(
        make.helper(ADA), make.helper(BEN), make.helper(CY, {make.PYTHON: 1}), urgency=Urgency.NOW
    )

    request = await office.get(Request, R1)
    assert [it.helper_id for it in request.asked] == [CY]
    assert (await office.get(Offer, offer_to(CY))).deadline == NOW + 15 * MINUTE


SYDNEY = "Australia/Sydney"  # it is 21:00 there; at work from 9:00, which is 22:00 in UTC
LISBON_LATE = parse_hours("mon-fri 11:00-19:00")


def asked_of(request: Request) -> list[str]:
    return [it.helper_id for it in request.asked]


@pytest.mark.parametrize(
    ("helper", "seen", "said", "holidays", "until", "why"),
    [
        ({"zone": SYDNEY}, None, {}, (), NOW + 12 * HOUR, "hours"),
        ({"zone": SYDNEY}, None, {"urgency": Urgency.THIS_WEEK}, (), NOW + 12 * HOUR, "hours"),
        ({"zone": SYDNEY}, None, {"prefer": ADA}, (), NOW + 12 * HOUR, "hours"),
        ({"hours": LISBON_LATE}, None, {"urgency": Urgency.NOW}, (), NOW + HOUR, "hours"),
        ({}, NOW + HOUR, {}, (), NOW + HOUR, "quiet"),
        ({}, NOW + HOUR, {"urgency": Urgency.THIS_WEEK}, (), NOW + HOUR, "quiet"),
        ({}, NOW + HOUR, {"prefer": ADA}, (), NOW + HOUR, "quiet"),
        ({}, NOW + 8 * HOUR, {}, (), NOW + 23 * HOUR, "hours"),
        ({}, None, {}, ("2026-11-23",), NOW + 23 * HOUR, "hours"),
        ({"hours": parse_hours("mon-fri 9:00-10:10")}, None, {}, (), NOW + 23 * HOUR, "hours"),
    ],
    ids=[
        "night",
        "this week",
        "by name",
        "now, from eleven",
        "dnd",
        "dnd this week",
        "dnd, by name",
        "dnd until the evening",
        "holiday",
        "last minutes of the day",
    ],
)
async def test_an_offer_is_made_when_its_helper_is_at_work(
    office: Office,
    *,
    helper: dict[str, object],
    seen: datetime | None,
    said: dict[str, object],
    holidays: tuple[str, ...],
    until: datetime,
    why: str,
):
    office.policy = Policy(holidays=holidays)
    office.presence.seen = {ADA: Available(state="dnd", until=seen)} if seen else {}
    await office.asked(make.helper(ADA, **helper), **said)

    held = await office.get(Request, R1)
    assert (held.state, held.asked, held.held) == ("open", (), Hold(until=until, why=why))
    for hours in range(4, 24, 4):
        if NOW + hours * HOUR < until:
            await office.run(NOW + hours * HOUR)
    assert (await office.get(Request, R1)).asked == ()
    office.presence.seen = {}
    await office.run(until)

    request = await office.get(Request, R1)
    assert (request.state, asked_of(request), request.held) == ("offered", [ADA], None)


async def test_until_the_best_is_at_work_somebody_who_is_gets_asked(office: Office):
    await office.asked(make.helper(ADA, zone=SYDNEY), make.helper(BEN, {make.PYTHON: 1}))
    assert asked_of(await office.get(Request, R1)) == [BEN]

    await decline(office.desk, offer_to(BEN), BEN, NOW + HOUR)
    await office.run(NOW + HOUR)
    request = await office.get(Request, R1)
    assert (request.state, request.held) == ("open", Hold(until=NOW + 12 * HOUR))

    await office.run(NOW + 12 * HOUR)
    assert asked_of(await office.get(Request, R1)) == [BEN, ADA]


async def test_of_a_pool_those_at_work_are_asked_and_the_others_when_they_are(office: Office):
    here = [make.helper(f"U0H{number}") for number in range(4)]
    there = [make.helper(f"U0S{number}", zone=SYDNEY) for number in range(6)]
    await office.asked(*here, *there)
    while (request := await office.get(Request, R1)).state == "offered":
        for it in request.asked_now:
            if (await office.get(Offer, offer_to(it.helper_id))).is_pending:
                await decline(office.desk, offer_to(it.helper_id), it.helper_id, NOW)
        await office.run(NOW)

    assert set(asked_of(request)) == {it.id for it in here}
    assert (request.state, request.held) == ("open", Hold(until=NOW + 12 * HOUR))
    await office.run(NOW + 12 * HOUR)

    request = await office.get(Request, R1)
    assert (request.state, len(request.asked)) == ("offered", 8)


@pytest.mark.parametrize("urgency", [Urgency.NOW, Urgency.TODAY])
async def test_where_nobody_is_at_work_in_time_it_is_said_at_once_and_can_wait(
    office: Office, urgency: Urgency
):
    friday = NOW + 4 * DAY + 7 * HOUR
    await office.asked(make.helper(ADA), now=friday, urgency=urgency)

    request = await office.get(Request, R1)
    monday = Hold(until=NOW + 7 * DAY - HOUR)
    assert (request.state, request.gap, request.held) == ("unanswered", "off_hours", monday)
    await keep_waiting(office.desk, ASKER, R1, friday + HOUR)
    for hours in range(1, 64):
        await office.run(friday + hours * HOUR)
    request = await office.get(Request, R1)
    assert (request.state, request.asked, request.held) == ("open", (), monday)
    await office.run(monday.until)

    assert asked_of(await office.get(Request, R1)) == [ADA]


async def test_nobody_is_waited_for_who_has_stopped_helping_meanwhile(office: Office):
    friday = NOW + 4 * DAY + 7 * HOUR
    await office.asked(make.helper(ADA), now=friday)
    await keep_waiting(office.desk, ASKER, R1, friday)
    await office.run(friday + HOUR)
    assert (await office.get(Request, R1)).held is not None
    shown = await office.times_shown("request:R1", ASKER)
    await office.put(make.person(ADA))

    await office.run(friday + 6 * HOUR)

    request = await office.get(Request, R1)
    assert (request.state, request.held) == ("open", None)
    assert await office.times_shown("request:R1", ASKER) == shown + 1


async def test_who_is_never_at_work_is_nobody(office: Office):
    await office.asked(make.helper(ADA, hours=NEVER))

    request = await office.get(Request, R1)
    assert (request.gap, request.held) == ("nobody", None)


async def test_a_policy_can_have_people_asked_at_night(office: Office):
    office.policy = Policy(offers_outside_hours=True)
    await office.asked(make.helper(ADA, zone=SYDNEY))

    assert asked_of(await office.get(Request, R1)) == [ADA]


async def test_a_request_that_keeps_waiting_is_tried_anew_until_someone_is_there(office: Office):
    await office.asked()
    waiting = await keep_waiting(office.desk, ASKER, R1, NOW)
    assert (waiting.state, waiting.is_waiting) == ("open", True)
    assert await office.run(NOW + 4 * HOUR) == ["route"]
    assert (await office.get(Request, R1)).state == "open"
    await office.put(make.helper(ADA, hours=ALWAYS))

    await office.run(NOW + 8 * HOUR)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [ADA]


async def test_while_a_request_waits_nobody_who_let_it_run_out_is_asked_over_and_over(office: Office):
    office.policy = Policy(one_at_a_time=1, pool=0)
    await office.asked()
    await keep_waiting(office.desk, ASKER, R1, NOW)
    await office.put(make.helper(ADA, hours=ALWAYS))
    await office.run(NOW + 4 * HOUR)
    await office.run(NOW + 6 * HOUR)
    await office.put(make.helper(BEN, hours=ALWAYS))

    await office.run(NOW + 10 * HOUR)
    await office.run(NOW + 12 * HOUR)
    await office.run(NOW + 16 * HOUR)

    assert [it.helper_id for it in (await office.get(Request, R1)).asked] == [ADA, BEN]


async def test_a_request_that_waited_in_vain_ends_with_the_ways_out_and_then_for_good(office: Office):
    await office.asked()
    await keep_waiting(office.desk, ASKER, R1, NOW)

    await office.run(NOW + DAY)
    request = await office.get(Request, R1)
    await office.run(NOW + 9 * DAY)

    assert (request.state, request.gap) == ("unanswered", "too_late")
    assert (await office.get(Request, R1)).state == "expired"
    assert (await office.carried(ASKER)).open_requests == ()


async def test_no_deadline_lies_past_what_the_asker_needs(office: Office):
    late = NOW.replace(hour=16)

    await office.asked(make.helper(ADA), now=late, urgency=Urgency.TODAY)

    offer = await office.get(Offer, offer_to(ADA))
    assert offer.deadline == late + 17 * HOUR + 1 * HOUR  # one working hour is left today, the other tomorrow
    assert offer.deadline <= (await office.get(Request, R1)).needed_by


async def test_what_is_overdue_takes_its_offers_back(office: Office):
    await office.put(make.person(), make.load(ASKER, open_requests=(R1,)), make.helper(ADA))
    pending = make.offer(ADA, deadline=NOW + 3 * DAY)
    asked = make.request(state="offered", asked=(make.approach(ADA),))
    await office.put(asked, pending, make.load(ADA, open_offers=(pending.id,)))

    await run_out(office.desk, R1, NOW + DAY)

    request, offer = await office.get(Request, R1), await office.get(Offer, pending.id)
    assert (request.state, request.gap, offer.state) == ("unanswered", "too_late", "expired")
    assert (await office.carried(ADA)).open_offers == ()


async def test_a_pool_of_none_goes_straight_to_the_ways_out(office: Office):
    office.policy = Policy(one_at_a_time=1, pool=0)
    await office.asked(make.helper(ADA), make.helper(BEN))
    first = (await office.get(Request, R1)).asked[0].helper_id

    await decline(office.desk, offer_to(first), first, NOW)
    await office.run(NOW)

    assert (await office.get(Request, R1)).state == "unanswered"


async def test_a_request_that_is_gone_is_no_obstacle(office: Office):
    await route(office.desk, R1, NOW)
    await run_out(office.desk, R1, NOW)

    assert await office.find(Request, R1) is None

"""When someone pauses, stops or leaves, what waited for them goes on to others."""

from datetime import datetime

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.values import PersonId, RequestId
from mentoring.model.check import Check, check_id
from mentoring.model.offer import Offer
from mentoring.model.person import GONE, SlackFacts, Standing
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.offboarding import break_off, hand_over
from mentoring.people.people import leave, meet, pause
from mentoring.requests.requests import file
from mentoring.routing.offers import accept
from mentoring.sessions.feedback import Answer, Feedback, answer, feedback_id
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)


async def asked_ada(office: Office) -> None:
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))


async def gone(office: Office, id: PersonId, at: datetime = NOW + MINUTE) -> None:
    await meet(office.desk, SlackFacts(id=id, name="x", standing="left"), at)
    await office.run(at)


async def test_offers_of_someone_who_pauses_go_to_the_next(office: Office):
    await asked_ada(office)

    await pause(office.desk, ADA, NOW + DAY, NOW)
    await office.run(NOW)

    assert (await office.get(Offer, offer_to(ADA))).state == "withdrawn"
    assert (await office.get(Offer, offer_to(BEN))).state == "pending"
    assert (await office.carried(ADA)).open_offers == ()


async def test_offers_of_someone_who_stops_helping_go_to_the_next(office: Office):
    await asked_ada(office)

    await leave(office.desk, ADA, NOW)
    await office.run(NOW)

    assert (await office.get(Offer, offer_to(BEN))).state == "pending"


async def test_who_is_back_before_it_is_due_keeps_their_offers(office: Office):
    await asked_ada(office)

    await hand_over(office.desk, ADA, NOW)

    assert (await office.get(Offer, offer_to(ADA))).state == "pending"


async def test_an_asker_whose_helper_left_in_the_middle_is_told_and_the_search_goes_on(office: Office):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)

    await gone(office, ADA)

    request, session = await office.get(Request, R1), await office.get(Session, TALK)
    assert (request.state, request.gap, request.helper_id) == ("offered", "helper_left", None)
    assert (session.state, session.broken_off, session.gone) == ("closed", "left", ADA)
    assert await office.times_shown("request:R1", ASKER) >= 3
    assert (await office.get(Offer, offer_to(BEN))).state == "pending"


async def test_an_asker_who_left_frees_the_helper_and_ends_their_requests(office: Office):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await file(office.desk, ASKER, make.new_request(), RequestId("R2"), NOW)
    await office.run(NOW)

    await gone(office, ASKER)

    states = [(await office.get(Request, RequestId(id))).state for id in ("R1", "R2")]
    assert states == ["resolved", "withdrawn"]
    assert (await office.carried(ADA)).open_sessions == (await office.carried(BEN)).open_offers == ()
    assert (await office.carried(ASKER)).open_requests == ()


@pytest.mark.parametrize("before", ["active", "unknown"])
@pytest.mark.parametrize("standing", ["guest", "bot", "outside", "left"])
async def test_who_turns_out_to_be_no_member_helps_in_no_talk_any_more(
    office: Office, before: Standing, standing: Standing
):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await office.put(make.helper(ADA, standing=before))

    await meet(office.desk, SlackFacts(id=ADA, name="x", standing=standing), NOW + MINUTE)
    await office.run(NOW + MINUTE)

    request = await office.get(Request, R1)
    session = await office.get(Session, TALK)
    assert (session.state, session.gone) == ("closed", ADA)
    assert session.broken_off == ("left" if standing in GONE else "no_member")
    assert (request.state, request.gap, request.helper_id) == ("offered", "helper_left", None)
    assert (await office.desk.directory.index()).get(ADA) is None


async def test_an_asker_who_becomes_a_guest_goes_on_talking(office: Office):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)

    await meet(office.desk, SlackFacts(id=ASKER, name="x", standing="guest"), NOW + MINUTE)
    await office.run(NOW + MINUTE)

    assert (await office.get(Session, TALK)).is_open


async def test_who_leaves_is_heard_and_asked_about_no_more(office: Office):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.run(NOW + HOUR)
    theirs, mine = feedback_id(TALK, ADA), feedback_id(TALK, ASKER)
    await answer(office.desk, theirs, ADA, Answer(thanks="Good question"), NOW + HOUR)
    await office.run(NOW + 2 * DAY)
    d2, shown = check_id(TALK, "d2"), await office.times_shown(f"feedback:{theirs}", ADA)

    await gone(office, ADA, NOW + 2 * DAY)

    assert ((await office.get(Feedback, mine)).state, (await office.get(Check, d2)).state) == ("lapsed",) * 2
    assert (await office.get(Feedback, mine)).heard == "Good question"
    assert await office.times_shown(f"feedback:{theirs}", ADA) == shown
    assert {kind for kind, _ in await office.planned()} & {"check", "feedback_closes"} == set()


async def test_handing_over_twice_changes_nothing(office: Office):
    await asked_ada(office)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await gone(office, ADA)
    before = await office.get(Request, R1)

    await hand_over(office.desk, ADA, NOW + DAY)
    await break_off(office.desk, TALK, ADA, NOW + DAY)

    assert await office.get(Request, R1) == before


async def test_nobody_known_has_nothing_to_hand_over(office: Office):
    await hand_over(office.desk, BEN, NOW)

    assert await office.planned() == {}

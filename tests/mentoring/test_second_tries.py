"""When one search was not enough: someone else, the same again, or another way out."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.errors import CannotHelp, Ended, Invalid, NotYours
from kernel.values import RequestId
from mentoring.model.alert import Alert
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.requests.channel_posts import posted
from mentoring.requests.requests import retag, withdraw
from mentoring.requests.retries import (
    again,
    keep_waiting,
    post_in_channel,
    someone_else,
    take_post_back,
    tell_admins,
)
from mentoring.routing.offers import accept, volunteer
from mentoring.sessions.sessions import wrap_up

AGAIN = RequestId("R1+")


async def talking(office: Office) -> None:
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await accept(office.desk, offer_to(ADA), ADA, NOW)


async def resolved(office: Office) -> None:
    await talking(office)
    await wrap_up(office.desk, talk_with(ADA), ASKER, WrapUp(minutes=10), NOW + HOUR)


async def test_someone_else_while_one_is_asked_takes_the_offer_back_and_asks_the_next(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    request = await someone_else(office.desk, ASKER, R1, NOW)
    await office.run(NOW)

    assert (request.state, request.excluded) == ("open", {ADA})
    assert (await office.get(Offer, offer_to(ADA))).state == "withdrawn"
    assert (await office.get(Offer, offer_to(BEN))).state == "pending"


async def test_someone_else_during_a_talk_ends_it_and_frees_the_helper(office: Office):
    await talking(office)

    await someone_else(office.desk, ASKER, R1, NOW + 10 * MINUTE)
    done = await office.run(NOW + 10 * MINUTE)

    session, load = await office.get(Session, talk_with(ADA)), await office.carried(ADA)
    assert (session.state, session.spent_minutes) == ("closed", 10)
    assert (load.open_sessions, load.minutes_booked(NOW + HOUR)) == ((), 10)
    assert (await office.get(Offer, offer_to(BEN))).state == "pending"
    assert done == ["route"]
    assert await office.desk.store.ids(f"talks-of:{ASKER}") == []


async def test_what_is_kept_about_a_helper_looks_like_any_talk_that_closed(office: Office):
    await talking(office)
    session, offer = await office.get(Session, talk_with(ADA)), await office.get(Offer, offer_to(ADA))

    await someone_else(office.desk, ASKER, R1, NOW)

    assert await office.get(Session, talk_with(ADA)) == session.close(NOW)
    assert await office.get(Offer, offer_to(ADA)) == offer


async def test_someone_else_after_the_end_is_a_new_request_without_that_helper(office: Office):
    await resolved(office)

    request = await someone_else(office.desk, ASKER, R1, NOW + DAY)
    await office.run(NOW + DAY)

    assert (request.id, request.question) == (AGAIN, "How do I profile asyncio?")
    assert [it.helper_id for it in (await office.get(Request, AGAIN)).asked] == [BEN]
    assert (await office.get(Request, R1)).state == "resolved"


async def test_pressing_it_again_returns_the_request_that_is_open(office: Office):
    await resolved(office)

    pressed = [someone_else(office.desk, ASKER, R1, NOW + DAY) for _ in range(3)]
    results = await asyncio.gather(*pressed)

    assert {request.id for request in results} == {AGAIN}
    assert (await office.carried(ASKER)).open_requests == (AGAIN,)


async def test_once_that_has_ended_too_it_is_a_third(office: Office):
    await resolved(office)
    await someone_else(office.desk, ASKER, R1, NOW + DAY)
    await withdraw(office.desk, ASKER, AGAIN, NOW + DAY)

    assert (await someone_else(office.desk, ASKER, R1, NOW + DAY)).id == "R1++"


async def test_the_same_helper_again_is_asked_first(office: Office):
    await resolved(office)
    await office.put(make.helper("U0BEST"))

    request = await again(office.desk, ASKER, R1, NOW + DAY)
    await office.run(NOW + DAY)

    assert request.prefer == ADA
    assert [it.helper_id for it in (await office.get(Request, AGAIN)).asked] == [ADA]


async def test_the_same_helper_again_only_after_a_talk_and_while_they_can(office: Office):
    await talking(office)
    with pytest.raises(Ended):
        await again(office.desk, ASKER, R1, NOW)
    await wrap_up(office.desk, talk_with(ADA), ASKER, WrapUp(minutes=10), NOW)
    await office.put(make.helper(ADA, standing="left"))

    with pytest.raises(CannotHelp):
        await again(office.desk, ASKER, R1, NOW)


async def test_waiting_longer_is_for_what_nobody_took(office: Office):
    await office.asked(make.helper(ADA))
    before = await office.get(Request, R1)

    assert await keep_waiting(office.desk, ASKER, R1, NOW) == before
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    with pytest.raises(Ended):
        await keep_waiting(office.desk, ASKER, R1, NOW)


async def test_when_time_ran_out_waiting_longer_looks_at_once(office: Office):
    await office.asked()
    await keep_waiting(office.desk, ASKER, R1, NOW)
    await office.run(NOW + DAY)
    assert (await office.get(Request, R1)).gap == "too_late"
    await office.put(make.helper(ADA))

    await keep_waiting(office.desk, ASKER, R1, NOW + DAY)
    await office.run(NOW + DAY)

    assert (await office.get(Offer, offer_to(ADA))).state == "pending"


async def test_admins_are_told_once(office: Office):
    await office.put(make.person("U0BOSS", is_admin=True))
    await office.asked()

    for _ in range(2):
        request = await tell_admins(office.desk, ASKER, R1, NOW)

    alert = await office.get(Alert, "unanswered.R1")
    assert (alert.facts, alert.told, request.told_admins_at) == ({"request_id": R1}, ("U0BOSS",), NOW)
    assert await office.times_shown("alert:unanswered.R1", "U0BOSS") == 1


async def test_admins_can_be_told_anew_of_a_question_that_somebody_had_taken(office: Office):
    await office.put(make.person("U0BOSS", is_admin=True))
    await office.asked()
    await tell_admins(office.desk, ASKER, R1, NOW)
    await office.put(make.helper(ADA))
    await post_in_channel(office.desk, ASKER, R1, NOW)
    await volunteer(office.desk, R1, ADA, NOW)
    await someone_else(office.desk, ASKER, R1, NOW + MINUTE)
    await office.run(NOW + MINUTE)
    assert (await office.get(Request, R1)).state == "unanswered"
    assert not (await office.get(Alert, "unanswered.R1")).is_open

    await tell_admins(office.desk, ASKER, R1, NOW + HOUR)

    alert = await office.get(Alert, "unanswered.R1")
    assert (alert.is_open, alert.raised_at) == (True, NOW + HOUR)


async def test_it_is_posted_in_the_channel_of_its_topic_and_kept_up_to_date_there(office: Office):
    await office.asked()

    request = await post_in_channel(office.desk, ASKER, R1, NOW)
    await withdraw(office.desk, ASKER, R1, NOW)

    assert request.channel_post == "C0PYTHON"
    assert await office.times_shown("post:R1", "C0PYTHON") == 2


async def test_a_post_is_taken_back_and_the_question_stays(office: Office):
    await office.asked()
    await post_in_channel(office.desk, ASKER, R1, NOW)
    await posted(office.desk, R1, "C0PYTHON", "https://x.test/p1", NOW)
    assert (await office.get(Request, R1)).post_link == "https://x.test/p1"

    await take_post_back(office.desk, ASKER, R1)
    await take_post_back(office.desk, ASKER, R1)

    request = await office.get(Request, R1)
    assert (request.channel_post, request.is_posted, request.post_link) == (None, False, "")
    assert request.state == "unanswered"
    assert await office.times_shown("post:R1", "C0PYTHON") == 2


@pytest.mark.parametrize("state", ["expired", "withdrawn", "resolved", "accepted"])
async def test_a_post_that_has_done_its_work_stays(office: Office, state: Any):
    await office.put(make.request(state=state, channel_post="C0PYTHON"))

    with pytest.raises(Ended):
        await take_post_back(office.desk, ASKER, R1)

    assert (await office.get(Request, R1)).channel_post == "C0PYTHON"
    assert await office.find(Request, f"{R1}+") is None


@pytest.mark.parametrize("way", [keep_waiting, tell_admins, post_in_channel])
async def test_after_a_search_ran_out_each_way_begins_one_new_one(
    office: Office, way: Callable[..., Awaitable[Request]]
):
    await office.asked()
    first = await office.get(Request, R1)
    await office.put(first.leave_unanswered("nobody").expire(NOW))

    new = await way(office.desk, ASKER, R1, NOW + HOUR)
    again = await way(office.desk, ASKER, R1, NOW + 2 * HOUR)

    assert (new.id, again.id, new.question) == (f"{R1}+", f"{R1}+", first.question)
    assert ("route", new.id) in await office.planned()
    wanted = {
        keep_waiting: (True, NOW + HOUR + timedelta(days=7), None, None),
        tell_admins: (False, NOW + HOUR + timedelta(hours=24), NOW + HOUR, None),
        post_in_channel: (False, NOW + HOUR + timedelta(hours=24), None, "C0PYTHON"),
    }
    assert (again.is_waiting, again.needed_by, again.told_admins_at, again.channel_post) == wanted[way]
    assert (await office.get(Request, R1)).state == "expired"


async def test_without_a_channel_there_is_nowhere_to_post(office: Office):
    await office.asked(topics=(make.SQL,))

    with pytest.raises(Invalid) as refused:
        await post_in_channel(office.desk, ASKER, R1, NOW)

    assert (refused.value.field, refused.value.problem) == ("channel", "none")


async def test_ways_out_are_for_requests_that_go_on(office: Office):
    await office.asked()
    await withdraw(office.desk, ASKER, R1, NOW)

    for way in (keep_waiting, tell_admins, post_in_channel):
        with pytest.raises(Ended):
            await way(office.desk, ASKER, R1, NOW)


async def test_ways_out_are_the_askers_alone(office: Office):
    await office.asked()

    for way in (someone_else, again, keep_waiting, tell_admins, post_in_channel):
        with pytest.raises(NotYours):
            await way(office.desk, BEN, R1, NOW)


async def test_a_new_search_after_other_topics_forgets_no_refusal(office: Office):
    await office.asked(make.helper(ADA, {make.PYTHON: 3, make.SQL: 3}))
    await someone_else(office.desk, ASKER, R1, NOW)

    await retag(office.desk, ASKER, R1, [make.SQL], NOW)
    await office.run(NOW)

    assert (await office.get(Request, R1)).state == "unanswered"

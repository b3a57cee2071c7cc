"""What helpers answer, and that exactly one of them wins, whatever happens at the same time."""

import asyncio
from datetime import timedelta

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.errors import (
    AlreadyTaken,
    CannotHelp,
    Ended,
    HelperFull,
    Invalid,
    NotAMember,
    NotFound,
    NotYours,
    OfferOver,
    OwnRequest,
    Refusal,
)
from kernel.policy import Policy
from kernel.presence import Available
from kernel.values import PersonId
from matching.values import Urgency
from mentoring.model.load import WEEK
from mentoring.model.offer import Offer
from mentoring.model.person import Person, SlackFacts, Standing
from mentoring.model.request import Request
from mentoring.model.session import Session
from mentoring.people.people import meet
from mentoring.requests.requests import withdraw
from mentoring.requests.retries import someone_else
from mentoring.routing.offers import accept, decline, expire, pass_on, take_away, volunteer
from mentoring.routing.routing import route


async def in_the_pool(office: Office, *helpers: PersonId) -> None:
    """Have all these helpers asked at once."""
    office.policy = Policy(one_at_a_time=1, pool=5)
    await office.asked(make.helper("U0FIRST"), *(make.helper(id, {make.PYTHON: 1}) for id in helpers))
    await decline(office.desk, offer_to(PersonId("U0FIRST")), PersonId("U0FIRST"), NOW)
    await office.run(NOW)


async def states(office: Office, *helpers: PersonId) -> list[str]:
    return [(await office.get(Offer, offer_to(id))).state for id in helpers]


async def test_an_accepted_offer_is_a_talk_with_its_clocks_set(office: Office):
    await office.asked(make.helper(ADA))

    session = await accept(office.desk, offer_to(ADA), ADA, NOW + MINUTE)

    request, planned = await office.get(Request, R1), await office.planned()
    assert (request.state, request.helper_id, request.session_id) == ("accepted", ADA, session.id)
    assert (session.minutes, session.room, session.ends_at) == (25, "wanted", NOW + 26 * MINUTE)
    assert planned["ask_talked", session.id] == session.ends_at + 5 * MINUTE
    assert planned["auto_close", session.id] == session.ends_at + DAY
    assert planned["free_up", ADA] == NOW + WEEK, "a week after the question, then after the talk"
    assert not {("offer_expires", session.id), ("overdue", R1), ("route", R1)} & planned.keys()
    load = await office.carried(ADA)
    assert (load.open_offers, load.open_sessions, load.minutes_booked(NOW + HOUR)) == ((), (session.id,), 25)
    shown = [("session:R1.U0ADA", ASKER), ("session:R1.U0ADA", ADA), ("session:R1.U0ADA", "room:R1.U0ADA")]
    assert [await office.times_shown(*each) for each in shown] == [0, 0, 1]
    cards = [("request:R1", ASKER), ("offer:R1.U0ADA", ADA)]
    assert [await office.times_shown(*each) for each in cards] == [3, 2], "filed, asked, taken; asked, taken"


async def test_accepting_twice_returns_the_same_talk(office: Office):
    await office.asked(make.helper(ADA))

    first = await accept(office.desk, offer_to(ADA), ADA, NOW)
    second = await accept(office.desk, offer_to(ADA), ADA, NOW + HOUR)

    assert first == second


async def test_the_others_of_a_pool_are_told_and_free_again(office: Office):
    await in_the_pool(office, ADA, BEN, CY)

    await accept(office.desk, offer_to(BEN), BEN, NOW)

    assert await states(office, ADA, BEN, CY) == ["taken", "accepted", "taken"]
    assert (await office.carried(ADA)).open_offers == (await office.carried(CY)).open_offers == ()
    assert await office.times_shown("offer:R1.U0CY", CY) == 2
    with pytest.raises(AlreadyTaken):
        await accept(office.desk, offer_to(ADA), ADA, NOW)


async def test_of_three_who_press_at_the_same_time_one_wins(office: Office):
    await in_the_pool(office, ADA, BEN, CY)

    pressed = [accept(office.desk, offer_to(id), id, NOW) for id in (ADA, BEN, CY)]
    results = await asyncio.gather(*pressed, return_exceptions=True)

    won = [result for result in results if isinstance(result, Session)]
    assert len(won) == 1
    assert [type(it) for it in results if it is not won[0]] == [AlreadyTaken, AlreadyTaken]
    assert sorted(await states(office, ADA, BEN, CY)) == ["accepted", "taken", "taken"]
    assert sum([len((await office.carried(id)).open_sessions) for id in (ADA, BEN, CY)]) == 1


@pytest.mark.parametrize("order", [0, 1])
async def test_accepting_and_withdrawing_at_once_leaves_one_outcome(office: Office, order: int):
    await office.asked(make.helper(ADA))
    both = [accept(office.desk, offer_to(ADA), ADA, NOW), withdraw(office.desk, ASKER, R1, NOW)]

    results = await asyncio.gather(*(both if order else reversed(both)), return_exceptions=True)

    request, offer = await office.get(Request, R1), await office.get(Offer, offer_to(ADA))
    assert (request.state, offer.state) in {("accepted", "accepted"), ("withdrawn", "withdrawn")}
    assert len([it for it in results if isinstance(it, AlreadyTaken | OfferOver)]) == 1
    assert (await office.find(Session, talk_with(ADA)) is not None) == (request.state == "accepted")
    assert (await office.carried(ASKER)).open_requests == ((R1,) if request.state == "accepted" else ())


@pytest.mark.parametrize("order", [0, 1])
async def test_accepting_while_the_offer_runs_out_leaves_one_outcome(office: Office, order: int):
    await office.asked(make.helper(ADA))
    both = [accept(office.desk, offer_to(ADA), ADA, NOW), expire(office.desk, offer_to(ADA), NOW)]

    await asyncio.gather(*(both if order else reversed(both)), return_exceptions=True)

    request, offer = await office.get(Request, R1), await office.get(Offer, offer_to(ADA))
    assert (request.state, offer.state) in {("accepted", "accepted"), ("open", "expired")}
    assert (await office.carried(ADA)).open_offers == ()
    assert len((await office.carried(ADA)).open_sessions) == (request.state == "accepted")


async def test_accepting_while_the_next_is_being_asked_leaves_no_offer_behind(office: Office):
    await in_the_pool(office, ADA, BEN)
    both = [accept(office.desk, offer_to(ADA), ADA, NOW), route(office.desk, R1, NOW)]

    await asyncio.gather(*both)

    assert await states(office, ADA, BEN) == ["accepted", "taken"]


async def test_a_full_helper_is_refused_and_the_offer_waits_on(office: Office):
    await office.asked(make.helper(ADA))
    await office.put(make.load(ADA, open_offers=(offer_to(ADA),), open_sessions=("S1", "S2")))

    with pytest.raises(HelperFull):
        await accept(office.desk, offer_to(ADA), ADA, NOW)

    assert await states(office, ADA) == ["pending"]


async def test_only_the_helper_answers_and_only_what_exists(office: Office):
    await office.asked(make.helper(ADA))

    with pytest.raises(NotYours):
        await accept(office.desk, offer_to(ADA), BEN, NOW)
    with pytest.raises(NotFound):
        await decline(office.desk, offer_to(BEN), BEN, NOW)


async def test_an_anonymous_talk_goes_through_the_app_from_the_start(office: Office):
    await office.asked(make.helper(ADA), anonymous=True)

    session = await accept(office.desk, offer_to(ADA), ADA, NOW)

    assert (session.room, session.is_hidden) == ("relay", True)
    assert (await office.get(Request, R1)).state == "in_session"
    assert await office.times_shown("session:R1.U0ADA", "room:R1.U0ADA") == 0


async def test_a_no_asks_the_next_at_once(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    offer = await decline(office.desk, offer_to(ADA), ADA, NOW)

    assert offer.state == "declined"
    assert await office.run(NOW) == ["route"]
    assert await states(office, BEN) == ["pending"]
    assert await decline(office.desk, offer_to(ADA), ADA, NOW + HOUR) == offer


async def test_one_no_of_a_pool_leaves_the_others_asked(office: Office):
    await in_the_pool(office, ADA, BEN)

    await decline(office.desk, offer_to(ADA), ADA, NOW)

    assert (await office.get(Request, R1)).state == "offered"
    assert await office.run(NOW) == []


async def test_an_answer_to_an_offer_that_is_over_is_refused(office: Office):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)

    for answer in (accept, pass_on):
        with pytest.raises(OfferOver):
            await answer(office.desk, offer_to(ADA), ADA, NOW)


async def test_who_is_named_by_a_helper_is_asked_next_with_their_word(office: Office):
    await office.asked(make.helper(ADA), make.helper(CY), make.person(BEN))
    first = (await office.get(Request, R1)).asked[0].helper_id

    await pass_on(office.desk, offer_to(first), first, NOW, to=BEN, note=" Ben wrote it ")
    await office.run(NOW)

    offer = await office.get(Offer, offer_to(BEN))
    assert (offer.state, offer.handed_by, offer.note, offer.wave) == ("pending", first, "Ben wrote it", 0)
    assert await states(office, first) == ["passed_on"]


async def test_in_a_pool_who_is_named_is_asked_beside_the_others(office: Office):
    await in_the_pool(office, ADA, CY)
    await office.put(make.person(BEN))

    await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=BEN)
    await office.run(NOW)

    assert await states(office, BEN, CY) == ["pending", "pending"]


async def test_without_a_name_the_next_best_is_asked(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    await pass_on(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)

    assert await states(office, ADA, BEN) == ["passed_on", "pending"]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (make.person(BEN, standing="left"), "left"),
        (make.person(BEN, standing="guest"), "guest"),
        (make.person(BEN, paused_until=NOW + DAY), "paused"),
        (make.person(BEN, do_not_match={ASKER}), "asked"),
        (make.person(ASKER), "asker"),
    ],
)
async def test_who_cannot_be_asked_cannot_be_named(office: Office, named: make.Person, why: str):
    await office.asked(make.helper(ADA))
    await office.put(named)

    with pytest.raises(CannotHelp) as refused:
        await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=named.id)

    assert refused.value.why == why
    assert await states(office, ADA) == ["pending"]


async def test_who_was_asked_before_or_is_a_stranger_cannot_be_named(office: Office):
    await office.asked(make.helper(ADA))

    for named, why in ((ADA, "asked"), (BEN, "unknown")):
        with pytest.raises(CannotHelp) as refused:
            await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=named)
        assert refused.value.why == why
    assert (await office.planned())["meet", BEN] == NOW


async def test_a_word_that_is_too_long_is_refused(office: Office):
    await office.asked(make.helper(ADA))

    with pytest.raises(Invalid):
        await pass_on(office.desk, offer_to(ADA), ADA, NOW, note="x" * 1001)


async def test_an_offer_runs_out_at_its_deadline_and_the_next_is_asked(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))

    done = await office.run(NOW + 2 * HOUR)

    assert done == ["offer_expires", "route"]
    assert await states(office, ADA, BEN) == ["expired", "pending"]


async def test_what_became_of_an_offer_is_remembered_unless_it_was_taken_away(office: Office):
    await in_the_pool(office, ADA, BEN, CY)
    await pass_on(office.desk, offer_to(CY), CY, NOW)
    await accept(office.desk, offer_to(BEN), BEN, NOW)

    replies = [(await office.carried(id)).replies for id in (PersonId("U0FIRST"), ADA, BEN, CY)]

    assert replies == [("no",), (), ("yes",), ("no",)]


async def test_an_offer_that_ran_out_is_remembered_as_unheard(office: Office):
    await office.asked(make.helper(ADA))

    await office.run(NOW + 2 * HOUR)

    assert (await office.carried(ADA)).replies == ("none",)


async def test_a_deadline_in_do_not_disturb_is_set_again(office: Office):
    await office.asked(make.helper(ADA))
    office.presence.seen[ADA] = Available(state="dnd", until=NOW + 3 * HOUR)

    await office.run(NOW + 2 * HOUR)

    offer = await office.get(Offer, offer_to(ADA))
    assert (offer.state, offer.deadline) == ("pending", NOW + 5 * HOUR)
    office.presence.seen.clear()
    await office.run(NOW + 5 * HOUR)
    assert await states(office, ADA) == ["expired"]


async def test_what_is_needed_now_does_not_wait_for_do_not_disturb(office: Office):
    await office.asked(make.helper(ADA), urgency=Urgency.NOW)
    office.presence.seen[ADA] = Available(state="dnd", until=NOW + HOUR)

    await office.run(NOW + 15 * MINUTE)

    assert await states(office, ADA) == ["expired"]


async def test_an_offer_of_someone_who_is_gone_goes_to_the_next_and_may_come_back_later(office: Office):
    await office.asked(make.helper(ADA))

    await take_away(office.desk, offer_to(ADA), NOW)

    assert await states(office, ADA) == ["withdrawn"]
    assert (await office.get(Request, R1)).excluded == frozenset()
    await take_away(office.desk, offer_to(BEN), NOW)


@pytest.mark.parametrize("now", ["a report's manager", "a manager's report", "unwanted"])
async def test_who_is_kept_apart_since_they_were_asked_cannot_accept(office: Office, now: str):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    asker, ada = await office.get(Person, ASKER), await office.get(Person, ADA)
    changed = {
        "a report's manager": asker.model_copy(update={"managers": (ADA,)}),
        "a manager's report": ada.model_copy(update={"managers": (ASKER,)}),
        "unwanted": asker.keep_from(frozenset([ADA]), NOW),
    }
    await office.put(changed[now])

    with pytest.raises(Ended):
        await accept(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)

    assert await states(office, ADA, BEN) == ["withdrawn", "pending"]


async def test_that_a_helper_keeps_apart_from_somebody_tells_them_nothing_of_who_asks(office: Office):
    await office.asked(make.helper(ADA))
    ada = await office.get(Person, ADA)
    await office.put(ada.keep_from(frozenset([ASKER]), NOW))

    assert (await accept(office.desk, offer_to(ADA), ADA, NOW)).helper_id == ADA


async def posted(office: Office, *helpers: Person) -> None:
    """Have R1 asked, and posted in the channel of its topic."""
    await office.asked(*helpers)
    request = await office.get(Request, R1)
    await office.put(request.model_copy(update={"channel_post": "C0PYTHON"}))


async def test_anyone_may_take_what_nobody_took(office: Office):
    await posted(office)
    await office.put(make.person(BEN))

    session = await volunteer(office.desk, R1, BEN, NOW + timedelta(days=2))

    request = await office.get(Request, R1)
    assert (request.state, request.helper_id, request.asked[-1].helper_id) == ("accepted", BEN, BEN)
    assert await volunteer(office.desk, R1, BEN, NOW) == session


async def test_a_helper_whose_offer_ran_out_may_still_come_while_nobody_else_has(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await office.run(NOW + 2 * HOUR)

    session = await volunteer(office.desk, R1, ADA, NOW + 2 * HOUR)

    assert session.helper_id == ADA
    assert await states(office, ADA, BEN) == ["accepted", "taken"]


async def test_a_pending_offer_is_taken_by_the_same_press(office: Office):
    await office.asked(make.helper(ADA))

    await volunteer(office.desk, R1, ADA, NOW)

    assert await states(office, ADA) == ["accepted"]


async def test_two_who_volunteer_at_once_are_one_talk(office: Office):
    await posted(office)
    await office.put(make.person(BEN), make.person(CY))

    pressed = [volunteer(office.desk, R1, id, NOW) for id in (BEN, CY)]
    results = await asyncio.gather(*pressed, return_exceptions=True)

    assert sorted(type(it).__name__ for it in results) == ["AlreadyTaken", "Session"]


async def refused(office: Office, me: PersonId) -> type[Refusal]:
    with pytest.raises(Refusal) as refusal:
        await volunteer(office.desk, R1, me, NOW)
    return refusal.type


async def test_volunteers_who_come_too_late_or_are_not_meant_are_refused(office: Office):
    await posted(office, make.helper(ADA))
    await office.put(make.person(BEN), make.person(CY, do_not_match={ASKER}))
    await office.put(make.person(DEE, managers=(BEN,)), make.person(BEN, managers=(ASKER,)))

    assert await refused(office, ASKER) is OwnRequest
    assert await refused(office, CY) is CannotHelp
    assert await refused(office, DEE) is CannotHelp
    await someone_else(office.desk, ASKER, R1, NOW)
    assert await refused(office, ADA) is Ended
    await withdraw(office.desk, ASKER, R1, NOW)
    assert await refused(office, BEN) is Ended


@pytest.mark.parametrize("standing", ["guest", "left", "outside", "bot"])
async def test_only_a_member_may_take_a_question_or_accept_an_offer(office: Office, standing: Standing):
    await posted(office, make.helper(ADA))
    await office.put(make.person(BEN, standing=standing), make.person(ADA, standing=standing))

    assert await refused(office, BEN) is NotAMember
    with pytest.raises(NotAMember):
        await accept(office.desk, offer_to(ADA), ADA, NOW)
    assert (await office.get(Request, R1)).helper_id is None


async def test_a_volunteer_who_was_never_met_is_looked_up_first_and_then_welcome(office: Office):
    await posted(office)

    assert await refused(office, BEN) is NotAMember
    assert (await office.planned())["meet", BEN] == NOW
    assert await refused(office, BEN) is NotAMember
    await meet(office.desk, SlackFacts(id=BEN, name="Ben"), NOW)
    session = await volunteer(office.desk, R1, BEN, NOW)

    assert session.helper_id == BEN
    assert (await office.carried(BEN)).open_sessions == (session.id,)


async def test_a_question_that_was_never_shown_to_somebody_is_not_theirs_to_take(office: Office):
    await office.asked(make.helper(ADA))
    await office.put(make.person(BEN))

    assert await refused(office, BEN) is NotFound
    assert (await office.get(Request, R1)).helper_id is None


async def test_a_paused_volunteer_is_welcome(office: Office):
    await posted(office)
    await office.put(make.helper(ADA, paused_until=NOW + DAY))

    assert (await volunteer(office.desk, R1, ADA, NOW)).helper_id == ADA


async def test_nobody_talks_twice_about_the_same_request(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await someone_else(office.desk, ASKER, R1, NOW)

    assert await refused(office, ADA) is CannotHelp

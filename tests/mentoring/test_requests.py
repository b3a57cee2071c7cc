"""What an asker does with a request: file it once, change it, take it back."""

import asyncio
from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, R1, offer_to
from office import Office

from kernel.errors import (
    AlreadyTaken,
    AskedAlready,
    CannotHelp,
    Ended,
    Invalid,
    NotFound,
    NotYours,
    TooManyOpen,
)
from kernel.values import RequestId
from matching.values import Urgency
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.requests.drafts import Draft, keep
from mentoring.requests.requests import edit, file, retag, withdraw
from mentoring.routing.offers import accept, decline


async def test_a_filed_request_is_saved_counted_and_on_its_way(office: Office):
    request = await file(office.desk, ASKER, make.new_request(), R1, NOW)

    planned = await office.planned()
    assert await office.get(Request, R1) == request
    assert (request.state, request.question) == ("open", "How do I profile asyncio?")
    assert (planned["route", R1], planned["overdue", R1]) == (NOW, NOW + DAY)
    assert (await office.carried(ASKER)).open_requests == (R1,)
    assert await office.desk.store.ids(f"open-requests-of:{ASKER}") == [R1]
    assert await office.times_shown("request:R1", ASKER) == 1


async def test_an_asker_met_for_the_first_time_is_looked_up(office: Office):
    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    assert (await office.get(Person, ASKER)).standing == "unknown"
    assert (await office.planned())["meet", ASKER] == NOW


async def test_an_asker_who_is_known_is_not_looked_up_again(office: Office):
    await office.put(make.person())

    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    assert ("meet", ASKER) not in await office.planned()


async def test_the_same_id_again_returns_the_first_request(office: Office):
    first = await file(office.desk, ASKER, make.new_request(), R1, NOW)

    second = await file(office.desk, ASKER, make.new_request(question="What?"), R1, NOW + HOUR)

    assert second == first
    assert (await office.carried(ASKER)).open_requests == (R1,)


async def test_the_id_of_somebody_elses_request_is_refused(office: Office):
    await file(office.desk, ASKER, make.new_request(), R1, NOW)

    with pytest.raises(NotYours):
        await file(office.desk, BEN, make.new_request(), R1, NOW)


async def test_six_filed_at_once_leave_five_and_one_refusal(office: Office):
    await office.put(make.person())
    filed = [
        file(office.desk, ASKER, make.new_request(question=f"How, {n}?"), RequestId(f"R{n}"), NOW)
        for n in range(6)
    ]

    results = await asyncio.gather(*filed, return_exceptions=True)

    assert [type(it) for it in results].count(TooManyOpen) == 1
    assert len((await office.carried(ASKER)).open_requests) == 5
    assert await office.desk.store.count(f"open-requests-of:{ASKER}") == 5


@pytest.mark.parametrize("again", [{"urgency": "now"}, {"minutes": 15}, {"tried": "restarting it"}])
async def test_the_same_question_is_not_asked_twice_while_somebody_is_sought(
    office: Office, again: dict[str, Any]
):
    await office.asked(make.helper(ADA))

    with pytest.raises(AskedAlready) as refused:
        await file(office.desk, ASKER, make.new_request(**again), RequestId("R2"), NOW)

    assert refused.value.request_id == R1
    assert (await office.carried(ADA)).open_offers == (offer_to(ADA),)


@pytest.mark.parametrize("other", [{"question": "Why?"}, {"topics": (make.SQL,)}, {"anonymous": True}])
async def test_another_question_is_asked_beside_the_first(office: Office, other: dict[str, Any]):
    await office.asked(make.helper(ADA))

    second = await file(office.desk, ASKER, make.new_request(**other), RequestId("R2"), NOW)

    assert second.state == "open"


async def test_what_is_wrong_is_refused_before_anything_is_saved(office: Office):
    with pytest.raises(Invalid):
        await file(office.desk, ASKER, make.new_request(question="?"), R1, NOW)

    assert await office.find(Person, ASKER) is None


async def test_a_draft_is_used_up_by_its_request(office: Office):
    await keep(office.desk, ASKER, NOW, text="long " * 2000, source="command", draft_id="D1")

    await file(office.desk, ASKER, make.new_request(draft_id="D1", continued="the rest"), R1, NOW)

    assert (await office.get(Draft, "D1")).state == "used"
    assert (await office.get(Request, R1)).continued == "the rest"


async def test_a_draft_that_is_gone_is_no_obstacle(office: Office):
    assert (await file(office.desk, ASKER, make.new_request(draft_id="D1"), R1, NOW)).id == R1


@pytest.mark.parametrize(("named", "why"), [(make.person(BEN, standing="guest"), "guest"), (None, "unknown")])
async def test_a_person_who_cannot_be_asked_cannot_be_wished_for(
    office: Office, named: Person | None, why: str
):
    await office.put(*([named] if named else []))

    with pytest.raises(CannotHelp) as refused:
        await file(office.desk, ASKER, make.new_request(prefer=BEN), R1, NOW)

    assert refused.value.why == why
    assert (("meet", BEN) in await office.planned()) == (why == "unknown")


async def test_new_words_reach_whoever_is_asked(office: Office):
    await office.asked(make.helper(ADA))

    request = await edit(office.desk, ASKER, R1, make.new_request(question="How, with uvloop?"), NOW + HOUR)

    assert (request.question, request.state) == ("How, with uvloop?", "offered")
    assert await office.times_shown("offer:R1.U0ADA", ADA) == 2
    assert (await office.get(Offer, offer_to(ADA))).state == "pending"


async def test_what_the_form_leaves_out_stays(office: Office):
    await office.put(make.person())
    await file(office.desk, ASKER, make.new_request(continued="the rest", tried="cProfile"), R1, NOW)

    request = await edit(office.desk, ASKER, R1, make.new_request(), NOW)

    assert (request.continued, request.tried) == ("the rest", "cProfile")


async def test_another_urgency_means_another_end(office: Office):
    await office.asked(make.helper(ADA))

    request = await edit(office.desk, ASKER, R1, make.new_request(urgency=Urgency.THIS_WEEK), NOW + HOUR)

    assert request.needed_by == NOW + HOUR + 7 * DAY
    assert (await office.planned())["overdue", R1] == request.needed_by


async def test_editing_nothing_changes_nothing(office: Office):
    await office.asked(make.helper(ADA))
    before = await office.get(Request, R1)

    assert await edit(office.desk, ASKER, R1, make.new_request(), NOW + HOUR) == before
    assert await office.times_shown("offer:R1.U0ADA", ADA) == 1


async def test_with_new_topics_who_knows_none_of_them_is_asked_no_longer(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.SQL: 2}))

    request = await retag(office.desk, ASKER, R1, [make.SQL], NOW)
    await office.run(NOW)

    assert (request.topics, request.state) == ((make.SQL,), "open")
    assert (await office.get(Offer, offer_to(ADA))).state == "withdrawn"
    assert (await office.get(Offer, offer_to(BEN))).state == "pending"


async def test_with_new_topics_who_knows_one_of_them_is_still_asked(office: Office):
    await office.asked(make.helper(ADA, {make.PYTHON: 2, make.SQL: 2}), make.helper(BEN, {make.SQL: 3}))

    await retag(office.desk, ASKER, R1, [make.SQL], NOW)
    await office.run(NOW)

    assert (await office.get(Offer, offer_to(ADA))).state == "pending"
    assert await office.find(Offer, offer_to(BEN)) is None


async def test_who_was_named_is_asked_whatever_the_topics(office: Office):
    await office.asked(make.person(BEN), prefer=BEN)

    await retag(office.desk, ASKER, R1, [make.SQL], NOW)

    assert (await office.get(Offer, offer_to(BEN))).state == "pending"


async def test_better_topics_find_someone_for_what_nobody_took(office: Office):
    await office.asked(make.helper(BEN, {make.SQL: 2}))
    assert (await office.get(Request, R1)).state == "unanswered"

    await retag(office.desk, ASKER, R1, [make.SQL], NOW + HOUR)
    await office.run(NOW + HOUR)

    assert (await office.get(Offer, offer_to(BEN))).state == "pending"
    assert ("give_up", R1) not in await office.planned()


async def test_an_unknown_topic_is_refused(office: Office):
    await office.asked()

    with pytest.raises(Invalid):
        await retag(office.desk, ASKER, R1, [make.TopicId("haskell")], NOW)


async def test_what_somebody_accepted_is_not_changed_any_more(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)

    for change in (
        edit(office.desk, ASKER, R1, make.new_request(question="What?"), NOW),
        retag(office.desk, ASKER, R1, [make.SQL], NOW),
        withdraw(office.desk, ASKER, R1, NOW),
    ):
        with pytest.raises(AlreadyTaken):
            await change


async def test_a_withdrawn_request_frees_everybody(office: Office):
    await office.asked(make.helper(ADA))

    request = await withdraw(office.desk, ASKER, R1, NOW)

    assert request.state == "withdrawn"
    assert (await office.get(Offer, offer_to(ADA))).state == "withdrawn"
    assert (await office.carried(ADA)).open_offers == (await office.carried(ASKER)).open_requests == ()
    assert set(await office.planned()) == {("forget_request", R1), ("undo_over", f"{ASKER} request:{R1}")}
    assert await office.times_shown("offer:R1.U0ADA", ADA) == 2


async def test_withdrawing_twice_changes_nothing(office: Office):
    await office.asked(make.helper(ADA))
    once = await withdraw(office.desk, ASKER, R1, NOW)

    assert await withdraw(office.desk, ASKER, R1, NOW + HOUR) == once


async def test_a_request_is_its_askers_alone(office: Office):
    await office.asked(make.helper(ADA))

    with pytest.raises(NotYours):
        await withdraw(office.desk, BEN, R1, NOW)
    with pytest.raises(NotFound):
        await withdraw(office.desk, ASKER, RequestId("R9"), NOW)


async def test_what_has_ended_is_not_changed_any_more(office: Office):
    await office.asked(make.helper(ADA))
    await withdraw(office.desk, ASKER, R1, NOW)

    with pytest.raises(Ended):
        await edit(office.desk, ASKER, R1, make.new_request(question="What?"), NOW)


async def test_a_place_freed_can_be_used_again(office: Office):
    await office.put(make.person())
    for number in range(5):
        new = make.new_request(question=f"How, {number}?")
        await file(office.desk, ASKER, new, RequestId(f"R{number}"), NOW)
    await withdraw(office.desk, ASKER, RequestId("R3"), NOW)

    assert (await file(office.desk, ASKER, make.new_request(), RequestId("R9"), NOW)).state == "open"


async def test_declining_does_not_free_the_askers_place(office: Office):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)

    assert (await office.carried(ASKER)).open_requests == (R1,)

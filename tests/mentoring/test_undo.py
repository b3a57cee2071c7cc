"""Undoing a no, a handing on, a withdrawal and "I used it": each for ten minutes, while it makes sense."""

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.errors import AlreadyTaken, AskedAlready, Ended, NotYours, OfferOver, UndoOver
from kernel.policy import Policy
from kernel.values import PersonId, RequestId
from matching.values import Lane
from mentoring.admins.reports import NewReport, report
from mentoring.model.check import Check, Thanks, check_id
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from mentoring.model.session import WrapUp
from mentoring.model.undo import UNDO_FOR
from mentoring.requests.requests import edit, file, withdraw
from mentoring.requests.retries import someone_else
from mentoring.requests.undo import withdrawal
from mentoring.routing.lane_statistics import LaneRecord
from mentoring.routing.offers import accept, decline, pass_on
from mentoring.routing.undo_offers import undo
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check, undo_check
from mentoring.sessions.reports import BOND
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
D2 = check_id(TALK, "d2")
LATE = NOW + UNDO_FOR
USED_AT = NOW + 2 * DAY + HOUR


async def request(office: Office) -> Request:
    return await office.get(Request, R1)


async def state(office: Office, helper: PersonId) -> str:
    return (await office.get(Offer, offer_to(helper))).state


async def test_a_no_that_was_undone_is_an_offer_as_before(office: Office):
    await office.asked(make.helper(ADA))
    before, load, planned = await request(office), await office.carried(ADA), await office.planned()
    await decline(office.desk, offer_to(ADA), ADA, NOW)

    offer = await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)

    assert (offer.state, offer.answered_at, offer.undone) == ("pending", None, True)
    assert await request(office) == before
    assert await office.carried(ADA) == load
    assert await office.planned() == {**planned, ("undo_over", f"{ADA} {offer.thing}"): LATE}
    assert (await accept(office.desk, offer_to(ADA), ADA, NOW + 2 * MINUTE)).helper_id == ADA


async def test_who_was_asked_meanwhile_stays_asked_and_the_first_yes_wins(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await decline(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)

    await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)

    assert [await state(office, it) for it in (ADA, BEN)] == ["pending", "pending"]
    await accept(office.desk, offer_to(BEN), BEN, NOW + MINUTE)
    assert await state(office, ADA) == "taken"


async def test_a_question_that_nobody_was_left_for_is_asked_again_and_ends_in_time(office: Office):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)
    assert (await request(office)).state == "unanswered"

    await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)

    after, planned = await request(office), await office.planned()
    assert (after.state, after.gap) == ("offered", None)
    assert planned["overdue", R1] == after.needed_by
    assert ("give_up", R1) not in planned


async def test_undoing_twice_changes_nothing(office: Office):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)

    first, second = [await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE) for _ in range(2)]

    assert first == second
    assert (await office.carried(ADA)).open_offers == (offer_to(ADA),)


async def test_a_no_is_undone_only_for_a_while_and_only_by_whose_it_is(office: Office):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)

    with pytest.raises(NotYours):
        await undo(office.desk, offer_to(ADA), BEN, NOW)
    with pytest.raises(UndoOver):
        await undo(office.desk, offer_to(ADA), ADA, LATE)
    assert await state(office, ADA) == "declined"


async def test_after_somebody_elses_yes_a_no_stays(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await decline(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)
    await accept(office.desk, offer_to(BEN), BEN, NOW)

    with pytest.raises(AlreadyTaken):
        await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)


@pytest.mark.parametrize("what", ["withdrawn", "about something else", "someone else"])
async def test_after_the_asker_has_acted_a_no_stays(office: Office, what: str):
    await office.asked(make.helper(ADA))
    await decline(office.desk, offer_to(ADA), ADA, NOW)
    if what == "withdrawn":
        await withdraw(office.desk, ASKER, R1, NOW)
    elif what == "someone else":
        await someone_else(office.desk, ASKER, R1, NOW)
    else:
        await edit(office.desk, ASKER, R1, make.new_request(topics=(make.SQL,)), NOW)

    with pytest.raises(OfferOver):
        await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)


async def test_whoever_was_named_is_asked_no_longer_unless_they_have_said_yes(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=BEN, note="You know this")
    await office.run(NOW)

    offer = await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)

    assert (offer.state, offer.has_named, await state(office, BEN)) == ("pending", False, "withdrawn")
    assert (await office.carried(BEN)).open_offers == ()
    await pass_on(office.desk, offer_to(ADA), ADA, NOW + MINUTE)
    assert await state(office, ADA) == "passed_on"


async def test_whoever_was_named_and_not_asked_yet_is_forgotten(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=BEN, note="You know this")

    await undo(office.desk, offer_to(ADA), ADA, NOW + MINUTE)
    await office.run(NOW + MINUTE)

    after = await request(office)
    assert (after.prefer, after.handed_by, after.note) == (None, None, "")
    assert await office.find(Offer, offer_to(BEN)) is None


async def test_a_withdrawal_that_was_undone_leaves_all_as_before(office: Office):
    await office.asked(make.helper(ADA))
    before, loads = await request(office), [await office.carried(it) for it in (ASKER, ADA)]
    planned = await office.planned()
    await withdraw(office.desk, ASKER, R1, NOW)

    after = await withdrawal(office.desk, ASKER, R1, NOW + MINUTE)

    assert after == await request(office) == before
    assert await state(office, ADA) == "pending"
    assert [await office.carried(it) for it in (ASKER, ADA)] == loads
    assert await office.planned() == {**planned, ("undo_over", f"{ASKER} request:{R1}"): LATE}


async def test_whoever_can_help_no_more_is_passed_over_when_a_withdrawal_is_undone(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await withdraw(office.desk, ASKER, R1, NOW)
    await office.put(make.helper(ADA, paused_until=NOW + DAY))

    after = await withdrawal(office.desk, ASKER, R1, NOW + MINUTE)
    await office.run(NOW + MINUTE)

    assert after.state == "open"
    assert [await state(office, it) for it in (ADA, BEN)] == ["withdrawn", "pending"]


async def test_who_had_said_no_before_the_withdrawal_is_not_asked_again(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN, {make.PYTHON: 1}))
    await decline(office.desk, offer_to(ADA), ADA, NOW)
    await office.run(NOW)
    await withdraw(office.desk, ASKER, R1, NOW)

    await withdrawal(office.desk, ASKER, R1, NOW + MINUTE)

    assert [await state(office, it) for it in (ADA, BEN)] == ["declined", "pending"]


async def test_a_withdrawal_stays_after_a_while_and_where_the_same_was_asked_anew(office: Office):
    await office.asked(make.helper(ADA))
    await withdraw(office.desk, ASKER, R1, NOW)
    with pytest.raises(UndoOver):
        await withdrawal(office.desk, ASKER, R1, LATE)
    with pytest.raises(NotYours):
        await withdrawal(office.desk, ADA, R1, NOW)

    await file(office.desk, ASKER, make.new_request(), RequestId("R2"), NOW)

    with pytest.raises(AskedAlready):
        await withdrawal(office.desk, ASKER, R1, NOW + MINUTE)
    assert (await request(office)).state == "withdrawn"


async def test_a_card_is_shown_without_undo_once_that_is_over(office: Office):
    await office.asked(make.helper(ADA))
    await withdraw(office.desk, ASKER, R1, NOW)
    before = await office.times_shown(f"request:{R1}", ASKER)

    assert await office.run(LATE) == ["undo_over"]

    assert await office.times_shown(f"request:{R1}", ASKER) == before + 1
    assert not [name for name in await office.planned() if name[0] == "undo_over"]


async def used(office: Office, said: str = "used") -> None:
    """Have a talk, wrapped up; two days later the asker says what came of it."""
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.run(USED_AT)
    await answer_check(office.desk, D2, ASKER, said, USED_AT)  # type: ignore[arg-type]


async def counted(office: Office) -> tuple[int, int]:
    record = await office.find(LaneRecord, make.PYTHON)
    return (record.talks.get(Lane.PEER, 0), record.helped.get(Lane.PEER, 0)) if record else (0, 0)


async def test_i_used_it_that_was_undone_is_asked_again_and_the_thanks_go(office: Office):
    await used(office)
    assert (await counted(office), len(await office.desk.store.ids(f"thanks-to:{ADA}"))) == ((1, 1), 1)

    check = await undo_check(office.desk, D2, ASKER, USED_AT + MINUTE)

    assert (check.state, check.answer, check.undone) == ("asked", None, True)
    assert (await office.get(Thanks, TALK)).undone
    assert (await counted(office), await office.desk.store.ids(f"thanks-to:{ADA}")) == ((0, 0), [])
    assert {("check", f"{TALK}.d7"), ("check", f"{TALK}.d30")} <= (await office.planned()).keys()
    assert ("check", D2) not in await office.planned()

    await answer_check(office.desk, D2, ASKER, "used", USED_AT + 2 * MINUTE)

    assert (await counted(office), await office.desk.store.ids(f"thanks-to:{ADA}")) == ((1, 1), [TALK])
    assert not (await office.get(Thanks, TALK)).undone


@pytest.mark.parametrize(("helped", "left"), [("yes", (1, 1)), ("no", (1, 0))])
@pytest.mark.parametrize("is_said_before", [True, False])
async def test_what_was_said_on_the_day_still_counts(
    office: Office, helped: str, left: tuple[int, int], is_said_before: bool
):
    mine, said = feedback_id(TALK, ASKER), Answer.model_validate({"helped": helped})
    if is_said_before:
        await office.asked(make.helper(ADA))
        await accept(office.desk, offer_to(ADA), ADA, NOW)
        await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
        await office.run(USED_AT)
        await answer(office.desk, mine, ASKER, said, USED_AT)
        await answer_check(office.desk, D2, ASKER, "used", USED_AT)
    else:
        await used(office)
        await answer(office.desk, mine, ASKER, said, USED_AT)

    await undo_check(office.desk, D2, ASKER, USED_AT + MINUTE)

    assert await counted(office) == left


async def test_no_use_is_undone_too_without_any_thanks(office: Office):
    await used(office, "no_use")

    await undo_check(office.desk, D2, ASKER, USED_AT + MINUTE)

    assert (await office.get(Check, D2)).state == "asked"
    assert await office.find(Thanks, TALK) is None


async def test_an_answer_stays_after_a_while_after_a_report_and_for_anybody_else(office: Office):
    await used(office)
    with pytest.raises(NotYours):
        await undo_check(office.desk, D2, ADA, USED_AT)
    with pytest.raises(UndoOver):
        await undo_check(office.desk, D2, ASKER, USED_AT + UNDO_FOR)
    await report(office.desk, TALK, ADA, NewReport(text="x"), USED_AT, of=BOND)
    with pytest.raises(Ended):
        await undo_check(office.desk, D2, ASKER, USED_AT + MINUTE)


async def test_not_yet_needs_no_undoing(office: Office):
    await used(office, "not_yet")

    with pytest.raises(Ended):
        await undo_check(office.desk, D2, ASKER, USED_AT + MINUTE)


async def test_in_a_pool_one_no_is_undone_while_the_others_wait(office: Office):
    office.policy = Policy(one_at_a_time=1, pool=5)
    await office.asked(make.helper("U0FIRST"), *(make.helper(id, {make.PYTHON: 1}) for id in (ADA, BEN, CY)))
    await decline(office.desk, offer_to(PersonId("U0FIRST")), PersonId("U0FIRST"), NOW)
    await office.run(NOW)
    await decline(office.desk, offer_to(BEN), BEN, NOW)

    await undo(office.desk, offer_to(BEN), BEN, NOW + MINUTE)

    assert [await state(office, it) for it in (ADA, BEN, CY)] == ["pending"] * 3

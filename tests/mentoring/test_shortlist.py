"""Who could be asked next: ranked, then by who can be reached this moment."""

import math
import sys
from types import FrameType
from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, CY, DEE, HOUR, NOW
from office import Office

from handlers.requests import reasons
from kernel.policy import Policy
from kernel.presence import Available
from kernel.values import PersonId
from kernel.working_hours import ALWAYS
from matching.ranking.ranking import rank
from matching.values import Lane, Urgency
from mentoring.model.load import WEEK
from mentoring.model.request import Request
from mentoring.retention import free_up
from mentoring.routing.shortlist import LOOKED_UP, RANKED, as_ask, shortlist

DND = Available(state="dnd", until=NOW + HOUR)
BY_SKILL = (ADA, BEN, CY)


async def listed(office: Office, request: Request) -> list[str]:
    found = await shortlist(office.desk, request, make.person(), NOW)
    return [match.helper_id for match in found.matches]


async def three(office: Office) -> None:
    """Put Ada, Ben and Cy there, the one who knows most first."""
    await office.put(
        *(make.helper(id, {make.PYTHON: own}) for id, own in zip(BY_SKILL, (3, 2, 1), strict=True))
    )


@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.THIS_WEEK])
async def test_who_is_in_do_not_disturb_comes_last(office: Office, urgency: Urgency):
    await three(office)
    office.presence.seen = {ADA: DND, BEN: Available(state="away")}

    assert await listed(office, make.request(urgency=urgency)) == [BEN, CY, ADA]


@pytest.mark.parametrize("urgency", Urgency)
async def test_who_is_at_work_comes_before_who_knows_more_and_is_not(office: Office, urgency: Urgency):
    await three(office)
    await office.put(make.helper(ADA, zone="Australia/Sydney"))

    assert await listed(office, make.request(urgency=urgency)) == [BEN, CY, ADA]
    office.policy = Policy(offers_outside_hours=True)
    assert (await listed(office, make.request(urgency=urgency)))[0] == (
        BEN if urgency is Urgency.NOW else ADA
    )


GERMAN = "Wie finde ich heraus, warum unsere Abfrage so langsam geworden ist?"


@pytest.mark.parametrize("known", [{"languages": ("German",)}, {"locale": "de-AT"}], ids=["said", "of Slack"])
async def test_who_speaks_the_language_of_a_question_comes_first(office: Office, known: dict[str, Any]):
    await three(office)
    await office.put(make.helper(CY, {make.PYTHON: 1}, **known))

    found = await shortlist(office.desk, make.request(question=GERMAN), make.person(), NOW)

    assert [match.helper_id for match in found.matches] == [CY, ADA, BEN]
    [first, second, _] = found.matches
    assert "you speak *German*" in reasons.for_helper(first.reasons, str, anonymous=True)
    assert "speak" not in reasons.for_helper(second.reasons, str, anonymous=True)
    assert (await listed(office, make.request(question="Why is our query so slow?")))[0] == ADA


async def test_who_is_at_work_is_found_behind_many_who_sleep(office: Office):
    asleep = [make.helper(f"U0H{number}", zone="Australia/Sydney") for number in range(RANKED)]
    await office.put(*asleep, make.helper(ADA, {make.PYTHON: 1}, minutes_per_week=30))
    await office.put(make.load(ADA, replies=("none",) * 5))

    assert (await listed(office, make.request()))[0] == ADA


async def test_for_now_those_at_their_desk_come_first_and_do_not_disturb_is_respected(office: Office):
    await three(office)
    office.presence.seen = {ADA: DND, BEN: Available(state="away"), CY: Available(state="active")}

    assert await listed(office, make.request(urgency=Urgency.NOW)) == [CY, BEN, ADA]


async def test_presence_is_a_reason_that_adds_up_like_any_other(office: Office):
    await three(office)
    office.presence.seen = {ADA: Available(state="away"), BEN: Available(state="active")}

    found = await shortlist(office.desk, make.request(), make.person(), NOW)

    values = {
        match.helper_id: [it.value for it in match.reasons if it.kind == "presence"]
        for match in found.matches
    }
    assert values == {ADA: [-0.25], BEN: [0.25], CY: []}
    assert all(match.score == math.fsum(it.value for it in match.reasons) for match in found.matches)


async def test_whoever_lets_offers_run_out_is_asked_after_those_who_answer(office: Office):
    await office.put(make.helper(ADA), make.helper(BEN), make.helper(CY))
    await office.put(
        make.load(ADA, replies=("none",) * 5),
        make.load(BEN, replies=("no",) * 5),
        make.load(CY, replies=("yes",) * 5),
    )

    assert await listed(office, make.request(urgency=Urgency.THIS_WEEK)) == [CY, BEN, ADA]


async def test_on_a_holiday_nobody_is_at_work_and_the_day_can_be_taken_back(office: Office):
    await office.put(make.helper(ADA), make.helper(BEN, zone="Pacific/Auckland", hours=ALWAYS))
    now = make.request(urgency=Urgency.NOW)

    async def at_work() -> set[str]:
        await listed(office, now)
        index = await office.desk.directory.index()
        return set(index.at_work([ADA, BEN], NOW))

    assert await at_work() == {ADA, BEN}
    office.policy = Policy(holidays=(NOW.date(),))
    assert await at_work() == set()
    office.policy = Policy(holidays=("2026-11-25",))
    assert await at_work() == {ADA, BEN}


async def test_presence_is_looked_up_for_a_few_best_only(office: Office):
    await office.put(*(make.helper(f"U0H{number}") for number in range(20)))

    assert len(await listed(office, make.request(urgency=Urgency.NOW))) == 20
    assert len(office.presence.asked) == LOOKED_UP


async def test_for_now_more_are_looked_up_when_the_best_cannot_be_reached(office: Office):
    people = [PersonId(f"U0H{number}") for number in range(20)]
    await office.put(*(make.helper(id) for id in people))
    office.presence.seen = dict.fromkeys(people[:12], DND)

    found = await listed(office, make.request(urgency=Urgency.NOW))

    assert not set(found[: make.POLICY.pool]) & set(people[:12])
    assert len(found) == 20


async def test_nobody_is_listed_who_should_not_be_asked(office: Office):
    await three(office)
    asker = make.person(do_not_match={ADA}, managers=(BEN,))
    request = make.request(excluded={CY})

    assert list((await shortlist(office.desk, request, asker, NOW)).matches) == []


async def test_who_has_had_the_questions_of_their_week_is_not_listed_until_room_is_made(office: Office):
    await three(office)
    await office.put(make.helper(ADA, questions_per_week=1), make.load(ADA, asked_at=(NOW,)))
    await office.put(make.helper(BEN, questions_per_week=2), make.load(BEN, asked_at=(NOW,)))

    assert await listed(office, make.request()) == [BEN, CY]
    await free_up(office.desk, ADA, NOW + WEEK)
    assert ADA in await listed(office, make.request())


async def test_a_question_without_a_topic_reaches_those_who_take_any(office: Office):
    await three(office)
    await office.put(make.helper(DEE, {make.SQL: 1}, anything=True))

    assert await listed(office, make.request(topics=())) == [DEE]
    assert DEE not in await listed(office, make.request())


def test_a_wish_for_a_lane_is_the_only_lane_and_else_the_topics_decide(office: Office):
    asker = make.person(level=4)

    wished = as_ask(make.request(lane="reverse"), asker, office.desk)
    any_lane = as_ask(make.request(asked=(make.approach(DEE),), prefer=ADA), asker, office.desk)

    assert (wished.lanes, wished.asker_level) == ((Lane.REVERSE,), 4)
    assert any_lane.lanes == (Lane.PEER, Lane.SENIOR, Lane.REVERSE)
    assert (any_lane.excluded, any_lane.wanted) == ({ASKER, DEE}, {ADA})


async def test_nobody_is_ranked_twice_where_no_newcomer_is_to_be_drawn(office: Office):
    await three(office)
    code, ranked = rank.__code__, []

    def called(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is code:
            ranked.append(frame)

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        assert await listed(office, make.request()) == [ADA, BEN, CY]
    finally:
        sys.setprofile(before)

    assert len(ranked) == 1

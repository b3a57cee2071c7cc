"""Second opinions on the real store: who is asked, what each carries, what is shown when, and how it ends."""

import asyncio
from datetime import timedelta

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, NOW, PYTHON
from make_opinion import CLOSES, O1, QUESTION, adviser, asked, new, now_is, run
from office import Office

from handlers.conversations import ALL
from kernel.errors import Ended, Invalid, NotYours, OfferOver
from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from kernel.values import PersonId, RequestId
from matching.values import Lane
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.own_data import erase, export
from mentoring.people import people
from mentoring.people.people import keep_apart
from relationships.second_opinions import outcome, second_opinions, views
from relationships.second_opinions.advisers import shared
from relationships.second_opinions.second_opinion import MINUTES, MOST_ASKED, SecondOpinion
from relationships.second_opinions.second_opinions import NoTalkNow, TooManyOpinions

THREE = (adviser(ADA), adviser(BEN), adviser(CY))
EVE, FAY = PersonId("U0EVE"), PersonId("U0FAY")


def who(opinion: SecondOpinion) -> dict[Lane, PersonId]:
    return {seat.lane: seat.person_id for seat in opinion.waiting}


async def shown(office: Office, *people: Person) -> SecondOpinion:
    """Have two of three answer."""
    await asked(office, *(people or THREE))
    for person in (ADA, BEN):
        await views.answer(office.desk, O1, person, NOW, text=f"view of {person}")
    return await now_is(office)


async def test_a_peer_a_senior_and_a_reverse_helper_are_asked_at_once(office: Office):
    opinion = await asked(office, *THREE, adviser(DEE, topics={PYTHON: 1}))

    assert who(opinion) == {Lane.PEER: ADA, Lane.SENIOR: BEN, Lane.REVERSE: CY}
    assert opinion.closes_at == CLOSES
    assert [await office.times_shown(f"view:{O1}", it) for it in (ADA, BEN, CY, DEE)] == [1, 1, 1, 0]
    assert {len((await office.carried(it)).open_seats) for it in (ADA, BEN, CY)} == {1}
    assert (await office.carried(ASKER)).open_opinions == (O1,)


async def test_of_those_who_fit_whoever_shares_least_is_asked(office: Office):
    await office.put(make.person(team="data", function="engineering", site="Oslo"))
    near = adviser(ADA, team="data", function="engineering", site="Oslo")
    far = adviser(DEE, team="web", function="design", site="Rome", topics={PYTHON: 2})
    same_as_far = adviser(BEN, team="web", site="Rome")
    other = adviser(EVE, level=6, team="legal", topics={PYTHON: 1})
    await office.put(near, far, same_as_far, other)
    await second_opinions.ask(office.desk, ASKER, new(), O1, NOW)
    await run(office, NOW)

    opinion = await now_is(office)

    assert {it.lane: it.person_id for it in opinion.seats[:2]} == {Lane.PEER: DEE, Lane.SENIOR: EVE}


async def test_nobody_in_line_apart_paused_full_or_without_the_topic_is_asked(office: Office):
    await office.put(make.person(PersonId("U0BOSS"), managers=(FAY,)))
    asker = make.person(managers=(PersonId("U0BOSS"),), do_not_match=frozenset({BEN}))
    unfit = (
        adviser(FAY, level=7),
        adviser(BEN),
        adviser(DEE, do_not_match=frozenset({ASKER})),
        adviser(EVE, paused_until=NOW + DAY),
        adviser(PersonId("U0FULL"), minutes_per_week=MINUTES - 1),
        adviser(PersonId("U0SQL"), topics={make.SQL: 3}),
        adviser(PersonId("U0REPORT"), managers=(ASKER,)),
    )
    await office.put(asker, *unfit, adviser(ADA), adviser(CY))
    await second_opinions.ask(office.desk, ASKER, new(), O1, NOW)
    await run(office, NOW)

    assert set(who(await now_is(office)).values()) == {ADA, CY}


async def test_where_a_lane_has_nobody_somebody_else_takes_its_place(office: Office):
    opinion = await asked(office, *(adviser(it, level=3) for it in (ADA, BEN, CY, DEE)))

    assert [seat.lane for seat in opinion.waiting] == [Lane.PEER] * 3


async def test_nobody_is_asked_outside_their_hours(office: Office):
    night = NOW.replace(hour=22)
    opinion = await asked(office, *THREE, now=night)
    assert (opinion.seats, opinion.seeks_at) == ((), NOW.replace(hour=9) + DAY)

    await run(office, NOW + DAY)

    assert len((await now_is(office)).waiting) == 3


async def test_while_one_is_asked_the_search_for_others_goes_on(office: Office):
    await asked(office, adviser(ADA))
    assert len((await now_is(office)).waiting) == 1
    await office.put(adviser(BEN))

    await run(office, NOW + timedelta(hours=office.policy.keep_waiting_hours))

    assert who(await now_is(office)) == {Lane.PEER: ADA, Lane.SENIOR: BEN}


@pytest.mark.parametrize(
    ("arenas", "weight"),
    [
        ({"team": "a", "function": "b", "site": "c"}, 7),
        ({"team": "a"}, 4),
        ({"function": "b", "site": "c"}, 3),
        ({"site": "c"}, 1),
        ({"team": "z"}, 0),
        ({}, 0),
    ],
)
def test_a_team_weighs_more_than_function_and_site_and_what_is_unknown_nothing(
    arenas: dict[str, str], weight: int
):
    one = make.person(ADA, **arenas)
    others = [make.person(BEN), make.person(CY, team="a", function="b", site="c"), make.person(DEE, team="y")]

    assert shared(one, others) == weight


async def test_who_wants_few_questions_a_week_is_asked_no_more(office: Office):
    busy = adviser(ADA, questions_per_week=1)
    await office.put(busy, make.load(ADA, asked_at=(NOW - DAY,)))

    opinion = await asked(office, busy, adviser(BEN))

    assert who(opinion) == {Lane.SENIOR: BEN}


async def test_being_asked_for_a_view_counts_as_a_question_of_the_week(office: Office):
    await asked(office, *THREE)

    assert (await office.carried(ADA)).asked_at == (NOW,)


async def test_an_entry_that_comes_too_early_closes_nothing(office: Office):
    await asked(office, *THREE)

    await views.close(office.desk, O1, CLOSES - HOUR)

    assert len((await now_is(office)).waiting) == 3


async def test_where_nobody_knows_the_topic_the_asker_is_told_at_once(office: Office):
    opinion = await asked(office, adviser(ADA, topics={make.SQL: 3}))

    assert (opinion.state, opinion.gap) == ("unanswered", "nobody")
    assert (await office.carried(ASKER)).open_opinions == ()


async def test_the_second_answer_shows_both_and_each_has_given_five_minutes(office: Office):
    await asked(office, *THREE)

    one = await views.answer(office.desk, O1, ADA, NOW, text=" No. ")
    two = await views.answer(office.desk, O1, BEN, NOW + HOUR, text="Yes.")

    assert (one.state, two.state) == ("gathering", "shown")
    ada, cy = await office.carried(ADA), await office.carried(CY)
    assert (ada.open_seats, ada.minutes_booked(NOW), ada.open_sessions, ada.replies) == ((), 5, (), ("yes",))
    assert (len(cy.open_seats), cy.minutes_booked(NOW)) == (1, 0)
    assert (await office.carried(ASKER)).open_opinions == ()
    assert [seat.text for seat in two.answered if seat.person_id == ADA] == ["No."]


async def test_minutes_given_are_free_again_after_a_week(office: Office):
    await shown(office)

    await run(office, NOW + 8 * DAY)

    assert (await office.carried(ADA)).bookings == ()


async def test_a_changed_answer_costs_nothing_more(office: Office):
    await asked(office, *THREE)
    for text in ("No", "No, but"):
        await views.answer(office.desk, O1, ADA, NOW, text=text)

    assert (await office.carried(ADA)).minutes_booked(NOW) == MINUTES


async def test_a_no_frees_the_seat_for_the_next_and_costs_nothing(office: Office):
    await asked(office, *THREE, adviser(DEE, topics={PYTHON: 1}))

    await views.decline(office.desk, O1, ADA, NOW)
    await run(office, NOW)

    assert who(await now_is(office)) == {Lane.PEER: DEE, Lane.SENIOR: BEN, Lane.REVERSE: CY}
    ada = await office.carried(ADA)
    assert (ada.open_seats, ada.bookings, ada.replies) == ((), (), ("no",))
    with pytest.raises(OfferOver):
        await views.answer(office.desk, O1, ADA, NOW, text="After all")


async def test_so_many_are_asked_and_no_more(office: Office):
    crowd = [adviser(PersonId(f"U{number:03}")) for number in range(30)]
    await asked(office, *crowd)
    for _ in range(30):
        for seat in (await now_is(office)).waiting:
            await views.decline(office.desk, O1, seat.person_id, NOW)
        await run(office, NOW)

    opinion = await now_is(office)
    assert (len(opinion.seats), opinion.state, opinion.gap) == (MOST_ASKED, "unanswered", "nobody")


async def test_with_one_answer_and_nobody_left_it_is_shown_at_once(office: Office):
    await asked(office, *THREE)
    await views.answer(office.desk, O1, ADA, NOW, text="No")
    for person in (BEN, CY):
        await views.decline(office.desk, O1, person, NOW)
        await run(office, NOW)

    opinion = await now_is(office)
    assert (opinion.state, opinion.gap, len(opinion.answered)) == ("shown", "nobody", 1)


@pytest.mark.parametrize(("answers", "state"), [(0, "unanswered"), (1, "shown")])
async def test_time_shows_what_there_is(office: Office, answers: int, state: str):
    await asked(office, *THREE)
    for person in (ADA, BEN)[:answers]:
        await views.answer(office.desk, O1, person, NOW, text="No")

    await run(office, CLOSES)

    opinion = await now_is(office)
    assert (opinion.state, opinion.gap, opinion.waiting) == (state, "time", ())
    assert (await office.carried(CY)).replies == ("none",)
    with pytest.raises(OfferOver):
        await views.answer(office.desk, O1, CY, CLOSES, text="Late")


async def test_two_who_answer_at_the_same_moment_are_both_shown(office: Office):
    await asked(office, *THREE)

    await asyncio.gather(*(views.answer(office.desk, O1, it, NOW, text="So") for it in (ADA, BEN, CY)))

    opinion = await now_is(office)
    assert (opinion.state, len(opinion.answered)) == ("shown", 3)


async def test_two_at_a_time_and_the_same_form_once(office: Office):
    await office.put(make.person(), *THREE)
    first = await second_opinions.ask(office.desk, ASKER, new(), O1, NOW)
    assert await second_opinions.ask(office.desk, ASKER, new(question="Other?"), O1, NOW) == first
    await second_opinions.ask(office.desk, ASKER, new(), "O2", NOW)

    with pytest.raises(TooManyOpinions):
        await second_opinions.ask(office.desk, ASKER, new(), "O3", NOW)
    with pytest.raises(NotYours):
        await second_opinions.ask(office.desk, ADA, new(), O1, NOW)


@pytest.mark.parametrize(
    ("said", "field", "problem"),
    [
        ({"question": " "}, "question", "empty"),
        ({"question": ":wave:"}, "question", "no_words"),
        ({"question": "x" * 601}, "question", "too_long"),
        ({"topics": ()}, "topics", "empty"),
        ({"own_view": "x" * 601}, "own_view", "too_long"),
    ],
)
async def test_what_is_wrong_is_said_of_its_field(
    office: Office, said: dict[str, object], field: str, problem: str
):
    with pytest.raises(Invalid) as wrong:
        await second_opinions.ask(office.desk, ASKER, new(**said), O1, NOW)

    assert (wrong.value.field, wrong.value.problem) == (field, problem)


async def test_ones_own_view_is_written_before_anothers_is_read(office: Office):
    await asked(office, *THREE)
    await second_opinions.write_own(office.desk, O1, ASKER, NOW, text="Leave it")
    for person in (ADA, BEN):
        await views.answer(office.desk, O1, person, NOW, text="So")

    with pytest.raises(Ended):
        await second_opinions.write_own(office.desk, O1, ASKER, NOW, text="I knew it")
    assert (await now_is(office)).own_view == "Leave it"


async def test_taken_back_nobody_needs_to_answer(office: Office):
    await asked(office, *THREE)

    await second_opinions.withdraw(office.desk, O1, ASKER, NOW)

    assert {len((await office.carried(it)).open_seats) for it in (ADA, BEN, CY)} == {0}
    with pytest.raises(OfferOver):
        await views.answer(office.desk, O1, ADA, NOW, text="No")


async def test_a_talk_with_one_is_an_ordinary_question_that_asks_them_first(office: Office):
    opinion = await shown(office)
    number = opinion.seat_of(BEN).number

    await second_opinions.talk(office.desk, O1, ASKER, number, NOW)
    again = await second_opinions.talk(office.desk, O1, ASKER, number, NOW)
    await run(office, NOW)

    request = await office.get(Request, again.request_id or "")
    assert (request.state, request.question, [it.helper_id for it in request.asked]) == (
        "offered",
        QUESTION,
        [BEN],
    )
    assert (await office.get(Offer, f"{request.id}.{BEN}")).is_pending
    assert (again.state, again.chosen, again.waiting) == ("decided", number, ())
    with pytest.raises(Ended):
        await second_opinions.talk(office.desk, O1, ASKER, opinion.seat_of(ADA).number, NOW)


@pytest.mark.parametrize("anonymous", [False, True])
async def test_who_cannot_be_asked_for_a_talk_is_not_named_in_the_refusal(office: Office, anonymous: bool):
    await asked(office, *THREE, anonymous=anonymous)
    for person in (ADA, BEN):
        await views.answer(office.desk, O1, person, NOW, text="So")
    await people.pause(office.desk, BEN, NOW + DAY, NOW)
    number = (await now_is(office)).seat_of(BEN).number

    with pytest.raises(NoTalkNow) as no:
        await second_opinions.talk(office.desk, O1, ASKER, number, NOW)

    assert BEN not in repr(no.value)
    assert (await now_is(office)).state == "shown"
    assert await office.find(Request, RequestId(f"{O1}-{number}")) is None


async def test_a_week_later_the_asker_is_asked_once_what_came_of_it(office: Office):
    await shown(office)
    await second_opinions.settle(office.desk, O1, ASKER, NOW)

    await run(office, NOW + 7 * DAY)

    assert (await now_is(office)).state == "asked_back"
    assert len((await office.get(Unasked, ASKER)).at) == 1

    await outcome.come_to(office.desk, O1, ASKER, NOW + 8 * DAY, outcome="acted", words="It worked")

    opinion = await now_is(office)
    assert (opinion.state, opinion.outcome, {it.is_told for it in opinion.answered}) == (
        "over",
        "acted",
        {True},
    )
    assert [len((await office.get(Unasked, it)).at) for it in (ADA, BEN)] == [1, 1]
    assert await office.find(Unasked, CY) is None


async def test_what_came_of_it_is_asked_and_told_as_news_in_working_hours_only(office: Office):
    await shown(office)
    evening = NOW.replace(hour=20)
    await second_opinions.settle(office.desk, O1, ASKER, evening)
    await run(office, evening + 7 * DAY + HOUR)
    assert (await now_is(office)).state == "decided"
    await run(office, evening + 8 * DAY)
    assert (await now_is(office)).state == "asked_back"

    await outcome.come_to(office.desk, O1, ASKER, evening + 8 * DAY, outcome="acted")

    assert not any(seat.is_told for seat in (await now_is(office)).answered)


async def test_what_came_of_it_is_news_in_working_hours_and_within_the_budget_only(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    await shown(office, adviser(ADA), adviser(BEN), adviser(CY))
    await office.put(Unasked(id=ADA, at=(NOW,)))
    await second_opinions.settle(office.desk, O1, ASKER, NOW)

    await outcome.come_to(office.desk, O1, ASKER, NOW + HOUR, outcome="open")

    opinion = await now_is(office)
    assert {it.person_id: it.is_told for it in opinion.answered} == {ADA: False, BEN: True}


async def test_where_the_week_is_full_asking_waits_and_where_nothing_may_be_sent_it_ends(office: Office):
    office.policy = Policy(nudges=Nudges(per_week=1))
    await shown(office)
    week = NOW + 7 * DAY
    await office.put(Unasked(id=ASKER, at=(week - DAY,)))
    await run(office, week)
    assert (await now_is(office)).state == "shown"
    await run(office, week + 8 * DAY)  # the room comes on a Sunday
    assert (await now_is(office)).state == "asked_back"

    office.policy = Policy(nudges=Nudges(per_week=0))
    await second_opinions.ask(office.desk, ASKER, new(), "O2", NOW + 30 * DAY)
    await run(office, NOW + 30 * DAY)
    for person in (ADA, BEN):
        await views.answer(office.desk, "O2", person, NOW + 30 * DAY, text="So")
    await run(office, NOW + 60 * DAY)
    assert (await office.get(SecondOpinion, "O2")).state == "over"


async def test_unsaid_it_closes_and_a_year_later_nothing_is_left(office: Office):
    await shown(office)

    await run(office, NOW + 40 * DAY)
    opinion = await now_is(office)
    assert (opinion.state, opinion.outcome) == ("over", None)

    await run(office, NOW + 40 * DAY + timedelta(days=office.policy.retention.request_days))
    assert await office.find(SecondOpinion, O1) is None
    assert not [key for key in await office.keys() if O1 in key]


async def test_who_pauses_or_stops_helping_makes_room_and_who_answered_stays(office: Office):
    await asked(office, *THREE, adviser(DEE, topics={PYTHON: 1}))
    await views.answer(office.desk, O1, BEN, NOW, text="So")

    await people.pause(office.desk, ADA, NOW + DAY, NOW)
    await people.leave(office.desk, BEN, NOW)
    await run(office, NOW)

    opinion = await now_is(office)
    assert (opinion.seat_of(ADA).state, opinion.seat_of(BEN).state) == ("released", "answered")
    assert who(opinion) == {Lane.PEER: DEE, Lane.REVERSE: CY}
    assert (await office.carried(ADA)).replies == ()


@pytest.mark.parametrize(("answers", "state"), [(0, "withdrawn"), (2, "over")])
async def test_when_the_asker_leaves_it_ends(office: Office, answers: int, state: str):
    await asked(office, *THREE)
    for person in (ADA, BEN)[:answers]:
        await views.answer(office.desk, O1, person, NOW, text="So")

    gone = people.SlackFacts(id=ASKER, name="asker", standing="left")
    await people.meet(office.desk, gone, NOW)
    await run(office, NOW)

    assert ((await now_is(office)).state, (await now_is(office)).waiting) == (state, ())


async def test_who_is_to_be_kept_apart_meanwhile_is_not_heard(office: Office):
    await asked(office, *THREE)
    await keep_apart(office.desk, ASKER, ADA, NOW)
    await office.desk.part(ASKER, ADA, NOW)
    await office.put((await office.get(Person, ASKER)).model_copy(update={"managers": (BEN,)}))

    with pytest.raises(Ended):
        await views.answer(office.desk, O1, BEN, NOW, text="So")

    assert [(await now_is(office)).seat_of(it).state for it in (ADA, BEN)] == ["released"] * 2


@pytest.mark.parametrize(("anonymous", "state"), [(False, "released"), (True, "asked")])
async def test_keeping_apart_from_somebody_tells_nobody_who_asks(office: Office, anonymous: bool, state: str):
    await asked(office, *THREE, anonymous=anonymous)
    await keep_apart(office.desk, ADA, ASKER, NOW)
    await office.desk.part(ADA, ASKER, NOW)

    assert (await now_is(office)).seat_of(ADA).state == state


async def test_erased_their_answer_goes_and_somebody_else_is_asked(office: Office):
    await asked(office, *THREE, adviser(DEE, topics={PYTHON: 1}))
    await views.answer(office.desk, O1, ADA, NOW, text="whispered")

    await erase(office.desk, ALL.features, ADA, NOW)
    await erase(office.desk, ALL.features, BEN, NOW)
    await run(office, NOW)

    opinion = await now_is(office)
    assert ADA not in opinion.model_dump_json()
    assert "whispered" not in opinion.model_dump_json()
    assert set(who(opinion).values()) == {DEE, CY}


async def test_when_the_asker_is_erased_all_of_it_goes(office: Office):
    await asked(office, *THREE)

    await erase(office.desk, ALL.features, ASKER, NOW)

    assert await office.find(SecondOpinion, O1) is None
    assert (await office.carried(ADA)).open_seats == ()


async def test_an_export_has_ones_own_words_and_nobody_elses(office: Office):
    await asked(office, *THREE, anonymous=True, own_view="My own view")
    for person in (ADA, BEN):
        await views.answer(office.desk, O1, person, NOW, text=f"view of {person}")

    mine = str((await export(office.desk, ALL.features, ASKER, NOW))["data"])
    hers = str((await export(office.desk, ALL.features, ADA, NOW))["data"])

    assert QUESTION in mine
    assert "My own view" in mine
    assert not any(word in mine for word in ("view of", ADA, BEN, CY))
    assert f"view of {ADA}" in hers
    assert not any(word in hers for word in (QUESTION, "My own view", ASKER, BEN, CY))


async def test_a_talk_without_names_exports_no_name(office: Office):
    await asked(office, *THREE, anonymous=True)
    for person in (ADA, BEN):
        await views.answer(office.desk, O1, person, NOW, text="So")
    await second_opinions.talk(office.desk, O1, ASKER, (await now_is(office)).seat_of(BEN).number, NOW)

    before = str((await export(office.desk, ALL.features, ASKER, NOW))["data"]["request"])
    await run(office, NOW)
    after = str((await export(office.desk, ALL.features, ASKER, NOW))["data"]["request"])

    assert BEN not in before
    assert BEN not in after

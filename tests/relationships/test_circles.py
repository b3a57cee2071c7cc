"""Circles: who says yes, too few, kept apart, a full mentor, taken back, erased; moves in any order."""

from datetime import timedelta
from typing import Any

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, DEE, NOW
from office import Office
from test_programmes import RUBY, P, going_on, mentors, paired, proposed

from kernel.errors import Ended, Invalid, NotYours
from kernel.values import PersonId
from mentoring.model.person import Person
from mentoring.people.people import keep_apart
from relationships.circles import circles, leaving
from relationships.circles.circle import ANSWER_WITHIN, FEWEST, LEFT_OVER, MOST, Circle, terms
from relationships.circles.circles import CircleOffer
from relationships.cohorts import participants, programmes, sending
from relationships.cohorts.programme import Programme
from relationships.cohorts.sign_up import SignUpChoices
from relationships.mentorships.capacity import set_places

EVE = PersonId("U0EVE")
MENTEES = (ASKER, BEN, CY, DEE)
OFFER = CircleOffer("C1", "Circles", ADA, MENTEES)
MENTEE, MENTOR = SignUpChoices(mentee=True), SignUpChoices(mentor=True)


async def there(office: Office) -> None:
    await office.put(*(make.person(it) for it in MENTEES), make.helper(ADA))


async def in_a_programme(office: Office, **people: SignUpChoices) -> Programme:
    """Have a programme in circles, paired and proposed."""
    made = await going_on(office, **people)
    await office.put(made.model_copy(update={"form": "circles"}))
    await paired(office)
    return await proposed(office)


async def test_it_begins_with_the_mentor_and_three_and_not_before_all_have_answered(office: Office):
    await there(office)
    await circles.propose(office.desk, OFFER, NOW)
    for person in (ADA, ASKER, BEN, CY):
        before = await circles.answer(office.desk, "C1", person, NOW, yes=True)
    begun = await circles.answer(office.desk, "C1", DEE, NOW, yes=False)

    assert (before.state, begun.state) == ("gathering", "going")
    assert (await office.carried(ADA)).promised == {"C1": terms("Circles").weekly_minutes}
    with pytest.raises(Ended):
        await circles.answer(office.desk, "C1", DEE, NOW, yes=True)
    with pytest.raises(NotYours):
        await circles.leave(office.desk, "C1", RUBY, NOW)


async def test_a_mentors_place_is_taken_from_their_yes_on(office: Office):
    await there(office)
    await set_places(office.desk, ADA, 1)
    await circles.propose(office.desk, OFFER, NOW)
    await circles.propose(office.desk, CircleOffer("C2", "Circles", ADA, MENTEES), NOW)

    await circles.answer(office.desk, "C1", ADA, NOW, yes=True)
    with pytest.raises(Invalid, match="places"):
        await circles.answer(office.desk, "C2", ADA, NOW, yes=True)
    held = (await office.carried(ADA)).promised
    await circles.answer(office.desk, "C1", ADA, NOW, yes=False)

    assert set(held) == {"C1"}
    assert (await office.carried(ADA)).promised == {}


async def test_a_week_later_those_who_said_yes_begin_or_are_too_few(office: Office):
    await there(office)
    for number, yes in (("C1", 4), ("C2", 3)):
        offer = CircleOffer(number, "Circles", ADA, MENTEES)
        await circles.propose(office.desk, offer, NOW)
        for person in (ADA, *MENTEES)[:yes]:
            await circles.answer(office.desk, number, person, NOW, yes=True)
        await circles.go_on(office.desk, number, NOW + ANSWER_WITHIN)

    assert [(await office.get(Circle, it)).end for it in ("C1", "C2")] == [None, "few"]
    assert (await office.get(Circle, "C1")).state == "going"


async def test_two_mentees_who_are_kept_apart_share_no_circle(office: Office):
    await there(office)
    await keep_apart(office.desk, CY, ASKER, NOW)
    await office.put(make.person(DEE, managers=(BEN,)))

    out = await circles.propose(office.desk, OFFER, NOW)
    more = CircleOffer("C2", "Circles", ADA, (*MENTEES, RUBY, EVE))
    await office.put(make.person(RUBY), make.person(EVE))
    left = await circles.propose(office.desk, more, NOW)

    assert out == {ASKER: "few", BEN: "few", CY: "asked", DEE: "asked"}
    assert await office.find(Circle, "C1") is None
    assert left == {CY: "asked", DEE: "asked"}
    assert (await office.get(Circle, "C2")).mentee_ids == (ASKER, BEN, RUBY, EVE)


async def test_a_mentor_who_has_no_place_is_asked_for_no_circle(office: Office):
    await there(office)
    await set_places(office.desk, ADA, 0)

    with pytest.raises(Invalid):
        await circles.propose(office.desk, OFFER, NOW)


async def test_a_programme_in_circles_is_proposed_taken_back_and_proposed_anew(office: Office):
    sent = await in_a_programme(office, ASKER=MENTEE, BEN=MENTEE, CY=MENTEE, DEE=MENTEE, ADA=MENTOR)
    first = sent.circle_id(ADA, 0)
    await circles.answer(office.desk, first, DEE, NOW, yes=False)

    await sending.take_back(office.desk, sent, NOW)
    await paired(office)
    anew = await proposed(office)
    stands = await participants.states(office.desk, anew)

    assert (await office.get(Circle, first)).end == "taken_back"
    assert (await office.get(Circle, anew.circle_id(ADA, 1))).mentee_ids == (ASKER, BEN, CY)
    assert sorted(stands.states.values()) == ["agreeing"] * 3 + ["ended"]


async def test_a_mentor_with_a_circle_gets_nobody_more_and_one_without_minutes_none(office: Office):
    await in_a_programme(office, ASKER=MENTEE, BEN=MENTEE, CY=MENTEE, ADA=MENTOR)
    await office.put(make.person(DEE), make.helper(EVE, minutes_per_week=10))
    await programmes.sign_up(office.desk, P, DEE, MENTEE, NOW)
    await programmes.sign_up(office.desk, P, EVE, MENTOR, NOW)

    again = await paired(office, NOW + DAY)

    assert mentors(again) == {ASKER: ADA, BEN: ADA, CY: ADA}


async def test_who_is_erased_is_in_no_circle(office: Office):
    await there(office)
    await circles.propose(office.desk, OFFER, NOW)
    for person in (ADA, *MENTEES):
        await circles.answer(office.desk, "C1", person, NOW, yes=True)

    await leaving.step_out(office.desk, ASKER, NOW)
    without = await office.get(Circle, "C1")
    await leaving.step_out(office.desk, ADA, NOW)

    assert ASKER not in without.model_dump_json()
    assert without.state == "going"
    assert await office.find(Circle, "C1") is None
    assert (await office.carried(ADA)).promised == {}


async def begun(office: Office) -> None:
    await there(office)
    await circles.propose(office.desk, OFFER, NOW)
    for person in (ADA, *MENTEES):
        await circles.answer(office.desk, "C1", person, NOW, yes=True)


async def test_who_wishes_to_be_kept_apart_is_asked_alone_and_may_stay(office: Office):
    await begun(office)
    await keep_apart(office.desk, CY, BEN, NOW)
    await leaving.part(office.desk, CY, BEN, NOW)
    asked = await office.get(Circle, "C1")
    stayed = await circles.stay(office.desk, "C1", CY, NOW)
    await keep_apart(office.desk, CY, DEE, NOW)
    await circles.go_on(office.desk, "C1", NOW + DAY)
    again = await office.get(Circle, "C1")

    assert [it for it in asked.everyone if asked.is_torn(it)] == [CY]
    assert asked.mentees == MENTEES
    assert not stayed.is_torn(CY)
    assert again.is_torn(CY)
    assert not (await circles.leave(office.desk, "C1", CY, NOW + DAY)).is_in(CY)
    with pytest.raises(NotYours):
        await circles.stay(office.desk, "C1", RUBY, NOW)


@pytest.mark.parametrize(
    "goes", [{BEN: (CY,), "gone": CY}, {BEN: (ADA,), "gone": BEN}, {ADA: (BEN,), "gone": BEN}]
)
async def test_a_day_after_a_new_line_of_managers_the_one_it_puts_out_has_gone(office: Office, goes: Any):
    await begun(office)
    [who] = [it for it in goes if it != "gone"]
    await office.put((await office.get(Person, who)).model_copy(update={"managers": goes[who]}))
    at = (await office.planned())["circle_due", "C1"]
    await circles.go_on(office.desk, "C1", at)

    assert at == NOW + DAY
    after = await office.get(Circle, "C1")
    assert (after.in_line, after.left) == ({goes["gone"]}, {goes["gone"]})
    assert after.state == "going"


async def test_the_call_for_the_next_talk_comes_when_its_mentor_is_at_work(office: Office):
    await begun(office)
    night = NOW + timedelta(days=14, hours=12)
    await circles.go_on(office.desk, "C1", night)
    waits, morning = await office.get(Circle, "C1"), (night + DAY).replace(hour=9)
    await circles.go_on(office.desk, "C1", morning)
    called = await office.get(Circle, "C1")

    assert (waits.turn, waits.next_at) == (1, morning)
    assert (called.turn, called.next_at) == (2, morning + timedelta(days=14))


PEOPLE = st.sampled_from([ADA, *MENTEES])
DEEDS = st.one_of(
    st.tuples(st.just("answer"), PEOPLE, st.booleans()),
    st.tuples(st.sampled_from(["leave", "line", "tear", "stay"]), PEOPLE, st.just(True)),
    st.tuples(st.just("wait"), st.integers(1, 30), st.just(True)),
)


@given(st.lists(DEEDS, max_size=14))
def test_in_whatever_order_it_goes_on_only_with_its_mentor_and_enough_mentees(deeds: list[tuple[Any, ...]]):
    it, now = Circle(id="C", mentor_id=ADA, mentee_ids=MENTEES, agreement=terms("C"), made_at=NOW), NOW
    for verb, what, yes in deeds:
        was = it
        now += timedelta(days=what) if verb == "wait" else timedelta(minutes=1)
        try:
            it = it.go_on(now, now) if verb == "wait" else moved(it, verb, what, now, yes=yes)
        except Ended:
            continue

        if it.state == "going":
            assert it.answers[ADA]
            assert ADA not in it.left
            assert LEFT_OVER <= len(it.mentees) <= MOST
            assert was.state == "going" or len(it.mentees) >= FEWEST
            assert it.due_at
        assert was.is_open or it == was
        assert not (it.in_line & {it.mentor_id, *it.mentees}) or ADA in it.in_line
        assert not any(it.is_torn(who) for who in it.everyone if not it.is_in(who))


def moved(it: Circle, verb: str, who: PersonId, now: Any, *, yes: bool) -> Circle:
    match verb:
        case "answer":
            return it.answer(who, now, yes=yes)
        case "line":
            return it.go_out_of_line(who, now)
        case "tear":
            return it.tear(who, it.torn.get(who, 0) + 1)
        case "stay":
            return it.stay(who)
    return it.leave(who, now)


def test_it_goes_on_with_two_mentees_and_ends_with_one():
    answers = dict.fromkeys((ADA, *MENTEES), True)
    it = Circle(id="C", mentor_id=ADA, mentee_ids=MENTEES, agreement=terms("C"), made_at=NOW, answers=answers)
    two = it.settled(NOW).leave(ASKER, NOW).leave(BEN, NOW)

    assert (two.state, two.mentees) == ("going", (CY, DEE))
    assert two.leave(CY, NOW).end == "few"


def test_who_had_to_go_before_it_began_cannot_say_yes_any_more():
    it = Circle(id="C", mentor_id=ADA, mentee_ids=MENTEES, agreement=terms("C"), made_at=NOW)

    with pytest.raises(Ended):
        it.go_out_of_line(CY, NOW).answer(CY, NOW, yes=True)

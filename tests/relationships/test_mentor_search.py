"""The search for a mentor on the real store: who is suggested, who is asked, and how a mentorship begins."""

import asyncio
from datetime import timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CAREER, CY, DAY, DEE, HOUR, NOW, PYTHON
from make_mentorship import MENTEE, MENTOR, W1, going, mentor, now_is, run, wished
from office import Office

from kernel.errors import CannotHelp, Ended, Invalid, NotYours, Refusal
from kernel.policy import Policy
from kernel.values import PersonId, SessionId
from mentoring.model.session import Session
from mentoring.people.people import keep_apart
from relationships.mentor_search import hand_over, keep_going, wishes
from relationships.mentor_search.keep_going import KeepGoing
from relationships.mentor_search.suggestions import OFFERED
from relationships.mentor_search.wish import MOVES, MentorWish, PassedOn, SuggestedMentor, begun
from relationships.mentorships import mentorships
from relationships.mentorships.capacity import set_places
from relationships.mentorships.mentorship import Mentorship

S1 = SessionId("S1")


def suggested(wish: MentorWish) -> set[PersonId]:
    return {it.mentor_id for it in wish.suggested}


async def test_up_to_three_are_suggested_with_reasons_that_last_and_nobody_is_asked(office: Office):
    wish = await wished(office, *(mentor(it) for it in (ADA, BEN, CY, DEE)))

    assert len(wish.suggested) == OFFERED
    assert {reason.kind for it in wish.suggested for reason in it.reasons} <= {"topic", "lane"}
    assert {reason.kind for it in wish.suggested for reason in it.reasons} >= {"topic"}
    assert [await office.times_shown(f"mentor-asked:{W1}", it) for it in (ADA, BEN, CY, DEE)] == [0] * 4


async def test_nobody_above_or_below_nobody_apart_nobody_full_and_nobody_paused_is_suggested(office: Office):
    await office.put(
        make.person(managers=(BEN,), do_not_match=frozenset({CY})),
        make.person(BEN, managers=(DEE,)),
        mentor(ADA),
        mentor(CY),
        mentor(DEE),
        mentor(PersonId("U0FULL"), minutes_per_week=10),
        mentor(PersonId("U0AWAY"), paused_until=NOW + DAY),
        mentor(PersonId("U0OTHER"), topics={PYTHON: 3}),
    )
    said = {"id": W1, "wants": "Grow", "topics": (CAREER,)}

    wish = await wishes.wish(office.desk, MENTEE, NOW, **said)  # type: ignore[arg-type]

    assert suggested(wish) == {ADA}


async def test_whoever_takes_on_nobody_is_not_suggested(office: Office):
    await office.put(mentor(ADA), mentor(BEN))
    await set_places(office.desk, BEN, 0)

    assert suggested(await wished(office, mentor(ADA), mentor(BEN))) == {ADA}


async def test_a_mentor_has_as_many_places_as_the_policy_says_and_no_more(office: Office):
    office.policy = Policy(mentorships=1)
    await going(office)

    other = await wishes.wish(office.desk, CY, NOW, id="W2", wants="Grow", topics=(CAREER,))
    with pytest.raises(CannotHelp) as refused:
        await wishes.wish(office.desk, DEE, NOW, id="W3", wants="Grow", topics=(CAREER,), named=MENTOR)

    assert other.state == "waiting"
    assert refused.value.why == "no_place"


async def test_two_yeses_at_once_take_one_place(office: Office):
    office.policy = Policy(mentorships=1)
    await office.put(make.person(), make.person(CY), mentor())
    for who, id in ((MENTEE, W1), (CY, "W2")):
        await wishes.wish(office.desk, who, NOW, id=id, wants="Grow", topics=(CAREER,), named=MENTOR)

    done = await asyncio.gather(
        *(wishes.accept(office.desk, id, MENTOR, NOW) for id in (W1, "W2")), return_exceptions=True
    )

    assert sorted(type(it).__name__ for it in done) == ["Invalid", "Mentorship"]
    assert len((await office.carried(MENTOR)).promised) == 1


async def test_of_two_wishes_sent_at_once_one_is_refused_and_one_pair_begins_once(office: Office):
    await office.put(make.person(), mentor())
    said = {"wants": "Grow", "topics": (CAREER,), "named": MENTOR}

    sent = await asyncio.gather(
        *(wishes.wish(office.desk, MENTEE, NOW, id=id, **said) for id in (W1, "W2", "W3")),  # type: ignore[arg-type]
        return_exceptions=True,
    )

    assert sorted(type(it).__name__ for it in sent) == ["Invalid", "Invalid", "MentorWish"]

    [first] = [it for it in sent if isinstance(it, MentorWish)]
    turned = await wishes.wish(
        office.desk, MENTEE, NOW, id="W4", wants="Learn", topics=(CAREER,), is_reverse=True
    )
    assert turned.is_open, "a wish of the other kind may be open beside it"
    await wishes.withdraw(office.desk, first.id, MENTEE, NOW)
    again = await wishes.wish(office.desk, MENTEE, NOW, id="W5", **said)  # type: ignore[arg-type]
    assert again.is_open, "what has ended is in nobody's way"


async def test_three_hundred_who_look_for_two_mentors_are_told_how_it_stands(office: Office):
    people = [make.person(PersonId(f"U{number:05}")) for number in range(300)]
    await office.put(mentor(ADA), mentor(BEN), *people)
    asked = 0
    for number, person in enumerate(people):
        wish = await wishes.wish(office.desk, person.id, NOW, id=f"W{number}", wants="Grow", topics=(CAREER,))
        if not wish.suggested:
            assert wish.state == "waiting"
            continue
        who = wish.suggested[0].mentor_id
        await wishes.ask(office.desk, wish.id, person.id, who, NOW)
        await wishes.accept(office.desk, wish.id, who, NOW)
        asked += 1

    assert asked == 4
    assert {len((await office.carried(it)).promised) for it in (ADA, BEN)} == {2}


async def test_a_no_leads_to_the_next_and_after_the_last_it_looks_again_each_week(office: Office):
    wish = await wished(office, mentor(ADA), mentor(BEN))
    first, second = (it.mentor_id for it in wish.suggested)

    await wishes.ask(office.desk, W1, MENTEE, first, NOW)
    no = await wishes.decline(office.desk, W1, first, NOW)
    assert await wishes.decline(office.desk, W1, first, NOW) == no
    await wishes.ask(office.desk, W1, MENTEE, second, NOW)
    await run(office, NOW + 8 * DAY)
    late = await office.get(MentorWish, W1)
    await office.put(mentor(CY))
    await run(office, NOW + 16 * DAY)
    found = await office.get(MentorWish, W1)

    assert (no.state, no.refused_id) == ("choosing", first)
    assert (late.state, late.tried) == ("waiting", {first, second})
    assert (found.state, [it.mentor_id for it in found.left]) == ("choosing", [CY])


async def test_after_eight_weeks_without_anybody_it_ends(office: Office):
    await wished(office, make.helper(ADA))

    await run(office, NOW + 60 * DAY)

    assert (await office.get(MentorWish, W1)).state == "ended"


async def test_the_time_to_answer_is_three_of_the_mentors_working_days(office: Office):
    await wished(office)

    wish = await wishes.ask(office.desk, W1, MENTEE, MENTOR, NOW)

    assert wish.answer_by == NOW + 3 * DAY


async def test_a_late_yes_is_refused_and_a_second_press_changes_nothing(office: Office):
    await wished(office, mentor(ADA), mentor(BEN))
    await wishes.ask(office.desk, W1, MENTEE, ADA, NOW)
    await run(office, NOW + 4 * DAY)
    with pytest.raises(Ended):
        await wishes.accept(office.desk, W1, ADA, NOW + 4 * DAY)

    await wishes.ask(office.desk, W1, MENTEE, BEN, NOW + 4 * DAY)
    one = await wishes.accept(office.desk, W1, BEN, NOW + 4 * DAY)
    assert await wishes.accept(office.desk, W1, BEN, NOW + 4 * DAY) == one
    with pytest.raises(NotYours):
        await wishes.accept(office.desk, W1, CY, NOW + 4 * DAY)


async def test_the_same_form_twice_looks_once_and_a_second_search_waits(office: Office):
    one = await wished(office)

    again = await wishes.wish(office.desk, MENTEE, NOW, id=W1, wants="Other", topics=(CAREER,))
    with pytest.raises(Invalid) as refused:
        await wishes.wish(office.desk, MENTEE, NOW, id="W2", wants="Other", topics=(CAREER,))

    assert again == one
    assert (refused.value.field, refused.value.problem) == ("wants", "one_at_a_time")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("wants", {"wants": " "}),
        ("wants", {"wants": "x" * 501}),
        ("topics", {"topics": ()}),
    ],
)
async def test_what_is_wrong_is_said_of_its_field(office: Office, field: str, said: dict[str, object]):
    with pytest.raises(Invalid) as refused:
        await wished(office, **said)  # type: ignore[arg-type]

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("named", "why"), [(MENTEE, "self"), (BEN, "unknown"), (CY, "asked"), (DEE, "asked")]
)
async def test_a_name_that_can_not_be_asked_is_refused(office: Office, named: PersonId, why: str):
    await office.put(mentor(CY, do_not_match=frozenset({MENTEE})), mentor(DEE, managers=(MENTEE,)))

    with pytest.raises(CannotHelp) as refused:
        await wished(office, mentor(ADA), named=named)

    assert refused.value.why == why


async def test_two_who_each_ask_the_other_have_one_mentorship(office: Office):
    await office.put(mentor(ASKER), mentor(ADA))
    await wishes.wish(office.desk, ASKER, NOW, id=W1, wants="Grow", topics=(CAREER,), named=ADA)
    await wishes.wish(office.desk, ADA, NOW, id="W2", wants="Grow", topics=(CAREER,), named=ASKER)

    await wishes.accept(office.desk, W1, ADA, NOW)
    with pytest.raises(Invalid) as refused:
        await wishes.accept(office.desk, "W2", ASKER, NOW)

    assert (refused.value.field, refused.value.problem) == ("mentor", "already")


async def test_who_was_no_match_is_not_suggested_again_and_others_are(office: Office):
    await going(office)
    await office.put(mentor(BEN))
    await mentorships.book(office.desk, W1, MENTEE, NOW, number=1, at=NOW + HOUR)
    await mentorships.met(office.desk, W1, MENTEE, NOW + 2 * HOUR, number=1)
    both = (MENTOR, MENTEE)
    await asyncio.gather(
        *(
            mentorships.answer(office.desk, W1, who, NOW + 3 * HOUR, key="fit:1", said="not_good")
            for who in both
        )
    )

    again = await wishes.wish(office.desk, MENTEE, NOW + DAY, id="W2", wants="Grow", topics=(CAREER,))

    over = await now_is(office)
    assert over.end == "no_fit"
    assert set(over.questions["fit:1"].answers) == set(both)
    assert suggested(again) == {BEN}


async def test_a_block_while_somebody_is_asked_takes_the_question_back(office: Office):
    await wished(office, mentor(ADA), mentor(BEN))
    await wishes.ask(office.desk, W1, MENTEE, ADA, NOW)

    await keep_apart(office.desk, ADA, MENTEE, NOW)
    await wishes.part(office.desk, ADA, MENTEE, NOW)

    wish = await office.get(MentorWish, W1)
    assert (wish.state, wish.refused_id) == ("choosing", ADA)


async def test_a_guest_may_look_and_never_mentors(office: Office):
    await office.put(mentor(ADA), mentor(BEN, standing="guest"))

    wish = await wished(office, mentor(ADA), mentor(BEN, standing="guest"))

    assert suggested(wish) == {ADA}


STEPS = {
    "ask": lambda it, now: it.ask(it.left[0].mentor_id, now + DAY) if it.left else it,
    "ask again": lambda it, now: it.ask(ADA, now + DAY),
    "no": lambda it, now: it.check_asked(it.asked_id).answered("no", now),
    "late": lambda it, now: it.check_asked(it.asked_id).answered("late", now),
    "yes": lambda it, now: it.check_asked(it.asked_id).met(now),
    "found": lambda it, now: (
        it.found((SuggestedMentor(mentor_id=DEE),), now) if it.state == "waiting" else it
    ),
    "nobody": lambda it, now: it.found((), now) if it.state == "waiting" else it,
    "end": lambda it, now: it.end(now),
}


@given(st.lists(st.sampled_from(list(STEPS)), max_size=30))
def test_any_walk_leaves_a_wish_in_order(steps: list[str]):
    some = (SuggestedMentor(mentor_id=ADA), SuggestedMentor(mentor_id=BEN))
    it = begun(W1, MENTEE, "Grow", (CAREER,), some, now=NOW)
    for number, step in enumerate(steps):
        before, now = it, NOW + number * 5 * DAY
        try:
            it = STEPS[step](it, now)
        except Refusal:
            it = before
        assert it.state == before.state or it.state in MOVES[before.state]
        assert (it.ended_at is None) == it.is_open
        assert (it.state in ("asked", "met")) <= (it.asked_id is not None)
        assert it.asked_id is None or it.state in ("asked", "met", "ended")
        assert (it.due_at is not None) == (it.state in ("asked", "waiting"))
        assert it.tried >= before.tried
        assert MentorWish.model_validate_json(it.model_dump_json()) == it


async def over_talk(office: Office, **changed: object) -> Session:
    session = make.session(id=S1, state="wrapped", ended_at=NOW).model_copy(update=changed)
    request = make.request(question="How do I lead?", topics=(CAREER,))
    await office.put(make.person(), mentor(), request, session)
    return session


async def standing(office: Office, session: Session, me: PersonId) -> str | None:
    """How the wish of one of the two stands, as its card says."""
    own = await office.desk.store.look(lambda read: keep_going.own_wish(read, session, me))
    return own.wished if own else None


async def test_one_wish_to_go_on_is_told_nobody_and_two_make_a_mentorship(office: Office):
    await over_talk(office)

    one = await keep_going.keep_going(office.desk, S1, MENTEE, NOW)
    shown = [await office.times_shown(f"mentorship:talk-{S1}", who) for who in (MENTOR, MENTEE)]
    two = await keep_going.keep_going(office.desk, S1, MENTOR, NOW)
    again = await keep_going.keep_going(office.desk, S1, MENTEE, NOW)

    it = await now_is(office, f"talk-{S1}")
    assert (one, two, again) == ("noted", "both", "both")
    assert shown == [0, 0]
    assert (it.mentor_id, it.mentee_id, it.agreement.purpose) == (MENTOR, MENTEE, "How do I lead?")
    assert await office.find(KeepGoing, S1) is None


async def test_a_wish_that_stays_alone_is_gone_after_a_month_or_once_it_is_taken_back(office: Office):
    session = await over_talk(office)
    await keep_going.keep_going(office.desk, S1, MENTEE, NOW)
    await keep_going.take_back(office.desk, S1, MENTEE, NOW)
    after_one = await keep_going.keep_going(office.desk, S1, MENTOR, NOW)
    await keep_going.take_back(office.desk, S1, MENTOR, NOW)
    await keep_going.keep_going(office.desk, S1, MENTEE, NOW)
    for act in (keep_going.keep_going, keep_going.take_back):
        with pytest.raises(NotYours):
            await act(office.desk, S1, PersonId("U0OTHER"), NOW)
    shown = await office.times_shown(session.card_of(MENTEE), MENTEE)

    assert after_one == "noted"
    assert await standing(office, session, MENTEE) == "noted"
    assert await standing(office, session, MENTOR) is None

    await run(office, NOW + timedelta(days=31))

    assert await office.times_shown(session.card_of(MENTEE), MENTEE) == shown + 1
    assert await office.find(KeepGoing, S1) is None
    assert await office.find(Mentorship, f"talk-{S1}") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "open", "ended_at": None},
        {"anonymous": True},
        {"broken_off": "left"},
        {"state": "closed", "spent_minutes": 0},
        {"reported_by": frozenset({MENTEE})},
    ],
)
async def test_some_talks_are_not_gone_on_from(office: Office, changed: dict[str, object]):
    await over_talk(office, **changed)

    with pytest.raises(Ended):
        await keep_going.keep_going(office.desk, S1, MENTEE, NOW)


async def test_of_two_who_coached_each_other_whoever_was_asked_mentors_and_they_can_swap(
    office: Office,
):
    await over_talk(office, way="peer_coaching")
    for who in (MENTEE, MENTOR):
        await keep_going.keep_going(office.desk, S1, who, NOW)

    it = await office.get(Mentorship, f"talk-{S1}")
    swapped = await mentorships.swap(office.desk, it.id, MENTEE, NOW)

    assert (it.mentor_id, swapped.mentor_id) == (MENTOR, MENTEE)


async def test_whoever_was_reported_can_not_tell_from_it_and_nothing_begins(office: Office):
    session = await over_talk(office)
    await keep_going.keep_going(office.desk, S1, MENTEE, NOW)
    await office.put(session.report(MENTEE))

    wished = await keep_going.keep_going(office.desk, S1, MENTOR, NOW)

    assert wished == "noted"
    assert await standing(office, session.report(MENTEE), MENTOR) == "noted"
    assert await office.find(Mentorship, f"talk-{S1}") is None
    assert keep_going.can_keep_going(session.report(MENTEE), MENTOR)


async def test_going_on_needs_a_place_and_says_so_to_both(office: Office):
    session = await over_talk(office)
    await keep_going.keep_going(office.desk, S1, MENTOR, NOW)
    await set_places(office.desk, MENTOR, 0)

    wished = await keep_going.keep_going(office.desk, S1, MENTEE, NOW)
    with pytest.raises(Invalid):
        await keep_going.keep_going(office.desk, S1, MENTOR, NOW)

    stands = [await standing(office, session, who) for who in (MENTOR, MENTEE)]
    await keep_going.take_back(office.desk, S1, MENTEE, NOW)

    assert wished == "no_place"
    assert stands == ["no_place", "no_place"]
    assert [await standing(office, session, who) for who in (MENTOR, MENTEE)] == ["noted", None]


@pytest.mark.parametrize(
    ("parts", "passed"),
    [
        ({"goals"}, PassedOn(by=MENTOR, goals=("A goal",))),
        ({"notes"}, PassedOn(by=MENTOR, notes=("A shared note",))),
        ({"goals", "notes"}, PassedOn(by=MENTOR, goals=("A goal",), notes=("A shared note",))),
    ],
)
async def test_handing_over_shows_the_next_mentor_what_the_mentee_chose_and_nothing_else(
    office: Office, parts: set[hand_over.Part], passed: PassedOn
):
    await going(office)
    await office.put(mentor(BEN))
    said = mentorships.Notes(ours="A shared note", mine="Mine alone", step="A step", goals=("A goal",))
    await mentorships.note(office.desk, W1, MENTEE, said, NOW, once="c")
    await mentorships.offer_hand_over(office.desk, W1, MENTOR, NOW, suggested=BEN, word="Sorry")
    asked_early = await office.desk.store.ids(f"asked-to-mentor:{BEN}")

    wish = await hand_over.pass_on(
        office.desk, W1, MENTEE, NOW, wish_id="W2", wants="Go on", parts=frozenset(parts)
    )

    assert asked_early == []
    assert (wish.state, wish.asked_id) == ("asked", BEN)
    assert wish.passed_on == passed
    over = await now_is(office)
    assert over.end == "handed_over"
    assert (await wishes.accept(office.desk, "W2", BEN, NOW)).mentor_id == BEN


async def test_nothing_ticked_passes_nothing_on_and_the_mentor_can_not_choose(office: Office):
    await going(office)
    await office.put(mentor(BEN))
    await mentorships.offer_hand_over(office.desk, W1, MENTOR, NOW, suggested=None, word="")

    with pytest.raises(NotYours):
        await hand_over.pass_on(office.desk, W1, MENTOR, NOW, wish_id="W2", wants="Go on", parts=frozenset())
    wish = await hand_over.pass_on(
        office.desk, W1, MENTEE, NOW, wish_id="W2", wants="Go on", parts=frozenset()
    )

    assert wish.passed_on is None
    assert suggested(wish) == {BEN}


async def test_a_next_mentor_who_can_not_be_asked_ends_nothing(office: Office):
    await going(office)
    await mentorships.offer_hand_over(office.desk, W1, MENTOR, NOW, suggested=DEE, word="")

    with pytest.raises(CannotHelp):
        await hand_over.pass_on(office.desk, W1, MENTEE, NOW, wish_id="W2", wants="Go on", parts=frozenset())

    assert (await now_is(office)).is_open


async def test_where_the_suggested_mentor_has_left_the_mentee_picks_whoever_fits(office: Office):
    await going(office)
    await office.put(mentor(BEN), make.person(DEE, standing="left"))
    await mentorships.offer_hand_over(office.desk, W1, MENTOR, NOW, suggested=DEE, word="")

    wish = await hand_over.pass_on(
        office.desk, W1, MENTEE, NOW, wish_id="W2", wants="Go on", parts=frozenset()
    )

    assert (wish.state, suggested(wish)) == ("choosing", {BEN})


async def test_whoever_has_left_is_suggested_no_more_and_with_nobody_left_it_looks_on(office: Office):
    wish = await wished(office, mentor(ADA), mentor(BEN), mentor(CY))
    first, second, third = (it.mentor_id for it in wish.suggested)

    await wishes.leave(office.desk, first, NOW)
    choosing = await office.get(MentorWish, W1)
    await wishes.ask(office.desk, W1, MENTEE, second, NOW)
    await wishes.leave(office.desk, third, NOW)
    asked = await office.get(MentorWish, W1)
    await wishes.leave(office.desk, third, NOW)
    await wishes.decline(office.desk, W1, second, NOW)
    after = await office.get(MentorWish, W1)

    assert (choosing.state, [it.mentor_id for it in choosing.left]) == ("choosing", [second, third])
    assert (asked.state, asked.asked_id, asked.left) == ("asked", second, ())
    assert (after.state, suggested(after)) == ("waiting", {second})


async def test_of_a_search_that_was_not_told_who_left_the_press_says_so_and_it_moves_on(office: Office):
    wish = await wished(office, mentor(ADA), mentor(BEN))
    first, second = (it.mentor_id for it in wish.suggested)
    await office.put(make.person(first, standing="left"))

    with pytest.raises(CannotHelp):
        await wishes.ask(office.desk, W1, MENTEE, first, NOW)

    assert [it.mentor_id for it in (await office.get(MentorWish, W1)).left] == [second]
    with pytest.raises(NotYours):
        await wishes.ask(office.desk, W1, second, first, NOW)


async def test_where_the_only_one_suggested_has_left_it_looks_on_and_the_card_is_drawn_anew(office: Office):
    wish = await wished(office, mentor(ADA))
    before = await office.times_shown(wish.thing, MENTEE)

    await wishes.leave(office.desk, ADA, NOW)

    after = await office.get(MentorWish, W1)
    assert (after.state, after.suggested, after.looks_at is not None) == ("waiting", (), True)
    assert await office.times_shown(wish.thing, MENTEE) == before + 1

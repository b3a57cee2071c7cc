"""A programme's bad luck: too many for too few, two admins at once, who leaves or is kept apart."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, NOW, PYTHON
from office import RELATIONSHIPS, Office

from handlers.pairing import page, sign_up_form
from kernel.errors import Ended, Invalid, NotYours
from kernel.policy import Policy
from kernel.store import Due
from kernel.values import WORKSPACE, PersonId
from matching.pairing import pairing as pairings
from matching.pairing.values import BadPin, MatchedPair, Obstacle, Pairing, Priority, Two
from mentoring.admins.admins import Admins, admins, steers
from mentoring.own_data import export
from mentoring.people.people import keep_apart
from relationships.cohorts import answers, leaving, programmes, sending
from relationships.cohorts.participants import cohort_of
from relationships.cohorts.programme import (
    GIVEN_UP,
    AtWork,
    Decision,
    NotPairable,
    OpenProgrammes,
    PairingTrouble,
    Programme,
)
from relationships.cohorts.proposal import UNDO_FOR, Proposal
from relationships.cohorts.proposals import propose
from relationships.cohorts.result import ProposalTally
from relationships.cohorts.sign_up import SignUp, SignUpChoices, sign_up_id
from relationships.mentorships import changes, mentorships
from relationships.mentorships.calendar import AGREE_ENDS
from relationships.mentorships.capacity import set_places
from relationships.mentorships.mentorship import Mentorship
from relationships.mentorships.record import OPEN_MENTORSHIPS

RUBY, EVE = PersonId("U0RUBY"), PersonId("U0EVE")
P = "P1"
MENTEE, MENTOR = SignUpChoices(mentee=True), SignUpChoices(mentor=True, places=5)
POLICY = Policy(admins=frozenset({RUBY, EVE}))


async def going_on(office: Office, **people: SignUpChoices) -> Programme:
    """Have a programme of Ruby's, with these people in it."""
    office.policy = POLICY
    everyone = [PersonId(f"U0{name}") for name in people]
    await office.put(*(make.helper(it) for it in everyone), make.person(RUBY), make.person(EVE))
    made = await programmes.start(office.desk, RUBY, "Mentoring", NOW, id=P)
    for name, asked in people.items():
        await programmes.sign_up(office.desk, P, PersonId(f"U0{name}"), asked, NOW)
    return made


async def paired(office: Office, now: Any = NOW) -> Programme:
    """Have it paired here and now."""
    desk = office.desk
    begun = await programmes.begin(desk, P, RUBY, now, do="pair")
    cohort = await cohort_of(desk, begun, now)
    try:
        change = programmes.solved(pairings.pair(cohort), cohort, now)
    except BadPin as no:
        change = programmes.failed(no)
    assert begun.work
    done = await programmes.note(desk, begun.work, change, now, await due(office, now))
    assert done
    return done


async def proposed(office: Office, now: Any = NOW) -> Programme:
    """Have all its pairs proposed."""
    stands: Programme | None = await office.get(Programme, P)
    while stands:
        stands = await sending.propose_some(office.desk, stands, now)
    return await office.get(Programme, P)


async def due(office: Office, now: Any) -> Due:
    agenda = office.stores.agenda
    await agenda.tick(now)
    [entry] = [it for it in await agenda.take("test") if it.kind == "programme_work"]
    return entry


def mentors(it: Programme) -> Mapping[str, str]:
    assert it.result
    return it.result.mentors


async def test_three_hundred_for_two_mentors_fill_four_places_and_each_is_told_why(office: Office):
    office.policy = POLICY
    crowd = [PersonId(f"U{number:09}") for number in range(300)]
    await office.put(*(make.person(it) for it in (*crowd, RUBY)), make.helper(ADA), make.helper(BEN))
    await programmes.start(office.desk, RUBY, "Mentoring", NOW, id=P)
    base = SignUp(id="", programme_id=P, programme="Mentoring", person_id=ADA, asked=MENTEE, made_at=NOW)
    ids = {it: {"id": sign_up_id(P, it), "person_id": it} for it in (*crowd, ADA, BEN)}
    asked = {it: MENTOR if it in (ADA, BEN) else MENTEE for it in ids}
    await office.put(*(base.model_copy(update={**ids[it], "asked": asked[it]}) for it in ids))

    done = await paired(office)
    shown = await page.page(office.desk, P, RUBY, NOW, page.PagePosition("alone", 49))

    assert len(mentors(done)) == 4
    assert "300 people can only go to <@U0ADA> or <@U0BEN>: 4 places." in str(shown)
    assert "295 to 296 of 296" in str(shown)
    [alone, *_] = done.result.alone if done.result else ()
    words = page.words(office.desk, done)
    assert sign_up_form.reason(alone, words) == "300 people for 4 places."


async def test_of_two_admins_at_once_the_second_hears_who_was_first(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)
    await programmes.begin(office.desk, P, RUBY, NOW, do="pair")

    for do in ("pair", "propose"):
        with pytest.raises(AtWork) as refused:
            await programmes.begin(office.desk, P, EVE, NOW, do=do)
    later = await programmes.begin(office.desk, P, EVE, NOW + GIVEN_UP, do="pair")

    assert refused.value.by == RUBY
    assert later.work
    assert later.work.by == EVE


async def said_of(office: Office) -> str:
    return str(await page.page(office.desk, P, RUBY, NOW + DAY))


async def test_nothing_is_called_proved_once_people_or_decisions_have_changed(office: Office):
    await going_on(office, ASKER=MENTEE, BEN=MENTEE, ADA=MENTOR, CY=MENTOR)
    wishing = SignUpChoices(mentee=True, wishes=(CY,))
    changed = "people have joined, left or changed what they ask for"

    await paired(office)
    fresh = await said_of(office)
    await programmes.sign_up(office.desk, P, BEN, MENTEE, NOW + HOUR)
    same = await said_of(office)
    await programmes.sign_up(office.desk, P, BEN, wishing, NOW + HOUR)
    wished = await said_of(office)
    await paired(office, NOW + 2 * HOUR)
    anew = await said_of(office)
    await programmes.withdraw(office.desk, P, ADA)
    gone = await said_of(office)

    for told in (fresh, same, anew):
        assert "2 of 2 mentees paired. No other pairing fits better." in told
        assert changed not in told
    for told in (wished, gone):
        assert "*2 of 2 mentees paired.*" in told
        assert changed in told


async def test_only_admins_see_and_steer(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)
    await paired(office)
    desk, two = office.desk, Two(ASKER, ADA)

    for doing in (
        programmes.start(desk, ADA, "Mine", NOW, id="P2"),
        programmes.begin(desk, P, ADA, NOW, do="pair"),
        programmes.decide(desk, P, ADA, NOW, verb="pin", two=two),
        programmes.undo(desk, P, ADA, NOW),
        programmes.close(desk, P, ADA, NOW),
        programmes.add(desk, P, ADA, NOW, mentees=[CY], mentors=[]),
        page.page(desk, P, ADA, NOW),
    ):
        with pytest.raises(NotYours):
            await doing


@pytest.mark.parametrize("standing", ["active", "guest", "left", "unknown"])
async def test_whoever_is_among_the_admins_steers_and_nobody_else(office: Office, standing: Any):
    office.policy = Policy(admins=frozenset({CY}))
    known = [make.person(it, standing=standing, is_admin=it != BEN) for it in (ASKER, ADA, BEN, CY)]
    listed = Admins(ids=(ADA, BEN, DEE), absent=frozenset({CY}), read_at=NOW)
    everyone = (ASKER, ADA, BEN, CY, DEE)
    for there in ([], known, [listed], [*known, listed]):
        await office.put(*there)
        met = await office.desk.store.ids("admins")

        found = await office.desk.store.look(
            lambda read, met=met: (
                admins(read, office.policy, met),
                tuple(it for it in sorted(everyone) if steers(read, office.policy, it)),
            )
        )

        assert found[0] == found[1]


async def test_one_person_may_be_on_both_sides_and_is_never_their_own_mentor(office: Office):
    both = SignUpChoices(mentee=True, mentor=True)
    await going_on(office, ADA=both, BEN=both)

    assert mentors(await paired(office)) == {ADA: BEN, BEN: ADA}


async def test_who_is_kept_apart_stays_so_and_no_admin_learns_by_whom(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)
    await keep_apart(office.desk, ADA, ASKER, NOW)

    done = await paired(office)
    words = page.words(office.desk, done)
    [alone] = done.result.alone if done.result else ()

    assert (
        words.why_unpaired(alone.unpaired()) == "The only mentor is ruled out: not to be matched with them."
    )
    for obstacle in (Obstacle.NEVER, Obstacle.LINE):
        assert "can't be matched" in words.bad_pin(BadPin(Two(ASKER, ADA), obstacle))
    assert sign_up_form.reason(alone, words) == "Nobody who fits had a place left."


async def test_a_mentor_gets_no_more_than_they_have_room_for_beside_all_else(office: Office):
    await going_on(office, ASKER=MENTEE, BEN=MENTEE, CY=MENTEE, ADA=MENTOR, DEE=MENTOR)
    await set_places(office.desk, ADA, 1)
    await office.put(make.helper(DEE, paused_until=NOW + DAY))
    there = await office.get(Programme, P)

    cohort = await cohort_of(office.desk, there, NOW)

    assert {it.id: it.places for it in cohort.mentors} == {ADA: 1, DEE: 0}


async def test_a_pin_that_cannot_be_is_said_and_put_back(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)
    await office.put(make.person(managers=(ADA,)))
    await programmes.decide(office.desk, P, RUBY, NOW, verb="pin", two=Two(ASKER, ADA))
    begun = await office.get(Programme, P)
    with pytest.raises(BadPin) as no:
        pairings.pair(await cohort_of(office.desk, begun, NOW))
    assert begun.work
    change = programmes.failed(no.value)

    done = await programmes.note(office.desk, begun.work, change, NOW, await due(office, NOW))
    shown = await page.page(office.desk, P, RUBY, NOW)

    assert done
    assert (done.pins, done.work) == ((), None)
    assert "can't be matched, so they can't be pinned. Nothing was changed." in str(shown)


async def test_proposing_twice_or_after_a_crash_makes_each_mentorship_once(office: Office):
    await going_on(office, ASKER=MENTEE, BEN=MENTEE, ADA=MENTOR, DEE=MENTOR)
    before = await paired(office)

    for _ in range(2):
        await sending.propose_some(office.desk, before, NOW)
    done = await proposed(office)

    assert len(done.proposed) == 2
    assert not done.unsent
    assert not done.left_out
    assert [len(await office.desk.store.ids(OPEN_MENTORSHIPS.of(it))) for it in (ASKER, BEN)] == [1, 1]
    with pytest.raises(NotPairable):
        await programmes.begin(office.desk, P, RUBY, NOW, do="propose")


async def test_who_has_withdrawn_or_left_meanwhile_is_not_proposed_to(office: Office):
    await going_on(
        office, ASKER=MENTEE, BEN=MENTEE, ADA=SignUpChoices(mentor=True), DEE=SignUpChoices(mentor=True)
    )
    found = mentors(await paired(office))
    await programmes.withdraw(office.desk, P, ASKER)
    gone = PersonId(found[BEN])
    await office.put(make.helper(gone, standing="left"))

    done = await proposed(office)
    again = await paired(office)

    assert {it.why for it in done.left_out} == {"withdrew", "left"}
    assert not done.proposed
    assert set(mentors(again)) == {BEN}
    assert gone not in mentors(again).values()


async def test_what_stands_stays_and_what_was_declined_is_not_tried_again(office: Office):
    await going_on(
        office, ASKER=SignUpChoices(mentee=True, wishes=(ADA,)), BEN=MENTEE, ADA=SignUpChoices(mentor=True)
    )
    done = await paired(office)
    assert mentors(done) == {ASKER: ADA}
    [sent] = (await proposed(office)).proposed
    await mentorships.close(office.desk, done.proposal_of(sent).id, ASKER, NOW)

    again = await paired(office, NOW + HOUR)
    await proposed(office, NOW + HOUR)
    taken = await office.get(Programme, P)
    await sending.take_back(office.desk, taken, NOW + 2 * HOUR)
    back = await office.get(Programme, P)

    assert mentors(again) == {BEN: ADA}
    assert [it.two for it in back.proposed] == [Two(ASKER, ADA)]
    assert (back.round, back.can_take_back(NOW + 2 * HOUR)) == (1, False)
    assert mentors(await paired(office, NOW + 3 * HOUR)) == {BEN: ADA}
    anew = await proposed(office, NOW + 3 * HOUR)
    assert {it.mentee_id: it.round for it in anew.proposed} == {ASKER: 0, BEN: 1}


async def test_who_has_a_mentor_already_gets_another(office: Office):
    await going_on(office, ASKER=SignUpChoices(mentee=True, wishes=(ADA,)), ADA=MENTOR, DEE=MENTOR)
    await propose(office.desk, Proposal("Last year", ASKER, ADA), NOW)

    assert mentors(await paired(office)) == {ASKER: DEE}


async def test_what_came_of_the_proposals_is_told_until_all_have_answered_or_lapsed(office: Office):
    wish = SignUpChoices(mentee=True, wishes=(ADA,), wants=(PYTHON,))
    await going_on(office, ASKER=wish, BEN=MENTEE, CY=MENTEE, DEE=MENTEE, ADA=MENTOR)
    await set_places(office.desk, ADA, 5)
    await paired(office)
    await programmes.begin(office.desk, P, RUBY, NOW, do="propose")
    sent = await proposed(office)
    ids = {it.mentee_id: sent.proposal_of(it).id for it in sent.proposed}
    why = (await office.get(Mentorship, ids[ASKER])).reasons

    for person in (ASKER, ADA):
        await mentorships.agree(office.desk, ids[ASKER], person, NOW)
    await mentorships.close(office.desk, ids[BEN], BEN, NOW)
    await answers.hear(office.desk, P, NOW + HOUR)
    first = (await office.get(Programme, P)).tally
    next_at = (await office.planned())["programme_answers", P]
    await keep_apart(office.desk, CY, ADA, NOW)
    for mentee in (CY, DEE):
        await changes.go_on(office.desk, ids[mentee], NOW + AGREE_ENDS)
    await answers.hear(office.desk, P, NOW + AGREE_ENDS)

    assert sent.tally == ProposalTally(waiting=4)
    assert first == ProposalTally(yes=1, no=1, waiting=2)
    assert timedelta(0) < next_at - NOW <= DAY
    assert (await office.get(Programme, P)).tally == ProposalTally(yes=1, no=1, lapsed=1, gone=1)
    assert ("programme_answers", P) not in await office.planned()
    assert await office.times_shown(f"programme-answers:{P}", RUBY) == 3
    assert [it.kind for it in why] == ["wish", "knows"]


async def test_nothing_is_taken_back_after_a_day(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)
    await paired(office)
    await proposed(office)

    late = NOW + UNDO_FOR + timedelta(seconds=1)
    with pytest.raises(Ended):
        await programmes.begin(office.desk, P, RUBY, late, do="take_back")


async def test_an_admin_adds_people_who_keep_what_they_asked(office: Office):
    await going_on(office, ASKER=SignUpChoices(mentee=True, wishes=(ADA,)), ADA=MENTOR)
    await office.put(make.person(CY, standing="guest"))

    new = await programmes.add(office.desk, P, RUBY, NOW, mentees=[ASKER, BEN], mentors=[ASKER])
    planned = await office.planned()
    mine, added = [await office.get(SignUp, sign_up_id(P, it)) for it in (ASKER, BEN)]

    assert new == 1
    assert (mine.asked.mentor, mine.asked.wishes, mine.added_by) == (True, (ADA,), None)
    assert (added.asked.mentee, added.added_by) == (True, RUBY)
    assert planned["meet", BEN] == NOW
    with pytest.raises(Invalid):
        await programmes.add(office.desk, P, RUBY, NOW, mentees=[CY], mentors=[])
    await programmes.close(office.desk, P, RUBY, NOW)
    with pytest.raises(Ended):
        await programmes.add(office.desk, P, RUBY, NOW, mentees=[DEE], mentors=[])
    with pytest.raises(Ended):
        await programmes.sign_up(office.desk, P, DEE, MENTEE, NOW)


async def test_who_is_erased_is_in_no_pair_and_an_export_holds_what_is_theirs(office: Office):
    await going_on(office, ASKER=SignUpChoices(mentee=True, wants=(PYTHON,)), BEN=MENTEE, ADA=MENTOR)
    await paired(office)
    await proposed(office)
    mine = (await export(office.desk, RELATIONSHIPS, ASKER, NOW))["data"]

    await leaving.step_out(office.desk, ASKER, NOW)
    left = await office.get(Programme, P)

    assert mine["sign-up"][0]["asked"]["wants"] == ["python"]
    assert [it["mentor_id"] for it in mine["programme"][0]["proposed"]] == [ADA]
    assert BEN not in str(mine["programme"])
    assert ASKER not in left.model_dump_json()
    assert mentors(left) == {BEN: ADA}


async def test_a_forgotten_programme_leaves_nothing_behind(office: Office):
    await going_on(office, ASKER=MENTEE, ADA=MENTOR)

    await leaving.forget(office.desk, P, NOW + 366 * DAY)

    for kind, id in ((Programme, P), (OpenProgrammes, WORKSPACE), (SignUp, sign_up_id(P, ASKER))):
        assert await office.find(kind, id) is None
    assert not [it for it in await office.keys() if P in it and "agenda" not in it and "notice" not in it]


PEOPLE = st.sampled_from(["e1", "e2", "e3"])
BOSSES = st.sampled_from(["m1", "m2"])
TWOS = st.builds(Two, PEOPLE, BOSSES)
DEEDS = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from(["pin", "ban", "free"]), TWOS),
    st.tuples(st.just("swap"), PEOPLE, PEOPLE),
    st.tuples(st.just("pair"), st.dictionaries(PEOPLE, BOSSES)),
    st.tuples(st.just("fail"), TWOS),
    st.tuples(st.just("undo"), st.integers(0, 30)),
    st.tuples(st.just("send"), st.integers(1, 3)),
    st.tuples(st.just("back"), st.integers(0, 3)),
)


def done(it: Programme, deed: tuple[Any, ...], now: Any) -> Programme:
    match deed:
        case ("decide", verb, two):
            return it.decide(verb, [two], now)
        case ("swap", one, other):
            return it.swap(one, other, now)
        case ("fail", two):
            return it.begin("pair", RUBY, now).failed(PairingTrouble(two=two))
        case ("undo", hours):
            return it.undo(now + hours * HOUR)
        case ("pair", found):
            return found_to_be(it, found, now)
    return (
        it.sent(it.unsent[: deed[1]], (), now) if deed[0] == "send" else it.taken_back(it.proposed[: deed[1]])
    )


def found_to_be(it: Programme, found: Mapping[str, str], now: Any) -> Programme:
    pairs = tuple(
        MatchedPair(one, other, 1.0, (), Two(one, other) in it.pins) for one, other in found.items()
    )
    return it.begin("pair", RUBY, now).solved(Pairing(pairs, (), 1.0), 3, Priority.MOST_PAIRED, now)


@given(st.lists(DEEDS, max_size=12))
def test_in_whatever_order_a_mentee_has_one_pin_and_nobody_is_proposed_twice(deeds: list[tuple[Any, ...]]):
    it = Programme(id=P, name="Mentoring", made_by=RUBY, made_at=NOW)
    for number, deed in enumerate(deeds):
        try:
            it = done(it, deed, NOW + number * timedelta(minutes=20))
        except (Ended, Invalid):
            continue

        twos = [one.two for one in it.proposed]
        assert len({one.mentee_id for one in it.pins}) == len(it.pins)
        assert not set(it.pins) & set(it.bans)
        assert len(set(twos)) == len(twos)
        assert not {one.two for one in it.unsent} & set(twos)
        if it.can_undo(NOW):
            once = it.undo(NOW)
            back = once.undo(NOW).model_copy(update={"before": it.before})
            assert back == it.model_copy(
                update={"trouble": None, "left_out": (), "decided": Decision(verb="undo")}
            )

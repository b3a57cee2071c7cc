"""A cohort's pairs put to people: both have to agree, twice changes nothing, and it can be taken back."""

from datetime import timedelta

import make
import pytest
from make import ASKER, BEN, CY, DEE, HOUR, NOW
from make_mentorship import MENTEE, MENTOR, mentor
from office import Office

from kernel.errors import CannotHelp, Invalid
from kernel.values import PersonId
from mentoring.people.people import keep_apart
from relationships.cohorts.proposal import UNDO_FOR, Proposal
from relationships.cohorts.proposals import is_new, propose, take_back
from relationships.mentorships import mentorships
from relationships.mentorships.capacity import set_places
from relationships.mentorships.mentorship import Mentorship

PROPOSAL = Proposal("Mentoring 2027", MENTEE, MENTOR)


async def there(office: Office) -> None:
    await office.put(*(make.person(it) for it in (ASKER, BEN, CY)), mentor())


async def now_is(office: Office, proposal: Proposal = PROPOSAL) -> Mentorship:
    return await office.desk.get(Mentorship, proposal.id)


async def test_both_hear_of_it_and_it_begins_when_both_have_agreed(office: Office):
    await there(office)

    assert await is_new(office.desk, PROPOSAL, NOW)
    assert await propose(office.desk, PROPOSAL, NOW)
    proposed = await now_is(office)
    await mentorships.agree(office.desk, PROPOSAL.id, MENTOR, NOW)
    await mentorships.agree(office.desk, PROPOSAL.id, MENTEE, NOW)

    assert (proposed.state, proposed.agreement.purpose) == ("agreeing", "Mentoring 2027")
    assert proposed.news == {MENTOR: "agree", MENTEE: "agree"}
    assert (await now_is(office)).state == "going"


async def test_a_proposal_is_made_once_whatever_became_of_it(office: Office):
    await there(office)
    await propose(office.desk, PROPOSAL, NOW)

    again = await propose(office.desk, PROPOSAL, NOW)
    await mentorships.close(office.desk, PROPOSAL.id, MENTEE, NOW)
    after_a_no = await propose(office.desk, PROPOSAL, NOW + HOUR)

    assert (again, after_a_no) == (False, False)
    assert not await is_new(office.desk, PROPOSAL, NOW)
    assert (await now_is(office)).state == "ended"


async def test_who_has_that_mentor_already_is_left_in_peace(office: Office):
    await there(office)
    await propose(office.desk, PROPOSAL, NOW)

    assert not await propose(office.desk, Proposal("Another", MENTEE, MENTOR), NOW)
    assert not await propose(office.desk, Proposal("Another", MENTOR, MENTEE), NOW)


async def test_nobody_is_proposed_to_whoever_leads_them_or_is_kept_from_them(office: Office):
    await office.put(
        make.person(managers=(BEN,)), make.person(BEN, managers=(MENTOR,)), mentor(), mentor(DEE)
    )
    await keep_apart(office.desk, MENTEE, DEE, NOW)

    for other in (MENTOR, DEE, MENTEE):
        with pytest.raises(CannotHelp):
            await propose(office.desk, Proposal("P", MENTEE, other), NOW)


async def test_a_mentor_gets_no_more_than_they_take_on_with_all_that_is_proposed_besides(office: Office):
    await there(office)
    await set_places(office.desk, MENTOR, 2)
    first, second, third = (Proposal("P", PersonId(it), MENTOR) for it in (ASKER, BEN, CY))

    assert await is_new(office.desk, second, NOW, besides=[first])
    with pytest.raises(Invalid):
        await is_new(office.desk, third, NOW, besides=[first, second])

    await propose(office.desk, first, NOW)
    await propose(office.desk, second, NOW)
    with pytest.raises(Invalid):
        await propose(office.desk, third, NOW)


async def test_what_not_both_agreed_to_is_taken_back_for_a_day(office: Office):
    await there(office)
    agreed = Proposal("P", BEN, MENTOR)
    for each in (PROPOSAL, agreed):
        await propose(office.desk, each, NOW)
    for each in (BEN, MENTOR):
        await mentorships.agree(office.desk, agreed.id, each, NOW)

    late = await take_back(office.desk, PROPOSAL, NOW + UNDO_FOR + timedelta(seconds=1))
    in_time = await take_back(office.desk, PROPOSAL, NOW + UNDO_FOR)

    assert (late, in_time) == (False, True)
    assert ((await now_is(office)).end, (await now_is(office)).news) == (
        "never_agreed",
        {MENTOR: "ended", MENTEE: "ended"},
    )
    assert not await take_back(office.desk, agreed, NOW)
    assert not await take_back(office.desk, Proposal("none", BEN, MENTOR), NOW)

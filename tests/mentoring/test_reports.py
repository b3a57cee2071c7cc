"""The quiet safety flag: it reaches the admins, names both people, and nobody else hears of it."""

from datetime import datetime

import make
import pytest
from make import ADA, ASKER, BEN, HOUR, NOW, offer_to, talk_with
from make_mentorship import agreed
from office import Office

from kernel.errors import Invalid, NotYours
from kernel.policy import Policy
from kernel.values import PersonId
from mentoring.admins.alerts import close_alert
from mentoring.admins.reports import NewReport, report
from mentoring.model.alert import Alert, Report
from mentoring.model.person import Person
from mentoring.routing.offers import accept
from mentoring.sessions.reports import BOND
from relationships.mentorships.mentorship import Mentorship

TALK = talk_with(ADA)
BOSS, CHIEF = PersonId("U0BOSS"), PersonId("U0CHIEF")


async def talking(office: Office, *admins: Person, anonymous: bool = False) -> None:
    await office.put(*admins)
    await office.asked(make.helper(ADA), anonymous=anonymous)
    await accept(office.desk, offer_to(ADA), ADA, NOW)


async def reported(
    office: Office, text: str, now: datetime = NOW, *, by: PersonId = ASKER, **wished: bool
) -> Report:
    return (await report(office.desk, TALK, by, NewReport(text=text, **wished), now, of=BOND)).report


async def test_a_report_tells_every_admin_who_it_is_about_and_nobody_else(office: Office):
    office.policy = Policy(admins={CHIEF})
    await talking(office, make.person(BOSS, is_admin=True), anonymous=True)

    made = await reported(office, " He shouted ", NOW)

    assert (made.about_id, made.text, made.unmasked, made.told) == (ADA, "He shouted", True, (BOSS, CHIEF))
    assert [await office.times_shown(f"alert:report.{made.id}", to) for to in (BOSS, CHIEF, ADA)] == [1, 1, 0]
    assert await office.desk.store.ids("reports") == [made.id]


async def test_an_admin_it_is_about_is_not_told(office: Office):
    await talking(office, make.person(BOSS, is_admin=True))
    await office.put(make.helper(ADA, is_admin=True))

    made = await reported(office, "He shouted", NOW)

    assert made.told == (BOSS,)


async def test_more_is_added_to_the_first_report_and_the_same_words_are_not(office: Office):
    await talking(office, make.person(BOSS, is_admin=True))
    for words in ("He shouted", "He shouted", "and again"):
        made = await reported(office, words, NOW + HOUR)

    assert made.text == "He shouted\nand again"
    assert await office.desk.store.count("reports") == 1


async def test_each_side_reports_for_themselves(office: Office):
    await talking(office)

    mine, theirs = [await reported(office, "x", NOW, by=me) for me in (ASKER, ADA)]

    assert (mine.id, theirs.id) == ("R1.U0ADA.U0ASKER", "R1.U0ADA.U0ADA")


async def test_what_is_added_after_an_admin_has_seen_to_it_alerts_again(office: Office):
    await talking(office, make.person(BOSS, is_admin=True))
    made = await reported(office, "He shouted", NOW)
    await close_alert(office.desk, f"report.{made.id}", BOSS, NOW)

    await reported(office, "and again", NOW + HOUR)

    assert (await office.get(Alert, f"report.{made.id}")).closed_at is None


async def test_a_stranger_reports_nothing_and_nobody_a_novel(office: Office):
    await talking(office)

    with pytest.raises(NotYours):
        await reported(office, "x", NOW, by=BEN)
    with pytest.raises(Invalid):
        await reported(office, "x" * 3001, NOW)


async def test_never_to_be_matched_again_ends_all_that_the_two_share(office: Office):
    await talking(office)
    await office.put(agreed())

    await reported(office, "He shouted")
    goes_on = (await office.get(Mentorship, "M1")).is_open
    await reported(office, "and again", keep_apart=True)

    assert goes_on
    assert (await office.get(Mentorship, "M1")).end == "apart"

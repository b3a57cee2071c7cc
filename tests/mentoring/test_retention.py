"""What has ended is dropped whole, when its time is over, and not before."""

import make
from make import ADA, ASKER, DAY, HOUR, NOW, R1, offer_to, talk_with
from office import Office

from kernel.policy import Retention
from kernel.values import PersonId
from mentoring.admins.alerts import close_alert, raise_alert
from mentoring.admins.reports import NewReport, alert_id, report
from mentoring.model.alert import Alert, Report, unanswered_id
from mentoring.model.check import Check, Thanks, check_id
from mentoring.model.load import Load
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.requests.requests import withdraw
from mentoring.requests.retries import keep_waiting, tell_admins
from mentoring.retention import forget_request, free_up, give_up
from mentoring.routing.offers import accept
from mentoring.sessions.feedback import Feedback, feedback_id
from mentoring.sessions.follow_ups import answer_check
from mentoring.sessions.reports import BOND
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
YEAR = 365 * DAY
ADMIN = PersonId("U0ADMIN")


async def a_whole_story(office: Office) -> None:
    """Have a talk with feedback, a check, thanks and a report."""
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.run(NOW + 2 * DAY)
    await answer_check(office.desk, check_id(TALK, "d2"), ASKER, "used", NOW + 2 * DAY)
    await report(office.desk, TALK, ASKER, NewReport(text="x"), NOW + 2 * DAY, of=BOND)


async def test_after_a_year_no_key_names_a_request_but_those_of_its_report(office: Office):
    await a_whole_story(office)
    await office.deliver()
    before = await office.keys()

    await office.run(NOW + YEAR)

    alert, told = f"alert:report.{TALK}.{ASKER}", f"report:{TALK}.{ASKER}"
    assert {f"card:{ASKER} request:{R1}", f"card:{ADA} offer:{TALK}", f"of:session:{TALK}"} <= before
    assert len([key for key in before if key.startswith("at:")]) == 6
    after = await office.keys()
    assert {key for key in after if R1 in key and not key.endswith((alert, told))} == set()
    assert len([key for key in after if key.startswith("at:")]) == 1, "the report's own card"
    assert (await office.get(Load, ADA)).helped == {}


async def test_checks_of_an_earlier_policy_go_too(office: Office):
    await a_whole_story(office)
    office.policy = make.POLICY.model_copy(update={"checks": (3,)})

    await office.run(NOW + YEAR)

    assert await office.find(Check, check_id(TALK, "d2")) is None
    assert await office.desk.store.ids(f"checks-in:{TALK}") == []


async def test_the_alert_that_nobody_took_a_request_goes_with_it(office: Office):
    await office.asked()
    await tell_admins(office.desk, ASKER, R1, NOW)
    await withdraw(office.desk, ASKER, R1, NOW)
    office.policy = make.POLICY.model_copy(update={"retention": Retention(alert_days=3650)})

    await office.run(NOW + YEAR)

    assert await office.find(Alert, unanswered_id(R1)) is None


async def test_a_report_goes_two_years_after_it_was_closed(office: Office):
    await a_whole_story(office)
    report_id = f"{TALK}.{ASKER}"
    office.policy = make.POLICY.model_copy(update={"admins": frozenset({ADMIN})})
    await close_alert(office.desk, alert_id(report_id), ADMIN, NOW + 100 * DAY)

    await office.run(NOW + 2 * DAY + 2 * YEAR)
    assert (await office.get(Report, report_id)).text == "x"
    await office.run(NOW + 100 * DAY + 2 * YEAR)

    assert await office.find(Report, report_id) is None
    assert await office.find(Alert, alert_id(report_id)) is None
    assert await office.desk.store.ids("reports") == []


async def test_an_alert_goes_some_months_after_it_was_raised_and_its_cards_with_it(office: Office):
    office.policy = make.POLICY.model_copy(update={"admins": frozenset({ADMIN})})
    await raise_alert(office.desk, "undeliverable.U1.x", "undeliverable", {"person_id": "U1"}, NOW)
    await office.deliver()

    await office.run(NOW + 89 * DAY)
    assert await office.find(Alert, "undeliverable.U1.x")
    await office.run(NOW + 90 * DAY)

    assert [key for key in await office.keys() if "undeliverable" in key] == []


async def test_after_a_year_nothing_is_left_of_a_request_but_a_report(office: Office):
    await a_whole_story(office)

    await office.run(NOW + YEAR)

    belongings = [
        (Request, R1),
        (Offer, offer_to(ADA)),
        (Session, TALK),
        (Thanks, TALK),
        (Feedback, feedback_id(TALK, ASKER)),
        (Feedback, feedback_id(TALK, ADA)),
        (Check, check_id(TALK, "d2")),
    ]
    assert [await office.find(type, id) for type, id in belongings] == [None] * len(belongings)
    assert await office.find(Report, f"{TALK}.{ASKER}") is not None
    for name in (
        f"requests-of:{ASKER}",
        f"sessions-of:{ADA}",
        f"feedback-of:{ADA}",
        "asked-in:python",
        "requests",
    ):
        assert await office.desk.store.ids(name) == []


async def test_a_day_earlier_all_is_there(office: Office):
    await a_whole_story(office)

    await office.run(NOW + YEAR - DAY)

    assert (await office.get(Request, R1)).state == "resolved"
    assert (await office.get(Thanks, TALK)).helper_id == ADA


async def test_a_request_that_goes_on_is_not_forgotten(office: Office):
    await office.asked(make.helper(ADA))

    await forget_request(office.desk, R1, NOW + YEAR)

    assert (await office.get(Request, R1)).state == "offered"


async def test_what_is_gone_already_is_no_obstacle(office: Office):
    await forget_request(office.desk, R1, NOW)
    await give_up(office.desk, R1, NOW)

    assert await office.find(Request, R1) is None


async def test_a_request_whose_asker_took_no_way_out_ends_after_a_week(office: Office):
    await office.asked()

    await office.run(NOW + 7 * DAY)

    assert (await office.get(Request, R1)).state == "expired"
    assert (await office.carried(ASKER)).open_requests == ()


async def test_a_request_that_found_a_way_out_does_not_end_then(office: Office):
    await office.asked()
    await keep_waiting(office.desk, ASKER, R1, NOW)

    await give_up(office.desk, R1, NOW + 7 * DAY)

    assert (await office.get(Request, R1)).state == "open"


async def test_a_withdrawn_request_is_not_given_up_too(office: Office):
    await office.asked()
    await withdraw(office.desk, ASKER, R1, NOW)

    await give_up(office.desk, R1, NOW + 7 * DAY)

    assert (await office.get(Request, R1)).state == "withdrawn"


async def test_freeing_someone_who_carries_nothing_changes_nothing(office: Office):
    await free_up(office.desk, ADA, NOW + HOUR)

    assert await office.get(Load, ADA) == Load(id=ADA)
    assert await office.planned() == {}

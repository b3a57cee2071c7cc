"""The trail of past requests: what became of each, in order, and nothing that two people said."""

from dataclasses import asdict
from datetime import datetime, timedelta

import make
from make import ADA, ASKER, BEN, DAY, HOUR, MINUTE, NOW, R1, offer_to, talk_with
from office import Office

from kernel.values import PersonId, RequestId
from matching.values import Lane
from mentoring.learning.request_history import PAGE, PastRequest, SessionOutcome, trail
from mentoring.model.check import check_id
from mentoring.model.session import WrapUp
from mentoring.requests.requests import file, withdraw
from mentoring.requests.retries import someone_else
from mentoring.routing.offers import accept, decline
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
SAID = feedback_id(TALK, ASKER)


async def told(office: Office, **between: datetime | int) -> list[PastRequest]:
    return [past async for past in trail(office.desk, **between)]


async def talked(office: Office, *, minutes: int = 20) -> None:
    """Have Ada asked, accept after five minutes, and talk."""
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW + 5 * MINUTE)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW + minutes * MINUTE)


async def test_a_talk_stands_in_the_trail_with_who_helped_and_when(office: Office):
    await talked(office)

    [past] = await told(office)

    assert (past.helper_id, past.lane) == (ADA, Lane.PEER)
    assert (past.asked_at, past.accepted_at, past.ended_at) == (NOW, NOW + 5 * MINUTE, NOW + 20 * MINUTE)
    assert past.outcome == SessionOutcome(NOW + 20 * MINUTE, NOW + 20 * MINUTE)
    assert (past.ask.id, past.ask.topics, past.ask.text) == (R1, (make.PYTHON,), "How do I profile asyncio?")


async def test_whether_it_helped_is_known_once_the_asker_has_said_so(office: Office):
    await talked(office)
    await office.run(NOW + 2 * HOUR)

    await answer(office.desk, SAID, ASKER, Answer(helped="yes"), NOW + 3 * HOUR)

    assert (await told(office))[0].outcome == SessionOutcome(NOW + 20 * MINUTE, NOW + 3 * HOUR, worked=True)


async def test_partly_is_not_what_helped_until_the_advice_was_used(office: Office):
    await talked(office)
    await office.run(NOW + 2 * HOUR)
    await answer(office.desk, SAID, ASKER, Answer(helped="partly"), NOW + 3 * HOUR)
    [before] = await told(office)
    await office.run(NOW + 3 * DAY)

    await answer_check(office.desk, check_id(TALK, "d2"), ASKER, "used", NOW + 3 * DAY)

    assert before.outcome == SessionOutcome(NOW + 20 * MINUTE, NOW + 3 * HOUR, worked=False)
    assert (await told(office))[0].outcome == SessionOutcome(NOW + 20 * MINUTE, NOW + 3 * DAY, worked=True)


async def test_what_the_helper_says_is_no_outcome(office: Office):
    await talked(office)
    await office.run(NOW + 2 * HOUR)

    await answer(office.desk, feedback_id(TALK, ADA), ADA, Answer(helped="yes"), NOW + 3 * HOUR)

    assert (await told(office))[0].outcome == SessionOutcome(NOW + 20 * MINUTE, NOW + 20 * MINUTE)


async def test_everyone_who_was_asked_is_there_with_the_moment_of_their_own_answer(office: Office):
    await office.asked(make.helper(ADA), make.helper(BEN))
    first = (await told(office))[0].approached[0].helper_id
    second = BEN if first == ADA else ADA

    await decline(office.desk, offer_to(first), first, NOW + HOUR)
    await office.run(NOW + HOUR)

    [past] = await told(office)
    assert [(it.helper_id, it.answered_at) for it in past.approached] == [
        (first, NOW + HOUR),
        (second, None),
    ]
    assert (past.helper_id, past.outcome, past.ended_at) == (None, None, None)


async def test_a_talk_that_was_broken_off_is_no_outcome(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)

    await someone_else(office.desk, ASKER, R1, NOW + HOUR)

    [past] = await told(office)
    assert (past.helper_id, past.outcome) == (None, None)


async def test_a_request_that_was_taken_back_has_an_end_and_no_helper(office: Office):
    await office.asked(make.helper(ADA))

    await withdraw(office.desk, ASKER, R1, NOW + HOUR)

    [past] = await told(office)
    assert (past.ended_at, past.helper_id, past.outcome) == (NOW + HOUR, None, None)
    assert past.approached[0].answered_at is None


async def test_the_ask_leaves_out_who_is_kept_apart_and_nobody_because_of_what_came_later(office: Office):
    boss = PersonId("U0BOSS")
    await office.asked(make.helper(ADA), make.helper(BEN))
    await office.put(make.person(ASKER, level=5, do_not_match={BEN}, managers=(boss,)))

    [past] = await told(office)

    assert past.ask.excluded == {ASKER, BEN, boss}
    assert past.ask.asker_level == 5


async def test_pages_are_read_one_by_one_and_the_oldest_comes_first(office: Office):
    count = 2 * PAGE + 3
    moments = [NOW + n * MINUTE for n in range(count)]
    await office.put(
        make.person(),
        *(make.request(id=RequestId(f"R{n}"), asked_at=at) for n, at in enumerate(moments)),
    )

    assert [past.asked_at for past in await told(office)] == moments
    assert [past.asked_at for past in await told(office, since=moments[5], until=moments[9])] == moments[5:9]
    assert [past.asked_at for past in await told(office, most=7)] == moments[-7:]


async def test_requests_of_one_moment_are_all_there(office: Office):
    await office.put(make.person(), *(make.request(id=RequestId(f"R{n:03}")) for n in range(2 * PAGE + 1)))

    assert len({past.ask.id for past in await told(office)}) == 2 * PAGE + 1


async def test_names_notes_and_thanks_are_not_in_it(office: Office):
    await office.put(make.person(name="Askerina", email="askerina@example.com"), make.helper(name="Adalbert"))
    await file(office.desk, ASKER, make.new_request(tried="secret-tried"), R1, NOW)
    await office.run(NOW)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW + HOUR)
    await office.run(NOW + 2 * HOUR)
    said = Answer(helped="yes", thanks="secret-thanks", private_note="secret-note")
    await answer(office.desk, SAID, ASKER, said, NOW + 2 * HOUR + timedelta(minutes=1))

    written = repr([asdict(past) for past in await told(office)])

    assert "profile asyncio" in written
    for word in ("Askerina", "example.com", "Adalbert", "secret"):
        assert word not in written

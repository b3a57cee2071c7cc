"""What is counted of talks by lane: the asker's word, once; advice that was used in the end has helped."""

import make
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, offer_to, talk_with
from office import Office

from matching.values import Lane, Urgency
from mentoring.model.check import check_id
from mentoring.model.session import WrapUp
from mentoring.routing.lane_statistics import LaneRecord
from mentoring.routing.offers import accept
from mentoring.routing.shortlist import shortlist
from mentoring.sessions.feedback import Answer, answer, feedback_id
from mentoring.sessions.follow_ups import answer_check
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
MINE, THEIRS = feedback_id(TALK, ASKER), feedback_id(TALK, ADA)
CHECK = check_id(TALK, "d2")


async def talked(office: Office) -> None:
    """Have a talk between two of the same level wrapped up, and both asked."""
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.run(NOW + HOUR)


async def counts(office: Office) -> tuple[int, int]:
    """How many talks of peers about Python were judged, and how many helped."""
    record = await office.find(LaneRecord, make.PYTHON) or LaneRecord(id=make.PYTHON)
    return record.talks.get(Lane.PEER, 0), record.helped.get(Lane.PEER, 0)


async def test_the_askers_word_counts_once_and_the_helpers_does_not(office: Office):
    await talked(office)

    await answer(office.desk, THEIRS, ADA, Answer(helped="yes"), NOW + HOUR)
    assert await counts(office) == (0, 0)
    for _ in range(2):
        await answer(office.desk, MINE, ASKER, Answer(helped="yes"), NOW + HOUR)

    assert await counts(office) == (1, 1)


async def test_advice_that_was_used_in_the_end_has_helped(office: Office):
    await talked(office)
    await answer(office.desk, MINE, ASKER, Answer(helped="no"), NOW + HOUR)
    assert await counts(office) == (1, 0)
    await office.run(NOW + 3 * DAY)

    await answer_check(office.desk, CHECK, ASKER, "used", NOW + 3 * DAY)

    assert await counts(office) == (1, 1)


async def test_who_says_it_was_used_before_saying_how_it_went_counts_once(office: Office):
    await talked(office)
    await office.run(NOW + 3 * DAY)
    await answer_check(office.desk, CHECK, ASKER, "used", NOW + 3 * DAY)

    await answer(office.desk, MINE, ASKER, Answer(helped="yes"), NOW + 3 * DAY)

    assert await counts(office) == (1, 1)


async def test_a_search_asks_first_in_the_lane_that_has_helped(office: Office):
    record = LaneRecord(
        id=make.PYTHON,
        talks={Lane.PEER: 20, Lane.SENIOR: 20},
        helped={Lane.PEER: 4, Lane.SENIOR: 19},
    )
    await office.put(make.helper(ADA), make.helper(BEN, level=6))
    request = make.request(urgency=Urgency.THIS_WEEK)

    before = await shortlist(office.desk, request, make.person(), NOW)
    await office.put(record)
    after = await shortlist(office.desk, request, make.person(), NOW)

    assert [match.helper_id for match in before.matches] == [ADA, BEN]
    assert [match.helper_id for match in after.matches] == [BEN, ADA]


async def test_a_wish_for_a_lane_is_stronger_than_any_past(office: Office):
    record = LaneRecord(
        id=make.PYTHON,
        talks={Lane.PEER: 20, Lane.SENIOR: 20},
        helped={Lane.PEER: 4, Lane.SENIOR: 19},
    )
    await office.put(make.helper(ADA), make.helper(BEN, level=6), record)

    found = await shortlist(office.desk, make.request(lane="peer"), make.person(), NOW)

    assert [match.helper_id for match in found.matches] == [ADA]

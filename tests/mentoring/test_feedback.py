"""Feedback: both are asked the same day, blind to each other until both have answered or time is over."""

import asyncio
from datetime import datetime

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, offer_to, talk_with
from office import Office

from kernel.errors import Ended, Invalid, NotYours
from kernel.nudges import Unasked
from kernel.policy import Policy
from kernel.presence import Available
from kernel.store import Show
from kernel.working_hours import ALWAYS
from mentoring.admins.reports import NewReport, report
from mentoring.model.person import Person
from mentoring.model.session import Session, WrapUp
from mentoring.routing.offers import accept
from mentoring.sessions.feedback import Answer, Feedback, answer, ask, feedback_id
from mentoring.sessions.reports import BOND
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
MINE, THEIRS = feedback_id(TALK, ASKER), feedback_id(TALK, ADA)
ASKED = NOW + HOUR


async def talked(
    office: Office,
    helper: Person | None = None,
    dnd_until: datetime | None = None,
    policy: Policy = make.POLICY,
    *,
    has_own_card: bool = False,
) -> None:
    """Have a talk wrapped up, and both asked."""
    await office.asked(make.helper(ADA, hours=ALWAYS))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await office.put(helper or make.helper(ADA))
    if has_own_card:
        talk = await office.get(Session, TALK)
        await office.put(talk.model_copy(update={"has_own_card": True}))
    office.policy = policy
    if dnd_until is not None:
        office.presence.seen = {ADA: Available(state="dnd", until=dnd_until)}
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.run(ASKED)


async def test_both_are_asked_the_same_day(office: Office):
    await talked(office)

    mine, theirs = await office.get(Feedback, MINE), await office.get(Feedback, THEIRS)
    assert (mine.role, mine.about, theirs.role, theirs.about) == ("asker", ADA, "helper", ASKER)
    assert (mine.asked_at, mine.state) == (ASKED, "asked")
    assert await office.desk.store.ids(f"feedback-asked-of:{ADA}") == [THEIRS]
    assert [await office.times_shown(it.thing, it.person_id) for it in (mine, theirs)] == [0, 0]
    assert [it.show for it in (mine, theirs)] == [Show("request:R1", to=ASKER), Show(f"offer:{TALK}", to=ADA)]


async def test_on_the_card_of_the_talk_it_is_asked_at_any_hour_and_knocks_once_where_it_waits(office: Office):
    await talked(office, make.helper(ADA, zone=SYDNEY))
    card = f"offer:{TALK}"
    quietly = await office.times_shown(card, ADA)

    assert (await office.get(Feedback, THEIRS)).asked_at == ASKED
    await answer(office.desk, MINE, ASKER, Answer(helped="yes"), ASKED)
    mine = await office.times_shown("request:R1", ASKER)
    for at, knocks in ((NOW + 35 * HOUR, 0), (NOW + 36 * HOUR, 1), (NOW + 3 * DAY, 1)):
        await office.run(at)
        assert await office.times_shown(card, ADA) == quietly + knocks

    assert (await office.get(Feedback, THEIRS)).knocked_at == NOW + 36 * HOUR
    assert (await office.get(Feedback, MINE)).knocked_at is None
    assert await office.times_shown("request:R1", ASKER) == mine


async def test_in_a_full_week_it_knocks_when_there_is_room(office: Office):
    await talked(office)
    await office.put(Unasked(id=ADA, at=[NOW - 5 * DAY] * 5))
    quietly = await office.times_shown(f"offer:{TALK}", ADA)

    await office.run(NOW + DAY)
    assert (await office.get(Feedback, MINE)).knocked_at == NOW + DAY
    assert (await office.get(Feedback, THEIRS)).knocked_at is None
    await office.run(NOW + 2 * DAY)

    assert (await office.get(Feedback, THEIRS)).knocked_at == NOW + 2 * DAY
    assert await office.times_shown(f"offer:{TALK}", ADA) == quietly + 1
    assert (await office.get(Unasked, ADA)).at == (NOW + 2 * DAY,)


SYDNEY = "Australia/Sydney"  # an hour after the talk it is 22:00 there; at work from 9:00, 22:00 in UTC


@pytest.mark.parametrize(
    ("helper", "seen", "holidays", "at"),
    [
        ({"zone": SYDNEY}, None, (), NOW + 12 * HOUR),
        ({"zone": SYDNEY}, None, ("2026-11-24",), NOW + 36 * HOUR),
        ({}, NOW + 3 * HOUR, (), NOW + 3 * HOUR),
        ({}, NOW + 12 * HOUR, (), NOW + 23 * HOUR),
        ({"zone": SYDNEY}, NOW + 13 * HOUR, (), NOW + 13 * HOUR),
        ({}, None, ("2026-11-23",), NOW + 23 * HOUR),
    ],
    ids=["night", "night before a holiday", "dnd", "dnd into the night", "both", "holiday"],
)
async def test_each_is_asked_at_work_and_out_of_do_not_disturb(
    office: Office, helper: dict[str, str], seen: datetime | None, holidays: tuple[str, ...], at: datetime
):
    policy = Policy(holidays=holidays, feedback_after_minutes=60)
    await talked(office, make.helper(ADA, **helper), seen, policy, has_own_card=True)

    assert await office.times_shown(f"feedback:{THEIRS}", ADA) == 0
    assert (await office.planned())["ask_feedback_of", THEIRS] == at
    office.presence.seen = {}
    await office.run(at)

    assert await office.times_shown(f"feedback:{THEIRS}", ADA) == 1
    assert await office.times_shown(f"feedback:{MINE}", ASKER) == 1


async def test_nobody_is_asked_later_about_a_talk_that_was_reported_meanwhile(office: Office):
    await talked(office, make.helper(ADA, zone=SYDNEY), has_own_card=True)
    assert ("ask_feedback_of", THEIRS) in await office.planned()

    await report(office.desk, TALK, ASKER, NewReport(text="They were rude to me."), ASKED, of=BOND)

    assert ("ask_feedback_of", THEIRS) not in await office.planned()


async def test_asking_again_changes_nothing(office: Office):
    await talked(office)
    await answer(office.desk, MINE, ASKER, Answer(helped="yes"), ASKED)

    await ask(office.desk, TALK, ASKED)

    assert (await office.get(Feedback, MINE)).state == "answered"


async def test_nothing_is_asked_about_a_talk_that_goes_on(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)

    await ask(office.desk, TALK, NOW)

    assert await office.find(Feedback, MINE) is None


async def test_the_first_answer_is_not_shown_to_the_other(office: Office):
    await talked(office)
    before = await office.times_shown(f"offer:{TALK}", ADA)

    mine = await answer(office.desk, MINE, ASKER, Answer(helped="yes", thanks="Great!"), ASKED)

    assert (mine.state, mine.helped, mine.heard) == ("answered", "yes", "")
    assert (await office.get(Feedback, THEIRS)).heard == ""
    assert await office.times_shown(f"offer:{TALK}", ADA) == before


async def test_a_word_can_be_added_once_to_an_answer_by_tap(office: Office):
    await talked(office)
    await answer(office.desk, MINE, ASKER, Answer(helped="partly"), ASKED)
    await answer(office.desk, THEIRS, ADA, Answer(helped="yes"), ASKED)

    for words in ("Great!", "Not so great"):
        await answer(office.desk, MINE, ASKER, Answer(helped="no", thanks=words), ASKED + HOUR)

    mine, theirs = await office.get(Feedback, MINE), await office.get(Feedback, THEIRS)
    assert (mine.helped, mine.thanks, mine.worded_at) == ("partly", "Great!", ASKED + HOUR)
    assert (theirs.heard, mine.answered_at) == ("Great!", ASKED)


async def test_a_word_that_nobody_would_see_any_more_is_refused(office: Office):
    await talked(office)
    await answer(office.desk, MINE, ASKER, Answer(helped="yes"), ASKED)
    await office.run(ASKED + 7 * DAY)

    with pytest.raises(Ended):
        await answer(office.desk, MINE, ASKER, Answer(thanks="Great!"), ASKED + 8 * DAY)


async def test_once_both_have_answered_each_hears_the_other(office: Office):
    await talked(office)
    await answer(
        office.desk, MINE, ASKER, Answer(helped="yes", thanks=" Great! ", private_note="slow start"), ASKED
    )

    theirs = await answer(office.desk, THEIRS, ADA, Answer(thanks="Good question"), ASKED + HOUR)

    assert (theirs.heard, (await office.get(Feedback, MINE)).heard) == ("Great!", "Good question")
    assert ("feedback_closes", TALK) not in await office.planned()


async def test_both_answer_at_once_and_both_are_heard(office: Office):
    await talked(office)
    both = [(MINE, ASKER, "Great!"), (THEIRS, ADA, "Good question")]

    await asyncio.gather(*(answer(office.desk, id, me, Answer(thanks=said), ASKED) for id, me, said in both))

    assert (await office.get(Feedback, MINE)).heard == "Good question"
    assert (await office.get(Feedback, THEIRS)).heard == "Great!"


async def test_after_a_week_who_answered_is_heard_and_who_did_not_is_asked_no_longer(office: Office):
    await talked(office)
    await answer(office.desk, MINE, ASKER, Answer(thanks="Great!"), ASKED)

    await office.run(ASKED + 7 * DAY)

    theirs = await office.get(Feedback, THEIRS)
    assert (theirs.state, theirs.heard) == ("lapsed", "Great!")
    assert await office.desk.store.ids(f"feedback-asked-of:{ADA}") == []
    with pytest.raises(Ended):
        await answer(office.desk, THEIRS, ADA, Answer(thanks="late"), ASKED + 8 * DAY)


async def test_a_second_answer_changes_nothing(office: Office):
    await talked(office)
    first = await answer(office.desk, MINE, ASKER, Answer(helped="yes"), ASKED)

    assert await answer(office.desk, MINE, ASKER, Answer(helped="no"), ASKED + HOUR) == first


async def test_nobody_is_asked_about_a_talk_with_somebody_who_has_left(office: Office):
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10), NOW)
    await office.put(make.helper(ADA, standing="left"))

    await office.run(ASKED)

    assert await office.find(Feedback, MINE) is None


async def test_nobody_answers_for_another(office: Office):
    await talked(office)

    for me in (ADA, BEN):
        with pytest.raises(NotYours):
            await answer(office.desk, MINE, me, Answer(), ASKED)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Answer(thanks="x" * 1001), "thanks"),
        (Answer(private_note="x" * 1001), "private_note"),
        (Answer(minutes=241), "minutes"),
        (Answer(minutes=-1), "minutes"),
    ],
)
async def test_what_cannot_be_is_refused(office: Office, said: Answer, field: str):
    await talked(office)

    with pytest.raises(Invalid) as refused:
        await answer(office.desk, MINE, ASKER, said, ASKED)

    assert refused.value.field == field


@given(st.lists(st.sampled_from(["reply", "lapse"]), min_size=1, max_size=6))
def test_the_first_end_of_a_feedback_is_its_end(row: list[str]):
    feedback = Feedback.begin(make.session(), ASKER, NOW)
    for step in row:
        if step == "lapse":
            feedback = feedback.lapse()
        elif feedback.state != "lapsed":
            feedback = feedback.reply(Answer(helped="yes"), NOW)

    assert feedback.state == ("answered" if row[0] == "reply" else "lapsed")
    assert set(feedback.lists()) == {f"feedback-of:{ASKER}"}

"""Three questions before a talk: what was ticked is sent, and the rest is nobody's but its writer's."""

from collections.abc import Mapping

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, DAY, HOUR, NOW, offer_to, talk_with
from make_mentorship import agreed
from office import Office

from handlers.conversations import ALL
from handlers.hybrid.feature import first_words
from kernel.errors import Ended, Invalid, NotYours, Refusal
from mentoring.model.session import WrapUp
from mentoring.own_data import erase, export
from mentoring.routing.offers import accept
from mentoring.sessions import sessions
from relationships.hybrid import preparations
from relationships.hybrid.meeting import Meeting, meeting_of, talk_id
from relationships.hybrid.preparation import LONGEST, QUESTIONS, Preparation, QuestionId, checked

TALK = talk_with(ADA)
SECRET = "whispered"
ANSWERS: Mapping[QuestionId, str] = {"wanted": "A plan", "matters": SECRET, "done_so_far": "A profiler"}


async def begun(office: Office, **said: object) -> None:
    await office.asked(make.helper(ADA), **said)
    await accept(office.desk, offer_to(ADA), ADA, NOW)


async def meeting(office: Office) -> Meeting:
    return await office.desk.store.look(lambda read: meeting_of(read, TALK))


async def prepared(office: Office, *ticked: QuestionId) -> Preparation:
    return await preparations.prepare(
        office.desk, TALK, ASKER, NOW, answers=ANSWERS, ticked=frozenset(ticked)
    )


async def test_nothing_is_shown_before_it_is_sent_and_then_only_what_was_ticked(office: Office):
    await begun(office)
    await prepared(office, "wanted")
    with pytest.raises(NotYours):
        await preparations.of_talk(office.desk, TALK, ADA)
    with pytest.raises(NotYours):
        await preparations.send(office.desk, TALK, ADA, NOW)
    assert await office.times_shown(f"first-words:{TALK}", ADA) == 0

    for _ in range(2):
        sent = await preparations.send(office.desk, TALK, ASKER, NOW)

    assert await office.times_shown(f"first-words:{TALK}", ADA) >= 1
    shown = first_words(sent, await meeting(office))
    assert "A plan" in shown.text
    assert SECRET not in shown.text
    with pytest.raises(Ended):
        await prepared(office, "wanted", "matters")
    assert SECRET not in str((await export(office.desk, ALL.features, ADA, NOW))["data"])
    assert SECRET in str((await export(office.desk, ALL.features, ASKER, NOW))["data"])
    await erase(office.desk, ALL.features, ASKER, NOW + HOUR)
    assert await office.find(Preparation, TALK) is None


async def test_with_nothing_ticked_nothing_can_be_sent_and_after_the_talk_nothing_is_written(office: Office):
    await begun(office)
    await prepared(office)
    with pytest.raises(Ended):
        await preparations.send(office.desk, TALK, ASKER, NOW)

    await sessions.wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=5), NOW)

    for refused in (prepared(office, "wanted"), preparations.of_talk(office.desk, TALK, ASKER)):
        with pytest.raises(Ended):
            await refused


async def test_the_message_is_the_same_whether_something_was_kept_or_not(office: Office):
    await begun(office)
    talk = await meeting(office)
    one = Preparation(
        id=TALK, person_id=ASKER, answers={"wanted": "A plan"}, ticked=frozenset({"wanted"}), made_at=NOW
    )
    more = one.model_copy(update={"answers": ANSWERS})

    assert first_words(one, talk) == first_words(more, talk)


async def test_in_a_talk_without_names_it_names_nobody_and_it_goes_with_its_time(office: Office):
    await begun(office, anonymous=True)
    await prepared(office, "wanted")
    sent = await preparations.send(office.desk, TALK, ASKER, NOW)

    shown = first_words(sent, await meeting(office))
    assert ASKER not in str(shown)
    assert ADA not in str((await export(office.desk, ALL.features, ASKER, NOW))["data"]["preparation"])

    due = (await office.planned())["forget_preparation", TALK]
    assert due == NOW + office.policy.retention.request_days * DAY
    await preparations.forget(office.desk, TALK, due)
    assert await office.find(Preparation, TALK) is None


async def test_before_a_talk_of_a_mentorship_the_mentee_prepares_and_the_mentor_reads(office: Office):
    await office.put(make.person(ASKER), make.helper(ADA), agreed())
    id = talk_id("M1", 1)
    said = {"answers": ANSWERS, "ticked": frozenset[QuestionId]({"wanted"})}
    with pytest.raises(NotYours):
        await preparations.prepare(office.desk, id, ADA, NOW, **said)
    with pytest.raises(Ended):
        await preparations.prepare(office.desk, talk_id("M1", 2), ASKER, NOW, **said)
    await preparations.prepare(office.desk, id, ASKER, NOW, **said)
    await preparations.send(office.desk, id, ASKER, NOW)

    assert await office.times_shown(f"first-words:{id}", ADA) == 1


WRITTEN = st.fixed_dictionaries({it: st.text(max_size=LONGEST + 50) for it in QUESTIONS})


@given(WRITTEN, st.frozensets(st.sampled_from(QUESTIONS)))
def test_what_is_to_be_read_is_what_was_ticked_and_what_is_kept_is_all_else(
    answers: dict[QuestionId, str], ticked: frozenset[QuestionId]
):
    try:
        written, shown = checked(answers, ticked)
    except Invalid as refused:
        wrong = {it.field for it in (refused, *refused.others)}
        assert wrong <= set(QUESTIONS)
        return
    said = Preparation(id="S", person_id=ASKER, answers=written, ticked=shown, made_at=NOW)

    assert {id for id, _ in said.to_be_read} == ticked
    assert {id for id, _ in (*said.to_be_read, *said.kept)} == {it for it in QUESTIONS if answers[it].strip()}
    try:
        assert said.send(NOW).send(NOW + HOUR).sent_at == NOW
    except Refusal:
        assert not ticked

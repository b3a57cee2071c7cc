"""What people say of being asked: taken, changed, taken back, and nobody else's to touch."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, BEN, DAY, HOUR, NOW, PYTHON, SQL
from office import Office

from kernel.errors import Invalid, NotYours, Repeated
from kernel.values import TopicId
from matching.values import Helper
from mentoring.model.load import Load
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.remark import AskingChange, EarlierAsking, Remark
from mentoring.people import people, remarks

STEPS = [
    AskingChange("pause", until=NOW + DAY),
    AskingChange("weekly", weekly=1),
    AskingChange("only", topics=(PYTHON,)),
    AskingChange("stop"),
    AskingChange("resume"),
]


def remark(**changed: object) -> Remark:
    base = {"id": "M1", "person_id": ADA, "text": "ask me less", "meant": "fewer", "place": "dm"}
    return Remark(**{**base, "made_at": NOW, **changed})


def ada(**changed: object) -> Person:
    return make.helper(ADA, {PYTHON: 3, SQL: 1}, **changed)


async def stands(office: Office) -> EarlierAsking:
    return EarlierAsking.of(await office.get(Person, ADA))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.change)
async def test_each_step_is_taken_and_taken_back(office: Office, step: AskingChange):
    await office.put(ada(paused_until=NOW + HOUR))
    before = await stands(office)

    await remarks.note(office.desk, remark(), NOW, step=step)
    assert await stands(office) != before
    undone = await remarks.undo(office.desk, "M1", ADA, NOW)
    twice = await remarks.undo(office.desk, "M1", ADA, NOW)

    assert await stands(office) == before
    assert (undone.is_undone, undone.changed) == (True, None)
    assert undone == twice


@given(st.permutations(STEPS))
def test_however_often_the_mind_is_changed_undo_leads_back_to_the_beginning(steps: list[AskingChange]):
    person, said = ada(), remark()
    for step in steps:
        before = said.original(person)
        person, said = step.taken_by(before), said.take(step, before, 0)

    assert said.original(person) == ada()


async def test_undo_leaves_what_was_changed_elsewhere_meanwhile(office: Office):
    await office.put(ada())
    await remarks.note(office.desk, remark(), NOW, step=STEPS[0])
    await people.keep_apart(office.desk, ADA, BEN, NOW)

    await remarks.undo(office.desk, "M1", ADA, NOW)

    person = await office.get(Person, ADA)
    assert (person.paused_until, person.do_not_match) == (None, frozenset({BEN}))


async def test_a_pause_gives_what_waits_to_others_and_counts_it(office: Office):
    await office.asked(ada(), make.helper(BEN))
    first = (await office.desk.store.ids("pending-offers-to:U0ADA"))[:1]
    assert first

    noted = await remarks.note(office.desk, remark(), NOW, step=STEPS[0])
    await office.run(NOW)

    assert noted.moved == 1
    gone = await office.get(Offer, first[0])
    assert (gone.state, gone.paused_until) == ("withdrawn", NOW + DAY)
    assert await office.desk.store.ids("pending-offers-to:U0BEN")


async def test_the_same_message_again_does_nothing(office: Office):
    await office.put(ada())
    await remarks.note(office.desk, remark(), NOW, step=STEPS[1], once="message:M1")
    await remarks.undo(office.desk, "M1", ADA, NOW)

    with pytest.raises(Repeated):
        await remarks.note(office.desk, remark(), NOW, step=STEPS[1], once="message:M1")
    await remarks.note(office.desk, remark(), NOW, step=STEPS[1])

    assert (await office.get(Person, ADA)).questions_per_week is None


async def test_nobody_else_can_take_or_undo_a_step(office: Office):
    await office.put(ada(), make.helper(BEN))
    await remarks.note(office.desk, remark(), NOW, step=STEPS[0])

    with pytest.raises(NotYours):
        await remarks.undo(office.desk, "M1", BEN, NOW)
    with pytest.raises(NotYours):
        await remarks.take(office.desk, "M1", BEN, NOW, STEPS[3])
    with pytest.raises(NotYours):
        await remarks.choose(office.desk, "M1", BEN)
    await remarks.reword(office.desk, "M1", BEN, text="")

    assert (await office.get(Remark, "M1")).text == "ask me less"
    assert (await office.get(Person, ADA)).paused_until == NOW + DAY


@pytest.mark.parametrize(
    ("step", "field", "problem"),
    [
        (AskingChange("pause", until=NOW), "until", "past"),
        (AskingChange("pause", until=NOW + 400 * DAY), "until", "too_long"),
        (AskingChange("only"), "topics", "empty"),
        (AskingChange("only", topics=(TopicId("gone"),)), "topics", "unknown"),
    ],
)
async def test_a_step_that_cannot_be_is_refused_and_changes_nothing(
    office: Office, step: AskingChange, field: str, problem: str
):
    await office.put(ada())
    await remarks.note(office.desk, remark(), NOW)
    before = await stands(office)

    with pytest.raises(Invalid) as refused:
        await remarks.take(office.desk, "M1", ADA, NOW, step)

    assert (refused.value.field, refused.value.problem) == (field, problem)
    assert await stands(office) == before


async def test_a_limit_set_in_mid_week_counts_what_came_before_and_is_lifted_as_it_ages(office: Office):
    await office.put(ada(), make.load(ADA, asked_at=(NOW - 3 * DAY,)))

    await remarks.note(office.desk, remark(), NOW, step=STEPS[1])
    await office.run(NOW)
    assert not (await found(office)).is_available
    await office.run(NOW + 4 * DAY)

    assert (await office.get(Load, ADA)).asked_at == ()
    assert (await found(office)).is_available


async def test_who_had_the_question_of_their_week_is_found_again_a_week_later(office: Office):
    await office.asked(ada(questions_per_week=1))
    assert not (await found(office)).is_available

    await office.run(NOW + 7 * DAY)

    assert (await found(office)).is_available


async def found(office: Office) -> Helper:
    index = await office.desk.directory.index()
    helper = index.get(ADA)
    assert helper is not None
    return helper


async def test_a_remark_is_forgotten_after_its_time_and_what_it_changed_stays(office: Office):
    await office.put(ada())
    await remarks.note(office.desk, remark(), NOW, step=STEPS[1])

    await office.run(NOW + office.policy.retention.draft_days * DAY)

    assert await office.find(Remark, "M1") is None
    assert (await office.get(Person, ADA)).questions_per_week == 1

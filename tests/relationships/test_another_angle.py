"""When another angle is offered: only where everything holds, to the asker alone, once."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CAREER, DAY, NOW, PYTHON, R1, SQL, helper, new_request, person
from make_mentorship import agreed
from make_past import past_talk
from office import Office

from kernel.nudges import Unasked
from kernel.policy import Nudges, Policy
from kernel.values import PersonId, TopicId
from mentoring.model.request import Request
from mentoring.requests.requests import file
from relationships.another_angle import angles
from relationships.another_angle.angle import Angle
from relationships.another_angle.pattern import AngleRules, PastQuestion, Pattern, pattern

RULES = AngleRules()


def asks(
    *to: PersonId | None, topics: Sequence[TopicId] = (PYTHON,), has_tried: bool = False
) -> list[PastQuestion]:
    return [PastQuestion(it, topics, has_tried, NOW - number * DAY) for number, it in enumerate(to)]


def test_all_of_it_together_is_a_habit():
    assert pattern(asks(ADA, ADA, ADA, BEN, ADA), RULES) == Pattern(ADA, PYTHON, 5, 4, 4)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (asks(ADA, ADA, ADA, ADA), "too few"),
        (asks(ADA, ADA, ADA, ADA, None, None), "too few that reached anybody by name"),
        (asks(*[BEN, PersonId("U0CY"), PersonId("U0DEE"), ADA] * 8), "many, but spread"),
        (asks(ADA, ADA, ADA, ADA, ADA, has_tried=True), "who tries first leans on nobody"),
        (asks(ADA, ADA, ADA, BEN, BEN), "three times may be chance"),
        (
            [*asks(*[ADA] * 4), *asks(*[ADA] * 3, topics=(SQL,)), *asks(ADA, topics=(CAREER,))],
            "loyal, about one thing after another",
        ),
    ],
)
def test_never_how_much_nor_how_faithfully_alone(found: list[PastQuestion], why: str):
    assert pattern(found, RULES) is None, why


def test_a_mentor_is_exempt():
    assert pattern(asks(*[ADA] * 9), RULES, [ADA]) is None


ONE = st.builds(
    PastQuestion,
    st.sampled_from([ADA, BEN, None]),
    st.lists(st.sampled_from([PYTHON, SQL, CAREER]), max_size=3),
    st.booleans(),
    st.just(NOW),
)


@given(st.lists(ONE, max_size=20), st.randoms())
def test_whatever_was_asked_a_habit_keeps_to_the_rules_in_any_order(found: list[PastQuestion], random: Any):
    habit = pattern(found, RULES)

    other = list(found)
    random.shuffle(other)
    assert pattern(other, RULES) == habit
    if habit:
        to_them = [it for it in found if it.to == habit.to]
        assert habit.to_one == len(to_them) >= RULES.share * habit.asks
        assert habit.asks >= RULES.asks
        assert sum(habit.topic in it.topics for it in to_them) == habit.again >= RULES.again
        assert habit.again >= RULES.share * habit.to_one
        assert 2 * sum(not it.has_tried for it in to_them) >= len(to_them)


async def habit(office: Office, *helpers: PersonId, **of_each: Any) -> None:
    """Put five talks with Ada there, and these others who help."""
    talks = [doc for it in range(5) for doc in past_talk(f"T{it}", NOW - (it + 2) * DAY, ADA, helped=None)]
    changed = [it.model_copy(update=of_each) if isinstance(it, Request) else it for it in talks]
    await office.put(person(), helper(ADA), *map(helper, helpers), *changed)


@pytest.mark.parametrize(
    ("of_each", "why"),
    [
        ({"anonymous": True}, "whom a question without names reached, nobody learns"),
        ({"state": "withdrawn"}, "what was taken back counts for nothing"),
        ({"way": "peer_coaching"}, "who coach each other lean on each other"),
    ],
)
async def test_some_questions_count_for_nothing(office: Office, of_each: dict[str, Any], why: str):
    await habit(office, BEN, **of_each)

    await angles.look(office.desk, ASKER, NOW)

    assert await office.find(Angle, ASKER) is None, why


async def test_it_is_said_once_where_somebody_else_could_answer_and_the_week_has_room(office: Office):
    await habit(office)
    await angles.look(office.desk, ASKER, NOW)
    assert await office.find(Angle, ASKER) is None, "nobody else knows it"

    await office.put(helper(BEN))
    office.policy = Policy(nudges=Nudges(per_week=0))
    await angles.look(office.desk, ASKER, NOW)
    assert await office.find(Angle, ASKER) is None, "no room"

    office.policy = Policy()
    await angles.look(office.desk, ASKER, NOW)
    said = await office.get(Angle, ASKER)
    await angles.look(office.desk, ASKER, NOW + DAY)

    assert said.habit is not None
    assert (said.habit.helper_id, said.habit.to_one, said.habit.asks) == (ADA, 5, 5)
    assert (await office.get(Unasked, ASKER)).at == (NOW,)
    assert await office.get(Angle, ASKER) == said
    await angles.forget(office.desk, ASKER, NOW)
    await angles.look(office.desk, ASKER, NOW + 2 * DAY)
    assert (await office.get(Angle, ASKER)).habit is None, "it stays said"


async def test_a_declared_mentorship_is_exempt(office: Office):
    await habit(office, BEN)
    await office.put(agreed())

    await angles.look(office.desk, ASKER, NOW)

    assert await office.find(Angle, ASKER) is None


async def test_each_question_that_is_filed_has_it_looked_at(office: Office):
    await office.put(person(), helper(ADA))
    await file(office.desk, ASKER, new_request(), R1, NOW)

    assert (await office.planned())["look_for_angle", ASKER] == NOW


async def test_a_manager_who_knows_it_is_nobody_who_could_be_asked(office: Office):
    await habit(office, BEN)
    await office.put(person(managers=(BEN,)))

    await angles.look(office.desk, ASKER, NOW)

    assert await office.find(Angle, ASKER) is None

"""People from a list: who is made, who is changed, and which lines belong to nobody."""

import make
import pytest
from make import ADA, BEN, NOW
from office import Office

from kernel.errors import Invalid
from kernel.working_hours import parse_hours
from mentoring.model.person import Person, Profile
from mentoring.people.people import leave
from mentoring.people.roster import Loaded, PersonRow, load_people, stopped

ROW = PersonRow(id=ADA, level=5, topics={make.PYTHON: 3}, minutes_per_week=30, hours=parse_hours("mon 9-12"))


async def test_someone_new_becomes_a_helper_and_is_looked_up(office: Office):
    loaded = await load_people(office.desk, [ROW], NOW)

    person = await office.get(Person, ADA)
    assert loaded == Loaded(made=1)
    assert (person.level, person.topics, person.enrolled_at, person.standing) == (
        5,
        {make.PYTHON: 3},
        NOW,
        "unknown",
    )
    assert (await office.planned())["meet", ADA] == NOW


async def test_who_takes_any_question_helps_and_a_limit_of_none_is_lifted(office: Office):
    await office.put(make.helper(BEN, questions_per_week=2))
    rows = [PersonRow(id=ADA, anything=True, questions_per_week=1), PersonRow(id=BEN, questions_per_week=0)]

    assert await load_people(office.desk, rows, NOW) == Loaded(made=1, changed=1)

    ada, ben = await office.get(Person, ADA), await office.get(Person, BEN)
    assert (ada.anything, ada.questions_per_week, ada.enrolled_at) == (True, 1, NOW)
    assert (ben.anything, ben.questions_per_week) == (False, None)


async def test_what_the_list_does_not_say_stays(office: Office):
    await office.put(make.helper(ADA, {make.SQL: 1}, zone="Asia/Tokyo", managers=(BEN,)))

    loaded = await load_people(office.desk, [PersonRow(id=ADA, level=6)], NOW)

    person = await office.get(Person, ADA)
    assert loaded == Loaded(changed=1)
    assert (person.level, person.topics, person.zone, person.managers) == (
        6,
        {make.SQL: 1},
        "Asia/Tokyo",
        (BEN,),
    )
    assert await office.planned() == {}


async def test_the_same_list_again_changes_nothing(office: Office):
    await office.put(make.person(ADA))
    await load_people(office.desk, [ROW], NOW)

    assert await load_people(office.desk, [ROW], NOW) == Loaded()


async def test_who_has_stopped_helping_is_not_enrolled_by_a_list_and_can_come_back(office: Office):
    await load_people(office.desk, [ROW], NOW)
    await leave(office.desk, ADA, NOW)

    loaded = await load_people(office.desk, [ROW.model_copy(update={"level": 6})], NOW)

    person = await office.get(Person, ADA)
    assert (loaded, person.level, person.enrolled_at) == (Loaded(changed=1, stopped=1), 6, None)
    assert await stopped(office.desk, [ADA, BEN]) == {ADA}
    assert person.enrol(Profile(topics={make.PYTHON: 1}), NOW).stopped_at is None


async def test_an_address_finds_the_person_whatever_its_case(office: Office):
    await office.put(make.person(ADA, email="ada@example.org"))

    loaded = await load_people(office.desk, [PersonRow(email="ADA@example.org", level=7)], NOW)

    assert (loaded, (await office.get(Person, ADA)).level) == (Loaded(changed=1), 7)


async def test_an_address_of_nobody_is_handed_back(office: Office):
    rows = [PersonRow(email="who@example.org"), PersonRow(), ROW]

    assert await load_people(office.desk, rows, NOW) == Loaded(made=1, unknown=("who@example.org", ""))


async def test_one_unknown_topic_refuses_the_whole_list(office: Office):
    with pytest.raises(Invalid) as refused:
        await load_people(office.desk, [ROW, PersonRow(id=BEN, topics={"haskell": 1})], NOW)

    assert refused.value.facts == {"topic": "haskell"}
    assert await office.find(Person, ADA) is None

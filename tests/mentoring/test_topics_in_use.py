"""A topic that is in use does not go without a word."""

import make
import pytest
from make import ADA, ASKER, NOW, PYTHON, R1, SQL
from office import Office

from kernel.errors import NotFound
from kernel.topics import Catalogue, Topic
from kernel.values import TopicId
from mentoring.admins.topics_in_use import note_topics, withdraw_unused
from mentoring.model.alert import Alert
from mentoring.model.request import Request
from mentoring.requests.requests import withdraw

WITHOUT = Catalogue(tuple(topic for topic in make.TOPICS.all if topic.id not in (PYTHON, SQL)))


async def gone(office: Office) -> None:
    """Have both topics known, and then gone."""
    await note_topics(office.desk, NOW)
    office.topics = WITHOUT
    await note_topics(office.desk, NOW)


async def test_admins_hear_of_a_topic_that_goes_while_it_is_in_use_and_of_no_other(office: Office):
    await office.asked(make.helper(ADA, {PYTHON: 3}))
    await office.put(make.person(ASKER, is_admin=True))

    await gone(office)

    alert = await office.get(Alert, "topic_gone.python")
    assert (alert.facts, alert.told) == (
        {"topic": PYTHON, "label": "Python", "helpers": 1, "asks": 1},
        (ASKER,),
    )
    with pytest.raises(NotFound):
        await office.get(Alert, "topic_gone.sql")


async def test_the_first_look_reads_once_however_many_topics_there_are(office: Office):
    office.topics = Catalogue(
        tuple(Topic(id=TopicId(f"topic-{it}"), label=f"Topic {it}") for it in range(60))
    )
    before = await office.reads()

    await note_topics(office.desk, NOW)

    assert await office.reads() - before <= 6


async def test_a_question_that_has_ended_does_not_count(office: Office):
    await office.asked(make.helper(ADA, {PYTHON: 3}))
    await withdraw(office.desk, ASKER, R1, NOW)

    await gone(office)

    assert (await office.get(Request, R1)).is_ended
    assert (await office.get(Alert, "topic_gone.python")).facts["asks"] == 0


async def test_once_it_is_back_the_alert_is_withdrawn_and_later_it_is_raised_anew(office: Office):
    await office.asked(make.helper(ADA, {PYTHON: 3}))
    await gone(office)

    office.topics = make.TOPICS
    await note_topics(office.desk, NOW)
    is_open_while_back = (await office.get(Alert, "topic_gone.python")).is_open
    await gone(office)

    assert not is_open_while_back
    assert (await office.get(Alert, "topic_gone.python")).is_open


async def test_once_nobody_uses_it_any_more_the_alert_is_withdrawn(office: Office):
    await office.asked(make.helper(ADA, {PYTHON: 3}))
    await gone(office)
    await office.put(make.helper(ADA, {make.CAREER: 3}))

    await withdraw_unused(office.desk, NOW)
    is_open_while_asked = (await office.get(Alert, "topic_gone.python")).is_open
    await withdraw(office.desk, ASKER, R1, NOW)
    await withdraw_unused(office.desk, NOW)

    assert is_open_while_asked
    assert not (await office.get(Alert, "topic_gone.python")).is_open

"""What `/ask-mentor status` and `topics` list."""

from typing import Any

import make
import pytest
from make import ADA

from handlers import status
from handlers.requests import card as request_card
from handlers.requests import rows
from handlers.sessions import card as session_card
from kernel.desk import Desk
from kernel.topics import Catalogue, Topic
from kernel.values import TopicId

DATA, SQL, CAREER = (TopicId(name) for name in ("data", "sql", "career"))
TOPICS = Catalogue(
    (
        Topic(id=DATA, label="Data"),
        Topic(id=SQL, label="SQL", parent=DATA),
        Topic(id=CAREER, label="Career"),
    )
)


def test_a_topic_that_heads_a_group_is_named_once():
    [_, listed] = status.topic_list("", TOPICS)

    assert listed["text"]["text"] == "Career\n*Data:* SQL"


def test_a_group_found_alone_is_still_named():
    [_, listed] = status.topic_list("data", TOPICS)

    assert "Data" in listed["text"]["text"]


NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)
TALKING = make.request(id="R2", state="in_session", session_id="S1", helper_id=ADA)


@pytest.mark.parametrize(
    ("requests", "said"),
    [
        ([make.request(), TALKING], "*1 open question and 1 open talk.*"),
        ([TALKING, TALKING], "*2 open talks.*"),
        ([make.request()], "*1 open question.*"),
    ],
)
def test_a_running_talk_is_no_open_question(requests: list[Any], said: str):
    assert status.overview(requests, DESK)[0]["text"]["text"] == said


@pytest.mark.parametrize(
    ("request_", "way"), [(make.request(), request_card.WITHDRAW), (TALKING, session_card.WRAP_UP)]
)
def test_each_row_has_a_way_to_end_it(request_: Any, way: str):
    assert way in str(rows.row(request_, DESK))

"""What `/ask-mentor topics` lists."""

from handlers import status
from mentoring.topics import Catalogue, Topic
from mentoring.values import TopicId

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

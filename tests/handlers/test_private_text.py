"""Whom a message to the app reaches: the table of handlers.messages, over every way a message can come."""

from typing import Any

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY

from handlers.conversations import ALL
from handlers.interactions.threads import Talks, WrittenMessage
from handlers.messages import is_command, meant_for, written
from kernel.errors import NotYours
from kernel.values import PersonId, SessionId
from mentoring.model.session import Session

PEOPLE = (ASKER, ADA, BEN, CY)
pairs = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True)
talks = st.lists(st.tuples(pairs, st.booleans(), st.sampled_from(["wanted", "group", "relay"])), max_size=6)


def event(**changed: Any) -> dict[str, Any]:
    plain = {
        "type": "message",
        "user": ASKER,
        "channel": "D1",
        "channel_type": "im",
        "ts": "2.0",
        "text": "Hi",
    }
    return {**plain, **changed}


def made(drawn: list[Any]) -> list[Session]:
    return [
        make.session(id=SessionId(f"S{number}")).model_copy(
            update={
                "asker_id": pair[0],
                "helper_id": pair[1],
                "state": "open" if is_open else "wrapped",
                "room": room,
            }
        )
        for number, (pair, is_open, room) in enumerate(drawn)
    ]


def going_of(writer: PersonId, sessions: list[Session]) -> Talks:
    relayed = [
        it.thing
        for it in sessions
        if writer in (it.asker_id, it.helper_id) and it.is_open and it.room == "relay"
    ]
    return Talks(going=tuple(relayed))


@given(
    writer=st.sampled_from(PEOPLE),
    drawn=talks,
    root=st.sampled_from([None, "1.0"]),
    thing=st.sampled_from(
        [None, "request:R1", "offer:S0", "said:S1.E", *(f"session:S{n}" for n in range(7))]
    ),
    text=st.sampled_from(["My secret", "status", "/ask-mentor x", "help me with this"]),
)
def test_private_text_never_reaches_a_third_person(
    writer: PersonId, drawn: list[Any], root: str | None, thing: str | None, text: str
):
    sessions = made(drawn)
    mine = going_of(writer, sessions)

    talk = meant_for(WrittenMessage("E1", text, "D1", root), thing if root else None, mine, ALL.ask_words)

    if talk is not None:
        [reached] = [it for it in sessions if it.thing == talk]
        assert writer in (reached.asker_id, reached.helper_id)
        assert reached.is_open
        assert reached.room == "relay"
        assert reached.other(writer) != writer
        assert (root and thing == talk) or (not root and mine.going == (talk,))
        assert root or not is_command(text, ALL.ask_words)


@given(writer=st.sampled_from(PEOPLE), drawn=talks)
def test_with_several_talks_nothing_outside_a_thread_is_passed_on(writer: PersonId, drawn: list[Any]):
    mine = going_of(writer, made(drawn))

    talk = meant_for(WrittenMessage("E1", "My secret", "D1", None), None, mine, ALL.ask_words)

    assert (talk is not None) == (len(mine.going) == 1)


def test_someone_else_is_refused_by_the_talk_itself():
    with pytest.raises(NotYours):
        make.session().other(CY)


def test_edits_deletions_joins_and_bots_are_nothing():
    for changed in (
        {"subtype": "message_changed", "message": {}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"bot_id": "B1"},
        {"app_id": "A1"},
        {"channel_type": "mpim"},
        {"channel_type": "channel"},
        {"user": None},
        {"text": "  "},
    ):
        assert written(event(**changed), "E1") is None


def test_a_file_is_named_since_it_cannot_be_passed_on():
    message = written(event(subtype="file_share", files=[{"id": "F1"}], text="See this"), "E1")

    assert message is not None
    assert message.text.startswith("See this\n(There was a file")


def test_the_head_of_a_thread_is_not_a_reply_to_itself():
    message = written(event(ts="2.0", thread_ts="2.0"), "E1")

    assert message is not None
    assert message.root is None


def test_what_a_person_typed_is_read_without_slacks_marks():
    message = written(event(text="a &lt; b in <#C0PYTHON|python>"), "E1")

    assert message is not None
    assert message.text == "a < b in #python"

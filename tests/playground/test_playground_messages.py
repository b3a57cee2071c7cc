"""Messages: their words, timelines, threads, and what is unread."""

import make_blocks as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.acting.composing import typed
from playground.foundation.records import Records
from playground.workspace.conversations import channels
from playground.workspace.messages import Message, Timeline
from playground.workspace.people import BOT_USER_ID, SlackUsers
from playground.workspace.read_marks import ReadMarks

PEOPLE = st.sampled_from(["U0MAYA", "U0RAJ"])


def message(ts: str = "1.0", user: str = "U0RAJ", **changed: object) -> Message:
    return Message.model_validate({"ts": ts, "conversation": "C1", "user": user, "text": "hello", **changed})


def test_the_words_of_a_message_are_what_a_reader_sees():
    card = message(
        blocks=[
            make.section("*Ask*", accessory=make.button("Open", value="secret")),
            {"type": "context", "elements": [make.mrkdwn("by Maya")]},
            make.field("static_select", options=[make.option("folded")]),
            make.field("radio_buttons", options=[make.option("shown")]),
        ]
    )

    assert card.words.split("\n") == ["hello", "*Ask*", "Open", "by Maya", "Label", "Label", "Shown"]


def test_a_reply_stands_below_its_message_and_not_in_the_conversation():
    timeline = Timeline()
    for each in (message("1.0"), message("2.0", thread_ts="1.0"), message("3.0")):
        timeline.put(each)

    assert [each.ts for each in timeline.roots("U0MAYA")] == ["1.0", "3.0"]
    assert [each.ts for each in timeline.thread("1.0", "U0MAYA")] == ["1.0", "2.0"]
    assert timeline.replies("1.0") == ["2.0"]


def test_a_deleted_message_stays_as_a_place_above_its_replies_only():
    timeline = Timeline()
    for each in (message("1.0"), message("2.0", thread_ts="1.0"), message("3.0")):
        timeline.put(each)
    for ts in ("1.0", "3.0"):
        timeline.put(message(ts, deleted=True))

    assert [each.ts for each in timeline.roots("U0MAYA")] == ["1.0"]
    assert [each.ts for each in timeline.seen_by("U0MAYA")] == ["2.0"]


def test_an_ephemeral_message_is_seen_by_one_person():
    note = message(ephemeral_to="U0MAYA")

    assert note.seen_by("U0MAYA")
    assert not note.seen_by("U0RAJ")


@given(st.lists(st.tuples(PEOPLE, st.sampled_from([None, "U0MAYA"]))), st.integers(0, 30))
def test_unread_is_what_others_wrote_for_me_since_i_looked(
    written: list[tuple[str, str | None]], read_until: int
):
    timeline, records = Timeline(), Records(None)
    for number, (user, ephemeral_to) in enumerate(written):
        timeline.put(message(f"{number:05d}.0", user, ephemeral_to=ephemeral_to))
    reading = ReadMarks(records, {"C1": timeline})
    reading.mark("U0RAJ", "C1", f"{read_until:05d}.0")

    mine = [each for each in timeline.seen_by("U0RAJ") if each.user != "U0RAJ"]
    assert reading.unread("U0RAJ", "C1") == sum(each.ts > f"{read_until:05d}.0" for each in mine)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("hello @raj", "hello <@U0RAJ|raj>"),
        ("mail raj@northwind.example", "mail raj@northwind.example"),
        ("@nobody #nowhere", "@nobody #nowhere"),
        ("in #python, please", "in <#C0PYTHON|python>, please"),
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("<@U0RAJ> and <#C0DATA|data>", "<@U0RAJ> and <#C0DATA|data>"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_what_is_typed_is_stored_as_slack_does(text: str, stored: str):
    assert typed(text, SlackUsers("Waymark"), channels()) == stored


@given(st.text())
def test_nothing_typed_becomes_markup_by_itself(text: str):
    stored = typed(text, SlackUsers("Waymark"), channels())

    if "<@" not in text and "<#" not in text and "@" not in text and "#" not in text:
        assert "<" not in stored
        assert ">" not in stored


def test_the_payload_of_the_apps_message_names_the_app():
    payload = message(user=BOT_USER_ID, edited=True, thread_ts="1.0").payload()

    assert (payload["bot_id"], payload["app_id"]) == ("B0WAYMARK", "A0WAYMARK")
    assert payload["edited"]["user"] == BOT_USER_ID
    assert "bot_id" not in message().payload()

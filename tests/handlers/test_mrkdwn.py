"""Escaping, cutting and splitting of what people write."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_limits import ENTITY, units

from handlers.block_kit import mrkdwn

awkward = st.text(alphabet=st.sampled_from(list("ab &<>;\n*_`~😀é\u202e")), max_size=400)


def test_no_mention_stays_markup():
    assert (
        mrkdwn.escape("<@U0MAYA> said <!channel> & <#C1|go>")
        == "&lt;@U0MAYA&gt; said &lt;!channel&gt; &amp; &lt;#C1|go&gt;"
    )


@given(awkward)
def test_escaped_text_says_the_same_when_it_is_undone(text: str):
    assert mrkdwn.unescape(mrkdwn.escape(text)) == text


@given(awkward, st.integers(min_value=8, max_value=60))
def test_pieces_fit_and_lose_nothing_but_white_space(text: str, limit: int):
    escaped = mrkdwn.escape(text)

    pieces = mrkdwn.split(escaped, limit)

    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(escaped.split())


@given(awkward, st.integers(min_value=8, max_value=60))
def test_no_piece_begins_or_ends_inside_an_entity(text: str, limit: int):
    for piece in [*mrkdwn.split(mrkdwn.escape(text), limit), mrkdwn.cut(mrkdwn.escape(text), limit)]:
        assert not ENTITY.search(piece)
        assert mrkdwn.escape(mrkdwn.unescape(piece)) == piece


def test_a_mention_is_never_cut_in_two():
    assert mrkdwn.split("word <@U0123456789>", 14) == ["word", "<@U0123456789>"]
    assert mrkdwn.cut("word <@U0123456789>", 14) == "word…"


@given(awkward, st.integers(min_value=2, max_value=60))
def test_a_cut_text_fits(text: str, limit: int):
    assert units(mrkdwn.cut(text, limit)) <= limit


def test_a_text_that_fits_is_left_alone():
    assert mrkdwn.cut("short", 5) == "short"
    assert mrkdwn.cut("longer", 5) == "long…"


def test_links_from_slack_become_what_was_typed():
    assert mrkdwn.unescape("ask <#C0PY|python> &lt;here&gt;") == "ask #python <here>"
    assert mrkdwn.unescape("see <https://a.example|a.example> &amp; <mailto:x@y.example|x@y.example>") == (
        "see https://a.example & x@y.example"
    )
    assert mrkdwn.unescape("<https://a.example/x|the page>") == "the page (https://a.example/x)"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("<tel:+4930123456|+49 30 123456>", "+49 30 123456"),
        ("<tel:+4930123456|call us>", "call us (+4930123456)"),
        ("<slack://open?team=T1|our Slack>", "our Slack (slack://open?team=T1)"),
        ("<ftp://files.example/a>", "ftp://files.example/a"),
        ("<!date^1392734382^{date_short}|18 Feb 2014>", "18 Feb 2014"),
        ("<!date^1392734382^{date_short}^https://a.example|18 Feb>", "18 Feb"),
        ("<!subteam^S0123ABCD|@backend-team>", "@backend-team"),
        ("<!subteam^S0123ABCD>", "@group"),
        ("<!here|here> and <!channel> and <!everyone>", "@here and @channel and @everyone"),
        ("&lt;!here&gt; is typed", "<!here> is typed"),
    ],
)
def test_whatever_slack_puts_into_text_reads_as_a_person_would_read_it(sent: str, shown: str):
    assert mrkdwn.unescape(sent) == shown


def test_a_moment_is_shown_in_the_readers_own_zone():
    at = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)

    assert mrkdwn.moment(at) == "<!date^1795352400^{date_short_pretty} at {time}|2026-11-22 13:00 UTC>"


def test_a_list_of_words_reads_as_a_sentence():
    assert [mrkdwn.listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]

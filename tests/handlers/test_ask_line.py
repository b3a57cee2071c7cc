"""What a line after /ask-mentor means."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.conversations import ALL
from handlers.requests import ask_line
from handlers.requests.ask_line import Nothing, Question, Stray, TypedSubWord, Wordless
from matching.values import Urgency

read = partial(ask_line.read, words=ALL.ask_words)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_line_asks_for_the_form(text: str):
    assert read(text) == Nothing()


@pytest.mark.parametrize("text", ["🎉", ":tada: :+1:", "?!…", "<>"])
def test_only_emoji_or_signs_hold_no_question(text: str):
    assert isinstance(read(text), Wordless)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("help", TypedSubWord("help")),
        ("HELP", TypedSubWord("help")),
        ("?", TypedSubWord("help")),
        ("status", TypedSubWord("status")),
        ("pause", TypedSubWord("pause")),
        ("pause 2d", TypedSubWord("pause", "2d")),
        ("pause until next monday", TypedSubWord("pause", "until next monday")),
        ("topics pyth", TypedSubWord("topics", "pyth")),
        ("resume", TypedSubWord("resume")),
        ("withdraw", TypedSubWord("withdraw")),
        ("second opinion", TypedSubWord("second opinion")),
        ("Second opinion: shall we\ngo on?", TypedSubWord("second opinion", "shall we\ngo on?")),
        (f"2nd opinion on {'x ' * 300}", TypedSubWord("second opinion", f"on {'x ' * 300}".strip())),
    ],
)
def test_sub_words_are_known(text: str, word: TypedSubWord):
    assert read(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "help me read a flame graph",
        "status codes: when 409?",
        "second thoughts about opinions: what now?",
        "profile asyncio how?",
        "pause a video in the middle of a frame, how",
    ],
)
def test_a_question_may_begin_with_a_sub_word(text: str):
    line = read(text)

    assert isinstance(line, Question)
    assert line.text == text


@pytest.mark.parametrize(
    ("text", "meant"), [("hlep", "help"), ("satus", "status"), ("xyzzy", None), ("help please", "help")]
)
def test_a_stray_word_is_met_with_what_it_resembles(text: str, meant: str | None):
    assert read(text) == Stray(text, meant)


def test_marks_and_a_person_named_first_leave_the_question_alone():
    line = read("<@U0PRIYA> How do I profile asyncio? #python #now #anonymous")

    assert line == Question(
        "How do I profile asyncio? #python", Urgency.NOW, anonymous=True, prefer="U0PRIYA", tags=("python",)
    )


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Urgent: the build fails on main", Urgency.NOW),
        ("Why does the build fail? asap", Urgency.NOW),
        ("not urgent, but how do I read a flame graph?", Urgency.THIS_WEEK),
        ("How do I read a flame graph? No rush!", Urgency.THIS_WEEK),
        ("Can someone look at my query today?", Urgency.TODAY),
        ("What does now() return in a transaction?", None),
        ("Our urgent queue grows: how do I drain it?", None),
        ("🔥🔥 prod is down 🔥🔥 pods crashlooping, who knows k8s", Urgency.NOW),
        ("Who calls whom when the site is down?", None),
        ("How do I find out whether production is down?", None),
        ("our shop is down 5% since May", None),
    ],
)
def test_urgency_is_heard_at_the_ends_of_a_question_only(text: str, urgency: Urgency | None):
    assert read(text).urgency == urgency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@maya how do I profile asyncio?", "@maya"),
        ("can you connect me with Grace about career stuff", "Grace"),
        ("ask raj: why is the dag stuck", "raj"),
        ("How do I talk to Grace about this?", ""),
        ("talk to me about a raise", ""),
        ("ask mentors: who knows Go?", ""),
    ],
)
def test_a_name_in_plain_characters_is_told_from_the_question(text: str, name: str):
    line = read(text)

    assert isinstance(line, Question)
    assert line.unnamed == name


def test_a_question_in_a_script_without_spaces_is_no_stray_word():
    assert read("我想学习如何做数据可视化") == Question("我想学习如何做数据可视化")


def test_a_lone_tag_is_a_question_still_to_be_written():
    assert read("#python") == Question("#python", tags=("python",))


def test_entities_and_links_are_read_as_they_were_typed():
    assert read("Why is a &lt; b &amp; c in <https://x.example|x.example> slow?").text == (
        "Why is a < b & c in https://x.example slow?"
    )


@given(st.text(max_size=200))
def test_any_text_is_read_as_something(text: str):
    assert isinstance(read(text), Nothing | Wordless | TypedSubWord | Stray | Question)


def test_a_name_counts_only_where_slack_says_that_it_is_one():
    named = read("<@U0JONAS> Why?")
    printed = read("&lt;@U0JONAS&gt; is what our template prints. Why?")
    typed = read("@jonas-weber How do I profile asyncio? #python")

    assert isinstance(named, Question)
    assert isinstance(printed, Question)
    assert isinstance(typed, Question)
    assert [line.prefer for line in (named, printed, typed)] == ["U0JONAS", None, None]
    assert [line.unnamed for line in (named, printed, typed)] == ["", "", "@jonas-weber"]
    assert printed.text.startswith("<@U0JONAS> is what")

"""What people typed: nothing in it is hidden, and a link leads where it reads that it leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.block_kit import mrkdwn, typed_text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u202eb", "a⟨RLO⟩b"),
        ("\u2066a\u2069", "⟨LRI⟩a⟨PDI⟩"),
        ("a\u200db", "a⟨ZWJ⟩b"),
        ("a\xadb\x00", "a⟨U+00AD⟩b⟨U+0000⟩"),
        ("\u200b" * 2_000, "⟨2,000 hidden characters⟩"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("👩\u200d👧 می\u200cخواهم", "👩\u200d👧 می\u200cخواهم"),
        ("é\u200d\u202ex", "é⟨ZWJ⟩⟨RLO⟩x"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("x\U000e0067\U000e0062\U000e007f", "x⟨U+E0067⟩⟨U+E0062⟩⟨U+E007F⟩"),
        ("<@U0ADA|Waymark> in <#C0X|sign in here>", "<@U0ADA> in #channel"),
    ],
)
def test_what_is_hidden_is_named_and_what_belongs_to_a_script_stays(text: str, seen: str):
    assert typed_text.visible(text) == seen


def linked(text: str) -> list[str]:
    return [part for part, is_link in typed_text.parts(typed_text.visible(text)) if is_link]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "see https://a.example/x_(y)) or HTTP://b.example.",
            ["https://a.example/x_(y)", "HTTP://b.example"],
        ),
        ("https://bank.example@evil.example/login", ["https://bank.example@evil.example/login"]),
        ("<https://evil.example|your bank>", ["https://evil.example"]),
        ("mailto:ada@example.org", ["mailto:ada@example.org"]),
        ("javascript:alert(1) file:///etc slack://x", []),
        ("https://a\u202e.example", []),
        ("https://שלום.example", []),
        ("https://[ https:// https://a:99999 mailto:ada", []),
        (f"https://{'a' * 1_000}.example", []),
        ("https://a.example…", []),
    ],
)
def test_a_link_is_live_only_where_it_shows_all_of_where_it_leads(text: str, links: list[str]):
    assert linked(text) == links


@given(st.text(alphabet="htps:/.a@ …\n\u202e⟨)", max_size=300), st.integers(10, 60))
def test_a_text_that_is_cut_never_gets_a_link_that_nobody_typed(text: str, limit: int):
    seen = typed_text.visible(text)

    assert set(linked(mrkdwn.cut(seen, limit))) <= set(linked(seen))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*b* _i_ ~s~ `c`", "∗b∗ ˍiˍ ∼s∼ ˋcˋ"),
        ("snake_case 2*3 a ~ b 10:30", "snake_case 2*3 a ~ b 10:30"),
        (":warning:", "꞉warning꞉"),
        ("<!channel> <@U0ADA> &", "&lt;!channel&gt; &lt;@U0ADA&gt; &amp;"),
        ("https://a.example/_x_?a=1&b=2 now", "<https://a.example/_x_?a=1&amp;b=2> now"),
        ("https://a\u202e.example", "https꞉//a⟨RLO⟩.example"),
    ],
)
def test_where_only_mrkdwn_can_stand_nothing_but_a_link_is_markup(text: str, shown: str):
    assert mrkdwn.inert(text) == shown


def test_what_is_quoted_in_a_sentence_ends_where_its_quotation_marks_do():
    assert mrkdwn.quoted("x” *Waymark:* “y\nz", 60) == "“x’ ∗Waymark:∗ ‘y z”"

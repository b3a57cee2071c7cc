"""What leaves is masked: nothing that is known to be private survives, and the text can be had back."""

import itertools
import string
import unicodedata

import pytest
from cost import grows_at_most
from hypothesis import given, settings
from hypothesis import strategies as st
from masking_cases import PEOPLE as CALLED
from masking_cases import Case, cases

from sensing.privacy.masking import Mask, Names, masked, stripped

PEOPLE = (
    "Maya Lindqvist",
    "Priya Nair",
    "Will Sommer",
    "Jean-Luc Moreau",
    "田中",
    "Ana María Ríos",
    "Łukasz Müller",
    "प्रियंका चोपड़ा",
    "An Do",
    "Дмитрий Волков",
    "Γιώργος",
)
NAMES = Names.of(PEOPLE)


def one(text: str) -> tuple[str, Mask]:
    (said,), mask = masked([text], NAMES)
    return said, mask


@pytest.mark.parametrize(
    ("text", "private", "kind"),
    [
        ("I had a row with Maya Lindqvist", "Maya Lindqvist", "name"),
        ("priya's review was late", "priya", "name"),
        ("PRIYA NAIR said no", "PRIYA NAIR", "name"),
        ("Will told me off", "Will", "name"),
        ("I asked Jean-Luc about it", "Jean", "name"),
        ("ana maría ríos is my lead", "ana maría ríos", "name"),
        ("ana maria rios is my lead", "maria", "name"),
        ("I asked Rios about it", "Rios", "name"),
        (unicodedata.normalize("NFD", "I asked Ríos about it"), "os about", "name"),
        ("Lukasz was late", "Lukasz", "name"),
        ("Mueller was late", "Mueller", "name"),
        ("Muller was late", "Muller", "name"),
        ("Priyas Idee war gut", "Priyas", "name"),
        ("मैंने प्रियंका से बात की", "प्रियंका", "name"),
        ("I asked An about it", "An ", "name"),
        ("昨日田中さんと話した", "田中", "name"),
        ("P r i y a said no", "P r i y a", "name"),
        ("with a p-r-i-y-a n.a.i.r today", "y-a", "name"),
        ("昨日 田 中 さんと話した", "田 中", "name"),
        ("priyaaa please", "priyaaa", "name"),
        ("PPPriya!", "PPPriya", "name"),
        ("Pr1y4 said no", "Pr1y4", "name"),
        ("pr*ya and nobody else", "pr*ya", "name"),
        ("I asked priya7 about it", "priya7", "name"),
        ("I asked \u0420riya about it", "\u0420riya", "name"),
        ("Dmitry was late", "Dmitry", "name"),
        ("I asked giorgos about it", "giorgos", "name"),
        ("ask <@U0PRIYA> please", "<@U0PRIYA>", "mention"),
        ("ask @priya.n please", "@priya.n", "mention"),
        ("it was in <#C0GENERAL|general>", "general", "channel"),
        ("it was in #team-leads", "#team-leads", "channel"),
        ("write to maya.l@example.co.uk", "maya.l@example.co.uk", "email"),
        ("see https://wiki.example.com/x?y=1 for it", "wiki.example.com", "link"),
        ("see <https://example.com/a|the page>", "the page", "link"),
        ("it is on wiki.acme.io/page", "wiki.acme.io/page", "link"),
        ("see bit.ly/q3-layoffs", "bit.ly/q3-layoffs", "link"),
        ("it is on grafana.acme.tech", "grafana.acme.tech", "link"),
        ("it is on build.intern/job/7", "build.intern", "link"),
        ("it runs on 10.2.3.4:8080", "10.2.3.4", "link"),
        ("call +49 (0)89 1234-5678 today", "1234-5678", "phone"),
        ("call 0123 456789", "0123 456789", "phone"),
        ("my token is xoxb-1234567890-abcdef", "xoxb-1234567890-abcdef", "secret"),
        ("key sk-proj-abcdefghijk123", "sk-proj-abcdefghijk123", "secret"),
        ("password: hunter2", "hunter2", "secret"),
        ("the password is tr0ub4dor", "tr0ub4dor", "secret"),
        ("AKIAIOSFODNN7EXAMPLE leaked", "AKIAIOSFODNN7EXAMPLE", "secret"),
        ("Authorization: Bearer abc.def-123456", "abc.def-123456", "secret"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "eyJzdWIiOiIxIn0", "secret"),
        ("it says 9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c", "9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c", "secret"),
        ("-----BEGIN PRIVATE KEY-----\nMIIB\nx\n-----END PRIVATE KEY-----", "MIIB", "secret"),
        ("user 123e4567-e89b-12d3-a456-426614174000", "123e4567", "id"),
        ("ticket PAY-1234 is stuck", "PAY-1234", "id"),
        ("pay to DE89 3704 0044 0532 0130 00", "3704 0044", "id"),
        ("his id is U0PRIYA12", "U0PRIYA12", "id"),
    ],
)
def test_what_is_private_is_hidden_and_said_to_be_there(text: str, private: str, kind: str):
    said, mask = one(text)

    assert private not in said
    assert f"[{kind} 1]" in said
    assert mask.restore(said) == text


@pytest.mark.parametrize(
    "text",
    [
        "I will try it in may, and mark my words",
        "On 2026-11-24 at 10:00 I said 8 of 10",
        "we moved to node.js and next week is release 1.12.3",
        "three options: write, speak, wait",
        "internationalisation of self-determination",
        "so an hour is all I do, and/or two",
        "a 1.2.3 release with 24/7 support, see e.g. part 2",
    ],
)
def test_ordinary_words_and_dates_stay(text: str):
    assert one(text)[0] == text


def test_a_first_name_that_is_also_a_word_is_hidden_before_a_family_name_with_an_o():
    names = Names.of(["Jack O'Leary", "Grace D'Angelo"])

    (said, stays), _ = masked(["Jack O’Leary's team. Grace D'Angelo knows", "Jack of all trades"], names)

    assert not [it for it in ("Jack", "Leary", "Grace", "Angelo") if it in said]
    assert stays == "Jack of all trades"


def test_the_same_person_has_the_same_placeholder_throughout():
    (first, second), _ = masked(["Maya said no", "then Maya said yes"], NAMES)

    assert first == "[name 1] said no"
    assert second == "then [name 1] said yes"


def test_a_reader_gets_names_back_and_no_link_or_secret():
    said, mask = one("Maya put password: hunter2 on https://evil.example.com in #leads for <@U0PRIYA>")

    shown = mask.show(said)
    assert shown == "Maya put password: a secret on a link in #leads for someone"


def test_a_placeholder_of_nobody_is_shown_as_someone():
    assert Mask().show("Ask [name 9] about [email 4].") == "Ask someone about an address."


def test_a_placeholder_that_somebody_typed_is_no_placeholder():
    said, mask = one("Maya wrote [name 1] here")

    assert said == "[name 1] wrote [text 1] here"
    assert mask.restore(said) == "Maya wrote [name 1] here"


PIECES = st.one_of(
    st.sampled_from(
        [*PEOPLE, "Maya", "priya", "[name 1]", "<@U0PRIYA>", "#general", "a@b.example", "https://a.example/b"]
    ),
    st.text(alphabet=string.printable + "äöüß田中€", max_size=30),
)


@given(st.lists(st.lists(PIECES, max_size=6).map(" ".join), max_size=4))
def test_any_texts_can_be_had_back_exactly(texts: list[str]):
    said, mask = masked(texts, NAMES)

    assert [mask.restore(text) for text in said] == texts


@given(
    st.sampled_from(PEOPLE),
    st.sampled_from(["{}", "{} said", "with {}.", "({})", "“{}”,", "no-one\n{}\nelse"]),
)
def test_a_known_name_never_survives(name: str, frame: str):
    for written in (name, name.upper(), name.casefold()):
        said, _ = one(frame.format(written))

        assert written not in said


@given(st.text(alphabet=string.ascii_letters + string.digits, min_size=24, max_size=60))
def test_a_long_random_key_never_survives(key: str):
    if len(set(key)) > 14 and any(it.isdigit() for it in key) and any(it.isalpha() for it in key):
        assert key not in one(f"here: {key} !")[0]


@settings(max_examples=50)
@given(st.emails())
def test_an_address_never_survives(address: str):
    assert address not in one(f"write to {address} soon")[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See https://evil.example.com/x now", "See now"),
        ("[read this](https://evil.example.com)", "[read this"),
        ("[read this](evil.zip)", "[read this"),
        ("See bit.ly/x and evil.xyz now", "See and now"),
        ("See //evil.example and t.me/abc now", "See and now"),
        ("<!channel> <@U0PRIYA> hello @here", "hello"),
        ("<https://evil.example.com|Click me> please", "please"),
        ("Run ```rm -rf /``` and `ls`", "Run and ls"),
        ("What did [name 1] say?", "What did [name 1] say?"),
        ("Call 0800 123 456 7", "Call"),
    ],
)
def test_links_mentions_and_code_are_stripped(text: str, left: str):
    assert stripped(text) == left


WRITTEN = Names.of(CALLED)


@pytest.mark.parametrize("case", [case for case in cases() if case.gone], ids=lambda case: case.text)
def test_what_is_private_goes_however_it_is_written(case: Case):
    (said,), mask = masked([case.text], WRITTEN)

    assert not [gone for gone in case.gone if gone in said]
    assert not [stays for stays in case.stay if stays not in said]
    assert mask.restore(said) == case.text


@pytest.mark.parametrize("case", [case for case in cases() if not case.gone], ids=lambda case: case.text)
def test_what_is_ordinary_stays_also_among_a_hundred_thousand_names(case: Case, crowd: Names):
    assert masked([case.text], WRITTEN)[0][0] == case.text
    assert masked([case.text], crowd)[0][0] == case.text


@pytest.fixture(scope="module")
def crowd() -> Names:
    """A hundred thousand people of many syllables, among whom the known ones are."""
    syllables = ("ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo", "ber", "dan")
    given = ["".join(it) for it in itertools.product(syllables, repeat=3)]
    strangers = (f"{one} {two}berg" for one, two in itertools.product(given[:100], given))
    return Names.of([*strangers, *CALLED])


def test_a_hundred_thousand_people_take_few_bytes_each(crowd: Names):
    assert crowd.size < 30 * 100_000


@pytest.mark.parametrize("name", ["Kalomi", "kaloKaberg", "Titiruberg", "Иваном", "小龙"])
def test_one_of_a_hundred_thousand_is_found(name: str, crowd: Names):
    assert name not in masked([f"then {name} said no"], crowd)[0][0]


RUNS = (
    *(
        "a.",
        "0f",
        "-",
        "1",
        "1 ",
        "a",
        "@",
        "a@",
        "/",
        "a/",
        "\\",
        "a\\",
        ":",
        "1:",
        "[",
        "](",
        "<",
        "=",
        "_",
        "`",
    ),
    *("password ", "pw=", "password is ", "login a / ", "token abc12 ", 'password "', "bearer a ", "-u a:"),
    *(
        "eyJ-",
        "sk-a ",
        "http://a|",
        "a.com/",
        "x at y dot ",
        "-----BEGIN A-----",
        "DE12 ",
        "DE12AAAA",
        "~/",
        "$",
    ),
    *(
        "Will ",
        "May told ",
        "Mr Ka. ",
        "Kalomi ",
        "Ивану ",
        "dé ",
        "王小",
        "김민",
        "a\u200b",
        " ",
        "\n",
        "('",
        "+",
    ),
    "#a",
)


@pytest.mark.parametrize("run", RUNS)
def test_masking_costs_as_much_as_the_text_is_long_whatever_it_is(run: str, crowd: Names):
    short, long = ((run * size)[:size] for size in (1_500, 12_000))

    assert grows_at_most(8 * 3, lambda: masked([short], crowd), lambda: masked([long], crowd))

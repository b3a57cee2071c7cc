"""The language of the lists, and the automaton that finds their phrases."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cost import grows_at_most
from hypothesis import given
from hypothesis import strategies as st

import sensing
from sensing.text.finder import Finder, quoted
from sensing.text.phrases import AnyWord, BadPhrase, Either, Way, parse, phrases
from sensing.text.wording import normal, words

WORDS = Path(sensing.__file__).parent / "words"
LISTS = sorted(
    str(path.relative_to(WORDS).with_suffix("")) for path in WORDS.rglob("*.txt") if path.name != "parts.txt"
)


def found(phrase: str, text: str) -> tuple[str, ...]:
    """What a phrase finds in a text, in the text's own words."""
    normalized = normal(text)
    said = words(normalized)
    return quoted(normalized, said, Finder({"it": [phrase]}).hits(said))


def literal(way: Way) -> str:
    """What a phrase says with the first of each group and nothing that may be left out."""
    return " ".join(_spelled(way))


def _spelled(way: Way) -> Iterator[str]:
    for part in way:
        if isinstance(part, Either):
            yield literal(min(part.ways, key=len) if () in part.ways else part.ways[0])
        elif isinstance(part, AnyWord):
            yield "" if part.may_miss else "whatever"
        else:
            yield part.text


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_is_of_the_language_and_finds_its_own_literal_reading(name: str):
    for line in phrases(name):
        reading = re.sub(" +", " ", literal(parse(line)))

        assert found(line, reading), f"{line!r} does not find {reading!r}"


@pytest.mark.parametrize("name", LISTS)
def test_no_line_stands_twice_in_a_list(name: str):
    lines = phrases(name)

    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("phrase", "text", "hits"),
    [
        ("want .. die", "I want to just die.", ("want to just die",)),
        ("want .. die", "I want this and that or that to die.", ()),
        ("want .. die", "It is what I want. Die is a tool.", ()),
        (
            "want ... die",
            "want one two three four five six seven eight die",
            ("want one two three four five six seven eight die",),
        ),
        ("depress*", "So depressing", ("depressing",)),
        ("[really] tired", "really tired", ("really tired",)),
        ("[really] tired", "tired", ("tired",)),
        ("(want|wish [so]) to go", "I wish so to go", ("wish so to go",)),
        ("in * weeks", "in ten weeks", ("in ten weeks",)),
        ("in * weeks", "in weeks", ()),
        ("dont know", "I don’t know, I DO NOT KNOW", ("don’t know", "DO NOT KNOW")),
        ("im tired", "ｉ ａｍ tired", ("i am tired",)),
        ("self harm", "self-harm", ("self-harm",)),
        ("so tired", "sooooo tired", ("sooooo tired",)),
        ("over", "overs rover", ()),
        ("want out $", "I want out. I want out of here.", ("want out.",)),
        ("(out|off $) now", "out now", ("out now",)),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, hits: tuple[str, ...]):
    assert found(phrase, text) == hits


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "(a",
        "a)",
        "(a]",
        "half(s|z)word",
        "(a|b)s",
        "[]",
        "(a|)",
        "a|b",
        "(a)?",
        "my<self>",
        "<self>s",
        "<x>",
    ],
)
def test_what_is_not_of_the_language_is_refused(phrase: str):
    with pytest.raises(BadPhrase):
        parse(phrase)


@pytest.mark.parametrize("said", ["ask themselves now", "ask my mom now", "ask a colleague now"])
def test_a_named_part_stands_for_each_of_its_ways_and_may_use_others(said: str):
    assert found("ask (<self>|[a|my] <other>) now", said) == (said,)


@given(st.text())
def test_any_text_has_words_in_order_and_in_place(text: str):
    normalized = normal(text)

    said = words(normalized)

    assert all(0 <= word.start < word.stop <= len(normalized) for word in said)
    assert [word.start for word in said] == sorted(word.start for word in said)


@given(st.lists(st.sampled_from(["a", "b", "c", "."]), max_size=30))
def test_the_automaton_finds_what_a_regular_expression_finds(said: list[str]):
    spoken = [word._replace(text=text) for word, text in zip(words("x " * 30), said, strict=False)]
    pattern = re.compile(r"(?<!\S)(?:a (?:[abc] )?(?:[abc] )?(?:[abc] )?(?:b|c c)|b a)(?!\S)")
    line = " ".join(said)

    hits = {hit.stop for hit in Finder({"it": ["a .. (b|c c)", "b a"]}).hits(spoken)}

    ends = [len(" ".join(said[:stop])) for stop in range(1, len(said) + 1)]
    assert hits == {
        stop for stop, end in enumerate(ends, 1) if re.search(f"(?:{pattern.pattern})$", line[:end])
    }


def test_a_hostile_text_costs_time_by_its_length_only():
    finder = Finder({"it": ["(a|b) .. (a b|b a) .. [a] .. (a|b|a a) .. z", "a .. b .. a .. b .. z"]})
    chance = random.Random(1)
    text = words(" ".join(chance.choice("ab") for _ in range(20_000)))

    assert list(finder.hits(text)) == []
    assert grows_at_most(12, lambda: list(finder.hits(text[:5_000])), lambda: list(finder.hits(text)))

"""Reading YAML with places: what is data, where it stands, and what is refused before it can do harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slackapp.manifest.yaml_tree import Position, Tree, UnreadableYaml, read_tree


def read(text: str) -> Tree:
    tree = read_tree(text)
    assert isinstance(tree, Tree), tree
    return tree


def test_values_and_keys_know_where_they_stand() -> None:
    tree = read("topics:\n  - id: python\n    lanes: [peer, senior]\n")

    assert tree.data == {"topics": [{"id": "python", "lanes": ["peer", "senior"]}]}
    assert tree.place(("topics", 0, "lanes", 1)) == Position(3, 19)
    assert tree.place_of_key(("topics", 0, "lanes")) == Position(3, 5)
    assert tree.place(("topics", 0, "nothing")) == Position(2, 5)
    assert tree.place(("elsewhere",)) == Position(1, 1)


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("3.10", 3.1),
        ("1e3", 1000.0),
        ("no", "no"),
        ("on", "on"),
        ("'7'", "7"),
        ('"true"', "true"),
        ("!!str 7", "7"),
        ("2026-01-01", "2026-01-01"),
        (".inf", ".inf"),
        ("9" * 400, "9" * 400),
        ("12:30", "12:30"),
        ("0x10", "0x10"),
    ],
)
def test_words_mean_what_yaml_1_2_says_and_odd_numbers_stay_text(word: str, value: object) -> None:
    assert read(f"a: {word}").data == {"a": value}


def test_words_that_others_take_for_truth_values_are_noted() -> None:
    assert read("a: [no, 'no', Yes, none]").traps == (("a", 0), ("a", 2))


def test_a_key_that_stands_twice_is_noted_with_its_second_place() -> None:
    assert read("a: 1\nb: 2\na: 3\n").doubles == {("a",): Position(3, 1)}


def test_keys_are_words_whatever_they_look_like() -> None:
    assert read("on: 1\n7: 2\n").data == {"on": 1, "7": 2}


@pytest.mark.parametrize("text", ["\ufeffa: 1", "a: 1\r\n", "# first\na: 1", "---\na: 1\n...\n"])
def test_marks_and_line_ends_of_other_systems_do_no_harm(text: str) -> None:
    assert read(text).data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\t- b", 2, 1, "a tab: indent with spaces"),
        ("a: [1,\n2", 2, 2, "the list that begins in line 1 is not closed"),
        ("a: {b: 1", 1, 9, "the group that begins in line 1 is not closed: `}`"),
        ("a:\n  'x", 2, 5, "the quote that begins in line 2 is not closed"),
        ("a: b: c", 1, 5, "a `:` where none can stand"),
        ("a: @x", 1, 4, "needs quotes"),
        ("a: 1\nb", 2, 2, "a `:` is missing after this word"),
        ("a:\n  b: 1\n c: 2", 3, 2, "the indentation does not fit"),
        ("a: \x07", 1, 4, "a character that no text file should hold"),
        ("b: 1\na: x\x00", 2, 5, "a character that no text file should hold"),
        ("a: &x 1", 1, 4, "`x` is an anchor or alias"),
        ("a: *x", 1, 4, "`x` is an anchor or alias"),
        ("a: !!python/object:os.system x", 1, 4, "the tag `tag:yaml.org,2002:python/object:os.system`"),
        ("a: !!binary aGk=", 1, 4, "the tag"),
        ("a: !x {}", 1, 4, "the tag `!x`"),
        ("a: 1\n---\nb: 1", 2, 1, "a second document"),
        ("{[a]: 1}", 1, 2, "a list or group stands where a key should"),
        ('a: "\\ud83d"', 1, 4, "half a character"),
        ("[" * 30, 1, 14, "nested too deeply"),
        ("- " * 30, 1, 27, "nested too deeply"),
    ],
)
def test_what_is_no_readable_yaml_is_refused_with_its_place(
    text: str, line: int, column: int, words: str
) -> None:
    refused = read_tree(text)

    assert isinstance(refused, UnreadableYaml), refused
    assert refused.place == Position(line, column)
    assert words in refused.sentence


def test_a_file_that_would_unfold_into_a_large_one_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in ("ab", "bc", "cd", "de"))

    refused = read_tree(bomb)

    assert isinstance(refused, UnreadableYaml)
    assert refused.place.line == 1


def test_a_file_with_too_many_entries_is_refused() -> None:
    refused = read_tree("- 1\n" * 10, most=10)

    assert isinstance(read_tree("- 1\n" * 9, most=10), Tree)
    assert isinstance(refused, UnreadableYaml)
    assert "too many entries" in refused.sentence


scalars = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.text("ab:-[]{}#&*!|>'\"%@` \n\t0123", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read_tree(text), Tree | UnreadableYaml)


@settings(deadline=None)
@given(st.dictionaries(scalars, scalars | st.lists(scalars, max_size=3), max_size=4))
def test_quoted_data_is_read_as_it_was_written(data: dict[str, str | list[str]]) -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    lines = [
        f"? {quoted(key)}\n: "
        + ("[" + ", ".join(map(quoted, value)) + "]" if isinstance(value, list) else quoted(value))
        for key, value in data.items()
    ]

    tree = read_tree("\n".join(lines) or "{}")

    assert isinstance(tree, Tree), tree
    assert tree.data == data

"""Each pattern of a language finds its examples and misses its counter-examples."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from program_patterns import ROOT, held, languages, written

from coaching.data import BadData, parse
from coaching.patterns import Language, Pattern, PatternEntry, Words, in_place

ROOMS = (
    "coaching/language/*.toml",
    "coaching/sprints/*.toml",
    "handlers/*/*.toml",
    "relationships/sponsorships/*.toml",
)
DATA = {"examples.toml"}  # whole texts, without a pattern
FILES = sorted(path for room in ROOMS for path in ROOT.glob(room) if path.name not in DATA)


class Greetings(Language):
    names: Words
    hello: Pattern


def entries(name: str, it: Any) -> Iterator[tuple[str, PatternEntry]]:
    """Yield the patterns that a file holds, by their names, those in the rows of its tables too."""
    if isinstance(it, dict) and "pattern" in it:
        yield name, PatternEntry.model_validate(it)
    elif isinstance(it, dict | list):
        rows = it.items() if isinstance(it, dict) else enumerate(it)
        for key, one in rows:
            yield from entries(f"{name} {key}".strip(), one)


WRITTEN = [
    pytest.param(entry, id=f"{path.stem} {name}")
    for path in FILES
    for name, entry in entries("", in_place(tomllib.loads(path.read_text("utf-8"))))
]


@pytest.mark.parametrize("entry", WRITTEN)
def test_a_pattern_finds_its_examples_and_misses_what_comes_near(entry: PatternEntry):
    shape = entry.compiled()
    found = {text for text in (*entry.finds, *entry.misses) if (hit := shape.search(text)) and hit[0]}

    assert found == {*entry.finds}
    assert not {*entry.finds} & {*entry.misses}


def test_every_file_of_patterns_is_read_by_a_module_and_its_patterns_are_held():
    every = {param.values[0].compiled() for param in WRITTEN}

    assert len(languages()) == len(FILES)
    assert every <= set(held())


def test_no_module_of_coaching_keeps_words_in_a_pattern_of_its_own():
    compiling = {
        it.name for it in (ROOT / "coaching").rglob("*.py") if "re.compile(" in it.read_text("utf-8")
    }
    inside = [(where, text) for where, text in written().items() if where.startswith("coaching/") and text]
    with_words = {where.partition(":")[0] for where, text in inside if re.search(r"(?<!\\)[a-z]{2}", text)}

    assert compiling == {"patterns.py", "early_answers.py"}
    assert with_words == {"coaching/language/early_answers.py"}  # it is made of the verbs' list


def greetings(*lines: str) -> Greetings:
    text = ['names = "ada ben"', "[hello]", *lines, 'finds = ["hi ada"]', 'misses = ["hi"]']
    return parse("\n".join(text), "greetings.toml", Greetings)


def test_a_pattern_may_name_a_list_of_its_file_and_go_over_lines():
    read = greetings("pattern = '''\nhi (?&names)\n|yo'''")

    assert (read.hello.pattern, read.names) == ("hi ada|ben|yo", {"ada", "ben"})
    assert read.hello.search("HI ADA")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["pattern = '(hi'"], r"hello: Value error, missing \), unterminated"),
        (["pattern = 'hi (?&name)'"], r"hello: Value error, unknown extension \?&"),
        (["pattern = 'hi'", 'flags = "x"'], "hello.flags: Input should be"),
        (["pattern = 'hi'", 'find = ["hi"]'], "hello.find: Extra inputs are not permitted"),
        ([], "hello.pattern: Field required"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said_with_its_file_and_name(lines: list[str], problem: str):
    with pytest.raises(BadData, match=f"^greetings.toml: {problem}"):
        greetings(*lines)

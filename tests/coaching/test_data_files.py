"""Texts and patterns as data: what is wrong in a file is said with the file and the entry."""

from pathlib import Path
from typing import Annotated, Any

import pytest
from program_patterns import PROJECT, ROOT

from coaching.data import BadData, Data, Sentence, Table, Wordings, filled_by, holding, parse
from coaching.forms import FormFile, form_of
from coaching.language.form import Branch, Step

FIVE = '["a", "b", "c", "d", "e"]'


class Said(Data):
    hello: Wordings
    around: Annotated[tuple[Sentence, ...], holding(1)] = ()
    about: Annotated[str, filled_by("who")] = ""
    steps: tuple[Step, ...] = ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello =", "said.toml: Invalid value"),
        ("", "said.toml: hello: Field required"),
        ('hello = ["a"]', "said.toml: hello: Tuple should have at least 5 items"),
        ('hello = ["a", "b", "c", "d", "a"]', "said.toml: hello: Value error, a wording stands twice"),
        ('hello = ["a", "b", "c", "d", " e"]', r"said.toml: hello.4: String should match pattern"),
        ('hello = ["a", "b", "c", "d", 5]', r"said.toml: hello.4: Input should be a valid string"),
        (f"hello = {FIVE}\nhallo = {FIVE}", "said.toml: hallo: Extra inputs are not permitted"),
        (f'hello = {FIVE}\naround = ["{{}} or {{}}"]', r"said.toml: around: Value error, 1 of \{\} are"),
        (f'hello = {FIVE}\nabout = "{{who}} {{whom}}"', "said.toml: about: Value error, whom is nothing"),
        (f'hello = {FIVE}\n[[steps]]\nid = "a"\nwordings = {FIVE}\nkeep = 1', "said.toml: steps.0.keep: "),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_name_and_the_entry(text: str, problem: str):
    with pytest.raises(BadData, match=f"^{problem}"):
        parse(text, "said.toml", Said)


@pytest.mark.parametrize(
    "more",
    [
        {"ends_with": ("there",)},
        {"steps": (Step("a", (), quotes="there"),)},
        {"steps": (Step("a", (), branches=(Branch(to="end"), Branch(to="there"))),)},
    ],
)
def test_a_form_that_names_no_step_of_its_own_is_refused(more: dict[str, Any]):
    written = FormFile.model_construct(title="A", for_what="b", minutes=1, steps=(), ends_with=())

    with pytest.raises(BadData, match=r"^coaching/forms/grow\.toml: there: no step"):
        form_of("grow", written.model_copy(update=more), {})


def test_a_table_is_read_once_and_when_it_is_looked_into():
    read: list[str] = []

    def entries() -> dict[str, int]:
        read.append("now")
        return {"one": 1, "two": 2}

    table = Table(entries)
    before = [*read]

    assert (table["two"], [*table], len(table)) == (2, ["one", "two"], 2)
    assert (before, read) == ([], ["now"])


def test_each_data_file_of_the_program_is_part_of_what_is_installed():
    globs = PROJECT["tool"]["setuptools"]["package-data"]
    packaged = {
        path for package, names in globs.items() for it in names for path in (ROOT / package).glob(it)
    }
    stand = {path for package in globs for path in _data(ROOT / package)}

    assert stand - packaged == set()


def _data(package: Path) -> list[Path]:
    return [it for it in package.rglob("*") if it.suffix in {".toml", ".txt", ".tsv", ".csv", ".lua"}]

"""The arrows between packages and their rooms go one way, and the outside world stays at the edge."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OUTSIDE = {
    "matching": {"pydantic", "numpy", "scipy"},
    "sensing": {"pydantic"},
    "kernel": {"pydantic"},
    "mentoring": {"pydantic"},
    "coaching": {"pydantic"},
    "relationships": {"pydantic"},
    "coaching_model": {"pydantic_ai", "openai", "anthropic", "httpx2"},
    "handlers": {"pydantic"},
}
OWN = {*OUTSIDE, "storage", "slackapp", "playground"}
MOST_IN_A_FOLDER = 15
OF_WORDS = {"labels.py", "refusals.py", "texts.py"}  # besides words.py and words_of_….py of the rooms
SHOWS = {  # the place of the words in what is given to the calls that show them
    **dict.fromkeys(["button", "confirmation", "context", "header", "labeled", "option", "plain", "row"], 0),
    **dict.fromkeys(["say", "section"], 0),
    **dict.fromkeys(["field", "modal"], 1),
}
SHOWN = {"closing", "help", "hint", "placeholder", "submit"}
SENTENCE = re.compile(r"\w.* .*[\w”)…][.?!:…]\*?\s*$", re.DOTALL)
WORD = re.compile(r"(?<![:\w])[A-Za-z]{2}")  # and no emoji
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def from_outside(path: Path) -> set[str]:
    """Every package outside this project and the standard library that a module imports when it runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    only_types = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in ast.walk(block)
    }
    running = [node for node in ast.walk(tree) if node not in only_types]
    names = {it.name for node in running if isinstance(node, ast.Import) for it in node.names}
    names |= {node.module or "" for node in running if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - OWN


def test_packages_and_their_rooms_import_downwards_only():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-logo"]

    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("package", OUTSIDE)
def test_the_inner_packages_know_no_slack_and_no_redis(package: str):
    found = {str(path): from_outside(path) - OUTSIDE[package] for path in modules(package)}

    assert modules(package)
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("package", sorted(OWN))
def test_no_part_of_a_sentence_stands_alone_where_nobody_reads_it(package: str):
    stranded = [
        f"{path.relative_to(ROOT)}:{after.lineno}"
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for after in statements(node)[1:]
        if isinstance(after, ast.Expr) and is_text(after.value)
    ]

    assert stranded == []


def statements(node: ast.AST) -> list[ast.stmt]:
    """The statements of a function, class, module or branch; none of anything else."""
    body = getattr(node, "body", [])
    return body if isinstance(body, list) else []


def is_text(value: ast.expr) -> bool:
    """Whether this is a string: as a statement of its own, it was to belong to the one before."""
    return isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )


@pytest.mark.parametrize("package", sorted(OWN))
def test_no_room_is_so_full_that_nothing_is_found_in_it(package: str):
    folders = [folder for folder in (ROOT / package).rglob("*") if folder.is_dir()]

    full = {
        folder.name: count
        for folder in [ROOT / package, *folders]
        if (count := len([it for it in folder.glob("*.py") if it.name != "__init__.py"])) > MOST_IN_A_FOLDER
    }

    assert full == {}


def test_no_sentence_is_cut_in_two_by_a_missing_bracket():
    files = [file for package in sorted(OWN) for file in (ROOT / package).rglob("*.py")]

    assert [f"{file}: {line}" for file in files for line in strings_alone(file)] == []


def strings_alone(file: Path) -> list[int]:
    """The lines of strings that are neither a docstring nor part of anything."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        body: list[ast.stmt] = (
            getattr(node, "body", []) if not isinstance(node, ast.Lambda | ast.IfExp) else []
        )
        rest = body[1:] if isinstance(node, DOCUMENTED) else body
        found += [
            it.lineno
            for it in rest
            if isinstance(it, ast.Expr)
            and (isinstance(it.value, ast.JoinedStr) or isinstance(getattr(it.value, "value", None), str))
        ]
    return found


def test_what_people_read_stands_in_the_words_of_a_room():
    files = [file for file in modules("handlers") if not (file.stem.startswith("words") or is_of_words(file))]

    found = [
        f"{file.relative_to(ROOT)}:{line}" for file in files for line in said_at(file.read_text("utf-8"))
    ]

    assert len(files) > 100
    assert found == []


def is_of_words(file: Path) -> bool:
    return file.parent.name == "block_kit" and file.name in OF_WORDS


def said_at(source: str) -> list[int]:
    """The lines that say something to people: sentences, and any words given to what shows them."""
    tree = ast.parse(source)
    apart = {id(it.value) for it in ast.walk(tree) if isinstance(it, ast.Expr)}  # docstrings
    apart |= {id(part) for it in ast.walk(tree) if isinstance(it, ast.JoinedStr) for part in it.values}
    written = [
        it for it in ast.walk(tree) if isinstance(it, ast.expr) and is_text(it) and id(it) not in apart
    ]
    sentences = [it for it in written if SENTENCE.search(as_read(it)) and WORD.search(as_read(it, value=""))]
    labels = [it for given in shown(tree) for it in choices(given) if WORD.search(as_read(it, value=""))]
    return sorted({it.lineno for it in [*sentences, *labels]})


def shown(tree: ast.AST) -> Iterator[ast.expr]:
    """What is given as words to the calls that show them."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            place = SHOWS.get(getattr(call.func, "attr", getattr(call.func, "id", "")))
            yield from [] if place is None else call.args[place : place + 1]
            yield from (it.value for it in call.keywords if it.arg in SHOWN)


def choices(given: ast.expr) -> list[ast.expr]:
    """The text that is given, or each of those between which a condition chooses."""
    if isinstance(given, ast.IfExp):
        return [*choices(given.body), *choices(given.orelse)]
    return [given] if is_text(given) else []


def as_read(text: ast.expr, value: str = "x") -> str:
    """A text with *value* for each that it puts in."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(it.value) if isinstance(it, ast.Constant) else value for it in parts)


@pytest.mark.parametrize(
    "source",
    [
        'ASKED = "How did it go?"',
        'said = f"*{who} would like to talk.*"',
        'said = f"You meet {who} at {when}."',
        'NAMES = {"yes": "Still doing it, at last…"}',
        'blocks.button("Save", SAVE, id)',
        'blocks.button("Save" if it else words.CLOSE, SAVE, id)',
        'blocks.section(f"{count} times")',
        'blocks.field("goal", "Goal", element)',
        'blocks.text_input(placeholder="letters")',
        'press.say("Done")',
    ],
)
def test_words_are_found_wherever_they_are_written(source: str):
    assert said_at(source) == [1]


def test_the_running_program_loads_nothing_that_only_learning_needs():
    told = "import sys, slackapp.commands.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout

    assert "numpy" in loaded.split()
    assert not {"scipy", "pydantic_ai"} & set(loaded.split())

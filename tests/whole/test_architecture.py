"""The arrows between packages and their rooms go one way, and the outside world stays at the edge."""

import ast
import subprocess
import sys
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


def test_the_running_program_loads_nothing_that_only_learning_needs():
    told = "import sys, slackapp.commands.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout

    assert "numpy" in loaded.split()
    assert not {"scipy", "pydantic_ai"} & set(loaded.split())

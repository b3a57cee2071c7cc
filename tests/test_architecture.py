"""The arrows between the packages: imports go one way, and the outside world stays at the edge."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = (
    "slackapp",
    "handlers",
    "coaching",
    "coaching_model",
    "mentoring",
    "kernel",
    "sensing",
    "matching",
    "storage",
    "playground",
    "bench",
)
BELOW = {
    "matching": set(),
    "sensing": {"matching"},
    "kernel": {"sensing", "matching"},
    "mentoring": {"kernel", "sensing", "matching"},
    "coaching": {"mentoring", "kernel", "sensing", "matching"},
    "coaching_model": {"coaching"},
    "handlers": {"coaching", "mentoring", "kernel", "sensing", "matching"},
    "storage": {"kernel", "matching"},
    "playground": set(),
    "slackapp": {"handlers", "coaching", "mentoring", "kernel", "sensing", "matching", "storage"},
    "bench": set(PACKAGES) - {"coaching_model"},
}
OUTSIDE = {
    "matching": {"pydantic", "numpy", "scipy"},
    "sensing": {"pydantic"},
    "kernel": {"pydantic"},
    "mentoring": {"pydantic"},
    "coaching": {"pydantic"},
    "coaching_model": {"pydantic_ai", "openai", "anthropic", "httpx2"},
    "handlers": {"pydantic"},
}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(tree: ast.AST, *, types_too: bool) -> Iterator[tuple[str, bool]]:
    """Yield each imported top-level name, and whether it stands inside a function."""

    def walk(node: ast.AST, inside: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test) and not types_too:
                continue
            if isinstance(child, ast.Import):
                yield from ((alias.name.split(".")[0], inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and child.level == 0:
                yield (child.module or "").split(".")[0], inside
            yield from walk(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))

    return walk(tree, False)


CASES = [(package, path) for package in PACKAGES for path in modules(package)]


@pytest.mark.parametrize(("package", "path"), CASES, ids=[str(path.relative_to(ROOT)) for _, path in CASES])
def test_imports_go_down_only(package: str, path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    own = {name for name, _ in imported(tree, types_too=True) if name in PACKAGES} - {package}

    assert own <= BELOW[package]


@pytest.mark.parametrize(
    ("package", "path"),
    [case for case in CASES if case[0] in OUTSIDE],
    ids=[str(path.relative_to(ROOT)) for package, path in CASES if package in OUTSIDE],
)
def test_the_inner_packages_know_no_slack_and_no_redis(package: str, path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    outside = {
        name
        for name, _ in imported(tree, types_too=False)
        if name not in sys.stdlib_module_names and name not in PACKAGES
    }

    assert outside <= OUTSIDE[package]


@pytest.mark.parametrize(("package", "path"), CASES, ids=[str(path.relative_to(ROOT)) for _, path in CASES])
def test_no_import_hides_inside_a_function(package: str, path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not [name for name, inside in imported(tree, types_too=True) if inside]


def test_the_running_program_loads_nothing_that_only_learning_needs():
    told = "import sys, slackapp.commands.cli; print(*sorted({name.split('.')[0] for name in sys.modules}))"

    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout

    assert "numpy" in loaded.split()
    assert not {"scipy", "pydantic_ai"} & set(loaded.split())

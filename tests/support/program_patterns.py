"""Every regular expression of the program: those its modules hold, and those its functions write in place."""

import ast
import gc
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from types import CellType, MappingProxyType, ModuleType

from coaching.patterns import Language

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = frozenset(
    name.rstrip("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
)
_CONTAINERS = (
    dict,
    list,
    tuple,
    set,
    frozenset,
    MappingProxyType,
    CellType,
    property,
    partial,
    type(cache(len)),
)
_WRITES = re.compile(r"\bpattern=|\bre\.[a-z]+\(")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_TAKE_A_PATTERN = {
    f"re.{name}"
    for name in ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
}


@cache
def modules() -> tuple[ModuleType, ...]:
    """All modules of the program, imported."""
    packages = [importlib.import_module(name) for name in sorted(PACKAGES)]
    inner = [
        importlib.import_module(found.name)
        for package in packages
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not found.name.endswith("__main__")
    ]
    return (*packages, *inner)


@cache
def languages() -> tuple[Language, ...]:
    """What is read from each file of patterns, by the module that reads it, which keeps it."""
    readers = [
        value for module in modules() for value in vars(module).values() if isinstance(value, type(modules))
    ]
    kinds = [(reader, reader.__annotations__.get("return")) for reader in dict.fromkeys(readers)]
    return tuple(
        language() for language, kind in kinds if isinstance(kind, type) and issubclass(kind, Language)
    )


@cache
def held() -> Mapping[re.Pattern[str], str]:
    """Every compiled pattern that a module holds, wherever it lies, and the module that has it.

    What the collector sees is followed: attributes, fields, containers, closures, defaults, caches.
    """
    languages()
    found: dict[re.Pattern[str], str] = {}
    seen = {id(vars(module)) for module in modules()}
    for module in modules():
        waiting: list[object] = [*vars(module).values()]
        while waiting:
            it = waiting.pop()
            if isinstance(it, re.Pattern):
                found.setdefault(it, module.__name__)
            elif id(it) not in seen and not _is_foreign(it):
                waiting += gc.get_referents(it)
            seen.add(id(it))
    return found


def _is_foreign(it: object) -> bool:
    """Whether something is of a library or of Python itself, and no mere container."""
    if isinstance(it, ModuleType) or (isinstance(it, dict) and "__builtins__" in it):
        return True
    owner = it if isinstance(it, type) or inspect.isroutine(it) else type(it)
    home = str(getattr(owner, "__module__", None)).split(".")[0]
    return home not in PACKAGES and not isinstance(it, _CONTAINERS)


@cache
def written() -> Mapping[str, str | None]:
    """The patterns that functions and fields write in place: where each stands, and its text.

    None stands for one that is made of what only its function knows. What a module compiles, it holds.
    """
    return {
        f"{Path(str(module.__file__)).relative_to(ROOT)}: {ast.unparse(expression)}": _value(
            expression, module
        )
        for module, tree in _trees()
        for expression in _expressions(tree)
    }


def compiled() -> Iterator[str]:
    """Yield the text of each pattern that a module compiles by itself, as far as it says so in one place."""
    for module, tree in _trees():
        inner = _inside_functions(tree)
        for call in _calls(tree):
            if ast.unparse(call.func) == "re.compile" and call not in inner:
                yield from filter(None, [_value(call.args[0], module)])


@cache
def _trees() -> tuple[tuple[ModuleType, ast.Module], ...]:
    """Each module that can write a pattern, as it is parsed."""
    sources = ((module, Path(str(module.__file__)).read_text(encoding="utf-8")) for module in modules())
    return tuple((module, ast.parse(text)) for module, text in sources if _WRITES.search(text))


def _calls(tree: ast.Module) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _inside_functions(tree: ast.Module) -> set[ast.AST]:
    functions = [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]
    return {node for function in functions for node in ast.walk(function)}


def _expressions(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what is taken as a pattern: `re.sub("…", …)` in a function, `Field(pattern="…")` anywhere."""
    calls, inner = _calls(tree), _inside_functions(tree)
    yield from (each.value for call in calls for each in call.keywords if each.arg == "pattern")
    yield from (call.args[0] for call in calls if call in inner and ast.unparse(call.func) in _TAKE_A_PATTERN)


def _value(expression: ast.expr, module: ModuleType) -> str | None:
    try:
        return str(eval(compile(ast.Expression(expression), "<pattern>", "eval"), vars(module)))
    except NameError:
        return None

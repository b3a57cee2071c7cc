"""Every file, name and heading that a page of the project mentions is there; its picture is that of today."""

import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGES = [it.parent.name for it in ROOT.glob("*/__init__.py")]
FOLDERS = (*PACKAGES, "bench", "docs", "tests")
A_FILE = re.compile(rf"(?:{'|'.join(FOLDERS)})/.*|[\w./-]+\.(?:py|md|toml|lock|lua|txt|svg)")
A_NAME = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+){(2,)}")
LINK = re.compile(r"\]\((?!\w+:)([^)#]*)#?([^)]*)\)")


@cache
def files() -> list[str]:
    """Every file and folder of the project, as `/path`."""
    inside = (it for folder in FOLDERS for it in (ROOT / folder).rglob("*") if it.suffix != ".pyc")
    return [f"/{it.relative_to(ROOT)}" for it in (*ROOT.glob("*"), *inside)]


def is_there(name: str) -> bool:
    """Whether a file is there: at this path or, where only its end is named, anywhere."""
    if "*" in name:
        return any(ROOT.glob(name))
    rest = f"/{name.removesuffix('/')}"
    return rest in files() if name.partition("/")[0] in FOLDERS else any(it.endswith(rest) for it in files())


def is_defined(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def words(page: Path) -> Iterator[str]:
    """Yield what stands as code in a page, word by word: in its lines, and what is typed into a shell."""
    fences = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
    text = page.read_text("utf-8")
    spans = re.findall(r"`([^`]+)`", fences.sub("", text))
    for code in [*spans, *(block for language, block in fences.findall(text) if language == "sh")]:
        yield from (word.rstrip(",;:") for word in code.split())


def headings(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path):
    named = set(words(page))

    assert {it for it in named if A_FILE.fullmatch(it) and not is_there(it)} == set()
    assert {
        it for it in named if A_NAME.fullmatch(it) and not A_FILE.fullmatch(it) and not is_defined(it)
    } == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_where_a_page_leads_to_is_there(page: Path):
    for path, heading in LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page

        assert target.exists(), path
        assert not heading or heading in headings(target), f"{path}#{heading}"


def test_every_helper_of_the_tests_has_its_line():
    helpers = {it.name for it in (ROOT / "tests").rglob("*.py") if not it.name.startswith("test_")}

    assert helpers - {"__init__.py"} <= set(words(ROOT / "CONTRIBUTING.md"))


def test_the_walk_through_the_example_quotes_it_as_it_is():
    page = (ROOT / "docs" / "adding-a-feature.md").read_text("utf-8")
    [kudos] = (ROOT / "tests").rglob("kudos.py")
    example = {line.strip() for line in kudos.read_text("utf-8").splitlines()}
    quoted = "\n".join(re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL))

    assert quoted
    assert {line for line in map(str.strip, quoted.splitlines()) if "…" not in line} <= example


def test_the_picture_of_the_packages_is_what_they_import_today(tmp_path: Path):
    drawn = tmp_path / "packages.svg"

    subprocess.run([sys.executable, str(ROOT / "bench" / "picture.py"), drawn], cwd=ROOT, check=True)

    assert drawn.read_text("utf-8") == (ROOT / "docs" / "packages.svg").read_text("utf-8"), "make picture"

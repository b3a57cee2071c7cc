"""The files of the playground's page, read as text: what no browser has to be started for."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "playground" / "page"
MODULES = sorted(PAGE.glob("*.js"))


def names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


def test_every_module_is_fetched_ahead_and_none_that_is_gone() -> None:
    ahead = re.findall(r'modulepreload" href="/page/([^"]+)"', (PAGE / "index.html").read_text())

    assert sorted([*ahead, "main.js"]) == names(MODULES)


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_text_never_becomes_markup(module: Path) -> None:
    found = re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", module.read_text())

    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=names(MODULES))
def test_every_import_names_something_that_is_exported(module: Path) -> None:
    for wanted, source in re.findall(r"import \{([^}]+)\} from './([^']+)'", module.read_text()):
        exported = set(re.findall(r"^export (?:async )?\w+ (\w+)", (PAGE / source).read_text(), re.M))
        assert {name.strip() for name in wanted.split(",")} <= exported, source


def test_the_page_has_no_inline_script_or_style_and_needs_no_other_host() -> None:
    html = (PAGE / "index.html").read_text()

    assert re.findall(r"<script(?![^>]+src=)|<style|\sstyle=|\son\w+=|https?://", html) == []


def test_every_export_is_used_somewhere_else() -> None:
    taken = {
        (source, name.strip())
        for module in MODULES
        for names_taken, source in re.findall(r"import \{([^}]+)\} from './([^']+)'", module.read_text())
        for name in names_taken.split(",")
    }
    given = {
        (module.name, name)
        for module in MODULES
        for name in re.findall(r"^export (?:async )?\w+ (\w+)", module.read_text(), re.M)
    }

    assert given == taken

"""What reaches a terminal: sentences and documents that steer nothing, from one place."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from slackapp.commands.terminal import say, sentences, show
from slackapp.commands.topics import manifest, topics
from slackapp.process.errors import BadFile, Stop
from slackapp.process.printable import printable

PACKAGE = Path(__file__).parents[2] / "slackapp"
SHIPPED = Path(__file__).parents[2] / "manifest.yml"
HOSTILE = "\x1b]0;x\x07 \x9b31m \x00 \x7f \r \u202e \u2066 \u200f \u2028 \ufeff \ud800"


def test_only_the_terminals_own_module_writes_to_it():
    writing = [
        file.name
        for file in PACKAGE.rglob("*.py")
        if any(word in file.read_text("utf-8") for word in ("click.echo(", "click.secho(", " print("))
    ]

    assert writing == ["terminal.py"]


def test_whatever_steers_a_terminal_is_spelt_out():
    shown = printable(HOSTILE)

    assert shown.isprintable()
    assert shown.startswith("\\u001b]0;x\\u0007 \\u009b31m \\u0000 \\u007f \\u000d \\u202e")


@pytest.mark.parametrize("text", ["Zoë, 日本語, עברית, नेहा", "👩‍🚀 🏴", "one\ttwo", "“quoted” … – ›"])
def test_what_people_write_stays_as_it_is(text: str):
    assert printable(text) == text


def test_a_line_stays_one_line_and_a_document_keeps_its_own():
    @click.command()
    def command() -> None:
        say("one\nline 2: all is well")
        show("one\ntwo")

    assert CliRunner().invoke(command).stdout == "one\\nline 2: all is well\none\ntwo\n"


@pytest.mark.parametrize(
    ("stop", "code"), [(Stop("It ends\x1b[2J here."), 2), (BadFile("It is \x9bwrong."), 1)]
)
def test_a_refusal_is_one_harmless_sentence_and_its_exit_code(stop: Stop, code: int):
    @click.command()
    def command() -> None:
        with sentences():
            raise stop

    shown = CliRunner().invoke(command)

    assert shown.exit_code == code
    assert shown.stderr.rstrip("\n").isprintable()


def hostile(folder: Path, label: str) -> list[str]:
    """Write a manifest whose first topic has a hostile label, and return the words that name it."""
    path = folder / "manifest.yml"
    path.write_text(SHIPPED.read_text("utf-8").replace("label: Python\n", f"label: {label}\n", 1), "utf-8")
    return ["--file", str(path)]


@pytest.mark.parametrize("escape", ["\\e[31m", "\\x9b31m", "\\0", "\\x7f", "\\r", "\\b"])
def test_a_manifest_holds_no_control_characters(tmp_path: Path, escape: str):
    shown = CliRunner().invoke(manifest, ["check", *hostile(tmp_path, f'"Py{escape}thon"')])

    assert shown.exit_code == 1
    assert "a control character: no text should hold one" in shown.stdout
    assert shown.stdout.rstrip("\n").isprintable()


@pytest.mark.parametrize("words", [["list"], ["list", "--json"]])
def test_a_label_that_turns_the_order_round_is_listed_without_doing_so(tmp_path: Path, words: list[str]):
    shown = CliRunner().invoke(topics, [*words, *hostile(tmp_path, '"Py\\u202ethon"')])

    assert shown.exit_code == 0
    assert "Py\\u202ethon" in shown.stdout
    assert "\u202e" not in shown.stdout
    if "--json" in words:
        assert "Py\u202ethon" in [topic["label"] for topic in json.loads(shown.stdout)]


def test_an_export_means_what_the_file_said_and_steers_nothing(tmp_path: Path):
    path = tmp_path / "manifest.yml"
    text = SHIPPED.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^  name: .*$", r'  name: "Way\\u202emark"', text, count=1), "utf-8")

    shown = CliRunner().invoke(manifest, ["export", "--file", str(path)])

    assert "\u202e" not in shown.stdout
    exported = YAML(typ="safe", pure=True).load(shown.stdout)
    assert exported["display_information"]["name"] == "Way\u202emark"


@pytest.mark.parametrize(
    ("start", "advice"),
    [
        ("topics: &", "write the value out instead"),
        ("topics: !", "leave it out"),
        ("topics: [*", "write the value out instead"),
        ("policy: {", "is not closed"),
        ("topics: ", "should be a list of topics"),
    ],
)
def test_an_endless_word_of_a_manifest_is_cut_in_the_sentence_about_it(
    tmp_path: Path, start: str, advice: str
):
    path = tmp_path / "manifest.yml"
    path.write_text(start + "x" * 480_000, "utf-8")

    shown = CliRunner().invoke(manifest, ["check", "--file", str(path)])

    assert shown.exit_code == 1
    assert len(shown.stdout) < 2_000
    assert advice in shown.stdout


def test_a_thousand_mistakes_of_a_manifest_are_a_hundred_lines_and_a_count(tmp_path: Path):
    path = tmp_path / "manifest.yml"
    path.write_text(SHIPPED.read_text("utf-8") + "".join(f"odd{n}: 1\n" for n in range(1_000)), "utf-8")

    lines = CliRunner().invoke(manifest, ["check", "--file", str(path)]).stdout.splitlines()

    assert len(lines) == 101
    assert lines[-1] == "and 900 more"

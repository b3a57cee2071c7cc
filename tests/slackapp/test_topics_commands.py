"""The commands about manifest.yml, as somebody in a terminal meets them."""

import json
from pathlib import Path

from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from slackapp.commands.topics import manifest, topics

SHIPPED = Path(__file__).parents[2] / "manifest.yml"
ALIASES_AT = SHIPPED.read_text().split("aliases: [py,")[0].count("\n") + 1


def run(*words: str, path: Path = SHIPPED) -> Result:
    group = {"manifest": manifest, "topics": topics}[words[0]]
    return CliRunner().invoke(group, [*words[1:], "--file", str(path)])


def broken(folder: Path) -> Path:
    path = folder / "manifest.yml"
    path.write_text(SHIPPED.read_text().replace("pool:", "pol:").replace("aliases: [py,", "aliases: [on,"))
    return path


def test_check_says_that_all_is_well() -> None:
    result = run("manifest", "check")

    assert result.exit_code == 0
    assert result.stdout == f"{SHIPPED}: good, 34 topics\n"


def test_check_tells_each_problem_in_a_line_and_ends_with_1(tmp_path: Path) -> None:
    path = broken(tmp_path)

    result = run("manifest", "check", path=path)

    assert result.exit_code == 1
    warning, error = result.stdout.splitlines()
    assert warning.startswith(f"{path}:{ALIASES_AT}:15: warning: some programs read `on`")
    assert error.endswith("unknown key `pol` in `policy`; did you mean `pool`?")


def test_check_tells_scripts_the_same_as_json(tmp_path: Path) -> None:
    result = run("manifest", "check", "--json", path=broken(tmp_path))

    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [each["is_error"] for each in found] == [False, True]
    assert (found[0]["line"], found[0]["column"]) == (ALIASES_AT, 15)
    assert json.loads(run("manifest", "check", "--json").stdout) == []


def test_export_prints_slacks_part_alone() -> None:
    result = run("manifest", "export")

    slack = YAML(typ="safe", pure=True).load(result.stdout)
    assert slack["settings"]["socket_mode_enabled"] is True
    assert "topics" not in slack


def test_export_for_http_as_json() -> None:
    result = run("manifest", "export", "--json", "--base-url", "https://waymark.example.com/")

    slack = json.loads(result.stdout)
    assert (
        slack["settings"]["event_subscriptions"]["request_url"] == "https://waymark.example.com/slack/events"
    )


def test_export_refuses_an_address_that_slack_cannot_call() -> None:
    result = run("manifest", "export", "--base-url", "http://localhost:3000")

    assert result.exit_code == 2
    assert "Slack calls public addresses only" in result.stderr


def test_nothing_is_exported_from_a_broken_manifest(tmp_path: Path) -> None:
    result = run("manifest", "export", path=broken(tmp_path))

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "did you mean `pool`?" in result.stderr


def test_link_prints_one_address() -> None:
    result = run("manifest", "link")

    assert result.stdout.startswith("https://api.slack.com/apps?new_app=1&manifest_json=%7B")
    assert len(result.stdout.splitlines()) == 1


def test_topics_stand_below_their_parents() -> None:
    result = run("topics", "list")

    lines = result.stdout.splitlines()
    assert lines[0].split() == ["topic", "label", "whom", "to", "ask", "channel", "also", "called"]
    assert lines[1].startswith("engineering ")
    assert lines[2].startswith("  python ")
    assert any(line.startswith("    accessibility ") and "reverse › peer" in line for line in lines)
    assert len(lines) == 35
    assert max(map(len, lines)) < 160


def test_topics_as_json_are_whole() -> None:
    listed = json.loads(run("topics", "list", "--json").stdout)

    assert len(listed) == 34
    assert listed[1]["id"] == "python"
    assert listed[1]["lanes"] == ["peer", "senior", "reverse"]


def test_a_missing_manifest_is_one_sentence(tmp_path: Path) -> None:
    result = run("topics", "list", path=tmp_path / "none.yml")

    assert result.exit_code == 1
    assert result.stderr.endswith("none.yml:1:1: cannot be read: no such file or directory; check its name\n")


def test_every_command_shows_an_example() -> None:
    for group in (manifest, topics):
        for name in group.commands:
            assert "Example: waymark" in CliRunner().invoke(group, [name, "--help"]).stdout


def test_words_are_drafted_for_topics_that_have_none_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "manifest.yml"
    cooking = "\n  - {id: kitchen, label: Cooking for guests}\npolicy:"
    path.write_text(SHIPPED.read_text().replace("\npolicy:", cooking))
    before = path.read_text()

    result = run("topics", "suggest-words", "--most", "5", path=path)

    assert result.exit_code == 0
    assert result.stdout.startswith("  - id: kitchen\n    words: ")
    assert 1 <= len(result.stdout.split("words: ")[1].split(", ")) <= 5
    assert path.read_text() == before


def test_words_are_drafted_as_json_for_topics_by_name_and_an_unknown_one_is_refused() -> None:
    result = run("topics", "suggest-words", "hiring", "--json")

    assert list(json.loads(result.stdout)) == ["hiring"]
    assert "no topic in" in run("topics", "suggest-words", "hirring").stderr


def test_guess_says_which_topics_a_question_finds_and_by_which_words() -> None:
    heading, first, *_ = run("topics", "guess", "Why is my #sql query slow?").stdout.splitlines()
    assert (heading.split(), first.split()[:2]) == (["topic", "chance", "by"], ["sql", "1.00"])
    assert "(filed at once)" in first

    found = json.loads(run("topics", "guess", "they keep changing the deadlines on me", "--json").stdout)
    assert "project-management" in [each["topic_id"] for each in found[:3]]
    assert all(each["evidence"] or each["nearest"] for each in found)
    assert all(each["confidence"] < 0.9 for each in found)

    assert run("topics", "guess", "").stdout == "No topic.\n"

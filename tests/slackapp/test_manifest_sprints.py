"""`sprints:` in manifest.yml: read whole, checked with line, column and a suggestion, and kept from Slack."""

from pathlib import Path

import pytest
from test_manifest import SHIPPED, SMALL, problems, whole

from handlers.conversations import ALL
from slackapp.manifest.export import for_socket_mode
from slackapp.manifest.file import ManifestEdited, ManifestFile
from slackapp.manifest.manifest import read, read_file

SPRINT = """\
sprints:
  - id: query-plans
    label: Read query plans
    topic: python
    goal: Explain a plan
    levels:
      much_less: None
      less: One with help
      expected: Two alone
      more: Four alone
      much_more: Four, one made faster
    weeks: 2
    days: [tue, thu]
    if_then: {cue: the stand-up is over, action: open one query}
"""
TEXT = SMALL + SPRINT


def test_the_shipped_sprints_are_read_and_are_about_topics_that_there_are():
    manifest = whole(read_file(SHIPPED, ALL.features.policy))

    assert len(manifest.sprints) == 8
    assert {sprint.topic for sprint in manifest.sprints if sprint.topic} <= set(manifest.topics.parents)
    assert {"Engineering", "Support"} <= {each for sprint in manifest.sprints for each in sprint.functions}


def test_a_sprint_is_read_with_its_levels_days_and_plan():
    [sprint] = whole(read(TEXT)).sprints

    assert (sprint.levels.expected, sprint.days) == ("Two alone", ("tue", "thu"))
    assert sprint.if_then is not None
    assert sprint.if_then.action == "open one query"


@pytest.mark.parametrize("text", [SMALL, SMALL + "sprints:\n", SMALL + "sprints: []\n"])
def test_without_sprints_there_are_none(text: str):
    assert whole(read(text)).sprints == ()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "topic: python",
            "topic: pythn",
            "manifest.yml:25:12: there is no topic `pythn`; did you mean `python`?",
        ),
        ("weeks: 2", "weeks: 5", "manifest.yml:33:12: `weeks` must be at most 4, not 5"),
        ("weeks: 2", "week: 2", "manifest.yml:33:5: unknown key `week` in `sprints[0]`"),
        ("goal: Explain a plan", "goal: ''", "manifest.yml:26:11:"),
        ("[tue, thu]", "[tue, tue]", "manifest.yml:34:11:"),
        ("[tue, thu]", "[tue, thursday]", "manifest.yml:34:17:"),
        ("      less: One with help\n", "", "manifest.yml:28:7: `sprints[0].levels` needs a `less`"),
        ("sprints:\n  - id", "sprints:\n  id", "manifest.yml:"),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_write(old: str, new: str, problem: str):
    assert old in TEXT

    told = problems(TEXT.replace(old, new))

    assert told
    assert any(it.startswith(problem) for it in told), told


def test_two_sprints_of_the_same_id_are_told_apart():
    twice = TEXT + SPRINT.removeprefix("sprints:\n")

    assert problems(twice) == ["manifest.yml:36:9: the id `query-plans` is taken by the sprint in line 23"]


def test_what_goes_to_slack_has_no_sprints():
    assert "sprints" not in for_socket_mode(whole(read(TEXT)))


async def test_an_edit_of_the_sprints_is_taken_over(tmp_path: Path):
    path = tmp_path / "manifest.yml"
    path.write_text(TEXT)
    file = ManifestFile(path, whole(read_file(path)))
    await file.poll(0)
    await file.poll(0)
    path.write_text(TEXT.replace("Explain a plan", "Explain two plans"))

    told = [await file.poll(0) for _ in range(2)]

    assert isinstance(told[-1], ManifestEdited)
    assert file.manifest.sprints[0].goal == "Explain two plans"

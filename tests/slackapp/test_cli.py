"""The command line: every command explains itself, and every refusal is one sentence and an exit code."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial

import click
import pytest
from app_world import MANIFEST, environment_for, start_world
from click.testing import CliRunner
from cryptography.fernet import Fernet
from redis_servers import configured, free_ports

from mentoring.people import people
from slackapp.commands.cli import main


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def options(path: tuple[str, ...]) -> list[str]:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return [option for param in command.params for option in param.opts]


@pytest.mark.parametrize("path", [(), *commands(main)], ids=" ".join)
def test_every_command_explains_itself_with_an_example(path):
    shown = CliRunner().invoke(main, [*path, "--help"])

    assert shown.exit_code == 0
    assert "Example:" in shown.output
    assert "waymark" in shown.output.split("Example:")[1]


def test_the_commands_are_those_of_the_manual():
    assert {" ".join(path) for path in commands(main)} >= {
        "demo",
        "run",
        "doctor",
        "secret",
        "learn",
        "explain",
        "dead-letters list",
        "dead-letters replay",
        "dead-letters drop",
        "people import",
        "privacy export",
        "privacy erase",
        "manifest check",
        "manifest export",
        "manifest link",
        "topics list",
        "topics replay",
    }


def test_running_without_tokens_refuses_and_points_to_the_demo():
    shown = CliRunner(env=dict.fromkeys(os.environ)).invoke(main, ["run"])

    assert shown.exit_code == 2
    assert "waymark demo" in shown.output
    assert shown.output.count("\n") == 1


def test_a_misspelt_command_suggests_the_right_one():
    shown = CliRunner().invoke(main, ["dmeo"])

    assert shown.exit_code == 2
    assert "demo" in shown.output


@pytest.mark.parametrize(
    "words", [[], ["demo"], ["demo", "--port"], ["explain"], ["dead-letters", "drop"], ["people", "import"]]
)
def test_what_is_longer_than_any_path_is_not_shown_again(words):
    shown = CliRunner().invoke(main, [*words, "x" * 20_000])

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert shown.stderr == "An argument has 20,000 characters: shorten it to 1,000 at most.\n"


NAMING = [path for path in commands(main) if "--workspace" in options(path)]


@pytest.mark.parametrize("path", NAMING, ids=" ".join)
@pytest.mark.parametrize("given", ["", "T1 T2", "T1\nT2", "Ü", "{}", "x" * 65])
def test_what_is_no_id_of_a_workspace_is_refused_with_what_one_looks_like(path, given):
    shown = CliRunner().invoke(main, [*path, "--workspace", given])

    assert (shown.exit_code, "that is no workspace's id: it begins with T or E" in shown.stderr) == (2, True)


def test_a_new_secret_is_a_key_and_never_the_same():
    one, other = (CliRunner().invoke(main, ["secret"]).output.strip() for _ in range(2))

    Fernet(one)
    assert one != other


async def waymark(world, *words, **changed):
    """Run a command beside the app, and return exit code, output and complaints; what it raises is raised."""
    given = environment_for(world.slack, world.settings.redis_url, "socket", MANIFEST) | changed
    run = partial(CliRunner(env=given).invoke, catch_exceptions=False)
    shown = await asyncio.to_thread(run, main, list(words))
    return shown.exit_code, shown.stdout, shown.stderr


async def test_people_are_imported_and_a_dry_run_changes_nothing(tmp_path, redis_url):
    sheet = tmp_path / "people.csv"
    sheet.write_text("slack_id,topics\nU0RAJ,python:3\nU0MAYA,python:1\n")
    async with start_world(tmp_path, redis_url) as world:
        dry = await waymark(world, "people", "import", str(sheet), "--dry-run")
        helpers_before = await (await world.desk()).store.count("helpers")
        code, out, _ = await waymark(world, "people", "import", str(sheet), "--json")
        helpers_after = await (await world.desk()).store.count("helpers")

    assert dry[:2] == (0, "2 people would be enrolled.\n")
    assert (code, json.loads(out)) == (0, {"people": 2, "dry_run": False})
    assert (helpers_before, helpers_after) == (0, 2)


async def test_who_has_stopped_helping_is_left_out_and_counted(tmp_path, redis_url):
    sheet = tmp_path / "people.csv"
    sheet.write_text("slack_id,topics\nU0RAJ,python:3\nU0MAYA,python:1\n")
    async with start_world(tmp_path, redis_url) as world:
        await waymark(world, "people", "import", str(sheet))
        await people.leave(await world.desk(), "U0RAJ", world.slack.now())
        code, out, err = await waymark(world, "people", "import", str(sheet))
        helpers = await (await world.desk()).store.count("helpers")

    assert (code, helpers) == (0, 1)
    assert out.splitlines()[0] == "1 person is enrolled."
    assert "Note: 1 person has stopped helping." in err


async def test_mistakes_of_form_and_of_people_come_in_one_run_and_notes_with_either(tmp_path, redis_url):
    wrong, right, empty = (tmp_path / name for name in ("wrong.csv", "right.csv", "empty.csv"))
    wrong.write_text("slack_id;level;name\nU0NOBODY;;\nU0RAJ;9;\n;3;\nU0BUILDBOT;99;\n")
    right.write_text("slack_id,minutes_per_week,topics,Nickname\nU0RAJ,500,python,R\nU0MAYA,60,,M\n")
    empty.write_text("slack_id\n")
    async with start_world(tmp_path, redis_url) as world:
        refused = await waymark(world, "people", "import", str(wrong))
        taken = await waymark(world, "people", "import", str(right), "--dry-run")
        nobody = await waymark(world, "people", "import", str(empty))

    code, out, err = refused
    assert (code, out) == (1, "")
    told = [line.partition(":")[0] for line in err.splitlines() if line.startswith("line")]
    assert told == [
        "line 2, slack_id",
        "line 3, level",
        "line 4, slack_id",
        "line 5, level",
        "line 5, slack_id",
    ]
    assert "5 mistakes in the file" in err
    assert "Note: 1 column was skipped: name." in err
    assert taken[0] == 0
    assert taken[1].splitlines() == [
        "1 person would be enrolled.",
        "1 more would be updated, and not enrolled by this list.",
    ]
    assert "Note: 1 person has more than 60 minutes a week: they are asked for 60" in taken[2]
    assert nobody == (
        0,
        "0 people are enrolled.\n",
        "Note: There is nobody in the list: it has no row below its heading.\n",
    )


async def test_a_sheet_with_mistakes_names_them_all_and_changes_nothing(tmp_path, redis_url):
    sheet = tmp_path / "people.csv"
    sheet.write_text("slack_id,level,topics\nU0RAJ,9,pyton:3\nU0MAYA,3,python:1\n")
    async with start_world(tmp_path, redis_url) as world:
        code, _, err = await waymark(world, "people", "import", str(sheet))
        helpers = await (await world.desk()).store.count("helpers")

    assert (code, helpers) == (1, 0)
    assert "line 2, level:" in err
    assert "line 2, topics: there is no topic “pyton”: did you mean python?" in err
    assert "2 mistakes in the file, so nothing was changed." in err


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "WAYMARK_MANIFEST": str(MANIFEST)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: is a directory; name a file in it."),
        (b"slack_id\n\xe9\n", "line 2, slack_id: “é” is not a Slack id"),
        (b"slack_id\n\x81\n", "line 2, column 1: this is neither UTF-8 nor Windows-1252"),
        (b"slack_id,level\nu1," + b"9" * 5_000, "line 2, level: "),
        (b'slack_id\n"U1', "line 2, slack_id: a quote opens here"),
        (b"slack_id,topics\nu1,\xe2\x80\xae\xc2\xadqqq\n", "line 2, topics: there is no topic “qqq”"),
        (b"name," + b"x," * 1_000, "line 1, heading: a column slack_id or email is needed"),
        (b"slack_id\n" + b"u1\n" * 412, "and 392 more; in all 412 × not a Slack id."),
        (b"slack_id\nu1", "1 mistake in the file, so nothing was changed."),
        (b"slack_id\n\xe9\n", "Note: The file is not UTF-8, so it was read as Windows-1252"),
    ],
)
def test_a_list_that_cannot_be_taken_ends_in_a_few_plain_sentences(tmp_path, content, said):
    file = tmp_path / "people.csv"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)

    shown = CliRunner(env=TOKENS).invoke(main, ["people", "import", str(file)])

    assert shown.exit_code == 1
    assert isinstance(shown.exception, SystemExit)
    assert said in shown.stderr
    lines = shown.stderr.splitlines()
    assert len(lines) <= 25
    assert all(len(line) < 400 and "\u202e" not in line for line in lines)


async def test_the_doctors_exit_code_tells_whether_something_is_wrong(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        with configured(redis_url, appendonly="yes"):
            well, out, _ = await waymark(world, "doctor", "--json")
            ill, words, _ = await waymark(world, "doctor", SLACK_BOT_TOKEN="xoxb-wrong")

    assert (well, ill) == (0, 1)
    assert {json.loads(line)["verdict"] for line in out.splitlines()} == {"ok", "note"}
    assert "BAD  Slack does not accept SLACK_BOT_TOKEN" in words


async def test_the_program_runs_until_it_is_told_to_stop_and_ends_well(tmp_path, redis_url):
    (port,) = free_ports(1)
    async with start_world(tmp_path, redis_url) as world:
        await world.stop()
        given = environment_for(world.slack, redis_url, "socket", MANIFEST) | {"PORT": str(port)}
        given["WAYMARK_DATA_DIR"] = str(tmp_path)
        tmp_path.chmod(0o777)
        words = [sys.executable, "-m", "slackapp", "run"]
        process = await asyncio.create_subprocess_exec(
            *words, env=os.environ | given, stderr=asyncio.subprocess.PIPE
        )
        await world.slack.connected()
        answer = await world.slack.command("U0MAYA", "/ask-mentor", "Why does it stall? #python")
        process.send_signal(signal.SIGTERM)
        _, lines = await process.communicate()
        await world.start()

    first, *told = [json.loads(line) for line in lines.decode().splitlines()]
    events = [line["event"] for line in told]
    assert first["event"] == "data folder is open to others"
    assert f"chmod 700 {tmp_path}" in first["sentence"]
    assert answer.ok
    assert process.returncode == 0
    assert events[0] == "ready"
    assert "stopping" in events
    assert events[-1] == "stopped"
    assert "stall" not in lines.decode()


async def test_a_command_says_that_the_app_was_removed(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        await world.enrol("U0RAJ", topics={"python": 3})
        await world.app.worker.stores.installations.drop(world.workspace)
        code, _, err = await waymark(world, "learn", "--workspace", world.workspace)

    assert (code, "Waymark is not installed in T0PLAYGRND" in err) == (2, True)
    assert "Traceback" not in err

"""What README and docs/ tell people to type is run as it stands, in a clean folder, beside the playground."""

import asyncio
import configparser
import os
import re
import shlex
import shutil
import sysconfig
import venv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from redis_servers import configured

from handlers.conversations import ALL
from kernel.store import Changes, Later
from kernel.values import WorkspaceId
from playground.driver import Playground
from slackapp.bootstrap.foundation import Tempo, stored
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.cli import main
from slackapp.manifest.export import for_socket_mode
from slackapp.process.clock import Clock
from slackapp.process.settings import read_partly

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "tests", "bench", "docs")
SERVICE = Path("/srv/waymark")
SHIMS = {"sudo": 'exec "$@"', "systemctl": 'echo "$@" >> systemctl.log', "git": "exit 0"}
HERE = WorkspaceId("T0PLAYGRND")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project as it is cloned, whose environment is installed already: the running one."""
    clean = tmp_path / "waymark"
    shutil.copytree(ROOT, clean, ignore=LEFT_OUT)
    venv.create(clean / ".venv", symlinks=True, with_pip=False)
    (packages,) = (clean / ".venv" / "lib").glob("python*/site-packages")
    (packages / "running.pth").write_text(f"{clean}\n{sysconfig.get_path('purelib')}\n")
    program = clean / ".venv" / "bin" / "waymark"
    program.write_text(f"#!{clean}/.venv/bin/python\nfrom slackapp.commands.cli import main\nmain()\n")
    program.chmod(0o755)
    (clean / ".venv" / ".run-ready").touch()
    return clean


def blocks(page: Path, heading: str, language: str) -> list[str]:
    """The blocks of a language in one section of a page."""
    section = page.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", section, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


async def shell(folder: Path, script: str, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Start a script as a person's terminal would, where only the system's own programs are found."""
    return await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", script),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def run(folder: Path, script: str, environment: dict[str, str]) -> str:
    process = await shell(folder, script, environment)
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_the_way_to_a_real_workspace_works_word_by_word(folder, redis_url):
    section = "Connect a real workspace in five minutes"
    policy = blocks(folder / "README.md", section, "yaml")[0].replace("U012AB3CD", "U0RUBY")
    manifest = folder / "manifest.yml"
    lines = {line.partition(":")[0]: line for line in policy.splitlines()}
    text = re.sub(
        r"^(  (?:admins|support)): .*$", lambda it: lines[it[1]], manifest.read_text("utf-8"), flags=re.M
    )
    manifest.write_text(text, "utf-8")
    declared = for_socket_mode(open_manifest(manifest).manifest)
    assert open_manifest(manifest).manifest.policy.admins == {"U0RUBY"}
    async with Playground.start(manifest=declared) as slack:
        given = {"SLACK_API_URL": slack.api_url, "HOST": "127.0.0.1", "PORT": "0", "METRICS_PORT": "0"}
        words = {
            "xoxb-…": slack.bot_token,
            "xapp-…": slack.app_token,
            "redis://…": redis_url,
            "U012AB3CD": "U0RAJ",
        }
        install, link, check, start, enrol = (
            re.sub("|".join(map(re.escape, words)), lambda it: words[it[0]], block)
            for block in blocks(folder / "README.md", section, "sh")
        )
        find = install.splitlines()[-1]
        exports = "\n".join(line for line in check.splitlines() if line.startswith("export"))
        with configured(redis_url, appendonly="yes"):
            said = await run(folder, "\n".join((install, link, check)), given)
            running = await shell(folder, "\n".join((find, exports, f"exec {start}")), given)
            await slack.connected(60)
            enrolled = await run(folder, "\n".join((find, exports, enrol)), given)
            running.terminate()
            await running.communicate()

    assert "https://api.slack.com/apps?new_app=1" in said
    assert "BAD" not in said
    assert "Guided talks are on." in said
    assert "enrolled" in enrolled
    assert running.returncode == 0


def with_shims(folder: Path) -> dict[str, str]:
    """Put programs that a test must not run for real in front of the others."""
    programs = folder / "shims"
    programs.mkdir()
    for name, body in SHIMS.items():
        (programs / name).write_text(f"#!/bin/sh\n{body}\n")
        (programs / name).chmod(0o755)
    return {"PATH": f"{programs}:{os.environ['PATH']}"}


async def test_upgrade_backup_and_restore_work_word_by_word(folder):
    given, settings = with_shims(folder), read_partly({"WAYMARK_DATA_DIR": str(folder / ".waymark")})
    recipes = blocks(ROOT / "docs" / "operating.md", "As a service", "sh")
    start, upgrade, backup, restore = (recipe.replace(str(SERVICE), str(folder)) for recipe in recipes)
    due = datetime(2026, 11, 23, 10, tzinfo=UTC)

    async def planned(*more: str) -> list[str]:
        async with stored(settings, Clock(), Tempo(), ALL) as stores:
            for thing in more:
                later = Changes(later=[Later("meet", thing, due + timedelta(days=1))])
                await stores.of(HERE).commit(lambda read, it=later: (None, it))
            return [each.thing for each in await stores.agenda.upcoming(HERE)]

    await planned("U0MAYA")
    await run(folder, start + upgrade + backup, given)
    assert await planned("U0PRIYA") == ["U0MAYA", "U0PRIYA"]
    await run(folder, restore, given)

    assert await planned() == ["U0MAYA"]
    told = (folder / "systemctl.log").read_text().splitlines()
    assert told[-4:] == ["stop waymark", "start waymark"] * 2


def test_the_service_starts_the_program_that_was_installed(folder):
    (unit,) = blocks(ROOT / "docs" / "operating.md", "As a service", "ini")
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(unit)

    program, command = parser["Service"]["ExecStart"].replace(str(SERVICE), str(folder)).split()
    assert os.access(program, os.X_OK)
    assert command in main.commands


def commands() -> Iterator[tuple[str, str]]:
    """Yield every command that a page names, with the page."""
    for page in PAGES:
        text = page.read_text("utf-8")
        inline = re.findall(r"`waymark ([^`]+)`", text)
        in_blocks = [
            line
            for block in re.findall(r"```(?:sh)?\n(.*?)```", text, re.DOTALL)
            for line in block.splitlines()
        ]
        alone = re.findall(r"^ *waymark (.*?)(?:  .*)?$", "\n".join(in_blocks), re.MULTILINE)
        for line in dict.fromkeys([*inline, *alone]):
            yield page.name, line.partition("#")[0].partition("|")[0]


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_every_command_that_a_page_names_is_one(page, line):
    command: click.Command = main
    words = shlex.split(line)
    while isinstance(command, click.Group) and words:
        name = words.pop(0)
        assert name in command.commands, f"waymark {line} in {page}"
        command = command.commands[name]
    options = {it for param in command.params for it in param.opts}

    assert {word.partition("=")[0] for word in words if word.startswith("-")} <= options | {"-", "--help"}

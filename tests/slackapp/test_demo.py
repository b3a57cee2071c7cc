"""`waymark demo`: one command, one address; what is typed there survives Ctrl-C and `kill -9`."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from app_world import MANIFEST
from page_session import page_session
from patience import PATIENCE
from redis_servers import free_ports
from yarl import URL

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=\w+")


@dataclass
class Demo:
    """A demo that is running."""

    process: asyncio.subprocess.Process
    address: str
    said: str

    async def get(self, path: str, **query: str):
        async with page_session(self.address) as page, page.get(path, params=query) as answer:
            return await answer.json()

    async def ask(self, person: str, text: str):
        """Type the command, and again where the machine is too busy to answer while Slack waits."""
        body = {"user": person, "conversation": "C0GENERAL", "command": "/ask-mentor", "text": text}
        async with page_session(self.address) as page:
            for _ in range(5):
                async with page.post("/ui/command", json=body) as answer:
                    said = await answer.json()
                if said["ok"]:
                    break
        return said

    async def dm(self, person: str) -> str:
        """Every text in someone's conversation with the app."""
        world = await self.get("/ui/world", user=person)
        (place,) = [each["id"] for each in world["conversations"] if each["kind"] == "app"]
        messages = (await self.get("/ui/messages", user=person, conversation=place))["messages"]
        return "\n".join(message["text"] for message in messages)

    @property
    def key(self) -> str:
        return self.address.rpartition("=")[2]

    async def revoke(self, token: str, **headers: str) -> int:
        """Take a token back as the app could, or as a page elsewhere would if it knew it."""
        url, body = URL(self.address).with_path("/api/auth.revoke"), {"token": token}
        async with aiohttp.ClientSession() as app, app.post(url, data=body, headers=headers) as answer:
            return answer.status

    async def stop(self, with_signal: signal.Signals) -> int:
        self.process.send_signal(with_signal)
        return await self.process.wait()


@asynccontextmanager
async def demo(folder: Path, port: int, **environment: str) -> AsyncIterator[Demo]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "slackapp", "demo", "--port", str(port), "--data-dir", str(folder)),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"WAYMARK_MANIFEST": str(MANIFEST)} | environment,
    )
    try:
        said = await asyncio.wait_for(ready(process), PATIENCE)
        yield Demo(process, ADDRESS.findall(said)[-1], said)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), PATIENCE)


async def ready(process: asyncio.subprocess.Process) -> str:
    said = ""
    while "ready" not in said:
        line = await process.stdout.readline()
        assert line, f"the demo ended: {said}"
        said += line.decode()
    return said


async def until(look, words, within=PATIENCE):
    async with asyncio.timeout(within):
        while words not in (text := await look()):
            await asyncio.sleep(0.1)
        return text


def number(folder: Path) -> int:
    """The process id of the playground."""
    return int((folder / "playground.pid").read_text())


def tokens(process: int) -> list[str]:
    """The bot token that a process was given in its environment, which nobody else can read."""
    environment = Path(f"/proc/{process}/environ").read_bytes().decode().split("\0")
    return [line.partition("=")[2] for line in environment if line.startswith("PLAYGROUND_BOT_TOKEN=")]


def open_to_others(folder: Path) -> list[Path]:
    return [path for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]


def running_in(folder: Path) -> list[str]:
    """The programs that still work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            line = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [line] if str(folder) in line and "pytest" not in line else []
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc to see what is left running")
async def test_a_question_survives_ctrl_c_and_kill_and_nothing_is_left_running(tmp_path):
    folder, (port,) = tmp_path / "data", free_ports(1)
    folder.mkdir()
    folder.chmod(0o755)
    async with demo(folder, port) as first:
        answer = await first.ask("U0MAYA", "How do I profile asyncio? #python")
        await until(lambda: first.dm("U0MAYA"), "profile asyncio")
        code = await first.stop(signal.SIGINT)
        left = running_in(folder)

    async with demo(folder, port) as second:
        tokens_seen = tokens(number(folder))
        after_ctrl_c = await second.dm("U0MAYA")
        await second.stop(signal.SIGKILL)

    async with demo(folder, port) as third:
        after_kill = await third.dm("U0MAYA")
        again = await third.ask("U0TOMAS", "Which SQL window function do I need? #sql")

        token = tokens(number(folder))[0]
        shown_to_all = Path(f"/proc/{number(folder)}/cmdline").read_bytes().decode()
        removed = [await third.revoke(token, Origin="http://evil.example"), await third.revoke(token)]
        modes = open_to_others(folder)

    async with demo(folder, port) as fourth:
        anew = await fourth.ask("U0MAYA", "Is the app back? #python")

    assert removed == [403, 200]
    assert anew["ok"]
    assert len({*tokens_seen, token}) == 2
    assert not [secret for secret in (token, third.key) if secret in shown_to_all]
    assert modes == []
    assert answer["ok"]
    assert (code, left) == (0, [])
    assert "profile asyncio" in after_ctrl_c
    assert "profile asyncio" in after_kill
    assert again["ok"]
    assert running_in(folder) == []


async def test_two_demos_take_two_ports_figures_have_one_of_their_own_and_a_folder_is_used_once(tmp_path):
    port, _, figures = free_ports(3)  # the second demo takes the one after the first's
    async with (
        demo(tmp_path / "one", port) as one,
        demo(tmp_path / "two", port, METRICS_PORT=str(figures)) as two,
        aiohttp.ClientSession() as session,
    ):
        answer = str(await two.ask("U0MAYA", "I don't want to live anymore"))
        async with session.get(f"http://127.0.0.1:{figures}/metrics") as shown:
            counted = await shown.text()
        third = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "slackapp", "demo", "--data-dir", str(tmp_path / "one")),
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | {"WAYMARK_MANIFEST": str(MANIFEST)},
        )
        _, complaint = await third.communicate()

    assert one.address != two.address
    assert f"Port {port} is taken" in two.said
    assert third.returncode == 2
    assert one.address in complaint.decode()
    # Danger is answered with whom to turn to, in the demo too.
    assert "Emergency services" in answer
    assert "Nobody has been told" in answer
    assert "waymark_ack_seconds" in counted


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "playground/playground.sqlite3",
            "no database" * 500,
            "Move it away to begin with an empty workspace.",
        ),
        ("clock", "soon", "does not hold by how many seconds the clock is ahead: delete it."),
    ],
)
async def test_a_damaged_file_ends_the_demo_in_one_sentence(tmp_path, name, content, said):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(content)
    (tmp_path / "playground.pid").write_text("half a num")
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "slackapp",
            "demo",
            "--port",
            str(free_ports(1)[0]),
            "--data-dir",
            str(tmp_path),
        ),
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"WAYMARK_MANIFEST": str(MANIFEST)},
    )
    _, complaint = await process.communicate()

    assert process.returncode == 2
    assert complaint.decode().count("\n") == 1
    assert str(file) in complaint.decode()
    assert said in complaint.decode()
    assert file.read_text() == content

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

import pytest
from app_world import MANIFEST
from page_session import page_session

from slackapp.leftovers import free_port

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\?key=\w+")
WITHIN = 60.0


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
        body = {"user": person, "conversation": "C0GENERAL", "command": "/ask-mentor", "text": text}
        async with page_session(self.address) as page, page.post("/ui/command", json=body) as answer:
            return await answer.json()

    async def dm(self, person: str) -> str:
        """Return every text in someone's conversation with the app."""
        world = await self.get("/ui/world", user=person)
        (place,) = [each["id"] for each in world["conversations"] if each["kind"] == "app"]
        messages = (await self.get("/ui/messages", user=person, conversation=place))["messages"]
        return "\n".join(message["text"] for message in messages)

    async def stop(self, with_signal: signal.Signals) -> int:
        self.process.send_signal(with_signal)
        return await self.process.wait()


@asynccontextmanager
async def demo(folder: Path, port: int) -> AsyncIterator[Demo]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "slackapp", "demo", "--port", str(port), "--data-dir", str(folder)),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"WAYMARK_MANIFEST": str(MANIFEST)},
    )
    try:
        said = await asyncio.wait_for(ready(process), WITHIN)
        yield Demo(process, ADDRESS.findall(said)[-1], said)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), WITHIN)


async def ready(process: asyncio.subprocess.Process) -> str:
    said = ""
    while "ready" not in said:
        line = await process.stdout.readline()
        assert line, f"the demo ended: {said}"
        said += line.decode()
    return said


async def until(look, words, within=30.0):
    async with asyncio.timeout(within):
        while words not in (text := await look()):
            await asyncio.sleep(0.1)
        return text


def running_in(folder: Path) -> list[str]:
    """Return the programs that still work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            line = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [line] if str(folder) in line and "pytest" not in line else []
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc to see what is left running")
async def test_a_question_survives_ctrl_c_and_kill_and_nothing_is_left_running(tmp_path):
    folder, port = tmp_path / "data", free_port("127.0.0.1", 8500)
    async with demo(folder, port) as first:
        answer = await first.ask("U0MAYA", "How do I profile asyncio? #python")
        await until(lambda: first.dm("U0MAYA"), "profile asyncio")
        code = await first.stop(signal.SIGINT)
        left = running_in(folder)

    async with demo(folder, port) as second:
        after_ctrl_c = await second.dm("U0MAYA")
        await second.stop(signal.SIGKILL)

    async with demo(folder, port) as third:
        after_kill = await third.dm("U0MAYA")
        again = await third.ask("U0TOMAS", "Which SQL window function do I need? #sql")

    assert answer["ok"]
    assert (code, left) == (0, [])
    assert "profile asyncio" in after_ctrl_c
    assert "profile asyncio" in after_kill
    assert again["ok"]
    assert running_in(folder) == []


async def test_the_demo_answers_danger_with_whom_to_turn_to(tmp_path):
    async with demo(tmp_path / "data", free_port("127.0.0.1", 8550)) as running:
        answer = await running.ask("U0MAYA", "I don't want to live anymore")

    assert "Emergency services" in str(answer)
    assert "Nobody has been told" in str(answer)


async def test_two_demos_take_two_ports_and_a_folder_is_used_once(tmp_path):
    port = free_port("127.0.0.1", 8600)
    async with demo(tmp_path / "one", port) as one, demo(tmp_path / "two", port) as two:
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

"""Whatever is sent to the playground, it answers in words, and the next start finds everything readable."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner
from page_session import page_session

from playground.__main__ import main
from playground.browser import ui, world
from playground.driver import Playground
from playground.foundation.errors import Damaged
from playground.foundation.wall import StillWall
from playground.web_api.incoming import MOST_LEVELS, parsed
from playground.web_api.web_api import METHODS


def nested(levels: int) -> Any:
    return json.loads("[" * levels + "]" * levels)


ODD: tuple[Any, ...] = (
    None,
    -1,
    10**30,
    1e308,
    "\x00\x1b",
    "9" * 5_000,
    [None],
    {},
    {"a": {"b": [1]}},
    {"type": "home", "blocks": [{}]},
    [{"type": "section", "text": 5}],
    nested(40),
)
FIELDS = (
    "blocks",
    "view",
    "metadata",
    "ts",
    "thread_ts",
    "text",
    "user",
    "channel",
    "limit",
    "cursor",
    "files",
)
PAGE_FIELDS = (
    "user",
    "conversation",
    "text",
    "thread_ts",
    "container",
    "state",
    "minutes",
    "skip_seconds",
    "to",
)
BROKEN = (
    ("application/json", b"["),
    ("application/json", b"[" * 100_000),
    ("application/json", b'"x"'),
    ("application/json", b'{"text": "\\ud800"}'),
    ("application/json", b'{"limit": 1e999}'),
    ("application/json", json.dumps({"metadata": {"event_payload": nested(150)}}).encode()),
    ("application/json; charset=nothing", b"{}"),
    ("application/json", b"\xff\xfe"),
    ("application/x-www-form-urlencoded; charset=nothing", b"a=1"),
    ("application/x-www-form-urlencoded", b"a=%ff&metadata=" + b"[" * 5_000),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
)
SENDERS = ("Basic eA==", "Basic //8=", "Basic é", "Bearer", "Basic OmnDqQ==")


def good(slack: Playground, ts: str) -> dict[str, Any]:
    """Arguments with which most methods and acts do something."""
    return {
        "user": "U0MAYA",
        "users": "U0MAYA",
        "user_id": "U0MAYA",
        "channel": slack.slack.workspace.dm("U0MAYA").id,
        "conversation": slack.slack.workspace.dm("U0MAYA").id,
        "text": "Hello",
        "ts": ts,
        "view": {"type": "home", "blocks": []},
        "view_id": getattr(slack.home("U0MAYA"), "id", ""),
        "minutes": 5,
        "presence": "away",
    }


def odd(base: dict[str, Any], fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    yield base
    for field in fields:
        for value in ODD:
            yield {**base, field: value}


async def test_nothing_that_is_sent_breaks_an_answer_or_the_next_start(tmp_path: Path):
    async with (
        Playground.start(wall=StillWall(), data_dir=tmp_path, retry_delays=()) as slack,
        page_session(slack.page_url) as page,
    ):
        bot, app = ({"Authorization": f"Bearer {token}"} for token in (slack.bot_token, slack.app_token))
        posted = slack.slack.post(slack.slack.workspace.dm("U0MAYA"), slack.bot_user_id, text="Hello")
        base = good(slack, posted.ts)

        async def sent(verb: str, path: str, **parts: Any) -> None:
            async with page.request(verb, path, **parts) as answer:
                assert answer.status < 500, (verb, path, parts)

        for name in METHODS.keys() - {"auth.revoke", "apps.uninstall"}:
            headers = app if METHODS[name].token == "app" else bot
            for body in odd(base, FIELDS if "chat" in name or "view" in name else FIELDS[:1]):
                await sent("POST", f"/api/{name}", json=body, headers=headers)
        for act in ui.POSTS:
            for body in odd(base, PAGE_FIELDS):
                await sent("POST", f"/ui/{act}", json=body)
        for picture in world.PICTURES:
            await sent("GET", f"/ui/{picture}")
            await sent("GET", f"/ui/{picture}?user=U0MAYA&after=x&limit=x&conversation=C0GENERAL")
        for kind, raw in BROKEN:
            await sent("POST", "/api/chat.postMessage", data=raw, headers={**bot, "Content-Type": kind})
            await sent("POST", "/ui/message", data=raw, headers={"Content-Type": kind})
            await sent("POST", "/respond/x", data=raw, headers={"Content-Type": kind})
        for sender in SENDERS:
            await sent(
                "POST", "/api/oauth.v2.access", headers={"Authorization": sender.encode().decode("latin-1")}
            )

    async with (
        Playground.start(wall=StillWall(), data_dir=tmp_path) as slack,
        page_session(slack.page_url) as page,
    ):
        for person in slack.slack.workspace.people.named():
            async with page.get("/ui/world", params={"user": person.id}) as answer:
                assert answer.status == 200


async def test_what_could_not_be_read_again_is_not_kept(tmp_path: Path):
    async with (
        Playground.start(wall=StillWall(), data_dir=tmp_path) as slack,
        aiohttp.ClientSession(slack.url) as app,
    ):
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        body = {"channel": "U0MAYA", "text": "Hello", "metadata": ["no group of keys"]}
        async with app.post("/api/chat.postMessage", json=body, headers=headers) as answer:
            refused = await answer.json()

        assert refused == {"ok": False, "error": "invalid_metadata_format"}
        assert slack.dm("U0MAYA") == []


@pytest.mark.parametrize(
    "text",
    ["[" * (MOST_LEVELS + 1) + "]" * (MOST_LEVELS + 1), '"\\ud800"', "NaN", "1e999", "[", "", "9" * 5_000],
)
def test_json_that_could_not_be_read_again_is_not_read(text: str):
    with pytest.raises(ValueError):  # noqa: PT011  # whatever the parser calls it
        parsed(text)


def test_as_many_levels_as_can_be_kept_are_read():
    text = "[" * (MOST_LEVELS - 1) + "]" * (MOST_LEVELS - 1)

    assert json.dumps(parsed(text)) == text


async def kept(folder: Path) -> Path:
    """Leave a file as a playground leaves it, with enough in it to be damaged."""
    async with Playground.start(wall=StillWall(), data_dir=folder) as slack:
        for number in range(200):
            slack.slack.post(slack.slack.workspace.dm("U0MAYA"), slack.bot_user_id, text=f"{number} " * 50)
    return folder / "playground.sqlite3"


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4_096:20_480] = b"\xff" * 16_384
    file.write_bytes(content)


def no_database(file: Path) -> None:
    file.write_text("This was a database. " * 500)


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def another_table(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE record")
        database.execute("CREATE TABLE record (something TEXT)")


def half_a_record(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE record SET body = substr(body, 1, 20) WHERE kind = 'message'")


def a_stranger(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("INSERT INTO record VALUES ('file', 'F1', '{}')")


DAMAGE = (truncated, overwritten, no_database, a_folder, another_table, half_a_record, a_stranger)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda it: it.__name__)
async def test_a_damaged_file_is_named_with_what_to_do_and_is_left_as_it_is(tmp_path: Path, damage: Any):
    file = await kept(tmp_path)
    damage(file)
    before = file.read_bytes() if file.is_file() else b""

    with pytest.raises(Damaged, match="Move it away to begin with an empty workspace"):
        async with Playground.start(wall=StillWall(), data_dir=tmp_path):
            pass

    assert (file.read_bytes() if file.is_file() else b"") == before


async def test_an_empty_file_is_an_empty_workspace(tmp_path: Path):
    (tmp_path / "playground.sqlite3").touch()

    async with Playground.start(wall=StillWall(), data_dir=tmp_path) as slack:
        assert slack.dm("U0MAYA") == []


def test_a_damaged_file_ends_the_program_in_one_sentence(tmp_path: Path):
    no_database(tmp_path / "playground.sqlite3")

    shown = CliRunner().invoke(main, ["--port", "0", "--data", str(tmp_path)])

    assert shown.exit_code == 1
    assert shown.output.count("\n") == 1
    assert shown.output.startswith(
        f"Error: {tmp_path / 'playground.sqlite3'} cannot be read: file is not a database."
    )

"""Storage asks nothing of a server that Redis 6.2 does not have: the promise to whoever sets REDIS_URL."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from redis import Redis

import storage

FOLDER = Path(storage.__file__).parent
OLDEST = (6, 2)
Words = tuple[str, ...]


def in_lua(text: str) -> Iterator[Words]:
    """Yield the literal words of each call, the command first."""
    for call in text.split("redis.call(")[1:]:
        yield tuple(re.findall(r"'([^']*)'", call.partition("\n")[0]))


def in_python(text: str) -> Iterator[Words]:
    """Yield the literal words of whatever lists words, the command first where it is one."""
    for node in ast.walk(ast.parse(text)):
        listed = {ast.Call: "args", ast.Tuple: "elts", ast.List: "elts"}.get(type(node))
        found = getattr(node, listed) if listed else ()
        words = tuple(it.value for it in found if isinstance(it, ast.Constant) and isinstance(it.value, str))
        if words:
            yield words


def sent() -> set[Words]:
    """What the package sends: commands with their literal arguments."""
    lua = {words for file in FOLDER.rglob("*.lua") for words in in_lua(file.read_text("utf-8"))}
    return lua | {words for file in FOLDER.rglob("*.py") for words in in_python(file.read_text("utf-8"))}


def tokens(arguments: list[dict[str, Any]], since: str) -> Iterator[tuple[str, str]]:
    """Yield each word that a command takes as an argument, and the version that brought it."""
    for argument in arguments:
        own = argument.get("since", since)
        if "token" in argument:
            yield argument["token"], own
        yield from tokens(argument.get("arguments", []), own)


def parts(words: Words, docs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a command and its arguments, each with the version that brought it, where that is known."""
    command = docs[words[0].lower()]
    yield words[0], command["since"]
    subcommand = f"{words[0]}|{words[1]}".lower() if len(words) > 1 else ""
    command = command.get("subcommands", {}).get(subcommand, command)
    oldest: dict[str, str] = {}
    for token, since in tokens(command.get("arguments", []), command["since"]):
        oldest[token] = min(since, oldest.get(token, since), key=number)
    for word in words[1:]:
        yield f"{words[0]} {word}", oldest.get(word, command["since"])


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_every_command_and_argument_is_as_old_as_redis_6_2(bundled_redis: str):
    with Redis.from_url(bundled_redis, decode_responses=True, protocol=3) as redis:
        docs: Mapping[str, Any] = redis.execute_command("COMMAND DOCS")
    commands = {words for words in sent() if words[0].isupper() and words[0].lower() in docs}

    newer = {
        part: since for words in commands for part, since in parts(words, docs) if number(since)[:2] > OLDEST
    }

    assert {"EVALSHA", "MGET", "SCAN", "SET", "XAUTOCLAIM", "XGROUP", "ZADD"} <= {it[0] for it in commands}
    assert newer == {}

"""The line to Redis, one server or a cluster: every round trip of storage goes through here.

A command that may be repeated is sent again once when its connection turns out to be dead; a script never is.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, cast
from urllib.parse import unquote, urlsplit

from redis import __version__, exceptions
from redis.asyncio import ConnectionPool, Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.driver_info import DriverInfo

from storage.connection.errors import StorageAway, StorageForeign
from storage.connection.scripts import Script
from storage.connection.troubles import trouble_of, word_of

Word = str | int | float
Command = Sequence[Word]

CONNECTIONS = 32
DRIVER = DriverInfo(lib_version=__version__)  # else each connection reads it from the files of the package
CLUSTER = "redis+cluster"
CLUSTER_TLS = "rediss+cluster"
AWAY = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ClusterError,
    exceptions.RedisClusterException,
    exceptions.ReadOnlyError,
    exceptions.TryAgainError,
    exceptions.OutOfMemoryError,
    exceptions.NoPermissionError,
    OSError,
    EOFError,
    AttributeError,  # redis-py uses a connection that a failing cluster node has just taken from it
)


class Wire(Protocol):
    """What storage asks of a line to Redis. Each method is one round trip and may raise StorageAway."""

    async def call(self, *command: Word) -> Any:
        """The answer to one command that may safely be sent twice."""

    async def calls(self, commands: Sequence[Command]) -> list[Any]:
        """The answers to several commands, sent together, over any shards."""

    async def run(self, script: Script, keys: Sequence[str], words: Sequence[Word]) -> Any:
        """The answer of a script; all keys lie in one shard."""

    async def find(self, pattern: str, near: str | None = None) -> set[str]:
        """All matching keys, in many round trips: of the server that holds *near*, or of every one."""

    def pages(self, pattern: str, near: str | None = None) -> AsyncIterator[set[str]]:
        """Yield the same some at a time, each key at least once."""

    async def each(self, *command: Word) -> list[Any]:
        """What every server that may be written to answers."""

    async def apart(self, keys: Sequence[str]) -> list[str]:
        """One of the keys for every server that holds some of them; no round trip."""

    async def close(self) -> None:
        """Give all connections back."""


class Server(Protocol):
    """Something that answers commands."""

    async def execute_command(self, *command: Word) -> Any: ...


class Client(Server, Protocol):
    """The part that redis-py's two clients have in common."""

    def pipeline(self, transaction: bool | None = None) -> Any: ...

    async def aclose(self) -> None: ...


class RedisWire:
    """A line to Redis by redis-py. No round trip takes longer than *limit* seconds."""

    def __init__(self, client: Client, limit: float) -> None:
        self._client, self._limit = client, limit
        # One connection a round trip: more of them would only wait in Redis, which does one thing at a time.
        self._places = asyncio.Semaphore(CONNECTIONS)

    async def call(self, *command: Word) -> Any:
        """The answer to one command that may safely be sent twice."""
        async with present(self._limit), self._places:
            try:
                return await self._client.execute_command(*command)
            except exceptions.ConnectionError:
                return await self._client.execute_command(*command)

    async def calls(self, commands: Sequence[Command]) -> list[Any]:
        """The answers to several commands, sent together, over any shards."""
        async with present(self._limit), self._places:
            try:
                return await self._pipelined(commands)
            except exceptions.ConnectionError:
                return await self._pipelined(commands)

    async def run(self, script: Script, keys: Sequence[str], words: Sequence[Word]) -> Any:
        """The answer of a script; Redis is sent its text where it does not know it (any more)."""
        async with present(self._limit), self._places:
            try:
                return await self._client.execute_command("EVALSHA", script.sha, len(keys), *keys, *words)
            except exceptions.NoScriptError:
                return await self._client.execute_command("EVAL", script.text, len(keys), *keys, *words)

    async def find(self, pattern: str, near: str | None = None) -> set[str]:
        """All matching keys, in many round trips: of the server that holds *near*, or of every one."""
        found: set[str] = set()
        async for page in self.pages(pattern, near):
            found.update(page)
        return found

    async def pages(self, pattern: str, near: str | None = None) -> AsyncIterator[set[str]]:
        """Yield the same some at a time, each key at least once."""
        for server in self._servers(near):
            cursor = 0
            while True:
                async with present(self._limit), self._places:
                    answer = await server.execute_command("SCAN", cursor, "MATCH", pattern, "COUNT", 1000)
                yield set(answer[1])
                cursor = int(answer[0])
                if cursor == 0:
                    break

    async def each(self, *command: Word) -> list[Any]:
        """What every server that may be written to answers."""
        async with present(self._limit), self._places:
            return [await server.execute_command(*command) for server in self._servers(None)]

    async def apart(self, keys: Sequence[str]) -> list[str]:
        """One of the keys for every server that holds some of them; no round trip."""
        if not isinstance(self._client, RedisCluster):
            return list(keys[:1])
        async with present(self._limit):
            return list({self._client.get_node_from_key(key): key for key in keys}.values())

    async def close(self) -> None:
        """Give all connections back."""
        await self._client.aclose()

    def _servers(self, near: str | None) -> list[Server]:
        if not isinstance(self._client, RedisCluster):
            return [self._client]
        nodes = self._client.get_primaries() if near is None else [self._client.get_node_from_key(near)]
        return cast(list[Server], nodes)

    async def _pipelined(self, commands: Sequence[Command]) -> list[Any]:
        pipeline = self._client.pipeline(transaction=False)
        for command in commands:
            pipeline.execute_command(*command)
        return cast(list[Any], await pipeline.execute())


@asynccontextmanager
async def present(limit: float) -> AsyncIterator[None]:
    """Turn every sign that Redis is away, slow, full or failing over into StorageAway."""
    try:
        async with asyncio.timeout(limit):
            yield
    except AWAY as error:
        raise StorageAway(str(error), trouble_of(error)) from error
    except exceptions.ResponseError as error:
        if trouble := word_of(str(error)):
            raise StorageAway(str(error), trouble) from error
        if str(error).startswith(("FOREIGN", "WRONGTYPE")):
            raise StorageForeign(str(error)) from error
        raise


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A flat answer of names and values as pairs."""
    each = iter(words)
    return zip(each, each, strict=True)


def connect(url: str, *, timeout: float = 1.0) -> RedisWire:
    """A line to `redis://`, `rediss://`, `unix://` or `redis+cluster://host:port,host:port`.

    *timeout* bounds connecting and each answer, in seconds, and twice that a whole round trip with its
    redirections. Nothing is sent yet.
    """
    scheme = urlsplit(url).scheme
    if scheme in (CLUSTER, CLUSTER_TLS):
        return RedisWire(_cluster(url, timeout), 2 * timeout)
    if scheme not in ("redis", "rediss", "unix"):
        raise ValueError(f"not the address of a Redis: {scheme}://…")
    return RedisWire(cast(Client, Redis.from_pool(_pool(url, timeout))), 2 * timeout)


def is_address(url: str) -> bool:
    """Whether all of an address is understood; nothing is sent."""
    try:
        if urlsplit(url).scheme in (CLUSTER, CLUSTER_TLS):
            _cluster(url, 1.0)
        else:
            _pool(url, 1.0).make_connection()  # type: ignore[no-untyped-call]
    except (ValueError, TypeError):
        return False
    return True


def _pool(url: str, timeout: float) -> ConnectionPool:
    return ConnectionPool.from_url(
        url,
        decode_responses=True,
        protocol=2,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        driver_info=DRIVER,
    )


def _cluster(url: str, timeout: float) -> Client:
    parts = urlsplit(url)
    hosts = parts.netloc.rpartition("@")[2].split(",")
    nodes = [ClusterNode(*_host_and_port(host)) for host in hosts]
    cluster = RedisCluster(
        startup_nodes=nodes,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        ssl=parts.scheme == CLUSTER_TLS,
        decode_responses=True,
        protocol=2,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
        driver_info=DRIVER,
    )
    return cast(Client, cluster)


def _host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "6379")
    return host.strip("[]"), int(port)

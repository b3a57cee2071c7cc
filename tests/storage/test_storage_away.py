"""Redis away, slow, full or started anew: a clear error soon, and no help needed afterwards."""

import asyncio
import signal
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import redis_servers
from hurried_loop import hurried
from make_storage import ROSTER, SECRET, Burden, Member, Task
from redis.exceptions import ConnectionError, ResponseError

from kernel.store import Changes, Later, Show
from kernel.values import WorkspaceId
from storage import StorageAway, StorageForeign, Stores, Trouble
from storage.connection.wire import connect, present

AnyStores = Stores[Member, Burden]
HERE = WorkspaceId("T1")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[AnyStores]:
    stores = await Stores.open(url, ROSTER, secret=SECRET)
    try:
        yield stores
    finally:
        await stores.close()


async def put(stores: AnyStores, id: str) -> None:
    changes = Changes(
        put=[Task(id=id)], later=[Later("make", id, Task(id=id).made_at)], show=[Show(f"task:{id}", "U1")]
    )
    await stores.of(HERE).commit(lambda _: (None, changes))


async def test_a_redis_that_is_not_there_is_said_to_be_away(tmp_path: Path):
    for url in (f"unix://{tmp_path}/none", "redis://127.0.0.1:1", "redis+cluster://127.0.0.1:1"):
        with pytest.raises(StorageAway):
            await Stores.open(url, ROSTER, secret=SECRET, within=0)


@pytest.mark.parametrize(
    "error",
    [
        ResponseError(
            "OOM command not allowed when used memory > 'maxmemory'. script: 4bf1, on @user_script"
        ),
        ResponseError("ERR Error running script (call to f_4bf1): @user_script:46: -OOM command not allowed"),
        ResponseError("READONLY You can't write against a read only replica. script: 4bf1"),
        ResponseError("ERR Error running script: @user_script: 46: -READONLY You can't write here"),
        ResponseError("MISCONF Redis is configured to save RDB snapshots, but it can't persist to disk"),
        ResponseError("BUSY Redis is busy running a script"),
        ResponseError(
            "Command # 1 (SET a 1) of pipeline caused error: ('NOREPLICAS Not enough good replicas',)"
        ),
        ResponseError("ACL failure in script: User w has no permissions to run the 'hset' command"),
        ResponseError("The user executing the script can't run this command or subcommand script: 80c9"),
        ResponseError("unknown command 'XAUTOCLAIM', with args beginning with: 'a'"),
        ResponseError("Unknown Redis command called from script script: 5581, on @user_script:1."),
        AttributeError("'NoneType' object has no attribute 'execute_command'"),
        EOFError(),
        ConnectionResetError(),
        TimeoutError(),
    ],
    ids=str,
)
async def test_every_sign_that_redis_is_away_is_known_as_such(error: Exception):
    with pytest.raises(StorageAway):
        async with present(1.0):
            raise error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ConnectionError("max number of clients reached"), Trouble.CROWDED),
        (ConnectionError("Error UNKNOWN while writing to socket. Connection lost."), Trouble.HUNG_UP),
        (ConnectionResetError(104, "Connection reset by peer"), Trouble.HUNG_UP),
        (ConnectionRefusedError(111, "Connection refused"), Trouble.SILENT),
        (ResponseError("DENIED Redis is running in protected mode because"), Trouble.PROTECTED),
        (
            ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required"),
            Trouble.OWN_CERTIFICATE,
        ),
        (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), Trouble.TLS),
    ],
    ids=str,
)
async def test_why_redis_turns_away_is_told(error: Exception, trouble: Trouble):
    with pytest.raises(StorageAway) as away:
        async with present(1.0):
            raise error

    assert away.value.trouble is trouble


async def test_what_is_not_ours_under_a_name_that_is_is_told_apart():
    with pytest.raises(StorageForeign):
        async with present(1.0):
            raise ResponseError("WRONGTYPE Operation against a key holding the wrong kind of value")


@pytest.mark.parametrize(
    "text", ["ERR wrong number of arguments", "ERR syntax error", "NOSCRIPT No matching script"]
)
async def test_an_error_of_our_own_is_not_taken_for_an_absence(text: str):
    with pytest.raises(ResponseError):
        async with present(1.0):
            raise ResponseError(text)


async def test_a_redis_that_hangs_is_away_within_slack_s_three_seconds_and_then_back(tmp_path: Path):
    with redis_servers.one_process(tmp_path) as (url, process):
        async with opened(url) as stores:
            await put(stores, "before")
            process.send_signal(signal.SIGSTOP)
            with hurried() as passed, pytest.raises(StorageAway):
                await put(stores, "meanwhile")
            assert passed() < 2.8
            process.send_signal(signal.SIGCONT)

            await put(stores, "after")

            assert "after" in await stores.of(HERE).ids("tasks")


async def test_a_redis_that_was_started_again_is_used_again(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with redis_servers.one_process(first) as (url, _):
        stores = await Stores.open(url, ROSTER, secret=SECRET)
        await put(stores, "before")
    with pytest.raises(StorageAway):
        await put(stores, "meanwhile")

    with redis_servers.one_process(second, socket=first / "redis.sock"):
        await put(stores, "after")
        assert await stores.of(HERE).ids("tasks") == ["after"]
        assert len(await stores.notices.take("w")) == 1
        await stores.close()


async def test_forgotten_scripts_are_sent_again(any_stores: AnyStores, any_redis_url: str):
    await put(any_stores, "a")
    for redis in redis_servers.each_server(any_redis_url):
        redis.script_flush()

    await put(any_stores, "b")

    assert await any_stores.of(HERE).ids("tasks") == ["a", "b"]


async def test_a_full_redis_is_away_and_nothing_is_half_written(tmp_path: Path):
    with redis_servers.one_process(tmp_path) as (url, _):
        async with opened(url) as stores:
            await stores.wire.call("CONFIG", "SET", "maxmemory", "1")
            with pytest.raises(StorageAway):
                await put(stores, "a")
            assert await stores.wire.call("DBSIZE") == 0


async def test_a_redis_that_only_reads_is_away(tmp_path: Path):
    with redis_servers.one_process(tmp_path) as (url, _):
        async with opened(url) as stores:
            await stores.wire.call("REPLICAOF", "127.0.0.1", "1")
            with pytest.raises(StorageAway):
                await put(stores, "a")


@pytest.mark.cluster
async def test_a_cluster_that_lost_a_process_is_away(tmp_path: Path):
    with redis_servers.cluster_processes(tmp_path) as (url, processes):
        async with opened(url) as stores:
            await put(stores, "a")
            processes[0].kill()
            with hurried() as passed, pytest.raises(StorageAway):
                await stores.ping()
            assert passed() < 2.8


@pytest.mark.cluster
async def test_a_cluster_that_hangs_is_away_as_soon(tmp_path: Path):
    with redis_servers.cluster_processes(tmp_path) as (url, processes):
        async with opened(url) as stores:
            await put(stores, "a")
            for process in processes:
                process.send_signal(signal.SIGSTOP)
            with hurried() as passed:
                with pytest.raises(StorageAway):
                    await put(stores, "b")
                with pytest.raises(StorageAway):
                    await stores.of(HERE).ids("tasks")
            assert passed() < 2 * 2.8


@pytest.mark.parametrize("url", ["http://x", "127.0.0.1:6379", ""])
def test_an_address_of_something_else_is_refused(url: str):
    with pytest.raises(ValueError, match="not the address of a Redis"):
        connect(url)


async def test_who_is_cancelled_never_leaves_an_answer_to_the_next(any_stores: AnyStores):
    store = any_stores.of(HERE)
    ids = [f"t{number}" for number in range(120)]
    await store.commit(lambda _: (None, Changes(put=[Task(id=id, text=id) for id in ids])))

    for turns, id in enumerate(ids):
        look = asyncio.create_task(store.look(lambda read, id=id: read.get(Task, id).text))
        for _ in range(turns % 20):
            await asyncio.sleep(0)
        look.cancel()
        await asyncio.wait([look])

    assert [await store.look(lambda read, id=id: read.get(Task, id).text) for id in ids] == ids

"""What `/readyz` says: no where a write would fail or may be lost; and how often it looks."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import pytest
import redis_servers
from app_world import QUICK, slower, start_world
from make_storage import ROSTER, SECRET
from patience import PATIENCE
from redis import Redis

from kernel.values import PersonId
from mentoring.people import care_notes
from slackapp.bootstrap import readiness
from slackapp.bootstrap.readiness import STOPPING, Fresh
from slackapp.process.redis_words import sentence
from storage import StorageAway, Stores, conditions, try_write
from storage.connection.keys import ALL_SHARDS
from storage.connection.wire import connect


async def get(world):
    address = f"http://127.0.0.1:{world.app.port}/readyz"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text(), answer.headers.get("Connection")


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis whose settings no other test goes by."""
    with redis_servers.one_server(tmp_path_factory.mktemp("own")) as url:
        yield url


@contextmanager
def told(url: str, *commands: tuple[str, ...]) -> Iterator[None]:
    """Give a server commands, and take back what they changed at the end."""
    with Redis.from_url(url) as redis:
        for command in commands:
            redis.execute_command(*command)
        try:
            yield
        finally:
            redis.execute_command("REPLICAOF", "NO", "ONE")
            for name, value in (("maxmemory", 0), ("maxmemory-policy", "noeviction")):
                redis.config_set(name, value)
            redis.config_set("min-replicas-to-write", 0)


REPLICA = ("REPLICAOF", "127.0.0.1", "1")
FULL = ("CONFIG", "SET", "maxmemory", "1")
LONELY = ("CONFIG", "SET", "min-replicas-to-write", "1")


def policy(name: str) -> tuple[str, ...]:
    return ("CONFIG", "SET", "maxmemory-policy", name)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("PING",), None),
        (REPLICA, "set REDIS_URL to the primary"),
        (FULL, "raise its maxmemory"),
        (LONELY, "min-replicas-to-write"),
        (policy("allkeys-lru"), "maxmemory-policy allkeys-lru"),
        (policy("volatile-ttl"), "set it to noeviction"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
async def test_a_redis_that_would_not_take_or_keep_a_write_is_named(own_redis, command, said):
    stores = await Stores.open(own_redis, ROSTER, secret=SECRET, timeout=30)
    look = readiness.storage(stores)
    try:
        with told(own_redis, command):
            found = await look()
        again = await look()
    finally:
        await stores.close()

    assert (found is None) if said is None else said in str(found)
    assert again is None


async def test_a_redis_that_says_nothing_of_itself_is_believed(own_redis):
    with Redis.from_url(own_redis) as redis:
        redis.execute_command("ACL", "SETUSER", "quiet", "on", ">word", "~*", "+@all", "-info", "-config")
    url = own_redis.replace("unix://", "unix://quiet:word@")
    stores = await Stores.open(url, ROSTER, secret=SECRET, timeout=30)
    try:
        assert await readiness.storage(stores)() is None
    finally:
        await stores.close()


@pytest.mark.parametrize(
    ("may", "said"),
    [
        ("~* +@read +@connection +info +config", "allow it all commands and keys"),
        ("~* +@all -hset", "allow it all commands and keys"),
        ("~* +@all -xautoclaim", "allow it all commands and keys"),
        ("~* +@all -@blocking", "allow it all commands and keys"),
        ("~* +@all -@scripting", "allow it all commands and keys"),
        ("~* +@all -scan", "allow it all commands and keys"),
        ("~other:* +@all", "allow it all commands and keys"),
        ("~wm:* +@all -@dangerous", None),
    ],
)
async def test_a_user_of_redis_who_may_not_do_all_that_storage_does_is_named(own_redis, may, said):
    with Redis.from_url(own_redis) as redis:
        redis.execute_command("ACL", "SETUSER", "some", "reset", "on", ">word", *may.split())
    wire = connect(own_redis.replace("unix://", "unix://some:word@"), timeout=30)
    try:
        await try_write(wire)
        found = None
    except StorageAway as away:
        found = sentence(away)
    finally:
        await wire.close()

    assert (found is None) if said is None else said in str(found)


async def test_every_server_is_written_to_and_the_key_has_an_end(any_stores):
    await try_write(any_stores.wire)

    ends = await any_stores.wire.calls([("TTL", shard.trial) for shard in ALL_SHARDS])
    written = [end for end in ends if end != -2]
    assert len(written) == len(await conditions(any_stores.wire))
    assert all(0 < end <= 60 for end in written)


async def test_however_many_ask_it_is_looked_up_once_in_a_while():
    looks, seconds = [], [0.0]

    async def look():
        await asyncio.sleep(0)
        looks.append(None)
        return len(looks)

    fresh = Fresh(look, 1.0, lambda: seconds[0])
    at_once = await asyncio.gather(*(fresh.get() for _ in range(40)))
    seconds[0] = 0.9
    soon = await fresh.get()
    seconds[0] = 1.0

    assert set(at_once) == {soon} == {1}
    assert await fresh.get() == 2


async def test_a_bot_token_that_slack_takes_no_more_is_said(tmp_path, redis_url):
    often = slower(QUICK, ask=0.05)
    async with start_world(tmp_path, redis_url, transport="http", tempo=often) as world:
        world.slack.faults.fail("auth.test", times=3)
        before = await get(world)
        world.slack.slack.revoke(world.slack.bot_token)
        async with asyncio.timeout(PATIENCE):
            while (after := await get(world))[0] == 200:
                pass

    assert before[0] == 200
    assert "SLACK_BOT_TOKEN" in after[1]


async def test_an_app_that_was_removed_is_not_ready(http_world):
    await http_world.slack.uninstall()
    await http_world.settle()

    assert "was removed" in (await get(http_world))[1]


async def test_who_stops_says_so_and_hangs_up(http_world):
    http_world.app.readiness.is_stopping = True

    status, text, connection = await get(http_world)

    assert (status, connection) == (503, "close")
    assert STOPPING in text


async def figure(world) -> str:
    address = f"http://127.0.0.1:{world.app.metrics_port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        lines = (await answer.text()).splitlines()
    return next(line for line in lines if line.startswith("waymark_dead_letters "))


@pytest.mark.gated
async def test_the_figure_of_what_was_given_up_is_true_though_nobody_asks_for_readiness(http_world):
    before = await figure(http_world)
    desk = await http_world.desk()
    await care_notes.tell(desk, PersonId("U0NOBODY"), "0a1b.harassment", http_world.now, once="k")
    await http_world.settle()
    after = await figure(http_world)
    await http_world.redis_away()

    assert [before, after] == ["waymark_dead_letters 0.0", "waymark_dead_letters 1.0"]
    assert await figure(http_world) == "waymark_dead_letters NaN"

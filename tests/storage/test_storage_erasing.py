"""A workspace that has removed the app is gone, and stays gone, whatever was under way on other workers."""

from collections.abc import Callable, Coroutine
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import redis_servers
from gated import Crew, Worker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_storage import NOW, Burden, Member, Task

from kernel.errors import NotFound, NotInstalled, Superseded
from kernel.store import Changes, Later, Show
from kernel.values import WorkspaceId
from storage import Installation, InstalledSince, LeaseLost, Notice, Stores
from storage.connection.keys import keys_of

AnyStores = Stores[Member, Burden]
Job = Callable[[Worker], Coroutine[Any, Any, None]]

GONE = WorkspaceId("T1GONE")
SECOND = timedelta(seconds=1)
EVERY = Changes(
    put=[Task(id="a"), Member(id="U1")],
    later=[Later("make", "a", NOW), Later("make", "b", NOW + timedelta(days=9))],
    show=[Show("task:a", "U1")],
)


def installation(workspace: WorkspaceId, at: Any = NOW) -> Installation:
    return Installation(
        workspace=workspace, bot_token="xoxb-secret", bot_id="B1", bot_user_id="U0", installed_at=at
    )


async def write(stores: AnyStores, workspace: WorkspaceId, changes: Changes = EVERY) -> None:
    await stores.of(workspace).commit(lambda _: (None, changes))


async def commit(worker: Worker) -> None:
    await write(worker.stores, GONE)


async def fill_directory(worker: Worker) -> None:
    await worker.stores.directory.index(GONE)


def work(fate: str) -> Job:
    """The job to take what is due and to end it in one way."""

    async def job(worker: Worker) -> None:
        agenda, store = worker.stores.agenda, worker.stores.of(GONE)
        await agenda.tick(NOW, [store.at.shard])
        for due in await agenda.take(worker.name, 3, [store.at.shard]):
            match fate:
                case "commit":
                    with suppress(Superseded):
                        await store.commit(lambda _: (None, EVERY), due=due)
                case "retry":
                    await agenda.retry(due, NOW, "failed")
                case "give up":
                    await agenda.retry(replace(due, attempt=8), NOW, "failed")
                case _:
                    await agenda.done(due)

    return job


def deliver(fate: str) -> Job:
    """The job to lease the cards that are behind, and to end each in one way."""

    async def job(worker: Worker) -> None:
        notices, shard = worker.stores.notices, worker.stores.of(GONE).at.shard
        for notice in await notices.take(worker.name, 3, [shard]):
            lease = await notices.lease(notice)
            if lease is None:
                continue
            match fate:
                case "show":
                    facts = {"channel": "D1", "ts": "1.0", "state": "", "digest": "x"}
                    with suppress(LeaseLost):
                        await notices.posting(lease, "a message")
                        await notices.shown(lease, revision=lease.card.wanted, **facts)
                case "retry":
                    await notices.retry(notice, lease, "failed", after=0)
                case "bury":
                    await notices.bury(notice, lease, "failed")
                case _:
                    with suppress(LeaseLost):
                        await notices.settle(lease)

    return job


ERRANDS = [
    commit,
    fill_directory,
    *(work(fate) for fate in ("commit", "retry", "give up", "done")),
    *(deliver(fate) for fate in ("show", "retry", "bury", "settle")),
]


def quietly(jobs: list[Job]) -> Job:
    """One job that does these in turn, of which each may be refused."""

    async def job(worker: Worker) -> None:
        for each in jobs:
            with suppress(NotInstalled, NotFound):
                await each(worker)

    return job


async def erase(worker: Worker) -> None:
    await worker.stores.erase(GONE)


def under_way_while_erased(url: str, errands: list[list[Job]], schedule: list[tuple[int, int]]) -> str:
    """Let two workers do their errands while a third erases; return what Redis holds in the end."""
    redis_servers.empty(url)
    crew = Crew(url, size=3)
    try:
        for job in (commit, deliver("retry"), commit, work("give up"), commit):
            crew.do(job(crew.as_worker()))
        for worker, job in zip(crew.workers, (*map(quietly, errands), erase), strict=True):
            crew.do(worker.begin(job(worker)))
        for index, trips in schedule:
            for _ in range(trips):
                crew.do(crew.workers[index].move())
        for worker in crew.workers:
            crew.finish(worker)
        for job in [work("done"), deliver("settle")] * 4:
            crew.do(job(crew.as_worker()))
        return redis_servers.everything_in(url)
    finally:
        crew.close()


OF_ONE = st.lists(st.sampled_from(ERRANDS), min_size=1, max_size=3)
SCHEDULES = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 6)), max_size=12)
PATIENT = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def only_that_it_left(found: str) -> bool:
    key = keys_of(GONE).stay
    return [line for line in found.splitlines() if GONE in line] == [repr((key.encode(), b"left"))]


@PATIENT
@given(one=OF_ONE, other=OF_ONE, schedule=SCHEDULES)
def test_whatever_is_under_way_nothing_comes_back(redis_url: str, one: list[Job], other: list[Job], schedule):
    assert only_that_it_left(under_way_while_erased(redis_url, [one, other], schedule))


@pytest.mark.cluster
@settings(PATIENT, max_examples=10)
@given(one=OF_ONE, other=OF_ONE, schedule=SCHEDULES)
def test_nor_does_it_on_a_cluster(redis_cluster: str, one: list[Job], other: list[Job], schedule):
    assert only_that_it_left(under_way_while_erased(redis_cluster, [one, other], schedule))


@pytest.mark.parametrize("errand", ERRANDS)
def test_each_errand_may_meet_the_erasing_at_every_step(redis_url: str, errand: Job):
    for before in range(1, 8):
        for within in (2, 3, 4, 6, 20):
            schedule = [(0, before), (2, within), (0, 20)]
            assert only_that_it_left(under_way_while_erased(redis_url, [[errand], []], schedule))


async def test_a_refused_commit_is_told_and_writes_nothing(any_stores: AnyStores, workspace: WorkspaceId):
    told: list[WorkspaceId] = []
    any_stores.departed = told.append
    await write(any_stores, workspace)
    await any_stores.erase(workspace)

    with pytest.raises(NotInstalled):
        await any_stores.of(workspace).commit(lambda _: (None, EVERY), once="k")

    assert told == [workspace]
    assert await any_stores.wire.find(keys_of(workspace).everything) == {keys_of(workspace).stay}


async def test_what_is_read_of_an_erased_workspace_writes_nothing(
    any_stores: AnyStores, workspace: WorkspaceId
):
    await write(any_stores, workspace)
    await any_stores.directory.index(workspace)
    await any_stores.erase(workspace)

    assert list(await any_stores.directory.index(workspace)) == []
    assert await any_stores.of(workspace).ids("tasks") == []
    assert await any_stores.wire.find(keys_of(workspace).everything) == {keys_of(workspace).stay}


async def test_installed_again_it_starts_empty(any_stores: AnyStores, workspace: WorkspaceId):
    await any_stores.installations.save(installation(workspace))
    await write(any_stores, workspace)
    await any_stores.erase(workspace)

    await any_stores.installations.save(installation(workspace, NOW + SECOND))
    await write(any_stores, workspace, Changes(put=[Task(id="new")]))

    assert await any_stores.of(workspace).ids("tasks") == ["new"]
    assert await any_stores.agenda.upcoming(workspace) == []
    assert list(await any_stores.directory.index(workspace)) == []


async def test_dead_letters_of_a_workspace_go_with_it_and_others_stay(any_stores: AnyStores):
    stays = WorkspaceId("T1.STAYS")
    for workspace in (GONE, stays):
        await write(any_stores, workspace)
        shards = [keys_of(workspace).shard]
        await any_stores.agenda.tick(NOW, shards)
        for due in await any_stores.agenda.take("w", shards=shards):
            await any_stores.agenda.retry(replace(due, attempt=8), NOW, "failed")
        for notice in await any_stores.notices.take("w", shards=shards):
            lease = await any_stores.notices.lease(notice)
            assert lease
            await any_stores.notices.bury(notice, lease, "failed")
    assert len(await any_stores.agenda.dead()) == 4

    await any_stores.erase(GONE)

    assert {letter.workspace for letter in await any_stores.agenda.dead()} == {stays}


async def test_what_waits_to_be_shown_goes_with_a_workspace_and_of_others_stays(any_stores: AnyStores):
    stays, notices = WorkspaceId("T1.STAYS"), any_stores.notices
    for workspace in (GONE, stays):
        await write(any_stores, workspace)
        for notice in await notices.take("w", shards=[keys_of(workspace).shard]):
            lease = await notices.lease(notice)
            assert lease
            await notices.retry(notice, lease, "slack_away", after=300)

    await any_stores.erase(GONE)

    for workspace, waits in ((GONE, 0), (stays, 1)):
        shard = keys_of(workspace).shard
        assert await any_stores.wire.call("ZCARD", shard.postponed) == waits
        assert await any_stores.wire.call("HLEN", shard.failures) == waits


@pytest.mark.parametrize("farewell", ["drop", "erase"])
@pytest.mark.parametrize(
    ("left_at", "is_late"), [(NOW - SECOND, True), (NOW, False), (NOW + SECOND, False), (None, False)]
)
async def test_a_farewell_to_an_earlier_installation_changes_nothing(
    any_stores: AnyStores, workspace: WorkspaceId, farewell, left_at, is_late
):
    await any_stores.installations.save(installation(workspace))
    await write(any_stores, workspace)
    leave = any_stores.erase if farewell == "erase" else any_stores.installations.drop

    with pytest.raises(InstalledSince) if is_late else nullcontext():
        await leave(workspace, left_at)

    assert bool(await any_stores.installations.find(workspace)) is is_late
    with nullcontext() if is_late else pytest.raises(NotInstalled):
        await write(any_stores, workspace, Changes(put=[Task(id="b")]))


async def test_where_the_token_is_kept_elsewhere_a_farewell_before_the_last_start_is_late(
    stores: AnyStores, workspace: WorkspaceId
):
    for started in (NOW, NOW + 2 * SECOND):
        await stores.installations.arrive(workspace, started)

    with pytest.raises(InstalledSince):
        await stores.erase(workspace, NOW + SECOND)
    assert not await stores.installations.has_left(workspace)

    await stores.erase(workspace, NOW + 3 * SECOND)
    assert await stores.installations.has_left(workspace)


async def as_the_release_before_left_it(stores: AnyStores, workspace: WorkspaceId) -> None:
    """Take away what this release has added to an installation."""
    await stores.installations.save(installation(workspace))
    await stores.wire.call("DEL", keys_of(workspace).stay)


async def test_what_an_earlier_release_installed_goes_on(any_stores: AnyStores, workspace: WorkspaceId):
    await as_the_release_before_left_it(any_stores, workspace)

    await write(any_stores, workspace)
    with pytest.raises(InstalledSince):
        await any_stores.erase(workspace, NOW - SECOND)

    assert await any_stores.of(workspace).ids("tasks") == ["a"]


async def test_what_an_earlier_release_installs_again_beside_this_one_is_written_in(
    stores: AnyStores, workspace: WorkspaceId
):
    await stores.erase(workspace)
    await as_the_release_before_left_it(stores, workspace)
    await stores.wire.call("SET", keys_of(workspace).stay, "left")

    await write(stores, workspace)

    assert await stores.of(workspace).ids("tasks") == ["a"]


async def test_a_card_of_an_erased_workspace_is_settled(any_stores: AnyStores, workspace: WorkspaceId):
    await write(any_stores, workspace)
    notices, shard = any_stores.notices, keys_of(workspace).shard
    held: list[Notice] = await notices.take("w", shards=[shard])
    lease = await notices.lease(held[0])
    assert lease
    await any_stores.erase(workspace)

    facts = {"channel": "D1", "ts": "1.0", "state": "", "digest": "x"}
    assert await notices.shown(lease, revision=1, **facts) is None

    assert await notices.card_at(workspace, "D1", "1.0") is None
    assert await notices.queue.length([shard]) == 0

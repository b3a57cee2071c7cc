"""The agenda: what is due comes once, to one worker, and is never lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from make_storage import NOW, Task

from kernel.errors import Superseded
from kernel.store import Changes, Due, Later, Never
from kernel.values import WorkspaceId
from storage import Stores, backoff
from storage.connection.keys import ALL_SHARDS, GROUP, entry_of
from storage.queues.agenda import WAITS

SOON = NOW + timedelta(minutes=5)


async def plan(stores: Stores, workspace: WorkspaceId, *later: Later | Never) -> None:
    await stores.of(workspace).commit(lambda _: (None, Changes(later=later)))


async def fire(stores: Stores, consumer: str = "a", *, now=SOON) -> Sequence[Due]:
    await stores.agenda.tick(now)
    return await stores.agenda.take(consumer)


async def test_an_entry_comes_when_it_is_due(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("remind", "task:a", SOON))

    early = await fire(any_stores, now=SOON - timedelta(microseconds=1))
    due = await fire(any_stores)

    assert early == []
    assert [(it.workspace, it.kind, it.thing, it.attempt) for it in due] == [
        (workspace, "remind", "task:a", 1)
    ]


async def test_an_entry_is_given_to_one_worker_only(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("remind", "task:a", NOW))

    first, second = await fire(any_stores, "a"), await fire(any_stores, "b")

    assert (len(first), len(second)) == (1, 0)


async def test_adding_an_entry_again_replaces_it(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("remind", "task:a", NOW))
    await plan(any_stores, workspace, Later("remind", "task:a", SOON))

    assert await any_stores.agenda.upcoming(workspace) == [Later("remind", "task:a", SOON)]
    assert await fire(any_stores, now=NOW) == []


async def test_never_takes_an_entry_off(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("remind", "task:a", NOW))
    await plan(any_stores, workspace, Never("remind", "task:a"), Never("remind", "task:unknown"))

    assert await any_stores.agenda.upcoming(workspace) == []
    assert await fire(any_stores) == []


async def test_a_commit_with_the_entry_takes_effect_once(any_stores: Stores, workspace: WorkspaceId):
    store = any_stores.of(workspace)
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores)
    await store.commit(lambda _: (None, Changes(put=[Task(id="a")])), due=due)

    with pytest.raises(Superseded):
        await store.commit(lambda _: (None, Changes(put=[Task(id="b")])), due=due)

    assert await store.ids("tasks") == ["a"]
    assert await any_stores.agenda.queue.length(ALL_SHARDS) == 0


async def test_an_entry_that_was_replaced_while_it_was_handled_has_no_effect(
    any_stores: Stores, workspace: WorkspaceId
):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores)
    await plan(any_stores, workspace, Later("make", "task:a", SOON))

    with pytest.raises(Superseded):
        await any_stores.of(workspace).commit(lambda _: (None, Changes(put=[Task(id="a")])), due=due)

    assert await any_stores.of(workspace).ids("tasks") == []
    assert await any_stores.agenda.upcoming(workspace) == [Later("make", "task:a", SOON)]
    assert len(await fire(any_stores)) == 1


async def test_an_entry_that_was_called_off_while_it_was_handled_has_no_effect(
    any_stores: Stores, workspace: WorkspaceId
):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores)
    await plan(any_stores, workspace, Never("make", "task:a"))

    with pytest.raises(Superseded):
        await any_stores.of(workspace).commit(lambda _: (None, Changes(put=[Task(id="a")])), due=due)

    assert await any_stores.of(workspace).ids("tasks") == []


async def test_a_commit_may_put_its_own_entry_back(any_stores: Stores, workspace: WorkspaceId):
    again = Later("sweep", "all", SOON)
    await plan(any_stores, workspace, Later("sweep", "all", NOW))
    (due,) = await fire(any_stores, now=NOW)

    await any_stores.of(workspace).commit(lambda _: (None, Changes(later=[again])), due=due)

    assert await any_stores.agenda.upcoming(workspace) == [again]
    assert len(await fire(any_stores)) == 1


async def test_a_failed_attempt_comes_again_later(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores, now=NOW)

    assert await any_stores.agenda.retry(due, NOW, "it failed")

    assert await any_stores.agenda.upcoming(workspace) == [Later("make", "task:a", NOW + backoff(1))]
    (again,) = await fire(any_stores)
    assert again.attempt == 2
    assert not await any_stores.agenda.done(due), "whoever held the first attempt holds nothing now"
    assert await any_stores.agenda.done(again)


async def test_the_eighth_failure_is_a_dead_letter(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    now = NOW
    for attempt in range(1, 9):
        now += backoff(attempt)
        (due,) = await fire(any_stores, now=now)
        assert due.attempt == attempt
        await any_stores.agenda.retry(due, now, f"failure {attempt}")

    (dead,) = await any_stores.agenda.dead()

    assert (dead.workspace, dead.source, dead.kind, dead.thing) == (workspace, "agenda", "make", "task:a")
    assert (dead.attempts, dead.error) == (8, "failure 8")
    assert await any_stores.agenda.upcoming(workspace) == []
    assert await fire(any_stores, now=NOW + timedelta(days=9)) == []


async def test_to_wait_counts_as_no_attempt_and_ends_after_three_days(
    any_stores: Stores, workspace: WorkspaceId
):
    agenda = any_stores.agenda
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores, now=NOW)
    await agenda.retry(due, NOW, "it failed")
    (second,) = await fire(any_stores)

    assert await agenda.wait(second, NOW + timedelta(minutes=1), "away")
    (third,) = await fire(any_stores)
    assert not await agenda.wait(second, SOON, "away"), "it is another entry by now"
    assert (second.attempt, second.waits, third.attempt, third.waits) == (2, 0, 2, 1)
    assert await agenda.retry(third, NOW, "it failed")
    (fourth,) = await fire(any_stores)
    assert (fourth.attempt, fourth.waits) == (3, 1)
    assert await agenda.wait(replace(fourth, waits=WAITS - 1), SOON, "away")
    (last,) = await fire(any_stores)
    assert await agenda.wait(last, SOON, "away")

    (dead,) = await agenda.dead()
    assert (dead.kind, dead.attempts, dead.error) == ("make", WAITS + 3, "away")
    assert await fire(any_stores, now=NOW + timedelta(days=9)) == []


async def test_an_entry_left_by_a_dead_worker_goes_to_the_next(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (left,) = await fire(any_stores, "dies")
    any_stores.agenda.queue.idle_seconds = 0

    (found,) = await fire(any_stores, "lives")

    assert (found.thing, found.entry, found.attempt) == (left.thing, left.entry, 2)
    await any_stores.of(workspace).commit(lambda _: (None, Changes()), due=found)
    assert await fire(any_stores, "lives") == []


async def test_entries_in_good_hands_hide_no_entry_that_was_left_behind_them(
    any_stores: Stores, workspace: WorkspaceId
):
    await plan(any_stores, workspace, *(Later("make", f"task:{number}", NOW) for number in range(25)))
    *_, left = await fire(any_stores, "a")
    stream = any_stores.of(workspace).at.shard.due
    await any_stores.wire.call("XCLAIM", stream, GROUP, "a", 0, left.entry, "IDLE", 60_000, "JUSTID")

    taken = [await any_stores.agenda.take("b", limit=1) for _ in range(4)]

    assert [due.thing for found in taken for due in found] == [left.thing]


async def test_an_entry_that_is_held_is_not_taken_over_and_counts_no_attempt(
    any_stores: Stores, workspace: WorkspaceId
):
    await plan(any_stores, workspace, Later("relearn", "workspace", NOW))
    (due,) = await fire(any_stores, "a")
    stream = any_stores.of(workspace).at.shard.due
    untouched = ("XCLAIM", stream, GROUP, "a", 0, due.entry, "IDLE", 60_000, "JUSTID")

    for _ in range(3):
        await any_stores.wire.call(*untouched)
        await any_stores.agenda.hold(due, "a")
        assert await fire(any_stores, "b") == []
    await any_stores.wire.call(*untouched)

    (after,) = await fire(any_stores, "b")
    assert (after.thing, after.attempt) == ("workspace", 2)


async def test_holding_what_is_done_changes_nothing(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("relearn", "workspace", NOW))
    (due,) = await fire(any_stores)
    await any_stores.agenda.done(due)

    await any_stores.agenda.hold(due, "a")

    any_stores.agenda.queue.idle_seconds = 0
    assert await fire(any_stores, "b") == []


async def test_the_workspaces_with_a_kind_on_the_agenda_are_known_wherever_they_lie(any_stores: Stores):
    names = [WorkspaceId(f"T{number}") for number in range(20)]
    for name in names:
        await plan(any_stores, name, Later("relearn", "workspace", SOON), Later("remind", name, SOON))
    await plan(any_stores, WorkspaceId("T99"), Later("remind", "relearn x", SOON))

    assert await any_stores.agenda.planned("relearn") == sorted(names)


async def test_an_entry_whose_workers_keep_dying_is_a_dead_letter(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("kill", "worker", NOW))
    await any_stores.agenda.tick(SOON)
    any_stores.agenda.queue.idle_seconds = 0
    taken = [await any_stores.agenda.take(f"w{number}", limit=1) for number in range(9)]

    (dead,) = await any_stores.agenda.dead()

    assert [len(it) for it in taken] == [1] * 8 + [0]
    assert (dead.thing, dead.attempts) == ("worker", 9)


async def test_an_entry_can_be_taken_off_without_effect(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, Later("make", "task:a", NOW))
    (due,) = await fire(any_stores)

    assert await any_stores.agenda.done(due)

    assert not await any_stores.agenda.done(due)
    assert not await any_stores.agenda.retry(due, NOW, "too late")
    assert await any_stores.agenda.upcoming(workspace) == []
    assert await any_stores.agenda.queue.length([any_stores.of(workspace).at.shard]) == 0


async def test_who_still_holds_what_was_replaced_takes_the_new_entry_off_in_no_way(
    any_stores: Stores, workspace: WorkspaceId
):
    await plan(any_stores, workspace, Later("remind", "task:a", NOW))
    (old,) = await fire(any_stores)
    later = Later("remind", "task:a", SOON + timedelta(hours=1))
    await plan(any_stores, workspace, later)

    assert not await any_stores.agenda.done(old)
    assert not await any_stores.agenda.retry(old, NOW, "too late")

    assert await any_stores.agenda.upcoming(workspace) == [later]
    assert len(await fire(any_stores, now=later.at)) == 1


async def test_a_tick_moves_a_batch_and_the_next_tick_the_rest(any_stores: Stores, workspace: WorkspaceId):
    await plan(any_stores, workspace, *(Later("make", f"task:{number}", NOW) for number in range(300)))

    assert [await any_stores.agenda.tick(NOW) for _ in range(3)] == [256, 44, 0]

    taken = [len(await any_stores.agenda.take("a", limit=200)) for _ in range(3)]
    assert taken == [200, 100, 0]


async def test_what_is_due_but_lives_no_more_moves_nowhere_and_holds_up_nothing(
    any_stores: Stores, workspace: WorkspaceId
):
    """Whoever erases a workspace takes the lives first, and the entries after them."""
    await plan(any_stores, workspace, Later("make", "task:a", NOW), Later("make", "task:b", SOON))
    at = any_stores.of(workspace).at
    await any_stores.wire.call("HDEL", at.shard.lives, entry_of(workspace, "make", "task:a"))

    (due,) = await fire(any_stores)

    assert due.thing == "task:b"
    assert await any_stores.agenda.queue.length([at.shard]) == 1
    assert await any_stores.agenda.upcoming(workspace) == []


async def test_upcoming_shows_one_workspace_soonest_first(any_stores: Stores):
    one, other = WorkspaceId("T1"), WorkspaceId("T2")
    entries = [Later("make", f"task:{number}", NOW + timedelta(minutes=number)) for number in range(600)]
    await plan(any_stores, one, *reversed(entries))
    await plan(any_stores, other, *entries)

    assert await any_stores.agenda.upcoming(one, limit=550) == entries[:550]


async def test_a_commit_wakes_its_own_process(stores: Stores, workspace: WorkspaceId):
    await plan(stores, workspace, Later("make", "task:a", NOW))

    shards = await stores.agenda.wake.wait(5)

    await stores.agenda.tick(NOW, shards)
    assert len(await stores.agenda.take("a", shards=shards)) == 1
    assert await stores.agenda.wake.wait(0.01) == []


def test_the_wait_grows_up_to_six_hours():
    waits = [backoff(attempt).total_seconds() for attempt in range(1, 9)]

    assert waits == [15, 60, 240, 960, 3840, 15360, 21600, 21600]

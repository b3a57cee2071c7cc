"""What ends by no commit of its own: cards of an earlier release, dead consumers, what was given up."""

from datetime import UTC, datetime, timedelta

import pytest
from make_storage import NOW, Burden, Member, Task

from kernel.store import Changes, Key, Later, Show
from kernel.values import WorkspaceId
from storage import Stores
from storage.connection.scripts import script
from storage.documents.plan import orphans_of
from storage.documents.tidying import Tidied, is_due, tidy, unplanned

AnyStores = Stores[Member, Burden]
AT_ONCE = timedelta(0)
SHOWN = {"channel": "D1", "state": "", "digest": ""}


def wall() -> datetime:
    return datetime.now(UTC)


async def show(stores: AnyStores, workspace: WorkspaceId, *ids: str) -> None:
    """Show tasks, and deliver them under their own ids."""
    tasks = [Task(id=id) for id in ids]
    changes = Changes(put=tasks, show=[Show(task.thing, "U1") for task in tasks])
    await stores.of(workspace).commit(lambda _: (None, changes))
    for notice in await stores.notices.take("w"):
        lease = await stores.notices.lease(notice)
        assert lease
        await stores.notices.shown(lease, ts=notice.thing, revision=lease.card.wanted, **SHOWN)


async def as_an_earlier_release(stores: AnyStores, workspace: WorkspaceId) -> None:
    """Take away what that did not write: which cards and messages belong to what."""
    at = stores.of(workspace).at
    await stores.wire.call("DEL", *await stores.wire.find(at.belongings("*")))


async def keys(stores: AnyStores, workspace: WorkspaceId) -> set[str]:
    at = stores.of(workspace).at
    found = {key.removeprefix(at.everything[:-1]) for key in await stores.wire.find(at.everything)}
    return {key for key in found if not key.startswith(("doc:", "dm:", "list:"))}


async def test_cards_of_an_earlier_release_end_with_their_document(
    any_stores: AnyStores, workspace: WorkspaceId
):
    await show(any_stores, workspace, "a", "b", "c")
    at = any_stores.of(workspace).at
    await any_stores.wire.call("DEL", at.named("task:c"))  # as where that release dropped it
    await as_an_earlier_release(any_stores, workspace)

    assert (await tidy(any_stores.wire, any_stores.owners, wall())).orphans == 1
    await any_stores.of(workspace).commit(lambda _: (None, Changes(drop=[Key(Task, "a")])))

    assert await keys(any_stores, workspace) == {"card:U1 task:b", "at:D1 task:b", "of:task:b"}


async def test_a_pass_changes_nothing_of_what_is_there(any_stores: AnyStores, workspace: WorkspaceId):
    await show(any_stores, workspace, "a")
    before = await keys(any_stores, workspace)

    assert await tidy(any_stores.wire, any_stores.owners, wall()) == Tidied(0, 0)

    assert await keys(any_stores, workspace) == before
    assert await any_stores.notices.card_at(workspace, "D1", "task:a")


async def test_nothing_is_noted_in_a_workspace_that_is_being_erased(
    any_stores: AnyStores, workspace: WorkspaceId
):
    await show(any_stores, workspace, "a")
    await as_an_earlier_release(any_stores, workspace)
    await any_stores.installations.drop(workspace)

    await tidy(any_stores.wire, any_stores.owners, wall())

    assert await keys(any_stores, workspace) == {"stay", "card:U1 task:a", "at:D1 task:a"}


async def test_a_document_that_comes_back_keeps_its_cards(any_stores: AnyStores, workspace: WorkspaceId):
    await show(any_stores, workspace, "a")
    before, at = await keys(any_stores, workspace), any_stores.of(workspace).at
    members = await any_stores.wire.call("SMEMBERS", at.belongings("task:a"))
    plan = orphans_of(at, "task:a", members)

    assert await any_stores.wire.run(script("commit"), plan.keys, plan.words) == "conflict"

    assert await keys(any_stores, workspace) == before


async def test_what_goes_before_it_is_noted_is_noted_nowhere(any_stores: AnyStores, workspace: WorkspaceId):
    at = any_stores.of(workspace).at
    keys_of_it = [at.stay, at.installation, at.card("U1", "task:a"), at.belongings("task:a")]

    await any_stores.wire.run(script("adopt"), keys_of_it, ["card:U1 task:a"])

    assert await keys(any_stores, workspace) == set()


async def consumers(stores: AnyStores, workspace: WorkspaceId) -> set[str]:
    """Who reads the workspace's notices."""
    answer = await stores.wire.call("XINFO", "CONSUMERS", stores.of(workspace).at.shard.notices, "waymark")
    return {
        dict(zip(it[::2], it[1::2], strict=True))["name"] if isinstance(it, list) else it["name"]
        for it in answer
    }


async def test_a_dead_consumer_goes_once_nothing_is_left_with_it(
    any_stores: AnyStores, workspace: WorkspaceId
):
    await show(any_stores, workspace, "a")
    changes = Changes(put=[Task(id="b")], show=[Show("task:b", "U1")])
    await any_stores.of(workspace).commit(lambda _: (None, changes))
    assert len(await any_stores.notices.take("dies")) == 1

    assert (await tidy(any_stores.wire, any_stores.owners, wall(), idle=AT_ONCE)).consumers == 1
    assert await consumers(any_stores, workspace) == {"dies"}, "what it holds is still to be taken over"
    any_stores.notices.queue.idle_seconds = 0
    (notice,) = await any_stores.notices.take("lives")
    any_stores.notices.queue.idle_seconds = 30
    lease = await any_stores.notices.lease(notice)
    assert lease
    await any_stores.notices.settle(lease)

    assert (await tidy(any_stores.wire, any_stores.owners, wall())).consumers == 0, (
        "for a day it may come back"
    )
    assert (await tidy(any_stores.wire, any_stores.owners, wall(), idle=AT_ONCE)).consumers == 2
    assert await consumers(any_stores, workspace) == set()
    await show(any_stores, workspace, "c")
    assert await consumers(any_stores, workspace) == {"w"}, "who comes back is made anew"


@pytest.mark.parametrize(("days", "kept"), [(89, 1), (91, 0)])
async def test_what_was_given_up_is_kept_for_three_months(
    any_stores: AnyStores, workspace: WorkspaceId, days: int, kept: int
):
    changes = Changes(put=[Task(id="a")], show=[Show("task:a", "U1")])
    await any_stores.of(workspace).commit(lambda _: (None, changes))
    (notice,) = await any_stores.notices.take("w")
    lease = await any_stores.notices.lease(notice)
    assert lease
    await any_stores.notices.bury(notice, lease, "user_not_found")

    await tidy(any_stores.wire, any_stores.owners, wall() + timedelta(days=days))

    assert len(await any_stores.agenda.dead()) == kept


async def test_the_directory_is_right_after_old_changes_went(any_stores: AnyStores, workspace: WorkspaceId):
    await any_stores.of(workspace).commit(lambda _: (None, Changes(put=[Member(id="U1")])))
    assert len(await any_stores.directory.index(workspace)) == 1

    await tidy(any_stores.wire, any_stores.owners, wall() + timedelta(days=31))
    await any_stores.of(workspace).commit(lambda _: (None, Changes(put=[Member(id="U2")])))

    assert await any_stores.wire.call("XLEN", any_stores.of(workspace).at.changes) == 1
    assert len(await any_stores.directory.index(workspace)) == 2


async def test_one_of_all_processes_tidies_up_in_a_day(any_stores: AnyStores):
    assert [await is_due(any_stores.wire) for _ in range(3)] == [True, False, False]


async def test_what_has_no_end_on_the_agenda_is_found(any_stores: AnyStores, workspace: WorkspaceId):
    changes = Changes(put=[Task(id="a"), Task(id="b")], later=[Later("forget_task", "a", NOW)])
    await any_stores.of(workspace).commit(lambda _: (None, changes))

    assert await unplanned(any_stores.wire, "task", "forget_task") == {workspace: ["b"]}

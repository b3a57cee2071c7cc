"""Tokens at rest, and everything of a workspace gone when it leaves."""

import pytest
from cryptography.fernet import Fernet
from make_storage import NOW, Burden, Member, Task

from kernel.errors import Superseded
from kernel.store import Changes, Later, Show
from kernel.values import WorkspaceId
from storage import Installation, Installations, Stores, WrongSecret

AnyStores = Stores[Member, Burden]


def installation(workspace: WorkspaceId) -> Installation:
    return Installation(
        workspace=workspace, bot_token="xoxb-secret", bot_id="B1", bot_user_id="U0", installed_at=NOW
    )


async def test_an_installation_is_found_as_it_was_saved(any_stores: AnyStores, workspace: WorkspaceId):
    assert await any_stores.installations.find(workspace) is None
    await any_stores.installations.save(installation(workspace))

    assert await any_stores.installations.find(workspace) == installation(workspace)

    await any_stores.installations.drop(workspace)
    assert await any_stores.installations.find(workspace) is None


@pytest.mark.parametrize("anything", ["", "T1 x", "T1:installation", "*", "T" * 65, "T\u0661"])
async def test_nothing_is_installed_in_what_is_no_workspace(stores: AnyStores, anything: str):
    assert await stores.installations.find(WorkspaceId(anything)) is None


async def test_a_token_is_neither_stored_nor_printed_readably(stores: AnyStores, workspace: WorkspaceId):
    await stores.installations.save(installation(workspace))

    stored = await stores.wire.call("GET", stores.of(workspace).at.installation)

    assert "xoxb" not in stored
    assert "xoxb" not in repr(installation(workspace))


async def test_another_secret_key_is_noticed(stores: AnyStores, workspace: WorkspaceId):
    await stores.installations.save(installation(workspace))

    with pytest.raises(WrongSecret):
        await Installations(stores.wire, Fernet.generate_key().decode()).find(workspace)


async def test_erasing_a_workspace_leaves_nothing_of_it_and_all_of_the_others(any_stores: AnyStores):
    gone, stays = WorkspaceId("T1"), WorkspaceId("T1.1")
    for workspace in (gone, stays):
        changes = Changes(put=[Task(id="a"), Member(id="U1")], show=[Show("task:a", "U1")])
        await any_stores.of(workspace).commit(lambda _, it=changes: (None, it), once="k")
        laters = Changes(later=[Later("make", "now", NOW), Later("make", "later", NOW.replace(year=2030))])
        await any_stores.of(workspace).commit(lambda _, it=laters: (None, it))
        await any_stores.installations.save(installation(workspace))
    await any_stores.agenda.tick(NOW)
    notices = {it.workspace: it for it in await any_stores.notices.take("w")}

    await any_stores.erase(gone)

    shard = any_stores.of(gone).at.shard
    assert await any_stores.of(gone).ids("tasks") == []
    assert await any_stores.installations.find(gone) is None
    assert await any_stores.agenda.upcoming(gone) == []
    assert await any_stores.wire.call("HKEYS", shard.lives) == []
    assert await any_stores.notices.lease(notices[gone]) is None
    due = {it.workspace: it for it in await any_stores.agenda.take("w")}
    with pytest.raises(Superseded):
        await any_stores.of(gone).commit(lambda _: (None, Changes(put=[Task(id="b")])), due=due[gone])
    assert await any_stores.of(stays).ids("tasks") == ["a"]
    assert len(await any_stores.agenda.upcoming(stays)) == 1
    assert await any_stores.notices.lease(notices[stays])
    await any_stores.of(stays).commit(lambda _: (None, Changes()), due=due[stays])
    assert await any_stores.installations.find(stays)

"""Commits: all or nothing, decided on what is true when they are written."""

from make_storage import Task

from mentoring.store import Changes, Key
from mentoring.values import WorkspaceId
from storage import Stores


async def test_what_is_committed_is_read_back(stores: Stores, workspace: WorkspaceId):
    store = stores.of(workspace)
    task = Task(id="a")
    await store.commit(lambda read: (None, Changes(put=[task])))

    found = await store.look(lambda read: read.get(Task, "a"), load=[Key(Task, "a")])

    assert found == task
    assert await store.ids("tasks") == ["a"]
    assert await store.count("tasks") == 1

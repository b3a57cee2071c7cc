"""The directory: loaded once, then as fresh as the last commit, whatever was missed."""

import time

from gated import Worker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_storage import ROSTER, Burden, Member

from kernel.store import Changes, Key
from kernel.values import Document, WorkspaceId
from matching.ranking.index import HelperIndex
from storage import Stores
from storage.documents.directory import EMPTY, Directories, WorkspaceDirectory

AnyStores = Stores[Member, Burden]


async def change(
    stores: AnyStores, workspace: WorkspaceId, *put: Document, drop: tuple[Key, ...] = ()
) -> None:
    await stores.of(workspace).commit(lambda _: (None, Changes(put=put, drop=drop)))


async def loaded(stores: AnyStores, workspace: WorkspaceId) -> HelperIndex:
    """The index that another process would load now."""
    return await Directories(stores.wire, ROSTER).index(workspace)


async def test_helpers_are_loaded_with_what_they_carry(any_stores: AnyStores, workspace: WorkspaceId):
    burden = Burden(id="U1", tasks=("a",))
    await change(any_stores, workspace, Member(id="U1", level=5), Member(id="U2", helps=False), burden)

    index = await any_stores.directory.index(workspace)

    assert list(index) == ["U1"]
    helper = index.get("U1")
    assert helper
    assert (helper.level, helper.open_sessions) == (5, 1)


async def test_every_change_is_seen_at_once(any_stores: AnyStores, workspace: WorkspaceId):
    directory = any_stores.directory.of(workspace)
    await change(any_stores, workspace, Member(id="U1"), Member(id="U2"))
    index = await directory.index()

    await change(
        any_stores, workspace, Member(id="U1", level=6), Member(id="U3"), Burden(id="U3", tasks=("a", "b"))
    )
    await change(any_stores, workspace, Member(id="U2", helps=False))

    assert await directory.index() is index
    assert list(index) == ["U1", "U3"]
    assert index == await loaded(any_stores, workspace)


async def test_who_is_dropped_is_no_longer_listed(any_stores: AnyStores, workspace: WorkspaceId):
    await change(any_stores, workspace, Member(id="U1"))
    await any_stores.directory.index(workspace)

    await change(any_stores, workspace, drop=(Key(Member, "U1"),))

    assert list(await any_stores.directory.index(workspace)) == []


async def test_more_changes_than_the_stream_keeps_mean_loading_anew(
    stores: AnyStores, workspace: WorkspaceId
):
    await change(stores, workspace, Member(id="U1"))
    index = await stores.directory.index(workspace)
    await change(stores, workspace, Member(id="U1", level=7))
    await change(stores, workspace, Member(id="U2"))
    await stores.wire.call("XTRIM", stores.of(workspace).at.changes, "MAXLEN", 1)

    fresh = await stores.directory.index(workspace)

    assert fresh is not index
    assert fresh == await loaded(stores, workspace)


async def test_a_redis_that_forgot_everything_means_loading_anew(stores: AnyStores, workspace: WorkspaceId):
    await change(stores, workspace, Member(id="U1"))
    await stores.directory.index(workspace)
    await stores.wire.call("FLUSHALL")

    assert list(await stores.directory.index(workspace)) == []


async def test_a_long_stream_is_followed_page_by_page(stores: AnyStores, workspace: WorkspaceId):
    directory = stores.directory.of(workspace)
    await directory.index()
    await change(stores, workspace, *(Member(id=f"U{number}") for number in range(2500)))

    assert len(await directory.index()) == 2500
    assert await directory.index() == await loaded(stores, workspace)


async def test_what_changes_while_it_is_loaded_is_taken_over(stores: AnyStores, workspace: WorkspaceId):
    worker, found, late = Worker("w", stores.wire, time.time), list[HelperIndex](), 0
    await change(stores, workspace, Member(id="U1"))

    async def look(directory: WorkspaceDirectory[Member, Burden]) -> None:
        found.append(await directory.index())

    for trips in range(8):
        directory = WorkspaceDirectory(worker.stores.wire, stores.of(workspace).at, ROSTER)
        await worker.begin(look(directory))
        for _ in range(trips):
            await worker.move()
        late += worker.task is not None
        await change(stores, workspace, Member(id="U1", level=trips))
        while worker.task:
            await worker.move()
        worker.gate.is_open = True
        await look(directory)
        worker.gate.is_open = False

        assert found[-1] == await loaded(stores, workspace), f"it changed after {trips} round trips"
    assert late > 2, "some changes came while it was loaded"


async def test_the_workspaces_used_last_are_kept(stores: AnyStores):
    directory = Directories(stores.wire, ROSTER, capacity=2 * EMPTY)
    first, second = directory.of(WorkspaceId("T1")), directory.of(WorkspaceId("T2"))
    assert directory.of(WorkspaceId("T1")) is first

    third = directory.of(WorkspaceId("T3"))

    assert directory.of(WorkspaceId("T1")) is first
    assert directory.of(WorkspaceId("T3")) is third
    assert directory.of(WorkspaceId("T2")) is not second


async def test_it_is_people_who_take_room_and_not_workspaces(stores: AnyStores):
    big, small = WorkspaceId("BIG"), [WorkspaceId(f"T{number}") for number in range(300)]
    directory = Directories(stores.wire, ROSTER, capacity=1_000 + 301 * EMPTY)
    for workspace, people in ((big, 999), *((it, 1) for it in small[:2])):
        await change(stores, workspace, *(Member(id=f"U{number}") for number in range(people)))
    first = directory.of(small[0])
    held = [first, *map(directory.of, small[1:])]
    assert len(await directory.index(small[0])) == 1
    assert len(await directory.index(small[1])) == 1

    assert len(await directory.index(big)) == 999
    assert [directory.of(it) for it in small] == held, "all fit beside it"
    directory.of(WorkspaceId("ANOTHER"))

    assert directory.of(small[-1]) is held[-1]
    assert len(await directory.index(big)) == 999, "it is loaded anew, though it fills all there is"


IDS = st.sampled_from(["U1", "U2", "U3"])
EDITS = st.one_of(
    st.builds(Member, id=IDS, level=st.integers(1, 7), helps=st.booleans()),
    st.builds(Burden, id=IDS, tasks=st.sampled_from([(), ("a",), ("a", "b")])),
    st.builds(Key, st.sampled_from([Member, Burden]), IDS),
    st.sampled_from(["look", "trim"]),
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, max_size=15))
async def test_following_ends_where_loading_begins(
    stores: AnyStores, workspace: WorkspaceId, edits: list[Document | Key | str]
):
    await stores.wire.call("FLUSHALL")
    directory = WorkspaceDirectory(stores.wire, stores.of(workspace).at, ROSTER)
    for edit in edits:
        match edit:
            case Document():
                await change(stores, workspace, edit)
            case Key():
                await change(stores, workspace, drop=(edit,))
            case "look":
                await directory.index()
            case "trim":
                await stores.wire.call("XTRIM", stores.of(workspace).at.changes, "MAXLEN", 1)

    assert await directory.index() == await loaded(stores, workspace)

"""Commits: all or nothing, decided on what is true when they are written."""

import asyncio
import time
from datetime import timedelta

import pytest
from gated import Worker
from make_storage import NOW, Burden, Member, Task

from kernel.errors import NotFound, Refusal, Repeated
from kernel.store import Changes, Key, Later, Show, Snapshot
from kernel.values import WorkspaceId
from storage import StorageForeign, Stores
from storage.connection.keys import keys_of
from storage.connection.scripts import script
from storage.documents.plan import plan_of
from storage.documents.reading import Reading

AnyStores = Stores[Member, Burden]

A = Key(Task, "a")


async def put(stores: AnyStores, workspace: WorkspaceId, *tasks: Task) -> None:
    await stores.of(workspace).commit(lambda _: (None, Changes(put=tasks)))


async def tasks(stores: AnyStores, workspace: WorkspaceId, *ids: str) -> list[Task | None]:
    return await stores.of(workspace).look(lambda read: [read.find(Task, id) for id in ids])


async def test_what_is_committed_is_read_back(any_stores: AnyStores, workspace: WorkspaceId):
    task = Task(id="a", text='“déjà vu” \n {"json": 1} 😀')

    await put(any_stores, workspace, task)

    assert await tasks(any_stores, workspace, "a", "b") == [task, None]


async def test_workspaces_do_not_see_each_other(any_stores: AnyStores, workspace: WorkspaceId):
    await put(any_stores, workspace, Task(id="a"))

    assert await tasks(any_stores, WorkspaceId("OTHER"), "a") == [None]
    assert await any_stores.of(WorkspaceId("OTHER")).ids("tasks") == []


async def test_the_answer_of_the_decision_is_returned(stores: AnyStores, workspace: WorkspaceId):
    assert await stores.of(workspace).commit(lambda _: ("answer", Changes())) == "answer"


async def test_what_is_only_shown_again_is_written_too(any_stores: AnyStores, workspace: WorkspaceId):
    await put(any_stores, workspace, Task(id="a"))

    await any_stores.of(workspace).commit(lambda _: (None, Changes(show=[Show("task:a", "U1")])))

    card = await any_stores.notices.card(workspace, "U1", "task:a")
    assert card
    assert card.wanted == 1


async def test_a_refusal_writes_nothing(stores: AnyStores, workspace: WorkspaceId):
    def decide(read: Snapshot) -> tuple[Task, Changes]:
        return read.get(Task, "a"), Changes(put=[Task(id="b")])

    with pytest.raises(NotFound):
        await stores.of(workspace).commit(decide)

    assert await tasks(stores, workspace, "b") == [None]


async def test_a_decision_finds_what_it_did_not_announce(any_stores: AnyStores, workspace: WorkspaceId):
    await put(any_stores, workspace, Task(id="a", text="b"), Task(id="b", text="c"), Task(id="c", text="end"))

    def follow(read: Snapshot) -> str:
        task = read.get(Task, "a")
        while task.text != "end":
            task = read.get(Task, task.text)
        return task.id

    assert await any_stores.of(workspace).look(follow) == "c"


async def test_all_reads_what_is_missing_at_once_and_in_order(any_stores: AnyStores, workspace: WorkspaceId):
    await put(any_stores, workspace, *(Task(id=id) for id in "abc"))
    rounds = []

    def view(read: Snapshot) -> list[str]:
        rounds.append(read)
        return [task.id for task in read.all(Task, ["c", "a", "gone", "b"])]

    assert await any_stores.of(workspace).look(view) == ["c", "a", "b"]
    assert len(rounds) == 2


async def test_what_all_leaves_out_is_checked_too(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)

    def make_once(name: str, read: Snapshot) -> tuple[str, Changes]:
        found = read.all(Task, ["a"])
        return (found[0].text, Changes()) if found else (name, Changes(put=[Task(id="a", text=name)]))

    names = [f"w{number}" for number in range(10)]
    made = await asyncio.gather(*(store.commit(lambda read, n=n: make_once(n, read)) for n in names))

    assert len(set(made)) == 1


async def test_a_decision_is_made_again_when_what_it_read_has_changed(
    any_stores: AnyStores, workspace: WorkspaceId
):
    store = any_stores.of(workspace)

    def add(read: Snapshot) -> tuple[None, Changes]:
        before = read.find(Task, "a") or Task(id="a", text="0")
        return None, Changes(put=[before.model_copy(update={"text": str(int(before.text) + 1)})])

    await asyncio.gather(*(store.commit(add, load=[A]) for _ in range(20)))

    assert await tasks(any_stores, workspace, "a") == [Task(id="a", text="20")]


async def test_what_was_read_and_left_alone_is_checked_too(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)

    def unless(other: str, own: str, read: Snapshot) -> tuple[None, Changes]:
        return None, Changes() if read.find(Task, other) else Changes(put=[Task(id=own)])

    pairs = [(f"a{number}", f"b{number}") for number in range(10)]
    both = [way for one, other in pairs for way in ((one, other), (other, one))]
    await asyncio.gather(*(store.commit(lambda read, way=way: unless(*way, read)) for way in both))

    made = [sum(it is not None for it in await tasks(any_stores, workspace, *pair)) for pair in pairs]
    assert made == [1] * 10


async def test_what_was_read_as_absent_is_checked_too(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)

    def make_once(name: str, read: Snapshot) -> tuple[str, Changes]:
        found = read.find(Task, "a")
        return (found.text, Changes()) if found else (name, Changes(put=[Task(id="a", text=name)]))

    names = [f"w{number}" for number in range(10)]
    made = await asyncio.gather(*(store.commit(lambda read, n=n: make_once(n, read)) for n in names))

    assert len(set(made)) == 1


async def test_a_document_made_anew_is_another_version(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)
    await put(any_stores, workspace, Task(id="a", text="old"))
    versions = [await any_stores.wire.call("GET", store.at.document("task", "a"))]
    await store.commit(lambda _: (None, Changes(drop=[A])))
    await put(any_stores, workspace, Task(id="a", text="old"))

    versions.append(await any_stores.wire.call("GET", store.at.document("task", "a")))

    assert len({value.split(" ")[0] for value in versions}) == 2


async def test_a_document_that_was_put_unread_leaves_the_lists_it_stood_in(
    any_stores: AnyStores, workspace: WorkspaceId
):
    store = any_stores.of(workspace)
    await put(any_stores, workspace, Task(id="a"))

    await put(any_stores, workspace, Task(id="a", taken_by="U1"))

    assert await store.ids("tasks-of:nobody") == []
    assert await store.ids("tasks-of:U1") == ["a"]
    assert await store.count("tasks") == 1


async def test_a_dropped_document_leaves_every_list(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)
    await put(any_stores, workspace, Task(id="a"), Task(id="b"))

    await store.commit(lambda _: (None, Changes(drop=[A, Key(Task, "unknown")])))

    assert await store.ids("tasks") == ["b"]
    assert await tasks(any_stores, workspace, "a") == [None]


async def test_a_list_is_newest_first_and_equals_by_id(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)
    moment = timedelta(microseconds=1)
    await put(any_stores, workspace, Task(id="b"), Task(id="a"), Task(id="c", made_at=NOW + moment))

    assert await store.ids("tasks") == ["c", "a", "b"]
    assert await store.ids("tasks", limit=2) == ["c", "a"]
    assert await store.ids("tasks", before=NOW + moment) == ["a", "b"]
    assert await store.ids("tasks", since=NOW + moment) == ["c"]

    await put(any_stores, workspace, Task(id="a", made_at=NOW + 2 * moment))

    assert await store.ids("tasks") == ["a", "c", "b"], "what has another time stands elsewhere"
    assert await store.ids("unknown") == []


async def test_what_stands_beside_an_id_follows_its_document(any_stores: AnyStores, workspace: WorkspaceId):
    store, second = any_stores.of(workspace), timedelta(seconds=1)
    mine, free = "tasks-of:U1", "tasks-of:nobody"

    async def gists(*names: str, limit: int = 9) -> dict[str, str]:
        return await store.gists(names, limit=limit, since=NOW)

    old = Task(id="old", text="long ago", made_at=NOW - second)
    later = Task(id="c", text="c d", taken_by="U1", made_at=NOW + second)
    await put(any_stores, workspace, Task(id="a", text="one two"), Task(id="b"), later, old)
    assert await gists(mine, free) == {"c": "c d", "a": "one two", "b": ""}
    assert await gists(mine, free, "unknown", limit=1) == {"c": "c d", "a": "one two"}
    assert await gists() == await gists("unknown") == {}

    await put(any_stores, workspace, Task(id="a", text="three", taken_by="U1"), Task(id="c", taken_by="U1"))
    assert await gists(mine, free) == {"a": "three", "c": "", "b": ""}
    await store.commit(lambda _: (None, Changes(drop=[A, Key(Task, "c"), Key(Task, "old")])))
    assert await any_stores.wire.calls([("EXISTS", store.at.gists(it)) for it in (mine, free)]) == [0, 0]


async def test_what_is_put_as_it_was_gets_what_stands_beside_it(
    any_stores: AnyStores, workspace: WorkspaceId
):
    store, task = any_stores.of(workspace), Task(id="a", text="one")
    await put(any_stores, workspace, task)
    await any_stores.wire.call("DEL", store.at.gists("tasks-of:nobody"))

    await put(any_stores, workspace, task)

    assert await store.gists(["tasks-of:nobody"], limit=1, since=NOW) == {"a": "one"}


async def test_the_same_key_takes_effect_once(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)
    await store.commit(lambda _: (None, Changes(put=[Task(id="a")])), once="event:Ev1")

    with pytest.raises(Repeated):
        await store.commit(lambda _: (None, Changes(put=[Task(id="b")])), once="event:Ev1")

    def refuse(_: Snapshot) -> tuple[None, Changes]:
        raise Refusal

    with pytest.raises(Repeated):
        await store.commit(refuse, once="event:Ev1")
    assert await store.ids("tasks") == ["a"]
    kept = await any_stores.wire.call("TTL", store.at.once("event:Ev1"))
    assert 24 * 3600 < kept <= 25 * 3600


async def test_a_refused_commit_does_not_use_up_its_key(stores: AnyStores, workspace: WorkspaceId):
    store = stores.of(workspace)

    def refuse(_: Snapshot) -> tuple[None, Changes]:
        raise Refusal

    with pytest.raises(Refusal):
        await store.commit(refuse, once="k")

    await store.commit(lambda _: (None, Changes(put=[Task(id="a")])), once="k")


async def test_of_many_with_one_key_one_is_written(any_stores: AnyStores, workspace: WorkspaceId):
    store = any_stores.of(workspace)

    def make(name: str) -> Changes:
        return Changes(put=[Task(id=name)])

    done = await asyncio.gather(
        *(store.commit(lambda _, n=n: (n, make(f"t{n}")), once="k") for n in range(10)),
        return_exceptions=True,
    )

    assert sum(isinstance(it, Repeated) for it in done) == 9
    assert await store.count("tasks") == 1


async def test_the_script_itself_refuses_a_key_that_was_used_meanwhile(
    any_stores: AnyStores, workspace: WorkspaceId
):
    at = keys_of(workspace)
    plan = plan_of(at, Reading({}), Changes(show=[Show("task:a", "U1")]), once="k")

    answers = [await any_stores.wire.run(script("commit"), plan.keys, plan.words) for _ in range(2)]

    assert answers == ["done", "repeated"]


async def test_one_commit_cannot_change_a_document_twice(stores: AnyStores, workspace: WorkspaceId):
    twice = Changes(put=[Task(id="a"), Task(id="a", text="b")])

    with pytest.raises(ValueError, match="task:a twice"):
        await stores.of(workspace).commit(lambda _: (None, twice))


@pytest.mark.parametrize(
    ("spoil", "change"),
    [
        (lambda at: at.list("tasks"), Changes(put=[Task(id="z"), Task(id="a")])),
        (lambda at: at.card("U1", "task:a"), Changes(put=[Task(id="a")], show=[Show("task:a", "U1")])),
        (lambda at: at.shard.agenda, Changes(put=[Task(id="a")], later=[Later("make", "a", NOW)])),
        (lambda at: at.shard.notices, Changes(put=[Task(id="a")], show=[Show("task:a", "U1")])),
        (lambda at: at.changes, Changes(put=[Member(id="a")])),
    ],
)
async def test_nothing_is_written_where_one_key_holds_something_foreign(
    stores: AnyStores, workspace: WorkspaceId, spoil, change: Changes
):
    at = keys_of(workspace)
    await stores.wire.call("SET", spoil(at), "not ours")
    before = await stores.wire.call("DBSIZE")

    with pytest.raises(StorageForeign):
        await stores.of(workspace).commit(lambda _: (None, change))

    assert await stores.wire.call("DBSIZE") == before


async def test_what_is_put_as_it_was_keeps_its_version(stores: AnyStores, workspace: WorkspaceId):
    store = stores.of(workspace)
    await put(stores, workspace, Task(id="a"))
    before = await stores.wire.call("GET", store.at.document("task", "a"))

    await put(stores, workspace, Task(id="a"))

    assert await stores.wire.call("GET", store.at.document("task", "a")) == before


@pytest.mark.parametrize("name", ["", "T1:x", "T 1", "T{1}", "*"])
def test_a_workspace_is_named_by_letters_and_digits(name: str):
    with pytest.raises(ValueError, match="not the id of a workspace"):
        keys_of(WorkspaceId(name))


async def test_a_thousand_things_fit_in_one_commit(any_stores: AnyStores, workspace: WorkspaceId):
    many = [Task(id=str(number), text="x" * 1000) for number in range(1000)]
    shows = [Show(task.thing, "U1") for task in many]

    await any_stores.of(workspace).commit(lambda _: (None, Changes(put=many, show=shows)))

    assert await any_stores.of(workspace).count("tasks") == 1000


async def test_what_was_loaded_but_not_read_may_change_meanwhile(stores: AnyStores, workspace: WorkspaceId):
    runs = []

    def decide(read: Snapshot) -> tuple[None, Changes]:
        runs.append(read.find(Task, "a"))
        return None, Changes(put=[Task(id="a", text=str(len(runs)))])

    worker = Worker("w", stores.wire, time.time)
    await worker.begin(worker.stores.of(workspace).commit(decide, load=[A, Key(Task, "b")]))
    await worker.move()
    await put(stores, workspace, Task(id="b"))
    await worker.move()

    assert (worker.task, len(runs)) == (None, 1)

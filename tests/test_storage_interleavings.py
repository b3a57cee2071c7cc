"""No order in which workers move, die or lose an answer breaks what storage promises.

Hypothesis chooses who moves next, one round trip at a time, so every failure can be replayed.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import pytest
import redis_servers
from gated import Crew, Order, Worker
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from make_storage import NOW, Burden, Task

from mentoring.errors import Refusal
from mentoring.store import Changes, Key, Later, Never, Show, Snapshot
from mentoring.values import Document, WorkspaceId
from storage import LeaseLost, StorageAway

HERE = WorkspaceId("T1")
WORKERS = st.integers(0, 1)
THINGS = st.sampled_from(["a", "b", "c"])
EXAMPLES = {"one": 60, "cluster": 15}


class Full(Refusal):
    """A worker carries as much as it may."""


class Taken(Refusal):
    """Somebody else has it."""


class Interleaving(RuleBasedStateMachine):
    """Two workers, of whom one moves at a time."""

    def __init__(self, url: str) -> None:
        super().__init__()
        redis_servers.empty(url)
        self.crew = Crew(url)

    def is_free(self, worker: int) -> bool:
        return self.crew.workers[worker].task is None

    @rule(worker=WORKERS, trips=st.integers(1, 3))
    def move(self, worker: int, trips: int) -> None:
        for _ in range(trips):
            if self.crew.workers[worker].task:
                self.crew.do(self.crew.workers[worker].move())

    @rule(worker=WORKERS, order=st.sampled_from(Order))
    def move_once(self, worker: int, order: Order) -> None:
        if self.crew.workers[worker].task:
            self.crew.do(self.crew.workers[worker].move(order))

    @rule(worker=WORKERS)
    def die(self, worker: int) -> None:
        self.crew.kill(worker)

    def teardown(self) -> None:
        self.crew.close()


class Accepting(Interleaving):
    """Workers take and end tasks; a task has one taker, and nobody carries more than two."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.done_once: list[str] = []

    @rule(
        worker=WORKERS, id=THINGS, who=st.sampled_from(["x", "y"]), once=st.sampled_from([None, "k1", "k2"])
    )
    def take(self, worker: int, id: str, who: str, once: str | None) -> None:
        def decide(read: Snapshot) -> tuple[None, Changes]:
            task = read.find(Task, id) or Task(id=id)
            burden = read.find(Burden, who) or Burden(id=who)
            if task.taken_by:
                raise Taken
            if len(burden.tasks) >= Burden.LIMIT:
                raise Full
            return None, Changes(
                put=[
                    task.model_copy(update={"taken_by": who}),
                    burden.model_copy(update={"tasks": (*burden.tasks, id)}),
                ]
            )

        self.commit(worker, decide, once)

    @rule(worker=WORKERS, id=THINGS, keep=st.booleans())
    def end(self, worker: int, id: str, keep: bool) -> None:
        def decide(read: Snapshot) -> tuple[None, Changes]:
            task = read.get(Task, id)
            if not task.taken_by:
                raise Taken
            burden = read.get(Burden, task.taken_by)
            left = tuple(it for it in burden.tasks if it != id)
            freed = burden.model_copy(update={"tasks": left})
            if keep:
                return None, Changes(put=[freed, task.model_copy(update={"taken_by": None})])
            return None, Changes(put=[freed], drop=[Key(Task, id)])

        self.commit(worker, decide, None)

    def commit(
        self, worker: int, decide: Callable[[Snapshot], tuple[None, Changes]], once: str | None
    ) -> None:
        if self.is_free(worker):
            self.crew.do(self.crew.workers[worker].begin(self.job(self.crew.workers[worker], decide, once)))

    async def job(
        self, worker: Worker, decide: Callable[[Snapshot], tuple[None, Changes]], once: str | None
    ) -> None:
        try:
            await worker.stores.of(HERE).commit(decide, once=once)
        except (Refusal, StorageAway):
            return
        if once:
            self.done_once.append(once)

    @invariant()
    def nothing_is_accepted_twice_or_overbooked(self) -> None:
        tasks, burdens = self.documents()
        for burden in burdens:
            assert len(burden.tasks) <= Burden.LIMIT
            assert len(set(burden.tasks)) == len(burden.tasks)
        carried = sorted((id, burden.id) for burden in burdens for id in burden.tasks)
        assert carried == sorted((task.id, task.taken_by) for task in tasks if task.taken_by)

    @invariant()
    def lists_agree_with_documents(self) -> None:
        tasks, _ = self.documents()
        store = self.crew.observer.of(HERE)
        for name in ("tasks", "tasks-of:nobody", "tasks-of:x", "tasks-of:y"):
            assert self.crew.do(store.ids(name)) == sorted(task.id for task in tasks if name in task.lists())

    @invariant()
    def nothing_is_done_twice_under_one_key(self) -> None:
        assert len(set(self.done_once)) == len(self.done_once)

    def documents(self) -> tuple[list[Task], list[Burden]]:
        def view(read: Snapshot) -> tuple[list[Task], list[Burden]]:
            tasks = [read.find(Task, id) for id in "abc"]
            burdens = [read.find(Burden, id) for id in "xy"]
            return [it for it in tasks if it], [it for it in burdens if it]

        keys = [*(Key(Task, id) for id in "abc"), *(Key(Burden, id) for id in "xy")]
        return self.crew.do(self.crew.observer.of(HERE).look(view, load=keys))


class Wish(Document):
    """Something planned: the number of the plan, None when it was called off, and what was done."""

    kind: ClassVar[str] = "wish"
    number: int | None = None
    last: int = 0
    done: tuple[int, ...] = ()


class Planning(Interleaving):
    """Plans come due and are done: each once, the last one surely, and none that was called off."""

    @rule(worker=WORKERS, id=THINGS)
    def plan(self, worker: int, id: str) -> None:
        def decide(read: Snapshot) -> tuple[None, Changes]:
            wish = read.find(Wish, id) or Wish(id=id)
            planned = wish.model_copy(update={"number": wish.last + 1, "last": wish.last + 1})
            return None, Changes(put=[planned], later=[Later("do", id, NOW)])

        self.begin(worker, lambda it: it.stores.of(HERE).commit(decide))

    @rule(worker=WORKERS, id=THINGS)
    def call_off(self, worker: int, id: str) -> None:
        def decide(read: Snapshot) -> tuple[None, Changes]:
            wish = read.find(Wish, id) or Wish(id=id)
            return None, Changes(put=[wish.model_copy(update={"number": None})], later=[Never("do", id)])

        self.begin(worker, lambda it: it.stores.of(HERE).commit(decide))

    @rule(worker=WORKERS, fails=st.booleans())
    def work(self, worker: int, fails: bool) -> None:
        async def job(it: Worker) -> None:
            agenda = it.stores.agenda
            shards = [it.stores.of(HERE).at.shard]
            await agenda.tick(NOW + timedelta(days=3), shards)
            for due in await agenda.take(it.name, 3, shards):
                if fails and due.attempt < 3:
                    await agenda.retry(due, NOW, "it failed")
                else:
                    await it.stores.of(HERE).commit(lambda read, id=due.thing: self.do(read, id), due=due)

        self.begin(worker, job)

    def do(self, read: Snapshot, id: str) -> tuple[None, Changes]:
        wish = read.get(Wish, id)
        return None, Changes(put=[wish.model_copy(update={"done": (*wish.done, wish.number or 0)})])

    def begin(self, worker: int, job: Callable[[Worker], object]) -> None:
        async def guarded(it: Worker) -> None:
            try:
                await job(it)  # type: ignore[misc]
            except (Refusal, StorageAway):
                return

        if self.is_free(worker):
            it = self.crew.workers[worker]
            self.crew.do(it.begin(guarded(it)))

    @invariant()
    def nothing_is_done_twice_or_after_it_was_called_off(self) -> None:
        for wish in self.wishes():
            assert len(set(wish.done)) == len(wish.done)
            assert 0 not in wish.done

    def teardown(self) -> None:
        try:
            self.crew.finish()
            self.crew.do(self.drain())
            dead = {letter.thing for letter in self.crew.do(self.crew.observer.agenda.dead())}
            for wish in self.wishes():
                assert wish.number is None or wish.number in wish.done or wish.id in dead
            self.nothing_is_done_twice_or_after_it_was_called_off()
        finally:
            super().teardown()

    async def drain(self) -> None:
        stores = self.crew.observer
        for _ in range(9):
            await stores.agenda.tick(NOW + timedelta(days=3))
            for due in await stores.agenda.take("observer", limit=3):
                try:
                    await stores.of(HERE).commit(lambda read, id=due.thing: self.do(read, id), due=due)
                except Refusal:
                    continue
        assert await stores.agenda.upcoming(HERE) == []
        assert await stores.agenda.queue.length([stores.of(HERE).at.shard]) == 0

    def wishes(self) -> list[Wish]:
        store = self.crew.observer.of(HERE)
        found = self.crew.do(store.look(lambda read: [read.find(Wish, id) for id in "abc"]))
        return [it for it in found if it]


class Showing(Interleaving):
    """Cards are shown: the newest picture stays; a message is doubled only where a lease was taken over."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.slack: dict[str, list[str]] = {id: [] for id in "abc"}
        self.rounds = 0

    @rule(worker=WORKERS, id=THINGS)
    def change(self, worker: int, id: str) -> None:
        def decide(read: Snapshot) -> tuple[None, Changes]:
            task = read.find(Task, id) or Task(id=id, text="0")
            newer = task.model_copy(update={"text": str(int(task.text) + 1)})
            return None, Changes(put=[newer], show=[Show(id, "U1")])

        async def job(it: Worker) -> None:
            try:
                await it.stores.of(HERE).commit(decide)
            except StorageAway:
                return

        self.begin(worker, job)

    @rule(worker=WORKERS, fails=st.booleans())
    def deliver(self, worker: int, fails: bool) -> None:
        async def job(it: Worker) -> None:
            try:
                await self.delivery(it, fails=fails)
            except (LeaseLost, StorageAway):
                return

        self.begin(worker, job)

    @rule()
    @precondition(lambda self: self.crew.wall < 1_000_200)
    def time_passes(self) -> None:
        self.crew.wall += 30

    @rule(worker=WORKERS)
    def die(self, worker: int) -> None:
        """Die before the lease is over: a slower worker could have painted over the newest picture."""
        if self.crew.wall == 1_000_000.0:
            self.crew.kill(worker)

    def begin(self, worker: int, job: Callable[[Worker], object]) -> None:
        if self.is_free(worker):
            it = self.crew.workers[worker]
            self.crew.do(it.begin(job(it)))  # type: ignore[arg-type]

    async def delivery(self, it: Worker, *, fails: bool) -> None:
        notices = it.stores.notices
        for notice in await notices.take(it.name, 3, [it.stores.of(HERE).at.shard]):
            lease = await notices.lease(notice)
            if lease and fails and notice.attempt == 1:
                await notices.retry(notice, lease, "it failed", after=5)
                continue
            while lease:
                id = notice.thing
                task = await it.stores.of(HERE).look(lambda read, id=id: read.get(Task, id))
                ts = lease.card.ts or self.post(id)
                self.slack[id][int(ts)] = task.text
                lease = await notices.shown(
                    lease, channel="D1", ts=ts, state="", digest=task.text, revision=lease.card.wanted
                )

    def post(self, id: str) -> str:
        self.slack[id].append("")
        return str(len(self.slack[id]) - 1)

    @invariant()
    def a_message_is_doubled_only_where_a_lease_was_taken_over(self) -> None:
        doubled = sum(len(messages) - 1 for messages in self.slack.values() if messages)
        assert doubled <= self.crew.do(self.crew.observer.notices.taken_over())

    def teardown(self) -> None:
        try:
            self.crew.finish()
            self.crew.do(self.drain())
            for id in "abc":
                self.crew.do(self.check_that_the_newest_is_shown(id))
        finally:
            super().teardown()

    async def drain(self) -> None:
        it = Worker("observer", self.crew.observer.wire, self.crew.clock)
        it.stores = self.crew.observer
        for _ in range(12):
            self.crew.wall += 30
            try:
                await self.delivery(it, fails=False)
            except LeaseLost:
                continue
        assert await it.stores.notices.queue.length([it.stores.of(HERE).at.shard]) == 0

    async def check_that_the_newest_is_shown(self, id: str) -> None:
        stores = self.crew.observer
        task = await stores.of(HERE).look(lambda read: read.find(Task, id))
        card = await stores.notices.card(HERE, "U1", id)
        assert (task is None) == (card is None)
        if task and card:
            assert card.shown == card.wanted
            assert self.slack[id][int(card.ts)] == task.text


@pytest.mark.parametrize("machine", [Accepting, Planning, Showing])
def test_no_interleaving_breaks_a_promise(machine: type[Interleaving], any_redis_url: str):
    kind = "cluster" if any_redis_url.startswith("redis+cluster:") else "one"

    run_state_machine_as_test(
        lambda: machine(any_redis_url),
        settings=settings(max_examples=EXAMPLES[kind], stateful_step_count=40, deadline=None),
    )

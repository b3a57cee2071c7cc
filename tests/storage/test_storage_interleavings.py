"""No order in which workers move, die or lose an answer breaks what storage promises.

Hypothesis chooses who moves next, one round trip at a time, so every failure can be replayed.
"""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, ClassVar

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

from kernel.errors import Refusal
from kernel.store import Changes, Key, Later, Never, Show, Snapshot
from kernel.values import Document, WorkspaceId
from storage import LeaseLost, StorageAway

HERE = WorkspaceId("T1")
EXAMPLES, FEWER = 30, 8
STEPS = 15
MISHAPS = 3
LATEST = 200

WORKERS = st.integers(0, 1)
TRIPS = st.sampled_from([1, 1, 1, 2, 2, 3, 5, 9])
SCHEDULES = st.lists(st.tuples(WORKERS, TRIPS), min_size=2, max_size=6)
THINGS = st.sampled_from(["a", "b", "c"])
FAILS = st.booleans()

Job = Callable[[Worker], Coroutine[Any, Any, None]]
Schedule = list[tuple[int, int]]
Decide = Callable[[Snapshot], tuple[None, Changes]]
Decision = tuple[Decide, list[Key]]


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
        self.observer = self.crew.observer
        self.mishaps = 0

    def race(self, jobs: tuple[Job, Job], schedule: Schedule) -> None:
        """Give every idle worker its job, and let the workers move in this order, so many trips in a row."""
        self.crew.do(self.raced(jobs, schedule))

    async def raced(self, jobs: tuple[Job, Job], schedule: Schedule) -> None:
        for worker, job in zip(self.crew.workers, jobs, strict=True):
            if worker.task is None:
                await worker.begin(self.quietly(worker, job))
        for index, trips in schedule:
            for _ in range(trips):
                await self.crew.workers[index].move(Order.GO)

    async def quietly(self, worker: Worker, job: Job) -> None:
        try:
            await job(worker)
        except (Refusal, StorageAway, LeaseLost):
            return

    @rule(worker=WORKERS, order=st.sampled_from([Order.LOSE_QUESTION, Order.LOSE_ANSWER]))
    @precondition(lambda self: self.mishaps < MISHAPS)
    def lose(self, worker: int, order: Order) -> None:
        self.mishaps += 1
        self.crew.do(self.crew.workers[worker].move(order))

    @rule(worker=WORKERS)
    @precondition(lambda self: self.mishaps < MISHAPS and self.may_die())
    def die(self, worker: int) -> None:
        self.mishaps += 1
        self.crew.kill(worker)

    def may_die(self) -> bool:
        return True

    def teardown(self) -> None:
        try:
            for worker in self.crew.workers:
                self.crew.finish(worker)
            self.check_the_end()
        finally:
            self.crew.close()

    def check_the_end(self) -> None:
        """Check what must hold once everything is done."""


def take(id: str, who: str) -> Decision:
    """The decision to take a task, and all that it reads."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        task = read.find(Task, id) or Task(id=id)
        burden = read.find(Burden, who) or Burden(id=who)
        if task.taken_by:
            raise Taken
        if len(burden.tasks) >= Burden.LIMIT:
            raise Full
        taken = task.model_copy(update={"taken_by": who})
        return None, Changes(put=[taken, burden.model_copy(update={"tasks": (*burden.tasks, id)})])

    return decide, [Key(Task, id), Key(Burden, who)]


def end(id: str, *, keep: bool) -> Decision:
    """The decision to give a task back, or to drop it, and the first that it reads."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        task = read.get(Task, id)
        if not task.taken_by:
            raise Taken
        burden = read.get(Burden, task.taken_by)
        freed = burden.model_copy(update={"tasks": tuple(it for it in burden.tasks if it != id)})
        if keep:
            return None, Changes(put=[freed, task.model_copy(update={"taken_by": None})])
        return None, Changes(put=[freed], drop=[Key(Task, id)])

    return decide, [Key(Task, id)]


DECISIONS = st.one_of(
    st.builds(take, THINGS, st.sampled_from(["x", "y"])),
    st.builds(take, THINGS, st.sampled_from(["x", "y"])),
    st.builds(end, THINGS, keep=st.booleans()),
)
ONCE = st.one_of(st.none(), st.sampled_from([f"k{number}" for number in range(8)]))


class Accepting(Interleaving):
    """Workers take and end tasks; a task has one taker, and nobody carries more than two."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.done_once: list[str] = []

    @rule(one=DECISIONS, other=DECISIONS, once=ONCE, schedule=SCHEDULES)
    def commit(self, one: Decision, other: Decision, once: str | None, schedule: Schedule) -> None:
        self.race((self.job(one, once), self.job(other, once)), schedule)

    def job(self, decision: Decision, once: str | None) -> Job:
        decide, load = decision

        async def job(worker: Worker) -> None:
            await worker.stores.of(HERE).commit(decide, load=load, once=once)
            if once:
                self.done_once.append(once)

        return job

    @invariant()
    def nothing_is_accepted_twice_or_overbooked(self) -> None:
        tasks, burdens = self.documents()
        for burden in burdens:
            assert len(burden.tasks) <= Burden.LIMIT
        carried = sorted((id, burden.id) for burden in burdens for id in burden.tasks)
        assert carried == sorted((task.id, task.taken_by) for task in tasks if task.taken_by)

    @invariant()
    def lists_agree_with_documents(self) -> None:
        tasks, _ = self.documents()
        names = ("tasks", "tasks-of:nobody", "tasks-of:x", "tasks-of:y")
        keys = [self.observer.of(HERE).at.list(name) for name in names]
        listed = self.crew.do(self.observer.wire.calls([("ZRANGE", key, 0, -1) for key in keys]))
        expected = [sorted(task.id for task in tasks if name in task.lists()) for name in names]
        assert listed == expected

    @invariant()
    def nothing_is_done_twice_under_one_key(self) -> None:
        assert len(set(self.done_once)) == len(self.done_once)

    def documents(self) -> tuple[list[Task], list[Burden]]:
        def view(read: Snapshot) -> tuple[list[Task], list[Burden]]:
            tasks = [read.find(Task, id) for id in "abc"]
            burdens = [read.find(Burden, id) for id in "xy"]
            return [it for it in tasks if it], [it for it in burdens if it]

        keys = [*(Key(Task, id) for id in "abc"), *(Key(Burden, id) for id in "xy")]
        return self.crew.do(self.observer.of(HERE).look(view, load=keys))


class Wish(Document):
    """Something planned: the number of the plan, None when it was called off, and what was done."""

    kind: ClassVar[str] = "wish"
    number: int | None = None
    last: int = 0
    done: tuple[int, ...] = ()


def plan(id: str) -> Job:
    """The job to plan something, again if it was planned."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        wish = read.find(Wish, id) or Wish(id=id)
        planned = wish.model_copy(update={"number": wish.last + 1, "last": wish.last + 1})
        return None, Changes(put=[planned], later=[Later("do", id, NOW)])

    return lambda worker: worker.stores.of(HERE).commit(decide)


def call_off(id: str) -> Job:
    """The job to call something off."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        wish = read.find(Wish, id) or Wish(id=id)
        return None, Changes(put=[wish.model_copy(update={"number": None})], later=[Never("do", id)])

    return lambda worker: worker.stores.of(HERE).commit(decide)


def handle(id: str) -> Decide:
    """The decision that handles a plan which is due."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        wish = read.get(Wish, id)
        return None, Changes(put=[wish.model_copy(update={"done": (*wish.done, wish.number or 0)})])

    return decide


def work(*, fails: bool, limit: int = 3) -> Job:
    """The job to handle what is due; the first attempts fail."""

    async def job(worker: Worker) -> None:
        agenda, store = worker.stores.agenda, worker.stores.of(HERE)
        await agenda.tick(NOW + timedelta(days=3), [store.at.shard])
        for due in await agenda.take(worker.name, limit, [store.at.shard]):
            if fails and due.attempt < 3:
                await agenda.retry(due, NOW, "it failed")
            else:
                await store.commit(handle(due.thing), due=due)

    return job


PLANS = st.one_of(
    st.builds(plan, THINGS),
    st.builds(work, fails=FAILS),
    st.builds(call_off, THINGS),
    st.just(work(fails=False)),
)


class Planning(Interleaving):
    """Plans come due and are done: each once, the last one surely, and none that was called off."""

    @rule(one=PLANS, other=PLANS, schedule=SCHEDULES)
    def go_on(self, one: Job, other: Job, schedule: Schedule) -> None:
        self.race((one, other), schedule)

    @invariant()
    def nothing_is_done_twice_or_after_it_was_called_off(self) -> None:
        for wish in self.wishes():
            assert len(set(wish.done)) == len(wish.done)
            assert 0 not in wish.done

    def check_the_end(self) -> None:
        observer = self.crew.as_worker()
        for _ in range(30):
            self.crew.do(self.quietly(observer, work(fails=False, limit=1)))
        dead = {letter.thing for letter in self.crew.do(self.observer.agenda.dead())}
        for wish in self.wishes():
            assert wish.number is None or wish.number in wish.done or wish.id in dead
        self.nothing_is_done_twice_or_after_it_was_called_off()
        assert self.crew.do(self.observer.agenda.upcoming(HERE)) == []
        assert self.crew.do(self.observer.agenda.queue.length([self.observer.of(HERE).at.shard])) == 0

    def wishes(self) -> list[Wish]:
        found = self.crew.do(self.observer.of(HERE).look(lambda read: [read.find(Wish, id) for id in "abc"]))
        return [it for it in found if it]


def change(id: str) -> Job:
    """The job to change what a card shows."""

    def decide(read: Snapshot) -> tuple[None, Changes]:
        task = read.find(Task, id) or Task(id=id, text="0")
        newer = task.model_copy(update={"text": str(int(task.text) + 1)})
        return None, Changes(put=[newer], show=[Show(newer.thing, "U1")])

    return lambda worker: worker.stores.of(HERE).commit(decide)


def forget(id: str) -> Job:
    """The job to drop what a card shows."""
    return lambda worker: worker.stores.of(HERE).commit(lambda _: (None, Changes(drop=[Key(Task, id)])))


class Forgetting(Interleaving):
    """A card goes with what it shows, whoever shows it just then, and nothing of it comes back."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.posted = 0

    @rule(
        one=st.sampled_from([change, forget]),
        other=st.sampled_from([True, False]),
        schedule=SCHEDULES,
    )
    def go_on(self, one: Callable[[str], Job], other: bool, schedule: Schedule) -> None:
        self.race((one("a"), self.delivery(fails=other)), schedule)

    def may_die(self) -> bool:
        return True

    def delivery(self, *, fails: bool) -> Job:
        async def job(worker: Worker) -> None:
            notices, shard = worker.stores.notices, worker.stores.of(HERE).at.shard
            for notice in await notices.take(worker.name, 2, [shard]):
                lease = await notices.lease(notice)
                while lease and not fails:
                    self.posted += 1
                    lease = await notices.shown(
                        lease,
                        channel="D1",
                        ts=str(self.posted),
                        state="",
                        digest="",
                        revision=lease.card.wanted,
                    )
                if lease:
                    await notices.retry(notice, lease, "it failed", after=5)

        return job

    def check_the_end(self) -> None:
        observer = self.crew.as_worker()
        for job in (forget("a"), *[self.delivery(fails=False)] * 30):
            self.crew.wall += 60
            self.crew.do(self.quietly(observer, job))
        wire, at = self.observer.wire, self.observer.of(HERE).at
        left = self.crew.do(wire.find(at.everything)) - {at.dm("U1")}
        failed = self.crew.do(wire.calls([("HLEN", at.shard.failures), ("ZCARD", at.shard.postponed)]))
        assert (left, failed) == (set(), [0, 0])
        assert self.crew.do(self.observer.notices.queue.length([at.shard])) == 0


# Change a card, or deliver, at first in vain.
ERRANDS = st.one_of(st.sampled_from(["a", "b"]), FAILS, st.just(False))


class Showing(Interleaving):
    """Cards are shown: the newest picture stays; a message that may be doubled is counted."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.passed = 0
        self.slack: dict[str, list[str]] = {id: [] for id in "ab"}
        observer = self.crew.as_worker()
        for job in (change("a"), self.delivery(fails=False)):
            self.crew.do(job(observer))

    @rule(one=ERRANDS, other=ERRANDS, schedule=SCHEDULES)
    def go_on(self, one: str | bool, other: str | bool, schedule: Schedule) -> None:
        self.race((self.errand(one), self.errand(other)), schedule)

    def errand(self, what: str | bool) -> Job:
        return change(what) if isinstance(what, str) else self.delivery(fails=what)

    @rule(slow=WORKERS, trips=st.integers(1, 9), changed=st.sampled_from(["a", "b"]))
    @precondition(lambda self: self.passed < LATEST)
    def fall_asleep(self, slow: int, trips: int, changed: str) -> None:
        """Stop in the middle of a delivery, until the other has taken over and gone on."""
        self.passed += 30
        sleeper, other = self.crew.workers[slow], self.crew.workers[1 - slow]
        self.all_of(other, change(changed))
        self.crew.finish(sleeper)
        self.crew.do(sleeper.begin(self.quietly(sleeper, self.delivery(fails=False))))
        for _ in range(trips):
            self.crew.do(sleeper.move())
        self.crew.wall += 30
        self.all_of(other, change(changed))
        self.all_of(other, self.delivery(fails=False))

    def all_of(self, worker: Worker, job: Job) -> None:
        self.crew.finish(worker)
        self.crew.do(worker.begin(self.quietly(worker, job)))
        self.crew.finish(worker)

    def may_die(self) -> bool:
        """Die before the lease is over: a slower worker could have painted over the newest picture."""
        return self.passed == 0

    def delivery(self, *, fails: bool) -> Job:
        async def job(worker: Worker) -> None:
            notices, store = worker.stores.notices, worker.stores.of(HERE)
            for notice in await notices.take(worker.name, 2, [store.at.shard]):
                lease = await notices.lease(notice)
                if lease and fails and notice.attempt == 1:
                    await notices.retry(notice, lease, "it failed", after=5)
                    continue
                while lease:
                    id = notice.thing.removeprefix("task:")
                    task = await store.look(lambda read, id=id: read.find(Task, id))
                    if task is None:
                        lease = await notices.settle(lease)
                        continue
                    if not lease.card.ts:
                        await notices.posting(lease, "a message", repeats=bool(lease.card.posting))
                    await worker.gate.through(self.nothing)
                    ts, picture = self.paint(id, lease.card.ts, task.text), task.text
                    revision = lease.card.wanted
                    lease = await notices.shown(
                        lease, channel="D1", ts=ts, state="", digest=picture, revision=revision
                    )

        return job

    async def nothing(self) -> None:
        """Be on the way to Slack."""

    def paint(self, id: str, ts: str, picture: str) -> str:
        if not ts:
            self.slack[id].append(picture)
            return str(len(self.slack[id]) - 1)
        self.slack[id][int(ts)] = picture
        return ts

    @invariant()
    def each_message_that_is_doubled_was_counted(self) -> None:
        doubled = sum(len(messages) - 1 for messages in self.slack.values() if messages)
        counted = self.crew.do(self.observer.notices.maybe_doubled())
        assert doubled <= counted
        assert self.passed > 0 or counted == 0

    def check_the_end(self) -> None:
        observer = self.crew.as_worker()
        for _ in range(30):
            self.crew.wall += 30
            self.crew.do(self.quietly(observer, self.delivery(fails=False)))
        assert self.crew.do(self.observer.notices.queue.length([self.observer.of(HERE).at.shard])) == 0
        for id in "ab":
            self.crew.do(self.check_that_the_newest_is_shown(id))

    async def check_that_the_newest_is_shown(self, id: str) -> None:
        task = await self.observer.of(HERE).look(lambda read: read.find(Task, id))
        card = await self.observer.notices.card(HERE, "U1", f"task:{id}")
        assert (task is None) == (card is None)
        if task and card:
            assert card.shown == card.wanted
            assert self.slack[id][int(card.ts)] == task.text


@pytest.mark.parametrize("machine", [Accepting, Planning, Showing, Forgetting])
def test_no_interleaving_breaks_a_promise(machine: type[Any], redis_url: str):
    run_state_machine_as_test(
        lambda: machine(redis_url),
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None),
    )


@pytest.mark.cluster
@pytest.mark.parametrize("machine", [Accepting, Planning, Showing, Forgetting])
def test_nor_does_one_on_a_cluster(machine: type[Any], redis_cluster: str):
    run_state_machine_as_test(
        lambda: machine(redis_cluster),
        settings=settings(max_examples=FEWER, stateful_step_count=STEPS, deadline=None),
    )

"""The pump: bounded work from a queue, without losing any and without one failure stopping the rest."""

import asyncio

import pytest
from patience import PATIENCE

from slackapp.background.loops import looping
from slackapp.background.pump import Pump
from storage import StorageAway, Wake
from storage.connection.keys import ALL_SHARDS, ShardKeys


class Queue:
    """Pieces of work by shard, given out once."""

    def __init__(self, *pieces: str) -> None:
        self.pieces, self.done, self.asked = list(pieces), [], []
        self.is_away = False
        self.most = self.under_way = 0
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def take(self, limit, shards):
        if self.is_away:
            raise StorageAway("no")
        self.asked.append(list(shards))
        taken, self.pieces = self.pieces[:limit], self.pieces[limit:]
        return taken

    async def work(self, piece):
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await self.may_end.wait()
        self.under_way -= 1
        if piece == "broken":
            raise ValueError(piece)
        self.done.append(piece)


@pytest.fixture
def wake():
    return Wake()


def pump_of(queue, wake, at_once=4):
    return Pump("test", queue.take, queue.work, wake, at_once=at_once)


async def test_everything_is_done_and_never_more_at_once_than_allowed(wake):
    queue = Queue(*map(str, range(20)))

    await pump_of(queue, wake).quiet()

    assert sorted(queue.done, key=int) == [str(n) for n in range(20)]
    assert queue.most <= 4


async def test_one_failure_does_not_stop_the_others(wake):
    queue = Queue("a", "broken", "b")

    await pump_of(queue, wake).quiet()

    assert queue.done == ["a", "b"]


async def test_work_that_meets_no_storage_is_left_for_later_and_no_error(wake, lines):
    queue = Queue("a")

    async def away(_piece):
        raise StorageAway("no")

    await Pump("test", queue.take, away, wake, at_once=1, pauses=(0.01, 0.02)).quiet()

    assert [(line["level"], line["event"]) for line in lines()] == [("warning", "left for later")]


async def test_while_storage_is_away_nothing_is_started_and_later_all_is(wake):
    queue = Queue("a")
    pump = pump_of(queue, wake)
    queue.is_away = True
    started_meanwhile = await pump.fill()

    queue.is_away = False
    await pump.quiet()

    assert started_meanwhile == 0
    assert queue.done == ["a"]


async def test_a_piece_for_which_storage_was_away_is_done_in_a_moment_without_being_taken_again(wake):
    queue, tries = Queue("a"), []

    async def work(piece):
        tries.append(piece)
        if len(tries) < 3:
            raise StorageAway("no")
        await queue.work(piece)

    pump = Pump("test", queue.take, work, wake, at_once=4, pauses=(0, 0))
    await pump.quiet()

    assert (tries, queue.done) == (["a"] * 3, ["a"])


async def test_a_piece_for_which_storage_stays_away_is_left_for_the_next_worker(wake):
    queue, tries = Queue("a"), []

    async def work(piece):
        tries.append(piece)
        raise StorageAway("no")

    await Pump("test", queue.take, work, wake, at_once=4, pauses=(0, 0)).quiet()

    assert (tries, queue.done) == (["a"] * 3, [])


async def test_a_commit_of_this_process_wakes_its_own_shard_only(wake):
    queue = Queue()
    pump = pump_of(queue, wake)
    following = asyncio.create_task(pump.run())

    wake.touch(7)
    async with asyncio.timeout(PATIENCE):
        while not queue.asked:
            await asyncio.sleep(0)

    following.cancel()
    assert queue.asked == [[ShardKeys(7)]]


async def test_what_found_no_room_is_done_as_soon_as_there_is(wake):
    queue = Queue("a", "b", "c")
    queue.may_end.clear()
    pump = pump_of(queue, wake, at_once=1)
    following = asyncio.create_task(pump.run())
    await pump.fill(ALL_SHARDS[:1])

    queue.may_end.set()
    async with asyncio.timeout(PATIENCE):
        while len(queue.done) < 3:
            await asyncio.sleep(0)

    following.cancel()
    assert queue.done == ["a", "b", "c"]


async def test_finishing_says_whether_all_was_done_in_time(wake):
    queue = Queue("a")
    queue.may_end.clear()
    pump = pump_of(queue, wake)
    await pump.fill()

    in_time = await pump.finish(within=0.01)
    queue.may_end.set()

    assert not in_time
    assert await pump.finish(within=PATIENCE)


class Endless(Queue):
    """Work that is always done before more of it is taken, so that there is room again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end.clear()
        self.is_busy = asyncio.Event()

    async def take(self, limit, shards):
        self.asked.append(list(shards))
        if len(self.asked) == 1:
            return ["piece"] * (limit - 1)
        self.may_end.set()
        for _ in range(3):  # until what was started is done
            await asyncio.sleep(0)
        if len(self.done) > 100:
            self.is_busy.set()
        return ["piece"] * limit


async def test_a_stop_waits_for_what_is_under_way_and_not_for_all_there_is(wake):
    queue = Endless()
    wake.touch(0)

    async with asyncio.timeout(PATIENCE):
        async with looping([pump_of(queue, wake)], [asyncio.Event().wait], beat_seconds=0.01):
            await queue.is_busy.wait()

    assert queue.under_way == 0


async def test_a_queue_that_never_ends_keeps_no_other_waiting(wake):
    queue, other = Endless(), Queue()

    async with asyncio.timeout(PATIENCE):
        async with looping(
            [pump_of(queue, wake), pump_of(other, Wake())], [asyncio.Event().wait], beat_seconds=0.01
        ):
            await queue.is_busy.wait()
            other.pieces.append("a")
            while not other.done:
                await asyncio.sleep(0)

"""Notices and cards: one worker shows a card at a time, and no card stays behind."""

import time

import pytest
from gated import Worker
from make_storage import Burden, Member, Task

from kernel.store import Changes, Key, Show
from kernel.values import WorkspaceId
from storage import Card, Lease, LeaseLost, Notice, Notices, Stores

AnyStores = Stores[Member, Burden]


class Wall:
    """A wall clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wall(any_stores: AnyStores) -> Wall:
    any_stores.notices.wall = clock = Wall()
    return clock


@pytest.fixture
def notices(any_stores: AnyStores, wall: Wall) -> Notices:
    return any_stores.notices


async def show(stores: AnyStores, workspace: WorkspaceId, *things: str) -> None:
    """Show a member tasks, each of them as it is."""
    tasks = [Task(id=thing.removeprefix("task:")) for thing in things]
    changes = Changes(put=tasks, show=[Show(task.thing, to="U1") for task in tasks])
    await stores.of(workspace).commit(lambda _: (None, changes))


async def shown(notices: Notices, lease: Lease, ts: str = "1.0") -> Lease | None:
    return await notices.shown(
        lease, channel="D1", ts=ts, state="open", digest="abc", revision=lease.card.wanted
    )


async def leased(notices: Notices, notice: Notice) -> Lease:
    lease = await notices.lease(notice)
    assert lease
    return lease


async def test_a_shown_card_remembers_its_message(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a b")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)

    assert lease.card == Card("U1", "task:a b", wanted=1)
    assert await shown(notices, lease) is None

    card = Card("U1", "task:a b", 1, 1, "D1", "1.0", "open", "abc")
    assert await notices.card(workspace, "U1", "task:a b") == card
    assert await notices.card_at(workspace, "D1", "1.0") == card
    assert await notices.card_at(workspace, "D1", "2.0") is None
    assert await notices.card(workspace, "U2", "task:a b") is None
    assert await notices.take("w") == []


async def test_what_was_wanted_meanwhile_is_shown_in_another_round(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)
    await show(any_stores, workspace, "task:a")

    again = await shown(notices, lease)

    assert again
    assert (again.card.wanted, again.card.shown, again.card.ts) == (2, 1, "1.0")
    assert await shown(notices, again) is None
    (late,) = await notices.take("w")
    assert await notices.lease(late) is None
    assert await notices.take("w") == []


async def test_two_workers_never_show_one_card_together(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    await show(any_stores, workspace, "task:a")
    (first,) = await notices.take("w", limit=1)
    (second,) = await notices.take("v", limit=1)

    lease = await leased(notices, first)

    assert await notices.lease(second) is None
    assert await shown(notices, lease) is None


async def test_whoever_lost_the_answer_gets_the_same_lease_and_nobody_else_does(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lost = await notices.lease(notice, by="w 1")

    lease = await notices.lease(notice, by="w 1")
    assert lease == lost
    assert await notices.lease(notice, by="w 2") is None

    assert lease
    assert await shown(notices, lease) is None
    at = any_stores.of(workspace).at.card("U1", "task:a")
    fields = await any_stores.wire.call("HKEYS", at)
    assert not {"token", "until", "holder"} & set(fields)


async def test_a_lease_that_is_asked_for_again_lasts_as_long_as_a_new_one(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    await notices.lease(notice, by="w 1")
    wall.now += 15
    await notices.lease(notice, by="w 1")
    wall.now += 15

    assert await notices.lease(notice, by="w 2") is None


async def test_a_lease_that_another_took_over_is_not_given_back(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    await notices.lease(notice, by="slow")
    wall.now += 21
    assert await notices.lease(notice, by="fast")

    assert await notices.lease(notice, by="slow") is None


async def test_a_notice_that_found_a_lease_comes_again_when_the_holder_dies(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    await show(any_stores, workspace, "task:a")
    first, second = await notices.take("w")
    await leased(notices, first)
    assert await notices.lease(second) is None
    assert await notices.take("w") == []

    wall.now += 21
    (again,) = await notices.take("w")
    lease = await leased(notices, again)

    assert lease.card.wanted == 2
    assert await shown(notices, lease) is None


async def test_a_worker_that_was_too_slow_cannot_say_what_it_showed(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("slow")
    slow = await leased(notices, notice)
    wall.now += 21
    fast = await leased(notices, notice)

    with pytest.raises(LeaseLost) as lost:
        await shown(notices, slow, ts="1.0")
    assert lost.value.may_double

    assert await notices.maybe_doubled() == 1
    assert not await notices.retry(notice, slow, "too late", after=1)
    assert not await notices.bury(notice, slow, "too late")
    again = await shown(notices, fast, ts="2.0")
    assert again, "what the slow one painted may be old, so it is painted over"
    assert await shown(notices, again, ts="2.0") is None
    card = await notices.card(workspace, "U1", "task:a")
    assert card
    assert (card.ts, card.shown) == ("2.0", 2)


async def test_what_was_to_be_posted_is_known_to_whoever_takes_the_card_next(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("dies")
    await notices.posting(await leased(notices, notice), "a message")
    wall.now += 21

    lease = await leased(notices, notice)
    await notices.posting(lease, "the same again", repeats=True)

    assert lease.card.posting == "a message"
    assert await notices.maybe_doubled() == 1
    assert await shown(notices, lease) is None
    card = await notices.card(workspace, "U1", "task:a")
    assert card
    assert (card.posting, await notices.dm(workspace, "U1")) == ("", "D1")


async def test_what_was_not_posted_after_all_is_forgotten(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)
    await notices.posting(lease, "a message")
    await notices.posting(lease, "")

    card = await notices.card(workspace, "U1", "task:a")
    assert card
    assert card.posting == ""
    assert await notices.maybe_doubled() == 0


async def test_who_has_lost_the_card_may_post_nothing(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("slow")
    slow = await leased(notices, notice)
    wall.now += 21
    await leased(notices, notice)

    with pytest.raises(LeaseLost):
        await notices.posting(slow, "a message")


async def test_writing_down_what_is_posted_renews_the_lease(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)
    wall.now += 15
    await notices.posting(lease, "a message")
    wall.now += 15

    assert await notices.lease(notice) is None


async def test_an_old_message_keeps_its_card_behind_until_it_is_closed(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("dies")
    lease = await leased(notices, notice)
    facts = {"channel": "D1", "ts": "2.0", "state": "open", "digest": "abc"}
    assert await notices.shown(lease, revision=1, old="the first", **facts)
    wall.now += 21

    again = await leased(notices, notice)

    assert (again.card.old, again.card.shown) == ("the first", 1)
    assert await shown(notices, again, ts="2.0") is None
    assert await notices.take("w") == []


async def test_saying_again_what_was_shown_changes_nothing(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)
    await shown(notices, lease)

    assert await shown(notices, lease) is None

    assert await notices.take("w") == []


async def test_a_failed_delivery_comes_again_after_the_time_asked_for(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, wall: Wall
):
    await show(any_stores, workspace, "task:a")
    for attempt in (1, 2, 3):
        (notice,) = await notices.take("w")
        assert notice.attempt == attempt
        assert await notices.retry(notice, await leased(notices, notice), "rate limited", after=30)
        wall.now += 29.9
        assert await notices.take("w") == []
        wall.now += 0.2

    (notice,) = await notices.take("w")
    await shown(notices, await leased(notices, notice))

    await show(any_stores, workspace, "task:a")
    (fresh,) = await notices.take("w")
    assert fresh.attempt == 1


async def test_a_buried_notice_is_a_dead_letter_and_a_later_one_is_delivered(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    assert await notices.bury(notice, await leased(notices, notice), "user_not_found")

    (dead,) = await any_stores.agenda.dead()
    assert (dead.source, dead.kind, dead.thing, dead.error) == ("notice", "U1", "task:a", "user_not_found")
    assert await notices.take("w") == []

    await show(any_stores, workspace, "task:a")
    (later,) = await notices.take("w")
    assert (await leased(notices, later)).card.wanted == 2


async def test_a_card_with_nothing_to_show_is_settled(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")

    assert await notices.settle(await leased(notices, notice)) is None

    assert await notices.take("w") == []
    assert await notices.card(workspace, "U1", "task:a") == Card("U1", "task:a", wanted=1, shown=1)


@pytest.mark.parametrize("is_empty", [True, False])
async def test_with_a_card_what_else_its_reader_has_is_shown_anew(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, is_empty: bool
):
    async def settled(thing: str, also: str) -> list[str]:
        """Show a thing and something else with it; return what is to be shown then."""
        await show(any_stores, workspace, thing)
        (notice,) = await notices.take("w")
        lease = await leased(notices, notice)
        await notices.wake.wait(0)
        words = {"channel": "D1", "ts": thing, "state": "", "digest": "", "revision": lease.card.wanted}
        more = notices.settle(lease, also=also) if is_empty else notices.shown(lease, **words, also=also)
        assert await more is None
        return [it.thing for it in await notices.take("w")]

    assert await settled("task:a", "task:home") == [], "they have no card of it"
    assert await notices.wake.wait(0) == []
    assert await notices.card(workspace, "U1", "task:home") is None
    await show(any_stores, workspace, "task:home")
    (home,) = await notices.take("w")
    assert await shown(notices, await leased(notices, home)) is None

    assert await settled("task:b", "") == []
    assert await settled("task:c", "task:home") == ["task:home"]
    assert any_stores.of(workspace).at.shard in await notices.wake.wait(0)
    lease = await leased(notices, Notice(workspace, "U1", "task:home", "0-1", 1))
    assert (lease.card.wanted, lease.card.shown) == (2, 1)


async def test_where_the_app_was_removed_nothing_else_is_shown(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:home", "task:a")
    home, other = await notices.take("w")
    assert await shown(notices, await leased(notices, home)) is None
    lease = await leased(notices, other)
    await any_stores.wire.call("SET", any_stores.of(workspace).at.stay, "left")

    assert await notices.settle(lease, also="task:home") is None

    assert await notices.take("w") == []


async def forgotten(stores: AnyStores, workspace: WorkspaceId, task_id: str) -> None:
    await stores.of(workspace).commit(lambda _: (None, Changes(drop=[Key(Task, task_id)])))


async def every_key(stores: AnyStores, workspace: WorkspaceId) -> set[str]:
    at = stores.of(workspace).at
    return {key.removeprefix(at.everything[:-1]) for key in await stores.wire.find(at.everything)}


async def test_cards_and_their_messages_go_with_what_they_show(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    for ts in ("1.0", "2.0"):
        await show(any_stores, workspace, "task:a", "task:b")
        for notice in await notices.take("w"):
            await shown(notices, await leased(notices, notice), f"{ts}{notice.thing[5:]}")

    await forgotten(any_stores, workspace, "a")

    assert await notices.card(workspace, "U1", "task:a") is None
    assert await notices.card_at(workspace, "D1", "1.0a") is None
    assert await every_key(any_stores, workspace) == {
        "dm:U1",
        "doc:task:b",
        "list:tasks",
        "list:tasks-of:nobody",
        "of:task:b",
        "card:U1 task:b",
        "at:D1 1.0b",
        "at:D1 2.0b",
    }


@pytest.mark.parametrize("then", ["shown", "retry", "bury", "settle"])
async def test_a_card_that_is_forgotten_while_it_is_delivered_leaves_nothing(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId, then: str
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    assert await notices.retry(notice, await leased(notices, notice), "once", after=0)
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)

    await forgotten(any_stores, workspace, "a")
    match then:
        case "shown":
            assert await shown(notices, lease) is None
        case "retry":
            assert not await notices.retry(notice, lease, "twice", after=0)
        case "bury":
            assert not await notices.bury(notice, lease, "for good")
        case _:
            assert await notices.settle(lease) is None

    shard = any_stores.of(workspace).at.shard
    lengths = [
        ("HLEN", shard.failures),
        ("ZCARD", shard.postponed),
        ("XLEN", shard.notices),
        ("XLEN", shard.dead),
    ]
    assert await any_stores.wire.calls(lengths) == [0, 0, 0, 0]
    assert await every_key(any_stores, workspace) == set()


async def test_a_message_that_is_shown_while_its_card_is_forgotten_goes_too(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    lease = await leased(notices, notice)
    worker = Worker("w", any_stores.wire, time.time)
    dropping = Changes(drop=[Key(Task, "a")])
    await worker.begin(worker.stores.of(workspace).commit(lambda _: (None, dropping)))
    for _ in range(2):
        await worker.move()

    await shown(notices, lease)
    while worker.task:
        await worker.move()

    assert await every_key(any_stores, workspace) == {"dm:U1"}


async def test_a_notice_that_waits_for_its_next_try_goes_with_what_it_shows(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    (notice,) = await notices.take("w")
    await notices.retry(notice, await leased(notices, notice), "slack away", after=60)

    await forgotten(any_stores, workspace, "a")

    shard = any_stores.of(workspace).at.shard
    assert await any_stores.wire.calls([("HLEN", shard.failures), ("ZCARD", shard.postponed)]) == [0, 0]


async def test_what_is_gone_is_shown_to_nobody(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    late = Changes(show=[Show("task:a", to="U1")])
    await any_stores.of(workspace).commit(lambda _: (None, late))

    assert await notices.take("w") == []
    assert await every_key(any_stores, workspace) == set()


async def test_a_notice_left_by_a_dead_worker_goes_to_the_next(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")
    await notices.take("dies")
    notices.queue.idle_seconds = 0

    (found,) = await notices.take("lives")

    assert (found.thing, found.attempt) == ("task:a", 2)


async def test_a_commit_wakes_the_delivery_of_its_own_process(
    any_stores: AnyStores, notices: Notices, workspace: WorkspaceId
):
    await show(any_stores, workspace, "task:a")

    shards = await notices.wake.wait(5)

    assert len(await notices.take("w", shards=shards)) == 1

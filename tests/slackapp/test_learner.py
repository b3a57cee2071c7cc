"""Learning in a process of its own: what it changes, and that its death or its slowness does no harm."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import make
import pytest
from app_world import MANIFEST, QUICK, World, slower, start_world
from make_past import past_talk
from make_storage import SECRET
from patience import PATIENCE

from kernel.errors import NotInstalled
from kernel.kinds import AgendaKind
from kernel.store import Changes, Due, Later
from kernel.values import PersonId, RequestId, TopicId
from matching.values import ReasonKind
from mentoring.learning.memory import last
from mentoring.model.learned import LEARNING, Learning
from mentoring.model.offer import Offer, offer_id
from mentoring.model.request import Request
from slackapp.background.learner import LATER, Learner
from slackapp.background.scheduler import Duties
from slackapp.process.errors import LearnerFailed
from slackapp.workspaces.workspaces import ROSTER
from storage import Stores
from storage.connection.keys import GROUP, keys_of

MAYA, PRIYA, JONAS = PersonId("U0MAYA"), PersonId("U0PRIYA"), PersonId("U0JONAS")
RAJ, FOLDER = PersonId("U0RAJ"), "Who knows about the blue folder?"
QUESTION = "Why does my asyncio service stall? #python"
NEVER_DONE = (sys.executable, "-c", "import time; time.sleep(600)")
BROKEN = (sys.executable, "-c", "import sys; sys.stdin.read(); print('KeyError', end=''); sys.exit(1)")


async def lived(world: World, talks: int = 30, helper: PersonId = JONAS) -> None:
    """Have two helpers, the one who declares less having helped so often."""
    await world.enrol(PRIYA, topics={"python": 3})
    await world.enrol(JONAS, topics={"python": 1})
    began, desk = world.now - timedelta(days=talks + 1), await world.desk()
    for number in range(talks):
        at, topic = began + number * make.DAY, TopicId("python")
        documents = list(past_talk(f"R-{number}", at, helper, topic=topic, asker_id=MAYA))
        await desk.store.commit(lambda _, put=documents: (None, Changes(put=put)))


@pytest.fixture
async def still_world(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    """The whole of Waymark, with a heart that does not beat: the test alone performs what is due."""
    async with start_world(tmp_path, redis_url, tempo=slower(QUICK, beat=3600)) as started:
        yield started


async def due_now(world: World) -> Due:
    """The entry of the agenda as a worker holds it."""
    await world.app.quiet()
    # Written by another process, as it were, so that the app's own loops do not hear of it.
    other = await Stores.open(world.settings.redis_url, ROSTER, secret=SECRET, timeout=30)
    shards, later = [keys_of(world.workspace).shard], Later("relearn", LEARNING, world.now)
    await other.of(world.workspace).commit(lambda _: (None, Changes(later=[later])))
    await other.agenda.tick(world.now, shards)
    due = (await other.agenda.take("test", shards=shards))[0]
    await other.close()
    return due


async def first_asked(world: World) -> Offer:
    """Ask, and return the offer to who is asked first."""
    await world.slack.command(MAYA, "/ask-mentor", QUESTION)
    await world.settle()
    desk = await world.desk()
    request = await world.get(Request, (await desk.store.ids("requests"))[0])
    return await world.get(Offer, offer_id(RequestId(request.id), request.asked[0].helper_id))


async def found(world: World) -> Learning:
    return await last(await world.desk())


@asynccontextmanager
async def under_way(learner: Learner, due: Due) -> AsyncIterator[asyncio.Task[None]]:
    """Begin to learn, and give the task once its process is there."""
    task = asyncio.create_task(learner.relearn(due))
    async with asyncio.timeout(PATIENCE):
        while learner.process_id is None and not task.done():
            await asyncio.sleep(0.005)
    yield task
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait([task])


async def waiting(world: World) -> int:
    """How many entries of the agenda are in somebody's hands."""
    return await world.app.worker.stores.agenda.queue.length([keys_of(world.workspace).shard])


async def test_after_a_night_of_learning_who_really_helps_is_asked_first_and_told_why(socket_world: World):
    world = socket_world
    await lived(world)
    await world.enrol(RAJ, topics={"sql": 1})
    for number in range(9):
        at, folder = world.now - (9 - number) * make.DAY, "Who keeps the blue folder of the clerks?"
        kept = list(past_talk(f"F-{number}", at, RAJ, topic=None, question=folder, asker_id=MAYA))
        await (await world.desk()).store.commit(lambda _, put=kept: (None, Changes(put=put)))
    await world.slack.command(MAYA, "/ask-mentor", FOLDER)
    form = world.slack.modal(MAYA)
    assert form is not None
    assert "choose a topic below" in form.words
    before = await first_asked(world)
    await world.slack.press(PRIYA, await world.slack.message(PRIYA, containing="Can you help"), "I can help")
    await world.settle()
    talk = await world.slack.message(MAYA, containing="Your talk with")
    await world.slack.press(MAYA, talk, "Wrap up")
    await world.slack.submit(MAYA, {"minutes": "About 10 minutes"})
    await world.settle()
    night = (await found(world)).next_at
    assert night is not None

    await world.slack.skip_to(night + timedelta(minutes=1))
    async with asyncio.timeout(PATIENCE):
        while (await found(world)).came is None:
            await world.settle()

    learned = await found(world)
    assert (learned.came, learned.outcomes, learned.ranks) == ("learned", 40, True)
    assert learned.next_at is not None
    assert learned.next_at > night
    await world.skip_to(
        world.now.replace(hour=10) + timedelta(days=world.now.hour >= 10)
    )  # people are at work
    after = await first_asked(world)
    assert (before.helper_id, after.helper_id) == (PRIYA, JONAS)
    assert ReasonKind.ANSWERED not in {reason.kind for reason in before.reasons}
    assert ReasonKind.ANSWERED in {reason.kind for reason in after.reasons if reason.value > 0}
    answer = await world.slack.command(MAYA, "/ask-mentor", FOLDER)
    assert answer.shown is not None
    assert "by your words, since I can't tell the topic" in answer.shown.words
    offer = await world.slack.message(RAJ, containing="Can you help")
    assert "you have helped with questions like this one" in offer.words


async def test_it_runs_in_a_process_of_its_own_while_the_loop_goes_on(still_world: World):
    await lived(still_world)
    due, learner = await due_now(still_world), Learner(still_world.app.worker)
    ticks = 0

    async with under_way(learner, due) as task:
        process_id = learner.process_id
        while not task.done():
            await asyncio.sleep(0.01)
            ticks += 1

    assert process_id not in (None, os.getpid())
    assert ticks > 10
    assert (await found(still_world)).ranks
    assert await waiting(still_world) == 0
    assert learner.process_id is None


async def test_one_that_is_killed_leaves_everything_as_it_was_and_another_does_it(still_world: World):
    await lived(still_world)
    due, learner = await due_now(still_world), Learner(still_world.app.worker)

    async with under_way(learner, due) as task:
        assert learner.process_id is not None
        os.kill(learner.process_id, signal.SIGKILL)
        with pytest.raises(LearnerFailed, match="exit -9"):
            await task

    assert (await found(still_world)).came is None
    assert await waiting(still_world) == 1
    await learner.relearn(due)
    assert (await found(still_world)).version == 1


async def test_two_at_once_learn_once(still_world: World):
    await lived(still_world)
    due = await due_now(still_world)

    await asyncio.gather(*(Learner(still_world.app.worker).relearn(due) for _ in range(2)))

    assert (await found(still_world)).version == 1
    assert await waiting(still_world) == 0


async def test_what_came_of_it_is_known_where_the_app_was_started_to_ignore_its_children(still_world: World):
    await lived(still_world)
    due, before = await due_now(still_world), signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        await Learner(still_world.app.worker).relearn(due)
        with pytest.raises(LearnerFailed, match="KeyError"):
            await Learner(still_world.app.worker, BROKEN).relearn(due)
    finally:
        signal.signal(signal.SIGCHLD, before)

    assert (await found(still_world)).ranks


async def test_one_that_fails_says_the_name_of_its_error(still_world: World):
    await lived(still_world)
    due = await due_now(still_world)

    with pytest.raises(LearnerFailed, match="KeyError"):
        await Learner(still_world.app.worker, BROKEN).relearn(due)


async def test_one_whose_storage_was_away_comes_back_a_little_later(still_world: World):
    await lived(still_world)
    due = await due_now(still_world)
    away = (sys.executable, "-c", "print('StorageAway', end=''); raise SystemExit(1)")
    before = still_world.now

    await Learner(still_world.app.worker, away).relearn(due)

    assert (await found(still_world)).came is None
    agenda = still_world.app.worker.stores.agenda
    [again] = [it for it in await agenda.upcoming(still_world.workspace) if it.kind == due.kind]
    assert abs(again.at - (before + LATER)) < timedelta(seconds=1)


async def test_one_that_takes_too_long_ends_by_itself(still_world: World):
    await lived(still_world)
    due = await due_now(still_world)
    stuck = (sys.executable, "-c", STUCK)

    with pytest.raises(LearnerFailed, match="exit -14"):
        await Learner(still_world.app.worker, stuck, seconds=1).relearn(due)


STUCK = """
import asyncio, sys
from slackapp.background import retraining
async def never(errand):
    await asyncio.Event().wait()
retraining.run = never
sys.exit(retraining.main())
"""


async def test_when_the_app_stops_it_is_ended_and_left_to_the_next_worker(still_world: World):
    await lived(still_world)
    due, learner = await due_now(still_world), Learner(still_world.app.worker, NEVER_DONE)

    async with learner.working():
        task = asyncio.create_task(learner.relearn(due))
        while learner.process_id is None:
            await asyncio.sleep(0.005)
        process_id = learner.process_id

    await asyncio.wait_for(task, PATIENCE)
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
    assert await waiting(still_world) == 1
    await learner.relearn(due)
    assert learner.process_id is None


async def test_while_one_workspace_learns_another_waits_a_little(still_world: World):
    await lived(still_world)
    learner = Learner(still_world.app.worker, NEVER_DONE)
    first, agenda = await due_now(still_world), still_world.app.worker.stores.agenda

    async with learner.working(), under_way(learner, first):
        await learner.relearn(await due_now(still_world))

        (later,) = [it for it in await agenda.upcoming(still_world.workspace) if it.kind == "relearn"]
        assert timedelta(minutes=4) < later.at - still_world.now < timedelta(minutes=6)
        assert learner.process_id is not None
        os.kill(learner.process_id, signal.SIGKILL)


def named(kind: AgendaKind, do: Callable[[Due], Awaitable[None]]) -> Callable[[Due], Awaitable[None]]:
    """What stands in the place of what the program does for a kind of entry."""

    async def done(due: Due) -> None:
        await do(due)

    done.__module__, _, done.__qualname__ = kind.done_by.partition(".")
    return done


async def test_an_entry_that_is_worked_on_is_held_and_not_taken_again(still_world: World):
    worker, shard = still_world.app.worker, keys_of(still_world.workspace).shard
    due, queue = await due_now(still_world), worker.stores.agenda.queue
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(_: Due) -> None:
        begun.set()
        await go_on.wait()

    async def idle() -> int:
        look = "return redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1][3]"
        return int(await worker.stores.wire.call("EVAL", look, 1, shard.due, GROUP, due.entry))

    kinds = worker.conversations.features.by_program.values()
    duties = Duties(worker, {kind: named(kind, slowly) for kind in kinds})
    queue.idle_seconds = 0.3
    async with asyncio.timeout(PATIENCE):
        work = asyncio.create_task(duties.perform(due))
        await begun.wait()
        longest = await idle()
        while (now := await idle()) >= longest:
            longest = now
            await asyncio.sleep(0.01)

    queue.idle_seconds = 0.0
    assert await duties.take(100, [shard]) == []
    go_on.set()
    await work


async def test_too_little_to_learn_from_starts_no_process(still_world: World):
    await lived(still_world, 3)
    due = await due_now(still_world)

    await Learner(still_world.app.worker, BROKEN).relearn(due)

    assert (await found(still_world)).came == "too_few"


async def test_switched_off_starts_no_process(tmp_path: Path, redis_url: str):
    manifest = tmp_path / "manifest.yml"
    text = MANIFEST.read_text("utf-8").replace(" enabled: true", " enabled: false")
    manifest.write_text(text, "utf-8")
    async with start_world(tmp_path, redis_url, manifest=manifest, tempo=slower(QUICK, beat=3600)) as world:
        await lived(world)

        await Learner(world.app.worker, BROKEN).relearn(await due_now(world))

        assert (await found(world)).came == "switched_off"


async def test_a_workspace_that_leaves_while_it_learns_keeps_nothing_and_is_tried_no_more(still_world: World):
    await lived(still_world)
    due, app = await due_now(still_world), still_world.app
    stores = app.worker.stores
    learner = Learner(app.worker)

    async with under_way(learner, due) as task:
        await stores.installations.drop(still_world.workspace)

    assert isinstance(task.exception(), NotInstalled)
    with pytest.raises(NotInstalled):
        await app.worker.workspaces.at(still_world.workspace)
    assert await stores.agenda.done(due)

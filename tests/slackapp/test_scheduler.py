"""The heartbeat and the agenda: what is due is done once, late or after a failure, and never lost."""

import asyncio
from datetime import timedelta

import pytest
from patience import PATIENCE
from programme_views import circles

from kernel.store import Changes, Later
from mentoring.admins.member_list import READ_MEMBERS
from mentoring.model.person import Person
from relationships.circles.circle import OPEN_CIRCLE_ROOM
from slackapp.background.scheduler import heartbeat

MAYA, RAJ = "U0MAYA", "U0RAJ"
QUESTION = "Why does my asyncio service stall? #python"


async def put_off(world, kind, thing, by=timedelta(0)):
    desk = await world.desk()
    later = Later(kind, thing, world.now + by)
    await desk.store.commit(lambda read: (None, Changes(later=[later])))


async def beats(count, work, seconds=0.01):
    """Let a heart beat so often, and return how many beats ran at the same time at most."""
    running, most, done = 0, 0, asyncio.Event()
    seen = 0

    async def beat():
        nonlocal running, most, seen
        running, seen = running + 1, seen + 1
        most = max(most, running)
        await work()
        running -= 1
        if seen >= count:
            done.set()

    heart = heartbeat(beat, seconds)
    heart.start()
    await asyncio.wait_for(done.wait(), PATIENCE)
    heart.shutdown(wait=False)
    return most


async def test_a_beat_that_takes_long_never_runs_twice_at_a_time():
    assert await beats(3, lambda: asyncio.sleep(0.05)) == 1


async def test_what_is_due_is_done_without_waiting_for_a_beat(socket_world):
    await socket_world.enrol(RAJ, topics={"python": 3})

    await socket_world.slack.command(MAYA, "/ask-mentor", QUESTION)

    await socket_world.slack.message(RAJ, containing="Can you help")


async def test_what_is_due_later_happens_when_its_time_comes_and_not_before(socket_world):
    await put_off(socket_world, "meet", MAYA, by=timedelta(hours=3))
    await socket_world.skip(timedelta(hours=2))
    early = await socket_world.find(Person, MAYA)

    await socket_world.skip(timedelta(hours=2))

    assert early is None
    assert (await socket_world.get(Person, MAYA)).standing == "active"


async def test_what_fell_due_while_the_app_was_down_is_done_when_it_comes_back(socket_world):
    await put_off(socket_world, "meet", MAYA, by=timedelta(hours=3))
    await socket_world.stop()
    await socket_world.slack.skip(timedelta(days=3))

    await socket_world.start()
    await socket_world.settle()

    assert (await socket_world.get(Person, MAYA)).standing == "active"


async def test_a_failure_is_tried_again_and_after_the_eighth_kept_as_a_dead_letter(socket_world):
    await put_off(socket_world, "meet", MAYA)
    socket_world.slack.faults.refuse("users.info", "missing_scope")

    for _ in range(10):
        await socket_world.skip(timedelta(hours=7))

    (letter,) = await socket_world.app.worker.stores.agenda.dead()
    assert (letter.kind, letter.thing, letter.attempts, letter.error) == ("meet", MAYA, 8, "missing_scope")
    assert len(socket_world.slack.calls("users.info")) == 8


async def test_a_failure_that_passes_leaves_no_trace(socket_world):
    await put_off(socket_world, "meet", MAYA)
    socket_world.slack.faults.fail("users.info", times=2)

    for _ in range(3):
        await socket_world.skip(timedelta(hours=1))

    assert (await socket_world.get(Person, MAYA)).standing == "active"
    assert await socket_world.app.worker.stores.agenda.dead() == []


async def test_an_entry_waits_as_long_as_slack_says(socket_world):
    socket_world.slack.faults.rate_limit("users.info", times=1, retry_after=600)
    await put_off(socket_world, "meet", MAYA)
    await socket_world.settle()

    await socket_world.skip(timedelta(minutes=9))
    assert len(socket_world.slack.calls("users.info")) == 1
    await socket_world.skip(timedelta(minutes=2))

    assert (await socket_world.get(Person, MAYA)).standing == "active"


async def test_what_is_about_people_who_are_gone_is_taken_off(socket_world):
    desk, agenda = await socket_world.desk(), socket_world.app.worker.stores.agenda
    begun = next(it for it in circles("Circles") if it.state == "going" and it.room == "wanted")
    people = {"mentor_id": "U0GRACE", "mentee_ids": (MAYA, RAJ), "answers": {}}
    left = begun.model_copy(update=people)
    await desk.store.commit(lambda _: (None, Changes(put=[left])))
    await put_off(socket_world, OPEN_CIRCLE_ROOM, left.id)

    await socket_world.skip(timedelta(seconds=1))

    assert socket_world.slack.calls("conversations.open")
    assert [it.kind for it in await agenda.upcoming(socket_world.workspace)] == [READ_MEMBERS]
    assert await agenda.dead() == []


async def test_a_kind_of_a_newer_release_is_left_for_one_that_knows_it(socket_world):
    agenda = socket_world.app.worker.stores.agenda
    await put_off(socket_world, "dance", "x")
    await socket_world.skip(timedelta(seconds=1))
    waiting = await agenda.upcoming(socket_world.workspace)

    for _ in range(8):
        await socket_world.skip(timedelta(hours=7))

    assert ("dance", "x") in [(it.kind, it.thing) for it in waiting]
    assert [it.kind for it in await agenda.upcoming(socket_world.workspace)] == [READ_MEMBERS]
    assert [(it.kind, it.error) for it in await agenda.dead()] == [("dance", "UnknownKind")]


async def test_what_belongs_to_a_removed_workspace_is_taken_off(socket_world):
    await put_off(socket_world, "meet", MAYA, by=timedelta(hours=1))
    await socket_world.app.worker.stores.of("T0OTHER").commit(
        lambda read: (None, Changes(later=[Later("meet", RAJ, socket_world.now)]))
    )
    await socket_world.settle()

    agenda = socket_world.app.worker.stores.agenda
    assert await agenda.upcoming("T0OTHER") == []
    coming = await agenda.upcoming(socket_world.workspace)
    assert [it.kind for it in coming] == ["meet", READ_MEMBERS]


@pytest.mark.gated
async def test_while_redis_is_away_the_app_lives_on_and_then_catches_up(socket_world):
    await put_off(socket_world, "meet", MAYA, by=timedelta(hours=1))
    await socket_world.redis_away()
    await socket_world.slack.skip(timedelta(hours=2))
    await socket_world.app.duties.fill()

    await socket_world.redis_back()
    await socket_world.settle()

    assert (await socket_world.get(Person, MAYA)).standing == "active"

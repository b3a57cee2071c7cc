"""What the program does with Slack by itself waits as long as Slack is away, and is done once it is back."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import World, start_world, with_support
from make import approach, offer, request
from make_sprint import check_in, sprint
from programme_views import circles

from coaching.guide.talk import TALK_TURN
from coaching.sprints.sprint import SPRINT_CHART, Review
from handlers.conversations import ALL
from kernel.store import Changes, Later, Show
from kernel.values import PersonId
from mentoring.admins.member_list import READ_MEMBERS
from mentoring.model.appointment import MEETING_FILE, Appointment
from mentoring.model.learned import RELEARN
from mentoring.model.person import MEET, Person
from mentoring.model.session import Session
from relationships.board import boards
from relationships.board.board import BOARD_PICTURE
from relationships.circles.circle import OPEN_CIRCLE_ROOM, Circle
from relationships.cohorts.programme import PROGRAMME_LIST, PROGRAMME_WORK, Programme
from relationships.growth_plan import sharing
from relationships.growth_plan.growth_plan import EXPORT
from slackapp.background.catching_up import CATCH_UP

MAYA, RAJ, PRIYA, RUBY, TOMAS = map(PersonId, ("U0MAYA", "U0RAJ", "U0PRIYA", "U0RUBY", "U0TOMAS"))
SOON = timedelta(minutes=2)
# They call nobody in Slack, or keep their own time (tests of theirs say so).
NO_CALLS, OWN_TIME = {RELEARN, TALK_TURN}, {READ_MEMBERS, CATCH_UP}
TRIED = {
    *(SPRINT_CHART, BOARD_PICTURE, EXPORT, MEETING_FILE),
    *(PROGRAMME_LIST, PROGRAMME_WORK, OPEN_CIRCLE_ROOM, MEET),
}


@pytest.fixture
async def here(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        yield world


async def everything(world: World) -> None:
    """Have each kind of duty that calls Slack to do, for Maya; the room is one of four people."""
    desk, now = await world.desk(), world.now
    ended = sprint(now, me=MAYA).model_copy(
        update={"check_ins": (check_in(now),), "state": "done", "review": Review(level=1, confidence=8)}
    )
    asked = request(asker_id=MAYA, approaches=(approach(PRIYA),), asked_at=now)
    talk = Session.begin(asked, offer(PRIYA, request_id=asked.id), now)
    talk = talk.model_copy(
        update={"appointment": Appointment(at=now + timedelta(days=20), agreed_at=now, agreed_by=MAYA)}
    )
    paired = Programme(id="p1", name="Mentors 2027", made_by=RUBY, made_at=now).list_for(MAYA)
    file = world.slack.hand_in("people.csv", b"slack_id\nU0NOBODY\n")
    read = Programme(id="p2", name="Next", made_by=RUBY, made_at=now).begin("read", RUBY, now)
    people = {"mentor_id": PRIYA, "mentee_ids": (MAYA, TOMAS, RUBY)}
    circle = next(circles("Circles")).model_copy(update=people)
    for person in circle.everyone:
        circle = circle.answer(person, now, yes=True)
    due = {
        SPRINT_CHART: ended.id,
        MEETING_FILE: f"{talk.id}.{MAYA}",
        PROGRAMME_LIST: f"{paired.id}.1",
        PROGRAMME_WORK: read.id,
        OPEN_CIRCLE_ROOM: circle.id,
        MEET: RAJ,
    }
    put = [ended, asked, talk, paired, read.reading(file, "mentees"), circle]
    later = [Later(kind, thing, now) for kind, thing in due.items()]
    await desk.store.commit(lambda _: (None, Changes(put=put, later=later)))
    await boards.draw(desk, MAYA, now, once="1")
    await sharing.export(desk, MAYA, "json", now, once="1")


async def stands(world: World) -> dict[str, bool]:
    """What of it is done."""
    names = {file["name"].split("-")[0] for it in world.slack.dm(MAYA) for file in it.files}
    desk = await world.desk()
    circle, read = await desk.find(Circle, "c" * 24), await desk.find(Programme, "p2")
    return {
        SPRINT_CHART: "sprint" in names,
        BOARD_PICTURE: "board.png" in names,
        EXPORT: "growth" in names,
        MEETING_FILE: "talk.ics" in names,
        PROGRAMME_LIST: "pairs.csv" in names,
        PROGRAMME_WORK: bool(read and read.read and "nobody in this" in read.read.problems[0]),
        OPEN_CIRCLE_ROOM: bool(circle and circle.channel),
        MEET: await desk.find(Person, RAJ) is not None,
    }


def test_every_duty_of_the_program_is_told_apart():
    assert {*ALL.features.by_program, CATCH_UP} == TRIED | NO_CALLS | OWN_TIME


async def test_each_waits_for_days_and_is_done_within_two_minutes_of_its_return(here: World):
    for person in (PRIYA, MAYA, TOMAS, RUBY):
        await here.enrol(person, topics={"python": 3})
    desk = await here.desk()
    card = Show(sprint(here.now, me=MAYA).thing, MAYA)
    await desk.store.commit(lambda _: (None, Changes(put=[sprint(here.now, me=MAYA)], show=[card])))
    await here.settle()

    here.slack.faults.fail(times=1_000_000)
    await everything(here)
    for _ in range(8):
        await here.skip(timedelta(hours=6))
    before = await stands(here)
    here.slack.faults.fail(times=0)
    await here.app.worker.stores.notices.hurry(here.workspace)
    await here.skip(SOON)

    assert set(before) == TRIED
    assert not any(before.values())
    assert await here.app.worker.stores.agenda.dead() == []
    after = await stands(here)
    assert [kind for kind, done in after.items() if not done] == []

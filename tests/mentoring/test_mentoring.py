"""Any day at the office: whatever people do, nothing is lost, doubled, overbooked or silent."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4

import make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import HOUR, NOW
from office import Office

from kernel.errors import Refusal
from kernel.values import OfferId, PersonId, RequestId, SessionId, WorkspaceId
from matching.values import Urgency
from mentoring.model.offer import Offer
from mentoring.model.person import SlackFacts
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.offboarding import hand_over
from mentoring.people.people import leave, meet, pause, resume
from mentoring.requests.requests import edit, file, retag, withdraw
from mentoring.requests.retries import again, keep_waiting, post_in_channel, someone_else, tell_admins
from mentoring.routing.offers import accept, decline, pass_on, volunteer
from mentoring.sessions.sessions import fall_back_to_relay, more_time, opened_room, wrap_up

PEOPLE = [PersonId(f"U0P{number}") for number in range(6)]
TOPICS = [make.PYTHON, make.SQL]


class Day:
    """One office through one run of things that people do."""

    def __init__(self, office: Office) -> None:
        workspace = WorkspaceId(f"T{uuid4().hex[:10].upper()}")
        self.office = Office(office.stores, workspace)
        self.now: datetime = NOW
        self.requests: list[RequestId] = []
        self.offers: list[OfferId] = []

    async def open(self) -> None:
        """Put everyone there; half of them know two topics."""
        for number, id in enumerate(PEOPLE):
            topics = {make.PYTHON: 1 + number % 3, **({make.SQL: 2} if number % 2 else {})}
            await self.office.put(make.helper(id, topics, level=1 + number % 5, minutes_per_week=60))

    async def step(self, verb: int, who: int, which: int) -> None:
        """Let someone do something; a refusal is an answer too."""
        me, verbs = PEOPLE[who % len(PEOPLE)], [*self.of_anyone(PEOPLE[who % len(PEOPLE)], which)]
        if self.requests:
            verbs += self.of_askers(me, self.requests[which % len(self.requests)])
        if self.offers:
            verbs += self.of_helpers(self.offers[which % len(self.offers)], me)
        with suppress(Refusal):
            await verbs[verb % len(verbs)]()
        await self.refresh()

    async def refresh(self) -> None:
        """Learn of every request and offer that there is."""
        store = self.office.desk.store
        self.requests = [RequestId(id) for id in await store.ids("requests", limit=200)]
        self.offers = [OfferId(id) for person in PEOPLE for id in await store.ids(f"offers-to:{person}")]

    def of_anyone(self, me: PersonId, which: int) -> list[Callable[[], Awaitable[object]]]:
        desk, now = self.office.desk, self.now
        new = make.new_request(
            topics=(TOPICS[which % 2],),
            urgency=list(Urgency)[which % 3],
            anonymous=which % 4 == 0,
            minutes=(15, 25)[which % 2],
        )
        return [
            lambda: file(desk, me, new, RequestId(f"R{len(self.requests)}"), now),
            lambda: self.pass_time(which),
            lambda: self.pass_time(1),
            lambda: pause(desk, me, now + (1 + which) * HOUR, now),
            lambda: resume(desk, me, now),
            lambda: leave(desk, me, now),
            lambda: hand_over(desk, me, now),
            lambda: meet(desk, SlackFacts(id=me, name="x", standing="left" if which % 3 else "active"), now),
        ]

    def of_askers(self, me: PersonId, id: RequestId) -> list[Callable[[], Awaitable[object]]]:
        desk, now = self.office.desk, self.now

        async def mine(verb: Callable[..., Awaitable[object]], *more: object) -> object:
            request = await self.office.get(Request, id)
            return await verb(desk, request.asker_id, id, *more, now)

        return [
            lambda: mine(withdraw),
            lambda: mine(someone_else),
            lambda: mine(keep_waiting),
            lambda: mine(again),
            lambda: mine(tell_admins),
            lambda: mine(post_in_channel),
            lambda: mine(edit, make.new_request(question="What now?", urgency=Urgency.THIS_WEEK)),
            lambda: mine(retag, [make.SQL]),
            lambda: volunteer(desk, id, me, now),
        ]

    def of_helpers(self, id: OfferId, other: PersonId) -> list[Callable[[], Awaitable[object]]]:
        desk, now, talk = self.office.desk, self.now, SessionId(id)
        me = PersonId(id.rpartition(".")[2])
        return [
            *[lambda: accept(desk, id, me, now)] * 3,
            lambda: decline(desk, id, me, now),
            lambda: pass_on(desk, id, me, now, to=other, note="try them"),
            lambda: pass_on(desk, id, me, now),
            lambda: wrap_up(desk, talk, me, WrapUp(minutes=20), now),
            lambda: more_time(desk, talk, me, now),
            lambda: opened_room(desk, talk, "G1", now),
            lambda: fall_back_to_relay(desk, talk, now),
            lambda: asyncio.gather(
                accept(desk, id, me, now), decline(desk, id, me, now), return_exceptions=True
            ),
        ]

    async def pass_time(self, hours: int) -> None:
        """Let hours pass, and everything be done that has fallen due."""
        self.now += timedelta(hours=hours)
        await self.office.run(self.now)

    async def check(self) -> None:
        """What is kept about people agrees with the documents, and nobody is left without a next step."""
        await self.office.run(self.now)
        await self.refresh()
        requests = [await self.office.get(Request, id) for id in self.requests]
        offers = [await self.office.get(Offer, id) for id in self.offers]
        found = [await self.office.find(Session, id) for id in self.offers]
        talks = [talk for talk in found if talk is not None]
        planned = set(await self.office.planned())
        for id in PEOPLE:
            load = await self.office.carried(id)
            assert set(load.open_requests) == {
                it.id for it in requests if it.asker_id == id and not it.is_ended
            }
            assert set(load.open_offers) == {it.id for it in offers if it.helper_id == id and it.is_pending}
            assert set(load.open_sessions) == {it.id for it in talks if it.helper_id == id and it.is_open}
            assert len(load.open_requests) <= 5
            assert len(load.open_offers) <= 2
            assert len(load.open_sessions) <= 2
        for request in requests:
            mine = [it for it in offers if it.request_id == request.id]
            held = [it for it in talks if it.request_id == request.id and it.is_open]
            assert [it.id for it in held] == (
                [request.session_id] if request.state in ("accepted", "in_session") else []
            )
            assert any(it.is_pending for it in mine) == (request.state == "offered")
            assert {it.helper_id for it in mine} <= {it.helper_id for it in request.asked}
            assert request.asker_id not in {it.helper_id for it in mine}
            assert self.next_step(request, mine) <= planned

    def next_step(self, request: Request, offers: list[Offer]) -> set[tuple[str, str]]:
        """What must stand on the agenda, so that a request can never go silent."""
        match request.state:
            case "open":
                return {("overdue", request.id), ("route", request.id)}
            case "offered":
                pending = {("offer_expires", it.id) for it in offers if it.is_pending}
                return {("overdue", request.id), *pending}
            case "unanswered":
                return {("give_up", request.id)}
            case "accepted" | "in_session":
                return {("auto_close", str(request.session_id))}
            case _:
                return {("forget_request", request.id)}


STEPS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 5), st.integers(0, 30)), min_size=5, max_size=20
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_whatever_people_do_everything_agrees_and_nothing_goes_silent(
    office: Office, steps: list[tuple[int, int, int]]
):
    day = Day(office)
    await day.open()

    for step in steps:
        await day.step(*step)

    await day.check()

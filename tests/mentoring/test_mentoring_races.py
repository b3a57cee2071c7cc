"""Two people act at the same moment: whichever round trip comes first, one request has one outcome.

Hypothesis chooses who moves next, one round trip to Redis at a time, and may lose an answer on its way back.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import make
import pytest
from gated import Crew, Order, Worker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, DEE, NOW, R1, offer_to, talk_with
from office import Desks

from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.store import Changes, Snapshot
from kernel.values import WorkspaceId
from matching.ranking.index import HelperIndex
from mentoring.model.load import Load
from mentoring.model.offer import Offer
from mentoring.model.request import Request
from mentoring.model.session import Session, WrapUp
from mentoring.requests.requests import retag, withdraw
from mentoring.requests.retries import someone_else
from mentoring.routing.offers import accept, decline, expire, pass_on, take_away, volunteer
from mentoring.routing.routing import route, run_out
from mentoring.sessions.sessions import wrap_up
from storage import StorageAway

POOL = (ADA, BEN, CY)
AFTER_THE_END = f"{R1}+"  # what is filed when someone else is wished after the end
EVERYBODY = (*POOL, DEE)

Job = Callable[[Desk], Awaitable[object]]

JOBS: dict[str, Job] = {
    "Ada accepts": lambda desk: accept(desk, offer_to(ADA), ADA, NOW),
    "Ben accepts": lambda desk: accept(desk, offer_to(BEN), BEN, NOW),
    "Ada declines": lambda desk: decline(desk, offer_to(ADA), ADA, NOW),
    "Ada names Dee": lambda desk: pass_on(desk, offer_to(ADA), ADA, NOW, to=DEE),
    "Ada's offer runs out": lambda desk: expire(desk, offer_to(ADA), NOW),
    "Ben is gone": lambda desk: take_away(desk, offer_to(BEN), NOW),
    "Dee volunteers": lambda desk: volunteer(desk, R1, DEE, NOW),
    "it is withdrawn": lambda desk: withdraw(desk, ASKER, R1, NOW),
    "someone else is wished": lambda desk: someone_else(desk, ASKER, R1, NOW),
    "its topics change": lambda desk: retag(desk, ASKER, R1, [make.SQL], NOW),
    "it is routed": lambda desk: route(desk, R1, NOW),
    "its time runs out": lambda desk: run_out(desk, R1, NOW + DAY),
    "Ada wraps up": lambda desk: wrap_up(desk, talk_with(ADA), ADA, WrapUp(minutes=5), NOW),
}


@dataclass
class Nobody:
    """A directory in which nobody helps, so that routing finds who was named, and else the ways out."""

    async def index(self) -> HelperIndex:
        return HelperIndex()


def desk_of(worker: Worker, workspace: WorkspaceId) -> Desk:
    return Desk(worker.stores.of(workspace), make.TOPICS, make.POLICY, Nobody(), Desks())


async def ask_the_pool(desk: Desk) -> None:
    """Put a request there that three helpers are asked at once."""
    people = [make.person(), *(make.helper(id) for id in EVERYBODY)]
    approached = tuple(make.approach(id, 4) for id in POOL)
    asked = make.request(state="offered", asked=approached, channel_post="C0PYTHON")
    offers = [make.offer(id) for id in POOL]
    loads = [
        make.load(ASKER, open_requests=(R1,)),
        *(make.load(it.helper_id, open_offers=(it.id,)) for it in offers),
    ]
    await desk.store.commit(lambda _: (None, Changes(put=[*people, asked, *offers, *loads])))


async def persistently(desk: Desk, job: Job) -> None:
    """Do a job as Slack does: again, when the answer was lost."""
    for _ in range(3):
        with suppress(StorageAway, Refusal):
            await job(desk)
            return


def check(read: Snapshot) -> None:
    """One outcome, and everything that is kept agrees with it."""
    request = read.get(Request, R1)
    offers = [it for id in EVERYBODY if (it := read.find(Offer, offer_to(id)))]
    talks = [it for id in EVERYBODY if (it := read.find(Session, talk_with(id)))]
    held = request.state in ("accepted", "in_session")
    assert [it.id for it in talks if it.is_open] == ([request.session_id] if held else [])
    assert (request.state == "offered") == any(it.is_pending for it in offers)
    assert len([it for it in offers if it.state == "accepted"]) <= 1
    for id in EVERYBODY:
        load = read.find(Load, id) or Load(id=id)
        assert set(load.open_offers) == {it.id for it in offers if it.helper_id == id and it.is_pending}
        assert set(load.open_sessions) == {it.id for it in talks if it.helper_id == id and it.is_open}
    asked = [it for id in (R1, AFTER_THE_END) if (it := read.find(Request, id))]
    assert set(read.get(Load, ASKER).open_requests) == {it.id for it in asked if not it.is_ended}


@pytest.fixture
def crew(redis_url: str) -> Iterator[Crew]:
    """Two workers on one Redis, a round trip at a time."""
    crew = Crew(redis_url)
    yield crew
    crew.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    one=st.sampled_from(sorted(JOBS)),
    two=st.sampled_from(sorted(JOBS)),
    schedule=st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from([Order.GO] * 5 + [Order.LOSE_ANSWER])), max_size=16
    ),
)
def test_two_at_the_same_moment_leave_one_outcome(
    crew: Crew, one: str, two: str, schedule: list[tuple[int, Order]]
):
    workspace = WorkspaceId(f"T{uuid4().hex[:10].upper()}")
    scene = desk_of(crew.as_worker(), workspace)
    crew.do(ask_the_pool(scene))
    for worker, job in zip(crew.workers, (one, two), strict=True):
        crew.do(worker.begin(persistently(desk_of(worker, workspace), JOBS[job])))

    for index, order in schedule:
        if crew.workers[index].task:
            crew.do(crew.workers[index].move(order))
    for worker in crew.workers:
        crew.finish(worker)

    crew.do(scene.store.look(check))

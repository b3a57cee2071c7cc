"""What drawing the Home tab costs somebody with a long past: `python bench/home.py`.

On the private server, without Slack. One person has asked 1,000 questions that have ended, with as many talks
and wrapped-up opinions, and has five open mentorships of ten talks each; the peer has nothing. A third has
all that and everything else in use at once: circles, a programme, a search, sponsorships, goals, a board,
second opinions of both sides. In turns each tab is painted. `ratio` is the median time of the first over that
of the peer; *commands* and *bytes* are what Redis says it did for one painting.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from command_line import print_figures
from cryptography.fernet import Fernet
from redis.asyncio import Redis

from handlers.conversations import ALL
from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import Changes
from kernel.topics import Catalogue, Topic
from kernel.values import Document, PersonId, RequestId, TopicId, WorkspaceId
from matching.ranking.index import HelperIndex
from matching.values import Lane, Match
from mentoring.model.load import Load
from mentoring.model.offer import Offer
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.model.session import Session
from relationships.board.board import Board
from relationships.circles.circle import Circle
from relationships.cohorts.programme import OpenProgrammes, Programme
from relationships.cohorts.sign_up import SignUp, SignUpChoices, sign_up_id
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.growth_plan import GrowthPlan
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.second_opinions.second_opinion import SecondOpinion
from relationships.sponsorships.sponsorship import asked
from storage import Roster, Stores
from storage.server.embedded import embedded

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE, PYTHON = WorkspaceId("BENCH"), TopicId("python")
ME, PEER, ALL_IN_USE = PersonId("U0ME"), PersonId("U0PEER"), PersonId("U0ALL")
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
TALKS, AT_ONCE = 10, 200
COUNTED = ("total_net_input_bytes", "total_net_output_bytes", "total_commands_processed")


class Nobody:
    """Nobody is known to be away, and nobody helps."""

    async def look(self, ids: object) -> dict[PersonId, Any]:
        """Nothing: nobody was looked up."""
        return {}

    async def index(self) -> HelperIndex:
        """No helpers."""
        raise NotImplementedError


def past(count: int, me: PersonId = ME) -> Iterator[Document]:
    """Yield questions that have ended, each with its talk."""
    for number in range(count):
        at, helper = NOW - (number + 1) * HOUR, PersonId(f"U0H{number % 50}")
        request = Request(
            id=RequestId(f"R{number}-{me}"),
            asker_id=me,
            question=f"How do I profile the import job number {number}, which stalls under load? " * 3,
            topics=(PYTHON,),
            asked_at=at,
            needed_by=at + HOUR,
            state="resolved",
        )
        offer = Offer.begin(request, Match(helper, Lane.PEER, 1.0, ()), 1, at + HOUR, at)
        yield request
        yield Session.begin(request, offer, at).model_copy(
            update={"state": "resolved", "ended_at": at + HOUR}
        )


def mentorships(count: int, me: PersonId = ME) -> Iterator[Mentorship]:
    """Yield open mentorships, each with some talks held, notes and steps."""
    for number in range(count):
        mentor, start = PersonId(f"U0M{number}"), NOW - 21 * WEEK
        fresh = begun(f"M{number}-{me}", mentor, me, Agreement(purpose="Lead my first team well"), start)
        until = months_after(start, 6, "UTC")
        it = fresh.agree(mentor, start, until).agree(me, start, until)
        for talk in range(1, TALKS + 1):
            at = start + talk * 2 * WEEK
            it = it.book(me, talk, at, at - HOUR).met(me, talk, at + HOUR)
            it = it.note(mentor, at + HOUR, ours="What we said, in a few words. " * 5, step="", goals=None)
            it = it.note(me, at + HOUR, ours="", step="Try it with one colleague", goals=("Delegate",))
        yield it


def everything(me: PersonId) -> Iterator[Document]:
    """Yield one or a few of all else that stands on a Home tab."""
    text = "What I would like to get better at, in a sentence of mine. "
    others = [PersonId(f"U0C{number}") for number in range(6)]
    for number in range(3):
        yield Goal(id=f"G{number}", person_id=me, title=text, set_at=NOW - WEEK, touched_at=NOW)
        circle = Circle(
            id=f"C{number}",
            mentor_id=others[0],
            mentee_ids=(me, *others[1:]),
            agreement=Agreement(purpose="Mentoring", minutes=60),
            made_at=NOW - WEEK,
        )
        for who in circle.everyone:
            circle = circle.answer(who, NOW - WEEK, yes=number > 0 or who != me)
        yield circle
        wish = asked(others[number], me, me, text, text, answer_by=NOW + WEEK, now=NOW - WEEK)
        yield wish.accept(others[number], NOW)
        for asker, asked_of in ((me, others[number]), (others[number], me)):
            opinion = SecondOpinion(
                id=f"O{number}-{asker}",
                asker_id=asker,
                question=text * 3,
                topics=(PYTHON,),
                asked_at=NOW,
                closes_at=NOW + WEEK,
            )
            yield opinion.seat(asked_of, Lane.PEER, (), NOW)
    yield GrowthPlan(id=me, begun_at=NOW - WEEK)
    yield Board(id=me, begun_at=NOW - WEEK)
    yield MentorWish(
        id="W",
        person_id=me,
        wants=text,
        topics=(PYTHON,),
        made_at=NOW,
        looked_until=NOW + WEEK,
    )
    programme = Programme(id="P", name="Mentoring", made_by=me, made_at=NOW)
    yield OpenProgrammes().noting(programme)
    side = SignUpChoices(mentee=True, mentor=True)
    yield SignUp(
        id=sign_up_id("P", me), programme_id="P", programme="Mentoring", person_id=me, asked=side, made_at=NOW
    )


async def measure(times: int, items: int, open_ones: int) -> dict[str, Any]:
    """The figures."""
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            stores = await Stores.open(
                url,
                Roster(Person, Load, Person.as_helper, cards=ALL.features.cards),
                secret=Fernet.generate_key().decode(),
            )
            async with Redis.from_url(url) as raw:
                nobody = Nobody()
                topics = Catalogue((Topic(id=PYTHON, label="Python"),))
                desk = Desk(stores.of(HERE), topics, Policy(), nobody, nobody)
                await _written(desk, [*_people(), *past(items), *mentorships(open_ones)])
                all_in_use = [*past(items, ALL_IN_USE), *mentorships(open_ones, ALL_IN_USE)]
                await _written(desk, [*all_in_use, *everything(ALL_IN_USE)])
                figures = {str(me): await _painted(desk, raw, me, times) for me in (ME, PEER, ALL_IN_USE)}
            await stores.close()
    full, bare = figures[ME], figures[PEER]
    ratio = round(full["ms"] / bare["ms"], 2)
    return {
        "ratio": ratio,
        "full": full,
        "peer": bare,
        "everything in use": figures[ALL_IN_USE],
        "items": 2 * items,
    }


def _people() -> Iterator[Person]:
    for id in (ME, PEER, ALL_IN_USE):
        yield Person(id=id, name=id.title(), standing="active", seen_at=NOW, enrolled_at=NOW)


async def _written(desk: Desk, documents: list[Document]) -> None:
    for begin in range(0, len(documents), AT_ONCE):
        some = documents[begin : begin + AT_ONCE]
        await desk.store.commit(lambda _, some=some: (None, Changes(put=some)))


async def _painted(desk: Desk, raw: Any, me: PersonId, times: int) -> dict[str, Any]:
    for _ in range(3):
        view = await ALL.home.paint(desk, me, NOW)
    before, took = await _info(raw), []
    for _ in range(times):
        began = time.perf_counter()
        view = await ALL.home.paint(desk, me, NOW)
        took.append(time.perf_counter() - began)
    after = await _info(raw)
    sent, read, commands = ((after[name] - before[name]) / times for name in COUNTED)
    return {
        "ms": round(statistics.median(took) * 1000, 2),
        "ms_p95": round(sorted(took)[int(0.95 * (len(took) - 1))] * 1000, 2),
        "ms_max": round(max(took) * 1000, 2),
        "commands": round(commands),
        "bytes_read": round(read),
        "bytes_sent": round(sent),
        "view_bytes": len(json.dumps(view)),
    }


async def _info(raw: Any) -> dict[str, int]:
    return {**await raw.info("stats")}


if __name__ == "__main__":
    print_figures(
        __doc__,
        measure,
        times=(200, "how often each tab is painted"),
        items=(500, "questions that ended, each with its talk"),
        open=(5, "open mentorships"),
    )

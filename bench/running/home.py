"""What drawing the Home tab costs somebody with a long past: `python -m bench.running.home`.

On the private server, without Slack. One person has asked 1,000 questions that have ended, with as many talks
and wrapped-up opinions, and has five open mentorships of ten talks each; the peer has nothing. In turns each
tab is painted. `ratio` is the median time of the one over that of the other; *commands* and *bytes* are what
Redis says it did for one painting, *documents* are what was read.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from redis.asyncio import Redis

from bench.command_line import print_figures
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
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.mentorship import Mentorship, begun
from storage import Roster, Stores
from storage.server.embedded import embedded

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HERE, PYTHON = WorkspaceId("BENCH"), TopicId("python")
ME, PEER = PersonId("U0ME"), PersonId("U0PEER")
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
TALKS, AT_ONCE = 10, 200
COUNTED = ("total_net_input_bytes", "total_net_output_bytes", "total_commands_processed")


class Nobody:
    """Nobody is known to be away, and nobody helps."""

    async def look(self, ids: object) -> dict[PersonId, Any]:
        """Return nothing: nobody was looked up."""
        return {}

    async def index(self) -> HelperIndex:
        """Return no helpers."""
        raise NotImplementedError


def past(count: int) -> Iterator[Document]:
    """Yield questions that have ended, each with its talk."""
    for number in range(count):
        at, helper = NOW - (number + 1) * HOUR, PersonId(f"U0H{number % 50}")
        request = Request(
            id=RequestId(f"R{number}"),
            asker_id=ME,
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


def mentorships(count: int) -> Iterator[Mentorship]:
    """Yield open mentorships, each with some talks held, notes and steps."""
    for number in range(count):
        mentor, start = PersonId(f"U0M{number}"), NOW - 21 * WEEK
        fresh = begun(f"M{number}", mentor, ME, Agreement(purpose="Lead my first team well"), start)
        until = months_after(start, 6, "UTC")
        it = fresh.agree(mentor, start, until).agree(ME, start, until)
        for talk in range(1, TALKS + 1):
            at = start + talk * 2 * WEEK
            it = it.book(ME, talk, at, at - HOUR).met(ME, talk, at + HOUR)
            it = it.note(mentor, at + HOUR, ours="What we said, in a few words. " * 5, step="", goals=None)
            it = it.note(ME, at + HOUR, ours="", step="Try it with one colleague", goals=("Delegate",))
        yield it


async def measure(times: int, items: int, open_ones: int) -> dict[str, Any]:
    """Return the figures."""
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
                figures = {str(me): await _painted(desk, raw, me, times) for me in (ME, PEER)}
            await stores.close()
    full, bare = figures[ME], figures[PEER]
    return {"ratio": round(full["ms"] / bare["ms"], 2), "full": full, "peer": bare, "items": 2 * items}


def _people() -> Iterator[Person]:
    for id in (ME, PEER):
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

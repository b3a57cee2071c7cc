"""Brings the people of a list into a workspace: each found in Slack, met, and given what the sheet says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

from handlers.block_kit.counts import counted
from kernel.values import PersonId
from mentoring.model.person import SlackFacts
from mentoring.people import people, roster
from mentoring.people.roster import Loaded, PersonRow
from slackapp.people_import.cells import cut
from slackapp.people_import.sheet import CellProblem, Row
from slackapp.process.errors import RateLimited, Stop
from slackapp.workspaces.people import looked_up, members_page
from slackapp.workspaces.workspaces import Place

NO_EMAILS = (
    "Slack shows no e-mail addresses to the app: name people by slack_id, or add the scope users:read.email "
    "to manifest.yml and install the app again."
)
WHY_NOT = {
    "left": "has left the workspace.",
    "guest": "is a guest, and guests are not asked to help.",
    "outside": "belongs to another workspace.",
    "bot": "is an app, not a person.",
}


LOOKED_UP = 20
T = TypeVar("T")
WHO = {
    "left": "someone who has left",
    "guest": "a guest",
    "outside": "someone of another workspace",
    "bot": "an app",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The rows whose people are members, with what Slack says of them, and what is wrong elsewhere.

    *managers* are the ids of all who are named as managers, by what they are named by. *stopped* have said in
    Slack that they help no more: a list does not enrol them again.
    """

    rows: tuple[tuple[Row, SlackFacts], ...]
    problems: tuple[CellProblem, ...]
    managers: Mapping[str, PersonId] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    stopped: frozenset[PersonId] = frozenset()

    @property
    def enrolled(self) -> int:
        """How many the list makes helpers of, or leaves helpers."""
        return sum(bool(row.topics) and facts.id not in self.stopped for row, facts in self.rows)


@dataclass(frozen=True, slots=True)
class _Members:
    """Everyone whom Slack lists. Of several accounts with one address the one that is open counts."""

    by_id: Mapping[str, SlackFacts]
    by_email: Mapping[str, SlackFacts]

    def of(self, row: Row) -> SlackFacts | None:
        """Whom a row names: by its address where it has no id, or that of a closed account."""
        named, addressed = self.by_id.get(row.slack_id or ""), self.by_email.get(row.email or "")
        if named and addressed and named.standing == "left" and _address(named) == row.email:
            return addressed
        return named if row.slack_id else addressed

    def named(self, ref: str) -> SlackFacts | None:
        """Whom an id or an address names."""
        return self.by_email.get(ref) if "@" in ref else self.by_id.get(ref)


async def find(place: Place, rows: Sequence[Row], progress: Callable[[int], None]) -> Found:
    """Look every row up in Slack. *progress* is told how many members were read since the last time."""
    by_id: dict[str, SlackFacts] = {}
    async for page in _pages(place):
        by_id |= {facts.id: facts for facts in page}
        progress(len(page))
    # Slack leaves the addresses out, without an error, where their scope was not granted.
    open_last = sorted(by_id.values(), key=lambda facts: facts.standing == "active")
    here = _Members(by_id, {_address(facts): facts for facts in open_last if facts.email})
    if not here.by_email and any(_is_by_email(row) for row in rows):
        raise Stop(NO_EMAILS)
    elsewhere = await _elsewhere(place, [row.slack_id for row in rows if row.slack_id not in by_id])
    matched = [(row, here.of(row) or elsewhere.get(row.slack_id or "")) for row in rows]
    problems = [*_problems(matched), *_contradictions(matched, here), *_doubles(matched)]
    named = {ref: here.named(ref) for row in rows for ref in row.managers or ()}
    problems += _unknown_managers(rows, named)
    members = tuple((row, facts) for row, facts in matched if facts and facts.standing == "active")
    return Found(
        members,
        tuple(sorted(problems, key=lambda problem: problem.line)),
        {ref: facts.id for ref, facts in named.items() if facts},
        stopped=await roster.stopped(place.desk, [facts.id for row, facts in members if row.topics]),
    )


async def load(
    place: Place,
    found: Found,
    now: datetime,
    progress: Callable[[int], None] = lambda _done: None,
    *,
    tell: bool = False,
) -> Loaded:
    """Meet the people and take over what the sheet says; doing it twice changes nothing.

    With *tell* whoever begins to help by it is told so once, in their working hours.
    """
    for _, facts in found.rows:
        await people.meet(place.desk, facts, now)
        progress(1)
    rows = [_person_row(row, facts, found.managers) for row, facts in found.rows]
    return await roster.load_people(place.desk, rows, now, tell=tell)


def capped(rows: Iterable[Row], most: int) -> tuple[str, ...]:
    """The note that some would give more minutes a week than the policy has anyone asked for."""
    count = sum((row.minutes or 0) > most for row in rows)
    if not count:
        return ()
    who = counted(count, "person has", "people have")
    return (f"{who} more than {most} minutes a week: they are asked for {most} (policy.weekly_minutes).",)


def stopped(found: Found) -> tuple[str, ...]:
    """The note that some have stopped helping, which a list does not undo."""
    count = len(found.stopped)
    if not count:
        return ()
    who = counted(count, "person has", "people have")
    return (f"{who} stopped helping. Only they can start again; the rest of their line counts.",)


async def _pages(place: Place) -> AsyncIterator[list[SlackFacts]]:
    cursor = ""
    while True:
        page = await _patiently(partial(members_page, place, cursor))
        yield [member.facts for member in page.members]
        cursor = page.cursor
        if not cursor:
            return


async def _elsewhere(place: Place, ids: Sequence[str | None]) -> Mapping[str, SlackFacts]:
    """What Slack says of the first few whom it does not list: partners, for one."""
    first = list(dict.fromkeys(id for id in ids if id))[:LOOKED_UP]
    found = {id: await _patiently(partial(looked_up, place, PersonId(id))) for id in first}
    # Whom Slack does not know at all has no name there but the id.
    return {id: facts for id, facts in found.items() if facts.name != id}


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """What a call returns, as soon as Slack takes it."""
    while True:
        try:
            return await call()
        except RateLimited as error:
            await asyncio.sleep(error.after)


def _problems(matched: Sequence[tuple[Row, SlackFacts | None]]) -> Iterator[CellProblem]:
    for row, facts in matched:
        column, name = ("slack_id", row.slack_id) if row.slack_id else ("email", row.email)
        if facts is None and name:
            sentence = f"nobody in this workspace is {cut(name)}."
            yield CellProblem(row.line, column, sentence, "nobody in this workspace")
        elif facts is not None and facts.standing != "active":
            sentence = f"{name} {WHY_NOT.get(facts.standing, 'cannot be asked.')}"
            yield CellProblem(
                row.line, column, sentence, WHO.get(facts.standing, "someone who cannot be asked")
            )


def _contradictions(
    matched: Sequence[tuple[Row, SlackFacts | None]], here: _Members
) -> Iterator[CellProblem]:
    for row, facts in matched:
        other = here.by_email.get(row.email or "")
        if facts and other and other.id != facts.id:
            sentence = f"{cut(row.email or '')} is {other.id}, not {row.slack_id}."
            yield CellProblem(row.line, "email", sentence, "an id and an address of different people")


def _doubles(matched: Sequence[tuple[Row, SlackFacts | None]]) -> Iterator[CellProblem]:
    """Yield those who stand in two rows by different names; where the names are equal, the sheet said so."""
    first: dict[str, Row] = {}
    for row, facts in sorted(matched, key=lambda pair: pair[0].line):
        before = first.setdefault(facts.id, row) if facts else row
        pairs = ((row.slack_id, before.slack_id), (row.email, before.email))
        if facts and before is not row and not any(one and one == other for one, other in pairs):
            column, name = ("slack_id", row.slack_id) if row.slack_id else ("email", row.email)
            sentence = f"{cut(name or '')} is the same person as in line {before.line}."
            yield CellProblem(row.line, column, sentence, "the same person twice")


def _unknown_managers(rows: Iterable[Row], named: Mapping[str, SlackFacts | None]) -> Iterator[CellProblem]:
    for row in rows:
        for ref in row.managers or ():
            if named[ref] is None:
                sentence = f"nobody in this workspace is {cut(ref)}; write - where there is no manager."
                yield CellProblem(row.line, "manager", sentence, "a manager who is nobody in this workspace")


def _is_by_email(row: Row) -> bool:
    return (row.slack_id is None and row.email is not None) or any("@" in ref for ref in row.managers or ())


def _address(facts: SlackFacts) -> str:
    return (facts.email or "").lower()


def _person_row(row: Row, facts: SlackFacts, managers: Mapping[str, PersonId]) -> PersonRow:
    above = None if row.managers is None else dict.fromkeys(managers[ref] for ref in row.managers)
    return PersonRow(
        id=facts.id,
        level=row.level,
        topics=row.topics,
        minutes_per_week=row.minutes,
        questions_per_week=row.questions_per_week,
        anything=row.anything,
        hours=row.hours,
        lanes=row.lanes,
        managers=None if above is None else tuple(id for id in above if id != facts.id),
        team=row.team,
        function=row.function,
        site=row.site,
    )

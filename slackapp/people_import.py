"""Brings the people of a CSV into a workspace: each found in Slack, met, and given what the sheet says."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mentoring import people, roster
from mentoring.person import SlackFacts
from mentoring.roster import Loaded, PersonRow
from slackapp import members
from slackapp.errors import RateLimited, Stop
from slackapp.people_csv import Problem, Row
from slackapp.workspaces import Place

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


@dataclass(frozen=True, slots=True)
class Found:
    """The rows whose people are members, with what Slack says of them, and what is wrong elsewhere."""

    rows: tuple[tuple[Row, SlackFacts], ...]
    problems: tuple[Problem, ...]


async def find(place: Place, rows: Sequence[Row], progress: Callable[[int], None]) -> Found:
    """Look every row up in Slack. *progress* is told how many members were read since the last time."""
    by_id: dict[str, SlackFacts] = {}
    async for page in _members(place):
        by_id |= {facts.id: facts for facts in page}
        progress(len(page))
    # Slack leaves the addresses out, without an error, where their scope was not granted.
    by_email = {facts.email.lower(): facts for facts in by_id.values() if facts.email}
    if not by_email and any(row.slack_id is None for row in rows):
        raise Stop(NO_EMAILS)
    matched = [(row, by_id.get(row.slack_id or "") or by_email.get(row.email or "")) for row in rows]
    return Found(
        tuple((row, facts) for row, facts in matched if facts and facts.standing == "active"),
        tuple(_problems(matched)),
    )


async def load(
    place: Place, found: Found, now: datetime, progress: Callable[[int], None] = lambda _done: None
) -> Loaded:
    """Meet the people and take over what the sheet says; doing it twice changes nothing."""
    for _, facts in found.rows:
        await people.meet(place.desk, facts, now)
        progress(1)
    return await roster.load_people(place.desk, [_person_row(row, facts) for row, facts in found.rows], now)


async def _members(place: Place) -> AsyncIterator[list[SlackFacts]]:
    cursor = ""
    while True:
        try:
            page = await members.page(place, cursor)
        except RateLimited as error:
            await asyncio.sleep(error.after)
            continue
        yield [member.facts for member in page.members]
        cursor = page.cursor
        if not cursor:
            return


def _problems(matched: Sequence[tuple[Row, SlackFacts | None]]) -> Iterator[Problem]:
    for row, facts in matched:
        column, name = ("slack_id", row.slack_id) if row.slack_id else ("email", row.email)
        if facts is None:
            yield Problem(row.line, column, f"nobody in this workspace is {name}.")
        elif facts.standing != "active":
            yield Problem(row.line, column, f"{name} {WHY_NOT.get(facts.standing, 'cannot be asked.')}")


def _person_row(row: Row, facts: SlackFacts) -> PersonRow:
    return PersonRow(
        id=facts.id,
        level=row.level,
        topics=row.topics,
        minutes_per_week=row.minutes,
        hours=row.hours,
        lanes=row.lanes,
    )

"""Phrases that several cards share: a person's text as a quotation, topics, lengths and deadlines."""

import re
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.block_kit import blocks, mrkdwn, typed_text
from handlers.block_kit.blocks import Block
from kernel.desk import Desk
from kernel.topics import Catalogue
from kernel.values import TopicId
from kernel.working_hours import Hours
from matching.values import Urgency
from mentoring.model.person import Person
from mentoring.model.request import Request

NEEDED = {
    Urgency.NOW: "needed right now",
    Urgency.TODAY: "needed within a day",
    Urgency.THIS_WEEK: "needed this week",
}
FROM = {
    "any": "from whoever fits best",
    "peer": "from someone at your level",
    "senior": "from someone more experienced",
    "reverse": "from someone earlier in their career",
}

_NAME = 40  # characters of a name
_HOURS = {"always": "at any hour", "never": "without hours of your own"}


def topics(ids: Iterable[TopicId], catalogue: Catalogue) -> str:
    """Topics as words in bold, for a sentence that is not: *Python* and *SQL*."""
    labels = [f"*{mrkdwn.inert(label)}*" for label in catalogue.labels(tuple(ids))]
    return mrkdwn.listed(labels) or "no topic yet"


def plain_topics(ids: Iterable[TopicId], catalogue: Catalogue) -> str:
    """Topics as words for a sentence in bold: Python and SQL."""
    labels = [mrkdwn.inert(label) for label in catalogue.labels(tuple(ids))]
    return mrkdwn.listed(labels) or "this"


def role(person: Person | None) -> str:
    """What somebody does and in which team, safe in mrkdwn, as far as that is known."""
    if person is None:
        return ""
    parts = [mrkdwn.one_line(part, 80) for part in (person.title, person.team or "") if part.strip()]
    return mrkdwn.inert(", ".join(dict.fromkeys(parts)))


def label(catalogue: Catalogue, topic_id: str) -> str:
    """One topic's name, safe in mrkdwn."""
    return mrkdwn.inert(catalogue.label(TopicId(topic_id)))


def wishes(request: Request, desk: Desk) -> str:
    """What is asked for besides the answer, as small print."""
    named = "without your name" if request.anonymous else ""
    whom = FROM[request.lane] if request.way == "help" else "to coach each other"
    parts = [
        topics(request.topics, desk.topics),
        NEEDED[request.urgency],
        "" if request.after_views else whom,
        f"{request.minutes} minutes",
        named,
    ]
    return " · ".join(filter(None, parts))


def reminder(text: str, limit: int = mrkdwn.QUOTED) -> Block:
    """The beginning of what somebody typed, as a quotation."""
    return blocks.quotation(mrkdwn.cut(typed_text.visible(text.strip()), limit) or "…")[0]


def name(called: str) -> str:
    """What somebody is called, for a line without markup."""
    return mrkdwn.one_line(called, _NAME)


def whole(text: str) -> list[Block]:
    """All of what somebody typed, as a quotation."""
    return blocks.quotation(text)


def headed(head: str, text: str) -> list[Block]:
    """All of what somebody typed under a heading, or nothing where nothing was."""
    return [blocks.section(f"*{head}*"), *whole(text)] if text.strip() else []


def quoted(text: str, limit: int = 120) -> str:
    """The beginning of what somebody typed, as one line in quotation marks; not mrkdwn."""
    return f"“{mrkdwn.nested(text, limit)}”"


def plainly(ids: Iterable[TopicId], catalogue: Catalogue) -> str:
    """Topics as words for a line without markup: Python and SQL."""
    return mrkdwn.listed(list(catalogue.labels(tuple(ids)))) or "no topic yet"


def hours(weekly: Hours) -> str:
    """Weekly hours as people write them: Mon–Fri, 9:00–17:30; Sat, 22:00–2:00."""
    return _HOURS.get(str(weekly)) or "; ".join(_on_days(line) for line in str(weekly).split("; "))


def _on_days(line: str) -> str:
    days, *times = line.split(" ")
    named = days.title().replace(",", ", ").replace("-", "–")
    return f"{named}, {mrkdwn.listed([re.sub(r'0(?=[0-9]:)', '', it).replace('-', '–') for it in times])}"


def clock(at: datetime, zone: str) -> str:
    """A day and time by somebody's own clock, for a button: Thu 3 Dec, 09:00."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def span(minutes: int) -> str:
    """A rough length of time."""
    if minutes < 90:
        return f"{max(minutes, 1)} minutes"
    return f"{round(minutes / 60)} hours" if minutes < 36 * 60 else f"{round(minutes / 60 / 24)} days"


PROMPTS = [  # first sentences offered above the app's messages; a word after the colon is the person's own
    {
        "title": "Ask a colleague",
        "message": "I am stuck on something and would like to talk to someone who knows it.",
    },
    {
        "title": "A hard conversation",
        "message": "I keep putting off a hard conversation and want to prepare for it.",
    },
    {
        "title": "A decision",
        "message": "I can't decide something at work and would like to think it through.",
    },
    {"title": "A second pair of eyes", "message": "Could someone look over what I made before I hand it in?"},
]

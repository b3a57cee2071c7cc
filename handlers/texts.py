"""Phrases that several cards share: a person's text as a quotation, topics, lengths and deadlines."""

import re
from collections.abc import Iterable

from handlers import blocks, mrkdwn
from handlers.blocks import Block
from matching.values import Urgency
from mentoring.desk import Desk
from mentoring.hours import Hours
from mentoring.request import Request
from mentoring.topics import Catalogue
from mentoring.values import TopicId

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

_HOURS = {"always": "at any hour", "never": "without hours of your own"}


def topics(ids: Iterable[TopicId], catalogue: Catalogue) -> str:
    """Return topics as words in bold, for a sentence that is not: *Python* and *SQL*."""
    labels = [f"*{mrkdwn.escape(label)}*" for label in catalogue.labels(tuple(ids))]
    return mrkdwn.listed(labels) or "no topic yet"


def plain_topics(ids: Iterable[TopicId], catalogue: Catalogue) -> str:
    """Return topics as words for a sentence in bold: Python and SQL."""
    labels = [mrkdwn.escape(label) for label in catalogue.labels(tuple(ids))]
    return mrkdwn.listed(labels) or "this"


def label(catalogue: Catalogue, topic_id: str) -> str:
    """Return one topic's name, safe in mrkdwn."""
    return mrkdwn.escape(catalogue.label(TopicId(topic_id)))


def wishes(request: Request, desk: Desk) -> str:
    """Return what is asked for besides the answer, as small print."""
    named = "without your name" if request.anonymous else ""
    parts = [
        topics(request.topics, desk.topics),
        NEEDED[request.urgency],
        FROM[request.lane] if request.way == "help" else "to coach each other",
        f"{request.minutes} minutes",
    ]
    return " · ".join([*parts, named] if named else parts)


def reminder(text: str) -> Block:
    """Return the beginning of a longer text, as a quotation."""
    return blocks.section(mrkdwn.quote(mrkdwn.cut(mrkdwn.escape(text.strip()), mrkdwn.QUOTED)))


def whole(text: str) -> list[Block]:
    """Return all of a text that a person wrote: escaped first, then split."""
    return blocks.paragraphs(mrkdwn.escape(text.strip()))


def hours(weekly: Hours) -> str:
    """Return weekly hours as people write them: Mon–Fri, 9:00–17:30; Sat, 22:00–2:00."""
    return _HOURS.get(str(weekly)) or "; ".join(_on_days(line) for line in str(weekly).split("; "))


def _on_days(line: str) -> str:
    days, *times = line.split(" ")
    named = days.title().replace(",", ", ").replace("-", "–")
    return f"{named}, {mrkdwn.listed([re.sub(r'0(?=[0-9]:)', '', it).replace('-', '–') for it in times])}"


def span(minutes: int) -> str:
    """Return a rough length of time."""
    if minutes < 90:
        return f"{max(minutes, 1)} minutes"
    return f"{round(minutes / 60)} hours" if minutes < 36 * 60 else f"{round(minutes / 60 / 24)} days"


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th …"""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


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

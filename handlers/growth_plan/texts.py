"""Phrases of growth plans: days, what served a goal, how it stands."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from handlers.block_kit import mrkdwn, texts
from kernel.working_hours import local_day
from relationships.growth_plan.goal import Goal
from relationships.growth_plan.served import Served, What

TITLE, LONG = 150, 300  # characters that are shown
PRIVATE = "Only you see this. No setting lets an admin see it."
_DID: dict[What, str] = {
    "ask": "You asked",
    "talk": "You talked about",
    "helped": "You helped somebody with",
    "guided": "You thought through",
    "sprint": "You practised",
    "plan": "You planned two weeks for",
    "mentorship": "You began a mentorship about",
    "act": "You got from your sponsor:",
}
_THING: dict[What, str] = {
    "ask": "question",
    "talk": "talk",
    "helped": "help with",
    "guided": "guided talk",
    "sprint": "sprint",
    "plan": "two-week plan",
    "mentorship": "mentorship about",
    "act": "sponsor's act:",
}
_COUNTED: dict[What, tuple[str, str]] = {
    "ask": ("1 question", "questions"),
    "talk": ("1 talk", "talks"),
    "helped": ("helped once", "times helped"),
    "guided": ("1 guided talk", "guided talks"),
    "sprint": ("1 sprint", "sprints"),
    "plan": ("1 two-week plan", "two-week plans"),
    "mentorship": ("1 mentorship", "mentorships"),
    "act": ("1 act of a sponsor", "acts of a sponsor"),
}
_BY_TOPIC: frozenset[What] = frozenset({"helped", "mentorship", "act"})  # by topics, or a kind of act
ENDED = {"reached": "Reached", "let_go": "Let go", "open": "Open"}


def day(on: date, today: date) -> str:
    """Return a day as people write it: Thu 3 Dec, with the year where it is another one."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"


def local(at: datetime, zone: str, today: date) -> str:
    """Return the day of a moment where somebody is."""
    return day(local_day(at, zone), today)


def month(at: datetime, zone: str) -> str:
    """Return the month of a moment where somebody is: November 2026."""
    return f"{local_day(at, zone):%B %Y}"


def title(goal: Goal) -> str:
    """Return what a goal is called, in quotation marks; not mrkdwn."""
    return texts.quoted(goal.title, TITLE)


def line(served: Served, zone: str, today: date) -> str:
    """Return one thing that served a goal; not mrkdwn."""
    return f"{local(served.on, zone, today)}: {said(served.what, served.title)}"


def said(what: What, name: str) -> str:
    """Return what somebody did, and about what; not mrkdwn."""
    if what in _BY_TOPIC:
        return f"{_DID[what]} {mrkdwn.nested(name, TITLE)}"
    return f"{_DID[what]} {texts.quoted(name, TITLE)}"


def thing(what: What, name: str) -> str:
    """Return a thing in a question about it: your talk “Why is this slow?”; not mrkdwn."""
    named = mrkdwn.nested(name, TITLE) if what in _BY_TOPIC else texts.quoted(name, TITLE)
    return f"your {_THING[what]} {named}"


def counted(served: Iterable[What]) -> str:
    """Return how much of each kind served a goal, as 3 talks, 1 sprint; nothing where nothing did."""
    numbers = Counter(served)
    words = [_of_kind(what, numbers[what]) for what in _COUNTED if numbers[what]]
    return ", ".join(words)


def _of_kind(what: What, number: int) -> str:
    one, many = _COUNTED[what]
    return one if number == 1 else f"{number} {many}"


def steps(goal: Goal) -> str:
    """Return how many of a goal's steps are done; nothing where it has none."""
    every = [it for it in goal.steps if it.state != "dropped"]
    return f"{goal.done_steps} of {len(every)} step{'' if len(every) == 1 else 's'} done" if every else ""


def standing(goal: Goal, served: Iterable[What], now: datetime, zone: str) -> str:
    """Return how a goal stands, with what served it, on one line; not mrkdwn."""
    by, *rest = _facts(goal, now, zone)
    return " · ".join(filter(None, [by, counted(served), *rest])) or "nothing yet"


def brief(goal: Goal, now: datetime, zone: str) -> str:
    """Return how a goal stands by itself, where nobody counts what served it; not mrkdwn."""
    since = f"set {local(goal.set_at, zone, local_day(now, zone))}"
    return " · ".join(filter(None, _facts(goal, now, zone))) or since


def _facts(goal: Goal, now: datetime, zone: str) -> tuple[str, str, str]:
    by = f"by {day(goal.by, local_day(now, zone))}" if goal.by else ""
    return by, steps(goal), stale(goal, now, zone)


def reasons(why: str, sign: str, known: str = "How you'd know:") -> list[tuple[str, str]]:
    """Return why a goal matters and how one would know, each under its label, as far as it was said."""
    said = [("Why:", why), (known, sign)]
    return [(label, texts.quoted(text, LONG)) for label, text in said if text]


def stale(goal: Goal, now: datetime, zone: str) -> str:
    """Return since when nothing was done about a goal, where that is long; not mrkdwn."""
    if not goal.is_stale(now):
        return ""
    return f"nothing since {local(goal.touched_at, zone, local_day(now, zone))}"

"""Phrases of sponsorships: what was done, among whom, how far it went; plain, for lines without markup."""

from collections.abc import Mapping
from datetime import date, datetime

from kernel.values import PersonId
from relationships.sponsorships.act import STEPS, Act, Audience, Deed
from relationships.sponsorships.sponsorship import Sponsorship

DEEDS: Mapping[Deed, str] = {
    "introduced": "Introduced them to somebody",
    "talked_up": "Spoke well of them to others",
    "told": "Told them something that not everyone knows",
    "nominated": "Put their name forward",
    "stretch": "Gave them work to grow on",
    "spoke": "Spoke for them where the decision was made",
    "cover": "Took the heat for them",
    "stood_by": "Stood by them when it went wrong",
}
AUDIENCES: Mapping[Audience, str] = {
    "one": "One other person",
    "team": "A team",
    "deciders": "People who decide",
    "many": "Many people",
    "two": "Only the two of us",
}
_DONE: Mapping[Deed, str] = {
    "introduced": "introduced {} to somebody",
    "talked_up": "spoke well of {} to others",
    "told": "told {} something that not everyone knows",
    "nominated": "put {} forward by name",
    "stretch": "gave {} work to grow on",
    "spoke": "spoke for {} where the decision was made",
    "cover": "took the heat for {}",
    "stood_by": "stood by {} when it went wrong",
}
_AMONG: Mapping[Audience, str] = {
    "two": "only you two",
    "one": "one other person",
    "team": "a team",
    "deciders": "people who decide",
    "many": "many people",
}
_STEPS = ("inside knowledge", "an open door", "a chance", "out in the open")
_DAYS_OF_MONTH = 30.4


def done(act: Act, whom: str) -> str:
    """Return what was done for *whom*: put you forward by name."""
    return _DONE[act.deed].format(whom)


def when(act: Act, today: date) -> str:
    """Return among whom and on which day: people who decide, Thu 12 Nov."""
    year = "" if act.on.year == today.year else f" {act.on.year}"
    return f"{_AMONG[act.audience]}, {act.on:%a} {act.on.day} {act.on:%b}{year}"


def so_far(it: Sponsorship) -> str:
    """Return how many acts count, and how far the furthest went."""
    count = len(it.confirmed)
    if not count:
        return "No act is confirmed yet."
    acts = "1 act" if count == 1 else f"{count} acts"
    return f"{acts} so far. The furthest: {_STEPS[it.furthest - 1]} (step {it.furthest} of {STEPS})."


def lasted(it: Sponsorship) -> str:
    """Return how long it went on: 11 months."""
    days = (_until(it) - (it.began_at or _until(it))).days
    months = round(days / _DAYS_OF_MONTH)
    if not months:
        return "less than a month"
    return "1 month" if months == 1 else f"{months} months"


def _until(it: Sponsorship) -> datetime:
    return it.ended_at or it.touched_at


def standing(act: Act, me: PersonId, it: Sponsorship) -> str:
    """Return how an act stands: whether it is confirmed, and what came of it."""
    if act.word == "open":
        return "not confirmed yet" if me == it.sponsor_id else "you haven't confirmed it yet"
    if act.word == "no":
        return "not confirmed" if me == it.sponsor_id else "you don't know about it"
    return {"pending": "still open", "happened": "it happened", "no": "it came to nothing"}[act.outcome]

"""Reads the lists of mentees and mentors, and of pairs as they were decided on.

slack_id,email,name,level,manager,team,wishes,needs,wants,never
,maya@example.com,Maya Lindqvist,3,boss@example.com,Platform,priya@example.com;Jonas Weber,python,site=Berlin,

Any further column is something that people have, as `language`; the other list may then need or want it, as
`language=German`. People are named by Slack id, e-mail address or name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kernel.topics import Catalogue
from kernel.values import TopicId
from matching.pairing.values import CIRCLE, TOPICS, Trait
from slackapp.people_import.cells import LONGEST_NAME, NOTHING, Wrong, cut, number, readers
from slackapp.people_import.columns import ALSO, Also
from slackapp.people_import.table import ListKind

MOST_PLACES = 100
PARTED = re.compile(r"[;|\r\n]")
BOTH: Also = {column: ALSO[column] for column in ("slack_id", "email")} | {
    "name": ("name", "fullname", "displayname", "preferredname", "realname", "employeename"),
    **{column: ALSO[column] for column in ("level", "topics", "manager", "team", "function", "site")},
    "wishes": ("wishes", "wish", "preferences", "choices", "rankedwishes", "wishedmentors", "wishedmentees"),
    "needs": ("needs", "needed", "musthave", "musthaves", "required"),
    "wants": ("wants", "wanted", "nicetohave", "nicetohaves"),
    "never": ("never", "exclude", "excluded", "exclusions", "notwith", "nevermatchwith"),
}
RANKED: Also = {
    f"wish_{place}": (f"wish{place}", f"choice{place}", f"preference{place}", f"{nth}wish", f"{nth}choice")
    for place, nth in enumerate(("first", "second", "third", "fourth", "fifth"), 1)
}
PLACES: Also = {"places": ("places", "capacity", "slots", "seats", "mentees", "maxmentees", "maximummentees")}
PAIRS: Also = {
    "mentee": ("mentee", "menteeid", "menteeemail"),
    "mentee_name": ("menteename",),
    "mentor": ("mentor", "mentorid", "mentoremail"),
    "mentor_name": ("mentorname",),
    "decision": ("decision", "decided"),
    "for": ("for",),
    "against": ("against",),
    "why_not": ("whynot",),
    "why": ("why",),
}
FIELDS = ("slack_id", "email", "name", "level", "topics", "needs", "wants", "never", "places")
OF_ONE = ("team", "function", "site")
WHO = ("slack_id", "email")
DECISIONS = ("pin", "ban")
NO_TOPIC = "there is no topic “{}” (anything else is written as site=Berlin, with its column)"


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """A mentee or a mentor as their list has them, others named as they stand there. None: an empty cell.

    *traits* are the values of each column that isn't known, and of team, function and site.
    """

    line: int
    slack_id: str | None = None
    email: str | None = None
    name: str | None = None
    level: int | None = None
    topics: Mapping[TopicId, int] = field(default_factory=dict)
    managers: tuple[str, ...] = ()
    traits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wishes: tuple[str, ...] = ()
    needs: tuple[Trait, ...] = ()
    wants: tuple[Trait, ...] = ()
    never: tuple[str, ...] = ()
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A row of the list of pairs: a mentee, a mentor if there is one, and `pin` or `ban` if decided.

    *why* is what both may read of why they are a pair.
    """

    line: int
    mentee: str | None = None
    mentor: str | None = None
    decision: str | None = None
    why: str | None = None


def of_mentees(catalogue: Catalogue) -> ListKind[SheetPerson]:
    """How a list of mentees is read."""
    return ListKind({**BOTH, **RANKED}, _readers(catalogue), _entry, needed=(WHO,), once=WHO, extra=_values)


def of_mentors(catalogue: Catalogue, *, in_circles: bool) -> ListKind[SheetPerson]:
    """How a list of mentors is read; a circle has from three to seven places, or none."""
    places = _circle if in_circles else partial(number, low=0, high=MOST_PLACES)
    how = {**_readers(catalogue), "places": places}
    return ListKind({**BOTH, **RANKED, **PLACES}, how, _entry, needed=(WHO,), once=WHO, extra=_values)


def of_pairs() -> ListKind[Decided]:
    """How a list of pairs is read."""
    how: dict[str, Callable[[str], Any]] = dict.fromkeys(PAIRS, str)
    return ListKind(PAIRS, {**how, "decision": _decision}, _decided, needed=(("mentee",),))


def _readers(catalogue: Catalogue) -> dict[str, Callable[[str], Any]]:
    known, traits = readers(catalogue), partial(_traits, catalogue=catalogue)
    of_people = {column: known[column] for column in ("slack_id", "email", "level", "topics", "manager")}
    of_others = dict.fromkeys(("wishes", *RANKED, "never"), _people)
    asked = dict.fromkeys(("needs", "wants"), traits)
    return {**of_people, **of_others, **asked, "name": known["team"], **dict.fromkeys(OF_ONE, _values)}


def _entry(line: int, values: Mapping[str, Any]) -> SheetPerson:
    """A row as an entry: whatever is none of its fields is a trait."""
    given = {column: value for column, value in values.items() if column in FIELDS}
    given["wishes"] = tuple(
        dict.fromkeys(ref for column in ("wishes", *RANKED) for ref in values.get(column, ()))
    )
    traits = {
        column: value
        for column, value in values.items()
        if column not in {*FIELDS, *RANKED, "wishes", "manager"}
    }
    return SheetPerson(line, **given, managers=values.get("manager", ()), traits=traits)


def _decided(line: int, values: Mapping[str, Any]) -> Decided:
    return Decided(line, *(values.get(column) for column in ("mentee", "mentor", "decision", "why")))


def _decision(cell: str) -> str:
    if cell.casefold() not in DECISIONS:
        sentence = f"“{cut(cell)}” is no decision"
        raise Wrong("a decision that is not there", sentence, cell, DECISIONS)
    return cell.casefold()


def _circle(cell: str) -> int:
    low, high = CIRCLE
    try:
        places = number(cell, 0, high)
    except Wrong:
        places = 1
    if 0 < places < low:
        sentence = f"“{cut(cell)}” should be a number from {low} to {high} for a circle, or 0 for none."
        raise Wrong("a number out of its range", sentence)
    return places


def _parts(cell: str) -> list[str]:
    """What a cell lists, each part without spaces around it."""
    return [part for each in PARTED.split(cell) if (part := " ".join(each.split())) and part != NOTHING]


def _values(cell: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(_parts(cell)))
    for value in values:
        if len(value) > LONGEST_NAME:
            sentence = f"“{cut(value)}” has more than {LONGEST_NAME} characters."
            raise Wrong("a name that is too long", sentence)
    return values


def _people(cell: str) -> tuple[str, ...]:
    """Who is named, in order. Commas part ids and addresses; in a name they may be a part of it."""
    named = []
    for part in _parts(cell):
        words = part.replace(",", " ").split()
        named += words if all(_is_sure(word) for word in words) else [part.strip(" ,")]
    return tuple(dict.fromkeys(named))


def _is_sure(word: str) -> bool:
    return "@" in word or (word.isalnum() and word.isupper() and any(map(str.isdigit, word)))


def _traits(cell: str, catalogue: Catalogue) -> tuple[Trait, ...]:
    found = []
    for part in _parts(cell):
        alone = "=" in part or catalogue.named(part)
        found += [_trait(each, catalogue) for each in ([part] if alone else part.split(",")) if each.strip()]
    return tuple(dict.fromkeys(found))


def _trait(part: str, catalogue: Catalogue) -> Trait:
    column, sign, value = (each.strip() for each in part.partition("="))
    if sign and column and value:
        return Trait(column, value)
    topic = catalogue.named(part)
    if topic is None:
        known = [topic.id for topic in catalogue.all]
        raise Wrong("a topic that is not there", NO_TOPIC.format(cut(part.strip())), part.strip(), known)
    return Trait(TOPICS, topic.id)

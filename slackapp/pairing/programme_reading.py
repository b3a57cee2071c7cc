"""Reads a list that an admin brings into a programme: the file from Slack, its rows, the people in it.

All mistakes are told at once, each with its line and column, and then nothing is changed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog

from kernel.errors import Invalid
from kernel.values import PersonId, TopicId
from matching.pairing.values import TOPICS, Trait, Two
from mentoring.people import people
from relationships.cohorts import lists
from relationships.cohorts.programme import Programme, ReadList, Side, Verb, Work
from relationships.cohorts.sign_up import MOST_PLACES, Asked
from slackapp.delivery.uploads import download
from slackapp.pairing import sheets
from slackapp.pairing.sheets import Decided, SheetPerson
from slackapp.people_import import importing, table
from slackapp.people_import.cells import SLACK_ID, cut
from slackapp.people_import.file import MAX_BYTES
from slackapp.people_import.sheet import Row
from slackapp.people_import.table import LISTED, CellProblem, ListKind
from slackapp.process.errors import RateLimited, SlackAway, SlackSays, Stop
from slackapp.workspaces.workspaces import Place

log = structlog.get_logger()

Change = Callable[[Programme], Programme]
NOT_READ = "I couldn't get the file from Slack. Please try again."
NO_NAME = "“{}” is neither a Slack id nor an e-mail address: write one of them."
NO_TOPIC = "{} is no topic: only topics can be asked for here."
TWICE = "the same person twice"
FOR_TWO = "a {} is for two: name the mentor, too."
VERBS: Mapping[str, Verb] = {"pin": "pin", "ban": "ban"}
WHY: Mapping[tuple[str, str], str] = {
    ("wishes", "self"): "that's the same person.",
    ("wishes", "too_many"): "up to {limit} people fit.",
    ("wants", "too_many"): "up to {limit} topics fit.",
    ("needs", "too_many"): "up to {limit} topics fit.",
    ("mentees", "unknown"): f"places are a number from 0 to {MOST_PLACES}.",
}


async def read(place: Place, programme: Programme, work: Work, now: datetime) -> Change:
    """The change by which a programme takes over what a list says, or what is wrong with it.

    Raise RateLimited or SlackAway, so that it is read again.
    """
    try:
        content = await download(place.client, work.file, at_most=MAX_BYTES)
    except (RateLimited, SlackAway):
        raise
    except SlackSays as error:
        log.info("a list was not read", code=error.code)
        return _wrong(work.side, [NOT_READ])
    sheet = table.read_bytes(content, _kind(place, programme, work.side))
    if sheet.problems or not sheet.rows:
        return _wrong(work.side, [*map(str, sheet.problems), *sheet.notes], sheet.more)
    try:
        if work.side == "pairs":
            return await _pairs(place, sheet.rows, now)
        return await _people(place, programme, work.side, sheet.rows, now)
    except Stop as error:
        return _wrong(work.side, [str(error)])


def _kind(place: Place, programme: Programme, side: Side) -> ListKind[Any]:
    match side:
        case "mentees":
            return sheets.of_mentees(place.desk.topics)
        case "mentors":
            return sheets.of_mentors(place.desk.topics, in_circles=programme.form == "circles")
        case "pairs":
            return sheets.of_pairs()


async def _people(
    place: Place, programme: Programme, side: Side, entries: Sequence[SheetPerson], now: datetime
) -> Change:
    refs = {ref: it.line for it in reversed(entries) for ref in (_ref(it), *it.wishes)}
    found, wrong = await _found(place, refs, now)
    wrong += [problem for it in entries for problem in _no_topics(it)]
    asked: dict[PersonId, Asked] = {}
    for it in entries if not wrong else ():
        who = found[_ref(it).lower()]
        if who in asked:
            wrong.append(CellProblem(it.line, "slack_id", "this person stands in a line above, too."))
            continue
        try:
            asked[who] = _asked(it, side, found).checked(who, [topic.id for topic in place.desk.topics.all])
        except Invalid as no:
            said = WHY.get((no.field, no.problem), "this can't be taken as it is.").format(**no.facts)
            wrong.append(CellProblem(it.line, no.field, said))
    if wrong:
        return _wrong(side, map(str, wrong))
    done = await lists.bring_in(place.desk, programme, side, asked, now)
    return lambda it: it.has_read(done)


async def _pairs(place: Place, rows: Sequence[Decided], now: datetime) -> Change:
    decided = [it for it in rows if it.decision]
    refs = {ref: it.line for it in reversed(decided) for ref in (it.mentee, it.mentor) if ref}
    found, wrong = await _found(place, refs, now)
    wrong += [CellProblem(it.line, "mentor", FOR_TWO.format(it.decision)) for it in decided if not it.mentor]
    if wrong:
        return _wrong("pairs", map(str, wrong))
    twos = [
        (VERBS[it.decision or ""], Two(found[(it.mentee or "").lower()], found[(it.mentor or "").lower()]))
        for it in decided
    ]
    return lambda it: lists.decided(it, twos, now)


async def _found(
    place: Place, refs: Mapping[str, int], now: datetime
) -> tuple[dict[str, PersonId], list[CellProblem]]:
    """Whom ids and addresses name, by these in small letters. Where nothing is wrong they are all met."""
    wrong, rows = list[CellProblem](), dict[str, Row]()
    for ref, line in refs.items():
        if SLACK_ID.fullmatch(ref) or "@" in ref:
            rows.setdefault(ref.lower(), _row(line, ref))
        else:
            wrong.append(CellProblem(line, "list", NO_NAME.format(cut(ref))))
    found = await importing.find(place, list(rows.values()), lambda _done: None)
    # Who is named by id in one place and by address in another is no mistake.
    wrong += [it for it in found.problems if it.kind != TWICE]
    if not wrong:
        for _, facts in found.rows:
            await people.meet(place.desk, facts, now)
    return {(row.slack_id or row.email or "").lower(): facts.id for row, facts in found.rows}, wrong


def _row(line: int, ref: str) -> Row:
    by_id, by_email = (None, ref.lower()) if "@" in ref else (ref, None)
    return Row(line, by_id, by_email, *[None] * 6)


def _ref(it: SheetPerson) -> str:
    return it.slack_id or it.email or ""


def _asked(it: SheetPerson, side: Side, found: Mapping[str, PersonId]) -> Asked:
    return Asked(
        mentee=side == "mentees",
        mentor=side == "mentors",
        wishes=tuple(found[ref.lower()] for ref in it.wishes),
        wants=_topics(it.wants),
        needs=_topics(it.needs),
        places=1 if it.places is None else it.places,
    )


def _topics(traits: Sequence[Trait]) -> tuple[TopicId, ...]:
    return tuple(TopicId(trait.value) for trait in traits)


def _no_topics(it: SheetPerson) -> Iterator[CellProblem]:
    for column, traits in (("needs", it.needs), ("wants", it.wants)):
        for trait in traits:
            if trait.column != TOPICS:
                named = cut(f"{trait.column}={trait.value}")
                yield CellProblem(it.line, column, NO_TOPIC.format(named))


def _wrong(side: Side, told: Iterable[str], more: int = 0) -> Change:
    every = list(told)
    problems, rest = tuple(every[:LISTED]), len(every[LISTED:])
    return lambda it: it.has_read(ReadList(side=side, problems=problems, more=rest + more))

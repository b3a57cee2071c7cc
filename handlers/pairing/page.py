"""The page of a programme, for admins: how things stand, its pairs with reasons, who has none, who moved.

One window, whose page is turned; no points and no percentages, and nothing that anybody noted for themselves.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Literal, TypeAlias, TypeVar

from handlers.block_kit import blocks, mrkdwn, paging, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.pairing.words import Words
from kernel.desk import Desk
from kernel.values import PersonId
from matching.pairing.moves import Move
from matching.pairing.values import BadPin, Pair, Pairing, Priority, Two
from relationships.cohorts import participants, programmes
from relationships.cohorts.participants import Standing
from relationships.cohorts.programme import Decision, Deed, LeftOut, Programme
from relationships.cohorts.programmes import Counts
from relationships.cohorts.proposal import UNDO_FOR
from relationships.cohorts.result import Matched, Result

PAGE = "programme.page"
OPEN = "programme.open"
PAIRS, ALONE, MOVES, LEFT_OUT = "programme.pairs", "programme.alone", "programme.moves", "programme.left_out"
OLDER, NEWER = "programme.next", "programme.before"
PAIR_MOST, PAIR_BEST = "programme.pair_most", "programme.pair_best"
PROPOSE, TAKE_BACK, UNDO, CLOSE = (
    "programme.propose",
    "programme.take_back",
    "programme.undo",
    "programme.close",
)
EDIT, ADD, ROW = "programme.edit", "programme.add", "programme.row"
BRING, LIST = "programme.bring", "programme.list"
PROBLEMS, TOLD = 10, 200  # mistakes of a list that are told, and characters of each
PER_PAGE = 6
SAID = 4  # reasons of one side that a pair shows; the strongest come first
STEPS = 4  # as many as a pairing usually has

Tab: TypeAlias = Literal["start", "pairs", "alone", "moves", "left_out"]
TABS: dict[str, Tab] = {PAIRS: "pairs", ALONE: "alone", MOVES: "moves", LEFT_OUT: "left_out"}
_TITLES: dict[Tab, str] = {
    "pairs": "The pairs",
    "alone": "Without a mentor",
    "moves": "Who moves",
    "left_out": "Not proposed",
}
_DOING: dict[Deed, str] = {
    "pair": "*Pairing them now.* The pairs appear here in a few seconds.",
    "propose": "*I'm sending the proposals now.*",
    "take_back": "*Taking the proposals back now.*",
    "read": "*Reading the list now.*",
}
WHY_NOT = {
    "paused": "the mentor has paused helping",
    "full": "the mentor has as many mentees as they take on",
    "no_minutes": "the mentor has no minutes left in a week",
    "asked": "the two can't be matched",
    "self": "it's one and the same person",
    "already": "the two have a mentorship already",
    "withdrew": "one of the two takes part no more",
    "few": "their circle has too few people",
    "guest": "one of the two is a guest",
    "left": "one of the two has left",
    "outside": "one of the two belongs to another workspace",
}
_NO_MEMBER = "one of the two is no member who can take part"
_PRIVATE = (
    "Only admins see this page. It shows what people ask of the programme, and nothing that they note for "
    "themselves."
)
_HOW_TO_JOIN = "People put themselves forward on their Home tab, or with `/ask-mentor programme`."


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of which part is shown."""

    tab: Tab = "start"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """All that a page shows, read at one moment. *steps* of a pairing that is under way are done."""

    programme: Programme
    counts: Counts
    now: datetime
    words: Words
    stands: Standing = field(default_factory=lambda: Standing({}, {}))
    steps: int = 0
    pairs: Sequence[Pair] = ()
    moves: Sequence[Move] = ()


T = TypeVar("T")
START = Place()


async def page(
    desk: Desk, id: str, me: PersonId, now: datetime, place: Place = START, *, steps: int = 0
) -> View:
    """Return a page of a programme to an admin; anybody else is refused."""
    programme = await programmes.seen_by_admin(desk, id, me)
    counts, stands = await programmes.counts(desk, id), await participants.states(desk, programme)
    pairs: Sequence[Pair] = ()
    moves: Sequence[Move] = ()
    if place.tab == "pairs" and programme.result:
        some = _page_of(_in_order(programme), place.page)
        pairs = await participants.with_grounds(desk, programme, some, now)
    if programme.before and (place.tab == "moves" or programme.result):
        moves = await participants.moved(desk, programme, now)
    sight = Sight(programme, counts, now, words(desk, programme), stands, steps, pairs, moves)
    return await asyncio.to_thread(view, sight, place)


def words(desk: Desk, programme: Programme) -> Words:
    """Return the words for a programme, people as Slack shows them."""
    priority = programme.result.priority if programme.result else programme.priority
    label = partial(texts.label, desk.topics)
    return Words(mrkdwn.mention, label, priority, keeps_quiet=True, value=mrkdwn.quoted)


def view(sight: Sight, place: Place = START) -> View:
    """Return the window."""
    programme = sight.programme
    if sight.programme.is_at_work(sight.now) or place.tab == "start" or programme.result is None:
        shown = _at_work(sight) if programme.is_at_work(sight.now) else _start(sight)
        return blocks.modal(PAGE, "Mentoring programme", [texts.reminder(programme.name), *shown])
    rows, total = _rows(sight, programme.result, place)
    count = _count(place.page, len(rows), total)
    shown = [block for row in rows for block in row] or [blocks.section("Nobody.")]
    turn = [
        blocks.button("Back", OPEN, programme.id),
        blocks.button("Earlier", NEWER, f"{programme.id} {place.tab} {place.page - 1}")
        if place.page
        else None,
        blocks.button("More", OLDER, f"{programme.id} {place.tab} {place.page + 1}")
        if (place.page + 1) * PER_PAGE < total
        else None,
    ]
    title = _TITLES[place.tab]
    return blocks.modal(PAGE, title, [*shown, *count, *blocks.actions(turn)])


def _at_work(sight: Sight) -> list[Block]:
    work, programme = sight.programme.work, sight.programme
    if work is None:
        return []
    bar = "▰" * min(sight.steps, STEPS) + "▱" * max(STEPS - sight.steps, 0)
    done = len(programme.proposed)
    said = {
        "pair": bar,
        "propose": f"{done} of {done + len(programme.unsent)} pairs so far",
        "take_back": "",
        "read": "",
    }[work.do]
    by = f"Started by {mrkdwn.mention(work.by)}, {mrkdwn.moment(work.at)}."
    return [
        *([blocks.section(_saved(programme.decided))] if programme.decided else []),
        blocks.section(_DOING[work.do]),
        *([blocks.section(said)] if said else []),
        blocks.context(by),
        *blocks.actions([blocks.button("Look again", OPEN, programme.id)]),
    ]


def headed(view: View, said: str) -> View:
    """A page with a line above it."""
    return {**view, "blocks": [blocks.section(said), *view["blocks"]]} if said else view


def _start(sight: Sight) -> list[Block]:
    programme = sight.programme
    news = [*_trouble(sight), *_read(sight), *_decided(sight), *_result(sight), *_sent(sight)]
    closed = [blocks.section("This programme is closed. Mentorships go on.")]
    ways = _ways(sight) if programme.is_open else closed
    return [
        blocks.section(_taking_part(sight.counts)),
        *news,
        *ways,
        blocks.context(*([_HOW_TO_JOIN] if programme.is_open else []), _PRIVATE),
    ]


def _taking_part(counts: Counts) -> str:
    look = "1 person looks" if counts.mentees == 1 else f"{counts.mentees} people look"
    would = "1 person would" if counts.mentors == 1 else f"{counts.mentors} people would"
    places = "1 place" if counts.places == 1 else f"{counts.places} places"
    return f"{look} for a mentor. {would} mentor: {places}."


def _trouble(sight: Sight) -> list[Block]:
    trouble = sight.programme.trouble
    if trouble is None:
        return []
    if trouble.two is None:
        said = "The pairing stopped early, so nothing was changed. Please try again."
    else:
        facts = (trouble.obstacle, trouble.pinned, trouble.places, trouble.fewest)
        said = f"{sight.words.bad_pin(BadPin(Two(*trouble.two), *facts))} Nothing was changed."
    return [blocks.section(f":warning: {said}")]


def _decided(sight: Sight) -> list[Block]:
    """What was changed last, and how many people have another mentor by it."""
    decided = sight.programme.decided
    if decided is None:
        return []
    moved = len(sight.moves)
    have = "1 person has" if moved == 1 else f"{moved} people have"
    then = f"{have} another mentor now." if moved else "Nobody has another mentor by it."
    return [blocks.section(f"{_saved(decided)} {then}")]


def _read(sight: Sight) -> list[Block]:
    """What came of the list that was brought in."""
    read = sight.programme.read
    if read is None:
        return []
    if read.problems:
        count = len(read.problems) + read.more
        head = "1 mistake" if count == 1 else f"{count} mistakes"
        told = "\n".join(f"• {mrkdwn.inert(mrkdwn.one_line(it, TOLD))}" for it in read.problems[:PROBLEMS])
        return [
            blocks.section(f":warning: *Nothing was changed:* the list has {head}."),
            blocks.section(told),
        ]
    if read.side == "pairs":
        pins = "1 pin or ban" if read.decided == 1 else f"{read.decided} pins and bans"
        return [blocks.section(f"*Saved:* {pins}. Pair again, and they hold.")]
    facts = [
        f"{read.fresh} new",
        f"{read.changed} changed" if read.changed else "",
        f"{read.kept} as before" if read.kept else "",
    ]
    return [blocks.section(f"*Saved:* {read.side}: {', '.join(filter(None, facts))}.")]


def _saved(it: Decision) -> str:
    one, other = (mrkdwn.mention(who) for who in it.two or ("", ""))
    return {
        "pin": f"*Saved:* {one} is pinned to {other}.",
        "ban": f"*Saved:* {one} and {other} won't be paired.",
        "free": f"*Saved:* {one} and {other} are neither pinned nor banned any more.",
        "swap": f"*Saved:* {one} and {other} swap mentors.",
        "undo": "*The last change is undone.*",
    }[it.verb]


def _result(sight: Sight) -> list[Block]:
    result = sight.programme.result
    if result is None:
        return [blocks.section("*Nobody is paired yet.*")] if sight.programme.trouble is None else []
    pairs = tuple(Pair(it.mentee_id, it.mentor_id, 0.0, ()) for it in result.pairs)
    is_decided = bool(sight.programme.pins or sight.programme.bans)
    pairing = Pairing(pairs, (), 0.0, result.slack, result.more)
    proof = sight.words.proof(pairing, result.mentees, is_decided=is_decided)
    joined = sight.counts.mentees - result.mentees
    since = f"{'1 mentee has' if joined == 1 else f'{joined} mentees have'} joined since: pair again."
    lines = [f"*{proof}*", *([since] if joined > 0 and sight.programme.is_open else [])]
    return [blocks.section("\n".join(lines))]


def _sent(sight: Sight) -> list[Block]:
    states = list(sight.stands.states.values())
    if not states:
        return []
    going, waiting = sum(it in ("going", "paused") for it in states), states.count("agreeing")
    facts = [
        f"{going} agreed by both" if going else "",
        f"{waiting} waiting for a yes" if waiting else "",
        f"{len(states) - going - waiting} ended" if going + waiting < len(states) else "",
    ]
    proposed = "1 pair is" if len(states) == 1 else f"{len(states)} pairs are"
    until = sight.programme.sent_at
    undo = (
        f" You can take back any that aren't agreed on, until {mrkdwn.moment(until + UNDO_FOR)}."
        if until and sight.programme.can_take_back(sight.now)
        else ""
    )
    return [blocks.section(f"{proposed} proposed: {', '.join(filter(None, facts))}.{undo}")]


def _ways(sight: Sight) -> list[Block]:
    programme, id, result = sight.programme, sight.programme.id, sight.programme.result
    again = " again" if result else ""
    first = "" if result else "primary"
    unsent = [it for it in programme.unsent if (it.mentee_id, it.mentor_id) not in _out(programme)]
    pairing = [
        blocks.button(f"Pair most people{again}", PAIR_MOST, id, style=first),
        blocks.button(f"Pair by best fit{again}", PAIR_BEST, id),
        blocks.button("Add people", ADD, id),
        blocks.button("Bring in a list", BRING, id),
    ]
    looking = [*_tabs(sight, result, id)] if result else []
    deeds = [
        _propose(len(unsent), id) if unsent else None,
        blocks.button("Pin, ban or swap", EDIT, id) if result else None,
        blocks.button("Send me the pairs as a list", LIST, id) if result else None,
        blocks.button("Undo the last change", UNDO, id) if programme.can_undo(sight.now) else None,
        _take_back(id) if programme.can_take_back(sight.now) else None,
        _close(id),
    ]
    return [*blocks.actions(looking), *blocks.actions(pairing), *blocks.actions(deeds)]


def _tabs(sight: Sight, result: Result, id: str) -> Iterator[Element]:
    yield blocks.button(f"See the pairs ({len(result.pairs)})", PAIRS, f"{id} pairs 0")
    for name, tab, count in (
        ("Without a mentor", "alone", len(result.alone)),
        ("Who moves", "moves", len(sight.moves)),
        ("Not proposed", "left_out", len(sight.programme.left_out)),
    ):
        if count:
            action = next(it for it, known in TABS.items() if known == tab)
            yield blocks.button(f"{name} ({count})", action, f"{id} {tab} 0")


def _propose(count: int, id: str) -> Element:
    pairs = "1 pair" if count == 1 else f"{count} pairs"
    sure = blocks.confirmation(
        f"Propose {pairs}?",
        "Both people of each pair get a message and say yes or no. Anyone left without a pair hears why. "
        "You can take it back for 24 hours.",
        "Propose",
        "Not yet",
    )
    return blocks.button(f"Propose {pairs}", PROPOSE, id, style="primary", confirm=sure)


def _take_back(id: str) -> Element:
    sure = blocks.confirmation(
        "Take the proposals back?",
        "Unless both have said yes, both will hear that it isn't starting. Mentorships that have begun "
        "go on.",
        "Take them back",
        "Keep them",
    )
    return blocks.button("Take proposals back", TAKE_BACK, id, style="danger", confirm=sure)


def _close(id: str) -> Element:
    sure = blocks.confirmation(
        "Close this programme?",
        "Nobody can join any more, and no more pairs are made. Mentorships and open proposals go on.",
        "Close it",
        "Keep it open",
    )
    return blocks.button("Close the programme", CLOSE, id, style="danger", confirm=sure)


def _out(programme: Programme) -> set[tuple[PersonId, PersonId]]:
    return {(it.mentee_id, it.mentor_id) for it in programme.left_out}


def _rows(sight: Sight, result: Result, place: Place) -> tuple[list[list[Block]], int]:
    """Return the rows of one page, and how many there are in all."""
    match place.tab:
        case "alone":
            alone = _page_of(result.alone, place.page)
            said = [
                f"*{mrkdwn.mention(it.mentee_id)}*\n{sight.words.why_unpaired(it.unpaired())}" for it in alone
            ]
            return [[blocks.section(it)] for it in said], len(result.alone)
        case "moves":
            moved = _page_of(sight.moves, place.page)
            return [[blocks.section(sight.words.move(it))] for it in moved], len(sight.moves)
        case "left_out":
            out = sight.programme.left_out
            return [[blocks.section(_not_proposed(it))] for it in _page_of(out, place.page)], len(out)
    return [_pair(it, sight) for it in sight.pairs], len(result.pairs)


def _pair(pair: Pair, sight: Sight) -> list[Block]:
    two, id = f"{pair.mentee_id} {pair.mentor_id}", sight.programme.id
    state = _state(sight, pair)
    pinned = " · pinned" if pair.is_pinned else ""
    lines = [
        f"*{mrkdwn.mention(pair.mentee_id)}* with *{mrkdwn.mention(pair.mentor_id)}*{pinned}{state}",
        *(f"+ {it}" for it in sight.words.speaks_for(pair)[:SAID]),
        *(f"− {it}" for it in sight.words.speaks_against(pair)[:SAID]),
    ]
    decide = blocks.overflow(
        ROW,
        [
            blocks.option("Nothing decided", f"free {id} {two}")
            if pair.is_pinned
            else blocks.option("Pin this pair", f"pin {id} {two}"),
            blocks.option("Not these two", f"ban {id} {two}"),
            blocks.option("Swap with another pair", f"swap {id} {two}"),
        ],
    )
    is_open = sight.programme.is_open and not state
    return [blocks.section("\n".join(lines), decide if is_open else None)]


def _state(sight: Sight, pair: Pair) -> str:
    state = sight.stands.states.get(pair.two)
    if state is None:
        return ""
    if state != "agreeing":
        return " · both said yes" if state in ("going", "paused") else " · nothing began, or it has ended"
    agreed = sight.stands.agreed.get(pair.two, frozenset())
    waits = [mrkdwn.mention(it) for it in (pair.mentee_id, pair.mentor_id) if it not in agreed]
    return f" · waiting for {mrkdwn.listed(waits)}"


def _not_proposed(it: LeftOut) -> str:
    names = f"*{mrkdwn.mention(it.mentee_id)}* with *{mrkdwn.mention(it.mentor_id)}*"
    return f"{names}: {WHY_NOT.get(it.why, _NO_MEMBER)}. Pair again, and I find somebody else."


def _page_of(all: Sequence[T], page: int) -> Sequence[T]:
    return all[page * PER_PAGE : (page + 1) * PER_PAGE]


def _in_order(programme: Programme) -> Sequence[Matched]:
    """Return the pairs as they are shown: of circles, those of one mentor together."""
    pairs = programme.result.pairs if programme.result else ()
    if programme.form == "pairs":
        return pairs
    return sorted(pairs, key=lambda it: (it.mentor_id, it.mentee_id))


def _count(page: int, shown: int, total: int) -> list[Block]:
    return [blocks.context(paging.counted(page * PER_PAGE, shown, total))] if shown else []


def priority_of(action_id: str) -> Priority:
    """Return what counts first where one of the two buttons was pressed."""
    return Priority.BEST_FIT if action_id == PAIR_BEST else Priority.MOST_PAIRED

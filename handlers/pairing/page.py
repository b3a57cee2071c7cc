"""The page of a programme, for admins: how things stand, its pairs with reasons, who has none, who moved.

One window, whose page is turned; no points and no percentages, and nothing that anybody noted for themselves.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Literal, TypeAlias, TypeVar

from handlers.block_kit import blocks, labels, mrkdwn, paging, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.pairing import words_of_programmes as said
from handlers.pairing.words import CohortWords
from kernel.desk import Desk
from kernel.values import PersonId
from matching.pairing.moves import Move
from matching.pairing.values import BadPin, MatchedPair, Pairing, Priority, Two
from relationships.cohorts import participants, programmes
from relationships.cohorts.participants import Standing
from relationships.cohorts.programme import Decision, LeftOut, Programme
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
    "pairs": said.THE_PAIRS,
    "alone": said.WITHOUT,
    "moves": said.WHO_MOVES,
    "left_out": said.NOT_PROPOSED,
}


@dataclass(frozen=True, slots=True)
class PagePosition:
    """Which page of which part is shown."""

    tab: Tab = "start"
    page: int = 0


@dataclass(frozen=True, slots=True)
class PageContents:
    """All that a page shows, read at one moment. *steps* of a pairing that is under way are done."""

    programme: Programme
    counts: Counts
    now: datetime
    words: CohortWords
    stands: Standing = field(default_factory=lambda: Standing({}, {}))
    steps: int = 0
    pairs: Sequence[MatchedPair] = ()
    moves: Sequence[Move] = ()


T = TypeVar("T")
START = PagePosition()


async def page(
    desk: Desk, id: str, me: PersonId, now: datetime, place: PagePosition = START, *, steps: int = 0
) -> View:
    """A page of a programme to an admin; anybody else is refused."""
    programme = await programmes.seen_by_admin(desk, id, me)
    counts, stands = await programmes.counts(desk, id), await participants.states(desk, programme)
    pairs: Sequence[MatchedPair] = ()
    moves: Sequence[Move] = ()
    if place.tab == "pairs" and programme.result:
        some = _page_of(_in_order(programme), place.page)
        pairs = await participants.with_grounds(desk, programme, some, now)
    if programme.before and (place.tab == "moves" or programme.result):
        moves = await participants.moved(desk, programme, now)
    sight = PageContents(programme, counts, now, words(desk, programme), stands, steps, pairs, moves)
    return await asyncio.to_thread(view, sight, place)


def words(desk: Desk, programme: Programme) -> CohortWords:
    """The words for a programme, people as Slack shows them."""
    priority = programme.result.priority if programme.result else programme.priority
    label = partial(texts.label, desk.topics)
    return CohortWords(mrkdwn.mention, label, priority, keeps_quiet=True, value=mrkdwn.quoted)


def view(sight: PageContents, place: PagePosition = START) -> View:
    """The window."""
    programme = sight.programme
    if sight.programme.is_at_work(sight.now) or place.tab == "start" or programme.result is None:
        shown = _at_work(sight) if programme.is_at_work(sight.now) else _start(sight)
        return blocks.modal(PAGE, said.PROGRAMME, [texts.reminder(programme.name), *shown])
    rows, total = _rows(sight, programme.result, place)
    count = _count(place.page, len(rows), total)
    shown = [block for row in rows for block in row] or [blocks.section(said.NOBODY)]
    turn = [
        blocks.button(labels.BACK, OPEN, programme.id),
        blocks.button(said.EARLIER, NEWER, f"{programme.id} {place.tab} {place.page - 1}")
        if place.page
        else None,
        blocks.button(said.MORE, OLDER, f"{programme.id} {place.tab} {place.page + 1}")
        if (place.page + 1) * PER_PAGE < total
        else None,
    ]
    title = _TITLES[place.tab]
    return blocks.modal(PAGE, title, [*shown, *count, *blocks.actions(turn)])


def _at_work(sight: PageContents) -> list[Block]:
    work, programme = sight.programme.work, sight.programme
    if work is None:
        return []
    bar = "▰" * min(sight.steps, STEPS) + "▱" * max(STEPS - sight.steps, 0)
    done = len(programme.proposed)
    so_far = {"pair": bar, "propose": said.so_far(done, done + len(programme.unsent))}.get(work.do, "")
    by = said.started_by(mrkdwn.mention(work.by), mrkdwn.moment(work.at))
    return [
        *([blocks.section(_saved(programme.decided))] if programme.decided else []),
        blocks.section(said.DOING[work.do]),
        *([blocks.section(so_far)] if so_far else []),
        blocks.context(by),
        *blocks.actions([blocks.button(said.LOOK_AGAIN, OPEN, programme.id)]),
    ]


def headed(view: View, line: str) -> View:
    """A page with a line above it."""
    return {**view, "blocks": [blocks.section(line), *view["blocks"]]} if line else view


def _start(sight: PageContents) -> list[Block]:
    programme = sight.programme
    news = [*_trouble(sight), *_read(sight), *_decided(sight), *_result(sight), *_sent(sight)]
    closed = [blocks.section(said.CLOSED)]
    ways, counts = _ways(sight) if programme.is_open else closed, sight.counts
    return [
        blocks.section(said.taking_part(counts.mentees, counts.mentors, counts.places)),
        *news,
        *ways,
        blocks.context(*([said.HOW_TO_JOIN] if programme.is_open else []), said.PRIVATE),
    ]


def _trouble(sight: PageContents) -> list[Block]:
    trouble = sight.programme.trouble
    if trouble is None:
        return []
    if trouble.two is None:
        told = said.STOPPED_EARLY
    else:
        facts = (trouble.obstacle, trouble.pinned, trouble.places, trouble.fewest)
        told = said.nothing_changed(sight.words.bad_pin(BadPin(Two(*trouble.two), *facts)))
    return [blocks.section(f":warning: {told}")]


def _decided(sight: PageContents) -> list[Block]:
    """What was changed last, and how many people have another mentor by it."""
    decided = sight.programme.decided
    if decided is None:
        return []
    return [blocks.section(f"{_saved(decided)} {said.moved(len(sight.moves))}")]


def _read(sight: PageContents) -> list[Block]:
    """What came of the list that was brought in."""
    read = sight.programme.read
    if read is None:
        return []
    if read.problems:
        head = said.mistakes(len(read.problems) + read.more)
        told = [mrkdwn.one_line(it, TOLD) for it in read.problems[:PROBLEMS]]
        return [blocks.section(head), *blocks.quotation("\n".join(told))]  # they name what stands in cells
    return [blocks.section(said.has_read(read))]


def _saved(it: Decision) -> str:
    if it.two is None or it.verb == "undo":
        return said.UNDONE
    told = {"pin": said.pinned, "ban": said.banned, "free": said.freed, "swap": said.swapped}[it.verb]
    return told(*map(mrkdwn.mention, it.two))


def _result(sight: PageContents) -> list[Block]:
    result = sight.programme.result
    if result is None:
        return [blocks.section(said.NOBODY_PAIRED)] if sight.programme.trouble is None else []
    pairs = tuple(MatchedPair(it.mentee_id, it.mentor_id, 0.0, ()) for it in result.pairs)
    is_decided = bool(sight.programme.pins or sight.programme.bans)
    pairing = Pairing(pairs, (), 0.0, result.slack, result.more)
    proof = sight.words.proof(pairing, result.mentees, is_decided=is_decided)
    joined = sight.counts.mentees - result.mentees
    lines = [f"*{proof}*", *([said.joined_since(joined)] if joined > 0 and sight.programme.is_open else [])]
    return [blocks.section("\n".join(lines))]


def _sent(sight: PageContents) -> list[Block]:
    states = list(sight.stands.states.values())
    if not states:
        return []
    going, waiting = sum(it in ("going", "paused") for it in states), states.count("agreeing")
    ended, until = len(states) - going - waiting, sight.programme.sent_at
    can = until is not None and sight.programme.can_take_back(sight.now)
    back = mrkdwn.moment(until + UNDO_FOR) if until and can else None
    return [blocks.section(said.proposed(going, waiting, ended, back))]


def _ways(sight: PageContents) -> list[Block]:
    programme, id, result = sight.programme, sight.programme.id, sight.programme.result
    again = result is not None
    first = "" if result else "primary"
    unsent = [it for it in programme.unsent if (it.mentee_id, it.mentor_id) not in _out(programme)]
    pairing = [
        blocks.button(said.pair_most(again=again), PAIR_MOST, id, style=first),
        blocks.button(said.pair_best(again=again), PAIR_BEST, id),
        blocks.button(said.ADD_PEOPLE, ADD, id),
        blocks.button(said.BRING_IN, BRING, id),
    ]
    looking = [*_tabs(sight, result, id)] if result else []
    deeds = [
        _propose(len(unsent), id) if unsent else None,
        blocks.button(said.PIN_BAN_SWAP, EDIT, id) if result else None,
        blocks.button(said.SEND_LIST, LIST, id) if result else None,
        blocks.button(said.UNDO, UNDO, id) if programme.can_undo(sight.now) else None,
        _take_back(id) if programme.can_take_back(sight.now) else None,
        _close(id),
    ]
    return [*blocks.actions(looking), *blocks.actions(pairing), *blocks.actions(deeds)]


def _tabs(sight: PageContents, result: Result, id: str) -> Iterator[Element]:
    yield blocks.button(said.see_pairs(len(result.pairs)), PAIRS, f"{id} pairs 0")
    for name, tab, count in (
        (said.WITHOUT, "alone", len(result.alone)),
        (said.WHO_MOVES, "moves", len(sight.moves)),
        (said.NOT_PROPOSED, "left_out", len(sight.programme.left_out)),
    ):
        if count:
            action = next(it for it, known in TABS.items() if known == tab)
            yield blocks.button(said.with_count(name, count), action, f"{id} {tab} 0")


def _propose(count: int, id: str) -> Element:
    label = said.propose(count)
    sure = blocks.confirmation(f"{label}?", *said.PROPOSE_SURE)
    return blocks.button(label, PROPOSE, id, style="primary", confirm=sure)


def _take_back(id: str) -> Element:
    sure = blocks.confirmation(*said.TAKE_BACK_SURE)
    return blocks.button(said.TAKE_BACK, TAKE_BACK, id, style="danger", confirm=sure)


def _close(id: str) -> Element:
    sure = blocks.confirmation(*said.CLOSE_SURE)
    return blocks.button(said.CLOSE, CLOSE, id, style="danger", confirm=sure)


def _out(programme: Programme) -> set[tuple[PersonId, PersonId]]:
    return {(it.mentee_id, it.mentor_id) for it in programme.left_out}


def _rows(sight: PageContents, result: Result, place: PagePosition) -> tuple[list[list[Block]], int]:
    """The rows of one page, and how many there are in all."""
    match place.tab:
        case "alone":
            alone = _page_of(result.alone, place.page)
            told = [
                said.alone(mrkdwn.mention(it.mentee_id), sight.words.why_unpaired(it.unpaired()))
                for it in alone
            ]
            return [[blocks.section(it)] for it in told], len(result.alone)
        case "moves":
            moved = _page_of(sight.moves, place.page)
            return [[blocks.section(sight.words.move(it))] for it in moved], len(sight.moves)
        case "left_out":
            out = sight.programme.left_out
            return [[blocks.section(_not_proposed(it))] for it in _page_of(out, place.page)], len(out)
    return [_pair(it, sight) for it in sight.pairs], len(result.pairs)


def _pair(pair: MatchedPair, sight: PageContents) -> list[Block]:
    two, id = f"{pair.mentee_id} {pair.mentor_id}", sight.programme.id
    state = _state(sight, pair)
    pinned = said.PINNED if pair.is_pinned else ""
    lines = [
        f"{said.pair(mrkdwn.mention(pair.mentee_id), mrkdwn.mention(pair.mentor_id))}{pinned}{state}",
        *(f"+ {it}" for it in sight.words.speaks_for(pair)[:SAID]),
        *(f"− {it}" for it in sight.words.speaks_against(pair)[:SAID]),
    ]
    decide = blocks.overflow(
        ROW,
        [
            blocks.option(said.NOTHING_DECIDED, f"free {id} {two}")
            if pair.is_pinned
            else blocks.option(said.PIN_THIS, f"pin {id} {two}"),
            blocks.option(said.NOT_THESE_TWO, f"ban {id} {two}"),
            blocks.option(said.SWAP_WITH_ANOTHER, f"swap {id} {two}"),
        ],
    )
    is_open = sight.programme.is_open and not state
    return [blocks.section("\n".join(lines), decide if is_open else None)]


def _state(sight: PageContents, pair: MatchedPair) -> str:
    state = sight.stands.states.get(pair.two)
    if state is None:
        return ""
    if state != "agreeing":
        return said.BOTH_YES if state in ("going", "paused") else said.NOTHING_BEGAN
    agreed = sight.stands.agreed.get(pair.two, frozenset())
    waits = [mrkdwn.mention(it) for it in (pair.mentee_id, pair.mentor_id) if it not in agreed]
    return said.waits_for(mrkdwn.listed(waits))


def _not_proposed(it: LeftOut) -> str:
    two = said.pair(mrkdwn.mention(it.mentee_id), mrkdwn.mention(it.mentor_id))
    return said.not_proposed(two, it.why)


def _page_of(all: Sequence[T], page: int) -> Sequence[T]:
    return all[page * PER_PAGE : (page + 1) * PER_PAGE]


def _in_order(programme: Programme) -> Sequence[Matched]:
    """The pairs as they are shown: of circles, those of one mentor together."""
    pairs = programme.result.pairs if programme.result else ()
    if programme.form == "pairs":
        return pairs
    return sorted(pairs, key=lambda it: (it.mentor_id, it.mentee_id))


def _count(page: int, shown: int, total: int) -> list[Block]:
    return [blocks.context(paging.counted(page * PER_PAGE, shown, total))] if shown else []


def priority_of(action_id: str) -> Priority:
    """What counts first where one of the two buttons was pressed."""
    return Priority.BEST_FIT if action_id == PAIR_BEST else Priority.MOST_PAIRED

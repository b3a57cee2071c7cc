"""The Home tab: what waits for me, my questions, my sessions, my help, and what is private."""

from collections.abc import Sequence

from handlers import words
from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block, Element, View
from handlers.interactions.conversation import HomePart, Overview
from handlers.profile import form as profile_form
from handlers.requests import draft_card
from handlers.requests import form as request_form
from handlers.triage import mind_form
from kernel.desk import Desk

LASTING = range(38, 90)  # places of sections that are about months


def home(overview: Overview, parts: Sequence[HomePart]) -> View:
    """The tab. Its first screen says to a newcomer what this is for."""
    shown = _welcomed(overview, parts) if is_new(overview) else _lived_in(overview, parts)
    return {
        "type": "home",
        "callback_id": "home",
        "blocks": [*shown[:98], blocks.divider(), blocks.context(words.PRIVACY)],
    }


def is_new(overview: Overview) -> bool:
    """Whether the person has neither asked nor helped yet, and nothing of theirs is there."""
    is_known = overview.person is not None and overview.person.enrolled_at is not None
    return not (is_known or any(overview.documents.values()) or any(overview.totals.values()))


def _welcomed(overview: Overview, parts: Sequence[HomePart]) -> list[Block]:
    greeting = [block for part in parts if part.greets for block in part.section(overview)]
    return [*_welcome(overview.desk), *greeting]


def _welcome(desk: Desk) -> list[Block]:
    known = words.about_topics(len(desk.topics)) if len(desk.topics) else ""
    lengths = [str(minutes) for minutes in desk.policy.session_minutes]
    return [
        blocks.header(words.STUCK),
        blocks.section(words.how_it_goes(known, mrkdwn.listed(lengths, "or"))),
        *blocks.actions(
            [
                request_form.open_button(),
                _think(desk),
                blocks.button(words.HELP_OTHERS, profile_form.OPEN, "home"),
            ]
        ),
    ]


def _think(desk: Desk) -> Element | None:
    """The way to a guided talk, where these are on."""
    return mind_form.open_button() if desk.policy.support else None


def _lived_in(overview: Overview, parts: Sequence[HomePart]) -> list[Block]:
    ways = [
        request_form.open_button(),
        _think(overview.desk),
        blocks.button(words.HOW_IT_WORKS, draft_card.HOW, "home"),
    ]
    return [*blocks.actions(ways, "top"), *_waiting(overview, parts), *_sections(overview, parts)]


def _sections(overview: Overview, parts: Sequence[HomePart]) -> list[Block]:
    """The sections in order; of those about months the ones without a heading come last, below one."""
    ordered = sorted(parts, key=lambda part: part.stands_at)
    drawn = [(part.stands_at, shown) for part in ordered if (shown := part.section(overview))]
    loose = [block for at, shown in drawn if _is_loose(at, shown) for block in shown]
    headed = [(at, block) for at, shown in drawn if not _is_loose(at, shown) for block in shown]
    return [
        *(block for at, block in headed if at < LASTING.stop),
        *([blocks.header(words.LONGER_RUN), *loose] if loose else []),
        *(block for at, block in headed if at >= LASTING.stop),
    ]


def _is_loose(at: int, shown: Sequence[Block]) -> bool:
    return at in LASTING and shown[0]["type"] != "header"


def _waiting(overview: Overview, parts: Sequence[HomePart]) -> list[Block]:
    by_place = sorted(parts, key=lambda part: part.waits_at)
    rows = [block for part in by_place for block in part.waiting(overview)]
    nothing = blocks.section(words.NOTHING_WAITS)
    return [blocks.header(words.WAITING_FOR_YOU), *([*rows, *_more(overview, parts)] or [nothing])]


def _more(overview: Overview, parts: Sequence[HomePart]) -> list[Block]:
    """How much waits that is not shown."""
    lists = [name for part in parts for name in part.waits_in]
    more = sum(max(overview.total(name) - len(overview.documents.get(name, ())), 0) for name in lists)
    return [blocks.context(words.and_more(more))] if more else []

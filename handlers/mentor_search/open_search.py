"""What opens in place of the form while a search is open: how it stands, and the way to a new one."""

import json
from dataclasses import asdict, dataclass

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import View
from handlers.block_kit.payload import Id
from handlers.mentor_search import words
from handlers.mentor_search.wish_form import Filling
from relationships.mentor_search.wish import LONGEST, MentorWish

MENTOR_ANEW = "mentor.anew"
JUNIOR_ANEW = "reverse.anew"


@dataclass(frozen=True, slots=True)
class Instead:
    """The search to stop, and what the form for a new one opens with."""

    wish_id: Id
    filling: Filling


def window(wish: MentorWish, filling: Filling) -> View:
    """How an open search stands, with what was typed for another one."""
    wants = mrkdwn.fitting(filling.wants, LONGEST)
    written = [blocks.labeled(words.JUST_WRITTEN, wants, LONGEST)] if wants.strip() else []
    kept = {"wish_id": wish.id, "filling": asdict(filling) | {"wants": wants}}
    return blocks.modal(
        JUNIOR_ANEW if wish.is_reverse else MENTOR_ANEW,
        words.LEARN if wish.is_reverse else words.FIND,
        [
            blocks.section(_standing(wish)),
            texts.reminder(wish.wants),
            *written,
            blocks.context(words.if_stopped(_asked(wish), has_written=bool(written))),
        ],
        submit=words.STOP_AND_START_ANEW,
        close=words.KEEP_LOOKING,
        metadata=json.dumps(kept, ensure_ascii=False),
    )


def filled(view: View) -> Instead:
    """What a new search is to begin with."""
    return payload.filled(Instead, view)


def _standing(wish: MentorWish) -> str:
    if wish.is_reverse:
        return words.looking(mrkdwn.weekday(wish.looked_until))
    if wish.state == "asked":
        until = mrkdwn.weekday_moment(wish.answer_by) if wish.answer_by else None
        return words.have_asked(mrkdwn.mention(wish.asked_id or ""), until)
    if wish.state == "waiting":
        refused = mrkdwn.mention(wish.refused_id) if wish.refused_id else None
        return words.nobody_has_room(mrkdwn.weekday(wish.looked_until), refused)
    return words.YOUR_TURN


def _asked(wish: MentorWish) -> str | None:
    """Who is asked, as far as whoever looks may know."""
    return mrkdwn.mention(wish.asked_id) if wish.asked_id and not wish.is_reverse else None

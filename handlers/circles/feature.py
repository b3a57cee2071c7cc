"""Circles: their two cards, what waits on the Home tab, and their buttons."""

from functools import partial

from handlers.block_kit import mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.circles import card, words
from handlers.interactions.button_click import Press
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.ports import App
from kernel.store import Snapshot
from mentoring.model.person import Person
from relationships.circles import circles
from relationships.circles.circle import CIRCLE_ROOM, OPEN_CIRCLES, Circle
from relationships.circles.feature import FEATURE
from relationships.circles.reports import BOND


async def yes(press: Press) -> None:
    """Be in a circle."""
    await press.carry_out(circles.answer(press.desk, press.value, press.me, press.now, yes=True))


async def no(press: Press) -> None:
    """Be in no circle."""
    await press.carry_out(circles.answer(press.desk, press.value, press.me, press.now, yes=False))


async def leave(press: Press) -> None:
    """Leave a circle."""
    await press.carry_out(circles.leave(press.desk, press.value, press.me, press.now))


async def stay(press: Press) -> None:
    """Stay in a circle with somebody whom one never wanted to be matched with."""
    await press.carry_out(circles.stay(press.desk, press.value, press.me, press.now))


def register(app: App) -> None:
    """Listen to the buttons of a circle."""
    app.action(card.YES)(yes)
    app.action(card.NO)(no)
    app.action(card.LEAVE)(leave)
    app.action(card.STAY)(stay)


def _card(it: Circle, read: Snapshot, reader: Reader) -> Picture | None:
    people = read.all(Person, it.everyone)
    gone = frozenset(each.id for each in people if each.standing not in ("active", "unknown"))
    return card.card(it, reader.to, partial(texts.label, reader.desk.topics), gone)


def _waits(it: Circle, overview: Overview) -> bool:
    return it.state == "gathering" and overview.me not in it.answers


def _waiting(overview: Overview) -> list[Block]:
    found = overview.of(OPEN_CIRCLES, Circle)
    torn = [block for it in found if it.is_torn(overview.me) for block in card.torn(it, overview.me)]
    asked = [it for it in found if _waits(it, overview) and not it.is_torn(overview.me)]
    return [*torn, *(block for it in asked for block in card.rows(it, overview.me))]


def _section(overview: Overview) -> list[Block]:
    found = overview.of(OPEN_CIRCLES, Circle)
    return [card.row(it, overview.me) for it in found if not _waits(it, overview)]


def _who_was_who(it: Circle) -> str:
    mentees = mrkdwn.listed([mrkdwn.mention(each) for each in it.mentee_ids])
    return words.who_was_who(mrkdwn.mention(it.mentor_id), mentees, words.LASTS[it.is_open])


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(register,),
    painters={
        Circle.kind: drawn(Circle, _card),
        CIRCLE_ROOM: drawn(Circle, lambda it, _read, reader: card.room(it)),
    },
    bonds=(
        Bonded(
            bond=BOND,
            cards=(Circle.kind,),
            what=words.A_CIRCLE,
            end=words.LEAVE_NOW,
            follows=words.FOLLOWS_REPORT,
            told=_who_was_who,
        ),
    ),
    home=(
        HomePart(
            name="circles",
            lists={OPEN_CIRCLES: Circle},
            waiting=_waiting,
            waits_at=26,
            section=_section,
            stands_at=45,
        ),
    ),
)

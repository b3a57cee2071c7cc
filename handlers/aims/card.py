"""The card of check-ins on an aim: what was chosen, then each time what has moved."""

from coaching.aims.aim_check_ins import AimCheckIns, Weeks
from handlers.aims import words
from handlers.block_kit import blocks, labels, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks import card as talk_card
from handlers.guided_talks.authorship import SCRIPTED

TALK = "aim.talk"
SKIP = "aim.skip"
EVERY = "aim.every"
STOP = "aim.stop"


def card(it: AimCheckIns, aim: str) -> Picture:
    """The card; it knocks each time it asks, and once it stops by itself."""
    if it.state == "ignored":
        return knock("ignored", [blocks.section(words.ENDED["ignored"])], closing="")
    if not it.is_open or not aim:
        return quiet("ended", [blocks.context(words.ENDED.get(it.state, words.ENDED["stopped"]))])
    if it.answered:
        return quiet(f"answered:{it.number}", _waiting(it, aim))
    shown = [
        blocks.labeled(words.AIM, aim),
        blocks.section(words.any_progress(mrkdwn.weekday(it.since or it.begun_at))),
        *blocks.actions(
            [
                blocks.button(words.TALK, TALK, f"{it.id} {it.number}", style="primary"),
                blocks.button(words.NOT_NOW, SKIP, it.id),
                *_ways(it),
                blocks.button(labels.PERSON, talk_card.PERSON, it.id),
            ]
        ),
        blocks.context(_rhythm(it), SCRIPTED),
    ]
    return knock(f"asked:{it.number}", shown, closing=words.ASKED_BELOW)


def _waiting(it: AimCheckIns, aim: str) -> list[Block]:
    return [
        blocks.labeled(words.AIM, aim),
        blocks.section(_rhythm(it)),
        *blocks.actions(_ways(it)),
        blocks.context(SCRIPTED),
    ]


def _rhythm(it: AimCheckIns) -> str:
    return words.rhythm(it.weeks, mrkdwn.day(it.until))


def _ways(it: AimCheckIns) -> list[Element]:
    other: Weeks = 2 if it.weeks == 1 else 1
    return [
        blocks.button(words.ask_every(other), EVERY, f"{it.id} {other}"),
        blocks.button(words.STOP, STOP, it.id),
    ]


def numbered(value: str) -> tuple[str, int]:
    """The guided talk whose aim it is, and which check-in, or how many weeks, a button stands for."""
    return payload.words(tuple[Id, Number], value)

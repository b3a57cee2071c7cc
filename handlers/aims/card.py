"""The card of check-ins on an aim: what was chosen, then each time what has moved."""

from coaching.aims.aim_check_ins import AimCheckIns, Weeks
from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.payload import Id, Number
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.guided_talks import card as talk_card
from handlers.guided_talks.authorship import SCRIPTED

TALK = "aim.talk"
SKIP = "aim.skip"
EVERY = "aim.every"
STOP = "aim.stop"

_HOW_OFTEN = {1: "every week", 2: "every two weeks"}
_ENDED = {
    "stopped": "I won't check in on this any more.",
    "ignored": (
        "I've stopped checking in, as the last few check-ins seem to have come at the wrong time. "
        "You can restart them from your talk's card."
    ),
    "over": "These check-ins are over. You can restart them from your talk's card.",
}


def card(it: AimCheckIns, aim: str) -> Picture:
    """Return the card; it knocks each time it asks, and once it stops by itself."""
    if it.state == "ignored":
        return knock("ignored", [blocks.section(_ENDED["ignored"])], closing="")
    if not it.is_open or not aim:
        return quiet("ended", [blocks.context(_ENDED.get(it.state, _ENDED["stopped"]))])
    if it.answered:
        return quiet(f"answered:{it.number}", _waiting(it, aim))
    shown = [
        blocks.labeled("Your aim:", aim),
        blocks.section(
            f"*Any progress since {mrkdwn.weekday(it.since or it.begun_at)}?* A few minutes are enough."
        ),
        *blocks.actions(
            [
                blocks.button("Talk about it", TALK, f"{it.id} {it.number}", style="primary"),
                blocks.button("Not this time", SKIP, it.id),
                *_ways(it),
                blocks.button("Get help from a person", talk_card.PERSON, it.id),
            ]
        ),
        blocks.context(_rhythm(it), SCRIPTED),
    ]
    return knock(f"asked:{it.number}", shown, closing="I've asked again below.")


def _waiting(it: AimCheckIns, aim: str) -> list[Block]:
    return [
        blocks.labeled("Your aim:", aim),
        blocks.section(_rhythm(it)),
        *blocks.actions(_ways(it)),
        blocks.context(SCRIPTED),
    ]


def _rhythm(it: AimCheckIns) -> str:
    return f"I'll ask {_HOW_OFTEN[it.weeks]} about your progress, until {mrkdwn.day(it.until)} at most."


def _ways(it: AimCheckIns) -> list[Element]:
    other: Weeks = 2 if it.weeks == 1 else 1
    return [
        blocks.button(f"Ask {_HOW_OFTEN[other]}", EVERY, f"{it.id} {other}"),
        blocks.button("Stop asking", STOP, it.id),
    ]


def numbered(value: str) -> tuple[str, int]:
    """Return the talk whose aim it is, and which check-in, or how many weeks, a button stands for."""
    return payload.words(tuple[Id, Number], value)

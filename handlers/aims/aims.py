"""What people do with check-ins on an aim: choose them, talk, let one pass, ask less often, stop."""

from typing import get_args

from coaching.aims import aims
from coaching.aims.aim_check_ins import Weeks
from handlers.aims import card as aim_card
from handlers.block_kit.errors import Stale
from handlers.guided_talks import card as talk_card
from handlers.interactions import ids
from handlers.interactions.button_click import Press
from handlers.interactions.ports import App


async def begin(press: Press) -> None:
    """Check in on an aim from now on, or more or less often."""
    talk_id, weeks = aim_card.numbered(press.value)
    await press.carry_out(aims.begin(press.desk, talk_id, press.me, _weeks(weeks), press.now))


def _weeks(number: int) -> Weeks:
    found: Weeks | None = next((it for it in get_args(Weeks) if it == number), None)
    if found is None:
        raise Stale
    return found


async def talk(press: Press) -> None:
    """Begin a guided talk about the aim; a second press on the same check-in finds the same guided talk."""
    talk_id, number = aim_card.numbered(press.value)
    next_id = ids.caused_by(f"aim {talk_id} {number}")
    await press.carry_out(aims.talk_about(press.desk, talk_id, press.me, press.now, next_id=next_id))


async def skip(press: Press) -> None:
    """Let one pass."""
    await press.carry_out(aims.skip(press.desk, press.value, press.me, press.now))


async def stop(press: Press) -> None:
    """Ask no more."""
    await press.carry_out(aims.stop(press.desk, press.value, press.me, press.now))


def register(app: App) -> None:
    """Listen to the menu on a guided talk's card, and to the buttons of the check-ins."""
    app.action(talk_card.CHECK_IN)(begin)
    app.action(aim_card.EVERY)(begin)
    app.action(aim_card.TALK)(talk)
    app.action(aim_card.SKIP)(skip)
    app.action(aim_card.STOP)(stop)

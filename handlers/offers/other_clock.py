"""What the clock of the other says where they are not at work, so that nobody waits at night."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.blocks import Block
from handlers.offers import words
from kernel.policy import Policy
from kernel.working_hours import is_open
from mentoring.model.person import Person


def other_clock(me: Person | None, other: Person | None, policy: Policy, at: datetime) -> list[Block]:
    """A line on what time it was for another when something came to *me*, outside their hours."""
    return _line(other, at) if me and other and _is_off(me, other, policy, at) else []


def _is_off(one: Person, two: Person, policy: Policy, at: datetime) -> bool:
    here, there = (at.astimezone(ZoneInfo(zone)).utcoffset() for zone in (one.zone, two.zone))
    return here != there and not is_open(two.hours, two.zone, at, policy.holidays)


def _line(person: Person, at: datetime) -> list[Block]:
    local = at.astimezone(ZoneInfo(person.zone))
    return [blocks.context(words.it_was(local, mrkdwn.mention(person.id)))]

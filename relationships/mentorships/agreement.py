"""What a mentor and a mentee agree on before they begin, and the refusal of what can't be agreed on. Pure."""

from collections.abc import Iterator
from typing import Self

from kernel.errors import Invalid
from kernel.values import Kept

LONGEST = 500  # characters of one line of it
EVERY_WEEKS = (1, 2, 3, 4)
MINUTES = (15, 30, 45, 60)
MONTHS = (1, 3, 5, 6, 9, 12)
# What the first talk is for, in minutes: to meet, for goals, for everything else.
FIRST_TALK = (15, 20, 10)
_MONTH = 365.25 / 12  # days


class Agreement(Kept):
    """What for, how often, how long, and by which *rules*.

    Rules say how to reach each other, what stays between them and how to stop; without any, the usual hold.

    30 minutes every two weeks for five months is what long-running programmes settle on.
    """

    purpose: str
    every_weeks: int = 2
    minutes: int = 30
    months: int = 5
    rules: str = ""

    @property
    def weekly_minutes(self) -> int:
        """What it takes of a mentor's week, rounded up."""
        return -(-self.minutes // self.every_weeks)

    @property
    def talks(self) -> int:
        """How many talks fit into its time."""
        return max(int(self.months * _MONTH / (7 * self.every_weeks)), 1)

    def checked(self) -> Self:
        """A copy without stray blanks, or refuse all fields that are wrong."""
        tidy = self.model_copy(update={"purpose": self.purpose.strip(), "rules": self.rules.strip()})
        if wrong := list(_problems(tidy)):
            raise wrong[0].along_with(*wrong[1:])
        return tidy


def usual(purpose: str, *, is_reverse: bool = False) -> Agreement:
    """What holds until two change it.

    Where a junior mentors: six talks of 45 minutes in six months, as programmes of reverse mentoring have it.
    """
    agreement = Agreement(purpose=purpose)
    reverse = {"every_weeks": 4, "minutes": 45, "months": 6}
    return agreement.model_copy(update=reverse) if is_reverse else agreement


def _problems(agreement: Agreement) -> Iterator[Invalid]:
    if not agreement.purpose:
        yield Invalid("purpose", "empty")
    for name in ("purpose", "rules"):
        if len(getattr(agreement, name)) > LONGEST:
            yield Invalid(name, "too_long", limit=LONGEST)
    for name, known in (("every_weeks", EVERY_WEEKS), ("minutes", MINUTES), ("months", MONTHS)):
        if getattr(agreement, name) not in known:
            yield Invalid(name, "unknown")

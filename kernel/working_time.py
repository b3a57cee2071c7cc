"""A length of somebody's working time, as admins write it: `15m`, `2h`, `1wd`."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_serializer, model_validator

from kernel.values import Value

WRITTEN = re.compile(r"(\d{1,4})(m|h|wd)")


class Unit(StrEnum):
    """What a span counts: minutes, hours, or working days of the person whom it is about."""

    MINUTE = "m"
    HOUR = "h"
    WORKING_DAY = "wd"


WALL = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.WORKING_DAY: timedelta(days=1),
}


class Span(Value):
    """So many minutes, hours or working days. Written and stored as one word: `2h`."""

    count: int = Field(ge=1, le=9999)
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `15m`, `2h` or `1wd`; anything else is a ValueError that says what to write."""
        return cls.model_validate(text)

    @property
    def minutes(self) -> int | None:
        """The length in minutes, or None for working days, which differ from person to person."""
        return None if self.unit is Unit.WORKING_DAY else self.wall // timedelta(minutes=1)

    @property
    def wall(self) -> timedelta:
        """The length by the clock on the wall; a working day is then 24 hours."""
        return self.count * WALL[self.unit]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        written = WRITTEN.fullmatch(given.strip().lower())
        if written is None or int(written[1]) == 0:
            raise ValueError(_complaint(given))
        return {"count": int(written[1]), "unit": Unit(written[2])}

    @model_serializer
    def _write(self) -> str:
        return str(self)


def _complaint(given: str) -> str:
    days = re.fullmatch(r"([1-9]\d{0,2})\s*d(?:ays?)?", given.strip().lower())
    if days:
        return (
            f"`{given}` could mean two things: write `{days[1]}wd` for working days or `{int(days[1]) * 24}h`"
        )
    return f"`{given}` is not a length of time: write it like `15m`, `2h` or `1wd` (a working day)"

"""When two people can talk: times at which both are at work, whatever their zones; and how long one waits."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from kernel.policy import Policy
from kernel.working_hours import NO_DAYS, add_working, is_open
from kernel.working_time import Span
from mentoring.model.person import Person

Stretch = tuple[datetime, datetime]

HOLD = Span.parse("2h")  # of working time, for which proposed times wait for a word
LEAD = timedelta(hours=1)  # before a proposed time, so that it can be seen and put into a calendar
HORIZON = timedelta(days=14)
QUARTER = timedelta(minutes=15)
APART = (timedelta(0), timedelta(hours=3), timedelta(hours=20))  # of the times proposed, from the one before
JUST_ASKED = timedelta(minutes=30)  # in which an asker is still there, whatever their hours say


class TwoCalendars(NamedTuple):
    """Two people and the days on which nobody works."""

    asker: Person
    helper: Person
    holidays: frozenset[date] = NO_DAYS


def meeting_times(
    pair: TwoCalendars, minutes: int, now: datetime, busy: Sequence[Stretch] = ()
) -> list[datetime]:
    """Up to three times of the next two weeks at which both are at work for all of the session.

    They begin on a quarter of an hour, an hour from now at the earliest, the second some hours after the
    first and the third on another day, where there are such. Nobody is taken out of another session (*busy*)
    or of a vacation. Where the two are never at work at once there is none.
    """
    away = (pair.asker.vacation_until, pair.helper.vacation_until)
    within = max(filter(None, (now + LEAD, *away))), now + HORIZON
    found: list[datetime] = []
    for at in _candidates(pair, timedelta(minutes=minutes), within, busy):
        if not found or at >= found[-1] + APART[len(found)]:
            found.append(at)
        if len(found) == len(APART):
            break
    return found


def starts_at(pair: TwoCalendars, minutes: int, asked_at: datetime, now: datetime) -> datetime:
    """From when on the two can be talking: now where the asker is there.

    Else the first time at which both are at work; where there is none it is now all the same.
    """
    if is_there(pair, asked_at, now):
        return now
    return next(iter(meeting_times(pair, minutes, now)), now)


def is_there(pair: TwoCalendars, asked_at: datetime, now: datetime) -> bool:
    """Whether an asker can be expected to talk now: at work, or just here to ask."""
    asker = pair.asker
    return now < asked_at + JUST_ASKED or is_open(asker.hours, asker.zone, now, pair.holidays)


def are_at_work(pair: TwoCalendars, minutes: int, at: datetime) -> bool:
    """Whether the two are at work for all of a session that begins at a time."""
    talk = (at, at + timedelta(minutes=minutes))
    return any(shared == talk for shared in shared_hours(pair, talk))


def hold_until(who: Person, now: datetime, policy: Policy) -> datetime:
    """Until when proposed times wait for somebody: two working hours of theirs, else by the wall."""
    return add_working(who.hours, who.zone, now, HOLD, policy.holidays) or now + HOLD.wall


def shared_hours(pair: TwoCalendars, within: Stretch) -> Iterator[Stretch]:
    """Yield the stretches of time in which both are at work, in order; none where *within* is empty."""
    both = (pair.asker, pair.helper)
    one, two = (who.hours.in_zone(who.zone, pair.holidays).open_between(*within) for who in both)
    for opens, closes in one:
        for starts, ends in two:
            begin, end = max(opens, starts), min(closes, ends)
            if begin < end:
                yield begin, end


def _candidates(
    pair: TwoCalendars, length: timedelta, within: Stretch, busy: Sequence[Stretch]
) -> Iterator[datetime]:
    """Yield every quarter of an hour at which a session fits into both's hours, beside what they have."""
    for opens, closes in shared_hours(pair, within):
        at = _quarter(opens)
        while at + length <= closes:
            if not any(begin < at + length and at < end for begin, end in busy):
                yield at
            at += QUARTER


def _quarter(at: datetime) -> datetime:
    """The quarter of an hour that a moment is, or else the next."""
    return at + (datetime.min.replace(tzinfo=UTC) - at) % QUARTER

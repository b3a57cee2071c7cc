"""When a sprint asks for something, in its person's zone, right across changes of the clocks. Pure.

Day 0 is the day of the plan, day 1 the rehearsal, every seventh day a recap, the last day the review. A
reminder comes on the days that the person chose and that are none of these.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from coaching.sprints.sprint import Sprint
from kernel.policy import Nudges
from kernel.working_hours import at_local, local_day

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LATE = timedelta(hours=2)
FOLLOW_UPS = {"w2": timedelta(weeks=2), "w6": timedelta(weeks=6)}


def before_day(day: date, zone: str) -> datetime:
    """The last moment (UTC) before a local day begins."""
    return at_local(day, time.min, zone) - datetime.resolution


def end_of(begun_at: datetime, weeks: int, at: time, zone: str) -> datetime:
    """When a sprint of so many weeks is over: on the same weekday, at the time of its reminders."""
    return at_local(local_day(begun_at, zone) + weeks * WEEK, at, zone)


def moved_end(sprint: Sprint, days: int) -> datetime:
    """The end of a sprint moved by so many local days."""
    return at_local(local_day(sprint.ends_at, sprint.zone) + days * DAY, sprint.plan.at, sprint.zone)


def end_after_pause(sprint: Sprint, now: datetime) -> datetime:
    """The end of a sprint that has rested until now: as many days later as the rest had."""
    since = next((pause.since for pause in sprint.pauses if pause.to is None), now)
    return moved_end(sprint, (local_day(now, sprint.zone) - local_day(since, sprint.zone)).days)


def rehearsal_of(sprint: Sprint) -> datetime:
    """When the if-then plan is rehearsed: the next day, at the time of the reminders."""
    return at_local(local_day(sprint.begun_at, sprint.zone) + DAY, sprint.plan.at, sprint.zone)


def recaps_of(sprint: Sprint) -> list[datetime]:
    """The moments of the weekly recaps; the last week has the review instead."""
    first, last = local_day(sprint.begun_at, sprint.zone), local_day(sprint.ends_at, sprint.zone)
    weeks = (last - first - DAY) // WEEK
    return [at_local(first + week * WEEK, sprint.plan.at, sprint.zone) for week in range(1, weeks + 1)]


def is_late(sprint: Sprint, now: datetime) -> bool:
    """Whether what a sprint does now was due some hours ago: the app was away, or the week had no room."""
    planned = (rehearsal_of(sprint), *recaps_of(sprint), *reminders_of(sprint), sprint.ends_at)
    return now - max((at for at in planned if at <= now), default=now) > LATE


def next_recap(sprint: Sprint, after: datetime) -> datetime | None:
    """The next weekly recap."""
    return next((at for at in recaps_of(sprint) if at > after), None)


def reminders_of(sprint: Sprint) -> list[datetime]:
    """The moments of all reminders, from the first day to the last, in order."""
    taken = {local_day(at, sprint.zone) for at in (rehearsal_of(sprint), *recaps_of(sprint))}
    days = [day for day in _days(sprint) if day.weekday() in sprint.plan.days and day not in taken]
    return [at_local(day, sprint.plan.at, sprint.zone) for day in days]


def next_reminder(sprint: Sprint, after: datetime, rules: Nudges) -> datetime | None:
    """The next reminder after a moment: none on a day that has a check-in, every second one after
    *halve_after* were ignored in a row, none after *stop_after*."""
    if sprint.is_hushed or sprint.ignored >= rules.stop_after:
        return None
    last = local_day(sprint.last.at, sprint.zone) if sprint.last else None
    ahead = [
        at
        for at in reminders_of(sprint)
        if at > after and (last is None or local_day(at, sprint.zone) > last)
    ]
    skipped = 1 if sprint.ignored >= rules.halve_after else 0
    return ahead[skipped] if len(ahead) > skipped else None


def is_midway(sprint: Sprint, at: datetime) -> bool:
    """Whether a moment is the recap nearest to the middle of a sprint."""
    middle = sprint.begun_at + (sprint.ends_at - sprint.begun_at) / 2
    nearest = min(recaps_of(sprint), key=lambda it: (abs(it - middle), it), default=None)
    return nearest is not None and local_day(nearest, sprint.zone) == local_day(at, sprint.zone)


def follow_up_label(sprint: Sprint, at: datetime) -> str:
    """Which of the two questions after a review is asked at a moment."""
    since = at - (sprint.ended_at or at)
    return "w6" if since >= timedelta(weeks=4) else "w2"


def kept(sprint: Sprint, now: datetime) -> tuple[int, int]:
    """How many of the planned moments had a check-in, of how many so far; a rest has none planned."""
    marks = [was_kept for _, was_kept in _marks(sprint, now)]
    return sum(marks), len(marks)


def is_outside_the_plan(sprint: Sprint, now: datetime) -> bool:
    """Whether the latest check-in was none of the planned ones."""
    before = sprint.model_copy(update={"check_ins": sprint.check_ins[:-1]})
    return kept(before, now) == kept(sprint, now)


def missed(sprint: Sprint, now: datetime) -> list[date]:
    """The planned days before today that had no check-in."""
    today = local_day(now, sprint.zone)
    return [day for day, was_kept in _marks(sprint, now) if not was_kept and day < today]


def streak(sprint: Sprint, now: datetime) -> int:
    """How many planned moments in a row had a check-in; the latest one may still be open."""
    marks = [was_kept for _, was_kept in _marks(sprint, now)]
    if marks and not marks[-1]:
        marks.pop()
    return next((length for length, mark in enumerate(reversed(marks)) if not mark), len(marks))


def _marks(sprint: Sprint, now: datetime) -> Iterator[tuple[date, bool]]:
    """Yield each planned day so far, and whether a check-in came on it or before the next planned day.

    The day of the rehearsal, on which nothing is asked, is one if it was chosen and has a check-in.
    """
    seen = [local_day(check_in.at, sprint.zone) for check_in in sprint.check_ins]
    first = local_day(rehearsal_of(sprint), sprint.zone)
    early = {first} if first in seen and first.weekday() in sprint.plan.days else set()
    asked = {local_day(at, sprint.zone) for at in (*reminders_of(sprint), *recaps_of(sprint))}
    planned = sorted(asked | early)
    today = local_day(min(now, sprint.ended_at or now), sprint.zone)
    days = [day for day in planned if day <= today and not _rested(sprint, day)]
    for index, day in enumerate(days):
        until = days[index + 1] if index + 1 < len(days) else date.max
        yield day, any(day <= one < until for one in seen)


def _rested(sprint: Sprint, day: date) -> bool:
    """Whether a day lies in a rest; the day on which one begins does not."""
    rests = [(local_day(it.since, sprint.zone), it.to) for it in sprint.pauses]
    return any(since < day and (to is None or day <= local_day(to, sprint.zone)) for since, to in rests)


def _days(sprint: Sprint) -> Iterator[date]:
    """Yield the days after the first and before the last."""
    day, last = local_day(sprint.begun_at, sprint.zone) + DAY, local_day(sprint.ends_at, sprint.zone)
    while day < last:
        yield day
        day += DAY

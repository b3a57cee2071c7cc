"""How many messages one mentorship causes each of its two: `python bench/mentorship_messages.py`.

No store and no Slack: pairs live through five months, six hours at a time, with what is due done when it is
due. How readily somebody books, moves, tells what became of a talk, and answers is drawn for each pair, from
eager to slow. *messages* are those that come anew, by person and month of 30 days; *unasked* are those of
them that nobody's press brought, by person and week, beside what the policy allows of all features together.
"""

import argparse
import json
import random
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from kernel.policy import Policy
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.calendar import months_after
from relationships.mentorships.course import advance, next_moment, times_for, with_times
from relationships.mentorships.meeting_times import still_ahead
from relationships.mentorships.mentorship import Mentorship, begun
from relationships.mentorships.pair import Pair

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
MENTOR, MENTEE = PersonId("U0MENTOR"), PersonId("U0MENTEE")
STEP, MONTH, WEEK = timedelta(hours=6), timedelta(days=30), timedelta(weeks=1)
MONTHS = 5


class Lives:
    """One pair, and what each of its two was sent."""

    def __init__(self, chance: random.Random, policy: Policy) -> None:
        self._chance, self._eager = chance, chance.uniform(0.1, 0.9)
        people = [Person(id=it, name=it, standing="active", seen_at=START) for it in (MENTOR, MENTEE)]
        self._pair = Pair(*people, policy)
        self.messages: Counter[tuple[PersonId, int]] = Counter()
        self.unasked: Counter[tuple[PersonId, int]] = Counter()
        fresh = begun("M", MENTOR, MENTEE, Agreement(purpose="Lead my first team well"), START)
        ends_at = months_after(START, MONTHS, "UTC")
        agreed = fresh.agree(MENTOR, START, ends_at).agree(MENTEE, START, ends_at)
        self._it = with_times(agreed, self._pair, START)

    def through(self) -> None:
        """Live until it ends."""
        now = START
        while self._it.is_open:
            now += STEP
            before = self._it
            due = next_moment(before, self._pair)
            if due is not None and due <= now:
                done = advance(before, self._pair, {}, now)
                self._it = done.mentorship
                self.unasked.update((who, (now - START) // WEEK) for who in done.unasked)
            elif 8 <= now.hour < 17:
                self._it = with_times(self._pressed(before, now), self._pair, now)
            for who in before.both:
                came = self._it.knocks.get(who, 0) - before.knocks.get(who, 0)
                self.messages[who, (now - START) // MONTH] += came

    def _pressed(self, it: Mentorship, now: datetime) -> Mentorship:
        """What one of the two does about it now, if anything."""
        me, talk = self._chance.choice(it.both), it.talk
        if it.state != "going" or self._chance.random() > self._eager:
            return it
        if asked := it.question_to(me):
            said = {"fit": "good", "quality": "yes", "silence": "fine", "ending": "end"}[asked[1].about]
            return it.answer(asked[0], me, said, now)
        if talk is None:
            return it
        if talk.asked_at:
            held = self._chance.random() < 0.85
            return it.met(me, talk.number, now) if held else it.not_held(me, talk.number, now)
        if talk.at is None:
            ahead = still_ahead(talk.times, now)
            return it.book(me, talk.number, self._chance.choice(ahead), now) if ahead else it
        is_moved = talk.at > now and self._chance.random() < 0.02
        return it.move(me, talk.number, times_for(it, self._pair, now), now) if is_moved else it


def measure(pairs: int, seed: int) -> dict[str, Any]:
    """The figures."""
    policy, chance = Policy(), random.Random(seed)
    lives = [Lives(chance, policy) for _ in range(pairs)]
    for it in lives:
        it.through()
    months = [it.messages[who, month] for it in lives for who in (MENTOR, MENTEE) for month in range(MONTHS)]
    last = MONTHS * MONTH // WEEK
    weeks = [it.unasked[who, week] for it in lives for who in (MENTOR, MENTEE) for week in range(last)]
    allowed = policy.nudges.per_week
    return {
        "pairs": pairs,
        "messages a month": _spread(months),
        "unasked a week": {**_spread(weeks), "allowed": allowed, "over": sum(it > allowed for it in weeks)},
    }


def _spread(counts: Sequence[int]) -> dict[str, float]:
    ordered = sorted(counts)
    return {
        "p50": statistics.median(ordered),
        "p95": ordered[int(0.95 * (len(ordered) - 1))],
        "max": ordered[-1],
    }


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--pairs", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    print(json.dumps(measure(given.pairs, given.seed), indent=2))


if __name__ == "__main__":
    main()

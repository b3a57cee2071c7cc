"""When somebody leaves, is no member any more, or stands in another line: what they have for months ends."""

from contextlib import suppress
from datetime import datetime

from kernel.desk import Desk
from kernel.errors import Refusal
from kernel.store import EVERY, NONE, Changes, Due, Key
from kernel.values import PersonId
from mentoring.people.managers import everyone_below
from relationships.mentor_search import wishes
from relationships.mentor_search.keep_going import GOING_ON, KeepGoing
from relationships.mentor_search.wish import ASKED_TO_MENTOR, MENTOR_WISHES, MentorWish
from relationships.mentorships import endings as mentorships
from relationships.sponsorships import endings as sponsorships


async def leave(desk: Desk, gone: PersonId, now: datetime, due: Due | None = None) -> None:
    """End what somebody who left has begun; each is a commit of its own, so a repeat goes on."""
    for end in desk.departures:
        await end(desk, gone, now)
    await desk.store.commit(lambda _: (None, NONE), due=due)


async def part_lines(desk: Desk, moved: PersonId, now: datetime, due: Due | None = None) -> None:
    """End what can't go on since somebody, and so everyone below them, has other people above them now."""
    for who in await everyone_below(desk, moved):
        await mentorships.end_where_parted(desk, who, now)
        await sponsorships.end_where_parted(desk, who, now)
    await desk.store.commit(lambda _: (None, NONE), due=due)


async def step_out(desk: Desk, me: PersonId, now: datetime) -> None:
    """Say no to what one is asked, and drop what one looked for and wished for."""
    for wish_id in await desk.store.ids(ASKED_TO_MENTOR.of(me), limit=EVERY):
        with suppress(Refusal):  # whose time has just run out
            await wishes.decline(desk, wish_id, me, now)
    await wishes.leave(desk, me, now)
    looked = [Key(MentorWish, id) for id in await desk.store.ids(MENTOR_WISHES.of(me), limit=EVERY)]
    wished = [Key(KeepGoing, id) for id in await desk.store.ids(GOING_ON.of(me), limit=EVERY)]
    own = [*looked, *wished]
    await desk.store.commit(lambda _: (None, Changes(drop=own)), load=own)

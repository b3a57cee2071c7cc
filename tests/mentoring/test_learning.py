"""What was learned is kept whole, once, and learned anew at night as long as there is something to learn."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, R1, offer_to, talk_with
from make_past import past_talk
from office import Office

from kernel.errors import Superseded
from kernel.store import Changes, Due, Key, Later
from matching.learning.memory import Memory
from matching.learning.residual_rating import Standings
from mentoring.learning.memory import last, remembered, used
from mentoring.learning.retraining import PIECE, is_worth_it, keep, packed, put_off, skip
from mentoring.learning.training_result import FEWEST_OUTCOMES, Study
from mentoring.model.learned import LEARNING, Learning, Piece, next_night
from mentoring.model.request import Request
from mentoring.model.session import WrapUp
from mentoring.routing.offers import accept
from mentoring.sessions.sessions import wrap_up
from storage.connection.keys import keys_of

NIGHT = NOW.replace(hour=2) + DAY
STUDY = Study(Memory(standings=Standings({ADA: 0.5})), asks=40, outcomes=30, ranks=True)


async def due_now(office: Office) -> Due:
    """The entry of the agenda as a worker holds it."""
    at = Later("relearn", LEARNING, NOW)
    await office.desk.store.commit(lambda _: (None, Changes(later=[at])))
    shards = [keys_of(office.workspace).shard]
    await office.stores.agenda.tick(NOW, shards)
    return next(iter(await office.stores.agenda.take("test", shards=shards)))


async def kept(office: Office, at: datetime = NOW, study: Study = STUDY) -> Learning:
    return await keep(office.desk, study, packed(study), at)


async def talked(office: Office) -> None:
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, talk_with(ADA), ASKER, WrapUp(minutes=10), NOW + HOUR)


async def test_the_end_of_a_talk_is_something_to_learn_from_the_next_night(office: Office):
    await talked(office)

    assert (await office.planned())["relearn", LEARNING] == NIGHT
    assert (await last(office.desk)).next_at == NIGHT


async def test_another_talk_does_not_put_that_off(office: Office):
    await office.put(Learning(next_at=NOW - HOUR))

    await talked(office)

    assert ("relearn", LEARNING) not in await office.planned()


async def test_a_night_that_never_came_is_planned_anew(office: Office):
    await office.put(Learning(next_at=NOW - 3 * DAY))

    await talked(office)

    assert (await office.planned())["relearn", LEARNING] == NIGHT


def test_the_night_is_ahead_at_another_minute_for_each_workspace():
    nights = {next_night(NOW, f"T{number}") for number in range(50)}

    assert len(nights) > 25
    assert all(NOW < night < NOW + DAY and 2 <= night.hour < 5 for night in nights)
    assert next_night(NIGHT, "") == NIGHT + DAY


async def test_what_was_kept_is_remembered(office: Office):
    await office.put(make.request())

    learning = await kept(office)

    assert (learning.version, learning.came, learning.until) == (1, "learned", NOW)
    assert (learning.asks, learning.outcomes, learning.ranks, learning.guesses) == (40, 30, True, False)
    assert await last(office.desk) == learning
    assert (await used(office.desk)).standings.values() == {ADA: 0.5}


async def test_a_long_memory_lies_in_pieces_and_those_of_before_are_gone(office: Office):
    await office.put(make.request())
    await keep(office.desk, STUDY, ["a" * PIECE, "b" * PIECE, "cc=="], NOW)

    learning = await keep(office.desk, STUDY, ["dd==", "ee=="], NOW + DAY)

    assert (learning.version, learning.pieces) == (2, 2)
    assert [await office.find(Piece, f"1.{number}") for number in range(3)] == [None] * 3
    assert (await office.get(Piece, "2.1")).text == "ee=="


async def test_a_memory_that_is_not_whole_is_none(office: Office):
    await office.put(make.request())
    learning = await keep(office.desk, STUDY, ["dd==", "ee=="], NOW)
    await office.desk.store.commit(lambda _: (None, Changes(drop=learning.keys[:1])))

    assert await remembered(office.desk, learning) is None
    assert (await used(office.desk)).standings.values() == {}


async def test_a_memory_of_another_release_is_begun_anew(office: Office):
    await office.put(make.request())
    await keep(office.desk, STUDY, ["bm90aGluZw=="], NOW)

    assert (await used(office.desk)).standings.values() == {}


async def test_learning_twice_at_once_leaves_one_whole_memory(office: Office):
    await office.put(make.request())
    studies = [replace(STUDY, memory=Memory(standings=Standings({ADA: share}))) for share in (0.1, 0.2, 0.3)]

    learned = await asyncio.gather(*(kept(office, NOW, study) for study in studies))

    assert sorted(each.version for each in learned) == [1, 2, 3]
    newest = max(learned, key=lambda each: each.version)
    assert await last(office.desk) == newest
    assert list((await used(office.desk)).standings.values()) == [ADA]
    assert await office.find(Piece, "1.0") is None
    assert await office.find(Piece, "2.0") is None


async def test_who_learned_from_less_does_not_undo_who_learned_from_more(office: Office):
    await office.put(make.request())
    newer = await kept(office, NOW + HOUR)

    assert await kept(office, NOW) == newer
    assert await last(office.desk) == newer


async def test_an_entry_that_was_handled_meanwhile_writes_nothing(office: Office):
    await office.put(make.request())
    due = await due_now(office)
    await keep(office.desk, STUDY, packed(STUDY), NOW, due)

    with pytest.raises(Superseded):
        await keep(office.desk, STUDY, packed(STUDY), NOW + HOUR, due)

    assert (await last(office.desk)).version == 1


async def test_learning_comes_back_each_night_until_no_request_is_left(office: Office):
    await office.put(make.request())

    with_requests = await kept(office)
    await office.desk.store.commit(lambda _: (None, Changes(drop=[Key(Request, R1)])))
    without = await kept(office, NOW + DAY)

    assert with_requests.next_at == next_night(NOW, office.workspace)
    assert without.next_at is None
    assert await office.planned() == {}


async def test_too_little_is_said_to_be_too_little(office: Office):
    await office.put(make.request())

    learning = await kept(office, study=Study(Memory(), asks=3, outcomes=1))

    assert (learning.came, learning.pieces, learning.asks, learning.outcomes) == ("too_few", 0, 3, 1)


async def test_switched_off_forgets_what_was_learned_and_asks_again_the_next_night(office: Office):
    await office.put(make.request())
    before = await kept(office)

    learning = await skip(office.desk, "switched_off", NOW + HOUR)

    assert (learning.came, learning.pieces, learning.ranks) == ("switched_off", 0, False)
    assert learning.version > before.version
    assert await office.find(Piece, "1.0") is None
    assert learning.next_at is not None


async def test_it_can_wait_a_little(office: Office):
    due = await due_now(office)

    await put_off(office.desk, NOW + timedelta(minutes=5), due)

    assert await office.planned() == {("relearn", LEARNING): NOW + timedelta(minutes=5)}


async def test_it_is_worth_it_from_twenty_talks_on(office: Office):
    await office.put(make.person())
    for number in range(FEWEST_OUTCOMES - 1):
        await office.put(*past_talk(f"R{number}", NOW - DAY, BEN))
    before = await is_worth_it(office.desk)

    await office.put(*past_talk("R-last", NOW - DAY, BEN))

    assert (before, await is_worth_it(office.desk)) == (False, True)


async def test_erasing_a_workspace_erases_what_it_has_learned(office: Office):
    await office.put(make.request())
    await kept(office)

    await office.stores.erase(office.workspace)

    assert await last(office.desk) == Learning()
    assert await office.find(Piece, "1.0") is None
    assert await office.planned() == {}

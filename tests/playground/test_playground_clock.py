"""The playground's clock: it moves forward only, and wakes what waits."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from patience import PATIENCE

from playground.foundation.clock import PlaygroundClock
from playground.foundation.errors import Damaged, NotPossible

NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


async def test_now_starts_where_it_is_told_to_and_goes_on():
    clock = PlaygroundClock(start=NOON)

    assert timedelta(0) <= clock.now() - NOON < timedelta(seconds=5)
    assert clock.wall() != clock.now()


async def test_the_clock_does_not_go_back():
    with pytest.raises(NotPossible, match="only moves forward"):
        PlaygroundClock().skip(timedelta(seconds=-1))


async def test_stamps_grow_even_within_a_microsecond():
    clock = PlaygroundClock(start=NOON)

    stamps = [clock.stamp() for _ in range(1_000)]

    assert stamps == sorted(set(stamps))


async def test_a_skip_wakes_what_waits_for_a_later_time():
    clock = PlaygroundClock(start=NOON)
    waiting = asyncio.create_task(clock.reach(NOON + timedelta(days=1)))
    await asyncio.sleep(0)

    clock.skip(timedelta(hours=1))
    await asyncio.sleep(0)
    assert not waiting.done()
    clock.skip(timedelta(hours=23))

    await asyncio.wait_for(waiting, PATIENCE)


async def test_the_offset_is_kept_in_its_file(tmp_path: Path):
    PlaygroundClock(tmp_path / "clock").skip(timedelta(days=3))

    assert PlaygroundClock(tmp_path / "clock").offset == 3 * 86_400


async def test_no_skip_leads_beyond_what_the_next_start_can_read(tmp_path: Path):
    file = tmp_path / "clock"
    clock = PlaygroundClock(file)

    clock.skip(timedelta(days=36_000))
    with pytest.raises(NotPossible, match="a hundred years"):
        clock.skip(timedelta(days=600))

    assert PlaygroundClock(file).offset == clock.offset


@pytest.mark.parametrize("content", [b"soon", b"nan", b"inf", b"1e11", b"\xff\0", b"1\n2"])
async def test_a_file_that_holds_no_number_of_seconds_is_damaged(tmp_path: Path, content: bytes):
    file = tmp_path / "clock"
    file.write_bytes(content)

    with pytest.raises(Damaged, match="delete it"):
        PlaygroundClock(file)

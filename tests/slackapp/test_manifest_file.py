"""Edits of manifest.yml while the app runs: taken over by the second poll, or told and left alone."""

import os
from pathlib import Path

import pytest
from few_files import no_file_left

from slackapp.manifest.file import BadEdit, ManifestEdited, ManifestFile
from slackapp.manifest.manifest import read

GOOD = """\
display_information: {name: Waymark}
topics:
  - {id: python, label: Python}
"""
BETTER = GOOD + "  - {id: sql, label: SQL}\n"
BAD = GOOD.replace("label", "labl")
LONG_AGO = 1_700_000_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.yml"
    path.write_text(GOOD)
    return path


def watched(path: Path) -> ManifestFile:
    manifest = read(path.read_text()).manifest
    assert manifest is not None
    return ManifestFile(path, manifest)


async def seen(file: ManifestFile, polls: int = 2) -> list[ManifestEdited | BadEdit]:
    found = [await file.poll(LONG_AGO) for _ in range(polls)]
    return [it for it in found if it is not None]


async def test_nothing_is_told_of_a_file_that_stays_as_it_was(path: Path) -> None:
    assert await seen(watched(path), polls=5) == []


async def test_an_edit_is_taken_over_by_the_second_poll_and_told_once(path: Path) -> None:
    file = watched(path)
    path.write_text(BETTER)

    told = await seen(file, polls=2)

    assert [type(it) for it in told] == [ManifestEdited]
    assert "sql" in file.manifest.topics
    assert await seen(file, polls=3) == []


async def test_an_edit_of_comments_alone_is_no_news(path: Path) -> None:
    file = watched(path)
    path.write_text("# the same\n" + GOOD)

    assert await seen(file, polls=3) == []


async def test_a_bad_edit_changes_nothing_and_is_told_once(path: Path) -> None:
    file = watched(path)
    before = file.manifest
    path.write_text(BAD)

    told = await seen(file, polls=4)

    assert len(told) == 1
    assert isinstance(told[0], BadEdit)
    assert [problem.place.line for problem in told[0].problems] == [3, 3]
    assert file.manifest is before


async def test_another_bad_edit_is_told_again(path: Path) -> None:
    file = watched(path)
    path.write_text(BAD)
    await seen(file)
    path.write_text(BAD + "policy: {pol: 1}\n")

    told = await seen(file)

    assert isinstance(told[0], BadEdit)
    assert len(told[0].problems) == 3


async def test_putting_a_bad_edit_right_is_told_even_if_it_is_as_before(path: Path) -> None:
    file = watched(path)
    path.write_text(BAD)
    await seen(file)
    path.write_text(GOOD)

    assert [type(it) for it in await seen(file)] == [ManifestEdited]


async def test_a_file_that_is_still_being_written_is_not_judged(path: Path) -> None:
    file = watched(path)

    path.write_text(BETTER[:60])
    first = await file.poll(LONG_AGO)
    path.write_text(BETTER)
    second = await file.poll(LONG_AGO)
    third = await file.poll(LONG_AGO)

    assert (first, second) == (None, None)
    assert isinstance(third, ManifestEdited)


async def test_a_file_that_vanishes_is_told_and_the_last_good_one_stays(path: Path) -> None:
    file = watched(path)
    path.unlink()

    told = await seen(file, polls=4)

    assert len(told) == 1
    assert isinstance(told[0], BadEdit)
    assert "cannot be read" in told[0].problems[0].sentence
    assert "python" in file.manifest.topics


async def test_a_file_replaced_while_nobody_looks_is_no_news_if_it_is_back(path: Path) -> None:
    file = watched(path)
    path.unlink()
    await file.poll(LONG_AGO)
    path.write_text(GOOD)

    assert await seen(file, polls=3) == []


async def test_an_edit_of_the_same_length_in_the_same_tick_is_seen_while_the_file_is_young(
    path: Path,
) -> None:
    file = watched(path)
    await seen(file)
    stamp = path.stat()
    path.write_text(GOOD.replace("Python", "Pythom"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    told = [await file.poll(stamp.st_mtime + 1) for _ in range(2)]

    assert isinstance(told[1], ManifestEdited)
    assert file.manifest.topics.label("python") == "Pythom"


async def test_an_old_file_is_not_read_again(path: Path) -> None:
    os.utime(path, (LONG_AGO, LONG_AGO))
    file = watched(path)
    await file.poll(LONG_AGO + 100)
    await file.poll(LONG_AGO + 100)
    path.write_text(GOOD.replace("Python", "Pythom"))
    os.utime(path, (LONG_AGO, LONG_AGO))

    assert [await file.poll(LONG_AGO + 100) for _ in range(3)] == [None, None, None]
    assert file.manifest.topics.label("python") == "Python"


async def test_an_older_file_put_in_place_of_this_one_is_seen(path: Path, tmp_path: Path) -> None:
    file = watched(path)
    now = path.stat().st_mtime + 100
    assert [await file.poll(now) for _ in range(2)] == [None, None]
    older = tmp_path / "older.yml"
    older.write_text(BETTER)
    os.utime(older, (LONG_AGO, LONG_AGO))
    older.rename(path)

    told = [await file.poll(now) for _ in range(2)]

    assert isinstance(told[1], ManifestEdited)


async def test_warnings_come_with_the_edit(path: Path) -> None:
    file = watched(path)
    path.write_text(GOOD.replace("Python}", "Python, aliases: [on]}"))

    told = await seen(file)

    assert isinstance(told[0], ManifestEdited)
    assert "put it in quotes" in told[0].warnings[0].sentence


async def test_a_process_that_can_open_no_file_keeps_what_is_in_force_and_reads_the_edit_later(
    path: Path,
) -> None:
    file = watched(path)
    path.write_text(BETTER)

    with no_file_left():
        for _ in range(3):
            with pytest.raises(OSError, match="Too many open files"):
                await file.poll(LONG_AGO)
    kept = "sql" in file.manifest.topics

    assert not kept
    assert [type(it) for it in await seen(file)] == [ManifestEdited]


async def test_a_file_that_is_gone_is_still_a_bad_edit(path: Path) -> None:
    file = watched(path)
    path.unlink()

    assert [type(it) for it in await seen(file)] == [BadEdit]

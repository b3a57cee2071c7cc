"""The data folder is its owner's alone; what is not ours, or a link, is left as it is."""

import os
import stat
from pathlib import Path

import pytest

from slackapp.process.data_folder import FILES, exposure, make_private
from slackapp.process.errors import Stop


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def opened(folder: Path) -> list[Path]:
    """Make a folder as an earlier version left it: everything readable to everyone."""
    files = [folder / name for name in FILES]
    files += [folder / "playground" / name for name in ("playground.sqlite3", "playground.sqlite3-wal")]
    (folder / "playground").mkdir(parents=True)
    for file in files:
        file.write_text("x")
        file.chmod(0o644)
    (folder / "playground").chmod(0o755)
    folder.chmod(0o755)
    return files


def test_a_new_folder_is_made_for_its_owner_alone(tmp_path: Path):
    assert make_private(tmp_path / "data") == []
    assert mode(tmp_path / "data") == 0o700


def test_what_was_open_is_closed_and_said_once(tmp_path: Path):
    folder = tmp_path / "data"
    files = opened(folder)

    said = make_private(folder)

    assert said == [f"Others on this machine could read what is in {folder}; now only you can."]
    assert {mode(file) for file in files} == {0o600}
    assert {mode(folder), mode(folder / "playground")} == {0o700}
    assert make_private(folder) == []


def test_a_folder_that_anyone_could_change_is_said_to_have_been_that(tmp_path: Path):
    tmp_path.chmod(0o777)

    assert "could change" in make_private(tmp_path)[0]
    assert mode(tmp_path) == 0o700


def test_what_lies_there_and_is_not_the_demos_keeps_its_rights(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("x")
    (tmp_path / "mine.txt").chmod(0o644)
    (tmp_path / "redis").mkdir()
    (tmp_path / "redis").chmod(0o755)

    make_private(tmp_path)

    assert (mode(tmp_path / "mine.txt"), mode(tmp_path / "redis")) == (0o644, 0o755)


@pytest.mark.parametrize("name", ["", "app.log", "clock", "playground", "playground/playground.sqlite3"])
def test_a_link_is_refused_and_what_it_leads_to_stays_as_it_is(tmp_path: Path, name: str):
    folder, target = tmp_path / "data", tmp_path / "theirs"
    target.mkdir()
    target.chmod(0o755)
    link = folder / name if name else folder
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)

    with pytest.raises(Stop, match="is a symbolic link"):
        make_private(folder)

    assert mode(target) == 0o755
    assert list(target.iterdir()) == []


def test_what_is_no_file_is_refused(tmp_path: Path):
    os.mkfifo(tmp_path / "app.log")

    with pytest.raises(Stop, match=r"app\.log is neither"):
        make_private(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_user_is_refused(tmp_path: Path):
    os.chown(tmp_path, 12345, 12345)
    tmp_path.chmod(0o777)

    with pytest.raises(Stop, match="belongs to another user"):
        make_private(tmp_path)

    assert mode(tmp_path) == 0o777
    found = exposure(tmp_path)
    assert found is not None
    assert "belongs to another user" in found.sentence


@pytest.mark.parametrize(
    ("rights", "word"), [(0o755, "read"), (0o750, "read"), (0o777, "change"), (0o1777, "change")]
)
def test_an_open_folder_is_named_with_what_to_do(tmp_path: Path, rights: int, word: str):
    tmp_path.chmod(rights)

    found = exposure(tmp_path)

    assert found is not None
    assert f"can {word} what is in {tmp_path}" in found.sentence
    assert found.can_change == (word == "change")


def test_a_closed_folder_and_one_that_is_not_there_are_no_matter(tmp_path: Path):
    tmp_path.chmod(0o700)

    assert exposure(tmp_path) is None
    assert exposure(tmp_path / "none") is None

"""`waymark pair`: lists in, pairs out, nothing written unasked; each mistake with its file, line and cure."""

import asyncio
import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from make_pairing import cohort, mentee, mentor
from patience import PATIENCE

from handlers.pairing import pairs_list
from kernel.topics import Catalogue, Topic
from kernel.values import TopicId
from matching.pairing.values import BadPin, Two
from relationships.mentorships.record import PairingReason
from slackapp.commands.cli import main
from slackapp.pairing import pairs_file, sheets
from slackapp.pairing.solving import solved
from slackapp.people_import import table
from slackapp.process.errors import Stop

CATALOGUE = Catalogue((Topic(id="python", label="Python"), Topic(id="sql", label="SQL")))
LONG = ["x" * 5_000, ";" * 300, "=" * 300, "a=b" * 900, "9" * 5_000, "@" * 300, ",", "-"]
MENTEES = """slack_id,email,name,level,manager,team,site,wishes,needs,wants,never
,maya@x.example,Maya Lindqvist,3,boss@x.example,Red,Berlin,priya@x.example;Jonas Weber,python,site=berlin,
,raj@x.example,Raj Venkataraman,2,priya@x.example,,,Priya Nair;Jonas Weber,python,,
,lena@x.example,Lena Hoffmann,4,,,,Priya Nair,,sql;Language = german,
,sam@x.example,Sam Taylor,2,,,,,sql,,tom@x.example
"""
MENTORS = """Slack ID;E-Mail;Full name;Level;Topics;Team;Location;Capacity;Language
U0PRIYA;priya@x.example;Priya Nair;5;python:3;Red;Berlin;1;German|English
;jonas@x.example;Jonas Weber;4;python,sql:3;Blue;Hamburg;1;German
;tom@x.example;Ewan MacLeod;6;sql;;Pune;2;
"""
PAIRED = {"maya@x.example": "U0PRIYA", "raj@x.example": "jonas@x.example", "lena@x.example": "tom@x.example"}


class Lists:
    """Two lists in a folder, and the command about them."""

    def __init__(self, folder: Path) -> None:
        self.mentees, self.mentors = folder / "mentees.csv", folder / "mentors.csv"
        self.pairs = folder / "pairs.csv"
        self.mentees.write_text(MENTEES)
        self.mentors.write_text(MENTORS)

    def pair(self, *words: str) -> Result:
        return waymark(str(self.mentees), str(self.mentors), *words)

    def found(self, *words: str) -> dict:
        return json.loads(self.pair("--json", *words).stdout)

    def edit(self, *words: str) -> Result:
        return self.pair("--pairs", str(self.pairs), "--write", *words)

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.pairs.read_text("utf-8-sig"))))

    def written(self) -> dict[str, str]:
        return {
            row["mentee"]: row["mentor"] for row in self.rows() if row["mentor"] and row["decision"] != "ban"
        }


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def waymark(*words: str) -> Result:
    return CliRunner().invoke(main, ["pair", *words])


def test_a_dry_run_says_who_goes_with_whom_and_why_and_writes_nothing(lists: Lists, tmp_path: Path):
    before = sorted(tmp_path.iterdir())

    result = lists.pair()

    assert result.exit_code == 0
    said = result.stdout
    assert said.startswith("3 of 4 mentees paired: nobody more can be, and no other such pairing fits better")
    assert (
        "\nMaya Lindqvist — Priya Nair\n  + Maya Lindqvist's first wish\n  + Priya Nair is in Berlin (site)"
        in said
    )
    assert "  - same team (Red)\n" in said
    assert "  Sam Taylor: 3 people can only go to Priya Nair or Jonas Weber: 2 places.\n" in said
    assert said.endswith("Nothing was written: that takes --pairs pairs.csv --write.\n")
    assert sorted(tmp_path.iterdir()) == before


def test_for_a_script_it_is_one_object(lists: Lists):
    found = lists.found()

    assert {it["mentee"]: it["mentor"] for it in found["pairs"]} == PAIRED
    assert (found["mentees"], found["paired"], found["is_proved_best"]) == (4, 3, True)
    assert found["unpaired"][0]["bind"] == "few_places"
    assert found["places_left"] == {"tom@x.example": 1}
    assert found == lists.found()


def test_a_manager_far_above_is_no_mentor_where_a_list_of_everyone_says_so(lists: Lists, tmp_path: Path):
    people = tmp_path / "people.csv"
    people.write_text("email,manager\nboss@x.example,vp@x.example\nvp@x.example,U0PRIYA\n")

    found = lists.found("--people", str(people))

    assert {it["mentee"]: it["mentor"] for it in found["pairs"]}["maya@x.example"] == "jonas@x.example"


def test_what_is_written_can_be_read_back_and_decided_on(lists: Lists):
    first = lists.edit()
    assert (first.exit_code, lists.written()) == (0, PAIRED)
    [maya] = [row for row in lists.rows() if row["mentee"] == "maya@x.example"]
    assert maya["why"] == "maya@x.example asked for U0PRIYA; U0PRIYA knows python:3"
    assert pairs_list.why(maya["why"], maya["mentee"], maya["mentor"], CATALOGUE) == (
        PairingReason(kind="wish"),
        PairingReason(kind="knows", topic=TopicId("python"), depth=3),
    )
    assert first.stdout.endswith(f"Written to {lists.pairs}.\n")

    text = lists.pairs.read_text("utf-8-sig")
    lists.pairs.write_text(text.replace("U0PRIYA,Priya Nair,,", "U0PRIYA,Priya Nair,ban,"), "utf-16")
    again = lists.found("--pairs", str(lists.pairs), "--write")

    assert lists.written() == {"maya@x.example": "jonas@x.example", "lena@x.example": "U0PRIYA"}
    assert [row["mentor"] for row in lists.rows() if row["decision"] == "ban"] == ["U0PRIYA"]
    assert {(it["mentee"], it["from"], it["to"]) for it in again["moves"]} == {
        ("lena@x.example", "tom@x.example", "U0PRIYA"),
        ("maya@x.example", None, "jonas@x.example"),
        ("raj@x.example", "jonas@x.example", None),
    }


def test_pins_bans_and_swaps_stay_until_they_are_freed(lists: Lists):
    lists.edit()

    swapped = lists.edit("--swap", "Maya Lindqvist=lena@x.example", "--free", "lena=priya")
    assert swapped.exit_code == 1
    assert "did you mean Lena Hoffmann?" in swapped.stderr
    lists.mentees.write_text(MENTEES.replace(",python,site=berlin", ",,site=berlin"))
    swapped = lists.edit("--swap", "Maya Lindqvist=lena@x.example")

    assert lists.written() == PAIRED | {"maya@x.example": "tom@x.example", "lena@x.example": "U0PRIYA"}
    assert (
        "Who moves:\n  Lena Hoffmann: from Ewan MacLeod to Priya Nair, much better (was: " in swapped.stdout
    )
    lists.edit("--pin", "Maya Lindqvist=Jonas Weber", "--free", "Lena Hoffmann=U0PRIYA")
    assert [row["mentor_name"] for row in lists.rows() if row["decision"] == "pin"] == ["Jonas Weber"]
    lists.edit(
        "--free",
        "Maya Lindqvist=Jonas Weber",
        "--pin",
        "Maya Lindqvist=Ewan MacLeod",
        "--pin",
        "Lena Hoffmann=U0PRIYA",
    )
    lists.edit()
    assert lists.written()["maya@x.example"] == "tom@x.example"
    lists.edit("--free", "Maya Lindqvist=tom@x.example", "--free", "Lena Hoffmann=U0PRIYA")
    assert lists.written() == PAIRED


def test_an_undo_puts_back_what_was_and_undone_twice_nothing_has_changed(lists: Lists):
    lists.edit()
    first = lists.pairs.read_bytes()
    lists.edit("--ban", "Maya Lindqvist=Priya Nair")
    second = lists.pairs.read_bytes()

    assert waymark("--pairs", str(lists.pairs), "--undo").exit_code == 0
    assert lists.pairs.read_bytes() == first
    assert waymark("--pairs", str(lists.pairs), "--undo").exit_code == 0
    assert lists.pairs.read_bytes() == second

    a_day_ago = pairs_file.kept_at(lists.pairs).stat().st_mtime - pairs_file.UNDO_FOR.total_seconds() - 1
    os.utime(pairs_file.kept_at(lists.pairs), (a_day_ago, a_day_ago))
    late = waymark("--pairs", str(lists.pairs), "--undo")
    assert (late.exit_code, lists.pairs.read_bytes()) == (2, second)
    assert "more than 24 hours ago" in late.stderr
    assert "pairs.before.csv" in late.stderr


def test_circles_hold_three_to_seven(lists: Lists):
    lists.mentors.write_text(MENTORS.replace(";1;", ";;").replace(";2;", ";3;"))

    result = lists.pair("--circles")

    assert result.stdout.startswith("4 of 4 mentees paired.")
    assert "\nJonas Weber with 4 mentees\n" in result.stdout
    too_small = (lists.mentors.write_text(MENTORS), lists.pair("--circles"))[1]
    assert too_small.exit_code == 1
    assert (
        "line 2, places: “1” should be a number from 3 to 7 for a circle, or 0 for none." in too_small.stderr
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Jonas Weber,python", "Jona Weber,python", "mentees.csv, line 2, wishes: nobody in "),
        ("Jonas Weber,python", "Jona Weber,python", "is “Jona Weber”: did you mean Jonas Weber?"),
        (",python,site", ",pyton,site", "line 2, needs: there is no topic “pyton”"),
        ("site=berlin", "sites=berlin", "line 2, wants: "),
        ("site=berlin", "sites=berlin", "has no column “sites”: did you mean site?"),
        (",3,boss", ",9,boss", "line 2, level: “9” should be a whole number from 1 to 7."),
        ("tom@x.example", "Ewann MacLeod", "line 5, never: nobody in "),
        ("tom@x.example", "Ewann MacLeod", "did you mean Ewan MacLeod?"),
        (",raj@x.example", ",maya@x.example", "line 3, email: maya@x.example stands in line 2 already."),
        (MENTEES, MENTEES.splitlines()[0], "line 1, heading: there is nobody below the heading"),
        ("email,name", "mail adress,name", "line "),
    ],
)
def test_a_mistake_is_said_with_its_file_its_line_and_its_cure(lists: Lists, old: str, new: str, said: str):
    lists.mentees.write_text(MENTEES.replace(old, new, 1))

    result = lists.pair("--pairs", str(lists.pairs), "--write")

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.splitlines()[-1].endswith("so nobody was paired.")
    assert not lists.pairs.exists()


def test_mistakes_of_all_lists_come_at_once_and_as_data_for_a_script(lists: Lists):
    lists.mentees.write_text(MENTEES.replace(",3,", ",9,", 1))
    lists.mentors.write_text(MENTORS.replace(";1;", ";many;"))
    lists.pairs.write_text("mentee,mentor,decision\nmaya@x.example,U0PRIYA,maybe\n")

    result = lists.pair("--json", "--pairs", str(lists.pairs))

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(it["file"]).name, it["line"], it["column"]) for it in told] == [
        ("mentees.csv", 2, "level"),
        ("mentors.csv", 2, "places"),
        ("mentors.csv", 3, "places"),
        ("pairs.csv", 2, "decision"),
    ]
    assert result.stderr == "4 mistakes, so nobody was paired.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pin", "Maya Lindqvist"], "should name two people"),
        (["--pin", "Maya Lindqvist=Nobody"], "--pin: nobody in "),
        (["--pin", "Raj Venkataraman=Priya Nair"], "one is above the other in the line of managers"),
        (
            ["--pin", "Maya Lindqvist=Jonas Weber", "--pin", "Raj Venkataraman=Jonas Weber"],
            "has 1 place and 2 pinned mentees",
        ),
        (["--swap", "Maya Lindqvist=Raj Venkataraman"], "Maya Lindqvist has no mentor yet"),
        (["--write"], "add --pairs pairs.csv"),
        (["--undo"], "add --pairs pairs.csv"),
    ],
)
def test_an_edit_that_can_not_be_is_one_sentence(lists: Lists, words: list[str], said: str):
    result = lists.pair(*words)

    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_without_lists_or_with_one_that_is_not_there_it_says_what_is_needed(lists: Lists):
    assert "waymark pair mentees.csv mentors.csv" in waymark().stderr
    missing = waymark(str(lists.mentees), "none.csv")
    assert (missing.exit_code, missing.stderr) == (
        1,
        "none.csv cannot be read: no such file or directory; check its name.\n",
    )


def test_what_may_be_a_mistake_is_a_note_and_the_pairing_is_made(lists: Lists):
    lists.mentees.write_text(MENTEES.replace("site=berlin", "site=Berln"))

    result = lists.pair()

    assert result.exit_code == 0
    assert f"line 2, wants: nobody in {lists.mentors} has site=Berln (did you mean Berlin?)." in result.stderr


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_is_written_as_text(lists: Lists):
    lists.mentees.write_text(MENTEES.replace("Sam Taylor", "=HYPERLINK(1)"))

    lists.edit()

    assert "'=HYPERLINK(1)" in {row["mentee_name"] for row in lists.rows()}


def test_wishes_may_stand_in_a_column_each_and_names_with_commas_between_them(lists: Lists):
    lists.mentees.write_text("email,First choice,2nd,Wish 2\na@x.example,Ewan MacLeod,,Jonas Weber\n")
    ranked = lists.found()["pairs"][0]["for"]
    lists.mentees.write_text('email,wishes\na@x.example,"Ewan MacLeod, Jonas Weber"\n')

    assert ranked[0] == "a@x.example's first wish"
    assert lists.found()["pairs"][0]["for"] == ranked
    assert (
        lists.found("--ban", "a@x.example=Ewan MacLeod")["pairs"][0]["for"][0] == "a@x.example's second wish"
    )


def test_values_that_differ_in_a_sign_alone_are_not_the_same(lists: Lists):
    lists.mentees.write_text("email,needs\na@x.example,Tools=c#\n")
    lists.mentors.write_text("email,Tools\nb@x.example,C++\nd@x.example,C#\n")

    assert lists.found()["pairs"][0]["mentor"] == "d@x.example"


def test_whoever_stands_in_a_list_by_two_names_is_named_once_too_often(lists: Lists):
    lists.mentees.write_text("slack_id,email\nU0PRIYA,\n,priya@x.example\n")

    assert "line 3, email: priya@x.example is the same person as in line 2." in lists.pair().stderr


def test_two_of_one_name_are_told_apart(lists: Lists):
    lists.mentors.write_text(MENTORS.replace("Ewan MacLeod", "Jonas Weber"))

    ambiguous, told = lists.pair(), lists.pair("--pin", "Maya Lindqvist=Jonas Weber")
    lists.mentees.write_text(MENTEES.replace("Jonas Weber", "jonas@x.example"))

    assert "several people in" in ambiguous.stderr
    assert "--pin: several people in" in told.stderr
    assert "Raj Venkataraman — Jonas Weber (jonas@x.example)" in lists.pair().stdout


def test_a_wish_for_ones_manager_is_noted(lists: Lists):
    said = (
        "line 3, wishes: Priya Nair is above or below Raj Venkataraman"
        " in the line of managers, so that can't be."
    )

    assert said in lists.pair().stderr


@pytest.mark.parametrize("kind", ["mentees", "mentors", "pairs"])
@given(st.lists(st.text(max_size=30), min_size=13, max_size=13), st.integers(0, 12), st.sampled_from(LONG))
def test_no_cell_is_too_odd_for_short_sentences(kind, cells, place, long):
    kinds = {
        "mentees": sheets.of_mentees(CATALOGUE),
        "mentors": sheets.of_mentors(CATALOGUE, in_circles=False),
        "pairs": sheets.of_pairs(),
    }
    cells[place] = long
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[*kinds[kind].also, "Language"][:13], cells])

    found = table.read(text.getvalue(), kinds[kind])

    assert all(len(str(problem)) < 400 for problem in found.problems)


async def test_the_process_that_pairs_says_why_not_and_its_end_is_a_sentence():
    pinned = cohort([mentee("e1")], [mentor("m1")], pins=frozenset({Two("e1", "m2")}))
    steps: list[int] = []

    found = await solved(cohort([mentee("e1")], [mentor("m1")]), lambda: steps.append(1))

    assert found.mentors == {"e1": "m1"}
    assert steps
    with pytest.raises(BadPin) as no:
        await solved(pinned)
    assert no.value.two == Two("e1", "m2")
    with pytest.raises(Stop, match=r"broken off .* no room"):
        await solved(pinned, command=(sys.executable, "-c", "raise MemoryError('no room')"))


async def test_a_pairing_that_is_cancelled_leaves_no_process(tmp_path: Path):
    note = tmp_path / "pid"
    waiting = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    task = asyncio.create_task(solved(cohort([], []), command=(sys.executable, "-c", waiting)))
    while not (note.exists() and note.read_text()):
        await asyncio.sleep(0.01)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    with pytest.raises(ProcessLookupError):
        await _is_gone(int(note.read_text()))


async def _is_gone(pid: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            os.kill(pid, 0)
            await asyncio.sleep(0.01)

"""People from a CSV: every mistake with its line, its column and what to do."""

from pathlib import Path

import pytest

from matching.values import Lane
from mentoring.hours import OFFICE
from mentoring.topics import Catalogue, Topic
from slackapp.people_csv import COLUMNS, LISTED, MAX_BYTES, MAX_ROWS, read, read_bytes

HEADING = ",".join(COLUMNS)
CATALOGUE = Catalogue((Topic(id="python", label="Python"), Topic(id="sql", label="SQL")))
CAST = Path(__file__).parent.parent / "playground" / "cast.csv"


def sheet(*lines, heading=HEADING):
    return read("\n".join([heading, *lines]) + "\n", CATALOGUE)


def test_a_row_gives_everything_about_a_person():
    (row,) = sheet("U012ABC,,4,python:3; sql:1,90,mon-fri 09:00-17:00,peer;senior").rows

    assert (row.slack_id, row.level, row.minutes) == ("U012ABC", 4, 90)
    assert row.topics == {"python": 3, "sql": 1}
    assert row.hours == OFFICE
    assert row.lanes == {Lane.PEER, Lane.SENIOR}


def test_an_empty_cell_leaves_things_as_they_are():
    (row,) = sheet(",maya@example.com,,,,,").rows

    assert row.email == "maya@example.com"
    assert (row.slack_id, row.level, row.topics, row.minutes, row.hours, row.lanes) == (None,) * 6


def test_a_topic_without_a_level_counts_as_solid():
    (row,) = sheet("U1A,,,python,,,").rows

    assert row.topics == {"python": 2}


def test_columns_may_come_in_any_order_and_some_may_be_missing():
    (row,) = sheet("python:1,U1A", heading="Topics,Slack_ID").rows

    assert (row.slack_id, row.topics) == ("U1A", {"python": 1})


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("U1A,,9,,,,", "level", "from 1 to 7"),
        ("U1A,,,pyton:2,,,", "topics", "did you mean python?"),
        ("U1A,,,python:5,,,", "topics", "from 1 to 3"),
        ("U1A,,,,lots,,", "minutes_per_week", "from 0 to 600"),
        ("U1A,,,,,mon-fry 9-17,", "hours", "mon-fri"),
        ("U1A,,,,,,pear", "lanes", "did you mean peer?"),
        ("maya,,,,,,", "slack_id", "not a Slack id"),
        (",maya.example.com,,,,,", "email", "not an e-mail"),
        (",,4,python,,,", "slack_id", "slack_id or an email"),
    ],
)
def test_a_mistake_is_named_with_its_line_its_column_and_what_is_meant(line, column, words):
    read_sheet = sheet("U0GOOD,,,python,,,", line)

    (problem,) = read_sheet.problems
    assert (problem.line, problem.column) == (3, column)
    assert words in problem.sentence
    assert [row.slack_id for row in read_sheet.rows] == ["U0GOOD"]


def test_all_mistakes_are_found_at_once():
    problems = sheet("U1A,,9,nothing,,,", "U2A,,,,,sometimes,").problems

    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "level"),
        (2, "topics"),
        (3, "hours"),
    ]


def test_a_person_may_stand_in_one_line_only():
    (problem,) = sheet("U1A,,4,,,,", "U1A,,5,,,,").problems

    assert str(problem) == "line 3, slack_id: U1A stands in line 2 already."


def test_a_wrong_heading_is_named_before_anything_else():
    problems = sheet("U1A,4", heading="slak_id,level").problems

    assert "did you mean slack_id?" in problems[0].sentence
    assert problems[-1].column == "heading"


def test_an_empty_file_says_which_columns_there_are():
    (problem,) = read("", CATALOGUE).problems

    assert HEADING.replace(",", ", ") in problem.sentence


def test_blank_lines_quotes_and_a_byte_order_mark_are_fine():
    text = f'\ufeff{HEADING}\r\n\r\n"U1A","",4,"python:1",,"mon-fri 09:00-12:00, 13:00-17:00",\r\n'

    read_sheet = read(text, CATALOGUE)

    assert read_sheet.problems == ()
    assert read_sheet.rows[0].slack_id == "U1A"


# What nobody would write, and a program or an export does


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (f"{HEADING}\nU1A,\n\n".encode() + b"U2A,caf\xe9@x.example\n", (4, "column 8"), "not UTF-8"),
        (b"\xef\xbb\xbf" + f"{HEADING}\n".encode() + b"\x93\n", (2, "column 1"), "not UTF-8"),
        (f"{HEADING}\nU1A\n".encode("utf-16"), (1, "column 1"), "UTF-16"),
        (f"{HEADING}\nU1A\n".encode("utf-16-be"), (1, "column 1"), "U+0000"),
        (f"{HEADING}\r\nU1A,a\0b@x.example\r\n".encode(), (2, "column 6"), "U+0000"),
        (f"{HEADING}\nU1A,\x1b[2J\n".encode(), (2, "column 5"), "U+001B"),
        (b"x" * (MAX_BYTES + 1), (1, "column 1"), "larger than 20 MB"),
    ],
    ids=["cp1252", "after a mark", "utf-16", "utf-16 without a mark", "NUL", "escape", "large"],
)
def test_a_file_in_another_form_is_one_problem_with_its_place(content, place, words):
    (problem,) = read_bytes(content, CATALOGUE).problems

    assert (problem.line, problem.column) == place
    assert words in problem.sentence


@pytest.mark.parametrize(
    ("lines", "place", "words"),
    [
        (["U1A,,4", 'U2A,"a@x.example,4', "U3A"], (3, "email"), "never closed"),
        (['U1A,,4,"python;', 'sql:2",60', 'U2A,"",4,"python'], (4, "topics"), "never closed"),
        (["U1A,,4", f"U2A,,,{'python;' * 30_000}"], (3, "topics"), "100,000 characters"),
        (['U1A,"', *["x" * 90_000] * 2, "U3A"], (2, "email"), "131,072 characters"),
        (['U1A,"a"b@x.example,4'], (2, "email"), "a quote inside a cell twice"),
        (['"'], (2, "slack_id"), "never closed"),
        ([",,,,,,,,," + '"'], (2, "cell 10"), "never closed"),
    ],
)
def test_where_it_is_no_csv_any_more_is_named(lines, place, words):
    problems = sheet(*lines).problems

    assert (problems[-1].line, problems[-1].column) == place
    assert words in problems[-1].sentence


def test_a_heading_that_is_no_csv_is_named():
    (problem,) = read('slack_id,"email\n', CATALOGUE).problems

    assert (problem.line, problem.column) == (1, "cell 2")


@pytest.mark.parametrize("column", range(7))
@pytest.mark.parametrize(
    "cell", ["9" * 5_000, "x" * 5_000, "-1", "٣" * 4_400, "²", "1e9", ";" * 200, ":" * 200]
)
def test_no_cell_is_too_odd_for_a_short_sentence(column, cell):
    line = ["U1A"] + [""] * 6
    line[column] = cell

    for problem in sheet(",".join(line)).problems:
        assert len(str(problem)) < 400
        assert problem.line == 2


def test_a_column_stands_once_and_a_row_has_no_more_cells_than_the_heading():
    (twice,) = sheet("U1A,3,4", heading="slack_id,level,level").problems
    *_, many = sheet("U1A,,4,,,mon-fri 09:00-12:00, 13:00-17:00,peer").problems

    assert (twice.line, twice.column) == (1, "level")
    assert (many.line, many.column) == (2, "cell 8")
    assert "put a cell that holds a comma in quotes" in many.sentence


def test_empty_cells_beyond_the_heading_are_fine():
    assert sheet("U1A,,4,,,,,,,").problems == ()


def test_many_mistakes_are_counted_and_the_first_are_told():
    found = sheet(*(f"U{number},,9,pyton{number},,," for number in range(500)))

    assert (len(found.problems), found.more) == (LISTED, 900)
    assert found.problems[1].sentence.endswith("did you mean python?")


@pytest.mark.parametrize(("columns", "told", "more"), [(10_000, LISTED, 9_900), (1_000_000, 1, 0)])
def test_a_heading_of_any_width_is_a_hundred_problems_at_most(columns, told, more):
    found = sheet("U1A", heading="slack_id," + ",".join(f"c{number}" for number in range(columns)))

    assert (len(found.problems), found.more) == (told, more)


def test_more_people_than_a_list_may_have_are_refused():
    found = read("slack_id\n" + "".join(f"U{number}\n" for number in range(MAX_ROWS + 5)), CATALOGUE)

    assert [(it.line, it.column) for it in found.problems] == [(MAX_ROWS + 2, "slack_id")]
    assert "100,000 rows" in found.problems[0].sentence

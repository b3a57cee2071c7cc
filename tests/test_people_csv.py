"""People from a CSV: every mistake with its line, its column and what to do."""

from pathlib import Path

import pytest

from matching.values import Lane
from mentoring.hours import OFFICE
from mentoring.topics import Catalogue, Topic
from slackapp.people_csv import COLUMNS, read

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

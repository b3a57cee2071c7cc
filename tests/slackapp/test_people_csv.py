"""People from a CSV: every mistake with its line, its column and what to do."""

from pathlib import Path

import pytest

from kernel.topics import Catalogue, Topic
from kernel.working_hours import OFFICE
from matching.values import Lane
from slackapp.people_import.sheet import COLUMNS, LISTED, MAX_BYTES, MAX_ROWS, read, read_bytes

HEADING = ",".join(COLUMNS)
CATALOGUE = Catalogue((Topic(id="python", label="Python"), Topic(id="sql", label="SQL")))
CAST = Path(__file__).parents[2] / "playground" / "cast.csv"


def sheet(*lines, heading=HEADING):
    return read("\n".join([heading, *lines]) + "\n", CATALOGUE)


def test_a_row_gives_everything_about_a_person():
    (row,) = sheet("U012ABC,,4,python:3; sql:1,90,mon-fri 09:00-17:00,peer;senior").rows

    assert (row.slack_id, row.level, row.minutes) == ("U012ABC", 4, 90)
    assert row.topics == {"python": 3, "sql": 1}
    assert row.hours == OFFICE
    assert row.lanes == {Lane.PEER, Lane.SENIOR}


def test_what_somebody_takes_may_stand_beside_it():
    heading = "slack_id,Questions a week,Any question"
    read_sheet = sheet("U1A,3,yes", "U2A,0,no", "U3A,,", "U4A,21,perhaps", heading=heading)

    assert [(row.questions_per_week, row.anything) for row in read_sheet.rows] == [
        (3, True),
        (0, False),
        (None, None),
    ]
    assert [(each.column, each.sentence) for each in read_sheet.problems] == [
        ("questions_per_week", "“21” should be a whole number from 0 to 20."),
        ("anything", "“perhaps” should be yes or no."),
    ]


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

    assert "slak_id (did you mean slack_id?)" in problems[0].sentence
    assert [problem.column for problem in problems] == ["heading"]


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
        (f"{HEADING}\nU1A,café@x.example\nU2A,".encode() + b"ca\xe9\n", (3, "column 7"), "not UTF-8"),
        (f"{HEADING}\nU1A,".encode() + b"caf\xe9\x81@x.example\n", (2, "column 9"), "nor Windows-1252"),
        (b"\xef\xbb\xbf" + f"{HEADING}\n".encode() + b"\x93\n", (2, "column 1"), "not UTF-8"),
        (f"{HEADING}\nU1A\n".encode("utf-16") + b"x", (3, "column 1"), "not UTF-16"),
        (f"{HEADING}\nU1A,\0\n".encode("utf-16-be"), (2, "column 5"), "U+0000"),
        (f"{HEADING}\r\nU1A,a\0b@x.example\r\n".encode(), (2, "column 6"), "U+0000"),
        (f"{HEADING}\nU1A,\x1b[2J\n".encode(), (2, "column 5"), "U+001B"),
        (b"x" * (MAX_BYTES + 1), (1, "column 1"), "larger than 20 MB"),
    ],
    ids=["few bytes", "nothing", "after a mark", "half", "NUL in UTF-16", "NUL", "escape", "large"],
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
        (['U1A,"a@x.example,4', 'U2A,"b@x.example",4'], (2, "email"), "never closed"),
        (['U1A,,4,"python', 'U2A,,4,sql:2",60'], (2, "topics"), "never closed"),
        (['U1A,,4,"python;', 'sql:2",60,"mon', "U2A"], (3, "hours"), "never closed"),
        (["U1A,,4", f"U2A,,,{'python;' * 30_000}"], (3, "topics"), "100,000 characters"),
        (['U1A,"', *["x" * 90_000] * 2, "U3A"], (2, "email"), "131,072 characters"),
        (['U1A,"a"b@x.example,4'], (2, "email"), "a quote inside a cell twice"),
        (['"'], (2, "slack_id"), "never closed"),
        (["," * len(COLUMNS) + '"'], (2, f"cell {len(COLUMNS) + 1}"), "never closed"),
    ],
)
def test_where_it_is_no_csv_any_more_is_named(lines, place, words):
    problems = sheet(*lines).problems

    assert (problems[-1].line, problems[-1].column) == place
    assert words in problems[-1].sentence


def test_a_heading_that_is_no_csv_is_named():
    (problem,) = read('slack_id,"email\n', CATALOGUE).problems

    assert (problem.line, problem.column) == (1, "cell 2")


@pytest.mark.parametrize("column", range(len(COLUMNS)))
@pytest.mark.parametrize(
    "cell", ["9" * 5_000, "x" * 5_000, "-1", "٣" * 4_400, "²", "1e9", ";" * 200, ":" * 200]
)
def test_no_cell_is_too_odd_for_a_short_sentence(column, cell):
    line = ["U1A"] + [""] * (len(COLUMNS) - 1)
    line[column] = cell

    for problem in sheet(",".join(line)).problems:
        assert len(str(problem)) < 400
        assert problem.line == 2


def test_a_column_stands_once_and_a_row_has_no_more_cells_than_the_heading():
    (twice,) = sheet("U1A,3,4", heading="slack_id,level,level").problems
    many, *_ = sheet("U1A,,4,,,mon-fri 09:00-12:00, 13:00-17:00,peer,,,,,,,EXTRA").problems[::-1]

    assert (twice.line, twice.column) == (1, "level")
    assert (many.line, many.column) == (2, f"cell {len(COLUMNS) + 1}")
    assert "put a cell that holds a comma in quotes" in many.sentence


def test_empty_cells_beyond_the_heading_are_fine():
    assert sheet("U1A,,4,,,,,,,").problems == ()


def test_many_mistakes_are_counted_and_the_first_are_told():
    found = sheet(*(f"U{number},,9,pyton{number},,," for number in range(500)))

    assert (len(found.problems), found.more) == (LISTED, 1_000 - LISTED)
    assert found.kinds == {"a number out of its range": 500, "a topic that is not there": 500}
    assert found.problems[1].sentence.endswith("did you mean python?")


@pytest.mark.parametrize(("columns", "problems"), [(10_000, 0), (1_000_000, 1)])
def test_a_heading_of_any_width_is_one_note_or_one_problem(columns, problems):
    found = sheet("U1A", heading="slack_id," + ",".join(f"c{number}" for number in range(columns)))

    assert len(found.problems) == problems
    assert len(found.notes) == 1 - problems
    assert all(len(note) < 400 for note in found.notes)


# What Excel, Numbers and HR systems write

HR = "Employee Number\tName\tWork E-Mail\tDepartment\tLocation\tManager\tManager Email\tTopics"
ONE = "7\tMüller, Zoë\tzoe@x.example\tÉtudes\tKöln\tAda\tada@x.example\tPython:3"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", ["\t", ",", ";", "|", ";told"])
def test_every_way_in_which_programs_write_a_list_is_read(encoding, end, separator):
    told, separator = separator.endswith("told"), separator[0]
    lines = [
        separator.join(f'"{cell}"' if separator in cell else cell for cell in line.split("\t"))
        for line in (HR, ONE, "", "\t" * 7)
    ]
    text = end.join([*(["sep=;"] if told else []), *lines]) + end

    found = read_bytes(text.encode(encoding), CATALOGUE)

    assert found.problems == ()
    (row,) = found.rows
    assert (row.email, row.topics, row.managers) == ("zoe@x.example", {"python": 3}, ("ada@x.example",))
    assert (row.function, row.site, row.team) == ("Études", "Köln", None)
    assert found.notes[-1] == "3 columns were skipped: Employee Number, Name, Manager."
    assert ["Windows-1252" in note for note in found.notes[:-1]] == [True] * (
        encoding in ("cp1252", "latin-1")
    )


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u202e", "\u180e", "\ufe0f"]
)
def test_what_nobody_sees_is_no_part_of_a_cell(unseen):
    head = f"\u00a0Slack\u2009{unseen}ID,E{unseen}-Mail,Topics\n"
    text = f"{head}U0{unseen}RAJ\u00a0,{unseen}RAJ@x.example,py{unseen}thon\n"

    (row,) = read(text, CATALOGUE).rows

    assert (row.slack_id, row.email, row.topics) == ("U0RAJ", "raj@x.example", {"python": 2})


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("py:3", {"python": 3}),
        ("PYTHON ; Structured  Query Language:1", {"python": 2, "sql": 1}),
        ("python:3, sql", {"python": 3, "sql": 2}),
        ("C++, the language:3", {"c": 3}),
        ("python:1\nsql:3", {"python": 1, "sql": 3}),
        ("python:3.0", {"python": 3}),
    ],
)
def test_topics_go_by_id_label_or_alias(cell, topics):
    known = (
        Topic(id="python", label="Python", aliases=("py",)),
        Topic(id="sql", label="Structured Query Language"),
        Topic(id="c", label="C++, the language"),
    )

    (row,) = read(f'slack_id,topics\nU1,"{cell}"\n', Catalogue(known)).rows

    assert row.topics == topics


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("topcs", "1 column was skipped: topcs (did you mean topics?)."),
        ("Phone,Shoe size", "2 columns were skipped: Phone, Shoe size."),
        ("Department,Division", "1 column was skipped: Division."),
        (",", ""),
    ],
)
def test_a_column_that_is_not_known_is_skipped_with_a_note(heading, said):
    found = sheet("U1A,,", heading=f"slack_id,{heading}")

    assert (found.problems, "".join(found.notes)) == ((), said)


def test_a_manager_is_an_id_or_an_address_and_there_may_be_several_or_none():
    rows = sheet(
        *(f'U{n},"{cell}"' for n, cell in enumerate(["Ada@x.example; U0BOSS", "-", ""])),
        heading="slack_id,manager",
    ).rows
    (problem,) = sheet("U1,Ada Lovelace", heading="slack_id,Reports to").problems

    assert [row.managers for row in rows] == [("ada@x.example", "U0BOSS"), (), None]
    assert str(problem) == "line 2, manager: “Ada Lovelace” is neither a Slack id nor an e-mail address."


def test_a_list_of_nobody_says_so():
    found = sheet()

    assert (found.rows, found.problems) == ((), ())
    assert found.notes == ("There is nobody in the list: it has no row below its heading.",)


def test_more_people_than_a_list_may_have_are_refused():
    found = read("slack_id\n" + "".join(f"U{number}\n" for number in range(MAX_ROWS + 5)), CATALOGUE)

    assert [(it.line, it.column) for it in found.problems] == [(MAX_ROWS + 2, "slack_id")]
    assert "100,000 rows" in found.problems[0].sentence

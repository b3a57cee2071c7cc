"""The command that prints which help fits counts what was right, and what would not be asked at once."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TORN = "I can't decide whether to take the offer"
FACT = "How do I reset my password?"


def run(*paths: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "bench" / "triage.py"), *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )


def test_expected_cases_are_counted_in_a_table_of_what_was_advised(tmp_path: Path):
    cases = tmp_path / "cases.jsonl"
    rows = [
        {"id": "1", "text": TORN, "level": 3, "expected": "coach"},
        {"id": "2", "text": FACT, "level": 3, "expected": "sprint"},
    ]
    cases.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    done = run(cases)

    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["choice"] for line in told] == ["coach", "ask"]
    assert told[0]["reasons"][0]["words"] == ["can't decide", "whether to take"]
    first, _, *table = done.stderr.splitlines()
    assert first == "accuracy 50.0% of 2"
    assert {line.split()[0]: line.split()[1:] for line in table}["sprint"] == ["1", *"······"]


def test_questions_of_a_folder_are_read_with_their_titles_and_the_held_are_counted(tmp_path: Path):
    lines = [{"id": "1", "title": TORN, "text": "Any thoughts"}, {"id": "2", "text": FACT}, {"request": "1"}]
    with gzip.open(tmp_path / "requests.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, lines)))

    done = run(tmp_path)

    assert len(done.stdout.splitlines()) == 2
    assert done.stderr.splitlines() == ["held before asking 50.00% of 2"]

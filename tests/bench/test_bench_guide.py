"""The command that prints what the guide says runs the app's own talk."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_reply_gets_its_turn_with_one_question_and_the_footer(tmp_path: Path):
    openings = tmp_path / "openings.jsonl"
    asked = {
        "id": 7,
        "text": "I can't decide about the new role",
        "replies": ["A clear yes or no", "8, it is big"],
    }
    openings.write_text(json.dumps(asked) + "\n", "utf-8")

    run = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "guide.py"), str(openings)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )

    turns = [json.loads(line) for line in run.stdout.splitlines()]
    assert [turn["stage"] for turn in turns] == ["goal", "matters", "reality"]
    assert all(turn["text"].count("?") == 1 for turn in turns)
    assert "“A clear yes or no”" in turns[1]["text"]
    assert {turn["footer"] for turn in turns} == {"Scripted guide, no AI model used"}

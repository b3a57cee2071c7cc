"""What a mentorship sends: unasked it is never more in a week than the policy allows."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_mentorship_stays_within_the_budget_of_a_week():
    words = [sys.executable, str(ROOT / "bench" / "mentorship_messages.py"), "--pairs", "6"]

    run = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)})

    figures = json.loads(run.stdout)
    assert 2 <= figures["messages a month"]["p50"] <= 10
    assert 0 < figures["unasked a week"]["max"] <= figures["unasked a week"]["allowed"]
    assert figures["unasked a week"]["over"] == 0

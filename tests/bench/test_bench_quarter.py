"""The simulated quarter: people ask and answer, and nobody gets more than the policy allows."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nobody_gets_more_unasked_messages_than_the_policy_allows():
    words = [sys.executable, str(ROOT / "bench" / "quarter.py"), "--people", "6", "--weeks", "3"]

    told = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)})

    figures = json.loads(told.stdout)
    assert 0 < figures["most in 168 hours"] <= figures["limit"]
    assert figures["unasked a week"]["max"] <= figures["limit"]
    assert figures["counts"]["talks"] > 0

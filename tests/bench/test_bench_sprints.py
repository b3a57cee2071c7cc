"""The bench of sprints runs, and loses nothing when a worker dies with its hands full."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_reminder_is_lost_or_doubled_when_a_worker_dies():
    words = [sys.executable, str(ROOT / "bench" / "sprints.py"), "--sprints", "60"]

    figures = json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout)

    assert figures["ended_by_the_killed_worker"] > 0
    assert figures["held_by_the_killed_worker"] > 0
    assert (figures["lost"], figures["fired_twice"]) == (0, 0)

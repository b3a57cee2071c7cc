"""The bench of what is kept of requests runs, and finds next to nothing once their time is over."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_request_leaves_no_key_behind():
    few = ["--requests", "4", "--first", "8", "--people", "2"]
    words = [sys.executable, str(ROOT / "bench" / "retention.py"), *few]

    figures = json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout)

    assert figures["keys_per_request_before_its_end"] > 30
    assert figures["keys_left"] == 0

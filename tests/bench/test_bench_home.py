"""The bench of the Home tab runs, and a long past costs no more reads than none."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_long_past_costs_no_more_reads_than_none():
    words = [sys.executable, str(ROOT / "bench" / "home.py"), "--times", "3", "--items", "40"]

    run = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, env={"PYTHONPATH": str(ROOT)})

    figures = json.loads(run.stdout)
    assert figures["items"] == 80
    assert figures["full"]["commands"] == figures["peer"]["commands"]
    assert figures["everything in use"]["commands"] <= figures["peer"]["commands"] + 3
    assert figures["full"]["view_bytes"] > figures["peer"]["view_bytes"]

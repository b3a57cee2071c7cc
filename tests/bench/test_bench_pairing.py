"""The pairing bench: Waymark's way is as good as the dense solver, and no other way is better."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_prices_are_as_good_as_the_dense_solver_and_pruning_strands_people():
    words = [sys.executable, str(ROOT / "bench" / "pairing.py"), "--people", "150", "--json"]

    told = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    tables = json.loads(told.stdout)

    for table in tables.values():
        assert table["prices"]["points"] == table["dense"]["points"] == table["prices, whole"]["points"]
        assert table["prices"]["unpaired"] == 0
        assert all(row["points"] <= table["dense"]["points"] for row in table.values() if not row["unpaired"])
    assert tables["150 contested"]["thirty best"]["unpaired"] > 0
    assert tables["150 contested"]["dense"]["points"] < tables["150 easy"]["dense"]["points"]

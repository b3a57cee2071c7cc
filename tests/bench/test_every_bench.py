"""Every bench loads: what it measures still goes by the name that it uses."""

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench"


def test_every_bench_finds_what_it_measures():
    names = sorted(path.stem for path in BENCH.glob("*.py"))
    load = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"

    told = subprocess.run([sys.executable, "-c", load, *names], cwd=BENCH, capture_output=True, check=False)

    assert len(names) > 30
    assert told.returncode == 0, told.stderr.decode()

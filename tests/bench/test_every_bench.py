"""Every bench loads: what it measures still goes by the name that it uses."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_bench_finds_what_it_measures():
    benches = [path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "bench").rglob("*.py")]
    load = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
    names = sorted(bench.replace("/", ".") for bench in benches)

    told = subprocess.run([sys.executable, "-c", load, *names], cwd=ROOT, capture_output=True, check=False)

    assert len(names) > 30
    assert told.returncode == 0, told.stderr.decode()

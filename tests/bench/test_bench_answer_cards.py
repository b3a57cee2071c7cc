"""The bench of answer cards counts what is found of a site: a question asked again, and no other."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TITLES = (
    "How do I bake rye bread?",
    "How can I profile asyncio workers?",
    "How do I profile an asyncio worker?",
    "Why is it so?",
)


def test_a_question_asked_again_is_a_hit_that_is_still_to_be_judged(tmp_path: Path):
    asked = [{"id": f"{it}", "t": it, "title": title, "tags": ["a"]} for it, title in enumerate(TITLES)]
    with gzip.open(tmp_path / "requests.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(it) + "\n" for it in asked)

    told = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "answer_cards.py"), str(tmp_path), "--list", "--json"],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    )

    hit, table = told.stdout.splitlines()
    assert hit.split("\t")[1:3] == ["2", "1"]
    assert json.loads(table)[tmp_path.name] == {
        "asked": 3,
        "hits": 1,
        "rate": 1 / 3,
        "judged": 0,
        "precision": 0.0,
    }

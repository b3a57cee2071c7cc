"""The matching benches run on a small made-up site, and find there what was put in."""

import gzip
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HAS_POSTGRES = bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))
SUBJECTS = ("sql", "travel", "hiring", "python")


def run(bench: str, *arguments: str) -> dict[str, Any]:
    words = [sys.executable, str(ROOT / "bench" / f"{bench}.py"), *arguments, "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def write(path: Path, things: Iterable[dict[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(each) + "\n" for each in things)


def made_up(folder: Path, newcomer_each: int | None = None) -> Path:
    """Write a site on which each subject has an expert and six people who answer now and then.

    One request in *newcomer_each* is also answered by somebody who never answered before.
    """
    draw, requests, answers = random.Random(1), [], []
    for number in range(300):
        subject = draw.choice(SUBJECTS)
        words = " ".join(draw.choice((subject, f"{subject}-word", "common")) for _ in range(6))
        asked = {"id": str(number), "t": number / 2, "title": f"{subject}-word {number}", "text": words}
        requests.append({**asked, "tags": [subject], "asker": f"u{draw.randrange(40)}"})
        expert, other = f"expert-{subject}", f"other-{subject}-{draw.randrange(6)}"
        given = {"request": str(number), "t": number / 2 + 0.1}
        answers.append({**given, "helper": expert, "accepted": draw.random() < 0.8, "score": 3})
        answers.append({**given, "helper": other, "accepted": False, "score": 1})
        if newcomer_each and number % newcomer_each == 0:
            answers.append({**given, "helper": f"newcomer-{number}", "accepted": False, "score": 2})
    write(folder / "requests.jsonl.gz", requests)
    write(folder / "answers.jsonl.gz", answers)
    (folder / "meta.json").write_text(json.dumps({"family": "stackexchange-tags"}))
    (folder / "tags.json").write_text(json.dumps({subject: {"aliases": []} for subject in SUBJECTS}))
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up(tmp_path_factory.mktemp("made-up"))


def test_the_ablation_bench_loses_the_experts_without_what_tells_them_apart(site: Path):
    table = run("ablation", str(site))[site.name]

    assert table["all"]["mrr"] > 0.9
    assert {"without answered", "without similar", "without standing"} <= table.keys()
    assert all(row["hit@1"] <= row["hit@5"] <= 1 for row in table.values())


def test_the_exploring_bench_asks_newcomers_only_where_it_explores(tmp_path: Path):
    table = run("exploring", str(made_up(tmp_path, newcomer_each=8)))[tmp_path.name]

    assert table["0%"]["newcomers"] == table["0%"]["who answered"] == 0
    assert table["10%"]["newcomers"] > table["2%"]["newcomers"] > 0
    assert table["10%"]["newcomers"] > table["10%"]["who answered"] > 0
    assert 0.05 < table["10%"]["to newcomers"] < 0.2
    assert table["10%"]["hit@1"] < table["10%"]["useful"] < table["0%"]["useful"]


def test_the_routing_bench_finds_the_expert_of_each_subject(site: Path):
    table = run("routing", str(site))[site.name]

    assert table["mrr"] > 0.9
    assert table["hit@1"] <= table["hit@3"] <= table["hit@5"] <= 1
    assert 0 < table["gini"] < 1


def test_a_price_on_load_spreads_it(site: Path):
    free, priced = (run("routing", str(site), "--price", price)[site.name] for price in ("0", "3"))

    assert priced["gini"] < free["gini"]


def test_a_new_workspace_is_served_no_worse_than_by_what_people_declared(site: Path):
    spans = run("cold_start", str(site))[site.name]

    assert list(spans) == ["1-100", "101-300", "301-1000"]
    assert spans["1-100"]["mrr learned"] >= spans["1-100"]["mrr prior"]
    assert spans["101-300"]["mrr over prior"][1] > 0
    assert spans["101-300"]["mrr over overlap"][1] > 0
    assert spans["301-1000"]["scored"] == 0


def test_asking_several_at_once_finds_someone_sooner_and_asks_more(site: Path):
    ways = run("routing_sim", str(site))[site.name]

    one, five, posted = ways["one at a time"], ways["pools of 5"], ways["open posting"]
    assert posted["median h"] <= five["median h"] <= one["median h"]
    assert five["offers"] > one["offers"]
    assert five["never"] < 0.1
    assert five["never"] < one["never"] < 0.2  # a helper holds one question, and time runs out


def test_the_tagging_bench_learns_words_that_no_alias_has(site: Path):
    table = run("tagging", str(site), "--past", "150")[site.name]

    assert table["blend after 150"]["P@1"] > 0.9
    assert table["blend after 150"]["P@1"] >= table["aliases"]["P@1"]


def test_the_speed_bench_times_every_way_once_they_agree():
    (table,) = run("ranking", "--people", "300", "--asks", "12").values()

    assert {"declared", "learned", "loop", "numpy postings", "sqlite", "redis"} <= table.keys()
    assert ("postgres join" in table) == ("postgres gin" in table) == HAS_POSTGRES
    assert all(figures["ms"] > 0 for figures in table.values())

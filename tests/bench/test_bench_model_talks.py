"""Talks of a model are scored beside the script's, and what it must not say is counted by its reason."""

import sys
from pathlib import Path

import pytest

from playground.provider import Provider
from slackapp.process.settings import read_partly

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from model_talks import compared, figures, read

OPENINGS = Path(__file__).parents[2] / "bench" / "data" / "openings.jsonl"

OPENING = {
    "id": 1,
    "text": "I can't decide about the new role",
    "replies": ["A clear yes or no by Friday evening", "8, it is big for my family"],
}


@pytest.mark.parametrize("fault", [None, "advice"])
async def test_a_model_and_the_script_are_scored_alike(provider: Provider, fault: str | None):
    provider.fault = fault
    named = {"WAYMARK_MODEL": "openai:stand-in", "WAYMARK_MODEL_URL": provider.url}

    sides = await compared([OPENING], read_partly(named))

    script, theirs = figures(sides["script"]), figures(sides["openai:stand-in"])
    assert (script["turns"], script["by a model"], script["faults per 100 turns"]) == (3, 0, 0)
    assert theirs["by a model"] == (fault is None)
    assert 0 < theirs["seconds p50"] <= theirs["seconds worst"]
    assert "seconds p50" not in script
    assert theirs["reflected"] == theirs["one question"] == theirs["footer"] == 1
    refused = {name: count for name, count in theirs.items() if name.startswith("refused")}
    assert refused == ({} if fault is None else {"refused: give no advice, and put nothing as an order": 6})


@pytest.mark.parametrize(
    "line", ["no json", "[]", '{"id": 3}', '{"text": " "}', '{"text": "x", "replies": [1]}']
)
def test_a_line_that_is_no_opening_is_named(tmp_path: Path, line: str):
    file = tmp_path / "openings.jsonl"
    file.write_text(f"{OPENINGS.read_text('utf-8')}\n{line}\n", "utf-8")

    with pytest.raises(ValueError, match=r"line 10 should be like"):
        read(file)


async def test_the_script_leads_the_openings_to_begin_with_nearly_without_a_fault():
    sides = await compared(read(OPENINGS), read_partly({}))

    found = figures(sides["script"])
    assert found["turns"] > 40
    assert found["faults per 100 turns"] <= 5
    assert found["reflected"] >= 0.97

"""Talks of a model are scored beside the script's, and what it must not say is counted by its reason."""

import sys
from pathlib import Path

import pytest

from playground.provider import Provider
from slackapp.process.settings import read_partly

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from model_talks import compared, figures

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
    assert theirs["reflected"] == theirs["one question"] == theirs["footer"] == 1
    refused = {name: count for name, count in theirs.items() if name.startswith("refused")}
    assert refused == ({} if fault is None else {"refused: give no advice, and put nothing as an order": 6})

"""`waymark answers`: counts of what answer cards spared, and nothing of anybody."""

import asyncio
import json

from app_world import MANIFEST
from click.testing import CliRunner
from make import ADA, ASKER, CY, NOW
from make_answer_card import C1, written
from office import Office

from relationships.answer_cards.found_answer import FoundAnswer
from slackapp.commands.cli import main


async def command(office: Office, *words: str) -> str:
    """Run `waymark answers` for the office, and return all it says."""
    runner = CliRunner(env={"REDIS_URL": office.stores.url, "WAYMARK_MANIFEST": str(MANIFEST)})
    shown = await asyncio.to_thread(runner.invoke, main, ["answers", "--workspace", office.workspace, *words])
    assert shown.exit_code == 0
    return shown.output


async def test_counts_are_told_from_five_on_and_name_nobody(office: Office):
    await written(office)
    found = FoundAnswer(id="F", asker_id=CY, card_id=C1, found_at=NOW, until=NOW)
    came = ["solved"] * 5 + ["wanted"] * 2
    await office.put(
        *(found.model_copy(update={"id": f"F{it}"}).come_to(state) for it, state in enumerate(came))
    )

    facts, said = json.loads(await command(office, "--json")), await command(office)

    few = dict.fromkeys(("cards", "asked", "wanted"))
    assert facts == {"workspace": office.workspace, "shown": 7, "solved": 5, **few}
    assert "enough for 5, and fewer than 5 still wanted a person" in said
    assert not [it for it in (ADA, ASKER, CY) if it in said]

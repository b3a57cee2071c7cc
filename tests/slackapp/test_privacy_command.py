"""`waymark privacy`: what is stored about one person is printed, by id or address, and nothing is guessed."""

import asyncio
import json

import make
from app_world import MANIFEST
from click.testing import CliRunner, Result
from make import ADA, ASKER
from office import Office

from mentoring.model.person import Person
from slackapp.commands.cli import main


async def command(office: Office, *words: str, workspace: str = "") -> Result:
    """Run `waymark privacy` for the office."""
    runner = CliRunner(env={"REDIS_URL": office.stores.url, "WAYMARK_MANIFEST": str(MANIFEST)})
    where = ["--workspace", workspace or office.workspace]
    return await asyncio.to_thread(runner.invoke, main, ["privacy", *words, *where])


async def test_an_export_is_printed_as_json_by_id_or_by_address(office: Office):
    await office.put(make.person(email="Maya@example.com"), make.helper(ADA))

    by_id = await command(office, "export", ASKER.lower())
    by_address = await command(office, "export", "maya@EXAMPLE.com")

    assert by_id.exit_code == by_address.exit_code == 0
    facts = json.loads(by_id.output)
    assert (facts["person"], facts["workspace"]) == (ASKER, office.workspace)
    assert json.loads(by_address.output)["data"] == facts["data"]
    assert facts["data"]["person"][0]["email"] == "Maya@example.com"
    assert "cards" in facts["left_out"]


async def test_who_is_not_here_is_said_in_a_sentence(office: Office):
    await office.put(make.person())

    nobody = await command(office, "export", "U0NOBODY")
    unknown = await command(office, "export", "who@example.com")
    elsewhere = await command(office, "export", ASKER, workspace="T0ELSEWHERE")

    assert nobody.exit_code == unknown.exit_code == elsewhere.exit_code == 2
    assert nobody.output == f"Nothing is stored about U0NOBODY in {office.workspace}.\n"
    assert "nobody's address here" in unknown.output
    assert "T0ELSEWHERE" in elsewhere.output


async def test_nothing_is_erased_before_somebody_is_sure(office: Office):
    await office.put(make.person(), make.helper(ADA))

    asked = await command(office, "erase", ADA)
    sure = await command(office, "erase", ADA, "--yes", "--json")
    again = await command(office, "erase", ADA, "--yes")

    assert asked.output == "Stored: 1 person. Nothing was erased: say --yes to erase it.\n"
    assert {it["person"] for it in json.loads(sure.output).values()} == {1}
    assert again.output.startswith("Erased. Left: 1 person. `person` holds what Slack says, and from whom")
    assert not (await office.get(Person, ADA)).is_helper

"""`waymark reports` and what `doctor` says of who steers: figures and ids, never whom a report is about."""

import asyncio
import json
from pathlib import Path

import make
import pytest
from app_world import MANIFEST
from click.testing import CliRunner
from make import ADA, ASKER, NOW, offer_to, talk_with
from office import Office

from kernel.values import PersonId
from mentoring.admins import member_list
from mentoring.admins.admins import Admins
from mentoring.admins.alerts import close_alert, reopen, take_on
from mentoring.admins.reports import NewReport, alert_id, report
from mentoring.model.alert import Alert
from mentoring.routing.offers import accept
from mentoring.sessions.reports import BOND
from slackapp.bootstrap.manifests import open_manifest
from slackapp.commands.cli import main
from slackapp.doctor.doctor import steering
from slackapp.manifest.manifest import Manifest
from slackapp.process.logs import named

BOSS = PersonId("U0BOSS")
WORDS = "He would not stop"


async def command(office: Office, *words: str) -> str:
    """Run `waymark reports` for the office, and return all it says."""
    runner = CliRunner(env={"REDIS_URL": office.stores.url, "WAYMARK_MANIFEST": str(MANIFEST)})
    shown = await asyncio.to_thread(runner.invoke, main, ["reports", "--workspace", office.workspace, *words])
    assert shown.exit_code == 0
    return shown.output


async def reported(office: Office, *admins: PersonId) -> str:
    """Let somebody report a talk where these people steer, and return the id of the alert."""
    await office.put(Admins(ids=admins, read_at=NOW))
    await office.asked(make.helper(ADA))
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    done = await report(office.desk, talk_with(ADA), ASKER, NewReport(text=WORDS), NOW, of=BOND)
    await member_list.put_off(office.desk, NOW + make.DAY, NOW)
    return alert_id(done.report.id)


async def test_reports_are_listed_with_how_they_stand_and_who_was_told_alone(office: Office):
    alert = await reported(office, BOSS)

    shown = await command(office, "--json")

    facts = json.loads(shown)
    assert set(facts) == {"id", "workspace", "at", "state", "told"}
    assert (facts["workspace"], facts["state"], facts["told"]) == (office.workspace, "open", [BOSS])
    assert facts["at"] == NOW.isoformat()
    for change, state in ((take_on, "taken on"), (close_alert, "closed"), (reopen, "open")):
        await change(office.desk, alert, BOSS, NOW)
        assert f"  {state}  with {BOSS}" in await command(office)
    for said in (shown, await command(office)):
        assert not [it for it in (ADA, ASKER, WORDS) if it in said]


async def test_a_report_that_nobody_has_stands_out(office: Office):
    await reported(office)

    assert "WITH NOBODY" in await command(office)


async def test_without_a_workspace_all_are_listed(office: Office):
    await reported(office, BOSS)
    runner = CliRunner(env={"REDIS_URL": office.stores.url, "WAYMARK_MANIFEST": str(MANIFEST)})

    shown = await asyncio.to_thread(runner.invoke, main, ["reports"])

    assert f"  {office.workspace}  open  with {BOSS}" in shown.output


async def test_without_reports_it_says_so(office: Office):
    assert await command(office) == "There are no reports.\n"
    assert await command(office, "--json") == ""


async def test_operators_do_not_read_in_ids_who_reports_whom(office: Office):
    alert = await reported(office, BOSS)

    shown = [show.thing for show in (await office.get(Alert, alert)).shows()]

    assert {named(thing) for thing in shown} == {"report"}
    assert len(shown) == 2
    assert named("alert:unanswered.R1") == "alert:unanswered.R1"


@pytest.mark.parametrize(
    ("listed", "policy", "said"),
    [
        (None, "", "note: Nobody hears of reports yet"),
        ((), "", "bad: Nobody hears of reports: set policy.admins."),
        ((BOSS,), "", "ok: 1 owner or admin and nobody in policy.admins hear of reports."),
        ((BOSS, ADA), "U0RUBY", "ok: 2 owners and admins and 1 in policy.admins hear of reports."),
        ((BOSS,), "U0RUBY, U0TYPO", "bad: U0TYPO in policy.admins is nobody who works here"),
        (None, "U0RUBY", "ok: 0 owners and admins and 1 in policy.admins hear of reports."),
    ],
)
async def test_doctor_says_who_hears_of_reports(
    office: Office, tmp_path: Path, listed: tuple[PersonId, ...] | None, policy: str, said: str
):
    if listed is not None:
        await office.put(Admins(ids=listed, absent=frozenset({PersonId("U0TYPO")}), read_at=NOW))

    found = await steering(office.stores, office.workspace, manifest(tmp_path, policy))

    assert f"{found.verdict}: {found.sentence}".startswith(said)


def manifest(folder: Path, admins: str) -> Manifest:
    """The manifest with these people under policy.admins."""
    text = MANIFEST.read_text("utf-8")
    assert "admins: []" in text
    file = folder / "manifest.yml"
    file.write_text(text.replace("admins: []", f"admins: [{admins}]"), "utf-8")
    return open_manifest(file).manifest

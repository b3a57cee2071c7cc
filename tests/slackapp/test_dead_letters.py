"""`waymark dead-letters`: what was given up is listed, tried once more, or let go."""

import asyncio
import json

import pytest
from click.testing import CliRunner
from make import DAY, NOW
from office import Office

from kernel.store import Changes, Later
from kernel.values import PersonId, WorkspaceId
from mentoring.admins.alerts import raise_alert, undeliverable_id
from mentoring.model.alert import Alert
from mentoring.requests import drafts
from slackapp.commands.cli import main
from storage.queues.dead_letters import DeadLetter

THERE = WorkspaceId("T0THERE")


@pytest.fixture
async def given_up(office: Office) -> Office:
    """A workspace where a notice and a duty were given up, and another where a duty was."""
    for workspace, kind in ((office.workspace, "meet"), (THERE, "route")):
        later = Later(kind, "U0MAYA", NOW)
        await office.stores.of(workspace).commit(lambda read, it=later: (None, Changes(later=[it])))
        await bury_duty(office)
    await drafts.keep(office.desk, PersonId("U0RAJ"), NOW, text="x", source="dm", draft_id="d1")
    (notice,) = await office.stores.notices.take("w")
    lease = await office.stores.notices.lease(notice)
    assert lease
    await office.stores.notices.bury(notice, lease, "channel_not_found")
    return office


async def bury_duty(office: Office) -> None:
    """Let what is due fail until it is given up."""
    agenda, now = office.stores.agenda, NOW
    while await agenda.tick(now):
        (due,) = await agenda.take("w")
        await agenda.retry(due, now, "internal_error")
        now += DAY


async def command(office: Office, *words: str) -> tuple[int, str]:
    """Run `waymark dead-letters` on the Redis of the office, and return its exit code and all it says."""
    runner = CliRunner(env={"REDIS_URL": office.stores.url})
    shown = await asyncio.to_thread(runner.invoke, main, ["dead-letters", *words])
    return shown.exit_code, shown.output


async def listed(office: Office, *words: str) -> list[dict[str, object]]:
    ended, said = await command(office, "list", "--json", *words)
    assert ended == 0
    return [json.loads(line) for line in said.splitlines()]


async def dead(office: Office) -> list[DeadLetter]:
    return await office.stores.agenda.dead()


async def test_what_was_given_up_is_listed_with_why(given_up: Office):
    newest, *others = await listed(given_up)
    here = await listed(given_up, "--workspace", THERE)

    assert (newest["source"], newest["kind"], newest["thing"]) == ("notice", "U0RAJ", "draft:d1")
    assert newest["error"] == "channel_not_found"
    assert [it["kind"] for it in others] == ["route", "meet"]
    assert [it["workspace"] for it in here] == [THERE]


async def test_one_that_is_tried_again_is_due_and_gone_from_the_list(given_up: Office):
    *_, meet = await dead(given_up)

    ended, said = await command(given_up, "replay", meet.id)

    assert (ended, said) == (0, "Tried once more: 1.\n")
    upcoming = await given_up.stores.agenda.upcoming(given_up.workspace)
    assert [it.kind for it in upcoming] == ["meet", "forget_draft"]
    assert meet.id not in {it.id for it in await dead(given_up)}


async def test_a_notice_that_is_tried_again_comes_to_a_worker(given_up: Office):
    notice, *_ = await dead(given_up)

    await command(given_up, "replay", notice.id)

    (again,) = await given_up.stores.notices.take("w")
    assert (again.to, again.thing, again.attempt) == ("U0RAJ", "draft:d1", 1)


async def test_all_of_one_workspace_are_let_go_and_no_other(given_up: Office):
    here = given_up.workspace

    ended, said = await command(given_up, "drop", "--all", "--workspace", here)

    assert (ended, said) == (0, "Let go: 2.\n")
    assert [it.workspace for it in await dead(given_up)] == [THERE]


@pytest.mark.parametrize("fate", ["replay", "drop"])
async def test_what_admins_were_told_is_withdrawn_with_the_last_of_its_kind(given_up: Office, fate: str):
    alert = undeliverable_id("U0RAJ", "channel_not_found")
    await raise_alert(given_up.desk, alert, "undeliverable", {}, NOW)
    notice, *others = await dead(given_up)

    await command(given_up, fate, *(it.id for it in others))
    assert (await given_up.get(Alert, alert)).is_open
    await command(given_up, fate, notice.id)

    assert not (await given_up.get(Alert, alert)).is_open


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["replay"], "Name some ids"),
        (["drop", "--all", "1.2-3"], "Name some ids"),
        (["drop", "no-such"], "There is no dead letter no-such"),
        (["replay", "99.1-1"], "There is no dead letter 99.1-1"),
    ],
)
async def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    given_up: Office, words: list[str], sentence: str
):
    ended, said = await command(given_up, *words)

    assert ended == 2
    assert said.startswith(sentence)
    assert len(await dead(given_up)) == 3

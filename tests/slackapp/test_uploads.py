"""Files whose answer from Slack was lost: looked for before they are sent again, counted where nobody can."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from app_world import QUICK, slower, start_world, with_support
from test_conversation_growth import press, set_goal

from slackapp.delivery.uploads import File, Uploads, is_at_slack
from slackapp.process.errors import AnswerLost

MAYA = "U0MAYA"
COMPLETE = "files.completeUploadExternal"
SCOPES = ["commands", "chat:write", "users:read", "files:write"]
PICTURE = File("picture 1", "picture.png", "A picture", b"bytes")


@pytest.mark.parametrize(("reads", "sent", "counted"), [(["im:history"], 1, 0), ([], 2, 1)])
async def test_a_file_whose_answer_was_lost_is_looked_for_and_else_counted(
    tmp_path: Path, redis_url: str, reads: list[str], sent: int, counted: int
):
    async with start_world(
        tmp_path, redis_url, manifest=with_support(tmp_path), scopes=[*SCOPES, *reads]
    ) as world:

        def named(name: str) -> int:
            return sum(file["name"] == name for it in world.slack.dm(MAYA) for file in it.files)

        await set_goal(world)
        await press(world, "Export")
        await press(world, "Data (JSON)")
        world.slack.faults.lose(COMPLETE)
        await world.settle()
        for minutes in (1, 5, 20):
            await world.skip(timedelta(minutes=minutes))
        assert named("growth-plan-2026-11-23.json") == sent
        notices = world.app.worker.stores.notices
        assert await notices.maybe_doubled() == counted

        place, uploads = await world.place(), Uploads(world.app.worker)
        channel = world.slack.slack.workspace.dm(MAYA).id
        world.slack.faults.refuse(COMPLETE, "restricted_action")
        assert not await uploads.bring(place, channel, PICTURE), "it is refused for good"
        assert not await uploads.bring(place, None, PICTURE), "nobody knows the conversation"
        world.slack.faults.refusals.clear()
        world.slack.faults.lose(COMPLETE)
        with pytest.raises(AnswerLost):
            await uploads.bring(place, channel, PICTURE)
        assert await notices.maybe_doubled() == counted, "what was refused stands nowhere"

        assert await uploads.bring(place, channel, PICTURE)

        assert named("picture.png") == sent
        await uploads.bring(place, channel, replace(PICTURE, of="picture 2"))
        assert named("picture.png") == sent + 1, "another file"
        assert await notices.maybe_doubled() == 2 * counted


async def test_a_file_on_its_way_for_longer_than_a_worker_may_be_silent_is_sent_once(
    tmp_path: Path, redis_url: str
):
    hasty = slower(QUICK, beat=0.05, recover=0.1)
    async with start_world(tmp_path, redis_url, scopes=[*SCOPES, "im:history"], tempo=hasty) as world:
        await set_goal(world)
        await press(world, "Export")
        world.slack.faults.slow(400)
        await press(world, "Data (JSON)")
        await world.settle()
        world.slack.faults.slow(0)
        await world.skip(timedelta(minutes=5))

        assert len(world.slack.calls(COMPLETE)) == 1
        assert await world.app.worker.stores.agenda.dead() == []


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/people.csv", True),
        ("https://slack.com/files/people.csv", True),
        ("https://files.slack.com.evil.example/people.csv", False),
        ("https://evilslack.com/people.csv", False),
        ("https://drive.example/people.csv", False),
        ("http://files.slack.com/people.csv", False),
        ("people.csv", False),
    ],
)
def test_the_token_goes_to_slacks_own_hosts_only(address: str, is_theirs: bool):
    assert is_at_slack(address, "https://www.slack.com/api/") is is_theirs

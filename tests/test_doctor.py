"""The doctor: each thing that is wrong becomes one sentence that says what to do."""

from datetime import timedelta

import pytest
from app_world import MANIFEST, environment_for, start_world

from mentoring import care
from mentoring.alerts import Alert
from mentoring.store import Changes, Later
from mentoring.values import PersonId
from slackapp.clock import Clock
from slackapp.doctor import examine
from slackapp.settings import read


class Wrong(Clock):
    """A machine whose clock is off."""

    def wall(self):
        return super().wall() - timedelta(minutes=6)


async def findings(world, clock=None, **changed):
    settings = read(environment_for(world.slack, world.gate.url, "socket", MANIFEST) | changed)
    return {found.what: found async for found in examine(settings, clock or Clock())}


async def test_when_all_is_well_it_says_so(socket_world):
    await socket_world.settle()

    found = await findings(socket_world)

    assert {each.verdict for each in found.values()} == {"ok"}
    assert list(found) == [
        "settings",
        "manifest",
        "clock",
        "slack",
        "scopes",
        "redis",
        "dead letters",
        "admins",
        "next",
    ]


async def test_every_finding_is_one_plain_sentence_without_a_token(socket_world):
    for found in (await findings(socket_world)).values():
        assert found.sentence.endswith(".")
        assert "\n" not in found.sentence
        assert "xoxb" not in found.sentence


async def test_what_fires_next_is_told(socket_world):
    desk = await socket_world.desk()
    later = Later("meet", "U0MAYA", socket_world.now + timedelta(days=1))
    await desk.store.commit(lambda read: (None, Changes(later=[later])))

    found = await findings(socket_world)

    assert "meet of U0MAYA at 2026-11-24 10:00 UTC" in found["next"].sentence


@pytest.mark.parametrize(("rights", "verdict"), [(0o755, "note"), (0o777, "bad")])
async def test_a_data_folder_that_others_can_reach_is_named(socket_world, tmp_path, rights, verdict):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(rights)

    found = (await findings(socket_world, WAYMARK_DATA_DIR=str(folder)))["data folder"]

    assert found.verdict == verdict
    assert f"chmod 700 {folder}" in found.sentence


async def test_a_refused_bot_token_is_named(socket_world):
    found = await findings(socket_world, SLACK_BOT_TOKEN="xoxb-wrong")

    assert found["slack"].verdict == "bad"
    assert "SLACK_BOT_TOKEN" in found["slack"].sentence


async def test_an_address_where_slack_does_not_answer_is_named(socket_world):
    found = await findings(socket_world, SLACK_API_URL="http://127.0.0.1:9/api/")

    assert found["slack"].verdict == "bad"
    assert "http://127.0.0.1:9/api/" in found["slack"].sentence
    assert found["redis"].verdict == "ok"


async def test_redis_away_is_named(socket_world):
    await socket_world.redis_away()

    found = await findings(socket_world)

    assert found["redis"].verdict == "bad"
    assert "REDIS_URL" in found["redis"].sentence


async def test_a_clock_that_is_off_is_named_with_how_much(socket_world):
    found = await findings(socket_world, Wrong())

    assert found["clock"].verdict == "bad"
    assert "360 s" in found["clock"].sentence or "359 s" in found["clock"].sentence


async def test_a_broken_manifest_is_named_with_its_line(socket_world, tmp_path):
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.read_text("utf-8").replace("topics:", "topcis:"), "utf-8")

    found = await findings(socket_world, WAYMARK_MANIFEST=str(path))

    assert found["manifest"].verdict == "bad"
    assert "manifest.yml:" in found["manifest"].sentence


@pytest.mark.parametrize(
    ("missing", "verdict"), [("users:read", "bad"), ("mpim:write", "note"), ("files:write", "note")]
)
async def test_a_scope_that_was_not_granted_is_named(tmp_path, redis_url, missing, verdict):
    async with start_world(tmp_path, redis_url) as world:
        scopes = world.manifest.manifest.slack["oauth_config"]["scopes"]["bot"]
    async with start_world(tmp_path, redis_url, scopes=[it for it in scopes if it != missing]) as world:
        found = await findings(world)

    assert found["scopes"].verdict == verdict
    assert missing in found["scopes"].sentence


async def test_dead_letters_are_told(socket_world):
    desk = await socket_world.desk()
    later = Later("meet", "U0MAYA", socket_world.now)
    await desk.store.commit(lambda read: (None, Changes(later=[later])))
    socket_world.slack.faults.fail("users.info", times=100)
    for _ in range(9):
        await socket_world.skip(timedelta(hours=7))

    found = await findings(socket_world)

    assert found["dead letters"].verdict == "bad"
    assert "meet of U0MAYA" in found["dead letters"].sentence


async def test_a_dead_letter_does_not_tell_who_was_told_whom_to_turn_to(socket_world):
    desk = await socket_world.desk()
    await care.tell(desk, PersonId("U0NOBODY"), "0a1b.harassment", socket_world.now, once="k")
    await socket_world.settle()

    found = await findings(socket_world)

    assert "U0NOBODY of message (channel_not_found)" in found["dead letters"].sentence
    alert = await socket_world.get(Alert, "undeliverable.U0NOBODY.channel_not_found")
    assert "care" not in alert.model_dump_json()

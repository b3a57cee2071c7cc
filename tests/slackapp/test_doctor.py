"""The doctor: each thing that is wrong becomes one sentence that says what to do."""

import socket
from datetime import timedelta

import pytest
from app_world import MANIFEST, environment_for, start_world, with_support
from redis import Redis
from redis_servers import configured

from kernel.store import Changes, Later
from kernel.values import PersonId
from mentoring.admins.reports import alert_id
from mentoring.model.alert import FORGET_ALERT, Alert
from mentoring.people import care_notes
from slackapp.doctor.doctor import examine
from slackapp.doctor.doctor import scopes as scopes_of
from slackapp.doctor.redis_checks import UNTOLD, faults
from slackapp.process.clock import Clock
from slackapp.process.settings import read
from storage.connection.keys import keys_of
from storage.server.condition import condition_of


class Wrong(Clock):
    """A machine whose clock is off."""

    def wall(self):
        return super().wall() - timedelta(minutes=6)


async def findings(world, clock=None, **changed):
    settings = read(environment_for(world.slack, world.settings.redis_url, "socket", MANIFEST) | changed)
    return {found.what: found async for found in examine(settings, clock or Clock())}


@pytest.fixture(autouse=True)
def logged(redis_url):
    """Let the Redis of the session keep a log, as the manual demands."""
    with configured(redis_url, appendonly="yes"):
        yield


async def test_when_all_is_well_it_says_so(tmp_path, redis_url):
    manifest = with_support(tmp_path)
    async with start_world(tmp_path, redis_url, manifest=manifest) as world:
        await world.enrol("U0RAJ", topics={"python": 3})
        await world.settle()
        found = await findings(world, WAYMARK_MANIFEST=str(manifest))

    assert {each.verdict for each in found.values()} == {"ok"}
    assert list(found) == [
        "settings",
        "manifest",
        "topics",
        "port",
        "metrics port",
        "clock",
        "slack",
        "scopes",
        "app token",
        "redis",
        "dead letters",
        "admins",
        "coaching",
        "helpers",
        "next",
    ]


async def test_what_an_admin_does_first_is_a_note(socket_world):
    found = await findings(socket_world)

    notes = {what: each.sentence for what, each in found.items() if each.verdict == "note"}
    assert set(notes) == {"coaching", "helpers"}
    assert "policy.support" in notes["coaching"]
    assert "waymark people import" in notes["helpers"]


@pytest.mark.parametrize(
    ("changed", "what", "cure"),
    [
        ({"maxmemory_policy": "allkeys-lru"}, "redis maxmemory-policy", "set it to noeviction"),
        ({"appendonly": "no"}, "redis appendonly", "set appendonly to yes"),
        ({"maxmemory": "1"}, "redis", "raise its maxmemory"),
        ({"min_replicas_to_write": "1"}, "redis", "min-replicas-to-write"),
    ],
)
async def test_a_redis_that_does_not_keep_what_is_saved_is_named_with_the_cure(
    socket_world, redis_url, changed, what, cure
):
    with configured(redis_url, **changed):
        found = await findings(socket_world)

    assert found[what].verdict == "bad"
    assert cure in found[what].sentence


async def test_a_replica_is_named(socket_world, redis_url):
    with Redis.from_url(redis_url) as redis:
        redis.execute_command("REPLICAOF", "127.0.0.1", "1")
        found = await findings(socket_world)
        redis.execute_command("REPLICAOF", "NO", "ONE")

    assert {found["redis"].verdict, found["redis role"].verdict} == {"bad"}
    assert "set REDIS_URL to the primary" in found["redis role"].sentence


def test_a_server_that_is_too_old_is_named():
    told = condition_of({"redis_version": "6.0.16", "role": "master", "aof_enabled": 1})

    assert [(each.what, each.sentence) for each in faults(told)] == [
        ("redis version", "Redis 6.0.16 is too old: install Redis 6.2 or newer, or Valkey."),
        ("redis settings", UNTOLD),
    ]


async def test_wherever_the_start_would_stop_it_says_so(socket_world):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        for changed, what, word in (
            ({"PORT": taken}, "port", "set PORT"),
            ({"METRICS_PORT": taken}, "metrics port", "set METRICS_PORT"),
            ({"HOST": "192.0.2.1"}, "port", "set HOST"),
            ({"HOST": "no.such.host.invalid"}, "port", "set HOST"),
            ({"METRICS_HOST": "x" * 300}, "metrics port", "set METRICS_HOST"),
            ({"SLACK_APP_TOKEN": "xapp-wrong"}, "app token", "SLACK_APP_TOKEN"),
        ):
            found = (await findings(socket_world, **changed))[what]

            assert (found.verdict, word in found.sentence) == ("bad", True), found


async def test_beside_the_running_app_its_own_port_is_no_fault(socket_world):
    app = socket_world.app

    found = await findings(socket_world, PORT=str(app.port), METRICS_PORT=str(app.metrics_port))

    assert {found["port"].verdict, found["metrics port"].verdict} == {"note"}
    assert "Waymark runs" in found["port"].sentence


async def test_where_slack_does_not_say_which_scopes_were_granted_none_is_called_missing(socket_world):
    here = socket_world.app.here.model_copy(update={"scopes": None})

    assert scopes_of(here, socket_world.manifest.manifest)[0] == "note"


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


@pytest.mark.gated
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
    socket_world.slack.faults.refuse("users.info", "invalid_arguments")
    for _ in range(9):
        await socket_world.skip(timedelta(hours=7))

    found = await findings(socket_world)

    assert found["dead letters"].verdict == "bad"
    assert "meet of U0MAYA" in found["dead letters"].sentence


async def test_dead_letters_are_counted_however_many_there_are(socket_world):
    stores = socket_world.app.worker.stores
    entry = f"{socket_world.workspace} meet U0MAYA"
    letter = ("source", "agenda", "entry", entry, "attempts", 8, "error", "x")
    dead = keys_of(socket_world.workspace).shard.dead
    await stores.wire.calls([("XADD", dead, "*", *letter)] * 51)

    found = await findings(socket_world)

    assert found["dead letters"].sentence == "51 given up; the newest is meet of U0MAYA (x)."


async def test_what_is_due_does_not_tell_who_has_reported_whom(socket_world):
    desk = await socket_world.desk()
    forget = Later(FORGET_ALERT, alert_id("s1.U0MAYA"), socket_world.now + timedelta(minutes=1))
    await desk.store.commit(lambda read: (None, Changes(later=[forget])))

    found = await findings(socket_world)

    assert "forget_alert of report at" in found["next"].sentence
    assert "U0MAYA" not in found["next"].sentence


async def test_a_dead_letter_does_not_tell_who_was_told_whom_to_turn_to(socket_world):
    desk = await socket_world.desk()
    await care_notes.tell(desk, PersonId("U0NOBODY"), "0a1b.harassment", socket_world.now, once="k")
    await socket_world.settle()

    found = await findings(socket_world)

    assert "U0NOBODY of message (channel_not_found)" in found["dead letters"].sentence
    alert = await socket_world.get(Alert, "undeliverable.U0NOBODY.channel_not_found")
    assert "care" not in alert.model_dump_json()

"""What the demo adds to the manifest, and when it begins, so that everything can be tried in it."""

from datetime import UTC, datetime, timedelta

import pytest
from app_world import MANIFEST

from playground.workspace.cast import CHANNELS
from slackapp.bootstrap.manifests import open_manifest
from slackapp.demo.demo import begin_at_work, supported
from slackapp.process.clock import Clock


def test_every_topic_has_a_channel_of_the_playground_and_somebody_is_there_to_turn_to():
    shipped = open_manifest(MANIFEST).manifest

    manifest = supported(shipped)

    channels = {id for id, *_ in CHANNELS}
    found = {topic.id: manifest.topics.channel([topic.id]) for topic in manifest.topics.all}
    assert {id for id, channel in found.items() if channel not in channels} == set()
    assert found["python"] == "C0PYTHON"
    assert manifest.policy.support
    assert not shipped.topics.channel(["python"])


@pytest.mark.parametrize(
    ("started", "begins"),
    [
        ("2026-11-29T22:10", "2026-11-30T08:00"),
        ("2026-12-01T09:30", "2026-12-01T09:30"),
        ("2026-12-01T03:00", "2026-12-01T08:00"),
        ("2026-12-03T17:00", "2026-12-07T08:00"),
        ("2026-12-04T09:00", "2026-12-07T08:00"),
    ],
)
def test_a_new_demo_begins_when_people_are_at_work_whatever_the_day(tmp_path, started, begins):
    clock, wall = tmp_path / "clock", datetime.fromisoformat(started).replace(tzinfo=UTC)

    ahead = begin_at_work(clock, wall)

    assert wall + ahead == datetime.fromisoformat(begins).replace(tzinfo=UTC)
    assert Clock(clock).offset() == ahead


def test_a_demo_that_goes_on_keeps_its_time(tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("60")

    assert begin_at_work(clock, datetime(2026, 11, 29, 22, tzinfo=UTC)) == timedelta(0)
    assert clock.read_text() == "60"

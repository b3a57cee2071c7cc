"""What the demo adds to the manifest, so that everything can be tried in it."""

from app_world import MANIFEST

from playground.workspace.cast import CHANNELS
from slackapp.bootstrap.serving import open_manifest
from slackapp.demo.demo import supported


def test_every_topic_has_a_channel_of_the_playground_and_somebody_is_there_to_turn_to():
    shipped = open_manifest(MANIFEST).manifest

    manifest = supported(shipped)

    channels = {id for id, *_ in CHANNELS}
    found = {topic.id: manifest.topics.channel([topic.id]) for topic in manifest.topics.all}
    assert {id for id, channel in found.items() if channel not in channels} == set()
    assert found["python"] == "C0PYTHON"
    assert manifest.policy.support
    assert not shipped.topics.channel(["python"])

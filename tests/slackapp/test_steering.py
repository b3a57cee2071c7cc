"""An edit of manifest.yml steers the running app; a bad one changes nothing and is told."""

import asyncio
import io
import json
import shutil

from app_world import MANIFEST, start_world
from few_files import no_file_left
from patience import PATIENCE

from slackapp.background import manifest_watch
from slackapp.bootstrap.manifests import open_manifest
from slackapp.manifest.file import ManifestFile
from slackapp.process import logs

RUBY, MAYA = "U0RUBY", "U0MAYA"


async def edited(world, path, old, new):
    """Change the file, and return when the app has looked at it."""
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


async def until(holds):
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            await asyncio.sleep(0.02)


async def test_a_new_label_is_taken_over_by_the_running_app(tmp_path, redis_url):
    path = tmp_path / "manifest.yml"
    shutil.copy(MANIFEST, path)
    async with start_world(tmp_path, redis_url, manifest=path) as world:
        await edited(world, path, "label: Python", "label: Snakes")

        async def snakes():
            return (await world.desk()).topics.label("python") == "Snakes"

        await until(snakes)
        answer = await world.slack.command(MAYA, "/ask-mentor", "Why does my service stall? #python")
        assert "Snakes" in answer.shown.words


async def test_a_bad_edit_keeps_the_last_good_topics_and_tells_the_admins(tmp_path, redis_url):
    path = tmp_path / "manifest.yml"
    shutil.copy(MANIFEST, path)
    async with start_world(tmp_path, redis_url, manifest=path) as world:
        await world.import_people(f"slack_id,level\n{RUBY},5\n")
        topics = len((await world.desk()).topics)

        await edited(world, path, "topics:", "topcis:")
        await world.slack.message(RUBY, containing="manifest.yml")

        assert len((await world.desk()).topics) == topics
        assert (await world.slack.command(MAYA, "/ask-mentor", "Why does it stall? #python")).ok


class Counted(ManifestFile):
    """A file of which one knows how often it was looked at."""

    polls = 0

    async def poll(self, wall):
        self.polls += 1
        return await super().poll(wall)


async def test_while_no_file_can_be_opened_nobody_is_alarmed_and_one_line_is_logged(tmp_path, socket_world):
    path, lines = tmp_path / "edited.yml", io.StringIO()
    shutil.copy(MANIFEST, path)
    file = Counted(path, open_manifest(path).manifest)
    logs.configure("info", lines)
    watching = asyncio.create_task(manifest_watch.watch(file, socket_world.app.worker, None, every=0.01))

    async def looked_often():
        return file.polls >= seen + 5

    async def taken_over():
        return file.manifest.topics.label("python") == "Snakes"

    seen = 0
    with no_file_left():
        await until(looked_often)
    await edited(socket_world, path, "label: Python", "label: Snakes")
    await until(taken_over)

    watching.cancel()
    told = [(line["event"], line.get("file")) for line in map(json.loads, lines.getvalue().splitlines())]
    assert told.count(("manifest not read", path.name)) == 1
    assert "manifest not taken over" not in dict(told)


async def test_a_bad_edit_where_the_app_was_removed_is_logged_and_the_watch_goes_on(
    tmp_path, redis_url, lines
):
    path = tmp_path / "manifest.yml"
    shutil.copy(MANIFEST, path)
    async with start_world(tmp_path, redis_url, manifest=path) as world:
        await world.app.worker.stores.erase(world.workspace)
        await edited(world, path, "topics:", "topcis:")

        async def told():
            return "admins not told" in {line["event"] for line in lines()}

        await until(told)
        assert "loop failed" not in {line["event"] for line in lines()}

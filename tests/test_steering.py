"""An edit of manifest.yml steers the running app; a bad one changes nothing and is told."""

import asyncio
import shutil

from app_world import MANIFEST, start_world

RUBY, MAYA = "U0RUBY", "U0MAYA"


async def edited(world, path, old, new):
    """Change the file, and return when the app has looked at it."""
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


async def until(holds, within=5.0):
    async with asyncio.timeout(within):
        while not await holds():
            await asyncio.sleep(0.02)


async def test_a_new_label_is_taken_over_within_two_seconds(tmp_path, redis_url):
    path = tmp_path / "manifest.yml"
    shutil.copy(MANIFEST, path)
    async with start_world(tmp_path, redis_url, manifest=path) as world:
        await edited(world, path, "label: Python", "label: Snakes")

        async def snakes():
            return (await world.desk()).topics.label("python") == "Snakes"

        await until(snakes, within=4.0)
        answer = await world.slack.command(MAYA, "/ask-mentor", "Why does my service stall? #python")
        assert "Snakes" in answer.shown.words


async def test_a_bad_edit_keeps_the_last_good_topics_and_tells_the_admins(tmp_path, redis_url):
    path = tmp_path / "manifest.yml"
    shutil.copy(MANIFEST, path)
    async with start_world(tmp_path, redis_url, manifest=path) as world:
        await world.import_people(f"slack_id,level\n{RUBY},5\n")
        topics = len((await world.desk()).topics)

        await edited(world, path, "topics:", "topcis:")
        await world.slack.message(RUBY, containing="manifest.yml", within=8)

        assert len((await world.desk()).topics) == topics
        assert (await world.slack.command(MAYA, "/ask-mentor", "Why does it stall? #python")).ok


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

        await until(told, within=8)
        assert "loop failed" not in {line["event"] for line in lines()}

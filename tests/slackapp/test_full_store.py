"""Redis takes no writes for a while: whoever acts hears so, and nothing that they typed is lost."""

from datetime import timedelta
from pathlib import Path

import redis_servers
from app_world import World, start_world
from redis import Redis

from mentoring.model.request import Request

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
ASK = "/ask-mentor"


async def asked(world: World) -> list[Request]:
    ids = await (await world.desk()).store.ids(f"requests-of:{MAYA}")
    return [await world.get(Request, id) for id in ids]


async def test_while_redis_is_full_words_are_given_back_and_work_goes_on_afterwards(tmp_path: Path):
    with redis_servers.one_server(tmp_path) as url, Redis.from_url(url) as redis:
        async with start_world(tmp_path, url, transport="http") as world:
            slack = world.slack
            await world.enrol(PRIYA, topics={"python": 3})
            await slack.command(MAYA, ASK, "How do I profile asyncio? #python")
            await world.settle()
            offer = await slack.message(PRIYA, containing="Can you help")
            await slack.command(MAYA, ASK)
            redis.config_set("maxmemory", 1)

            answer = await slack.command(MAYA, ASK, "Why does pandas <swap> rows? #python")
            refused = await slack.submit(MAYA, {"question": "How do I type asyncio?", "topics": ["Python"]})
            await slack.press(PRIYA, offer, "I can help")
            await slack.say(MAYA, "Why does asyncio hang?")
            await slack.skip(timedelta(seconds=1))

            assert answer.shown is not None
            assert "Why does pandas <swap> rows? #python" in answer.shown.words
            assert "Nothing that you typed is lost" in refused.errors["question"]
            assert await slack.message(PRIYA, containing="That went wrong on my side")
            assert [it.state for it in await asked(world)] == ["offered"]

            redis.config_set("maxmemory", 0)
            await slack.press(PRIYA, offer, "I can help")
            assert (await slack.submit(MAYA, {})).closed
            await world.skip(timedelta(minutes=7))
            found = {it.question: it.state for it in await asked(world)}
            assert found == {"How do I profile asyncio?": "in_session", "How do I type asyncio?": "offered"}
            assert await slack.message(MAYA, containing="Why does asyncio hang?")

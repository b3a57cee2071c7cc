"""`waymark learn`: it learns now, and says what came of it in words that anyone can judge."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from app_world import QUICK, World, slower, start_world
from make_past import past_talk
from test_cli import waymark

from kernel.policy import LearningRules
from kernel.store import Changes, Later
from kernel.values import PersonId, TopicId
from mentoring.learning.memory import last
from mentoring.model.learned import Learning
from slackapp.commands.learning_report import learn_now, sentence

JONAS, MAYA, PRIYA = PersonId("U0JONAS"), PersonId("U0MAYA"), PersonId("U0PRIYA")


async def lived(world: World, talks: int) -> None:
    """Have Jonas help Maya so often, though Priya declares more."""
    await world.enrol(PRIYA, topics={"python": 3})
    await world.enrol(JONAS, topics={"python": 1})
    await world.enrol(MAYA, topics={"python": 1})
    desk, at = await world.desk(), world.now - timedelta(days=talks)
    for number in range(talks):
        day, topic = at + timedelta(days=number), TopicId("python")
        talk = list(past_talk(f"R-{number}", day, JONAS, topic=topic, asker_id=MAYA))
        later = Later("relearn", "workspace", world.now + timedelta(hours=9))
        await desk.store.commit(lambda _, put=talk, later=later: (None, Changes(put=put, later=[later])))


async def test_every_workspace_with_a_past_learns_and_says_so(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url, tempo=slower(QUICK, beat=3600)) as world:
        await lived(world, 25)

        code, out, _ = await waymark(world, "learn", WAYMARK_DATA_DIR=str(tmp_path))
        again = await waymark(world, "learn", "--json", WAYMARK_DATA_DIR=str(tmp_path))

        learned = await last(await world.desk())

    assert code == 0
    assert out.startswith(f"{world.workspace}: learned from 25 requests, of which 25 led to a talk.")
    facts = json.loads(again[1])
    assert (facts["workspace"], facts["came"], facts["version"]) == (world.workspace, "learned", 2)
    assert (learned.version, learned.ranks) == (2, True)


async def test_a_workspace_that_is_not_there_is_refused_and_nothing_written(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        code, _, err = await waymark(world, "learn", "--workspace", "T0NOWHERE")
        none = await waymark(world, "learn")

    assert code == 2
    assert err == "Nobody of T0NOWHERE has used the app here: check --workspace and WAYMARK_DATA_DIR.\n"
    assert none[:2] == (0, "There is nothing to learn from yet: no talk has ended.\n")


async def test_switched_off_is_said_and_what_was_learned_goes(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url, tempo=slower(QUICK, beat=3600)) as world:
        await lived(world, 25)
        manifest, stores = world.manifest.manifest, world.app.worker.stores
        off = manifest.policy.model_copy(update={"learning": LearningRules(enabled=False)})

        said = []
        for steered in (manifest, replace(manifest, policy=off)):
            async for _, found in learn_now(stores, steered, None, world.now, uncounted):
                said.append(found)

        assert await last(await world.desk()) == said[1]

    assert [each.came for each in said] == ["learned", "switched_off"]
    assert (said[0].pieces, said[1].pieces) == (1, 0)
    assert "switched off" in sentence(said[1])


def uncounted(_workspace, _requests):
    return nullcontext(lambda _asks: None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"came": "too_few", "asks": 3, "outcomes": 1}, "too little to learn from: 3 requests, of which 1"),
        ({"came": "learned", "guesses": True}, "profiles alone say whom to ask"),
        (
            {"came": "learned", "ranks": True},
            "Who helped with what counts from now on. Topics come from their",
        ),
        (
            {"came": "learned", "ranks": True, "is_refitted": True, "before": -2.3026, "after": -1.6094},
            "New weights are used: on the latest talks they gave whoever helped a chance of 20.0%, "
            "the weights before 10.0%.",
        ),
        (
            {"came": "learned", "ranks": True, "before": -1.6094, "after": -2.3026},
            "New weights are not used: on the latest talks they gave whoever helped a chance of 10.0%",
        ),
    ],
)
def test_what_came_of_it_is_a_sentence(changed, said):
    assert said in sentence(Learning(**changed))

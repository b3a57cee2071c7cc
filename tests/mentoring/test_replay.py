"""`waymark topics replay`: what an edit would have done, twice the same, and never a word of a question."""

import json
from collections.abc import Sequence

import make
import pytest
from app_world import MANIFEST, start_world
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, BEN, HOUR, NOW
from make_past import past_talk
from office import Office
from test_cli import waymark

from kernel.policy import Policy
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId, TopicId
from mentoring.learning.replay import Placement, Replay, Steering, gini, replay, retagged
from slackapp.commands import replay_report

JONAS, MAYA = PersonId("U0JONAS"), PersonId("U0MAYA")
ASYNC = TopicId("async")
WITH_ASYNC = Catalogue((*make.TOPICS.all, Topic(id=ASYNC, label="Async", aliases=("asyncio",))))
WITHOUT_SQL = Catalogue(tuple(topic for topic in make.TOPICS.all if topic.id != make.SQL))


async def lived(office: Office, questions: Sequence[tuple[str, TopicId]]) -> None:
    """Have these been asked, one an hour, with Ada for Python and Ben for SQL."""
    await office.put(make.person(), make.helper(ADA), make.helper(BEN, {make.SQL: 2}))
    for number, (question, topic) in enumerate(questions):
        asked_at = NOW - (len(questions) - number) * HOUR
        await office.put(*past_talk(f"R{number}", asked_at, question=question, topic=topic))


async def edited(office: Office, topics: Catalogue, policy: Policy = make.POLICY) -> Replay:
    return await replay(office.desk, Steering(topics, policy), NOW, most=200)


async def test_the_same_manifest_changes_nothing(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON), ("Which index?", make.SQL)])

    found = await edited(office, make.TOPICS)

    assert [each.is_changed for each in found.requests] == [False, False]
    assert found.before == found.after
    assert (found.before.routed, found.before.unroutable) == (2, 0)


async def test_a_topic_that_goes_leaves_its_requests_without_anybody(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON), ("Which index?", make.SQL)])

    found = await edited(office, WITHOUT_SQL)

    assert found.requests[1].before == Placement((make.SQL,), BEN)
    assert found.requests[1].after == Placement((), None)
    assert (found.retagged, found.redirected, found.gained, found.lost) == (1, 1, 0, 1)
    assert (found.before.gini, found.after.gini) == (0.0, 0.5)


async def test_a_new_topic_is_found_in_words_and_reaches_who_has_it(office: Office):
    await lived(office, [("Why does asyncio hang?", make.CAREER)])
    await office.put(make.helper(BEN, {ASYNC: 3}))

    found = await edited(office, WITH_ASYNC)

    assert found.requests[0].before == Placement((make.CAREER,), None)
    assert found.requests[0].after == Placement((make.CAREER, ASYNC), BEN)
    assert found.gained == 1


async def test_a_policy_with_too_few_minutes_reaches_nobody(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON)])

    found = await edited(office, make.TOPICS, Policy(weekly_minutes=15))

    assert (found.before.routed, found.after.routed, found.lost) == (1, 0, 1)


async def test_load_and_pauses_of_today_play_no_part(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON)])
    await office.put(
        make.helper(ADA, paused_until=NOW + HOUR, questions_per_week=1),
        make.load(ADA, open_offers=("O1", "O2"), asked_at=(NOW,)),
    )

    assert (await edited(office, make.TOPICS)).before.routed == 1


async def test_only_the_latest_are_gone_through_and_twice_gives_the_same(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON)] * 5)
    steering = Steering(WITH_ASYNC, make.POLICY)

    one, two = [await replay(office.desk, steering, NOW, most=3) for _ in range(2)]

    assert one == two
    assert [each.id for each in one.requests] == ["R2", "R3", "R4"]


async def test_the_report_shows_no_word_of_a_question(office: Office):
    await lived(office, [("Why does asyncio hang?", make.PYTHON), ("Which index?", make.SQL)])
    found = await edited(office, WITHOUT_SQL)

    said = "\n".join(replay_report.lines(found, make.TOPICS, WITHOUT_SQL))

    assert (
        "R1  2026-11-23 09:00   newly unreachable\n    now    SQL; first U0BEN\n    edited no topic" in said
    )
    assert "newly reachable: 0; newly unreachable: 1" in said
    for word in ("asyncio", "Which index"):
        assert word not in said + json.dumps(replay_report.facts(found))


def test_what_the_asker_chose_stays_and_what_words_say_follows_the_edit():
    chosen = retagged([make.CAREER, make.PYTHON], "python with asyncio", make.TOPICS, WITH_ASYNC)

    assert chosen == (make.CAREER, make.PYTHON, ASYNC)


@pytest.mark.parametrize(
    ("loads", "value"), [([], 0.0), ([0, 0], 0.0), ([2, 2, 2], 0.0), ([0, 0, 0, 4], 0.75)]
)
def test_the_gini_coefficient_of_known_loads(loads: list[float], value: float):
    assert gini(loads) == value


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.randoms())
def test_the_gini_coefficient_hangs_on_nothing_but_the_loads(loads: list[float], draw):
    mixed = loads[:]
    draw.shuffle(mixed)

    assert 0 <= gini(loads) < 1
    assert gini(mixed) == gini(loads)


async def test_the_command_puts_a_file_against_the_one_in_force(tmp_path, redis_url):
    new = tmp_path / "new.yml"
    new.write_text(MANIFEST.read_text("utf-8").replace("id: python\n", "id: python3\n"), "utf-8")
    async with start_world(tmp_path, redis_url) as world:
        await world.enrol(JONAS, topics={"python": 3})
        await world.slack.command(MAYA, "/ask-mentor", "How do I profile Python?")
        await world.settle()
        words = ("topics", "replay", "--file", str(new))

        plain = await waymark(world, *words, WAYMARK_DATA_DIR=str(tmp_path))
        as_json = await waymark(world, *words, "--json", WAYMARK_DATA_DIR=str(tmp_path))

    assert plain[0] == 0, plain
    assert "newly unreachable: 1" in plain[1]
    assert "profile" not in plain[1]
    assert json.loads(as_json[1])["newly_unreachable"] == 1

"""Presence: asked for the few best, kept for a minute, and unknown when Slack does not say."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_clients import client_of

from playground.driver import Playground
from slackapp.workspaces import presence
from slackapp.workspaces.presence import SlackPresence

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MAYA, RAJ, AIKO = "U0MAYA", "U0RAJ", "U0AIKO"


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(now=NOON) as started:
        yield started


@pytest.fixture
async def client(slack):
    async with client_of(slack) as opened:
        yield opened


async def test_someone_at_their_desk_is_active_and_someone_gone_is_away(slack, client):
    await slack.set_presence(MAYA, "active")
    await slack.set_presence(RAJ, "away")

    seen = await SlackPresence(client, slack.now).look([MAYA, RAJ])

    assert (seen[MAYA].state, seen[RAJ].state) == ("active", "away")


async def test_do_not_disturb_counts_for_more_and_says_until_when(slack, client):
    await slack.set_presence(MAYA, "active")
    await slack.set_dnd(MAYA, 90)

    seen = await SlackPresence(client, slack.now).look([MAYA])

    assert seen[MAYA].state == "dnd"
    assert abs(seen[MAYA].until - (slack.now() + timedelta(minutes=90))) < timedelta(minutes=1)


async def test_an_answer_is_kept_for_a_minute_and_no_longer(slack, client):
    presence = SlackPresence(client, slack.now)
    await presence.look([MAYA])
    await presence.look([MAYA])
    asked_within_a_minute = len(slack.calls("users.getPresence"))

    await slack.skip(timedelta(seconds=61))
    await presence.look([MAYA])

    assert asked_within_a_minute == 1
    assert len(slack.calls("users.getPresence")) == 2


async def test_while_slack_says_wait_nobody_is_asked_about(slack, client):
    presence = SlackPresence(client, slack.now)
    slack.faults.rate_limit("*", times=2, retry_after=30)
    first = await presence.look([MAYA])
    calls = len(slack.log())

    again = await presence.look([MAYA])
    quiet_meanwhile = len(slack.log()) == calls
    await slack.skip(timedelta(seconds=31))
    later = await presence.look([MAYA])

    assert (first, again, quiet_meanwhile) == ({}, {}, True)
    assert MAYA in later


async def test_who_is_there_is_known_where_slack_says_nothing_of_do_not_disturb(slack, client):
    await slack.set_presence(RAJ, "away")
    slack.faults.fail("dnd.teamInfo", times=1)

    seen = await SlackPresence(client, slack.now).look([MAYA, RAJ])

    assert (seen[MAYA].state, seen[RAJ].state) == ("active", "away")


async def test_whom_slack_says_nothing_of_is_unknown_beside_others(slack, client):
    slack.faults.fail("users.getPresence", times=1)

    assert len(await SlackPresence(client, slack.now).look([MAYA, RAJ])) == 1


async def test_a_slow_slack_leaves_everyone_unknown(slack, client, monkeypatch):
    slack.faults.slow(500)
    monkeypatch.setattr(presence, "WITHIN", 0.05)

    assert await SlackPresence(client, slack.now).look([MAYA, RAJ]) == {}


async def test_a_broken_slack_leaves_everyone_unknown(slack, client):
    slack.faults.fail("*", times=10)

    assert await SlackPresence(client, slack.now).look([MAYA]) == {}


async def test_no_more_calls_are_made_in_a_minute_than_allowed(slack, client):
    presence = SlackPresence(client, slack.now, budget=3)
    await presence.look([MAYA, RAJ])

    beyond = await presence.look([AIKO])

    assert beyond == {}
    assert len(slack.log()) == 3

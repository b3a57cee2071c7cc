"""Who may act: members, and guests in part; never those who left, apps, or people of other workspaces."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import make
import pytest
from app_world import World
from slack_posts import message, post

from handlers.offers import channel_post
from kernel.store import Changes
from kernel.values import PersonId, RequestId, WorkspaceId
from mentoring.model.person import Person
from mentoring.model.request import Request
from mentoring.requests import requests
from slackapp.transport.middleware import home_of_actor
from storage import Installation

MAYA, JONAS, ISLA = PersonId("U0MAYA"), PersonId("U0JONAS"), PersonId("U0ISLA")
HERE = Installation(
    workspace=WorkspaceId("T1"),
    bot_token="xoxb-1",
    bot_id="B1",
    bot_user_id="U0BOT",
    installed_at=datetime(2026, 11, 23, tzinfo=UTC),
)
ORG = HERE.model_copy(update={"workspace": WorkspaceId("E1"), "enterprise_id": "E1", "is_enterprise": True})
IN_ORG = {"id": "T7", "enterprise_id": "E1"}


@pytest.mark.parametrize(
    ("body", "home"),
    [
        ({"user": {"id": "U1", "team_id": "T1"}}, "ours"),
        ({"user": {"id": "U1"}}, "ours"),
        ({"user_id": "U1", "team_id": "T1"}, "ours"),
        ({"user": {"id": "U1", "team_id": "T2"}}, "elsewhere"),
        ({"user": {"id": "U1", "team_id": "T2"}, "is_enterprise_install": True}, "elsewhere"),
        ({"user": {"id": "U1", "team_id": "T1", "enterprise_user": {"enterprise_id": "E2"}}}, "elsewhere"),
        ({"user": {"id": "U1", "team_id": "T1", "enterprise_id": "E2"}}, "elsewhere"),
        ({"event": {"type": "message", "user": "U1", "team": "T1"}}, "ours"),
        ({"event": {"type": "message", "user": "U1", "team": "T2"}}, "elsewhere"),
        ({"event": {"type": "message", "user": "U1", "user_team": "T2"}}, "elsewhere"),
        ({"event": {"type": "app_home_opened", "user": "U1", "source_team": "E2"}}, "elsewhere"),
        ({"event": {"type": "message", "user": "U1"}, "is_ext_shared_channel": True}, "unclear"),
    ],
)
def test_what_a_payload_says_of_whoever_acts_is_compared_with_the_workspace(body: Any, home: str):
    assert home_of_actor(body, HERE) == home


@pytest.mark.parametrize(
    ("body", "home"),
    [
        ({"user": {"id": "U1", "team_id": "T7"}, "team": IN_ORG}, "ours"),
        ({"user": {"id": "U1", "team_id": "E1"}, "team": None}, "ours"),
        ({"user_id": "U1", "team_id": "T7", "enterprise_id": "E1"}, "ours"),
        ({"user": {"id": "U1", "team_id": "T8"}, "team": IN_ORG}, "unclear"),
        ({"user": {"id": "U1", "team_id": "T8"}, "team": {"id": "T8"}}, "unclear"),
        ({"user": {"id": "U1", "team_id": "T8"}, "team": {"id": "T8", "enterprise_id": "E2"}}, "unclear"),
        ({"user": {"id": "U1", "team_id": "T7", "enterprise_id": "E2"}, "team": IN_ORG}, "elsewhere"),
        ({"user": {"id": "U1", "team_id": "E2"}, "team": IN_ORG}, "elsewhere"),
        (
            {
                "event": {"type": "message", "user": "U1", "team": "T7"},
                "authorizations": [{"enterprise_id": "E1", "team_id": "T7"}],
            },
            "ours",
        ),
        (
            {
                "event": {"type": "message", "user": "U1", "user_team": "T8"},
                "authorizations": [{"enterprise_id": "E1", "team_id": "T7"}],
                "is_ext_shared_channel": True,
                "team_id": "T8",
                "enterprise_id": "E1",
            },
            "unclear",
        ),
    ],
)
def test_in_an_org_wide_install_too(body: Any, home: str):
    assert home_of_actor(body, ORG) == home


async def posted(world: World) -> RequestId:
    """Have Maya's question posted in a channel."""
    desk, id = await world.desk(), RequestId("R1")
    request = await requests.file(desk, MAYA, make.new_request(), id, world.now)
    shown = request.model_copy(update={"channel_post": "C0GENERAL"})
    await desk.store.commit(lambda _: (None, Changes(put=[shown])))
    await world.settle()
    return id


async def pressed(world: World, me: str, action_id: str, value: str, **said: Any) -> str:
    """Press a button by a payload that is rightly signed; return what the window says that answers it."""
    team = world.slack.team_id
    press = {
        "type": "block_actions",
        "team": {"id": team},
        "user": {"id": me, "team_id": team},
        "trigger_id": world.slack.slack.triggers.issue(me),
        "actions": [{"action_id": action_id, "block_id": "b", "type": "button", "value": value}],
    }
    body = f"payload={json.dumps(press | said)}"
    url = f"http://127.0.0.1:{world.app.port}/slack/events"
    before = world.slack.modal(me)
    status, _ = await post(url, world.slack.signing_secret, body)
    await world.settle()
    shown = world.slack.modal(me)
    assert status == 200
    return json.dumps(shown.blocks) if shown and shown != before else ""


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("U0GUS", "Guests can ask here"),
        ("U0PAT", "belong to another"),
        ("U0BUILDBOT", "Only people who work here"),
    ],
)
async def test_no_guest_app_or_stranger_takes_a_question(http_world: World, who: str, words: str):
    question = await posted(http_world)

    answer = await pressed(http_world, who, channel_post.TAKE, question)

    assert words in answer
    assert (await http_world.get(Request, question)).helper_id is None


async def test_a_member_takes_it_at_their_first_contact(http_world: World):
    question = await posted(http_world)

    assert await pressed(http_world, JONAS, channel_post.TAKE, question) == ""

    assert (await http_world.get(Request, question)).helper_id == JONAS


@pytest.mark.parametrize(
    "said",
    [
        {"user": {"id": JONAS, "team_id": "T0ELSEWHERE"}},
        {"user": {"id": JONAS, "enterprise_user": {"enterprise_id": "E0OTHER"}}},
    ],
)
async def test_whom_the_payload_itself_calls_a_stranger_does_nothing(http_world: World, said: Any):
    question = await posted(http_world)

    answer = await pressed(http_world, JONAS, channel_post.TAKE, question, **said)

    assert "belong to another" in answer
    assert await http_world.find(Person, JONAS) is None


async def test_whoever_is_met_first_is_looked_up_whatever_they_press(http_world: World):
    await pressed(http_world, JONAS, "home.how", "how")

    person = await http_world.get(Person, JONAS)
    assert (person.standing, person.name) == ("active", "jonas")


async def test_where_slack_cannot_be_asked_it_is_done_later(http_world: World):
    question = await posted(http_world)
    http_world.slack.faults.fail("users.info", times=1)

    assert "looking you up" in await pressed(http_world, JONAS, channel_post.TAKE, question)
    assert await pressed(http_world, JONAS, channel_post.TAKE, question) == ""

    assert (await http_world.get(Request, question)).helper_id == JONAS


AUCKLAND = ZoneInfo("Pacific/Auckland")
MONDAY_THERE = datetime(2026, 11, 30, 9, tzinfo=AUCKLAND)


async def test_a_first_contact_is_planned_by_the_clock_of_whoever_it_is(socket_world: World):
    world = socket_world

    said = await world.slack.command(ISLA, "/ask-mentor", "pause until monday")

    assert "Paused until" in str(said)
    assert (await world.get(Person, ISLA)).paused_until == MONDAY_THERE


async def test_nothing_is_planned_by_a_clock_that_nobody_knows(socket_world: World):
    world = socket_world
    world.slack.faults.fail("users.info", times=1)

    first = await world.slack.command(ISLA, "/ask-mentor", "pause until monday")
    await world.settle()
    assert "looking you up" in str(first)
    assert (await world.get(Person, ISLA)).paused_until is None
    await world.slack.command(ISLA, "/ask-mentor", "pause until monday")

    assert (await world.get(Person, ISLA)).paused_until == MONDAY_THERE


async def test_whoever_writes_or_sends_a_form_first_is_known_by_then(socket_world: World):
    world = socket_world

    await world.slack.say(ISLA, "How do I profile asyncio?")
    await world.slack.command(JONAS, "/ask-mentor", "")
    await world.slack.open_home("U0RAJ")
    await world.settle()

    assert (await world.get(Person, ISLA)).zone == "Pacific/Auckland"
    assert (await world.get(Person, JONAS)).standing == "active"
    assert await world.find(Person, "U0RAJ") is None


@pytest.mark.parametrize("subtype", ["file_share", "me_message"])
async def test_whoever_writes_first_in_another_form_is_known_by_then(http_world: World, subtype: str):
    event = json.loads(message(ISLA, "pause until monday", event_id="Ev0FIRST"))
    event["event"]["subtype"] = subtype
    url = f"http://127.0.0.1:{http_world.app.port}/slack/events"

    status, _ = await post(url, http_world.slack.signing_secret, json.dumps(event))
    await http_world.settle()

    assert status == 200
    isla = await http_world.get(Person, ISLA)
    assert (isla.zone, isla.paused_until) == ("Pacific/Auckland", MONDAY_THERE)


async def test_whoever_left_can_do_nothing(http_world: World):
    await http_world.slack.command(JONAS, "/ask-mentor", "status")
    await http_world.slack.change_person(JONAS, deleted=True)
    await http_world.settle()

    answer = await pressed(http_world, JONAS, "request.form", "form")

    assert "Only people who work here" in answer

"""Where a name was promised to stay hidden, it does: one test for each surface on which it could be seen.

One story is lived through once: Maya asks without her name, Priya helps and they talk through the app; Maya
also asks three people for a second opinion without her name. All that the app ever sent to either side, what
they can export, and the log are kept; each test looks for traces of the one in what the other could see.
"""

import asyncio
import io
import json
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import redis_servers
from app_world import MONDAY, World, start_world
from test_conversation_home import home
from test_conversation_meeting import propose

from handlers.conversations import ALL
from kernel.values import PersonId
from mentoring import own_data
from playground.line.journal import LogEntry
from playground.workspace.people import SlackUser

MAYA, PRIYA, JONAS, GRACE, CHLOE = (
    PersonId(f"U0{it}") for it in ("MAYA", "PRIYA", "JONAS", "GRACE", "CHLOE")
)
QUESTION = "Why does my asyncio worker stall? Ask <@U0JONAS> perhaps"
SECRETS = ("asyncio worker stall", "It hangs in gather", "It stalls in gather", "Rewrite it, in small steps")
SENT = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.update"})


class Sides(NamedTuple):
    """Who reads, and of whom nothing may be seen."""

    reader: PersonId
    hidden: PersonId


SIDES = (Sides(PRIYA, MAYA), Sides(MAYA, PRIYA), Sides(GRACE, MAYA), Sides(MAYA, GRACE))


@dataclass(frozen=True)
class Lived:
    """What was sent to each person over the whole story, their Home tabs, their exports, and the log."""

    people: Mapping[PersonId, SlackUser]
    sent: Mapping[PersonId, list[LogEntry]]
    tabs: Mapping[PersonId, list[LogEntry]]
    shown: Mapping[PersonId, list[str]]
    exports: Mapping[PersonId, str]
    posted: list[LogEntry]
    log: str


@pytest.fixture(scope="module")
def lived(redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The story, lived through once."""
    redis_servers.empty(redis_server)
    said = io.StringIO()
    with redirect_stdout(said):
        told = asyncio.run(story(tmp_path_factory.mktemp("anonymity"), redis_server))
    return Lived(**told, log=said.getvalue())


async def story(folder: Path, redis_url: str) -> dict[str, Any]:
    async with start_world(folder, redis_url) as world:
        await world.enrol(PRIYA, topics={"python": 3}, level=3)
        await asked_and_talked(world)
        for person, level in ((GRACE, 6), (CHLOE, 1)):
            await world.enrol(person, topics={"python": 3}, level=level)
        await asked_for_a_second_opinion(world)
        return await kept(world)


async def asked_and_talked(world: World) -> None:
    """From the question to "did you use it?": with words relayed and edited, a time, thanks."""
    slack = world.slack
    await slack.command(MAYA, "/ask-mentor", f"{QUESTION} #python #anonymous")
    await world.settle()
    await home(world, PRIYA, "asks about")
    await slack.press(PRIYA, await slack.message(PRIYA, containing="Can you help"), "I can help")
    await world.settle()
    await propose(world, PRIYA, MONDAY + timedelta(hours=24))
    root, other = [await slack.message(it, containing="Your talk with") for it in (MAYA, PRIYA)]
    mine = await slack.say(MAYA, "It hangs in gather", thread_ts=root.ts)
    await slack.say(PRIYA, "Since when?", thread_ts=other.ts)
    await world.settle()
    slack.slack.edit(mine, text="It stalls in gather")
    await world.settle()
    await slack.press(MAYA, await slack.message(MAYA, containing="Your talk with"), "Wrap up")
    await slack.submit(MAYA, {})
    await world.settle()
    for person in (MAYA, PRIYA):
        await home(world, person)
        asks = next(it for it in reversed(slack.dm(person)) if "feedback.yes" in json.dumps(it.blocks))
        await slack.press(person, asks, "feedback.yes")
        await world.settle()
    await world.skip(timedelta(days=2, hours=1))
    for person in (MAYA, PRIYA):
        await home(world, person)


async def asked_for_a_second_opinion(world: World) -> None:
    """Three are asked, two answer, and what came of it is told."""
    slack = world.slack
    await slack.command(MAYA, "/ask-mentor", "second opinion Should we rewrite the importer? #python")
    await slack.submit(MAYA, {"anonymous": ["anonymous"]})
    await world.settle()
    for person in (GRACE, CHLOE):
        await home(world, person)
        await slack.press(
            person, await slack.message(person, containing="would like your view"), "Share my view"
        )
        await slack.submit(person, {"view": "Rewrite it, in small steps"})
        await world.settle()
    await slack.press(MAYA, await slack.message(MAYA, containing="Here are 2 views"), "opinion.settle")
    await world.skip(timedelta(days=7))
    await slack.press(MAYA, await slack.message(MAYA, containing="What came of it?"), "I acted on it")
    await world.settle()
    for person in (GRACE, MAYA):
        await home(world, person)


async def kept(world: World) -> dict[str, Any]:
    slack, desk = world.slack, await world.desk()
    everyone = (MAYA, PRIYA, GRACE)
    calls, triggers = [it for it in slack.log() if it.sender == "app"], pressed_by(slack.log())
    assert [it for it in calls if it.request.get("trigger_id") in triggers], (
        "windows have somebody to read them"
    )
    dms = {it: {place.id for place in slack.conversations(it)} for it in everyone}
    return {
        "people": {it: slack.slack.workspace.people.get(it) for it in everyone},
        "sent": {
            me: [it for it in calls if it.name in SENT and me == read_by(it, triggers, dms)]
            for me in everyone
        },
        "tabs": {
            it: [each for each in calls if each.name == "views.publish" and each.request.get("user_id") == it]
            for it in everyone
        },
        "shown": {it: [message.words for message in slack.dm(it)] for it in everyone},
        "exports": {
            it: json.dumps(await own_data.export(desk, ALL.features, it, world.now)) for it in everyone
        },
        "posted": [it for it in calls if it.name == "chat.postMessage"],
    }


def read_by(entry: LogEntry, triggers: Mapping[str, str], dms: Mapping[PersonId, set[str]]) -> str | None:
    """Who reads what was sent: whose conversation it goes to, or who opened the window."""
    channel = entry.request.get("channel")
    owner = next((it for it, places in dms.items() if channel in places), None)
    return owner or triggers.get(entry.request.get("trigger_id", ""))


def pressed_by(log: list[LogEntry]) -> dict[str, str]:
    """Who caused each trigger, by which a window opens."""
    found = {}
    for it in log:
        request = it.request if it.sender == "slack" and isinstance(it.request, dict) else {}
        sent = request.get("payload", request)
        if isinstance(sent, dict) and "trigger_id" in sent:
            found[sent["trigger_id"]] = sent.get("user_id") or sent["user"]["id"]
    return found


def everything(lived: Lived, reader: PersonId) -> list[str]:
    """All that was ever sent to somebody, whole, as it went over the line."""
    return [json.dumps(it.request, ensure_ascii=False) for it in (*lived.sent[reader], *lived.tabs[reader])]


def names(person: SlackUser) -> re.Pattern[str]:
    """What finds any name of a person's, whole words in any case, and their address."""
    profile = (person.real_name, *person.real_name.split(), person.name, person.email or person.name)
    return re.compile("|".join(rf"\b{re.escape(it)}\b" for it in profile), re.IGNORECASE)


@pytest.mark.parametrize("sides", SIDES, ids=lambda it: f"{it.hidden}-from-{it.reader}")
class TestAPersonIsNotSeen:
    def test_by_name(self, lived: Lived, sides: Sides):
        sought = names(lived.people[sides.hidden])

        assert len(everything(lived, sides.reader)) > 5
        assert not [it for it in everything(lived, sides.reader) if sought.search(it)]

    def test_by_picture_or_borrowed_sender(self, lived: Lived, sides: Sides):
        sent = everything(lived, sides.reader)

        assert not [
            it for it in sent if re.search(r'"(icon_url|icon_emoji|username|image_url|slack_file)"', it)
        ]
        assert not [it for it in sent if '"type": "image"' in it]

    def test_by_time_zone(self, lived: Lived, sides: Sides):
        zone = lived.people[sides.hidden].tz
        own = lived.people[sides.reader].tz

        assert zone != own
        city = zone.rpartition("/")[2]
        assert not [it for it in everything(lived, sides.reader) if zone in it or city in it]

    def test_by_mention_or_id_in_any_string_of_any_payload(self, lived: Lived, sides: Sides):
        sent = everything(lived, sides.reader)

        assert [it for it in sent if '"private_metadata"' in it]
        assert [it for it in sent if '"value"' in it]
        assert not [it for it in sent if sides.hidden in it]

    def test_by_edit(self, lived: Lived, sides: Sides):
        changed = [it for it in lived.sent[sides.reader] if it.name == "chat.update"]

        assert changed
        assert not [it for it in changed if names(lived.people[sides.hidden]).search(json.dumps(it.request))]

    def test_on_home(self, lived: Lived, sides: Sides):
        tabs = [json.dumps(it.request, ensure_ascii=False) for it in lived.tabs[sides.reader]]

        assert tabs
        assert not [it for it in tabs if sides.hidden in it or names(lived.people[sides.hidden]).search(it)]

    def test_in_notifications(self, lived: Lived, sides: Sides):
        heard = [str(it.request.get("text", "")) for it in lived.sent[sides.reader] if "chat" in it.name]

        assert [it for it in heard if it]
        assert not [it for it in heard if sides.hidden in it or names(lived.people[sides.hidden]).search(it)]

    def test_in_an_export(self, lived: Lived, sides: Sides):
        export = lived.exports[sides.reader]

        assert sides.reader in export
        assert sides.hidden not in export
        assert not names(lived.people[sides.hidden]).search(export)


def test_nobody_whom_the_question_mentions_is_pinged(lived: Lived):
    told = [it for it in lived.posted if "asyncio worker stall" in json.dumps(it.request)]

    assert told
    assert not [it for it in told if f"<@{JONAS}>" in json.dumps(it.request)]


def test_the_log_holds_no_name_and_no_word_of_theirs(lived: Lived):
    assert lived.log
    assert not [it for it in lived.people.values() if names(it).search(lived.log)]
    assert not [it for it in SECRETS if it in lived.log]
    assert not [it for it in lived.people if it in lived.log]

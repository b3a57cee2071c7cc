"""Goodbyes: what is under way on other workers leaves nothing behind, and a late one changes nothing."""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from app_installable import MAYA, TEAM, browser, installable, installed
from patience import PATIENCE
from redis_servers import everything_in
from slack_posts import command, post

from kernel.errors import NotInstalled
from slackapp.workspaces.people import happened_at
from storage import Installation
from storage.connection.keys import ALL_SHARDS, keys_of

QUESTION = "Why does my service stall? #python"
ORG = "E0NORTHWIND"
RAJ = "U0RAJ"
NOT_INSTALLED = "isn't installed in this workspace"


def farewell(kind, at, *, event_id="Ev0BYE", owner=TEAM, **fields):
    """The body of an event by which Slack says goodbye."""
    is_org = owner.startswith("E")
    whose = {"team_id": None if is_org else owner, "enterprise_id": owner if is_org else None}
    event = {"type": kind, **({"tokens": {"bot": ["U0WAYMARK"]}} if kind == "tokens_revoked" else {})}
    return json.dumps(
        {
            "type": "event_callback",
            **whose,
            "team_id": owner,
            "api_app_id": "A0WAYMARK",
            "event_id": event_id,
            "event_time": int(at.timestamp()),
            "event": event | fields,
            "authorizations": [{**whose, "user_id": "U0WAYMARK", "is_enterprise_install": is_org}],
        }
    )


async def sent(here, app, body):
    return await post(f"{here.base_of(app)}/events", here.slack.signing_secret, body)


async def install(here):
    async with browser() as session:
        status, _, _ = await installed(session, here.base)
        assert status == 200


async def org_wide(here):
    """Install the app for a whole organisation, as the playground does not."""
    now = here.clock.now()
    token = here.slack.slack.grant()
    await here.stores.installations.save(
        Installation(
            workspace=ORG,
            bot_token=token,
            bot_id="B1",
            bot_user_id="U0WAYMARK",
            is_enterprise=True,
            enterprise_id=ORG,
            installed_at=now,
        )
    )


def of_the_workspace(redis_url, owner=TEAM):
    return [line for line in everything_in(redis_url).splitlines() if owner in line or MAYA in line]


def only_that_it_left(redis_url, owner=TEAM):
    return of_the_workspace(redis_url, owner) == [repr((keys_of(owner).stay.encode(), b"left"))]


async def rest(here):
    """Let every worker finish what is due and undelivered, also what a slow Redis has left lying."""
    queues = (here.stores.agenda.queue, here.stores.notices.queue)
    async with asyncio.timeout(PATIENCE):
        while True:
            for app in here.apps:
                await app.quiet()
            if not sum([await queue.length(ALL_SHARDS) for queue in queues]):
                return
            await asyncio.sleep(0.1)


async def ask(here, app, user=MAYA, text=QUESTION, **fields):
    status, said = await sent(here, app, command(user, text, **fields))
    return status, json.loads(said)["text"]


async def opens_home(here, app):
    event = {"type": "app_home_opened", "user": MAYA, "tab": "home", "channel": "D0MAYA"}
    body = json.loads(farewell("app_home_opened", here.clock.now(), event_id="Ev0HOME"))
    return await sent(here, app, json.dumps(body | {"event": event}))


async def test_what_another_worker_still_holds_is_not_written_in(redis_url, lines):
    async with installable(redis_url, workers=2) as here:
        one, other = here.apps
        await install(here)
        assert (await ask(here, other))[0] == 200
        await rest(here)

        await here.slack.uninstall()
        await here.slack.settled()
        await rest(here)
        assert only_that_it_left(redis_url)

        for app in (other, other, one):
            status, said = await ask(here, app, RAJ)
            assert (status, NOT_INSTALLED in said) == (200, True)
            assert await opens_home(here, app) == (200, "")
            with pytest.raises(NotInstalled):
                await app.worker.workspaces.at(TEAM)
        await rest(here)

        assert only_that_it_left(redis_url)
        assert [line for line in lines() if line["event"] in ("a listener failed", "work failed")] == []


async def test_commands_deliveries_and_duties_under_way_leave_nothing(redis_url, lines):
    async with installable(redis_url, workers=2) as here:
        await install(here)
        for user in (MAYA, RAJ):
            for app in here.apps:
                await ask(here, app, user)

        async def storm(number):
            return await ask(here, here.apps[number % 2], f"U0STORM{number}")

        storming = [asyncio.create_task(storm(number)) for number in range(16)]
        await asyncio.wait(storming, return_when=asyncio.FIRST_COMPLETED)
        await here.slack.uninstall()
        answers = await asyncio.gather(*storming)
        await here.slack.settled()
        await rest(here)

        assert {status for status, _ in answers} == {200}
        assert [line for line in everything_in(redis_url).splitlines() if "STORM" in line] == []
        assert only_that_it_left(redis_url)
        assert await here.stores.agenda.dead() == []
        assert [line for line in lines() if line["event"] in ("a listener failed", "work failed")] == []


async def test_installed_again_it_starts_empty_on_every_worker(redis_url):
    async with installable(redis_url, workers=2) as here:
        await install(here)
        for app in here.apps:
            await ask(here, app)
        await rest(here)
        await here.slack.uninstall()
        await here.slack.settled()

        await install(here)

        for app in here.apps:
            assert await here.stores.of(TEAM).count("requests") == (app is here.apps[1])
            status, said = await ask(here, app)
            assert (status, NOT_INSTALLED in said) == (200, False)
        await rest(here)
        assert await here.stores.agenda.dead() == []


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
@pytest.mark.parametrize("owner", [TEAM, ORG])
async def test_a_late_farewell_changes_nothing_and_is_logged_once(redis_url, lines, kind, owner):
    async with installable(redis_url, workers=2) as here:
        await (install if owner == TEAM else org_wide)(here)
        before = (await here.stores.installations.find(owner)).installed_at - timedelta(seconds=1)

        for app in here.apps:
            assert await sent(here, app, farewell(kind, before, owner=owner)) == (200, "")

        assert await here.stores.installations.find(owner)
        late = [line for line in lines() if line["event"] == "late farewell"]
        assert [(line["workspace"], line["farewell"]) for line in late] == [(owner, kind)] * 2


@pytest.mark.parametrize("owner", [TEAM, ORG])
@pytest.mark.parametrize("first", [0, 1])
async def test_both_farewells_in_any_order_erase_and_sent_again_they_spare_the_next(redis_url, owner, first):
    async with installable(redis_url, workers=2) as here:
        arrive = install if owner == TEAM else org_wide
        await arrive(here)
        now = here.clock.now()
        both = [
            farewell(kind, now, owner=owner, event_ts=f"{now.timestamp():.6f}")
            for kind in ("app_uninstalled", "tokens_revoked")
        ]

        for body in (both[first], both[1 - first]):
            assert (await sent(here, here.apps[0], body))[0] == 200
        await rest(here)
        assert only_that_it_left(redis_url, owner)

        await arrive(here)
        for body in both:
            assert (await sent(here, here.apps[1], body))[0] == 200
        assert await here.stores.installations.find(owner)


async def test_an_org_wide_installation_is_erased_whole(redis_url):
    async with installable(redis_url, workers=2) as here:
        await org_wide(here)
        fields = {"enterprise_id": ORG, "is_enterprise_install": "true", "team_id": "T0ONE"}
        for app in here.apps:
            status, said = await ask(here, app, **fields)
            assert (status, NOT_INSTALLED in said) == (200, False)

        await sent(here, here.apps[0], farewell("app_uninstalled", here.clock.now(), owner=ORG))
        status, said = await ask(here, here.apps[1], **fields)
        await rest(here)

        assert (status, NOT_INSTALLED in said) == (200, True)
        assert only_that_it_left(redis_url, ORG)


async def test_after_its_token_is_revoked_a_command_says_so_and_due_work_rests(redis_url, lines):
    async with installable(redis_url, workers=2) as here:
        await install(here)
        await ask(here, here.apps[1])
        await rest(here)

        await sent(here, here.apps[0], farewell("tokens_revoked", here.clock.now()))

        for app in here.apps:
            status, said = await ask(here, app, RAJ)
            assert (status, NOT_INSTALLED in said) == (200, True)
        await rest(here)
        assert await here.stores.of(TEAM).count("requests") == 1
        assert await here.stores.agenda.dead() == []
        assert [line for line in lines() if line["event"] == "a listener failed"] == []


async def test_with_a_token_in_the_settings_a_farewell_before_the_last_start_is_late(http_world):
    async def say_goodbye(at):
        url = f"http://127.0.0.1:{http_world.app.port}/slack/events"
        return await post(url, http_world.slack.signing_secret, farewell("app_uninstalled", at))

    await http_world.slack.command(MAYA, "/ask-mentor", QUESTION)
    await http_world.settle()
    store = (await http_world.desk()).store

    assert await say_goodbye(http_world.now - timedelta(days=1)) == (200, "")
    assert await store.count("requests") == 1

    assert await say_goodbye(http_world.now) == (200, "")
    assert await store.count("requests") == 0
    answer = await http_world.slack.command(MAYA, "/ask-mentor", QUESTION)
    assert answer.ok
    assert await http_world.slack.message(MAYA, containing=NOT_INSTALLED)
    with pytest.raises(NotInstalled):
        await http_world.desk()

    await http_world.restart()
    await http_world.slack.command(MAYA, "/ask-mentor", QUESTION)
    assert await (await http_world.desk()).store.count("requests") == 1


async def test_what_an_earlier_release_installed_goes_on(redis_url):
    async with installable(redis_url, workers=2) as here:
        await install(here)
        with suppress(KeyError):
            await here.stores.wire.call("DEL", keys_of(TEAM).stay)

        status, said = await ask(here, here.apps[1])
        assert (status, NOT_INSTALLED in said) == (200, False)

        yesterday = here.clock.now() - timedelta(days=1)
        await sent(here, here.apps[0], farewell("app_uninstalled", yesterday))
        assert await here.stores.of(TEAM).count("requests") == 1

        await sent(here, here.apps[0], farewell("app_uninstalled", here.clock.now()))
        await rest(here)
        assert only_that_it_left(redis_url)


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECONDS = int(NOON.timestamp())


@pytest.mark.parametrize(
    ("facts", "stamp", "at"),
    [
        ({"event_time": SECONDS}, f"{SECONDS}.250000", NOON + timedelta(milliseconds=250)),
        ({"event_time": SECONDS}, None, NOON + timedelta(microseconds=999_999)),
        ({"event_time": SECONDS}, f"{SECONDS + 5}.000000", NOON + timedelta(microseconds=999_999)),
        ({"event_time": SECONDS}, "soon", NOON + timedelta(microseconds=999_999)),
        ({"event_time": "soon"}, None, None),
        ({"event_time": 10**15}, None, None),
        ({}, f"{SECONDS}.250000", None),
    ],
)
def test_an_event_happened_at_the_end_of_its_second_unless_its_stamp_is_finer(facts, stamp, at):
    assert happened_at(facts | {"event": {"event_ts": stamp}}) == at


def interaction(kind, **fields):
    payload = {"type": kind, "team": {"id": TEAM}, "user": {"id": MAYA, "team_id": TEAM}, **fields}
    return urlencode({"payload": json.dumps({"api_app_id": "A0WAYMARK", "trigger_id": "1.2"} | payload)})


FIELD = {"type": "input", "block_id": "question", "element": {"type": "plain_text_input", "action_id": "a"}}
VIEW = {"id": "V1", "type": "modal", "callback_id": "x", "state": {"values": {}}, "private_metadata": ""}
CHOOSING = {"action_id": "a", "block_id": "b", "value": "py", "view": VIEW}


async def test_every_interaction_is_told_in_its_own_way_that_the_app_is_gone(redis_url, lines):
    async with installable(redis_url) as here:

        async def answered(body):
            status, text = await sent(here, here.app, body)
            return status, json.loads(text or "{}")

        form = await answered(interaction("view_submission", view=VIEW | {"blocks": [FIELD]}))
        page = await answered(interaction("view_submission", view=VIEW | {"blocks": []}))
        choices = await answered(interaction("block_suggestion", **CHOOSING))
        press = await answered(interaction("block_actions", actions=[{"action_id": "a", "block_id": "b"}]))
        event = await answered(farewell("user_change", here.clock.now(), user={"id": MAYA}))

    assert NOT_INSTALLED in form[1]["errors"]["question"]
    assert NOT_INSTALLED in json.dumps(page[1]["view"])
    assert choices == (200, {"options": []})
    assert (press, event) == ((424, {}), (200, {})), "a press by nobody who can be told is not acknowledged"
    assert [line for line in lines() if line["level"] == "error"] == []

"""Installing in many workspaces: a state works once and in its own browser, and tokens are kept encrypted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from app_world import MANIFEST
from cryptography.fernet import Fernet
from redis import Redis

from mentoring.drafts import keep
from mentoring.errors import NotInstalled
from playground.driver import Playground
from slackapp.clock import Clock
from slackapp.manifest_export import for_http
from slackapp.oauth import STATE_SECONDS, installation_of
from slackapp.serving import open_manifest
from slackapp.settings import read
from slackapp.wiring import Tempo, running
from storage.keys import ALL_SHARDS

KEY = Fernet.generate_key().decode()


@asynccontextmanager
async def installable(redis_url, clock=None) -> AsyncIterator:
    """The app for many workspaces, beside a Slack in which it can be installed."""
    file = open_manifest(MANIFEST)
    declared = for_http(file.manifest, "https://waymark.example")
    async with Playground.start(manifest=declared) as slack:
        settings = read(
            {
                "SLACK_CLIENT_ID": slack.client_id,
                "SLACK_CLIENT_SECRET": slack.client_secret,
                "SLACK_SIGNING_SECRET": slack.signing_secret,
                "WAYMARK_SECRET_KEY": KEY,
                "SLACK_API_URL": slack.api_url,
                "REDIS_URL": redis_url,
                "HOST": "127.0.0.1",
                "PORT": "0",
            }
        )
        async with running(settings, file, clock or Clock(), Tempo(beat=0.5, post=0.0)) as app:
            slack.app_url = f"http://127.0.0.1:{app.port}/slack/events"
            yield slack, app, f"http://127.0.0.1:{app.port}/slack"


async def installed(session, base):
    async with session.get(f"{base}/install") as answer:
        return answer.status, await answer.text(), str(answer.url)


def browser():
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def test_a_workspace_installs_the_app_and_can_ask(redis_url):
    async with installable(redis_url) as (slack, app, base), browser() as session:
        status, text, _ = await installed(session, base)
        answer = await slack.command("U0MAYA", "/ask-mentor", "Why does my service stall? #python")
        await app.quiet()

        assert (status, "is installed" in text) == (200, True)
        assert answer.ok
        assert slack.dm("U0MAYA")


async def test_before_it_is_installed_a_request_says_so_and_saves_nothing(redis_url):
    async with installable(redis_url) as (slack, app, _):
        await slack.command("U0MAYA", "/ask-mentor", "Why does my service stall? #python")

        assert await slack.message("U0MAYA", containing="not installed")
        assert await app.worker.stores.of("T0PLAYGRND").count("requests") == 0


async def test_tokens_are_never_readable_in_redis(redis_url):
    async with installable(redis_url) as (_, app, base), browser() as session:
        await installed(session, base)

        with Redis.from_url(redis_url) as redis:
            kept = [redis.get(key) for key in redis.keys("*installation*")]
        found = await app.worker.stores.installations.find("T0PLAYGRND")
        assert found.bot_token.startswith("xoxb-")
        assert kept
        assert not any(b"xoxb-" in value for value in kept)
        assert "chat:write" in found.scopes


async def test_a_link_that_was_used_installs_nothing_again(redis_url):
    async with installable(redis_url) as (slack, _, base), browser() as session:
        _, _, url = await installed(session, base)
        exchanged = len(slack.calls("oauth.v2.access"))

        async with session.get(url) as again:
            assert again.status == 400
            assert "used already" in await again.text()
        assert len(slack.calls("oauth.v2.access")) == exchanged


async def test_a_link_made_for_another_browser_is_refused(redis_url):
    async with installable(redis_url) as (slack, _, base), browser() as one, browser() as other:
        async with one.get(f"{base}/install", allow_redirects=False) as answer:
            consent = answer.headers["location"]

        async with other.get(consent) as stolen:
            assert stolen.status == 400
        assert slack.calls("oauth.v2.access") == []


async def test_a_link_is_too_old_after_ten_minutes(redis_url):
    clock = Later()
    async with installable(redis_url, clock) as (_, _, base), browser() as session:
        async with session.get(f"{base}/install", allow_redirects=False) as answer:
            consent = answer.headers["location"]
        clock.by = timedelta(seconds=STATE_SECONDS + 61)

        session.cookie_jar.update_cookies(answer.cookies)
        async with session.get(consent) as late:
            assert late.status == 400
            assert "too old" in await late.text()


class Later(Clock):
    """A clock whose wall a test may put ahead."""

    by = timedelta(0)

    def wall(self):
        return super().wall() + self.by


async def test_a_refusal_on_slacks_side_is_said_kindly(redis_url):
    async with (
        installable(redis_url) as (_, _, base),
        browser() as session,
        session.get(f"{base}/oauth_redirect?error=access_denied") as answer,
    ):
        assert answer.status == 400
        assert "Nothing was changed" in await answer.text()


async def test_removing_the_app_forgets_its_token(redis_url):
    async with installable(redis_url) as (slack, app, base), browser() as session:
        await installed(session, base)

        await slack.uninstall()
        await slack.settled()

        assert await app.worker.stores.installations.find("T0PLAYGRND") is None


async def test_what_another_process_saw_removed_is_delivered_no_more_and_nobody_is_alarmed(redis_url):
    async with installable(redis_url) as (slack, app, base), browser() as session:
        await installed(session, base)
        desk = (await app.worker.workspaces.at("T0PLAYGRND")).desk
        now = datetime.now(UTC)
        await keep(desk, "U0MAYA", now, text="Anyone there?", source="dm", draft_id="d1")
        slack.app_url = None
        await slack.uninstall()
        await app.worker.stores.installations.drop("T0PLAYGRND")

        with pytest.raises(NotInstalled):
            await keep(desk, "U0MAYA", now, text="Anyone else?", source="dm", draft_id="d2")
        async with asyncio.timeout(10):
            while await app.worker.stores.notices.queue.length(ALL_SHARDS) or await postponed(app):
                await app.delivery.fill()
                await asyncio.sleep(0.05)

        assert await app.worker.stores.agenda.dead() == []


async def postponed(app):
    wire = app.worker.stores.wire
    return sum(await wire.calls([("ZCARD", shard.postponed) for shard in ALL_SHARDS]))


@pytest.mark.parametrize(("org_wide", "workspace"), [(False, "T1"), (True, "E1")])
def test_an_org_wide_installation_belongs_to_the_organisation(org_wide, workspace):
    granted = {
        "access_token": "xoxb-1",
        "bot_user_id": "U0BOT",
        "scope": "chat:write,commands",
        "team": None if org_wide else {"id": "T1", "name": "Team"},
        "enterprise": {"id": "E1", "name": "Org"},
        "is_enterprise_install": org_wide,
        "authed_user": {"id": "U1"},
    }

    made = installation_of(granted, datetime(2026, 11, 23, tzinfo=UTC))

    assert (made.workspace, made.is_enterprise, made.installed_by) == (workspace, org_wide, "U1")

"""Installing in many workspaces: a state works once and in its own browser, and tokens are kept encrypted."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import unquote, urlencode

import pytest
from app_installable import KEY, MAYA, TEAM, browser, consented, installable, installed
from app_world import MANIFEST
from cryptography.fernet import Fernet, InvalidToken
from patience import PATIENCE
from redis import Redis
from redis_servers import everything_in
from yarl import URL

from kernel.errors import NotInstalled
from mentoring.requests.drafts import keep
from slackapp.bootstrap.manifests import open_manifest
from slackapp.manifest.export import for_http
from slackapp.process.clock import Clock
from slackapp.process.errors import Stop
from slackapp.process.settings import read
from slackapp.transport.oauth import COOKIE, installation_of, redirect_of
from slackapp.transport.oauth_state import STATE_SECONDS, derived
from storage.connection.keys import ALL_SHARDS, keys_of


async def test_a_workspace_installs_the_app_and_can_ask(redis_url):
    async with installable(redis_url) as here, browser() as session:
        status, text, _ = await installed(session, here.base)
        answer = await here.slack.command(MAYA, "/ask-mentor", "Why does my service stall? #python")
        await here.app.quiet()

        assert (status, "is installed" in text, "missing" in text) == (200, True, False)
        assert answer.ok
        assert here.slack.dm(MAYA)


async def test_before_it_is_installed_a_request_says_so_and_saves_nothing(redis_url):
    async with installable(redis_url) as here:
        answer = await here.slack.command(MAYA, "/ask-mentor", "Why does my service stall? #python")

        assert answer.ok
        said = await here.slack.message(MAYA, containing="isn't installed")
        assert "Why does my service stall?" in said.words
        assert await here.stores.of(TEAM).count("requests") == 0


async def test_tokens_are_never_readable_in_redis(redis_url):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)

        with Redis.from_url(redis_url) as redis:
            kept = [redis.get(key) for key in redis.keys("*installation*")]
        found = await here.stores.installations.find(TEAM)
        assert found.bot_token.startswith("xoxb-")
        assert kept
        assert not any(b"xoxb-" in value for value in kept)
        assert "chat:write" in found.scopes


async def test_a_link_that_was_used_installs_nothing_again(redis_url):
    async with installable(redis_url) as here, browser() as session:
        _, _, url = await installed(session, here.base)
        exchanged = len(here.slack.calls("oauth.v2.access"))

        async with session.get(url) as again:
            assert again.status == 400
            assert "used already" in await again.text()
        assert len(here.slack.calls("oauth.v2.access")) == exchanged


async def test_a_link_made_for_another_browser_is_refused(redis_url):
    async with installable(redis_url) as here, browser() as one, browser() as other:
        back = await consented(one, here.base)

        async with other.get(back) as stolen:
            assert stolen.status == 400
        assert here.slack.calls("oauth.v2.access") == []


async def test_a_link_is_too_old_after_ten_minutes(redis_url):
    clock = Later()
    async with installable(redis_url, clock) as here, browser() as session:
        back = await consented(session, here.base)
        clock.by = timedelta(seconds=STATE_SECONDS + 61)

        async with session.get(back) as late:
            assert late.status == 400
            assert "too old" in await late.text()


class Later(Clock):
    """A clock whose wall a test may put ahead."""

    by = timedelta(0)

    def wall(self):
        return super().wall() + self.by


async def test_a_refusal_on_slacks_side_is_said_kindly(redis_url):
    async with (
        installable(redis_url) as here,
        browser() as session,
        session.get(f"{here.base}/oauth_redirect?error=access_denied") as answer,
    ):
        assert answer.status == 400
        assert "Nothing was changed" in await answer.text()


STRANGE = ["%C3%A9tat", "%00", "x" * 3000, "%ff", "%F0%9F%98%80", "%0d%0aset-cookie:a=b", "a&state=b", ""]


@pytest.mark.parametrize("state", STRANGE)
async def test_a_strange_state_is_refused_and_is_no_error(redis_url, state, lines):
    async with installable(redis_url) as here, browser() as session:
        for query in (f"code=1&state={state}", f"code={state}&state=1", f"state={state}", f"code={state}"):
            address = URL(f"{here.base}/oauth_redirect?{query}", encoded=True)
            cookie = {"cookie": f"{COOKIE}={unquote(state)}"} if unquote(state).isprintable() else {}
            async with session.get(address, headers=cookie) as answer:
                assert (answer.status, "Not installed" in await answer.text()) == (400, True)

        assert here.slack.calls("oauth.v2.access") == []
    assert [line for line in lines() if line["level"] != "info"] == []


async def test_a_doubled_parameter_is_refused(redis_url):
    async with installable(redis_url) as here, browser() as session:
        back = await consented(session, here.base)

        for more in ("&code=other", "&state=other"):
            async with session.get(back + more) as answer:
                assert answer.status == 400
        assert here.slack.calls("oauth.v2.access") == []


async def test_what_is_sealed_for_another_purpose_is_no_state_and_no_token_appears_in_redis(redis_url):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)
        sealed = await here.stores.wire.call("GET", keys_of(TEAM).installation)
        token = (await here.stores.installations.find(TEAM)).bot_token

        for state in (sealed, Fernet(KEY).encrypt(b"anything else").decode()):
            query = urlencode({"code": "x", "state": state})
            async with session.get(f"{here.base}/oauth_redirect?{query}", cookies={COOKIE: state}) as answer:
                assert answer.status == 400

        assert len(here.slack.calls("oauth.v2.access")) == 1
        assert token not in everything_in(redis_url)


async def test_a_state_is_no_stored_token_and_leaves_only_a_hash(redis_url):
    async with installable(redis_url) as here, browser() as session:
        back = await consented(session, here.base)
        state = URL(back).query["state"]
        async with session.get(back):
            pass

        with pytest.raises(InvalidToken):
            Fernet(KEY).decrypt(state)
        nonce = Fernet(derived(KEY)).decrypt(state)
        kept = everything_in(redis_url)
        assert sha256(nonce).hexdigest() in kept
        assert state not in kept
        assert repr(nonce)[2:-1] not in kept


async def test_of_twenty_at_once_on_two_workers_one_is_installed(redis_url):
    async with installable(redis_url, workers=2) as here, browser() as session:
        back = await consented(session, here.base)
        bases = [here.base_of(app) for app in here.apps]

        async def come_back(number):
            address = back.replace(here.base, bases[number % 2])
            async with session.get(address) as answer:
                return answer.status

        statuses = await asyncio.gather(*map(come_back, range(20)))

        assert sorted(statuses) == [200, *[400] * 19]
        assert len(here.slack.calls("oauth.v2.access")) == 1


async def test_a_state_survives_the_rotation_of_keys(redis_url):
    newer = Fernet.generate_key().decode()
    async with installable(redis_url) as here, browser() as session:
        back = await consented(session, here.base)
        rotated = await here.also(PORT="0", WAYMARK_SECRET_KEY=f"{newer}, {KEY}")
        async with session.get(back.replace(here.base, here.base_of(rotated))) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil/x?y#", "a@evil.example"])
async def test_nothing_is_made_of_the_callers_own_address(redis_url, host):
    lies = {"host": host, "x-forwarded-proto": "javascript", "x-forwarded-host": host}
    async with installable(redis_url) as here, browser() as session:
        async with session.get(f"{here.base}/install", headers=lies, allow_redirects=False) as answer:
            consent = URL(answer.headers["location"])

        assert consent.query["redirect_uri"] == f"{here.base}/oauth_redirect"
        assert "evil" not in str(answer.headers)


@pytest.mark.parametrize(
    ("url", "is_secure", "path"),
    [("https://waymark.example", True, "/slack"), ("https://waymark.example/in/it/", True, "/in/it/slack")],
)
async def test_the_cookie_is_as_the_public_address_is(redis_url, url, is_secure, path):
    async with installable(redis_url, WAYMARK_URL=url) as here, browser() as session:
        async with session.get(f"{here.base}/install", allow_redirects=False) as answer:
            cookie = answer.cookies[COOKIE]

        assert (bool(cookie["secure"]), cookie["path"], cookie["httponly"]) == (is_secure, path, True)


def test_without_a_public_address_it_does_not_start_and_the_manifest_may_name_it():
    given = {"SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "0123456789abcdef"}
    settings = read(given | {"WAYMARK_SECRET_KEY": KEY})
    manifest = open_manifest(MANIFEST).manifest
    named = replace(manifest, slack=for_http(manifest, "https://waymark.example"))

    with pytest.raises(Stop, match="WAYMARK_URL is missing"):
        redirect_of(settings, manifest)
    assert redirect_of(settings, named) == "https://waymark.example/slack/oauth_redirect"


async def test_missing_scopes_are_said_on_the_page_and_in_the_log(redis_url, lines):
    scopes = ["commands", "chat:write", "mpim:write"]
    async with installable(redis_url, scopes=scopes) as here, browser() as session:
        status, text, _ = await installed(session, here.base)

    assert (status, "Waymark is installed, but" in text) == (200, True)
    assert "im:history (messages to the app do not arrive)" in text
    assert f'href="{here.base}/install"' in text
    assert "files:write" not in text
    [line] = [it for it in lines() if it["event"] == "scopes missing"]
    assert {"users:read", "im:history"} <= set(line["scopes"])


async def test_removing_the_app_forgets_its_token(redis_url):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)

        await here.slack.uninstall()
        await here.slack.settled()

        assert await here.stores.installations.find(TEAM) is None


async def test_what_another_process_saw_removed_is_delivered_no_more_and_nobody_is_alarmed(redis_url):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)
        desk = (await here.app.worker.workspaces.at(TEAM)).desk
        now = datetime.now(UTC)
        await keep(desk, MAYA, now, text="Anyone there?", source="dm", draft_id="d1")
        here.slack.app_url = None
        await here.slack.uninstall()
        await here.stores.installations.drop(TEAM)

        with pytest.raises(NotInstalled):
            await keep(desk, MAYA, now, text="Anyone else?", source="dm", draft_id="d2")
        async with asyncio.timeout(PATIENCE):
            while await here.stores.notices.queue.length(ALL_SHARDS) or await postponed(here.app):
                await here.app.delivery.fill()
                await asyncio.sleep(0.05)

        assert await here.stores.agenda.dead() == []


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

"""Installing the app in many workspaces: the install page, and Slack's answer. Tokens are kept encrypted.

Every address is made of the one that is configured, never of what a caller says.
"""

import html
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from kernel.values import PersonId, WorkspaceId
from mentoring.admins import member_list
from mentoring.people.people import look_up
from slackapp.manifest.export import INSTALLED
from slackapp.manifest.file import ManifestFile
from slackapp.manifest.manifest import Manifest
from slackapp.process.errors import SlackSays, Stop
from slackapp.process.settings import Settings
from slackapp.transport.oauth_state import STATE_SECONDS, States
from slackapp.workspaces.scopes import consequences, missing
from slackapp.workspaces.slack_calls import post_form
from slackapp.workspaces.worker import Worker
from storage import Installation

log = structlog.get_logger()

COOKIE = "waymark-install"
LONGEST_CODE = 1000
OLD_LINK = "This link was used already or is too old. Start again from the install page."
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Waymark</title>
<style>body{{font:16px/1.6 system-ui;margin:15vh auto;max-width:32rem;padding:0 1rem}}</style></head>
<body><h1>{title}</h1>{body}</body></html>"""


class Installer:
    """Serves the two pages that an installation goes through."""

    def __init__(
        self, settings: Settings, worker: Worker, client: AsyncWebClient, manifest: ManifestFile
    ) -> None:
        assert settings.secret_key is not None
        self._settings, self._client, self._manifest = settings, client, manifest
        self._installations = worker.stores.installations
        self._workspaces, self._clock = worker.workspaces, worker.clock
        self._redirect = redirect_of(settings, manifest.manifest)
        self._states = States(settings.secret_key.get_secret_value(), self._installations, self._clock.wall)

    def add_to(self, site: web.Application) -> None:
        """Serve /slack/install and /slack/oauth_redirect."""
        site.add_routes(
            [web.get("/slack/install", self.install), web.get("/slack/oauth_redirect", self.finish)]
        )

    async def install(self, _request: web.Request) -> web.Response:
        """Send the browser to Slack, with a state that comes back."""
        state = self._states.made()
        answer = web.Response(status=302, headers={"location": self._address(state)})
        back = urlsplit(self._redirect)
        answer.set_cookie(
            COOKIE,
            state,
            max_age=STATE_SECONDS,
            httponly=True,
            samesite="Lax",
            path=back.path.rpartition("/")[0],
            secure=back.scheme == "https",
        )
        return answer

    async def finish(self, request: web.Request) -> web.Response:
        """Take the code that Slack sends back, once, and keep the tokens it is worth."""
        if "error" in request.query:
            return _page("Not installed", ["The installation was not allowed. Nothing was changed."], 400)
        code, state = _only(request, "code"), _only(request, "state")
        if not code or not state or state != request.cookies.get(COOKIE):
            wrong = "This link was not made for this browser. Start again from the install page."
            return _page("Not installed", [wrong], 400)
        if not await self._states.use(state):
            return _page("Not installed", [OLD_LINK], 400)
        try:
            granted = await post_form(self._client, "oauth.v2.access", self._exchange(code))
        except SlackSays as error:
            log.warning("installation failed", code=error.code)
            return _page("Not installed", ["Slack did not confirm the installation. Start again."], 502)
        installation = installation_of(granted, self._clock.now())
        await self._keep(installation)
        return self._welcome(installation)

    async def _keep(self, installation: Installation) -> None:
        await self._installations.save(installation)
        self._workspaces.forget(installation.workspace)
        log.info("installed", workspace=installation.workspace)
        desk = (await self._workspaces.at(installation.workspace)).desk
        await member_list.begin_anew(desk, self._clock.now())
        if installation.installed_by:
            await look_up(desk, installation.installed_by, self._clock.now())

    def _welcome(self, installation: Installation) -> web.Response:
        """Say that it is done, and which scopes are missing."""
        start = f"Open Slack and type /ask-mentor in {installation.name}."
        needed = missing(installation.scopes, self._manifest.manifest.slack).needed
        if not needed:
            return _page("Waymark is installed", [start])
        log.warning("scopes missing", workspace=installation.workspace, scopes=list(needed))
        again = self._redirect.removesuffix(INSTALLED) + "/slack/install"
        said = [f"Slack did not grant all that Waymark needs: {consequences(needed)}.", start]
        return _page("Waymark is installed, but something is missing", said, again=again)

    def _address(self, state: str) -> str:
        api = urlsplit(self._settings.api_url)
        query = {
            "client_id": self._settings.client_id or "",
            "scope": ",".join(self._manifest.manifest.slack["oauth_config"]["scopes"]["bot"]),
            "state": state,
            "redirect_uri": self._redirect,
        }
        return f"{api.scheme}://{api.netloc}/oauth/v2/authorize?{urlencode(query)}"

    def _exchange(self, code: str) -> dict[str, str]:
        secret = self._settings.client_secret
        return {
            "code": code,
            "redirect_uri": self._redirect,
            "client_id": self._settings.client_id or "",
            "client_secret": secret.get_secret_value() if secret else "",
        }


def installation_of(granted: dict[str, Any], now: datetime) -> Installation:
    """What Slack's answer to a code says; an org-wide installation belongs to the organisation."""
    team, enterprise = granted.get("team") or {}, granted.get("enterprise") or {}
    org_wide = bool(granted.get("is_enterprise_install"))
    owner = enterprise if org_wide else team
    return Installation(
        workspace=WorkspaceId(owner["id"]),
        bot_token=granted["access_token"],
        bot_id=granted.get("bot_id") or "",
        bot_user_id=granted["bot_user_id"],
        scopes=frozenset(filter(None, granted.get("scope", "").split(","))),
        app_id=granted.get("app_id") or "",
        name=owner.get("name") or "",
        is_enterprise=org_wide,
        enterprise_id=enterprise.get("id"),
        installed_by=PersonId((granted.get("authed_user") or {}).get("id", "")) or None,
        installed_at=now,
    )


def redirect_of(settings: Settings, manifest: Manifest) -> str:
    """Where Slack sends a browser back to, as the settings or the manifest say, or raise Stop."""
    if settings.url:
        return settings.url + INSTALLED
    named = manifest.slack["oauth_config"].get("redirect_urls") or ()
    ours = [address for address in named if address.endswith(INSTALLED)]
    if not ours:
        raise Stop(
            "WAYMARK_URL is missing: set it to the app's public address, like https://waymark.example.com, "
            f"or name the one that ends in {INSTALLED} under oauth_config.redirect_urls in manifest.yml."
        )
    return str(ours[0])


def _only(request: web.Request, name: str) -> str:
    """A plain parameter; nothing where it is missing, there twice, too long, or no plain word."""
    given = request.query.getall(name, [])
    is_plain = len(given) == 1 and given[0].isascii() and given[0].isprintable()
    return given[0] if is_plain and len(given[0]) <= LONGEST_CODE else ""


def _page(
    title: str, paragraphs: Sequence[str], status: int = 200, *, again: str | None = None
) -> web.Response:
    lines = [f"<p>{html.escape(text)}</p>" for text in paragraphs]
    if again:
        lines.append(f'<p><a href="{html.escape(again)}">Install it again</a> and allow all of it.</p>')
    body = PAGE.format(title=html.escape(title), body="".join(lines))
    return web.Response(text=body, status=status, content_type="text/html")

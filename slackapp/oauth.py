"""Installing the app in many workspaces: the install page, Slack's answer, and tokens kept encrypted.

A state is valid for ten minutes, in the browser that asked for it, and once.
"""

import html
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.web.async_client import AsyncWebClient

from mentoring.errors import Repeated
from mentoring.people import look_up
from mentoring.store import Changes
from mentoring.values import PersonId, WorkspaceId
from slackapp.errors import SlackSays
from slackapp.manifest_file import ManifestFile
from slackapp.settings import Settings
from slackapp.slack_calls import post_form
from slackapp.worker import Worker
from storage import Installation

log = structlog.get_logger()

STATE_SECONDS = 600
COOKIE = "waymark-install"
STATES = WorkspaceId("installing")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Waymark</title>
<style>body{{font:16px/1.6 system-ui;margin:15vh auto;max-width:32rem;padding:0 1rem}}</style></head>
<body><h1>{title}</h1><p>{text}</p></body></html>"""


class Installer:
    """Serves the two pages that an installation goes through."""

    def __init__(
        self, settings: Settings, worker: Worker, client: AsyncWebClient, manifest: ManifestFile
    ) -> None:
        assert settings.secret_key is not None
        self._settings, self._client, self._manifest = settings, client, manifest
        self._stores, self._workspaces, self._clock = worker.stores, worker.workspaces, worker.clock
        self._seal = Fernet(settings.secret_key.get_secret_value())

    def add_to(self, site: web.Application) -> None:
        """Serve /slack/install and /slack/oauth_redirect."""
        site.add_routes(
            [web.get("/slack/install", self.install), web.get("/slack/oauth_redirect", self.finish)]
        )

    async def install(self, request: web.Request) -> web.Response:
        """Send the browser to Slack, with a state that comes back."""
        state = self._seal.encrypt_at_time(Fernet.generate_key(), self._wall()).decode()
        answer = web.Response(status=302, headers={"location": self._address(state, _redirect(request))})
        answer.set_cookie(
            COOKIE,
            state,
            max_age=STATE_SECONDS,
            httponly=True,
            samesite="Lax",
            path="/slack",
            secure=_redirect(request).startswith("https"),
        )
        return answer

    async def finish(self, request: web.Request) -> web.Response:
        """Take the code that Slack sends back, once, and keep the tokens it is worth."""
        if problem := await self._flaw(request):
            return _page("Not installed", problem, 400)
        try:
            granted = await post_form(self._client, "oauth.v2.access", self._exchange(request))
        except SlackSays as error:
            log.warning("installation failed", code=error.code)
            return _page("Not installed", "Slack did not confirm the installation. Start again.", 502)
        installation = installation_of(granted, self._clock.now())
        await self._keep(installation)
        return _page("Waymark is installed", f"Open Slack and type /ask-mentor in {installation.name}.")

    async def _keep(self, installation: Installation) -> None:
        await self._stores.installations.save(installation)
        self._workspaces.forget(installation.workspace)
        log.info("installed", workspace=installation.workspace)
        if installation.installed_by:
            desk = (await self._workspaces.at(installation.workspace)).desk
            await look_up(desk, installation.installed_by, self._clock.now())

    async def _flaw(self, request: web.Request) -> str | None:
        """Return what is wrong with a browser that comes back from Slack, and use its state up."""
        if request.query.get("error"):
            return "The installation was not allowed. Nothing was changed."
        state = request.query.get("state", "")
        if not state or state != request.cookies.get(COOKIE) or "code" not in request.query:
            return "This link was not made for this browser. Start again from the install page."
        try:
            nonce = self._seal.decrypt_at_time(state, STATE_SECONDS, self._wall()).decode()
            await self._stores.of(STATES).commit(lambda read: (None, Changes()), once=nonce)
        except (InvalidToken, Repeated):
            return "This link was used already or is too old. Start again from the install page."
        return None

    def _address(self, state: str, redirect: str) -> str:
        api = urlsplit(self._settings.api_url)
        query = {
            "client_id": self._settings.client_id or "",
            "scope": ",".join(self._manifest.manifest.slack["oauth_config"]["scopes"]["bot"]),
            "state": state,
            "redirect_uri": redirect,
        }
        return f"{api.scheme}://{api.netloc}/oauth/v2/authorize?{urlencode(query)}"

    def _exchange(self, request: web.Request) -> dict[str, str]:
        secret = self._settings.client_secret
        return {
            "code": request.query["code"],
            "redirect_uri": _redirect(request),
            "client_id": self._settings.client_id or "",
            "client_secret": secret.get_secret_value() if secret else "",
        }

    def _wall(self) -> int:
        return int(self._clock.wall().timestamp())


def installation_of(granted: dict[str, Any], now: datetime) -> Installation:
    """Return what Slack's answer to a code says; an org-wide installation belongs to the organisation."""
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


def _redirect(request: web.Request) -> str:
    """Return where Slack sends the browser back to: the address that it came from, behind a proxy too."""
    scheme = request.headers.get("x-forwarded-proto", request.scheme).split(",")[0].strip()
    return f"{scheme}://{request.host}/slack/oauth_redirect"


def _page(title: str, text: str, status: int = 200) -> web.Response:
    body = PAGE.format(title=html.escape(title), text=html.escape(text))
    return web.Response(text=body, status=status, content_type="text/html")

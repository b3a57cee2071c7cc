"""The Web API's auth.*, apps.* and oauth.*: tokens, connections, install and uninstall."""

import secrets

from playground.acting import membership
from playground.foundation.errors import SlackError
from playground.foundation.gate import same
from playground.line.slack import Slack
from playground.web_api.calls import Answer, ApiCall, Method
from playground.workspace.cast import WORKSPACE
from playground.workspace.messages import APP_ID, BOT_ID
from playground.workspace.people import BOT_USER_ID, TEAM_ID


def auth_test(slack: Slack, _call: ApiCall) -> Answer:
    """auth.test"""
    return {
        "url": f"{slack.base_url}/",
        "team": WORKSPACE,
        "user": "waymark",
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def connections_open(slack: Slack, _call: ApiCall) -> Answer:
    """apps.connections.open: a WebSocket address that works once."""
    base = slack.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={slack.link.sockets.ticket()}&app_id={APP_ID}"}


def auth_revoke(slack: Slack, call: ApiCall) -> Answer:
    """auth.revoke: the token is worth nothing from now on."""
    if call.flag("test"):
        return {"revoked": False}
    membership.tell_revoked(slack)
    slack.revoke(call.token)
    return {"revoked": True}


def apps_uninstall(slack: Slack, call: ApiCall) -> Answer:
    """apps.uninstall"""
    _require_client(slack, call)
    membership.uninstall(slack)
    return {}


def authorize(slack: Slack, client_id: str, user: str) -> str:
    """The one-use code of a person who allowed the install."""
    if client_id != slack.credentials.client_id:
        raise SlackError("invalid_client_id")
    code = secrets.token_hex(16)
    slack.codes[code] = user
    return code


def oauth_access(slack: Slack, call: ApiCall) -> Answer:
    """oauth.v2.access: a code for a bot token."""
    _require_client(slack, call)
    user = slack.codes.pop(call.get("code"), None)
    if user is None:
        raise SlackError("invalid_code")
    return {
        "access_token": slack.grant(),
        "token_type": "bot",
        "scope": ",".join(slack.manifest.scopes),
        "bot_user_id": BOT_USER_ID,
        "app_id": APP_ID,
        "team": {"id": TEAM_ID, "name": WORKSPACE},
        "enterprise": None,
        "authed_user": {"id": user},
        "is_enterprise_install": False,
    }


def _require_client(slack: Slack, call: ApiCall) -> None:
    if call.get("client_id") != slack.credentials.client_id:
        raise SlackError("invalid_client_id")
    if not same(call.get("client_secret"), slack.credentials.client_secret):
        raise SlackError("bad_client_secret")


METHODS: dict[str, Method] = {
    "auth.test": Method(auth_test),
    "auth.revoke": Method(auth_revoke),
    "apps.connections.open": Method(connections_open, token="app"),
    "apps.uninstall": Method(apps_uninstall),
    "oauth.v2.access": Method(oauth_access, token="none"),
}

"""Who the app is in the one workspace whose token the settings hold."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from kernel.values import WorkspaceId
from slackapp.process.errors import SlackAway, SlackRefused, SlackSays, TokenRefused
from slackapp.workspaces.slack_calls import answered, part
from storage import Installation

log = structlog.get_logger()

PAUSES = (0.5, 1, 2, 4)


async def identify(
    client: AsyncWebClient, token: str, now: datetime, pauses: Sequence[float] = PAUSES
) -> Installation:
    """The installation that a bot token belongs to; raise SlackRefused with what to do.

    While Slack is away it is asked again after each pause.
    """
    for pause in pauses:
        try:
            return await ask_who(client, token, now)
        except SlackAway as error:
            log.warning("slack away", why=error.code)
            await asyncio.sleep(pause)
    try:
        return await ask_who(client, token, now)
    except SlackAway as error:
        raise SlackRefused(not_known(client.base_url, error)) from error


def not_known(address: str, away: SlackAway) -> str:
    """What to do where Slack has not said whose token it is: away, or out of patience, or no Slack at all."""
    return (
        f"Slack at {address} did not say whose SLACK_BOT_TOKEN this is ({away.code}): check the address, or "
        "try again in a minute."
    )


async def ask_who(client: AsyncWebClient, token: str, now: datetime) -> Installation:
    """The installation that a bot token belongs to; raise SlackRefused or SlackAway."""
    try:
        answer = await answered(client.auth_test(token=token))
    except TokenRefused as error:
        raise SlackRefused(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.code}): install the app again and copy its token."
        ) from error
    except SlackSays as error:
        raise SlackAway(error.code) from error
    team_id, user_id = part(answer, "team_id", str), part(answer, "user_id", str)
    enterprise = answer.get("enterprise_id")
    org_wide = bool(answer.get("is_enterprise_install"))
    return Installation(
        workspace=WorkspaceId(enterprise if org_wide and enterprise else team_id),
        bot_token=token,
        bot_id=answer.get("bot_id") or "",
        bot_user_id=user_id,
        scopes=_scopes(str(answer.headers.get("x-oauth-scopes", ""))),
        name=answer.get("team") or "",
        is_enterprise=org_wide,
        enterprise_id=enterprise,
        installed_at=now,
    )


def _scopes(told: str) -> frozenset[str] | None:
    """The scopes that Slack names with an answer; None where it names none: each token has some."""
    return frozenset(filter(None, map(str.strip, told.split(",")))) or None

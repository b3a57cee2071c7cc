"""One call to Slack's Web API, with its failures sorted by what can be done about them."""

import builtins
from collections.abc import Awaitable, Mapping
from math import isfinite
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from slackapp.process.errors import (
    AnswerLost,
    MessageGone,
    RateLimited,
    SlackAway,
    SlackSays,
    TokenRefused,
    Undeliverable,
)
from slackapp.process.logs import slack_code

T = TypeVar("T")
TRANSIENT = frozenset(
    [
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_added_to_org",
        "rollup_error",
        "org_login_required",  # the workspace is on its way into an organisation
        "external_channel_migrating",
        "ekm_access_denied",  # its admins have suspended what is encrypted with their keys
        "accesslimited",
    ]
)
GONE = frozenset(["message_not_found", "cant_update_message", "edit_window_closed", "cant_edit_message"])
REFUSED = frozenset(["invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"])
UNDELIVERABLE = frozenset(
    [
        "channel_not_found",
        "user_not_found",
        "user_disabled",
        "is_archived",
        "not_in_channel",
        "restricted_action",
        "messages_tab_disabled",
        "missing_scope",
        "msg_too_long",
        "invalid_blocks",
        "invalid_arguments",
        "hash_conflict",
        "not_enabled",
        "method_not_supported_for_channel_type",
    ]
)
LIMITED = frozenset(["ratelimited", "rate_limited"])
OUTCOMES = TRANSIENT | GONE | REFUSED | UNDELIVERABLE | LIMITED
TIMEOUT = 15.0
LONGEST_PATIENCE = 3600.0  # Slack names seconds; what asks for more is somebody else, or a slip
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
AWAY = (TimeoutError, aiohttp.ClientError, OSError)
# What Slack's client makes of an answer that is none of Slack's: a proxy's page, a list, another encoding.
NO_ANSWER = "no_answer_of_slack"
ODD = (AttributeError, TypeError, ValueError)


def web_client(
    session: aiohttp.ClientSession, api_url: str, token: str | None, team_id: str | None = None
) -> AsyncWebClient:
    """A client that shares connections and never sleeps by itself: who calls decides about waiting."""
    # slack_sdk's own retry handlers sleep, which must never happen between a request and its answer.
    return AsyncWebClient(token=token, base_url=api_url, session=session, team_id=team_id, retry_handlers=[])


def web_session() -> aiohttp.ClientSession:
    """The connections that every call of this process shares."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))


async def call(client: AsyncWebClient, method: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Slack's answer, or raise RateLimited, SlackAway, MessageGone, TokenRefused or Undeliverable."""
    return await _answer(client.api_call(method, json=payload))


async def ask(client: AsyncWebClient, method: str, params: dict[str, Any]) -> dict[str, Any]:
    """What a reading method answers (its arguments go in the address). Raises as *call* does."""
    return await _answer(client.api_call(method, http_verb="GET", params=params))


async def post_form(client: AsyncWebClient, method: str, fields: dict[str, str]) -> dict[str, Any]:
    """What a method answers that takes a form, as OAuth's do. Raises as *call* does."""
    return await _answer(client.api_call(method, data=fields))


async def _answer(request: Awaitable[AsyncSlackResponse]) -> dict[str, Any]:
    response = await answered(request)
    return response.data if isinstance(response.data, dict) else {}


async def answered(request: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Slack's answer with its headers. Raises as *call* does: only a word of Slack's own is a refusal."""
    try:
        return await request
    except SlackApiError as error:
        raise _sorted(error) from error
    except NOT_SENT as error:
        raise SlackAway(type(error).__name__) from error
    except AWAY as error:
        raise AnswerLost(type(error).__name__) from error
    except ODD as error:
        raise AnswerLost(NO_ANSWER) from error


def part(answer: Mapping[str, Any] | AsyncSlackResponse, name: str, type: builtins.type[T]) -> T:
    """What Slack's answer always holds; raise AnswerLost where it is not there: then Slack never answered."""
    found = answer.get(name)
    if not isinstance(found, type) or (not found and type is str):
        raise AnswerLost(NO_ANSWER)
    return found


def outcome(error: SlackSays) -> str:
    """How the figures name a failure: Slack's own word, where it is one of the usual ones."""
    if isinstance(error, SlackAway) and error.code not in OUTCOMES:
        return "away"
    return error.code if error.code in OUTCOMES else "other"


def _sorted(error: SlackApiError) -> Exception:
    code = slack_code(error)
    status = getattr(error.response, "status_code", getattr(error.response, "status", 200))
    if status == 429 or code in LIMITED:
        return RateLimited(_retry_after(error))
    if code in GONE:
        return MessageGone(code)
    if code in REFUSED:
        return TokenRefused(code)
    if status >= 500 or code in TRANSIENT:
        is_of_slack = isinstance(getattr(error.response, "data", None), dict)
        return AnswerLost(code, has_ended=is_of_slack and code != "request_timeout")
    return Undeliverable(code)


def _retry_after(error: SlackApiError) -> float:
    """The seconds that Slack asks for; one where what it says is no number, and an hour at most."""
    headers = {str(k).lower(): v for k, v in getattr(error.response, "headers", {}).items()}
    value = headers.get("retry-after", "1")
    try:
        seconds = float(value[0] if isinstance(value, list) else value)
    except ValueError:
        seconds = 1.0
    return min(max(seconds, 0.0), LONGEST_PATIENCE) if isfinite(seconds) else 1.0

"""Slack's Web API over HTTP: tokens, scopes, faults, the log; the methods themselves are in *_methods."""

import asyncio
import base64
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from aiohttp import web
from pydantic import ValidationError

from playground.foundation.errors import ServerFailure, SlackError, TooManyCalls
from playground.line.slack import Slack
from playground.web_api import (
    agent_methods,
    app_methods,
    chat_methods,
    file_methods,
    history_methods,
    people_methods,
    view_methods,
)
from playground.web_api.calls import Answer, ApiCall, Method, decoded, require_scope
from playground.web_api.incoming import arguments

RESPONSE_URL = "response_url"
METHODS: Mapping[str, Method] = {
    **agent_methods.METHODS,
    **app_methods.METHODS,
    **chat_methods.METHODS,
    **file_methods.METHODS,
    **history_methods.METHODS,
    **people_methods.METHODS,
    **view_methods.METHODS,
}


class ApiReply(NamedTuple):
    """What goes back to the app."""

    status: int
    answer: Answer
    headers: Mapping[str, str] = {}


FAILED = ApiReply(500, {"ok": False, "error": "internal_error"})


async def api(slack: Slack, request: web.Request) -> web.Response:
    """Answer POST or GET /api/<method>."""
    started, method = time.perf_counter(), request.match_info["method"]
    args = await arguments(request)
    if slack.faults.slow_ms:
        await asyncio.sleep(slack.faults.slow_ms / 1_000)
    reply = _reply(slack, method, args, _token(request, args))
    is_lost = reply.status == HTTPStatus.OK and slack.faults.loses(method)
    _log(slack, request, args, reply, started)
    return _sent(request, reply, is_lost=is_lost)


async def respond(slack: Slack, request: web.Request) -> web.Response:
    """Answer POST /respond/<key>, a response URL; what befalls calls befalls `response_url`, too."""
    started = time.perf_counter()
    args = await arguments(request)
    try:
        slack.faults.check(RESPONSE_URL)
        chat_methods.respond(slack, request.match_info["key"], decoded(args))
        reply = ApiReply(200, {"ok": True})
    except ValidationError:
        reply = ApiReply(400, SlackError("invalid_arguments").payload())
    except TooManyCalls as error:
        reply = ApiReply(429, error.payload(), {"Retry-After": str(error.retry_after)})
    except SlackError as error:
        reply = ApiReply(404 if error.code.endswith("_url") else 400, error.payload())
    except ServerFailure:
        reply = FAILED
    is_lost = reply.status == HTTPStatus.OK and slack.faults.loses(RESPONSE_URL)
    _log(slack, request, args, reply, started)
    return _sent(request, reply, is_lost=is_lost)


def _sent(request: web.Request, reply: ApiReply, *, is_lost: bool) -> web.Response:
    """What goes back; where it gets lost, it finds the line cut."""
    if is_lost and request.transport is not None:
        request.transport.close()
    return web.json_response(reply.answer, status=reply.status, headers=reply.headers)


def _reply(slack: Slack, method: str, args: Mapping[str, Any], token: str) -> ApiReply:
    try:
        slack.faults.check(method)
        slack.faults.check_refused(method, args)
        answer = {"ok": True, **_answered(slack, ApiCall(method, decoded(args), token))}
        granted = {"X-OAuth-Scopes": ",".join(slack.manifest.scopes)} if token in slack.bot_tokens else {}
        return ApiReply(200, answer, granted)
    except ValidationError:
        return ApiReply(200, SlackError("invalid_arguments").payload())
    except TooManyCalls as error:
        return ApiReply(429, error.payload(), {"Retry-After": str(error.retry_after)})
    except SlackError as error:
        return ApiReply(200, error.payload())
    except ServerFailure:
        return FAILED


def _answered(slack: Slack, call: ApiCall) -> Answer:
    method = METHODS.get(call.method)
    if method is None:
        raise SlackError("unknown_method", req_method=call.method)
    _authenticate(slack, method, call.token)
    if method.token == "bot":
        require_scope(slack, *method.scopes)
    return method.answer(slack, call)


def _authenticate(slack: Slack, method: Method, token: str) -> None:
    if method.token == "none":
        return
    if not token:
        raise SlackError("not_authed")
    # An app-level token opens connections and nothing else; a bot token does all the rest.
    is_app = token == slack.credentials.app_token
    if is_app != (method.token == "app") and (is_app or token in slack.bot_tokens):
        raise SlackError("not_allowed_token_type")
    if not is_app and token not in slack.bot_tokens:
        revoked = token.startswith(slack.credentials.bot_token)
        raise SlackError("token_revoked" if revoked else "invalid_auth")


def _token(request: web.Request, args: dict[str, Any]) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        args |= _client(secret)
    return secret.strip() if scheme == "Bearer" else str(args.pop("token", ""))


def _client(secret: str) -> Mapping[str, str]:
    """The client's id and secret as HTTP's own way of signing in carries them."""
    try:
        client, _, client_secret = base64.b64decode(secret).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client, "client_secret": client_secret}


def _log(
    slack: Slack, request: web.Request, args: Mapping[str, Any], reply: ApiReply, started: float
) -> None:
    method = request.match_info.get("method")
    slack.journal.write(
        "app",
        "web_api" if method else RESPONSE_URL,
        method or RESPONSE_URL,
        str(reply.answer.get("error") or "ok"),
        status=reply.status,
        ms=(time.perf_counter() - started) * 1_000,
        request=args,
        response=reply.answer,
        headers={**request.headers, **reply.headers},
    )
    slack.feed.publish({"type": "log", "last": slack.journal.last})

"""Gives each listener what it works with, and turns away people of other workspaces."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from mentoring.values import PersonId
from slackapp.authorize import workspace_of
from slackapp.worker import Worker

log = structlog.get_logger()

FAREWELLS = frozenset(["app_uninstalled", "tokens_revoked"])
STRANGER = (
    "Waymark works for members of the workspace it is installed in, and you seem to belong to another one. "
    "Ask the person you are talking with to put your question, or ask your own admins to install Waymark."
)


class Welcome(AsyncMiddleware):
    """Puts `desk`, `now`, `me`, `terms` and `notices` into Bolt's context."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Go on with a furnished context, or end here with a kind word."""
        # A removed app has no installation any more, and these two events come in any order.
        if req.body.get("event", {}).get("type") in FAREWELLS:
            return await next()
        context = req.context
        if _is_stranger(req.body, {context.team_id, context.enterprise_id}):
            return await _turn_away(req)
        context["desk"] = (await self._worker.workspaces.at(workspace_of(context))).desk
        context["now"] = self._worker.clock.now()
        context["me"] = PersonId(context.user_id or "")
        context["terms"] = self._worker.terms
        context["notices"] = self._worker.stores.notices
        return await next()


def _is_stranger(body: dict[str, Any], ours: set[str | None]) -> bool:
    """Return whether whoever acts belongs to a workspace that is none of *ours*."""
    user, event = body.get("user"), body.get("event") or {}
    home = (user or {}).get("team_id") if isinstance(user, dict) else event.get("user_team")
    return bool(home) and home not in ours and not body.get("is_enterprise_install")


async def _turn_away(req: AsyncBoltRequest) -> BoltResponse:
    log.info("stranger turned away", kind=req.body.get("type", "command"))
    if req.body.get("response_url") and req.context.respond:
        await req.context.respond(STRANGER)
    if "command" in req.body:
        body = json.dumps({"response_type": "ephemeral", "text": STRANGER})
        return BoltResponse(status=200, body=body, headers={"content-type": "application/json"})
    return BoltResponse(status=200, body="")

"""Gives each listener what it works with, and lets only those act who may.

What a payload itself says of whoever acts is compared with the installation; what Slack has said of them when
they were looked up is known from then on. Whoever has never been met is looked up at their first contact,
before anything is planned by their clock.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Literal

import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.block_kit import payload
from handlers.block_kit.payload import Sent, Someone, part
from handlers.messages import BY_PEOPLE
from kernel.desk import Desk
from kernel.errors import NotAMember
from kernel.store import Key
from kernel.values import PersonId
from mentoring.model.person import Person
from mentoring.people import people
from slackapp.process.errors import SlackSays
from slackapp.workspaces.authorize import workspace_of
from slackapp.workspaces.people import looked_up
from slackapp.workspaces.worker import Worker
from storage import Installation
from storage.connection.errors import StorageAway

log = structlog.get_logger()

FAREWELLS = frozenset(["app_uninstalled", "tokens_revoked"])
NOBODY_ACTS = frozenset(["user_change", *FAREWELLS])
WITHIN = 1.5  # seconds of Slack's three
TURNED_AWAY = frozenset(["left", "outside", "bot"])
Next = Callable[[], Awaitable[BoltResponse]]
Home = Literal["ours", "elsewhere", "unclear"]


class Unfold(AsyncMiddleware):
    """Takes a choice of a menu of buttons for a press of the button that it stands for."""

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse:
        """Go on with the press."""
        payload.unfold(req.body)
        return await next()


class Welcome(AsyncMiddleware):
    """Puts `desk`, `now`, `me`, `home` (where *me* is), `terms`, `scopes`, `notices` into Bolt's context."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse:
        """Go on with what listeners need in the context; people of other workspaces are refused."""
        context = req.context
        context["turned_down"] = self._turned_down
        event = part(req.body, "event").get("type")
        # A removed app has no installation any more, and these two events come in any order.
        if event in FAREWELLS:
            return await next()
        place = await self._worker.workspaces.at(workspace_of(context))
        context["home"] = "ours" if event in NOBODY_ACTS else home_of_actor(req.body, place.installation)
        context["me"] = _me(context, is_event="event" in req.body)
        if context["home"] == "elsewhere":
            raise NotAMember(context["me"], "outside")
        context["desk"] = place.desk
        context["now"] = self._worker.clock.now()
        context["terms"] = self._worker.terms
        context["scopes"] = place.installation.scopes
        context["notices"] = self._worker.stores.notices
        return await next()

    def _turned_down(self, why: str) -> None:
        self._worker.metrics.turned_down.labels(why).inc()
        log.info("turned down", why=why)


class Membership(AsyncMiddleware):
    """Lets members and guests act; whom nobody has met is looked up, and known strangers are refused.

    It stands behind the safety gate: whom to turn to in danger is said to anyone, and without storage.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Next) -> BoltResponse:
        """Go on, or refuse."""
        context, event = req.context, part(req.body, "event")
        if "desk" in context and context["me"] and event.get("type") not in NOBODY_ACTS:
            acts = "event" not in req.body or _is_written(event) or context["home"] == "unclear"
            standing = await self._standing(context["desk"], context["me"], context, acts=acts)
            if standing in TURNED_AWAY or (standing == "unknown" and context["home"] == "unclear"):
                raise NotAMember(context["me"], standing)
        return await next()

    async def _standing(self, desk: Desk, me: PersonId, context: AsyncBoltContext, *, acts: bool) -> str:
        """What is known of whoever acts; without storage nothing is, and nothing can be changed."""
        try:
            person = await desk.store.look(lambda read: read.find(Person, me), load=[Key(Person, me)])
            # Slack tells of what apps write and of opened tabs, too: whoever does no more is not kept.
            if acts and (person is None or person.standing == "unknown"):
                person = await self._met(desk, me, context) or person
        except StorageAway:
            return "unknown"
        return person.standing if person else "unknown"

    async def _met(self, desk: Desk, me: PersonId, context: AsyncBoltContext) -> Person | None:
        """Look somebody up now; where Slack takes too long for that, it is done later, and None returned."""
        place = await self._worker.workspaces.at(workspace_of(context))
        try:
            async with asyncio.timeout(WITHIN):
                facts = await looked_up(place, me)
        except (SlackSays, TimeoutError) as error:
            log.info("looked up later", why=error.code if isinstance(error, SlackSays) else "timeout")
            await people.look_up(desk, me, context["now"])
            return None
        return await people.meet(desk, facts, context["now"])


def _is_written(event: Mapping[str, Any]) -> bool:
    """Whether an event is a message that a person has just written."""
    is_of_person = "bot_id" not in event and event.get("subtype") in BY_PEOPLE
    return event.get("type") == "message" and is_of_person


class _Actor(Sent):
    id: Someone


def _me(context: AsyncBoltContext, *, is_event: bool) -> PersonId:
    """Who acts; in an event that may be nobody."""
    if context.user_id is None and is_event:
        return PersonId("")
    return payload.read(_Actor, {"id": context.user_id}).id


def home_of_actor(body: Mapping[str, Any], installation: Installation) -> Home:
    """Where whoever acts belongs, as far as the payload itself says.

    In an org-wide install a workspace is ours where the payload says so of it; else only a look-up can tell.
    """
    said = set(_said_of_actor(body))
    ours = {installation.workspace, installation.enterprise_id} - {None}
    if installation.is_enterprise:
        ours |= set(_workspaces_of(body, installation.workspace))
    foreign = said - ours
    if not said:
        return "unclear" if body.get("is_ext_shared_channel") is True else "ours"
    if not foreign:
        return "ours"
    is_other_org = any(id.startswith("E") for id in foreign)
    return "elsewhere" if is_other_org or not installation.is_enterprise else "unclear"


def _said_of_actor(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of workspaces and organisations that a payload names as those of whoever acts."""
    user, event = part(body, "user"), part(body, "event")
    named = [
        user.get("team_id"),
        user.get("enterprise_id"),
        part(user, "enterprise_user").get("enterprise_id"),
    ]
    named += [event.get("user_team"), event.get("source_team")]
    named += [event.get("team")] if event.get("type") == "message" else []
    yield from (str(id) for id in named if id)


def _workspaces_of(body: Mapping[str, Any], organisation: str) -> Iterator[str]:
    """Yield the workspaces that a payload says belong to an organisation."""
    granted, is_shared = body.get("authorizations"), body.get("is_ext_shared_channel") is True
    parts = [part(body, "team"), {} if is_shared else body, *(granted if isinstance(granted, list) else [])]
    for each in (each for each in parts if isinstance(each, dict)):
        id = each.get("id") or each.get("team_id")
        if each.get("enterprise_id") == organisation and isinstance(id, str):
            yield id

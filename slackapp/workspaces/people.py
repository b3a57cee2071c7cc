"""What Slack says about people and about the app's own stay in a workspace, on its way to the domain."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from kernel.desk import Desk
from kernel.store import Due
from kernel.values import PersonId, WorkspaceId
from kernel.working_hours import zone_of
from mentoring.admins.member_list import Member
from mentoring.model.person import Person, SlackFacts, Standing
from mentoring.people import people
from slackapp.process.errors import Undeliverable
from slackapp.workspaces.authorize import workspace_of
from slackapp.workspaces.slack_calls import ask, part
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place
from storage import Installation, InstalledSince

log = structlog.get_logger()

PAGE = 200  # what Slack recommends: at its pace of twenty pages a minute, 100,000 people in 25 minutes
STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{6}")
FAR = 1 << 32
VACATION = frozenset([":palm_tree:", ":desert_island:", ":beach_with_umbrella:"])
UNSEEN = ("user_not_found", "user_not_visible", "users_not_found")


def facts_of(user: Mapping[str, Any], home: Collection[str]) -> SlackFacts:
    """What a user object of Slack tells the domain. *home* are the ids of the installed workspace."""
    profile = user.get("profile") or {}
    return SlackFacts(
        id=PersonId(user["id"]),
        real_name=profile.get("real_name") or user.get("real_name") or "",
        name=profile.get("display_name") or profile.get("real_name") or user.get("name") or user["id"],
        title=profile.get("title") or "",
        email=profile.get("email") or None,
        zone=zone_of(user.get("tz"), user.get("tz_offset")),
        locale=user.get("locale") or None,
        standing=standing_of(user, home),
        is_admin=any(user.get(flag) for flag in ("is_admin", "is_owner", "is_primary_owner")),
        vacation_until=_vacation(profile),
    )


def _vacation(profile: Mapping[str, Any]) -> datetime | None:
    """When a vacation ends that the status shows; Slack gives seconds, and 0 where it has no end."""
    end = profile.get("status_expiration")
    is_vacation = profile.get("status_emoji") in VACATION and isinstance(end, int) and 0 < end < FAR
    return datetime.fromtimestamp(end, UTC) if is_vacation and isinstance(end, int) else None


def standing_of(user: Mapping[str, Any], home: Collection[str]) -> Standing:
    """How a person stands to the workspace: left before bot before outside before guest."""
    if user.get("deleted"):
        return "left"
    if user.get("is_bot") or user["id"] == "USLACKBOT":
        return "bot"
    team = (user.get("enterprise_user") or {}).get("enterprise_id") or user.get("team_id")
    if user.get("is_stranger") or (team and team not in home and user.get("team_id") not in home):
        return "outside"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    return "active"


def home_of(installation: Installation) -> frozenset[str]:
    """The ids by which Slack names the installed workspace or organisation."""
    return frozenset(filter(None, (installation.workspace, installation.enterprise_id)))


class Acquaintance:
    """Looks people up in Slack, keeps up with their changes, and says goodbye to workspaces."""

    def __init__(self, worker: Worker) -> None:
        self._stores, self._workspaces, self._clock = worker.stores, worker.workspaces, worker.clock

    async def meet(self, due: Due) -> None:
        """Perform the agenda's `meet`: look a person up and tell the domain."""
        place = await self._workspaces.at(due.workspace)
        facts = await looked_up(place, PersonId(due.thing))
        await people.meet(place.desk, facts, self._clock.now(), due=due)

    def register(self, app: AsyncApp) -> None:
        """Listen to what Slack tells about people and about the installation."""
        app.event("user_change")(self.changed)
        app.event("app_uninstalled")(self.uninstalled)
        app.event("tokens_revoked")(self.revoked)

    async def changed(self, event: dict[str, Any], desk: Desk, context: AsyncBoltContext) -> None:
        """Take over a change of someone whom the app knows."""
        place = await self._workspaces.at(workspace_of(context))
        facts = facts_of(event["user"], home_of(place.installation))
        # Slack tells of everyone in the workspace; only those who have used the app are kept.
        if await desk.store.look(lambda read: read.find(Person, facts.id)):
            await people.meet(desk, facts, self._clock.now())

    async def uninstalled(self, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Forget everything of a workspace that has removed the app."""
        workspace = workspace_of(context)
        with _unless_late(workspace, "app_uninstalled"):
            keys = await self._stores.erase(workspace, happened_at(body))
            self._workspaces.forget(workspace)
            log.info("workspace erased", workspace=workspace, keys=keys)

    async def revoked(self, body: dict[str, Any], event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Forget the token of a workspace; what people wrote stays until the app is removed."""
        workspace = workspace_of(context)
        if event.get("tokens", {}).get("bot"):
            with _unless_late(workspace, "tokens_revoked"):
                await self._stores.installations.drop(workspace, happened_at(body))
                self._workspaces.forget(workspace)
                log.info("token revoked", workspace=workspace)


async def looked_up(place: Place, person_id: PersonId) -> SlackFacts:
    """What Slack says of somebody now; whom it does not show to the app belongs elsewhere."""
    try:
        answer = await ask(place.client, "users.info", {"user": person_id, "include_locale": "true"})
    except Undeliverable as error:
        if error.code not in UNSEEN:
            raise
        return SlackFacts(id=person_id, name=person_id, standing="outside")
    return facts_of(part(answer, "user", dict), home_of(place.installation))


def happened_at(body: Mapping[str, Any]) -> datetime | None:
    """When an event happened, at the latest.

    Slack gives whole seconds, and mostly a stamp inside that second. Without one it may be the second's end:
    what is removed in the second in which it was installed is gone.
    """
    second, stamp = body.get("event_time"), body["event"].get("event_ts")
    if not isinstance(second, int) or not 0 <= second < FAR:
        return None
    is_inside = isinstance(stamp, str) and STAMP.fullmatch(stamp) and int(stamp.partition(".")[0]) == second
    within = timedelta(microseconds=int(stamp.partition(".")[2]) if is_inside else 999_999)
    return datetime.fromtimestamp(second, UTC) + within


@contextmanager
def _unless_late(workspace: WorkspaceId, farewell: str) -> Iterator[None]:
    """Let a farewell to an installation that has been followed by another have no effect."""
    try:
        yield
    except InstalledSince:
        log.info("late farewell", workspace=workspace, farewell=farewell)


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Some members, and where Slack goes on; nowhere after the last."""

    members: tuple[Member, ...]
    cursor: str


async def members_page(place: Place, cursor: str = "") -> MembersPage:
    """One page of the members. Raises as *ask* does: RateLimited says when to try again."""
    home, params = home_of(place.installation), {"limit": PAGE, "include_locale": "true"}
    answer = await ask(place.client, "users.list", params | ({"cursor": cursor} if cursor else {}))
    found = tuple(
        Member(facts=facts_of(user, home), handle=user.get("name") or "")
        for user in part(answer, "members", list)
    )
    return MembersPage(found, (answer.get("response_metadata") or {}).get("next_cursor") or "")

"""Who there is in a workspace: Slack's users.list, a page at a time, at the pace that Slack allows.

The agenda's `read_members` goes through it in the background once a day: for who steers, and where a model
may speak for the names that are hidden from it. What was read is kept, so a restart goes on where it was.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from coaching.guide import consent
from kernel.errors import LockedOut, NotInstalled, Unreadable
from kernel.store import Due
from kernel.values import WorkspaceId
from mentoring.admins import admins, alerts, topics_in_use
from mentoring.admins import member_list as members
from slackapp.process.errors import RateLimited, SlackAway, TokenRefused, Undeliverable
from slackapp.workspaces.people import members_page
from slackapp.workspaces.worker import Worker
from slackapp.workspaces.workspaces import Place

log = structlog.get_logger()

LOST = "invalid_cursor"
AWAY_FOR = timedelta(minutes=5)


class Members:
    """Reads the members of all workspaces."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def begin(self, workspaces: Iterable[WorkspaceId]) -> None:
        """Have the members read in these workspaces, where that is not planned yet."""
        for workspace in workspaces:
            # Where no token opens or a newer release wrote, whoever mends that starts the app anew.
            with suppress(NotInstalled, LockedOut, Unreadable):
                place, now = await self._worker.workspaces.at(workspace), self._worker.clock.now()
                await members.want(place.desk, now, names=False)
                await alerts.reach(place.desk, now)

    async def read(self, due: Due) -> None:
        """Perform one entry: read a page and write it down; first drop names that nobody needs any more."""
        place, now = await self._worker.workspaces.at(due.workspace), self._worker.clock.now()
        if place.installation.is_enterprise:  # for a whole organisation Slack has no such list
            await admins.none_listed(place.desk, now)
            return await members.forget(place.desk, now, due)
        listed, names = await members.known(place.desk), self._are_names_needed(place)
        if listed.has_pages and not names:
            return await members.forget(place.desk, now, due, then_read=True)
        if listed.reading and listed.reading.has_names != names:
            return await members.begin_anew(place.desk, now, due)
        return await self._read_on(place, listed.reading.cursor if listed.reading else "", names, now, due)

    async def _read_on(self, place: Place, cursor: str, names: bool, now: datetime, due: Due) -> None:
        try:
            read = await members_page(place, cursor)
        except RateLimited as error:
            until = now + max(timedelta(seconds=error.after), members.PAUSE)
            await members.put_off(place.desk, until, now, due)
        except SlackAway as error:
            log.warning("members not read yet", workspace=due.workspace, why=error.code)
            await members.put_off(place.desk, now + AWAY_FOR, now, due)
        except (Undeliverable, TokenRefused) as error:
            if error.code == LOST:
                return await members.begin_anew(place.desk, now, due)
            log.warning("members not read", workspace=due.workspace, why=error.code)
            tomorrow = members.next_reading(now, due.workspace)
            await members.put_off(place.desk, tomorrow, now, due)
        else:
            after = await members.take(place.desk, read.members, read.cursor, now, due, names=names)
            if after.reading is None:
                await topics_in_use.withdraw_unused(place.desk, now)
                log.info("members read", workspace=due.workspace, pages=after.pages)
        return None

    def _are_names_needed(self, place: Place) -> bool:
        """Whether a model may speak, from whom names are hidden."""
        return self._worker.terms is not None and consent.is_allowed(place.desk.policy)

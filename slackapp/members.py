"""Who there is in a workspace: Slack's users.list, a page at a time, at the pace that Slack allows.

The agenda's `read_members` goes through it in the background, where something needs it: today the names that
are hidden from a model. What was read is kept, so that a restart goes on where it was.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from coaching import consent
from mentoring import members
from mentoring.members import Member
from mentoring.store import Due
from slackapp.errors import RateLimited, Undeliverable
from slackapp.people import facts_of, home_of
from slackapp.slack_calls import ask
from slackapp.worker import Worker
from slackapp.workspaces import Place

log = structlog.get_logger()

PAGE = 200  # what Slack recommends: at its pace of twenty pages a minute, 100,000 people in 25 minutes
LOST = "invalid_cursor"


@dataclass(frozen=True, slots=True)
class Page:
    """Some members, and where Slack goes on; nowhere after the last."""

    members: tuple[Member, ...]
    cursor: str


async def page(place: Place, cursor: str = "") -> Page:
    """Return one page of the members. Raises as *ask* does: RateLimited says when to try again."""
    home, params = home_of(place.installation), {"limit": PAGE, "include_locale": "true"}
    answer = await ask(place.client, "users.list", params | ({"cursor": cursor} if cursor else {}))
    found = tuple(
        Member(facts=facts_of(user, home), handle=user.get("name") or "") for user in answer["members"]
    )
    return Page(found, (answer.get("response_metadata") or {}).get("next_cursor") or "")


class Members:
    """Reads the members of all workspaces that need it."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def read(self, due: Due) -> None:
        """Perform one entry: read a page and write it down, or drop everything where nobody needs it."""
        place, now = await self._worker.workspaces.at(due.workspace), self._worker.clock.now()
        if not self._is_needed(place):
            return await members.forget(place.desk, now, due)
        listed = await members.known(place.desk)
        try:
            read = await page(place, listed.reading.cursor if listed.reading else "")
        except RateLimited as error:
            await members.put_off(
                place.desk, now + max(timedelta(seconds=error.after), members.PAUSE), now, due
            )
        except Undeliverable as error:
            if error.code != LOST:
                raise
            await members.begin_anew(place.desk, now, due)
        else:
            after = await members.take(place.desk, read.members, read.cursor, now, due)
            if after.reading is None:
                log.info("members read", workspace=due.workspace, pages=after.pages)
        return None

    def _is_needed(self, place: Place) -> bool:
        """Return whether something needs the list; for a whole organisation Slack has none."""
        is_allowed = self._worker.terms is not None and consent.is_allowed(place.desk.policy)
        return is_allowed and not place.installation.is_enterprise

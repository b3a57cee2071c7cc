"""Where things are shown: a person's messages with the app, a channel, a group conversation.

A group conversation needs a scope that not every workspace grants; without it a session goes on through the
app, and juniors read that there is no group.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from kernel.values import PersonId, RequestId, SessionId
from mentoring.model.session import Session
from mentoring.offboarding import unreached
from mentoring.people.people import look_up_anew
from mentoring.requests import channel_posts
from mentoring.sessions import relay, sessions
from relationships.reverse_mentoring import juniors_group
from relationships.reverse_mentoring.juniors_group import ROOM as GROUP
from relationships.reverse_mentoring.juniors_group import JuniorsGroup
from slackapp.delivery.messages import Messages, ShownMessage, Spot
from slackapp.process.errors import SlackSays, Undeliverable
from slackapp.workspaces.workspaces import Place
from storage.queues.notices import Card, Notice

log = structlog.get_logger()

ROOM, SAID, POST = "room:", "said:", "post:"
PEOPLE = ("U", "W")  # with which the ids of people begin


class Rooms:
    """Finds the conversation for each receiver, and opens the rooms of sessions."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    async def channel(self, place: Place, card: Card, now: datetime) -> str | None:
        """The conversation to post in, or None when a session has no room (any more)."""
        if card.to.startswith(GROUP):
            return await self._group(place, card.to.removeprefix(GROUP))
        if not card.to.startswith(ROOM):
            return card.to
        id = SessionId(card.to.removeprefix(ROOM))
        session = await place.desk.get(Session, id)
        if session.room == "wanted" and session.is_open:
            return await self._open(place, session, now)
        return session.channel

    async def _people(self, place: Place, to: str) -> Sequence[PersonId]:
        """Whom a notice was for: a person, both of a session's room, or nobody known, in a channel."""
        if to.startswith(PEOPLE):
            return [PersonId(to)]
        if not to.startswith(ROOM):
            return []
        session = await place.desk.store.look(lambda read: read.find(Session, to.removeprefix(ROOM)))
        return [session.asker_id, session.helper_id] if session else []

    async def told(self, place: Place, notice: Notice, shown: ShownMessage | None, now: datetime) -> None:
        """Take note that a relayed message has reached the other, or a question its topic's channel.

        *shown* is what stands there now, None where nothing was to be shown.
        """
        if notice.thing.startswith(SAID):
            state = shown.state if shown else ""
            await relay.delivered(place.desk, notice.thing.removeprefix(SAID), now, state)
        elif notice.thing.startswith(POST) and shown:
            await self._posted(place, notice, shown, now)

    async def _posted(self, place: Place, notice: Notice, shown: ShownMessage, now: datetime) -> None:
        request_id = RequestId(notice.thing.removeprefix(POST))
        if not await channel_posts.is_awaited(place.desk, request_id, notice.to):
            return
        spot, link = Spot(place.workspace, notice.to, shown.channel), ""
        with suppress(SlackSays):  # the post stands all the same
            link = await self._messages.permalink(place.client, spot, shown.ts)
        await channel_posts.posted(place.desk, request_id, notice.to, link, now)

    async def refused(self, place: Place, notice: Notice, code: str, now: datetime, *, is_new: bool) -> bool:
        """Go on where Slack refused to show a thing; return whether its admins have been told already."""
        if notice.thing.startswith(POST):
            request_id = RequestId(notice.thing.removeprefix(POST))
            await channel_posts.refused(place.desk, request_id, notice.to, code, now)
            return True
        if notice.thing.startswith(SAID):
            await relay.delivered(place.desk, notice.thing.removeprefix(SAID), now, "")
        for person_id in await self._people(place, notice.to):
            await unreached(place.desk, person_id, notice.thing, now, is_new=is_new)
        return False

    async def _group(self, place: Place, group_id: str) -> str | None:
        """The conversation of a group of juniors, opened where it is new, or None if Slack refuses."""
        group = await place.desk.get(JuniorsGroup, group_id)
        if group.channel or group.has_failed:
            return group.channel
        try:
            channel = await self._messages.open_group(
                place.client, Spot(place.workspace, group.place, ""), group.members
            )
        except Undeliverable as error:
            log.info("no group of juniors", group=group_id, code=error.code)
            await juniors_group.failed(place.desk, group_id)
            return None
        await juniors_group.opened(place.desk, group_id, channel)
        return channel

    async def _open(self, place: Place, session: Session, now: datetime) -> str | None:
        spot = Spot(place.workspace, f"{ROOM}{session.id}", "")
        people = (session.asker_id, session.helper_id)
        try:
            channel = await self._messages.open_group(place.client, spot, people)
        except Undeliverable as error:
            log.info("no group talk, so relayed", session=session.id, code=error.code)
            for person_id in people if error.code != "missing_scope" else ():
                await look_up_anew(place.desk, person_id, now)
            await sessions.fall_back_to_relay(place.desk, session.id, now)
            return None
        opened = await sessions.opened_room(place.desk, session.id, channel, now)
        return opened.channel

"""Slack's stand-in as one object that tests drive in-process: be anyone, and see what they see.

async with Playground.start(now=MONDAY) as slack:
    ...start the app with slack.api_url, slack.bot_token, slack.app_token...
    await slack.connected()
    answer = await slack.command("U0MAYA", "/ask-mentor", "How do I profile asyncio?")
    card = await slack.message("U0AIKO", containing="asyncio")
    await slack.press("U0AIKO", card, "I can help")
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from playground.acting import clicks, forms, membership, talk
from playground.acting.clicks import Target, Where
from playground.acting.forms import Submission
from playground.acting.talk import Acted, CommandAnswer
from playground.browser import server
from playground.foundation.clock import PlaygroundClock
from playground.foundation.wall import Wall
from playground.line.app_link import RETRY_DELAYS
from playground.line.app_manifest import DEFAULT_MANIFEST, read_manifest
from playground.line.faults import Faults
from playground.line.journal import LogEntry
from playground.line.slack import Credentials, Slack, assemble
from playground.workspace import picks
from playground.workspace.conversations import SlackConversation
from playground.workspace.messages import APP_ID, Message
from playground.workspace.people import BOT_USER_ID, TEAM_ID, SlackUser
from playground.workspace.view_state import Blocks
from playground.workspace.views import OpenView

T = TypeVar("T")
Block = dict[str, Any]
PATIENCE = 300.0  # s: not what an app needs, but what a busy machine may


class Playground:
    """A running stand-in. Every act returns when the app has acknowledged it, or after 3 s without."""

    team_id, app_id, bot_user_id = TEAM_ID, APP_ID, BOT_USER_ID

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.bot_token = slack.credentials.bot_token
        self.app_token = slack.credentials.app_token
        self.signing_secret = slack.credentials.signing_secret
        self.client_id = slack.credentials.client_id
        self.client_secret = slack.credentials.client_secret

    @classmethod
    @asynccontextmanager
    async def start(
        cls,
        *,
        data_dir: Path | None = None,
        port: int = 0,
        now: datetime | None = None,
        clock_file: Path | None = None,
        manifest: Mapping[str, Any] | None = None,
        scopes: Collection[str] | None = None,
        people: int = 0,
        app_url: str | None = None,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        wall: Wall | None = None,
        **secrets: str,
    ) -> AsyncIterator[Self]:
        """Serve the stand-in for as long as the block lasts.

        *people* are generated besides the cast. *secrets* are fields of Credentials; others are made anew.
        """
        file = clock_file or (data_dir / "clock" if data_dir else None)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        declared = read_manifest(DEFAULT_MANIFEST if manifest is None else manifest, scopes)
        slack = assemble(
            PlaygroundClock(file, now),
            declared,
            Credentials(**secrets),
            folder=data_dir,
            wall=wall or Wall(),
            crowd=people,
            retry_delays=retry_delays,
        )
        slack.link.url = app_url
        runner = await server.start(slack, port)
        try:
            yield cls(slack)
        finally:
            await slack.close()
            await runner.cleanup()

    @property
    def url(self) -> str:
        """The address of the server."""
        return self.slack.base_url

    @property
    def page_url(self) -> str:
        """The address that lets a browser in, where it finds the page."""
        return f"{self.slack.base_url}/?key={self.slack.credentials.page_key}"

    @property
    def api_url(self) -> str:
        """What the app takes as SLACK_API_URL."""
        return f"{self.slack.base_url}/api/"

    @property
    def app_url(self) -> str | None:
        """The app's request URL; None stands for Socket Mode."""
        return self.slack.link.url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.slack.link.url = url

    @property
    def faults(self) -> Faults:
        """What goes wrong on demand."""
        return self.slack.faults

    # What a person does

    async def say(
        self, user: str, text: str, conversation: str | None = None, thread_ts: str | None = None
    ) -> Message:
        """Write a message; without a conversation, to the app. Its event goes out in the background."""
        words = talk.marked(self.slack, text)
        return talk.say(self.slack, user, words, conversation, thread_ts)

    async def rewrite(self, user: str, message: Message, text: str) -> Message:
        """Change a message of one's own. Its event goes out in the background."""
        return talk.rewrite(self.slack, user, message, talk.marked(self.slack, text))

    async def take_away(self, user: str, message: Message) -> None:
        """Delete a message of one's own. Its event goes out in the background."""
        talk.take_away(self.slack, user, message)

    async def stop_agent(self, user: str, conversation: str, thread_ts: str) -> None:
        """Stop the app's work in a thread with Slack's own button."""
        talk.stop_agent(self.slack, user, conversation, thread_ts)

    async def command(
        self, user: str, command: str, text: str = "", conversation: str | None = "C0GENERAL"
    ) -> CommandAnswer:
        """Use a slash command."""
        return await talk.command(self.slack, user, command, text, conversation)

    async def press(self, user: str, where: Where, button: str, block_id: str | None = None) -> Acted:
        """Press a button of a message or view, named by its action id or its label."""
        where, block, element = self._found(where, partial(picks.button, name=button, block_id=block_id))
        target = Target(where, block["block_id"], element["action_id"])
        chosen = element.get("selected_option")
        answer = {"selected_option": chosen} if chosen else {"value": element.get("value", "")}
        return await clicks.act(self.slack, user, target, answer, {})

    async def choose(
        self, user: str, where: Where, action_id: str, value: picks.Pick, block_id: str | None = None
    ) -> Acted:
        """Choose in a menu or picker; *value* as in submit."""
        where, block, _ = self._found(where, partial(picks.element, action_id=action_id, block_id=block_id))
        target = Target(where, block["block_id"], action_id)
        answer = await self._picked(user, target, value)
        return await clicks.act(self.slack, user, target, answer, {target.block_id: {action_id: answer}})

    async def options(self, user: str, where: Where, action_id: str, typed: str = "") -> list[dict[str, Any]]:
        """What a type-ahead menu offers for what is typed, groups flattened."""
        where, block, _ = self._found(where, partial(picks.element, action_id=action_id, block_id=None))
        target = Target(where, block["block_id"], action_id)
        return picks.flattened(await clicks.options(self.slack, user, target, typed))

    async def submit(
        self, user: str, values: Mapping[str, picks.Pick] | None = None, view: OpenView | None = None
    ) -> Submission:
        """Fill in and submit a modal, the top one unless named; *values* go by block id, others stay."""
        shown = self.slack.views.get((view or self._top(user)).id)
        state: dict[str, dict[str, Any]] = {}
        for block_id, value in (values or {}).items():
            block, element = picks.field(shown.blocks, block_id)
            target = Target(shown, block["block_id"], element["action_id"])
            state[block_id] = {target.action_id: await self._picked(user, target, value)}
        return await forms.submit(self.slack, user, shown.id, state)

    def hand_in(self, name: str, content: bytes) -> str:
        """Have a file at hand for a form's `file_input`; its id is what is filled in there."""
        return self.slack.uploads.hand_in(name, content).id

    async def close(self, user: str, all_views: bool = False) -> None:
        """Close the top modal, or all of them."""
        await forms.close(self.slack, user, self._top(user).id, all_views)

    async def shortcut(self, user: str, callback_id: str, message: Message | None = None) -> Acted:
        """Use a shortcut: on a message, or a global one."""
        return await talk.shortcut(self.slack, user, callback_id, message)

    async def open_home(self, user: str) -> OpenView | None:
        """Look at the Home tab; what is returned is what was published before."""
        return forms.open_home(self.slack, user)

    async def open_dm(self, user: str) -> None:
        """Look at the DM with the app, which marks it as read."""
        forms.open_dm(self.slack, user)

    async def set_presence(self, user: str, presence: str) -> None:
        """Come (`active`) or go (`away`)."""
        membership.set_presence(self.slack, user, presence == "away")

    async def set_dnd(self, user: str, minutes: int) -> None:
        """Turn do-not-disturb on for some minutes; 0 turns it off."""
        membership.snooze(self.slack, user, minutes)

    async def change_person(self, user: str, **fields: Any) -> SlackUser:
        """Change somebody's profile (user_change)."""
        return membership.change(self.slack, user, **fields)

    async def join(self, user: str, name: str) -> SlackUser:
        """Let somebody new into the workspace (team_join)."""
        return membership.join(self.slack, user, name)

    async def uninstall(self) -> None:
        """Remove the app from the workspace (app_uninstalled, tokens_revoked)."""
        membership.uninstall(self.slack)

    # What a person sees

    def modal(self, user: str) -> OpenView | None:
        """The modal on top, or None."""
        return self.slack.views.top(user)

    def home(self, user: str) -> OpenView | None:
        """The published Home tab, or None."""
        return self.slack.views.home(user)

    def dm(self, user: str) -> list[Message]:
        """The DM with the app, oldest first, replies and ephemeral messages included."""
        return self.messages(user, self.slack.workspace.dm(user).id)

    def messages(self, user: str, conversation: str) -> list[Message]:
        """A conversation, oldest first, replies and ephemeral messages included."""
        place = talk.place_of(self.slack, user, conversation)
        return self.slack.workspace.timeline(place.id).seen_by(user)

    def thread(self, user: str, conversation: str, ts: str) -> list[Message]:
        """A thread: its first message, then the replies."""
        return self.slack.workspace.timeline(talk.place_of(self.slack, user, conversation).id).thread(
            ts, user
        )

    def conversations(self, user: str) -> list[SlackConversation]:
        """The conversations that a person is in."""
        return self.slack.workspace.conversations_of(user)

    def unread(self, user: str, conversation: str | None = None) -> int:
        """How many messages are new to a person; without a conversation, in the DM with the app."""
        return self.slack.workspace.reading.unread(user, conversation or self.slack.workspace.dm(user).id)

    # Waiting

    async def connected(self, within: float = PATIENCE) -> None:
        """Wait until the app has opened a socket, or has a request URL."""
        await self.until(lambda: self.slack.link.connected, within)

    async def until(self, sought: Callable[[], T | None], within: float = PATIENCE) -> T:
        """What *sought* finds, looked for after every change; TimeoutError with the end of the log."""
        try:
            return await self.slack.feed.until(sought, within)
        except TimeoutError as error:
            said = [f"{entry.sender} {entry.name} {entry.summary}" for entry in self.log()[-12:]]
            raise TimeoutError("; ".join(["not seen in time", *said])) from error

    async def message(
        self, user: str, containing: str, after: Message | None = None, within: float = PATIENCE
    ) -> Message:
        """Wait for a message with these words in any conversation that *user* is in; the newest one."""
        since = after.ts if after else ""
        return await self.until(lambda: self._newest(user, containing, since), within)

    async def settled(self, within: float = PATIENCE) -> None:
        """Wait until no event is on its way to the app."""
        await self.until(lambda: self.slack.link.quiet, within)

    # Clock, faults, log

    def now(self) -> datetime:
        """The playground's present."""
        return self.slack.clock.now()

    async def skip(self, by: timedelta) -> None:
        """Move the clock ahead."""
        self.slack.clock.skip(by)
        self.slack.feed.publish(
            {"type": "clock", "now": self.now().isoformat(), "offset": self.slack.clock.offset}
        )

    async def skip_to(self, moment: datetime) -> None:
        """Move the clock ahead to a moment."""
        await self.skip(moment - self.now())

    async def drop_socket(self) -> None:
        """Cut the app's connections as a broken network does."""
        await self.slack.link.sockets.drop()

    async def refresh_socket(self) -> None:
        """Ask the app's connections to come again, as Slack does every few hours."""
        await self.slack.link.sockets.refresh()

    def log(self, after: int = 0) -> list[LogEntry]:
        """What Slack and the app said to each other."""
        return self.slack.journal.after(after)

    def calls(self, name: str) -> list[LogEntry]:
        """The log's entries of one method, event, command or interaction."""
        return [entry for entry in self.log() if entry.name == name]

    def _top(self, user: str) -> OpenView:
        view = self.modal(user)
        if view is None:
            raise LookupError(f"{user} has no modal open")
        return view

    def _found(self, where: Where, find: Callable[[Blocks], picks.Found]) -> tuple[Where, Block, Block]:
        """Find an element in the message or view as it is now; else as it was when the test saw it."""
        present = self._present(where)
        try:
            return present, *find(present.blocks)
        except LookupError:
            return where, *find(where.blocks)

    def _present(self, where: Where) -> Where:
        if isinstance(where, OpenView):
            return self.slack.views.get(where.id)
        return self.slack.workspace.timeline(where.conversation).get(where.ts) or where

    def _newest(self, user: str, containing: str, since: str) -> Message | None:
        found = [
            message
            for place in self.conversations(user)
            for message in self.slack.workspace.timeline(place.id).seen_by(user)
            if message.ts > since and containing in message.words
        ]
        return max(found, key=lambda message: message.ts, default=None)

    async def _picked(self, user: str, target: Target, value: picks.Pick) -> dict[str, Any]:
        element = target.element()
        offered = picks.offered(element)
        for typed in picks.labels(value) if element["type"] in picks.EXTERNAL else ():
            offered += picks.flattened(await clicks.options(self.slack, user, target, typed))
        return picks.picked(element, value, offered)

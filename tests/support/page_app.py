"""A small Bolt app that shows the playground's page whatever Block Kit has, and keeps what reaches it."""

import asyncio
from typing import Any

from page_blocks import actions, button, every_block, form, home, option, plain
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground

Part = dict[str, Any]

MANIFEST: Part = {
    "display_information": {"name": "Pageant"},
    "features": {
        "bot_user": {"display_name": "Pageant"},
        "slash_commands": [
            {
                "command": "/show",
                "description": "Show something",
                "usage_hint": "[what]",
                "should_escape": True,
            },
            {"command": "/shelve", "description": "Put it away", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "Open the form", "type": "global", "callback_id": "open_form", "description": "A form"},
            {"name": "Note it", "type": "message", "callback_id": "note_it", "description": "Keep a note"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:history", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}
TOPICS = ["Python", "Public speaking", "SQL", "Go", "AI"]
SILENT = ("form", "everything", "mute")
REPORTED = ("beside", "go", "stop", "read", "rest", "pick", "who", "where", "topic", "day", "hour", "rate")


class PageApp:
    """The app, and what reached it."""

    def __init__(self, slack: Playground) -> None:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=client)
        self.handler = AsyncSocketModeHandler(self.app, slack.app_token, web_client=client)
        self.actions: list[Part] = []
        self.submitted: list[Part] = []
        self.closed: list[str] = []
        self.shortcuts: list[Part] = []
        self.silent = asyncio.Event()
        self._listen()

    async def connect(self) -> None:
        await self.handler.connect_async()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        await self.handler.close_async()  # type: ignore[no-untyped-call]

    def _listen(self) -> None:
        self.app.command("/show")(self._show)
        self.app.command("/shelve")(_acknowledge)
        self.app.shortcut("open_form")(self._open_form)
        self.app.shortcut("note_it")(self._note_it)
        self.app.options("v")(_topics)
        self.app.options("topic")(_topics)
        self.app.view("form")(self._submit)
        self.app.view_closed("form")(self._close)
        self.app.event("app_home_opened")(_welcome)
        self.app.event("message")(_answer)
        self.app.action({"action_id": "again"})(self._again)
        self.app.action({"action_id": "refresh"})(_refresh)
        self.app.action({"action_id": "mute"})(self._ignore)
        for action_id in (*REPORTED, "one_of", "some_of"):
            self.app.action({"action_id": action_id})(self._act)

    async def _show(self, ack: Any, command: Part, client: AsyncWebClient) -> None:
        what, user = command["text"], command["user_id"]
        if what == "nothing":
            self.silent.set()
            return
        if what == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=form())
        elif what == "everything":
            await client.chat_postMessage(channel=user, text=what, blocks=every_block())
        elif what == "mute":
            blocks = [actions("a", button("mute", "Unanswered"))]
            await client.chat_postMessage(channel=user, text=what, blocks=blocks)
        elif what.startswith("tell "):
            _, to, words = what.split(" ", 2)
            await client.chat_postMessage(channel=to, text=words)
        await ack(text=f"You wrote {what}" if what not in SILENT else "")

    async def _act(self, ack: Any, action: Part) -> None:
        self.actions.append(action)
        await ack()

    async def _again(self, ack: Any, body: Part, client: AsyncWebClient) -> None:
        await ack()
        await client.views_update(view_id=body["view"]["id"], view=form(note="Another note"))

    async def _open_form(self, ack: Any, shortcut: Part, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=form())

    async def _note_it(self, ack: Any, shortcut: Part) -> None:
        self.shortcuts.append(shortcut)
        await ack()

    async def _submit(self, ack: Any, view: Part) -> None:
        question = view["state"]["values"]["question"]["v"]["value"]
        if "wrong" in question:
            await ack(response_action="errors", errors={"question": "That is not a question."})
        elif "more" in question:
            await ack(response_action="push", view=form(title="Deeper"))
        elif "silence" in question:
            self.silent.set()
        else:
            self.submitted.append(view["state"]["values"])
            await ack()

    async def _ignore(self) -> None:
        self.silent.set()

    async def _close(self, ack: Any, body: Part) -> None:
        self.closed.append(body["view"]["title"]["text"])
        await ack()


async def _acknowledge(ack: Any) -> None:
    await ack()


async def _topics(ack: Any, options: Part) -> None:
    wanted = options["value"].lower()
    found = [option(topic) for topic in TOPICS if wanted in topic.lower()]
    await ack(option_groups=[{"label": plain("Topics"), "options": found}] if found else [])


async def _welcome(event: Part, client: AsyncWebClient) -> None:
    if event["tab"] == "home":
        await client.views_publish(user_id=event["user"], view=home("Home, first picture"))


async def _refresh(ack: Any, body: Part, client: AsyncWebClient) -> None:
    await ack()
    await client.views_publish(user_id=body["user"]["id"], view=home("Home, second picture"))


async def _answer(event: Part, say: Any) -> None:
    if "subtype" not in event:
        await say(text=f"Heard: {event['text']}", thread_ts=event.get("thread_ts"))
